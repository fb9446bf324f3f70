"""Unknowns of a symmetric system in blocks; those of like size are eliminated at once.

A block has unknowns of its own and a *border*: those unknowns left over that it meets. Where
everything meets what is between them in F and its own is M, eliminating it takes  F' M^-1 F  from
what is left (the fronts of multifrontal elimination).

Source: Duff and Reid (1983), The multifrontal solution of indefinite sparse symmetric linear
equations, ACM Transactions on Mathematical Software 9, 302-325.
"""

from dataclasses import dataclass
from typing import final

import numpy as np
from scipy.sparse import csc_array, csr_array

from sovplan.foundation.shapes import Indices, Sparse, Vector


@final
class Listing:
    """Which items stand in which block, and where among them."""

    def __init__(self, block: Indices, item: Indices, count: int) -> None:
        """List pairs once, sorted."""
        self.span = int(item.max(initial=-1)) + 1
        self.keys = np.unique(block * self.span + item)
        self.block, self.item = np.divmod(self.keys, max(self.span, 1))
        self.sizes = np.bincount(self.block, minlength=count)
        self.starts = np.cumsum(self.sizes) - self.sizes

    def at(self, block: Indices, item: Indices) -> Indices:
        """Return the place of each item in its block."""
        return np.searchsorted(self.keys, block * self.span + item) - self.starts[block]

    def padded(self, members: Indices) -> Indices:
        """Return the items of some blocks, -1 where a block has fewer than the greatest."""
        width = int(self.sizes[members].max(initial=0))
        steps = np.arange(width)[None, :]
        there = steps < self.sizes[members][:, None]
        places = self.starts[members][:, None] + np.where(there, steps, 0)
        return np.where(there, self.item[np.minimum(places, max(len(self.item) - 1, 0))], -1)


@final
@dataclass(frozen=True, slots=True, eq=False)
class Kind:
    """Blocks of like size, padded with -1.

    Parameters
    ----------
    own, border
        Unknowns of each block and of its border: blocks x places.
    first, second
        Where M and F of these blocks begin in the entries of their floor.
    """

    own: Indices
    border: Indices
    first: int
    second: int

    def parts(self, entries: Vector) -> tuple[np.ndarray, np.ndarray]:
        """Return M and F of each block, as views of the entries of the floor."""
        count, size = self.own.shape
        width = self.border.shape[1]
        return (
            entries[self.first : self.first + count * size * size].reshape(count, size, size),
            entries[self.second : self.second + count * size * width].reshape(count, size, width),
        )


@final
class Floor:
    """Blocks that do not meet each other, and where their entries stand."""

    def __init__(self, own: Listing, border: Listing, block: Indices) -> None:
        """Find the kinds.

        Parameters
        ----------
        own, border
            Unknowns of each block and of its border.
        block
            Block of each unknown, -1 where it is not of this floor.
        """
        self.listings, self.block, count = (own, border), block, len(own.sizes)
        self.kinds: list[Kind] = []
        self.first, self.second = np.zeros(count, np.int64), np.zeros(count, np.int64)
        self.size, self.width = np.zeros(count, np.int64), np.zeros(count, np.int64)
        filled = 0
        of_kind = _kinds(np.column_stack([own.sizes, border.sizes]))
        for number in range(int(of_kind.max(initial=-1)) + 1):
            members = np.flatnonzero(of_kind == number)
            mine, beyond = own.padded(members), border.padded(members)
            (blocks, size), width = mine.shape, beyond.shape[1]
            kind = Kind(mine, beyond, filled, filled + blocks * size * size)
            filled = kind.second + blocks * size * width
            steps = np.arange(blocks)
            self.first[members] = kind.first + steps * size * size
            self.second[members] = kind.second + steps * size * width
            self.size[members], self.width[members] = size, width
            self.kinds.append(kind)
        self.length = filled
        # The diagonal of M, and what fills it where a block is smaller than the greatest.
        ways = [
            k.first
            + np.arange(k.own.size) * k.own.shape[1]
            + np.arange(k.own.size) % k.own.shape[1]
            for k in self.kinds
        ]
        self.diagonal = np.concatenate([np.zeros(0, np.int64), *ways])
        self.unknown = np.concatenate([np.zeros(0, np.int64), *(k.own.ravel() for k in self.kinds)])
        self.order = self.unknown[self.unknown >= 0]

    def eliminated(
        self, entries: Vector
    ) -> tuple[list[np.ndarray], list[np.ndarray], list[np.ndarray]]:
        """Return  M^-1,  M^-1 F  and  F' M^-1 F  of each kind."""
        own, across, taken = [], [], []
        for kind in self.kinds:
            mine, beyond = kind.parts(entries)
            own.append(np.linalg.inv(mine))
            across.append(own[-1] @ beyond)
            taken.append(beyond.transpose(0, 2, 1) @ across[-1])
        return own, across, taken

    def place(self, of: Indices, other: Indices) -> Indices:
        """Return where entries of unknowns of blocks and others, own or beyond, stand."""
        block, (own, border) = self.block[of], self.listings
        at = own.at(block, of)
        inside = self.block[other] >= 0
        found = np.zeros(len(of), dtype=np.int64)
        b, a, o = block[inside], at[inside], other[inside]
        found[inside] = self.first[b] + a * self.size[b] + own.at(b, o)
        b, a, o = block[~inside], at[~inside], other[~inside]
        found[~inside] = self.second[b] + a * self.width[b] + border.at(b, o)
        return found


