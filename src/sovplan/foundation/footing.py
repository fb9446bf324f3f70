"""A basis with the factors that the solver has of it, and bases a few steps away from it.

Rows are written with a slack each,  A x + s = 0,  -row_high <= s <= -row_low.  Of n columns and m
slacks, counted on as n + i, m are basic: B holds their columns of [A, I]. The solver keeps factors
of the first B. Further rows E come with basic slacks, and each step puts one column in the place of
another, so that

    B_t = [B 0; E_B I] F_1 ... F_t,      F the unit matrix but for one column, B_(t-1)^-1 a_q,

is solved for with the factors there are: nothing is factorised again (product form of the inverse,
Dantzig and Orchard-Hays 1954, Mathematical Tables and Other Aids to Computation 8, 64-67).
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final, final

import numpy as np
from scipy.sparse import csr_array

from sovplan.foundation.programme import BASIC, Basis
from sovplan.foundation.shapes import ByColumn, Indices, Sparse, Vector

LOW: Final = 0
HIGH: Final = 2
_OTHER_SIDE: Final = np.array([HIGH, BASIC, LOW, LOW, LOW], dtype=np.int64)
"""Where the slack of a row stands, by the code of the row: it is the row with the other sign."""


@final
@dataclass(frozen=True, slots=True, eq=False)
class Footing:
    """A basis that the solver has factors of.

    Parameters
    ----------
    matrix
        A, as the solver has it.
    head
        The basic variables in the order of the factors.
    at
        Where each column and slack stands: at its low bound 0, basic 1, at its high bound 2.
    solver
        What solves with the factors.
    across
        A', laid out once.
    """

    matrix: ByColumn
    head: Indices
    at: Indices
    solver: Any
    across: Sparse

    def forward(self, side: Vector) -> Vector:
        """Return z of  B z = side."""
        return answered(self.solver.getBasisSolve, side)

    def backward(self, costs: Vector) -> Vector:
        """Return y of  B' y = costs."""
        return answered(self.solver.getBasisTransposeSolve, costs)


def footing_of(matrix: ByColumn, basis: Basis, order: Indices, solver: Any) -> Footing:  # noqa: ANN401
    """Return the footing of a basis.

    Parameters
    ----------
    matrix
        A, as the solver has it.
    basis
        Where columns and rows stand.
    order
        The basic ones in the solver's order, rows as -1 - row.
    solver
        The solver, which has the factors.
    """
    head = np.where(order >= 0, order, matrix.shape[1] - 1 - order)
    at = np.concatenate([basis.columns, _OTHER_SIDE[basis.rows]])
    return Footing(matrix, head, at, solver, csr_array(matrix.T))


@final
@dataclass(slots=True, eq=False)
class Trail:
    """A basis a few steps from a footing, of the same matrix with further rows at its end.

    Parameters
    ----------
    footing
        Where it started.
    further
        E, the further rows.
    head, at
        As those of the footing, for all rows.
    steps
        Place of each step and its column, B^-1 a_q.
    """

    footing: Footing
    further: Sparse
    head: Indices
    at: Indices
    steps: list[tuple[int, Vector]] = field(default_factory=list)
    _basic: Sparse = field(init=False)
    _basic_across: Sparse = field(init=False)
    _across: Sparse = field(init=False)

    def __post_init__(self) -> None:
        """Take E_B, the further rows in what the footing has as basic columns."""
        width = self.footing.matrix.shape[1]
        place = np.full(width, -1)
        columns = self.footing.head < width
        place[self.footing.head[columns]] = np.flatnonzero(columns)
        entries = self.further.tocoo()
        row, column = entries.coords
        kept = place[column] >= 0
        self._basic = csr_array(
            (entries.data[kept], (row[kept], place[column[kept]])),
            shape=(self.further.shape[0], len(self.footing.head)),
        )
        self._basic_across, self._across = csr_array(self._basic.T), csr_array(self.further.T)

    def forward(self, side: Vector) -> Vector:
        """Return z of  B z = side."""
        first = len(self.footing.head)
        found = self.footing.forward(side[:first])
        found = np.concatenate([found, side[first:] - self._basic @ found])
        for place, column in self.steps:
            amount = found[place] / column[place]
            if amount != 0.0:
                found -= amount * column
                found[place] = amount
        return found

    def backward(self, costs: Vector) -> Vector:
        """Return y of  B' y = costs."""
        left, first = costs.copy(), len(self.footing.head)
        for place, column in reversed(self.steps):
            pivot = column[place]
            left[place] = (left[place] * (1.0 + pivot) - column @ left) / pivot
        last = left[first:]
        return np.concatenate([
            self.footing.backward(left[:first] - self._basic_across @ last), last
        ])  # fmt: skip

    def paid(self, prices: Vector) -> Vector:
        """Return what prices of rows make of each column and slack,  [A, I]' y."""
        first = self.footing.matrix.shape[0]
        columns = self.footing.across @ prices[:first] + self._across @ prices[first:]
        return np.concatenate([columns, prices])

    def used(self, values: Vector) -> Vector:
        """Return what columns and slacks make of each row,  A x + s."""
        matrix, width = self.footing.matrix, self.footing.matrix.shape[1]
        columns = values[:width]
        return np.concatenate([matrix @ columns, self.further @ columns]) + values[width:]

    def column(self, number: int) -> Vector:
        """Return a column of [A, I]."""
        matrix = self.footing.matrix
        height, width = matrix.shape
        found = np.zeros(len(self.head))
        if number >= width:
            found[number - width] = 1.0
            return found
        entries = slice(matrix.indptr[number], matrix.indptr[number + 1])
        found[matrix.indices[entries]] = matrix.data[entries]
        last = self.further.indices == number
        rows = np.repeat(np.arange(self.further.shape[0]), np.diff(self.further.indptr))
        np.add.at(found, height + rows[last], self.further.data[last])
        return found


def trail_from(footing: Footing, further: Sparse) -> Trail:
    """Return the trail that starts at a footing, the slacks of further rows being basic."""
    count, known = further.shape[0], sum(footing.matrix.shape)
    own = known + np.arange(count)
    return Trail(
        footing,
        further,
        np.concatenate([footing.head, own]),
        np.concatenate([footing.at, np.full(count, BASIC)]),
    )


def answered(solve_basis: Callable[[Vector], Any], side: Vector) -> Vector:
    """Return what the solver's factors give for a side, brought near 1.

    The solver takes what is below 1e-14 for zero, whatever stands beside it.
    """
    size = float(np.abs(side).max(initial=0.0))
    return np.array(solve_basis(side / size)[1]) * size if size > 0 else np.zeros(len(side))
