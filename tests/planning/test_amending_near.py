"""Answers from the basis of the draft: the same as when solved anew in other words."""

from dataclasses import replace

import numpy as np
import pytest
from tests.planning.amended import ground, lowered, raised, violation

from sovplan.foundation.held import Held
from sovplan.foundation.programme import BASIC
from sovplan.foundation.residuals import dual_bound
from sovplan.foundation.solver import solve
from sovplan.planning.amending.amended import amended, elastic
from sovplan.planning.amending.answers import least_change, paid, payer, payers_programme
from sovplan.planning.amending.calm import Changes, change_programme
from sovplan.planning.amending.demands import Demands, demands_of
from sovplan.planning.amending.ground import Ground
from sovplan.planning.amending.near import lines_of, loose, sizes_of, start_of
from sovplan.planning.amending.nearest import as_changes
from sovplan.planning.amending.price import exact_price, level_of, work_price
from sovplan.planning.amending.proof import proof_of
from sovplan.planning.optimum import least_labour_programme, solved_further
from sovplan.records.amendments import Amendment

CASES = (
    ("two-goods", None, "tools", 3.0),
    ("two-goods", "least-labour", "grain", 4.0),
    ("federation-12", None, "shoes", 8.0),
    ("federation-12", "shorter-day", "bread", 2.0),
    ("brazil-2021", None, "manufactures", 1.0),
    ("ussr-1928", "basic-variant", "food", 1.0),
)


def least_cost(found: Ground, demands: Demands, part: float) -> float:
    """Return the least cost of change by a programme of all columns, solved from nothing."""
    problem = found.problem
    programme = loose(problem, amended(problem.programme, demands, part))
    lines, cost = lines_of(problem, found.plan)
    size = np.zeros(len(found.columns))
    size[problem.columns["consumption"].places] = 1.0 / sizes_of(problem, found.plan)
    there = np.clip(found.columns, programme.low, programme.high)
    return solve(change_programme(programme, there, Changes(size, size, lines, cost))).objective


@pytest.mark.parametrize(("name", "aims", "good", "by"), CASES)
def test_least_change_is_what_a_solution_from_nothing_finds(
    name: str, aims: str | None, good: str, by: float
) -> None:
    found = ground(name, aims)
    demands = demands_of(found, [raised(good, by)])
    part = elastic(found, demands).safe

    answer = least_change(found, demands, part)

    assert answer is not None
    least = least_cost(found, demands, part)
    assert least > 0
    assert answer.proof.value == pytest.approx(least, rel=1e-7)
    assert answer.proof.bound == pytest.approx(least, rel=1e-7)
    assert violation(answer.programme, answer.columns) <= 1e-7


def test_what_is_lowered_costs_its_own_change_at_least() -> None:
    found = ground("federation-12")
    demands = demands_of(found, [lowered("clothing", 10)])

    answer = least_change(found, demands, 1.0)

    assert answer is not None
    years = len(found.problem.calendar.years)
    assert answer.proof.value == pytest.approx(0.1 * years, rel=1e-7)


def test_the_calmest_of_equal_plans_changes_no_more_of_what_people_get() -> None:
    """The columns that are printed are proved, and not only those that the solver came by."""
    found = ground("federation-12")
    answer = least_change(found, demands_of(found, [raised("shoes", 10)]), 1.0)
    assert answer is not None

    again = as_changes(found.near, answer.columns, np.zeros(len(found.near.given)))

    assert (again == answer.solved).all()
    assert float(answer.proved.cost @ again) == pytest.approx(answer.proof.bound, rel=1e-8)


