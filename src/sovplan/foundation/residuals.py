"""How far numbers are from solving a linear programme, in a measure without units.

A row or column is measured against its own largest term, so that the units people choose do not
matter: residual = violation / (largest |a_ij x_j| in the row + |b_i|). No solver is asked here.
"""

from typing import Final

import numpy as np

from sovplan.foundation.programme import Programme
from sovplan.foundation.shapes import ByColumn, Flags, Vector

_SHARED: Final = 5_000
"""Length from which sums of products are not left to a library with threads."""


def primal_residual(programme: Programme, columns: Vector) -> float:
    """Return the greatest residual of rows and bounds."""
    activity = np.asarray(programme.matrix @ columns)
    largest = _largest_in_rows(programme.matrix, columns)
    rows = _relative(programme.row_low - activity, programme.row_low, largest)
    rows = max(rows, _relative(activity - programme.row_high, programme.row_high, largest))
    size = np.abs(columns)
    bounds = _relative(programme.low - columns, programme.low, size)
    return max(rows, bounds, _relative(columns - programme.high, programme.high, size))


def _relative(violation: Vector, side: Vector, largest: Vector) -> float:
    there = np.isfinite(side) & (violation > 0)
    if not there.any():
        return 0.0
    scale = largest[there] + np.abs(side[there])
    return float(np.max(violation[there] / np.where(scale > 0, scale, 1.0)))


def _largest_in_rows(matrix: ByColumn, columns: Vector) -> Vector:
    """Return the largest |a_ij x_j| of each row."""
    largest = np.zeros(matrix.shape[0])
    terms = np.abs(matrix.data * np.repeat(columns, np.diff(matrix.indptr)))
    np.maximum.at(largest, matrix.indices, terms)
    return largest


def _largest_in_columns(matrix: ByColumn, prices: Vector) -> Vector:
    """Return the largest |a_ij y_i| of each column."""
    largest = np.zeros(matrix.shape[1])
    filled = np.flatnonzero(np.diff(matrix.indptr))
    if len(filled):
        terms = np.abs(matrix.data * prices[matrix.indices])
        largest[filled] = np.maximum.reduceat(terms, matrix.indptr[filled])
    return largest


def inner(left: Vector, right: Vector) -> float:
    """Return the sum of products.

    Long ones are added on one core: a library of linear algebra shares them out to several, which
    takes longer than adding them.
    """
    return float((left * right).sum()) if len(left) > _SHARED else float(left @ right)


def leaning(programme: Programme, duals: Vector) -> tuple[Vector, float]:
    """Return duals without those that lean on an open side, and how great such a one was."""
    # In the maximum, y > 0 leans on row_high; in the minimum, on row_low.
    up, down = programme.row_high, programme.row_low
    if not programme.maximise:
        up, down = down, up
    open_side = ((duals > 0) & ~np.isfinite(up)) | ((duals < 0) & ~np.isfinite(down))
    if not open_side.any():
        return duals, 0.0
    # What such a price is worth beside the costs it helps to pay.
    total = _largest_in_columns(programme.matrix, duals) + np.abs(programme.cost)
    wrong = _largest_in_columns(programme.matrix, np.where(open_side, duals, 0.0))
    residual = np.divide(wrong, total, out=np.zeros_like(wrong), where=total > 0)
    return np.where(open_side, 0.0, duals), float(residual.max(initial=0.0))


def _wrong_columns(programme: Programme, prices: Vector) -> tuple[Vector, Flags]:
    """Return reduced costs, and which of them lean on an open side."""
    reduced = np.asarray(programme.cost - programme.matrix.T @ prices)
    up, down = programme.high, programme.low
    if not programme.maximise:
        up, down = down, up
    wrong = ((reduced > 0) & ~np.isfinite(up)) | ((reduced < 0) & ~np.isfinite(down))
    return reduced, wrong


def dual_residual(programme: Programme, duals: Vector) -> float:
    """Return the greatest residual of prices that lean on an open side, and of columns."""
    prices, open_side = leaning(programme, duals)
    return max(open_side, _column_residual(programme, prices, _wrong_columns(programme, prices)))


def _column_residual(
    programme: Programme, prices: Vector, of_columns: tuple[Vector, Flags]
) -> float:
    reduced, wrong = of_columns
    if not wrong.any():
        return 0.0
    scale = _largest_in_columns(programme.matrix, prices) + np.abs(programme.cost)
    share = np.divide(np.abs(reduced), scale, out=np.zeros_like(reduced), where=scale > 0)
    return float(np.max(share[wrong], initial=0.0))


def dual_bound(programme: Programme, duals: Vector) -> float:
    """Return the bound on the objective that any prices give.

    For  max c x  the sum of y times the side it may lean on, plus z = c - A'y times the bound of
    its sign. What leans on an open side is a residual and not counted.
    """
    prices, _ = leaning(programme, duals)
    return _bound(programme, prices, _wrong_columns(programme, prices))


def _bound(programme: Programme, prices: Vector, of_columns: tuple[Vector, Flags]) -> float:
    reduced, wrong = of_columns
    up, down = programme.row_high, programme.row_low
    most, least = programme.high, programme.low
    if not programme.maximise:
        up, down, most, least = down, up, least, most
    rows = np.where(prices > 0, up, down)
    columns = np.where(reduced > 0, most, least)
    leans, counted = prices != 0, ~wrong & (reduced != 0)
    return inner(prices[leans], rows[leans]) + inner(reduced[counted], columns[counted])


def worst_residual(programme: Programme, columns: Vector, duals: Vector) -> float:
    """Return the greatest of both residuals and the gap: residuals alone prove no optimum."""
    prices, open_side = leaning(programme, duals)
    of_columns = _wrong_columns(programme, prices)
    reached, bound = inner(programme.cost, columns), _bound(programme, prices, of_columns)
    gap = abs(reached - bound) / max(1e-12, abs(reached), abs(bound))
    dual = max(open_side, _column_residual(programme, prices, of_columns))
    return max(primal_residual(programme, columns), dual, gap)
