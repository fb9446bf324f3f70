"""The planning problem solved from the inside, by an interior point method that knows its rows.

Capacity is a matter of one plant in its years, a target of one good: these rows are eliminated
first. Balances of goods, hours, resources, trade and the terminal rule meet everywhere and stay.
"""

from typing import Final

import numpy as np

from sovplan.foundation.errors import SolverFailed
from sovplan.foundation.interior import CLOSE, interior
from sovplan.foundation.programme import Programme, Solution
from sovplan.foundation.shapes import Indices
from sovplan.foundation.words import say
from sovplan.planning.problem import Problem

LOCAL: Final = ("capacity", "target", "output_target", "no_waste")
"""Blocks of rows that may be eliminated."""


def solve_inside(
    problem: Problem, programme: Programme | None = None, *, close: float = CLOSE
) -> Solution:
    """Return the best plan and its prices; both are as good as their certificate says.

    Parameters
    ----------
    problem
        The planning problem, which has a solution.
    programme
        Another objective or more rows at the end in place of its own programme.
    close
        Relative gap and residuals at which the method ends.

    Raises
    ------
    SolverFailed
        The method came to no end.
    """
    meant = problem.programme if programme is None else programme
    found = interior(meant, cells_of(problem, len(meant.row_low)), close=close)
    if not found.settled:
        rows, columns = meant.matrix.shape
        reason = say("planning.inside.unsettled", turns=found.turns)
        raise SolverFailed(
            say("foundation.solver.stopped", reason=reason, rows=rows, columns=columns)
        )
    reached = float(meant.cost @ found.columns)
    return Solution("optimal", reached, found.columns, found.duals)


def cells_of(problem: Problem, height: int) -> Indices:
    """Return the cell of each of the first rows of a programme; -1 for rows added at the end.

    A plant in its years is a cell, and each want of a year.
    """
    cell, count = np.full(height, -1), 0
    for name in LOCAL:
        if name in problem.rows:
            places = problem.rows[name].places
            numbers = np.arange(places.size).reshape(places.shape)
            if name == "capacity":
                numbers = np.broadcast_to(np.arange(len(places))[:, None], places.shape)
            cell[places] = count + numbers
            count += places.size
    return cell
