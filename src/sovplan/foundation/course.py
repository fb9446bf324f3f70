"""One turn of the interior point method, and the state between turns.

With w = (x, s), room r of every bound (how far w is from it) and its price p:

    c - (A' y, -y) - sum of prices = 0        s - A x = 0        r p = mu        r = |w - bound|
"""

from dataclasses import dataclass
from typing import Final, final

import numpy as np

from sovplan.foundation.blocks import summed
from sovplan.foundation.elimination import CLOSE, NormalEquations
from sovplan.foundation.programme import Programme
from sovplan.foundation.shapes import Indices, Vector

_STEP: Final = 0.9995
"""Part of the way to the nearest bound that a step goes. Source: common practice (Wright 1997,
Primal-Dual Interior-Point Methods, ch. 10)."""
_CENTRAL: Final = 1e-3
"""Least product of room and price, relative to their mean."""
_CORRECTORS: Final = 3
"""Most steps towards equal products in a turn."""
_BAND: Final = (0.1, 5.0)
"""Products, relative to what is aimed at, that are left alone. Gondzio (1996) has 10 for the
second; with 5 plans take a few turns fewer."""
_FURTHER: Final = 0.3
"""How much longer a step is tried to be. Source: Gondzio (1996), within his range."""
_PROXIMAL: Final = (1e-8, 1e-7)
"""Proximal terms of quantities and of prices at the start; ten times as much where factors fail.
Rounding over the second must stay below the first; a great first one holds back quantities that may
have any size."""
_SLOW: Final = 0.5
"""Part of the distance that a turn leaves from which raised proximal terms are lowered again."""
_PRICED: Final = 7.0
"""Price of a bound at the start, relative to the mean cost: most bounds are worth little where the
objective counts few of very many quantities."""
_LEAST: Final = 1e-4
"""Least price of a bound at the start."""
_FAILURES: Final = 4
"""Greatest number of times that proximal terms are raised in one turn."""
_SOLVED: Final = 1e-6
"""Residual of the equations, relative, above which their factors have failed."""
_ROUGH: Final = (1e-4, 1e-9)
"""Residual asked of the equations: this part of the distance from the end, and at most so much."""
_SHORT: Final = 1e-10
"""Length of a step from which the method goes nowhere."""


@final
@dataclass(slots=True, eq=False)
class Bounds:
    """All bounds: where, how much room there is, and what they cost.

    Parameters
    ----------
    at
        Places in w; twice where both a low and a high bound are.
    bound
        The bounds.
    sign
        1 for low bounds, -1 for high ones.
    room, price
        r and p, kept above 0.
    """

    at: Indices
    bound: Vector
    sign: Vector
    room: Vector
    price: Vector

    def lacking(self, values: Vector) -> Vector:
        """Return how far the room is from the true distance."""
        return np.asarray(self.sign * (values[self.at] - self.bound) - self.room)

    def pull(self, forces: Vector, count: int) -> Vector:
        """Return the sum of forces on each of so many values."""
        return summed(self.at, self.sign * forces, count)


@final
@dataclass(frozen=True, slots=True, eq=False)
class Direction:
    """A Newton direction: of w, of y, and of room and price of bounds."""

    values: Vector
    prices: Vector
    room: Vector
    price: Vector


State = tuple[Vector, Vector, Vector, Vector]


