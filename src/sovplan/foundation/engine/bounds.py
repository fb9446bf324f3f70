"""Between which whole numbers an expression of a rule must lie, whatever it is given.

What follows from the storage of columns alone needs no look at every row of every year. Where
nothing follows, the answer is None and compiled loops look.
"""

from collections.abc import Iterable
from typing import Final, TypeAlias

Bounds: TypeAlias = tuple[int, int] | None
"""Least and greatest whole number, or None where nothing is known."""

ROOM: Final = 1 << 62
"""Beyond this nothing is said: whole numbers of eight bytes might have run over on the way."""


def bounded(ends: Iterable[int]) -> Bounds:
    """Return the least and the greatest of some numbers, None where one is too large to be sure.

    Examples
    --------
    >>> bounded([3, -1, 2])
    (-1, 3)
    """
    found = tuple(ends)
    return (min(found), max(found)) if max(abs(end) for end in found) <= ROOM else None


def reckoned(left: Bounds, sign: str, right: Bounds) -> Bounds:
    """Return the bounds of a sum, a difference or a product; of nothing else.

    Examples
    --------
    >>> reckoned((0, 255), "+", (1, 1))
    (1, 256)
    >>> reckoned((-2, 3), "*", (0, 5))
    (-10, 15)
    """
    if left is None or right is None or sign not in {"+", "-", "*"}:
        return None
    if sign == "*":
        return bounded(one * other for one in left for other in right)
    low, high = right if sign == "+" else (-right[1], -right[0])
    return bounded((left[0] + low, left[1] + high))


def chosen(one: Bounds, other: Bounds) -> Bounds:
    """Return the bounds of one of two numbers, nobody knows which."""
    return None if one is None or other is None else bounded((*one, *other))


def least(one: Bounds, other: Bounds) -> Bounds:
    """Return the bounds of the lesser of two numbers."""
    if one is None or other is None:
        return None
    return min(one[0], other[0]), min(one[1], other[1])


def greatest(one: Bounds, other: Bounds) -> Bounds:
    """Return the bounds of the greater of two numbers."""
    if one is None or other is None:
        return None
    return max(one[0], other[0]), max(one[1], other[1])
