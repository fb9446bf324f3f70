"""Quantities of a plan from the columns of its programme, reckoned forward from its decisions."""

import numpy as np

from sovplan.foundation.shapes import GoodsYears, Grid, PlantsYears, Vector
from sovplan.planning.capital import committed, opening_capacity
from sovplan.planning.problem import Problem
from sovplan.records.draft import Plan
from sovplan.records.economy import Economy, Plants


def plan_of(problem: Problem, columns: Vector) -> Plan:
    """Return the plan that the columns stand for.

    Activities, orders, stocks, trade and consumption are taken over; everything else is reckoned
    from them. Consumption beyond what the objective counts is waste, except of goods of which
    nothing may be wasted.
    """
    economy, calendar = problem.economy, problem.calendar
    techniques, extensions = economy.techniques, economy.extensions
    activity = _taken(problem, "activity", columns)
    ordered = _taken(problem, "ordered", columns)
    stock, consumption = _taken(problem, "stock", columns), _consumption(problem, columns)
    imports, exports = _taken(problem, "imports", columns), _taken(problem, "exports", columns)
    migrants, credit = problem.take("migrants", columns), problem.take("credit", columns)
    output, used = techniques.outputs @ activity, techniques.inputs @ activity
    lost = (1.0 - extensions.kept(len(economy.goods)))[:, None] * output
    investment = investment_of(economy.plants, ordered) + committed(economy, ordered.shape[1])
    moved = _moved(economy, migrants)
    hours = _hours(problem, migrants)
    kept = (1.0 - economy.goods.spoilage)[:, None]
    before = np.column_stack([economy.goods.stock, stock[:, :-1]])
    sources = output - lost + imports + kept * before
    uses = used + investment + consumption + calendar.public + moved + exports + stock
    balance = _trade_balance(problem, imports, exports) + credit
    return Plan(
        activity,
        ordered,
        capacity_of(economy, ordered),
        output,
        lost,
        used,
        investment,
        imports,
        exports,
        stock,
        consumption,
        calendar.public,
        moved,
        sources - uses,
        migrants,
        credit,
        techniques.labour @ activity,
        hours,
        techniques.resource_use @ activity,
        calendar.resources,
        balance,
    )


def investment_of(plants: Plants, ordered: PlantsYears) -> GoodsYears:
    """Return the goods put into plants in each year: orders are built evenly over the gestation."""
    begun = np.zeros_like(ordered)
    horizon = ordered.shape[1]
    for gestation in np.unique(plants.gestation).tolist():
        alike = np.flatnonzero(plants.gestation == gestation)
        share = ordered[alike] / gestation
        for lag in range(min(int(gestation), horizon)):
            begun[alike, lag:] += share[:, : horizon - lag]
    return np.asarray(plants.building @ begun)


def capacity_of(economy: Economy, ordered: PlantsYears) -> np.ndarray:
    """Return the capacity of each plant on the first day of each year and of the year after."""
    plants, horizon = economy.plants, ordered.shape[1]
    capacity = opening_capacity(
        plants, economy.extensions.under_construction, economy, horizon
    ).copy()
    for gestation in np.unique(plants.gestation).tolist():
        alike = np.flatnonzero(plants.gestation == gestation)
        left = 1.0 - plants.wear[alike, None]
        for order in range(horizon - gestation + 1):
            ready = order + gestation
            worn = left ** np.arange(horizon + 1 - ready)
            capacity[alike, ready:] += ordered[alike, order][:, None] * worn
    return capacity


def _hours(problem: Problem, migrants: Vector) -> Grid:
    """Return the hours there are, with those of people who have moved."""
    hours, moved = problem.calendar.labour.copy(), problem.economy.extensions.migration
    if moved is not None:
        total = np.cumsum(migrants)
        hours[moved.from_skill] -= moved.hours_lost * total
        hours[moved.to_skill] += moved.hours_won * total
    return hours


def _trade_balance(problem: Problem, imports: GoodsYears, exports: GoodsYears) -> Vector:
    """Return the foreign money left over in each year, without drawn credit."""
    goods, outside = problem.economy.goods, problem.economy.extensions.trade
    fixed = 0.0 if outside is None else outside.other_imports - outside.other_exports
    earned = np.nan_to_num(goods.export_price) @ exports
    spent = np.nan_to_num(goods.import_price) @ imports
    return np.asarray(earned - spent + problem.calendar.credit - fixed)


def _taken(problem: Problem, name: str, columns: Vector) -> np.ndarray:
    # A solver may leave -1e-12 where 0 is meant; no quantity of a plan is negative.
    return np.maximum(problem.take(name, columns), 0.0)


def _consumption(problem: Problem, columns: Vector) -> GoodsYears:
    consumption = _taken(problem, "consumption", columns)
    if problem.aims.objective == "weighted":
        return consumption
    calendar = problem.calendar
    counted = np.maximum(calendar.target, calendar.floor)
    if problem.aims.objective != "labour":
        phi = np.broadcast_to(problem.take("fulfilment", columns), (len(calendar.years),))
        counted = np.maximum(calendar.target * phi, calendar.floor)
    exact = np.isin(problem.economy.goods.names, problem.aims.no_waste)[:, None]
    return np.where(exact, consumption, np.minimum(consumption, counted))


def _moved(economy: Economy, migrants: Vector) -> GoodsYears:
    moved = economy.extensions.migration
    if moved is None:
        return np.zeros((len(economy.goods), len(migrants)))
    return np.outer(moved.needs, np.cumsum(migrants))
