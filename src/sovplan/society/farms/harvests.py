"""Harvests, deliveries and food of regions: rules R19, R20, R22, R28.

The country's grain is shared out: regions sum to what it hands down, in every course of weather.
"""

from sovplan.foundation.engine.functions import exp, power
from sovplan.foundation.engine.rule import rule
from sovplan.society.normal import lack, normal

GRAMS = 1.0e12
"""Grams in a million tonnes; also the fineness of weights."""
LEAST = 1.0e-9
"""Least share of need that is met, and least people, so that no power and no quotient fails
(numerical)."""


@rule(
    "R19",
    step="survey",
    table="place",
    reads=("area.grain_share", "base"),
    parameters=("weather_regions",),
    draws=("weather",),
    writes=("crop", "given", "got"),
    source="own: no weather by region is known here",
    switch="farms.weather",
    off={"weather_regions": 0.0},
)
def weather(
    area_grain_share: float, base: float, weather_regions: float, weather: float
) -> tuple[int, int, int]:
    """Weight of a region in the harvest: its share times exp(weather_regions n), n normal.

    Past deliveries and past receipts in whole grams, to be summed.
    """
    crop = int(area_grain_share * exp(weather_regions * normal(weather)) * GRAMS)
    return crop, int(max(base, 0.0) * GRAMS), int(max(-base, 0.0) * GRAMS)


@rule(
    "R22",
    step="draft",
    table="place",
    reads=(
        "crop", "given", "got", "sky.crop", "sky.given", "sky.got", "area.grain_share",
        "area.households",
        "village.households", "village.people", "village.crop", "village.seed", "village.feed_need",
        "village.feed", "village.food", "village.ordered",
    ),
    institutions=("quota_base",),
    parameters=("food_norm", "grain_evens", "cap_take"),
    writes=("harvest", "grain", "feed_need", "need", "asked", "over", "room"),
    source="Markevich, Naumenko and Qian 2024 on regions and procurement; form ours",
    switch="farms.quota",
    off={"village_ordered": 0.0},
)  # fmt: skip
def asked(
    crop: int, given: int, got: int, sky_crop: int, sky_given: int, sky_got: int,
    area_grain_share: float, area_households: int, village_households: int,
    village_people: float, village_crop: float, village_seed: float, village_feed_need: float,
    village_feed: float, village_food: float, village_ordered: float, quota_base: float,
    food_norm: float, grain_evens: float, cap_take: float,
) -> tuple[float, float, float, float, float, int, int]:  # fmt: skip
    """Return harvest, grain, needs, and the grain that is to leave the region (less what comes in).

        market   used = e need U / need_all + (1 - e) grain U / grain_all,   asked = grain - used
        quota    asked = (T + got_all) given / given_all - got;   by area: grain_share instead
        T = grain_all - U,   U food and feed of the village,   at most cap_take of the grain

    Under a quota no region sees its own harvest: past deliveries decide, and who got grain before
    gets as much again. Where the whole harvest is seed no grain is left to part by, so land is.
    """
    harvest = village_crop * crop / sky_crop
    grain = harvest - village_seed * area_grain_share
    people = village_people * area_households / max(village_households, 1)
    feed_need = village_feed_need * area_grain_share
    need = food_norm * people / 1000.0 + feed_need
    need_all = food_norm * village_people / 1000.0 + village_feed_need
    used_all = village_feed + village_food
    grain_all = village_crop - village_seed
    own = grain / grain_all if grain_all > 0.0 else area_grain_share
    fair = grain_evens * need / need_all + (1.0 - grain_evens) * own
    leaves = grain_all - used_all
    past = given / max(sky_given, 1)
    part = quota_base * area_grain_share + (1.0 - quota_base) * past
    ordered = (leaves + sky_got / GRAMS) * part - got / GRAMS
    wanted = ordered if village_ordered > 0.0 else grain - fair * used_all
    # Land that bears less than its seed has nothing to give: seed comes in.
    most = cap_take * grain if village_ordered > 0.0 and grain > 0.0 else grain
    over = int(max(wanted - most, 0.0) * GRAMS)
    return harvest, grain, feed_need, need, wanted, over, int(max(most - wanted, 0.0) * GRAMS)