@final
class Held:
    """Some entries of batches of small matrices held in one sparse matrix, places found once."""

    def __init__(
        self, sides: list[tuple[Indices, Indices]], of_row: Indices, of_column: Indices, width: int
    ) -> None:
        """Find the places.

        Parameters
        ----------
        sides
            Unknowns of rows and of columns of the small matrices, batch by batch.
        of_row, of_column
            Places of unknowns among rows and columns, -1 for those left out; rows come one after
            the other in the order of the batches.
        width
            Columns in all.
        """
        self.taken, columns, counts = [], [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
        for rows_of, columns_of in sides:
            row = np.where(rows_of >= 0, of_row[rows_of], -1)
            column = np.where(columns_of >= 0, of_column[columns_of], -1)
            there = (row >= 0)[:, :, None] & (column >= 0)[:, None, :]
            self.taken.append(np.flatnonzero(there.ravel()))
            spread = np.broadcast_to(column[:, None, :], there.shape)
            columns.append(spread.ravel()[self.taken[-1]])
            counts.append(there.sum(axis=2)[row >= 0])
        index = np.concatenate(columns).astype(np.int32)
        starts = np.concatenate([[0], np.cumsum(np.concatenate(counts))]).astype(np.int32)
        self.data = np.zeros(len(index))
        shape = (len(starts) - 1, width)
        self.matrix: Sparse = csr_array((self.data, index, starts), shape=shape)
        self.turned = csc_array((self.data, index, starts), shape=shape[::-1])

    def fill(self, parts: list[np.ndarray]) -> None:
        """Take the entries of the batches."""
        start = 0
        for part, taken in zip(parts, self.taken, strict=True):
            np.take(part.reshape(-1), taken, out=self.data[start : start + len(taken)])
            start += len(taken)


def summed(places: Indices, values: Vector, length: int) -> Vector:
    """Return the sums of values at so many places."""
    return np.asarray(np.bincount(places, values, length), dtype=np.float64)


def joined(parts: list[np.ndarray], taken: list[Indices]) -> Vector:
    """Return some entries of batches, one after the other."""
    return np.concatenate(
        [np.zeros(0), *(p.reshape(-1)[t] for p, t in zip(parts, taken, strict=True))]
    )


def _kinds(sizes: Indices) -> Indices:
    """Return a number for each block, the same where sizes are alike within the root of two."""
    kinds = np.where(sizes > 0, np.ceil(2.0 * np.log2(np.maximum(sizes, 1))) + 1, 0)
    keys = np.asarray(kinds[:, 0] * 256 + kinds[:, 1], dtype=np.int64)
    return np.unique(keys, return_inverse=True)[1]
