"""Dust taken from a plan: what is left of amounts that are nothing, where it alone breaks a limit.

Reckoning leaves 1e-12 of a tonne where nothing is made. In most limits nobody sees it. In a limit
all of whose terms are nothing - what is made of a good that nobody makes - it is all there is, and
breaks it by all its size.
"""

from typing import Final

import numpy as np

from sovplan.foundation.programme import Programme
from sovplan.foundation.residuals import primal_residual
from sovplan.foundation.shapes import Flags, Indices, Vector

_BROKEN: Final = 1e-9
"""Residual of a row from which it counts as broken."""
_DUST: Final = 1e-9
"""Greatest part of any other limit that a column of dust takes."""
_SWEEPS: Final = 20


def without_dust(programme: Programme, columns: Vector) -> Vector:
    """Return columns without the dust that breaks rows; as they are where none does.

    A column is dust where it is nothing beside the side of every row in which it stands, and beside
    what else stands there but dust. Of these only those are touched that stand in broken rows, or
    share a row with one that does. What comes of it is kept where it breaks less.

    Parameters
    ----------
    programme
        The limits.
    columns
        A plan that keeps them but for rounding.
    """
    entries = programme.matrix.tocoo()
    row, column = (part.astype(np.int64) for part in entries.coords)
    found, left = columns, primal_residual(programme, columns)
    sides = np.maximum(_known(programme.row_low), _known(programme.row_high))
    for _ in range(_SWEEPS):
        if left <= _BROKEN:
            break
        terms = np.abs(entries.data * found[column])
        broken = _broken(programme, found, _largest(row, terms, len(sides)))
        dust = np.ones(len(found), dtype=bool)
        while True:
            live = ~dust[column]
            scale = np.maximum(sides, _largest(row[live], terms[live], len(sides)))[row]
            part = np.divide(terms, scale, out=np.zeros(len(terms)), where=scale > 0)
            alive = dust & (_largest(column, part, len(found)) > _DUST)
            if not alive.any():
                break
            dust &= ~alive
        dust &= _joined(row, column, broken, dust)
        tried = np.where(dust, np.clip(0.0, programme.low, programme.high), found)
        less = primal_residual(programme, tried)
        if less >= left:
            break
        found, left = tried, less
    return found


def _joined(row: Indices, column: Indices, broken: Flags, dust: Flags) -> Flags:
    """Return the columns of broken rows, and the dust that shares a row with them, and so on."""
    found = np.zeros(len(dust), dtype=bool)
    rows = broken
    while True:
        more = found.copy()
        more[column[rows[row]]] = True
        more &= dust
        if (more == found).all():
            return found
        found, rows = more, rows.copy()
        rows[row[found[column]]] = True


def _broken(programme: Programme, columns: Vector, largest: Vector) -> Flags:
    """Return the rows that are broken."""
    activity = np.asarray(programme.matrix @ columns)
    low, high = programme.row_low, programme.row_high
    beyond = np.maximum(low - activity, activity - high)
    sides = np.where(low > activity, np.abs(low), np.abs(high))
    scale = largest + np.where(np.isfinite(sides), sides, 0.0)
    return np.asarray(beyond > _BROKEN * np.where(scale > 0, scale, 1.0))


def _known(sides: Vector) -> Vector:
    return np.where(np.isfinite(sides), np.abs(sides), 0.0)


def _largest(places: Indices, values: Vector, count: int) -> Vector:
    found = np.zeros(count)
    np.maximum.at(found, places, values)
    return found
