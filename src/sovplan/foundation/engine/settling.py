"""The text that notes mothers and free places of a tile and settles the newborn of a block.

It does what `rows.settle` does for the other two engines.
"""

from collections.abc import Iterator

from sovplan.foundation.chance import rule_number
from sovplan.foundation.engine.preamble import PHILOX
from sovplan.foundation.engine.tables import EMPTY, Births
from sovplan.foundation.engine.tile import BLOCK_INDENT, LATE, Tile


def settled(tile: Tile, births: Births) -> Iterator[str]:
    """Yield the lines of a tile, then those of its block.

    Parameters
    ----------
    tile
        The tile, after all its stages.
    births
        How rows are born.
    """
    age, bears = tile.slot(tile.table.empty), tile.slot(births.bears)
    yield from tile.listed(f"({age}[j] == {EMPTY}) | ({bears}[j] != 0)", "marked", "some")
    lines = [
        "j = marked[i]",
        f"gone = {age}[j] == {EMPTY}",
        "places[free] = start + j",
        "free += _whole(gone)",
        "mothers[born] = start + j",
        f"born += _whole(here[j] & (not gone) & ({bears}[j] != 0))",
    ]
    yield from tile.loop(lines, "i in range(some)")
    at = " " * BLOCK_INDENT
    yield f"{at}room = min(born, free)"
    yield f"{at}for i in range(room):"
    yield from (f"{at}    {line}" for line in _child(tile, births))
    yield f"{at}many[block] = born - room"
    yield f"{at}for i in range(room, min(born, room + {LATE})):"
    yield f"{at}    late[block, i - room] = mothers[i]"


def _child(tile: Tile, births: Births) -> Iterator[str]:
    """Yield the lines that write one newborn to its place."""
    key = tile.table.key
    for name in (key, *births.inherited, *births.lots, *births.constants):
        tile.touch(name)
    yield "mother, j = mothers[i], places[i]"
    for line in PHILOX:
        text = line.format(key=f"c_{key}[mother]", number=rule_number(births.stream))
        # No seed has a part in who is born.
        yield text.replace("low_seed", "np.uint64(0)").replace("high_seed", "np.uint64(0)")
    yield "child = (w0 << np.uint64(32)) | w1"
    yield f"c_{key}[j] = child"
    yield from (f"c_{name}[j] = c_{name}[mother]" for name in births.inherited)
    drawn = f"_real(np.int64(child >> np.uint64(11))) * {2.0**-53!r}"
    for name, likely in births.lots.items():
        yield f"c_{name}[j] = _pick({drawn} < {likely!r}, 1, 0)"
    yield from (f"c_{name}[j] = {number}" for name, number in births.constants.items())
