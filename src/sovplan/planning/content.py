"""Labour content: the hours in one unit of each good, in the plan's own mix of techniques.

    v_g (sum_j B[g,j] x_j + m_g)
        = sum_j (v A_j + sum_k u_k L[k,j] + v sum_p C_p wear_p load[p,j]) x_j + pm_g m_g h,
    h = sum_g v_g e_g / sum_g pe_g e_g

over the makers j of g in one year; an import carries its price times the hours h of the exports
that earn one unit of foreign money.

Source: the page of the planning problem; vertically integrated labour, Pasinetti (1973).
"""

from dataclasses import dataclass
from typing import final

import numpy as np
from scipy.sparse import csc_array, diags_array

from sovplan.foundation.linear import solve_system
from sovplan.foundation.shapes import Flags, GoodsVector, GoodsYears, GoodsYearsFlags, Vector
from sovplan.records.aims import Aims
from sovplan.records.draft import Plan, Valuation
from sovplan.records.economy import Economy


def labour_content(
    economy: Economy, aims: Aims, plan: Plan, hours: Valuation | None
) -> tuple[GoodsYears, GoodsYearsFlags]:
    """Return the labour content of each good and year, and where it is a price in hours instead.

    Parameters
    ----------
    economy, aims
        Techniques, prices of trade, and the labour weights u.
    plan
        Whose mix is meant.
    hours
        Prices in hours, for goods made jointly with others and for foreign money that no export
        of the year earns.

    Returns
    -------
    content
        Hours per unit, goods x years; nan where a good is neither made nor imported, or where
        the equations have no positive solution.
    by_hours
        Where a maker in use has joint products, so that the content is the price in hours.
    """
    horizon = plan.activity.shape[1]
    content = np.full((len(economy.goods), horizon), np.nan)
    by_hours = np.zeros(content.shape, dtype=bool)
    ways = _ways(economy, aims)
    for year in range(horizon):
        mix = _mix(economy, ways, plan, year)
        prices = None if hours is None else hours.goods[:, year]
        foreign = 0.0 if hours is None else float(hours.foreign[year])
        content[:, year] = _solved(mix, prices, foreign)
        by_hours[:, year] = mix.joint & (hours is not None)
    return content, by_hours


@final
@dataclass(frozen=True, slots=True, eq=False)
class _Mix:
    """One year's mix: what is supplied, what was spent on it, and what pays for imports."""

    supply: GoodsVector
    joint: Flags
    spent: csc_array
    hours: GoodsVector
    bill: GoodsVector
    earned_by: GoodsVector
    earned: float


@final
@dataclass(frozen=True, slots=True, eq=False)
class _Ways:
    """What is the same in every year: goods spent per unit of activity, wear included, and hours.

    `owner` has 1 where a technique makes a good, `products` how many goods it makes.
    """

    outputs: csc_array
    owner: csc_array
    products: Vector
    spent: csc_array
    hours: Vector


def _ways(economy: Economy, aims: Aims) -> _Ways:
    techniques, plants = economy.techniques, economy.plants
    weights = np.array([float(aims.labour_weights.get(s, 1.0)) for s in techniques.skills])
    wear = plants.building @ diags_array(plants.wear) @ plants.load
    outputs = csc_array(techniques.outputs)
    owner = csc_array((np.sign(outputs.data), outputs.indices, outputs.indptr), outputs.shape)
    return _Ways(
        outputs,
        owner,
        np.diff(outputs.indptr).astype(np.float64),
        csc_array(techniques.inputs + wear),
        np.asarray(techniques.labour.T @ weights),
    )


def _mix(economy: Economy, ways: _Ways, plan: Plan, year: int) -> _Mix:
    goods, activity = economy.goods, plan.activity[:, year]
    single = activity * (ways.products == 1)
    exports = plan.exports[:, year]
    return _Mix(
        supply=np.asarray(ways.outputs @ activity) + plan.imports[:, year],
        joint=np.asarray(ways.outputs @ ((ways.products > 1) * activity)) > 0,
        spent=csc_array(ways.spent @ diags_array(single) @ ways.owner.T),
        hours=np.asarray(ways.owner @ (ways.hours * single)),
        bill=np.nan_to_num(goods.import_price) * plan.imports[:, year],
        earned_by=exports,
        earned=float(np.nan_to_num(goods.export_price) @ exports),
    )


def _solved(mix: _Mix, prices: Vector | None, foreign: float) -> GoodsVector:
    """Solve for the goods made by single-product makers or imported; the others are given."""
    own = (mix.supply > 0) & ~mix.joint
    given = np.zeros(len(own)) if prices is None else np.where(own, 0.0, prices)
    pays = mix.earned > 0
    earned_by = mix.earned_by / mix.earned if pays else np.zeros(len(own))
    right = mix.hours + mix.spent.T @ given
    right += mix.bill * (float(earned_by @ given) if pays else foreign)
    place = np.flatnonzero(own)
    found = np.full(len(own), np.nan)
    if len(place):
        paid = np.outer(mix.bill[place], earned_by[place]) if pays else 0.0
        system = np.diag(mix.supply[place]) - mix.spent.T.tocsr()[place][:, place].toarray() - paid
        try:
            found[place] = solve_system(csc_array(system), right[place])
        except RuntimeError:
            return found
    found[found < 0] = np.nan
    if prices is not None:
        found[mix.joint] = prices[mix.joint]
    return found
