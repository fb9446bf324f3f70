"""How each engine writes what the engines write differently; see `language.Dialect`."""

from typing import final

from sovplan.foundation.engine.tables import Column


class _Common:
    """What all three write alike."""

    def real(self, whole: str) -> str:
        """Write a whole number or truth value as a real number."""
        return f"_real({whole})"

    def whole(self, number: str) -> str:
        """Write a real number or truth value as a whole number."""
        return f"_whole({number})"

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
    """Numba: scalars in a loop without branches."""

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
