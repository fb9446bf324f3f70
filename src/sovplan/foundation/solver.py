"""Linear programmes solved by HiGHS. The only file that imports the solver; `held` keeps one going.

Duals y of rows and reduced costs z = c - A'y are given for the problem as stated: y is the change
of the objective for one unit more on the side of the row that binds.

Source: Huangfu and Hall (2018), Parallelizing the dual revised simplex method, Mathematical
Programming Computation 10, 119-142.
"""

from typing import Final, Literal

import highspy
import numpy as np
from scipy.sparse import csc_array

from sovplan.foundation.errors import SolverFailed
from sovplan.foundation.polish import polish
from sovplan.foundation.programme import (
    Answer,
    Basis,
    Programme,
    Solution,
    levelled,
    levels,
    middle,
    scaled,
    scales,
)
from sovplan.foundation.residuals import worst_residual
from sovplan.foundation.shapes import Vector
from sovplan.foundation.words import say

Engine = Literal["choose", "simplex", "primal", "near", "interior", "inside"]

_TOLERANCE: Final = 1e-9
"""Feasibility asked of the solver on the scaled problem; it is never reported as an accuracy."""
SHARP: Final = 1e-10
"""Residual, relative, above which a solution is sharpened."""
DOUBTFUL: Final = 1e-6
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
    solver = tried(easier, start, chosen(programme, engine, start), seconds)
    status = solver.getModelStatus()
    if status not in ANSWERS:
        reason = solver.modelStatusToString(status)
        shape = {"rows": len(programme.row_low), "columns": len(programme.cost)}
        raise SolverFailed(say("foundation.solver.stopped", reason=reason, **shape))
    if ANSWERS[status] != "optimal":
        nothing = np.zeros(len(columns)), np.zeros(len(rows))
        return Solution(ANSWERS[status], float("nan"), *nothing)
    if not exact:
        found = solver.getSolution()
        x, y = np.array(found.col_value), np.array(found.row_dual)
        x, y = x * columns * of_quantities, y * rows * of_prices
        return Solution("optimal", float(programme.cost @ x), x, y)
    x, y, basis = _sharp(easier, solver, seconds)
    x, y = x * columns * of_quantities, y * rows * of_prices
    if worst_residual(programme, x, y) > DOUBTFUL:
        x, y, basis = _in_own_units(programme, (x, y, basis), seconds)
    return Solution("optimal", float(programme.cost @ x), x, y, basis=basis)


def tried(easier: Programme, start: Basis | None, engine: str, seconds: float) -> highspy.Highs:
    """Return the solver after the first try that ends with an answer, or after the last."""
    solver = loaded(easier, start, engine, seconds)
    solver.run()
    if engine == "primal" and solver.getModelStatus() not in ANSWERS:
        solver = loaded(easier, start, "simplex", seconds)
        solver.run()
    for further in _FURTHER:
        if solver.getModelStatus() in ANSWERS:
            break
        solver = loaded(easier, None, further[0], seconds)
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
        if basis is None or worst_residual(easier, x, y) <= SHARP:
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
    solver = loaded(programme, None, "simplex", seconds)
    solver.run()
    if ANSWERS.get(solver.getModelStatus()) != "optimal":
        return found
    again = _sharp(programme, solver, seconds)
    return min(found, again, key=lambda one: worst_residual(programme, one[0], one[1]))


def _exact(programme: Programme, solver: highspy.Highs) -> tuple[Vector, Vector, Basis | None]:
    """Return what the solver found, computed again from its basis."""
    found, basis = solver.getSolution(), solver.getBasis()
    x, y = np.array(found.col_value), np.array(found.row_dual)
    if not basis.valid:
        return x, y, None
    kept = basis_of(basis)
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
    solver = loaded(larger, basis, "simplex", seconds)
    solver.run()
    if ANSWERS.get(solver.getModelStatus()) != "optimal":
        return None
    x, y, kept = _exact(larger, solver)
    return x * of_quantities, y * of_prices, kept


ANSWERS: Final[dict[highspy.HighsModelStatus, Answer]] = {
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


def is_large(programme: Programme, times: int = 1) -> bool:
    """Tell whether a programme is solved sooner by interior point than by simplex from afar.

    So it is asked of one with so many times its entries.
    """
    return times * programme.matrix.nnz > _LARGE


def chosen(programme: Programme, engine: Engine, start: Basis | None) -> str:
    """Return the solver's name of an engine."""
    if engine in {"choose", "inside"}:
        engine = "interior" if is_large(programme) and start is None else "simplex"
    return {"interior": "ipm"}.get(engine, engine)


def loaded(programme: Programme, start: Basis | None, engine: str, seconds: float) -> highspy.Highs:
    """Return the solver with a programme in it."""
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
        solver.setBasis(solver_basis(start))
    return solver


def solver_basis(basis: Basis) -> highspy.HighsBasis:
    """Return a basis as the solver takes it."""
    found = highspy.HighsBasis()
    found.col_status = [highspy.HighsBasisStatus(int(code)) for code in basis.columns]
    found.row_status = [highspy.HighsBasisStatus(int(code)) for code in basis.rows]
    found.valid = True
    return found


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


def basis_of(basis: highspy.HighsBasis) -> Basis:
    """Return a basis of the solver as values."""
    columns = np.array([int(status) for status in basis.col_status], dtype=np.int64)
    rows = np.array([int(status) for status in basis.row_status], dtype=np.int64)
    return Basis(columns, rows)
