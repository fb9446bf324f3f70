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
