"""How numbers stand in texts for people, and in files for machines.

For people: three significant digits, thin spaces between groups of three, a real minus. For files:
the shortest text that reads back as the same number.
"""

from decimal import ROUND_CEILING, ROUND_HALF_EVEN, Context, Decimal
from math import isinf, isnan
from typing import Final, SupportsFloat

import numpy as np

MINUS: Final = "\N{MINUS SIGN}"
THIN_SPACE: Final = "\N{THIN SPACE}"
NO_BREAK_SPACE: Final = "\N{NO-BREAK SPACE}"
NOTHING_KNOWN: Final = "\N{EN DASH}"
"""Stands where there is no number."""

_RAISED: Final = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
_LEAST_PLAIN: Final = Decimal("1e-3")
_MOST_PLAIN: Final = Decimal("1e15")


def figure(value: SupportsFloat, digits: int = 3) -> str:
    """Write a number for a person to read.

    Parameters
    ----------
    value
        The number; nan is written as a dash.
    digits
        Significant digits at most; zeros at the end of a fraction are left out.

    Returns
    -------
    str
        Thin spaces between groups of three, a real minus; a power of ten below 0.001 and from
        10^15 on.

    Examples
    --------
    >>> figure(-1234.5).replace(THIN_SPACE, " ")
    '−1 230'
    >>> figure(0.02), figure(2e-9)
    ('0.02', '2 × 10⁻⁹')
    """
    number = float(value)
    if isnan(number):
        return NOTHING_KNOWN
    sign = MINUS if number < 0 else ""
    if isinf(number):
        return sign + "∞"
    rounded = Context(prec=digits, rounding=ROUND_HALF_EVEN).create_decimal(abs(number))
    if rounded == 0:
        return "0"
    if _LEAST_PLAIN <= rounded < _MOST_PLAIN:
        return sign + _trimmed(f"{rounded:,f}").replace(",", THIN_SPACE)
    return sign + _on_page(rounded)


def whole(value: SupportsFloat) -> str:
    """Return a whole number with all its digits.

    Examples
    --------
    >>> whole(1254.0).replace(THIN_SPACE, " ")
    '1 254'
    """
    return figure(value, max(1, len(str(round(float(value))))))


def percent(share: SupportsFloat, digits: int = 3) -> str:
    """Write a share (1 is the whole) in per cent.

    Examples
    --------
    >>> percent(0.978).replace(NO_BREAK_SPACE, " ")
    '97.8 %'
    """
    text = figure(float(share) * 100, digits)
    return text if text == NOTHING_KNOWN else f"{text}{NO_BREAK_SPACE}%"


def residual(value: SupportsFloat) -> str:
    """Write how far a sum is from closing, for a terminal: one digit, rounded up in size.

    Rounding up (of the shortest decimal form) keeps what is said true: it is at most this.

    Examples
    --------
    >>> residual(1.2e-10), residual(0.0)
    ('2e-10', '0')
    """
    bound = _bound(value)
    if isinstance(bound, str):
        return bound
    digit, power = _scientific(bound)
    return f"{digit}e{power}"


def residual_on_page(value: SupportsFloat) -> str:
    """Write a residual as `residual` does, with the power of ten raised.

    Examples
    --------
    >>> residual_on_page(1.2e-10)
    '2 × 10⁻¹⁰'
    """
    bound = _bound(value)
    return bound if isinstance(bound, str) else _on_page(bound)


def plain(value: float | int | np.floating | np.integer) -> str:
    """Write a number for a file: the shortest text that reads back as the same float.

    Whole numbers stand without ".0"; nan is a blank cell.

    Examples
    --------
    >>> plain(0.1), plain(90.0), plain(1e-7), plain(1e22)
    ('0.1', '90', '1e-7', '1e22')
    """
    if isinstance(value, int | np.integer):
        return str(int(value))
    number = float(value)
    if isnan(number):
        return ""
    digits, mark, power = repr(number).partition("e")
    digits = digits.removesuffix(".0")
    return f"{digits}e{int(power)}" if mark else digits


def _trimmed(text: str) -> str:
    return text.rstrip("0").rstrip(".") if "." in text else text


def _bound(value: SupportsFloat) -> Decimal | str:
    """Return the size rounded up to one digit, or the text of what has no digits."""
    size = abs(float(value))
    if isnan(size):
        return NOTHING_KNOWN
    if isinf(size):
        return "∞"
    return Context(prec=1, rounding=ROUND_CEILING).create_decimal(repr(size)) if size else "0"


def _on_page(number: Decimal) -> str:
    digits, power = _scientific(number)
    return f"{digits} × 10{str(power).translate(_RAISED)}"


def _scientific(number: Decimal) -> tuple[str, int]:
    """Return 1.23 and -9 for 1.23e-9."""
    digits, _, power = f"{number:e}".partition("e")
    return _trimmed(digits), int(power)
