"""Some of the persons: what is read of them, and how many they are.

Few persons are kept as places of their rows, and only what these have is looked at. Of many that
would take longer than to look at every row: they are kept as a mark for each row, and what is read
of them has all rows. Both are asked alike.
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
        In their stead, a mark for each row.
    """

    def __init__(self, rows: Rows, places: Places | None = None, marks: Mask | None = None) -> None:
        self.rows: Final = rows
        self.marks: Final = np.zeros(0, dtype=np.bool_) if marks is None else marks
        self.are_many: Final = marks is not None
        self._places = places

    @property
    def at(self) -> Places:
        """Places of the rows that are meant, in ascending order."""
        if self._places is None:
            self._places = np.flatnonzero(self.marks)
        return self._places

    @property
    def few(self) -> "Crowd":
        """The same persons by the places of their rows."""
        return Crowd(self.rows, self.at) if self.are_many else self

    def __getitem__(self, name: str) -> Stored:
        """Return a column as it is now: of those that are meant, or of all where many are."""
        column = self.rows.columns[name]
        return column[: len(self.marks)] if self.are_many else column.take(self.at)

    def where(self, mask: Mask) -> "Crowd":
        """Return those that are marked, a mark for each row of a column."""
        if self.are_many:
            return Crowd(self.rows, marks=self.marks & mask)
        return Crowd(self.rows, self.at.take(np.flatnonzero(mask)))

    def without(self, gone: Places) -> "Crowd":
        """Return those whose rows are not among some places."""
        marks = np.ones(self.rows.size, dtype=np.bool_)
        marks[gone] = False
        return self.where(marks[: len(self.marks)] if self.are_many else marks.take(self.at))

    def some(self, many: int) -> "tuple[Crowd, int]":
        """Return every n-th of the rows by their places, and n, at least 1."""
        step = max(len(self.marks if self.are_many else self.at) // many, 1)
        if self.are_many:
            return Crowd(self.rows, np.flatnonzero(self.marks[::step]) * step), step
        return Crowd(self.rows, self.at[::step]), step

    def upto(self, rank: "Rank", last: float) -> "Crowd":
        """Return those who have a rank up to a last one, by their places."""
        return self.where(ranks_of(self, rank) <= last).few

    @property
    def persons(self) -> int:
        """How many persons they are."""
        if not self.are_many:
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
    return np.ones(len(crowd.marks if crowd.are_many else crowd.at), dtype=np.bool_)
