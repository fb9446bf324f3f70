"""Points of a pattern that are a time and no amount: when something was greatest."""

from collections.abc import Mapping
from math import floor
from types import MappingProxyType
from typing import Final, Literal, TypeAlias

from sovplan.foundation.numbers import NOTHING_KNOWN, figure
from sovplan.foundation.words import say
from sovplan.history.nation import QUARTERS
from sovplan.lab.patterns import Point

Period: TypeAlias = Literal["year and quarter", "quarter of 1930"]
"""How a time stands as a number: 1923.75 is the fourth quarter of 1923; or 1 to 4 in 1930."""

PERIODS: Final[Mapping[tuple[str, str], Period]] = MappingProxyType(
    {("V06", "peak"): "year and quarter", ("V17", "peak"): "quarter of 1930"}
)
"""Points that are a time, by pattern and label."""
_1930: Final = 1930


def unit(point: Point) -> Period | None:
    """Return in what a point counts time; None for an amount."""
    return PERIODS.get((point.pattern, point.label))


def told(point: Point, number: float | None) -> str:
    """Return a number of a point for a person to read: a quarter of a year, or an amount.

    Examples
    --------
    >>> from sovplan.lab.patterns import patterns
    >>> point, = (each for one in patterns() for each in one.points
    ...           if (each.pattern, each.label) == ("V06", "peak"))
    >>> told(point, 1923.75)
    '1923, 4th quarter'
    """
    if number is None:
        return NOTHING_KNOWN
    kind = unit(point)
    if kind is None:
        return figure(number)
    year = floor(number) if kind == "year and quarter" else _1930
    quarter = floor((number - year) * len(QUARTERS)) if kind == "year and quarter" else number - 1
    return say("lab.command.period", year=year, quarter=say(f"lab.quarter.{int(quarter) + 1}"))
