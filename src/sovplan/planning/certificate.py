"""The proof of a plan: what is left of every limit and every price rule, without the solver.

A row or column is measured against its own largest term, so the measure does not depend on the
units of goods: residual = violation / (largest |a_ij x_j| in the row + |b_i|).
"""

import numpy as np

from sovplan.foundation.programme import Programme
from sovplan.foundation.shapes import Sparse, Vector
from sovplan.planning.problem import Problem
from sovplan.records.draft import Certificate, Plan
from sovplan.records.identities import balance_error


def certify(problem: Problem, columns: Vector, duals: Vector, plan: Plan) -> Certificate:
    """Return the certificate of a plan and its prices.

    Parameters
    ----------
    problem
        The programme whose limits and objective are meant.
    columns, duals
        x of the plan and y of the first objective.
    plan
        The plan as it will be printed; its balances are reckoned again.

    Notes
    -----
    For  max c x,  row_low <= A x <= row_high,  low <= x <= high,  any y gives the bound
    sum of y times the side it may lean on, plus z = c - A'y times the bound of its sign. Where y
    or z leans on an open side it is a residual and not counted in the bound.
    """
    programme = problem.programme
    prices, dual = _leaning(programme, duals)
    bound = _bound(programme, prices)
    reached = float(programme.cost @ columns)
    size = max(1e-12, abs(reached), abs(bound))
    return Certificate(
        primal=primal_residual(programme, columns),
        dual=max(dual, _column_residual(programme, prices)),
        gap=abs(reached - bound) / size,
        balance=balance_error(problem.economy, plan),
    )


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


def _largest(matrix: Sparse, factors: Vector) -> Vector:
    """Return the largest |a_ij x_j| of each row."""
    entries = matrix.tocoo()
    row, column = entries.coords
    largest = np.zeros(matrix.shape[0])
    np.maximum.at(largest, row, np.abs(entries.data * factors[column]))
    return largest


def _leaning(programme: Programme, duals: Vector) -> tuple[Vector, float]:
    """Return duals without those that lean on an open side, and how great such a one was."""
    # In the maximum, y > 0 leans on row_high; in the minimum, on row_low.
    up, down = programme.row_high, programme.row_low
    if not programme.maximise:
        up, down = down, up
    open_side = ((duals > 0) & ~np.isfinite(up)) | ((duals < 0) & ~np.isfinite(down))
    if not open_side.any():
        return duals, 0.0
    # What such a price is worth beside the costs it helps to pay.
    terms = np.abs(programme.matrix.T.tocsr())
    shares = terms.multiply(np.abs(duals)[None, :]).tocsr()
    total = np.asarray(shares.max(axis=1).todense()).ravel() + np.abs(programme.cost)
    wrong = np.asarray(shares[:, np.flatnonzero(open_side)].max(axis=1).todense()).ravel()
    residual = np.divide(wrong, total, out=np.zeros_like(wrong), where=total > 0)
    return np.where(open_side, 0.0, duals), float(residual.max(initial=0.0))


def _reduced(programme: Programme, prices: Vector) -> Vector:
    return programme.cost - np.asarray(programme.matrix.T @ prices)


def _wrong_columns(programme: Programme, prices: Vector) -> tuple[Vector, np.ndarray]:
    reduced = _reduced(programme, prices)
    up, down = programme.high, programme.low
    if not programme.maximise:
        up, down = down, up
    wrong = ((reduced > 0) & ~np.isfinite(up)) | ((reduced < 0) & ~np.isfinite(down))
    return reduced, wrong


def _column_residual(programme: Programme, prices: Vector) -> float:
    reduced, wrong = _wrong_columns(programme, prices)
    scale = _largest(programme.matrix.T, prices) + np.abs(programme.cost)
    share = np.divide(np.abs(reduced), scale, out=np.zeros_like(reduced), where=scale > 0)
    return float(np.max(share[wrong], initial=0.0))


def _bound(programme: Programme, prices: Vector) -> float:
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
