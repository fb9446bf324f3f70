"""The best plan that the returns allow, with its proof.

Solves the planning problem whole by linear programming. An upper bound with perfect foresight and
no disorder: not a forecast.
"""

from dataclasses import dataclass, replace
from typing import Any, Final, final

import numpy as np
from scipy.sparse import csc_array, csr_array, vstack

from sovplan.foundation.errors import SolverFailed
from sovplan.foundation.programme import Basis, Programme, Solution
from sovplan.foundation.shapes import Vector
from sovplan.foundation.solver import Engine, is_large, solve
from sovplan.planning.certificate import certify
from sovplan.planning.conflict import conflict_of, unlimited_of
from sovplan.planning.content import labour_content
from sovplan.planning.explain import explain
from sovplan.planning.inside import solve_inside
from sovplan.planning.leftovers import none_wasted
from sovplan.planning.limits import problem_of
from sovplan.planning.problem import Problem
from sovplan.planning.quantities import plan_of
from sovplan.planning.trials import Held, tried
from sovplan.planning.valuation import bounds_of, facts_of, valuation_of
from sovplan.records.aims import Aims
from sovplan.records.aimsfile import check_aims
from sovplan.records.calendar import calendar_of
from sovplan.records.draft import Draft
from sovplan.records.returns import Returns

TIE: Final = 1e-9
"""How far, relative, the first objective may be given up in the tie-break."""
INSIDE: Final = 1e-6
"""The same where the first objective was found from the inside."""
NEAR: Final = 0.99
"""Share of the optimum at which the valuation in hours is taken."""


@final
@dataclass(frozen=True, slots=True, eq=False)
class Start:
    """Where an earlier draft ended; a similar problem starts there."""

    first: Basis | None
    shape: tuple[int, int]


def optimum(
    returns: Returns,
    aims: Aims | None = None,
    *,
    years: int | None = None,
    start: Start | None = None,
    engine: Engine = "choose",
    thorough: bool = True,
) -> Draft:
    """Return the best plan for the aims that what was declared allows.

    Parameters
    ----------
    returns
        What was declared.
    aims
        What the plan is for; the economy's own needs and the defaults if None.
    years
        Number of years in place of that of the aims.
    start
        The end of an earlier draft of a problem of the same shape.
    engine
        Which algorithm of the solver; by size if not said. `inside` is a method of our own for
        large problems (decision record 0009): sooner done, with a gap and residuals of about 1e-8.
    thorough
        Whether to solve again for what is only told beside the plan: what one per cent more of the
        first things that bind does, and what is reached with nothing left over.

    Returns
    -------
    Draft
        Status `optimal` with plan, prices and certificate; `infeasible` with the demands that
        contradict each other and the least change; `unbounded` with what is without limit.

    Raises
    ------
    DataError
        The aims cannot be pursued in this economy.
    SolverFailed
        The solver gave no answer.
    """
    return solve_problem(returns, aims, years=years, start=start, engine=engine, thorough=thorough)[
        0
    ]


def solve_problem(
    returns: Returns,
    aims: Aims | None = None,
    *,
    years: int | None = None,
    start: Start | None = None,
    engine: Engine = "choose",
    thorough: bool = True,
) -> tuple[Draft, Start]:
    """Return the draft of `optimum` and where a similar problem may start."""
    aims = (aims or Aims()).over(years)
    economy = returns.declared
    check_aims(aims, economy)
    problem = problem_of(economy, aims, calendar_of(economy, aims))
    basis = start.first if start and start.shape == problem.programme.matrix.shape else None
    first = _first(problem, basis, engine)
    end = Start(first.basis, problem.programme.matrix.shape)
    if first.answer == "optimal":
        found = solved_further(problem, first, engine)
        return draft_of(problem, found, engine, thorough=thorough), end
    return _refusal(problem, first), end


def _first(problem: Problem, basis: Basis | None, engine: Engine) -> Solution:
    """Return the solution for the objective; from the inside only where that comes to an end."""
    if engine == "inside":
        try:
            return solve_inside(problem)
        except SolverFailed:
            engine = "choose"
    return solve(problem.programme, start=basis, engine=engine)


@final
@dataclass(frozen=True, slots=True, eq=False)
class Solved:
    """The solutions that a draft is made of.

    Parameters
    ----------
    first
        Of the first objective, with answer `optimal`.
    least
        The plan of least labour among the best; None if not asked for or not found.
    near
        Least labour with the objective not below 0.99 of the optimum, for prices in hours; None if
        not found.
    """

    first: Solution
    least: Solution | None
    near: Solution | None


def solved_further(problem: Problem, first: Solution, engine: Engine = "choose") -> Solved:
    """Return the solution of the first objective with those that a draft needs beside it.

    Parameters
    ----------
    problem, first
        The planning problem, and the solution of its first objective.
    engine
        As for `optimum`; with `primal` the tie-break goes the shorter way from the first optimum,
        and may end at another of the plans of equally little labour.
    """
    least, near = _tie_broken(problem, first, engine), _near_optimum(problem, first, engine)
    return Solved(first, least, near)


