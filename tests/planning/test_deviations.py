"""Draws of an economy: inside the ranges, by row, and the same whatever else is drawn."""

from dataclasses import fields, replace

import numpy as np
import pytest

from sovplan.foundation.errors import DataError
from sovplan.history.economies import read_economy_folder
from sovplan.planning.deviations import Deviations, as_declared, deviations
from sovplan.planning.draws import Luck, ranges_of, triangular
from sovplan.records.aims import Aims
from sovplan.records.assembly import economy_of
from sovplan.records.calendar import calendar_of
from sovplan.records.folder import Folder, Table

MANY = tuple(range(300))
ARRAYS = [one.name for one in fields(Deviations) if one.name not in {"ranged", "spread"}]


def drawn_from(folder: Folder, draws: tuple[int, ...] = MANY, seed: int = 1) -> Deviations:
    """Return draws of the economy of a folder over three years."""
    economy = economy_of(folder)
    return deviations(economy, folder, calendar_of(economy, Aims(years=3)), Luck(seed, draws))


@pytest.fixture(scope="module")
def federation() -> Folder:
    return read_economy_folder("federation-12")


@pytest.fixture(scope="module")
def drawn(federation: Folder) -> Deviations:
    return drawn_from(federation)


def row_of(table: Table, **key: str) -> int:
    """Return the row of a table that has these names."""
    columns = [table.text(head) for head in key]
    return list(zip(*columns, strict=True)).index(tuple(key.values()))


def test_amounts_stay_inside_the_range_of_their_row_and_reach_most_of_it(
    federation: Folder, drawn: Deviations
) -> None:
    economy, hours = economy_of(federation), federation.table("labour.csv")
    row = row_of(hours, technique="farm_vegetables", skill="land")
    low, high = hours.numbers("low")[row], hours.numbers("high")[row]
    skill = economy.techniques.skills.index("land")
    technique = economy.techniques.names.index("farm_vegetables")
    entries = economy.techniques.labour.tocoo()
    (place,) = np.flatnonzero((entries.coords[0] == skill) & (entries.coords[1] == technique))

    found = drawn.labour[place]

    assert low < found.min() < low + 0.15 * (high - low)
    assert high - 0.2 * (high - low) < found.max() < high
    declared = hours.numbers("hours")[row]
    # The mean of a triangle; 300 draws of a range this wide have a standard error of about 9.
    assert found.mean() == pytest.approx((low + declared + high) / 3, abs=40)


def test_amounts_without_a_range_stay_within_five_per_cent(drawn: Deviations) -> None:
    prices = economy_of(read_economy_folder("federation-12")).goods.import_price
    traded = np.isfinite(prices)
    ratio = drawn.import_price[traded] / prices[traded, None]

    assert 0.95 <= ratio.min() < 0.96
    assert 1.04 < ratio.max() <= 1.05
    assert (drawn.import_price[~traded] == 0).all()


def test_shares_of_one_amounts_of_nothing_and_units_of_counting_are_not_drawn() -> None:
    folder = read_economy_folder("two-goods")
    found = drawn_from(folder)

    # One sack is one unit of activity; a technique's own plant is loaded by 1; no stock at all.
    assert (found.outputs == 1.0).all()
    assert (found.load == 1.0).all()
    assert (found.stock == 0.0).all()
    spoilt = folder.table("goods.csv").with_column("spoilage", np.array([1.0, 0.5]))
    spoilage = drawn_from(folder.with_table(spoilt)).spoilage
    assert (spoilage[0] == 1.0).all()
    assert 0.475 <= spoilage[1].min() < spoilage[1].max() <= 0.525
    assert np.isinf(found.import_cap).all()


def test_a_draw_is_the_same_whichever_others_are_asked_for(
    federation: Folder, drawn: Deviations
) -> None:
    some = drawn_from(federation, (7, 203))

    for name in ARRAYS:
        np.testing.assert_array_equal(getattr(some, name), getattr(drawn, name)[..., [7, 203]])
    other = drawn_from(federation, (7,), seed=2)
    assert (other.labour != drawn.labour[:, [7]]).any()


