"""The rows of a table: columns with room to grow, and where the newborn are put.

The newborn of a block of 65,536 places take the places of the dead of that block, in order; who
finds none goes to the end, block after block. So nobody else moves, and the order depends neither
on the engine nor on the number of threads.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeAlias, final

import numpy as np
from numpy.typing import NDArray

from sovplan.foundation import chance
from sovplan.foundation.engine.tables import EMPTY, Births, Table

Stored: TypeAlias = NDArray[Any]
Places: TypeAlias = NDArray[np.int64]

BLOCK: Final = 65536
"""Places within which the newborn look for room."""

SPARE: Final = 4
"""A table has room for one row more for so many; room that nobody has touched takes no memory."""


@final
@dataclass(slots=True)
class Rows:
    """Rows of one table.

    Parameters
    ----------
    table
        Its description.
    size
        How many places are in use, empty ones among them.
    columns
        Stored columns and the key by name, each with at least `size` places.
    """

    table: Table
    size: int
    columns: dict[str, Stored]

    def __post_init__(self) -> None:
        """Check that every kept column is there, is stored as described and is long enough."""
        wanted = {column.name: column.dtype for column in self.table.kept}
        if self.table.key:
            wanted[self.table.key] = "u8"
        if wanted.keys() != self.columns.keys():
            odd = sorted(wanted.keys() ^ self.columns.keys())
            raise TypeError(f"table {self.table.name}: columns differ: {', '.join(odd)}")
        for name, dtype in wanted.items():
            if self.columns[name].dtype != np.dtype(dtype) or len(self.columns[name]) < self.size:
                raise TypeError(f"table {self.table.name}: {name} is not {self.size} x {dtype}")

    def __getitem__(self, name: str) -> Stored:
        """Return the places of a column that are in use."""
        return self.columns[name][: self.size]

    @property
    def here(self) -> NDArray[np.bool_]:
        """Which places somebody has."""
        if not self.table.empty:
            return np.ones(self.size, dtype=np.bool_)
        return np.asarray(self[self.table.empty] != EMPTY)

    def read(self, name: str) -> Stored:
        """Return a column as rules read it."""
        return decoded(self.table, name, self[name])

    def keys(self, low: int, high: int) -> NDArray[np.uint64]:
        """Return the keys of some places."""
        if not self.table.key:
            return np.arange(low, high, dtype=np.uint64)
        return self.columns[self.table.key][low:high]

    def grow(self, more: int) -> None:
        """Make room for more rows."""
        need = self.size + more
        for name in [name for name, column in self.columns.items() if len(column) < need]:
            wider = np.zeros(need + need // SPARE, dtype=self.columns[name].dtype)
            wider[: self.size] = self.columns[name][: self.size]
            self.columns[name] = wider


def decoded(table: Table, name: str, stored: Stored) -> Stored:
    """Return stored numbers as rules read them: integers, or numbers of eight bytes."""
    column = table.column(name)
    if column.form == "whole":
        return stored.astype(np.int64, copy=False)
    numbers = stored.astype(np.float64, copy=False)
    return numbers * (1.0 / column.scale) if column.form == "share" else numbers


def newborn(births: Births, rows: Rows, mothers: Places, places: Places, year: int) -> None:
    """Write the newborn of some mothers to some places.

    Parameters
    ----------
    births
        How rows are born.
    rows
        The table, with room at `places`.
    mothers, places
        Rows, as many of one as of the other.
    year
        Year of birth.
    """
    table = rows.table
    keys = chance.keys_of_newborn(births.stream, year, rows.columns[table.key][mothers])
    rows.columns[table.key][places] = keys
    for name in births.inherited:
        rows.columns[name][places] = rows.columns[name][mothers]
    for name, likely in births.lots.items():
        rows.columns[name][places] = (keys >> np.uint64(11)) * 2.0**-53 < likely
    for name, number in births.constants.items():
        rows.columns[name][places] = number


def settle(rows: Rows, bears: NDArray[np.bool_], low: int, high: int, year: int) -> Places:
    """Put the newborn of a block into its empty places; return the mothers of all others.

    Parameters
    ----------
    rows
        The table.
    bears
        Which rows of the block bear a child.
    low, high
        The block.
    year
        Year of birth.
    """
    births = rows.table.births
    if births is None:
        raise TypeError(f"table {rows.table.name}: nobody is born there")
    empty = rows.columns[rows.table.empty][low:high] == EMPTY
    mothers = np.flatnonzero(bears & ~empty) + low
    places = np.flatnonzero(empty) + low
    many = min(len(mothers), len(places))
    newborn(births, rows, mothers[:many], places[:many], year)
    return mothers[many:]


def append(rows: Rows, mothers: Places, year: int) -> None:
    """Put the newborn of some mothers to the end of the table."""
    births = rows.table.births
    if births is not None and len(mothers):
        rows.grow(len(mothers))
        newborn(births, rows, mothers, rows.size + np.arange(len(mothers)), year)
        rows.size += len(mothers)


def check_births(table: Table) -> None:
    """Check that a newborn is given every kept column once, and that births are possible at all."""
    births: Births | None = table.births
    if births is None:
        return
    said = [*births.inherited, *births.lots, *births.constants]
    kept = [column.name for column in table.kept]
    if sorted(said) != sorted(kept) or not table.key or not table.empty:
        odd: Mapping[str, None] = dict.fromkeys(sorted(set(said) ^ set(kept)))
        raise TypeError(f"table {table.name}: a newborn needs each column once: {', '.join(odd)}")
