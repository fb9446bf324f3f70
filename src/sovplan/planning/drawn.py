"""An economy as one draw of its numbers has it: its own folder, with the rows as drawn.

`deviations` lays drawn numbers out beside a plan that is carried out as it is; here they are put
back into the tables, so that a new plan can be made for them. The luck is the same: draw 3 of
seed 1 is one and the same economy in both, but for prices abroad that have crossed.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

import numpy as np

from sovplan.foundation.shapes import Vector
from sovplan.planning.draws import Drawn, Key, Luck, Maker, ranges_of
from sovplan.records.folder import Folder, Table
from sovplan.records.schema import ACTIVITY, SCHEMAS

_COLUMNS: Final = (
    (
        "goods.csv",
        ("stock", "spoilage", "import_price", "export_price", "import_cap", "export_cap"),
    ),
    ("techniques.csv", ("capacity", "wear")),
    ("flows.csv", ("amount",)),
    ("labour.csv", ("hours",)),
    ("resources.csv", ("amount",)),
    ("supply.csv", ("amount",)),
    ("plants.csv", ("capacity", "wear")),
    ("building.csv", ("amount",)),
    ("loads.csv", ("load",)),
    ("under_construction.csv", ("capacity",)),
)
"""What is drawn, table by table; needs are what is asked for, and are not."""
_SETTINGS: Final = (
    "growth_limits.most.",
    "losses.",
    "stock_limits.",
    "migration.",
    "trade.other_",
    "credit.",
)
"""How the numbers of economy.toml that are drawn begin."""
_BELOW: Final = 1.0 - 1e-6
"""Where prices abroad have crossed, the one of sale over the one of purchase."""
_SHARES: Final = ("losses.",)


def drawn_folders(folder: Folder, luck: Luck) -> Iterator[Folder]:
    """Yield an economy as each draw has it.

    Parameters
    ----------
    folder
        The economy as written, with the columns low and high.
    luck
        Which draws; one is the same whichever others are asked for.

    Raises
    ------
    DataError
        The seed or the number of a draw is out of its range, or an edge of a range of
        economy.toml is no number.
    """
    maker = Maker(folder, luck, {"ranged": 0, "spread": 0}, ranges_of(folder.settings))
    tables = {(name, column): _rows(maker, folder.table(name), column)
              for name, columns in _drawn_columns(folder) for column in columns
              if column in folder.table(name).columns}  # fmt: skip
    settings = _of_settings(maker, folder.settings)
    for draw in range(len(luck.draws)):
        yield _folder_of(folder, tables, settings, draw)


def _drawn_columns(folder: Folder) -> Iterator[tuple[str, tuple[str, ...]]]:
    yield from _COLUMNS
    opening = folder.settings.get("growth_limits", {}).get("opening")
    if opening is not None:
        yield str(opening), (ACTIVITY.amount,)


def _folder_of(
    folder: Folder,
    tables: Mapping[tuple[str, str], Drawn],
    settings: Mapping[str, Vector],
    draw: int,
) -> Folder:
    changed = {path: float(row[draw]) for path, row in settings.items()}
    found = Folder(
        _with_stores(_with_settings(folder.settings, changed), folder.table("goods.csv")),
        folder.tables,
        folder.origin,
    )
    for (name, column), values in tables.items():
        found = found.with_table(found.table(name).with_column(column, values[:, draw].copy()))
    return found.with_table(_sold_below(found.table("goods.csv")))


def _with_stores(settings: Mapping[str, Any], declared: Table) -> Mapping[str, Any]:
    """Return settings in which stores are as large as they were declared, good by good.

    They are a multiple of the opening stock as it was declared: a store does not shrink because
    less is found in it.
    """
    limits = settings.get("stock_limits")
    if limits is None or "most_times_opening" not in limits:
        return settings
    times = float(limits["most_times_opening"])
    stocks = zip(declared.text("good"), np.nan_to_num(declared.numbers("stock")), strict=True)
    every = {good: times * float(stock) for good, stock in stocks}
    every |= limits.get("at_most", {})
    return {**settings, "stock_limits": {**limits, "at_most": every}}


def _sold_below(goods: Table) -> Table:
    """Return goods of which none is sold abroad for as much as it is bought for.

    The two prices err apart; a plan made for a draw in which they have crossed would earn money
    from nothing.
    """
    if "export_price" not in goods.columns or "import_price" not in goods.columns:
        return goods
    sold, bought = goods.numbers("export_price"), goods.numbers("import_price")
    crossed = sold >= bought
    return goods.with_column("export_price", np.where(crossed, _BELOW * bought, sold))


def _rows(maker: Maker, table: Table, column: str) -> Drawn:
    """Draw one column of a table, rows x draws; what is blank stays blank."""
    schema = SCHEMAS.get(table.name, ACTIVITY)
    columns = [table.text(head) for head in schema.key]
    keys: list[Key] = list(zip(*columns, strict=True))
    streams = None
    if table.name == "supply.csv":
        # Rows of one series share their luck; a loan that is drawn is no row of its own.
        streams = [(kind, name) for _, kind, name in keys]
    values = table.numbers(column)
    drawn = maker.drawn(table.name, column, keys, values, streams)
    blank = np.isnan(values)
    if blank.any():
        drawn = np.where(blank[:, None], np.nan, drawn)
    return drawn


def _of_settings(maker: Maker, settings: Mapping[str, Any]) -> dict[str, Vector]:
    """Draw the numbers of economy.toml that have a range, by their path."""
    found = {}
    for path in maker.ranges:
        value = _at(settings, path)
        if not path.startswith(_SETTINGS) or value is None:
            continue
        drawn = maker.setting([path], np.array([value]))[0]
        if path.startswith(_SHARES):
            drawn = np.clip(drawn, 0.0, 1.0)
        elif path.startswith("growth_limits."):
            drawn = np.maximum(drawn, -1.0)
        found[path] = drawn
    return found


def _at(settings: Mapping[str, Any], path: str) -> float | None:
    """Return the number at a path of names, None where there is none."""
    here: Any = settings
    for name in path.split("."):
        if not isinstance(here, Mapping) or name not in here:
            return None
        here = here[name]
    return float(here) if isinstance(here, int | float) and not isinstance(here, bool) else None


def _with_settings(settings: Mapping[str, Any], drawn: Mapping[str, float]) -> Mapping[str, Any]:
    """Return settings with other numbers at some paths."""
    found = dict(settings)
    for path, value in drawn.items():
        *above, last = path.split(".")
        here = found
        for name in above:
            here[name] = dict(here[name])
            here = here[name]
        here[last] = value
    return found
