"""What would have to change for a pattern that is missed to be met, each number alone.

Nothing is changed: a way says how far one number would have to move, whether that lies in its
range, and which patterns that are met now would be lost. A number that would do it is not a cause:
the model has as many dials as patterns.
"""

from collections.abc import Callable, Container
from dataclasses import dataclass
from functools import cache
from typing import Final, final

from sovplan.lab.validate import Result, as_shipped, validate
from sovplan.regimes.countries import country_inputs
from sovplan.regimes.model import model_parameter_table, model_parameters

_STEPS: Final = 4
"""Halvings between a value that does not do and one that does: to a sixteenth of the way."""


@final
@dataclass(frozen=True, slots=True)
class Way:
    """One number that would have to move.

    Parameters
    ----------
    pattern, points
        The pattern, and those of its points that have to lie within; none for the whole pattern.
    name
        A parameter, or an institution.
    end
        Where the search ends, met and not far beyond: bands have two sides.
    place
        Value of the institution that is replaced, and first and last year in which it is; () for a
        parameter.
    """

    pattern: str
    points: tuple[str, ...]
    name: str
    end: float
    place: tuple[float, int, int] | tuple[()] = ()


@final
@dataclass(frozen=True, slots=True)
class Needed:
    """What a way comes to.

    Parameters
    ----------
    way
        The way.
    shipped, low, high
        The number as it is, and its range.
    value
        The least change found that does it; nan where even the end of the search does not.
    lost
        Patterns met now that would be missed there.
    """

    way: Way
    shipped: float
    low: float
    high: float
    value: float
    lost: tuple[str, ...]

    @property
    def in_range(self) -> bool:
        """Whether the value lies in the range of the number."""
        return self.low <= self.value <= self.high


WAYS: Final = (
    Way("V04", (), "e_food", 0.3),
    Way("V04", (), "k_O", 0.36),
    Way("V07", ("1927/28",), "grain_price", 0.88, (0.8, 1927, 1928)),
    Way("V07", ("1928/29",), "grain_price", 0.85, (0.92, 1928, 1929)),
    Way("V09", (), "quota_share", 0.205, (0.19, 1929, 1930)),
    Way("V11", (), "s_fear", 0.17),
    Way("V11", (), "s_neglect", 0.04),
    Way("V14", (), "food_norm", 180.0),
    Way("V14", (), "death_from", 0.4),
    Way("V17", (), "h_riot", 12.0),
    Way("V17", (), "riot_T", 13.2),
    Way("V29", ("kulak 1927",), "ret_het", 0.0),
    Way("V29", ("poor 1927",), "wealth_follow", 0.9),
    Way("V30", ("1930", "1931"), "shadow_law", 0.9),
    Way("V30", ("1923",), "private_trade", 1.0, (0.75, 1921, 1923)),
)  # fmt: skip
"""Numbers that were found to do it by trying each parameter of the rules alone, and institutions
that are coded for the years of a point."""


@final
@dataclass(frozen=True, slots=True)
class Joint:
    """Several numbers moved together.

    Parameters
    ----------
    pattern
        The pattern.
    moved
        Name and value of each; for an institution with its place, as in `Way`.
    """

    pattern: str
    moved: tuple[tuple[str, float, tuple[float, int, int] | tuple[()]], ...]


JOINTS: Final = (
    Joint("V07", (("grain_price", 0.85, (0.8, 1927, 1928)),
                  ("grain_price", 0.887, (0.92, 1928, 1929)))),
    Joint("V29", (("ret_het", 0.15, ()), ("wealth_follow", 0.75, ()), ("partition", 0.06, ()))),
    Joint("V30", (("shadow_law", 0.4, ()), ("private_trade", 1.0, (0.75, 1921, 1923)))),
)  # fmt: skip
"""Numbers tried together where none does it alone."""


@cache
def together(joint: Joint) -> tuple[Result, tuple[str, ...]]:
    """Return the pattern with several numbers moved, and the patterns that are lost."""
    parameters, inputs = dict(model_parameters()), country_inputs()
    for name, value, place in joint.moved:
        if place:
            inputs = inputs.changed(name, _replaced(place, value))
        else:
            parameters[name] = value
    results = validate(inputs, parameters, only={joint.pattern, *_met_as_shipped()})
    return next(each for each in results if each.pattern.id == joint.pattern), _lost(results)


@cache
def needed() -> tuple[Needed, ...]:
    """Return what each way comes to."""
    return tuple(map(need, WAYS))


@cache
def need(way: Way) -> Needed:
    """Search how far one number would have to move."""
    known = {each.name: each for each in model_parameter_table()}
    place = way.place
    if place:
        shipped, about = place[0], country_inputs().about[way.name]
        low, high = about.low, about.high
    else:
        shipped, about_it = model_parameters()[way.name], known[way.name]
        low, high = about_it.low, about_it.high
    if not _met(way, way.end):
        return Needed(way, shipped, low, high, float("nan"), ())
    short, enough = shipped, way.end
    for _ in range(_STEPS):
        middle = (short + enough) / 2.0
        if _met(way, middle):
            enough = middle
        else:
            short = middle
    there = _results(way, enough, _met_as_shipped())
    return Needed(way, shipped, low, high, enough, _lost(there))


def _met(way: Way, value: float) -> bool:
    (found,) = _results(way, value, {way.pattern})
    if not way.points:
        return found.status == "met"
    return all(each.within for each in found.points if each.point.label in way.points)


@cache
def _met_as_shipped() -> frozenset[str]:
    return frozenset(each.pattern.id for each in as_shipped() if each.status == "met")


def _lost(results: tuple[Result, ...]) -> tuple[str, ...]:
    """Return the patterns that are met as shipped and missed in these results."""
    met = _met_as_shipped()
    return tuple(each.pattern.id for each in results if each.pattern.id in met
                 and each.status != "met")  # fmt: skip


def _results(way: Way, value: float, only: Container[str]) -> tuple[Result, ...]:
    """Return patterns with one number moved: only those that are asked for."""
    if not way.place:
        return validate(parameters={**model_parameters(), way.name: value}, only=only)
    return validate(country_inputs().changed(way.name, _replaced(way.place, value)), only=only)


def _replaced(place: tuple[float, int, int], value: float) -> Callable[[int, float], float]:
    old, first, last = place
    return lambda year, held: value if held == old and first <= year <= last else held


def closing_rates() -> dict[int, float]:
    """Return the part of the private share of retail trade that was closed in each year, print.

    1 - S' / S from 1923/24 to 1931, of pattern V30; the rule closes at most `shadow_law`.
    """
    pattern = next(each.pattern for each in as_shipped() if each.pattern.id == "V30")
    shares = {int(each.label): each.target for each in pattern.points if each.target is not None}
    return {year: 1.0 - shares[year] / shares[year - 1] for year in shares if shares.get(year - 1)}
