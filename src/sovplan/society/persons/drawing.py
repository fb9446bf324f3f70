"""Draws as many persons as a number says, exactly: those of the lowest ranks first.

A row stands for many persons. Where the number ends within a row, the row is parted: a new row
takes as many persons as are still wanted, with all that the old one has. So numbers of persons are
met to the person, whatever the weights, and nothing is made or lost.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, final

import numpy as np

from sovplan.foundation import chance
from sovplan.foundation.engine.rows import Rows, Stored
from sovplan.foundation.order import ordered
from sovplan.society.persons.crowd import Crowd, Mask, Places, Rank, Test, anyone, ranks_of
from sovplan.society.persons.tables import NEVER

_LAST: Final = NEVER / 2  # ranks are stored in four bytes, where 1e30 is not exact
_SOME: Final = 4096
"""Rows by which it is guessed up to which rank those who are drawn will lie."""
_MORE: Final = 16
"""Rows of the sample that are looked at beyond what is likely to be needed."""
_ROOM: Final = 1.25
"""How many times as many rows are looked at as are likely to be needed."""


@final
@dataclass(slots=True)
class Drawing:
    """Draws from the persons of a year.

    Parameters
    ----------
    rows
        The persons.
    year
        The year, from which keys of parted rows are made.
    parted
        How many rows were parted.
    missing
        Persons who were wanted and not there, by what they were wanted for.
    """

    rows: Rows
    year: int
    parted: int = 0
    missing: dict[str, int] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Stored:
        """Return a column as it is now; parting rows may have moved it."""
        return self.rows[name]

    def who(self, mask: Mask) -> Crowd:
        """Return who lives and is marked, a mark for each row in use."""
        return Crowd(self.rows, marks=mask & self.rows.here)

    def persons(self, at: Places) -> int:
        """Return how many persons the rows of some places stand for."""
        return Crowd(self.rows, at).persons

    def first(
        self, what: str, crowd: Crowd, wanted: int, rank: Rank = "rank_lot", able: Test = anyone
    ) -> Places:
        """Return the rows of the lowest ranks that stand for a number of persons.

        Parameters
        ----------
        what
            What they are wanted for; named where there are too few.
        crowd
            Who may be drawn.
        wanted
            How many persons.
        rank
            Order in which they are drawn.
        able
            Who of them can be drawn, looked at only in those who come first.
        """
        if wanted <= 0:
            return np.zeros(0, dtype=np.int64)
        for last in _likely(crowd, wanted, rank, able):
            near = crowd.upto(rank, last)
            near = near.where(able(near))
            weight = near["weight"]
            there = int(weight.sum(dtype=np.int64))
            if there >= wanted:
                break
        order = ordered(ranks_of(near, rank))
        if wanted > there:
            self.missing[what] = self.missing.get(what, 0) + wanted - there
            return near.at[order]
        reached = np.cumsum(weight[order], dtype=np.int64)
        whole = int(np.searchsorted(reached, wanted, side="right"))
        chosen = near.at[order[:whole]]
        rest = wanted - (int(reached[whole - 1]) if whole else 0)
        if rest > 0:
            chosen = np.append(chosen, self._part(int(near.at[order[whole]]), rest))
        return chosen

    def _part(self, row: int, persons: int) -> int:
        """Put some persons of a row into a new one; return its place."""
        rows = self.rows
        rows.grow(1)
        new = rows.size
        for column in rows.columns.values():
            column[new] = column[row]
        rows.size += 1
        stream = f"parted rows {self.parted}"
        old = rows.columns[rows.table.key][row : row + 1]
        rows.columns[rows.table.key][new] = chance.keys_of_newborn(stream, self.year, old)[0]
        rows.columns["weight"][new] = persons
        rows.columns["weight"][row] -= persons
        self.parted += 1
        return new


def _likely(crowd: Crowd, wanted: int, rank: Rank, able: Test) -> Iterator[float]:
    """Yield a rank up to which there are likely enough of those who are wanted; then the last."""
    some, step = crowd.some(_SOME)
    if step > 1:
        # The rank up to which a sample has somewhat more persons than its part of those wanted.
        tried = ranks_of(some, rank)
        order = ordered(tried)
        reached = np.cumsum((some["weight"] * able(some))[order], dtype=np.int64)
        place = int(np.searchsorted(reached, _ROOM * wanted / step)) + _MORE
        if place < len(order):
            yield min(float(tried[order[place]]), _LAST)
    yield _LAST
