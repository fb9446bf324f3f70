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
from sovplan.foundation.sorts import sorts_of
from sovplan.history.economies import folder_path, read_aims, read_economy
from sovplan.planning.certificate import gap_between, proven_bound
from sovplan.planning.inside import cells_of, solve_inside
from sovplan.planning.limits import problem_of
from sovplan.planning.optimum import optimum
from sovplan.records.calendar import calendar_of
from sovplan.records.returns import Returns


def solved_well(matrix: csc_array, cell: np.ndarray, chance: np.random.Generator) -> bool:
    """Tell whether  -x / T + A' y = f,  A x + D y = g  is solved, T and D over powers of ten."""
    height, width = matrix.shape
    equations = NormalEquations(matrix, cell)
    columns, rows = 10.0 ** chance.uniform(-3, 3, width), 10.0 ** chance.uniform(-3, 0, height)
    equations.factor(columns, rows)
    above, below = chance.standard_normal(width), chance.standard_normal(height)
    dense = matrix.toarray()
    whole = np.block([[-np.diag(1.0 / columns), dense.T], [dense, np.diag(rows)]])
    known = np.linalg.solve(whole, np.concatenate([above, below]))
    found = np.concatenate(equations.solve(above, below))
    return bool(np.abs(found - known).max() <= 1e-7 * np.abs(known).max())


@given(seed=st.integers(0, 10_000), part=st.floats(0.0, 1.0), cells=st.integers(1, 30))
@settings(max_examples=60, deadline=None)
def test_the_equations_are_solved_whatever_the_cells_are(
    seed: int, part: float, cells: int
) -> None:
    chance = np.random.default_rng(seed)
    matrix = csc_array(random_array((30, 50), density=0.08, rng=chance))
    cell = np.where(chance.random(30) < part, chance.integers(0, cells, 30), -1)
    assert solved_well(matrix, cell, chance)


def test_a_column_in_very_many_cells_is_left_to_the_end() -> None:
    chance = np.random.default_rng(3)
    few = chance.random((40, 2)) * (chance.random((40, 2)) < 0.1)
    matrix = csc_array(np.hstack([np.eye(40), np.ones((40, 1)), few]))
    cell = np.arange(40)
    cell[:3] = -1
    assert np.flatnonzero(sorts_of(matrix, cell).wide).tolist() == [40]
    assert solved_well(matrix, cell, chance)


def test_a_technique_is_a_link_between_its_plants() -> None:
    # Two plants with two years each; one technique works in both, in either year; orders are a
    # plant's own; the last row is a balance that all are in, one column in it alone.
    first = [
        [1, 0, 0, 0, 0],
        [0, 1, -1, 0, 0],
        [1, 0, 0, 0, 0],
        [0, 2, 0, -1, 0],
        [1, 1, -1, -2, 1],
    ]
    matrix = csc_array(np.array(first, dtype=float))
    cell = np.array([7, 7, 9, 9, -1])
    sorts = sorts_of(matrix, cell)
    assert sorts.cell.tolist() == [0, 0, 1, 1, -1]
    assert sorts.inner.tolist() == [-1, -1, 0, 1, -1]
    assert sorts.group.tolist() == [0, 0, -1, -1, -1]
    assert solved_well(matrix, cell, np.random.default_rng(5))


def test_cells_and_groups_that_are_too_great_become_common() -> None:
    chance = np.random.default_rng(4)
    matrix = csc_array(random_array((90, 60), density=0.1, rng=chance))
    one = sorts_of(matrix, np.zeros(90, dtype=np.int64))
    assert set(one.cell.tolist()) == {-1}
    shared = csc_array(np.ones((2, 300)))
    assert sorts_of(shared, np.zeros(2, dtype=np.int64)).cell.tolist() == [-1, -1]
    # 100 columns that each join two neighbours of 91 rows make one group of all.
    joined = np.zeros((91, 100))
    steps = np.arange(100) % 90
    joined[steps, np.arange(100)] = joined[steps + 1, np.arange(100)] = 1.0
    sorts = sorts_of(csc_array(joined), np.arange(91))
    assert set(sorts.cell.tolist()) == set(sorts.group.tolist()) == {-1}
    assert solved_well(csc_array(joined), np.arange(91), chance)


def test_plants_are_cells_and_so_is_each_want() -> None:
    economy = read_economy("ussr-1928")
    wanted = read_aims("basic-variant", economy, folder_path("ussr-1928"))
    problem = problem_of(economy, wanted, calendar_of(economy, wanted))
    height = len(problem.programme.row_low)
    cell = cells_of(problem, height + 1)
    capacity, target = (cell[problem.rows[name].places] for name in ("capacity", "target"))
    assert (capacity == capacity[:, :1]).all()
    assert len(np.unique(capacity[:, 0])) == len(capacity)
    assert len(np.unique(target)) == target.size
    assert not np.isin(target, capacity).any()
    assert cell[height] == -1
    assert (cell[problem.rows["balance"].places] == -1).all()


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
    found = interior(programme, np.array([-1, 0, 1]))
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
    found = interior(programme, np.array([-1]))
    assert found.settled
    np.testing.assert_allclose(found.columns, [3, 0, 2], atol=1e-6)
