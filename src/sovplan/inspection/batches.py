"""Many small systems of equations at once."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, final

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from sovplan.foundation.shapes import Grid, Indices, Sparse, Vector

_STEP: Final = 8
"""Sizes of systems that are solved together differ by less than this."""

_CELLS: Final = 4_000_000
"""Most numbers in the matrices that are solved together."""


def add_strength(
    covariance: Sparse, residual: Vector, signs: Sparse, strength: tuple[Vector, Vector]
) -> None:
    """Add g' H^-1 r and g' H^-1 g of each signature g to the two vectors given.

    Parameters
    ----------
    covariance
        H, which falls apart into many small blocks.
    residual
        r.
    signs
        g, rows x signatures.
    strength
        The two sums by signature, changed in place.
    """
    blocks = _Blocks.of(covariance, residual, signs)
    for chosen, high, wide in _classes(blocks.size, blocks.pieces()):
        at = np.full(len(blocks.size), -1)
        at[chosen] = np.arange(len(chosen))
        right = blocks.right(at, (len(chosen), high, 1 + wide))
        solved = np.linalg.solve(blocks.systems(at, (len(chosen), high)), right)
        mine = np.flatnonzero(at[blocks.block] >= 0)
        where, lie = at[blocks.block[mine]], blocks.lie[mine]
        sign, spread = (part[where, :, 1 + blocks.number[mine]] for part in (right, solved))
        np.add.at(strength[0], lie, np.einsum("ij,ij->i", sign, solved[where, :, 0]))
        np.add.at(strength[1], lie, np.einsum("ij,ij->i", sign, spread))


@final
@dataclass(frozen=True, slots=True, eq=False)
class _Blocks:
    """Blocks that do not meet, and the pieces of signatures in them.

    Parameters
    ----------
    unit, place, size
        Block of each row, place of the row within it; number of rows of each block.
    covariance, residual, signs
        What is to be solved, with coordinates of cells.
    block, lie, number
        Block and signature of each piece, and its number within the block.
    slot
        The piece of each cell of the signatures.
    """

    unit: Indices
    place: Indices
    size: Indices
    covariance: coo_array
    residual: Vector
    signs: coo_array
    block: Indices
    lie: Indices
    number: Indices
    slot: Indices

    @classmethod
    def of(cls, covariance: Sparse, residual: Vector, signs: Sparse) -> "_Blocks":
        unit = connected_components(covariance, directed=False)[1].astype(np.int64)
        size = np.bincount(unit).astype(np.int64)
        order = np.argsort(unit, kind="stable")
        place = np.empty(len(unit), np.int64)
        place[order] = np.arange(len(unit)) - np.repeat(np.cumsum(size) - size, size)
        signed = coo_array(signs)
        row, lie = signed.coords
        pieces, slot = np.unique(unit[row] * signs.shape[1] + lie, return_inverse=True)
        block, of = np.divmod(pieces, signs.shape[1])
        number = np.arange(len(pieces)) - np.searchsorted(block, block)
        matrix = coo_array(covariance)
        return cls(unit, place, size, matrix, residual, signed, block, of, number, np.ravel(slot))

    def pieces(self) -> Indices:
        """Return the number of pieces in each block."""
        return np.bincount(self.block, minlength=len(self.size)).astype(np.int64)

    def systems(self, at: Indices, shape: tuple[int, int]) -> Grid:
        """Return the matrices of some blocks, made up with ones on the diagonal."""
        count, high = shape
        found = np.zeros((count, high, high))
        found[:] = np.eye(high)
        row, column = self.covariance.coords
        inside = np.flatnonzero(at[self.unit[row]] >= 0)
        row, column = row[inside], column[inside]
        where = at[self.unit[row]], self.place[row], self.place[column]
        found[where] = self.covariance.data[inside]
        return found

    def right(self, at: Indices, shape: tuple[int, int, int]) -> Grid:
        """Return the right sides of some blocks: the residual, then the signatures."""
        found = np.zeros(shape)
        own = np.flatnonzero(at[self.unit] >= 0)
        found[at[self.unit[own]], self.place[own], 0] = self.residual[own]
        row = self.signs.coords[0]
        inside = np.flatnonzero(at[self.unit[row]] >= 0)
        row = row[inside]
        where = at[self.unit[row]], self.place[row], 1 + self.number[self.slot[inside]]
        found[where] = self.signs.data[inside]
        return found


def _classes(size: Indices, pieces: Indices) -> Iterator[tuple[Indices, int, int]]:
    """Yield blocks of about one size, with that size and the most pieces in any of them."""
    high = -(-size // _STEP) * _STEP
    for height in np.unique(high[pieces > 0]):
        members = np.flatnonzero((high == height) & (pieces > 0))
        width = int(pieces[members].max())
        most = max(1, int(_CELLS // (height * (height + 2 * width))))
        for first in range(0, len(members), most):
            yield members[first : first + most], int(height), width
