"""The receding-horizon plan on supply and use tables.

A window begins at period b and reaches over T periods; R of them are carried out.

    minimise    sum_t  hours_t x_t + import_price_t m_t
    subject to  s_t = kept_t s_{t-1} + (supply_t - use_t) x_t + m_t - wanted_t - exports_t
                s_t, x_t, m_t >= 0
                sum over the R periods (export_price exports - import_price m) + carried >= 0
                emissions_t x_t <= limit_t               in the R periods
                0.9 x_{t-1} <= x_t <= 1.1 x_{t-1}        in the R periods but the first

What is left over (s) and the balance of trade are handed on to the next window. The published rule
on x says nothing about the first period of a window: with R = 1 it never holds, and between windows
activity may jump. With `limit_kept` it holds in every period of every window, from the last one
carried out, and so do the limits on emissions and on trade; and every window reaches to the last
period that is to be carried out. A window that sees less can leave the next one no way on: an
activity that was let go cannot come back in time (decision record 0007).

Source: Parellada, program Economic-Planning, commit 43be818 (2024); the formulas are those of the
reference case.
"""

from dataclasses import dataclass
from typing import Final, final

import numpy as np
from scipy.sparse import csc_array, csr_array, diags_array, eye_array

from sovplan.foundation.errors import PlanningError
from sovplan.foundation.programme import Programme, Solution
from sovplan.foundation.shapes import AnySparse, Indices, Matrix, Vector
from sovplan.foundation.solver import solve
from sovplan.foundation.words import say
from sovplan.planning.problem import Axes, Builder
from sovplan.planning.receding.periods import Periods, check

CHANGE: Final = 0.1
"""Most by which an activity may change from one period to the next, 1. Source: the program."""
OPENING: Final = 1.0 / 12.0
"""Left over before the first period, as a share of what is wanted in it. Source: the program."""


@final
@dataclass(frozen=True, slots=True, eq=False)
class Window:
    """One window as it was planned.

    Parameters
    ----------
    first
        Its first period, from 0.
    objective
        Hours and imports of all its periods.
    activity, imports, left
        x, m and s, periods x sectors and periods x products.
    """

    first: int
    objective: float
    activity: Matrix
    imports: Matrix
    left: Matrix


@final
@dataclass(frozen=True, slots=True, eq=False)
class Course:
    """What was planned and what of it is carried out.

    Parameters
    ----------
    windows
        Every window.
    activity, imports, left
        What is carried out, periods x sectors and periods x products.
    hours
        Work of each period carried out.
    """

    windows: tuple[Window, ...]
    activity: Matrix
    imports: Matrix
    left: Matrix
    hours: Vector

    @property
    def greatest_change(self) -> float:
        """Greatest change of an activity between two periods, relative to the one before."""
        before, after = self.activity[:-1], self.activity[1:]
        change = np.abs(after - before)
        still = np.where(change > 0, np.inf, 0.0)
        return float(np.divide(change, before, out=still, where=before > 0).max(initial=0.0))


def receding(
    periods: Periods, horizon: int, revise: int, count: int, *, limit_kept: bool = False
) -> Course:
    """Return the plan of so many periods, made window by window.

    Parameters
    ----------
    periods
        The tables.
    horizon, revise
        T and R: periods planned at once, and carried out of them.
    count
        Periods to be carried out.
    limit_kept
        Whether the limit on changes of activity holds in every period.

    Raises
    ------
    DataError
        The tables do not reach far enough.
    PlanningError
        No plan is possible in some window.
    """
    check(periods, horizon, revise, count)
    left = OPENING * periods.wanted[0]
    carried, before = 0.0, None
    windows = []
    for first in range(0, count, revise):
        seen = max(horizon, count - first) if limit_kept else horizon
        seen = min(seen, len(periods) - first)
        window = _planned(
            periods,
            (first, seen, revise),
            (left, carried),
            before if limit_kept else None,
            every=limit_kept,
        )
        windows.append(window)
        done = slice(first, first + revise)
        sold = (periods.export_price[done] * periods.exports[done]).sum()
        carried += float(sold - (periods.import_price[done] * window.imports[:revise]).sum())
        left, before = window.left[revise - 1], window.activity[revise - 1]
    activity, imports, stock = (
        np.vstack([getattr(window, name)[:revise] for window in windows])[:count]
        for name in ("activity", "imports", "left")
    )
    hours = (periods.hours[:count] * activity).sum(axis=1)
    return Course(tuple(windows), activity, imports, stock, hours)


