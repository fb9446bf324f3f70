"""Luck that belongs to a person, a year and a rule, not to the order in which it is asked for.

A draw is a function, not a state. Philox4x32-10 turns counter and key into four 32-bit words:

    counter = (person low, person high, year + 2^16 * block, rule)
    key     = (seed low, seed high)

A draw takes half a block: draw d reads words 0 and 1 of block d // 2 when d is even, words 2 and
3 when it is odd. So two worlds with one seed share their luck, a new rule or a new person disturbs
nobody, and persons may be asked in any order and in any parts.

Source: J. K. Salmon, M. A. Moraes, R. O. Dror, D. E. Shaw, "Parallel random numbers: as easy as
1, 2, 3", SC 2011.
"""

from collections.abc import Iterator
from hashlib import blake2b
from itertools import pairwise
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from sovplan.foundation.errors import DataError
from sovplan.foundation.words import say

Persons: TypeAlias = NDArray[np.int64] | int
"""Keys of persons on one axis, each for life; or their number n, for the keys 0 to n - 1."""

Words: TypeAlias = NDArray[np.uint64]
"""32-bit words, each in 64 bits so that a product of two fits."""

_ROUNDS: Final = 10
_MULTIPLIERS: Final = (np.uint64(0xD2511F53), np.uint64(0xCD9E8D57))
_KEY_STEPS: Final = (0x9E3779B9, 0xBB67AE85)
_HALF: Final = np.uint64(32)
_LOW: Final = np.uint64(0xFFFFFFFF)
_TILE: Final = 1 << 14  # persons treated at once, so that all words stay in the near cache


def uniform(
    seed: int, rule: str, year: int, persons: Persons, draw: int = 0
) -> NDArray[np.float64]:
    """Draw a number in [0, 1) for each person, with 53 random bits.

    Parameters
    ----------
    seed
        Root of all luck of a run, 0 to 2^64 - 1.
    rule
        Name of the rule that asks.
    year
        Year, -32768 to 32767.
    persons
        Keys of the persons, or their number.
    draw
        Which draw of this rule, this year, 0 to 131071: a rule that needs two takes 0 and 1.

    Returns
    -------
    ndarray
        One number a person.

    Raises
    ------
    DataError
        Seed, year or draw is out of its range.

    Examples
    --------
    >>> everybody = uniform(1, "births", 1929, 1000)
    >>> bool(everybody[7] == uniform(1, "births", 1929, np.array([7]))[0])
    True
    """
    return _bits(seed, rule, year, persons, draw).astype(np.float64) * 2.0**-53


def normal(seed: int, rule: str, year: int, persons: Persons, draw: int = 0) -> NDArray[np.float64]:
    """Draw a standard normal number for each person.

    The inverse of the normal distribution at (k + 1/2) / 2^52, where k is made of the upper 52
    bits of the same draw of `uniform`: the larger one is, the larger is the other. Values lie
    within 8.3 of zero. Parameters and errors are those of `uniform`.
    """
    half_steps = (_bits(seed, rule, year, persons, draw) >> np.uint64(1)).astype(np.float64)
    deviates: NDArray[np.float64] = ndtri((half_steps + 0.5) * 2.0**-52)
    return deviates


def short(seed: int, stream: str, year: int, persons: Persons, place: int) -> NDArray[np.float64]:
    """Draw a number in [0, 1) for each person, with 32 random bits: four from one block.

    For what everybody is asked every year, where four draws in one block spare half of the work.
    Where a chance is below one in a million `uniform` is meant: the grain here is 2.3e-10. A
    stream is used with `short` or with `uniform`, not with both.

    Parameters
    ----------
    seed, year, persons
        As in `uniform`.
    stream
        Name of the stream.
    place
        Which of the four words, 0 to 3.
    """
    _within("place", place, 0, 3)
    return shorts(seed, stream, year, persons)[place]


def shorts(seed: int, stream: str, year: int, persons: Persons) -> tuple[NDArray[np.float64], ...]:
    """Draw the four numbers of `short` for each person, places 0 to 3, from one block."""
    words = _block(seed, rule_number(stream), year, persons)
    return tuple(word.astype(np.float64) * 2.0**-32 for word in words)


