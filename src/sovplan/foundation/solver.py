"""Linear programmes solved by HiGHS. The only file that knows the solver.

Duals y of rows and reduced costs z = c - A'y are given for the problem as stated: y is the change
of the objective for one unit more on the side of the row that binds.

Source: Huangfu and Hall (2018), Parallelizing the dual revised simplex method, Mathematical
Programming Computation 10, 119-142.
"""

from dataclasses import dataclass, replace
from typing import Any, Final, Literal, final

import highspy
import numpy as np
from scipy.sparse import csc_array, csr_array, diags_array

from sovplan.foundation.errors import SolverFailed
from sovplan.foundation.polish import polish
from sovplan.foundation.programme import (
    BASIC,
    Answer,
    Basis,
    Programme,
    Solution,
    extended,
    levelled,
    levels,
    middle,
    row_scales,
    scaled,
    scales,
)
from sovplan.foundation.residuals import worst_residual
from sovplan.foundation.shapes import Indices, Sparse, Vector
from sovplan.foundation.words import say

Engine = Literal["choose", "simplex", "primal", "near", "interior", "inside"]

_TOLERANCE: Final = 1e-9
"""Feasibility asked of the solver on the scaled problem; it is never reported as an accuracy."""
_SHARP: Final = 1e-10
"""Residual, relative, above which a solution is sharpened."""
_DOUBTFUL: Final = 1e-6
"""Residual or gap, relative, above which a solution is not believed and tried once more."""
_SHARPENINGS: Final = 3
_LARGE: Final = 40_000
"""Entries of the matrix from which the interior point method is chosen for a cold start."""


def solve(
    programme: Programme,
    *,
    start: Basis | None = None,
    engine: Engine = "choose",
    seconds: float = float("inf"),
    exact: bool = True,
) -> Solution:
    """Solve a linear programme.

    The programme is scaled first; a basic solution is computed again from its basis, so that
    its accuracy is that of the arithmetic and not the solver's tolerance.

    Parameters
    ----------
    programme
        What is to be solved.
    start
        Basis of a similar programme.
    engine
        Simplex, interior point with crossover, or by size; `inside`, which is none of this solver's
        and knows the planning problem, counts as by size here; `primal` is the simplex that goes on
        from quantities that fit, for a start where only the objective has changed; `near` is the
        simplex from where all columns stand at their low bounds, for a solution near it.
    seconds
        Longest time.
    exact
        Whether to compute the solution again from its basis; without it quantities are as good as
        the solver's tolerance, which does where nothing is reported of them.

    Raises
    ------
    SolverFailed
        Neither a solution nor a proof that there is none was found.
    """
    rows, columns = scales(programme)
    easier = scaled(programme, rows, columns)
    of_prices, of_quantities = levels(easier)
    easier = levelled(easier, of_prices, of_quantities)
    solver = _tried(easier, start, _chosen(programme, engine, start), seconds)
    status = solver.getModelStatus()
    if status not in _ANSWERS:
        reason = solver.modelStatusToString(status)
        shape = {"rows": len(programme.row_low), "columns": len(programme.cost)}
        raise SolverFailed(say("foundation.solver.stopped", reason=reason, **shape))
    if _ANSWERS[status] != "optimal":
        nothing = np.zeros(len(columns)), np.zeros(len(rows))
        return Solution(_ANSWERS[status], float("nan"), *nothing)
    if not exact:
        found = solver.getSolution()
        x, y = np.array(found.col_value), np.array(found.row_dual)
        x, y = x * columns * of_quantities, y * rows * of_prices
        return Solution("optimal", float(programme.cost @ x), x, y)
    x, y, basis = _sharp(easier, solver, seconds)
    x, y = x * columns * of_quantities, y * rows * of_prices
    if worst_residual(programme, x, y) > _DOUBTFUL:
        x, y, basis = _in_own_units(programme, (x, y, basis), seconds)
    return Solution("optimal", float(programme.cost @ x), x, y, basis=basis)


def _tried(easier: Programme, start: Basis | None, engine: str, seconds: float) -> highspy.Highs:
    """Return the solver after the first try that ends with an answer, or after the last."""
    solver = _loaded(easier, start, engine, seconds)
    solver.run()
    if engine == "primal" and solver.getModelStatus() not in _ANSWERS:
        solver = _loaded(easier, start, "simplex", seconds)
        solver.run()
    for further in _FURTHER:
        if solver.getModelStatus() in _ANSWERS:
            break
        solver = _loaded(easier, None, further[0], seconds)
        solver.setOptionValue("presolve", further[1])
        for kind in ("primal", "dual"):
            solver.setOptionValue(f"{kind}_feasibility_tolerance", further[2])
        solver.run()
    return solver


