"""The planning year: papers in order, identities, luck, and what planners may know."""

from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from scipy.stats import poisson

from sovplan.charter import charter_of
from sovplan.history.economies import folder_path
from sovplan.inspection.inspect import inspect
from sovplan.planning.profiles import drafted
from sovplan.records.assembly import economy_of
from sovplan.records.economy import Economy
from sovplan.records.institutions import Institutions
from sovplan.records.parameters import Parameters
from sovplan.records.returns import Returns
from sovplan.records.scenario import Group, Scenario
from sovplan.records.tables import read_folder
from sovplan.regimes.parameters import drawn_parameters, read_parameters
from sovplan.regimes.regime import read_regime
from sovplan.regimes.scenarios import read_scenario
from sovplan.simulation import Given, Start, Year, first_day, simulate_year, simulate_years
from sovplan.society.answers import Luck, audit_of, declared, honest_errors, reported
from sovplan.society.life import prices_of
from sovplan.society.opening import given_economy, opened
from sovplan.world.state import Works
from tests.independent import random_case, write_case

REGIMES = ("renewed_councils", "command_1929", "councils_isolated")
SEEDS = range(0, 20, 5)
"""Random economies of which every draft of three years can be made."""
FILINGS = 120
"""Times that an honest year is filed."""


def begun(economy: Economy, scenario: Scenario, institutions: Institutions, seed: int) -> Start:
    count = len(economy.goods)
    prices = prices_of(drafted(Returns(economy), "even", np.ones(count), 4), np.ones(count))
    return first_day(*opened(economy, scenario, institutions, prices, seed))


@cache
def village() -> tuple[Economy, Scenario]:
    scenario = read_scenario("two-goods")
    folder = read_folder(folder_path(scenario.economy))
    return given_economy(economy_of(folder), scenario), scenario


def run(
    institutions: Institutions, years: int, seed: int = 1, parameters: Parameters | None = None
) -> list[Year]:
    economy, scenario = village()
    given = Given(institutions, parameters or read_parameters(), scenario, seed, voters=100)
    start = begun(economy, scenario, institutions, seed)
    return list(simulate_years(start, [given] * years))


def of(name: str) -> Institutions:
    regime = read_regime(name)
    return regime.in_force(regime.first_year)


def check(year: Year) -> None:
    """Check what must hold in every year."""
    assert year.outcome.balance_error() <= 1e-9
    year.shared.check()
    # What people took is what came to them, and every unit has a supplier and a user.
    taken = year.shared.consumption.sum(axis=0)
    np.testing.assert_allclose(taken, year.outcome.people, rtol=1e-9, atol=1e-9)
    books = year.books
    size = max(1.0, float(year.outcome.wanted.max()))
    made = books.made.sum(axis=0)
    np.testing.assert_allclose(made, year.outcome.made, rtol=1e-9, atol=1e-9 * size)
    np.testing.assert_allclose(
        books.closing.sum(axis=0), year.outcome.stock, rtol=1e-9, atol=1e-9 * size
    )
    hours = year.begun.world.economy.labour.over([year.book.year])[:, 0, 0]
    day = year.conduct.day
    moved = year.begun.world.economy.extensions.migration
    if moved is None:
        assert (year.outcome.hours <= hours * day * (1 + 1e-9)).all()
    kinds = [type(page).__name__ for page in year.book.pages]
    order = ("Returns", "Draft", "Ballots", "Decision", "Report", "Findings")
    assert [order.index(kind) for kind in kinds] == sorted(order.index(kind) for kind in kinds)


@pytest.mark.parametrize("name", REGIMES)
@pytest.mark.parametrize("seed", range(2))
def test_identities_hold_under_any_regime_within_its_ranges(name: str, seed: int) -> None:
    regime = read_regime(name).drawn(seed)

    for year in run(regime.in_force(regime.first_year), 3, seed):
        check(year)


@pytest.mark.parametrize("name", REGIMES)
@pytest.mark.parametrize("seed", SEEDS)
def test_identities_hold_in_random_small_economies(name: str, seed: int, tmp_path: Path) -> None:
    write_case(random_case(seed), tmp_path)
    skills = economy_of(read_folder(tmp_path)).techniques.skills
    scenario = Scenario(
        "random", "random", "random", 3, REGIMES,
        (
            Group("many", "Many", "worker", skills[0], 1.0, 0.9, {}),
            Group("few", "Few", "official", "", 2.0, 0.1, {}),
        ),
        10.0, "people", 0.01, 2, (), {}, (), 0.1, 0.05, 8.0, 0.25, {}, {},
    )  # fmt: skip
    economy = given_economy(economy_of(read_folder(tmp_path)), scenario)
    regime = read_regime(name).drawn(seed)
    institutions = regime.in_force(regime.first_year)
    given = Given(institutions, drawn_parameters(seed), scenario, seed, voters=50)

    start = begun(economy, scenario, institutions, seed)
    years = list(simulate_years(start, [given] * 3))

    assert len(years) == 3
    for year in years:
        check(year)


