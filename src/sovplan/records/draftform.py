"""Drafts as JSON can hold them, and back; arrays are labelled with the names of their rows."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import Any, Final, TypeAlias, TypeVar

import numpy as np

from sovplan.foundation.errors import DataError
from sovplan.foundation.words import say
from sovplan.records.aimsfile import check_aims
from sovplan.records.calendar import calendar_of
from sovplan.records.checks import needs_findings
from sovplan.records.draft import Draft, Plan, Valuation
from sovplan.records.economy import Economy
from sovplan.records.findings import refuse
from sovplan.records.forms import aims_form, economy_form, read_aims_form, read_economy_form
from sovplan.records.wire import built, decoded, encoded, fields_of, float_of, plain

Axes: TypeAlias = Mapping[str, tuple[Sequence[str] | None, int | None]]
"""Names of the rows (None: no rows) and number of years (None: no years) of arrays, by field."""

K = TypeVar("K", Plan, Valuation)


def draft_form(draft: Draft) -> dict[str, Any]:
    """Return a draft as JSON can hold it."""
    _check_calendar(draft)
    economy, content = draft.economy, draft.labour_content
    values, horizon = _value_axes(economy, len(draft.years)), len(draft.years)
    return {
        "economy": economy_form(economy),
        "aims": aims_form(draft.aims),
        "plan": draft.plan and _labelled(draft.plan, _plan_axes(economy, horizon)),
        "shadow": draft.shadow and _labelled(draft.shadow, values),
        "hours": draft.hours and _labelled(draft.hours, values),
        "labour_content": None if content is None else _rows(content, economy.goods.names),
        "facts": draft.facts and {key: _fact(value) for key, value in draft.facts.items()},
        **{name: encoded(getattr(draft, name)) for name in _SIMPLE},
    }


def _check_calendar(draft: Draft) -> None:
    """Refuse a draft whose calendar does not follow from its economy and aims: it would be lost."""
    laid_out = calendar_of(draft.economy, draft.aims)
    for field in fields(laid_out):
        if not np.array_equal(getattr(laid_out, field.name), getattr(draft.calendar, field.name)):
            raise DataError(say("papers.wire.calendar", method=draft.method, field=field.name))


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


def read_draft_form(value: object, where: str) -> Draft:
    """Return the draft that `draft_form` wrote."""
    others = {"economy", "aims", "plan", "shadow", "hours", "labour_content", "facts"}
    mapping = fields_of(value, where, {*_SIMPLE, *others})
    economy = read_economy_form(mapping["economy"], f"{where}.economy")
    aims = read_aims_form(mapping["aims"], f"{where}.aims")
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
    mapping = fields_of(value, where, {*axes, *units})
    arrays = {name: _array(mapping[name], f"{where}.{name}", *axis) for name, axis in axes.items()}
    return built(kind, {name: mapping[name] for name in units}, where, **arrays)


def _array(
    value: object, where: str, names: Sequence[str] | None, length: int | None
) -> np.ndarray:
    if names is None:
        return np.array(_numbers(value, where, length), dtype=np.float64)
    rows = fields_of(value, where, set(names))
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
    kind = _ARRAYS.get(plain(str, value["type"], where))
    cells = [
        cell if isinstance(cell, bool) else float_of(cell, where)
        for cell in plain(list, value["values"], where)
    ]
    fits = kind is np.float64 or all(map(math.isfinite, cells))
    if kind is None or not fits or min(shape, default=0) < 0 or math.prod(shape) != len(cells):
        raise DataError(say("papers.wire.array", where=where))
    array = np.array(cells, dtype=kind).reshape(shape)
    return array if shape else array.item()
