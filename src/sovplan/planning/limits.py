"""Every limit of the planning problem, written as rows; one function for each numbered limit.

Symbols as in the page of the problem: x activity, n orders, s stocks, m imports, e exports,
c consumption, phi fulfilment, v migrants, d credit drawn.
"""

from dataclasses import dataclass
from typing import final

import numpy as np

from sovplan.foundation.shapes import GoodsYears, Indices, Sparse, Vector
from sovplan.planning.capital import (
    committed,
    growth_of,
    opening_capacity,
    order_counts,
    terminal_sides,
)
from sovplan.planning.problem import Axes, Builder, Problem
from sovplan.records.aims import Aims
from sovplan.records.calendar import Calendar
from sovplan.records.economy import Economy


@final
@dataclass(frozen=True, slots=True, eq=False)
class Parts:
    """What every limit is written from: the inputs, the builder, and the columns added so far."""

    economy: Economy
    aims: Aims
    calendar: Calendar
    builder: Builder
    x: Indices
    n: Indices
    s: Indices
    m: Indices
    e: Indices
    c: Indices
    phi: Indices
    v: Indices | None
    d: Indices | None

    @property
    def horizon(self) -> int:
        """Number of years."""
        return len(self.calendar.years)

    def listed(self, good: Indices, year: Indices) -> Axes:
        """Return the axis of some pairs of good and year."""
        names, years = self.economy.goods.names, self.calendar.years
        return Axes(tuple(names[g] for g in good), tuple(years[t] for t in year), crossed=False)

    def by_year(self, names: tuple[str, ...]) -> Axes:
        """Return the axes of names times years."""
        return Axes(names, self.calendar.years)

    def yearly(self, name: str = "") -> Axes:
        """Return the axis of years."""
        return Axes((name,) * self.horizon, self.calendar.years, crossed=False)


def problem_of(economy: Economy, aims: Aims, calendar: Calendar) -> Problem:
    """Return the planning problem of an economy and its aims as a linear programme."""
    parts = _columns(economy, aims, calendar)
    _goods(parts)
    _capacity(parts)
    _labour_and_resources(parts)
    _trade(parts)
    _fulfilment(parts)
    _outputs_wanted(parts)
    _terminal(parts)
    _growth(parts)
    _least_investment(parts)
    labour_cost = _labour_cost(parts)
    cost, maximise = _objective(parts, labour_cost)
    builder = parts.builder
    programme = builder.programme(cost, maximise=maximise)
    return Problem(economy, aims, calendar, programme, builder.columns, builder.rows, labour_cost)


def _columns(economy: Economy, aims: Aims, calendar: Calendar) -> Parts:
    builder, horizon = Builder(), len(calendar.years)
    goods, extensions = economy.goods, economy.extensions
    grid = Axes(goods.names, calendar.years)
    once = Axes(("",) * horizon, calendar.years, crossed=False)
    inf = float("inf")
    imports = np.where(economy.importable, goods.import_cap, 0.0)[:, None]
    exports = np.where(economy.exportable, goods.export_cap, 0.0)[:, None]
    moved, drawn = extensions.migration, extensions.credit
    low, high = _consumption_bounds(aims, calendar)
    return Parts(
        economy,
        aims,
        calendar,
        builder,
        builder.add_columns("activity", Axes(economy.techniques.names, calendar.years), 0.0, inf),
        builder.add_columns("ordered", Axes(economy.plants.names, calendar.years), 0.0, inf),
        builder.add_columns("stock", grid, *_stock_bounds(economy, aims, horizon)),
        builder.add_columns("imports", grid, 0.0, imports),
        builder.add_columns("exports", grid, 0.0, exports),
        builder.add_columns("consumption", grid, low, high),
        _phi(builder, aims, calendar),
        builder.add_columns("migrants", once, 0.0, moved.most_a_year) if moved else None,
        builder.add_columns("credit", once, drawn.yearly_least, drawn.yearly_most)
        if drawn
        else None,
    )


