"""Some of the persons, by the places of their rows: what is read of them, and how many they are.

Most of what befalls persons befalls few. So who may be drawn is kept as a list of places, and only
what these have is looked at; a column of all rows is read where it tells who they are.
"""

from collections.abc import Callable
from typing import Final, TypeAlias, final

import numpy as np
from numpy.typing import NDArray

from sovplan.foundation.engine.rows import BLOCK, Rows, Stored

Mask: TypeAlias = NDArray[np.bool_]
Places: TypeAlias = NDArray[np.int64]


@final
class Crowd:
    """Some persons.

    Parameters
    ----------
    rows
        All persons.
    places
        Places of the rows that are meant, in ascending order.
    marks
        In their stead, a mark for each row: of a large crowd these are read more quickly, and many
        are never asked for places.
    """

    def __init__(self, rows: Rows, places: Places | None = None, marks: Mask | None = None) -> None:
        self.rows: Final = rows
        self.marks: Final = np.zeros(0, dtype=np.bool_) if marks is None else marks
        self.by_marks: Final = marks is not None
        self._places = places

    @property
    def at(self) -> Places:
        """Places of the rows that are meant, in ascending order."""
        if self._places is None:
            self._places = np.flatnonzero(self.marks)
        return self._places

    def __getitem__(self, name: str) -> Stored:
        """Return a column, as it is stored now, of those that are meant."""
        return self.rows.columns[name].take(self.at)

    def where(self, mask: Mask) -> "Crowd":
        """Return those that are marked."""
        return Crowd(self.rows, self.at.take(np.flatnonzero(mask)))

    def without(self, gone: Places) -> "Crowd":
        """Return those whose rows are not among some places."""
        marks = np.ones(self.rows.size, dtype=np.bool_)
        marks[gone] = False
        return self.where(marks.take(self.at))

    def some(self, many: int) -> "tuple[Crowd, int]":
        """Return every n-th of the rows, of those that are meant or of all, and n, at least 1."""
        if not self.by_marks:
            step = max(len(self.at) // many, 1)
            return Crowd(self.rows, self.at[::step]), step
        step = max(len(self.marks) // many, 1)
        return Crowd(self.rows, np.flatnonzero(self.marks[::step]) * step), step

    def upto(self, rank: "Rank", last: float) -> "Crowd":
        """Return those who have a rank up to a last one."""
        if not self.by_marks or not isinstance(rank, str):
            return self.where(ranks_of(self, rank) <= last)
        column = self.rows.columns[rank][: len(self.marks)]
        return Crowd(self.rows, np.flatnonzero((column <= last) & self.marks))

    @property
    def persons(self) -> int:
        """How many persons they are."""
        if not self.by_marks:
            return int(self["weight"].sum(dtype=np.int64))
        weight = self.rows.columns["weight"]
        parts = ((low, self.marks[low : low + BLOCK]) for low in range(0, len(self.marks), BLOCK))
        return sum(int((weight[low : low + len(m)] * m).sum(dtype=np.int64)) for low, m in parts)


Rank: TypeAlias = str | Callable[[Crowd], Stored]
"""The order in which persons are drawn: a column, or what gives a number for each row."""


def ranks_of(crowd: Crowd, rank: Rank) -> Stored:
    """Return the ranks of a crowd."""
    return crowd[rank] if isinstance(rank, str) else rank(crowd)


Test: TypeAlias = Callable[[Crowd], Mask]
"""What tells some persons from others, a mark for each row."""


def anyone(crowd: Crowd) -> Mask:
    """Mark everybody."""
    return np.ones(len(crowd.at), dtype=np.bool_)
