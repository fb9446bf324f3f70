"""The text that notes mothers and free places of a tile and settles the newborn of a block.

It does what `rows.settle` and `rows.newborn` do for the other two engines.
"""

from collections.abc import Iterator

from sovplan.foundation.engine.preamble import philox
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
    columns = ", ".join(f"c_{name}" for name in settling(tile, births))
    yield f"{at}settle(mothers, places, room, children, stamp, {columns})"
    yield f"{at}many[block] = born - room"
    yield f"{at}for i in range(room, min(born, room + {LATE})):"
    yield f"{at}    late[block, i - room] = mothers[i]"


def settling(tile: Tile, births: Births) -> tuple[str, ...]:
    """Return the columns that a newborn is given, in the order in which `settle` takes them."""
    names = (tile.table.key, *births.inherited, *births.lots, *births.constants)
    for name in names:
        tile.touch(name)
    return names


def settle_text(tile: Tile, births: Births) -> str:
    """Return the function that writes newborn to their places, a column at a time.

    A column of a block lies in the near caches, all columns together do not. No mother is in a
    place that is given away.
    """
    columns = ", ".join(f"c_{name}" for name in settling(tile, births))
    lines = [f"def settle(mothers, places, room, children, stamp, {columns}):"]
    for body in _children(tile, births):
        lines += ["    for i in range(room):", *(f"        {line}" for line in body)]
    return "\n".join([*lines, "", ""])


def _children(tile: Tile, births: Births) -> Iterator[list[str]]:
    """Yield what is done for each of the newborn, a loop at a time."""
    key = tile.table.key
    # No seed has a part in who is born.
    lines = philox("children[i]", {"": births.stream}, seeded=False)
    yield [f"children[i] = c_{key}[mothers[i]]"]
    yield [*lines, "children[i] = (w0 << np.uint64(32)) | w1"]
    yield [f"c_{key}[places[i]] = children[i]"]
    yield from ([f"c_{name}[places[i]] = c_{name}[mothers[i]]"] for name in births.inherited)
    drawn = f"_real(np.int64(children[i] >> np.uint64(11))) * {2.0**-53!r}"
    for name, likely in births.lots.items():
        yield [f"c_{name}[places[i]] = _pick({drawn} < {likely!r}, 1, 0)"]
    yield from ([f"c_{name}[places[i]] = {number}"] for name, number in births.constants.items())
