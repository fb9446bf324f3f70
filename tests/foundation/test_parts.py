"""Sums by parts have the bits of NumPy's sum, and ask for each row once, in order."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sovplan.foundation.parts import PART, summed


@given(many=st.integers(0, 9 * PART), seed=st.integers(0, 9))
def test_a_sum_by_parts_is_that_of_all_at_once(many: int, seed: int) -> None:
    luck = np.random.default_rng(seed)
    one, other = luck.normal(size=many), luck.lognormal(sigma=3.0, size=many)
    asked: list[slice] = []

    def of(part: slice) -> np.ndarray:
        asked.append(part)
        return np.array([one[part].sum(), (one[part] * other[part]).sum()])

    assert summed(of, many).tolist() == [one.sum(), (one * other).sum()]
    assert [part.start for part in asked] == [0, *(part.stop for part in asked[:-1])]
    assert asked[-1].stop == many
    assert all(part.stop - part.start <= PART for part in asked)


def test_sums_of_other_parts_have_other_bits() -> None:
    numbers = np.random.default_rng(1).random(5 * PART)

    apart = sum(float(numbers[at : at + PART].sum()) for at in range(0, len(numbers), PART))
    assert summed(lambda part: numbers[part].sum(), len(numbers)) == numbers.sum() != apart
    assert apart == pytest.approx(numbers.sum(), rel=1e-12)
