"""What things are worth in a plan: shadow prices, hours, and what binds.

Two valuations are kept apart: `objective` (duals of the first objective) and `hours` (duals of
least labour with the objective not below 0.99 of the optimum).
"""

from dataclasses import dataclass, replace
from typing import Any, Final, final

import numpy as np
from scipy.sparse import csr_array, hstack

from sovplan.foundation.programme import Solution
from sovplan.foundation.shapes import Sparse, Vector
from sovplan.planning.labels import Labelled, labels_of
from sovplan.planning.problem import Problem
from sovplan.records.draft import Binding, Plan, Valuation

_SMALL: Final = 1e-9
"""Share of the largest term beside it up to which a price is rounding and nothing else."""
_KINDS: Final = (
    "capacity",
    "labour",
    "resource",
    "trade",
    "credit",
    "drawing",
    "repayment",
    "growth",
    "import_cap",
    "export_cap",
    "stock_limit",
    "migration",
    "floor",
    "wanted",
    "satiation",
    "terminal",
    "stock_end",
    "least_investment",
    "no_waste",
    "waste",
    "cap",
)
"""Limits that can be told to bind; balances tie things together instead, as do common targets."""


def valuation_of(problem: Problem, duals: Vector, unit: str) -> Valuation:
    """Return what one more unit of anything is worth, from the duals of a programme.

    Worth is positive: more of the objective, or fewer hours, for one more unit to hand.
    """
    economy, horizon = problem.economy, len(problem.calendar.years)
    # A demand raised by one unit lowers a maximum and raises a minimum.
    sign = -1.0 if unit == "objective" and problem.programme.maximise else 1.0
    techniques = economy.techniques
    terminal = np.zeros(len(economy.goods))
    block = problem.rows.get("terminal")
    if block is not None:
        places = [economy.goods.names.index(name) for name in block.names]
        terminal[places] = sign * duals[block.places]
    return Valuation(
        "hours" if unit == "hours" else "objective",
        sign * problem.duals("balance", duals, (len(economy.goods), horizon)),
        -sign * problem.duals("capacity", duals, (len(economy.plants), horizon)),
        -sign * problem.duals("labour", duals, (len(techniques.skills), horizon)),
        -sign * problem.duals("resource", duals, (len(techniques.resources), horizon)),
        sign * problem.duals("trade", duals, (horizon,)),
        terminal,
    )


@final
@dataclass(frozen=True, slots=True)
class Bound:
    """A limit that binds, and where it stands in the programme."""

    label: Labelled
    binding: Binding


def bounds_of(
    problem: Problem, first: Solution, near: Solution | None, plan: Plan
) -> tuple[Bound, ...]:
    """Return the limits that bind.

    First stand those with a price in the objective, by what one per cent more of each would bring;
    then the others, by the hours that one per cent would save. Both are rates: the dual times one
    per cent. For the objective that is the most that such a step can do; for hours it is the rate
    of another plan, near the optimum, and no bound.

    Parameters
    ----------
    problem, plan
        The problem and its plan, which gives limits their amounts where these depend on it.
    first
        Solution of the first objective.
    near
        Solution of least labour near the optimum, the dual of its objective's row last.
    """
    labels = [label for label in labels_of(problem) if _can_bind(problem, label.limit.kind)]
    price = _prices(problem, labels, first)
    hours = np.zeros(len(labels)) if near is None else _hours(problem, labels, near)
    found = []
    for label, worth, cost in zip(labels, price.tolist(), hours.tolist(), strict=True):
        if worth > 0 or cost > 0:
            limit = replace(label.limit, amount=whole_amount(problem, plan, label))
            binding = Binding(limit, worth, cost, 0.01 * cost * abs(limit.amount))
            found.append(Bound(label, binding))
    if problem.aims.objective == "labour":
        return tuple(sorted(found, key=lambda bound: -bound.binding.saved))
    return tuple(sorted(found, key=_order))


def _order(bound: Bound) -> tuple[bool, float, float]:
    binding = bound.binding
    gain = binding.price * abs(binding.limit.amount)
    return binding.price <= 0, -gain if binding.price > 0 else -binding.saved, -binding.price


