"""A few steps of the dual simplex from a basis whose factors are there.

Where a small change breaks a few rows of an optimum, each step lets what breaks its bound most (for
its weight) leave the basis, and what is cheapest for its help enter:

    d_j <- d_j - t alpha_j,      t = min over j of  d_j / alpha_j,      alpha = [A, I]' B^-T e_p.

Nothing here has to be believed: what is found counts only once its residuals and its gap are small.

Sources: Lemke (1954); ratio test in two passes, Harris (1973), Mathematical Programming 5, 1-28;
weights, Forrest and Goldfarb (1992), Mathematical Programming 57, 341-374 (reference framework).
"""

from dataclasses import dataclass, field
from typing import Final, final

import numpy as np

from sovplan.foundation.footing import HIGH, LOW, Trail
from sovplan.foundation.programme import BASIC
from sovplan.foundation.shapes import Flags, Vector

_TOLERANCE: Final = 1e-9
"""How far a quantity may be outside its bounds, and a price below zero, on the scaled problem."""
_SHIFTED: Final = 1e-7
"""Price below zero up to which it is taken for zero on the way."""
_PIVOT: Final = 1e-7
"""Least size of what a step divides by."""
_APART: Final = 1e-6
"""How far, relative, both ways to reckon what a step divides by may be apart."""
_LOOKS: Final = 3
"""How many of what breaks its bound most are weighed exactly."""
_MOST: Final = 60
"""Most steps: beyond, factors of the new basis are sooner made than gone without."""


@final
@dataclass(frozen=True, slots=True, eq=False)
class Limits:
    """What is minimised within which bounds, columns first and slacks after them.

    Parameters
    ----------
    cost
        c, and 0 for slacks.
    low, high
        Bounds.
    """

    cost: Vector
    low: Vector
    high: Vector


@final
@dataclass(frozen=True, slots=True, eq=False)
class _State:
    """Where the way stands.

    Parameters
    ----------
    values, reduced
        x and s, and the price of each below or above what it brings.
    weights
        Weights of places, carried along.
    rows
        Rows of B^-1 that have been reckoned, by place.
    """

    values: Vector
    reduced: Vector
    weights: Vector
    rows: dict[int, Vector] = field(default_factory=dict)


def walked(trail: Trail, limits: Limits) -> tuple[Vector, Vector] | None:
    """Return columns and prices of the optimum, or None where the way there is not found.

    The trail then ends at it; without an answer it is of no further use.

    Parameters
    ----------
    trail
        Where to start: a basis whose prices fit, or do once boxed columns change sides.
    limits
        What is minimised.
    """
    prices = trail.backward(limits.cost[trail.head])
    reduced = limits.cost - trail.paid(prices)
    reduced[trail.head] = 0.0
    if not _placed(trail, limits, reduced):
        return None
    values = _resting(trail, limits)
    values[trail.head] = -trail.forward(trail.used(values))
    state = _State(values, reduced, np.ones(len(trail.head)))
    for _ in range(_MOST):
        place = _leaving(trail, limits, state)
        if place is None:
            return _exact(trail, limits)
        if not _step(trail, limits, state, place):
            return None
    return None


def _placed(trail: Trail, limits: Limits, reduced: Vector) -> bool:
    """Put what is not basic to the bound that its price asks for; tell whether there is one."""
    has_low, has_high, at = np.isfinite(limits.low), np.isfinite(limits.high), trail.at
    rests = at != BASIC
    high = (at == HIGH) & has_high | ~has_low & has_high
    high = (high & (reduced <= _SHIFTED)) | (reduced < -_SHIFTED)
    wrong = np.where(high, ~has_high, ~has_low) & (np.abs(reduced) > _SHIFTED)
    at[rests] = np.where(high, HIGH, LOW)[rests]
    return not bool((wrong & rests).any())


def _resting(trail: Trail, limits: Limits) -> Vector:
    """Return all that is not basic at its bound, and 0 for the rest."""
    bound = np.where(trail.at == HIGH, limits.high, limits.low)
    return np.where((trail.at != BASIC) & np.isfinite(bound), bound, 0.0)


