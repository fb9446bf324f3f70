"""The draft that amendments are held against: its plan, and its programmes kept in the solver."""

from dataclasses import dataclass, replace
from typing import final

import numpy as np

from sovplan.foundation.errors import PlanningError
from sovplan.foundation.held import Held, Mark
from sovplan.foundation.programme import Basis, Solution
from sovplan.foundation.shapes import GoodsYears, Vector
from sovplan.foundation.solver import solve
from sovplan.foundation.words import say
from sovplan.planning.amending.near import Near, near_of
from sovplan.planning.limits import problem_of
from sovplan.planning.optimum import (
    NEAR,
    TIE,
    Solved,
    draft_of,
    least_labour_programme,
    solved_further,
)
from sovplan.planning.problem import Problem
from sovplan.planning.reach import Reach, reach
from sovplan.records.aims import Aims
from sovplan.records.aimsfile import check_aims
from sovplan.records.calendar import calendar_of
from sovplan.records.draft import Draft, Plan
from sovplan.records.returns import Returns


@final
@dataclass(frozen=True, slots=True, eq=False)
class Work:
    """Least labour with the objective held, as the last row of programmes kept in the solver.

    Parameters
    ----------
    level, at_level
        The programme with 0.99 of the optimum held, and its mark.
    best, at_best
        The programme with all of it held, as in the tie-break, and its mark.
    """

    level: Held
    at_level: Mark
    best: Held
    at_best: Mark


@final
@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """A draft made ready for amendments.

    Parameters
    ----------
    problem, draft
        The planning problem and its best plan.
    plan
        The plan of the draft.
    columns
        x0, the columns of that plan: consumption without what nobody counts.
    basis
        Where the solver ended with the first objective.
    objective
        Value of the first objective.
    aim, at_best
        The programme of the aims kept in the solver, and the mark of its optimum.
    work
        The programme of least labour; None where least labour is the objective itself.
    near
        The problem near the draft.
    reach
        How great each column can be at all, for the proofs.
    """

    problem: Problem
    draft: Draft
    plan: Plan
    columns: Vector
    basis: Basis | None
    objective: float
    aim: Held
    at_best: Mark
    work: Work | None
    near: Near
    reach: Reach

    @property
    def sign(self) -> float:
        """1 where the objective is to be great, -1 where it is to be small."""
        return 1.0 if self.problem.programme.maximise else -1.0

    @property
    def content(self) -> GoodsYears:
        """Labour content of each good in the draft; 0 where it has none."""
        content = self.draft.labour_content
        assert content is not None
        return np.nan_to_num(content)


def ground_of(returns: Returns, aims: Aims | None = None, *, years: int | None = None) -> Ground:
    """Return the best plan for the aims, ready for amendments.

    Parameters
    ----------
    returns, aims, years
        As for `sovplan.planning.optimum.optimum`.

    Raises
    ------
    DataError
        The aims cannot be pursued in this economy.
    PlanningError
        There is no best plan that could be amended.
    """
    aims = (aims or Aims()).over(years)
    economy = returns.declared
    check_aims(aims, economy)
    problem = problem_of(economy, aims, calendar_of(economy, aims))
    first = solve(problem.programme)
    if first.answer != "optimal":
        raise PlanningError(say("amendments.no_draft", status=first.answer))
    found = solved_further(problem, first)
    draft = draft_of(problem, found, thorough=False)
    assert draft.plan is not None
    aim = Held(problem.programme, start=first.basis)
    aim.solve()
    columns = _columns(problem, draft, draft.plan)
    ended = first if found.least is None else found.least
    return Ground(
        problem,
        draft,
        draft.plan,
        columns,
        first.basis,
        first.objective,
        aim,
        aim.mark(),
        None if aims.objective == "labour" else _work(problem, found),
        near_of(problem, draft.plan, columns, ended.basis),
        _reach(problem),
    )


def _reach(problem: Problem) -> Reach:
    """Return what columns can be at most where people may have more than they need."""
    high = problem.programme.high.copy()
    high[problem.columns["consumption"].places] = np.inf
    wide = replace(problem.programme, high=high)
    return Reach(wide, reach(wide))


def _work(problem: Problem, found: Solved) -> Work:
    """Return the programmes of least labour at both levels of the aim, kept in the solver."""
    objective = found.first.objective
    level = _held(problem, NEAR * objective, found.near)
    best = _held(problem, held_level(objective), found.least or found.near)
    return Work(level, level.mark(), best, best.mark())


def _held(problem: Problem, least: float, ended: Solution | None) -> Held:
    """Return least labour at a level of the aim, solved, from where a draft ended."""
    start = None if ended is None else ended.basis
    held = Held(least_labour_programme(problem, least), start=start)
    held.solve()
    return held


def held_level(objective: float) -> float:
    """Return the objective that a plan of least labour keeps, as in the tie-break of a draft."""
    return objective - TIE * abs(objective)


def _columns(problem: Problem, draft: Draft, plan: Plan) -> Vector:
    """Return the columns of the programme that a plan stands for."""
    columns = np.zeros(len(problem.programme.cost))
    amounts = {
        "activity": plan.activity,
        "ordered": plan.ordered,
        "stock": plan.stock,
        "imports": plan.imports,
        "exports": plan.exports,
        "consumption": plan.consumption,
        "migrants": plan.migrants,
        "credit": plan.credit,
    }
    for name, values in amounts.items():
        block = problem.columns.get(name)
        if block is not None:
            columns[block.places] = values
    if problem.aims.objective in {"ray", "common"}:
        phi = np.array([0.0 if share is None else share for share in draft.fulfilment])
        place = problem.columns["fulfilment"].places
        columns[place] = phi.max() if problem.aims.objective == "ray" else phi
    return columns
