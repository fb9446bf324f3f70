"""The text that turns what rules give into what is stored, and marks what is out of range.

A number within 0 and 2^k - 1 has no bit beyond k: what lies there is joined bit by bit over all
rows, and one look at the end shows whether a number was out of its range. Where the rule itself
leaves no doubt (`bounds`), nothing is marked.
"""

from collections.abc import Iterator
from typing import Final, final

from sovplan.foundation.engine.dialects import literal
from sovplan.foundation.engine.language import Code
from sovplan.foundation.engine.rule import Rule
from sovplan.foundation.engine.tables import Column
from sovplan.foundation.engine.tile import TYPES


@final
class Ranges:
    """The marks of a pass.

    Attributes
    ----------
    flags
        Rule and column of each mark, in order.
    shifts
        How far the bits that must not be set lie from the lowest, for each mark.
    """

    def __init__(self) -> None:
        self.flags: Final[list[tuple[Rule, str]]] = []
        self.shifts: Final[list[int]] = []

    def stored(
        self, rule: Rule, column: Column, code: Code, into: tuple[str, str]
    ) -> Iterator[str]:
        """Yield lines that turn what a rule gives into what is stored.

        Parameters
        ----------
        rule, column
            Who writes what.
        code
            What the rule gives.
        into
            Name of the variable that is to hold it, and the text that lets only the bits of rows
            pass that somebody has.
        """
        name, live = into
        kind, bounds = TYPES[column.dtype], code.bounds
        real = code.text if code.kind == "real" else f"_real({code.text})"
        if column.form == "real":
            yield f"{name} = {kind}({real})"
            return
        if column.form == "share":
            low, high, bounds = 0, column.scale, None
            yield f"{name} = _whole({real} * {float(column.scale)!r} + 0.5)"
        else:
            low, high = column.bounds
            bounds = (0, 1) if code.kind == "boolean" else bounds
            yield f"{name} = " + (code.text if code.kind == "whole" else f"_whole({code.text})")
        if bounds is None or bounds[0] < low or bounds[1] > high:
            over, bits = f"{name} - {literal(low)}" if low else name, (high - low).bit_length()
            if high - low + 1 != 1 << bits:
                over, bits = f"({over}) | ({literal(high)} - {name})", 63
            yield f"f_{len(self.flags)} |= ({over}){live}"
            self.flags.append((rule, column.name))
            self.shifts.append(bits)
        yield f"{name} = {kind}({name})"

    def begun(self) -> Iterator[str]:
        """Yield what takes all marks back."""
        yield from (f"    f_{i} = 0" for i in range(len(self.flags)))

    def told(self) -> Iterator[str]:
        """Yield what tells of marks at the end of a call."""
        for i, bits in enumerate(self.shifts):
            yield f"    if (f_{i} >> {bits}) != 0: flags[{i}] = 1"
