"""A programme kept inside the solver, to be solved again and again with small changes.

The solver goes on from where it stood, with the factors it has: nothing is built, scaled or loaded
anew. What it finds is made exact with its own factors (iterative refinement):

    B dz = side - A z,      B' dy = c_B - A_B' y
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Final, final

import numpy as np
from scipy.sparse import csr_array, diags_array

from sovplan.foundation.polish import nearest_bound, polish, snapped
from sovplan.foundation.programme import (
    Basis,
    Programme,
    Solution,
    extended,
    levelled,
    levels,
    row_scales,
    scaled,
    scales,
)
from sovplan.foundation.residuals import worst_residual
from sovplan.foundation.shapes import Flags, Indices, Sparse, Vector
from sovplan.foundation.solver import (
    ANSWERS,
    DOUBTFUL,
    SHARP,
    basis_of,
    chosen,
    solve,
    solver_basis,
    tried,
)

_OPTIONS: Final[dict[str, str | int]] = {
    "solver": "simplex",
    # Edge weights that cost nothing to begin with: exact ones take longer to set up on a large
    # basis than the few steps that a small change needs.
    "simplex_dual_edge_weight_strategy": 1,
}
_REFINEMENTS: Final = 2
_ROUNDING: Final = 1e-14
"""Size, relative to the greatest, of what is rounding of zero."""


@final
@dataclass(frozen=True, slots=True, eq=False)
class Mark:
    """Where a held programme stood: its costs, sides and bounds, and the solver's own basis."""

    programme: Programme
    basis: Any


