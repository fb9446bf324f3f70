"""The folder of a run, read back: what two runs can be compared by."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeAlias, final

from sovplan.foundation.errors import DataError
from sovplan.foundation.words import say
from sovplan.records.folder import Table
from sovplan.records.run import Event
from sovplan.records.store import check_written, manifest_of
from sovplan.records.tables import read_table, read_toml

KIND: Final = "run"
"""What the manifest calls a run: the command that writes it."""
COUNTRY: Final = "country"
"""What the manifest calls a run of the whole country."""
SCENARIO: Final = "scenario.toml"
SERIES: Final = "series.parquet"
EVENTS: Final = "events.parquet"
GIVEN: Final = "given.toml"
"""What a run of the country was given: parameters, paths, institutions."""

_COLUMNS: Final = {
    SERIES: ("regime", "seed", "year", "series", "value", "unit", "kind"),
    EVENTS: ("regime", "year", "rule", "text"),
}
_GIVEN: Final = ("name", "economy", "economy_digest", "seed", "years", "regimes", "institutions")

Place: TypeAlias = tuple[str, str, str]
"""Regime, series and kind: what a number by year is found by."""


@final
@dataclass(frozen=True, slots=True, eq=False)
class KeptRun:
    """What the folder of a run says.

    Parameters
    ----------
    name
        What the run is called among others: the name of its folder.
    given
        What stands in scenario.toml.
    versions
        Versions of the program and of the solver, by name.
    values
        Numbers by calendar year, by regime, series and kind.
    units
        Their units.
    events
        In the order of the file.
    kind
        `KIND`, or `COUNTRY` for a run of the whole country.
    """

    name: str
    given: Mapping[str, Any]
    versions: Mapping[str, str]
    values: Mapping[Place, Mapping[int, float]]
    units: Mapping[Place, str]
    events: tuple[Event, ...]
    kind: str = KIND

    @property
    def regimes(self) -> tuple[str, ...]:
        """Names of the regimes, in the order in which they were run."""
        return tuple(self.given["regimes"])

    @property
    def years(self) -> tuple[int, ...]:
        """Calendar years of the run."""
        by_year = next(iter(self.given["institutions"].values()))
        return tuple(sorted(int(year) for year in by_year))

    def institutions(self, regime: str) -> Mapping[int, Mapping[str, Any]]:
        """Return the values in force under a regime, by calendar year and name."""
        by_year = self.given["institutions"][regime]
        return {int(year): values for year, values in by_year.items()}


def read_run(folder: Path) -> KeptRun:
    """Return what the folder of a run says.

    Parameters
    ----------
    folder
        A folder that ``sovplan run --out`` wrote.

    Raises
    ------
    DataError
        It is no such folder, or a file of it is missing, was changed since, or is of a version that
        this program does not read.
    """
    if manifest_of(folder).get("kind") == COUNTRY:
        return _read_country(folder)
    check_written(folder, KIND, (SCENARIO, SERIES, EVENTS))
    given = read_toml(folder / SCENARIO)
    for key in _GIVEN:
        if key not in given:
            raise DataError(say("records.run.version", file=folder / SCENARIO, name=key))
    return _kept(folder, given, KIND)


def _read_country(folder: Path) -> KeptRun:
    """Return what the folder of a run of the country says, its institutions by year."""
    check_written(folder, COUNTRY, (SCENARIO, GIVEN, SERIES, EVENTS))
    scenario, given = read_toml(folder / SCENARIO), read_toml(folder / GIVEN)
    for file, found, keys in (
        (SCENARIO, scenario, _COUNTRY_SCENARIO),
        (GIVEN, given, _COUNTRY_GIVEN),
    ):
        for key in keys:
            if key not in found:
                raise DataError(say("records.run.version", file=folder / file, name=key))
    first = int(scenario["first_year"])
    years = range(first, first + int(scenario["years"]))
    told = {key: scenario.get(key) for key in _TOLD}
    told |= {
        "off": given.get("off", []),
        "parameters": given["parameters"],
        "paths": {name: _short(steps) for name, steps in given["paths"].items()},
        "institutions": {
            regime: {str(year): _in_year(steps, year) for year in years}
            for regime, steps in given["institutions"].items()
        },
    }
    return _kept(folder, told, COUNTRY)


_TOLD: Final = ("name", "seed", "years", "regimes", "people", "households")
_COUNTRY_SCENARIO: Final = ("name", "first_year", "years", "regimes")
_COUNTRY_GIVEN: Final = ("parameters", "paths", "institutions")
_DIGITS: Final = 12


def _short(steps: Sequence[Sequence[int | float]]) -> str:
    """Return the beginning of the digest of the values of a path."""
    return hashlib.sha256(repr([list(step) for step in steps]).encode()).hexdigest()[:_DIGITS]


def _in_year(institutions: Mapping[str, Any], year: int) -> dict[str, Any]:
    """Return the values of a year: one, or those of the quarters where they differ."""
    found: dict[str, Any] = {}
    for name, steps in institutions.items():
        quarters = []
        for quarter in (1, 2, 3, 4):
            held = [step for step in steps if step[0] <= year and step[1] in (0, quarter)]
            if held:
                quarters.append(max(held, key=lambda step: (step[0], step[1]))[2])
        found[name] = quarters[0] if len(set(quarters)) == 1 else quarters
    return found


def _kept(folder: Path, given: Mapping[str, Any], kind: str) -> KeptRun:
    manifest = manifest_of(folder)
    versions = {"sovplan": manifest.get("sovplan", ""), **_solver(manifest.get("solver", {}))}
    values: dict[Place, dict[int, float]] = {}
    units: dict[Place, str] = {}
    table = _table(folder, SERIES)
    places = zip(table.text("regime"), table.text("series"), table.text("kind"), strict=True)
    columns = (table.numbers("year"), table.numbers("value"), table.text("unit"))
    for place, year, value, unit in zip(places, *columns, strict=True):
        values.setdefault(place, {})[int(year)] = float(value)
        units[place] = unit
    name = folder.resolve().name
    return KeptRun(name, given, versions, values, units, _events(folder), kind)


def _solver(found: Mapping[str, str]) -> dict[str, str]:
    return {found["name"]: found["version"]} if {"name", "version"} <= set(found) else {}


def _table(folder: Path, name: str) -> Table:
    table = read_table(folder / name)
    for column in _COLUMNS[name]:
        if column not in table.columns:
            raise DataError(say("records.run.version", file=folder / name, name=column))
    return table


def _events(folder: Path) -> tuple[Event, ...]:
    table = _table(folder, EVENTS)
    columns = (table.text("regime"), table.numbers("year"), table.text("rule"), table.text("text"))
    return tuple(
        Event(regime, int(year), rule, text)
        for regime, year, rule, text in zip(*columns, strict=True)
    )