def keys_of_newborn(stream: str, year: int, mothers: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Return a key for life for a child of each mother: words 0 and 1 of her block in that year.

    No seed has a part in it: the same child of the same mother is the same person in all worlds.
    """
    words = _block(0, rule_number(stream), year, mothers.view(np.int64))
    return words[0] << _HALF | words[1]


def integers(
    seed: int, rule: str, year: int, persons: Persons, below: int, *, draw: int = 0
) -> NDArray[np.int64]:
    """Draw a whole number from 0 to `below` - 1 for each person.

    The upper half of a 64-bit word times `below` (D. Lemire, ACM Transactions on Modeling and
    Computer Simulation 29(1), 2019, without the rejection): the probability of each number
    differs from 1 / `below` by less than 2^-64, at most one part in 2^32.

    Parameters
    ----------
    seed, rule, year, persons, draw
        As in `uniform`.
    below
        How many numbers there are, 1 to 2^32.

    Raises
    ------
    DataError
        `below`, seed, year or draw is out of its range.
    """
    _within("below", below, 1, 2**32)
    many = np.uint64(below)
    found = np.empty(persons if isinstance(persons, int) else persons.size, dtype=np.int64)
    for tile, upper, lower in _words(seed, rule, year, persons, draw):
        found[tile] = (upper * many + (lower * many >> _HALF)) >> _HALF
    return found


def rule_number(rule: str) -> int:
    """Return the 32-bit number of a rule: a hash of its name, not its place in a list."""
    return int.from_bytes(blake2b(rule.encode(), digest_size=4).digest(), "little")


def philox(counter: tuple[Words, Words, Words, Words], key: tuple[int, int]) -> tuple[Words, ...]:
    """Return the four words of Philox4x32-10 for a counter and a key of 32-bit words.

    Parameters
    ----------
    counter
        Four arrays of 32-bit words that broadcast together.
    key
        Two 32-bit words.
    """
    a, b, c, d = np.broadcast_arrays(*counter)
    for turn in range(_ROUNDS):
        first, second = _MULTIPLIERS[0] * a, _MULTIPLIERS[1] * c
        k, m = (
            np.uint64((word + turn * step) & 0xFFFFFFFF)
            for word, step in zip(key, _KEY_STEPS, strict=True)
        )
        # What was made here is written over: no room is asked for again and again.
        a, c = second >> _HALF, first >> _HALF
        a ^= b
        a ^= k
        c ^= d
        c ^= m
        second &= _LOW
        first &= _LOW
        b, d = second, first
    return a, b, c, d


def _bits(seed: int, rule: str, year: int, persons: Persons, draw: int) -> NDArray[np.uint64]:
    """Return 53 random bits a person."""
    size = persons if isinstance(persons, int) else persons.size
    bits = np.empty(size, dtype=np.uint64)
    for tile, upper, lower in _words(seed, rule, year, persons, draw):
        bits[tile] = (upper >> np.uint64(5)) << np.uint64(26) | lower >> np.uint64(6)
    return bits


def _words(
    seed: int, rule: str, year: int, persons: Persons, draw: int
) -> Iterator[tuple[slice, Words, Words]]:
    """Yield the two words of a draw, for the persons of each tile."""
    _within("seed", seed, 0, 2**64 - 1)
    _within("year", year, -(2**15), 2**15 - 1)
    _within("draw", draw, 0, 2**17 - 1)
    keys = np.arange(persons) if isinstance(persons, int) else persons.astype(np.int64, copy=False)
    block, odd = divmod(draw, 2)
    stamp = np.array([year % 2**16 + block * 2**16], dtype=np.uint64)
    number = np.array([rule_number(rule)], dtype=np.uint64)
    for tile in _tiles(keys.size):
        low, high = keys[tile].view(np.uint64) & _LOW, keys[tile].view(np.uint64) >> _HALF
        words = philox((low, high, stamp, number), (seed % 2**32, seed >> 32))
        yield tile, words[2 * odd], words[2 * odd + 1]


def _block(seed: int, number: int, year: int, persons: Persons) -> tuple[Words, ...]:
    """Return the four words of the first block of a stream, for each person."""
    _within("seed", seed, 0, 2**64 - 1)
    _within("year", year, -(2**15), 2**15 - 1)
    keys = np.arange(persons) if isinstance(persons, int) else persons.astype(np.int64, copy=False)
    words = tuple(np.empty(keys.size, dtype=np.uint64) for _ in range(4))
    stamp, rule = (np.array([word], dtype=np.uint64) for word in (year % 2**16, number))
    for tile in _tiles(keys.size):
        low, high = keys[tile].view(np.uint64) & _LOW, keys[tile].view(np.uint64) >> _HALF
        for word, drawn in zip(
            words, philox((low, high, stamp, rule), (seed % 2**32, seed >> 32)), strict=True
        ):
            word[tile] = drawn
    return words


def _tiles(size: int) -> Iterator[slice]:
    edges = [*range(0, size, _TILE), size]
    return (slice(start, stop) for start, stop in pairwise(edges))


def _within(name: str, value: int, least: int, most: int) -> None:
    if not least <= value <= most:
        raise DataError(say("chance.range", name=name, value=value, least=least, most=most))
