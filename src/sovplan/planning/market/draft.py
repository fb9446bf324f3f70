"""A market as a planning method: prices grope, then what does not fit is rationed.

Groping (`groping`) ends with activities that fit only nearly. A plan is made of them by the least
even rationing: the least q for which some plan is within q of every activity, order, delivery and
purchase that the market came to,

    minimise q   subject to all limits,   |x_j - x^_j| <= q (x^_j + a thousandth of the mean x^)

so that nobody is sent away with less than 1 - q of what he came for: the greatest queue.
"""

from typing import Final

import numpy as np
from scipy.sparse import csc_array, csr_array, diags_array, eye_array, hstack, vstack

from sovplan.foundation.errors import PlanningError
from sovplan.foundation.numbers import percent
from sovplan.foundation.programme import Programme
from sovplan.foundation.shapes import Vector
from sovplan.foundation.solver import solve
from sovplan.foundation.words import say
from sovplan.planning.limits import problem_of
from sovplan.planning.market.groping import TURNS, Groping, grope
from sovplan.planning.problem import Problem
from sovplan.planning.standing import put_forward
from sovplan.records.aims import Aims
from sovplan.records.aimsfile import check_aims
from sovplan.records.calendar import calendar_of
from sovplan.records.draft import Draft
from sovplan.records.returns import Returns

LEAST: Final = 1e-3
"""Part of the mean of its kind by which even what was not done at all may change. Assumed."""


def market(
    returns: Returns, aims: Aims | None = None, *, years: int | None = None, turns: int = TURNS
) -> Draft:
    """Return the plan to which prices that move with excess demand lead.

    Parameters
    ----------
    returns
        What was declared.
    aims
        What the plan is for; the economy's own needs and the defaults if None.
    years
        Number of years in place of that of the aims.
    turns
        Most turns of groping.

    Returns
    -------
    Draft
        Status `feasible`; `facts` holds `turns`, `excess`, the greatest residual at the last
        prices, and `queue`, q.

    Raises
    ------
    PlanningError
        No rationing makes a plan of it: there is none.
    """
    aims = (aims or Aims()).over(years)
    economy = returns.declared
    check_aims(aims, economy)
    problem = problem_of(economy, aims, calendar_of(economy, aims))
    found = grope(problem.programme, turns)
    columns, queue = rationed(problem, found)
    words = {
        "turns": found.turns,
        "excess": percent(found.residual),
        "queue": percent(queue),
    }
    facts = {"turns": found.turns, "excess": found.residual, "queue": queue}
    told = (say("market.told", **words),)
    return put_forward(problem, columns, "market", told=told, facts=facts)


def rationed(problem: Problem, found: Groping) -> tuple[Vector, float]:
    """Return the plan nearest to where groping came to, and how far it is from it."""
    programme = problem.programme
    width = len(programme.cost)
    size = np.ones(width)
    for block in problem.columns.values():
        amounts = np.abs(found.columns[block.places])
        mean = float(amounts.sum()) / max(amounts.size, 1)
        size[block.places] = amounts + LEAST * max(mean, 1e-12)
    own, far = csr_array(eye_array(width, format="csr")), csr_array(size[:, None])
    near = csc_array(vstack([hstack([own, -far]), hstack([own, far])]))
    limits = hstack([programme.matrix, csc_array((programme.matrix.shape[0], 1))])
    rows = diags_array(1.0 / np.tile(size, 2))
    open_side, middle = np.full(width, np.inf), found.columns / size
    nearest = Programme(
        np.append(np.zeros(width), 1.0),
        csc_array(vstack([limits, rows @ near])),
        np.concatenate([programme.row_low, -open_side, middle]),
        np.concatenate([programme.row_high, middle, open_side]),
        np.append(programme.low, 0.0),
        np.append(programme.high, np.inf),
    )
    solved = solve(nearest)
    if solved.answer != "optimal":
        raise PlanningError(say("market.none"))
    return solved.columns[:width], float(solved.columns[width])
