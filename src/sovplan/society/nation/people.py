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

        rate = m max(0, mig_a c_town / c_village - mig_b) + mig_vac min(most, wanted / workers - 1)+
        m = mig_nep before the drive, mig_forced while force acts, 1 after;  x passport if bound

    The second term acts under priority only: soft budgets hire all who come.
    """
    relative = town_living / max(living_least, village_living) * town_head
    lacking = max(0.0, hands_wanted / max(workers_least, workers) - 1.0) * priority
    drive = mig_forced if coll_force else 1.0
    pull = max(0.0, mig_a * relative - mig_b) * (drive if migration_force else mig_nep)
    bound = 1.0 + passports * (passport - 1.0)
    rate = (pull + mig_vac * min(vacancy_most, lacking)) * bound * towns_open
    moved = village * rate / 4.0
    return village - moved, town + moved, moved


@rule(
    "R28",
    step="renew",
    table="nation",
    reads=("village", "town", "hunger", "hunger_town", "death_trend", "birth_trend", "age_deaths",
           "age_births"),
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
    age_deaths: float,
    age_births: float,
    cdr0: float,
    cbr0: float,
    town_death: float,
    village_birth: float,
    town_birth: float,
    birth_lost: float,
    birth_hungry: float,
) -> tuple[float, float, float, float, float, float, float]:
    """Return the people of village and town, births and deaths of the year, and excess deaths.

        deaths = village (d + x) + town (town_death d + x_town),     d = cdr0 trend ages / 1000
        births = (village_birth village + town_birth town) b (1 - birth_lost min(1, birth_hungry x))

    b = cbr0 trend ages / 1000; ages are 1 where a regime does not reckon them. Deaths of July to June follow the harvest of the year.
    """
    deaths = cdr0 / 1000.0 * death_trend * age_deaths
    fed = 1.0 - birth_lost * min(1.0, birth_hungry * hunger)
    births = cbr0 / 1000.0 * birth_trend * age_births * fed
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
