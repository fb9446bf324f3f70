"""The planning problem written in what people get more and less than in the draft.

With c0 what people get in the draft, and l the outputs that are targets:

    c = c0 + up - down,      l - more + less = l0,      up, down, more, less >= 0

and only these cost something. In the basis that the draft ended with nothing changes, and nothing
of it has to be sought again: what people get leaves the basis, the slacks of their targets come in,
all prices are 0, and with costs of at least 0 that is an optimum. An amendment then breaks a few
rows of it, and the dual simplex mends those.
"""

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final, final

import numpy as np
from scipy.sparse import csc_array, csr_array, eye_array, hstack, vstack

from sovplan.foundation.held import Held, Mark
from sovplan.foundation.programme import BASIC, Basis, Programme
from sovplan.foundation.shapes import GoodsYears, Indices, Sparse, Vector
from sovplan.planning.problem import Problem
from sovplan.planning.reach import Reach, reach
from sovplan.records.draft import Plan

_LEAST: Final = 1e-6
"""Share of a good's turnover below which an amount counts as that share: no weight is infinite."""
_ROUNDING: Final = 1e-11
"""Distance from a bound, relative to both, that is rounding of zero."""


@final
@dataclass(frozen=True, slots=True, eq=False)
class Near:
    """The problem near the draft, kept in the solver.

    Parameters
    ----------
    held, at_draft
        The programme, and its mark where nothing changes.
    up, down
        Columns of more and less of what people get, goods x years; `up` are those of consumption.
    more, less
        Columns of more and less of each output that is a target.
    given
        Columns of public use that is given up, for `public`.
    there
        x0, the columns of the draft within all bounds.
    lines
        The outputs that are targets, as rows over the columns of the problem.
    public
        Goods and years in which there is public use.
    reach
        How great each column can be at all, whoever pays, for the proofs.
    """

    held: Held
    at_draft: Mark
    up: Indices
    down: Indices
    more: Indices
    less: Indices
    given: Indices
    there: Vector
    lines: Sparse
    public: tuple[Indices, Indices]
    reach: Reach


def near_of(problem: Problem, plan: Plan, columns: Vector, basis: Basis | None) -> Near:
    """Return the problem near a plan, kept in the solver.

    Parameters
    ----------
    problem, plan
        The planning problem and its plan.
    columns
        x0, the columns of that plan.
    basis
        Where the solver ended with it: a basis of the problem, or with one row more.
    """
    places, programme = problem.columns["consumption"].places, loose(problem, problem.programme)
    there = np.clip(columns, programme.low, programme.high)
    lines, weights = lines_of(problem, plan)
    good, year = np.nonzero(problem.calendar.public > 0)
    counts = (places.size, len(weights), len(weights), len(good))
    ends = len(there) + np.cumsum((0, *counts))
    down, more, less, given = (np.arange(first, last) for first, last in pairwise(ends.tolist()))
    cost, size = np.zeros(int(ends[-1])), sizes_of(problem, plan)
    cost[places] = cost[down.reshape(places.shape)] = 1.0 / size
    cost[more] = cost[less] = weights
    whole = _programme(problem, programme, there, lines, cost)
    held = Held(whole, start=None if basis is None else start_of(problem, whole, basis))
    blocks = (places, down.reshape(places.shape), more, less, given)
    # The widest programme near the draft: all public use may be given up, all needs exceeded.
    high = whole.high.copy()
    high[places] = np.inf
    high[given] = problem.calendar.public[good, year]
    wide = replace(whole, high=high)
    widest = Reach(wide, reach(wide))
    return Near(held, held.mark(), *blocks, there, lines, (good, year), widest)


