"""The numbers of the rules of persons with their ranges and sources, as the files beside say."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, final

from sovplan.foundation.errors import DataError
from sovplan.foundation.words import say
from sovplan.records.parameters import Parameters
from sovplan.records.tables import read_toml

FOLDER: Final = Path(__file__).parent
PARAMETERS: Final = FOLDER / "parameters.toml"
TRIAL_YEAR: Final = FOLDER / "trial_year.toml"
START: Final = FOLDER / "start.toml"
PROVENANCES: Final = ("measured", "calibrated", "assumed")


@final
@dataclass(frozen=True, slots=True)
class Number:
    """A number as it is written down.

    Parameters
    ----------
    name
        Its name in the rules.
    rule
        Number of the rule that reads it.
    value, low, high
        What it is set to, and the range within which it may well lie.
    unit
        Unit of the three.
    provenance
        `measured`, `calibrated` or `assumed`.
    source
        Where that is said, or what it was chosen after.
    """

    name: str
    rule: str
    value: float
    low: float
    high: float
    unit: str
    provenance: str
    source: str


_FIELDS: Final = tuple(field.name for field in fields(Number) if field.name != "name")


def numbers(path: Path = PARAMETERS) -> tuple[Number, ...]:
    """Read a file of numbers.

    Raises
    ------
    DataError
        A number lacks a field, has one that is not known, or lies outside its range.
    """
    found = []
    for name, written in read_toml(path).items():
        wrong = _fault(written)
        if wrong:
            raise DataError(say("society.number", file=path.name, name=name, text=wrong))
        bounds = {field: float(written[field]) for field in ("value", "low", "high")}
        found.append(Number(name, **{**written, **bounds}))
    return tuple(found)


def values(path: Path = PARAMETERS) -> Mapping[str, float]:
    """Return the values of a file of numbers by name."""
    return MappingProxyType({number.name: float(number.value) for number in numbers(path)})


def trial_values(shared: Parameters, **changed: float) -> Mapping[str, float]:
    """Return all that the rules of persons read, for a trial near 1925.

    Parameters
    ----------
    shared
        Parameters that the rules share with the regimes, those of rule R04.
    **changed
        Institutions or parameters that are to be other than in the files.

    Raises
    ------
    DataError
        A name is not known.
    """
    common = {field.name: float(getattr(shared, field.name)) for field in fields(shared)}
    given = {**common, **values(PARAMETERS), **values(TRIAL_YEAR)}
    for name in changed:
        if name not in given:
            raise DataError(say("society.unknown", name=name))
    return MappingProxyType({**given, **changed})


def _fault(written: Any) -> str:  # noqa: ANN401 - whatever the file holds
    if not isinstance(written, Mapping) or sorted(written) != sorted(_FIELDS):
        return say("society.fields", fields=", ".join(_FIELDS))
    if written["provenance"] not in PROVENANCES or not str(written["source"]).strip():
        return say("society.provenance", known=", ".join(PROVENANCES))
    if not written["low"] <= written["value"] <= written["high"]:
        return say("society.range")
    return ""