def test_the_papers_of_a_year_stand_in_their_order() -> None:
    year = run(of("renewed_councils"), 1)[0]

    kinds = [type(page).__name__ for page in year.book.pages]
    assert kinds[:4] == ["Returns", "Draft", "Draft", "Draft"]
    assert kinds[4:6] == ["Ballots", "Decision"]
    assert set(kinds[6:-1]) == {"Report"}
    assert kinds[-1] == "Findings"


def test_a_leadership_asks_nobody_and_its_draft_holds() -> None:
    year = run(of("command_1929"), 1)[0]

    assert year.ballots is None
    assert year.decision.winners == ("command",)
    assert year.adopted.method == "command"


def test_the_same_seed_gives_the_same_year_and_another_does_not() -> None:
    first, again = run(of("command_1929"), 2), run(of("command_1929"), 2)
    other = run(of("command_1929"), 2, seed=2)

    for one, two in zip(first, again, strict=True):
        np.testing.assert_array_equal(one.outcome.made, two.outcome.made)
        assert one.book.pages[-1] == two.book.pages[-1]
    assert (first[1].outcome.made != other[1].outcome.made).any()


@pytest.mark.parametrize("name", REGIMES)
def test_planners_are_told_nothing_but_what_was_filed(name: str) -> None:
    economy, scenario = village()
    institutions, parameters = of(name), read_parameters()
    start = begun(economy, scenario, institutions, 1)
    luck = Luck(1, start.world.year)
    charter = charter_of(institutions, start.society.prices, None)
    returns = declared(start.world, start.society, institutions, parameters, luck)
    before = [planner(returns) for planner in charter.planners]

    # The truth becomes another, the papers stay as they are.
    abler = replace(start.world.workshops, ability=start.world.workshops.ability * 1.5)
    world = replace(start.world, workshops=abler)
    again = declared(world, start.society, institutions, parameters, luck)
    after = [planner(again) for planner in charter.planners]

    for one, two in zip(before, after, strict=True):
        assert one.plan is not None
        assert two.plan is not None
        np.testing.assert_array_equal(one.plan.activity, two.plan.activity)
    truth = simulate_year(
        replace(start, world=world), Given(institutions, parameters, scenario, 1, 100)
    )
    assert truth.adopted.method in {draft.method for draft in before}


TRUTHS = ("capacity", "labour", "stocks", "inputs", "people", "works", "ability")


def another_truth(start: Start, name: str) -> Start:
    """Return the same first day with one thing that is so made another."""
    economy, society = start.world.economy, start.society
    plants, techniques = economy.plants, economy.techniques
    changed = {
        "capacity": replace(economy, plants=replace(plants, capacity=plants.capacity * 0.6)),
        "labour": replace(
            economy, labour=replace(economy.labour, amounts=economy.labour.amounts * 0.7)
        ),
        "stocks": replace(economy, goods=replace(economy.goods, stock=economy.goods.stock + 3.0)),
        "inputs": replace(economy, techniques=replace(techniques, inputs=techniques.inputs * 1.3)),
    }
    if name in changed:
        return first_day(replace(start.world, economy=changed[name]), society)
    if name == "people":
        strata = society.strata
        fewer = replace(strata, people=strata.people * np.linspace(0.5, 1.5, len(strata)))
        return replace(start, society=replace(society, strata=fewer, savings=society.savings + 5.0))
    if name == "works":
        # A building nobody spoke of, ready next year.
        works = Works(
            np.array([0]), np.array([start.world.year + 1]), np.array([5.0]), np.array([0])
        )
        return replace(start, world=replace(start.world, works=works))
    abler = replace(start.world.workshops, ability=start.world.workshops.ability * 1.5)
    return replace(start, world=replace(start.world, workshops=abler))


