"""What things are worth in a plan: shadow prices, hours, and what binds.

Two valuations are kept apart: `objective` (duals of the first objective) and `hours` (duals of
least labour with the objective not below 0.99 of the optimum).
"""

from dataclasses import replace
from typing import Any, Final

import numpy as np

from sovplan.foundation.programme import Solution
from sovplan.foundation.shapes import Vector
from sovplan.planning.labels import Labelled, labels_of
from sovplan.planning.problem import Problem
from sovplan.records.draft import Binding, Limit, Plan, Valuation

_SMALL: Final = 1e-9
"""Relative size below which a price is rounding and nothing else."""
_KINDS: Final = (
    "capacity",
    "labour",
    "resource",
    "trade",
    "credit",
    "drawing",
    "growth",
    "import_cap",
    "export_cap",
    "stock_limit",
    "migration",
    "floor",
    "terminal",
    "stock_end",
    "least_investment",
    "no_waste",
    "cap",
)
"""Limits that can be told to bind; balances and targets tie things together instead."""


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


def bindings_of(
    problem: Problem, first: Solution, near: Solution | None, plan: Plan
) -> tuple[Binding, ...]:
    """Return the limits that bind, those first that save most hours when relaxed by 1 %.

    Where no hours are known the price in the objective orders them.
    """
    labels = [label for label in labels_of(problem) if label.limit.kind in _KINDS]
    price = _prices(problem, labels, first, problem.programme.cost)
    hours = np.zeros(len(labels))
    if near is not None:
        hours = _prices(problem, labels, near, problem.labour_cost)
    found = []
    for label, worth, cost in zip(labels, price.tolist(), hours.tolist(), strict=True):
        if worth > 0 or cost > 0:
            limit = replace(label.limit, amount=_whole(problem, plan, label.limit))
            found.append(Binding(limit, worth, cost, 0.01 * cost * abs(limit.amount)))
    return tuple(sorted(found, key=lambda binding: (-binding.saved, -binding.price)))


def _whole(problem: Problem, plan: Plan, limit: Limit) -> float:
    """Return the whole amount of a limit, of which its row may hold only what is given."""
    economy, years = problem.economy, problem.calendar.years
    year = years.index(limit.year) if limit.year in years else 0
    if limit.kind == "capacity":
        return float(plan.capacity[economy.plants.names.index(limit.name), year])
    if limit.kind == "labour":
        skill = economy.techniques.skills.index(limit.name)
        return float(plan.labour_available[skill, year])
    if limit.kind == "trade":
        return float(np.nan_to_num(economy.goods.import_price) @ plan.imports[:, year])
    if limit.kind in {"growth", "terminal"}:
        good = economy.goods.names.index(limit.name)
        if limit.kind == "growth":
            return float(plan.output[good, year])
        return float(np.asarray(economy.plants.building @ plan.capacity[:, -1])[good])
    return limit.amount


def _prices(problem: Problem, labels: list[Labelled], found: Solution, cost: Vector) -> Vector:
    """Return the worth of relaxing each limit by one unit; rounding is set to zero."""
    matrix = problem.programme.matrix
    reduced = cost - np.asarray(matrix.T @ found.duals)
    values = np.array(
        [
            found.duals[label.place] if label.where == "row" else reduced[label.place]
            for label in labels
        ]
    )
    # In the maximum a limit from above is worth +y, one from below -y; in the minimum the reverse.
    upward = np.array([1.0 if label.upper else -1.0 for label in labels])
    maximise = problem.programme.maximise and cost is problem.programme.cost
    worth = values * upward * (1.0 if maximise else -1.0)
    sides = np.array([abs(label.limit.amount) for label in labels])
    most = float(np.max(np.abs(worth * sides), initial=0.0))
    return np.where(worth * np.maximum(sides, 1e-300) > _SMALL * most, worth, 0.0)


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
