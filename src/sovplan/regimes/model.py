"""The parameters of the rules of the model, as model.toml states them.

Beside `parameters.toml`, which holds what the simulated year reads, this is the whole list of the
specification, with the constants of its trial: only rules that are built read them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from functools import cache
from math import isfinite
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, final

from sovplan.foundation.errors import DataError
from sovplan.foundation.words import say
from sovplan.records.findings import nearest
from sovplan.records.tables import read_toml
from sovplan.regimes.article import PROVENANCES, Provenance
from sovplan.regimes.catalogue import FOLDER

_FILE: Final = FOLDER / "model.toml"


@final
@dataclass(frozen=True, slots=True)
class ModelParameter:
    """One parameter as it is written down.

    Parameters
    ----------
    name
        Name by which rules read it.
    rule
        Number of the rule that it belongs to; others may read it too.
    meaning
        What it is.
    value, low, high
        What it is set to, and the range within which it may well lie.
    unit
        Unit of the three; "-" for a pure number.
    provenance
        `measured`, `calibrated` or `assumed`.
    source
        Where that is said, or what it was chosen after.
    specified
        The default of the specification where the value keeps more digits.
    listed
        Whether the specification lists it; what it does not list was a bare number in its trial.
    note
        Remarks.
    """

    name: str
    rule: str
    meaning: str
    value: float
    low: float
    high: float
    unit: str
    provenance: Provenance
    source: str
    specified: float | None = None
    listed: bool = True
    note: str = ""


_NUMBERS: Final = ("value", "low", "high")
_TEXTS: Final = ("rule", "meaning", "unit", "source")
_FIELDS: Final = tuple(each.name for each in fields(ModelParameter) if each.name != "name")


def model_parameter_table(path: Path | None = None) -> tuple[ModelParameter, ...]:
    """Read all parameters with their ranges and sources.

    Parameters
    ----------
    path
        A file in the form of model.toml; None for the one of the package.

    Raises
    ------
    DataError
        A field is missing, unknown or does not fit; the message names it.
    """
    return _of_package() if path is None else _read(path)


@cache
def _of_package() -> tuple[ModelParameter, ...]:
    return _read(_FILE)


def _read(path: Path) -> tuple[ModelParameter, ...]:
    written = read_toml(path)
    for name, table in written.items():
        for text in _faults(table):
            raise DataError(say("country.parameter", file=path.name, name=name, text=text))
    return tuple(ModelParameter(name, **table) for name, table in written.items())


@cache
def model_parameters() -> Mapping[str, float]:
    """Return the values of all parameters by name.

    Examples
    --------
    >>> model_parameters()["sigma"]
    0.93
    """
    return MappingProxyType({each.name: each.value for each in model_parameter_table()})


def changed_parameters(changes: Mapping[str, float]) -> Mapping[str, float]:
    """Return the values of all parameters with some put in place of those of the package.

    Parameters
    ----------
    changes
        Values by name; they may lie outside the ranges of the package.

    Raises
    ------
    DataError
        There is no parameter of a name.
    """
    known = model_parameters()
    for name in changes:
        if name not in known:
            near = nearest(name, list(known))
            text = say("regimes.parameter.unknown", nearest=near)
            raise DataError(say("regimes.parameter.wrong", name=name, text=text))
    return MappingProxyType({**known, **changes})


def _faults(table: Mapping[str, Any]) -> Iterator[str]:
    for field in table:
        if field not in _FIELDS:
            yield say("regimes.file.unknown_field", nearest=nearest(field, _FIELDS))
    for field in (*_NUMBERS, *_TEXTS, "provenance"):
        if field not in table:
            yield say("regimes.file.no_field", field=field)
            return
    yield from _cell_faults(table)


def _cell_faults(table: Mapping[str, Any]) -> Iterator[str]:
    if not all(str(table[field]).strip() for field in _TEXTS):
        yield say("regimes.parameter.blank")
    if table["provenance"] not in PROVENANCES:
        near = nearest(str(table["provenance"]), PROVENANCES)
        yield say("regimes.article.provenance", found=table["provenance"], nearest=near)
    numbers = [table[field] for field in _NUMBERS]
    if not all(isinstance(number, float) and isfinite(number) for number in numbers):
        yield say("country.not_numbers")
    elif not table["low"] <= table["value"] <= table["high"]:
        shown = {field: f"{table[field]:g}" for field in _NUMBERS}
        yield say("regimes.article.outside", **shown)
