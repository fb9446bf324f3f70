from dataclasses import replace
from typing import Any

import pytest
from tests.foundation.keys import keys_in, spoken
from tests.records.small import Spoiled, differences, small

from sovplan.foundation.errors import DataError
from sovplan.history.economies import embedded, read_economy
from sovplan.planning.limits import problem_of
from sovplan.records import aimsfile
from sovplan.records.aims import Aims, Objective
from sovplan.records.aimsfile import KEYS, aims_of, check_aims, unused_keys
from sovplan.records.assembly import economy_of
from sovplan.records.calendar import calendar_of
from sovplan.records.economy import Economy
from sovplan.records.folder import Table

FULL: dict[str, Any] = {
    "name": "all at once",
    "objective": "common",
    "years": 3,
    "terminal": {"steel": 0.02},
    "cap": 2,
    "tie_break": False,
    "year_weights": [1, 2, 3.5],
    "no_waste": ["oil"],
    "weights": {"bread": 1},
    "labour_weights": {"field": 2},
    "floors": {"multiple": [1, 0.5]},
    "needs": "needs.csv",
}

# key of the message, what is written, where the message says it stands, a part of it
WRONG: list[tuple[str, dict[str, Any], str, str]] = [
    ("settings.unknown", {"objektive": "ray"}, "objektive", 'Did you mean "objective"?'),
    ("settings.unknown", {"floors": {"multiples": [1]}}, "floors.multiples", '"multiple"?'),
    ("aims.objective", {"objective": "rays"}, "objective", 'Did you mean "ray"?'),
    ("aims.objective", {"objective": ["ray"]}, "objective", "is not an objective"),
    ("settings.not_text", {"name": 5}, "name", "5 is not a text"),
    ("settings.not_text", {"name": " "}, "name", "' ' is not a text"),
    ("aims.years", {"years": 0}, "years", "years is 0"),
    ("aims.years", {"years": 2.5}, "years", "1 or more"),
    ("aims.years", {"years": True}, "years", "years is True"),
    ("aims.years", {"years": "five"}, "years", "whole number"),
    ("settings.not_number", {"cap": -1}, "cap", "-1 is not a number that can stand here"),
    ("settings.not_number", {"cap": float("nan")}, "cap", "nan"),
    ("settings.not_number", {"cap": 1e16}, "cap", "a size of 1e-30 to 1e15"),
    ("settings.not_number", {"labour_weights": {"field": 1e-31}}, "labour_weights.field", "or 0"),
    ("aims.list", {"year_weights": [1, 1e300]}, "year_weights", "1e+300"),
    ("aims.tie_break", {"tie_break": "no"}, "tie_break", "write true or false"),
    ("aims.needs", {"needs": 5}, "needs", "a table beside this file"),
    ("aims.list", {"year_weights": 1}, "year_weights", "1 is not a list"),
    ("aims.list", {"year_weights": [1, -1]}, "year_weights", "of 0 or more"),
    ("aims.list", {"year_weights": []}, "year_weights", "[] is not a list of one or more"),
    ("aims.list", {"floors": {"multiple": []}}, "floors.multiple", "[] is not a list"),
    ("aims.list", {"floors": {"multiple": ["x"]}}, "floors.multiple", "['x']"),
    ("settings.not_table", {"floors": 1}, "floors", "a table was needed"),
    ("settings.not_table", {"weights": 1}, "weights", "a table was needed"),
    ("settings.not_table", {"labour_weights": [1]}, "labour_weights", "a table was needed"),
    ("settings.not_number", {"weights": {"bread": "x"}}, "weights.bread", "'x'"),
    ("settings.not_number", {"labour_weights": {"field": -1}}, "labour_weights.field", "-1"),
    ("settings.not_number", {"terminal": {"steel": -2}}, "terminal.steel", "-2"),
    ("aims.unknown_name", {"weights": {"braed": 1}}, "weights.braed", '"bread"?'),
    ("aims.unknown_name", {"labour_weights": {"x": 1}}, "labour_weights.x", "Known: field, shop."),
    ("aims.unknown_name", {"terminal": {"gold": 0}}, "terminal.gold", "Known: bread, steel, oil."),
    ("aims.terminal", {"terminal": "never"}, "terminal", '"none"'),
    ("aims.terminal", {"terminal": -1.5}, "terminal", "-1.5"),
    ("aims.no_waste", {"no_waste": "oil"}, "no_waste", "'oil' is not a list of goods"),
    ("cell.unknown_good", {"no_waste": ["oi"]}, "no_waste", 'Did you mean "oil"?'),
]

