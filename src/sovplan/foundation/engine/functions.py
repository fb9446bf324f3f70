"""Exponential and logarithm that give the same bits as plain Python, over arrays and compiled.

The mathematics library of Python, that of NumPy and that of a compiler each round in their own way,
so one person in a billion would move in one engine and stay in another. Those here are made of
sums, products and one division, which every processor rounds alike, and of three exact steps: a
power of two, and the exponent and the mantissa of a number. They are rules' helpers, written as
rules are; `math.exp`, `math.log` and `**` in a rule mean these. Error: at most 2 units in the last
place of eight bytes (tested against the library).
"""

import math
from typing import Final

LOG2_E: Final = 1.4426950408889634
LN2_HIGH: Final = 0.6931471803691238
LN2_LOW: Final = 1.9082149292705877e-10
ROOT_HALF: Final = 0.7071067811865476


def two_to(power: int) -> float:
    """Return 2^power exactly, power from -1022 to 1023."""
    return math.ldexp(1.0, power)


def exponent_of(x: float) -> int:
    """Return k in x = m 2^k with m from 1/2 to 1, x a normal number > 0."""
    return math.frexp(x)[1]


def mantissa_of(x: float) -> float:
    """Return m in x = m 2^k with m from 1/2 to 1, x a normal number > 0."""
    return math.frexp(x)[0]


def exp(x: float) -> float:
    """e^x = 2^k e^r, r = x - k ln 2, e^r by its series to the 13th power; |x| is cut at 700."""
    bounded = min(max(x, -700.0), 700.0)
    k = math.floor(bounded * LOG2_E + 0.5)
    r = (bounded - k * LN2_HIGH) - k * LN2_LOW
    low = 1.0 / 40320.0 + r * (1.0 / 362880.0 + r * (1.0 / 3628800.0 + r * (1.0 / 39916800.0 + r * (1.0 / 479001600.0 + r * (1.0 / 6227020800.0)))))  # fmt: skip  # noqa: E501
    high = 1.0 / 6.0 + r * (1.0 / 24.0 + r * (1.0 / 120.0 + r * (1.0 / 720.0 + r * (1.0 / 5040.0 + r * low))))  # fmt: skip  # noqa: E501
    return (1.0 + (r + r * r * (0.5 + r * high))) * two_to(k)


def log(x: float) -> float:
    """Ln x = k ln 2 + 2 artanh((m - 1) / (m + 1)) by its series, m near 1; x > 0."""
    bounded = max(x, 2.2250738585072014e-308)
    half = mantissa_of(bounded)
    small = half < ROOT_HALF
    m = 2.0 * half if small else half
    k = exponent_of(bounded) - (1 if small else 0)
    s = (m - 1.0) / (m + 1.0)
    z = s * s
    low = 1.0 / 13.0 + z * (1.0 / 15.0 + z * (1.0 / 17.0 + z * (1.0 / 19.0 + z * (1.0 / 21.0))))
    high = 1.0 / 3.0 + z * (1.0 / 5.0 + z * (1.0 / 7.0 + z * (1.0 / 9.0 + z * (1.0 / 11.0 + z * low))))  # fmt: skip  # noqa: E501
    return k * LN2_HIGH + (2.0 * s + (2.0 * s * z * high + k * LN2_LOW))


def power(x: float, y: float) -> float:
    """x^y = exp(y ln x), x > 0."""
    return exp(y * log(x))
