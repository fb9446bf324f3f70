"""What is kept of a run: series, events and outlines of each year's papers, ready to be shown."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Generic, Literal, TypeAlias, TypeVar, final

from sovplan.records.draft import Draft
from sovplan.records.institutions import Institutions
from sovplan.records.scenario import Country, Scenario

Kind: TypeAlias = Literal["real", "reported", "planned", "historical"]
KINDS: Final[tuple[Kind, ...]] = ("planned", "reported", "real", "historical")

Given_co = TypeVar("Given_co", bound=Scenario | Country, covariant=True)
"""What a run was given: a scenario of the planning year, or of the whole country."""


@final
@dataclass(frozen=True, slots=True)
class Point:
    """One number of a run.

    Parameters
    ----------
    regime
        Name of the regime; '' for what is historical.
    year
        Calendar year.
    series
        Name of the series, in parts: `output/steel`, `people/consumption/peasants`.
    value, unit
        The number and its unit.
    kind
        Whether it is so, was said, was planned, or was printed at the time or since.
    """

    regime: str
    year: int
    series: str
    value: float
    unit: str
    kind: Kind


@final
@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened, and the rule that made it ('given' where it was given to all)."""

    regime: str
    year: int
    rule: str
    text: str


@final
@dataclass(frozen=True, slots=True, eq=False)
class Course:
    """What came of one regime.

    Parameters
    ----------
    name, title, summary
        Of the regime.
    institutions
        Values in force by year.
    adopted
        The draft adopted in each year.
    """

    name: str
    title: str
    summary: str
    institutions: Mapping[int, Institutions]
    adopted: Mapping[int, Draft]


@final
@dataclass(frozen=True, slots=True, eq=False)
class Run(Generic[Given_co]):
    """A run of a scenario under some regimes, with the same luck.

    `PlanningRun` is one of the planning year, `CountryRun` one of the whole country.

    Parameters
    ----------
    scenario
        What was given to all.
    seed
        Root of the luck.
    courses
        What came of each regime, in the order asked for.
    points
        All series.
    events
        In order of year.
    """

    scenario: Given_co
    seed: int
    courses: tuple[Course, ...]
    points: tuple[Point, ...]
    events: tuple[Event, ...]

    @property
    def years(self) -> tuple[int, ...]:
        """Calendar years of the run."""
        if isinstance(self.scenario, Country):
            first = self.scenario.first_year
            return tuple(range(first, first + self.scenario.years))
        return tuple(sorted({year for course in self.courses for year in course.adopted}))

    def values(self, regime: str, series: str, kind: Kind) -> dict[int, float]:
        """Return a series by year; empty if there is none."""
        return {
            point.year: point.value
            for point in self.points
            if (point.regime, point.series, point.kind) == (regime, series, kind)
        }


# They are names of types: a run is made by `Run(...)`, whose scenario says of which kind it is.
PlanningRun: TypeAlias = Run[Scenario]
"""A run of years that are planned."""
CountryRun: TypeAlias = Run[Country]
"""A run of the whole country by quarters."""
AnyRun: TypeAlias = Run[Scenario | Country]
"""A run of either kind: every `PlanningRun` and every `CountryRun` is one."""
