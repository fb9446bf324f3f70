"""Who people are at the start, as rules: age, sex, place, work, school, views, money.

They run once, on the engine that later carries the years, with persons' keys as their luck: so 147
million founders are made in seconds, and whoever contests what they are changes a rule.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from sovplan.foundation.engine.composer import Composition, compose
from sovplan.foundation.engine.rule import Rule, rule
from sovplan.foundation.engine.tables import Column, Pack, Reference, Table
from sovplan.society.people_rules.tables import BRANCHES, CLASS, CLASSES, PEASANT, REGIONS, tables

AGES: Final = 100
"""Ages of founders: 0 to 99."""
_TOWNS: Final = len(BRANCHES) - 1

GUESS: Final = Table(
    "guess",
    (
        Column("kept", "real", "f8", text="chance that the age guessed is kept"),
        Column("other", "whole", "u1", unit="years", text="the age that is taken else"),
    ),
)
PACKS: Final = (
    Pack("start of life", ("of_age", "of_sex", "of_region", "of_branch")),
    Pack("start of work", ("of_party", "of_years", "of_school", "of_savings")),
    Pack("start of views", ("of_skill", "of_morale", "of_belief")),
)


def founding(*, weighted: bool) -> Composition:
    """Return the rules put together, for persons with weights or one to one."""
    people = tables(weighted=weighted)[0]
    passing = (
        Column("guessed", "whole", "u1", "passing", "years", "an age, each as likely"),
        Column("chance", "real", "f8", "passing", "-", "what is left of the draw of the age"),
        Column("years", "whole", "u1", "passing", "years", "age"),
    )
    to = (
        Reference("guess", "guess", (("guessed", AGES),)),
        Reference("class", "class", (("stratum", len(CLASSES)),)),
    )
    table = replace(people, columns=(*people.columns, *passing), references=to, births=None)
    return compose(RULES, (table, GUESS, CLASS), packs=PACKS)


def alias(shares: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.uint8]]:
    """Return the table by which one draw gives a number with these chances.

    A. J. Walker, ACM Transactions on Mathematical Software 3(3), 1977: each of n numbers is guessed
    as often as the others and then kept, or changed for one other.

    Parameters
    ----------
    shares
        Chances, (n,), that sum to one.

    Returns
    -------
    kept : ndarray
        Chance that a guess is kept, (n,).
    other : ndarray
        The number that is taken else, (n,).
    """
    left = np.asarray(shares) * len(shares)
    kept, other = np.ones(len(shares)), np.arange(len(shares), dtype=np.uint8)
    few = [i for i, each in enumerate(left) if each < 1.0]
    many = [i for i, each in enumerate(left) if each >= 1.0]
    while few and many:
        small, large = few.pop(), many[-1]
        kept[small], other[small] = left[small], large
        left[large] -= 1.0 - left[small]
        if left[large] < 1.0:
            few.append(many.pop())
    return kept, other


def pyramid(growth: float, deaths: Mapping[str, float]) -> NDArray[np.float64]:
    """Return shares of ages 0 to 99: births that grew by `growth` a year, less deaths of rule R28.

    Parameters
    ----------
    growth
        Growth of births, 1/year.
    deaths
        Parameters of rule R28, by name.
    """
    number = alive(common_deaths(deaths)) * np.exp(-growth * np.arange(AGES))
    return np.asarray(number / number.sum())


def common_deaths(deaths: Mapping[str, float]) -> NDArray[np.float64]:
    """Return the chance to die at ages 0 to 99 where nobody hungers, by parameters of rule R28."""
    ages = np.arange(AGES)
    return np.asarray(
        deaths["die_base"]
        + deaths["die_old"] * np.exp(deaths["die_rise"] * ages)
        + deaths["die_child"] * (ages == 0)
        + deaths["die_young"] * ((ages > 0) & (ages < deaths["die_young_to"]))
    )


def alive(rates: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return what part of those born lives at each age, by the chance to die at each."""
    return np.concatenate([[1.0], np.cumprod(1.0 - np.minimum(rates, 1.0))[:-1]])


