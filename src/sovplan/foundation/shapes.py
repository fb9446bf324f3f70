"""Array types, named by what their axes count.

The type checker sees the element type; the tests also check the number and length of axes.
G goods, J techniques, P plants, K skills, R resources, T years.
"""

from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csc_array, csr_array

if TYPE_CHECKING:
    Grid: TypeAlias = NDArray[np.float64]
    Vector: TypeAlias = NDArray[np.float64]
    Matrix: TypeAlias = NDArray[np.float64]
    Indices: TypeAlias = NDArray[np.int64]
    Flags: TypeAlias = NDArray[np.bool_]
    GoodsVector: TypeAlias = NDArray[np.float64]
    TechniquesVector: TypeAlias = NDArray[np.float64]
    PlantsVector: TypeAlias = NDArray[np.float64]
    YearsVector: TypeAlias = NDArray[np.float64]
    GoodsYears: TypeAlias = NDArray[np.float64]
    GoodsYearsFlags: TypeAlias = NDArray[np.bool_]
    TechniquesYears: TypeAlias = NDArray[np.float64]
    PlantsYears: TypeAlias = NDArray[np.float64]
    PlantsYearsNext: TypeAlias = NDArray[np.float64]
    SkillsYears: TypeAlias = NDArray[np.float64]
    ResourcesYears: TypeAlias = NDArray[np.float64]
    Sparse: TypeAlias = csr_array[np.float64]
    ByColumn: TypeAlias = csc_array[np.float64]
    AnySparse: TypeAlias = csr_array[np.float64] | csc_array[np.float64]
else:
    from jaxtyping import Bool, Float, Int

    Grid = Float[np.ndarray, "..."]
    Vector = Float[np.ndarray, "_"]
    Matrix = Float[np.ndarray, "_ _"]
    Indices = Int[np.ndarray, "..."]
    Flags = Bool[np.ndarray, "_"]
    GoodsVector = Float[np.ndarray, "goods"]
    TechniquesVector = Float[np.ndarray, "techniques"]
    PlantsVector = Float[np.ndarray, "plants"]
    YearsVector = Float[np.ndarray, "years"]
    GoodsYears = Float[np.ndarray, "goods years"]
    GoodsYearsFlags = Bool[np.ndarray, "goods years"]
    TechniquesYears = Float[np.ndarray, "techniques years"]
    PlantsYears = Float[np.ndarray, "plants years"]
    PlantsYearsNext = Float[np.ndarray, "plants years+1"]
    SkillsYears = Float[np.ndarray, "skills years"]
    ResourcesYears = Float[np.ndarray, "resources years"]
    Sparse = csr_array
    ByColumn = csc_array
    AnySparse = csr_array | csc_array
