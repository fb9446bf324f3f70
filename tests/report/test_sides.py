"""Two runs side by side: what is said of runs that differ in one thing, in many, or in nothing."""

from collections.abc import Mapping
from dataclasses import replace
from math import isnan
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.report.runs import VOTED

from sovplan.foundation.errors import DataError
from sovplan.records.run import Event
from sovplan.records.runfolder import KeptRun
from sovplan.report.sides import RunComparison, side_by_side
from sovplan.report.sides_came import MOST, Row

YEARS = (1930, 1931, 1932)
SERIES = {
    "plan_kept": "share",
    "overstated": "share",
    "people/level": "least needs of a head = 1",
    "people/consumption": "first year = 1",
    "output_worth": "hours",
    "returns/false": "workplaces",
    "shortage/grain": "share",
    "shortage/tools": "share",
    "output/grain": "sacks",
    "output/tools": "pieces",
}


def institutions(**changed: object) -> dict[str, Any]:
    values = {name: getattr(VOTED, name) for name in VOTED.__dataclass_fields__}
    written = {n: list(v) if isinstance(v, tuple) else v for n, v in values.items()}
    return {**written, **changed}


def kept(name: str = "a", /, regimes: tuple[str, ...] = ("north",), **changed: object) -> KeptRun:
    """Return a run in which every number is 0.5, with other values given to it."""
    scenario = {
        "name": "valley", "economy": "two-goods", "economy_digest": "sha256:00", "seed": 1,
        "voters": 100, "years": len(YEARS), "regimes": list(regimes), "common": [],
        "growth": {"value": 0.01, "low": 0.0, "high": 0.02},
        "groups": [{"name": "smiths", "part": 0.4, "tastes": {"grain": 1.0}}],
        "parameters": {"e_food": 0.16, "leak": 0.1},
        "institutions": {r: {str(year): institutions() for year in YEARS} for r in regimes},
    }  # fmt: skip
    places = [(regime, series, "real") for regime in regimes for series in SERIES]
    return KeptRun(
        name,
        {**scenario, **changed},
        {"sovplan": "1"},
        {place: dict.fromkeys(YEARS, 0.5) for place in places},
        {place: SERIES[place[1]] for place in places},
        tuple(Event(regime, year, "R1", "a vote") for regime in regimes for year in YEARS),
    )


def with_values(run: KeptRun, series: str, values: Mapping[int, float], unit: str = "") -> KeptRun:
    """Return a run with other numbers in a series of all its regimes."""
    places = [(regime, series, "real") for regime in run.regimes]
    return replace(
        run,
        values={**run.values, **{place: dict(values) for place in places}},
        units={**run.units, **{place: unit or SERIES.get(series, "share") for place in places}},
    )


def years_of(run: KeptRun, years: tuple[int, ...]) -> KeptRun:
    """Return a run of other years; numbers of all of them are 0.5."""
    by_regime = {r: {str(year): institutions() for year in years} for r in run.regimes}
    values = {place: dict.fromkeys(years, 0.5) for place in run.values}
    return replace(run, given={**run.given, "institutions": by_regime}, values=values)


def row(found: RunComparison, series: str) -> Row:
    (chosen,) = [each for each in found.regimes[0].series if each.series == series]
    return chosen


# ---- what was given ------------------------------------------------------------------------------


def test_of_two_equal_runs_it_is_said_that_nothing_differs() -> None:
    found = side_by_side(kept(), kept("b"))

    assert (found.given, found.warnings, found.regimes[0].goods) == ((), (), ())
    assert found.sentences == (
        "Both were given the same.",
        "north: all numbers of the years in common are the same.",
    )


def test_one_institution_that_differs_is_said_with_its_values_and_years() -> None:
    by_year = {"1930": institutions(), "1931": institutions(hours=0.95),
               "1932": institutions(hours=0.95)}  # fmt: skip

    found = side_by_side(kept(), kept("b", institutions={"north": by_year}))

    assert found.sentences[0] == (
        "Only the institution hours of north differs: 0.9 -> 0.95 (1931 to 1932)."
    )


