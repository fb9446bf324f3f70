"""Linear programmes solved by HiGHS. The only file that knows the solver.

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
from sovplan.foundation.programme import BASIC, Answer, Basis, Programme, Solution, scaled, scales
from sovplan.foundation.words import say

Engine = Literal["choose", "simplex", "interior"]

_TOLERANCE: Final = 1e-9
"""Feasibility asked of the solver on the scaled problem; it is never reported as an accuracy."""
_LARGE: Final = 40_000
"""Entries of the matrix from which the interior point method is chosen for a cold start."""


def solve(
    programme: Programme,
    *,
    start: Basis | None = None,
    engine: Engine = "choose",
    seconds: float = float("inf"),
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
        Simplex, interior point with crossover, or by size.
    seconds
        Longest time.

    Raises
    ------
    SolverFailed
        Neither a solution nor a proof that there is none was found.
    """
    rows, columns = scales(programme)
    easier = scaled(programme, rows, columns)
    solver = _loaded(easier, start, _chosen(programme, engine, start), seconds)
    solver.run()
    status = solver.getModelStatus()
    if status not in _ANSWERS:
        solver = _again(easier, seconds)
        status = solver.getModelStatus()
    if status not in _ANSWERS:
        reason = solver.modelStatusToString(status)
        shape = {"rows": len(programme.row_low), "columns": len(programme.cost)}
        raise SolverFailed(say("foundation.solver.stopped", reason=reason, **shape))
    if _ANSWERS[status] != "optimal":
        nothing = np.zeros(len(columns)), np.zeros(len(rows))
        return Solution(_ANSWERS[status], float("nan"), *nothing)
    found = solver.getSolution()
    basis = solver.getBasis()
    kept = _kept(basis) if basis.valid else None
    x, y = np.array(found.col_value), np.array(found.row_dual)
    if kept is not None:
        x, y = polish(easier, x, y, kept)
    x, y = x * columns, y * rows
    return Solution("optimal", float(programme.cost @ x), x, y, basis=kept)


_ANSWERS: Final[dict[highspy.HighsModelStatus, Answer]] = {
    highspy.HighsModelStatus.kOptimal: "optimal",
    highspy.HighsModelStatus.kInfeasible: "infeasible",
    highspy.HighsModelStatus.kUnbounded: "unbounded",
}


_STATUS: Final = {
    int(status): status
    for status in (
        highspy.HighsBasisStatus.kLower,
        highspy.HighsBasisStatus.kBasic,
        highspy.HighsBasisStatus.kUpper,
        highspy.HighsBasisStatus.kZero,
        highspy.HighsBasisStatus.kNonbasic,
    )
}


def _chosen(programme: Programme, engine: Engine, start: Basis | None) -> str:
    if engine == "choose":
        large = programme.matrix.nnz > _LARGE and start is None
        engine = "interior" if large else "simplex"
    return {"simplex": "simplex", "interior": "ipm"}[engine]


def _loaded(
    programme: Programme, start: Basis | None, engine: str, seconds: float
) -> highspy.Highs:
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("solver", engine)
    solver.setOptionValue("threads", 1)
    solver.setOptionValue("primal_feasibility_tolerance", _TOLERANCE)
    solver.setOptionValue("dual_feasibility_tolerance", _TOLERANCE)
    solver.setOptionValue("ipm_optimality_tolerance", 1e-10)
    solver.setOptionValue("allow_unbounded_or_infeasible", False)
    if np.isfinite(seconds):
        solver.setOptionValue("time_limit", float(seconds))
    solver.passModel(_model(programme))
    if start is not None:
        basis = highspy.HighsBasis()
        basis.col_status = [_STATUS[code] for code in start.columns]
        basis.row_status = [_STATUS[code] for code in start.rows]
        basis.valid = True
        solver.setBasis(basis)
    return solver


def _again(programme: Programme, seconds: float) -> highspy.Highs:
    """Try once more without presolve: some statuses are only told apart that way."""
    solver = _loaded(programme, None, "simplex", seconds)
    solver.setOptionValue("presolve", "off")
    solver.run()
    return solver


def _model(programme: Programme) -> highspy.HighsLp:
    model = highspy.HighsLp()
    model.num_row_, model.num_col_ = programme.matrix.shape
    model.col_cost_ = programme.cost
    model.col_lower_, model.col_upper_ = programme.low, programme.high
    model.row_lower_, model.row_upper_ = programme.row_low, programme.row_high
    matrix = csc_array(programme.matrix)
    model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    model.a_matrix_.start_ = matrix.indptr
    model.a_matrix_.index_ = matrix.indices
    model.a_matrix_.value_ = matrix.data
    model.sense_ = (
        highspy.ObjSense.kMaximize if programme.maximise else highspy.ObjSense.kMinimize
    )
    return model


def _kept(basis: highspy.HighsBasis) -> Basis:
    columns = np.array([int(status) for status in basis.col_status], dtype=np.int64)
    rows = np.array([int(status) for status in basis.row_status], dtype=np.int64)
    return Basis(columns, rows)
