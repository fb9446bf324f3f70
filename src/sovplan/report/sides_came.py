"""What came of two regimes, one of each run: series and goods side by side, and when they part."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import isfinite, isnan, nan
from typing import Final, final

from sovplan.records.runfolder import COUNTRY, KeptRun
from sovplan.report.course import LEVEL, NOTED
from sovplan.report.run_series import PEOPLE
from sovplan.report.sides_given import Pair

MOST: Final = 10
"""Goods that are listed; the rest stand in the tables of the runs."""
SHORT: Final = "shortages"
"""Series made here: goods of which, in open shops, at least the part `NOTED` is missing of what
people would buy."""
_SAME: Final = 1e-9
"""Relative difference up to which two numbers are the same."""
_SEEN: Final = 1e-6
"""Relative difference from which a good is listed."""
_MAIN: Final = (
    ("plan_kept", "real"),
    ("plan_kept", "reported"),
    ("overstated", "real"),
    (LEVEL, "real"),
    (PEOPLE, "real"),
    ("output_worth", "real"),
    ("investment_share", "real"),
    ("returns/false", "real"),
    ("returns/found", "real"),
    ("returns/accused", "real"),
    (SHORT, "real"),
)
OF_COUNTRY: Final = (
    "product", "consumption", "industry", "investment", "harvest", "taken", "village_food", "herd",
    "horses", "towns", "people", "private_trade",
)  # fmt: skip
"""Main series of a run of the whole country, all real."""
_HUNGER: Final = "R28"
"""Rule whose events are told of history only."""
_SHORTAGE: Final = "shortage/"
_OUTPUT: Final = "output/"


@final
@dataclass(frozen=True, slots=True)
class Numbers:
    """Two numbers and the second less the first; nan where there is none.

    Numbers that are the same but for rounding have no difference.
    """

    before: float
    after: float
    difference: float

    @classmethod
    def of(cls, before: float, after: float) -> "Numbers":
        """Return two numbers with their difference."""
        difference = after - before
        rounding = abs(difference) <= _SAME * max(abs(before), abs(after))
        return cls(before, after, 0.0 if rounding else difference)

    @property
    def relative(self) -> float:
        """Difference over the greater size; 1 where only one of the two is there."""
        if isnan(self.before) or isnan(self.after):
            return float(isnan(self.before) != isnan(self.after))
        size = max(abs(self.before), abs(self.after))
        return abs(self.difference) / size if size and isfinite(size) else 0.0


@final
@dataclass(frozen=True, slots=True)
class Row:
    """A series in both runs.

    Parameters
    ----------
    series, kind, unit
        Its name, whether it is real or reported, and its unit in both.
    last
        In the last year in common.
    mean
        Mean of the years in common in which both have it.
    """

    series: str
    kind: str
    unit: str
    last: Numbers
    mean: Numbers


@final
@dataclass(frozen=True, slots=True)
class Parting:
    """When two regimes part: the first year in which a number differs.

    Parameters
    ----------
    year
        The year; None where all numbers of all years in common are the same.
    differ, series
        How many of how many series differ in that year.
    before, after
        What happened in that year in one of the two only.
    """

    year: int | None
    differ: int
    series: int
    before: tuple[str, ...]
    after: tuple[str, ...]


class Sides:
    """Two regimes, one of each run, and their years in common."""

    def __init__(self, runs: tuple[KeptRun, KeptRun], pair: Pair, years: Sequence[int]) -> None:
        """Keep what is held against each other; years in order."""
        self._runs = runs
        self._pair = pair
        self._years = tuple(years)

    def other_units(self) -> tuple[str, ...]:
        """Return the names of series that are counted in other units, and so not compared."""
        names = [series for series, kind in self._series() if self._unit(series, kind) is None]
        return tuple(dict.fromkeys(names))

    def main(self) -> Iterator[Row]:
        """Yield the main series that at least one of the two has, in one unit.

        What people had is told by its level over least needs, where both runs have that; a row that
        only one of two runs has would compare nothing.
        """
        levels = all((regime, LEVEL, "real") in run.values for run, regime in self._both())
        country = [(name, "real") for name in OF_COUNTRY]
        for series, kind in country if self._of_country else _MAIN:
            if series == (PEOPLE if levels else LEVEL):
                continue
            unit = self._unit(series, kind)
            found = [self._at(series, kind, year) for year in self._years]
            if unit is not None and any(not (isnan(n.before) and isnan(n.after)) for n in found):
                yield Row(series, kind, unit, found[-1], _mean(found))

    def goods(self) -> tuple[Row, ...]:
        """Return the goods whose output differs most in the last year in common, the most first."""
        rows = []
        for series, kind in self._series():
            if not series.startswith(_OUTPUT) or kind != "real":
                continue
            unit = self._unit(series, kind)
            found = [self._at(series, kind, year) for year in self._years]
            if unit is not None and found[-1].relative > _SEEN:
                rows.append(Row(series.removeprefix(_OUTPUT), kind, unit, found[-1], _mean(found)))
        return tuple(sorted(rows, key=lambda row: row.last.relative, reverse=True)[:MOST])

    def parting(self) -> Parting:
        """Return the first year in which the two differ."""
        same_unit = [place for place in self._series() if self._unit(*place) is not None]
        for year in self._years:
            pairs = [self._at(series, kind, year) for series, kind in same_unit]
            pairs = [pair for pair in pairs if self._counts(pair)]
            differ = sum(pair.relative > _SAME for pair in pairs)
            if differ:
                told = [self._events(side, year) for side in (0, 1)]
                only = [tuple(e for e in told[s] if e not in told[1 - s]) for s in (0, 1)]
                return Parting(year, differ, len(pairs), only[0], only[1])
        return Parting(None, 0, len(same_unit), (), ())

    @property
    def _of_country(self) -> bool:
        return all(run.kind == COUNTRY for run in self._runs)

    def _counts(self, pair: Numbers) -> bool:
        """Return whether a pair tells the two apart; of a country both must show the number.

        What hunger cost is shown of history only: that one run hides it is no difference.
        """
        missing = isnan(pair.before) + isnan(pair.after)
        return missing == 0 if self._of_country else missing < len(self._runs)

    def _both(self) -> Iterator[tuple[KeptRun, str]]:
        yield from zip(self._runs, self._pair, strict=True)

    def _series(self) -> list[tuple[str, str]]:
        """Return series and kind of all numbers of either regime, in order."""
        return list(dict.fromkeys(
            (series, kind)
            for run, regime in self._both()
            for its, series, kind in run.values
            if its == regime
        ))  # fmt: skip

    def _unit(self, series: str, kind: str) -> str | None:
        """Return the unit of a series, that of either run where one has it; None if they differ."""
        units = {
            run.units[regime, series, kind]
            for run, regime in self._both()
            if (regime, series, kind) in run.units
        }
        return next(iter(units), "") if len(units) < 2 else None

    def _at(self, series: str, kind: str, year: int) -> Numbers:
        return Numbers.of(*[_value(*side, series, kind, year) for side in self._both()])

    def _events(self, side: int, year: int) -> list[str]:
        run, regime = self._runs[side], self._pair[side]
        hidden = _HUNGER if self._of_country else ""
        return [
            event.text
            for event in run.events
            if (event.regime, event.year) == (regime, year) and event.rule != hidden
        ]


def _value(run: KeptRun, regime: str, series: str, kind: str, year: int) -> float:
    if series != SHORT:
        return run.values.get((regime, series, kind), {}).get(year, nan)
    found = [
        by_year[year]
        for (its, name, real), by_year in run.values.items()
        if its == regime and real == kind and name.startswith(_SHORTAGE) and year in by_year
    ]
    return float(sum(missing >= NOTED for missing in found)) if found else nan


def _mean(found: Sequence[Numbers]) -> Numbers:
    both = [each for each in found if not (isnan(each.before) or isnan(each.after))]
    if not both:
        return Numbers.of(nan, nan)
    sums = sum(each.before for each in both), sum(each.after for each in both)
    return Numbers.of(sums[0] / len(both), sums[1] / len(both))
