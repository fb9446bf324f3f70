"""The parameters of the rules with ranges and sources, as parameters.toml states them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Final, final

from sovplan.foundation.chance import uniform
from sovplan.foundation.errors import DataError
from sovplan.foundation.words import say
from sovplan.records.findings import nearest
from sovplan.records.parameters import NAMES, Parameters, unfit
from sovplan.records.tables import read_toml
from sovplan.regimes.article import PROVENANCES, Provenance, between
from sovplan.regimes.catalogue import FOLDER

_FILE: Final = FOLDER / "parameters.toml"


@final
@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter as it is written down.

    Parameters
    ----------
    name
        Its field of `Parameters`.
    rule
        Number of the rule that reads it.
    value, low, high
        What it is set to, and the range within which it may well lie.
    unit
        Unit of the three; "-" for a pure number.
    provenance
        `measured`, `calibrated` or `assumed`.
    source
        Where that is said, or what it was chosen after.
    note
        Remarks.
    """

    name: str
    rule: str
    value: float
    low: float
    high: float
    unit: str
    provenance: Provenance
    source: str
    note: str = ""


_NUMBERS: Final = ("value", "low", "high")
_TEXTS: Final = ("rule", "unit", "provenance", "source")
_FIELDS: Final = tuple(field.name for field in fields(Parameter) if field.name != "name")


def parameter_table(path: Path | None = None) -> tuple[Parameter, ...]:
    """Read the parameters with their ranges and sources.

    Parameters
    ----------
    path
        A file in the form of parameters.toml; None for the one of the package.

    Returns
    -------
    tuple of Parameter
        In the order of the fields of `Parameters`.

    Raises
    ------
    DataError
        A parameter or field is missing, unknown or does not fit; the message names them.
    """
    file = _FILE if path is None else path
    written = read_toml(file)
    for parameter, field, text in _faults(written):
        spoken = {"parameter": parameter, "field": field, "text": text}
        raise DataError(say("regimes.parameter.file", file=file.name, **spoken))
    return tuple(_parameter(name, written[name]) for name in NAMES)


def read_parameters(path: Path | None = None) -> Parameters:
    """Read the values of the parameters.

    Parameters and errors are those of `parameter_table`.

    Examples
    --------
    >>> read_parameters().ineq_max
    7.24
    """
    return Parameters(**{each.name: each.value for each in parameter_table(path)})


def drawn_parameters(seed: int, path: Path | None = None) -> Parameters:
    """Return parameters drawn evenly from their ranges, each from a stream of its own.

    Parameters
    ----------
    seed
        Root of the luck, 0 to 2^64 - 1.
    path
        As in `parameter_table`.
    """
    drawn = {
        each.name: between(
            each.low, each.high, float(uniform(seed, f"parameter.{each.name}", 0, 1)[0])
        )
        for each in parameter_table(path)
    }
    return Parameters(**drawn)


def _parameter(name: str, table: Mapping[str, Any]) -> Parameter:
    return Parameter(name, **{**table, **{field: float(table[field]) for field in _NUMBERS}})


def _faults(written: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Yield parameter, field and text of everything that is wrong."""
    for name in written:
        if name not in NAMES:
            yield name, "name", say("regimes.parameter.unknown", nearest=nearest(name, NAMES))
    for name in NAMES:
        table = written.get(name)
        if not isinstance(table, Mapping):
            yield name, "name", say("regimes.parameter.missing", name=name)
            continue
        strangers = [field for field in table if field not in _FIELDS]
        lacking = [field for field in (*_NUMBERS, *_TEXTS) if field not in table]
        for field in strangers:
            near = nearest(field, _FIELDS)
            yield name, field, say("regimes.file.unknown_field", nearest=near)
        for field in lacking:
            yield name, field, say("regimes.file.no_field", field=field)
        if not strangers and not lacking:
            yield from ((name, field, text) for field, text in _cell_faults(name, table))


def _cell_faults(name: str, table: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for field in (*_TEXTS, "note"):
        found = table.get(field, "none")
        if not isinstance(found, str):
            yield field, say("regimes.article.not_text", found=found)
        elif not found.strip() and field != "note":
            yield field, say("regimes.parameter.blank")
    if table["provenance"] not in PROVENANCES:
        near = nearest(str(table["provenance"]), PROVENANCES)
        spoken = {"found": table["provenance"], "nearest": near}
        yield "provenance", say("regimes.article.provenance", **spoken)
    wrong = {field: text for field in _NUMBERS if (text := unfit(name, table[field]))}
    yield from wrong.items()
    if not wrong and not table["low"] <= table["value"] <= table["high"]:
        numbers = {field: f"{table[field]:g}" for field in _NUMBERS}
        yield "value", say("regimes.article.outside", **numbers)
