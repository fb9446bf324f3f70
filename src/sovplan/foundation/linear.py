"""AnySparse solves of systems of equations."""

from typing import Final

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
    factors = splu(csc_array(matrix))
    x = factors.solve(right)
    for _ in range(_REFINEMENTS):
        x = x + factors.solve(right - matrix @ x)
    return np.asarray(x)
