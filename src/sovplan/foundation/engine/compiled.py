"""Compiles the loops of passes, keeps them on disk, and runs them.

Compiled code is kept in a folder named by the digest of the text of the loop, which holds the rules
and all that the generator makes of them, and the versions of Python, NumPy and numba. The folder is
`SOVPLAN_CACHE` where that is set, else that of the system for caches. A text is written aside and
then renamed, so that a run never meets half of one; where the folder cannot be written, code is
compiled for this run alone.
"""

import hashlib
import importlib.util
import os
import sys
import tempfile
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, Final, final

import numpy as np

from sovplan.foundation.engine.blocks import Given, out_of_range, put_sums
from sovplan.foundation.engine.composer import Composition, Pass
from sovplan.foundation.engine.dialects import FIT
from sovplan.foundation.engine.kernel import KernelText
from sovplan.foundation.engine.rows import BLOCK, Places, Rows
from sovplan.foundation.engine.settling import settling
from sovplan.foundation.engine.tile import LATE

_VARIABLE: Final = "SOVPLAN_CACHE"
TASKS: Final = 64
"""Parts of a pass that threads take in turn."""

Kernel = Callable[..., None]


@cache
def compiler() -> Any:  # noqa: ANN401 - the package numba
    """Return numba, set to make the most of a processor; loading it takes half a second.

    Loops of rules touch many columns: the compiler may make more than its usual eight comparisons
    to see that they do not overlap. Where the processor can take eight numbers at once, let it. No
    order of operations changes, so neither do results.
    """
    import numba
    from llvmlite import binding

    binding.set_option("sovplan", "-runtime-memory-check-threshold=500")
    settings: Any = numba.config
    features = binding.get_host_cpu_features()
    if settings.CPU_FEATURES is None and features.get("avx512f"):
        settings.CPU_FEATURES = f"{features.flatten()},-prefer-256-bit"
    return numba


def cache_folder() -> Path:
    """Return the folder where compiled code is kept."""
    if named := os.environ.get(_VARIABLE):
        return Path(named)
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData/Local")) / "sovplan/cache"
    if sys.platform == "darwin":
        return Path.home() / "Library/Caches/sovplan"
    return Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "sovplan"


def digest(text: str) -> str:
    """Return the name under which the code of a text is kept."""
    numba = compiler()
    settings: Any = numba.config
    versions = (sys.version, np.__version__, numba.__version__, _processor(),
                str(settings.CPU_FEATURES))  # fmt: skip
    return hashlib.sha256("\n".join([*versions, text]).encode()).hexdigest()[:32]


def _processor() -> str:
    """Return the name of the processor: numba takes code of another kind for none at all."""
    from llvmlite import binding

    return str(binding.get_host_cpu_name())


def place_of(text: str, folder: Path | None = None) -> Path:
    """Return the folder of the code of a text, in `folder` or in the usual one."""
    return _room(folder) / digest(text)


def _room(folder: Path | None) -> Path:
    return (cache_folder() if folder is None else folder) / "engine"


def is_kept(text: str, folder: Path | None = None) -> bool:
    """Return whether the code of a text is on the disk, from where it is loaded in a moment.

    Where nothing is kept at all the answer is given without the compiler, which loads slowly.
    """
    if not _room(folder).is_dir():
        return False
    # Numba keeps its code beside the text, and writes the code itself last.
    return any((place_of(text, folder) / "__pycache__").glob("kernel.kernel-*.nbc"))


def loaded(text: str, folder: Path | None = None) -> tuple[Kernel, Kernel | None]:
    """Return the functions of a text, to be compiled when first called or taken from the disk.

    Returns
    -------
    tuple
        The loop of the pass, and what settles the newborn; None where none are born.
    """
    place = place_of(text, folder)
    kept = _written(text, place)
    if kept is None:
        space: dict[str, Any] = {}
        exec(compile(text, "<sovplan kernel>", "exec"), space)
    else:
        spec = importlib.util.spec_from_file_location(f"sovplan_kernel_{place.name}", kept)
        if spec is None or spec.loader is None:
            raise ImportError(str(kept))
        module = importlib.util.module_from_spec(spec)
        sys.modules[spec.name] = module  # what is kept on disk names the module it belongs to
        spec.loader.exec_module(module)
        space = vars(module)
    made = compiler().njit(
        nogil=True, error_model="numpy", boundscheck=False, cache=kept is not None
    )
    if "settle" in space:
        space["settle"] = made(space["settle"])  # the loop calls it
    return made(space["kernel"]), space.get("settle")


def _written(text: str, place: Path) -> Path | None:
    """Write a text to its place, unless it is there; None where that cannot be."""
    file = place / "kernel.py"
    try:
        if not file.exists():
            place.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(
                "w", encoding="utf-8", dir=place, suffix=".part", delete=False
            ) as aside:
                aside.write(text)
            Path(aside.name).replace(file)
        # numba keeps its code beside the text: a folder that can be read only is of no use
        return file if os.access(place, os.W_OK) else None
    except OSError:
        return None


