"""How sure it is that money of the village makes the grain strike of 1927-28.

The numbers of the purse were written down from their sources before the first run and are run over
their ranges: each corner of six of them. What came is held against what was printed; nothing is
chosen after it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product
from types import MappingProxyType
from typing import Final, TypeAlias, final

from sovplan.history.nation import QUARTERS, NationInputs
from sovplan.history.series import series
from sovplan.lab.markets import MONEY, SHORT
from sovplan.records.run import Point
from sovplan.regimes.countries import country_inputs
from sovplan.regimes.model import model_parameter_table, model_parameters
from sovplan.society.nation.closing import Time
from sovplan.society.nation.year import Quarter, Walk, opening, plan_of

RANGED: Final = (
    "grain_roubles", "raw_of_goods", "food_of_towns", "work_of_towns", "goods_of_village",
    "cash_wanted",
)  # fmt: skip
"""Parameters whose corners are run."""
ALONE: Final = (*RANGED, "cash_speed", "eps_d", "goods_of_income", "hold")
"""Parameters that are moved alone."""
HOUSEHOLD: Final = 4.8
"""People of a household: 120.7 million in the village (census of 1926) in 25 million farms."""
FALL: Final = 0.8
"""Grain of October to December 1927 over that of 1926 up to which the page speaks of a strike: a
convention of ours. What print has of these months is held out, so nothing is held against it."""
NEAR: Final = 0.2
"""How far deliveries of July to December 1926 may lie from print: a convention of the page."""
_LAST: Final = 1928
"""Last year that is run: from 1929 deliveries are ordered."""
_CUT: Final = (1927, 0.9)
"""Year whose cut of the state price of grain is taken back, and the price of the year before."""

_MONTHS: Final = 3

Books: TypeAlias = Mapping[Time, Mapping[str, float]]


@final
@dataclass(frozen=True, slots=True)
class Purse:
    """What came of one run to 1928.

    Parameters
    ----------
    parameters
        What was put in place of the values of the package.
    at
        Columns of the nation by quarter.
    """

    parameters: Mapping[str, float]
    at: Books

    def taken(self, year: int, *quarters: int) -> float:
        """Return the grain delivered in some quarters of a year, million tonnes."""
        return sum(self.at[year, quarter]["taken"] for quarter in quarters)

    @property
    def autumn(self) -> float:
        """Grain taken in October to December 1927 over that of 1926."""
        return self.taken(1927, 4) / self.taken(1926, 4)

    @property
    def famine(self) -> bool:
        """Whether the village lacks goods in a quarter of 1927."""
        return self.shortest > SHORT

    @property
    def shortest(self) -> float:
        """Share of what the village would spend that finds nothing, at most, in 1927."""
        return max(self.at[1927, quarter]["village_short"] for quarter in QUARTERS)

    @property
    def strike(self) -> bool:
        """Whether deliveries of the autumn fall by a fifth or more."""
        return self.autumn <= FALL

    @property
    def near(self) -> bool:
        """Whether deliveries of July to December 1926 come near print."""
        told = printed_halves()[1926, 2]
        return abs(self.taken(1926, 3, 4) / told - 1.0) <= NEAR

    @property
    def covered(self) -> bool:
        """Whether the village never holds more money on 1 October than there was."""
        return all(self.cash(time) <= most for time, most in circulation().items())

    def cash(self, time: Time) -> float:
        """Return the money of the village at the end of a quarter, milliard roubles."""
        return self.at[time]["village_cash"]


@cache
def circulation() -> Mapping[Time, float]:
    """Return the money in circulation by the quarter at whose end it was counted, milliards."""
    found = {}
    for figure in series("money_in_circulation").figures:
        # Counted on the first day of a month; the nearest end of a quarter stands for it.
        quarter = round((int(figure.period.split("-")[1]) - 1) / _MONTHS)
        found[figure.year, quarter] = figure.value / 1000.0
    return found


@cache
def printed_halves() -> Mapping[Time, float]:
    """Return grain delivered by year and half of it, million tonnes; from January what is left."""
    autumn = series("grain_procurement_half_year").values()
    whole = series("grain_procurement").values()
    found = {(year, 2): value for year, value in autumn.items()}
    return found | {(year + 1, 1): whole[year + 1] - value for year, value in autumn.items()}


def purse(
    regime: str = MONEY,
    off: Sequence[str] = (),
    parameters: Mapping[str, float] = MappingProxyType({}),
    *,
    uncut: bool = False,
    even: bool = False,
) -> Purse:
    """Run a regime to 1928.

    Parameters
    ----------
    regime, off, parameters
        The regime, switches turned off, parameters put in place.
    uncut
        Whether the state price of grain is not cut in 1927.
    even
        Whether the tax on farms is paid evenly over the year.
    """
    inputs = country_inputs(regime)
    if uncut:
        year, held = _CUT
        inputs = inputs.changed("grain_price", lambda at, value: held if at == year else value)
    if even:
        inputs = inputs.changed("tax_season", lambda _, __: 1.0 / len(QUARTERS))
    books = _walk(inputs, {**model_parameters(), **parameters}, off)
    return Purse(parameters, {(each.year, each.quarter): each.nation for each in books})


def _walk(
    inputs: NationInputs, parameters: Mapping[str, float], off: Sequence[str]
) -> Iterator[Quarter]:
    walk = Walk(inputs, opening(inputs, parameters), plan_of(parameters, off))
    for year in range(inputs.years.start, _LAST + 1):
        for quarter in QUARTERS:
            yield walk.quarter(year, quarter)


@cache
def corners(*, even: bool = False) -> tuple[Purse, ...]:
    """Return a run for each corner of the ranges of the purse: 64."""
    known = {each.name: each for each in model_parameter_table()}
    ends = [(known[name].low, known[name].high) for name in RANGED]
    return tuple(
        purse(parameters=dict(zip(RANGED, values, strict=True)), even=even)
        for values in product(*ends)
    )


@cache
def alone() -> Mapping[str, tuple[Purse, Purse]]:
    """Return the runs with one number at its lower and its upper end, by its name."""
    known = {each.name: each for each in model_parameter_table()}
    return {
        name: (
            purse(parameters={name: known[name].low}),
            purse(parameters={name: known[name].high}),
        )
        for name in ALONE
    }


SHOWN: Final[Mapping[str, tuple[str, str]]] = {
    "delivered": ("taken", "million tonnes"),
    "kept_back": ("hold_share", "share"),
    "short": ("village_short", "share"),
    "cash": ("village_cash", "roubles a household"),
}
"""Column and unit of what the book shows of the run with money, by series."""


def purse_points(
    regime: str,
    inputs: NationInputs,
    parameters: Mapping[str, float],
    off: Sequence[str],
    years: range,
) -> Iterator[Point]:
    """Yield what history would be with money of towns and village, under the name of history.

    Parameters
    ----------
    regime
        Name under which it is shown.
    inputs
        What is given to the run with money.
    parameters, off
        As those of the run beside it.
    years
        Years that are shown; those to 1928 are yielded.
    """
    for each in _walk(inputs, parameters, off):
        if each.year not in years:
            continue
        for name, (column, unit) in SHOWN.items():
            value = float(each.nation[column])
            if name == "cash":
                value *= 1000.0 * HOUSEHOLD / float(each.nation["village"])
            yield Point(regime, each.year, f"purse/{name}/{each.quarter}", value, unit, "real")
