"""Which rows and columns of a matrix are eliminated when: cells, links, what is left.

*Cells* are rows that meet the others of their sort in few columns, with the columns that are in no
other cell; *links* are columns that join a few cells; *common* rows and *wide* columns, which join
very many cells, are left to the end.
"""

from dataclasses import dataclass
from typing import Final, final

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from sovplan.foundation.shapes import AnySparse, Flags, Indices

_GREATEST: Final = 64
"""Rows of a cell, and links of a group, above which rows count as common."""
_BROAD: Final = 256
"""Columns of its own above which the rows of a cell count as common: little is won by a plant that
very many techniques share."""
_WIDE: Final = 24
"""Cells that a column is in above which it is wide."""
_FEW: Final = 6
"""The same where its group is too great."""


@final
@dataclass(frozen=True, slots=True, eq=False)
class Sorts:
    """What each row and column of a matrix is to its elimination.

    Parameters
    ----------
    cell
        Cell of each row, -1 for common rows.
    inner
        Cell of each column that is in one only, else -1.
    group
        Group of each column that is a link, else -1.
    wide
        Whether a column is wide.
    """

    cell: Indices
    inner: Indices
    group: Indices
    wide: Flags


def sorts_of(matrix: AnySparse, cell: Indices) -> Sorts:
    """Find what rows and columns are.

    Where a group is too great its columns in most cells are made wide; if that does not help, the
    rows of its cells become common, and those of too great cells too.
    """
    entries = matrix.tocoo()
    row, column = entries.coords
    width = matrix.shape[1]
    broad = np.zeros(width, dtype=bool)
    while True:
        cell = _numbered(cell)
        count = int(cell.max(initial=-1)) + 1
        here = cell[row] >= 0
        pairs = np.unique(column[here].astype(np.int64) * max(count, 1) + cell[row[here]])
        of, met = np.divmod(pairs, max(count, 1))
        meets = np.bincount(of, minlength=width)
        inner = np.full(width, -1)
        inner[of[meets[of] == 1]] = met[meets[of] == 1]
        wide = (meets > _WIDE) | (broad & (meets > 1))
        link = (meets > 1) & ~wide
        group = np.full(width, -1)
        of_cell, group[link] = _groups(of[link[of]], met[link[of]], link, count)
        links = np.bincount(group[link], minlength=max(count, 1) + int(link.sum()))
        further = link & (meets > _FEW) & (links[np.maximum(group, 0)] > _GREATEST)
        if further.any():
            broad |= further
            continue
        great = np.bincount(cell[cell >= 0], minlength=count) > _GREATEST
        great |= links[of_cell] > _GREATEST
        great |= np.bincount(inner[inner >= 0], minlength=count) > _BROAD
        if not great.any():
            return Sorts(cell, inner, _numbered(group), wide)
        cell = np.where((cell >= 0) & great[np.maximum(cell, 0)], -1, cell)


def _groups(of: Indices, met: Indices, link: Flags, count: int) -> tuple[Indices, Indices]:
    """Return the group of each cell and of each link, from the cells that links are in."""
    place = np.cumsum(link) - 1 + count
    total = count + int(link.sum())
    joins = csr_array((np.ones(len(of)), (met, place[of])), shape=(total, total))
    label = connected_components(joins, directed=False)[1]
    return label[:count].astype(np.int64), label[count:].astype(np.int64)


def _numbered(label: Indices) -> Indices:
    """Return labels numbered from 0 without gaps, -1 as it is."""
    found, there = np.full(len(label), -1), label >= 0
    found[there] = np.unique(label[there], return_inverse=True)[1]
    return found
