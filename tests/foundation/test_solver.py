"""The solver: what it calls best is best, however far sides and costs lie apart."""

import numpy as np
import pytest
from scipy.sparse import csc_array

from sovplan.foundation.polish import polish
from sovplan.foundation.programme import BASIC, Basis, Programme
from sovplan.foundation.residuals import dual_bound
from sovplan.foundation.solver import solve


def boxes(sides: list[float], costs: list[float]) -> Programme:
    """Return  max c x,  x_j <= side_j,  x_j in a box of its own."""
    count = len(sides)
    return Programme(
        np.array(costs),
        csc_array(np.eye(count)),
        np.full(count, -np.inf),
        np.array(sides),
        np.zeros(count),
        np.array(sides) * 2,
        maximise=True,
    )


@pytest.mark.parametrize("spread", [1.0, 1e6, 1e10])
def test_a_small_objective_beside_great_sides_is_found(spread: float) -> None:
    sides = [1.0, 2.0, spread, spread * 3, spread * 5]
    costs = [4.0, 5.0, 0.0, 0.0, 0.0]
    programme = boxes(sides, costs)
    found = solve(programme)

    assert found.objective == pytest.approx(14.0, rel=1e-9)
    assert dual_bound(programme, found.duals) == pytest.approx(14.0, rel=1e-9)


def test_a_polished_answer_is_not_another_feasible_one() -> None:
    # A basis that is not the best: both columns at 0 are feasible, and far from the answer.
    programme = boxes([1.0, 1.0], [1.0, 1.0])
    answer, prices = np.array([1.0, 1.0]), np.array([1.0, 1.0])
    wrong = Basis(np.array([0, 0]), np.array([BASIC, BASIC]))

    x, y = polish(programme, answer, prices, wrong)

    assert programme.cost @ x == pytest.approx(2.0)
    assert dual_bound(programme, y) == pytest.approx(2.0)
