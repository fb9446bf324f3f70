"""Linear programmes as values.

    minimise (or maximise)  c x   subject to   row_low <= A x <= row_high,   low <= x <= high

Scaling by geometric means, repeated and rounded to powers of two, so that the units people choose
do not decide about accuracy (Fourer 1979 describes the idea).
"""

from dataclasses import dataclass, replace
from typing import Final, Literal, final

import numpy as np
from scipy.sparse import csc_array, diags_array

from sovplan.foundation.shapes import AnySparse, ByColumn, Indices, Vector

Answer = Literal["optimal", "infeasible", "unbounded"]

BASIC: Final = 1
"""Code of a basic column or row."""


@final
@dataclass(frozen=True, slots=True, eq=False)
class Programme:
    """A linear programme.

    Parameters
    ----------
    cost
        c, one for each column.
    matrix
        A, rows x columns, sparse by column.
    row_low, row_high
        Sides of each row, -inf and inf where open.
    low, high
        Bounds of each column.
    maximise
        Whether the objective is to be great.
    """

    cost: Vector
    matrix: ByColumn
    row_low: Vector
    row_high: Vector
    low: Vector
    high: Vector
    maximise: bool = False


@final
@dataclass(frozen=True, slots=True, eq=False)
class Basis:
    """Where each column and each row of a basic solution stands.

    Parameters
    ----------
    columns, rows
        0 at the low bound, 1 basic, 2 at the high bound, 3 free at zero, 4 at some bound.
    """

    columns: Indices
    rows: Indices

    def with_row(self) -> "Basis":
        """Return the basis for the same programme with one more row, which is basic."""
        return self.with_rows(1)

    def with_rows(self, count: int) -> "Basis":
        """Return the basis for the same programme with more rows at its end, which are basic."""
        return Basis(self.columns, np.append(self.rows, np.full(count, BASIC)))


@final
@dataclass(frozen=True, slots=True, eq=False)
class Solution:
    """What the solver found.

    Parameters
    ----------
    answer
        optimal, infeasible or unbounded.
    objective
        Value of the objective; nan unless optimal.
    columns, duals
        x and y; zeros unless optimal.
    basis
        Where to start a similar programme, if there is one.
    """

    answer: Answer
    objective: float
    columns: Vector
    duals: Vector
    basis: Basis | None = None


def scales(programme: Programme) -> tuple[Vector, Vector]:
    """Return factors for rows and columns that bring the entries of the matrix near 1."""
    entries = programme.matrix.tocoo()
    keep = entries.data != 0
    row, column = entries.coords[0][keep], entries.coords[1][keep]
    size = np.log2(np.abs(entries.data[keep]))
    rows, columns = np.zeros(len(programme.row_low)), np.zeros(len(programme.cost))
    in_row = np.maximum(np.bincount(row, minlength=len(rows)), 1)
    in_column = np.maximum(np.bincount(column, minlength=len(columns)), 1)
    for _ in range(12):
        rows = -np.bincount(row, size + columns[column], minlength=len(rows)) / in_row
        columns = -np.bincount(column, size + rows[row], minlength=len(columns)) / in_column
    return np.exp2(np.round(rows)), np.exp2(np.round(columns))


def scaled(programme: Programme, rows: Vector, columns: Vector) -> Programme:
    """Return the programme with rows and columns multiplied by factors."""
    matrix = csc_array(diags_array(rows) @ programme.matrix @ diags_array(columns))
    return replace(
        programme,
        cost=programme.cost * columns,
        matrix=matrix,
        row_low=programme.row_low * rows,
        row_high=programme.row_high * rows,
        low=programme.low / columns,
        high=programme.high / columns,
    )


def levels(programme: Programme) -> tuple[float, float]:
    """Return powers of two near the greatest cost and near the middle one of all sides.

    Tolerances of a solver are absolute: costs and sides near 1 make them mean something.
    """
    sides = np.concatenate([programme.row_low, programme.row_high, programme.low, programme.high])
    sides = np.abs(sides[np.isfinite(sides) & (sides != 0)])
    costs = np.abs(programme.cost[programme.cost != 0])
    return _power(costs.max(initial=0.0)), _power(float(np.median(sides)) if len(sides) else 0.0)


def levelled(programme: Programme, of_prices: float, of_quantities: float) -> Programme:
    """Return the programme with costs and with quantities measured in other units."""
    return replace(
        programme,
        cost=programme.cost / of_prices,
        row_low=programme.row_low / of_quantities,
        row_high=programme.row_high / of_quantities,
        low=programme.low / of_quantities,
        high=programme.high / of_quantities,
    )


def middle(values: Vector) -> float:
    """Return a power of two near the lower quarter of the sizes that are not zero."""
    sizes = np.abs(values[values != 0])
    return _power(float(np.quantile(sizes, 0.25))) if len(sizes) else 1.0


def row_scales(rows: AnySparse) -> Vector:
    """Return powers of two that bring the entries of each row near 1."""
    entries = rows.tocoo()
    row, keep = entries.coords[0], entries.data != 0
    size = np.log2(np.abs(entries.data[keep]))
    count = np.maximum(np.bincount(row[keep], minlength=rows.shape[0]), 1)
    return np.exp2(-np.round(np.bincount(row[keep], size, minlength=rows.shape[0]) / count))


def extended(programme: Programme, matrix: AnySparse, low: Vector, high: Vector) -> Programme:
    """Return a programme with further rows at its end."""
    return replace(
        programme,
        matrix=below(programme.matrix, matrix),
        row_low=np.concatenate([programme.row_low, low]),
        row_high=np.concatenate([programme.row_high, high]),
    )


def below(matrix: ByColumn, rows: AnySparse) -> ByColumn:
    """Return a matrix with further rows at its end; the matrix itself is not laid out anew."""
    added, height = csc_array(rows), matrix.shape[0]
    at = np.repeat(matrix.indptr[1:], np.diff(added.indptr))
    entries = (
        np.insert(matrix.data, at, added.data),
        np.insert(matrix.indices, at, added.indices + height),
        matrix.indptr + added.indptr,
    )
    return csc_array(entries, shape=(height + added.shape[0], matrix.shape[1]))


def _power(size: float) -> float:
    return float(np.exp2(np.round(np.log2(size)))) if size > 0 else 1.0