def test_an_institution_that_changes_twice_is_one_thing() -> None:
    by_year = {str(year): institutions(hours=size)
               for year, size in zip(YEARS, (0.9, 0.95, 1.0), strict=True)}  # fmt: skip

    found = side_by_side(kept(), kept("b", institutions={"north": by_year}))

    assert found.sentences[0] == (
        "Only the institution hours of north differs: 0.9 -> 0.95 (1931); 0.9 -> 1 (1932)."
    )


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"seed": 7}, "Only the seed differs: 1 -> 7."),
        ({"voters": 50}, "Only the number of voters differs: 100 -> 50."),
        ({"parameters": {"e_food": 0.2, "leak": 0.1}},
         "Only the parameter e_food differs: 0.16 -> 0.2."),
        ({"growth": {"value": 0.02, "low": 0.0, "high": 0.02}},
         "Only the number growth of the scenario differs: 0.01 -> 0.02."),
        ({"imports": {"tools": {"value": 3.0, "low": 0.0, "high": 4.0}}},
         "Only the number imports.tools of the scenario differs: (nothing) -> 3."),
        ({"groups": [{"name": "smiths", "part": 0.5, "tastes": {"grain": 1.0}}]},
         "Only the number groups.smiths.part of the scenario differs: 0.4 -> 0.5."),
        ({"common": ["grain"]}, "Only the number common of the scenario differs: none -> grain."),
        ({"name": "hills"}, "Only the scenario differs: valley -> hills."),
        ({"economy_digest": "sha256:11"},
         "Only the content of the economy two-goods differs: 00 -> 11."),
    ],
)  # fmt: skip
def test_the_only_thing_that_differs_is_named(changed: dict[str, Any], said: str) -> None:
    other = kept("b")

    found = side_by_side(kept(), replace(other, given={**other.given, **changed}))

    assert found.sentences[0] == said


def test_another_version_of_the_program_is_a_thing_that_differs() -> None:
    found = side_by_side(kept(), replace(kept("b"), versions={"sovplan": "2"}))

    assert found.sentences[0] == "Only the version of sovplan differs: 1 -> 2."


def test_several_things_are_counted_and_not_called_the_only_one() -> None:
    other = kept("b", seed=2, parameters={"e_food": 0.2, "leak": 0.1})

    found = side_by_side(kept(), other)

    assert found.sentences[0].startswith("2 things differ")
    assert [(each.what, each.name) for each in found.given] == [
        ("seed", ""), ("parameter", "e_food"),
    ]  # fmt: skip


def test_two_parameters_are_two_things() -> None:
    found = side_by_side(kept(), kept("b", parameters={"e_food": 0.2, "leak": 0.3}))

    assert found.sentences[0].startswith("2 things differ")


def test_what_makes_runs_unlike_is_warned_of() -> None:
    found = side_by_side(kept(), kept("b", name="hills", economy="federation-12", seed=2))

    assert [text.split(":")[0] for text in found.warnings] == [
        "These are runs of two scenarios, valley and hills",
        "These are runs of two economies, two-goods and federation-12",
        "The seeds differ (1 and 2)",
    ]


# ---- which regimes and years ---------------------------------------------------------------------


def test_a_regime_is_held_against_itself_and_the_others_are_named() -> None:
    found = side_by_side(kept(regimes=("north", "south")), kept("b", regimes=("west", "south")))

    assert [(held.before, held.after) for held in found.regimes] == [("south", "south")]
    assert found.warnings == (
        "Only a holds north: not compared.",
        "Only b holds west: not compared.",
    )


def test_the_only_regime_of_each_is_held_against_the_other() -> None:
    by_year = {str(year): institutions(hours=0.95) for year in YEARS}
    other = kept("b", regimes=("mine",), institutions={"mine": by_year})

    found = side_by_side(kept(), other)

    assert [(held.before, held.after) for held in found.regimes] == [("north", "mine")]
    assert found.warnings == ()
    assert found.sentences[0] == (
        "Only the institution hours of north / mine differs: 0.9 -> 0.95 (1930 to 1932)."
    )


def test_runs_without_a_common_year_or_regime_are_refused_by_name() -> None:
    with pytest.raises(DataError, match="a and b have no year in common") as refused:
        side_by_side(kept(), years_of(kept("b"), (1940, 1941)))
    assert "1930 to 1932; 1940 to 1941" in str(refused.value)

    with pytest.raises(DataError, match=r"no regime stands in both a \(north\) and b \(south, w"):
        side_by_side(kept(), kept("b", regimes=("south", "west")))


def test_means_and_last_year_are_of_the_years_in_common() -> None:
    first = with_values(kept(), "plan_kept", {1930: 0.9, 1931: 0.8, 1932: 0.1})
    other = with_values(years_of(kept("b"), (1931, 1930)), "plan_kept", {1930: 0.7, 1931: 0.9})

    found = side_by_side(first, other)

    assert found.years == (1930, 1931)
    kept_row = row(found, "plan_kept")
    assert (kept_row.last.before, kept_row.last.after) == (0.8, 0.9)
    assert kept_row.last.difference == pytest.approx(0.1)
    assert kept_row.mean.before == pytest.approx(0.85)
    assert kept_row.mean.after == pytest.approx(0.8)
    assert [each.what for each in found.given] == ["years"]


# ---- what came of it -----------------------------------------------------------------------------