def test_a_new_row_disturbs_no_other(federation: Folder, drawn: Deviations) -> None:
    hours = federation.table("labour.csv")
    heads = {head: hours.text(head) for head in hours.columns}
    rows: list[dict[str, object]] = [
        {head: cells[row] for head, cells in heads.items()} for row in range(len(hours))
    ]
    new = {"technique": "farm_grain", "skill": "crafts", "hours": "3"}
    more = federation.with_table(Table.of("labour.csv", [new, *rows]))

    found = drawn_from(more, MANY[:20])

    before = economy_of(federation).techniques.labour.tocoo()
    after = economy_of(more).techniques.labour.tocoo()
    places = {pair: place for place, pair in enumerate(zip(*after.coords, strict=True))}
    for place, pair in enumerate(zip(*before.coords, strict=True)):
        np.testing.assert_array_equal(found.labour[places[pair]], drawn.labour[place, :20])
    np.testing.assert_array_equal(found.inputs, drawn.inputs[:, :20])


def test_works_begun_before_the_plan_err_within_their_range(drawn: Deviations) -> None:
    # A house of 170 m2 with a range of 136 to 204, panels of 24 with 19.2 to 28.8.
    low, high = np.array([136.0, 19.2]), np.array([204.0, 28.8])

    assert (drawn.works.min(axis=1) >= low).all()
    assert (drawn.works.min(axis=1) < low + 0.2 * (high - low)).all()
    assert (drawn.works.max(axis=1) > high - 0.2 * (high - low)).all()


def test_the_years_of_a_series_err_together() -> None:
    folder = read_economy_folder("two-goods")
    rows: list[dict[str, object]] = [
        {"year": year, "kind": "labour", "name": "work", "amount": amount}
        for year, amount in ((1, 8000), (2, 9000), (3, 7000))
    ]
    hours = drawn_from(folder.with_table(Table.of("supply.csv", rows))).hours[0]

    np.testing.assert_allclose(hours[1] / hours[0], 9 / 8)
    np.testing.assert_allclose(hours[2] / hours[0], 7 / 8)
    assert 0.95 * 8000 <= hours[0].min() < hours[0].max() <= 1.05 * 8000


def test_as_declared_is_the_economy_itself(federation: Folder) -> None:
    economy = economy_of(federation)
    found = as_declared(economy, calendar_of(economy, Aims(years=3)))

    np.testing.assert_array_equal(found.inputs[:, 0], economy.techniques.inputs.data)
    np.testing.assert_array_equal(found.capacity[:, 0], economy.plants.capacity)
    assert replace(found, ranged=0).ranged == found.ranged == found.spread == 0


def test_the_triangle_has_its_mode_and_its_quantiles_where_they_belong() -> None:
    # Between 0 and 3 with mode 1: a third lies below the mode; F(x) = x^2 / 3 below it.
    luck = np.array([0.0, 1 / 12, 1 / 3, 1 - 1 / 24, 1.0])
    ones = np.ones(5)

    found = triangular(luck, 0 * ones, ones, 3 * ones)

    np.testing.assert_allclose(found, [0.0, 0.5, 1.0, 2.5, 3.0], atol=1e-12)
    outside = triangular(luck[1:4], 0 * ones[:3], 9 * ones[:3], 3 * ones[:3])
    np.testing.assert_allclose(outside, 3 * np.sqrt(luck[1:4]), rtol=1e-12)


@pytest.fixture(scope="module")
def ussr() -> Folder:
    return read_economy_folder("ussr-1928")


def test_numbers_of_economy_toml_are_drawn_within_their_assumptions(ussr: Folder) -> None:
    found = drawn_from(ussr)
    goods = economy_of(ussr).goods.names

    cement = found.growth[goods.index("cement")]
    assert 0.175 <= cement.min() < 0.19
    assert 0.35 < cement.max() <= 0.375
    # The mean of a triangle on 0.175 .. 0.375 with mode 0.25.
    assert cement.mean() == pytest.approx((0.175 + 0.25 + 0.375) / 3, abs=0.01)
    assert np.isnan(found.growth[goods.index("housing")]).all()
    # Imports of 207 to 310 less exports of 255 to 383.
    assert -177 < found.outside.min() < -130
    assert 0 < found.outside.max() < 56