def _phi(builder: Builder, aims: Aims, calendar: Calendar) -> Indices:
    if aims.objective == "ray":
        place = builder.add_columns(
            "fulfilment", Axes(("",), (0,), crossed=False), 0.0, float("inf")
        )
        return np.repeat(place, len(calendar.years))
    cap = float("inf") if aims.cap is None else aims.cap
    used = calendar.wanted() & (aims.objective == "common")
    axis = Axes(("",) * len(calendar.years), calendar.years, crossed=False)
    return builder.add_columns("fulfilment", axis, 0.0, np.where(used, cap, 0.0))


def _consumption_bounds(aims: Aims, calendar: Calendar) -> tuple[GoodsYears, GoodsYears]:
    needed = np.maximum(calendar.target, calendar.floor)
    low = needed if aims.objective == "labour" else calendar.floor
    if aims.objective == "weighted":
        return low, needed
    # Beyond what is needed a good is waste, not consumption: nothing else is lost by this.
    return low, np.where(needed > 0, np.inf, 0.0)


def _stock_bounds(economy: Economy, aims: Aims, horizon: int) -> tuple[GoodsYears, GoodsYears]:
    goods = economy.goods
    low = np.zeros((len(goods), horizon))
    if aims.terminal is not None:
        low[:, -1] = goods.stock
    limit = economy.extensions.stock_limit
    most = np.full(len(goods), np.inf) if limit is None else limit.copy()
    for good in aims.no_waste:
        place = goods.names.index(good)
        most[place] = min(most[place], goods.stock[place]) if limit is None else most[place]
    return low, np.repeat(most[:, None], horizon, axis=1)


def _goods(parts: Parts) -> None:
    """Limit 1: what is made, stored and imported covers all uses."""
    economy, builder, horizon = parts.economy, parts.builder, parts.horizon
    goods, techniques = economy.goods, economy.techniques
    kept = 1.0 - goods.spoilage
    low = parts.calendar.public + committed(economy, horizon)
    low[:, 0] -= kept * goods.stock
    exact = np.isin(goods.names, parts.aims.no_waste)[:, None]
    rows = builder.add_rows(
        "balance", parts.by_year(goods.names), low, np.where(exact, low, np.inf)
    )
    made = economy.extensions.kept(len(goods))
    _each_year(builder, rows, parts.x, techniques.outputs, made)
    _each_year(builder, rows, parts.x, techniques.inputs, -np.ones(len(goods)))
    builder.put(rows, parts.s, -1.0)
    builder.put(rows[:, 1:], parts.s[:, :-1], kept[:, None])
    builder.put(rows, parts.m, 1.0)
    builder.put(rows, parts.e, -1.0)
    builder.put(rows, parts.c, -1.0)
    _put_investment(parts, rows, -1.0)
    moved = economy.extensions.migration
    if moved is not None and parts.v is not None:
        for year in range(horizon):
            builder.put(rows[:, year][:, None], parts.v[None, : year + 1], -moved.needs[:, None])


def _put_investment(parts: Parts, rows: Indices, sign: float) -> None:
    """I[g,t]: orders are built evenly over the gestation; goods with place -1 have no row."""
    plants = parts.economy.plants
    building = plants.building.tocoo()
    good, plant = building.coords
    gestation = plants.gestation[plant]
    for lag in range(min(int(gestation.max(initial=0)), parts.horizon)):
        still = (gestation > lag) & (rows[good, 0] >= 0)
        amounts = (sign * building.data / gestation)[still, None]
        places = parts.n[plant[still], : parts.horizon - lag]
        parts.builder.put(rows[good[still], lag:], places, amounts)


def _capacity(parts: Parts) -> None:
    """Limit 2: no plant works beyond its capacity."""
    economy, builder, horizon = parts.economy, parts.builder, parts.horizon
    plants, works = economy.plants, economy.extensions.under_construction
    there = opening_capacity(plants, works, economy, horizon)[:, :horizon]
    rows = builder.add_rows("capacity", parts.by_year(plants.names), -np.inf, there)
    _each_year(builder, rows, parts.x, plants.load, np.ones(len(plants)))
    for lag in range(1, horizon):
        ready = np.flatnonzero(plants.gestation <= lag)
        worn = (1.0 - plants.wear[ready]) ** (lag - plants.gestation[ready])
        builder.put(rows[ready, lag:], parts.n[ready, : horizon - lag], -worn[:, None])


