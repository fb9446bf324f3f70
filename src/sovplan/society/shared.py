"""What was shared out in a year, and the accounts that it must keep (design rule 7)."""

from dataclasses import dataclass
from typing import Final, final

import numpy as np

from sovplan.foundation.errors import IdentityBroken
from sovplan.foundation.shapes import GoodsVector, Grid
from sovplan.foundation.words import say
from sovplan.society.shops import ratio
from sovplan.society.strata import Strata, StrataGoods, StrataVector

TOLERANCE: Final = 1e-9
"""Greatest relative error of an account (numerical)."""


@final
@dataclass(frozen=True, slots=True, eq=False)
class Shared:
    """How what can be consumed in a year was shared out among S strata, and what was paid.

    Quantities are in units of the goods, money in that of the published prices, both a year.

    Parameters
    ----------
    people
        People in each stratum.
    there
        What was there of each good for consumption.
    published, prices
        Prices of the plan, at which closed shops and cards sell, and prices of open shops.
    common, privileged, rationed, sold
        What each stratum had free, from closed shops, on cards and in open shops, strata x goods.
    left
        What nobody took; it stays in stock.
    shortage
        Share of what was wanted of each good, at the prices asked, that could not be had, 0 to 1.
        Common goods are not wanted in shops.
    free_price
        Price at which all but the goods of closed shops would be resold; nan where there are none.
    opening, pay, bonus, spent, saved
        Money of each stratum: savings before, pay by grade, bonus, what was spent, savings after.
    queue
        Hours a year that each stratum stands in queues.
    """

    people: StrataVector
    there: GoodsVector
    published: GoodsVector
    prices: GoodsVector
    common: StrataGoods
    privileged: StrataGoods
    rationed: StrataGoods
    sold: StrataGoods
    left: GoodsVector
    shortage: GoodsVector
    free_price: GoodsVector
    opening: StrataVector
    pay: StrataVector
    bonus: StrataVector
    spent: StrataVector
    saved: StrataVector
    queue: StrataVector

    @property
    def consumption(self) -> StrataGoods:
        """What each stratum had in all, strata x goods."""
        return np.asarray(self.common + self.privileged + self.rationed + self.sold)

    @property
    def cost(self) -> StrataGoods:
        """What each stratum's goods cost, strata x goods."""
        fixed = self.published * (self.privileged + self.rationed)
        return np.asarray(fixed + self.prices * self.sold)

    def check(self) -> None:
        """Hold the accounts against each other.

        - goods: common + privileged + rationed + sold + left = there, for each good;
        - strata: opening + pay + bonus = spent + saved, for each stratum;
        - trade: spent by a stratum = value of the goods sold to it, at the prices it paid;
        - nothing is below zero.

        Raises
        ------
        IdentityBroken
            An account misses by more than 1e-9 of its greater side: a mistake of the program.

        Source: bookkeeping.
        """
        income = self.opening + self.pay + self.bonus
        _must_agree("goods", self.consumption.sum(axis=0) + self.left, self.there)
        _must_agree("strata", self.spent + self.saved, income)
        _must_agree("trade", self.cost.sum(axis=1), self.spent)
        for name in _AMOUNTS:
            least = float(np.min(getattr(self, name), initial=0.0))
            if not least >= 0.0:
                raise IdentityBroken(say("sharing.below", name=name, least=least))


_AMOUNTS: Final = (
    "common", "privileged", "rationed", "sold", "left", "prices", "shortage",
    "opening", "pay", "bonus", "spent", "saved", "queue",
)  # fmt: skip


def real_consumption(shared: Shared, weights: GoodsVector) -> StrataVector:
    """Return what a person of each stratum consumed, valued at constant prices.

    Parameters
    ----------
    shared
        A year.
    weights
        Worth of a unit of each good, the same in all years that are compared: the published prices
        of the first one. Common goods count like others.

    Returns
    -------
    StrataVector
        Worth per person, 0 where nobody lives. Over its value in the first year it is an index
        (Laspeyres).
    """
    return ratio(shared.consumption @ weights, shared.people, empty=0.0)


def need_met(shared: Shared, strata: Strata) -> StrataGoods:
    """Return the share of its needs that each stratum had, at most 1; 1 where nothing is needed."""
    needed = strata.need * shared.people[:, None]
    return np.minimum(ratio(shared.consumption, needed, empty=1.0), 1.0)


def _must_agree(account: str, one: Grid, other: Grid) -> None:
    apart = np.abs(one - other)
    greater = np.maximum(np.abs(one), np.abs(other))
    # Put this way round, what is no number is wrong too.
    wrong = ~(apart <= TOLERANCE * greater)
    if wrong.any():
        place = int(np.argmax(wrong))
        text = say(
            f"sharing.broken.{account}",
            place=place + 1,
            one=f"{one[place]:.12g}",
            other=f"{other[place]:.12g}",
            error=f"{apart[place] / greater[place]:.2g}",
        )
        raise IdentityBroken(text)