def test_those_named_lose_what_a_solution_from_nothing_finds() -> None:
    found = ground("federation-12")
    amendment = raised("shoes", 10, paid_by=("clothing", "furniture"))
    demands = demands_of(found, [amendment])

    near = paid(found, demands, 1.0, amendment)

    assert near is not None
    problem = found.problem
    programme = payers_programme(found, amended(problem.programme, demands, 1.0), amendment)
    paying = np.isin(problem.economy.goods.names, amendment.paid_by)
    places = problem.columns["consumption"].places[paying]
    down, none = np.zeros((2, len(programme.cost)))
    down[places] = 1.0 / found.plan.consumption[paying]
    there = np.clip(found.columns, programme.low, programme.high)
    lines = lines_of(problem, found.plan)[0][:0]
    change = change_programme(programme, there, Changes(none, down, lines, np.zeros(0)))
    assert near.cost == pytest.approx(solve(change).objective, rel=1e-7)
    lost = (found.columns[places] - near.columns[places]) / found.plan.consumption[paying]
    assert np.maximum(lost, 0.0).sum() == pytest.approx(near.cost, rel=1e-7)
    assert near.cost > 1e-3


def test_an_answer_does_not_depend_on_those_before_it() -> None:
    """Costs, bounds and rows of one answer are gone when the next is sought."""
    found = ground("federation-12")
    shoes, clothing = raised("shoes", 10, paid_by=("clothing",)), lowered("clothing", 10)
    demands = demands_of(found, [shoes])
    first = least_change(found, demands, 1.0)
    assert first is not None

    paid(found, demands, 1.0, shoes)
    least_change(found, demands_of(found, [clothing]), 1.0)
    again = least_change(found, demands, 1.0)

    assert again is not None
    assert again.proof.value == pytest.approx(first.proof.value, rel=1e-9)


@pytest.mark.parametrize(("name", "aims", "good", "by"), CASES)
def test_hours_are_those_of_two_solutions_from_nothing(
    name: str, aims: str | None, good: str, by: float
) -> None:
    found = ground(name, aims)
    demands = demands_of(found, [raised(good, by)])
    part = elastic(found, demands).safe
    objective = exact_price(found, demands, part).solution.objective

    work = work_price(found, demands, part, objective)

    if found.work is None:
        assert work.hours == pytest.approx(objective - found.objective, rel=1e-9)
        return
    programme = least_labour_programme(found.problem, work.level)
    with_it, without = (solve(amended(programme, demands, share)) for share in (part, 0.0))
    assert work.hours == pytest.approx(
        with_it.objective - without.objective, abs=1e-7 * without.objective
    )


def test_hours_are_told_at_the_level_of_the_drafts_own_prices_where_that_can_be_held() -> None:
    found = ground("federation-12")
    own = 0.99 * found.objective

    assert level_of(found, 0.999 * found.objective) == pytest.approx(own, rel=1e-12)
    assert level_of(found, 1.05 * found.objective) == pytest.approx(own, rel=1e-12)
    far = 0.95 * found.objective
    assert level_of(found, far) == pytest.approx(0.99 * far, rel=1e-12)


@pytest.mark.parametrize("seed", range(6))
def test_no_prices_prove_that_more_has_to_change_than_has(seed: int) -> None:
    """Columns that lean on an open side are not left out: the bound holds for any prices."""
    found = ground("federation-12")
    answer = least_change(found, demands_of(found, [raised("shoes", 10)]), 1.0)
    assert answer is not None
    chance = np.random.default_rng(seed)

    crude = answer.prices * np.exp(0.3 * chance.standard_normal(len(answer.prices)))

    assert proof_of(answer.proved, answer.solved, crude).bound <= answer.proof.value * (1 + 1e-9)


def test_a_price_on_the_demand_alone_proves_nothing_that_is_not_so() -> None:
    """Whoever gets more of it would gain without bound; what leaves that out says too much."""
    found = ground("federation-12")
    demands = demands_of(found, [raised("shoes", 10)])
    answer = least_change(found, demands, 1.0)
    assert answer is not None
    crude = np.zeros(len(answer.prices))
    crude[-len(demands.wanted) :] = 10.0 * answer.prices.max()

    assert dual_bound(answer.proved, crude) > 2.0 * answer.proof.value
    assert proof_of(answer.proved, answer.solved, crude).bound <= answer.proof.value


