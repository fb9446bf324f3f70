"""The plan that meets some demands and changes least from the draft, by what changes cost."""

from dataclasses import dataclass
from typing import final

import numpy as np
from scipy.sparse import csr_array, hstack

from sovplan.foundation.programme import Programme, Solution
from sovplan.foundation.shapes import GoodsYears, Sparse, Vector
from sovplan.planning.amending.demands import Demands
from sovplan.planning.amending.near import Near, rest


@final
@dataclass(frozen=True, slots=True, eq=False)
class Change:
    """What changes may cost and how far they may go.

    Parameters
    ----------
    costs
        Cost of one unit of each column of the programme; 0 of those of the problem but `up`.
    low, high
        What people get at least and at most, goods x years.
    less
        Most by which each output that is a target may fall.
    given
        Most that may be given up of each public use.
    """

    costs: Vector
    low: GoodsYears
    high: GoodsYears
    less: Vector
    given: Vector


@final
@dataclass(frozen=True, slots=True, eq=False)
class Nearest:
    """A plan with the least cost of change.

    Parameters
    ----------
    columns, given
        Columns of the problem, and public use that is given up.
    cost
        What the change costs.
    programme, solution
        The programme near the draft with what solves it: its certificate.
    """

    columns: Vector
    given: Vector
    cost: float
    programme: Programme
    solution: Solution


def nearest(near: Near, demands: Demands, part: float, change: Change) -> Nearest | None:
    """Return the plan with a part of some demands whose change costs least; None if there is none.

    Parameters
    ----------
    near
        The problem near the draft.
    demands, part
        What is asked for, and how much of it.
    change
        What changes cost and how far they may go.
    """
    held = near.held
    held.back(near.at_draft)
    held.with_costs(np.arange(len(change.costs)), change.costs)
    _put_bounds(near, change)
    programme, struck = held.programme, np.array(demands.struck, dtype=np.int64)
    held.with_sides(struck, np.full(len(struck), -np.inf), programme.row_high[struck])
    programme, opened = held.programme, np.array(demands.opened, dtype=np.int64)
    held.with_sides(opened, programme.row_low[opened], np.full(len(opened), np.inf))
    low, high = demands.sides(part)
    still = np.asarray(csr_array(demands.matrix)[:, near.up.ravel()] @ near.there[near.up.ravel()])
    held.with_rows(_in_changes(near, demands.matrix), low - still, high - still)
    found, programme = held.solve(), held.programme
    held.back(near.at_draft)
    if found.answer != "optimal":
        return None
    moved = np.clip(found.columns, programme.low, programme.high)
    columns = moved[: len(near.there)].copy()
    columns[near.up] = near.there[near.up] + moved[near.up] - moved[near.down]
    return Nearest(columns, moved[near.given], found.objective, programme, found)


def _put_bounds(near: Near, change: Change) -> None:
    there, held = near.there[near.up].ravel(), near.held
    to_low, to_high = rest(there, change.low.ravel()), -rest(there, change.high.ravel())
    held.with_bounds(near.up.ravel(), np.maximum(-to_low, 0.0), np.maximum(to_high, 0.0))
    held.with_bounds(near.down.ravel(), np.maximum(-to_high, 0.0), np.maximum(to_low, 0.0))
    held.with_bounds(near.less, np.zeros(len(near.less)), change.less)
    held.with_bounds(near.given, np.zeros(len(near.given)), change.given)


def _in_changes(near: Near, matrix: Sparse) -> Sparse:
    """Return rows over the columns of the problem as rows over those near the draft."""
    rows = csr_array(matrix)
    rest = csr_array((rows.shape[0], 2 * len(near.more) + len(near.given)))
    return csr_array(hstack([rows, -rows[:, near.up.ravel()], rest]))


def as_changes(near: Near, columns: Vector, given: Vector) -> Vector:
    """Return the columns of the programme near the draft that stand for a plan."""
    found = np.zeros(len(near.held.programme.cost))
    found[: len(columns)], found[near.given] = columns, given
    more = columns[near.up] - near.there[near.up]
    found[near.up], found[near.down] = np.maximum(more, 0.0), np.maximum(-more, 0.0)
    moved = np.asarray(near.lines @ (columns - near.there))
    found[near.more], found[near.less] = np.maximum(moved, 0.0), np.maximum(-moved, 0.0)
    return found
