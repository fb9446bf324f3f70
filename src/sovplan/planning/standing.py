"""Where a plan stands, whatever method it came from: feasible, how far from the best, how wasteful.

Every published procedure is held against the same page, in the same words.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final

import numpy as np

from sovplan.foundation.numbers import figure, percent
from sovplan.foundation.residuals import primal_residual
from sovplan.foundation.shapes import GoodsYears, TechniquesYears, Vector, YearsVector
from sovplan.foundation.solver import solve
from sovplan.foundation.words import say
from sovplan.planning.broken import broken_limits, broken_words
from sovplan.planning.certificate import proven_bound
from sovplan.planning.content import labour_content
from sovplan.planning.problem import Problem
from sovplan.planning.quantities import plan_of
from sovplan.planning.valuation import facts_of
from sovplan.records.draft import Conflict, Draft, Plan
from sovplan.records.economy import Economy

_WASTED: Final = 1e-9
"""Share of a good left over from which waste is told from rounding."""
_NO_SHARE: Final = 1e12
"""A fulfilment that lets all consumption count, whatever share of a target it is."""


def put_forward(
    problem: Problem,
    columns: Vector,
    method: str,
    *,
    told: tuple[str, ...] = (),
    facts: dict[str, Any] | None = None,
) -> Draft:
    """Return the draft of a method, held against every limit and against the best plan.

    Parameters
    ----------
    problem
        The planning problem that the method answers in its own way.
    columns
        What it decides; the fulfilment is reckoned here.
    method
        Its name.
    told, facts
        What it has to say of its own.

    Returns
    -------
    Draft
        Status `feasible` with the plan, or `infeasible` with the limits that it would break. In
        `facts`: `distance` from the optimum, relative to it (nan where there is none), `best`, its
        objective, `bound`, what no plan can pass, proven from the prices of the best plan by
        `certificate`, `proven`, the distance from that bound, and `primal`, the greatest residual
        of a limit.
    """
    shares = shares_of(
        problem, problem.take("activity", columns), problem.take("consumption", columns)
    )
    columns = _with_fulfilment(problem, columns, shares)
    broken = broken_limits(problem, columns)
    reached = float("nan") if broken else float(problem.programme.cost @ columns)
    draft = Draft(
        economy=problem.economy,
        aims=problem.aims,
        calendar=problem.calendar,
        method=method,
        status="infeasible" if broken else "feasible",
        objective=reached,
        fulfilment=tuple(None if np.isinf(share) else float(share) for share in shares),
    )
    more = {"primal": primal_residual(problem.programme, columns)} | (facts or {})
    if broken:
        # Of a plan that cannot be carried out no share of a target is reached.
        draft = replace(draft, fulfilment=(None,) * len(draft.years))
        limits = tuple(change.limit for change in broken)
        draft = replace(draft, conflict=Conflict(limits, broken))
        told = (*_broken_sentences(draft), *told)
        return replace(draft, facts=more, sentences=told)
    plan = plan_of(problem, _counted(problem, columns))
    content, by_hours = labour_content(problem.economy, problem.aims, plan, None)
    more |= facts_of(plan) | {"content_by_hours": by_hours} | distance_facts(problem, reached)
    draft = replace(draft, plan=plan, labour_content=content, facts=more)
    return replace(draft, sentences=(*_sentences(draft, plan), *told))


def worth_of(problem: Problem, columns: Vector) -> float:
    """Return the objective that columns reach; nan where they break a limit.

    What `put_forward` finds, without the best plan beside it: for a search over plans.
    """
    shares = shares_of(
        problem, problem.take("activity", columns), problem.take("consumption", columns)
    )
    columns = _with_fulfilment(problem, columns, shares)
    if broken_limits(problem, columns):
        return float("nan")
    return float(problem.programme.cost @ columns)


def shares_of(problem: Problem, activity: TechniquesYears, consumption: GoodsYears) -> YearsVector:
    """Return the least share of any target that is met in each year; inf without a target.

    A target of kind output counts from its base.
    """
    calendar, outputs = problem.calendar, problem.economy.techniques.outputs
    asked = calendar.output_target - calendar.output_base
    above = np.asarray(outputs @ activity) - calendar.output_base
    shares = [
        np.divide(value, target, out=np.full(target.shape, np.inf), where=target > 0)
        for value, target in ((consumption, calendar.target), (above, asked))
    ]
    return np.asarray(np.minimum(*shares).min(axis=0, initial=np.inf))


def _with_fulfilment(problem: Problem, columns: Vector, shares: YearsVector) -> Vector:
    """Return the columns with the greatest fulfilment that they give, within its bounds."""
    columns = columns.copy()
    place = problem.columns["fulfilment"].places
    found = np.where(np.isfinite(shares), shares, 0.0)
    if problem.aims.objective == "ray":
        found = np.full(place.shape, shares.min(initial=np.inf))
    high = problem.programme.high[place]
    columns[place] = np.clip(np.where(np.isfinite(found), found, 0.0), 0.0, high)
    if problem.aims.objective == "weighted":
        wants = problem.columns["consumption"].places
        columns[wants] = np.minimum(columns[wants], problem.programme.high[wants])
    return columns


def _counted(problem: Problem, columns: Vector) -> Vector:
    """Return the columns with a fulfilment under which no consumption is taken for waste."""
    columns = columns.copy()
    columns[problem.columns["fulfilment"].places] = _NO_SHARE
    return columns


def distance_facts(problem: Problem, reached: float) -> dict[str, float]:
    """Return how far an objective is from the best, and from what is proven that none can pass."""
    found = solve(problem.programme)
    best, bound = float("nan"), float("nan")
    if found.answer == "optimal":
        best, bound = found.objective, proven_bound(problem.programme, found.duals)
    return {
        "best": best,
        "bound": bound,
        "distance": _distance(problem, reached, best),
        "proven": _distance(problem, reached, bound),
    }


def _distance(problem: Problem, reached: float, best: float) -> float:
    gap = best - reached if problem.programme.maximise else reached - best
    return gap / max(abs(best), 1e-12)


def _broken_sentences(draft: Draft) -> Iterator[str]:
    assert draft.conflict is not None
    changes = draft.conflict.changes
    yield say("standing.broken", count=len(changes))
    yield from broken_words(draft, changes)


def _sentences(draft: Draft, plan: Plan) -> Iterator[str]:
    yield say("standing.plan", first=draft.years[0], last=draft.years[-1])
    yield distance_words(draft, (draft.facts or {})["best"])
    yield _waste(draft.economy, plan, draft.years)


def distance_words(draft: Draft, best: float) -> str:
    """Return how far a plan is from the best one, in the words of every method."""
    facts, objective = draft.facts or {}, draft.aims.objective
    show = percent if objective in {"ray", "common"} else figure
    return say(
        f"standing.distance.{objective}",
        reached=show(draft.objective),
        best=show(best),
        gap=percent(max(0.0, facts["proven"])),
        unit=draft.economy.hours_unit,
    )


def _waste(economy: Economy, plan: Plan, years: tuple[int, ...]) -> str:
    there = plan.output + plan.imports
    share = np.divide(plan.waste, there, out=np.zeros_like(there), where=there > 0)
    good, year = np.unravel_index(int(share.argmax()), share.shape)
    if share[good, year] <= _WASTED:
        return say("standing.no_waste")
    title, most = economy.goods.titles[int(good)], percent(float(share[good, year]))
    return say("standing.waste", good=title, year=years[int(year)], share=most)
