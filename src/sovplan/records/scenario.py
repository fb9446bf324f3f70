"""A scenario: which economy, which people, which years, under which regimes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, final

from sovplan.foundation.errors import DataError
from sovplan.foundation.words import say
from sovplan.records.institutions import CLASSES

PERSONS: Final = 200_000
"""Rows that stand for all people of a country where no number is asked for."""
HOUSEHOLDS: Final = 50_000
"""Rows that stand for all households of its village, as the specification of the model asks."""


@final
@dataclass(frozen=True, slots=True)
class Group:
    """A group of people of a scenario.

    Parameters
    ----------
    name, title
        Code and readable name.
    kind
        Its class, of `CLASSES`.
    skill
        The kind of labour it works in; '' for none.
    grade
        Grade of pay, 0 the lowest.
    part
        Its part of all people, 1.
    tastes
        How much more or less of a good a head of this group needs than one of others, by good;
        1 where a good is not named, 0 for what it does not use.
    """

    name: str
    title: str
    kind: str
    skill: str
    grade: float
    part: float
    tastes: Mapping[str, float]

    def __post_init__(self) -> None:
        """Check the form."""
        if self.kind not in CLASSES:
            raise DataError(say("scenario.kind", group=self.name, found=self.kind))
        if not 0.0 <= self.part <= 1.0:
            raise DataError(say("scenario.part", group=self.name, found=self.part))


@final
@dataclass(frozen=True, slots=True)
class Country:
    """A scenario of the whole country in few sectors: which years, under which regimes.

    Parameters
    ----------
    name, title, summary
        Code, readable name, and what it is.
    first_year, years
        First year, and number of years.
    regimes
        Names of the regimes that are run if none is asked for.
    seed
        Root of the luck of farms, workplaces and persons, if none is asked for.
    off
        Switches of rules that are off.
    parameters
        Values put in place of those of the package, by name.
    people
        Rows that stand for all people, if no number is asked for.
    households
        Rows that stand for all households of the village, if no number is asked for.
    """

    name: str
    title: str
    summary: str
    first_year: int
    years: int
    regimes: tuple[str, ...]
    seed: int = 1
    off: tuple[str, ...] = ()
    parameters: Mapping[str, float] = field(default_factory=dict)
    people: int = PERSONS
    households: int = HOUSEHOLDS

    @property
    def groups(self) -> tuple["Group", ...]:
        """Groups of people: none, since the country is reckoned by town and village."""
        return ()


@final
@dataclass(frozen=True, slots=True)
class Village:
    """A village with towns beside the economy of a scenario, living by the rules of the country.

    Parameters
    ----------
    regimes
        Regime of the country that holds in the village, by regime of the planning year.
    made
        Goods of each sector that the economy makes for the country, by name of the sector.
    grain
        The good that is its harvest.
    sown
        Techniques whose activity is the area of grain.
    stocks
        Plant that stands for animals or tractors of the country, by their name there.
    """

    regimes: Mapping[str, str]
    made: Mapping[str, tuple[str, ...]]
    grain: str
    sown: tuple[str, ...]
    stocks: Mapping[str, str]


@final
@dataclass(frozen=True, slots=True)
class Scenario:
    """What is given to every regime alike.

    Parameters
    ----------
    name, title
        Code and readable name.
    economy
        Name or path of the economy.
    years
        Number of years that are run.
    regimes
        Names of the regimes that are run if none is asked for.
    groups
        The people; their parts add up to 1.
    people
        Number of people, in the unit of `people_unit`.
    people_unit
        What people are counted in.
    growth
        Yearly growth of hours and needs after the last year the economy declares.
    workplaces
        Workplaces of a technique.
    common
        Goods that are free and shared by heads.
    imports
        Most units a year that can be had abroad of some goods.
    harvest
        Techniques whose yields depend on weather.
    weather_sd, luck_sd
        Standard deviation of the logarithm of yearly yields by weather, and of a workplace's luck.
    day, norms_voice
        Hours of the working day, and say of workplace committees, in the year whose norms the
        economy holds.
    weather
        Mean yield of a calendar year where it is known, over that of the norms.
    stated
        Value, low, high, provenance and source of the numbers above, by name; those of imports and
        weather as `imports.cloth` and `weather.1932`.
    village
        The village beside the economy; None where harvests are those of norms and chance.
    """

    name: str
    title: str
    economy: str
    years: int
    regimes: tuple[str, ...]
    groups: tuple[Group, ...]
    people: float
    people_unit: str
    growth: float
    workplaces: int
    common: tuple[str, ...]
    imports: Mapping[str, float]
    harvest: tuple[str, ...]
    weather_sd: float
    luck_sd: float
    day: float
    norms_voice: float
    weather: Mapping[int, float]
    stated: Mapping[str, Mapping[str, object]]
    village: Village | None = None

    def __post_init__(self) -> None:
        """Check the form."""
        total = sum(group.part for group in self.groups)
        if abs(total - 1.0) > 1e-9:
            raise DataError(say("scenario.parts", found=f"{total:.6g}"))
        for name, value in (("years", self.years), ("workplaces", self.workplaces)):
            if value < 1:
                raise DataError(say("scenario.least", field=name, found=value))
