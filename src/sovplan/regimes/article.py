"""One value of one institution: since when, how sure, and where it is said."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from typing import Final, TypeAlias, final

import numpy as np

from sovplan.councils.catalogue import RULES
from sovplan.foundation.chance import uniform
from sovplan.foundation.errors import DataError
from sovplan.foundation.words import say
from sovplan.records.findings import nearest
from sovplan.records.institutions import CLASSES, IMPOSED, KINDS, InstitutionValue, unfit
from sovplan.records.ranged import PROVENANCES, Provenance

_RANGED: Final = frozenset({"number", "whole", "norms"})

FIRST_YEAR: Final = 1000
LAST_YEAR: Final = 9999

Bound: TypeAlias = float | int | Mapping[str, float]
"""End of a range: a number, or one for each class of people."""


@final
@dataclass(frozen=True, slots=True)
class Article:
    """A value of an institution, in force from a year on.

    Parameters
    ----------
    institution
        Name of the institution, one of the fields of `Institutions`.
    since
        First year in which it is in force, 1000 to 9999.
    value
        What the institution is set to.
    source
        Where that is said: decree with date, table with file name, text with section; or, for an
        assumption, what it was chosen after.
    provenance
        `measured`, `calibrated` or `assumed`.
    low, high
        Range within which the value may well lie; None for names. For norms one by class.
    note
        Remarks.

    Raises
    ------
    DataError
        A field does not fit; the message names article and field and says how to mend it.
    """

    institution: str
    since: int
    value: InstitutionValue
    source: str
    provenance: Provenance
    low: Bound | None = None
    high: Bound | None = None
    note: str = ""

    def __post_init__(self) -> None:
        """Check every field."""
        if self.institution not in KINDS:
            near = nearest(self.institution, tuple(KINDS))
            raise DataError(say("regimes.file.unknown_key", key=self.institution, nearest=near))
        given = {name: getattr(self, name) for name in FIELDS}
        for field, text in faults(self.institution, given):
            raise DataError(
                say("regimes.article.wrong", article=self.title, field=field, text=text)
            )

    @property
    def title(self) -> str:
        """Name of the institution and the year, as messages name the article."""
        return say("regimes.article.title", institution=self.institution, since=self.since)

    def drawn(self, seed: int) -> "Article":
        """Return the article with each number drawn evenly from its range.

        The stream is that of the institution, so that all articles of one institution stand at
        the same place of their ranges, and further institutions disturb no other.
        """
        form = KINDS[self.institution].form
        if form not in _RANGED:
            return self
        lows, highs = _parts(self.low), _parts(self.high)
        shares = uniform(seed, f"regime.{self.institution}", 0, len(lows)).tolist()
        if form == "whole":
            (low, high), share = (lows[""], highs[""]), shares[0]
            return replace(self, value=int(low) + math.floor(share * (high - low + 1)))
        drawn = {
            name: between(lows[name], highs[name], share)
            for name, share in zip(lows, shares, strict=True)
        }
        return replace(self, value=drawn if form == "norms" else drawn[""])


FIELDS: Final = tuple(field.name for field in fields(Article) if field.name != "institution")
"""What an article of a file may state."""

NEEDED: Final = ("since", "value", "source", "provenance")
"""What an article of a file must state; numbers also need low and high."""


def faults(institution: str, given: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """Yield field and text of what is wrong in the fields of an article.

    Parameters
    ----------
    institution
        A name of `KINDS`.
    given
        The fields, of whatever kind they are; None where there is none.
    """
    since = given["since"]
    if isinstance(since, bool) or not isinstance(since, int):
        yield "since", say("regimes.article.not_year", found=since)
    elif not FIRST_YEAR <= since <= LAST_YEAR:
        years = {"least": FIRST_YEAR, "most": LAST_YEAR}
        yield "since", say("regimes.article.since", found=since, **years)
    for field in ("source", "note"):
        if not isinstance(given[field], str):
            yield field, say("regimes.article.not_text", found=given[field])
        elif field == "source" and not str(given[field]).strip():
            yield field, say("regimes.article.no_source")
    if given["provenance"] not in PROVENANCES:
        near = nearest(str(given["provenance"]), PROVENANCES)
        text = say("regimes.article.provenance", found=given["provenance"], nearest=near)
        yield "provenance", text
    yield from _value_faults(institution, given)


def _value_faults(institution: str, given: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    text = unfit(institution, given["value"])
    if text:
        yield "value", text
        return
    if institution == "decision_rule" and given["value"] not in {IMPOSED, *RULES}:
        near = nearest(str(given["value"]), (IMPOSED, *RULES))
        yield "value", say("regimes.institution.unknown", found=given["value"], nearest=near)
    bounds = {field: given[field] for field in ("low", "high")}
    ranged = KINDS[institution].form in _RANGED
    for field, bound in bounds.items():
        text = "" if bound is None else unfit(institution, bound)
        if ranged and bound is None:
            yield field, say("regimes.article.no_bound", field=field)
        elif not ranged and bound is not None:
            yield field, say("regimes.article.no_range")
        elif ranged and text:
            yield field, text
    if ranged and not any(bound is None or unfit(institution, bound) for bound in bounds.values()):
        yield from _outside(given["value"], bounds["low"], bounds["high"])


def _outside(value: object, low: object, high: object) -> Iterator[tuple[str, str]]:
    lows, highs = _parts(low), _parts(high)
    for name, number in _parts(value).items():
        least, most = lows[name], highs[name]
        if not least <= number <= most:
            field = f"value.{name}" if name else "value"
            numbers = {"value": f"{number:g}", "low": f"{least:g}", "high": f"{most:g}"}
            yield field, say("regimes.article.outside", **numbers)


def between(low: float, high: float, share: float) -> float:
    """Return the number at a share of the way from low to high, never outside them."""
    return float(np.clip(low + share * (high - low), low, high))


def _parts(value: object) -> dict[str, float]:
    """Return the numbers of a value or bound: by class of people, or one without a name."""
    if isinstance(value, Mapping):
        return {name: value[name] for name in CLASSES}
    return {"": float(value)} if isinstance(value, int | float) else {}
