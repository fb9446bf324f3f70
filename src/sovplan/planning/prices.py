"""What one more and one unit less of a good cost, where a plan's prices have more than one value.

A dual of a degenerate plan is one of many. Here the problem is solved again with a little more and
a little less demand: the two slopes of the hours that the plan takes.
"""

from dataclasses import dataclass, replace
from typing import Final, final

import numpy as np

from sovplan.foundation.errors import DataError, PlanningError
from sovplan.foundation.programme import Programme, Solution
from sovplan.foundation.shapes import YearsVector
from sovplan.foundation.solver import solve
from sovplan.foundation.words import say
from sovplan.planning.limits import problem_of
from sovplan.planning.optimum import NEAR, least_labour_programme
from sovplan.records.aims import Aims
from sovplan.records.aimsfile import check_aims
from sovplan.records.calendar import calendar_of
from sovplan.records.findings import nearest
from sovplan.records.returns import Returns

STEP: Final = 1e-4
"""Change of demand, as a share of the good's turnover."""


@final
@dataclass(frozen=True, slots=True, eq=False)
class Price:
    """Both one-sided prices of a good in hours, by year.

    Parameters
    ----------
    good
        Name of the good.
    step
        Change of demand over which the slopes were taken, units.
    more, less
        Hours for one more unit and hours saved by one unit less; `more` is inf where no more can
        be had. `less` is never above `more`.
    """

    good: str
    step: float
    more: YearsVector
    less: YearsVector


def one_sided(returns: Returns, aims: Aims, good: str) -> Price:
    """Return what one more unit of a good costs and what one unit less saves, by year.

    Hours are those of least labour with the first objective not below 0.99 of its optimum, as in
    the valuation `hours` of a draft.

    Raises
    ------
    DataError
        There is no such good.
    PlanningError
        There is no plan.
    """
    economy = returns.declared
    if good not in economy.goods.names:
        near = nearest(good, economy.goods.names)
        text = say("records.cell.unknown_good", cell=good)
        unknown = f"{text} {near}"
        raise DataError(unknown)
    check_aims(aims, economy)
    problem = problem_of(economy, aims, calendar_of(economy, aims))
    first = solve(problem.programme)
    if first.answer != "optimal":
        raise PlanningError(say("planning.price.no_plan", good=good))
    least = first.objective if aims.objective == "labour" else NEAR * first.objective
    programme = least_labour_programme(problem, least)
    base = solve(programme)
    place = economy.goods.names.index(good)
    step = STEP * float(economy.turnover()[place])
    rows = problem.rows["balance"].places[place]
    return Price(
        good,
        step,
        np.array([_slope(programme, base, int(row), step) for row in rows]),
        np.array([_slope(programme, base, int(row), -step) for row in rows]),
    )


def _slope(programme: Programme, base: Solution, row: int, step: float) -> float:
    low, high = programme.row_low.copy(), programme.row_high.copy()
    low[row] += step
    high[row] += step
    found = solve(replace(programme, row_low=low, row_high=high), start=base.basis)
    if found.answer != "optimal":
        return float("inf")
    return (found.objective - base.objective) / step