def test_what_people_had_is_told_on_one_scale() -> None:
    without = kept("b")
    place = ("north", "people/level", "real")
    values = {at: by for at, by in without.values.items() if at != place}

    both = side_by_side(kept(), kept("b"))
    one = side_by_side(kept(), replace(without, values=values))

    told = [{each.series for each in found.regimes[0].series} for found in (both, one)]
    assert "people/level" in told[0]
    assert "people/consumption" not in told[0]
    assert "people/level" not in told[1]
    assert "people/consumption" in told[1]


def test_goods_that_are_short_are_counted() -> None:
    other = with_values(kept("b"), "shortage/tools", dict.fromkeys(YEARS, 0.05))

    assert row(side_by_side(kept(), other), "shortages").last.before == 2
    assert row(side_by_side(kept(), other), "shortages").last.after == 1


def test_a_series_in_other_units_is_named_and_not_compared() -> None:
    other = with_values(kept("b"), "output/grain", dict.fromkeys(YEARS, 500.0), "kg")
    other = with_values(other, "output_worth", dict.fromkeys(YEARS, 9.0), "days")

    found = side_by_side(kept(), other)

    assert found.warnings == (
        "Counted in other units in the two runs, so not compared: output_worth, output/grain.",
    )
    assert found.regimes[0].goods == ()
    assert "output_worth" not in {each.series for each in found.regimes[0].series}
    assert found.regimes[0].parting.year is None


def test_goods_stand_in_the_order_of_relative_difference_and_not_too_many() -> None:
    first, other = kept(), kept("b")
    for n in range(MOST + 3):
        first = with_values(first, f"output/{n}", dict.fromkeys(YEARS, 1000.0), "t")
        other = with_values(other, f"output/{n}", dict.fromkeys(YEARS, 1000.0 - n), "t")

    goods = side_by_side(first, other).regimes[0].goods

    assert [each.series for each in goods] == [str(n) for n in range(MOST + 2, 2, -1)]


def test_a_good_that_one_run_never_made_comes_first() -> None:
    other = with_values(kept("b"), "output/steel", dict.fromkeys(YEARS, 3.0), "t")

    (steel,) = side_by_side(kept(), other).regimes[0].goods

    assert steel.series == "steel"
    assert isnan(steel.last.before)
    assert steel.last.after == 3


def test_what_happened_when_they_part_is_told_of_each() -> None:
    other = with_values(kept("b"), "plan_kept", {1930: 0.5, 1931: 0.4, 1932: 0.4})
    events = [Event("north", 1931, "R1", "a vote"), Event("north", 1931, "R15", "bread is short"),
              Event("north", 1932, "R15", "coal is short")]  # fmt: skip

    parting = side_by_side(kept(), replace(other, events=tuple(events))).regimes[0].parting

    assert (parting.year, parting.differ, parting.series) == (1931, 1, len(SERIES))
    assert (parting.before, parting.after) == ((), ("bread is short",))


@settings(max_examples=30)
@given(
    series=st.sampled_from(sorted(SERIES)),
    year=st.sampled_from(YEARS),
    size=st.floats(1e-6, 10.0),
)
def test_they_part_in_the_first_year_with_another_number(
    series: str, year: int, size: float
) -> None:
    values = {each: 0.5 + size * (each >= year) for each in YEARS}

    found = side_by_side(kept(), with_values(kept("b"), series, values))

    assert found.regimes[0].parting.year == year
    assert found.regimes[0].parting.differ == 1


def test_rounding_is_no_difference() -> None:
    other = with_values(kept("b"), "plan_kept", dict.fromkeys(YEARS, 0.5 + 1e-12))

    found = side_by_side(kept(), other)

    assert found.regimes[0].parting.year is None
    assert row(found, "plan_kept").last.difference == 0


@settings(max_examples=20)
@given(st.data())
def test_the_other_way_round_differences_change_their_sign(data: st.DataObject) -> None:
    numbers = st.floats(-100, 100)
    runs = [kept(), kept("b")]
    for series in ("plan_kept", "output/grain", "output/tools"):
        runs = [
            with_values(run, series, {year: data.draw(numbers) for year in YEARS}) for run in runs
        ]

    one, other = side_by_side(*runs), side_by_side(*reversed(runs))

    assert one.regimes[0].parting.year == other.regimes[0].parting.year
    for there, back in zip(one.regimes[0].series, other.regimes[0].series, strict=True):
        assert there.series == back.series
        assert there.last.difference == -back.last.difference
        assert there.mean.difference == pytest.approx(-back.mean.difference, abs=1e-9)
    assert {good.series for good in one.regimes[0].goods} == {
        good.series for good in other.regimes[0].goods
    }
