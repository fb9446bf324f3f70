"""Economies, returns and aims as JSON can hold them, and back."""

import math
from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import date, time
from typing import Any, Literal

import numpy as np

from sovplan.foundation.errors import DataError
from sovplan.foundation.words import say
from sovplan.records.aims import Aims
from sovplan.records.assembly import economy_of
from sovplan.records.disassembly import folder_of
from sovplan.records.economy import Economy
from sovplan.records.folder import Folder, Table
from sovplan.records.returns import Returns
from sovplan.records.wire import built, decoded, encoded, fields_of, float_of, plain


def folder_form(folder: Folder) -> dict[str, Any]:
    """Return a folder as JSON can hold it."""
    tables = {name: _table(table) for name, table in folder.tables.items()}
    return {"settings": _settings(folder.settings), "tables": tables}


def _settings(value: object) -> Any:  # noqa: ANN401 - what TOML can hold
    """Return settings as JSON can hold them: dates and endless numbers only as texts."""
    if isinstance(value, Mapping):
        return {key: _settings(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_settings(part) for part in value]
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    return value


def read_folder_form(value: object, where: str) -> Folder:
    """Return the folder that `folder_form` wrote."""
    mapping = fields_of(value, where, {"settings", "tables"})
    tables = plain(dict, mapping["tables"], f"{where}.tables")
    return Folder(
        plain(dict, mapping["settings"], f"{where}.settings"),
        {name: _read_table(name, table, f"{where}.{name}") for name, table in tables.items()},
        where,
    )


def economy_form(economy: Economy) -> dict[str, Any]:
    """Return an economy as the folder it can be built from."""
    return folder_form(folder_of(economy))


def read_economy_form(value: object, where: str) -> Economy:
    """Return the economy that `economy_form` wrote, checked as when it is read from files."""
    return economy_of(read_folder_form(value, where))


def _table(table: Table) -> list[dict[str, Any]]:
    return [
        {
            "head": head,
            "kind": "number" if isinstance(cells, np.ndarray) else "text",
            "cells": encoded(cells),
        }
        for head, cells in table.columns.items()
    ]


def _read_table(name: str, value: object, where: str) -> Table:
    columns = {}
    for place, column in enumerate(plain(list, value, where)):
        spot = f"{where}[{place}]"
        mapping = fields_of(column, spot, {"head", "kind", "cells"})
        head = plain(str, mapping["head"], f"{spot}.head")
        if head in columns:
            raise DataError(say("papers.wire.twice", name=head))
        kind = decoded(Literal["number", "text"], mapping["kind"], f"{spot}.kind")
        cells = plain(list, mapping["cells"], head)
        columns[head] = (
            np.array([float_of(cell, f"{where}.{head}") for cell in cells], dtype=np.float64)
            if kind == "number"
            else decoded(tuple[str, ...], cells, f"{where}.{head}")
        )
    lengths = {head: len(cells) for head, cells in columns.items()}
    if len(set(lengths.values())) > 1:
        raise DataError(say("papers.wire.ragged", where=where, lengths=lengths))
    rows = next(iter(lengths.values()), 0)
    return Table(name, columns, range(2, rows + 2), name)


def returns_form(returns: Returns) -> dict[str, Any]:
    """Return returns as JSON can hold them."""
    done = None if returns.done is None else returns.done.tolist()
    declared = economy_form(returns.declared)
    return {"declared": declared, "filed_by": returns.filed_by, "done": done}


def read_returns_form(value: object, where: str) -> Returns:
    """Return the returns that `returns_form` wrote."""
    mapping = fields_of(value, where, {"declared", "filed_by", "done"})
    done = mapping["done"]
    rows = None if done is None else plain(list, done, f"{where}.done")
    activity = None
    if rows is not None:
        named = enumerate(rows)
        activity = np.array([float_of(each, f"{where}.done[{place}]") for place, each in named])
    return Returns(
        read_economy_form(mapping["declared"], f"{where}.declared"),
        plain(str, mapping["filed_by"], f"{where}.filed_by"),
        activity,
    )


def aims_form(aims: Aims) -> dict[str, Any]:
    """Return aims as JSON can hold them."""
    plainly: dict[str, Any] = encoded(replace(aims, needs=None))
    return plainly | {"needs": None if aims.needs is None else _table(aims.needs)}


def read_aims_form(value: object, where: str) -> Aims:
    """Return the aims that `aims_form` wrote; names are not held against an economy."""
    mapping = fields_of(value, where, {field.name for field in fields(Aims)})
    needs = mapping["needs"]
    table = None if needs is None else _read_table("needs.csv", needs, f"{where}.needs")
    return built(Aims, mapping, where, needs=table)
