"""What an earlier run left in its scenario.toml beside the scenario, to run the same again."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final, final

from sovplan.foundation.errors import DataError
from sovplan.foundation.words import say
from sovplan.records.findings import ended, nearest
from sovplan.records.parameters import NAMES, Parameters, unfit
from sovplan.records.tables import read_toml
from sovplan.regimes.parameters import read_parameters
from sovplan.regimes.scenarios import RUN_KEYS, scenario_path

REGIMES: Final = "regimes"
"""Folder beside scenario.toml in which a run keeps its regimes, one file each."""

_LEAST: Final = {"seed": 0, "voters": 1}


@final
@dataclass(frozen=True, slots=True)
class Earlier:
    """What a scenario file says of an earlier run; blank where it says nothing.

    Parameters
    ----------
    file
        The file it was read from.
    seed, voters
        Root of the luck, and number of people whose votes were drawn.
    economy_digest
        Digest of the economy as that run read it.
    parameters
        Values of parameters, by name.
    institutions
        Values in force by regime, year (as text) and name, as TOML holds them.
    """

    file: Path
    seed: int | None = None
    voters: int | None = None
    economy_digest: str = ""
    parameters: Mapping[str, float] = field(default_factory=dict)
    institutions: Mapping[str, Mapping[str, Mapping[str, Any]]] = field(default_factory=dict)

    def regime(self, name: str) -> str:
        """Return the file of a regime that the run kept, or the name where it kept none."""
        kept = self.file.parent / REGIMES / f"{name}.toml"
        return str(kept) if name in self.institutions and kept.is_file() else name

    def in_force(self) -> Parameters:
        """Return the parameters of the package with those of the file in their place."""
        return replace(read_parameters(), **self.parameters)


def read_earlier(name_or_path: str | Path) -> Earlier:
    """Return what a scenario file says of an earlier run.

    Parameters
    ----------
    name_or_path
        As in `sovplan.regimes.scenarios.read_scenario`.

    Raises
    ------
    DataError
        A key of a run is not as it must be; names file and field.
    """
    path = scenario_path(name_or_path)
    written = read_toml(path)
    wrong = next(_wrong(written), None)
    if wrong is not None:
        raise DataError(say("scenarios.wrong", file=path.name, what=ended(wrong)))
    given = {key: written[key] for key in RUN_KEYS if key in written}
    if "parameters" in given:
        given["parameters"] = {name: float(size) for name, size in given["parameters"].items()}
    return Earlier(path, **given)


def _wrong(written: Mapping[str, Any]) -> Iterator[str]:
    """Yield what is wrong, the first thing first."""
    for key, least in _LEAST.items():
        found = written.get(key, least)
        if isinstance(found, bool) or not isinstance(found, int) or found < least:
            yield say("scenarios.least", field=key, found=found, least=least)
    if not isinstance(written.get("economy_digest", ""), str):
        yield say("scenarios.text", field="economy_digest")
    yield from _parameters(written.get("parameters", {}))
    institutions = written.get("institutions", {})
    if not _is_table(institutions, depth=3) or not all(
        year.isdecimal() for by_year in institutions.values() for year in by_year
    ):
        yield say("scenarios.institutions")


def _parameters(found: object) -> Iterator[str]:
    if not isinstance(found, Mapping):
        yield say("scenarios.parameters")
        return
    for name, size in found.items():
        if name not in NAMES:
            near = nearest(name, NAMES)
            yield say("scenarios.key", field=f"parameters.{name}", nearest=near)
        elif text := unfit(name, size):
            yield say("scenarios.parameter", name=name, text=text)


def _is_table(found: object, depth: int) -> bool:
    """Tell whether something is tables within tables, as many as `depth`."""
    if depth == 0:
        return True
    return isinstance(found, Mapping) and all(_is_table(part, depth - 1) for part in found.values())
