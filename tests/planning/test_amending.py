"""Amendments: what can be met, what it costs, three answers, proofs that need no solver."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array
from tests.planning import small
from tests.planning.amended import fits, ground, lowered, raised, violation
from tests.planning.amended_limits import worst_of

from sovplan.foundation.errors import DataError, PlanningError
from sovplan.foundation.programme import extended
from sovplan.foundation.solver import solve
from sovplan.planning.amending.amended import amended, elastic, values_of
from sovplan.planning.amending.answers import (
    best_overall,
    least_change,
    payer,
    payers_programme,
)
from sovplan.planning.amending.demands import demands_of
from sovplan.planning.amending.ground import ground_of
from sovplan.planning.amending.joint import refuted
from sovplan.planning.amending.price import exact_price, work_price
from sovplan.planning.amending.proof import proof_of
from sovplan.planning.certificate import contradiction
from sovplan.records.aims import Aims
from sovplan.records.amendments import Amendment, Clause
from sovplan.records.assembly import economy_of
from sovplan.records.identities import balance_error
from sovplan.records.returns import Returns

FEDERATION = ground("federation-12").problem.economy.goods.names
CASES = (
    ("two-goods", None, "tools", "consumption"),
    ("two-goods", "least-labour", "grain", "consumption"),
    ("federation-12", None, "shoes", "consumption"),
    ("federation-12", "shorter-day", "bread", "consumption"),
    ("brazil-2021", None, "manufactures", "consumption"),
    ("ussr-1928", "basic-variant", "food", "consumption"),
)
SLOW = settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.differing_executors]
)


# ---- the example that can be reckoned by hand ---------------------------------------------------


def test_a_tool_more_costs_the_hours_that_the_readme_of_two_goods_works_out() -> None:
    """A tool takes 80 hours at the forge and half a sack, which takes 160: 160 hours in all."""
    found = ground("two-goods")
    demands = demands_of(found, [raised("tools", 5)])
    exact = exact_price(found, demands, 1.0)

    work = work_price(found, demands, 1.0, exact.solution.objective)

    more = float(demands.change.sum())
    assert work.hours / more == pytest.approx(160, rel=1e-6)


def test_the_draft_meets_its_own_amounts() -> None:
    for name, aims, _, _ in CASES:
        found = ground(name, aims)

        assert violation(found.problem.programme, found.columns) <= 1e-9, name
        reached = float(found.problem.programme.cost @ found.columns)
        assert reached == pytest.approx(found.objective, rel=1e-8), name


# ---- how much can be met -------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "good", "by"), [
    ("two-goods", "grain", 5), ("two-goods", "tools", 100), ("federation-12", "care", 3),
    ("federation-12", "housing", 20), ("brazil-2021", "manufactures", 100),
])  # fmt: skip
def test_theta_is_what_bisection_finds(name: str, good: str, by: float) -> None:
    found = ground(name)
    demands = demands_of(found, [raised(good, by)])

    theta = elastic(found, demands).part

    low, high = 0.0, 1.0
    for _ in range(14):
        middle = 0.5 * (low + high)
        low, high = (middle, high) if fits(found, demands, middle) else (low, middle)
    assert theta < 1
    assert low - 1e-6 <= theta <= high + 1e-6


@pytest.mark.parametrize(("name", "aims", "good", "of"), CASES)
def test_what_can_be_met_whole_is_told_so(name: str, aims: str | None, good: str, of: str) -> None:
    found = ground(name, aims)
    demands = demands_of(found, [raised(good, 0.5, of)])

    assert elastic(found, demands).whole == fits(found, demands, 1.0)
    assert elastic(found, demands, asked=False).whole == fits(found, demands, 1.0)


def test_what_cannot_be_met_is_refuted_without_a_solver() -> None:
    found = ground("federation-12")
    demands = demands_of(found, [raised("care", 3)])
    solved = elastic(found, demands)

    proof = refuted(found, demands, solved)

    assert proof is not None
    assert proof.short > 1e-6
    assert proof.asked > proof.had
    # The same weights prove nothing of a part that is possible.
    part = amended(found.problem.programme, demands, 0.999 * solved.part)
    assert solved.solution is not None
    assert contradiction(part, solved.solution.duals) is None


def test_weights_that_lean_on_an_open_side_prove_nothing() -> None:
    found = ground("two-goods")
    demands = demands_of(found, [raised("grain", 5)])
    whole = amended(found.problem.programme, demands, 1.0)

    everything = np.ones(len(whole.row_low))

    assert contradiction(whole, 0 * everything) is None
    assert contradiction(whole, everything) is None
    assert contradiction(whole, -everything) is None


# ---- what it costs -------------------------------------------------------------------------------


@SLOW
@given(good=st.sampled_from(("shoes", "bread", "furniture", "care", "clothing", "milk")),
       by=st.floats(0.2, 60), other=st.sampled_from(("", "clothing", "repairs")))  # fmt: skip
def test_the_marginal_price_never_exceeds_the_true_cost(good: str, by: float, other: str) -> None:
    found = ground("federation-12")
    more = [raised(good, by)]
    if other and other != good:
        more.append(lowered(other, by / 2))
    demands = demands_of(found, more)
    part = elastic(found, demands).safe
    if part <= 1e-6:
        return

    exact = exact_price(found, demands, part)

    anew = solve(amended(found.problem.programme, demands, part))
    true = found.objective - anew.objective
    assert exact.cost == pytest.approx(true, abs=1e-7)
    assert exact.marginal.at_least <= true + 1e-9


@pytest.mark.parametrize(("name", "aims", "good", "of"), CASES)
def test_inside_its_range_the_price_is_exact(
    name: str, aims: str | None, good: str, of: str
) -> None:
    found = ground(name, aims)
    demands = demands_of(found, [raised(good, 2, of)])
    part = elastic(found, demands).safe
    margin = exact_price(found, demands, part).marginal
    inside = min(part, margin.low + 0.5 * (min(margin.high, 1.0) - margin.low))

    anew = solve(amended(found.problem.programme, demands, inside))
    at = solve(amended(found.problem.programme, demands, margin.at))

    slope = found.sign * (at.objective - anew.objective)
    assert margin.low <= margin.at <= margin.high
    assert slope == pytest.approx((inside - margin.at) * margin.rate, abs=1e-7 * abs(at.objective))


def test_beyond_its_range_the_price_is_too_low() -> None:
    """Shadow prices alone would say that manufactures cost nothing."""
    found = ground("brazil-2021")
    demands = demands_of(found, [raised("manufactures", 20)])

    exact = exact_price(found, demands, 1.0)

    assert exact.marginal.high < 0.1
    assert exact.marginal.at_least == pytest.approx(0, abs=1e-9)
    assert exact.cost > 0.005


def test_no_change_costs_no_hours() -> None:
    found = ground("federation-12")
    demands = demands_of(found, [raised("shoes", 5)])
    exact = exact_price(found, demands, 1e-6)

    work = work_price(found, demands, 1e-6, exact.solution.objective)

    assert abs(work.hours) < 0.1


# ---- the three answers ---------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "aims", "good", "of"), CASES)
def test_every_answer_is_feasible_and_meets_the_demands(
    name: str, aims: str | None, good: str, of: str
) -> None:
    found = ground(name, aims)
    amendment = raised(good, 1, of)
    demands = demands_of(found, [amendment])
    part = elastic(found, demands).safe
    exact = exact_price(found, demands, part)
    work = work_price(found, demands, part, exact.solution.objective)

    answers = [best_overall(found, exact, work), least_change(found, demands, part)]

    for answer in answers:
        assert answer is not None
        worst = worst_of(found, amendment, part, answer)
        assert max(worst.values()) <= 1e-7, worst
        assert answer.primal <= 1e-7
        assert answer.proof.gap <= 1e-6
        assert balance_error(found.problem.economy, answer.plan) <= 1e-9
        asked = demands.present + part * demands.change
        assert (values_of(demands, answer.columns) >= asked - 1e-7 * np.abs(asked)).all()


def test_the_proof_of_an_answer_is_of_its_own_numbers() -> None:
    found = ground("federation-12")
    demands = demands_of(found, [raised("shoes", 10)])
    answer = least_change(found, demands, 1.0)
    assert answer is not None

    worse = answer.solved.copy()
    worse[int(worse.argmax())] *= 0.9

    proof = proof_of(answer.proved, answer.solved, answer.prices, unit=answer.unit)
    assert proof == answer.proof
    wrong = proof_of(answer.proved, worse, answer.prices, unit=answer.unit)
    assert max(wrong.primal, wrong.gap) > 1e-4


def test_least_change_changes_less_than_best_overall() -> None:
    found = ground("federation-12")
    demands = demands_of(found, [raised("shoes", 10)])
    exact = exact_price(found, demands, 1.0)
    work = work_price(found, demands, 1.0, exact.solution.objective)
    best, least = best_overall(found, exact, work), least_change(found, demands, 1.0)
    assert least is not None

    def moved(plan: np.ndarray) -> float:
        before = found.plan.consumption
        size = np.where(before > 0, before, 1.0)
        return float((np.abs(plan - before) / size).sum())

    assert moved(least.plan.consumption) < moved(best.plan.consumption)
    # Nobody could do better by mixing the two.
    half = 0.5 * (best.columns + least.columns)
    places = found.problem.columns["consumption"].places
    assert moved(least.plan.consumption) <= moved(half[places]) + 1e-9


def test_only_those_named_pay_and_the_rate_is_what_they_give() -> None:
    found = ground("federation-12")
    amendment = raised("shoes", 10, paid_by=("clothing",))
    demands = demands_of(found, [amendment])

    answer = payer(found, demands, 1.0, amendment)

    assert answer is not None
    change = answer.plan.consumption - found.plan.consumption
    loses = {FEDERATION[g] for g in np.flatnonzero(change.min(axis=1) < -1e-6)}
    assert loses == {"clothing"}
    # No smaller loss of clothing will do: less than it given up, there is no plan.
    places = found.problem.columns["consumption"].places[FEDERATION.index("clothing")]
    size = found.plan.consumption[FEDERATION.index("clothing")]
    programme = payers_programme(found, amended(found.problem.programme, demands, 1.0), amendment)
    row = csr_array(
        (1 / size, (np.zeros(len(places), int), places)), shape=(1, len(programme.cost))
    )
    # More in one year does not make up for less in another.
    high = programme.high.copy()
    high[places] = size
    programme = replace(programme, high=high)
    kept = (np.minimum(answer.columns[places], size) / size).sum()
    for share, answered in ((0.999, "infeasible"), (1.001, "optimal")):
        least = len(places) - share * (len(places) - kept)
        held = extended(programme, row, np.array([least]), np.array([np.inf]))
        assert solve(held).answer == answered


def test_public_use_pays_only_where_it_is_said() -> None:
    found = ground("federation-12")
    amendment = raised("care", 1, paid_by=("electricity",), public_pays=True)
    demands = demands_of(found, [amendment])
    private = replace(amendment, public_pays=False)

    answer, without = (payer(found, demands, 0.3, one) for one in (amendment, private))

    assert without is None or not without.given_up.any()
    assert answer is not None
    assert (answer.given_up >= 0).all()
    assert (answer.given_up <= found.problem.calendar.public + 1e-9).all()


def test_what_is_protected_stays() -> None:
    found = ground("federation-12")
    kept = ("bread", "milk", "furniture")
    demands = demands_of(found, [raised("shoes", 10, protect=kept)])
    exact = exact_price(found, demands, 1.0)
    free = exact_price(found, demands_of(found, [raised("shoes", 10)]), 1.0)
    work = work_price(found, demands, 1.0, exact.solution.objective)

    answer = best_overall(found, exact, work)

    for name in kept:
        good = FEDERATION.index(name)
        before = found.plan.consumption[good]
        assert (answer.plan.consumption[good] >= before * (1 - 1e-9)).all()
    assert exact.cost > free.cost


def test_what_is_lowered_frees_the_others() -> None:
    found = ground("federation-12")
    demands = demands_of(found, [lowered("clothing", 10)])
    exact = exact_price(found, demands, 1.0)
    work = work_price(found, demands, 1.0, exact.solution.objective)

    plan = best_overall(found, exact, work).plan

    good = FEDERATION.index("clothing")
    assert plan.consumption[good] == pytest.approx(0.9 * found.plan.consumption[good], rel=1e-7)
    assert exact.cost < 0
    assert plan.consumption[FEDERATION.index("bread")].sum() > (
        found.plan.consumption[FEDERATION.index("bread")].sum()
    )


# ---- clauses -------------------------------------------------------------------------------------


@pytest.mark.parametrize(("clause", "expected"), [
    (Clause("good", ("bread",), "consumption", least=17.0, year=2029), 17.0),
    (Clause("per_head", ("bread",), "consumption", least=0.1, year=2029), 17.0),
    (Clause("per_head", ("shoes",), "consumption", None, 6.0, None, 2028, "households"), 360.0),
    (Clause("hours", ("crafts",), most=9000.0, year=2030), 9000.0),
    (Clause("good", ("shoes",), "exports", most=10.0, year=2027), 10.0),
    (Clause("raise", ("bread",), "output", by=2.0, year=2027), None),
])  # fmt: skip
def test_a_clause_asks_for_what_it_says(clause: Clause, expected: float | None) -> None:
    found = ground("federation-12")
    demands = demands_of(found, [Amendment("one", (clause,))])

    wanted = 1.02 * demands.present[0] if expected is None else expected
    assert demands.wanted == pytest.approx([wanted])
    assert len(demands.places) == 1


def test_a_share_of_hours_is_reached() -> None:
    found = ground("federation-12")
    clause = Clause("share", ("shoes", "clothing"), "labour", least=0.12)
    demands = demands_of(found, [Amendment("one", (clause,))])
    part = elastic(found, demands).safe
    exact = exact_price(found, demands, part)

    economy = found.problem.economy
    hours: np.ndarray = np.asarray(economy.techniques.labour.sum(axis=0)).ravel()[:, None]
    done = hours * exact.solution.columns[found.problem.columns["activity"].places]
    makes = (economy.techniques.outputs[[FEDERATION.index(g) for g in clause.names]]).toarray()
    share = done[makes.any(axis=0)].sum(axis=0) / done.sum(axis=0)
    before = hours * found.plan.activity
    was = before[makes.any(axis=0)].sum(axis=0) / before.sum(axis=0)
    if part == 1.0:
        assert (share >= 0.12 - 1e-7).all()
    assert (share >= np.minimum(was, 0.12) - 1e-7).all()


def test_a_per_cent_of_nothing_is_refused() -> None:
    with pytest.raises(DataError, match="nothing of hides"):
        demands_of(ground("federation-12"), [raised("hides", 5)])


def test_a_plan_that_cannot_be_done_cannot_be_amended() -> None:
    nothing = small.workshop(needs=[{"year": 1, "good": "corn", "target": 80, "floor": 70}])
    returns = Returns(economy_of(small.folder(nothing)))

    with pytest.raises(PlanningError, match="infeasible"):
        ground_of(returns, Aims(years=1, terminal=None))
