"""The series of a run laid out for pages: by regime and year, with readable names."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from math import isclose, isfinite
from typing import Final, final

from sovplan.foundation.words import catalogue, say
from sovplan.records.draft import Draft
from sovplan.records.run import AnyRun, Course, Kind
from sovplan.records.scenario import Scenario
from sovplan.report import svg
from sovplan.report.measures import weights
from sovplan.report.svg import short

MARKS: Final[Mapping[Kind, svg.Kind]] = {
    "planned": "plan",
    "reported": "reported",
    "real": "real",
    "historical": "historical",
}
"""How figures draw each kind of series."""
GIVEN: Final = ""
"""Name under which what is given to every regime, and what is historical, stands."""
PEOPLE: Final = "people/consumption"
"""Consumption per head of all people, first year of the same regime 1."""
LEVEL: Final = "people/level"
"""Consumption per head of all people, at the prices of the first day; what a head needs at least,
the same for all regimes, is 1."""
PRINTED: Final = "people/printed"
"""Consumption per head as others reckoned it, an index on a year of their own: neither of the two
above, so that it has a name and a panel of its own."""
_SHORT: Final = 190
"""Room for the name of a regime above a panel, px."""
_NAME: Final = 400


@final
@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """A run as pages read it.

    Parameters
    ----------
    run
        The run.
    found
        Values by year of each regime, series and kind; what is not finite is left out.
    units
        Unit of each series.
    labels
        Short names of the regimes, by name; all different.
    past_units
        Unit of each historical series.
    goods, groups
        Readable names of goods and of groups of people, by code; goods in the order of the plans.
    economy, people_unit
        Name of the economy that is planned, whose history may stand beside, and what its people are
        counted in; '' of the country.
    given
        Years in which a series of a regime was put in and not found, by regime and series.
    targets
        What is given, by year and quarter, beside a series that goes there, by regime and series.
    """

    run: AnyRun
    found: Mapping[tuple[str, str, Kind], Mapping[int, float]]
    units: Mapping[str, str]
    labels: Mapping[str, str]
    past_units: Mapping[str, str]
    goods: Mapping[str, str]
    groups: Mapping[str, str]
    economy: str
    people_unit: str
    given: Mapping[tuple[str, str], frozenset[int]] = field(default_factory=dict)
    targets: Mapping[tuple[str, str], Mapping[tuple[int, int], float]] = field(default_factory=dict)

    @property
    def years(self) -> tuple[int, ...]:
        """Calendar years of the run."""
        return self.run.years

    @property
    def courses(self) -> tuple[Course, ...]:
        """What came of each regime, in order."""
        return self.run.courses

    def of(self, regime: str, series: str, kind: Kind = "real") -> list[float | None]:
        """Return a series over the years of the run; None where there is no value."""
        values = self.found.get((regime, series, kind), {})
        return [values.get(year) for year in self.years]

    def at(self, regime: str, series: str, year: int, kind: Kind = "real") -> float | None:
        """Return one value, or None."""
        return self.found.get((regime, series, kind), {}).get(year)

    def has(self, series: str, kind: Kind = "real") -> bool:
        """Return whether any regime has the series in a year of the run."""
        return any(known(self.of(course.name, series, kind)) for course in self.courses)

    def put_in(self, regime: str, series: str) -> list[bool]:
        """Return whether a series was put in and not found, over the years of the run."""
        years = self.given.get((regime, series), frozenset())
        return [year in years for year in self.years]

    def one_for_all(self, series: str) -> frozenset[int]:
        """Return the years in which a series is given, and the same, under every regime."""
        first = self.courses[0].name
        return frozenset(
            year
            for year in self.years
            if all(year in self.given.get((each.name, series), ()) for each in self.courses)
            and all(_alike(self.at(each.name, series, year), self.at(first, series, year))
                    for each in self.courses)
        )  # fmt: skip

    def past(self, series: str) -> list[float | None]:
        """Return what was printed at the time or since, over the years of the run."""
        return self.of(GIVEN, series, "historical")

    def after(self, prefix: str, kind: Kind = "real") -> tuple[str, ...]:
        """Return the last part of each series that begins so, in the order in which they came.

        A series that no regime has, or history where that is asked for, is left out.
        """
        names = dict.fromkeys(
            series.removeprefix(prefix)
            for _, series, its in self.found
            if its == kind
            and series.startswith(prefix)
            and (known(self.past(series)) if kind == "historical" else self.has(series, kind))
        )
        return tuple(name for name in names if name and "/" not in name)

    @property
    def has_past(self) -> bool:
        """Whether anything historical is known of the years of the run."""
        return any(known(self.past(series)) for regime, series, _ in self.found if regime == GIVEN)

    def made(self) -> tuple[str, ...]:
        """Return the goods whose real output is known, in the order of the plans."""
        there = self.after("output/")
        first = [good for good in self.goods if good in there]
        return tuple(first + [good for good in there if good not in self.goods])

    def good(self, name: str) -> str:
        """Return the short readable name of a good."""
        return self.goods.get(name, name)

    def group(self, name: str) -> str:
        """Return the readable name of a group of people."""
        return self.groups.get(name, name)


def seen(run: AnyRun) -> Seen:
    """Lay out a run for pages."""
    found: dict[tuple[str, str, Kind], dict[int, float]] = {}
    units: dict[str, str] = {}
    past_units: dict[str, str] = {}
    for point in run.points:
        if isfinite(point.value):
            path = found.setdefault((point.regime, point.series, point.kind), {})
            path[point.year] = point.value
            mine = past_units if point.kind == "historical" else units
            mine.setdefault(point.series, point.unit)
    _sweep(found)
    goods: dict[str, str] = {}
    for draft in _drafts(run):
        names = draft.economy.goods
        for name, title in zip(names.names, names.titles, strict=True):
            goods.setdefault(name, short(title, _NAME))
    groups = {group.name: group.title for group in run.scenario.groups}
    given = run.scenario
    planned = (given.economy, given.people_unit) if isinstance(given, Scenario) else ("", "")
    return Seen(run, found, units, _labels(run.courses), past_units, goods, groups, *planned)


_ALIKE: Final = 5e-3
"""Relative difference up to which one given path is one: persons are whole, so shares of them round
to either side."""


def _alike(one: float | None, other: float | None) -> bool:
    return one is not None and other is not None and isclose(one, other, rel_tol=_ALIKE)


_DUST: Final = 1e-9
"""Share of the greatest value of a series below which a value is rounding, and is shown as 0."""


def _sweep(found: Mapping[tuple[str, str, Kind], dict[int, float]]) -> None:
    """Set what is rounding to 0: what a plan of nothing leaves is 1e-15 of a tractor."""
    top: dict[str, float] = {}
    for (_, series, _), path in found.items():
        top[series] = max(top.get(series, 0.0), *(abs(value) for value in path.values()))
    for (_, series, _), path in found.items():
        for year, value in path.items():
            if abs(value) < _DUST * top[series]:
                path[year] = 0.0


def known(values: Sequence[float | None]) -> list[float]:
    """Return the values that there are."""
    return [value for value in values if value is not None]


def mean(values: Sequence[float | None]) -> float | None:
    """Return the mean of the values that there are, or None."""
    there = known(values)
    return sum(there) / len(there) if there else None


def worst(years: Sequence[int], values: Sequence[float | None]) -> tuple[int, float] | None:
    """Return year and value of the least value, the first of equal ones; None without any."""
    pairs = [(year, value) for year, value in zip(years, values, strict=True) if value is not None]
    return min(pairs, key=lambda pair: (pair[1], pair[0])) if pairs else None


def sizes(run: AnyRun) -> dict[str, float]:
    """Return the size of each good in hours, from the plans that have prices; {} without any."""
    found: dict[str, float] = {}
    priced = [draft for draft in _drafts(run) if draft.hours is not None]
    for draft in priced:
        for name, weight in zip(draft.economy.goods.names, weights(draft).tolist(), strict=True):
            found[name] = found.get(name, 0.0) + weight / len(priced)
    return found


def in_words(items: Sequence[str]) -> str:
    """Return a list in a sentence.

    Examples
    --------
    >>> in_words(["bread"]), in_words(["bread", "coal", "steel"])
    ('bread', 'bread, coal and steel')
    """
    if len(items) < 2:
        return "".join(items)
    first = say("runbook.list.comma").join(items[:-1])
    return say("runbook.list.and", first=first, last=items[-1])


def sentence(clauses: Sequence[str]) -> str:
    """Return clauses of equal rank as one sentence without its stop."""
    text = reduce(lambda left, right: say("runbook.list.clauses", left=left, right=right), clauses)
    return text[:1].upper() + text[1:]


def living(seen: Seen) -> str:
    """Return the series of what people had: against needs, or else against their own first year."""
    return LEVEL if seen.has(LEVEL) else PEOPLE


def base_words(seen: Seen) -> str:
    """Return what is 100 in an index of what people had."""
    if living(seen) == LEVEL:
        return say("runbook.base.needs")
    return say("runbook.base.first", first=seen.years[0])


def rounded(share: float) -> float:
    """Return a share to a tenth of one per cent, below which a run says nothing; never -0."""
    return round(share, 3) + 0.0


def worded(key: str, name: str) -> str:
    """Return the text of a key, or the name itself where there is no such text."""
    return say(key) if key in catalogue() else name


def _drafts(run: AnyRun) -> Iterator[Draft]:
    for course in run.courses:
        for year in sorted(course.adopted):
            yield course.adopted[year]


def _labels(courses: Sequence[Course]) -> dict[str, str]:
    """Return the part of each title before its colon; the name where two would be the same."""
    bare = [short(course.title.partition(":")[0], _SHORT) or course.name for course in courses]
    return {
        course.name: label if bare.count(label) == 1 else course.name
        for course, label in zip(courses, bare, strict=True)
    }
