"""How great each quantity of a plan can be at all, from the limits alone.

A limit  sum_j a_ij x_j <= b_i  holds every x_j with a_ij > 0 below

    (b_i - least the other terms can come to) / a_ij

and what is held below something here holds something else there: hours hold techniques, techniques
hold goods, goods hold building, consumption and exports. No optimum is sought and no price is used.

Source: bounds by propagation, Brearley, Mitra and Williams (1975), Mathematical Programming 8,
54-83.
"""

from dataclasses import dataclass
from typing import Final, final

import numpy as np
from scipy.sparse import csr_array, vstack

from sovplan.foundation.programme import Programme
from sovplan.foundation.shapes import ByColumn, Vector

_SWEEPS: Final = 60
"""Most sweeps over all limits."""
_GAIN: Final = 1e-3
"""Relative fall of some bound from which another sweep is worth while."""


def reach(programme: Programme) -> Vector:
    """Return a bound from above on every column that no plan exceeds; inf where none is found.

    Parameters
    ----------
    programme
        The limits; its objective does not matter. Bounds from below are taken as they stand.
    """
    rows, sides = _upper_rows(programme)
    most = programme.high.copy()
    rows.eliminate_zeros()
    entries = rows.tocoo()
    row, column = (part.astype(np.int64) for part in entries.coords)
    value, height = entries.data, len(sides)
    gains = value > 0
    for _ in range(_SWEEPS):
        # The least each term can come to: gains at their low bound, the others at their high one.
        ends = np.where(gains, programme.low[column], most[column])
        least = np.where(ends == 0, 0.0, value * np.where(ends == 0, 1.0, ends))
        without = ~np.isfinite(least)
        open_terms = np.bincount(row[without], minlength=height)
        known = np.bincount(row, np.where(without, 0.0, least), minlength=height)
        others = np.where(without, known[row], known[row] - np.where(without, 0.0, least))
        held = gains & (open_terms[row] - without == 0)
        bound = (sides[row[held]] - others[held]) / value[held]
        found = most.copy()
        np.minimum.at(found, column[held], np.maximum(bound, programme.low[column[held]]))
        fell = np.isinf(most) & np.isfinite(found) | (found < most * (1.0 - _GAIN))
        most = found
        if not fell.any():
            break
    return most


@final
@dataclass(frozen=True, slots=True, eq=False)
class Reach:
    """What columns can be at most within some limits, kept for programmes with further ones.

    Parameters
    ----------
    programme
        The limits.
    most
        What `reach` found of them.
    """

    programme: Programme
    most: Vector

    def within(self, narrower: Programme) -> Vector:
        """Return a bound from above on every column of a programme.

        Where it keeps all limits of this one, whatever it adds at its end, what was found holds
        for it too; any other is asked anew.
        """
        if not _within(narrower, self.programme):
            return reach(narrower)
        return np.minimum(self.most, narrower.high)


def _within(narrower: Programme, wider: Programme) -> bool:
    """Tell whether a programme has all rows and bounds of another, or tighter ones."""
    height = len(wider.row_low)
    if len(narrower.row_low) < height or len(narrower.cost) != len(wider.cost):
        return False
    tighter = (
        (narrower.row_low[:height] >= wider.row_low).all()
        and (narrower.row_high[:height] <= wider.row_high).all()
        and (narrower.low >= wider.low).all()
        and (narrower.high <= wider.high).all()
    )
    return bool(tighter) and _begins_with(narrower.matrix, wider.matrix)


def _begins_with(longer: ByColumn, shorter: ByColumn) -> bool:
    """Tell whether the first rows of a matrix are those of another, entry by entry."""
    kept = longer.indices < shorter.shape[0]
    starts = np.concatenate([[0], np.cumsum(kept)])[longer.indptr]
    return (
        np.array_equal(starts, shorter.indptr)
        and np.array_equal(longer.indices[kept], shorter.indices)
        and np.array_equal(longer.data[kept], shorter.data)
    )


def _upper_rows(programme: Programme) -> tuple[csr_array[np.float64], Vector]:
    """Return all limits as limits from above."""
    matrix = csr_array(programme.matrix)
    above, below = np.isfinite(programme.row_high), np.isfinite(programme.row_low)
    rows = csr_array(vstack([matrix[np.flatnonzero(above)], -matrix[np.flatnonzero(below)]]))
    return rows, np.concatenate([programme.row_high[above], -programme.row_low[below]])