def draft_of(
    problem: Problem, found: Solved, engine: Engine = "choose", *, thorough: bool = True
) -> Draft:
    """Return the draft of a problem that has been solved.

    Parameters
    ----------
    problem
        The planning problem.
    found
        Its solutions.
    engine, thorough
        As for `optimum`.
    """
    first, least, near = found.first, found.least, found.near
    columns = first.columns if least is None else least.columns
    hours = None
    if near is not None:
        hours = valuation_of(problem, near.duals[: len(first.duals)], "hours")
    plan = plan_of(problem, columns)
    bounds = bounds_of(problem, first, near, plan)
    content, by_hours = labour_content(problem.economy, problem.aims, plan, hours)
    facts = facts_of(plan) | {"content_by_hours": by_hours} | _missing(problem, least, near)
    if thorough:
        facts |= _trials(Held(problem, plan, bounds), first, least)
        strict = none_wasted(problem, first, plan, engine)
        facts |= {} if strict is None else {"none_wasted": strict}
    draft = Draft(
        economy=problem.economy,
        aims=problem.aims,
        calendar=problem.calendar,
        method="optimum",
        status="optimal",
        objective=first.objective,
        fulfilment=fulfilment_of(problem, columns),
        plan=plan,
        shadow=valuation_of(problem, first.duals, "objective"),
        hours=hours,
        certificate=certify(problem, columns, first.duals, plan),
        labour_content=content,
        bindings=tuple(bound.binding for bound in bounds),
        facts=facts,
    )
    return replace(draft, sentences=explain(draft))


def _missing(
    problem: Problem, least: Solution | None, near: Solution | None
) -> dict[str, tuple[str, ...]]:
    """Return which of the further solutions were not found, for the draft to say so."""
    found = {"hours": near}
    if problem.aims.tie_break:
        found = {"tie_break": least, "hours": near}
    missing = tuple(name for name, solution in found.items() if solution is None)
    return {"unsolved": missing} if missing else {}


def _trials(held: Held, first: Solution, least: Solution | None) -> dict[str, dict[str, Any]]:
    """Return what one per cent more of the first things that bind brings and saves."""
    problem = held.problem
    if is_large(problem.programme):
        return {}
    if problem.aims.objective == "labour":
        return {"freed": tried(held, problem.programme, first, "hours")}
    found = {"gained": tried(held, problem.programme, first, "price")}
    if least is not None:
        programme = least_labour_programme(problem, _held(first))
        found["freed"] = tried(held, programme, least, "hours")
    return found


def _refusal(problem: Problem, first: Solution) -> Draft:
    infeasible = first.answer == "infeasible"
    draft = Draft(
        economy=problem.economy,
        aims=problem.aims,
        calendar=problem.calendar,
        method="optimum",
        status=first.answer,
        objective=float("nan"),
        fulfilment=(None,) * len(problem.calendar.years),
        conflict=conflict_of(problem) if infeasible else None,
        unlimited=None if infeasible else unlimited_of(problem),
    )
    return replace(draft, sentences=explain(draft))


def fulfilment_of(problem: Problem, columns: Vector) -> tuple[float | None, ...]:
    """Return phi by year; None in a year without target or where there is no phi."""
    wanted = problem.calendar.wanted()
    if problem.aims.objective in {"ray", "common"}:
        phi = problem.take("fulfilment", columns)
        phi = np.broadcast_to(phi, wanted.shape)
        return tuple(float(value) if has else None for value, has in zip(phi, wanted, strict=True))
    return _met(problem, columns)


def _met(problem: Problem, columns: Vector) -> tuple[float | None, ...]:
    """Return the least share of any target of consumption that is met in each year."""
    target = problem.calendar.target
    consumption = problem.take("consumption", columns)
    share = np.divide(consumption, target, out=np.full(target.shape, np.inf), where=target > 0)
    least = share.min(axis=0, initial=np.inf)
    return tuple(float(value) if np.isfinite(value) else None for value in least)


def _tie_broken(problem: Problem, first: Solution, engine: Engine) -> Solution | None:
    """Return the plan of least labour among the best; None if not asked for or not found."""
    if not problem.aims.tie_break:
        return None
    if problem.aims.objective == "labour":
        return first
    return _least_labour(problem, first, _held(first), engine)


def _held(first: Solution) -> float:
    """Return the objective that the tie-break keeps."""
    # Without a basis the first objective is itself known to so many digits only.
    share = TIE if first.basis is not None else INSIDE
    return first.objective - share * abs(first.objective)


def _near_optimum(problem: Problem, first: Solution, engine: Engine) -> Solution | None:
    if problem.aims.objective == "labour":
        return first
    return _least_labour(problem, first, NEAR * first.objective, engine)


def _least_labour(
    problem: Problem, first: Solution, least: float, engine: Engine
) -> Solution | None:
    """Solve for least labour with the first objective not below a value; its dual comes last."""
    # Least labour lies far from the first optimum: a large problem is sooner solved anew.
    basis = None if is_large(problem.programme) else first.basis
    programme = least_labour_programme(problem, least)
    if engine == "inside" and first.basis is None:
        try:
            return solve_inside(problem, programme)
        except SolverFailed:
            return None
    if basis is None and engine == "primal":
        engine = "choose"
    start = None if basis is None else basis.with_row()
    try:
        found = solve(programme, start=start, engine=engine)
    except SolverFailed:
        # So near the edge of what is possible the solver may not tell; the draft says so.
        return None
    return found if found.answer == "optimal" else None


def least_labour_programme(problem: Problem, least: float) -> Programme:
    """Return the programme of least labour; its last row keeps the first objective.

    For the objective `labour`, which is least labour itself, the row is open.
    """
    programme = problem.programme
    by_labour = problem.aims.objective == "labour"
    row = csr_array(programme.cost[None, :])
    return Programme(
        problem.labour_cost,
        csc_array(vstack([programme.matrix, row])),
        np.append(programme.row_low, -np.inf if by_labour else least),
        np.append(programme.row_high, np.inf),
        programme.low,
        programme.high,
    )
