"""Migration, births and deaths, what people live on: rules R29, R28, R15.

People are in millions; rates are a year.
"""

from sovplan.foundation.engine.rule import rule


@rule(
    "R29",
    step="renew",
    table="nation",
    reads=("village", "town", "town_living", "village_living", "hands_wanted", "workers"),
    institutions=("priority", "migration_force", "coll_force", "passports", "towns_open"),
    parameters=("mig_a", "mig_b", "mig_nep", "mig_forced", "mig_vac", "passport", "town_head",
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
    passports: float,
    towns_open: float,
    mig_a: float,
    mig_b: float,
    mig_nep: float,
    mig_forced: float,
    mig_vac: float,
    passport: float,
    town_head: float,
    living_least: float,
    vacancy_most: float,
    workers_least: float,
) -> tuple[float, float, float]:
    """Return the people of village and town, and those who moved in the quarter.

        rate = m (mig_a h c_town / c_village - mig_b)+ + mig_vac min(most, wanted / workers - 1)+
        m = mig_nep before the drive, mig_forced while force acts, 1 after;  x passport if bound

    Passports bind who comes for a better living, not who is hired for want of hands.

    h (`town_head`) is living in towns over that in the village in 1928; both indices are 1 then.
    The second term acts under priority only: soft budgets hire all who come.
    """
    relative = town_living / max(living_least, village_living) * town_head
    lacking = max(0.0, hands_wanted / max(workers_least, workers) - 1.0) * priority
    drive = mig_forced if coll_force else 1.0
    pull = max(0.0, mig_a * relative - mig_b) * (drive if migration_force else mig_nep)
    bound = 1.0 + passports * (passport - 1.0)
    rate = (pull * bound + mig_vac * min(vacancy_most, lacking)) * towns_open
    moved = village * rate / 4.0
    return village - moved, town + moved, moved


@rule(
    "R28",
    step="renew",
    table="nation",
    reads=("hunger", "hunger_before"),
    institutions=("births_later",),
    writes=("birth_hunger", "hunger_before"),
    source="specification of the model, R28: hunger lowers the births of the next year",
    switch="rules.births_later",
    off={"births_later": 0.0},
)
def birth_hunger(hunger: float, hunger_before: float, births_later: float) -> tuple[float, float]:
    """Return the hunger that births follow, x_b = x + later (x of a year ago - x), and x itself.

    The trial, and history here, takes the hunger of the same year: the fewest births of a famine
    then come a year too early.
    """
    return hunger + births_later * (hunger_before - hunger), hunger


@rule(
    "R28",
    step="renew",
    table="nation",
    reads=("birth_hunger", "death_trend", "birth_trend", "age_deaths", "age_births"),
    parameters=("cdr0", "cbr0", "birth_lost", "birth_hungry"),
    writes=("death_rate", "birth_rate"),
    source="Andreev, Darskii and Kharkova 1993 for levels; forms ours",
)
def vital_rates(
    birth_hunger: float,
    death_trend: float,
    birth_trend: float,
    age_deaths: float,
    age_births: float,
    cdr0: float,
    cbr0: float,
    birth_lost: float,
    birth_hungry: float,
) -> tuple[float, float]:
    """Return deaths a head without hunger and births a head, as the whole country would have them.

        d = cdr0 trend ages / 1000
        b = cbr0 trend ages / 1000 (1 - birth_lost min(1, birth_hungry x_b))

    Ages are 1 where a regime does not reckon them.
    """
    deaths = cdr0 / 1000.0 * death_trend * age_deaths
    fed = 1.0 - birth_lost * min(1.0, birth_hungry * birth_hunger)
    return deaths, cbr0 / 1000.0 * birth_trend * age_births * fed


@rule(
    "R28",
    step="renew",
    table="nation",
    reads=("village", "town", "death_rate", "birth_rate", "hunger", "hunger_town"),
    parameters=("town_death", "village_birth", "town_birth"),
    writes=("village", "town", "births_village", "births_town", "deaths_village", "deaths_town",
            "excess_deaths"),
    source="Andreev, Darskii and Kharkova 1993 for levels; forms ours",
)  # fmt: skip
def births_and_deaths(
    village: float,
    town: float,
    death_rate: float,
    birth_rate: float,
    hunger: float,
    hunger_town: float,
    town_death: float,
    village_birth: float,
    town_birth: float,
) -> tuple[float, float, float, float, float, float, float]:
    """Return the people of village and town, births and deaths of the year, and excess deaths.

        deaths = village (d + x) + town (town_death d + x_town)
        births = (village_birth village + town_birth town) b

    Deaths of July to June follow the harvest of the year. Hunger takes those at most whom a common
    year leaves alive: d + x is 1 at most.
    """
    x = min(hunger, 1.0 - death_rate)
    x_town = min(hunger_town, 1.0 - death_rate * town_death)
    died = village * (death_rate + x)
    died_town = town * (death_rate * town_death + x_town)
    born, born_town = village * birth_rate * village_birth, town * birth_rate * town_birth
    excess = village * x + town * x_town
    left, left_town = village + born - died, town + born_town - died_town
    return left, left_town, born, born_town, died, died_town, excess


@rule(
    "R15",
    step="renew",
    table="nation",
    reads=("food_head", "town_grain", "animals_made", "village", "town", "animals.output_1928"),
    parameters=(
        "village_1928", "town_1928", "animals_village", "grain_norm", "grain_most", "town_norm",
        "town_grain_most", "town_animals_power", "village_food_grain", "town_food_grain",
        "town_food_most",
    ),
    writes=("village_table", "town_table", "town_food"),
    source="own index; its weights are those of the specification of the model, section 8",
)  # fmt: skip
def food_had(
    food_head: float,
    town_grain: float,
    animals_made: float,
    village: float,
    town: float,
    animals_output_1928: float,
    village_1928: float,
    town_1928: float,
    animals_village: float,
    grain_norm: float,
    grain_most: float,
    town_norm: float,
    town_grain_most: float,
    town_animals_power: float,
    village_food_grain: float,
    town_food_grain: float,
    town_food_most: float,
) -> tuple[float, float, float]:
    """Return food a head of village and towns over the norm, and food in towns as effort reads it.

        food = v min(most, grain a head / norm) + (1 - v) animal products a head

    Animal products are shared in a fixed proportion. Where food of towns is given it takes the
    place of the last number, outside the rule (`forced`).
    """
    animals = animals_made / animals_output_1928
    town_size, village_size = town / town_1928, village / village_1928
    shared = animals * animals_village / village_size
    meat_v = (1.0 - village_food_grain) * shared / animals_village
    grain_v = village_food_grain * min(grain_most, food_head / grain_norm)
    meat_t = (1.0 - town_food_grain) * animals / town_size**town_animals_power
    food_t = town_food_grain * min(town_grain_most, town_grain / town_norm) + meat_t
    return grain_v + meat_v, food_t, min(town_food_most, food_t)


@rule(
    "R15",
    step="renew",
    table="nation",
    reads=("goods", "town_goods_got", "village", "town", "services.output",
           "services.output_1928"),
    parameters=("village_1928", "town_1928", "people_1928", "village_goods_1928",
                "town_goods_1928", "town_services_power"),
    writes=("village_bought_head", "town_bought_head", "village_cared", "town_cared"),
    source="own index; its weights are those of the specification of the model, section 8",
)  # fmt: skip
def goods_had(
    goods: float,
    town_goods_got: float,
    village: float,
    town: float,
    services_output: float,
    services_output_1928: float,
    village_1928: float,
    town_1928: float,
    people_1928: float,
    village_goods_1928: float,
    town_goods_1928: float,
    town_services_power: float,
) -> tuple[float, float, float, float]:
    """Return goods a head and services a head of village and towns, 1928 = 1."""
    cared = services_output / services_output_1928
    town_size, village_size = town / town_1928, village / village_1928
    bought_v = ((goods - town_goods_got) / village_size) / village_goods_1928
    bought_t = (town_goods_got / town_size) / town_goods_1928
    served_v = cared / ((village + town) / people_1928)
    return bought_v, bought_t, served_v, cared / town_size**town_services_power


@rule(
    "R15",
    step="renew",
    table="nation",
    reads=("village_table", "town_table", "village_bought_head", "town_bought_head",
           "village_cared", "town_cared", "village", "town"),
    parameters=("village_w_food", "village_w_goods", "town_w_food", "town_w_goods", "town_head"),
    writes=("village_living", "town_living", "consumption"),
    source="own index; its weights are those of the specification of the model, section 8",
)  # fmt: skip
def living(
    village_table: float,
    town_table: float,
    village_bought_head: float,
    town_bought_head: float,
    village_cared: float,
    town_cared: float,
    village: float,
    town: float,
    village_w_food: float,
    village_w_goods: float,
    town_w_food: float,
    town_w_goods: float,
    town_head: float,
) -> tuple[float, float, float]:
    """Return living in village and town, about 1 in 1928, and consumption a head.

        living = w_food food + w_goods goods a head + (1 - w_food - w_goods) services a head
        consumption = (living village + town_head living town) / people

    The weights are those of the trial (section 8 of the specification).
    """
    rest_v = 1.0 - village_w_food - village_w_goods
    rest_t = 1.0 - town_w_food - town_w_goods
    rural = village_w_food * village_table + village_w_goods * village_bought_head
    rural = rural + rest_v * village_cared
    urban = town_w_food * town_table + town_w_goods * town_bought_head + rest_t * town_cared
    return rural, urban, (rural * village + town_head * urban * town) / (village + town)
