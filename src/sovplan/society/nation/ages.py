"""Ages of the country: who dies at which age, and what ages do to births and deaths. Rule R28.

One number a year of age, 0 to 99 (99 and older), millions of persons of both sexes, village and
towns together. The life table and the ages of mothers are those of the rules of persons.
"""

from collections.abc import Mapping
from functools import cache
from typing import Final

import numpy as np

from sovplan.foundation.engine.block import block
from sovplan.foundation.engine.rule import Rule
from sovplan.foundation.shapes import Vector
from sovplan.society.people_rules import life
from sovplan.society.people_rules.founders import AGES, alive

DIE: Final = life.death_rate.parameters
BEAR: Final = life.birth_rate.parameters
"""Parameters of deaths and births by age, in the order in which their rules name them."""
HUNGER: Final = (
    "hunger_child", "hunger_youth", "hunger_old", "hunger_child_to", "hunger_youth_to",
    "hunger_old_from",
)  # fmt: skip
"""Parameters of the profile of hunger."""
_HALVINGS: Final = 60
"""Steps of the search for the length of a race: its error is 2^-60 of the range."""


@cache
def deaths_by_age(*values: float) -> Vector:
    """Return by age the deaths of a year of common hunger, of a person of either sex.

    It is half that of women and half that of men of the rules of persons (R28).

    Parameters
    ----------
    *values
        Those of `DIE`, in order.
    """
    men, women = (_rates(life.death_rate, values, sex) for sex in (0, 1))
    return (men + women) / 2.0


@cache
def births_by_age(*values: float) -> Vector:
    """Return by age the births of a year of a person of either sex, half those of a woman (R28).

    Parameters
    ----------
    *values
        Those of `BEAR`, in order.
    """
    return _rates(life.birth_rate, values, 1) / 2.0


def _rates(rule: Rule, values: tuple[float, ...], sex: int) -> Vector:
    given = dict(zip(rule.parameters, values, strict=True))
    found = [rule.law(age=age, sex=sex, **given) for age in range(AGES)]
    return np.array(found, dtype=np.float64)


def pyramid(people: float, year: int, parameters: Mapping[str, float]) -> Vector:
    """Return persons by age at the start of a year, millions.

    Births that grew, less deaths, fewer of the years of war: the same form as the start of persons.

    Parameters
    ----------
    people
        All, millions.
    year
        The year at whose start they are counted.
    parameters
        Values of the model.
    """
    ages = np.arange(AGES)
    born = year - 1 - ages
    few = (born >= parameters["war_births_from"]) & (born <= parameters["war_births_to"])
    shape = alive(deaths_by_age(*(parameters[name] for name in DIE))) * np.exp(
        -parameters["start_growth"] * ages
    )
    shape *= np.where(few, parameters["start_war_births"], 1.0)
    return np.asarray(people * shape / shape.sum())


@cache
def profile(*values: float) -> Vector:
    """Return how hunger adds to deaths by age, as the specification of the model has it (R28).

    Parameters
    ----------
    *values
        Those of `HUNGER`, in order.
    """
    return np.array([life.hunger_profile(age, *values) for age in range(AGES)])


def fallen(people: Vector, hazard: Vector, total: float) -> Vector:
    """Return who dies of each age: as many as `total` in a race of these hazards.

        dead = N (1 - e^(-k h)),   k so that all dead are `total`

    The same as drawing those of the lowest rank among persons, without their luck. Nobody dies
    twice, however many die.
    """
    low, high = 0.0, 1.0
    while float((people * -np.expm1(-high * hazard)).sum()) < total and high < 1e12:
        high *= 2.0
    for _ in range(_HALVINGS):
        middle = 0.5 * (low + high)
        enough = float((people * -np.expm1(-middle * hazard)).sum()) >= total
        low, high = (low, middle) if enough else (middle, high)
    dead = people * -np.expm1(-high * hazard)
    return np.asarray(dead * (total / float(dead.sum())) if total > 0.0 else dead * 0.0)


