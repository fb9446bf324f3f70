"""A basic solution computed again from its basis, to the accuracy of the arithmetic."""

from typing import Final

import numpy as np
from scipy.sparse import csc_array, eye_array, hstack

from sovplan.foundation.linear import solve_system
from sovplan.foundation.programme import BASIC, Basis, Programme
from sovplan.foundation.shapes import Vector


_ROUNDING: Final = 1e-13
"""Size, relative to the greatest value, below which a value of a scaled problem is rounding."""


def polish(
    programme: Programme, columns: Vector, duals: Vector, basis: Basis
) -> tuple[Vector, Vector]:
    """Return a basic solution and its duals computed again from the basis.

    With the rows written as  A x - r = 0,  the basic ones among x and r follow from the others,
    which stand at their bounds:  M z = -(A x_N - r_N);  the duals from  M' y = c_B.
    Where the basis cannot be factored, or the result breaks more than what came in, the numbers
    stay as they came.

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
    fixed = np.where(basic, 0.0, _nearest_bound(columns, programme.low, programme.high))
    side = np.where(slack, 0.0, _nearest_bound(activity, programme.row_low, programme.row_high))
    matrix = csc_array(
        hstack([programme.matrix[:, basic], -eye_array(count, format="csc")[:, slack]])
    )
    costs = np.concatenate([programme.cost[basic], np.zeros(int(slack.sum()))])
    right = side - np.asarray(programme.matrix @ fixed)
    try:
        found = solve_system(matrix, right)
        exact_duals = solve_system(csc_array(matrix.T), costs)
    except RuntimeError:
        return columns, duals
    exact = fixed.copy()
    exact[basic] = _snapped(found[: int(basic.sum())])
    exact_duals = _snapped(exact_duals)
    better = _broken(programme, exact) <= max(_broken(programme, columns), 1e-12)
    return (exact, exact_duals) if better else (columns, duals)


def _snapped(values: Vector) -> Vector:
    """Return values without those that are rounding of the others: they stand for zero."""
    most = float(np.abs(values).max(initial=0.0))
    return np.where(np.abs(values) < _ROUNDING * most, 0.0, values)


def _nearest_bound(values: Vector, low: Vector, high: Vector) -> Vector:
    at_low = np.abs(values - low) <= np.abs(values - high)
    bound = np.where(at_low, low, high)
    return np.where(np.isfinite(bound), bound, 0.0)


def _broken(programme: Programme, columns: Vector) -> float:
    """Return the greatest violation of a row or bound."""
    activity = np.asarray(programme.matrix @ columns)
    over = [
        programme.row_low - activity,
        activity - programme.row_high,
        programme.low - columns,
        columns - programme.high,
    ]
    return max(float(np.max(part, initial=0.0)) for part in over)
