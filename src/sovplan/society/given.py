"""Series of a run of the country that were put in and not found, by year.

Such a series is a path (what was decided, counted or coded), or a sum, a price or a stock of paths:
no rule of behaviour stands between it and what was written down. Where it agrees with print it was
made to. A series that only follows from given states through a rule, as privilege does, is found.
"""

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Final, TypeAlias

from sovplan.history.nation import FORCED, QUARTERS, NationInputs

Paths: TypeAlias = Mapping[str, float]
"""Values of the paths in one quarter."""


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
    return paths["price_control"] == 1.0


GIVEN: Final[Mapping[str, Callable[[Paths], bool]]] = MappingProxyType(
    {
        "coordination": _forced,
        **{f"price/{quarter}": _controlled for quarter in QUARTERS},
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
        "kolkhoz/size": _always,
        "persons/hours_worked": _always,
        "persons/students": _always,
    }
)
"""What holds of the paths of every quarter of a year in which a series is given.

The price charged goes to the price of the state while it is controlled. Exports and imports are
grain, other exports and credit at given prices; debt abroad is their sum; the wage of towns, the
legal day, places in higher schools, women among officials, posts that are named from above and
sizes of collective farms are paths of their own.
"""
_STOCKS: Final = ("unrest/debt_abroad", "unrest/debt_service")
"""Series that carry earlier years: given only as long as all years before were."""
_SLOW: Final = tuple(f"price/{quarter}" for quarter in QUARTERS)
"""Series that take a year to come to what is given; a run may begin in the midst of it."""


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
        if series in _SLOW:
            there = [year for year in there if year - 1 in there or year - 1 not in paths]
        found[series] = frozenset(there)
    return found


def _from_the_first(there: list[int], years: list[int]) -> list[int]:
    """Return the years up to the first that is missing."""
    end = next((at for at, year in enumerate(years) if year not in there), len(years))
    return years[:end]
