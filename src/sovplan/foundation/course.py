"""One turn of the interior point method, and the state between turns.

With w = (x, s), room r of every bound (how far w is from it) and its price p:

    c - (A' y, -y) - sum of prices = 0        s - A x = 0        r p = mu        r = |w - bound|
"""

from dataclasses import dataclass
from typing import Final, final

import numpy as np

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
_BAND: Final = (0.1, 10.0)
"""Products, relative to what is aimed at, that are left alone. Source: Gondzio (1996)."""
_FURTHER: Final = 0.3
"""How much longer a step is tried to be. Source: Gondzio (1996), within his range."""
_PROXIMAL: Final = 1e-8
"""Proximal terms of quantities and prices at the start; ten times as much where factors fail."""
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
    """Bounds of one sort: where, how much room there is, and what they cost.

    Parameters
    ----------
    at
        Places in w.
    bound
        The bounds.
    sign
        1 for low bounds, -1 for high ones.
    room, price
        r and p, kept above 0.
    """

    at: Indices
    bound: Vector
    sign: float
    room: Vector
    price: Vector

    def lacking(self, values: Vector) -> Vector:
        """Return how far the room is from the true distance."""
        return np.asarray(self.sign * (values[self.at] - self.bound) - self.room)


@final
@dataclass(frozen=True, slots=True, eq=False)
class Direction:
    """A Newton direction: of w, of y, and of room and price by sort of bounds."""

    values: Vector
    prices: Vector
    sides: tuple[tuple[Vector, Vector], ...]


State = tuple[Vector, Vector, tuple[tuple[Vector, Vector], ...]]