def _leaving(trail: Trail, limits: Limits, state: _State) -> int | None:
    """Return the place of what breaks its bound most for its weight; None if nothing does.

    The true weight is the square of its row of B^-1. It is reckoned for those that come first by
    the weights that are carried along: by these alone the way can be many times as long.
    """
    here = state.values[trail.head]
    outside = np.maximum(limits.low[trail.head] - here, here - limits.high[trail.head])
    broken = np.flatnonzero(outside > _TOLERANCE)
    if not len(broken):
        return None
    order = np.argsort(-(outside[broken] ** 2) / state.weights[broken], kind="stable")
    first = broken[order[:_LOOKS]].tolist()
    known = {place: state.rows.get(place) for place in first}
    state.rows.clear()
    for place, row in known.items():
        state.rows[place] = _row(trail, place) if row is None else row
    true = [outside[place] ** 2 / (row @ row) for place, row in state.rows.items()]
    return int(first[int(np.argmax(true))])


def _row(trail: Trail, place: int) -> Vector:
    """Return a row of B^-1."""
    unit = np.zeros(len(trail.head))
    unit[place] = 1.0
    return trail.backward(unit)


def _step(trail: Trail, limits: Limits, state: _State, place: int) -> bool:
    """Let what stands at a place leave, and something else enter; tell whether that could be."""
    values, reduced, leaves = state.values, state.reduced, int(trail.head[place])
    row = trail.paid(state.rows[place])
    row[trail.head] = 0.0
    below = bool(values[leaves] < limits.low[leaves])
    enters = _entering(trail, limits, reduced, -row if below else row)
    if enters is None:
        return False
    column = trail.forward(trail.column(enters))
    if abs(column[place] - row[enters]) > _APART * (1.0 + abs(row[enters])):
        return False
    rate = reduced[enters] / row[enters]
    reduced -= rate * row
    reduced[enters], reduced[leaves] = 0.0, -rate
    bound = (limits.low if below else limits.high)[leaves]
    amount = (values[leaves] - bound) / column[place]
    values[trail.head] -= amount * column
    values[leaves] = bound
    values[enters] += amount
    trail.at[leaves], trail.at[enters] = LOW if below else HIGH, BASIC
    trail.head[place] = enters
    # What a price went below zero by in the tolerance of the ratio test is taken back.
    np.maximum(reduced, 0.0, out=reduced, where=trail.at == LOW)
    np.minimum(reduced, 0.0, out=reduced, where=trail.at == HIGH)
    _carry(state, column, place)
    trail.steps.append((place, column))
    return True


def _entering(trail: Trail, limits: Limits, reduced: Vector, row: Vector) -> int | None:
    """Return what enters: of all with nearly the least ratio, that with the greatest entry."""
    candidates = np.flatnonzero(_able(trail, limits, row))
    if not len(candidates):
        return None
    size, price = np.abs(row[candidates]), np.abs(reduced[candidates])
    most = float(((price + _TOLERANCE) / size).min())
    near = price <= most * size
    return int(candidates[near][np.argmax(size[near])])


def _able(trail: Trail, limits: Limits, row: Vector) -> Flags:
    """Return what may move in the direction that mends the row."""
    open_both = ~np.isfinite(limits.low) & ~np.isfinite(limits.high)
    up = (trail.at == LOW) & (row > _PIVOT) | (trail.at == HIGH) & (row < -_PIVOT)
    free = open_both & (np.abs(row) > _PIVOT)
    return np.asarray((up | free) & (trail.at != BASIC) & (limits.high > limits.low))


def _carry(state: _State, column: Vector, place: int) -> None:
    """Take weights and known rows of B^-1 on over a step."""
    own, pivot = state.weights[place], column[place]
    np.maximum(state.weights, own * (column / pivot) ** 2, out=state.weights)
    state.weights[place] = max(own / (pivot * pivot), 1.0)
    gone = state.rows.pop(place)
    for other in state.rows:
        state.rows[other] = state.rows[other] - column[other] / pivot * gone


def _exact(trail: Trail, limits: Limits) -> tuple[Vector, Vector]:
    """Return quantities and prices of the basis, each made exact by what is left of it."""
    values = _resting(trail, limits)
    prices = np.zeros(len(trail.head))
    for _ in range(2):
        values[trail.head] -= trail.forward(trail.used(values))
        left = limits.cost - trail.paid(prices)
        prices = prices + trail.backward(left[trail.head])
    slack = trail.head[trail.head >= trail.footing.matrix.shape[1]]
    prices[slack - trail.footing.matrix.shape[1]] = 0.0
    return values[: trail.footing.matrix.shape[1]], prices
