"""What several parts of the description of the model need: who reads what, links, tables."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Final

from tools.odd import source, values
from tools.odd.source import Function
from tools.odd.text import cell, prose
from tools.odd.values import Field, Value

from sovplan.foundation.numbers import figure
from sovplan.records.ranged import Ranged
from sovplan.regimes.parameters import parameter_table

HAND: Final = Path(__file__).resolve().parent


def by_hand(name: str) -> str:
    """Return a text that was written by hand."""
    return (HAND / f"{name}.md").read_text("utf-8").strip()


# ---- who reads what, who uses what ---------------------------------------------------------------


@cache
def of_the_year() -> tuple[Function, ...]:
    """Return all functions that a run reaches: the year, its first day, and what they use."""
    first = ("sovplan.society.opening", "sovplan.simulation")
    starts = [
        each
        for name in first
        for each in source.module(name).functions
        if each.node.name in {"given_economy", "opened", "first_day", "simulate_year"}
    ]
    out = {each.anchor: each for start in starts for each in (start, *source.reached(start))}
    return tuple(out.values())


@cache
def readers(value: str) -> Mapping[str, list[Function]]:
    """Return who reads each field of `institutions` or `parameters` in a run."""
    out: dict[str, list[Function]] = {}
    for each in of_the_year():
        if source.is_told(each.module) or each.module == "sovplan.simulation":
            for name in source.reads(each, value):
                out.setdefault(name, []).append(each)
    return out


@cache
def users() -> Mapping[str, list[Function]]:
    """Return who uses each function in a run, by the anchor of its section."""
    out: dict[str, list[Function]] = {}
    for each in of_the_year():
        if source.is_told(each.module) or each.module == "sovplan.simulation":
            for other in source.used(each):
                out.setdefault(other.anchor, []).append(each)
    return out


def link(each: Function) -> str:
    """Return the name of a function with a link to its section, or to its page."""
    elsewhere = source.page_of(each.module)
    if each.module == "sovplan.simulation":
        return f"[`{each.name}`](#3-process-overview-and-scheduling)"
    if each in source.shown_elsewhere() or source.is_told(each.module):
        return f"[`{each.name}`](#{each.anchor})"
    return f"[`{each.name}`]({elsewhere})" if elsewhere else f"`{each.name}`"


# ---- tables ---


def value(each: Value, table: object = None) -> Iterator[str]:
    """Yield the section of a value."""
    yield f"#### {each.name} {{ #{each.anchor} }}"
    yield ""
    yield prose(each.lead)
    yield ""
    rows = table() if callable(table) else _fields(each.fields())
    yield from rows
    yield ""


def _fields(fields: list[Field]) -> Iterator[str]:
    yield "| field | holds | meaning and unit |"
    yield "| --- | --- | --- |"
    merged: list[tuple[list[str], Field]] = []
    for each in fields:
        last = merged[-1][1] if merged else None
        if last is not None and (last.holds, last.meaning) == (each.holds, each.meaning):
            merged[-1][0].append(each.name)
        else:
            merged.append(([each.name], each))
    for names, each in merged:
        written = ", ".join(f"`{name}`" for name in names)
        yield f"| {written} | {_holding(each.holds)} | {cell(each.meaning)} |"


def _holding(text: str) -> str:
    """Return what a field holds, with links to values that are shown on this page."""
    known = [*values.closure(values.STATE), *values.closure(values.GIVEN)]
    names = {each.name: each.anchor for each in known}
    return re.sub(
        r"`(\w+)`", lambda met: f"[{met[0]}](#{names[met[1]]})" if met[1] in names else met[0], text
    )


def fields_of(name: str) -> list[Field]:
    """Return the fields of a value that is given."""
    return next(each for each in values.closure(values.GIVEN) if each.name == name).fields()


@cache
def _table() -> Mapping[str, Ranged]:
    return {each.name: each for each in parameter_table()}


def parameter(name: str) -> str:
    """Return the row of a parameter, without an end."""
    each = _table()[name]
    said = {field.name: field.meaning for field in fields_of("Parameters")}[name]
    return (
        f"| `{name}` | {figure(each.value)} | {figure(each.low)} to {figure(each.high)} | "
        f"{each.unit} | {each.provenance} | {cell(said)} |"
    )
