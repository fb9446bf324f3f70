"""Compiles the loops of the country's rows ahead, so that runs find them on the disk.

A run of the country takes the loops that are there and leaves the rest to NumPy: to compile takes
longer than it spares in one run. `compile_loops` compiles what is lacking, once for a machine. A
run that leaves processors idle has it done meanwhile (`compiling`), at the lowest priority, by a
process that ends with the run; loops that were ready by then are there for the next one.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from multiprocessing import get_context
from typing import Final, final

import numpy as np

from sovplan.foundation.engine.compiled import CompiledPass, is_kept
from sovplan.foundation.engine.composer import Composition, Pass
from sovplan.foundation.engine.kernel import KernelText
from sovplan.foundation.engine.rows import Rows
from sovplan.foundation.engine.tables import Table
from sovplan.lab.layers import LAYERS

_LOWEST: Final = 19
"""Steps by which a process yields to all others (POSIX)."""


@final
@dataclass(frozen=True, slots=True)
class Loop:
    """One pass over rows of the country, and the rules it is made of."""

    composition: Composition
    each: Pass

    @property
    def kept(self) -> bool:
        """Whether its code is on the disk."""
        return is_kept(KernelText(self.composition, self.each).text)

    def compile(self) -> None:
        """Compile it, and keep the code on the disk."""
        bare = {name: _bare(table) for name, table in self.composition.tables.items()}
        CompiledPass(self.composition, self.each).compile(bare)


def _bare(table: Table) -> Rows:
    columns = {column.name: np.zeros(0, column.dtype) for column in table.kept}
    if table.key:
        columns[table.key] = np.zeros(0, np.uint64)
    return Rows(table, 0, columns)


@cache
def loops() -> tuple[Loop, ...]:
    """Return the loops of all rows that have a life of their own: the tables above are small."""
    return tuple(
        Loop(composition, each)
        for kind in LAYERS
        for composition in kind.compositions()
        for each in composition.passes
        if composition.tables[each.table].key
    )


def lacking() -> tuple[Loop, ...]:
    """Return the loops that are not on the disk."""
    return tuple(loop for loop in loops() if not loop.kept)


def compile_loops(tell: Callable[[int, int], object] = lambda _done, _all: None) -> int:
    """Compile all loops that are lacking; return how many they were.

    Parameters
    ----------
    tell
        Told before each loop how many are done, and of how many.
    """
    wanted = lacking()
    for done, loop in enumerate(wanted):
        tell(done, len(wanted))
        loop.compile()
    return len(wanted)


def _quietly() -> None:
    if hasattr(os, "nice"):
        os.nice(_LOWEST)
    compile_loops()


@contextmanager
def compiling(busy: int) -> Iterator[None]:
    """Have lacking loops compiled by a process of its own, no longer than the block lasts.

    Parameters
    ----------
    busy
        Processes that are at work anyway. Where they take all processors, nothing is compiled.
    """
    if (os.cpu_count() or 1) <= busy or not lacking():
        yield
        return
    helper = get_context("spawn").Process(target=_quietly, daemon=True)
    helper.start()
    try:
        yield
    finally:
        helper.terminate()
        helper.join()
