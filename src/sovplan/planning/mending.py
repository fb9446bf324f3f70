"""Prices mended until nothing that can be done without limit is done at a profit.

A column whose income at the prices exceeds its costs - a technique its inputs, an order the goods
built in, a store last year's good - would be run without end: such prices prove nothing. The prices
of all that it sells are lowered in the same proportion to what it costs, and so on through all that
uses it, until nothing is left:

    y_i <- y_i * min over the columns j that sell i and have no bound of  (cost_j / income_j)

What nothing without bound has to pay for - a demand of imports, a target - is lowered first and
alone, where that is enough: its price goes no further. Otherwise a good that is imported because a
clause asks for it, and exported again, would lower foreign money, the good and foreign money again,
without end.

Selling means a term of the row's price that brings income; in a plan that is every product, the
capacity that an order adds, what it is worth at the end, the foreign money of an export.
"""

from typing import Final

import numpy as np

from sovplan.foundation.programme import Programme
from sovplan.foundation.shapes import Vector

_SWEEPS: Final = 400
"""Most sweeps; a plan with a material share of one half needs about fifty for the last digit."""
_HAIR: Final = 1e-13
"""Part of its cost by which a column is left at a loss, so that rounding makes no profit of it."""


def mended(programme: Programme, prices: Vector) -> Vector:
    """Return prices at which no column without an upper bound has a profit, as far as found.

    Parameters
    ----------
    programme
        A maximum, with lower bounds of columns that are finite or columns that prices do not touch.
    prices
        y; none leans on an open side.
    """
    entries = programme.matrix.tocoo()
    row, column = (part.astype(np.int64) for part in entries.coords)
    free = ~np.isfinite(programme.high)
    kept = free[column] & (prices[row] != 0)
    row, column, value = row[kept], column[kept], entries.data[kept]
    found, width = prices.copy(), len(programme.cost)
    # A cost of the objective is paid whatever the prices; its gain can be earned by no lowering.
    fixed_cost = np.maximum(-programme.cost, 0.0)
    mends = free & (programme.cost <= 0)
    # Prices keep their signs, so that who pays for a row and who sells it stay the same.
    sells = value * prices[row] < 0
    paid = np.zeros(len(prices), dtype=bool)
    paid[row[~sells]] = True
    ends = sells & ~paid[row]
    for _ in range(_SWEEPS):
        term = value * found[row]
        income = np.bincount(column, np.where(sells, -term, 0.0), minlength=width)
        cost = np.bincount(column, np.where(sells, 0.0, term), minlength=width) + fixed_cost
        wrong = mends & (income > cost * (1.0 - _HAIR))
        if not wrong.any():
            break
        right = cost * (1.0 - 2.0 * _HAIR)
        at_end = np.bincount(column, np.where(ends, -term, 0.0), minlength=width)
        enough = wrong & (at_end > income - right)
        share = np.divide(right, income, out=np.ones(width), where=wrong & ~enough)
        of_end = np.divide(income - right, at_end, out=np.zeros(width), where=enough)
        lowered = np.ones(len(found))
        np.minimum.at(lowered, row[sells], share[column[sells]])
        np.minimum.at(lowered, row[ends], 1.0 - of_end[column[ends]])
        found = found * lowered
    return found


def raised(programme: Programme, prices: Vector) -> Vector:
    """Return prices scaled up until what the objective counts without bound costs what it brings.

    Scaling keeps every other column without profit. Prices at which it costs nothing stay.
    """
    counts = (programme.cost > 0) & ~np.isfinite(programme.high)
    if not counts.any():
        return prices
    cost = np.asarray(programme.matrix.T @ prices)[counts]
    if not (cost > 0).all():
        return prices
    return prices * max(1.0, (1.0 + _HAIR) * float(np.max(programme.cost[counts] / cost)))
