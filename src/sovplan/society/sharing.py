"""How what can be consumed in a year is shared out among strata: pay, free goods, cards, shops.

The order is the order of doors: common goods by heads, closed shops, ration cards, open shops.
Whoever comes later finds what earlier ones have left.
"""

from dataclasses import dataclass
from typing import Final, final

import numpy as np

from sovplan.foundation.errors import DataError
from sovplan.foundation.shapes import Flags, GoodsVector
from sovplan.foundation.words import say
from sovplan.records.institutions import Institutions
from sovplan.records.parameters import Parameters
from sovplan.society.pay import hourly_pay
from sovplan.society.shared import Shared
from sovplan.society.shops import (
    closed_shops,
    free_prices,
    ratio,
    rations,
    rest,
    shop_prices,
    spending,
)
from sovplan.society.strata import (
    Strata,
    StrataGoods,
    StrataVector,
    must_be_amounts,
    must_have_shape,
)

WEEKS: Final = 52.0
"""Weeks of a year in which people shop (assumed: all of them)."""


@final
@dataclass(frozen=True, slots=True, eq=False)
class Offer:
    """What there is to share out.

    Parameters
    ----------
    there
        Units of each good that can be consumed this year, from output, trade and stock.
    common
        Which goods are common: free, shared by heads.
    prices
        Published prices, > 0: hours of work per unit by the plan's valuation, or any other money.

    Raises
    ------
    DataError
        An amount is below 0, a price is not above 0, or the parts do not fit together.
    """

    there: GoodsVector
    common: Flags
    prices: GoodsVector

    def __post_init__(self) -> None:
        """Check what the shops rely on."""
        must_have_shape("common", self.common, self.there.shape)
        must_have_shape("prices", self.prices, self.there.shape)
        must_be_amounts("there", self.there)
        if not (np.isfinite(self.prices) & (self.prices > 0.0)).all():
            raise DataError(say("sharing.prices", found=self.prices.tolist()))


@final
@dataclass(frozen=True, slots=True, eq=False)
class Earned:
    """What strata have worked for, and what they had before.

    Parameters
    ----------
    hours
        Hours worked in the year.
    bonus
        Money on top of pay, for over-fulfilment.
    savings
        Money kept from the year before.
    hour
        Mean pay of an hour, in the money of the published prices. 1 pays an hour in full; less
        leaves room for what is built and used in common (see `covering_pay`).

    Raises
    ------
    DataError
        A number is below 0, or the parts do not fit together.
    """

    hours: StrataVector
    bonus: StrataVector
    savings: StrataVector
    hour: float = 1.0

    def __post_init__(self) -> None:
        """Check what pay relies on."""
        for name in ("bonus", "savings"):
            must_have_shape(name, getattr(self, name), self.hours.shape)
        for name in ("hours", "bonus", "savings"):
            must_be_amounts(name, getattr(self, name))
        must_be_amounts("hour", np.array([self.hour]))


def covering_pay(offer: Offer, hours: StrataVector) -> float:
    """Return the mean pay of an hour that just buys what is offered at published prices.

        hour = sum of p_g there_g over goods that are not common / hours

    It is the hour less what is deducted for building, common goods and public uses (Marx 1875).
    With it and no savings or bonuses money and goods agree in sum, though not good by good. 0 where
    nobody works.

    Source: a choice of ours.
    """
    value = float((offer.prices * offer.there)[~offer.common].sum())
    worked = float(hours.sum())
    return value / worked if worked > 0.0 else 0.0


