"""The order of numbers, equal ones as they stand: what a stable sort gives, many times as fast.

NumPy sorts whole numbers quickly with the wide registers of a processor; its stable sort, and every
sort that returns places, is much slower. Here a number and its place stand in one word: above which
of many cells of equal width the number lies in, below its place. Sorting the words puts all in
order but for numbers of one cell; these few are put in order after it.
"""

from collections.abc import Callable, Iterable
from typing import Any, Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from sovplan.foundation.parts import PART

_WORD: Final = 62
"""Bits of a word: one is left free for rounding, one for the sign."""
_FEW: Final = 2048
"""Numbers up to which the stable sort itself is as quick."""

Law: TypeAlias = Callable[[NDArray[Any]], NDArray[Any]]


def ordered(numbers: NDArray[Any], of: Law | None = None) -> NDArray[np.int64]:
    """Return the places of numbers from the least to the greatest, equal ones as they stand.

    The same as `np.argsort(numbers, kind="stable")`, to the last place.

    Parameters
    ----------
    numbers
        Numbers on one axis; those that are no number (NaN) come last.
    of
        What is ordered in place of each number, such as `np.exp`; it is made for parts of them.

    Examples
    --------
    >>> ordered(np.array([3.0, 1.0, 3.0, 1.0])).tolist()
    [1, 3, 0, 2]
    >>> ordered(np.array([3.0, 1.0, 3.0, 1.0]), np.negative).tolist()
    [0, 2, 1, 3]
    """
    values: Law = (lambda part: part) if of is None else of
    many, bits = len(numbers), len(numbers).bit_length()
    parts = [slice(at, at + PART) for at in range(0, many, PART)]
    found = (values(numbers[part]) for part in parts)
    low, scale = _cells(found, _WORD - bits) if many > _FEW else (0.0, 0.0)
    if not 0.0 < scale < np.inf:  # few, all alike, endless or no numbers among them
        return np.argsort(values(numbers), kind="stable")
    words = np.empty(many, dtype=np.int64)
    for part in parts:
        cells = (values(numbers[part]).astype(np.float64) - low) * scale
        words[part] = cells.astype(np.int64) << bits | np.arange(
            part.start, part.start + len(cells)
        )
    words.sort()
    alike = np.zeros(many, dtype=np.bool_)  # of one cell with the one before
    for at in range(1, many, PART):
        near = words[at - 1 : at + PART]
        np.less(near[1:] ^ near[:-1], 1 << bits, out=alike[at : at + PART])
    alike[:-1] |= alike[1:]
    words &= (1 << bits) - 1
    within = np.flatnonzero(alike)
    some = words[within]
    words[within] = some[np.argsort(values(numbers[some]), kind="stable")]
    return words


def _cells(parts: Iterable[NDArray[Any]], bits: int) -> tuple[float, float]:
    """Return where 2^bits cells of equal width begin that hold all numbers, and cells by width."""
    ends = np.array([(part.min(), part.max()) for part in parts], np.float64)
    with np.errstate(all="ignore"):
        low, high = ends[:, 0].min(), ends[:, 1].max()
        return float(low), float(2.0**bits / (high - low))
