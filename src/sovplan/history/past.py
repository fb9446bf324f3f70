"""What was printed of the whole country, year by year, in the measures of its model."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final, final

from sovplan.foundation.errors import DataError
from sovplan.foundation.words import say
from sovplan.history.figures import Series
from sovplan.history.nation import FOLDER
from sovplan.history.series import series
from sovplan.records.folder import Table
from sovplan.records.tables import read_table

FILE: Final = "past.csv"


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
    found: dict[str, tuple[Past, ...]] = {}
    for past in _read(read_table(FOLDER / FILE)):
        found[past.measure] = (*found.get(past.measure, ()), past)
    return found


def _read(table: Table) -> Iterator[Past]:
    factors, shifts = table.numbers("factor"), table.numbers("shift")
    texts = [table.text(name) for name in ("measure", "terms", "years", "note")]
    for row, (measure, terms, years, note) in enumerate(zip(*texts, strict=True)):
        first, _, last = years.partition("-")
        try:
            parts = dict(map(_term, terms.split(" + ")))
            span = int(first or 0), int(last or 9999)
        except ValueError:
            raise DataError(say("country.past_row", file=FILE, row=row + 2)) from None
        for name in parts:
            series(name)
        yield Past(measure, parts, float(factors[row]), int(shifts[row]), *span, note)


def _term(text: str) -> tuple[str, float]:
    *weight, name = text.split()
    return name, float(weight[0]) if weight else 1.0