@final
class Held:
    """A programme kept in the solver.

    Costs, sides, bounds and added rows change. Nothing is scaled anew: a row that is added gets
    the scale of its own entries.

    Parameters
    ----------
    programme
        What is solved.
    start
        Basis of a similar programme.
    """

    def __init__(self, programme: Programme, *, start: Basis | None = None) -> None:
        self.programme = programme
        self._rows, self._columns = scales(programme)
        easier = scaled(programme, self._rows, self._columns)
        self._of_prices, self._of_quantities = levels(easier)
        easier = levelled(easier, self._of_prices, self._of_quantities)
        engine = chosen(programme, "choose", start)
        self._solver: Any = tried(easier, start, engine, float("inf"))
        for name, value in _OPTIONS.items():
            self._solver.setOptionValue(name, value)

    def mark(self) -> Mark:
        """Return where the programme stands now, to come back to."""
        return Mark(self.programme, self._solver.getBasis())

    def back(self, mark: Mark) -> None:
        """Go back to a mark: rows that were added since go, all else is as it was."""
        there, here = mark.programme, self.programme
        more = np.arange(len(there.row_low), len(here.row_low))
        if len(more):
            self._solver.deleteRows(len(more), more.astype(np.int32))
            self._rows = self._rows[: len(there.row_low)]
        self.programme = there
        kept = len(there.row_low)
        same = (there.row_low == here.row_low[:kept]) & (there.row_high == here.row_high[:kept])
        self._put_sides(np.flatnonzero(~same))
        same = (there.low == here.low) & (there.high == here.high)
        self._put_bounds(np.flatnonzero(~same))
        self._put_costs(np.flatnonzero(there.cost != here.cost))
        self._solver.setBasis(mark.basis)

    def start_at(self, basis: Basis) -> None:
        """Go on from a basis of this programme that was found elsewhere."""
        self._solver.setBasis(solver_basis(basis))

    def with_rows(self, matrix: Sparse, low: Vector, high: Vector) -> None:
        """Add rows at the end."""
        factors = row_scales(csr_array(csr_array(matrix) @ diags_array(self._columns)))
        easier = csr_array(diags_array(factors) @ csr_array(matrix) @ diags_array(self._columns))
        sides = factors / self._of_quantities
        index, start = easier.indices.astype(np.int32), easier.indptr[:-1].astype(np.int32)
        low_side, high_side = low * sides, high * sides
        self._solver.addRows(len(low), low_side, high_side, easier.nnz, start, index, easier.data)
        self._rows = np.concatenate([self._rows, factors])
        self.programme = extended(self.programme, matrix, low, high)

    def with_sides(self, rows: Indices, low: Vector, high: Vector) -> None:
        """Put other sides to some rows."""
        row_low, row_high = self.programme.row_low.copy(), self.programme.row_high.copy()
        row_low[rows], row_high[rows] = low, high
        self.programme = replace(self.programme, row_low=row_low, row_high=row_high)
        self._put_sides(rows)

    def with_bounds(self, columns: Indices, low: Vector, high: Vector) -> None:
        """Put other bounds to some columns."""
        lows, highs = self.programme.low.copy(), self.programme.high.copy()
        lows[columns], highs[columns] = low, high
        self.programme = replace(self.programme, low=lows, high=highs)
        self._put_bounds(columns)

    def with_costs(self, columns: Indices, costs: Vector) -> None:
        """Put other costs to some columns."""
        all_costs = self.programme.cost.copy()
        all_costs[columns] = costs
        self.programme = replace(self.programme, cost=all_costs)
        self._put_costs(columns)

    def solve(self) -> Solution:
        """Solve from where the solver stands; the solution comes without its basis.

        Numbers are made exact only where their residual asks for it; where the solver finds no
        answer on this way, the programme is solved anew.
        """
        self._solver.run()
        status = self._solver.getModelStatus()
        if status not in ANSWERS:
            return solve(self.programme)
        if ANSWERS[status] != "optimal":
            nothing = np.zeros(len(self._columns)), np.zeros(len(self._rows))
            return Solution(ANSWERS[status], float("nan"), *nothing)
        found = self._solver.getSolution()
        x = np.array(found.col_value) * self._columns * self._of_quantities
        y = np.array(found.row_dual) * self._rows * self._of_prices
        x, y, residual = self._refined(x, y)
        if residual > SHARP:
            x, y = polish(self.programme, x, y, basis_of(self._solver.getBasis()))
            if worst_residual(self.programme, x, y) > DOUBTFUL:
                return solve(self.programme)
        return Solution("optimal", float(self.programme.cost @ x), x, y)

    def shifted(self, rows: Indices, amounts: Vector) -> Vector:
        """Return how columns change, in this basis, when what stands at the side of rows moves.

        With B the basic columns and slacks,  B z = d:  the change of all columns for a move d of
        the rows that are not basic; rows that are basic move nothing.
        """
        basic, slack = self._basic()
        side = np.zeros(len(self._rows))
        side[rows] = np.where(slack[rows], 0.0, amounts)
        return self._answering(side, basic)

    def _basic(self) -> tuple[Indices, Flags]:
        """Return the basic variables in the solver's order, rows as -1 - row; and basic rows."""
        basic = np.array(self._solver.getBasicVariables()[1], dtype=np.int64)
        slack = np.zeros(len(self._rows), dtype=bool)
        slack[-1 - basic[basic < 0]] = True
        return basic, slack

    def _answering(self, side: Vector, basic: Indices) -> Vector:
        """Return the change of columns that gives a change of the sides of rows."""
        moved = _answered(self._solver.getBasisSolve, side * self._rows)
        change = np.zeros(len(self._columns))
        change[basic[basic >= 0]] = moved[basic >= 0]
        return change * self._columns

    def _refined(self, x: Vector, y: Vector) -> tuple[Vector, Vector, float]:
        """Return quantities and prices made exact, and the residual that is left."""
        programme = self.programme
        residual = worst_residual(programme, x, y)
        if residual <= SHARP:
            return x, y, residual
        basic, slack = self._basic()
        at = basic[basic >= 0]
        fixed = nearest_bound(x, programme.low, programme.high)
        fixed[at] = x[at]
        activity = np.asarray(programme.matrix @ fixed)
        side = nearest_bound(activity, programme.row_low, programme.row_high)
        exact, prices = fixed, np.where(slack, 0.0, y)
        for _ in range(_REFINEMENTS):
            missing = np.where(slack, 0.0, side - np.asarray(programme.matrix @ exact))
            exact = exact + self._answering(missing, basic)
            unpaid = np.zeros(len(basic))
            profit = programme.cost - np.asarray(programme.matrix.T @ prices)
            unpaid[basic >= 0] = profit[at] * self._columns[at]
            priced = _answered(self._solver.getBasisTransposeSolve, unpaid)
            prices = np.where(slack, 0.0, prices + priced * self._rows)
        exact, prices = snapped(exact, _ROUNDING), snapped(prices, _ROUNDING)
        left = worst_residual(programme, exact, prices)
        return (exact, prices, left) if left < residual else (x, y, residual)

    def _put_sides(self, rows: Indices) -> None:
        if len(rows):
            sides = self._rows[rows] / self._of_quantities
            low, high = self.programme.row_low[rows], self.programme.row_high[rows]
            places = rows.astype(np.int32)
            self._solver.changeRowsBounds(len(rows), places, low * sides, high * sides)

    def _put_bounds(self, columns: Indices) -> None:
        if len(columns):
            sizes = 1.0 / (self._columns[columns] * self._of_quantities)
            low, high = self.programme.low[columns], self.programme.high[columns]
            places = columns.astype(np.int32)
            self._solver.changeColsBounds(len(columns), places, low * sizes, high * sizes)

    def _put_costs(self, columns: Indices) -> None:
        if len(columns):
            costs = self.programme.cost[columns] * self._columns[columns] / self._of_prices
            self._solver.changeColsCost(len(columns), columns.astype(np.int32), costs)


def _answered(solve_basis: Callable[[Vector], Any], side: Vector) -> Vector:
    """Return what the solver's factors give for a side, brought near 1.

    The solver takes what is below 1e-14 for zero, whatever stands beside it.
    """
    size = float(np.abs(side).max(initial=0.0))
    return np.array(solve_basis(side / size)[1]) * size if size > 0 else np.zeros(len(side))