class Course:
    """Where the method stands."""

    def __init__(self, programme: Programme, equations: NormalEquations) -> None:
        """Start in the middle of finite bounds, one unit from single ones."""
        self.programme, self.equations = programme, equations
        self.width, self.prices = len(programme.cost), np.zeros(len(programme.row_low))
        low = np.concatenate([programme.low, programme.row_low])
        high = np.concatenate([programme.high, programme.row_high])
        self.exact = np.flatnonzero(programme.row_low == programme.row_high)
        self.stands = self.width + self.exact
        start = np.clip(0.0, low + 1.0, np.maximum(high - 1.0, low + 1.0))
        both = np.isfinite(low) & np.isfinite(high)
        start[both] = np.minimum(low[both] + 1.0, (low[both] + high[both]) / 2.0)
        start[~np.isfinite(low)] = np.minimum(0.0, high[~np.isfinite(low)] - 1.0)
        start[self.stands] = low[self.stands]
        low[self.stands], high[self.stands] = -np.inf, np.inf
        self.values = start
        self.cost = np.concatenate([programme.cost, np.zeros(len(self.prices))])
        mean = float(np.abs(self.cost).sum()) / max(len(start), 1)
        self.bounds = _bounds(low, high, start, min(1.0, max(_LEAST, _PRICED * mean)))
        self.raised, self.before, self.stiff = 1.0, float("inf"), np.zeros(len(start))
        # Proximal terms let quantities grow for long where a plan may be of any size.
        self.size = 1.0 + float(np.abs(self.bounds.bound).max(initial=0.0))
        self.dear = 1.0 + float(np.abs(self.cost).max(initial=0.0))

    def state(self) -> State:
        """Return what a turn changes."""
        return self.values, self.prices, self.bounds.room, self.bounds.price

    def restore(self, state: State) -> None:
        """Go back to an earlier state."""
        self.values, self.prices, self.bounds.room, self.bounds.price = state

    def columns(self, near: float) -> Vector:
        """Return x, those nearer to a bound than something put to it if its price says so."""
        found, side = self.values.copy(), self.bounds
        leans = (side.room < side.price) & (side.room < near)
        found[side.at[leans]] = side.bound[leans]
        return np.asarray(found[: self.width])

    def distance(self) -> float:
        """Return the greatest of gap and residuals, relative."""
        primal, dual = self._residuals()
        reached = float(self.cost @ self.values)
        bound = float(self.prices[self.exact] @ self.programme.row_low[self.exact])
        bound += float((self.bounds.sign * self.bounds.price) @ self.bounds.bound)
        return max(
            abs(reached - bound) / (1.0 + abs(reached)),
            float(np.abs(primal).max(initial=0.0)) / self.size,
            float(np.abs(dual).max(initial=0.0)) / self.dear,
        )

    def turn(self, distance: float) -> bool:
        """Take one turn from a distance from the end; tell whether it went anywhere."""
        self.equations.close = max(CLOSE, min(_ROUGH[1], _ROUGH[0] * distance))
        if distance > _SLOW * self.before:
            self.raised = max(1.0, self.raised / 10.0)
        self.before = distance
        primal, dual = self._residuals()
        side = self.bounds
        product, lack = side.room * side.price, side.lacking(self.values)
        self.given = primal, dual, lack, 1.0 / side.room, 1.0 / side.price
        affine = self._factored(-product)
        if affine is None:
            return False
        mean = float(product.sum()) / max(len(product), 1)
        aim = (
            (self._mean(affine, self._lengths(affine)) / mean) ** 3 * mean if len(product) else 0.0
        )
        wanted = aim - product - affine.room * affine.price
        found = self._direction(wanted)
        steps = self._lengths(found)
        for _ in range(_CORRECTORS):
            wanted = self._evened(wanted, found, steps, aim)
            other = self._direction(wanted)
            reach = self._lengths(other)
            if min(reach) < min(steps) + 0.01 or sum(reach) < sum(steps):
                break
            found, steps = other, reach
        self._go(found, (min(1.0, _STEP * steps[0]), min(1.0, _STEP * steps[1])))
        return min(steps) > _SHORT

    def _residuals(self) -> tuple[Vector, Vector]:
        """Return  s - A x  and  c - (A' y, -y) - prices of bounds."""
        x, s = self.values[: self.width], self.values[self.width :]
        dual = self.cost - self.bounds.pull(self.bounds.price, len(self.values))
        dual[: self.width] -= np.asarray(self.equations.turned @ self.prices)
        dual[self.width :] += self.prices
        dual[self.stands] = 0.0
        return np.asarray(s - self.equations.matrix @ x), dual

    def _factored(self, wanted: Vector) -> Direction | None:
        """Factor, and return the direction to the conditions without any middle; None if not."""
        side = self.bounds
        curve = summed(side.at, side.price * self.given[3], len(self.values))
        for _ in range(_FAILURES):
            self.stiff = 1.0 / (curve + self.raised * _PROXIMAL[0])
            self.stiff[self.stands] = 0.0
            rows = self.stiff[self.width :] + self.raised * _PROXIMAL[1]
            try:
                self.equations.factor(self.stiff[: self.width], rows)
                found = self._direction(wanted)
            except np.linalg.LinAlgError:
                found = None
            if found is not None and self.equations.residual < _SOLVED:
                return found
            self.raised *= 10.0
        return None

    def _direction(self, wanted: Vector) -> Direction:
        """Solve  r dp + p dr = wanted  with all residuals brought to zero."""
        primal, dual, lack, over_room, _ = self.given
        side, width = self.bounds, self.width
        forces = (wanted - side.price * lack) * over_room
        pull = dual - side.pull(forces, len(dual))
        ends = self.stiff[width:]
        moved, prices = self.equations.solve(pull[:width], primal - ends * pull[width:])
        values = np.concatenate([moved, ends * (-prices - pull[width:])])
        room = side.sign * values[side.at] + lack
        return Direction(values, prices, room, (wanted - side.price * room) * over_room)

    def _evened(
        self, wanted: Vector, found: Direction, steps: tuple[float, float], aim: float
    ) -> Vector:
        """Return what is wanted, with products far from the aim brought nearer to it."""
        first, second = (min(1.0, step + _FURTHER) for step in steps)
        product = self.bounds.room + first * found.room
        product *= self.bounds.price + second * found.price
        change = np.clip(product, _BAND[0] * aim, _BAND[1] * aim) - product
        return np.asarray(wanted + np.maximum(change, -_BAND[1] * aim))

    def _lengths(self, found: Direction) -> tuple[float, float]:
        """Return how far room and prices can go before one of them is 0."""
        return _reach(found.room * self.given[3]), _reach(found.price * self.given[4])

    def _mean(self, found: Direction, steps: tuple[float, float]) -> float:
        """Return the mean product of room and price after a step."""
        room = self.bounds.room + steps[0] * found.room
        price = self.bounds.price + steps[1] * found.price
        return float(room @ price) / max(len(room), 1)

    def _go(self, found: Direction, steps: tuple[float, float]) -> None:
        """Take a step; a product far below the mean is raised, that it does not block the next."""
        least = _CENTRAL * self._mean(found, steps)
        self.values = self.values + steps[0] * found.values
        self.prices = self.prices + steps[1] * found.prices
        side = self.bounds
        new, cost = side.room + steps[0] * found.room, side.price + steps[1] * found.price
        great = np.maximum(np.maximum(new, cost), np.sqrt(least))
        small = np.maximum(np.minimum(new, cost), least / great)
        side.room = np.where(new >= cost, great, small)
        side.price = np.where(new >= cost, small, great)


def _bounds(low: Vector, high: Vector, start: Vector, price: float) -> Bounds:
    """Return all bounds, each with at least a unit of room and this price."""
    below, above = np.flatnonzero(np.isfinite(low)), np.flatnonzero(np.isfinite(high))
    at = np.concatenate([below, above])
    bound = np.concatenate([low[below], high[above]])
    sign = np.concatenate([np.ones(len(below)), -np.ones(len(above))])
    room = np.maximum(sign * (start[at] - bound), 1.0)
    return Bounds(at, bound, sign, room, np.full(len(at), price))


def _reach(change: Vector) -> float:
    """Return how far values can go before one of them is 0, from their relative changes."""
    falls = float(change.min(initial=0.0))
    far = 1.0 / _STEP
    return min(far, -1.0 / falls) if falls < 0 else far
