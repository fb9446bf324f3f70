"""Command as a planning method: targets for all years from the level reached, supplied by rank.

    T_j[1] = max( (1 + g_j) y_j + lambda (y_j - T_j[0])+,  standing part of T_j[0] )
    T_j[t] = (1 + g_j) T_j[t-1]

y is what was done in the year before the plan, T[0] its targets if there were any, g the growth
that is asked for, greater for means of production than for the rest, lambda the ratchet; a target
that was missed stands as far as declared plants allow it. What there is goes to the ranks in their
order, to each as one even share of its targets,

    share_r = max s   subject to   x_j[t] >= s T_j[t] for j of rank r in all years,
                                    shares of higher ranks kept, every limit of the planning problem

and people get what the aims count of what is left. Unlike the decree that a leadership issues in a
simulated year (`command`) this one is checked against plants, hours and goods: it shows what the
order of ranks and the level reached cost where everything else goes well.

Source: planning from the level reached (Harrison 2007, recalled); ratchet, Weitzman (1980), Bell
Journal of Economics 11(1), 302-308; even shares within a rank are a choice of ours.
"""

from dataclasses import replace
from typing import Final

import numpy as np
from scipy.sparse import csc_array, csr_array, hstack, vstack

from sovplan.foundation.errors import PlanningError
from sovplan.foundation.numbers import percent
from sovplan.foundation.programme import Programme
from sovplan.foundation.shapes import Flags, Indices, TechniquesVector, TechniquesYears, Vector
from sovplan.foundation.solver import solve
from sovplan.foundation.words import say
from sovplan.planning.command import Drive, standing
from sovplan.planning.limits import problem_of
from sovplan.planning.optimum import optimum
from sovplan.planning.standing import put_forward
from sovplan.records.aims import Aims
from sovplan.records.aimsfile import check_aims
from sovplan.records.calendar import calendar_of
from sovplan.records.draft import Draft
from sovplan.records.purposes import means_of_production
from sovplan.records.returns import Returns

DRIVE: Final = Drive(heavy=0.15, light=0.05, ratchet=0.5, check=1.0)
"""What is asked for where nothing is said. Assumed: growth 0 to 0.3 a year, ratchet 0 to 1; the
regime command_1929 has values with their sources."""
_KEPT: Final = 1e-7
"""Relative part of a share that is given up, so that rounding shuts no way."""


def command_plan(
    returns: Returns,
    aims: Aims | None = None,
    *,
    years: int | None = None,
    drive: Drive = DRIVE,
) -> Draft:
    """Return the plan in which means of production come first and people get what is left.

    Parameters
    ----------
    returns
        What was declared; `done` is the level reached, else the opening of the limits of growth,
        else the first year of the best plan.
    aims
        What the plan is for; the economy's own needs and the defaults if None.
    years
        Number of years in place of that of the aims.
    drive
        Growth asked for, and the ratchet.

    Returns
    -------
    Draft
        Status `feasible`; `facts` holds `shares`, the part of the targets of means of production
        and of the rest that is done in every year. Without any plan the refusal of the optimum.

    Raises
    ------
    PlanningError
        A rank's share leaves no plan: the numbers are at the edge of what can be told.
    """
    aims = (aims or Aims()).over(years)
    economy = returns.declared
    check_aims(aims, economy)
    problem = problem_of(economy, aims, calendar_of(economy, aims))
    first = solve(problem.programme, exact=False)
    if first.answer != "optimal":
        return replace(optimum(returns, aims), method="command")
    level = _level(returns, problem.take("activity", first.columns)[:, 0])
    heavy = means_of_production(economy, level)
    targets = _targets(returns, drive, level, heavy, len(problem.calendar.years))
    programme, places = problem.programme, problem.columns["activity"].places
    shares = []
    for rank in (heavy, ~heavy):
        programme, share = _ranked(programme, places[rank].ravel(), targets[rank].ravel())
        shares.append(share)
    columns = _solved(programme, exact=True)
    words = {
        "heavy": percent(drive.heavy),
        "light": percent(drive.light),
        "first": percent(shares[0]),
        "second": percent(shares[1]),
    }
    facts = {"shares": tuple(shares)}
    return put_forward(
        problem, columns, "command", told=(say("command.told", **words),), facts=facts
    )


def _level(returns: Returns, best: TechniquesVector) -> TechniquesVector:
    """Return what techniques did, as far as anyone has said so; else what the best plan has."""
    if returns.done is not None:
        return returns.done
    growth = returns.declared.extensions.growth
    return np.maximum(best, 0.0) if growth is None else growth.opening


def _targets(
    returns: Returns, drive: Drive, level: TechniquesVector, heavy: Flags, years: int
) -> TechniquesYears:
    """Return the targets of every year."""
    growth = 1.0 + np.where(heavy, drive.heavy, drive.light)
    first = growth * level
    if drive.before is not None:
        first = first + drive.ratchet * np.maximum(level - drive.before, 0.0)
        first = np.maximum(first, standing(returns.declared, drive.before))
    return np.asarray(first[:, None] * growth[:, None] ** np.arange(years))


def _ranked(programme: Programme, places: Indices, target: Vector) -> tuple[Programme, float]:
    """Return the limits with a rank supplied, and the share of its targets that it gets."""
    asked = target > 0
    places, target = places[asked], target[asked]
    if not len(places):
        return programme, 1.0
    height, width = programme.matrix.shape
    own = (np.ones(len(places)), (np.arange(len(places)), places))
    above = csr_array(own, shape=(len(places), width))
    matrix = vstack(
        [
            hstack([programme.matrix, csc_array((height, 1))]),
            hstack([above, csc_array(-target[:, None])]),
        ]
    )
    even = Programme(
        np.append(np.zeros(width), 1.0),
        csc_array(matrix),
        np.append(programme.row_low, np.zeros(len(places))),
        np.append(programme.row_high, np.full(len(places), np.inf)),
        np.append(programme.low, 0.0),
        np.append(programme.high, 1.0),
        maximise=True,
    )
    share = float(np.clip(_solved(even)[-1], 0.0, 1.0))
    low = programme.low.copy()
    low[places] = np.maximum(low[places], (1.0 - _KEPT) * share * target)
    return replace(programme, low=low), share


def _solved(programme: Programme, *, exact: bool = False) -> Vector:
    found = solve(programme, exact=exact)
    if found.answer != "optimal":
        raise PlanningError(say("command.no_way"))
    return found.columns
