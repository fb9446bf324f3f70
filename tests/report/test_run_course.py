"""The series and events of a run, recomputed from the years that they are of."""

import json
from collections.abc import Mapping
from functools import cache

import numpy as np
import pytest

from sovplan.history.economies import folder_path
from sovplan.history.series import series
from sovplan.planning.profiles import drafted
from sovplan.records.assembly import economy_of
from sovplan.records.returns import Returns
from sovplan.records.run import Point
from sovplan.records.tables import read_folder
from sovplan.regimes.parameters import read_parameters
from sovplan.regimes.regime import read_regime
from sovplan.regimes.scenarios import read_scenario
from sovplan.report.course import events_of, given_points, points_of
from sovplan.report.runfiles import papers_file
from sovplan.simulation import Given, Year, first_day, simulate_years
from sovplan.society.life import prices_of
from sovplan.society.opening import given_economy, opened

REGIMES = ("renewed_councils", "command_1929")


@cache
def year_of(name: str) -> tuple[Year, tuple[Point, ...]]:
    """Return the second year of a village under a regime, with its points."""
    scenario, regime = read_scenario("two-goods"), read_regime(name)
    economy = given_economy(economy_of(read_folder(folder_path(scenario.economy))), scenario)
    ones = np.ones(len(economy.goods))
    prices = prices_of(drafted(Returns(economy), "even", ones, 5), ones)
    now = Given(regime.in_force(regime.first_year), read_parameters(), scenario, 1, 50)
    world, society = opened(economy, scenario, now.institutions, prices, 1)
    year = list(simulate_years(first_day(world, society), [now, now]))[-1]
    return year, tuple(points_of(name, year, now))


def values(points: tuple[Point, ...], kind: str = "real") -> Mapping[str, float]:
    return {point.series: point.value for point in points if point.kind == kind}


@pytest.mark.parametrize("name", REGIMES)
def test_what_people_had_is_measured_against_needs_that_no_regime_can_lower(name: str) -> None:
    year, points = year_of(name)
    society, found = year.begun.society, values(points)
    worth = year.shared.consumption @ society.weights
    heads = society.strata.people
    least = (society.strata.need @ society.weights) @ heads

    assert found["people/level"] == pytest.approx(worth.sum() / least, rel=1e-12)
    for place, group in enumerate(society.strata.names):
        own = (worth[place] / heads[place]) / (least / heads.sum())
        assert found[f"people/level/{group}"] == pytest.approx(own, rel=1e-12)


def test_one_scale_of_needs_holds_for_all_regimes() -> None:
    scales = []
    for name in REGIMES:
        society = year_of(name)[0].begun.society
        worth = (society.strata.need @ society.weights) @ society.strata.people
        scales.append(worth / society.strata.people.sum())

    assert scales[0] == pytest.approx(scales[1], rel=1e-9)


@pytest.mark.parametrize("name", REGIMES)
def test_a_good_that_nobody_could_buy_is_short_and_not_left_out(name: str) -> None:
    year, points = year_of(name)
    goods, found = year.begun.world.economy.goods.names, values(points)

    for place, good in enumerate(goods):
        missing = float(year.shared.shortage[place])
        if missing > 1e-9:
            assert found[f"shortage/{good}"] == missing
        assert found.get(f"shortage/{good}", 0.0) <= 1.0


def test_under_command_the_village_lacks_tools_and_the_events_say_so() -> None:
    year, points = year_of("command_1929")
    told = [event.text for event in events_of("command_1929", year)]
    short = [p for p in points if p.series.startswith("shortage/") and p.value >= 0.1]

    assert bool(short) == any("is short" in text or "are short" in text for text in told)
    assert told[0].endswith("is adopted without a vote.")
    assert "command" not in told[0]


def test_consumption_as_it_was_printed_is_an_index_on_its_own_base() -> None:
    points = list(given_points(read_scenario("ussr-1928"), iter(range(1929, 1939)), 1))
    past = [p for p in points if p.kind == "historical"]
    printed = series("consumption_per_head_allen").values()

    assert {p.year: p.value for p in past if p.series == "people/printed"} == {
        year: value / 100 for year, value in printed.items() if 1929 <= year <= 1938
    }
    assert {(p.regime, p.unit, p.kind) for p in past} == {("", "1928 = 1", "historical")}
    assert {p.series for p in past} == {
        "people/printed",
        "people/printed/consumption_per_head_bergson",
    }
    assert sum(p.series == "weather" for p in points) == 10


def test_nothing_historical_is_given_to_an_invented_village() -> None:
    points = given_points(read_scenario("two-goods"), iter(range(1, 4)), 1)

    assert {point.kind for point in points} == {"real"}


def test_a_draft_stands_among_the_papers_by_what_it_plans() -> None:
    year, _ = year_of("renewed_councils")
    lines = [json.loads(line) for line in papers_file(year.book).decode().splitlines()]
    drafts = [line for line in lines if line["paper"] == "draft"]
    again = [json.loads(line) for line in papers_file(year.book).decode().splitlines()]

    assert lines == again
    assert len({line["digest"] for line in drafts}) == len(drafts) == 3
    assert all(line["digest"].startswith("sha256:") for line in drafts)
