"""Runs a composition, year after year, by plain Python, by NumPy or compiled.

The three give the same bits, so which one runs is a question of time alone: while loops are being
compiled the years go through NumPy, and nothing shows where the change was made; loops that are on
the disk are awaited, for loading them takes less than a year by NumPy. Tables of fewer than a block
of rows go through NumPy always: compiling for them would never pay.

A run of a few years is over before its loops are compiled, and is the slower for it. For such runs
there is the kind `kept`: it takes the loops that are on the disk, leaves the rest to NumPy and
compiles nothing.
"""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from threading import Thread
from typing import Final, Literal, TypeAlias, final

import numpy as np

from sovplan.foundation.engine.blocks import Given, Script
from sovplan.foundation.engine.compiled import CompiledPass, is_kept
from sovplan.foundation.engine.composer import Composition, Pass, Unfit
from sovplan.foundation.engine.kernel import KernelText
from sovplan.foundation.engine.rows import Rows, check_births

Kind: TypeAlias = Literal["plain", "arrays", "compiled", "soonest", "kept"]

SMALL: Final = 65536
"""Rows below which NumPy does a pass even where the engine is compiled."""


@final
class Engine:
    """A composition with an engine that runs it.

    Parameters
    ----------
    composition
        The rules.
    kind
        `plain`, `arrays` or `compiled`; `soonest` starts with NumPy and compiles meanwhile, unless
        compiled code is on the disk; `kept` takes what is on the disk and compiles nothing.
    threads
        Threads of the compiled engine; the results are the same for any number.
    folder
        Where compiled code is kept; None for the usual place.
    small
        Rows below which NumPy does a pass of the compiled engine.
    """

    def __init__(
        self,
        composition: Composition,
        kind: Kind = "soonest",
        *,
        threads: int = 1,
        folder: Path | None = None,
        small: int = SMALL,
    ) -> None:
        for table in composition.tables.values():
            check_births(table)
        self.composition: Final = composition
        self.kind: Final = kind
        self.threads: Final = threads
        self.small: Final = small
        self.folder: Final = folder
        self.script: Final = Script(composition, "plain" if kind == "plain" else "arrays")
        self.compiled: dict[int, CompiledPass] = {}
        self.begun = False
        self.worker: Thread | None = None
        self.failed: BaseException | None = None

    def year(self, tables: Mapping[str, Rows], given: Given) -> None:
        """Do all passes of a year; the tables are changed.

        Raises
        ------
        Unfit
            An institution or a parameter has no value, or a table does not have the rows that
            references to it need.
        IdentityBroken
            A rule gave a number that its column cannot hold.
        """
        self.check(tables, given)
        if self.kind in {"compiled", "soonest", "kept"} and not self.begun:
            self._prepare(tables)
        if self.kind == "compiled":
            self.wait()
        for place, each in enumerate(self.composition.passes):
            loop = self.compiled.get(place)
            if loop is not None and loop.fits(given):
                loop.run(tables, given, self.threads)
            else:
                self.script.run(each, tables, given)

    def check(self, tables: Mapping[str, Rows], given: Given) -> None:
        """Check that all that rules read is there."""
        lacking = [name for name in self.composition.values() if name not in given.values]
        if lacking:
            raise Unfit(f"no value is given for {', '.join(lacking)}")
        for table in self.composition.tables.values():
            for reference in table.references:
                if tables[reference.table].size != reference.rows:
                    raise Unfit(f"table {reference.table} needs {reference.rows} rows")

    def wait(self) -> None:
        """Wait until all that is being compiled is ready."""
        if self.worker is not None:
            self.worker.join()
        if self.failed is not None:
            raise self.failed

    @property
    def ready(self) -> bool:
        """Whether nothing is being compiled any more."""
        return self.begun and (self.worker is None or not self.worker.is_alive())

    def _prepare(self, tables: Mapping[str, Rows]) -> None:
        """Load what is on the disk; begin to compile the rest, unless it is not to be."""
        self.begun = True
        large = {
            place: CompiledPass(self.composition, each, self.folder)
            for place, each in enumerate(self.composition.passes)
            if tables[each.table].size >= self.small and self._wanted(each)
        }
        # An empty copy has the same types: the loops may be compiled while the years go on.
        bare = {
            name: Rows(rows.table, 0, {n: c[:0].copy() for n, c in rows.columns.items()})
            for name, rows in tables.items()
        }
        if all(made.kept for made in large.values()):
            self._compile(large, bare)
            self.wait()
        else:
            self.worker = Thread(target=self._compile, args=(large, bare), daemon=True)
            self.worker.start()

    def _wanted(self, each: Pass) -> bool:
        """Return whether the loop of a pass is to be compiled, or loaded."""
        text = KernelText(self.composition, each).text if self.kind == "kept" else ""
        return self.kind != "kept" or is_kept(text, self.folder)

    def _compile(self, passes: Mapping[int, CompiledPass], bare: Mapping[str, Rows]) -> None:
        try:
            for place, made in passes.items():
                made.compile(bare)
                self.compiled[place] = made
        except BaseException as error:
            self.failed = error


def digest(tables: Mapping[str, Rows]) -> str:
    """Return the SHA-256 of all stored columns of all tables, in the order of their names."""
    found = hashlib.sha256()
    for name in sorted(tables):
        for column in sorted(tables[name].columns):
            found.update(f"{name}.{column}:".encode())
            found.update(np.ascontiguousarray(tables[name][column]).data)
    return found.hexdigest()
