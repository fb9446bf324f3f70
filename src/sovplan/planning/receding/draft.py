"""The receding-horizon plan of an economy in kind: every year is planned with few years in sight.

Window b plans the years up to b + T - 1 as the planning problem has them, with what was decided for
the years before b fixed, at the least of

    hours of work + import prices x imports          (one unit of foreign money counts as one hour)

with all targets met in full; where the aims ask for an even share of targets, with the greatest one
that the window can reach, at most all. R years of it are decided, then the next window begins. The
terminal rule holds at the end of every window: without one, a window lets plants wear out that the
next one needs.
"""

from dataclasses import dataclass, replace
from typing import Final, final

import numpy as np

from sovplan.foundation.programme import Programme, Solution
from sovplan.foundation.shapes import Grid, Vector
from sovplan.foundation.solver import solve
from sovplan.foundation.words import say
from sovplan.planning.conflict import conflict_of
from sovplan.planning.explain import explain
from sovplan.planning.limits import problem_of
from sovplan.planning.problem import Problem
from sovplan.planning.standing import put_forward
from sovplan.records.aims import Aims, Objective
from sovplan.records.aimsfile import check_aims
from sovplan.records.calendar import calendar_of
from sovplan.records.draft import Draft
from sovplan.records.returns import Returns

SIGHT: Final = 3
"""T, years that a window sees. Assumed, range 1 to the years of the plan: the published examples
see two periods (Spain) and five (Sweden)."""
DECIDED: Final = 1
"""R, years that a window decides. Source: the published example of Spain."""
_SLACK: Final = 1e-9
"""Relative part of the greatest even share that is given up to the least hours and imports."""


def receding_plan(
    returns: Returns,
    aims: Aims | None = None,
    *,
    years: int | None = None,
    sight: int = SIGHT,
    decided: int = DECIDED,
) -> Draft:
    """Return the plan that windows of a few years make one after the other.

    Parameters
    ----------
    returns
        What was declared.
    aims
        What the plan is for; the economy's own needs and the defaults if None.
    years
        Number of years in place of that of the aims.
    sight, decided
        T and R, years. Where windows of T years come to one that has no plan, they see one year
        more, and so on: with all years in sight there is a plan whenever there is any.

    Returns
    -------
    Draft
        Status `feasible`, `facts` with `sight`, the years that had to be seen; or `infeasible`,
        with the demands that contradict each other.
    """
    aims = (aims or Aims()).over(years)
    economy = returns.declared
    check_aims(aims, economy)
    for seen in range(min(sight, aims.horizon), aims.horizon + 1):
        amounts = _rolled(returns, aims, seen, decided)
        if amounts is not None:
            break
    else:
        return _refusal(_window(returns, aims, aims.horizon))
    whole = problem_of(economy, aims, calendar_of(economy, aims))
    columns = np.zeros(len(whole.programme.cost))
    for name, values in amounts.items():
        columns[whole.columns[name].places] = values
    told = [say("receding.told", seen=_years(seen), decided=_years(decided))]
    if seen > sight:
        told.append(say("receding.further", sight=_years(sight)))
    return put_forward(whole, columns, "receding", told=tuple(told), facts={"sight": seen})


def _years(number: int) -> str:
    """Return a number of years in words: "1 year", "3 years"."""
    return say("receding.year") if number == 1 else say("receding.years", years=number)


def _rolled(returns: Returns, aims: Aims, sight: int, decided: int) -> dict[str, Grid] | None:
    """Return what all windows decide, or None where one of them finds no plan."""
    done = _Done({}, 0)
    while done.years < aims.horizon:
        last = min(done.years + sight, aims.horizon)
        problem = _window(returns, aims, last)
        found = _least(problem, _programme(problem, done))
        if found is None:
            return None
        # The last window decides all that it sees: there is nothing left to learn.
        until = last if last == aims.horizon else done.years + decided
        done = _Done(_decided(problem, found.columns, until), until)
    return done.amounts


@final
@dataclass(frozen=True, slots=True, eq=False)
class _Done:
    """What was decided, by block of columns, and for how many years."""

    amounts: dict[str, Grid]
    years: int


def _window(returns: Returns, aims: Aims, last: int) -> Problem:
    """Return the problem of the years up to `last`: an even share of targets, or all of them."""
    objective: Objective = "ray" if aims.objective in {"ray", "common"} else "labour"
    weights = None if aims.year_weights is None else aims.year_weights[:last]
    seen = replace(aims, objective=objective, years=last, year_weights=weights)
    return problem_of(returns.declared, seen, calendar_of(returns.declared, seen))


def _least(problem: Problem, programme: Programme) -> Solution | None:
    """Return the window's plan of least hours and imports, or None where there is none."""
    phi = problem.columns["fulfilment"].places
    low = programme.low.copy()
    if problem.aims.objective == "ray" and problem.calendar.wanted().any():
        high = programme.high.copy()
        high[phi] = 1.0
        most = np.zeros(len(programme.cost))
        most[phi] = 1.0
        even = solve(replace(programme, cost=most, high=high, maximise=True))
        if even.answer != "optimal":
            return None
        low[phi] = (1.0 - _SLACK) * even.objective
    found = solve(replace(programme, low=low))
    return found if found.answer == "optimal" else None


def _programme(problem: Problem, done: _Done) -> Programme:
    """Return the programme of a window with the years before it as they were decided."""
    programme = problem.programme
    low, high = programme.low.copy(), programme.high.copy()
    cost = problem.labour_cost.copy()
    price = np.nan_to_num(problem.economy.goods.import_price)
    cost[problem.columns["imports"].places] += price[:, None]
    fixed = np.zeros(len(cost), dtype=bool)
    for name, amounts in done.amounts.items():
        places = problem.columns[name].places[..., : done.years]
        low[places] = high[places] = amounts
        fixed[places] = True
    # Limits of years that are over hold as they were met, rounding included.
    over = np.asarray(abs(programme.matrix) @ ~fixed) == 0
    met = np.asarray(programme.matrix @ np.where(fixed, low, 0.0))
    row_low = np.where(over, np.minimum(programme.row_low, met), programme.row_low)
    row_high = np.where(over, np.maximum(programme.row_high, met), programme.row_high)
    return Programme(cost, programme.matrix, row_low, row_high, low, high)


def _decided(problem: Problem, columns: Vector, until: int) -> dict[str, Grid]:
    """Return what the columns decide for the years up to `until`."""
    return {
        name: columns[block.places[..., :until]]
        for name, block in problem.columns.items()
        if name != "fulfilment"
    }


def _refusal(problem: Problem) -> Draft:
    """Return why there is no plan even with all years in sight."""
    draft = Draft(
        economy=problem.economy,
        aims=problem.aims,
        calendar=problem.calendar,
        method="receding",
        status="infeasible",
        objective=float("nan"),
        fulfilment=(None,) * len(problem.calendar.years),
        conflict=conflict_of(problem),
    )
    return replace(draft, sentences=explain(draft))