def _sharp(
    easier: Programme, solver: highspy.Highs, seconds: float
) -> tuple[Vector, Vector, Basis | None]:
    """Return what the solver found, sharpened until its residual is small or stays as it is."""
    x, y, basis = _exact(easier, solver)
    for _ in range(_SHARPENINGS):
        if basis is None or worst_residual(easier, x, y) <= _SHARP:
            break
        sharper = _sharpened(easier, x, y, basis, seconds)
        if sharper is None or worst_residual(easier, *sharper[:2]) >= worst_residual(easier, x, y):
            break
        x, y, basis = sharper
    return x, y, basis


def _in_own_units(
    programme: Programme, found: tuple[Vector, Vector, Basis | None], seconds: float
) -> tuple[Vector, Vector, Basis | None]:
    """Solve once more as the programme stands; return what has the lesser residual.

    Where sides reach over many powers of ten, bringing their middle near 1 can put the objective
    below the solver's tolerance.
    """
    solver = _loaded(programme, None, "simplex", seconds)
    solver.run()
    if _ANSWERS.get(solver.getModelStatus()) != "optimal":
        return found
    again = _sharp(programme, solver, seconds)
    return min(found, again, key=lambda one: worst_residual(programme, one[0], one[1]))


def _exact(programme: Programme, solver: highspy.Highs) -> tuple[Vector, Vector, Basis | None]:
    """Return what the solver found, computed again from its basis."""
    found, basis = solver.getSolution(), solver.getBasis()
    x, y = np.array(found.col_value), np.array(found.row_dual)
    if not basis.valid:
        return x, y, None
    kept = _kept(basis)
    return *polish(programme, x, y, kept), kept


def _sharpened(
    programme: Programme, x: Vector, y: Vector, basis: Basis, seconds: float
) -> tuple[Vector, Vector, Basis | None] | None:
    """Go on from a basis with quantities and prices brought near 1.

    A tolerance is absolute: where most prices are near 1e-5, one of 1e-9 leaves relative errors
    of 1e-4, and a basis that is not the best.
    """
    of_prices, of_quantities = middle(y), middle(x)
    larger = levelled(programme, of_prices, of_quantities)
    solver = _loaded(larger, basis, "simplex", seconds)
    solver.run()
    if _ANSWERS.get(solver.getModelStatus()) != "optimal":
        return None
    x, y, kept = _exact(larger, solver)
    return x * of_quantities, y * of_prices, kept


_ANSWERS: Final[dict[highspy.HighsModelStatus, Answer]] = {
    highspy.HighsModelStatus.kOptimal: "optimal",
    highspy.HighsModelStatus.kInfeasible: "infeasible",
    highspy.HighsModelStatus.kUnbounded: "unbounded",
}


_FURTHER: Final = (
    ("simplex", "off", _TOLERANCE),
    ("ipm", "on", _TOLERANCE),
    ("ipm", "off", _TOLERANCE),
    ("simplex", "on", 1e-7),
    ("ipm", "on", 1e-7),
)
"""Engine, presolve and tolerance of further tries: some programmes are only told apart by one of
them. A coarser answer is computed again from its basis as every other is."""


_PRIMAL: Final = 4
"""HiGHS's number of its primal simplex."""
_DEVEX: Final = 1
"""HiGHS's number of edge weights that cost nothing to begin with: exact ones take longer to set up
on a large basis than the few steps that a held programme needs."""


def is_large(programme: Programme) -> bool:
    """Tell whether a programme is solved sooner by interior point than by simplex from afar."""
    return programme.matrix.nnz > _LARGE


def _chosen(programme: Programme, engine: Engine, start: Basis | None) -> str:
    if engine in {"choose", "inside"}:
        engine = "interior" if is_large(programme) and start is None else "simplex"
    return {"interior": "ipm"}.get(engine, engine)


