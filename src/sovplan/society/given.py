"""Series of a run of the country that were put in and not found, by year.

Such a series is a path (what was decided, counted or coded), or a sum, a price or a stock of paths:
no rule of behaviour stands between it and what was written down. Where it agrees with print it was
made to. A series that only follows from given states through a rule, as privilege does, is found.
Where a rule brings a series to a path within quarters, the path stands beside it: the one is given,
the other found.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, TypeAlias, final

from sovplan.history.nation import FORCED, QUARTERS, NationInputs

Paths: TypeAlias = Mapping[str, float]
"""Values of the paths in one quarter."""
Time: TypeAlias = tuple[int, int]
"""Year and quarter."""


def _always(_: Paths) -> bool:
    return True


def _forced(paths: Paths) -> bool:
    """Return whether history forces coordination on the quarter."""
    return paths[FORCED] > 0.0


def _told(paths: Paths) -> bool:
    """Return whether trade abroad is what the paths say: nobody holds imports to what pays them."""
    return not paths["trade_balanced"]


def _planned(paths: Paths) -> bool:
    """Return whether machines come as planned: nobody buys abroad beside the monopoly."""
    return _told(paths) and paths["trade_monopoly"] == 1.0


def _controlled(paths: Paths) -> bool:
    """Return whether industrial prices are those of the state."""
    return paths["price_control"] > 0.0


def _driven(paths: Paths) -> bool:
    """Return whether whole settlements join: before, farms have the size that a parameter says."""
    return paths["collective_farming"] > 0.0


GIVEN: Final[Mapping[str, Callable[[Paths], bool]]] = MappingProxyType(
    {
        "coordination": _forced,
        "exports_gold": _always,
        "imports_gold": _told,
        "machinery_share": _planned,
        "other_imports": _planned,
        "trade_terms": _always,
        "grain_for_machines": _always,
        "unrest/old_claims": _always,
        "unrest/debt_abroad": _told,
        "unrest/debt_service": _told,
        "unrest/real_wage": _always,
        "bodies/appointed": _always,
        "bodies/women": _always,
        "kolkhoz/size": _driven,
        "persons/hours_worked": _always,
        "persons/students": _always,
    }
)
"""What holds of the paths of every quarter of a year in which a series is given.

Exports and imports are grain, other exports and credit at given prices; debt abroad is their sum;
the wage of towns, the legal day, places in higher schools, women among officials, posts that are
named from above and, from the drive on, sizes of collective farms are paths of their own.
"""
_STOCKS: Final = ("unrest/debt_abroad", "unrest/debt_service")
"""Series that carry earlier years: given only as long as all years before were."""


@final
@dataclass(frozen=True, slots=True)
class Target:
    """A path to which a rule brings a series, and when.

    Parameters
    ----------
    path
        Name of the path.
    holds
        Whether the rule brings the series to it in a quarter, by the paths of that quarter.
    speed
        Parameter that says which part of the way the series goes in a quarter, in logs.
    switch
        Switch of the rule: turned off, nothing goes there.
    """

    path: str
    holds: Callable[[Paths], bool]
    speed: str
    switch: str


TARGETS: Final[Mapping[str, Target]] = MappingProxyType(
    {"price": Target("state_price", _controlled, "k_p", "rules.scissors")}
)
"""What is given beside a series by quarter that is found, however near it comes: by series."""


def given_years(inputs: NationInputs, years: Iterable[int]) -> Mapping[str, frozenset[int]]:
    """Return the years in which each series of `GIVEN` is given.

    Parameters
    ----------
    inputs
        What is given to the country, institutions of a regime in force.
    years
        Calendar years, in order, from the first of the run.

    Examples
    --------
    >>> from sovplan.regimes.countries import country_inputs
    >>> found = given_years(country_inputs("as_it_was", 1917), range(1917, 1923))
    >>> sorted(found["coordination"])
    [1917, 1918, 1919, 1920]
    """
    paths = {year: [inputs.at(year, quarter) for quarter in QUARTERS] for year in years}
    found: dict[str, frozenset[int]] = {}
    for series, holds in GIVEN.items():
        there = [year for year, quarters in paths.items() if all(map(holds, quarters))]
        if series in _STOCKS:
            there = _from_the_first(there, list(paths))
        found[series] = frozenset(there)
    return found


def _from_the_first(there: list[int], years: list[int]) -> list[int]:
    """Return the years up to the first that is missing."""
    end = next((at for at, year in enumerate(years) if year not in there), len(years))
    return years[:end]


def targets(
    inputs: NationInputs, years: Iterable[int], off: Collection[str] = ()
) -> Mapping[str, Mapping[Time, float]]:
    """Return the path to which a rule brings each series of `TARGETS`, where it does.

    Parameters
    ----------
    inputs
        What is given to the country, institutions of a regime in force.
    years
        Calendar years.
    off
        Switches that are turned off.

    Examples
    --------
    >>> from sovplan.regimes.countries import country_inputs
    >>> found = targets(country_inputs("as_it_was", 1917), range(1923, 1925))
    >>> found["price"][1924, 1], (1923, 4) in found["price"]
    (1.45, False)
    """
    paths = {(year, quarter): inputs.at(year, quarter) for year in years for quarter in QUARTERS}
    return {
        series: {time: now[one.path] for time, now in paths.items() if one.holds(now)}
        for series, one in TARGETS.items()
        if one.switch not in off
    }