class Course:
    """Where the method stands."""

    def __init__(self, programme: Programme, equations: NormalEquations) -> None:
        """Start in the middle of finite bounds, one unit from single ones."""
        self.programme, self.equations = programme, equations
        self.width, self.prices = len(programme.cost), np.zeros(len(programme.row_low))
        low = np.concatenate([programme.low, programme.row_low])
        high = np.concatenate([programme.high, programme.row_high])
        self.exact = np.flatnonzero(programme.row_low == programme.row_high)
        stands = self.width + self.exact
        start = np.clip(0.0, low + 1.0, np.maximum(high - 1.0, low + 1.0))
        both = np.isfinite(low) & np.isfinite(high)
        start[both] = np.minimum(low[both] + 1.0, (low[both] + high[both]) / 2.0)
        start[~np.isfinite(low)] = np.minimum(0.0, high[~np.isfinite(low)] - 1.0)
        start[stands] = low[stands]
        low[stands], high[stands] = -np.inf, np.inf
        self.values = start
        self.sides = (_bounds(low, 1.0, start), _bounds(high, -1.0, start))
        self.cost = np.concatenate([programme.cost, np.zeros(len(self.prices))])
        self.count = max(sum(len(side.at) for side in self.sides), 1)
        self.proximal, self.stiff = _PROXIMAL, np.zeros(len(start))
        # Proximal terms let quantities grow for long where a plan may be of any size.
        self.size = max(float(np.abs(side.bound).max(initial=0.0)) for side in self.sides)

    def state(self) -> State:
        """Return what a turn changes."""
        return self.values, self.prices, tuple((side.room, side.price) for side in self.sides)

    def restore(self, state: State) -> None:
        """Go back to an earlier state."""
        self.values, self.prices = state[:2]
        for side, (room, price) in zip(self.sides, state[2], strict=True):
            side.room, side.price = room, price

    def columns(self, near: float) -> Vector:
        """Return x, those nearer to a bound than something put to it if its price says so."""
        found = self.values.copy()
        for side in self.sides:
            leans = (side.room < side.price) & (side.room < near)
            found[side.at[leans]] = side.bound[leans]
        return np.asarray(found[: self.width])

    def distance(self) -> float:
        """Return the greatest of gap and residuals, relative."""
        primal, dual = self._residuals()
        reached = float(self.cost @ self.values)
        bound = float(self.prices[self.exact] @ self.programme.row_low[self.exact])
        bound += sum(side.sign * float(side.price @ side.bound) for side in self.sides)
        return max(
            abs(reached - bound) / (1.0 + abs(reached)),
            float(np.abs(primal).max(initial=0.0)) / (1.0 + self.size),
            float(np.abs(dual).max(initial=0.0)) / (1.0 + float(np.abs(self.cost).max(initial=0))),
        )

    def turn(self, distance: float) -> bool:
        """Take one turn from a distance from the end; tell whether it went anywhere."""
        self.equations.close = max(CLOSE, min(_ROUGH[1], _ROUGH[0] * distance))
        primal, dual = self._residuals()
        affine = self._factored(primal, dual)
        if affine is None:
            return False
        mean = self._mean(affine, (0.0, 0.0))
        aim = (self._mean(affine, self._lengths(affine)) / mean) ** 3 * mean
        wanted = [
            aim - side.room * side.price - room * price
            for side, (room, price) in zip(self.sides, affine.sides, strict=True)
        ]
        found = self._direction(primal, dual, wanted)
        steps = self._lengths(found)
        for _ in range(_CORRECTORS):
            wanted = self._evened(wanted, found, steps, aim)
            other = self._direction(primal, dual, wanted)
            reach = self._lengths(other)
            if min(reach) < min(steps) + 0.01 or sum(reach) < sum(steps):
                break
            found, steps = other, reach
        self._go(found, (min(1.0, _STEP * steps[0]), min(1.0, _STEP * steps[1])))
        return min(steps) > _SHORT

    def _residuals(self) -> tuple[Vector, Vector]:
        """Return  s - A x  and  c - (A' y, -y) - prices of bounds."""
        x, s = self.values[: self.width], self.values[self.width :]
        dual = self.cost - np.concatenate([self.equations.turned @ self.prices, -self.prices])
        for side in self.sides:
            dual[side.at] -= side.sign * side.price
        dual[self.width + self.exact] = 0.0
        return np.asarray(s - self.programme.matrix @ x), dual

    def _factored(self, primal: Vector, dual: Vector) -> Direction | None:
        """Factor, and return the direction to the conditions without any middle; None if not."""
        curve = np.zeros(len(self.values))
        for side in self.sides:
            np.add.at(curve, side.at, side.price / side.room)
        for _ in range(_FAILURES):
            self.stiff = 1.0 / (curve + self.proximal)
            self.stiff[self.width + self.exact] = 0.0
            rows = self.stiff[self.width :] + self.proximal
            try:
                self.equations.factor(self.stiff[: self.width], rows)
                found = self._direction(primal, dual, [-s.room * s.price for s in self.sides])
            except np.linalg.LinAlgError:
                found = None
            if found is not None and self.equations.residual < _SOLVED:
                return found
            self.proximal *= 10.0
        return None

    def _direction(self, primal: Vector, dual: Vector, wanted: list[Vector]) -> Direction:
        """Solve  r dp + p dr = wanted  with all residuals brought to zero."""
        pull = dual.copy()
        lacking = [side.lacking(self.values) for side in self.sides]
        for side, want, lack in zip(self.sides, wanted, lacking, strict=True):
            pull[side.at] -= side.sign * (want - side.price * lack) / side.room
        ends = self.stiff[self.width :]
        moved, prices = self.equations.solve(
            pull[: self.width], primal - ends * pull[self.width :]
        )
        values = np.concatenate([moved, ends * (-prices - pull[self.width :])])
        sides = []
        for side, want, lack in zip(self.sides, wanted, lacking, strict=True):
            room = side.sign * values[side.at] + lack
            sides.append((room, (want - side.price * room) / side.room))
        return Direction(values, prices, tuple(sides))

    def _evened(
        self, wanted: list[Vector], found: Direction, steps: tuple[float, float], aim: float
    ) -> list[Vector]:
        """Return what is wanted, with products far from the aim brought nearer to it."""
        first, second = (min(1.0, step + _FURTHER) for step in steps)
        more = []
        for side, (room, price) in zip(self.sides, found.sides, strict=True):
            product = (side.room + first * room) * (side.price + second * price)
            change = np.clip(product, _BAND[0] * aim, _BAND[1] * aim) - product
            more.append(np.maximum(change, -_BAND[1] * aim))
        return [want + change for want, change in zip(wanted, more, strict=True)]

    def _lengths(self, found: Direction) -> tuple[float, float]:
        """Return how far room and prices can go before one of them is 0."""
        pairs = list(zip(self.sides, found.sides, strict=True))
        return (
            min(_reach(side.room, room) for side, (room, _) in pairs),
            min(_reach(side.price, price) for side, (_, price) in pairs),
        )

    def _mean(self, found: Direction, steps: tuple[float, float]) -> float:
        """Return the mean product of room and price after a step."""
        return sum(
            float((side.room + steps[0] * room) @ (side.price + steps[1] * price)) / self.count
            for side, (room, price) in zip(self.sides, found.sides, strict=True)
        )

    def _go(self, found: Direction, steps: tuple[float, float]) -> None:
        """Take a step; a product far below the mean is raised, that it does not block the next."""
        least = _CENTRAL * self._mean(found, steps)
        self.values = self.values + steps[0] * found.values
        self.prices = self.prices + steps[1] * found.prices
        for side, (room, price) in zip(self.sides, found.sides, strict=True):
            new, cost = side.room + steps[0] * room, side.price + steps[1] * price
            great = np.maximum(np.maximum(new, cost), np.sqrt(least))
            small = np.maximum(np.minimum(new, cost), least / great)
            side.room = np.where(new >= cost, great, small)
            side.price = np.where(new >= cost, small, great)


def _bounds(bound: Vector, sign: float, start: Vector) -> Bounds:
    at = np.flatnonzero(np.isfinite(bound))
    room = np.maximum(sign * (start[at] - bound[at]), 1.0)
    return Bounds(at, bound[at], sign, room, np.ones(len(at)))


def _reach(value: Vector, change: Vector) -> float:
    falls = change < 0
    far = 1.0 / _STEP
    return min(far, float(np.min(value[falls] / -change[falls]))) if falls.any() else far
