"""What moved the price of industrial goods after its peak of 1923: goods, grain, or the price rule.

The clearing price of rule R14 is an equation of two numbers, so its change has exactly two parts;
what is charged over it is the third.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import log
from typing import Final, TypeAlias, final

from sovplan.society.nation.market import clearing

Time: TypeAlias = tuple[int, int]
"""Year and quarter."""

PEAK: Final[Time] = (1923, 4)
"""The last quarter of 1923, of the highest price in history and in the run of history."""


@final
@dataclass(frozen=True, slots=True)
class Closing:
    """Parts of a change of ln price from one quarter to a later one; they add up to the whole.

    Parameters
    ----------
    until
        The later quarter.
    total
        ln p' - ln p of the price charged.
    goods, grain
        Through the clearing price: goods that reach the village, grain that it can sell.
    rule
        What is charged over the clearing price: mark-up of trusts and control.
    """

    until: Time
    total: float
    goods: float
    grain: float
    rule: float


def before(time: Time) -> Time:
    """Return the quarter before."""
    year, quarter = time
    return (year, quarter - 1) if quarter > 1 else (year - 1, 4)


def closing(
    at: Mapping[Time, Mapping[str, float]],
    until: Time,
    parameters: Mapping[str, float],
    since: Time = PEAK,
) -> Closing:
    """Part the change of the price charged.

        ln p = ln p_clearing(G, N) + ln( p / p_clearing )

    Each of G and N is changed first and second, and the mean of the two taken.

    Parameters
    ----------
    at
        `charged_price`, `village_goods` and `net_grain` by quarter; the price of a quarter clears
        the goods of the quarter before.
    until, since
        The later and the earlier quarter.
    parameters
        Values of the model by name.
    """
    fixed = {name: parameters[name] for name in clearing.parameters}

    def price(goods_of: Time, grain_of: Time) -> float:
        goods, grain = at[before(goods_of)]["village_goods"], at[grain_of]["net_grain"]
        return log(clearing.law(net_grain=grain, village_goods=goods, **fixed))

    start, end = price(since, since), price(until, until)
    more_goods, more_grain = price(until, since), price(since, until)
    goods = ((more_goods - start) + (end - more_grain)) / 2.0
    grain = ((more_grain - start) + (end - more_goods)) / 2.0
    total = log(at[until]["charged_price"] / at[since]["charged_price"])
    return Closing(until, total, goods, grain, total - goods - grain)
