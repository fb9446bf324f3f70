"""A programme kept in the solver: whatever is changed, the answer is that of solving anew."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csc_array, csr_array

from sovplan.foundation.held import Held
from sovplan.foundation.programme import Programme, extended
from sovplan.foundation.residuals import worst_residual
from sovplan.foundation.solver import solve


def drawn(seed: int, rows: int = 12, columns: int = 18) -> Programme:
    """Return a programme that has a solution: what takes from stocks, in units far apart."""
    chance = np.random.default_rng(seed)
    units = 10.0 ** chance.uniform(-3, 3, columns)
    matrix = np.where(
        chance.random((rows, columns)) < 0.4, chance.uniform(0.1, 2, (rows, columns)), 0
    )
    matrix[chance.integers(0, rows, columns), np.arange(columns)] += 0.5
    return Programme(
        chance.uniform(0.5, 2, columns) * units,
        csc_array(matrix * units),
        np.full(rows, -np.inf),
        chance.uniform(1, 5, rows),
        np.zeros(columns),
        np.where(chance.random(columns) < 0.3, 0.7, np.inf) / units,
        maximise=True,
    )


def same(held: Held, programme: Programme) -> None:
    with pytest.MonkeyPatch.context() as patch:
        # The way out when it finds no good answer would hide what is wrong.
        patch.setattr("sovplan.foundation.held.solve", lambda _: pytest.fail("solved anew"))
        found = held.solve()
    other = solve(programme)
    assert found.answer == other.answer == "optimal"
    assert found.objective == pytest.approx(other.objective, rel=1e-9)
    assert worst_residual(programme, found.columns, found.duals) <= 1e-9


@given(seed=st.integers(0, 10_000))
@settings(max_examples=25, deadline=None)
def test_changes_of_all_kinds_and_the_way_back(seed: int) -> None:
    programme, chance = drawn(seed), np.random.default_rng(seed + 1)
    held = Held(programme)
    same(held, programme)
    mark = held.mark()

    costs = programme.cost * chance.uniform(0.5, 1.5, len(programme.cost))
    held.with_costs(np.arange(len(costs)), costs)
    same(held, changed := replace(programme, cost=costs))
    most = programme.row_high * chance.uniform(0.5, 1.5, len(programme.row_high))
    held.with_sides(np.arange(len(most)), programme.row_low, most)
    same(held, changed := replace(changed, row_high=most))
    high = 0.5 * programme.high
    held.with_bounds(np.arange(len(high)), programme.low, high)
    same(held, changed := replace(changed, high=high))
    row = csr_array(programme.cost[None, :])
    side = np.array([0.7 * solve(changed).objective])
    held.with_rows(row, np.array([-np.inf]), side)
    same(held, extended(changed, row, np.array([-np.inf]), side))

    held.back(mark)
    assert (held.programme.cost == programme.cost).all()
    same(held, programme)


def test_what_cannot_be_is_told_and_forgotten() -> None:
    programme = drawn(3)
    held = Held(programme)
    held.solve()
    mark = held.mark()

    held.with_rows(csr_array(np.ones((1, 18))), np.array([1e9]), np.array([np.inf]))

    assert held.solve().answer == "infeasible"
    held.back(mark)
    same(held, programme)


def test_numbers_are_made_exact_from_the_basis() -> None:
    """The solver's own numbers are off by 1e-7; refined with its factors they are not."""
    programme = drawn(5)
    held = Held(programme)
    held.solve()
    exact = solve(programme)
    crude = exact.columns * (1 + 1e-7), exact.duals * (1 - 1e-7)

    x, y, residual = held._refined(*crude)

    assert worst_residual(programme, *crude) > 1e-8
    assert residual <= 1e-12
    np.testing.assert_allclose(x, exact.columns, rtol=1e-11, atol=1e-12)
    np.testing.assert_allclose(y, exact.duals, rtol=1e-11, atol=1e-12)