def _planned(
    periods: Periods,
    place: tuple[int, int, int],
    handed: tuple[Vector, float],
    before: Vector | None,
    *,
    every: bool,
) -> Window:
    first, horizon, revise = place
    builder = Builder()
    products, sectors = periods.supply.shape[1:]
    years, inf = tuple(range(first, first + horizon)), float("inf")
    x, m, s = (
        builder.add_columns(name, Axes(("",) * size, years), 0.0, inf).T
        for name, size in (("activity", sectors), ("imports", products), ("left", products))
    )
    _balances(builder, periods, years, (x, m, s), handed[0])
    limited = horizon if every else revise
    # What the next windows will ask of their own periods is asked here, or they may find no plan.
    for paid in range(revise, limited + revise, revise):
        _trade(builder, periods, years[:paid], m, handed[1])
    for t in range(limited):
        if t > 0:
            _changes(builder, x[t], x[t - 1])
        elif before is not None:
            _held(builder, x[0], before)
    for t in range(limited):
        _emissions(builder, periods, years[t], x[t])
    cost = np.zeros(builder.width)
    cost[x], cost[m] = periods.hours[list(years)], periods.import_price[list(years)]
    solution = _solved(builder.programme(cost, maximise=False), first)
    return Window(
        first,
        solution.objective,
        *(np.maximum(solution.columns[places], 0.0) for places in (x, m, s)),
    )


def _solved(programme: Programme, first: int) -> Solution:
    solution = solve(programme)
    if solution.answer != "optimal":
        raise PlanningError(say("receding.impossible", period=first + 1))
    return solution


def _balances(
    builder: Builder,
    periods: Periods,
    years: tuple[int, ...],
    columns: tuple[Indices, Indices, Indices],
    left: Vector,
) -> None:
    """Every product in every period: what is left over is what is there less what is used."""
    (x, m, s), products = columns, periods.supply.shape[1]
    for t, period in enumerate(years):
        side = periods.wanted[period] + periods.exports[period]
        if t == 0:
            side = side - periods.kept[period] * left
        rows = builder.add_rows("balance", _one(products), side, side)
        _put(builder, rows, x[t], csr_array(periods.supply[period] - periods.use[period]))
        _put(builder, rows, m[t], eye_array(products, format="csr"))
        _put(builder, rows, s[t], -eye_array(products, format="csr"))
        if t:
            _put(builder, rows, s[t - 1], csr_array(diags_array(periods.kept[period])))


def _trade(
    builder: Builder, periods: Periods, years: tuple[int, ...], m: Indices, carried: float
) -> None:
    """Add that imports of some periods are paid for by their exports and what was handed on."""
    done = list(years)
    earned = float((periods.export_price[done] * periods.exports[done]).sum()) + carried
    row = builder.add_rows("trade", _one(1), -np.inf, earned)
    builder.put(row, m[: len(done)].ravel(), periods.import_price[done].ravel())


def _changes(builder: Builder, now: Indices, before: Indices) -> None:
    """No activity changes by more than its limit."""
    for factor, low, high in ((1 - CHANGE, 0.0, np.inf), (1 + CHANGE, -np.inf, 0.0)):
        rows = builder.add_rows("change", _one(len(now)), low, high)
        builder.put(rows, now, 1.0)
        builder.put(rows, before, -factor)


def _held(builder: Builder, now: Indices, before: Vector) -> None:
    """No activity is further from the last one carried out than its limit."""
    limits = ((1 - CHANGE) * before, (1 + CHANGE) * before)
    builder.put(builder.add_rows("change", _one(len(now)), *limits), now, 1.0)


def _emissions(builder: Builder, periods: Periods, period: int, x: Indices) -> None:
    pollutants = periods.emissions.shape[1]
    if pollutants:
        limit = periods.emission_limit[period]
        rows = builder.add_rows("emission", _one(pollutants), -np.inf, limit)
        _put(builder, rows, x, csr_array(periods.emissions[period]))


def _put(builder: Builder, rows: Indices, columns: Indices, matrix: AnySparse) -> None:
    entries = csc_array(matrix).tocoo()
    row, column = entries.coords
    builder.put(rows[row], columns[column], entries.data)


def _one(count: int) -> Axes:
    return Axes(("",) * count, (0,) * count, crossed=False)
