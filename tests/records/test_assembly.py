from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.records.small import Spoiled, differences, small

from sovplan.foundation.errors import DataError
from sovplan.history.economies import embedded, read_economy
from sovplan.records.assembly import economy_of, needs_series
from sovplan.records.disassembly import folder_of
from sovplan.records.economy import Economy
from sovplan.records.extensions import NAMES, Extensions
from sovplan.records.folder import Folder, Table

INF = np.inf


@pytest.fixture(scope="module")
def economy() -> Economy:
    return economy_of(small())


def test_goods_have_their_columns_and_blanks_their_meaning(economy: Economy) -> None:
    goods = economy.goods

    assert goods.names == ("bread", "steel", "oil")
    assert goods.titles == ("Bread", "steel", "Oil, crude")
    assert goods.units == ("tonnes", "tonnes", "barrels")
    assert goods.stock.tolist() == [10, 4, 0]
    assert goods.spoilage.tolist() == [0.5, 0, 0]
    assert economy.importable.tolist() == [True, False, True]
    assert economy.exportable.tolist() == [True, False, False]
    assert goods.import_cap.tolist() == [5, INF, INF]
    assert goods.export_cap.tolist() == [6, INF, INF]


def test_flows_labour_and_resources_stand_where_their_names_say(economy: Economy) -> None:
    techniques = economy.techniques

    assert techniques.names == ("farm", "mill", "drill")
    assert techniques.regions == ("north", "", "")
    assert techniques.inputs.toarray().tolist() == [[0.2, 0, 0], [0, 0, 0], [0, 0.5, 0]]
    assert techniques.outputs.toarray().tolist() == [[1, 0, 0], [0, 1, 0], [0, 0, 1]]
    assert techniques.skills == ("field", "shop")
    assert techniques.labour.toarray().tolist() == [[3, 0, 0], [0, 4, 2]]
    assert techniques.resources == ("land", "meadow")
    assert techniques.resource_use.toarray().tolist() == [[1, 0, 0], [0, 0.5, -0.1]]


def test_plants_are_the_shared_ones_and_those_of_techniques_with_a_capacity(
    economy: Economy,
) -> None:
    plants = economy.plants

    assert plants.names == ("rig", "farm")
    assert plants.titles == ("Rig", "Farm")
    assert plants.capacity.tolist() == [12, 100]
    assert plants.wear.tolist() == [0.05, 0.1]
    assert plants.gestation.tolist() == [2, 1]
    assert plants.building.toarray().tolist() == [[0, 0], [0.5, 0.05], [0, 0]]
    assert plants.load.toarray().tolist() == [[0, 0, 1], [1, 0, 0]]


def test_a_plant_without_wear_or_gestation_does_not_wear_and_is_there_the_year_after() -> None:
    case = Spoiled()
    for table in ("plants.csv", "techniques.csv"):
        for head in ("wear", "gestation"):
            case.drop(table, head)

    plants = economy_of(case.folder()).plants

    assert plants.names == ("rig", "farm")
    assert plants.wear.tolist() == [0, 0]
    assert plants.gestation.tolist() == [1, 1]


def test_a_plant_is_built_in_a_year_and_does_not_wear_unless_its_row_says_so() -> None:
    bare = Spoiled()
    bare.put("techniques.csv", 2, wear=None, gestation=None)
    bare.put("plants.csv", 2, wear=None, gestation=None)
    plants = economy_of(bare.folder()).plants

    assert plants.gestation.tolist() == [1, 1]
    assert plants.wear.tolist() == [0, 0]


def test_years_names_and_units_come_from_the_settings(economy: Economy) -> None:
    assert (economy.name, economy.title) == ("small", "A small economy")
    assert (economy.year, economy.first_year) == (2000, 2001)
    assert economy.years(3) == (2001, 2002, 2003)
    assert economy.hours_unit == "hours"
    assert economy.units["foreign_prices"] == "ducats"


def test_without_a_title_first_year_or_units_the_defaults_hold() -> None:
    bare = Spoiled()
    for key in ("title", "first_year", "units"):
        del bare.settings[key]
    bare.settings["year"] = 2001
    economy = economy_of(bare.folder())

    assert (economy.title, economy.first_year, economy.units) == ("small", 2001, {})
    assert economy.hours_unit == "hours"


def test_limits_stand_in_the_extensions_and_not_among_the_notes(economy: Economy) -> None:
    limits = economy.extensions

    assert limits.present() == NAMES
    assert set(economy.notes) == {"title", "year", "first_year", "units", "gives_back"}
    assert limits.trade is not None
    assert (limits.trade.other_imports, limits.trade.other_exports) == (1.0, 0.5)
    assert limits.credit is not None
    assert (limits.credit.series, limits.credit.yearly_least) == ("loan", -1.0)
    assert limits.migration is not None
    assert (limits.migration.from_skill, limits.migration.to_skill) == (0, 1)
    assert limits.migration.needs.tolist() == [1, 0, 0]
    assert limits.growth is not None
    assert limits.growth.opening.tolist() == [0, 12, 0]
    assert np.array_equal(limits.growth.most, [np.nan, 0.5, np.nan], equal_nan=True)
    assert limits.stock_limit is not None
    assert limits.stock_limit.tolist() == [2.0 * s for s in economy.goods.stock]
    assert limits.least_investment is not None
    assert limits.least_investment.tolist() == [0, 0.25, 0]
    assert limits.kept(3).tolist() == [0.99, 1, 1]
    assert limits.under_construction is not None
    assert limits.under_construction.plants.tolist() == [0]


