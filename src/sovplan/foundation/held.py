"""A programme kept inside the solver, to be solved again and again with small changes.

The solver goes on from where it stood, with the factors it has: nothing is built, scaled or loaded
anew. What it finds is made exact with its own factors (iterative refinement):

    B dz = side - A z,      B' dy = c_B - A_B' y

From a mark, a basis with factors, a few steps of our own (`steps`) come first: they leave those
factors as they are for the next amendment. To the solver itself goes only what they do not find.
"""

from dataclasses import dataclass, replace
from typing import Any, Final, final

import numpy as np
from scipy.sparse import csr_array, diags_array, vstack

from sovplan.foundation.footing import Footing, Trail, answered, footing_of, trail_from
from sovplan.foundation.polish import nearest_bound, polish, snapped
from sovplan.foundation.programme import (
    Basis,
    Programme,
    Solution,
    below,
    extended,
    levelled,
    levels,
    row_scales,
    scaled,
    scales,
)
from sovplan.foundation.residuals import inner, worst_residual
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
from sovplan.foundation.steps import Limits, walked

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
    """Where a held programme stood.

    Parameters
    ----------
    programme
        Its costs, sides and bounds.
    basis
        The solver's own basis.
    further
        Rows that had been added, as the solver has them.
    rows
        Scales of its rows.
    """

    programme: Programme
    basis: Any
    further: tuple[Sparse, ...]
    rows: Vector


