"""Accounts of the country after every phase of a quarter, not at its end alone.

People and animals must add up after each phase: of their flows those that the quarter has not come
to yet are nought. Grain, goods and money are under way until the last of their columns is written;
from that phase on they must add up after each.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any, Final, TypeAlias

import numpy as np

from sovplan.foundation.engine.block import Piece
from sovplan.history.nation import SECTORS
from sovplan.society.nation.accounts import KINDS, STOCKS, Books, Broken, Sides, open_of
from sovplan.society.nation.order import ORDER, written_names
from sovplan.society.nation.production import Vector

Look: TypeAlias = Callable[[Books], None]
"""What looks at the country after a rule."""
_SECTORS: Final = "sectors."


class _Seen(dict[str, Any]):
    """Columns that remember which of them were read."""

    def __init__(self, columns: Mapping[str, Any], prefix: str, read: set[str]) -> None:
        super().__init__(columns)
        self._prefix, self._read = prefix, read

    def __getitem__(self, name: str) -> Any:  # noqa: ANN401 - numbers or vectors
        self._read.add(self._prefix + name)
        return super().__getitem__(name)


def looks(before: Books, coefficients: Vector, year: int, quarter: int) -> Mapping[str, Look]:
    """Return what closes the accounts after the last rule of each phase, by name of the rule.

    Parameters
    ----------
    before
        The country at the start of the quarter.
    coefficients
        Inputs of the row for a unit of output of the column.
    year, quarter
        When.
    """
    phases = [phase for phase in ORDER if quarter in phase.quarters]
    pending: frozenset[str] = frozenset()
    found: dict[str, Look] = {}
    for phase in reversed(phases):
        when = (year, quarter, phase.name)
        found[phase.pieces[-1].name] = partial(_close, before, coefficients, when, pending)
        pending |= set(_written(phase.pieces))
    return found


def _written(pieces: tuple[Piece, ...]) -> Iterator[str]:
    for piece in pieces:
        yield from written_names(piece)


def _close(
    before: Books, coefficients: Vector, when: tuple[int, int, str], pending: frozenset[str],
    now: Books,
) -> None:  # fmt: skip
    """Raise if an account that can be closed is open; `pending` is written later in the quarter."""
    year, quarter, phase = when
    broken: list[tuple[str, float]] = []
    for kind in KINDS:
        read: set[str] = set()
        # What no quarter has written yet is nought; of stocks the flows that are still to come too.
        columns = {**dict.fromkeys(pending, 0.0), **now[0]}
        if kind in STOCKS:
            columns |= dict.fromkeys(pending - set(STOCKS[kind]), 0.0)
        rows = {name.removeprefix(_SECTORS): np.zeros(len(SECTORS)) for name in pending} | dict(
            now[1]
        )
        nation, sectors = _Seen(columns, "", read), _Seen(rows, _SECTORS, read)
        sides: Sides = KINDS[kind](before[0], (nation, sectors), coefficients, quarter)
        if kind in STOCKS or not read & pending:
            broken += [(f"{name} after {phase}", gap) for name, gap in open_of(sides)]
    if broken:
        raise Broken(year, quarter, broken)