# key of the message, aims, a part of the message
IMPOSSIBLE: list[tuple[str, Aims, str]] = [
    ("aims.no_years", Aims(years=0), "--years is 0"),
    ("aims.no_years", Aims(years=-1), "--years is -1"),
    ("aims.many_years", Aims(years=101), "101 years are asked for; one plan has 100 at most"),
    ("aims.many_years", Aims(years=10**9), "ask for fewer"),
    ("aims.no_weights", Aims(objective="weighted", years=1), "no weight above 0"),
    ("aims.no_weights", Aims(objective="weighted", years=1, weights={"oil": 0.0}), "[weights]"),
    ("aims.no_year_weights", Aims(objective="common", years=2, year_weights=(0.0, 0.0)), "0, and"),
    (
        "aims.no_year_weights",
        Aims(objective="weighted", years=1, weights={"oil": 1.0}, year_weights=(0.0,)),
        "objective weighted would find every plan equally good",
    ),
    (
        "aims.no_labour_weights",
        Aims(labour_weights={"field": 0.0, "shop": 0.0}),
        "[labour_weights]",
    ),
    ("aims.output_weighted", Aims(objective="weighted"), "targets of kind output"),
    ("aims.year_weights", Aims(objective="common", year_weights=(1.0,)), "1 year_weights for 5"),
    (
        "aims.year_weights",
        Aims(objective="weighted", years=1, weights={"oil": 1.0}, year_weights=(1.0, 1.0)),
        "2 year_weights for 1",
    ),
]


@pytest.fixture(scope="module")
def economy() -> Economy:
    return economy_of(small())


def test_a_full_file_is_read_as_it_stands(economy: Economy) -> None:
    needs = Table.of("needs.csv", [{"year": 2001, "good": "bread", "target": 5}])

    aims = aims_of(FULL, needs, economy, name="aims-full.toml")

    assert differences(
        aims,
        Aims(
            name="all at once",
            objective="common",
            years=3,
            terminal={"steel": 0.02},
            cap=2.0,
            tie_break=False,
            year_weights=(1.0, 2.0, 3.5),
            no_waste=("oil",),
            weights={"bread": 1.0},
            labour_weights={"field": 2.0},
            floor_multiples=(1.0, 0.5),
            needs=needs,
        ),
    ) == []  # fmt: skip
    assert set(FULL) == set(KEYS)


def test_an_empty_file_is_the_defaults(economy: Economy) -> None:
    aims = aims_of({}, None, economy, name="aims.toml")

    assert differences(aims, Aims(name="aims")) == []
    assert aims.horizon == 5
    assert aims.over(None) is aims
    assert aims.over(2).horizon == 2


def test_no_terminal_rule_can_be_asked_for(economy: Economy) -> None:
    assert aims_of({"terminal": "none"}, None, economy, name="a").terminal is None
    assert aims_of({"terminal": -0.5}, None, economy, name="a").terminal == -0.5


@pytest.mark.parametrize(("key", "settings", "place", "hint"), WRONG)
def test_a_wrong_key_is_named_with_its_file(
    key: str, settings: dict[str, Any], place: str, hint: str, economy: Economy
) -> None:
    with pytest.raises(DataError) as refused:
        aims_of(settings, None, economy, name="aims.toml")

    said = str(refused.value)
    assert said.startswith(f'aims.toml, "{place}": ')
    assert spoken(f"records.{key}", said.removeprefix(f'aims.toml, "{place}": '))
    assert hint in said
    assert "more" not in said.removeprefix(f'aims.toml, "{place}": ').replace("or more", "")


@pytest.mark.parametrize(("key", "aims", "hint"), IMPOSSIBLE)
def test_aims_that_cannot_be_pursued_are_refused(
    key: str, aims: Aims, hint: str, economy: Economy
) -> None:
    with pytest.raises(DataError) as refused:
        check_aims(aims, economy)

    assert spoken(f"records.{key}", str(refused.value))
    assert hint in str(refused.value)


def test_weights_of_which_one_is_above_0_are_enough(economy: Economy) -> None:
    check_aims(Aims(objective="common", years=2, year_weights=(0.0, 1.0)), economy)
    check_aims(Aims(labour_weights={"field": 0.0}), economy)