@block(
    "R28",
    step="renew",
    reads=("ages.people",),
    institutions=("ages_counted",),
    parameters=("ages_die_1926", "ages_bear_1926", *DIE, *BEAR),
    writes=("age_deaths", "age_births"),
    source="specification of the model, R28: deaths by age; that they act on rates is ours",
    switch="rules.ages",
    off={"ages_counted": 0.0},
)
def age_rates(
    ages_people: Vector, ages_counted: float, ages_die_1926: float, ages_bear_1926: float,
    die_child: float, die_young: float, die_base: float, die_old: float, die_rise: float,
    die_women: float, die_young_to: float, die_all_from: float, b_peak: float, b_age: float,
    b_width: float, bear_from: float, bear_to: float,
) -> tuple[float, float]:  # fmt: skip
    """Return deaths and births a head that ages make, over those of 1926; 1 where not reckoned.

        deaths = 1 + counted ( sum N_a p_a / (N p_1926) - 1 ),   births alike with ages of mothers

    The crude rates of the country hold for ages as they were in 1926, the year of its census.
    """
    rates = (
        deaths_by_age(
            die_child, die_young, die_base, die_old, die_rise, die_women, die_young_to,
            die_all_from,
        ),
        births_by_age(b_peak, b_age, b_width, bear_from, bear_to),
    )  # fmt: skip
    people = float(ages_people.sum())
    die, bear = (float((ages_people * rate).sum()) / people for rate in rates)
    deaths = 1.0 + ages_counted * (die / ages_die_1926 - 1.0)
    return deaths, 1.0 + ages_counted * (bear / ages_bear_1926 - 1.0)


@block(
    "R28",
    step="renew",
    reads=("ages.people", "births_village", "births_town", "deaths_village", "deaths_town",
           "excess_deaths", "lost_village", "lost_town", "war_deaths"),
    parameters=(*HUNGER, "war_from", "war_to", *DIE),
    writes=("ages.people", "people_by_age", "under_15", "aged_15_49", "over_50"),
    source="specification of the model, R28: profile of hunger by age; ages of war dead are ours",
)  # fmt: skip
def a_year_older(
    ages_people: Vector, births_village: float, births_town: float, deaths_village: float,
    deaths_town: float, excess_deaths: float, lost_village: float, lost_town: float,
    war_deaths: float, hunger_child: float, hunger_youth: float, hunger_old: float,
    hunger_child_to: float, hunger_youth_to: float, hunger_old_from: float, war_from: float,
    war_to: float, die_child: float, die_young: float, die_base: float, die_old: float,
    die_rise: float, die_women: float, die_young_to: float, die_all_from: float,
) -> tuple[Vector, float, float, float, float]:  # fmt: skip
    """Return persons by age after the deaths, losses, births and birthday of the year, and shares.

        dead_a of a race with h_a = p_a (1 + x profile_a),   x = excess deaths over common ones
        N'_(a+1) = N_a - dead_a - lost_a,   N'_0 = born

    Who falls in war or by terror is of war_from to below war_to; disease and flight abroad take all
    ages alike. All deaths are those that the country books: ages only say whose they are.
    """
    dead, lost = deaths_village + deaths_town, lost_village + lost_town
    common = max(dead - excess_deaths, 1e-12)
    weights = profile(
        hunger_child, hunger_youth, hunger_old, hunger_child_to, hunger_youth_to, hunger_old_from
    )
    usual = deaths_by_age(
        die_child, die_young, die_base, die_old, die_rise, die_women, die_young_to, die_all_from
    )
    hazard = usual * (1.0 + excess_deaths / common * weights)
    left = ages_people - fallen(ages_people, hazard, dead)
    ages = np.arange(AGES)
    able = np.where((ages >= war_from) & (ages < war_to), left, 0.0)
    fell = min(war_deaths, lost)
    left = left - fell * able / able.sum()
    left = left - (lost - fell) * left / left.sum()
    older = np.concatenate([[births_village + births_town], left[:-1]])
    older[-1] += left[-1]
    people = float(older.sum())
    parts = (older[:15], older[15:50], older[50:])
    young, grown, old = (float(part.sum()) / people for part in parts)
    return older, people, young, grown, old
