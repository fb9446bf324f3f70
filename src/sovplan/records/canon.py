"""The canonical form of papers: one text for one content, so that anyone can compare digests.

A paper is ``{"paper": kind, "version": 1, "content": ...}`` in canonical JSON (RFC 8785). Blank
numbers are null. An economy is written as the folder it can be built from, arrays of a draft as
tables labelled with the names of their rows, one number a year. What follows from the rest (the
calendar of a draft) is not written.
"""

import hashlib
import math
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass, fields, replace
from datetime import date, time
from functools import partial
from typing import Any, Final, TypeAlias, TypeVar, final

import numpy as np

from sovplan.foundation.errors import DataError
from sovplan.foundation.words import say
from sovplan.records.aims import Aims
from sovplan.records.aimsfile import check_aims
from sovplan.records.assembly import economy_of
from sovplan.records.calendar import calendar_of
from sovplan.records.checks import needs_findings
from sovplan.records.disassembly import folder_of
from sovplan.records.documents import Ballots, Complaint, Decision, Document, Findings, Report
from sovplan.records.draft import Draft, Plan, Valuation
from sovplan.records.economy import Economy
from sovplan.records.findings import nearest, refuse
from sovplan.records.folder import Folder, Table
from sovplan.records.returns import Returns
from sovplan.records.wire import built, canonical, decoded, encoded, float_of, parsed, plain

VERSION: Final = 1
"""Version of the canonical form that this program reads and writes."""

Paper: TypeAlias = Document | Economy | Folder | Aims
"""Whatever has a canonical form."""

Axes: TypeAlias = Mapping[str, tuple[Sequence[str] | None, int | None]]
"""Names of the rows (None: no rows) and number of years (None: no years) of arrays, by field."""

K = TypeVar("K", Plan, Valuation)


def canonical_bytes(paper: Paper) -> bytes:
    """Return the canonical form of a paper; the same content gives the same bytes.

    Raises
    ------
    DataError
        The paper holds something that has no canonical form, such as a date among the settings.
    """
    form = _FORMS[type(paper)]
    return canonical({"paper": form.name, "version": VERSION, "content": form.write(paper)})


def read_canonical(content: bytes) -> Paper:
    """Return the paper that `canonical_bytes` wrote, checked as when it was made.

    Raises
    ------
    DataError
        It is not JSON, of another version, of no known kind, or its content is not in order.
    """
    document = plain(dict, parsed(content), "$")
    _of(document, "$", {"paper", "version", "content"})
    if document["version"] != VERSION:
        raise DataError(say("papers.wire.version", found=document["version"], needed=VERSION))
    forms = {form.name: form for form in _FORMS.values()}
    kind = plain(str, document["paper"], "$.paper")
    if kind not in forms:
        near = nearest(kind, list(forms))
        raise DataError(say("papers.wire.kind", found=kind, nearest=near))
    paper: Paper = forms[kind].read(document["content"], kind)
    return paper


def digest(paper: Paper) -> str:
    """Return the name of a paper's content: ``sha256:`` and 64 hexadecimal digits."""
    return f"sha256:{hashlib.sha256(canonical_bytes(paper)).hexdigest()}"


# ---- economies ----------------------------------------------------------------------------------


def _folder(folder: Folder) -> dict[str, Any]:
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


def _read_folder(value: object, where: str) -> Folder:
    mapping = _of(value, where, {"settings", "tables"})
    tables = plain(dict, mapping["tables"], f"{where}.tables")
    return Folder(
        plain(dict, mapping["settings"], f"{where}.settings"),
        {name: _read_table(name, table, f"{where}.{name}") for name, table in tables.items()},
        where,
    )


def _economy(economy: Economy) -> dict[str, Any]:
    return _folder(folder_of(economy))


def _read_economy(value: object, where: str) -> Economy:
    return economy_of(_read_folder(value, where))


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
        mapping = _of(column, spot, {"head", "kind", "cells"})
        head = plain(str, mapping["head"], f"{spot}.head")
        cells = plain(list, mapping["cells"], head)
        columns[head] = (
            np.array([float_of(cell, f"{where}.{head}") for cell in cells], dtype=np.float64)
            if mapping["kind"] == "number"
            else decoded(tuple[str, ...], cells, f"{where}.{head}")
        )
    lengths = {head: len(cells) for head, cells in columns.items()}
    if len(set(lengths.values())) > 1:
        raise DataError(say("papers.wire.ragged", where=where, lengths=lengths))
    rows = next(iter(lengths.values()), 0)
    return Table(name, columns, range(2, rows + 2), name)


