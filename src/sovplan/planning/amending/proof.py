"""Certificates that anybody can check without a solver, from plain numbers.

For   max (or min)  c x   subject to   row_low <= A x <= row_high,  low <= x <= high:

- a plan x and prices y prove each other: both residuals and the gap are small;
- weights w prove that nothing is feasible: for every x within its bounds  w'A x  is at most
  sum_j max(z_j low_j, z_j high_j) with z = A'w,  yet the rows ask for at least
  sum_i max(w_i row_low_i for w_i > 0, w_i row_high_i for w_i < 0).  (Farkas)
"""

from dataclasses import dataclass
from typing import Final, final

import numpy as np

from sovplan.foundation.programme import Programme
from sovplan.foundation.residuals import dual_bound, dual_residual, primal_residual
from sovplan.foundation.shapes import AnySparse, Vector
from sovplan.planning.certificate import gap_between

_ROUNDING: Final = 1e-11
"""Weight of a column, relative to its largest term, that is rounding of zero."""


@final
@dataclass(frozen=True, slots=True)
class Proof:
    """How far a plan and its prices are from proving each other.

    Parameters
    ----------
    primal, dual
        Greatest residual of a limit and of a price rule, relative to the greatest term.
    gap
        |value - bound| / max(1e-12, |value|, |bound|).
    value, bound
        c x, and the bound that the prices give.
    """

    primal: float
    dual: float
    gap: float
    value: float
    bound: float


@final
@dataclass(frozen=True, slots=True)
class Refutation:
    """What weights prove about a set of limits.

    Parameters
    ----------
    asked, had
        What the weighted rows ask for at least, and what all columns can give at most.
    margin
        (asked - had) / (|asked| + |had|): above 0 the limits contradict each other.
    residual
        Greatest weight of a column without bound on that side, relative to its largest term.
    """

    asked: float
    had: float
    margin: float
    residual: float

    @property
    def holds(self) -> bool:
        """Whether the limits are proved to contradict each other."""
        return self.margin > self.residual and self.margin > 0


def proof_of(programme: Programme, columns: Vector, duals: Vector) -> Proof:
    """Return how far columns x and duals y are from solving a programme; no solver is asked."""
    value, bound = float(programme.cost @ columns), dual_bound(programme, duals)
    return Proof(
        primal_residual(programme, columns),
        dual_residual(programme, duals),
        gap_between(value, bound),
        value,
        bound,
    )


def refutation_of(
    matrix: AnySparse,
    rows: tuple[Vector, Vector],
    bounds: tuple[Vector, Vector],
    weights: Vector,
) -> Refutation:
    """Return what weights prove about  row_low <= A x <= row_high,  low <= x <= high.

    Parameters
    ----------
    matrix
        A.
    rows, bounds
        row_low and row_high; low and high.
    weights
        w, one for each row: above 0 it leans on the lower side, below 0 on the upper one. A weight
        that leans on an open side counts as 0.
    """
    open_side = ((weights > 0) & ~np.isfinite(rows[0])) | ((weights < 0) & ~np.isfinite(rows[1]))
    weights = np.where(open_side, 0.0, weights)
    side = np.where(weights > 0, rows[0], rows[1])
    used = weights != 0
    asked = float(weights[used] @ side[used])
    largest = np.full(matrix.shape[1], 1e-300)
    entries = matrix.tocoo()
    row, column = entries.coords
    np.maximum.at(largest, column, np.abs(entries.data * weights[row]))
    reach = np.asarray(matrix.T @ weights)
    reach = np.where(np.abs(reach) > _ROUNDING * largest, reach, 0.0)
    bound = np.where(reach > 0, bounds[1], bounds[0])
    free = (reach != 0) & ~np.isfinite(bound)
    counted = (reach != 0) & ~free
    had = float(reach[counted] @ bound[counted])
    residual = float((np.abs(reach) / largest)[free].max(initial=0.0))
    margin = (asked - had) / max(abs(asked) + abs(had), 1e-300)
    return Refutation(asked, had, margin, residual)
