"""The quick order is that of a stable sort, to the last place."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from sovplan.foundation.order import ordered

FEW = st.sampled_from([-1.5, -0.0, 0.0, 1.0, 1e30])
ANY = st.floats(allow_nan=True, allow_infinity=True, width=32)


@given(arrays(np.float64, st.integers(0, 300), elements=FEW | ANY))
def test_it_is_the_stable_order_of_real_numbers(numbers: np.ndarray) -> None:
    assert ordered(numbers).tolist() == np.argsort(numbers, kind="stable").tolist()


@pytest.mark.parametrize("dtype", ["f4", "f8", "i4", "i8"])
def test_it_is_the_stable_order_of_many(dtype: str) -> None:
    """Enough numbers for the quick sort of NumPy to leave equal ones in another order."""
    numbers = np.random.default_rng(7).integers(0, 400, 50_000).astype(dtype)

    assert (np.argsort(numbers) != np.argsort(numbers, kind="stable")).any()
    assert (ordered(numbers) == np.argsort(numbers, kind="stable")).all()


MANY = 40_000
LUCK = np.random.default_rng(5)
NORMAL = LUCK.normal(size=MANY)


@pytest.mark.parametrize(
    "numbers",
    [
        NORMAL, np.exp(5.0 * NORMAL), NORMAL * 1e-310, NORMAL.astype("f4"),
        np.where(NORMAL > 0.0, 0.0, -0.0), np.full(MANY, 3.0),
        np.append(NORMAL, np.nan), np.append(NORMAL, [np.inf, 1e308, -1e308]),
        np.append(1.0 + NORMAL * 1e-13, -1e9),  # nearly all in one cell
        LUCK.integers(-(2**62), 2**62, MANY), LUCK.integers(0, 256, MANY, dtype="u1"),
        LUCK.integers(0, 2**63, MANY, dtype="u8") * 2 + 1,
    ],
)  # fmt: skip
def test_cells_put_nothing_out_of_order(numbers: np.ndarray) -> None:
    assert (ordered(numbers) == np.argsort(numbers, kind="stable")).all()


@pytest.mark.parametrize("many", [0, 1, 100, MANY])
def test_what_is_ordered_may_be_made_of_the_numbers(many: int) -> None:
    near = np.round(NORMAL[:many], 2)

    found = ordered(near, np.square)
    assert (found == np.argsort(near * near, kind="stable")).all()