def test_limits_can_be_taken_away_by_name(economy: Economy) -> None:
    limits = economy.extensions

    assert limits.without("trade", "losses").present() == tuple(
        name for name in NAMES if name not in {"trade", "losses"}
    )
    assert limits.only("credit").present() == ("credit",)
    assert limits.without("losses").kept(3).tolist() == [1, 1, 1]
    assert Extensions().present() == ()


def test_a_negative_resource_may_be_allowed_by_a_list_or_a_table() -> None:
    table = Spoiled()
    table.settings["gives_back"] = {"resources": ["meadow"], "why": "dung"}

    assert economy_of(table.folder()).techniques.resource_use.toarray()[1, 2] == -0.1


def test_fields_of_needs_depend_on_their_kind() -> None:
    table = Table.of(
        "needs.csv",
        [
            {"year": 2001, "good": "steel", "target": 3, "floor": 1, "public": 2},
            {"year": 2002, "good": "bread", "kind": "output", "target": 5, "base": 4},
            {"year": 2003, "good": "bread", "kind": "consumption", "target": 6},
        ],
    )

    consumed = needs_series(table, ("bread", "steel"), "consumption")
    made = needs_series(table, ("bread", "steel"), "output")

    assert consumed.rows.tolist() == [1, 0]
    assert consumed.years.tolist() == [2001, 2003]
    assert consumed.amounts.tolist() == [[3, 1, 2], [6, 0, 0]]
    assert made.amounts.tolist() == [[5, 4]]


def test_the_size_of_a_good_is_the_greatest_that_is_seen_of_it(economy: Economy) -> None:
    # bread: 100 from the farm at its capacity; steel: a target of 8; oil: 12 from the rig
    assert economy.turnover().tolist() == [100, 8, 12]


def test_a_good_of_which_nothing_is_seen_has_the_size_of_one_unit(economy: Economy) -> None:
    blind = replace(
        economy,
        goods=replace(economy.goods, stock=np.zeros(3)),
        plants=replace(economy.plants, capacity=np.zeros(2)),
        needs=replace(economy.needs, amounts=economy.needs.amounts * 0),
        outputs_wanted=replace(economy.outputs_wanted, amounts=economy.outputs_wanted.amounts * 0),
    )

    assert blind.turnover().tolist() == [1, 1, 1]


def test_an_empty_folder_is_refused_with_what_an_economy_needs() -> None:
    with pytest.raises(DataError, match=r'^economy\.toml, "format"'):
        economy_of(Folder({}))


# ---- and back -----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [found.name for found in embedded()])
def test_an_embedded_economy_survives_being_taken_apart(name: str) -> None:
    economy = read_economy(name)

    assert differences(economy_of(folder_of(economy)), economy) == []


def test_the_small_economy_survives_being_taken_apart(economy: Economy) -> None:
    assert differences(economy_of(folder_of(economy)), economy) == []


def test_a_limit_of_nothing_is_not_the_absence_of_a_limit() -> None:
    stagnant = Spoiled()
    stagnant.settings["growth_limits"]["most"] = {"steel": 0}
    stagnant.settings["losses"] = {"bread": 0}
    economy = economy_of(stagnant.folder())

    again = economy_of(folder_of(economy))

    assert again.extensions.growth is not None
    assert again.extensions.growth.most[1] == 0
    assert differences(again, economy) == []


@settings(max_examples=25)
@given(st.sets(st.sampled_from(NAMES)), st.booleans(), st.booleans())
def test_it_survives_with_any_of_its_limits(left: set[str], titled: bool, dated: bool) -> None:
    case = Spoiled()
    for key, kept in (("title", titled), ("first_year", dated)):
        if not kept:
            del case.settings[key]
    if not dated:
        case.settings["year"] = 2001
    whole = economy_of(case.folder())
    economy = replace(whole, extensions=whole.extensions.only(*left))

    again = economy_of(folder_of(economy))

    assert differences(again, economy) == []
    assert again.extensions.present() == economy.extensions.present()


def test_what_was_written_in_two_ways_is_taken_apart_into_one(economy: Economy) -> None:
    other = Spoiled()
    farm = other.tables["techniques.csv"][0]
    other.tables["plants.csv"].append(
        {"plant": "farm", "title": "Farm", **{key: farm.pop(key) for key in
                                              ("capacity", "wear", "gestation")}}
    )  # fmt: skip
    other.tables["loads.csv"].append({"technique": "farm", "plant": "farm", "load": 1})
    del other.tables["flows.csv"][2]
    other.add("building.csv", plant="farm", good="steel", amount=0.05)
    other.put("goods.csv", 3, spoilage=0)

    again = economy_of(other.folder())

    assert differences(folder_of(again), folder_of(economy)) == []
    assert differences(again, economy) == []