def _returns(returns: Returns) -> dict[str, Any]:
    return {"declared": _economy(returns.declared), "filed_by": returns.filed_by}


def _read_returns(value: object, where: str) -> Returns:
    mapping = _of(value, where, {"declared", "filed_by"})
    return Returns(
        _read_economy(mapping["declared"], f"{where}.declared"),
        plain(str, mapping["filed_by"], f"{where}.filed_by"),
    )


# ---- aims and drafts ----------------------------------------------------------------------------


def _aims(aims: Aims) -> dict[str, Any]:
    plainly: dict[str, Any] = encoded(replace(aims, needs=None))
    return plainly | {"needs": None if aims.needs is None else _table(aims.needs)}


def _read_aims(value: object, where: str) -> Aims:
    mapping = _of(value, where, {field.name for field in fields(Aims)})
    needs = mapping["needs"]
    table = None if needs is None else _read_table("needs.csv", needs, f"{where}.needs")
    return built(Aims, mapping, where, needs=table)


def _draft(draft: Draft) -> dict[str, Any]:
    economy, content = draft.economy, draft.labour_content
    values, horizon = _value_axes(economy, len(draft.years)), len(draft.years)
    return {
        "economy": _economy(economy),
        "aims": _aims(draft.aims),
        "plan": draft.plan and _labelled(draft.plan, _plan_axes(economy, horizon)),
        "shadow": draft.shadow and _labelled(draft.shadow, values),
        "hours": draft.hours and _labelled(draft.hours, values),
        "labour_content": None if content is None else _rows(content, economy.goods.names),
        "facts": draft.facts and {key: _fact(value) for key, value in draft.facts.items()},
        **{name: encoded(getattr(draft, name)) for name in _SIMPLE},
    }


_SIMPLE: Final = (
    "method",
    "status",
    "objective",
    "fulfilment",
    "certificate",
    "bindings",
    "conflict",
    "unlimited",
    "sentences",
)
"""Fields of a draft that hold no arrays."""


def _read_draft(value: object, where: str) -> Draft:
    others = {"economy", "aims", "plan", "shadow", "hours", "labour_content", "facts"}
    mapping = _of(value, where, {*_SIMPLE, *others})
    economy = _read_economy(mapping["economy"], f"{where}.economy")
    aims = _read_aims(mapping["aims"], f"{where}.aims")
    if aims.needs is not None:
        refuse(needs_findings(aims.needs, economy.goods.names))
    check_aims(aims, economy)
    calendar = calendar_of(economy, aims)
    horizon = len(calendar.years)
    plan_axes, value_axes = _plan_axes(economy, horizon), _value_axes(economy, horizon)

    def read(name: str, kind: type[K], axes: Axes) -> K | None:
        part = mapping[name]
        return None if part is None else _unlabelled(kind, part, f"{where}.{name}", axes)

    content, facts = mapping["labour_content"], mapping["facts"]
    axis = (economy.goods.names, horizon)
    return built(
        Draft,
        {name: mapping[name] for name in _SIMPLE},
        where,
        economy=economy,
        calendar=calendar,
        aims=aims,
        plan=read("plan", Plan, plan_axes),
        shadow=read("shadow", Valuation, value_axes),
        hours=read("hours", Valuation, value_axes),
        labour_content=None if content is None else _array(content, f"{where}.content", *axis),
        facts=None
        if facts is None
        else {key: _read_fact(fact, key) for key, fact in plain(dict, facts, where).items()},
    )


def _plan_axes(economy: Economy, horizon: int) -> Axes:
    names = {
        "activity": economy.techniques.names,
        "ordered": economy.plants.names,
        "capacity": economy.plants.names,
        "labour_used": economy.techniques.skills,
        "labour_available": economy.techniques.skills,
        "resources_used": economy.techniques.resources,
        "resources_available": economy.techniques.resources,
        "migrants": None,
        "credit": None,
        "trade_balance": None,
    }
    return {
        field.name: (
            names.get(field.name, economy.goods.names),
            horizon + (field.name == "capacity"),
        )
        for field in fields(Plan)
    }


