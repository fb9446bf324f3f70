"""Inputs of the model of the whole country to 1940, as they are written down.

Seven sectors and their coefficients, the state at the start of 1917 or of 1921, and *paths*:
numbers that nature, custom, war or policy sets, each with the year from which it holds. Weather,
war and customs stand here; institutions are put in force by a regime (`NationInputs.under`), in the
same form, so that a rule cannot tell a decision from a drought.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final, TypeAlias, final

import numpy as np

from sovplan.foundation.errors import DataError
from sovplan.foundation.words import say
from sovplan.history import forced
from sovplan.history.forced import forced_states
from sovplan.records.findings import nearest
from sovplan.records.folder import Table
from sovplan.records.tables import read_table

SECTORS: Final = ("crops", "animals", "heavy", "machines", "building", "light", "services")
FIRST_YEARS: Final = (1917, 1921)
"""Years at whose start the state of the country is written down."""

AFTER_WAR: Final = 1921
"""The year from which the trial of the model ran; what a run begins with unless asked otherwise."""

LAST_YEAR: Final = 1940
"""Last year of the model; paths reach one year further on both sides."""

FORCED: Final = "coordination_given"
"""The path that is made of the forced states of `history.forced`."""

STATES: Final = ("participation", "appointed_share", "administrators", "repression")
"""Forced states that are paths in every year, each with the value of the year."""

INSTITUTION: Final = "institution"
"""Kind of the paths that somebody decided."""

Steps: TypeAlias = Sequence[tuple[int, int, float]]
"""Year and quarter (0 for all) from which a value holds, and the value."""

FOLDER: Final = forced.FOLDER
QUARTERS: Final = (1, 2, 3, 4)


@final
@dataclass(frozen=True, slots=True)
class PathNote:
    """What is said of one path.

    Parameters
    ----------
    name
        Name by which rules read it.
    kind
        `institution`: somebody decided it; `nature`; `event`: war, disease and flight, given;
        `forced`: a state that history forces on the run; `custom`: none of these.
    unit
        Unit of its values.
    calendar
        `year`: the value of the calendar year; `harvest`: of the year from July to June.
    low, high
        Range within which a value may well lie.
    provenance, source
        `measured`, `calibrated` or `assumed`, and after what.
    meaning
        What it is.
    """

    name: str
    kind: str
    unit: str
    calendar: str
    low: float
    high: float
    provenance: str
    source: str
    meaning: str


@final
@dataclass(frozen=True, slots=True)
class Begin:
    """One number of the state at the start.

    Parameters
    ----------
    value
        None where a parameter or a forced state gives it; `source` names it.
    unit, provenance, source
        As in `PathNote`.
    low, high
        Range within which it may well lie, where it is written down.
    """

    value: float | None
    unit: str
    provenance: str
    source: str
    low: float | None = None
    high: float | None = None


@final
@dataclass(frozen=True, slots=True)
class NationInputs:
    """All that is given to the model of the country but parameters.

    Parameters
    ----------
    years
        Years of the model.
    start
        State at the start of the first year by column.
    sectors
        Numbers of the seven sectors by column, in the order of `SECTORS`.
    coefficients
        Roubles of the good of the row for a rouble of output of the column, 1928, 7 x 7.
    about
        What is said of each path.
    values
        Values of the paths: name, then (year, quarter), from the year before the first to that
        after the last. Those of institutions are there once they have been put in force.
    """

    years: range
    start: Mapping[str, Begin]
    sectors: Mapping[str, tuple[float, ...]]
    coefficients: tuple[tuple[float, ...], ...]
    about: Mapping[str, PathNote]
    values: Mapping[str, Mapping[tuple[int, int], float]]

    @property
    def institutions(self) -> tuple[str, ...]:
        """Names of the institutions that rules of the country read."""
        return tuple(name for name, note in self.about.items() if note.kind == INSTITUTION)

    def under(self, steps: Mapping[str, Steps]) -> "NationInputs":
        """Return the inputs with institutions put in force.

        Parameters
        ----------
        steps
            When which value of each institution begins to hold.

        Raises
        ------
        DataError
            An institution is unknown, is missing, or has no value by the first year.
        """
        known = self.institutions
        for name in steps:
            if name not in known:
                near = nearest(name, list(known))
                raise DataError(say("country.path.unknown", name=name, nearest=near))
        missing = [name for name in known if name not in steps]
        if missing:
            raise DataError(say("country.path.missing", names=", ".join(missing)))
        found = {name: _filled(name, each, self.years) for name, each in steps.items()}
        return replace(self, values=MappingProxyType({**self.values, **found}))

    def at(self, year: int, quarter: int) -> dict[str, float]:
        """Return the value of every path in a quarter, and of the next one for pressure."""
        # A harvest year begins in July: until then what was decided the summer before holds.
        begun = {"year": (year, quarter), "harvest": (year - (quarter <= 2), quarter)}
        found = {name: self.values[name][begun[each.calendar]] for name, each in self.about.items()}
        after = (year, quarter + 1) if quarter < len(QUARTERS) else (year + 1, 1)
        found["coll_pressure_announced"] = self.values["coll_pressure"][after]
        return found

    def changed(self, name: str, change: Callable[[int, float], float]) -> "NationInputs":
        """Return the inputs with one path changed: year and value in, value out.

        Raises
        ------
        DataError
            There is no such path.
        """
        if name not in self.values:
            near = nearest(name, list(self.values))
            raise DataError(say("country.path.unknown", name=name, nearest=near))
        moved = {time: change(time[0], value) for time, value in self.values[name].items()}
        return replace(self, values=MappingProxyType({**self.values, name: moved}))


@cache
def nation_inputs(first_year: int = AFTER_WAR) -> NationInputs:
    """Return the inputs that come with the package, without institutions.

    Parameters
    ----------
    first_year
        One of `FIRST_YEARS`.
    """
    return read_nation(FOLDER, first_year)


def read_nation(folder: Path, first_year: int = AFTER_WAR) -> NationInputs:
    """Read and check the inputs of a folder.

    Before 1921 the state and the paths of the years up to it stand in files of their own, and the
    forced states of coordination are a path too.

    Raises
    ------
    DataError
        A table cannot be read, a number is none, a sector or path is missing or unknown, or a path
        begins after the first year.
    """
    years = range(first_year, LAST_YEAR + 1)
    early = "" if first_year == AFTER_WAR else f"_{first_year}"
    listed = read_table(folder / "path_list.csv")
    about = {row["path"]: _about(row) for row in _rows(listed)}
    sectors = read_table(folder / "sectors.csv")
    matrix = read_table(folder / "coefficients.csv")
    for table, column in ((sectors, "sector"), (matrix, "good")):
        if table.text(column) != SECTORS:
            raise DataError(say("country.sectors", file=table.file, names=", ".join(SECTORS)))
    start = read_table(folder / f"start{early}.csv")
    return NationInputs(
        years=years,
        start={row["column"]: _begin(row) for row in _rows(start)},
        sectors={name: _row(sectors, name) for name in sectors.columns if name != "sector"},
        coefficients=tuple(zip(*(_row(matrix, name) for name in SECTORS), strict=True)),
        about=MappingProxyType(about),
        values=MappingProxyType(_paths(folder, early, about, years)),
    )


@final
@dataclass(frozen=True, slots=True)
class PathRow:
    """One value of a path of the years before 1921.

    Parameters
    ----------
    path, year, quarter, value
        From when it holds; quarter 0 for all four.
    low, high
        Range within which it may well lie.
    provenance, source
        As in `PathNote`.
    """

    path: str
    year: int
    quarter: int
    value: float
    low: float
    high: float
    provenance: str
    source: str


@cache
def early_rows(first_year: int = FIRST_YEARS[0]) -> tuple[PathRow, ...]:
    """Return what is given of the years before 1921 but institutions, each with its range."""
    return tuple(
        PathRow(row["path"], int(row["from"]), int(row["quarter"] or 0), float(row["value"]),
                float(row["low"]), float(row["high"]), row["provenance"], row["source"])
        for row in _rows(read_table(FOLDER / f"paths_{first_year}.csv"))
    )  # fmt: skip


def _rows(table: Table) -> Iterator[dict[str, str]]:
    columns = {name: table.text(name) for name in table.columns}
    for number in range(len(table)):
        yield {name: cells[number] for name, cells in columns.items()}


def _row(table: Table, name: str) -> tuple[float, ...]:
    numbers = table.numbers(name)
    if not np.isfinite(numbers).all():
        raise DataError(say("country.number", file=table.file, column=name))
    return tuple(map(float, numbers))


def _about(row: Mapping[str, str]) -> PathNote:
    texts = {name: row[name] for name in ("kind", "unit", "calendar", "provenance", "source")}
    low, high = (float(row[end]) if row[end] else np.nan for end in ("low", "high"))
    return PathNote(name=row["path"], low=low, high=high, meaning=row["meaning"], **texts)


def _begin(row: Mapping[str, str]) -> Begin:
    value, low, high = (
        float(row[name]) if row.get(name) else None for name in ("value", "low", "high")
    )
    return Begin(value, row["unit"], row["provenance"], row["source"], low, high)


def _paths(
    folder: Path, early: str, about: Mapping[str, PathNote], years: range
) -> dict[str, Mapping[tuple[int, int], float]]:
    steps: dict[str, list[tuple[int, int, float]]] = {
        name: [] for name, note in about.items() if note.kind != INSTITUTION
    }
    for end in dict.fromkeys((early, "")):
        for row in _rows(read_table(folder / f"paths{end}.csv")):
            if row["path"] not in steps:
                near = nearest(row["path"], list(steps))
                raise DataError(say("country.path.unknown", name=row["path"], nearest=near))
            step = int(row["from"]), int(row["quarter"] or 0), float(row["value"])
            steps[row["path"]].append(step)
    for name in STATES:
        steps[name] += [(year, 0, each.value) for year, each in forced_states()[name].items()]
    if early:
        steps[FORCED] += forced.coordination_steps(range(years.start, AFTER_WAR))
    return {name: _filled(name, found, years) for name, found in steps.items()}


def _filled(name: str, steps: Steps, years: range) -> Mapping[tuple[int, int], float]:
    """Return the value of every quarter: that of the last row before it that speaks of it."""
    filled = {}
    told = {
        quarter: {step[:2]: step[2] for step in reversed(steps) if step[1] in (0, quarter)}
        for quarter in QUARTERS
    }
    times = {quarter: sorted(found) for quarter, found in told.items()}
    for year in range(years.start - 1, years.stop + 1):
        for quarter in QUARTERS:
            spoken = bisect_right(times[quarter], (year, quarter))
            # Before the first year only paths of a harvest year are read.
            if not spoken and year >= years.start:
                raise DataError(say("country.path.late", name=name, year=years.start))
            if spoken:
                filled[year, quarter] = told[quarter][times[quarter][spoken - 1]]
    return MappingProxyType(filled)
