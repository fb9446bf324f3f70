"""How each engine writes what the engines write differently; see `language.Dialect`."""

from typing import Final, final

from sovplan.foundation.engine.language import Code
from sovplan.foundation.engine.tables import Column

FIT: Final = (2.0**-400, 2.0**400)
"""Divisors between these leave room at both ends of the range of numbers."""


class _Common:
    """What all three write alike."""

    def real(self, whole: str) -> str:
        """Write a whole number or truth value as a real number."""
        return f"_real({whole})"

    def whole(self, number: str) -> str:
        """Write a real number or truth value as a whole number."""
        return f"_whole({number})"

    def over(self, left: Code, right: Code) -> str:
        """Write a quotient."""
        return f"({left.text} / {right.text})"

    def call(self, name: str, argument: str) -> str:
        """Write one of the exact steps."""
        return f"_{name}({argument})"


class _Bits(_Common):
    """Truth values are joined bit by bit, without a branch."""

    def both(self, left: str, right: str) -> str:
        """Write a conjunction."""
        return f"({left} & {right})"

    def either(self, left: str, right: str) -> str:
        """Write a disjunction."""
        return f"({left} | {right})"


@final
class ByRow(_Common):
    """Plain Python: one number at a time."""

    def pick(self, test: str, yes: str, no: str) -> str:
        """Write a choice."""
        return f"({yes} if {test} else {no})"

    def both(self, left: str, right: str) -> str:
        """Write a conjunction."""
        return f"({left} and {right})"

    def either(self, left: str, right: str) -> str:
        """Write a disjunction."""
        return f"({left} or {right})"

    def negated(self, test: str) -> str:
        """Write a negation."""
        return f"(not {test})"


@final
class ByColumn(_Bits):
    """NumPy: a column at a time; both arms of a choice are reckoned."""

    def pick(self, test: str, yes: str, no: str) -> str:
        """Write a choice."""
        return f"_where({test}, {yes}, {no})"

    def negated(self, test: str) -> str:
        """Write a negation."""
        return f"_not({test})"


@final
class Compiled(_Bits):
    """Numba: scalars in a loop without branches.

    Attributes
    ----------
    divisors
        Institutions and parameters by which whole numbers are divided in the quick way, which
        gives the same bits if they lie within `FIT`.
    """

    def __init__(self) -> None:
        self.divisors: Final[set[str]] = set()

    def over(self, left: Code, right: Code) -> str:
        """Write a quotient; that of a whole number by one that is the same for all rows quickly."""
        fits = isinstance(right.constant, float) and FIT[0] <= right.constant <= FIT[1]
        if not left.counted or not (fits or right.steady):
            return super().over(left, right)
        if right.steady:
            self.divisors.add(right.text)
        return f"_over({left.text}, {right.text})"

    def pick(self, test: str, yes: str, no: str) -> str:
        """Write a choice."""
        return f"_pick({test}, {yes}, {no})"

    def negated(self, test: str) -> str:
        """Write a negation."""
        return f"(not {test})"


def literal(number: int) -> str:
    """Write a whole number so that it can stand anywhere."""
    return f"({number})" if number < 0 else str(number)


def decoded(column: Column, stored: str) -> str:
    """Write a stored number as compiled rules read it."""
    if column.form == "whole":
        return f"_whole({stored})"
    if column.form == "share":
        return f"(_real({stored}) * {1.0 / column.scale!r})"
    return f"_real({stored})"
