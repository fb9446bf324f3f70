"""The country wherever institutions and parameters lie: it runs, nothing is below nought."""

from collections.abc import Mapping
from random import Random

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.society.nation.cases import books
from tests.society.nation.test_rules import call

from sovplan.history.nation import INSTITUTION, Steps, nation_inputs
from sovplan.regimes.countries import COUNTRY_REGIMES, country_inputs, read_country_regime
from sovplan.regimes.model import model_parameter_table, model_parameters
from sovplan.society.nation import food, grain, investment, people, unrest
from sovplan.society.nation.accounts import breaks
from sovplan.society.nation.year import Quarter, run_nation

FIRST = (1917, 1921)
SHARES = ("collectivised", "trust", "coordination", "managers", "skill", "distortion",
                 "private_trade_share", "shadow_share", "farm_effort")  # fmt: skip


def within(draw: Random, low: float, high: float) -> float:
    """Return one of the ends half of the time, else a number between them."""
    return draw.choice((low, high, draw.uniform(low, high), draw.uniform(low, high)))


def drawn_regime(draw: Random, first: int) -> dict[str, Steps]:
    """Return a regime of the package with half of its institutions moved in one or two years."""
    found = dict(read_country_regime(draw.choice(COUNTRY_REGIMES)).steps())
    for name, note in nation_inputs(first).about.items():
        if note.kind != INSTITUTION or draw.random() < 0.5:
            continue
        years = sorted(draw.sample(range(first, 1941), draw.choice((1, 2))))
        whole = note.unit == "0 or 1"
        steps = [
            (year, draw.choice((0, 0, 1, 2, 3, 4)),
             float(draw.choice((note.low, note.high))) if whole else
             within(draw, note.low, note.high))
            for year in years
        ]  # fmt: skip
        before = [step for step in found.get(name, ()) if step[0] < years[0]]
        steps[0] = steps[0] if before else (first - 1, 0, steps[0][2])
        found[name] = (*before, *steps)
    return found


def drawn_parameters(draw: Random) -> Mapping[str, float]:
    """Return the parameters, a third of them moved within their ranges."""
    moved = [each for each in model_parameter_table() if draw.random() < 1.0 / 3.0]
    return {**model_parameters(), **{e.name: within(draw, e.low, e.high) for e in moved}}


def ran(seed: int) -> tuple[Quarter, ...]:
    draw = Random(seed)
    first = draw.choice(FIRST)
    inputs = nation_inputs(first).under(drawn_regime(draw, first))
    return run_nation(inputs, drawn_parameters(draw))


@settings(max_examples=50)
@example(seed=12)
@example(seed=25)
@given(seed=st.integers(0, 10**9))
def test_the_country_runs_wherever_regimes_and_parameters_lie(seed: int) -> None:
    found = ran(seed)

    for each in found:
        assert all(np.isfinite(value) for value in each.nation.values())
        assert all(np.isfinite(column).all() for column in each.sectors.values())
        assert (each.ages["people"] >= 0.0).all()
        assert all(0.0 <= each.nation.get(name, 0.0) <= 1.0 + 1e-9 for name in SHARES)


@pytest.mark.parametrize(
    ("institution", "since", "high", "moved"),
    [
        ("plan_abolished", 1922, 1.0, {"chain_c": 1.0}),
        ("coll_pressure", 1921, 0.6, {"f_death": 0.6}),
        ("tractor_making", 1918, 0.0, {"f_death": 0.6, "m_f": 0.3}),
    ],
)
def test_a_regime_at_its_bound_runs_to_the_end(
    institution: str, since: int, high: float, moved: Mapping[str, float]
) -> None:
    for first, base in ((1917, "as_it_was_whole"), (1921, "as_it_was")):
        steps = read_country_regime(base).steps()
        kept = [step for step in steps[institution] if step[0] < since]
        at = since if kept else first - 1
        steps[institution] = (*kept, (at, 0, high))
        found = run_nation(nation_inputs(first).under(steps), {**model_parameters(), **moved})
        assert found[-1].year == 1940