@final
class Held:
    """A programme kept in the solver.

    Costs, sides, bounds and added rows change. Nothing is scaled anew: a row that is added gets
    the scale of its own entries. Changes are noted here and reach the solver when it is asked.

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
        self._easier = levelled(easier, self._of_prices, self._of_quantities)
        engine = chosen(programme, "choose", start)
        self._solver: Any = tried(self._easier, start, engine, float("inf"))
        for name, value in _OPTIONS.items():
            self._solver.setOptionValue(name, value)
        self._further: tuple[Sparse, ...] = ()
        # What the solver has: it is told of changes when it is asked.
        self._told = programme
        self._told_further: tuple[Sparse, ...] = ()
        self._mark: Mark | None = None
        self._begin: Any = None
        # The mark that the solver has factors of, and where our own steps from it ended.
        self._footing: tuple[Mark, Footing] | None = None
        self._trail: Trail | None = None

    def mark(self) -> Mark:
        """Return where the programme stands now, to come back to."""
        if self._trail is not None or self._begin is not None:
            self._run()
        self._tell()
        basis = self._solver.getBasis()
        self._mark = Mark(self.programme, basis, self._further, self._rows)
        self._footed(self._mark)
        return self._mark

    def back(self, mark: Mark) -> None:
        """Go back to a mark: rows that were added since go, all else is as it was."""
        self.programme, self._further, self._rows = mark.programme, mark.further, mark.rows
        self._mark, self._begin, self._trail = mark, mark.basis, None

    def start_at(self, basis: Basis) -> None:
        """Go on from a basis of this programme that was found elsewhere."""
        self._mark, self._trail, self._begin = None, None, solver_basis(basis)

    def with_rows(self, matrix: Sparse, low: Vector, high: Vector) -> None:
        """Add rows at the end."""
        easier = csr_array(csr_array(matrix) @ diags_array(self._columns))
        factors = row_scales(easier)
        self._further = (*self._further, csr_array(diags_array(factors) @ easier))
        self._rows = np.concatenate([self._rows, factors])
        self.programme = extended(self.programme, matrix, low, high)
        self._trail = None

    def with_sides(self, rows: Indices, low: Vector, high: Vector) -> None:
        """Put other sides to some rows."""
        row_low, row_high = self.programme.row_low.copy(), self.programme.row_high.copy()
        row_low[rows], row_high[rows] = low, high
        self.programme = replace(self.programme, row_low=row_low, row_high=row_high)

    def with_bounds(self, columns: Indices, low: Vector, high: Vector) -> None:
        """Put other bounds to some columns."""
        lows, highs = self.programme.low.copy(), self.programme.high.copy()
        lows[columns], highs[columns] = low, high
        self.programme = replace(self.programme, low=lows, high=highs)

    def with_costs(self, columns: Indices, costs: Vector) -> None:
        """Put other costs to some columns."""
        all_costs = self.programme.cost.copy()
        all_costs[columns] = costs
        self.programme = replace(self.programme, cost=all_costs)

    def solve(self) -> Solution:
        """Solve from where the programme stands; the solution comes without its basis.

        Numbers are made exact only where their residual asks for it; where the solver finds no
        answer on this way, the programme is solved anew.
        """
        return self._walked() or self._run()

    def shifted(self, rows: Indices, amounts: Vector) -> Vector:
        """Return how columns change, in this basis, when what stands at the side of rows moves.

        With B the basic columns and slacks,  B z = d:  the change of all columns for a move d of
        the rows that are not basic; rows that are basic move nothing.
        """
        basic, slack = self._basic()
        side = np.zeros(len(self._rows))
        side[rows] = np.where(slack[rows], 0.0, amounts)
        return self._answering(side, basic)

    def _walked(self) -> Solution | None:
        """Return what our own steps from the mark find, if it proves itself."""
        if self._mark is None:
            return None
        if self._trail is None:
            further = self._further[len(self._mark.further) :]
            footing = self._footed(self._mark)
            self._trail = trail_from(footing, _stacked(further, len(self._columns)))
        found = walked(self._trail, self._limits())
        if found is None:
            self._trail = None
            return None
        sign = -1.0 if self.programme.maximise else 1.0
        x = found[0] * self._columns * self._of_quantities
        y = sign * found[1] * self._rows * self._of_prices
        x, y = snapped(x, _ROUNDING), snapped(y, _ROUNDING)
        if worst_residual(self.programme, x, y) > SHARP:
            self._trail = None
            return None
        return Solution("optimal", inner(self.programme.cost, x), x, y)

    def _footed(self, mark: Mark) -> Footing:
        """Return the footing of a mark; its basis is factorised if that has not been done."""
        if self._footing is not None and self._footing[0] is mark:
            return self._footing[1]
        now = self.programme, self._further, self._rows
        self.programme, self._further, self._rows = mark.programme, mark.further, mark.rows
        self._begin = mark.basis
        self._tell()
        self.programme, self._further, self._rows = now
        order = np.array(self._solver.getBasicVariables()[1], dtype=np.int64)
        matrix = self._easier.matrix
        for rows in mark.further:
            matrix = below(matrix, rows)
        footing = footing_of(matrix, basis_of(mark.basis), order, self._solver)
        self._footing = mark, footing
        return footing

    def _limits(self) -> Limits:
        """Return costs and bounds as the solver has them, columns first and slacks after them."""
        programme, none = self.programme, np.zeros(len(self._rows))
        cost = programme.cost * (self._columns / self._of_prices)
        sizes, sides = self._columns * self._of_quantities, self._rows / self._of_quantities
        return Limits(
            np.concatenate([-cost if programme.maximise else cost, none]),
            np.concatenate([programme.low / sizes, -programme.row_high * sides]),
            np.concatenate([programme.high / sizes, -programme.row_low * sides]),
        )

    def _run(self) -> Solution:
        """Return what the solver finds from where it stands."""
        self._tell()
        self._footing = self._trail = self._mark = None
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
        return Solution("optimal", inner(self.programme.cost, x), x, y)

    def _basic(self) -> tuple[Indices, Flags]:
        """Return the basic variables in their order, rows as -1 - row; and basic rows."""
        if self._trail is not None:
            head, width = self._trail.head, len(self._columns)
            basic = np.where(head < width, head, width - 1 - head)
        else:
            basic = np.array(self._solver.getBasicVariables()[1], dtype=np.int64)
        slack = np.zeros(len(self._rows), dtype=bool)
        slack[-1 - basic[basic < 0]] = True
        return basic, slack

    def _answering(self, side: Vector, basic: Indices) -> Vector:
        """Return the change of columns that gives a change of the sides of rows."""
        trail, side = self._trail, side * self._rows
        moved = answered(self._solver.getBasisSolve, side) if trail is None else trail.forward(side)
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
            priced = answered(self._solver.getBasisTransposeSolve, unpaid)
            prices = np.where(slack, 0.0, prices + priced * self._rows)
        exact, prices = snapped(exact, _ROUNDING), snapped(prices, _ROUNDING)
        left = worst_residual(programme, exact, prices)
        return (exact, prices, left) if left < residual else (x, y, residual)

    def _tell(self) -> None:
        """Tell the solver what has changed since it was told last."""
        now, before = self.programme, self._told
        same = 0
        for ours, its in zip(self._further, self._told_further, strict=False):
            if ours is not its:
                break
            same += 1
        kept = len(self._easier.row_low) + sum(rows.shape[0] for rows in self._further[:same])
        surplus = np.arange(kept, len(before.row_low), dtype=np.int32)
        if len(surplus):
            self._solver.deleteRows(len(surplus), surplus)
        # A basis is of so many rows: those that come later are basic.
        of_basis = len(self._further if self._mark is None else self._mark.further)
        for rows in self._further[same:of_basis]:
            kept = self._add(rows, kept)
        if self._begin is not None:
            self._solver.setBasis(self._begin)
        for rows in self._further[max(same, of_basis) :]:
            kept = self._add(rows, kept)
        old = min(len(before.row_low) - len(surplus), len(now.row_low))
        differ = before.row_low[:old] != now.row_low[:old]
        self._put_sides(np.flatnonzero(differ | (before.row_high[:old] != now.row_high[:old])))
        self._put_bounds(np.flatnonzero((before.low != now.low) | (before.high != now.high)))
        self._put_costs(np.flatnonzero(before.cost != now.cost))
        self._told, self._told_further, self._begin = now, self._further, None

    def _add(self, rows: Sparse, first: int) -> int:
        """Add rows to the solver at a place; return the place after them."""
        last = first + rows.shape[0]
        sides = self._rows[first:last] / self._of_quantities
        low, high = self.programme.row_low[first:last], self.programme.row_high[first:last]
        index, start = rows.indices.astype(np.int32), rows.indptr[:-1].astype(np.int32)
        low_side, high_side = low * sides, high * sides
        self._solver.addRows(last - first, low_side, high_side, rows.nnz, start, index, rows.data)
        return last

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


def _stacked(parts: tuple[Sparse, ...], width: int) -> Sparse:
    """Return rows that were added one after another as one matrix."""
    return csr_array(vstack(parts)) if parts else csr_array((0, width))
