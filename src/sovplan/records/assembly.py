"""From what is written to arrays with names: the one way from a `Folder` to an `Economy`."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
from scipy.sparse import csr_array

from sovplan.foundation.shapes import Flags, GoodsVector, Indices, Sparse
from sovplan.records.checks import findings
from sovplan.records.economy import Economy, Goods, Plants, Series, Techniques
from sovplan.records.extensions import (
    Credit,
    Extensions,
    GrowthLimits,
    Migration,
    OutsideTrade,
    UnderConstruction,
)
from sovplan.records.findings import refuse
from sovplan.records.folder import Folder, Table
from sovplan.records.settings import EXTENSIONS

_NO_NOTES: Final = frozenset({"format", "name", *EXTENSIONS})


def economy_of(folder: Folder) -> Economy:
    """Return the economy that a folder describes.

    Raises
    ------
    DataError
        The folder has an error in its form; see `sovplan.records.checks.findings`.
    """
    refuse(findings(folder), checked=True)
    settings = folder.settings
    goods = _goods(folder.table("goods.csv"))
    supply = folder.table("supply.csv")
    labour, resources = _supply(supply, "labour"), _supply(supply, "resource")
    techniques = _techniques(folder, goods.names, labour.names, resources.names)
    plants = _plants(folder, goods.names, techniques.names)
    needs = folder.table("needs.csv")
    return Economy(
        name=str(settings["name"]),
        title=str(settings.get("title", settings["name"])),
        year=int(settings["year"]),
        first_year=int(settings.get("first_year", settings["year"])),
        goods=goods,
        techniques=techniques,
        plants=plants,
        labour=labour,
        resources=resources,
        credit=_supply(supply, "credit"),
        needs=needs_series(needs, goods.names, "consumption"),
        outputs_wanted=needs_series(needs, goods.names, "output"),
        extensions=_extensions(folder, goods.names, techniques.names, plants.names, labour.names),
        units={str(key): str(value) for key, value in settings.get("units", {}).items()},
        notes={key: value for key, value in settings.items() if key not in _NO_NOTES},
    )


def needs_series(table: Table, goods: Sequence[str], kind: str) -> Series:
    """Return the rows of needs of one kind, by good.

    Fields are target, floor, public for consumption and target, base for output; blank is 0.
    """
    kinds = np.array([cell or "consumption" for cell in table.text("kind")], dtype=object)
    chosen = np.flatnonzero(kinds == kind)
    fields = ("target", "floor", "public") if kind == "consumption" else ("target", "base")
    amounts = np.column_stack([np.nan_to_num(table.numbers(field)[chosen]) for field in fields])
    return Series(
        tuple(goods),
        _places(goods, [table.text("good")[row] for row in chosen]),
        table.numbers("year")[chosen].astype(np.int64),
        amounts,
    )


def _goods(table: Table) -> Goods:
    names = table.text("good")
    return Goods(
        names,
        _titles(table, names),
        table.text("unit"),
        np.nan_to_num(table.numbers("stock")),
        np.nan_to_num(table.numbers("spoilage")),
        table.numbers("import_price"),
        table.numbers("export_price"),
        np.nan_to_num(table.numbers("import_cap"), nan=np.inf),
        np.nan_to_num(table.numbers("export_cap"), nan=np.inf),
    )


def _techniques(
    folder: Folder, goods: Sequence[str], skills: Sequence[str], resources: Sequence[str]
) -> Techniques:
    table = folder.table("techniques.csv")
    names, flows = table.text("technique"), folder.table("flows.csv")
    hours, land = folder.table("labour.csv"), folder.table("resources.csv")
    roles = np.array(flows.text("role"), dtype=object)
    return Techniques(
        names,
        _titles(table, names),
        table.text("region"),
        _matrix(flows, "good", goods, names, "amount", roles == "input"),
        _matrix(flows, "good", goods, names, "amount", roles == "output"),
        tuple(skills),
        _matrix(hours, "skill", skills, names, "hours"),
        tuple(resources),
        _matrix(land, "resource", resources, names, "amount"),
    )


def _plants(folder: Folder, goods: Sequence[str], techniques: Sequence[str]) -> Plants:
    shared, alone = folder.table("plants.csv"), folder.table("techniques.csv")
    own = np.flatnonzero(~np.isnan(alone.numbers("capacity")))
    own_names = [alone.text("technique")[row] for row in own]
    shared_names = shared.text("plant")
    count = len(shared_names) + len(own)
    own_place = {name: len(shared_names) + place for place, name in enumerate(own_names)}
    all_titles = _titles(alone, alone.text("technique"))
    titles = [*_titles(shared, shared_names), *(all_titles[row] for row in own)]
    good_place = {name: place for place, name in enumerate(goods)}

    flows, building, loads = (folder.table(n) for n in ("flows.csv", "building.csv", "loads.csv"))
    capital = [
        (good_place[good], own_place[name], amount)
        for name, good, role, amount in zip(
            flows.text("technique"),
            flows.text("good"),
            flows.text("role"),
            flows.numbers("amount"),
            strict=True,
        )
        if role == "capital" and name in own_place
    ]
    built = _matrix(building, "good", goods, shared_names, "amount", columns="plant")
    load = _matrix(loads, "plant", shared_names, techniques, "load")
    own_load = csr_array(
        (np.ones(len(own)), (np.arange(len(own)), _places(techniques, own_names))),
        shape=(len(own), len(techniques)),
    )
    return Plants(
        (*shared_names, *own_names),
        tuple(titles),
        np.concatenate([shared.numbers("capacity"), alone.numbers("capacity")[own]]),
        np.nan_to_num(np.concatenate([shared.numbers("wear"), alone.numbers("wear")[own]])),
        np.nan_to_num(
            np.concatenate([shared.numbers("gestation"), alone.numbers("gestation")[own]]), nan=1.0
        ).astype(np.int64),
        _wider(built, count) + _sparse(capital, (len(goods), count)),
        _stacked(load, own_load),
    )


def _extensions(
    folder: Folder,
    goods: Sequence[str],
    techniques: Sequence[str],
    plants: Sequence[str],
    skills: Sequence[str],
) -> Extensions:
    settings = folder.settings
    works = folder.table("under_construction.csv")
    trade, credit = settings.get("trade"), settings.get("credit")
    moved, growth = settings.get("migration"), settings.get("growth_limits")
    limits = settings.get("stock_limits")
    return Extensions(
        under_construction=UnderConstruction(
            _places(plants, works.text("plant")),
            works.numbers("year").astype(np.int64),
            works.numbers("capacity"),
            np.nan_to_num(works.numbers("left")).astype(np.int64),
        )
        if len(works)
        else None,
        trade=OutsideTrade(
            float(trade.get("other_imports", 0.0)), float(trade.get("other_exports", 0.0))
        )
        if trade
        else None,
        credit=Credit(
            credit["series"],
            float(credit["yearly_most"]),
            float(credit["yearly_least"]),
            float(credit["total"]),
        )
        if credit
        else None,
        migration=_migration(moved, goods, skills) if moved else None,
        growth=_growth(folder, growth, goods, techniques) if growth else None,
        stock_limit=_stock_limit(folder, limits, goods) if limits else None,
        least_investment=_by_good(settings.get("least_investment"), goods, 0.0),
        losses=_by_good(settings.get("losses"), goods, 0.0),
    )


def _stock_limit(folder: Folder, limits: Mapping[str, Any], goods: Sequence[str]) -> GoodsVector:
    """Return the greatest stock of each good: its own, or a multiple of its opening stock."""
    opening = np.nan_to_num(folder.table("goods.csv").numbers("stock"))
    most = np.full(len(goods), np.inf)
    if "most_times_opening" in limits:
        most = float(limits["most_times_opening"]) * opening
    own = _by_good(limits.get("at_most"), goods, np.nan)
    return most if own is None else np.where(np.isfinite(own), own, most)


def _migration(table: Mapping[str, Any], goods: Sequence[str], skills: Sequence[str]) -> Migration:
    needs = _by_good(table.get("needs"), goods, 0.0)
    return Migration(
        _place(skills, table["from"]),
        _place(skills, table["to"]),
        float(table["most_a_year"]),
        float(table["hours_lost"]),
        float(table["hours_won"]),
        np.zeros(len(goods)) if needs is None else needs,
    )


def _growth(
    folder: Folder, table: Mapping[str, Any], goods: Sequence[str], techniques: Sequence[str]
) -> GrowthLimits:
    opening, most = folder.table(table["opening"]), _by_good(table["most"], goods, np.nan)
    activity = np.zeros(len(techniques))
    activity[_places(techniques, opening.text("technique"))] = opening.numbers("activity")
    return GrowthLimits(activity, np.full(len(goods), np.nan) if most is None else most)


def _by_good(
    table: Mapping[str, Any] | None, goods: Sequence[str], absent: float
) -> GoodsVector | None:
    if not table:
        return None
    found = np.full(len(goods), absent)
    for good, amount in table.items():
        found[_place(goods, good)] = float(amount)
    return found


def _supply(table: Table, kind: str) -> Series:
    rows = [row for row, of_kind in enumerate(table.text("kind")) if of_kind == kind]
    written = [table.text("name")[row] for row in rows]
    names = tuple(dict.fromkeys(written))
    return Series(
        names,
        _places(names, written),
        table.numbers("year")[rows].astype(np.int64),
        table.numbers("amount")[rows].reshape(-1, 1),
    )


def _titles(table: Table, names: Sequence[str]) -> tuple[str, ...]:
    return tuple(title or name for title, name in zip(table.text("title"), names, strict=True))


def _place(names: Sequence[str], name: str) -> int:
    return list(names).index(name)


def _places(names: Sequence[str], wanted: Sequence[str]) -> Indices:
    place = {name: index for index, name in enumerate(names)}
    return np.array([place[name] for name in wanted], dtype=np.int64)


def _matrix(  # noqa: PLR0917 - the table, its two axes and its amount
    table: Table,
    row: str,
    row_names: Sequence[str],
    column_names: Sequence[str],
    amount: str,
    chosen: Flags | None = None,
    *,
    columns: str = "technique",
) -> Sparse:
    rows = _places(row_names, table.text(row))
    cols = _places(column_names, table.text(columns))
    values = table.numbers(amount)
    keep = values != 0 if chosen is None else chosen & (values != 0)
    return csr_array(
        (values[keep], (rows[keep], cols[keep])), shape=(len(row_names), len(column_names))
    )


def _sparse(entries: Sequence[tuple[int, int, float]], shape: tuple[int, int]) -> Sparse:
    rows = np.array([row for row, _, _ in entries], dtype=np.int64)
    cols = np.array([col for _, col, _ in entries], dtype=np.int64)
    values = np.array([value for _, _, value in entries], dtype=np.float64)
    return csr_array((values, (rows, cols)), shape=shape)


def _wider(matrix: Sparse, count: int) -> Sparse:
    return csr_array((matrix.data, matrix.indices, matrix.indptr), shape=(matrix.shape[0], count))


def _stacked(above: Sparse, below: Sparse) -> Sparse:
    rows = above.tocoo(), below.tocoo()
    return csr_array(
        (
            np.concatenate([rows[0].data, rows[1].data]),
            (
                np.concatenate([rows[0].coords[0], rows[1].coords[0] + above.shape[0]]),
                np.concatenate([rows[0].coords[1], rows[1].coords[1]]),
            ),
        ),
        shape=(above.shape[0] + below.shape[0], above.shape[1]),
    )