@pytest.mark.parametrize("truth", TRUTHS)
@pytest.mark.parametrize("name", REGIMES[:2])
def test_drafts_stay_while_the_truth_becomes_another_and_the_papers_do_not(
    name: str, truth: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    economy, scenario = village()
    given = Given(of(name), read_parameters(), scenario, 1, 100)
    # In the second year planners know targets, reports and prices of the first.
    start = simulate_year(begun(economy, scenario, given.institutions, 1), given).next
    before = simulate_year(start, given)
    monkeypatch.setattr("sovplan.simulation.declared", lambda *_: before.returns)

    after = simulate_year(another_truth(start, truth), given)

    for one, two in zip(before.drafts, after.drafts, strict=True):
        assert one.plan is not None
        assert two.plan is not None
        np.testing.assert_array_equal(one.plan.activity, two.plan.activity)
        assert one.method == two.method
    # It was another truth: what came of the same drafts differs.
    lived = [
        (
            y.outcome.made,
            y.outcome.stock,
            y.shared.consumption,
            y.next.world.economy.plants.capacity,
        )
        for y in (before, after)
    ]
    assert any((one != two).any() for one, two in zip(*lived, strict=True))


def test_regimes_share_their_weather() -> None:
    # Haste is no luck: without it nothing but weather and accidents is left in the yields.
    calm = replace(read_parameters(), t_a=0.0, t_b=0.0)
    councils, command = (run(of(name), 3, 1, calm) for name in REGIMES[:2])
    elsewhere = run(of("renewed_councils"), 1, 2, calm)

    for one, two in zip(councils, command, strict=True):
        np.testing.assert_array_equal(one.conduct.yields, two.conduct.yields)
        assert np.unique(one.conduct.yields).size > 1
    assert (elsewhere[0].conduct.yields != councils[0].conduct.yields).all()


def test_common_luck_sharpens_the_comparison_of_one_value_tenfold() -> None:
    shorter = of("renewed_councils")
    longer = replace(shorter, hours=shorter.hours + 0.08)

    def worth(institutions: Institutions, seed: int) -> float:
        last = run(institutions, 2, seed)[-1]
        return float(last.begun.society.weights @ last.outcome.made)

    one, other = (
        np.array([worth(institutions, seed) for seed in range(1, 7)])
        for institutions in (shorter, longer)
    )
    same, own = np.var(one - other, ddof=1), np.var(one, ddof=1) + np.var(other, ddof=1)

    assert own > 0
    assert same <= 0.1 * own


def test_an_honest_society_is_accused_no_more_often_than_is_said() -> None:
    honest = replace(read_parameters(), over_base=0.0, over_press=0.0)
    scenario = read_scenario("federation-12")
    economy = given_economy(economy_of(read_folder(folder_path("federation-12"))), scenario)
    given = Given(of("command_1929"), honest, scenario, 1, voters=50)
    year = simulate_year(begun(economy, scenario, given.institutions, 1), given)
    society, books = year.begun.society, year.books
    nothing = np.zeros(len(books.names) - 1)
    assert not year.filed.liars.any()

    # The same honest year is filed and inspected again and again, each time with other errors.
    flags, expected = 0, 0.0
    for seed in range(FILINGS):
        audit = audit_of(len(books.names), given.institutions, honest, Luck(seed, 1))
        filed = reported(economy, books, nothing, society, audit)
        findings = inspect(filed.reports, honest_error=honest_errors(economy))
        flags += len(findings.flags)
        expected += findings.expected_false_flags

    # A Poisson number with this mean is larger in fewer than one case in a thousand; with ten times
    # the mean it is larger in most.
    most = poisson.ppf(0.999, expected)
    assert flags <= most
    assert poisson.sf(most, 10 * expected) > 0.5


def test_targets_out_of_reach_are_padded_and_a_hidden_reserve_is_not_declared() -> None:
    year = run(of("command_1929"), 1)[0]

    assert year.filed.liars.any()
    assert (year.filed.padded > 0).any()
    start, luck = year.begun, Luck(1, year.book.year)
    held = declared(
        start.world, start.society, of("command_1929"), read_parameters(), luck
    ).declared.plants.capacity
    freely = declared(
        start.world,
        start.society,
        replace(of("command_1929"), ratchet=0.0),
        read_parameters(),
        luck,
    ).declared.plants.capacity
    # Nothing but the hidden reserve depends on the ratchet.
    assert (held < freely).all()


@pytest.mark.parametrize("seed", [1, 2])
def test_half_open_books_accuse_nobody_who_is_honest(seed: int) -> None:
    scenario = read_scenario("federation-12")
    economy = given_economy(economy_of(read_folder(folder_path("federation-12"))), scenario)
    institutions = replace(of("councils_isolated"), bonus=0.0, penalty_shortfall=0.0)
    given = Given(institutions, read_parameters(), scenario, seed, voters=50)

    for year in simulate_years(begun(economy, scenario, institutions, seed), [given] * 2):
        assert not year.filed.liars.any()
        assert year.findings.flags == ()
        assert year.findings.of_all.p > 1e-3
