"""Numbers with range, unit, provenance and source, as tables of a file in TOML."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from math import isfinite
from pathlib import Path
from typing import Any, Final, Literal, TypeAlias, final, get_args

from sovplan.foundation.errors import DataError
from sovplan.foundation.words import say
from sovplan.records.findings import nearest
from sovplan.records.tables import read_toml

Provenance: TypeAlias = Literal["measured", "calibrated", "assumed"]
PROVENANCES: Final[tuple[str, ...]] = get_args(Provenance)
"""A source states the number; a fit found it; we chose it."""


@final
@dataclass(frozen=True, slots=True)
class Ranged:
    """A number as it is written down.

    Parameters
    ----------
    name
        Name by which rules read it.
    rule
        Number of the rule that it belongs to; others may read it too.
    value, low, high
        What it is set to, and the range within which it may well lie.
    unit
        Unit of the three; "-" for a pure number.
    provenance
        `measured`, `calibrated` or `assumed`.
    source
        Where that is said, or what it was chosen after.
    meaning
        What it is; "" where its rule says so.
    specified
        The default of the specification where the value keeps more digits.
    listed
        Whether the specification lists it.
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
    meaning: str = ""
    specified: float | None = None
    listed: bool = True
    note: str = ""


_NUMBERS: Final = ("value", "low", "high")
_TEXTS: Final = ("rule", "unit", "provenance", "source")
_FIELDS: Final = tuple(field.name for field in fields(Ranged) if field.name != "name")
_KINDS: Final = {"specified": float, "listed": bool}


def no_number(_: str, value: object) -> str:
    """Say what is wrong with a value that must be a finite number; '' when it is one."""
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if number and isfinite(float(str(value))):
        return ""
    return say("regimes.parameter.number", found=value)


def read_ranged(
    path: Path,
    names: Sequence[str] | None = None,
    *,
    needed: Sequence[str] = (),
    unfit: Callable[[str, object], str] = no_number,
) -> tuple[Ranged, ...]:
    """Read a file of numbers.

    Parameters
    ----------
    path
        The file: a table for each number.
    names
        The numbers that it must hold, in the order of the result; None for whatever it holds.
    needed
        Texts that each table needs beside rule, unit, provenance and source.
    unfit
        What is wrong with a value of a name; '' when it fits.

    Raises
    ------
    DataError
        A number or field is missing, unknown or does not fit; the message names file, number
        and field and says how to mend it.
    """
    written = read_toml(path)
    texts = (*_TEXTS, *needed)
    for name, field, text in _faults(written, names, texts, unfit):
        spoken = {"parameter": name, "field": field, "text": text}
        raise DataError(say("regimes.parameter.file", file=path.name, **spoken))
    return tuple(_number(name, written[name]) for name in names or written)


def _number(name: str, table: Mapping[str, Any]) -> Ranged:
    return Ranged(name, **{**table, **{field: float(table[field]) for field in _NUMBERS}})


def _faults(
    written: Mapping[str, Any],
    names: Sequence[str] | None,
    texts: Sequence[str],
    unfit: Callable[[str, object], str],
) -> Iterator[tuple[str, str, str]]:
    """Yield number, field and text of everything that is wrong."""
    known = tuple(written) if names is None else names
    for name in written:
        if name not in known:
            yield name, "name", say("regimes.parameter.unknown", nearest=nearest(name, known))
    for name in known:
        table = written.get(name)
        if not isinstance(table, Mapping):
            yield name, "name", say("regimes.parameter.missing", name=name)
            continue
        wrong = list(_field_faults(table, texts)) or list(_cell_faults(name, table, texts, unfit))
        yield from ((name, field, text) for field, text in wrong)


def _field_faults(table: Mapping[str, Any], texts: Sequence[str]) -> Iterator[tuple[str, str]]:
    for field in table:
        if field not in _FIELDS:
            yield field, say("regimes.file.unknown_field", nearest=nearest(field, _FIELDS))
    for field in (*_NUMBERS, *texts):
        if field not in table:
            yield field, say("regimes.file.no_field", field=field)


def _cell_faults(
    name: str,
    table: Mapping[str, Any],
    texts: Sequence[str],
    unfit: Callable[[str, object], str],
) -> Iterator[tuple[str, str]]:
    for field in (*texts, *(field for field in ("note", "meaning") if field in table)):
        found = table[field]
        if not isinstance(found, str):
            yield field, say("regimes.article.not_text", found=found)
        elif not found.strip() and field != "note":
            yield field, say("regimes.parameter.blank")
    if table["provenance"] not in PROVENANCES:
        near = nearest(str(table["provenance"]), PROVENANCES)
        spoken = {"found": table["provenance"], "nearest": near}
        yield "provenance", say("regimes.article.provenance", **spoken)
    for field, kind in _KINDS.items():
        if field in table and not isinstance(table[field], kind):
            yield field, say("regimes.parameter.kind", found=table[field], kind=kind.__name__)
    wrong = {field: text for field in _NUMBERS if (text := unfit(name, table[field]))}
    yield from wrong.items()
    if not wrong and not table["low"] <= table["value"] <= table["high"]:
        numbers = {field: f"{table[field]:g}" for field in _NUMBERS}
        yield "value", say("regimes.article.outside", **numbers)