def test_numbers_of_economy_toml_without_a_range_are_not_drawn(ussr: Folder) -> None:
    found, economy = drawn_from(ussr, MANY[:5]), economy_of(ussr)

    assert economy.extensions.losses is not None
    np.testing.assert_array_equal(found.losses, np.repeat(economy.extensions.losses[:, None], 5, 1))
    np.testing.assert_array_equal(found.loan, np.repeat([[100.0], [-300.0], [300.0]], 5, axis=1))
    np.testing.assert_array_equal(found.moving, np.repeat([[1.0], [1300.0], [1966.0]], 5, axis=1))


def with_range(folder: Folder, **ranges: tuple[float, float]) -> Folder:
    """Return an economy whose settings have ranges; a name has two lines for a point."""
    assumed = {
        path.replace("__", "."): {"low": low, "high": high} for path, (low, high) in ranges.items()
    }
    return replace(folder, settings={**folder.settings, "assumptions": assumed})


def test_every_number_of_a_limit_can_have_a_range(ussr: Folder) -> None:
    ranged = with_range(
        ussr,
        losses__coal=(0.0, 0.5),
        credit__total=(100.0, 400.0),
        credit__yearly_most=(50.0, 150.0),
        migration__hours_won=(1500.0, 2500.0),
        migration__needs__food=(40.0, 120.0),
        stock_limits__most_times_opening=(2.0, 3.0),
    )
    found, economy = drawn_from(ranged), economy_of(ranged)
    goods = economy.goods.names

    for drawn, low, high in (
        (found.losses[goods.index("coal")], 0.0, 0.5),
        (found.loan[2], 100.0, 400.0),
        (found.loan[0], 50.0, 150.0),
        (found.moving[2], 1500.0, 2500.0),
        (found.needs_of_moved[goods.index("food")], 40.0, 120.0),
        (found.stock_limit[goods.index("grain")] / economy.goods.stock[goods.index("grain")], 2, 3),
    ):
        assert low <= drawn.min() < low + 0.25 * (high - low)
        assert high - 0.25 * (high - low) < drawn.max() <= high
    assert found.ranged == drawn_from(with_range(ussr)).ranged + 6
    np.testing.assert_array_equal(found.inputs, drawn_from(ussr).inputs)


def test_needs_and_least_investment_are_what_is_asked_for_and_not_drawn(ussr: Folder) -> None:
    asked = with_range(ussr, least_investment__equipment=(900.0, 1400.0))
    needs = ussr.table("needs.csv")
    wide = needs.with_column("low", np.zeros(len(needs)))
    wide = wide.with_column("high", 2 * needs.numbers("target"))

    plain = drawn_from(with_range(ussr), MANY[:3])
    for other in (asked, with_range(ussr).with_table(wide)):
        found = drawn_from(other, MANY[:3])
        assert (found.ranged, found.spread) == (plain.ranged, plain.spread)


def test_ranges_stand_under_a_path_in_quotes_or_in_tables() -> None:
    quoted = {"growth_limits.most.cement": {"low": 0.1, "high": 0.3}, "trade": {"note": "ours"}}
    tables = {"growth_limits": {"most": {"cement": {"low": 0.1, "high": 0.3}}}}

    assert ranges_of({"assumptions": quoted}) == ranges_of({"assumptions": tables})
    assert ranges_of({"assumptions": quoted}) == {"growth_limits.most.cement": (0.1, 0.3)}
    (one,) = ranges_of({"assumptions": {"losses.coal": {"high": 0.2}}}).values()
    assert np.isnan(one[0])


def test_an_edge_that_is_no_number_is_refused() -> None:
    with pytest.raises(DataError, match=r"losses.coal: low is about 2"):
        ranges_of({"assumptions": {"losses.coal": {"low": "about 2", "high": 3}}})
