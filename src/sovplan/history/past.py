"""What was printed of the whole country, year by year, in the measures of its model."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final, final

from sovplan.foundation.errors import DataError
from sovplan.foundation.words import say
from sovplan.history.figures import Series, Source
from sovplan.history.nation import FOLDER
from sovplan.history.series import series, sources
from sovplan.records.folder import Table
from sovplan.records.tables import read_table

FILE: Final = "past.csv"
RIVALS: Final = "rivals.csv"
"""Other estimates of the same, in the same form; none of them is drawn as the line."""


@final
@dataclass(frozen=True, slots=True)
class Past:
    """One historical series, or a sum of some, in the measure of the model.

    Parameters
    ----------
    measure
        Name of the measure of the model.
    terms
        Weight of each series, by name.
    factor
        What turns the sum into the unit of the measure.
    shift
        Years from that of the figure to that under which the model has it.
    first, last
        Years of the figures that are taken.
    note
        What is to be said where it is drawn.
    """

    measure: str
    terms: Mapping[str, float]
    factor: float
    shift: int
    first: int
    last: int
    note: str

    @property
    def parts(self) -> tuple[Series, ...]:
        """The series."""
        return tuple(series(name) for name in self.terms)

    def values(self) -> Mapping[int, float]:
        """Return the figures by year of the model: of years of which every series has one."""
        parts = [
            (one.values(), weight)
            for one, weight in zip(self.parts, self.terms.values(), strict=True)
        ]
        years = [year for year in parts[0][0] if self.first <= year <= self.last]
        return {
            year + self.shift: self.factor * sum(weight * values[year] for values, weight in parts)
            for year in years
            if all(year in values for values, _ in parts)
        }


@cache
def pasts() -> Mapping[str, tuple[Past, ...]]:
    """Return what was printed, by measure.

    Raises
    ------
    DataError
        A row names a series that is not there, or a number is none.
    """
    return _by_measure(FILE)


@cache
def rivals() -> Mapping[str, tuple[Past, ...]]:
    """Return other estimates of what was printed, by measure.

    Raises
    ------
    DataError
        As `pasts`.
    """
    return _by_measure(RIVALS)


def spans(measure: str) -> Mapping[int, tuple[float, float]]:
    """Return the lowest and the highest estimate by year of the model, where estimates differ.

    A range that a source gives of its own figure counts as two estimates.

    Examples
    --------
    >>> spans("harvest")[1932]
    (50.4, 69.8)
    """
    found: dict[int, list[float]] = {}
    for past in (*pasts().get(measure, ()), *rivals().get(measure, ())):
        for year, value in (*past.values().items(), *_ends(past)):
            found.setdefault(year, []).append(value)
    return {
        year: (min(values), max(values))
        for year, values in sorted(found.items())
        if max(values) > min(values)
    }


def printed_by(measure: str, year: int) -> tuple[Source, ...]:
    """Return the sources of the figure of a measure in a year of the model.

    Examples
    --------
    >>> [source.author for source in printed_by("industry", 1937)]
    ['Nutter, G. W.']
    """
    found: dict[str, None] = {}
    for past in pasts().get(measure, ()):
        if year in past.values():
            kept = [f for one in past.parts for f in one.figures if f.year + past.shift == year]
            found |= dict.fromkeys(each.source for each in kept)
    return tuple(sources()[key] for key in found)


def _ends(past: Past) -> Iterator[tuple[int, float]]:
    """Yield the ends of ranges that the one source of a row gives of its figures."""
    if len(past.terms) > 1:
        return
    (part,), (weight,) = past.parts, past.terms.values()
    for each in part.figures:
        if past.first <= each.year <= past.last:
            for end in (each.low, each.high):
                if end is not None:
                    yield each.year + past.shift, past.factor * weight * end


def _by_measure(file: str) -> Mapping[str, tuple[Past, ...]]:
    found: dict[str, tuple[Past, ...]] = {}
    for past in _read(read_table(FOLDER / file), file):
        found[past.measure] = (*found.get(past.measure, ()), past)
    return found


def _read(table: Table, file: str) -> Iterator[Past]:
    factors, shifts = table.numbers("factor"), table.numbers("shift")
    texts = [table.text(name) for name in ("measure", "terms", "years", "note")]
    for row, (measure, terms, years, note) in enumerate(zip(*texts, strict=True)):
        first, _, last = years.partition("-")
        try:
            parts = dict(map(_term, terms.split(" + ")))
            span = int(first or 0), int(last or 9999)
        except ValueError:
            raise DataError(say("country.past_row", file=file, row=row + 2)) from None
        for name in parts:
            series(name)
        yield Past(measure, parts, float(factors[row]), int(shifts[row]), *span, note)


def _term(text: str) -> tuple[str, float]:
    *weight, name = text.split()
    return name, float(weight[0]) if weight else 1.0
