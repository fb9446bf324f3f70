"""The planning problem as a linear programme: columns, rows, and what each of them means.

Follows the page of the planning problem limit by limit.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import final

import numpy as np
from scipy.sparse import csc_array

from sovplan.foundation.programme import Programme
from sovplan.foundation.shapes import Grid, Indices, Vector
from sovplan.records.aims import Aims
from sovplan.records.calendar import Calendar
from sovplan.records.economy import Economy


@final
@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """A grid of columns or rows that belong together: goods x years, plants x years, ...

    Parameters
    ----------
    name
        What the block is.
    places
        Index of each column or row in the programme; a grid with one axis for each index.
    names, years
        What each one is of, and its calendar year (0 for all years), flat in the order of places.
    """

    name: str
    places: Indices
    names: tuple[str, ...]
    years: tuple[int, ...]


@final
@dataclass(frozen=True, slots=True)
class Axes:
    """What a grid counts: names times years (`crossed`), or one name and one year a place.

    Parameters
    ----------
    names, years
        The names and the calendar years; of one length unless crossed.
    crossed
        Whether every name stands with every year.
    """

    names: tuple[str, ...]
    years: tuple[int, ...]
    crossed: bool = True

    @property
    def shape(self) -> tuple[int, ...]:
        """Shape of the grid."""
        return (len(self.names), len(self.years)) if self.crossed else (len(self.names),)

    def flat(self) -> tuple[tuple[str, ...], tuple[int, ...]]:
        """Return the name and the year of each place."""
        if not self.crossed:
            return self.names, self.years
        names = tuple(name for name in self.names for _ in self.years)
        return names, self.years * len(self.names)


@final
@dataclass(slots=True, eq=False)
class Builder:
    """Collects columns, rows and entries; nothing is judged here."""

    columns: dict[str, Block] = field(default_factory=dict)
    rows: dict[str, Block] = field(default_factory=dict)
    low: list[Vector] = field(default_factory=list)
    high: list[Vector] = field(default_factory=list)
    row_low: list[Vector] = field(default_factory=list)
    row_high: list[Vector] = field(default_factory=list)
    entries: list[tuple[Indices, Indices, Vector]] = field(default_factory=list)
    width: int = 0
    height: int = 0

    def add_columns(self, name: str, axes: Axes, low: float | Grid, high: float | Grid) -> Indices:
        """Add a grid of columns and return their places."""
        shape = axes.shape
        count = int(np.prod(shape))
        places = np.arange(self.width, self.width + count).reshape(shape)
        self.columns[name] = Block(name, places, *axes.flat())
        self.low.append(np.broadcast_to(low, shape).ravel().astype(np.float64))
        self.high.append(np.broadcast_to(high, shape).ravel().astype(np.float64))
        self.width += count
        return places

    def add_rows(self, name: str, axes: Axes, low: float | Grid, high: float | Grid) -> Indices:
        """Add a grid of rows and return their places."""
        shape = axes.shape
        count = int(np.prod(shape))
        places = np.arange(self.height, self.height + count).reshape(shape)
        self.rows[name] = Block(name, places, *axes.flat())
        self.row_low.append(np.broadcast_to(low, shape).ravel().astype(np.float64))
        self.row_high.append(np.broadcast_to(high, shape).ravel().astype(np.float64))
        self.height += count
        return places

    def put(self, rows: Indices, columns: Indices, values: float | Grid) -> None:
        """Add entries of the matrix; arrays are broadcast against each other."""
        spread = np.broadcast_arrays(rows, columns, np.asarray(values, dtype=np.float64))
        row, column, value = (part.ravel() for part in spread)
        keep = value != 0
        self.entries.append((row[keep], column[keep], value[keep]))

    def programme(self, cost: Vector, *, maximise: bool) -> Programme:
        """Return what was collected, with an objective."""
        parts = [np.concatenate([entry[part] for entry in self.entries]) for part in range(3)]
        matrix = csc_array((parts[2], (parts[0], parts[1])), shape=(self.height, self.width))
        matrix.sum_duplicates()
        return Programme(
            cost,
            matrix,
            np.concatenate(self.row_low),
            np.concatenate(self.row_high),
            np.concatenate(self.low),
            np.concatenate(self.high),
            maximise,
        )


@final
@dataclass(frozen=True, slots=True, eq=False)
class Problem:
    """The planning problem of an economy and its aims.

    Parameters
    ----------
    economy, aims, calendar
        What it was made from.
    programme
        The linear programme with the first objective.
    columns, rows
        Places of columns and rows by block.
    labour_cost
        Hours of work of each column, weighted by the aims.
    """

    economy: Economy
    aims: Aims
    calendar: Calendar
    programme: Programme
    columns: dict[str, Block]
    rows: dict[str, Block]
    labour_cost: Vector

    def take(self, name: str, values: Vector) -> Grid:
        """Return the values of a block of columns in its grid; zeros where there is none."""
        block = self.columns.get(name)
        if block is not None:
            return np.asarray(values[block.places])
        return np.zeros(len(self.calendar.years))

    def duals(self, name: str, values: Vector, shape: Sequence[int]) -> Grid:
        """Return the values of a block of rows in its grid; zeros where there is none."""
        block = self.rows.get(name)
        return np.zeros(tuple(shape)) if block is None else np.asarray(values[block.places])