@rule("start", step="survey", table="people", reads=("stratum",), draws=("of_age",),
      writes=("guessed", "chance"), source="Walker 1977: a draw cut in two")  # fmt: skip
def guess(stratum: int, of_age: float) -> tuple[int, float]:
    """Guess = whole part of 100 u; what is left of it decides whether it is kept."""
    place = int(of_age * AGES)
    return place + 0 * stratum, of_age * AGES - place


@rule("start", step="survey", table="people",
      reads=("guessed", "chance", "guess.kept", "guess.other"), writes=("age", "years"),
      source="births that grew, less deaths of rule R28")  # fmt: skip
def age(guessed: int, chance: float, guess_kept: float, guess_other: int) -> tuple[int, int]:
    """Age with the chances of the pyramid at the start."""
    years = guessed if chance < guess_kept else guess_other
    return years, years


@rule("start", step="survey", table="people", reads=("stratum",), parameters=("women",),
      draws=("of_sex", "of_region", "of_branch"), writes=("sex", "region", "branch"),
      source="regions and branches of towns as likely as each other: assumed")  # fmt: skip
def place(
    stratum: int, women: float, of_sex: float, of_region: float, of_branch: float
) -> tuple[int, int, int]:
    """Sex; one of 16 regions; farming for peasants, else one of the branches of towns."""
    branch = 0 if stratum == PEASANT else 1 + int(of_branch * _TOWNS)
    return 1 if of_sex < women else 0, int(of_region * REGIONS), branch


@rule("start", step="survey", table="people", reads=("years", "class.entry"),
      parameters=("members", "entry_mean", "party_years", "party_from"),
      draws=("of_party", "of_years"), writes=("party",),
      source="members by class as they are admitted")  # fmt: skip
def party(
    years: int,
    class_entry: float,
    members: float,
    entry_mean: float,
    party_years: float,
    party_from: float,
    of_party: float,
    of_years: float,
) -> int:
    """In the party if u < members x entry of the class / its mean, from party_from; for years."""
    belongs = years >= party_from and of_party < members * class_entry / entry_mean
    return 1 + int(of_years * party_years) if belongs else 0


@rule("start", step="survey", table="people", reads=("years",),
      parameters=("schooled", "school_from", "school_to"), draws=("of_school",),
      writes=("schooling",), source="even spread: assumed")  # fmt: skip
def schooling(
    years: int, schooled: float, school_from: float, school_to: float, of_school: float
) -> int:
    """Years = those between school_from and school_to x min(1, 2 schooled u)."""
    there = min(max(years - school_from, 0.0), school_to - school_from)
    return int(there * min(2.0 * schooled * of_school, 1.0))


@rule("start", step="survey", table="people", reads=("years",),
      parameters=("skill", "morale", "belief", "spread", "grown_from"),
      draws=("of_skill", "of_morale", "of_belief"), writes=("skill", "morale", "belief"),
      source="the same spread for each: assumed")  # fmt: skip
def views(
    years: int, skill: float, morale: float, belief: float, spread: float, grown_from: float,
    of_skill: float, of_morale: float, of_belief: float,
) -> tuple[float, float, float]:  # fmt: skip
    """Mean + spread (u - 1/2), within 0 and 1; no skill before grown_from."""
    able = min(max(skill + spread * (of_skill - 0.5), 0.0), 1.0)
    content = min(max(morale + spread * (of_morale - 0.5), 0.0), 1.0)
    convinced = min(max(belief + spread * (of_belief - 0.5), 0.0), 1.0)
    return able if years >= grown_from else 0.0, content, convinced


@rule("start", step="survey", table="people", reads=("years",),
      parameters=("savings", "grown_from"), draws=("of_savings",), writes=("savings",),
      source="even spread: assumed")  # fmt: skip
def savings(years: int, savings: float, grown_from: float, of_savings: float) -> int:
    """Kopecks = 2 mean u, from grown_from."""
    return int(2.0 * savings * of_savings) if years >= grown_from else 0


RULES: Final[tuple[Rule, ...]] = (guess, age, place, party, schooling, views, savings)
"""The rules of the start."""
