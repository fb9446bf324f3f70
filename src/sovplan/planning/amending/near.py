"""Plans near the draft: programmes written in what changes.

Columns are written as  z = x0 + u - d,  0 <= u <= high - x0,  0 <= d <= x0 - low,  and what changes
costs something or nothing, never less. At u = d = 0 nothing has changed and nothing costs: only the
rows of the demands are broken, and the dual simplex starts there with all slacks basic.
"""

from dataclasses import dataclass, replace
from typing import Final, final

import numpy as np
from scipy.sparse import csc_array, csr_array, eye_array, hstack, vstack

from sovplan.foundation.programme import Programme, Solution
from sovplan.foundation.shapes import AnySparse, Sparse, Vector
from sovplan.foundation.solver import is_large, solve

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


@final
@dataclass(frozen=True, slots=True, eq=False)
class Nearest:
    """A plan with the least cost of change.

    Parameters
    ----------
    columns
        z.
    cost
        What the change costs.
    programme, solution
        The programme in u, d and the changes of lines, with what solves it: its certificate.
    """

    columns: Vector
    cost: float
    programme: Programme
    solution: Solution


def nearest_plan(programme: Programme, there: Vector, changes: Changes) -> Nearest | None:
    """Return the plan of a programme with the least cost of change; None if there is none.

    Parameters
    ----------
    programme
        Limits and demands; its objective does not count.
    there
        x0, which may break rows, but no bounds.
    changes
        What changes cost.
    """
    change = change_programme(programme, there, changes)
    # From afar a large programme is sooner solved by interior point.
    found = solve(change, engine="choose" if is_large(change) else "near")
    if found.answer != "optimal":
        return None
    return Nearest(columns_of(change, found, there), found.objective, change, found)


def nearest_calm(
    programme: Programme, there: Vector, changes: Changes, then: Changes
) -> Nearest | None:
    """Return, of the plans with the least cost of change, the one least costly by other prices.

    Of a large programme any of them: finding the calmer one takes as long again.
    """
    first = nearest_plan(programme, there, changes)
    if first is None or is_large(first.programme):
        return first
    row = csr_array(first.programme.cost[None, :])
    most = first.cost + 1e-9 * max(first.cost, 1e-9)
    other = change_programme(programme, there, replace(then, lines=changes.lines))
    held = replace(
        first.programme,
        cost=other.cost,
        matrix=csc_array(vstack([first.programme.matrix, row])),
        row_low=np.append(first.programme.row_low, -np.inf),
        row_high=np.append(first.programme.row_high, most),
    )
    start = None if first.solution.basis is None else first.solution.basis.with_row()
    found = solve(held, start=start, engine="choose" if start is None else "primal")
    if found.answer != "optimal":
        return first
    return replace(first, columns=columns_of(first.programme, found, there))


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