@rule(
    "R22",
    step="decide",
    table="place",
    reads=(
        "grain", "asked", "over", "room", "feed_need", "need", "sky.over", "sky.room",
        "village.feed", "village.food",
    ),
    parameters=("feed_power",),
    writes=("left", "used", "feed_weight"),
    source="rules R20, R22",
)  # fmt: skip
def used(
    grain: float, asked: float, over: int, room: int, feed_need: float, need: float,
    sky_over: int, sky_room: int, village_feed: float, village_food: float, feed_power: float,
) -> tuple[float, float, int]:  # fmt: skip
    """Return what leaves, what is used, and the weight in feed, cut by (used / need)^feed_power.

        left = asked - over + over_all room / room_all
        used = spare U / (U + over_all - room_all)  where all rooms together are too small

    What a region cannot give is asked of the others, up to cap_take of their grain; what is still
    wanting, of what the cap has spared. U: food and feed of the village, which is what is left of
    all that is spared.
    """
    most = asked + (room - over) / GRAMS
    wanting = (sky_over - sky_room) / GRAMS
    used_all = village_feed + village_food
    shared = grain - asked + over / GRAMS - sky_over / GRAMS * room / max(sky_room, 1)
    spared = (grain - most) * used_all / max(used_all + wanting, LEAST)
    kept = max(spared if wanting > 0.0 else shared, 0.0)
    ratio = power(max(min(kept / need, 1.0), LEAST), feed_power)
    return grain - kept, kept, int(feed_need * ratio * GRAMS) if kept > 0.0 else 0


@rule(
    "R20",
    step="make",
    table="place",
    reads=("used", "feed_weight", "sky.feed_weight", "village.feed"),
    writes=("fed", "unfed", "left_over"),
    source="rule R20",
)
def fed(
    used: float, feed_weight: int, sky_feed_weight: int, village_feed: float
) -> tuple[float, int, int]:
    """Feed by weight, at most the grain of the region; what it cannot feed, and has left."""
    wanted = village_feed * feed_weight / max(sky_feed_weight, 1)
    given = min(wanted, used)
    return given, int((wanted - given) * GRAMS), int((used - given) * GRAMS)


@rule(
    "R28",
    step="share",
    table="place",
    reads=(
        "used", "fed", "left_over", "sky.unfed", "sky.left_over", "area.households",
        "village.households", "village.people",
    ),
    parameters=("sd0", "c_star", "gam_f"),
    writes=("feed", "food", "head", "lack"),
    source="rules R20, R28",
)  # fmt: skip
def eaten(
    used: float, fed: float, left_over: int, sky_unfed: int, sky_left_over: int,
    area_households: int, village_households: int, village_people: float, sd0: float,
    c_star: float, gam_f: float,
) -> tuple[float, float, float, int]:  # fmt: skip
    """Feed sums to the country's; food is the rest; who lacks food is weighed as rule R28 does.

    One gram a household is added: where nobody lacks food on the mean of a region, and however few
    live there, deaths fall on somebody.
    """
    feed = min(fed + sky_unfed / GRAMS * left_over / max(sky_left_over, 1), used)
    people = village_people * area_households / max(village_households, 1)
    head = (used - feed) * 1000.0 / max(people, LEAST)
    short = lack(max(head, 0.0), sd0, c_star, gam_f)
    return feed, used - feed, head, int(people * short * GRAMS) + area_households


@rule(
    "R28",
    step="inspect",
    table="place",
    reads=("lack", "sky.lack", "village.people", "village.hunger"),
    writes=("deaths",),
    source="the country's deaths, shared out by who lacked food",
)
def hunger(lack: int, sky_lack: int, village_people: float, village_hunger: float) -> float:
    """Deaths = hunger x people x weight of the region: a share of the country's, no more.

    They are kept for the accounts and shown nowhere: see the chapter on regions.
    """
    return village_hunger * village_people * lack / max(sky_lack, 1)


@rule(
    "R22",
    step="renew",
    table="place",
    reads=("base", "left"),
    parameters=("EH_adapt",),
    writes=("base",),
    source="Meng, Qian and Yared 2015 for the form",
)
def past_deliveries(
    base: float,
    left: float,
    EH_adapt: float,  # noqa: N803 - name of the parameter
) -> float:
    """B' = (1 - a) b + a (what left the region)."""
    return (1.0 - EH_adapt) * base + EH_adapt * left
