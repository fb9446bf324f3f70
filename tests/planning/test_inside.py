"""The interior point method, against the simplex method and on its own equations."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csc_array, random_array
from tests.planning.five_year import five_year
from tests.planning.test_five_year_plans import PUBLISHED

from sovplan.foundation.elimination import NormalEquations
from sovplan.foundation.interior import interior
from sovplan.foundation.programme import Programme
from sovplan.foundation.residuals import primal_residual
from sovplan.foundation.solver import solve
from sovplan.history.economies import folder_path, read_aims, read_economy
from sovplan.planning.certificate import gap_between, proven_bound
from sovplan.planning.inside import solve_inside
from sovplan.planning.limits import problem_of
from sovplan.planning.optimum import optimum
from sovplan.records.calendar import calendar_of
from sovplan.records.returns import Returns


@given(seed=st.integers(0, 10_000), part=st.floats(0.0, 1.0))
@settings(max_examples=40, deadline=None)
def test_the_equations_are_solved_whatever_rows_are_local(seed: int, part: float) -> None:
    chance = np.random.default_rng(seed)
    matrix = csc_array(random_array((30, 50), density=0.08, rng=chance))
    equations = NormalEquations(matrix, chance.random(30) < part)
    columns, rows = 10.0 ** chance.uniform(-3, 3, 50), 10.0 ** chance.uniform(-3, 0, 30)
    equations.factor(columns, rows)
    right = chance.standard_normal(30)
    whole = matrix.toarray() * columns @ matrix.toarray().T + np.diag(rows)
    np.testing.assert_allclose(whole @ equations.solve(right), right, atol=1e-7)


def test_a_column_in_very_many_local_rows_is_put_back() -> None:
    chance = np.random.default_rng(3)
    wide = np.ones((40, 1))
    matrix = csc_array(
        np.hstack([np.eye(40), wide, chance.random((40, 2)) * (chance.random((40, 2)) < 0.1)])
    )
    local = np.ones(40, dtype=bool)
    local[:3] = False
    equations = NormalEquations(matrix, local)
    assert equations.wide.tolist() == [40]
    equations.factor(np.full(43, 2.0), np.full(40, 0.5))
    whole = 2.0 * matrix.toarray() @ matrix.toarray().T + 0.5 * np.eye(40)
    right = chance.standard_normal(40)
    np.testing.assert_allclose(whole @ equations.solve(right), right, atol=1e-9)


@pytest.mark.parametrize(
    ("name", "aims"),
    [
        ("two-goods", "even"),
        ("two-goods", "least-labour"),
        ("federation-12", "homes-first"),
        ("ussr-1928", "basic-variant"),
    ],
)
def test_from_the_inside_the_same_optimum_is_found_and_proven(name: str, aims: str) -> None:
    economy = read_economy(name)
    wanted = read_aims(aims, economy, folder_path(name))
    problem = problem_of(economy, wanted, calendar_of(economy, wanted))
    found, known = solve_inside(problem), solve(problem.programme)
    assert found.objective == pytest.approx(known.objective, rel=1e-6)
    assert primal_residual(problem.programme, found.columns) <= 1e-7
    bound = proven_bound(problem.programme, found.duals)
    assert gap_between(found.objective, bound) <= 1e-4


@pytest.mark.parametrize("name", ["demo", "gen_20x5"])
def test_a_whole_draft_from_the_inside(name: str, shared: Path, tmp_path: Path) -> None:
    returns, aims = five_year(shared, name, tmp_path)
    draft = optimum(returns, aims, engine="inside", thorough=False)
    assert draft.objective == pytest.approx(PUBLISHED[name], rel=1e-6)
    assert draft.certificate is not None
    assert max(draft.certificate.primal, draft.certificate.gap) <= 1e-6
    assert draft.certificate.balance <= 1e-9


def test_what_has_no_plan_is_refused_as_ever() -> None:
    economy = read_economy("ussr-1928")
    aims = read_aims("consumption-first-yearly", economy, folder_path("ussr-1928"))
    assert optimum(Returns(economy), aims, engine="inside").status == "infeasible"


def test_a_programme_with_fixed_and_free_columns_and_equations() -> None:
    # max x + 2 y  with  x + y = 4,  y - z <= 1,  z = 2,  u free with u <= y.
    programme = Programme(
        np.array([1.0, 2.0, 0.0, 0.5]),
        csc_array(np.array([[1.0, 1, 0, 0], [0, 1, -1, 0], [0, -1, 0, 1]])),
        np.array([4.0, -np.inf, -np.inf]),
        np.array([4.0, 1.0, 0.0]),
        np.array([0.0, 0.0, 2.0, -np.inf]),
        np.array([np.inf, np.inf, 2.0, np.inf]),
        maximise=True,
    )
    found = interior(programme, np.array([False, True, True]))
    assert found.settled
    np.testing.assert_allclose(found.columns, [1, 3, 2, 3], atol=1e-6)
    assert proven_bound(programme, found.duals) == pytest.approx(8.5, rel=1e-6)


def test_what_a_fixed_column_brings_counts_towards_a_lower_side() -> None:
    # min x + 2 y  with  x + y + z >= 5,  z = 2.
    programme = Programme(
        np.array([1.0, 2.0, 0.0]),
        csc_array(np.array([[1.0, 1.0, 1.0]])),
        np.array([5.0]),
        np.array([np.inf]),
        np.array([0.0, 0.0, 2.0]),
        np.array([np.inf, np.inf, 2.0]),
    )
    found = interior(programme, np.array([False]))
    assert found.settled
    np.testing.assert_allclose(found.columns, [3, 0, 2], atol=1e-6)