def _loaded(
    programme: Programme, start: Basis | None, engine: str, seconds: float
) -> highspy.Highs:
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("solver", "ipm" if engine == "ipm" else "simplex")
    if engine == "primal":
        solver.setOptionValue("simplex_strategy", _PRIMAL)
    if engine == "near":
        solver.setOptionValue("presolve", "off")
    solver.setOptionValue("threads", 1)
    solver.setOptionValue("primal_feasibility_tolerance", _TOLERANCE)
    solver.setOptionValue("dual_feasibility_tolerance", _TOLERANCE)
    solver.setOptionValue("ipm_optimality_tolerance", 1e-8)
    solver.setOptionValue("allow_unbounded_or_infeasible", False)
    if np.isfinite(seconds):
        solver.setOptionValue("time_limit", float(seconds))
    solver.passModel(_model(programme))
    if start is not None:
        basis = highspy.HighsBasis()
        basis.col_status = [highspy.HighsBasisStatus(int(code)) for code in start.columns]
        basis.row_status = [highspy.HighsBasisStatus(int(code)) for code in start.rows]
        basis.valid = True
        solver.setBasis(basis)
    return solver


def _model(programme: Programme) -> highspy.HighsLp:
    model = highspy.HighsLp()
    model.num_row_, model.num_col_ = programme.matrix.shape
    model.col_cost_ = programme.cost
    model.col_lower_, model.col_upper_ = programme.low, programme.high
    model.row_lower_, model.row_upper_ = programme.row_low, programme.row_high
    matrix = csc_array(programme.matrix)
    model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    model.a_matrix_.start_, model.a_matrix_.index_ = matrix.indptr, matrix.indices
    model.a_matrix_.value_ = matrix.data
    model.sense_ = highspy.ObjSense.kMaximize if programme.maximise else highspy.ObjSense.kMinimize
    return model


def _kept(basis: highspy.HighsBasis) -> Basis:
    columns = np.array([int(status) for status in basis.col_status], dtype=np.int64)
    rows = np.array([int(status) for status in basis.row_status], dtype=np.int64)
    return Basis(columns, rows)


@final
@dataclass(frozen=True, slots=True, eq=False)
class Mark:
    """Where a held programme stood: its sides and bounds, and the solver's own basis."""

    programme: Programme
    basis: highspy.HighsBasis


@final
class Held:
    """A programme kept inside the solver, to be solved again and again with small changes.

    Sides, bounds and added rows change; the solver goes on from where it stood, with the factors
    it has. Nothing is scaled anew: a row that is added gets the scale of its own entries.

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
        engine = _chosen(programme, "choose", start)
        self._solver: Any = _tried(easier, start, engine, float("inf"))
        self._solver.setOptionValue("solver", "simplex")
        self._solver.setOptionValue("simplex_dual_edge_weight_strategy", _DEVEX)

    def mark(self) -> Mark:
        """Return where the programme stands now, to come back to."""
        return Mark(self.programme, self._solver.getBasis())

    def back(self, mark: Mark) -> None:
        """Go back to a mark: rows that were added since go, sides and bounds are as they were."""
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
        self._solver.setBasis(mark.basis)

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

    def solve(self) -> Solution:
        """Solve from where the solver stands.

        Numbers are computed again from the basis only where their residual asks for it; where the
        solver finds no answer on this way, the programme is solved anew.
        """
        self._solver.run()
        status = self._solver.getModelStatus()
        if status not in _ANSWERS:
            return solve(self.programme)
        if _ANSWERS[status] != "optimal":
            nothing = np.zeros(len(self._columns)), np.zeros(len(self._rows))
            return Solution(_ANSWERS[status], float("nan"), *nothing)
        found = self._solver.getSolution()
        x = np.array(found.col_value) * self._columns * self._of_quantities
        y = np.array(found.row_dual) * self._rows * self._of_prices
        basis = _kept(self._solver.getBasis())
        if worst_residual(self.programme, x, y) > _SHARP:
            x, y = polish(self.programme, x, y, basis)
            if worst_residual(self.programme, x, y) > _DOUBTFUL:
                return solve(self.programme)
        return Solution("optimal", float(self.programme.cost @ x), x, y, basis=basis)

    def shifted(self, rows: Indices, amounts: Vector) -> Vector:
        """Return how columns change, in this basis, when what stands at the side of rows moves.

        With B the basic columns and slacks,  B z = d:  the change of all columns for a move d of
        the rows that are not basic; rows that are basic move nothing.
        """
        basis = self._solver.getBasis()
        still = np.array([int(basis.row_status[row]) != BASIC for row in rows])
        side = np.zeros(len(self._rows))
        side[rows] = np.where(still, amounts, 0.0) * self._rows[rows] / self._of_quantities
        basic = np.array(self._solver.getBasicVariables()[1])
        moved = np.array(self._solver.getBasisSolve(side)[1])
        change = np.zeros(len(self._columns))
        change[basic[basic >= 0]] = moved[basic >= 0]
        return change * self._columns * self._of_quantities

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
