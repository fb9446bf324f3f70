"""Three doors to what is there: closed shops, ration cards, open shops (rules R13 and R15).

All take the money that each stratum has set apart for each good, strata x goods, and what is there
of each good. `published` are the prices of the plan.
"""

import numpy as np

from sovplan.foundation.shapes import Flags, GoodsVector, Grid
from sovplan.society.strata import StrataGoods, StrataVector

CRUMB = 1e-12
"""Share of a quantity below which the rest of a subtraction is rounding, not goods (numerical)."""


def closed_shops(
    money: StrataGoods,
    there: GoodsVector,
    published: GoodsVector,
    officials: Flags,
    closed_supply: float,
) -> StrataGoods:
    """Return what officials take first, at the published price.

        y_sg = closed_supply (1 - S_g / D_g)+ d_sg        s official, d = money / price, D its sum

    Were all served alike, each would go without the share 1 - S/D of what it wants; closed shops
    make good the share `closed_supply` of that, before anybody else is served. Where there is
    enough they give nothing: privilege needs scarcity. If officials want more than is there, it is
    divided among them as they want it.

    Source: rule R13; the form is ours, after the hypothesis of Trotsky (1936, ch. 5).
    """
    wanted = money / published
    total = wanted.sum(axis=0)
    missing = 1.0 - np.minimum(ratio(there, total, empty=1.0), 1.0)
    first = closed_supply * missing * wanted * officials[:, None]
    asked = first.sum(axis=0)
    return np.asarray(first * np.minimum(ratio(there, asked, empty=1.0), 1.0))


def rations(
    money: StrataGoods,
    there: GoodsVector,
    published: GoodsVector,
    cards: StrataVector,
    ration: float,
) -> StrataGoods:
    """Return what is bought on ration cards, at the published price.

        r_sg = min( ration S_g n_s / sum n,  money_sg / p_g ),      n = people x norm of class

    Only what is short at the published price is rationed: otherwise everybody gets what it wants
    without a card. What a stratum does not want or cannot pay for goes to the open shops of the
    same year; it is not offered on cards again.

    Source: rule R15; categories of consumers as in Osokina (1999).
    """
    wanted = money / published
    short = wanted.sum(axis=0) > there
    heads = float(cards.sum())
    share = cards / heads if heads > 0.0 else cards
    return np.asarray(np.minimum(ration * share[:, None] * (there * short), wanted))


def shop_prices(
    money: GoodsVector, there: GoodsVector, published: GoodsVector, price_rule: float
) -> GoodsVector:
    """Return the prices of open shops.

        P = p (P* / p)^price_rule,        P* = money / there

    People spend a fixed part of their money on each good, so P* is the one price at which what is
    offered and what is wanted agree; no search is needed. `price_rule` is the part of the way, in
    logs, that prices go from the published one to it. Where nothing is offered, or nobody has money
    for it, no price clears and the published one stays.

    Parameters
    ----------
    money
        Money brought for each good by all.

    Source: rule R15 of the model; the form is ours.
    """
    away = ratio(money, there * published, empty=1.0)
    return np.asarray(published * np.where(away > 0.0, away, 1.0) ** price_rule)


def spending(money: StrataGoods, there: GoodsVector, prices: GoodsVector) -> StrataGoods:
    """Return the money that is spent in open shops.

        spent_s = money_s min( 1, there price / sum of money )

    Where more is wanted than there is, the queue serves all in the same proportion to what they
    want; the rest of their money stays in their pockets.

    Source: rule R15 of the model; that the queue is fair is ours.
    """
    served = np.minimum(ratio(there * prices, money.sum(axis=0), empty=1.0), 1.0)
    return np.asarray(money * served)


def free_prices(
    wanted: GoodsVector, there: GoodsVector, prices: GoodsVector, eps_d: float
) -> GoodsVector:
    """Return the prices at which all that did not go to closed shops would be resold.

        p_f = P max(1, D_left / S_free)^(1 / eps_d)

    It is a reckoning beside the accounts: nobody buys at it here. nan where nothing is there of
    what is wanted.

    Parameters
    ----------
    wanted
        D_left, units wanted on cards and in open shops at the prices there.
    there
        S_free, units on cards and in open shops. Cards can be resold: counting shelves alone would
        let the price go to infinity as `ration` goes to 1.
    prices
        P, prices of open shops.
    eps_d
        Price elasticity of demand, > 0.

    Source: rule R15.
    """
    pressed = np.maximum(ratio(wanted, there, empty=1.0), 1.0)
    price = prices * pressed ** (1.0 / eps_d)
    return np.where((there > 0.0) | (wanted <= 0.0), price, np.nan)


def rest(whole: Grid, taken: Grid) -> Grid:
    """Return what remains of a quantity; crumbs of rounding count as nothing."""
    remains = whole - taken
    return np.asarray(np.where(remains > CRUMB * whole, remains, 0.0))


def ratio(above: Grid, below: Grid, *, empty: float) -> Grid:
    """Return above / below, and `empty` where there is nothing below."""
    # Next to nothing below may give infinity: more than enough.
    with np.errstate(over="ignore"):
        shares = np.divide(above, below, out=np.full(below.shape, empty), where=below > 0.0)
    return np.asarray(shares)
