"""Draws as many persons as a number says, exactly: those of the lowest ranks first.

A row stands for many persons. Where the number ends within a row, the row is parted: a new row
takes as many persons as are still wanted, with all that the old one has. So numbers of persons are
met to the person, whatever the weights, and nothing is made or lost.
"""

from dataclasses import dataclass, field
from typing import Final, TypeAlias, final

import numpy as np
from numpy.typing import NDArray

from sovplan.foundation import chance
from sovplan.foundation.engine.rows import Rows, Stored
from sovplan.foundation.order import ordered
from sovplan.society.persons.tables import NEVER

Mask: TypeAlias = NDArray[np.bool_]
Places: TypeAlias = NDArray[np.int64]

_LAST: Final = NEVER / 2  # ranks are stored in four bytes, where 1e30 is not exact


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

    def count(self, able: Mask) -> int:
        """Return how many persons the marked rows stand for."""
        return int((self.rows["weight"] * able).sum(dtype=np.int64))

    def first(self, what: str, able: Mask, wanted: int, rank: Stored | str = "rank_lot") -> Places:
        """Return the rows of the lowest ranks that stand for a number of persons.

        Parameters
        ----------
        what
            What they are wanted for; named where there are too few.
        able
            Rows that may be drawn.
        wanted
            How many persons.
        rank
            Name of a column of ranks, or ranks of all rows.
        """
        ranks = self.rows[rank] if isinstance(rank, str) else rank
        if wanted <= 0:
            return np.zeros(0, dtype=np.int64)
        # Places are picked by their numbers: far quicker than by marks, of which half are set.
        open_to = np.flatnonzero(able & (ranks < _LAST))
        asked = ranks[open_to]
        # Twice as many rows as are likely to be needed are put in order, all only if they fail.
        weight = self.rows["weight"][open_to]
        likely = 2 * wanted * len(open_to) // max(int(weight.sum(dtype=np.int64)), 1) + 64
        if likely < len(open_to):
            near = np.flatnonzero(asked <= np.partition(asked, likely)[likely])
            if int(weight[near].sum(dtype=np.int64)) >= wanted:
                open_to, asked = open_to[near], asked[near]
        order = open_to[ordered(asked)]
        reached = np.cumsum(self.rows["weight"][order], dtype=np.int64)
        there = int(reached[-1]) if len(reached) else 0
        if wanted > there:
            self.missing[what] = self.missing.get(what, 0) + wanted - there
            return order
        whole = int(np.searchsorted(reached, wanted, side="right"))
        chosen = order[:whole]
        rest = wanted - (int(reached[whole - 1]) if whole else 0)
        if rest > 0:
            chosen = np.append(chosen, self._part(int(order[whole]), rest))
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
