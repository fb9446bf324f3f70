"""Bounds from any prices, and proofs that there is no plan: what crude numbers still prove."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csc_array, csr_array
from tests.planning.small import Rows, folder, station, traders, workshop

from sovplan.foundation.programme import Programme, extended
from sovplan.foundation.residuals import dual_bound
from sovplan.foundation.solver import solve
from sovplan.history.economies import folder_path, read_aims, read_economy
from sovplan.planning.certificate import contradiction, lower_bound, proven_bound
from sovplan.planning.conflict import conflict_of
from sovplan.planning.limits import problem_of
from sovplan.planning.mending import mended
from sovplan.planning.problem import Problem
from sovplan.planning.reach import Reach, reach
from sovplan.records.aims import Aims
from sovplan.records.assembly import economy_of
from sovplan.records.calendar import calendar_of

CASES = (
    ("two-goods", "even"),
    ("two-goods", "least-labour"),
    ("federation-12", "homes-first"),
    ("brazil-2021", "steady-growth"),
    ("ussr-1928", "basic-variant"),
)


def embedded_problem(name: str, aims: str) -> Problem:
    economy = read_economy(name)
    wanted = read_aims(aims, economy, folder_path(name))
    return problem_of(economy, wanted, calendar_of(economy, wanted))


def small(tables: dict[str, Rows], **aims: object) -> Problem:
    economy = economy_of(folder(tables))
    wanted = replace(Aims(years=1, terminal=None), **aims)  # type: ignore[arg-type]
    return problem_of(economy, wanted, calendar_of(economy, wanted))


def beyond(programme: Programme, prices: np.ndarray, best: float) -> float:
    """Return how far the bound of some prices is beyond the best; below 0 it would be false."""
    bound = proven_bound(programme, prices)
    return bound - best if programme.maximise else best - bound


@pytest.mark.parametrize(("name", "aims"), CASES)
def test_prices_one_per_cent_wrong_prove_the_best_to_a_few_per_cent(name: str, aims: str) -> None:
    programme = embedded_problem(name, aims).programme
    found = solve(programme)
    noise = np.random.default_rng(1).standard_normal(len(found.duals))
    exact = beyond(programme, found.duals, found.objective)
    crude = beyond(programme, found.duals * np.exp(0.01 * noise), found.objective)
    assert -1e-9 <= exact / abs(found.objective) <= 1e-7
    assert exact - 1e-9 <= crude <= 0.05 * abs(found.objective)


@given(seed=st.integers(0, 10_000), size=st.sampled_from([0.0, 0.1, 1.0, 10.0]))
@settings(max_examples=40, deadline=None)
def test_no_prices_prove_a_bound_that_a_plan_passes(seed: int, size: float) -> None:
    programme = embedded_problem("two-goods", "even").programme
    found = solve(programme)
    chance = np.random.default_rng(seed)
    prices = found.duals * np.exp(size * chance.standard_normal(len(found.duals)))
    prices = prices + size * 0.01 * chance.standard_normal(len(prices))
    assert beyond(programme, prices, found.objective) >= -1e-9


@pytest.mark.parametrize("seed", range(4))
def test_badly_scaled_units_change_no_bound(seed: int) -> None:
    programme = embedded_problem("federation-12", "homes-first").programme
    found = solve(programme)
    chance = np.random.default_rng(seed)
    rows = 10.0 ** chance.uniform(-6, 6, len(programme.row_low))
    columns = 10.0 ** chance.uniform(-6, 6, len(programme.cost))
    entries = programme.matrix.tocoo()
    row, column = entries.coords
    data = entries.data * rows[row] * columns[column]
    other = Programme(
        programme.cost * columns,
        csc_array((data, (row, column)), shape=programme.matrix.shape),
        programme.row_low * rows,
        programme.row_high * rows,
        programme.low / columns,
        programme.high / columns,
        programme.maximise,
    )
    crude = found.duals * np.exp(0.01 * chance.standard_normal(len(found.duals)))
    plain, changed = proven_bound(programme, crude), proven_bound(other, crude / rows)
    assert changed == pytest.approx(plain, rel=1e-6)


def test_wages_of_nothing_still_prove_something() -> None:
    problem = small(workshop())
    programme = problem.programme
    found = solve(programme)
    assert found.objective == pytest.approx(0.625)
    prices = found.duals.copy()
    prices[problem.rows["labour"].places] = 0.0
    # A farm that costs nothing would be run without end: its corn has no price that proves.
    assert dual_bound(programme, prices) < found.objective
    # What hours can reach is left, 50 of the 80 that are wanted.
    assert proven_bound(programme, prices) == pytest.approx(0.625)


def test_a_capital_good_that_nobody_can_build_proves_that_power_cannot_be_had() -> None:
    tables = station()
    tables["goods"][0]["stock"] = 0
    tables["techniques"][0]["capacity"] = 0
    problem = small(tables, years=2)
    found = solve(problem.programme)
    assert found.objective == pytest.approx(0.0, abs=1e-12)
    assert proven_bound(problem.programme, found.duals) <= 1e-9
    assert proven_bound(problem.programme, np.ones(len(found.duals))) >= 0.0


def test_by_products_beyond_use_have_no_price_and_break_no_proof() -> None:
    tables = workshop(
        goods=[{"good": "corn", "spoilage": 1}, {"good": "straw", "spoilage": 1}],
        flows=[
            {"technique": "farm", "good": "corn", "role": "output", "amount": 1},
            {"technique": "farm", "good": "straw", "role": "output", "amount": 3},
        ],
        needs=[
            {"year": 1, "good": "corn", "target": 80},
            {"year": 1, "good": "straw", "target": 1},
        ],
    )
    problem = small(tables)
    found = solve(problem.programme)
    assert proven_bound(problem.programme, found.duals) == pytest.approx(0.625)
    prices = found.duals.copy()
    # A price of straw, which is left over, makes the farm's by-product a gain.
    prices[problem.rows["balance"].places[1]] = -0.01
    bound = proven_bound(problem.programme, prices)
    assert 0.625 <= bound <= 1.1


def test_caps_on_imports_are_part_of_the_bound() -> None:
    tables = traders()
    tables["goods"][1]["import_cap"] = 20
    problem = small(tables)
    found = solve(problem.programme)
    assert found.objective == pytest.approx(0.2)
    assert proven_bound(problem.programme, found.duals) == pytest.approx(0.2)
    assert proven_bound(problem.programme, 0.0 * found.duals) == pytest.approx(0.2)


def test_debts_count_in_the_bound() -> None:
    problem = small(traders(debt=30.0))
    found = solve(problem.programme)
    assert found.objective == pytest.approx(0.2)
    assert proven_bound(problem.programme, found.duals) == pytest.approx(0.2)


def test_debts_that_cannot_be_paid_are_proven_so() -> None:
    problem = small(traders(debt=60.0))
    assert solve(problem.programme).answer == "infeasible"
    assert conflict_of(problem).short > 0.01


def test_a_terminal_rule_that_cannot_be_kept_is_proven_so() -> None:
    economy = read_economy("two-goods")
    aims = Aims(terminal=2.0)
    problem = problem_of(economy, aims, calendar_of(economy, aims))
    assert solve(problem.programme).answer == "infeasible"
    assert conflict_of(problem).short > 0.01


def test_the_proof_against_the_yearly_plan_of_1928_stands() -> None:
    problem = embedded_problem("ussr-1928", "consumption-first-yearly")
    assert conflict_of(problem).short > 1e-3


@given(seed=st.integers(0, 10_000))
@settings(max_examples=40, deadline=None)
def test_no_weights_prove_against_a_plan_that_there_is(seed: int) -> None:
    programme = embedded_problem("two-goods", "even").programme
    chance = np.random.default_rng(seed)
    assert contradiction(programme, chance.standard_normal(len(programme.row_low))) is None


@pytest.mark.parametrize(("name", "aims"), CASES)
def test_the_best_plan_reaches_no_further_than_can_be_reached(name: str, aims: str) -> None:
    programme = embedded_problem(name, aims).programme
    most = reach(programme)
    found = solve(programme).columns
    assert (found <= most * (1 + 1e-7) + 1e-7).all()
    hours = problem_hours(programme)
    assert np.isfinite(most[hours]).all()


@pytest.mark.parametrize(("name", "aims"), CASES)
def test_what_is_kept_of_wider_limits_holds_within_narrower_ones(name: str, aims: str) -> None:
    programme = embedded_problem(name, aims).programme
    kept = Reach(programme, reach(programme))
    row = csr_array(np.ones((1, len(programme.cost))))
    more = extended(programme, row, np.array([-np.inf]), np.array([1e12]))
    narrower = replace(more, high=np.minimum(more.high, 0.5 * kept.most))

    found = kept.within(narrower)

    assert (found <= kept.most).all()
    assert (found <= narrower.high).all()
    assert (found >= reach(narrower) * (1 - 1e-9)).all()


@pytest.mark.parametrize("opened", ["row_low", "row_high", "low", "high", "matrix", "row"])
def test_what_is_kept_is_not_taken_for_limits_that_were_opened(opened: str) -> None:
    programme = embedded_problem("federation-12", "homes-first").programme
    # What cannot be: whoever takes it over is seen at once.
    kept = Reach(programme, np.full(len(programme.cost), -1.0))
    without = replace(
        programme,
        matrix=csc_array(programme.matrix[:-1]),
        row_low=programme.row_low[:-1],
        row_high=programme.row_high[:-1],
    )
    other = {
        "row_low": replace(programme, row_low=programme.row_low - 1.0),
        "row_high": replace(programme, row_high=programme.row_high + 1.0),
        "low": replace(programme, low=programme.low - 1.0),
        "high": replace(programme, high=programme.high + 1.0),
        "matrix": replace(programme, matrix=csc_array(0.5 * programme.matrix)),
        "row": without,
    }[opened]

    np.testing.assert_array_equal(kept.within(other), reach(other))


@pytest.mark.parametrize("size", [0.0, 1e-3, 0.1])
def test_a_reading_that_is_enough_is_never_beyond_the_truth(size: float) -> None:
    programme = embedded_problem("federation-12", "homes-first").programme
    found = solve(programme)
    noise = np.random.default_rng(4).standard_normal(len(found.duals))
    prices = found.duals * np.exp(size * noise)

    bound = proven_bound(programme, prices, reached=found.objective)

    assert bound >= found.objective * (1 - 1e-9)
    assert bound <= max(proven_bound(programme, prices), found.objective * (1 + 1e-9))


def problem_hours(programme: Programme) -> np.ndarray:
    """Return the columns that take hours or anything else there is only so much of."""
    limited = np.isfinite(programme.row_high) & (programme.row_high > 0)
    signs = programme.matrix.tocsr()[np.flatnonzero(limited)]
    whole = np.flatnonzero(np.asarray((signs < 0).sum(axis=1)).ravel() == 0)
    return np.unique(signs[whole].tocoo().coords[1])


def test_mending_leaves_no_profit_and_raises_no_price() -> None:
    programme = embedded_problem("brazil-2021", "steady-growth").programme
    found = solve(programme)
    noise = np.random.default_rng(2).standard_normal(len(found.duals))
    prices = found.duals * np.exp(0.05 * noise)
    lower = mended(programme, prices)
    assert (np.abs(lower) <= np.abs(prices)).all()
    profit = programme.cost - np.asarray(programme.matrix.T @ lower)
    open_ended = ~np.isfinite(programme.high) & (programme.cost <= 0)
    assert profit[open_ended].max() <= 1e-12


def test_a_plan_that_does_not_fit_is_mixed_with_one_that_does() -> None:
    problem = embedded_problem("two-goods", "even")
    programme = problem.programme
    best, none = (
        solve(programme).columns,
        solve(replace(programme, cost=0 * programme.cost)).columns,
    )
    assert lower_bound(programme, 1.05 * best) is None
    mixed = lower_bound(programme, 1.05 * best, inside=0.5 * (best + none))
    assert mixed is not None
    reached, columns = mixed
    assert reached <= float(programme.cost @ best) * (1 + 1e-9)
    assert (np.asarray(programme.matrix @ columns) <= programme.row_high + 1e-6).all()
    exact = lower_bound(programme, best)
    assert exact is not None
    assert exact[0] == pytest.approx(float(programme.cost @ best), rel=1e-9)
