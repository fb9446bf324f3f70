"""Linear programmes solved by an interior point method that knows how plans are built.

    minimise  c x   subject to   A x = s,   low <= x <= high,   row_low <= s <= row_high

Quantities and what is left of every limit stay above zero; each turn takes a Newton step on the
conditions of the optimum: first as far as they can be had (predictor), then back to the middle
(corrector), then a few times towards equal products of what is left and its price. The equations of
a turn are those of `elimination`.

Source: Mehrotra (1992), SIAM Journal on Optimization 2, 575-601; Gondzio (1996), Computational
Optimization and Applications 6, 137-156; proximal terms, Friedlander and Orban (2012), Mathematical
Programming Computation 4, 71-107.
"""

from dataclasses import dataclass
from typing import Final, final

import numpy as np
from scipy.sparse import csc_array, csr_array

from sovplan.foundation.course import Course
from sovplan.foundation.elimination import NormalEquations
from sovplan.foundation.programme import Programme, levelled, levels, scaled, scales
from sovplan.foundation.residuals import primal_residual
from sovplan.foundation.shapes import Indices, Vector

TURNS: Final = 100
"""Most turns."""
CLOSE: Final = 1e-7
"""Relative gap and residuals at which the method ends, on the scaled problem."""


_BROKEN: Final = 1e-9
"""Greatest residual of a limit with which a plan is handed over, if a few more turns reach it."""
_MORE: Final = 4
"""Most turns taken for that."""
_NEAR: Final = (0.0, 1e-8, 1e-7, 1e-6)
"""Distances from a bound, on the scaled problem, from which a quantity may be put to it."""


@final
@dataclass(frozen=True, slots=True, eq=False)
class Inner:
    """Where the method ended.

    Parameters
    ----------
    columns, duals
        x and y, in the units and signs of the programme.
    turns
        Turns taken.
    gap
        Greatest of gap and residuals, relative, by the method's own account; what it is worth is
        for a certificate to say.
    settled
        Whether that fell below what was asked.
    """

    columns: Vector
    duals: Vector
    turns: int
    gap: float
    settled: bool


def interior(programme: Programme, cell: Indices, *, close: float = CLOSE) -> Inner:
    """Solve a linear programme.

    Parameters
    ----------
    programme
        What is to be solved; it has a solution.
    cell
        Cell of each row that may be eliminated, -1 for the others. Any choice gives the same
        answer; a good one, small cells that few columns join, gives it sooner.
    close
        Relative gap and residuals asked for.
    """
    fixed = programme.low == programme.high
    opens = ~np.isfinite(programme.row_low) & ~np.isfinite(programme.row_high)
    kept, rows = np.flatnonzero(~fixed), np.flatnonzero(~opens)
    given = np.where(fixed, programme.low, 0.0)
    core = _core(programme, kept, rows, given)
    of_rows, of_columns = scales(core)
    easier = scaled(core, of_rows, of_columns)
    of_prices, of_quantities = levels(easier)
    easier = levelled(easier, of_prices, of_quantities)
    course = Course(easier, NormalEquations(easier.matrix, cell[rows]))
    turns, gap = _run(course, close)
    columns, duals = given.copy(), np.zeros(len(programme.row_low))
    columns[kept], more = _finished(core, course, of_columns * of_quantities)
    sign = -1.0 if programme.maximise else 1.0
    duals[rows] = sign * course.prices * of_rows * of_prices
    return Inner(columns, duals, turns + more, gap, gap <= close)


def _finished(core: Programme, course: Course, units: Vector) -> tuple[Vector, int]:
    """Return x, and how many more turns it took until hardly a limit is broken, a few at most.

    How near the last turn came to every limit hangs on rounding, so on the machine.
    """
    found = _settled(core, course, units)
    for more in range(_MORE):
        before, state = course.distance(), course.state()
        if primal_residual(core, found) <= _BROKEN:
            return found, more
        if not course.turn(before) or course.distance() > before:
            course.restore(state)
            return found, more
        found = _settled(core, course, units)
    return found, _MORE


def _settled(core: Programme, course: Course, units: Vector) -> Vector:
    """Return x with what is all but at a bound put to it, as far as that breaks least."""
    found = [np.clip(course.columns(near) * units, core.low, core.high) for near in _NEAR]
    return min(found, key=lambda columns: primal_residual(core, columns))


def _core(programme: Programme, kept: Indices, rows: Indices, given: Vector) -> Programme:
    """Return the programme as a minimum, without fixed columns and rows without a side."""
    taken = np.asarray(programme.matrix @ given)[rows]
    return Programme(
        (-1.0 if programme.maximise else 1.0) * programme.cost[kept],
        csc_array(csr_array(csc_array(programme.matrix)[:, kept])[rows]),
        programme.row_low[rows] - taken,
        programme.row_high[rows] - taken,
        programme.low[kept],
        programme.high[kept],
    )


def _run(course: Course, close: float) -> tuple[int, float]:
    """Take turns until all is close; go back to the best turn where it does not end so."""
    best, kept = float("inf"), course.state()
    for turn in range(TURNS):
        gap = course.distance()
        if gap < best:
            best, kept = gap, course.state()
        if gap <= close or not course.turn(gap):
            course.restore(kept)
            return turn, best
    course.restore(kept)
    return TURNS, best
