import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.foundation.keys import keys_in
from tests.records.planted import Plant, assert_found, in_settings, named, outcome
from tests.records.small import SETTINGS, Spoiled

from sovplan.records.assembly import economy_of
from sovplan.records.checks import findings

PLANTED = [
    in_settings("unknown", "titel", "x", 'Did you mean "title"?'),
    in_settings("unknown", "zzz", 1, "There are"),
    in_settings("unknown", "trade.imports", 1.0, 'Did you mean "other_imports"?'),
    in_settings("unknown", "credit.rate", 1.0, "Known: series"),
    in_settings("format", "format", 2, "this program reads format = 1"),
    in_settings("format", "format", ..., "format is ''"),
    in_settings("missing", "name", ..., "the key is missing"),
    in_settings("missing", "year", ..., "the key is missing"),
    in_settings("missing", "credit.total", ..., "the key is missing"),
    in_settings("missing", "growth_limits.opening", ..., "the key is missing"),
    in_settings("missing", "stock_limits.most_times_opening", ..., "the key is missing"),
    in_settings("not_whole", "year", "2000", "'2000' is not a whole number"),
    in_settings("not_whole", "first_year", 2001.5, "2001.5 is not a whole number"),
    in_settings("not_whole", "year", value=True, hint="True is not a whole number"),
    in_settings("not_text", "name", 5, "put it in quotation marks"),
    in_settings("not_text", "title", ["A"], "['A'] is not a text"),
    in_settings("not_short", "name", "my economy", "without spaces"),
    in_settings("not_short", "name", "../x", "no short name"),
    in_settings("not_short", "name", "a/b", "no short name"),
    in_settings("format", "format", value=True, hint="format is True; this program reads"),
    in_settings("not_short", "name", "", "no short name"),
    in_settings("not_short", "name", ".hidden", "no short name"),
    in_settings("least_above_most", "credit.yearly_least", 2.5, "2.5 is above yearly_most 2.0"),
    in_settings("same_skill", "migration.to", "field", "name two kinds of labour"),
    *(
        Plant(
            f"records.{key}",
            lambda case, range_=range_: case.settings.update(assumptions=range_),  # type: ignore[misc]
            "economy.toml", 0, place, hint,
        )
        for key, range_, place, hint in (
            ("settings.not_number", {"trade": {"other_imports": {"low": "few"}}},
             "assumptions.trade.other_imports.low", "'few' is not a number"),
            ("table.low_above_high", {"trade.other_imports": {"low": 2, "high": 0.5}},
             "assumptions.trade.other_imports.low", "low 2 is above high 0.5"),
            ("table.outside_low", {"growth_limits.most.steel": {"low": 0.6, "high": 0.7}},
             "assumptions.growth_limits.most.steel.low", "0.5 is below its own low, 0.6"),
            ("table.outside_high", {"growth_limits": {"most": {"steel": {"high": 0.4}}}},
             "assumptions.growth_limits.most.steel.high", "0.5 is above its own high, 0.4"),
            ("table.outside_high", {"wear": {"value": 0.2, "high": 0.1}},
             "assumptions.wear.high", "value 0.2 is above its own high, 0.1"),
        )
    ),
    in_settings("not_table", "trade", 5, "a table was needed"),
    in_settings("not_table", "losses", 0.1, "a table was needed"),
    in_settings("not_table", "units", "hours", "a table was needed"),
    in_settings("not_table", "migration.needs", 80, "a table was needed"),
    in_settings("not_list", "gives_back", "meadow", "'meadow' is not a list"),
    in_settings("not_list", "gives_back", ["meadow", 1], "['meadow', 1] is not a list of names"),
    in_settings("no_resource", "gives_back", ["meadow", "sea"], "'sea' is not a resource"),
    in_settings("not_number", "trade.other_imports", "much", "'much' is not a number"),
    in_settings("not_number", "migration.hours_won", value=True, hint="True is not a number"),
    in_settings("not_number", "credit.total", float("inf"), "inf is not a number"),
    in_settings("not_number", "credit.total", 1.1e15, "a size of 1e-30 to 1e15 can, or 0"),
    in_settings("not_number", "losses.bread", float("nan"), "nan is not a number"),
    in_settings("no_good", "losses.braed", 0.1, 'Did you mean "bread"?'),
    in_settings("no_good", "least_investment.tools", 1.0, "Known: bread, steel, oil."),
    in_settings("no_skill", "migration.from", "fields", "'fields' is not a kind of labour"),
    in_settings("no_credit", "credit.series", "loans", 'Did you mean "loan"?'),
    in_settings("no_file", "growth_limits.opening", "befor.csv", 'Did you mean "before.csv"?'),
    Plant(
        "records.cell.too_low",
        lambda case: case.settings["trade"].update(other_exports=-1),
        "economy.toml", 0, "trade.other_exports", "-1 is below 0",
    ),
    Plant(
        "records.cell.too_high",
        lambda case: case.settings["losses"].update(bread=1.25),
        "economy.toml", 0, "losses.bread", "1.25 is above 1",
    ),
]  # fmt: skip


@pytest.mark.parametrize("plant", PLANTED, ids=named)
def test_a_planted_error_is_found_where_it_stands_and_nothing_else(plant: Plant) -> None:
    assert_found(plant)


def test_every_message_has_been_planted() -> None:
    assert keys_in("records/settings.py") - {plant.key for plant in PLANTED} == set()


def test_a_range_that_holds_its_number_or_is_of_none_is_no_fault() -> None:
    economy = Spoiled()
    economy.settings["assumptions"] = {
        "trade.other_imports": {"low": 1.0, "high": 1.0, "note": "exactly"},
        "losses": {"bread": {"high": 0.02}},
        "goods.import_price": {"low": 99, "high": 100},
        "population": {"low": 950, "note": "a table of years"},
        "why": "a text",
    }

    assert findings(economy.folder()) == []


@pytest.mark.parametrize("name", ["ussr-1928", "Çukurova", "a", "v1.2_b", "经济"])
def test_a_short_name_has_letters_of_any_script(name: str) -> None:
    economy = Spoiled()
    economy.settings["name"] = name

    assert findings(economy.folder()) == []


def test_limits_that_are_left_out_are_no_fault() -> None:
    economy = Spoiled()
    for key in ("trade", "credit", "migration", "growth_limits", "stock_limits"):
        del economy.settings[key]
    for key in ("least_investment", "losses", "first_year", "title", "units"):
        del economy.settings[key]
    for name in ("before.csv", "under_construction.csv"):
        del economy.tables[name]
    economy.settings["year"] = 2001
    folder = economy.folder()

    assert findings(folder) == []
    assert economy_of(folder).extensions.present() == ()


WILD: list[object] = [
    None, "", "x", "before.csv", "bread", "field", 0, -1, 1, 1.5, True, 10**400, float("nan"),
    [], ["x"], [1], [[]], {}, {"x": 1}, {"bread": "x"}, {"bread": 0.5}, {"from": {}},
    {"opening": []}, {"opening": "goods.csv", "most": {}}, {"resources": ["land"]},
    {"resources": 5}, {"hours": 5}, {"series": "loan"},
    {"series": ["loan"], "yearly_most": 1, "yearly_least": 1, "total": 1},
]  # fmt: skip


@given(st.sampled_from([*SETTINGS, "population", "licence", "honest_error"]), st.sampled_from(WILD))
def test_wild_settings_are_refused_or_planned_with(key: str, value: object) -> None:
    economy = Spoiled()
    economy.settings[key] = value

    assert outcome(economy.folder()) in {"refused", "built"}