def _labour_and_resources(parts: Parts) -> None:
    """Limit 3: hours of each kind and resources."""
    economy, builder, calendar = parts.economy, parts.builder, parts.calendar
    techniques, moved = economy.techniques, economy.extensions.migration
    hours = builder.add_rows("labour", parts.by_year(techniques.skills), -np.inf, calendar.labour)
    _each_year(builder, hours, parts.x, techniques.labour, np.ones(len(techniques.skills)))
    if moved is not None and parts.v is not None:
        for year in range(parts.horizon):
            builder.put(hours[moved.from_skill, [year]], parts.v[: year + 1], moved.hours_lost)
            builder.put(hours[moved.to_skill, [year]], parts.v[: year + 1], -moved.hours_won)
    rows = builder.add_rows(
        "resource", parts.by_year(techniques.resources), -np.inf, calendar.resources
    )
    _each_year(builder, rows, parts.x, techniques.resource_use, np.ones(len(techniques.resources)))


def _trade(parts: Parts) -> None:
    """Limit 4: imports are paid for by exports and credit."""
    goods, extensions, builder = parts.economy.goods, parts.economy.extensions, parts.builder
    outside = extensions.trade
    fixed = 0.0 if outside is None else outside.other_imports - outside.other_exports
    rows = builder.add_rows("trade", parts.yearly(), fixed - parts.calendar.credit, np.inf)
    builder.put(rows[None, :], parts.e, np.nan_to_num(goods.export_price)[:, None])
    builder.put(rows[None, :], parts.m, -np.nan_to_num(goods.import_price)[:, None])
    if extensions.credit is not None and parts.d is not None:
        builder.put(rows, parts.d, 1.0)
        total = builder.add_rows(
            "credit", Axes(("",), (0,), crossed=False), -np.inf, extensions.credit.total
        )
        builder.put(total, parts.d, 1.0)


def _fulfilment(parts: Parts) -> None:
    """Limit 5: the share phi of the basket that people get; floors are bounds of c."""
    builder, calendar, aims = parts.builder, parts.calendar, parts.aims
    exact = np.isin(parts.economy.goods.names, aims.no_waste)[:, None]
    if aims.objective in {"ray", "common"}:
        good, year = np.nonzero(calendar.target > 0)
        rows = builder.add_rows("target", parts.listed(good, year), 0.0, np.inf)
        builder.put(rows, parts.c[good, year], 1.0)
        builder.put(rows, parts.phi[year], -calendar.target[good, year])
        good, year = np.nonzero(exact & (np.maximum(calendar.target, calendar.floor) > 0))
        most = calendar.floor[good, year]
        rows = builder.add_rows("no_waste", parts.listed(good, year), -np.inf, most)
        builder.put(rows, parts.c[good, year], 1.0)
        builder.put(rows, parts.phi[year], -calendar.target[good, year])
    elif aims.objective == "labour":
        good, year = np.nonzero(exact & (np.maximum(calendar.target, calendar.floor) > 0))
        most = np.maximum(calendar.target, calendar.floor)[good, year]
        rows = builder.add_rows("no_waste", parts.listed(good, year), -np.inf, most)
        builder.put(rows, parts.c[good, year], 1.0)


def _outputs_wanted(parts: Parts) -> None:
    """Limit 5, targets of kind output: gross output, own use included."""
    calendar, builder = parts.calendar, parts.builder
    good, year = np.nonzero(calendar.output_target > 0)
    target, base = calendar.output_target[good, year], calendar.output_base[good, year]
    by_effort = parts.aims.objective == "labour"
    rows = builder.add_rows(
        "output_target", parts.listed(good, year), target if by_effort else base, np.inf
    )
    _put_output(parts, rows, good, year, 1.0)
    if not by_effort:
        builder.put(rows, parts.phi[year], base - target)


def _put_output(
    parts: Parts, rows: Indices, good: Indices, year: Indices, values: float | Vector
) -> None:
    """Put (B x_t)_g times a value into each row."""
    outputs = parts.economy.techniques.outputs
    counts = np.diff(outputs.indptr)[good]
    row = np.repeat(np.arange(len(good)), counts)
    starts = np.repeat(outputs.indptr[good], counts)
    within = np.arange(len(row)) - np.repeat(np.cumsum(counts) - counts, counts)
    entry = starts + within
    amounts = np.broadcast_to(values, (len(good),))[row] * outputs.data[entry]
    parts.builder.put(rows[row], parts.x[outputs.indices[entry], year[row]], amounts)


