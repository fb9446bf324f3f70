"""Sparse matrices with values of their own in every draw: products and least shares."""

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

    def positive(self) -> "Spread":
        """Return the entries above 0; the others are 0."""
        return self._with(np.maximum(self.values, 0.0))

    def negative(self) -> "Spread":
        """Return the entries below 0 with their sign turned; the others are 0."""
        return self._with(np.maximum(-self.values, 0.0))

    def times(self, factors: Drawn) -> Drawn:
        """Return the product with a column of numbers by draw, rows x draws."""
        return summed(self.row, self.values * factors[self.column], self.shape[0])

    def least(self, sure: Drawn, rest: Drawn, part: Drawn) -> Drawn:
        """Return for each column the least share that the rows it uses leave it.

        A column uses a row where its entry is above 0. Of the column, the part `part` is given
        the share `sure` of the row, what remains of it the share `rest`.

        Parameters
        ----------
        sure, rest
            Rows x draws, 1 at most.
        part
            Columns x draws, 0 to 1.

        Returns
        -------
        ndarray
            Columns x draws; 1 for a column that uses nothing.
        """
        found = np.ones((self.shape[1], sure.shape[1]))
        if len(self.row):
            mine = part[self.column]
            share = mine * sure[self.row] + (1.0 - mine) * rest[self.row]
            used = np.where(self.values > 0.0, share, 1.0)[self.by_column]
            column = self.column[self.by_column]
            starts = np.flatnonzero(np.diff(column, prepend=-1))
            found[column[starts]] = np.minimum.reduceat(used, starts, axis=0)
        return found

    def most(self, shares: Drawn) -> Drawn:
        """Return for each column the greatest share of the rows in which it is above 0, else 0."""
        found = np.zeros((self.shape[1], shares.shape[1]))
        if len(self.row):
            used = np.where(self.values > 0.0, shares[self.row], 0.0)[self.by_column]
            column = self.column[self.by_column]
            starts = np.flatnonzero(np.diff(column, prepend=-1))
            found[column[starts]] = np.maximum.reduceat(used, starts, axis=0)
        return found

    def _with(self, values: Drawn) -> "Spread":
        return Spread(self.shape, self.row, self.column, values, self.by_column)


def summed(group: Indices, values: Drawn, count: int) -> Drawn:
    """Return sums of the values of each group; groups rise from 0 to count - 1."""
    found = np.zeros((count, values.shape[1]))
    if len(group):
        starts = np.flatnonzero(np.diff(group, prepend=-1))
        found[group[starts]] = np.add.reduceat(values, starts, axis=0)
    return found
