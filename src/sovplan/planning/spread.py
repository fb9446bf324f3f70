"""Sparse matrices with values of their own in every draw: products and least ratios."""

from dataclasses import dataclass
from typing import final

import numpy as np

from sovplan.foundation.shapes import Indices, Sparse
from sovplan.planning.deviations import Drawn


@final
@dataclass(frozen=True, slots=True, eq=False)
class Spread:
    """A sparse matrix in a number of draws.

    Parameters
    ----------
    shape
        Rows and columns.
    row, column
        Place of each entry; entries stand row by row.
    values
        Entries x draws.
    by_column
        Order in which entries stand column by column.
    """

    shape: tuple[int, int]
    row: Indices
    column: Indices
    values: Drawn
    by_column: Indices

    @classmethod
    def of(cls, matrix: Sparse, values: Drawn) -> "Spread":
        """Return a matrix whose entries, in the order of its data, have other values by draw."""
        row, column = matrix.tocoo().coords
        return cls.at(matrix.shape, row.astype(np.int64), column.astype(np.int64), values)

    @classmethod
    def at(cls, shape: tuple[int, int], row: Indices, column: Indices, values: Drawn) -> "Spread":
        """Return a matrix from places and values; entries of one place add up."""
        order = np.lexsort((column, row))
        row, column = row[order], column[order]
        first = np.ones(len(row), dtype=bool)
        first[1:] = (row[1:] != row[:-1]) | (column[1:] != column[:-1])
        values = summed(np.cumsum(first) - 1, values[order], int(first.sum()))
        row, column = row[first], column[first]
        return cls(shape, row, column, values, np.argsort(column, kind="stable"))

    def where(self, values: Drawn) -> "Spread":
        """Return the same places with other values."""
        return Spread(self.shape, self.row, self.column, values, self.by_column)

    def times(self, factors: Drawn) -> Drawn:
        """Return the product with a column of numbers by draw, rows x draws."""
        return summed(self.row, self.values * factors[self.column], self.shape[0])

    def least(self, ratios: Drawn) -> Drawn:
        """Return for each column the least ratio of the rows that it uses; 1 if it uses none.

        A column uses a row where its entry is above 0; ratios are rows x draws, 1 at most.
        """
        found = np.ones((self.shape[1], ratios.shape[1]))
        if len(self.row):
            used = np.where(self.values > 0, ratios[self.row], 1.0)[self.by_column]
            column = self.column[self.by_column]
            starts = np.flatnonzero(np.diff(column, prepend=-1))
            found[column[starts]] = np.minimum.reduceat(used, starts, axis=0)
        return found

    def only(self, draws: Indices) -> "Spread":
        """Return the matrix in some of the draws."""
        return self.where(self.values[:, draws])


def summed(group: Indices, values: Drawn, count: int) -> Drawn:
    """Return sums of the values of each group; groups rise from 0 to count - 1."""
    found = np.zeros((count, values.shape[1]))
    if len(group):
        starts = np.flatnonzero(np.diff(group, prepend=-1))
        found[group[starts]] = np.add.reduceat(values, starts, axis=0)
    return found
