"""A basic solution computed again from its basis, to the accuracy of the arithmetic."""

from typing import Final

import numpy as np
from scipy.sparse import csc_array, eye_array, hstack

from sovplan.foundation.linear import solve_both
from sovplan.foundation.programme import BASIC, Basis, Programme
from sovplan.foundation.residuals import dual_bound, dual_residual, primal_residual
from sovplan.foundation.shapes import Vector

_ROUNDING: Final = (1e-14, 1e-16, 1e-12, 0.0)
"""Sizes, relative to the greatest value, below which a value may be rounding; the best is kept."""


def polish(
    programme: Programme, columns: Vector, duals: Vector, basis: Basis
) -> tuple[Vector, Vector]:
    """Return a basic solution and its duals computed again from the basis.

    With the rows written as  A x - r = 0,  the basic ones among x and r follow from the others,
    which stand at their bounds:  M z = -(A x_N - r_N);  the duals from  M' y = c_B.
    Of these numbers, with and without what may be rounding, and of those that came in, the ones
    with the least residual are kept.

    Parameters
    ----------
    programme
        What was solved.
    columns, duals
        x and y as found.
    basis
        Which columns and rows are basic.

    Source: iterative refinement of a basis, Gleixner, Steffy and Wolter (2016), INFORMS Journal
    on Computing 28(3), 449-464, here with one precision.
    """
    count = len(programme.row_low)
    basic, slack = basis.columns == BASIC, basis.rows == BASIC
    if int(basic.sum()) + int(slack.sum()) != count or count == 0:
        return columns, duals
    activity = np.asarray(programme.matrix @ columns)
    fixed = np.where(basic, 0.0, nearest_bound(columns, programme.low, programme.high))
    side = np.where(slack, 0.0, nearest_bound(activity, programme.row_low, programme.row_high))
    matrix = csc_array(
        hstack([programme.matrix[:, basic], -eye_array(count, format="csc")[:, slack]])
    )
    costs = np.concatenate([programme.cost[basic], np.zeros(int(slack.sum()))])
    right = side - np.asarray(programme.matrix @ fixed)
    try:
        found, exact_duals = solve_both(matrix, right, costs)
    except RuntimeError:
        return columns, duals
    exact = fixed.copy()
    exact[basic] = found[: int(basic.sum())]
    candidates = [columns, *(snapped(exact, size) for size in _ROUNDING)]
    prices = [duals, *(snapped(exact_duals, size) for size in _ROUNDING)]
    reached = float(programme.cost @ columns)

    def of_quantities(values: Vector) -> float:
        return max(
            primal_residual(programme, values), _off(float(programme.cost @ values), reached)
        )

    def of_prices(values: Vector) -> float:
        return max(dual_residual(programme, values), _off(dual_bound(programme, values), reached))

    return min(candidates, key=of_quantities), min(prices, key=of_prices)


def _off(value: float, reached: float) -> float:
    """Return how far an objective is from the solver's: feasible numbers can be far from best."""
    return abs(value - reached) / max(1e-12, abs(value), abs(reached))


def snapped(values: Vector, size: float) -> Vector:
    """Return values without those that are rounding of the others: they stand for zero."""
    most = float(np.abs(values).max(initial=0.0))
    return np.where(np.abs(values) < size * most, 0.0, values)


def nearest_bound(values: Vector, low: Vector, high: Vector) -> Vector:
    """Return the bound that each value is nearest to; 0 where that is open."""
    at_low = np.abs(values - low) <= np.abs(values - high)
    bound = np.where(at_low, low, high)
    return np.where(np.isfinite(bound), bound, 0.0)
