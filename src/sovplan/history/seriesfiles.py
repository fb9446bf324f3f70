"""Reads the historical series from a folder of tables and checks each row as it is read.

``series.csv`` lists the series, ``sources.csv`` the sources, ``units.csv`` the units that never
convert, ``matches.csv`` what can stand beside a run; all other tables hold figures.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from pathlib import Path
from typing import Final, final

from sovplan.foundation.units import Unit
from sovplan.foundation.words import say
from sovplan.history.figures import KINDS, STATUSES, Collection, Figure, Match, Series, Source
from sovplan.records.findings import Finding, nearest, refuse
from sovplan.records.folder import Table, number_or_nan
from sovplan.records.tables import read_table

FIGURES: Final = (
    "series", "year", "period", "value", "low", "high", "unit", "territory", "basis", "source",
    "page", "status", "note",
)  # fmt: skip
"""Columns of a table of figures."""

_LISTS: Final = {
    "series.csv": ("series", "group", "title", "unit", "note"),
    "sources.csv": ("key", "author", "year", "title", "kind", "opened"),
    "units.csv": ("unit", "meaning"),
    "matches.csv": ("economy", "kind", "name", "series", "factor", "others", "note"),
}
_KEYS: Final = {"series.csv": "series", "sources.csv": "key", "units.csv": "unit"}
_KINDS: Final = ("good", "measure")
_YEAR: Final = re.compile(r"[12]\d{3}")

Row = Mapping[str, str]
Wrong = Iterator[tuple[str, str]]
"""Columns of a row, each with what is wrong there."""


@final
@dataclass(frozen=True, slots=True)
class _Known:
    """What a row may name: units by series, keys of sources."""

    units: Mapping[str, str]
    sources: Sequence[str]


def read_collection(folder: Path) -> Collection:
    """Read and check all tables of a folder.

    Raises
    ------
    DataError
        A table is missing or cannot be read, or a row is wrong: an unknown series, unit, source or
        status, a year that is no year, a value that is no number or lies outside its range, two
        figures of a series for one time. The message shows the first and counts the others.
    """
    lists = {name: read_table(folder / name) for name in _LISTS}
    names = sorted(path.name for path in folder.glob("*.csv") if path.name not in _LISTS)
    tables = [read_table(folder / name) for name in names]
    wanted = [*((lists[name], _LISTS[name]) for name in _LISTS), *((t, FIGURES) for t in tables)]
    refuse(found for table, columns in wanted for found in _missing_columns(table, columns))
    refuse([*_wrong_lists(lists), *_wrong_tables(tables, _known(lists))])
    return _collection(lists, tables)


def _collection(lists: Mapping[str, Table], tables: Iterable[Table]) -> Collection:
    figures: dict[str, list[Figure]] = {}
    for table in tables:
        for row in _rows(table):
            figures.setdefault(row["series"], []).append(_figure(row))
    series = {
        row["series"]: Series(
            row["series"], row["title"], row["unit"], row["group"], row["note"],
            tuple(sorted(figures[row["series"]], key=lambda each: (each.year, each.period))),
        )
        for row in _rows(lists["series.csv"])
    }  # fmt: skip
    sources = {row["key"]: Source(**row) for row in _rows(lists["sources.csv"])}
    return Collection(series, sources, tuple(_match(row) for row in _rows(lists["matches.csv"])))


def _figure(row: Row) -> Figure:
    texts = ("series", "unit", "territory", "basis", "source", "page", "status", "note", "period")
    low, high = (float(row[end]) if row[end] else None for end in ("low", "high"))
    given = {name: row[name] for name in texts}
    return Figure(year=int(row["year"]), value=float(row["value"]), low=low, high=high, **given)


def _match(row: Row) -> Match:
    texts = {name: row[name] for name in ("economy", "kind", "name", "series", "note")}
    return Match(factor=float(row["factor"]), others=tuple(row["others"].split()), **texts)


# ---- what can be wrong -------------------------------------------------------------------------


def _known(lists: Mapping[str, Table]) -> _Known:
    listed = lists["series.csv"]
    units = dict(zip(listed.text("series"), listed.text("unit"), strict=True))
    return _Known(units, lists["sources.csv"].text("key"))


def _missing_columns(table: Table, wanted: Sequence[str]) -> Iterator[Finding]:
    missing = [column for column in wanted if column not in table.columns]
    if missing:
        text = say("series.file.columns", names=", ".join(missing))
        yield Finding("error", table.file, 1, "", text)


def _wrong_lists(lists: Mapping[str, Table]) -> Iterator[Finding]:
    for name, column in _KEYS.items():
        yield from _twice(lists[name], column)
    opaque = frozenset(lists["units.csv"].text("unit"))
    for row, unit in enumerate(lists["series.csv"].text("unit")):
        if unit not in opaque and not (unit and Unit.parse(unit).known):
            text = say("series.file.unit", unit=unit)
            yield _finding(lists["series.csv"], row, "unit", text)
    for row, kind in enumerate(lists["sources.csv"].text("kind")):
        if kind not in KINDS:
            text = say("series.file.not_one_of", found=kind, known=", ".join(KINDS))
            yield _finding(lists["sources.csv"], row, "kind", text)
    known = _known(lists)
    for number, match in enumerate(_rows(lists["matches.csv"])):
        for column, text in _wrong_match(match, known):
            yield _finding(lists["matches.csv"], number, column, text)


def _twice(table: Table, column: str) -> Iterator[Finding]:
    cells = table.text(column)
    for row, cell in enumerate(cells):
        if not cell or cell in cells[:row]:
            yield _finding(table, row, column, say("series.file.twice", name=cell))


def _wrong_tables(tables: Iterable[Table], known: _Known) -> Iterator[Finding]:
    seen: set[tuple[str, str, str]] = set()
    for table in tables:
        for number, row in enumerate(_rows(table)):
            for column, text in _wrong_figure(row, known):
                yield _finding(table, number, column, text)
            time = row["series"], row["year"], row["period"]
            if time in seen:
                words = {"name": row["series"], "time": row["period"] or row["year"]}
                yield _finding(table, number, "year", say("series.file.time", **words))
            seen.add(time)
    for name in sorted(set(known.units) - {name for name, _, _ in seen}):
        yield Finding("error", "series.csv", 0, "", say("series.file.no_figure", name=name))


def _wrong_figure(row: Row, known: _Known) -> Wrong:
    name, unit = row["series"], row["unit"]
    yield from _unknown_series("series", [name], known)
    if name in known.units and unit != known.units[name]:
        words = {"found": unit, "wanted": known.units[name], "name": name}
        yield "unit", say("series.file.other_unit", **words)
    if not _YEAR.fullmatch(row["year"]):
        yield "year", say("series.file.year", found=row["year"])
    if row["source"] not in known.sources:
        near = nearest(row["source"], known.sources)
        yield "source", say("series.file.source", name=row["source"], nearest=near)
    if row["status"] not in STATUSES:
        words = {"found": row["status"], "known": ", ".join(STATUSES)}
        yield "status", say("series.file.not_one_of", **words)
    yield from _wrong_amounts(row)


def _wrong_amounts(row: Row) -> Wrong:
    amounts = {column: number_or_nan(row[column]) for column in ("value", "low", "high")}
    for column, amount in amounts.items():
        if not isfinite(amount) and (row[column] or column == "value"):
            yield column, say("series.file.number", found=row[column])
    # A comparison with nan is false: what is blank or no number is not judged here.
    if amounts["low"] > amounts["value"] or amounts["high"] < amounts["value"]:
        yield "value", say("series.file.range", value=row["value"])


def _wrong_match(row: Row, known: _Known) -> Wrong:
    yield from _unknown_series("series", [row["series"]], known)
    yield from _unknown_series("others", row["others"].split(), known)
    if row["kind"] not in _KINDS:
        words = {"found": row["kind"], "known": ", ".join(_KINDS)}
        yield "kind", say("series.file.not_one_of", **words)
    if not 0 < number_or_nan(row["factor"]) < float("inf"):
        yield "factor", say("series.file.factor", found=row["factor"])


def _unknown_series(column: str, names: Iterable[str], known: _Known) -> Wrong:
    for name in names:
        if name not in known.units:
            near = nearest(name, list(known.units))
            yield column, say("series.file.series", name=name, nearest=near)


def _finding(table: Table, row: int, column: str, text: str) -> Finding:
    return Finding("error", table.file, table.line(row), column, text)


def _rows(table: Table) -> Iterator[dict[str, str]]:
    """Yield the rows as texts by column, without columns that nobody reads."""
    wanted = _LISTS.get(table.name, FIGURES)
    columns = [table.text(column) for column in wanted]
    for cells in zip(*columns, strict=True):
        yield dict(zip(wanted, cells, strict=True))
