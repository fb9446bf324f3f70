"""How great each quantity of a plan can be at all, from the limits alone.

A limit  sum_j a_ij x_j <= b_i  holds every x_j with a_ij > 0 below

    (b_i - least the other terms can come to) / a_ij

and what is held below something here holds something else there: hours hold techniques, techniques
hold goods, goods hold building, consumption and exports. No optimum is sought and no price is used.

Source: bounds by propagation, Brearley, Mitra and Williams (1975), Mathematical Programming 8,
54-83.
"""

from typing import Final

import numpy as np
from scipy.sparse import csr_array, vstack

from sovplan.foundation.programme import Programme
from sovplan.foundation.shapes import Vector

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


def _upper_rows(programme: Programme) -> tuple[csr_array[np.float64], Vector]:
    """Return all limits as limits from above."""
    matrix = csr_array(programme.matrix)
    above, below = np.isfinite(programme.row_high), np.isfinite(programme.row_low)
    rows = csr_array(vstack([matrix[np.flatnonzero(above)], -matrix[np.flatnonzero(below)]]))
    return rows, np.concatenate([programme.row_high[above], -programme.row_low[below]])
