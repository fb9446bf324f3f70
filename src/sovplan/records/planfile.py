"""A draft read back from the folder that ``sovplan draft --out`` wrote."""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import Any, Final

import numpy as np

from sovplan.foundation.errors import DataError
from sovplan.foundation.shapes import Matrix
from sovplan.foundation.words import say
from sovplan.records.aims import Aims
from sovplan.records.calendar import calendar_of
from sovplan.records.draft import Draft, Plan, Valuation
from sovplan.records.economy import Economy
from sovplan.records.summary import Summary, summary_of
from sovplan.records.wire import decoded

_GOODS: Final = (
    "output",
    "lost",
    "used",
    "investment",
    "imports",
    "exports",
    "stock",
    "consumption",
    "public",
    "moved",
    "waste",
)


def draft_of(document: Mapping[str, Any], economy: Economy, aims: Aims, name: str) -> Draft:
    """Return the draft that a document of ``sovplan draft --json`` describes.

    All of the plan and of its two valuations is read; of the valuation in hours the cost of the
    terminal rule, and of the draft its facts, are not in the document.

    Parameters
    ----------
    document
        What stands in draft.json.
    economy, aims
        What the draft was drawn up from, as they stand beside it.
    name
        What to call the draft in messages.

    Raises
    ------
    DataError
        The document is not whole, or of another economy or other years.
    """
    summary = summary_of(document, name)
    calendar = calendar_of(economy, aims)
    if summary.economy != economy.name or summary.years != calendar.years:
        raise DataError(say("yearfiles.plan.other", name=name))
    plan = None
    if summary.status in {"optimal", "feasible"}:
        plan = _plan(summary, economy, document)
    content = _rows(summary, "goods", economy.goods.names, "labour_content")
    return Draft(
        economy=economy,
        aims=aims,
        calendar=calendar,
        method=summary.method,
        status=summary.status,
        objective=summary.objective,
        fulfilment=summary.fulfilment,
        plan=plan,
        shadow=None if plan is None else _valuation(summary, economy, "objective"),
        hours=None if plan is None else _valuation(summary, economy, "hours"),
        certificate=summary.certificate,
        labour_content=None if plan is None else content,
        bindings=summary.bindings,
        sentences=summary.explain,
    )


def _plan(summary: Summary, economy: Economy, document: Mapping[str, Any]) -> Plan:
    goods, plants = economy.goods.names, economy.plants.names
    skills, resources = economy.techniques.skills, economy.techniques.resources
    people = decoded(Mapping[str, tuple[float, ...]], document.get("people", {}), "people")
    capacity = _rows(summary, "plants", plants, "capacity")
    following = _rows(summary, "plants", plants, "capacity_next")
    series = {name: _rows(summary, "goods", goods, name) for name in _GOODS}
    found = Plan(
        activity=_rows(summary, "techniques", economy.techniques.names, "activity"),
        ordered=_rows(summary, "plants", plants, "ordered"),
        capacity=np.column_stack([capacity, following[:, -1:]]),
        **series,
        migrants=np.array(people.get("migrants", (0.0,) * len(summary.years)), dtype=np.float64),
        credit=_row(summary, "credit"),
        labour_used=_rows(summary, "labour", skills, "used"),
        labour_available=_rows(summary, "labour", skills, "available"),
        resources_used=_rows(summary, "resources", resources, "used"),
        resources_available=_rows(summary, "resources", resources, "available"),
        trade_balance=_row(summary, "balance"),
    )
    for field in fields(found):
        if not np.isfinite(getattr(found, field.name)).all():
            raise DataError(say("yearfiles.plan.gap", name=summary.name, field=field.name))
    return found


def _valuation(summary: Summary, economy: Economy, unit: str) -> Valuation | None:
    """Return one of the two valuations, or None where the document does not have it whole."""
    series = "hours" if unit == "hours" else "shadow_price"
    goods, techniques = economy.goods.names, economy.techniques
    terminal = np.zeros(len(goods))
    if unit == "objective":
        terminal = np.array([summary.terminal.get(good, 0.0) for good in goods], dtype=np.float64)
    found = Valuation(
        unit="hours" if unit == "hours" else "objective",
        goods=_rows(summary, "goods", goods, series),
        capacity=_rows(summary, "plants", economy.plants.names, series),
        labour=_rows(summary, "labour", techniques.skills, series),
        resources=_rows(summary, "resources", techniques.resources, series),
        foreign=_row(summary, series),
        terminal=terminal,
    )
    whole = (np.isfinite(getattr(found, field.name)).all() for field in fields(found)
             if field.name != "unit")  # fmt: skip
    return found if all(whole) else None


def _rows(summary: Summary, block: str, names: Sequence[str], series: str) -> Matrix:
    found = [summary.numbers(block, name, series) for name in names]
    return np.array(found, dtype=np.float64).reshape(len(names), len(summary.years))


def _row(summary: Summary, series: str) -> np.ndarray:
    found = summary.trade.get(series)
    return np.array(found or (np.nan,) * len(summary.years), dtype=np.float64)
