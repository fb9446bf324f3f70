"""What closed the scissors, and how sure the goods famine of 1926-27 is.

Runs with one institution of 1924 changed stand beside the parts of the fall itself (`closing` of
the nation). The famine is run over the ranges of the three numbers of the money of towns: no value
is chosen after it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product
from types import MappingProxyType
from typing import Final, final

from sovplan.history.nation import NationInputs
from sovplan.regimes.countries import country_inputs
from sovplan.regimes.model import model_parameter_table, model_parameters
from sovplan.society.nation.closing import PEAK, Time
from sovplan.society.nation.year import Quarter, run_nation

MONEY: Final = "as_it_was_money"
"""The regime in which towns and village buy with money."""
TOWNS: Final = ("rules.village_money",)
"""Switches that leave money to towns alone."""
RANGED: Final = ("goods_of_income", "issue_spent", "eps_d")
"""Parameters of the money of towns."""
SHORT: Final = 0.05
"""Shortage from which a quarter counts as one of famine of goods: a convention of the page."""


@cache
def without() -> Mapping[str, Mapping[Time, float]]:
    """Return the price charged by quarter: as it was, and with one thing of 1924 otherwise.

    `all`: as it was. `free`: no price control. `credit`: no control, and trusts lose their credit.
    `rivals`: no control, and trusts no longer set prices together. `harvest`: all as it was, and a
    normal harvest.
    """
    history = country_inputs()
    free = _after_peak(history, "price_control", 0.0)
    first = PEAK[0] + 1
    cases = {
        "all": history,
        "free": free,
        "credit": _after_peak(free, "trust_credit", 0.0),
        "rivals": _after_peak(free, "cartels", 0.0),
        "harvest": history.changed("weather", lambda y, held: 1.0 if y == first else held),
    }
    return {name: _charged(run_nation(given, model_parameters())) for name, given in cases.items()}


def _after_peak(given: NationInputs, name: str, value: float) -> NationInputs:
    return given.changed(name, lambda year, held: value if year > PEAK[0] else held)


def _charged(books: Sequence[Quarter]) -> Mapping[Time, float]:
    return {(each.year, each.quarter): each.nation["charged_price"] for each in books}


@final
@dataclass(frozen=True, slots=True)
class Famine:
    """Shortage behind the state price in one run.

    Parameters
    ----------
    parameters
        What was put in place of the values of the package.
    behind
        Share of demand not served at the price charged, by quarter: (1 - p / p_clearing)+.
    towns
        Share of the demand of towns that is not served.
    autumn
        Grain taken in October to December 1927 over that of 1926.
    """

    parameters: Mapping[str, float]
    behind: Mapping[Time, float]
    towns: Mapping[Time, float]
    autumn: float


def famine(
    regime: str = MONEY,
    off: Sequence[str] = (),
    parameters: Mapping[str, float] = MappingProxyType({}),
) -> Famine:
    """Run a regime with some parameters changed, and read its shortage off."""
    books = run_nation(country_inputs(regime), {**model_parameters(), **parameters}, off)
    at = {(each.year, each.quarter): each.nation for each in books}
    return Famine(
        parameters,
        {time: now["shortage"] for time, now in at.items()},
        {time: now["town_short"] for time, now in at.items()},
        at[1927, 4]["taken"] / at[1926, 4]["taken"],
    )


@cache
def famines() -> tuple[Famine, ...]:
    """Return a run for each corner and middle of the ranges of the money of towns alone: 27."""
    known = {each.name: each for each in model_parameter_table()}
    levels = [(known[name].low, known[name].value, known[name].high) for name in RANGED]
    return tuple(
        famine(MONEY, TOWNS, dict(zip(RANGED, values, strict=True))) for values in product(*levels)
    )


def pressure(regime: str, time: Time) -> float:
    """Return how far grain is worth more than the state pays: max(1, p_scarce / p) / g.

    It is what rule R21 lets peasants hope for; the price of a market over that of the state is its
    nearest likeness in print.
    """
    books = run_nation(country_inputs(regime), model_parameters())
    now = next(each.nation for each in books if (each.year, each.quarter) == time)
    return max(1.0, now["scarcity_price"] / now["charged_price"]) / now["grain_price"]


@cache
def least_share(time: Time, short: float = SHORT) -> float:
    """Return the least share of income for goods that leaves so much unserved behind the set price.

    Searched by halving between the ends of a wide range, 0.3 to 0.9, to less than a
    hundredth; nan where even the upper end is not enough.
    """
    low, high = 0.3, 0.9
    if _short_at(high, time) <= short:
        return float("nan")
    while high - low > _FINE:
        middle = (low + high) / 2.0
        if _short_at(middle, time) > short:
            high = middle
        else:
            low = middle
    return high


def _short_at(share: float, time: Time) -> float:
    return famine(MONEY, TOWNS, {"goods_of_income": share}).behind[time]


_FINE: Final = 4e-3
