"""The calmest of equal plans: programmes written in what changes.

Columns are written as  z = x0 + u - d,  0 <= u <= high - x0,  0 <= d <= x0 - low,  and what changes
costs something or nothing, never less. At u = d = 0 nothing has changed and nothing costs: only the
rows of the demands are broken, and the dual simplex starts there with all slacks basic.
"""

from dataclasses import dataclass, replace
from typing import Final, final

import numpy as np
from scipy.sparse import csc_array, csr_array, eye_array, hstack, vstack

from sovplan.foundation.errors import SolverFailed
from sovplan.foundation.programme import Programme, Solution, extended
from sovplan.foundation.shapes import AnySparse, Sparse, Vector
from sovplan.foundation.solver import is_large, solve

_TIE: Final = 1e-9
"""How far, relative, the first cost may be exceeded."""
_ROUNDING: Final = 1e-11
"""Slack of a row or bound, relative to its terms, that is rounding of zero."""


@final
@dataclass(frozen=True, slots=True, eq=False)
class Changes:
    """What changes cost.

    Parameters
    ----------
    up, down
        Cost of one unit more and of one unit less of each column, 0 or more.
    lines
        Further amounts whose change costs: rows over the columns.
    line_cost
        Cost of one unit more or less of each line.
    """

    up: Vector
    down: Vector
    lines: Sparse
    line_cost: Vector


def calmest(
    programme: Programme, there: Vector, first: Changes, most: float, then: Changes
) -> Vector | None:
    """Return, of the plans whose change costs little at some prices, the cheapest at others.

    Of a large programme none: finding it takes longer than all else. None too where the solver
    gives up: the plan that it would have been chosen from is as near, and stands.

    Parameters
    ----------
    programme
        Limits and demands; its objective does not count.
    there
        x0, which may break rows, but no bounds.
    first, most
        What changes cost, and what they may cost in all.
    then
        What they cost besides, with the same lines.
    """
    if is_large(programme, 2):
        return None
    change = change_programme(programme, there, first)
    row = csr_array(change.cost[None, :])
    most += _TIE * max(most, _TIE)
    held = replace(
        extended(change, row, np.array([-np.inf]), np.array([most])),
        cost=change_programme(programme, there, then).cost,
    )
    try:
        found = solve(held, engine="near")
    except SolverFailed:
        return None
    return columns_of(change, found, there) if found.answer == "optimal" else None


def change_programme(programme: Programme, there: Vector, changes: Changes) -> Programme:
    """Return the programme in what changes."""
    width, count = len(there), changes.lines.shape[0]
    still = np.asarray(programme.matrix @ there)
    terms = _largest(programme.matrix, there)
    own = csr_array(changes.lines)
    moved = csc_array(vstack([programme.matrix, own]))
    # A line that changes is paid for from both sides: line - more + less = 0.
    part = vstack([csr_array((len(still), count)), -eye_array(count, format="csr")])
    matrix = csc_array(hstack([moved, -moved, part, -part]))
    none = np.zeros(count)
    size = np.maximum(np.abs(there), 1e-300)
    return Programme(
        np.concatenate([changes.up, changes.down, changes.line_cost, changes.line_cost]),
        matrix,
        np.concatenate([_less(programme.row_low, still, terms), none]),
        np.concatenate([_less(programme.row_high, still, terms), none]),
        np.zeros(2 * width + 2 * count),
        np.concatenate([
            np.maximum(_less(programme.high, there, size), 0.0),
            np.maximum(-_less(programme.low, there, size), 0.0),
            np.full(2 * count, np.inf),
        ]),
    )  # fmt: skip


def columns_of(change: Programme, found: Solution, there: Vector) -> Vector:
    """Return z from u and d, without changes that are rounding."""
    width = len(there)
    moved = np.clip(found.columns, change.low, change.high)
    return np.asarray(there + moved[:width] - moved[width : 2 * width])


def _less(side: Vector, there: Vector, size: Vector) -> Vector:
    """Return what is left of sides; what is rounding beside the terms is 0."""
    rest = side - there
    scale = size + np.where(np.isfinite(side), np.abs(side), 0.0)
    return np.where(np.abs(rest) <= _ROUNDING * scale, 0.0, rest)


def _largest(matrix: AnySparse, values: Vector) -> Vector:
    entries = matrix.tocoo()
    row, column = entries.coords
    largest = np.zeros(matrix.shape[0])
    np.maximum.at(largest, row, np.abs(entries.data * values[column]))
    return largest
