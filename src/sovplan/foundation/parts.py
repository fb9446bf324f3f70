"""Sums over many rows, a part at a time, with the bits of NumPy's sum over all of them at once.

NumPy sums real numbers pairwise: it halves a row of numbers, at a multiple of eight, until 128 are
left, and adds the sums of the halves (Higham, "The accuracy of floating point summation", SIAM
Journal on Scientific Computing 14(4), 1993). Whoever halves as NumPy does may stop earlier, make
what is to be summed for some thousands of rows and leave the sum of these to NumPy. So no array as
long as the table is made, and what is made lies near the processor.
"""

from collections.abc import Callable
from typing import Final, TypeVar

import numpy as np
from numpy.typing import NDArray

PART: Final = 1 << 14
"""Rows treated at once."""

Sum = TypeVar("Sum", float, NDArray[np.float64])


def summed(of: Callable[[slice], Sum], many: int, low: int = 0) -> Sum:
    """Return the sum over rows of what `of` gives for slices of them, in the order of rows.

    Parameters
    ----------
    of
        The sum over the rows of a slice, or one for each of several things. It is asked for each
        row once, from the first to the last.
    many
        Rows.
    low
        The first of them.

    Examples
    --------
    >>> numbers = np.random.default_rng(1).random(100_003)
    >>> bool(summed(lambda rows: numbers[rows].sum(), len(numbers)) == numbers.sum())
    True
    """
    if many <= PART:
        return of(slice(low, low + many))
    half = many // 2
    half -= half % 8
    return summed(of, half, low) + summed(of, many - half, low + half)