@pytest.mark.parametrize("objective", ["ray", "common"])
def test_an_objective_that_fulfils_targets_needs_a_target(objective: Objective) -> None:
    wishless = Spoiled()
    wishless.tables["needs.csv"] = [{"year": 2001, "good": "bread", "floor": 5, "target": 0}]
    economy = economy_of(wishless.folder())

    with pytest.raises(DataError, match="no year from 2001 to 2005 has a target above 0"):
        check_aims(Aims(objective=objective), economy)
    check_aims(Aims(objective="labour"), economy)


def test_a_target_after_the_horizon_is_no_target(economy: Economy) -> None:
    late = Table.of("needs.csv", [{"year": 2004, "good": "oil", "target": 5}])
    wishless = Spoiled()
    del wishless.tables["needs.csv"]
    aims = Aims(years=3, needs=late)

    words = "planned are 2001 to 2003, and the first target above 0 is that of 2004; plan 1 more"
    with pytest.raises(DataError, match=words):
        check_aims(aims, economy_of(wishless.folder()))
    check_aims(replace(aims, years=4), economy_of(wishless.folder()))
    check_aims(aims, economy)


def test_a_target_that_the_aims_take_away_is_not_the_first_one() -> None:
    wishes = Spoiled()
    wishes.tables["needs.csv"] = [
        {"year": 2008, "good": "oil", "target": 5},
        {"year": 2009, "good": "oil", "target": 5, "kind": "output"},
    ]
    gone = Table.of("needs.csv", [{"year": 2008, "good": "oil", "target": 0}])

    with pytest.raises(DataError, match="that of 2008; plan 3 more"):
        check_aims(Aims(), economy_of(wishes.folder()))
    with pytest.raises(DataError, match="that of 2009; plan 4 more"):
        check_aims(Aims(needs=gone), economy_of(wishes.folder()))


def test_a_problem_too_large_to_be_solved_is_refused_with_the_years_that_fit(
    economy: Economy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(aimsfile, "MOST_ENTRIES", 500)

    with pytest.raises(DataError, match="20 years of 3 goods and 3 techniques") as refused:
        check_aims(Aims(years=20), economy)

    years = int(str(refused.value).split("That is ")[1].split(" years")[0])
    assert 1 < years < 20
    check_aims(Aims(years=years), economy)
    with pytest.raises(DataError, match="problem of about"):
        check_aims(Aims(years=years + 1), economy)


@pytest.mark.parametrize("name", [found.name for found in embedded()])
def test_the_size_that_is_said_is_about_that_of_the_programme(name: str) -> None:
    economy = read_economy(name)
    for years in (1, 20):
        aims = Aims(years=years, objective="labour")
        problem = problem_of(economy, aims, calendar_of(economy, aims))
        said = aimsfile._entries(years, economy) / problem.programme.matrix.nnz
        assert 0.8 < said < 1.3


@pytest.mark.parametrize("name", [found.name for found in embedded()])
def test_the_economies_of_the_package_can_be_planned_for_as_long_as_any(name: str) -> None:
    check_aims(Aims(years=aimsfile.MOST_YEARS, objective="labour"), read_economy(name))


def test_every_message_on_aims_has_been_reached() -> None:
    own_tests = {f"records.aims.{key}" for key in ("no_target", "late_target", "too_large")}
    reached = {f"records.{key}" for key, *_ in [*WRONG, *IMPOSSIBLE]} | own_tests

    assert keys_in("records/aimsfile.py") - reached == set()


def test_all_wrong_keys_are_counted(economy: Economy) -> None:
    with pytest.raises(DataError, match=r"\(2 more: "):
        aims_of({"years": 0, "cap": -1, "needs": 5}, None, economy, name="aims.toml")


def test_errors_in_the_table_of_needs_are_found_with_its_rows(economy: Economy) -> None:
    needs = Table.of("needs.csv", [{"year": 2001, "good": "braed", "target": 1}])

    with pytest.raises(DataError, match=r'^needs\.csv, row 2, "good": "braed" is not a good'):
        aims_of({}, needs, economy, name="aims.toml")


def test_keys_that_the_objective_does_not_read_are_listed() -> None:
    full = Aims(cap=1.0, year_weights=(1.0,), weights={"bread": 1.0})

    assert unused_keys(full) == ["cap", "year_weights", "weights"]
    assert unused_keys(replace(full, objective="common")) == ["weights"]
    assert unused_keys(replace(full, objective="weighted")) == ["cap"]
    assert unused_keys(Aims()) == []
