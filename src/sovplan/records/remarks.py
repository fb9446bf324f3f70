"""Notes, sources and ranges carried from one writing of an economy to the next.

An economy in memory keeps no remarks. When it is written again, each row gets back the remarks of
the row of the same key; a row whose amount has changed keeps its range relative to the amount and
says where the amount is from now.
"""

from collections.abc import Iterator
from typing import Final

import numpy as np

from sovplan.records.folder import Folder, Table
from sovplan.records.schema import REMARKS, SCHEMAS

_REMARKS: Final = tuple(column.name for column in REMARKS)
_TEXTS: Final = tuple(column.name for column in REMARKS if column.kind != "number")
_SAME: Final = 1e-12
"""Relative difference up to which an amount is the same."""

Remark = tuple[tuple[str, ...], tuple[float, dict[str, object]]]
"""Key of a row, its amount and its remarks."""


def remarked(folder: Folder, base: Folder, provenance: str) -> Folder:
    """Return a folder with the remarks of another that describes the same things.

    Parameters
    ----------
    folder
        What is to be written.
    base
        What was written before; it may give plants and capital in the short form.
    provenance
        What the column provenance says of a row that is new or whose amount has changed.
    """
    for name, schema in SCHEMAS.items():
        table = folder.tables.get(name)
        known = dict(_remarks_of(base, name))
        if table is None or not known or not any(row for _, row in known.values()):
            continue
        columns = [table.text(part) for part in schema.key]
        amounts = table.numbers(schema.amount) if schema.amount else np.ones(len(table))
        rows = [
            _remark(known.get(_key(name, key)), amount, provenance)
            for key, amount in zip(zip(*columns, strict=True), amounts.tolist(), strict=True)
        ]
        extra = Table.of(name, rows)
        for head in _REMARKS:
            if head in extra.columns:
                table = table.with_column(head, extra.columns[head])
        folder = folder.with_table(table)
    return folder


def _remark(
    known: tuple[float, dict[str, object]] | None, amount: float, provenance: str
) -> dict[str, object]:
    blank: dict[str, object] = dict.fromkeys(_REMARKS)
    if known is None:
        return blank | {"provenance": provenance}
    before, remarks = known
    if np.isnan(amount):
        return blank | {head: remarks[head] for head in _TEXTS if head in remarks}
    if abs(before - amount) <= _SAME * abs(before):
        return blank | remarks
    found = {**blank, **remarks, "provenance": provenance, "source": None}
    for head in ("low", "high"):
        edge = remarks.get(head)
        if isinstance(edge, float):
            found[head] = edge * amount / before if before else None
    return found


def _remarks_of(base: Folder, name: str) -> Iterator[Remark]:
    """Yield key, amount and remarks of each row, of the short form as if it were written out."""
    schema = SCHEMAS[name]
    yield from _rows(base.table(name), name, schema.key, schema.amount)
    if name == "plants.csv":
        yield from _rows(base.table("techniques.csv"), name, ("technique",), "capacity")
    if name == "building.csv":
        flows = base.table("flows.csv")
        for key, found in _rows(flows, name, ("technique", "good", "role"), "amount"):
            if key[2] == "capital":
                yield key[:2], found


def _rows(table: Table, name: str, parts: tuple[str, ...], amount: str) -> Iterator[Remark]:
    columns = [table.text(part) for part in parts]
    amounts = table.numbers(amount) if amount else np.ones(len(table))
    numbers = {head: table.numbers(head) for head in ("low", "high") if head in table.columns}
    texts = {head: table.text(head) for head in _TEXTS if head in table.columns}
    for row, key in enumerate(zip(*columns, strict=True)):
        remarks: dict[str, object] = {
            head: float(cells[row]) for head, cells in numbers.items() if not np.isnan(cells[row])
        }
        remarks |= {head: cells[row] for head, cells in texts.items() if cells[row]}
        yield _key(name, key), (float(np.nan_to_num(amounts[row])), remarks)


def _key(name: str, key: tuple[str, ...]) -> tuple[str, ...]:
    """Return a key with what a blank stands for, so that two ways of writing are one."""
    if name == "needs.csv":
        return (*key[:2], key[2] or "consumption")
    return key
