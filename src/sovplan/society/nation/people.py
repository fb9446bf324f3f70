"""Grain eaten, births and deaths, migration, what people live on: rules R20, R28, R29, R15.

People are in millions, grain in million tonnes; rates are a year.
"""

from typing import Final

import numpy as np

from sovplan.foundation.engine.rule import rule
from sovplan.society.nation.block import block

_TWENTIETHS: Final = (
    -1.96, -1.44, -1.15, -0.93, -0.76, -0.60, -0.45, -0.32, -0.19, -0.06,
    0.06, 0.19, 0.32, 0.45, 0.60, 0.76, 0.93, 1.15, 1.44, 1.96,
)  # fmt: skip
"""Middles of twenty equal parts of a standard normal distribution, as rounded in the trial."""


@rule(
    "R29",
    step="renew",
    table="nation",
    reads=("village", "town", "town_living", "village_living", "hands_wanted", "workers"),
    institutions=("priority", "migration_force", "coll_force", "passport", "towns_open"),
    parameters=("mig_a", "mig_b", "mig_nep", "mig_forced", "mig_vac", "mig_passport", "town_head",
                "living_least", "vacancy_most", "workers_least"),
    writes=("village", "town", "moved"),
    source="Allen 2003, appendix B, equation 50; the term of vacancies is ours",
    switch="rules.migration",
    off={"mig_a": 0.0, "mig_b": 0.0, "mig_vac": 0.0},
)  # fmt: skip
def migration(
    village: float,
    town: float,
    town_living: float,
    village_living: float,
    hands_wanted: float,
    workers: float,
    priority: float,
    migration_force: float,
    coll_force: float,
    passport: float,
    towns_open: float,
    mig_a: float,
    mig_b: float,
    mig_nep: float,
    mig_forced: float,
    mig_vac: float,
    mig_passport: float,
    town_head: float,
    living_least: float,
    vacancy_most: float,
    workers_least: float,
) -> tuple[float, float, float]:
    """Return the people of village and town, and those who moved in the quarter.

        rate = m max(0, mig_a c_town / c_village - mig_b) + mig_vac min(most, wanted / workers - 1)+
        m = mig_nep before the drive, mig_forced while force acts, 1 after;  x mig_passport if bound

    The second term acts under priority only: soft budgets hire all who come.
    """
    relative = town_living / max(living_least, village_living) * town_head
    lacking = max(0.0, hands_wanted / max(workers_least, workers) - 1.0) * priority
    drive = mig_forced if coll_force else 1.0
    pull = max(0.0, mig_a * relative - mig_b) * (drive if migration_force else mig_nep)
    bound = 1.0 + passport * (mig_passport - 1.0)
    rate = (pull + mig_vac * min(vacancy_most, lacking)) * bound * towns_open
    moved = village * rate / 4.0
    return village - moved, town + moved, moved


@rule(
    "R20",
    step="share",
    table="nation",
    reads=("harvest", "seed", "feed_need", "taken_year", "yearly_offer", "village", "grain_store"),
    institutions=("food_aid", "quota_share", "collective_farming"),
    parameters=("food_norm", "private_sold", "stock_max", "store_share", "feed_power"),
    writes=("grain_food", "grain_feed", "feed_ratio", "grain_store", "to_store", "grain_sold"),
    source="own; Davies and Wheatcroft 2004 for balances of grain",
    switch="rules.grain_store",
    off={"stock_max": 0.0},
)
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
) -> tuple[float, float, float, float, float, float]:
    """Return food and feed of the village, feed over its need, the store, what went in, and sales.

        Z = H - seed - taken - sold to towns privately + aid,   need = food_norm village + feed need
        to store = min( stock_max - store, store_share (Z - need) )+      where Z > need
        from store = min( store, need - Z )                               where not
        q = min(1, (Z - to store) / need),   feed = feed need q^feed_power,   food = the rest

    Animals are cut first, people later. Nothing is sold privately under a quota.
    """
    ordered = quota_share > 0.0 and collective_farming > 0.0
    sold = 0.0 if ordered else private_sold * yearly_offer
    rest = harvest - seed - taken_year - sold + food_aid
    need = village * food_norm / 1000.0 + feed_need
    if rest > need:
        stored = max(0.0, min(stock_max - grain_store, store_share * (rest - need)))
    else:
        stored = -min(grain_store, need - rest)
    rest -= stored
    ratio = min(1.0, rest / need) ** feed_power
    feed = feed_need * ratio
    return rest - feed, feed, ratio, grain_store + stored, stored, sold