def _value_axes(economy: Economy, horizon: int) -> Axes:
    return {
        "goods": (economy.goods.names, horizon),
        "capacity": (economy.plants.names, horizon),
        "labour": (economy.techniques.skills, horizon),
        "resources": (economy.techniques.resources, horizon),
        "foreign": (None, horizon),
        "terminal": (economy.goods.names, None),
    }


def _labelled(value: Plan | Valuation, axes: Axes) -> dict[str, Any]:
    tables = {name: _rows(getattr(value, name), axes[name][0]) for name in axes}
    return tables | ({"unit": value.unit} if isinstance(value, Valuation) else {})


def _rows(array: np.ndarray, names: Sequence[str] | None) -> Any:  # noqa: ANN401 - JSON
    if names is None:
        return encoded(array)
    return {name: encoded(row) for name, row in zip(names, array, strict=True)}


def _unlabelled(kind: type[K], value: object, where: str, axes: Axes) -> K:
    units: set[str] = {field.name for field in fields(kind)} - axes.keys()
    mapping = _of(value, where, {*axes, *units})
    arrays = {name: _array(mapping[name], f"{where}.{name}", *axis) for name, axis in axes.items()}
    return built(kind, {name: mapping[name] for name in units}, where, **arrays)


def _array(
    value: object, where: str, names: Sequence[str] | None, length: int | None
) -> np.ndarray:
    if names is None:
        return np.array(_numbers(value, where, length), dtype=np.float64)
    rows = _of(value, where, set(names))
    shape = (len(names),) if length is None else (len(names), length)
    found = [_numbers(rows[name], f"{where}.{name}", length) for name in names]
    return np.array(found, dtype=np.float64).reshape(shape)


def _numbers(value: object, where: str, length: int | None) -> float | list[float]:
    if length is None:
        return float_of(value, where)
    cells = plain(list, value, where)
    if len(cells) != length:
        raise DataError(say("papers.wire.years", where=where, found=len(cells), needed=length))
    return [float_of(cell, where) for cell in cells]


def _fact(value: object) -> Any:  # noqa: ANN401 - JSON
    if isinstance(value, np.ndarray) or (isinstance(value, float) and not np.isfinite(value)):
        array = np.asarray(value)
        flat = encoded(array.ravel())
        return {"type": str(array.dtype), "shape": list(array.shape), "values": flat}
    if isinstance(value, Mapping):
        return {key: _fact(part) for key, part in value.items()}
    return encoded(value)


_ARRAYS: Final = {"float64": np.float64, "int64": np.int64, "bool": np.bool_}


def _read_fact(value: object, where: str) -> Any:  # noqa: ANN401 - any fact
    if isinstance(value, list):
        return tuple(_read_fact(part, where) for part in value)
    if not isinstance(value, dict):
        return value
    if value.keys() != {"type", "shape", "values"}:
        return {key: _read_fact(part, f"{where}.{key}") for key, part in value.items()}
    shape = decoded(tuple[int, ...], value["shape"], where)
    cells = [
        cell if isinstance(cell, bool) else float_of(cell, where)
        for cell in plain(list, value["values"], where)
    ]
    if value["type"] not in _ARRAYS or math.prod(shape) != len(cells):
        raise DataError(say("papers.wire.array", where=where))
    array = np.array(cells, dtype=_ARRAYS[value["type"]]).reshape(shape)
    return array if shape else array.item()


# ---- all kinds ----------------------------------------------------------------------------------


def _of(value: object, where: str, names: Set[str]) -> dict[str, Any]:
    mapping = plain(dict, value, where)
    for name in sorted(mapping.keys() - names):
        raise DataError(say("papers.wire.unknown", where=where, name=name))
    for name in sorted(names - mapping.keys()):
        raise DataError(say("papers.wire.missing", where=where, name=name))
    return mapping


def _simple(kind: type) -> "_Form":
    return _Form(kind.__name__.lower(), encoded, partial(built, kind))


@final
@dataclass(frozen=True, slots=True)
class _Form:
    """How one kind of paper is named, written and read."""

    name: str
    write: Callable[[Any], Any]
    read: Callable[[object, str], Any]


_FORMS: Final[dict[type, _Form]] = {
    Economy: _Form("economy", _economy, _read_economy),
    Folder: _Form("folder", _folder, _read_folder),
    Aims: _Form("aims", _aims, _read_aims),
    Returns: _Form("returns", _returns, _read_returns),
    Draft: _Form("draft", _draft, _read_draft),
    **{kind: _simple(kind) for kind in (Ballots, Decision, Report, Complaint, Findings)},
}
