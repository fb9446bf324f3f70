"""Growth of plants that cannot all be had, lowered good by good as little as it must be."""

from dataclasses import replace
from typing import Final

import numpy as np
from scipy.sparse import csc_array, hstack

from sovplan.foundation.programme import Programme
from sovplan.foundation.shapes import GoodsVector, Vector
from sovplan.foundation.solver import solve
from sovplan.planning.capital import growth_of, terminal_sides
from sovplan.planning.limits import problem_of
from sovplan.records.aims import Aims
from sovplan.records.calendar import calendar_of
from sovplan.records.returns import Returns

_MARGIN: Final = 1e-4
"""Share of the growth that is given up besides, so that the rest can be had with room to spare
(numerical)."""


def grown(returns: Returns, aims: Aims, growth: float, prices: GoodsVector) -> Aims | None:
    """Return aims with as much growth of plants at the end as all other limits allow.

    With s_g the share of the growth asked of a good that can be had,

        max  sum_g p_g ((1 + growth)^T - 1) held_g s_g,    0 <= s_g <= 1,

    within the planning problem, where plants must hold (1 + s_g ((1 + growth)^T - 1)) held_g at
    its end. So a good that cannot grow (animals, whose pasture is given) stops no other.

    Parameters
    ----------
    returns
        What was declared.
    aims
        With plants that last, `terminal` 0.
    growth
        Yearly growth asked of every good in plants.
    prices
        Weights of the goods.

    Returns
    -------
    Aims or None
        The aims with `terminal` by good, or as one number where all of it can be had; None where
        not even plants that last can be.
    """
    economy = returns.declared
    calendar = calendar_of(economy, aims)
    problem, years = problem_of(economy, aims, calendar), len(calendar.years)
    block = problem.rows.get("terminal")
    if growth <= 0 or block is None:
        return aims
    names = economy.goods.names
    goods = np.array([names.index(name) for name in block.names], dtype=np.int64)
    there = terminal_sides(economy, years, growth_of(0.0, names))[0][goods]
    more = (1.0 + growth) ** years - 1.0
    share = _shares(problem.programme, block.places.ravel(), more * there, prices[goods])
    if share is None:
        return None
    if (share >= 1.0 - _MARGIN).all():
        return replace(aims, terminal=growth)
    yearly = (1.0 + more * share * (1.0 - _MARGIN)) ** (1.0 / years) - 1.0
    return replace(aims, terminal=dict(zip(block.names, yearly.tolist(), strict=True)))


def _shares(programme: Programme, rows: np.ndarray, asked: Vector, prices: Vector) -> Vector | None:
    """Return the share of what is asked beyond each row that can be had; None if no plan is."""
    height, width = programme.matrix.shape
    count = len(rows)
    asks = csc_array((-asked, (rows, np.arange(count))), shape=(height, count))
    wider = Programme(
        np.concatenate([np.zeros(width), prices * asked]),
        csc_array(hstack([programme.matrix, asks])),
        programme.row_low,
        programme.row_high,
        np.concatenate([programme.low, np.zeros(count)]),
        np.concatenate([programme.high, np.ones(count)]),
        maximise=True,
    )
    found = solve(wider, exact=False)
    if found.answer != "optimal":
        return None
    return np.asarray(np.clip(found.columns[width:], 0.0, 1.0))