@block(
    "R28",
    step="renew",
    reads=("grain_food", "village", "weather", "taken_year", "harvest", "collectivised"),
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

        x = m_f mean( (1 - c / c_star)+^gam_f ),   ln c ~ N( ln mean - sd^2 / 2, sd ) by localities
        sd = sd0 + sd_w (1 - weather)+ + sd_q (taken / H - taken_from)+ in collective farms

    The mean is taken over twenty equally likely localities.
    """
    head = grain_food * 1000.0 / village
    taken = max(0.0, taken_year / harvest - taken_from) * (collectivised > coll_from)
    spread = sd0 + sd_w * max(0.0, 1.0 - weather) + sd_q * taken
    places = head * np.exp(spread * np.array(_TWENTIETHS) - spread * spread / 2.0)
    lack = np.clip(1.0 - places / c_star, 0.0, 1.0)
    return head, m_f * float((lack**gam_f).mean())


@rule(
    "R28",
    step="renew",
    table="nation",
    reads=("taken_year", "town", "town_hunger"),
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
    grain_exports: float,
    town_deaths: float,
    town_ration: float,
) -> tuple[float, float]:
    """Return grain a head of the towns, kg, and their rate of excess deaths.

    g = 1000 (taken - exported)+ / town,   x = town_deaths (1 - g / town_ration)+
    """
    head = max(0.0, taken_year - grain_exports) * 1000.0 / town
    return head, town_deaths * max(0.0, 1.0 - head / town_ration) * town_hunger


@rule(
    "R28",
    step="renew",
    table="nation",
    reads=("village", "town", "hunger", "hunger_town", "death_trend", "birth_trend"),
    parameters=("cdr0", "cbr0", "town_death", "village_birth", "town_birth", "birth_lost",
                "birth_hungry"),
    writes=("village", "town", "births_village", "births_town", "deaths_village", "deaths_town",
            "excess_deaths"),
    source="Andreev, Darskii and Kharkova 1993 for levels; forms ours",
)  # fmt: skip
def births_and_deaths(
    village: float,
    town: float,
    hunger: float,
    hunger_town: float,
    death_trend: float,
    birth_trend: float,
    cdr0: float,
    cbr0: float,
    town_death: float,
    village_birth: float,
    town_birth: float,
    birth_lost: float,
    birth_hungry: float,
) -> tuple[float, float, float, float, float, float, float]:
    """Return the people of village and town, births and deaths of the year, and excess deaths.

        deaths = village (d + x) + town (town_death d + x_town),     d = cdr0 trend / 1000
        births = (village_birth village + town_birth town) b (1 - birth_lost min(1, birth_hungry x))

    b = cbr0 trend / 1000; deaths of July to June follow the harvest of the year.
    """
    deaths = cdr0 / 1000.0 * death_trend
    births = cbr0 / 1000.0 * birth_trend * (1.0 - birth_lost * min(1.0, birth_hungry * hunger))
    died, died_town = village * (deaths + hunger), town * (deaths * town_death + hunger_town)
    born, born_town = village * births * village_birth, town * births * town_birth
    excess = village * hunger + town * hunger_town
    return (
        village + born - died,
        town + born_town - died_town,
        born,
        born_town,
        died,
        died_town,
        excess,
    )


@rule(
    "R15",
    step="renew",
    table="nation",
    reads=(
        "food_head", "town_grain", "animals_made", "goods", "town_goods_got", "village", "town",
        "services.output", "animals.output_1928", "services.output_1928", "town_food_given",
    ),
    parameters=(
        "village_1928", "town_1928", "people_1928", "animals_village", "grain_norm", "grain_most",
        "town_norm", "town_grain_most", "town_animals_power", "town_services_power",
        "village_goods_1928", "town_goods_1928", "village_food_grain", "town_food_grain",
        "village_w_food", "village_w_goods", "town_w_food", "town_w_goods", "town_food_most",
        "town_head",
    ),
    writes=("village_living", "town_living", "town_food", "consumption"),
    source="own index; its weights are those of the specification of the model, section 8",
)  # fmt: skip
def living(
    food_head: float,
    town_grain: float,
    animals_made: float,
    goods: float,
    town_goods_got: float,
    village: float,
    town: float,
    services_output: float,
    animals_output_1928: float,
    services_output_1928: float,
    town_food_given: float,
    village_1928: float,
    town_1928: float,
    people_1928: float,
    animals_village: float,
    grain_norm: float,
    grain_most: float,
    town_norm: float,
    town_grain_most: float,
    town_animals_power: float,
    town_services_power: float,
    village_goods_1928: float,
    town_goods_1928: float,
    village_food_grain: float,
    town_food_grain: float,
    village_w_food: float,
    village_w_goods: float,
    town_w_food: float,
    town_w_goods: float,
    town_food_most: float,
    town_head: float,
) -> tuple[float, float, float, float]:
    """Return living in village and town, about 1 in 1928, food in towns, and consumption a head.

        living = w_food food + w_goods goods a head + (1 - w_food - w_goods) services a head
        food = v grain a head / norm + (1 - v) animal products a head

        consumption = (living village + town_head living town) / people

    Grain counts up to grain_most times the norm. Animal products are shared in a fixed proportion.
    """
    animals = animals_made / animals_output_1928
    cared = services_output / services_output_1928
    town_size, village_size = town / town_1928, village / village_1928
    food_v = (
        village_food_grain * min(grain_most, food_head / grain_norm)
        + (1.0 - village_food_grain) * (animals * animals_village / village_size) / animals_village
    )
    food_t = (
        town_food_grain * min(town_grain_most, town_grain / town_norm)
        + (1.0 - town_food_grain) * animals / town_size**town_animals_power
    )
    bought_v = ((goods - town_goods_got) / village_size) / village_goods_1928
    bought_t = (town_goods_got / town_size) / town_goods_1928
    rest_v = 1.0 - village_w_food - village_w_goods
    rest_t = 1.0 - town_w_food - town_w_goods
    served_v = cared / ((village + town) / people_1928)
    served_t = cared / town_size**town_services_power
    rural = village_w_food * food_v + village_w_goods * bought_v + rest_v * served_v
    urban = town_w_food * food_t + town_w_goods * bought_t + rest_t * served_t
    food = town_food_given if town_food_given else min(town_food_most, food_t)
    return rural, urban, food, (rural * village + town_head * urban * town) / (village + town)
