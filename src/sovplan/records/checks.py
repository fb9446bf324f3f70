"""The form of an economy's folder: every finding at once, with file, row and column."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import numpy as np

from sovplan.foundation.shapes import Vector
from sovplan.foundation.words import say
from sovplan.records.findings import Finding, nearest
from sovplan.records.folder import Folder, Table, number_or_nan
from sovplan.records.rules import across, needs_rules, range_rules
from sovplan.records.schema import ACTIVITY, MOST, NEEDS, REMARKS, SCHEMAS, Column, Schema
from sovplan.records.settings import check_settings

_REMARK_NAMES: Final = tuple(column.name for column in REMARKS)


def findings(folder: Folder) -> list[Finding]:
    """Return everything that is wrong in the form of an economy's folder.

    Checked are the settings, the columns, kinds and ranges of every table, the names one table
    takes from another, rows that stand twice, and the rules that hold across tables. An empty
    list means that `economy_of` will build the economy.
    """
    found = list(check_settings(folder))
    lists = name_lists(folder)
    for schema in SCHEMAS.values():
        if folder.table(schema.name).columns:
            found += check_table(folder.tables[schema.name], schema, lists)
        elif schema.needed:
            text = say("records.table.missing", table=schema.name)
            found.append(Finding("error", schema.name, 0, "", text))
    opening = folder.tables.get(_opening(folder))
    if opening is not None:
        found += check_table(opening, ACTIVITY, lists)
    if not any(finding.level == "error" for finding in found):
        found += across(folder)
    return found


def needs_findings(table: Table, goods: Sequence[str]) -> list[Finding]:
    """Return everything that is wrong in the needs of an aims file, for these goods."""
    found = list(check_table(table, NEEDS, {"good": tuple(goods)}))
    return found or [*needs_rules(table), *range_rules(table, NEEDS.amount)]


def name_lists(folder: Folder) -> dict[str, tuple[str, ...]]:
    """Return the names of goods, techniques and plants that other tables may use.

    A list that every economy needs and that is not there is left out: that is one finding, and
    not one more for each name that should stand in it.
    """
    lists = {
        "good": folder.table("goods.csv"),
        "technique": folder.table("techniques.csv"),
        "plant": folder.table("plants.csv"),
    }
    return {
        name: table.text(name)
        for name, table in lists.items()
        if name in table.columns or not SCHEMAS[table.name].needed
    }


def check_table(
    table: Table, schema: Schema, lists: Mapping[str, Sequence[str]]
) -> Iterator[Finding]:
    """Yield what is wrong in one table by itself."""
    known = [column.name for column in schema.columns]
    for head in table.columns:
        if head not in known and head not in _REMARK_NAMES:
            text = say("records.table.unknown_column", column=head, nearest=nearest(head, known))
            yield Finding("error", table.file, 0, head, text)
    for column in (*schema.columns, *REMARKS):
        if column.name in table.columns:
            yield from _check_column(table, column, lists)
        elif column.needed:
            text = say("records.table.no_column", heads=", ".join(known))
            yield Finding("error", table.file, 0, column.name, text)
    yield from _check_keys(table, schema)


def _check_column(
    table: Table, column: Column, lists: Mapping[str, Sequence[str]]
) -> Iterator[Finding]:
    if column.kind in {"number", "whole", "year"}:
        problems = _numbers(table, column)
    else:
        problems = _names(table, column, lists)
    for row, text in problems:
        yield Finding("error", table.file, table.line(row), column.name, text)


def _numbers(table: Table, column: Column) -> Iterator[tuple[int, str]]:
    values = table.numbers(column.name)
    content = table.columns[column.name]
    if isinstance(content, np.ndarray):
        blank = np.isnan(values)
    else:
        blank = np.array([cell == "" for cell in content], dtype=bool)
        for row in np.flatnonzero(~blank & ~np.isfinite([number_or_nan(c) for c in content])):
            yield int(row), _not_a_number(content[row])
    if column.needed:
        for row in np.flatnonzero(blank):
            yield int(row), say("records.cell.blank_number")
    yield from _out_of_size(values, column)
    inside = np.isfinite(values)
    for row in np.flatnonzero(inside & ((values < column.low) | (values > column.high))):
        low, high = Table("", {"": np.array([column.low, column.high])}).text("")
        key = "records.cell.too_low" if values[row] < column.low else "records.cell.too_high"
        yield int(row), say(key, value=f"{values[row]:.12g}", low=low, high=high)
    if column.kind in {"whole", "year"}:
        for row in np.flatnonzero(inside & (values != np.round(values))):
            yield int(row), say("records.cell.not_whole", value=f"{values[row]:.12g}")


def _out_of_size(values: Vector, column: Column) -> Iterator[tuple[int, str]]:
    """Yield numbers that are too large or too near to 0 to be reckoned with."""
    if column.kind != "number":
        return
    size = np.abs(values)
    for key, bound, outside in (
        ("too_large", MOST, size > MOST),
        ("too_small", column.least, (size > 0) & (size < column.least)),
    ):
        for row in np.flatnonzero(outside):
            text = say(f"records.cell.{key}", value=f"{values[row]:.12g}", bound=f"{bound:g}")
            yield int(row), text


def _not_a_number(cell: str) -> str:
    if np.isfinite(number_or_nan(cell.replace(",", ".", 1))):
        return say("records.cell.decimal_comma", cell=cell)
    return say("records.cell.not_number", cell=cell)


def _names(
    table: Table, column: Column, lists: Mapping[str, Sequence[str]]
) -> Iterator[tuple[int, str]]:
    known = set(lists.get(column.refers, ()))
    for row, cell in enumerate(table.text(column.name)):
        if cell == "":
            if column.needed:
                yield row, say("records.cell.blank_name")
        elif column.choices and cell not in column.choices:
            choices = [choice for choice in column.choices if choice]
            yield row, say("records.cell.choice", cell=cell, nearest=nearest(cell, choices))
        elif column.refers in lists and cell not in known:
            names = lists.get(column.refers, ())
            text = say(f"records.cell.unknown_{column.refers}", cell=cell)
            yield row, f"{text} {nearest(cell, names)}"


_MAY_LACK: Final = ("kind", "left")
"""Columns of a key that a table may leave out."""


def _check_keys(table: Table, schema: Schema) -> Iterator[Finding]:
    if not all(part in table.columns for part in schema.key if part not in _MAY_LACK):
        return
    seen: dict[tuple[str, ...], int] = {}
    columns = [table.text(part) for part in schema.key]
    for row, parts in enumerate(zip(*columns, strict=True)):
        consumed = schema.name == NEEDS.name and not parts[2]
        key = (*parts[:2], "consumption") if consumed else parts
        if key in seen:
            first = table.line(seen[key])
            text = say("records.table.row_twice", key=", ".join(filter(None, key)), first=first)
            yield Finding("error", table.file, table.line(row), schema.key[-1], text)
        seen.setdefault(key, row)


def _opening(folder: Folder) -> str:
    limits = folder.settings.get("growth_limits")
    return str(limits.get("opening", "")) if isinstance(limits, Mapping) else ""
