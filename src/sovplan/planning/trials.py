"""What one per cent more of a limit does, found by solving again.

A dual is the slope of the first small step. At the optimum itself slopes are steep and end soon:
on `federation-12` the dual of hours promises fifteen times what one per cent then brings. So what
is said of the first limits is not reckoned from duals: the problem is solved again.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, TypeAlias, final

from sovplan.foundation.errors import SolverFailed
from sovplan.foundation.programme import Programme, Solution
from sovplan.foundation.solver import solve
from sovplan.planning.foremost import STEP, TRIED, Thing, Worth, things_of
from sovplan.planning.labels import Labelled, labels_of
from sovplan.planning.problem import Problem
from sovplan.planning.valuation import Bound, whole_amount
from sovplan.records.draft import Plan

_NOTHING: Final = 1e-9
"""Relative size of a change that is rounding."""
Limited: TypeAlias = tuple[Labelled, float]
"""A limit and its whole amount."""


@final
@dataclass(frozen=True, slots=True, eq=False)
class Held:
    """What binds in a plan: the problem, the plan and the limits with a price."""

    problem: Problem
    plan: Plan
    bounds: Sequence[Bound]


def tried(held: Held, programme: Programme, base: Solution, worth: Worth) -> dict[str, Any]:
    """Return what one per cent more of the first things does to the objective of a programme.

    Parameters
    ----------
    held
        What binds.
    programme, base
        With the first objective, or of least labour with the objective of the plan; and its
        solution.
    worth
        By which price the things are chosen: `price` for the first objective, else `hours`.

    Returns
    -------
    dict
        By key of the thing: `amount`, change of the objective, 0 where there is none, and `years`
        in which the thing was relaxed. These are the years in which it has a price; or all, where
        that changes nothing: of years that hold the objective together, duals name any. A thing
        whose limits are all 0, or of which the solver does not tell, is left out.
    """
    found = {}
    for thing in things_of([bound.binding for bound in held.bounds], worth)[:TRIED]:
        if thing.rate <= 0:
            continue
        chosen = [held.bounds[place] for place in thing.places]
        priced = [(bound.label, bound.binding.limit.amount) for bound in chosen]
        amount, years = _change(programme, base, priced, thing), thing.years
        if amount == 0.0:
            every = _all_years(held, thing)
            years = tuple(sorted(label.limit.year for label, _ in every if label.limit.year))
            amount = _change(programme, base, every, thing)
        if amount is not None:
            found[thing.key] = {"amount": amount, "years": years}
    return found


def _all_years(held: Held, thing: Thing) -> list[Limited]:
    return [
        (label, whole_amount(held.problem, held.plan, label))
        for label in labels_of(held.problem)
        if (label.limit.kind, label.limit.name) == (thing.kind, thing.name)
    ]


def _change(
    programme: Programme, base: Solution, limits: Iterable[Limited], thing: Thing
) -> float | None:
    try:
        again = solve(_relaxed(programme, limits), start=base.basis)
    except SolverFailed:
        return None
    if again.answer != "optimal":
        return None
    change = abs(again.objective - base.objective)
    # A change that is rounding beside the objective, or beside what the dual promises.
    return change if change > _NOTHING * max(abs(base.objective), thing.rate) else 0.0


def _relaxed(programme: Programme, limits: Iterable[Limited]) -> Programme:
    """Return a programme in which some limits hold less strictly by a share of their amount."""
    sides = {name: getattr(programme, name).copy() for name in _SIDES.values()}
    for label, amount in limits:
        step = STEP * abs(amount)
        sides[_SIDES[label.where, label.upper]][label.place] += step if label.upper else -step
    return replace(programme, **sides)


_SIDES: Final = {
    ("row", False): "row_low",
    ("row", True): "row_high",
    ("low", False): "low",
    ("high", True): "high",
}
"""Which sides of a programme a limit stands on, by where it is and whether it holds from above."""
