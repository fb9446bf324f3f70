"""The proof of a plan, reckoned without a solver: how good any plan can be, and how good this is.

For a maximum  c x  with  A x <= b,  low <= x <= high,  any prices y >= 0 of the limits prove

    c x  <=  y b + sum_j max over low_j <= x_j <= high_j of (c_j - (A' y)_j) x_j

whoever found them. Crude prices prove little, and nothing where a column without bound has a
profit. So they are read in three ways, and the least bound is taken: as they are, with every
quantity held below what it can reach at all (`reach`); with prices lowered until nothing without
bound has a profit (`mending`); and these scaled up where the objective itself is without bound.
With c = 0 the same sum proves that there is no plan, if it is below 0 (Farkas).

A plan proves the other side: put to its bounds and, if need be, mixed with one that fits with room
to spare, it breaks no limit and reaches what it reaches.

Sources: weak duality; safe bounds, Neumaier and Shcherbina (2004), Mathematical Programming 99,
283-296; Farkas (1902).
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final, final

import numpy as np

from sovplan.foundation.programme import Programme
from sovplan.foundation.residuals import dual_residual, leaning, primal_residual
from sovplan.foundation.shapes import Vector
from sovplan.planning.mending import mended, raised
from sovplan.planning.problem import Problem
from sovplan.planning.reach import reach
from sovplan.records.draft import Certificate, Plan
from sovplan.records.identities import balance_error

_FITS: Final = 1e-9
"""Residual, relative, up to which a plan counts as one that breaks no limit."""
ENOUGH: Final = 1e-9
"""Gap at which the first readings of prices are taken for enough."""
_SEEN: Final = 1e-9
"""Part of the size of its terms below which a sum of a contradiction is told from rounding."""


def certify(problem: Problem, columns: Vector, duals: Vector, plan: Plan) -> Certificate:
    """Return the certificate of a plan and its prices.

    Parameters
    ----------
    problem
        The programme whose limits and objective are meant.
    columns, duals
        x of the plan and y of the first objective.
    plan
        The plan as it will be printed; its balances are reckoned again.
    """
    programme = problem.programme
    reached = float(programme.cost @ columns)
    return Certificate(
        primal=primal_residual(programme, columns),
        dual=dual_residual(programme, duals),
        gap=gap_between(reached, proven_bound(programme, duals)),
        balance=balance_error(problem.economy, plan),
    )


def gap_between(reached: float, bound: float, unit: float = 0.0) -> float:
    """Return |reached - bound| relative to the greater of both, or to a unit that is greater.

    Where nothing is reached, rounding is all of it: then only a unit tells what is small.
    """
    if not np.isfinite(bound):
        return float("inf")
    return abs(reached - bound) / max(1e-12, abs(reached), abs(bound), unit)


def proven_bound(
    programme: Programme,
    prices: Vector,
    most: Vector | None = None,
    *,
    reached: float | None = None,
) -> float:
    """Return a bound on the objective that no plan can pass, from any prices.

    Parameters
    ----------
    programme
        Limits and objective.
    prices
        y of its rows, with the signs of its duals; any numbers do, good ones prove more.
    most
        What `reach` found, if it was asked before.
    reached
        What a plan reaches: a reading that proves it to 1e-9 is enough, and no other is asked for.

    Returns
    -------
    float
        From above for a maximum, from below for a minimum; infinite where the prices prove nothing.
    """
    sign, greatest = _maximum(programme)
    held = replace(greatest, high=reach(programme) if most is None else most)
    least = np.inf
    for y in _readings(greatest, _known(sign * prices)):
        least = min(least, _sum(held, y).total)
        if reached is not None and gap_between(sign * reached, least) <= ENOUGH:
            break
    return sign * least


def lower_bound(
    programme: Programme, columns: Vector, inside: Vector | None = None
) -> tuple[float, Vector] | None:
    """Return what a plan near some columns reaches for certain, and that plan.

    Parameters
    ----------
    programme
        Limits and objective.
    columns
        x, that may break limits.
    inside
        A plan that fits with room to spare; the columns are mixed with as little of it as makes
        them fit.

    Returns
    -------
    tuple or None
        Objective and columns; None where they do not fit and nothing is there to mix them with.
    """
    found = np.clip(_known(columns), programme.low, programme.high)
    if primal_residual(programme, found) > _FITS:
        if inside is None or primal_residual(programme, inside) > _FITS:
            return None
        found = inside + _part(programme, inside, found - inside) * (found - inside)
    return float(programme.cost @ found), found


@final
@dataclass(frozen=True, slots=True, eq=False)
class Contradiction:
    """Weights under which limits add up to a falsehood.

    Parameters
    ----------
    weights
        y of the rows as they prove it, above 0 for a side from above.
    asked, had
        What the weighted limits ask for at least, and what all columns can give at most.
    short
        By how much the one exceeds the other, relative to the greatest single amount; above 0.
    """

    weights: Vector
    asked: float
    had: float
    short: float


def contradiction(programme: Programme, weights: Vector) -> Contradiction | None:
    """Return the proof that no plan exists, from any weights of the rows; None if they give none.

    Parameters
    ----------
    programme
        The limits; its objective does not matter.
    weights
        y, with the signs of a maximum: above 0 for a side from above.
    """
    still = replace(programme, cost=np.zeros(len(programme.cost)), maximise=True)
    held = replace(still, high=reach(still))
    found: Contradiction | None = None
    for y in _readings(still, _known(weights)):
        worth = _sum(held, y)
        short = -worth.total / max(worth.greatest, 1e-300)
        if short > _SEEN and (found is None or short > found.short):
            found = Contradiction(y, -worth.of_sides, worth.of_columns, short)
    return found


@final
@dataclass(frozen=True, slots=True)
class _Sum:
    """A bound: what the sides of rows and what the bounds of columns add to it.

    Parameters
    ----------
    of_sides, of_columns
        The two sums.
    greatest
        The greatest term of both.
    """

    of_sides: float
    of_columns: float
    greatest: float

    @property
    def total(self) -> float:
        return self.of_sides + self.of_columns


def _maximum(programme: Programme) -> tuple[float, Programme]:
    """Return the programme as a maximum and the sign of its objective in it."""
    if programme.maximise:
        return 1.0, programme
    return -1.0, replace(programme, cost=-programme.cost, maximise=True)


def _known(values: Vector) -> Vector:
    return np.where(np.isfinite(values), values, 0.0)


def _readings(programme: Programme, prices: Vector) -> Iterator[Vector]:
    """Give the prices in all the ways in which they are read, one after the other."""
    plain, _ = leaning(programme, prices)
    yield plain
    lowered = mended(programme, plain)
    yield lowered
    yield raised(programme, lowered)
    yield np.zeros_like(plain)


def _sum(programme: Programme, prices: Vector) -> _Sum:
    """Return the greatest value of all that the limits leave open at the prices."""
    sides = np.where(prices > 0, programme.row_high, programme.row_low)
    profit = programme.cost - np.asarray(programme.matrix.T @ prices)
    ends = np.where(profit > 0, programme.high, programme.low)
    of_sides = prices[prices != 0] * sides[prices != 0]
    of_columns = profit[profit != 0] * ends[profit != 0]
    greatest = max(float(np.abs(terms).max(initial=0.0)) for terms in (of_sides, of_columns))
    return _Sum(float(of_sides.sum()), float(of_columns.sum()), greatest)


def _part(programme: Programme, start: Vector, way: Vector) -> float:
    """Return how far, at most 1, one can go from a plan before a limit is met."""
    at, moves = np.asarray(programme.matrix @ start), np.asarray(programme.matrix @ way)
    room = np.where(moves > 0, programme.row_high - at, at - programme.row_low)
    size = np.abs(moves)
    steps = np.divide(np.maximum(room, 0.0), size, out=np.ones(len(size)), where=size > 0)
    return float(min(1.0, steps.min(initial=1.0)))
