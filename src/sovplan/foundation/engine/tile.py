"""What the text of a compiled loop is made of: a tile of rows, its small arrays and loops over it.

Every small array lies in memory of its own that the compiler knows to overlap with nothing else, so
no loop has to look whether two of them do. Lists of rows are made 64 rows at a time.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Final, final

from sovplan.foundation.engine.rows import BLOCK
from sovplan.foundation.engine.tables import EMPTY, Reference, Table

TILE: Final = 1024
"""Rows that go through all rules together."""

LATE: Final = BLOCK // 4
"""How many newborn of a block may find no place in it."""

BLOCK_INDENT: Final = 8
TILE_INDENT: Final = 12
TYPES: Final[Mapping[str, str]] = {
    "u1": "np.uint8", "u2": "np.uint16", "u4": "np.uint32", "i4": "np.int32", "i8": "np.int64",
    "f4": "np.float32", "f8": "np.float64", "u8": "np.uint64", "b1": "np.bool_",
}  # fmt: skip


@final
class Tile:
    """A tile of rows of one table, as text.

    Attributes
    ----------
    table
        The table.
    columns
        Stored columns that are touched, in order; `s_x` is column x within the tile.
    arrays
        Types of the small arrays by name.
    unwritten
        Small arrays that are read though no rule has written them: their numbers are 0.
    flows
        Columns that rules of this pass have written and that are read as written.
    local
        Variables that hold columns written in the loop that is being put together.
    """

    def __init__(self, table: Table) -> None:
        self.table: Final = table
        self.columns: list[str] = []
        self.arrays: dict[str, str] = {}
        self.unwritten: set[str] = set()
        self.flows: set[str] = set()
        self.local: dict[str, str] = {}

    @property
    def live(self) -> str:
        """Text that lets only numbers of rows pass that somebody has."""
        return " & live[j]" if self.table.empty else ""

    def loop(self, lines: list[str], over: str = "j in range(rows)") -> Iterator[str]:
        """Yield a loop over the rows of a tile, or over a list of them."""
        yield f"{' ' * TILE_INDENT}for {over}:"
        yield from (f"{' ' * TILE_INDENT}    {line}" for line in lines)

    def array(self, name: str, dtype: str) -> str:
        """Return the name of a small array, made on first use."""
        self.arrays[name] = TYPES[dtype]
        return name

    def keep(self, lines: list[str]) -> None:
        """Let go of the small arrays that do not stand in any of these lines."""
        said = set(re.findall(r"\w+", "\n".join(lines)))
        self.arrays = {name: dtype for name, dtype in self.arrays.items() if name in said}

    def slot(self, name: str) -> str:
        """Return the array that holds a column as it is stored, for the rules of this stage."""
        if name in self.flows:
            return f"b_{name}"
        if name != self.table.key and self.table.column(name).role == "passing":
            self.unwritten.add(f"b_{name}")
            return self.array(f"b_{name}", self.table.column(name).dtype)
        self.touch(name)
        return f"s_{name}"

    def touch(self, name: str) -> None:
        """Note that a stored column is read or written."""
        if name not in self.columns:
            self.columns.append(name)

    def stored(self, name: str) -> str:
        """Return a column of one row as it is stored, from this loop if it was written there."""
        return self.local[name] if name in self.local else f"{self.slot(name)}[j]"

    def key(self, row: str) -> str:
        """Return the key by which a row draws."""
        return f"{self.slot(self.table.key)}[{row}]" if self.table.key else f"start + {row}"

    def index(self, reference: Reference, row: str) -> str:
        """Return the row of a table above."""
        text = "0"
        for name, size in reference.digits:
            digit = f"_whole({self.slot(name)}[{row}])"
            text = digit if text == "0" else f"({text} * {size} + {digit})"
        return f"_place({text})"

    def here(self) -> Iterator[str]:
        """Yield what marks the rows that somebody has: by a truth value, and by all bits."""
        test = f"{self.slot(self.table.empty)}[j] != {EMPTY}" if self.table.empty else "True"
        lines = [f"{self.array('here', 'b1')}[j] = {test}"]
        if self.table.empty:
            lines.append(f"{self.array('live', 'i8')}[j] = -_whole({test})")
        yield from self.loop(lines)

    def listed(self, test: str, into: str, many: str) -> Iterator[str]:
        """Yield what lists the rows of which something is true, 64 at a time."""
        mark, at = self.array("mark", "u1"), " " * TILE_INDENT
        yield from self.loop([f"{mark}[j] = {test}"])
        yield from self.loop([f"{mark}[j] = 0"], f"j in range(rows, {TILE})")
        yield f"{at}{many} = 0"
        yield f"{at}for q in range(0, rows, 64):"
        yield f"{at}    bits = _bits({mark}, q)"
        yield f"{at}    while bits != 0:"
        yield f"{at}        {self.array(into, 'i8')}[{many}] = q + _lowest(bits)"
        yield f"{at}        {many} += 1"
        yield f"{at}        bits &= bits - np.uint64(1)"

    def rooms(self, tables: Mapping[str, int]) -> Iterator[str]:
        """Yield what makes the small arrays, and arrays of eight bytes with a row for each cell."""
        sizes = dict.fromkeys(self.arrays, TILE) | dict(tables)
        for name, size in sizes.items():
            kind = self.arrays.get(name, TYPES["i8"])
            yield f"    at_{name} = _room({8 * size + 64})"
            yield f"    {name} = carray(_even(at_{name}), {size}, {kind})"
            if name in self.unwritten or name in tables:
                yield f"    {name}[:] = 0"

    def leave(self, tables: Mapping[str, int]) -> Iterator[str]:
        """Yield what gives the memory of these arrays back."""
        yield from (f"    _leave(at_{name})" for name in [*self.arrays, *tables])