@pytest.mark.parametrize(
    "name", ["grain_food", "herd", "village", "town_goods_got", "taken", "prisoners"]
)
def test_less_than_nothing_is_found_and_named(name: str) -> None:
    before, now = books()[-2], books()[-1]
    matrix = np.array(country_inputs().coefficients)
    moved = {**now.nation, name: -1e-6}
    old = (before.nation, before.sectors)
    found = dict(breaks(old, (moved, now.sectors), matrix, 4))

    assert found[f"{name} below nought"] == pytest.approx(-1e-6)


def test_what_the_state_took_beyond_the_harvest_is_booked_and_nobody_eats_less_than_nothing() -> (
    None
):
    eaten, fed, ratio, after, stored, sold, overdrawn = call(
        food.use_of_grain, harvest=20.0, seed=10.0, feed_need=16.0, taken_year=15.0,
        yearly_offer=5.0, village=120.0, grain_store=2.0, food_aid=0.5, quota_share=0.0,
        collective_farming=0.0,
    )  # fmt: skip

    assert (eaten, fed, ratio, sold, after) == (0.0, 0.0, 0.0, 0.0, 0.0)
    assert stored == pytest.approx(-2.0)
    assert overdrawn == pytest.approx(15.0 + 10.0 - 20.0 - 0.5 - 2.0)


@pytest.mark.parametrize(
    "how", [{"levy_rate": 0.6, "levy": 9.0}, {"quota_share": 0.4}, {"emergency": 0.7}]
)
def test_nobody_takes_grain_that_is_not_there(how: Mapping[str, float]) -> None:
    at = dict.fromkeys((*grain.taking.reads, *grain.taking.institutions), 0.0) | {
        "harvest": 9.0, "seed": 12.0, "withheld": 3.0, "quota_harvest": 60.0, "season": 0.4,
        "quota_season": 0.5, "spring": 1.0, "grain_price": 1.0, "offered": 4.0,
    }  # fmt: skip
    taken, seized, total = call(grain.taking, **{**at, **how})

    assert (taken, seized, total) == (0.0, 0.0, 0.0)


def test_nothing_is_built_of_building_that_sectors_use_up() -> None:
    at = {"product": 25.0, "machines_output": 2.3, "machines_used": 1.0, "building_output": 0.3,
          "building_used": 0.5, "machines_kept": 0.6, "machines_imported": 0.2,
          "arms_bound": 0.0}  # fmt: skip
    *_, free, unbuilt, built = call(
        investment.investment, priority=1.0, investment_share=0.2, **at
    )  # fmt: skip

    assert (free, built) == (0.0, 0.0)
    assert unbuilt == pytest.approx(0.2)


def test_nobody_dies_twice() -> None:
    at = {"village": 100.0, "town": 20.0, "death_rate": 0.03, "birth_rate": 0.04, "hunger": 1.4,
          "hunger_town": 0.0}  # fmt: skip
    village, _, born, _, died, _, excess = call(people.births_and_deaths, **at)
    kept = {"grain_food": 0.0, "village": 100.0, "weather": 1.0, "taken_year": 5.0,
            "harvest": 60.0, "collectivised": 0.0, "quota_blind": 1.0}  # fmt: skip

    assert died == pytest.approx(100.0)
    assert village == pytest.approx(born)
    assert excess == pytest.approx(97.0)
    assert call(food.hunger, **kept) == (0.0, 1.0)


def test_wealth_falls_no_further_where_nothing_is_left_to_live_on() -> None:
    at = {"wealth_mean": 0.0, "wealth_spread": 0.0, "private_hire": 0.0}
    least = model_parameters()["living_least"]
    ruined = call(unrest.strata, village_living=0.0, village_living_before=1.0, **at)
    poor = call(unrest.strata, village_living=least, village_living_before=1.0, **at)

    assert ruined[0] == poor[0] < 0.0
