"""Grain for seed, animals and people, and hunger: rules R20, R28.

Grain is in million tonnes, people in millions; rates are a year.
"""

from typing import Final

import numpy as np

from sovplan.foundation.engine.block import block
from sovplan.foundation.engine.rule import rule

_TWENTIETHS: Final = (
    -1.96, -1.44, -1.15, -0.93, -0.76, -0.60, -0.45, -0.32, -0.19, -0.06,
    0.06, 0.19, 0.32, 0.45, 0.60, 0.76, 0.93, 1.15, 1.44, 1.96,
)  # fmt: skip
"""Middles of twenty equal parts of a standard normal distribution, as rounded in the trial."""


@rule(
    "R20",
    step="make",
    table="nation",
    reads=("sown", "horses", "herd", "harvest"),
    parameters=("seed_rate", "grain_area", "feed_horse", "feed_cow", "least_net"),
    writes=("seed", "feed_need", "net_grain"),
    quarters=(3,),
    source="balances of grain of the 1920s, recalled",
)
def net_grain(
    sown: float,
    horses: float,
    herd: float,
    harvest: float,
    seed_rate: float,
    grain_area: float,
    feed_horse: float,
    feed_cow: float,
    least_net: float,
) -> tuple[float, float, float]:
    """Return seed, need of feed, and the grain that is left of the harvest, million tonnes.

        seed = min( H, seed_rate grain_area S ),   feed = feed_horse horses + feed_cow herd
        N = max( H - seed - feed, least_net H )

    Weak: who has less than the seed of his fields keeps all of it, and sows no less for that.
    """
    seed = min(harvest, seed_rate * grain_area * sown)
    feed = feed_horse * horses + feed_cow * herd
    return seed, feed, max(harvest - seed - feed, least_net * harvest)


@rule(
    "R20",
    step="share",
    table="nation",
    reads=("harvest", "seed", "feed_need", "taken_year", "yearly_offer", "village", "grain_store"),
    institutions=("food_aid", "quota_share", "collective_farming"),
    parameters=("food_norm", "private_sold", "stock_max", "store_share", "feed_power"),
    writes=(
        "grain_food",
        "grain_feed",
        "feed_ratio",
        "grain_store",
        "to_store",
        "grain_sold",
        "grain_overdrawn",
    ),
    source="own; Davies and Wheatcroft 2004 for balances of grain",
    switch="rules.grain_store",
    off={"stock_max": 0.0},
)  # fmt: skip
def use_of_grain(
    harvest: float,
    seed: float,
    feed_need: float,
    taken_year: float,
    yearly_offer: float,
    village: float,
    grain_store: float,
    food_aid: float,
    quota_share: float,
    collective_farming: float,
    food_norm: float,
    private_sold: float,
    stock_max: float,
    store_share: float,
    feed_power: float,
) -> tuple[float, float, float, float, float, float, float]:
    """Return food, feed, feed over its need, the store, what went in, sales, and what lacked.

        there = H + aid - seed - taken,   sold = min( private_sold offer, there+ )
        Z = there - sold,   need = food_norm village + feed need
        to store = min( stock_max - store, store_share (Z - need) )+      where Z > need
        from store = min( store, need - Z )                               where not
        q = min(1, (Z - to store)+ / need),   feed = feed need q^feed_power,   food = the rest

    Animals are cut first, people later. Nothing is sold privately under a quota. The grain of a
    year is booked by the calendar: what the state takes in spring is of the harvest before, and may
    be more than one that fails holds. That and seizures beyond the store are `grain_overdrawn`.
    """
    ordered = quota_share > 0.0 and collective_farming > 0.0
    offered = 0.0 if ordered else private_sold * yearly_offer
    there = harvest - seed - taken_year + food_aid
    sold = min(offered, max(0.0, there))
    rest = harvest - seed - taken_year - sold + food_aid
    need = village * food_norm / 1000.0 + feed_need
    if rest > need:
        stored = max(0.0, min(stock_max - grain_store, store_share * (rest - need)))
    else:
        stored = -min(grain_store, need - rest)
    rest -= stored
    overdrawn = max(0.0, -rest)
    rest = max(0.0, rest)
    ratio = min(1.0, rest / need) ** feed_power
    feed = feed_need * ratio
    return max(0.0, rest - feed), feed, ratio, grain_store + stored, stored, sold, overdrawn


@block(
    "R28",
    step="renew",
    reads=(
        "grain_food",
        "village",
        "weather",
        "taken_year",
        "harvest",
        "collectivised",
        "quota_blind",
    ),
    parameters=("c_star", "m_f", "gam_f", "sd0", "sd_w", "sd_q", "taken_from", "coll_from"),
    writes=("food_head", "hunger"),
    source="own; Naumenko 2021, Markevich, Naumenko and Qian 2024 on what decides who dies",
    switch="rules.famine",
    off={"m_f": 0.0},
)
def hunger(
    grain_food: float,
    village: float,
    weather: float,
    taken_year: float,
    harvest: float,
    collectivised: float,
    quota_blind: float,
    c_star: float,
    m_f: float,
    gam_f: float,
    sd0: float,
    sd_w: float,
    sd_q: float,
    taken_from: float,
    coll_from: float,
) -> tuple[float, float]:
    """Return grain a head of the village, kg, and the rate of excess deaths.

        x = mean of min( 1, m_f (1 - c / c_star)+^gam_f )
        ln c ~ N( ln mean - sd^2 / 2, sd ) by localities
        sd = sd0 + sd_w (1 - weather)+ + sd_q (taken / H - taken_from)+ in collective farms

    The mean is taken over twenty equally likely localities; nobody dies twice in one of them. The
    last term acts where quotas do not see the harvest of their year (`quota_blind`) and more than
    coll_from of the village is in collective farms: the latter is the trial's.
    """
    head = grain_food * 1000.0 / village
    taken = max(0.0, taken_year / harvest - taken_from) * (collectivised > coll_from) * quota_blind
    spread = sd0 + sd_w * max(0.0, 1.0 - weather) + sd_q * taken
    places = head * np.exp(spread * np.array(_TWENTIETHS) - spread * spread / 2.0)
    lack = np.clip(1.0 - places / c_star, 0.0, 1.0)
    died = lack**gam_f
    if m_f * float(died.max()) > 1.0:
        return head, float(np.minimum(1.0, m_f * died).mean())
    return head, m_f * float(died.mean())


@rule(
    "R28",
    step="renew",
    table="nation",
    reads=("taken_year", "town", "town_hunger", "grain_sold", "town_market", "army_grain"),
    institutions=("grain_exports",),
    parameters=("town_deaths", "town_ration"),
    writes=("town_grain", "hunger_town"),
    source="own",
    switch="rules.famine",
    off={"town_deaths": 0.0},
)
def hunger_in_towns(
    taken_year: float,
    town: float,
    town_hunger: float,
    grain_sold: float,
    town_market: float,
    army_grain: float,
    grain_exports: float,
    town_deaths: float,
    town_ration: float,
) -> tuple[float, float]:
    """Return grain a head of the towns, kg, and their rate of excess deaths.

    g = 1000 (taken - exported + sold - army)+ / town,   x = town_deaths (1 - g / town_ration)+

    What the village sells privately counts to 1920 only (`town_market`): bagmen fed the towns; and
    only to 1920 an army eats apart. After that the trial of the model knows neither.
    """
    there = taken_year - grain_exports + grain_sold * town_market - army_grain
    head = max(0.0, there) * 1000.0 / town
    return head, town_deaths * max(0.0, 1.0 - head / town_ration) * town_hunger
