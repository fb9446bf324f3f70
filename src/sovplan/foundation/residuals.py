"""How far numbers are from solving a linear programme, in a measure without units.

A row or column is measured against its own largest term, so that the units people choose do not
matter: residual = violation / (largest |a_ij x_j| in the row + |b_i|). No solver is asked here.
"""

import numpy as np

from sovplan.foundation.programme import Programme
from sovplan.foundation.shapes import AnySparse, Flags, Vector


def primal_residual(programme: Programme, columns: Vector) -> float:
    """Return the greatest residual of rows and bounds."""
    matrix = programme.matrix
    activity = np.asarray(matrix @ columns)
    largest = _largest(matrix, columns)
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


def _largest(matrix: AnySparse, factors: Vector) -> Vector:
    """Return the largest |a_ij x_j| of each row."""
    entries = matrix.tocoo()
    row, column = entries.coords
    largest = np.zeros(matrix.shape[0])
    np.maximum.at(largest, row, np.abs(entries.data * factors[column]))
    return largest


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
    total = _largest(programme.matrix.T, duals) + np.abs(programme.cost)
    wrong = _largest(programme.matrix.T, np.where(open_side, duals, 0.0))
    residual = np.divide(wrong, total, out=np.zeros_like(wrong), where=total > 0)
    return np.where(open_side, 0.0, duals), float(residual.max(initial=0.0))


def _reduced(programme: Programme, prices: Vector) -> Vector:
    return np.asarray(programme.cost - programme.matrix.T @ prices)


def _wrong_columns(programme: Programme, prices: Vector) -> tuple[Vector, Flags]:
    reduced = _reduced(programme, prices)
    up, down = programme.high, programme.low
    if not programme.maximise:
        up, down = down, up
    wrong = ((reduced > 0) & ~np.isfinite(up)) | ((reduced < 0) & ~np.isfinite(down))
    return reduced, wrong


def dual_residual(programme: Programme, duals: Vector) -> float:
    """Return the greatest residual of prices that lean on an open side, and of columns."""
    prices, open_side = leaning(programme, duals)
    return max(open_side, _column_residual(programme, prices))


def _column_residual(programme: Programme, prices: Vector) -> float:
    reduced, wrong = _wrong_columns(programme, prices)
    scale = _largest(programme.matrix.T, prices) + np.abs(programme.cost)
    share = np.divide(np.abs(reduced), scale, out=np.zeros_like(reduced), where=scale > 0)
    return float(np.max(share[wrong], initial=0.0))


def dual_bound(programme: Programme, duals: Vector) -> float:
    """Return the bound on the objective that any prices give.

    For  max c x  the sum of y times the side it may lean on, plus z = c - A'y times the bound of
    its sign. What leans on an open side is a residual and not counted.
    """
    prices, _ = leaning(programme, duals)
    reduced, wrong = _wrong_columns(programme, prices)
    up, down = programme.row_high, programme.row_low
    most, least = programme.high, programme.low
    if not programme.maximise:
        up, down, most, least = down, up, least, most
    rows = np.where(prices > 0, up, down)
    columns = np.where(reduced > 0, most, least)
    of_rows = prices[prices != 0] @ rows[prices != 0]
    counted = ~wrong & (reduced != 0)
    return float(of_rows + reduced[counted] @ columns[counted])


def worst_residual(programme: Programme, columns: Vector, duals: Vector) -> float:
    """Return the greatest of both residuals and the gap: residuals alone prove no optimum."""
    reached, bound = float(programme.cost @ columns), dual_bound(programme, duals)
    gap = abs(reached - bound) / max(1e-12, abs(reached), abs(bound))
    return max(primal_residual(programme, columns), dual_residual(programme, duals), gap)