def shares(blocks: int) -> tuple[tuple[int, int], ...]:
    """Return the tasks of a pass: the first block of each and the one after its last.

    They are the same for any number of threads: at most `TASKS`, each of two blocks or more.

    Examples
    --------
    >>> shares(7)
    ((0, 2), (2, 4), (4, 7))
    """
    many = min(TASKS, max(blocks // 2, 1))
    return tuple(pairwise(blocks * i // many for i in range(many + 1)))


@final
class CompiledPass:
    """One pass as compiled code."""

    def __init__(self, composition: Composition, each: Pass, folder: Path | None = None) -> None:
        self.each: Final = each
        self.text: Final = KernelText(composition, each)
        self.kept: Final = is_kept(self.text.text, folder)
        self.kernel, self.settle = loaded(self.text.text, folder)

    def fits(self, given: Given) -> bool:
        """Return whether divisors are such that the quick quotients of the loop are exact."""
        names = (name.removeprefix("v_") for name in self.text.dialect.divisors)
        return all(FIT[0] <= given.values[name] <= FIT[1] for name in names)

    def compile(self, tables: Mapping[str, Rows]) -> None:
        """Compile the code, or fetch it from the disk, without doing anything."""
        rows = tables[self.each.table]
        marks = np.zeros(len(self.text.ranges.flags), dtype=np.int64)
        given_to = self._arguments((rows, tables), Given(0, 0, {}), self._sums(rows), marks)
        nobody = np.empty((0, LATE), dtype=np.int64), np.empty(0, dtype=np.int64)
        self.kernel(0, 0, *given_to, *nobody)
        self._append(rows, nobody[1], 0)

    def run(self, tables: Mapping[str, Rows], given: Given, threads: int = 1) -> None:
        """Carry all rows of a table through the pass; write its sums to the tables above.

        Parameters
        ----------
        tables
            Rows by table.
        given
            Year, luck and values.
        threads
            How many threads share the work.
        """
        rows = tables[self.each.table]
        blocks = -(-rows.size // BLOCK)
        late = np.empty((blocks if self.each.births else 0, LATE), dtype=np.int64)
        many = np.zeros(blocks, dtype=np.int64)
        calls = [self._sums(rows) for _ in range(threads)]
        flags = [np.zeros(len(self.text.ranges.flags), dtype=np.int64) for _ in range(threads)]
        tasks = iter(shares(blocks))  # a share is taken by whichever thread is free

        def work(sums: list[Any], marks: Any) -> None:  # noqa: ANN401 - an array
            given_to = self._arguments((rows, tables), given, sums, marks)
            for first, last in tasks:
                self.kernel(first, last, *given_to, late, many)

        if threads == 1:
            work(calls[0], flags[0])
        else:
            with ThreadPoolExecutor(threads) as pool:
                for done in [pool.submit(work, *own) for own in zip(calls, flags, strict=True)]:
                    done.result()
        self._check(np.any(flags, axis=0), many, given.year)
        if self.each.births:
            mothers = np.concatenate([late[i, :k] for i, k in enumerate(many)])
            self._append(rows, mothers, given.year)
        found = [np.sum(parts, axis=0) for parts in zip(*calls, strict=True)]
        put_sums(
            rows,
            tables,
            {
                count.into: total[:, i]
                for total, counts in zip(found, self.text.sums.counts.values(), strict=True)
                for i, count in enumerate(counts)
            },
        )

    def _append(self, rows: Rows, mothers: Places, year: int) -> None:
        """Put the newborn of some mothers to the end of the table, as `rows.append` does."""
        if self.settle is not None and self.text.births is not None:
            rows.grow(len(mothers))
            places = np.arange(rows.size, rows.size + len(mothers))
            children = np.empty(len(mothers), dtype=np.uint64)
            columns = (rows.columns[n] for n in settling(self.text.tile, self.text.births))
            stamp = np.uint64(year % 2**16)
            self.settle(mothers, places, len(mothers), children, stamp, *columns)
            rows.size += len(mothers)

    def _check(self, flags: Any, many: Any, year: int) -> None:  # noqa: ANN401 - arrays
        for i in np.flatnonzero(flags)[:1]:
            rule, column = self.text.ranges.flags[i]
            raise out_of_range(rule, column, year)
        if self.each.births and many.max(initial=0) > LATE:
            raise MemoryError(f"{year}: more than {LATE} newborn of a block without a place")

    def _sums(self, rows: Rows) -> list[Any]:
        return [
            np.zeros((rows.table.reference(head).rows, len(counts)), dtype=np.int64)
            for head, counts in self.text.sums.counts.items()
        ]

    def _arguments(
        self,
        where: tuple[Rows, Mapping[str, Rows]],
        given: Given,
        sums: list[Any],
        marks: Any,  # noqa: ANN401 - an array
    ) -> tuple[Any, ...]:
        rows, tables = where
        return (
            rows.size,
            np.uint64(given.seed % 2**32),
            np.uint64(given.seed >> 32),
            np.uint64(given.year % 2**16),
            np.array([given.values.get(n, np.nan) for n in self.text.values], dtype=np.float64),
            marks,
            *(rows.columns[name] for name in self.text.tile.columns),
            *(self._above(rows, tables, head, name) for head, name in self.text.above),
            *sums,
        )

    def _above(self, rows: Rows, tables: Mapping[str, Rows], head: str, name: str) -> Any:  # noqa: ANN401 - an array
        return tables[rows.table.reference(head).table].columns[name]