def _programme(
    problem: Problem, programme: Programme, there: Vector, lines: Sparse, cost: Vector
) -> Programme:
    """Return the programme near a plan x0, in which nothing may be given up yet."""
    places = problem.columns["consumption"].places.ravel()
    public = problem.rows["balance"].places[np.nonzero(problem.calendar.public > 0)]
    height, count, given = len(programme.row_low), lines.shape[0], len(public)
    to_public = csc_array((np.ones(given), (public, np.arange(given))), shape=(height, given))
    lost = -csc_array(programme.matrix)[:, places]
    none, apart = csr_array((height, 2 * count)), eye_array(count, format="csr")
    own = [lines, csr_array((count, len(places))), -apart, apart, csr_array((count, given))]
    still = np.zeros(len(there))
    still[places] = there[places]
    shift, kept = np.asarray(programme.matrix @ still), np.asarray(lines @ there)
    low, high = programme.low.copy(), programme.high.copy()
    low[places], high[places] = 0.0, -rest(there, programme.high)[places]
    less = rest(there, programme.low)[places]
    return Programme(
        cost,
        csc_array(vstack([hstack([programme.matrix, lost, none, to_public]), hstack(own)])),
        np.concatenate([programme.row_low - shift, kept]),
        np.concatenate([programme.row_high - shift, kept]),
        np.concatenate([low, np.zeros(len(places) + 2 * count + given)]),
        np.concatenate([high, less, np.full(2 * count, np.inf), np.zeros(given)]),
    )


def rest(values: Vector, bound: Vector) -> Vector:
    """Return how far values are above a bound; what is rounding is 0."""
    apart = values - bound
    scale = np.abs(values) + np.where(np.isfinite(bound), np.abs(bound), 0.0)
    return np.asarray(np.where(np.abs(apart) <= _ROUNDING * scale, 0.0, apart))


def start_of(problem: Problem, whole: Programme, basis: Basis) -> Basis | None:
    """Return the basis of the programme near a plan in which nothing changes.

    What people get leaves the basis, and the slacks of targets come in; so do those of targets of
    output, whose line takes the place. What is then too many or too few is made up for by targets
    and by what people get; None if that does not do.
    """
    height, width = len(problem.programme.row_low), len(basis.columns)
    places = problem.columns["consumption"].places.ravel()
    columns = np.zeros(len(whole.cost), dtype=np.int64)
    columns[:width] = basis.columns
    rows = np.full(len(whole.row_low), BASIC, dtype=np.int64)
    rows[:height] = basis.rows[:height]
    left = places[columns[places] == BASIC]
    columns[places] = 0
    freed = []
    for name in ("target", "output_target"):
        block = problem.rows[name].places.ravel() if name in problem.rows else np.zeros(0, np.int64)
        bound = rows[block] != BASIC
        freed.append(block[bound])
        rows[block] = BASIC
        if name == "output_target":
            rows[height + np.flatnonzero(bound)] = 0
    over = int((columns == BASIC).sum() + (rows == BASIC).sum()) - len(rows)
    rows[np.concatenate(freed)[: max(over, 0)]] = 0
    columns[left[: max(-over, 0)]] = BASIC
    whole_basis = int((columns == BASIC).sum() + (rows == BASIC).sum()) == len(rows)
    return Basis(columns, rows) if whole_basis else None


def loose(problem: Problem, programme: Programme) -> Programme:
    """Return a programme in which no common share of targets is asked for.

    What people get may then fall below the share, down to the floor: that is what an answer says.
    Needs that are limits themselves (least labour) stay so.
    """
    low = programme.low.copy()
    low[problem.columns["fulfilment"].places] = 0.0
    return replace(programme, low=low)


def sizes_of(problem: Problem, plan: Plan) -> GoodsYears:
    """Return what a change of what people get is measured against, goods x years."""
    least = _LEAST * problem.economy.turnover()[:, None]
    return np.asarray(np.maximum(plan.consumption, least))


def lines_of(problem: Problem, plan: Plan) -> tuple[Sparse, Vector]:
    """Return the lines of outputs that are targets, and the weight of one unit of each."""
    good, year = np.nonzero(problem.calendar.output_target > 0)
    made = problem.economy.techniques.outputs.tocsr()[good].tocoo()
    row, technique = made.coords
    places = problem.columns["activity"].places[technique, year[row]]
    width = len(problem.programme.cost)
    lines = csr_array((made.data, (row, places)), shape=(len(good), width))
    size = np.maximum(plan.output[good, year], _LEAST * problem.economy.turnover()[good])
    return lines, 1.0 / size
