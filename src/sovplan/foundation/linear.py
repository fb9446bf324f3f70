"""AnySparse solves of systems of equations."""

from typing import Any, Final, Literal

import numpy as np
from scipy.sparse import csc_array
from scipy.sparse.linalg import splu

from sovplan.foundation.shapes import AnySparse, Vector

_REFINEMENTS: Final = 3
"""Rounds of iterative refinement; each one removes the rounding error of the one before."""


def solve_system(matrix: AnySparse, right: Vector) -> Vector:
    """Return x of  M x = b  by sparse factors and iterative refinement.

    Raises
    ------
    RuntimeError
        The matrix is singular.
    """
    return _refined(splu(csc_array(matrix)), matrix, right, "N")


def solve_both(matrix: AnySparse, right: Vector, below: Vector) -> tuple[Vector, Vector]:
    """Return x of  M x = b  and y of  M' y = c  by the same factors.

    Raises
    ------
    RuntimeError
        The matrix is singular.
    """
    factors = splu(csc_array(matrix))
    return _refined(factors, matrix, right, "N"), _refined(factors, matrix.T, below, "T")


def _refined(
    factors: Any,  # noqa: ANN401 - the types that SciPy comes with know no transposed solution
    matrix: AnySparse,
    right: Vector,
    way: Literal["N", "T"],
) -> Vector:
    x = factors.solve(right, way)
    for _ in range(_REFINEMENTS):
        x = x + factors.solve(right - matrix @ x, way)
    return np.asarray(x)
