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
_WIDE: Final = 24
"""Cells that a column is in above which it is wide."""


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
    """Find what rows and columns are; rows of too great cells and groups become common."""
    entries = matrix.tocoo()
    row, column = entries.coords
    while True:
        cell = _numbered(cell)
        count, width = int(cell.max(initial=-1)) + 1, matrix.shape[1]
        here = cell[row] >= 0
        pairs = np.unique(column[here].astype(np.int64) * max(count, 1) + cell[row[here]])
        of, met = np.divmod(pairs, max(count, 1))
        meets = np.bincount(of, minlength=width)
        inner = np.full(width, -1)
        single = meets[of] == 1
        inner[of[single]] = met[single]
        wide, link = meets > _WIDE, (meets > 1) & (meets <= _WIDE)
        joins = link[of]
        place = np.cumsum(link) - 1 + count
        total = count + int(link.sum())
        ones = (np.ones(int(joins.sum())), (met[joins], place[of[joins]]))
        label = connected_components(csr_array(ones, shape=(total, total)), directed=False)[1]
        links = np.bincount(label[count:], minlength=total)
        great = np.bincount(cell[cell >= 0], minlength=count) > _GREATEST
        great |= links[label[:count]] > _GREATEST
        if not great.any():
            group = np.full(width, -1)
            group[link] = label[count:]
            return Sorts(cell, inner, _numbered(group), wide)
        cell = np.where((cell >= 0) & great[np.maximum(cell, 0)], -1, cell)


def _numbered(label: Indices) -> Indices:
    """Return labels numbered from 0 without gaps, -1 as it is."""
    found, there = np.full(len(label), -1), label >= 0
    found[there] = np.unique(label[there], return_inverse=True)[1]
    return found