@pytest.mark.parametrize("payer", ["footwear", "timber"])
def test_targets_of_output_pay_only_where_they_are_named(payer: str) -> None:
    found = ground("ussr-1928", "basic-variant")
    amendment = raised("food", 3, paid_by=(payer,))

    near = paid(found, demands_of(found, [amendment]), 1.0, amendment)

    assert near is not None
    lines, _ = lines_of(found.problem, found.plan)
    goods = np.nonzero(found.problem.calendar.output_target > 0)[0]
    before, after = (np.asarray(lines @ columns) for columns in (found.columns, near.columns))
    others = goods != found.problem.economy.goods.names.index(payer)
    assert (after[others] >= before[others] * (1 - 1e-9)).all()


def test_best_overall_reaches_what_can_be_reached() -> None:
    found = ground("federation-12")
    demands = demands_of(found, [raised("shoes", 8)])
    exact = exact_price(found, demands, 1.0)
    work = work_price(found, demands, 1.0, exact.solution.objective)

    assert work.best is not None
    programme = amended(found.problem.programme, demands, 1.0)
    assert float(programme.cost @ work.best) == pytest.approx(solve(programme).objective, rel=1e-8)


@pytest.mark.parametrize(("name", "aims"), [(name, aims) for name, aims, _, _ in CASES])
def test_the_programme_near_a_draft_starts_where_the_draft_ended(
    name: str, aims: str | None
) -> None:
    """Without that start every answer is still right, but takes as long as a plan."""
    found = ground(name, aims)
    problem, near = found.problem, found.near
    first = solve(problem.programme)
    ended = solved_further(problem, first).least or first
    assert ended.basis is not None

    basis = start_of(problem, near.at_draft.programme, ended.basis)

    assert basis is not None
    assert int((basis.columns == BASIC).sum() + (basis.rows == BASIC).sum()) == len(basis.rows)
    still = Held(near.at_draft.programme, start=basis).solve()
    assert still.objective == pytest.approx(0.0, abs=1e-9)


def all_answers(found: Ground, amendment: Amendment) -> tuple[np.ndarray, ...]:
    """Return the numbers of every answer to an amendment."""
    demands = demands_of(found, [amendment])
    exact = exact_price(found, demands, 1.0)
    work = work_price(found, demands, 1.0, exact.solution.objective)
    assert work.best is not None
    least, pays = least_change(found, demands, 1.0), payer(found, demands, 1.0, amendment)
    assert least is not None
    assert pays is not None
    prices = exact.marginal
    told = np.array([exact.cost, prices.rate, prices.low, prices.high, work.hours])
    return told, exact.solution.duals, work.best, least.columns, least.prices, pays.columns


def test_all_answers_are_the_same_in_any_order_of_amendments() -> None:
    """What is kept between amendments - factors, reach - carries nothing over: digit for digit."""
    found = ground("federation-12")
    asked = (
        raised("shoes", 10, paid_by=("clothing",)),
        raised("bread", 2, paid_by=("furniture",)),
        replace(lowered("clothing", 10), paid_by=("clothing",)),
    )
    first = [all_answers(found, amendment) for amendment in asked]

    for order in ((2, 1, 0), (1, 2, 0), (0, 0, 1)):
        for n in order:
            for again, once in zip(all_answers(found, asked[n]), first[n], strict=True):
                np.testing.assert_array_equal(again, once)


@pytest.mark.parametrize(("name", "aims", "good", "by"), CASES)
def test_what_is_kept_of_the_draft_proves_no_less_and_nothing_false(
    name: str, aims: str | None, good: str, by: float
) -> None:
    found = ground(name, aims)
    demands = demands_of(found, [raised(good, by)])
    answer = least_change(found, demands, elastic(found, demands).safe)
    assert answer is not None

    alone = proof_of(answer.proved, answer.solved, answer.prices)

    assert answer.proof.bound <= answer.proof.value * (1 + 1e-12)
    assert answer.proof.gap <= max(alone.gap, 1e-9)