def _terminal(parts: Parts) -> None:
    """Limit 6: goods in plants grow by rho a year; stocks at the end are bounds of s."""
    economy, horizon, rho = parts.economy, parts.horizon, parts.aims.terminal
    if rho is None:
        return
    plants = economy.plants
    built = np.unique(plants.building.tocoo().coords[0])
    needed, there = terminal_sides(economy, horizon, growth_of(rho, economy.goods.names))
    axis = Axes(tuple(economy.goods.names[g] for g in built), (0,) * len(built), crossed=False)
    rows = parts.builder.add_rows("terminal", axis, (needed - there)[built], np.inf)
    place = np.full(len(economy.goods), -1)
    place[built] = rows
    building = plants.building.tocoo()
    good, plant = building.coords
    counts = order_counts(plants, horizon)[plant]
    parts.builder.put(place[good][:, None], parts.n[plant], building.data[:, None] * counts)


def _growth(parts: Parts) -> None:
    """Extension: gross output grows at most by a share a year."""
    limits, horizon = parts.economy.extensions.growth, parts.horizon
    if limits is None:
        return
    outputs = parts.economy.techniques.outputs
    good = np.flatnonzero(np.isfinite(limits.most))
    factor = 1.0 + limits.most[good]
    names = tuple(parts.economy.goods.names[g] for g in good)
    high = np.zeros((len(good), horizon))
    high[:, 0] = factor * np.asarray(outputs @ limits.opening)[good]
    rows = parts.builder.add_rows("growth", parts.by_year(names), -np.inf, high)
    for year in range(horizon):
        here = np.full(len(good), year)
        _put_output(parts, rows[:, year], good, here, 1.0)
        if year:
            _put_output(parts, rows[:, year], good, here - 1, -factor)


def _least_investment(parts: Parts) -> None:
    """Extension: yearly use of a good for plants is not below an amount."""
    least = parts.economy.extensions.least_investment
    if least is None:
        return
    good = np.flatnonzero(least > 0)
    low = least[good][:, None] - committed(parts.economy, parts.horizon)[good]
    names = tuple(parts.economy.goods.names[g] for g in good)
    rows = parts.builder.add_rows("least_investment", parts.by_year(names), low, np.inf)
    place = np.full((len(parts.economy.goods), parts.horizon), -1)
    place[good] = rows
    _put_investment(parts, place, 1.0)


def _labour_cost(parts: Parts) -> Vector:
    techniques, weights = parts.economy.techniques, parts.aims.labour_weights
    by_skill = np.array([float(weights.get(skill, 1.0)) for skill in techniques.skills])
    cost = np.zeros(parts.builder.width)
    cost[parts.x] = np.asarray(techniques.labour.T @ by_skill)[:, None]
    return cost


def _objective(parts: Parts, labour_cost: Vector) -> tuple[Vector, bool]:
    aims, horizon = parts.aims, parts.horizon
    if aims.objective == "labour":
        return labour_cost, False
    cost = np.zeros(parts.builder.width)
    if aims.objective == "ray":
        cost[parts.phi[0]] = 1.0
    elif aims.objective == "common":
        weights = (
            np.full(horizon, 1.0 / horizon) if aims.year_weights is None else aims.year_weights
        )
        cost[parts.phi] = np.where(parts.calendar.wanted(), weights, 0.0)
    else:
        worth = [float(aims.weights.get(name, 0.0)) for name in parts.economy.goods.names]
        by_year = np.ones(horizon) if aims.year_weights is None else np.array(aims.year_weights)
        cost[parts.c] = np.array(worth)[:, None] * by_year
    return cost, True


def _each_year(
    builder: Builder, rows: Indices, columns: Indices, matrix: Sparse, factors: Vector
) -> None:
    """Put the same matrix into every year, its rows times factors."""
    entries = matrix.tocoo()
    row, column = entries.coords
    builder.put(rows[row], columns[column], (factors[row] * entries.data)[:, None])