def share_out(
    strata: Strata,
    offer: Offer,
    earned: Earned,
    institutions: Institutions,
    parameters: Parameters,
) -> Shared:
    """Share out a year's goods among strata and return who had what, and what was paid.

    Each stratum sets its money (savings, pay, bonus) apart for goods by its budget shares, over
    goods that are not common. Then, for each good,

        common goods     by heads, free
        closed shops     `shops.closed_shops`: officials, a share of what they would go without
        cards            `shops.rations`: a share of what is left, by the norms of classes
        open shops       `shops.shop_prices`, `shops.spending`: the rest, for the money left

    and money set apart for one good is not spent on another: what cannot be spent is saved.

        hours in queues = 52 queue (1 - ration) people  sum_g w_g shortage_g

    w_g is the part of its money that a stratum brings to open doors for a good: nobody queues in a
    closed shop.

    Parameters
    ----------
    strata, offer, earned
        Who there is, what there is, what was earned.
    institutions
        Read: wage_spread, pay_cap, closed_supply, ration, ration_norms, price_rule.
    parameters
        Read: ineq0, ineq_max, eps_d, queue.

    Raises
    ------
    DataError
        The parts do not fit together.
    IdentityBroken
        The accounts do not close: a mistake of the program.

    Source: rules R13 and R15 of the model; the order of the doors is ours.
    """
    must_have_shape("hours", earned.hours, (len(strata),))
    must_have_shape("there", offer.there, strata.budget.shape[1:])
    pay = pay_of(strata, earned, institutions, parameters)
    wallet = earned.savings + pay + earned.bonus
    wanted = wallet[:, None] * _budget(strata, offer)
    common = _by_heads(strata) * np.where(offer.common, offer.there, 0.0)
    doors = _doors(strata, offer, wanted, institutions)
    had = (doors.privileged + doors.rationed + doors.sold).sum(axis=0)
    on_cards = doors.rationed.sum(axis=0)
    money, paid = doors.carried.sum(axis=0), doors.paid.sum(axis=0)
    unmet = rest(money, paid) / doors.prices
    shortage = ratio(unmet, had + unmet, empty=0.0)
    bare = ratio(doors.brought @ shortage, wanted.sum(axis=1), empty=0.0)
    spent = (offer.prices * (doors.privileged + doors.rationed) + doors.paid).sum(axis=1)
    shared = Shared(
        people=strata.people,
        there=offer.there,
        published=offer.prices,
        prices=doors.prices,
        common=common,
        privileged=doors.privileged,
        rationed=doors.rationed,
        sold=doors.sold,
        left=np.maximum(offer.there - common.sum(axis=0) - had, 0.0),
        shortage=shortage,
        free_price=free_prices(
            on_cards + money / doors.prices, on_cards + doors.shelf, doors.prices, parameters.eps_d
        ),
        opening=earned.savings,
        pay=pay,
        bonus=earned.bonus,
        spent=spent,
        saved=np.maximum(wallet - spent, 0.0),
        queue=parameters.queue * WEEKS * (1.0 - institutions.ration) * strata.people * bare,
    )
    shared.check()
    return shared


def pay_of(
    strata: Strata, earned: Earned, institutions: Institutions, parameters: Parameters
) -> StrataVector:
    """Return the pay of each stratum in the year, without bonus.

        pay = hour hours w,     w of `pay.hourly_pay` at the ceiling `pay_cap` and the
                                decile ratio ineq0 + (ineq_max - ineq0) wage_spread

    Source: rule R13 of the model.
    """
    spread = institutions.wage_spread
    decile_ratio = parameters.ineq0 + (parameters.ineq_max - parameters.ineq0) * spread
    hourly = hourly_pay(strata, earned.hours, decile_ratio, institutions.pay_cap)
    return earned.hour * hourly * earned.hours


@final
@dataclass(frozen=True, slots=True, eq=False)
class _Doors:
    """Goods that went through each door, and money on its way from one to the next."""

    privileged: StrataGoods
    rationed: StrataGoods
    sold: StrataGoods
    brought: StrataGoods
    carried: StrataGoods
    paid: StrataGoods
    shelf: GoodsVector
    prices: GoodsVector


def _doors(strata: Strata, offer: Offer, wanted: StrataGoods, institutions: Institutions) -> _Doors:
    """Lead the money that each stratum has set apart for each good through the three doors.

    `brought` is the money that is left after closed shops, `carried` that after cards, and `shelf`
    what open shops have.
    """
    shelf = np.where(offer.common, 0.0, offer.there)
    officials = strata.of_class("official")
    privileged = closed_shops(wanted, shelf, offer.prices, officials, institutions.closed_supply)
    shelf = rest(shelf, privileged.sum(axis=0))
    brought = rest(wanted, offer.prices * privileged)
    cards = strata.people * [institutions.ration_norms[each] for each in strata.classes]
    rationed = rations(brought, shelf, offer.prices, cards, institutions.ration)
    shelf = rest(shelf, rationed.sum(axis=0))
    carried = rest(brought, offer.prices * rationed)
    prices = shop_prices(carried.sum(axis=0), shelf, offer.prices, institutions.price_rule)
    paid = spending(carried, shelf, prices)
    return _Doors(privileged, rationed, paid / prices, brought, carried, paid, shelf, prices)


def _budget(strata: Strata, offer: Offer) -> StrataGoods:
    """Return budget shares over goods that are sold, each row adding up to 1 or 0."""
    bought = strata.budget * ~offer.common
    return ratio(
        bought, np.broadcast_to(bought.sum(axis=1, keepdims=True), bought.shape), empty=0.0
    )


def _by_heads(strata: Strata) -> StrataGoods:
    everybody = float(strata.people.sum())
    heads = strata.people / everybody if everybody > 0.0 else strata.people
    return heads[:, None]