def _can_bind(problem: Problem, kind: str) -> bool:
    return kind in _KINDS or (kind == "output_target" and problem.aims.objective == "labour")


def whole_amount(problem: Problem, plan: Plan, label: Labelled) -> float:
    """Return the whole amount of a limit, of which its row may hold only what is given."""
    economy, limit = problem.economy, label.limit
    years = problem.calendar.years
    year = years.index(limit.year) if limit.year in years else 0
    if limit.kind == "capacity":
        return float(plan.capacity[economy.plants.names.index(limit.name), year])
    if limit.kind == "labour":
        skill = economy.techniques.skills.index(limit.name)
        return float(plan.labour_available[skill, year])
    if limit.kind == "trade":
        return _paid(problem, plan, year)
    if limit.kind in _BY_GOOD:
        amounts = {
            "growth": plan.output,
            "waste": plan.output + plan.imports,
            "no_waste": plan.consumption,
        }
        return float(amounts[limit.kind][economy.goods.names.index(limit.name), year])
    return label.given


_BY_GOOD: Final = frozenset({"growth", "waste", "no_waste"})
"""Limits whose amount is a quantity of a good in the plan."""


def _paid(problem: Problem, plan: Plan, year: int) -> float:
    """Return the foreign money that is paid in a year: for imports, and back to lenders."""
    economy, outside = problem.economy, problem.economy.extensions.trade
    bill = float(np.nan_to_num(economy.goods.import_price) @ plan.imports[:, year])
    credit = float(problem.calendar.credit[year] + plan.credit[year])
    return bill + max(-credit, 0.0) + (0.0 if outside is None else outside.other_imports)


def _prices(problem: Problem, labels: list[Labelled], found: Solution) -> Vector:
    """Return the worth, in the unit of the objective, of relaxing each limit by one unit."""
    programme = problem.programme
    taken = programme.matrix.T.multiply(found.duals)
    worth = _worth(labels, found.duals, programme.cost, csr_array(taken))
    return worth if programme.maximise else 0.0 - worth


def _hours(problem: Problem, labels: list[Labelled], near: Solution) -> Vector:
    """Return the hours saved by relaxing each limit by one unit, near the optimum."""
    if problem.aims.objective == "labour":
        return _prices(problem, labels, near)
    programme, duals = problem.programme, near.duals
    rows = csr_array(programme.matrix.T.multiply(duals[:-1]))
    taken = csr_array(hstack([rows, csr_array(duals[-1] * programme.cost[:, None])]))
    return 0.0 - _worth(labels, duals, problem.labour_cost, taken)


def _worth(labels: list[Labelled], duals: Vector, cost: Vector, taken: Sparse) -> Vector:
    """Return the change of the objective for one unit by which each limit is relaxed.

    A dual counts where it is not rounding beside the largest term of some column that it enters,
    and a reduced cost where it is not rounding beside the terms of its own column: then nothing
    depends on units, nor on whether the side of a row happens to be 0.

    Parameters
    ----------
    taken
        Terms a y of each column, columns x rows.
    """
    terms = abs(taken)
    largest = np.maximum(np.abs(cost), terms.max(axis=1).toarray().ravel())
    scale = np.divide(1.0, largest, out=np.zeros_like(largest), where=largest > 0)
    by_row = csr_array(terms.multiply(scale[:, None])).max(axis=0).toarray().ravel()
    reduced = cost - np.asarray(taken.sum(axis=1)).ravel()
    values = np.zeros(len(labels))
    for place, label in enumerate(labels):
        at_row = label.where == "row"
        value = (duals if at_row else reduced)[label.place]
        size = by_row[label.place] if at_row else abs(value) * scale[label.place]
        if size > _SMALL:
            values[place] = value if label.upper else -value
    return values


def facts_of(plan: Plan) -> dict[str, Any]:
    """Return further numbers of a draft: capital kept, waste, hours."""
    capacity = plan.capacity
    opening = np.where(capacity[:, 0] > 0, capacity[:, 0], np.nan)
    size = np.maximum(plan.output + plan.imports, 1e-300)
    return {
        "capacity_ratio": capacity[:, -1] / opening,
        "waste_share": np.where(plan.output + plan.imports > 0, plan.waste / size, 0.0),
        "hours": float(plan.labour_used.sum()),
    }
