"""From one year to the next: what is left of a year becomes the economy of the year after."""

from dataclasses import dataclass, replace
from typing import final

import numpy as np

from sovplan.foundation.shapes import GoodsVector, Grid, PlantsVector, TechniquesVector, Vector
from sovplan.records.economy import Economy, Series
from sovplan.records.extensions import Extensions, UnderConstruction


@final
@dataclass(frozen=True, slots=True, eq=False)
class Closing:
    """What a year leaves behind.

    Parameters
    ----------
    stock
        Stock of each good on the last day, units.
    capacity
        Capacity of each plant on the first day of the next year, after wear, with works that are
        ready.
    activity
        Activity of each technique in the year.
    works
        Works under construction that are ready later, with the years in which they still take
        goods; None where there are none.
    labour_shift
        Hours a year that people who moved take from (below zero) and bring to each skill, for
        good; None where nobody moved.
    lasting
        Units of each good a year that the same people need besides, for good.
    drawn
        Foreign money drawn from a credit that may be drawn in other years.
    """

    stock: GoodsVector
    capacity: PlantsVector
    activity: TechniquesVector
    works: UnderConstruction | None = None
    labour_shift: Vector | None = None
    lasting: GoodsVector | None = None
    drawn: float = 0.0


def renewed(economy: Economy, closing: Closing) -> Economy:
    """Return the economy of the next year.

    Everything that is a property of techniques, plants and goods stays; series go on. Stocks,
    capacities and works are those that are left, and branches grow from what they did.

    Parameters
    ----------
    economy
        The economy of the year that ends: its `first_year`.
    closing
        What that year leaves behind.
    """
    goods, first = economy.goods, economy.first_year + 1
    return replace(
        economy,
        year=economy.first_year,
        first_year=first,
        goods=replace(goods, stock=closing.stock),
        plants=replace(economy.plants, capacity=closing.capacity),
        labour=_shifted(economy.labour, first, closing.labour_shift),
        needs=_lasting(economy.needs, first, closing.lasting),
        extensions=_extensions(economy.extensions, closing),
    )


def lengthened(economy: Economy, last_year: int, growth: float) -> Economy:
    """Return the economy with series of hours and needs that go on growing up to a year.

    A series with more than one row ends somewhere; from there on it grows by `growth` a year
    instead of repeating its last row. Series with one row stay as they are: they were not meant
    to move.

    Parameters
    ----------
    last_year
        Last calendar year with a row of its own.
    growth
        Yearly growth, 1.
    """
    return replace(
        economy,
        labour=_grown(economy.labour, last_year, growth),
        needs=_grown(economy.needs, last_year, growth),
    )


def _extensions(limits: Extensions, closing: Closing) -> Extensions:
    growth, credit = limits.growth, limits.credit
    if credit is not None:
        credit = replace(credit, total=credit.total - closing.drawn)
    return replace(
        limits,
        under_construction=closing.works,
        growth=None if growth is None else replace(growth, opening=closing.activity),
        credit=credit,
    )


def _shifted(series: Series, first: int, shift: Vector | None) -> Series:
    """Return the series with an amount added to every year from `first` on."""
    if shift is None or not shift.any():
        return series
    return _added(series, first, shift[:, None])


def _lasting(needs: Series, first: int, lasting: GoodsVector | None) -> Series:
    """Return needs whose public uses hold an amount more from a year on."""
    if lasting is None or not lasting.any():
        return needs
    zero = np.zeros(len(lasting))
    return _added(needs, first, np.column_stack([zero, zero, lasting]))


def _added(series: Series, first: int, step: Grid) -> Series:
    """Return a series to which `step` (names x fields) is added from a year on."""
    moved = np.flatnonzero(step.any(axis=1))
    in_force = series.over([first])[:, 0, :]
    later = series.years >= first
    amounts = series.amounts.copy()
    amounts[later] += step[series.rows[later]]
    has = np.zeros(len(series.names), dtype=bool)
    has[series.rows[series.years == first]] = True
    new = moved[~has[moved]]
    return Series(
        series.names,
        np.concatenate([series.rows, new]),
        np.concatenate([series.years, np.full(len(new), first)]),
        np.concatenate([amounts, in_force[new] + step[new]]),
    )


def _grown(series: Series, last_year: int, growth: float) -> Series:
    rows, years, amounts = [series.rows], [series.years], [series.amounts]
    for name in np.unique(series.rows):
        own = np.flatnonzero(series.rows == name)
        if len(own) < 2:
            continue
        end = own[np.argmax(series.years[own])]
        coming = np.arange(int(series.years[end]) + 1, last_year + 1)
        factor = (1.0 + growth) ** (coming - int(series.years[end]))
        rows.append(np.full(len(coming), name))
        years.append(coming)
        amounts.append(series.amounts[end] * factor[:, None])
    return Series(
        series.names, np.concatenate(rows), np.concatenate(years), np.concatenate(amounts)
    )
