"""What is left of the equations without cells and links: common rows and wide columns, dense."""

from typing import Final, final

import numpy as np
from scipy.linalg.blas import dsyrk
from scipy.linalg.lapack import dpotrf, dpotrs
from scipy.sparse import csc_array

from sovplan.foundation.shapes import AnySparse, Indices, Matrix, Vector

_DENSE: Final = 40
"""Pairs of entries, relative to a million terms of a dense product, from which that is sooner."""
_HELD: Final = (1e-14, 1e-11)
"""Parts of a diagonal entry that are added to it against rounding, the first that does."""


@final
class Remainder:
    """Common rows and wide columns.

    Entries of common rows come first (the lower triangle, column after column), then those of
    common rows with wide columns, then those of wide columns.
    """

    def __init__(self, height: int, width: int) -> None:
        """Take the numbers of common rows and of wide columns, which are numbered after those."""
        self.height, self.width = height, width
        self.bridged = height * height
        self.small = self.bridged + height * width
        self.length = self.small + width * width
        rows, columns = np.arange(height), np.arange(width)
        self.diagonal = np.concatenate(
            [rows * (height + 1), self.small + columns * (width + 1)]
        ).astype(np.int64)

    def place(self, one: Indices, other: Indices) -> Indices:
        """Return where entries stand."""
        low, high = np.minimum(one, other), np.maximum(one, other)
        of_common = low * self.height + high
        crossing = self.bridged + low * self.width + high - self.height
        of_wide = self.small + (one - self.height) * self.width + other - self.height
        found = np.where(high < self.height, of_common, crossing)
        return np.where(low < self.height, found, of_wide)

    def once(self, one: Indices, other: Indices) -> np.ndarray:
        """Tell which of all ordered pairs have to be given: those at or below the diagonal."""
        return (one >= other) | ((one >= self.height) & (other >= self.height))

    def factor(self, entries: Vector, sizes: Vector, more: Matrix | None) -> None:
        """Factor.

        Parameters
        ----------
        entries
            The matrix: common rows above 0, wide columns below 0.
        sizes
            What was added to each diagonal entry of common rows before anything was taken off.
        more
            H of further terms H H' of common rows, if there are any.
        """
        height, width = self.height, self.width
        self.bridge = entries[self.bridged : self.small].reshape(height, width)
        terms = [] if more is None else [more]
        if width:
            small = entries[self.small :].reshape(width, width)
            root = np.linalg.cholesky(-(small + small.T) / 2.0)
            half = np.linalg.solve(root, np.eye(width))
            self.inverse = -half.T @ half
            terms.append(self.bridge @ half.T)
        kept = entries[: self.bridged].reshape((height, height), order="F")
        for held in _HELD:
            whole = kept.copy(order="F")
            for term in terms:
                whole = dsyrk(1.0, term, beta=1.0, c=whole, lower=1, overwrite_c=1)
            whole[np.diag_indices(height)] += held * sizes
            self.factors, failed = dpotrf(whole, lower=1, clean=0, overwrite_a=1)
            if not failed:
                return
        raise np.linalg.LinAlgError

    def solve(self, right: Vector) -> Vector:
        """Return common rows and wide columns."""
        side, pull = right[: self.height], right[self.height :]
        if self.width:
            pull = self.inverse @ pull
            side = side - self.bridge @ pull
        found = dpotrs(self.factors, side, lower=1)[0] if self.height else side
        if self.width:
            pull = pull - self.inverse @ (found @ self.bridge)
        return np.concatenate([found, pull])


@final
class Alone:
    """Columns that are in common rows only: what they add to those."""

    def __init__(self, matrix: AnySparse) -> None:
        """Find pairs of entries in each column, or hold the columns densely if there are many."""
        by_column, height = csc_array(matrix), matrix.shape[0]
        counts = np.diff(by_column.indptr).astype(np.int64)
        self.dense: Matrix | None = None
        if (counts**2).sum() > _DENSE * height * height * len(counts) / 1e6:
            self.dense, counts = by_column.toarray(), np.zeros_like(counts)
        of = np.repeat(np.arange(len(counts)), counts)
        repeat = counts[of]
        first = np.repeat(np.arange(len(of)), repeat)
        steps = np.arange(len(first)) - np.repeat(np.cumsum(repeat) - repeat, repeat)
        second = np.repeat(by_column.indptr[:-1].astype(np.int64)[of], repeat) + steps
        i, j = by_column.indices[first], by_column.indices[second]
        low = i >= j
        self.places = j[low].astype(np.int64) * height + i[low]
        self.values = (by_column.data[first] * by_column.data[second])[low]
        self.of = of[first][low]

    def added(self, scale: Vector) -> Vector:
        """Return what is added at the places."""
        return np.asarray(self.values * scale[self.of])

    def further(self, scale: Vector) -> Matrix | None:
        """Return H of a further term H H' if columns are held densely."""
        return None if self.dense is None else np.asfortranarray(self.dense * np.sqrt(scale))
