"""Where the work of a year ends: hours followed through everything they make.

Hours enter where they are worked. What several techniques make of a good is one pool; a pool
passes its hours on in proportion to quantity, to every use; a technique passes what it receives
and its own hours on to what it makes. Joint products share by their mean price in hours over the
plan. Exports pass their hours on to the imports that they pay for. What comes out of store brings
no hours of the year with it, and the wear of plants none either. So the hours that arrive are the
hours worked.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, final

import numpy as np
from scipy.sparse import csc_array, csr_array, diags_array, eye_array

from sovplan.foundation.linear import solve_system
from sovplan.foundation.shapes import GoodsVector, Matrix, Sparse, Vector
from sovplan.records.draft import Draft, Plan

_ROUNDING: Final = 1e-9
"""Share of a good's supply below which what is left over is rounding."""
USES: Final = ("people", "plants", "public", "abroad", "store", "lost")
"""Ends of the way: consumed, built into plants, public uses, trade that brings nothing in the year,
in store at the end of the year, lost or used by nobody."""


@final
@dataclass(frozen=True, slots=True, eq=False)
class Traced:
    """Hours of one year from where they are worked to where they end.

    Parameters
    ----------
    arrived
        Hours by group of techniques, good in which they end, and use, in the economy's unit.
    worked
        Hours worked by each group.
    """

    arrived: np.ndarray
    worked: Vector


def hours_worked(draft: Draft, year: int) -> Vector:
    """Return the hours that each technique works in a year."""
    techniques = draft.economy.techniques
    if draft.plan is None:
        return np.zeros(len(techniques))
    return np.asarray(techniques.labour.sum(axis=0)).ravel() * draft.plan.activity[:, year]


def traced(draft: Draft, year: int, groups: Sequence[Sequence[int]]) -> Traced | None:
    """Follow the hours of one year; None where no hours are worked or the way has no end.

    Parameters
    ----------
    draft
        A draft with a plan.
    year
        Index of the year.
    groups
        Indices of the techniques that are followed together.
    """
    plan, worked = draft.plan, hours_worked(draft, year)
    if plan is None or worked.sum() <= 0:
        return None
    techniques, activity = draft.economy.techniques, plan.activity[:, year]
    made = _given_on(draft, activity)
    used, pool = _uses(plan, year)
    size = np.where(pool > 0, pool, 1.0)
    passed = csr_array(diags_array(1 / size) @ (techniques.inputs @ diags_array(activity)) @ made)
    bought, abroad = _bought(draft, year)
    sold = plan.exports[:, year] / size
    passed = csr_array(passed + csr_array(sold[:, None]) @ csr_array(bought[None, :]))
    entered = np.array([worked[list(group)] @ made[list(group)] for group in groups])
    try:
        through = _through(passed, entered)
    except RuntimeError:
        return None
    ends = used / size[:, None]
    ends[:, USES.index("abroad")] = sold * abroad
    hours = np.array([worked[list(group)].sum() for group in groups])
    return Traced(through[:, :, None] * ends[None, :, :], hours)


def _through(passed: Sparse, entered: Matrix) -> Matrix:
    """Return the hours that pass through each pool: y (I - M) = entered, by group."""
    system = csc_array(eye_array(passed.shape[0]) - passed.T)
    return np.array([solve_system(system, row) for row in entered])


def _given_on(draft: Draft, activity: Vector) -> Sparse:
    """Return the share of a technique's hours that each of its products takes on."""
    outputs = csr_array(draft.economy.techniques.outputs)
    prices = np.zeros(len(draft.economy.goods))
    if draft.hours is not None:
        prices = np.maximum(draft.hours.goods, 0.0).mean(axis=1)
    priced = csr_array(diags_array(prices) @ outputs)
    made = csr_array((np.ones(outputs.nnz), outputs.indices, outputs.indptr), outputs.shape)
    running = (activity > 0).astype(np.float64)
    totals = np.asarray(priced.sum(axis=0), dtype=np.float64).ravel()
    counts = np.asarray(made.sum(axis=0), dtype=np.float64).ravel()
    # Where no product has a price they share alike.
    known = totals > 0
    by_price = np.divide(running, totals, out=np.zeros_like(totals), where=known)
    alike = np.divide(running, counts, out=np.zeros_like(counts), where=~known & (counts > 0))
    return csr_array((priced @ diags_array(by_price) + made @ diags_array(alike)).T)


def _uses(plan: Plan, year: int) -> tuple[Matrix, GoodsVector]:
    """Return the final uses of each good, goods x USES, and all uses together."""
    none = np.zeros(plan.output.shape[0])
    supply = plan.output[:, year] + plan.imports[:, year]
    left = np.where(plan.waste[:, year] > _ROUNDING * supply, plan.waste[:, year], 0.0)
    final_uses = np.column_stack([
        plan.consumption[:, year] + plan.moved[:, year],
        plan.investment[:, year],
        plan.public[:, year],
        none,
        plan.stock[:, year],
        left + plan.lost[:, year],
    ])  # fmt: skip
    return final_uses, final_uses.sum(axis=1) + plan.used[:, year] + plan.exports[:, year]


def _bought(draft: Draft, year: int) -> tuple[GoodsVector, float]:
    """Return the share of what exports bring that each import takes, and what buys nothing."""
    plan, goods, outside = draft.plan, draft.economy.goods, draft.economy.extensions.trade
    if plan is None:
        return np.zeros(len(goods)), 1.0
    bill = np.nan_to_num(goods.import_price) * plan.imports[:, year]
    other = 0.0 if outside is None else outside.other_imports
    credit = float(draft.calendar.credit[year] + plan.credit[year])
    left = float(plan.trade_balance[year])
    unspent = max(-credit, 0.0) + (left if left > _ROUNDING * float(bill.sum()) else 0.0)
    paid = float(bill.sum()) + other + unspent
    if paid <= 0:
        return np.zeros(len(goods)), 1.0
    return bill / paid, (other + unspent) / paid
