"""The people of a scenario, and what they carry from year to year."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import final

import numpy as np

from sovplan.foundation.shapes import Flags, GoodsVector, Vector
from sovplan.records.economy import Economy
from sovplan.records.institutions import Institutions
from sovplan.records.scenario import Group, Scenario
from sovplan.society.shops import ratio
from sovplan.society.strata import Strata, StrataVector


@final
@dataclass(frozen=True, slots=True, eq=False)
class Society:
    """What is so of people and workplaces on the first day of a year.

    Parameters
    ----------
    strata
        Groups of people, with what they need and buy.
    common
        Goods that are free.
    prices
        Published prices, in hours.
    weights
        Prices of the first year, at which consumption is compared over the years.
    first
        Consumption per head in the first year at these prices, by stratum; None before its end.
    savings
        Money kept, by stratum.
    food, real
        What people had last year of what they need, and their consumption per head over that of
        the first year, by stratum.
    scruple
        How much less a lie is worth to each workplace, 0 to 1.
    fiction
        Stock that exists on paper only, workplaces x goods.
    said
        Activity that techniques reported last year; None in the first year.
    targets
        Activity that was asked of techniques last year; None in the first year.
    """

    strata: Strata
    common: Flags
    prices: GoodsVector
    weights: GoodsVector
    first: StrataVector | None
    savings: StrataVector
    food: StrataVector
    real: StrataVector
    scruple: Vector
    fiction: np.ndarray
    said: Vector | None = None
    targets: Vector | None = None


def strata_of(
    scenario: Scenario, economy: Economy, prices: GoodsVector, institutions: Institutions
) -> Strata:
    """Return the strata of a scenario in the first year of an economy.

        part of officials = officials_share (1 - part of peasants);  the others make room
        need_sg   = taste_sg floor_g / sum of people taste
        budget_sg = taste_sg max(target_g, floor_g) / (sum of people taste)  p_g,  to 1 over goods

    Officials are as many of the people outside farming as institutions say; those who were
    counted elsewhere make room in proportion. Needs are the floors, and budgets the targets, of the
    economy: what a head needs of a good is the same in all groups but for tastes, and budgets are
    what these quantities cost at published prices.

    Parameters
    ----------
    prices
        Published prices, hours per unit.

    Source: a choice of ours.
    """
    parts = _parts(scenario.groups, institutions.officials_share)
    people = scenario.people * parts
    tastes = np.array(
        [[group.tastes.get(name, 1.0) for name in economy.goods.names] for group in scenario.groups]
    )
    needs = economy.needs.over([economy.first_year])[:, 0, :2]
    heads = np.maximum(people @ tastes, 1e-300)
    need = tastes * (needs[:, 1] / heads)
    wanted = tastes * (needs.max(axis=1) / heads) * prices
    total = wanted.sum(axis=1, keepdims=True)
    skills = economy.techniques.skills
    return Strata(
        tuple(group.name for group in scenario.groups),
        tuple(group.title for group in scenario.groups),
        tuple(group.kind for group in scenario.groups),
        np.array([_place(skills, group.skill) for group in scenario.groups], dtype=np.int64),
        np.array([group.grade for group in scenario.groups], dtype=np.float64),
        people,
        np.divide(wanted, total, out=np.zeros_like(wanted), where=total > 0),
        need,
    )


def _parts(groups: Sequence[Group], officials_share: float) -> Vector:
    """Return parts of the people with as many officials as institutions say."""
    parts = np.array([group.part for group in groups])
    officials = np.array([group.kind == "official" for group in groups])
    village = np.array([group.kind == "peasant" for group in groups])
    town = float(parts[~village].sum())
    others = ~village & ~officials
    if not officials.any() or not others.any():
        return parts
    given = parts[officials].sum()
    among = parts[officials] / given if given > 0 else np.full(officials.sum(), 1 / officials.sum())
    parts[officials] = town * officials_share * among
    parts[others] *= town * (1.0 - officials_share) / parts[others].sum()
    return parts


def _place(names: Sequence[str], name: str) -> int:
    return names.index(name) if name in names else -1


def staffed(society: Society, officials_share: float) -> Society:
    """Return the people with as many officials as institutions say.

        officials = officials_share (all who do not farm)

    People become officials, or leave office, in proportion to their number in each stratum outside
    farming; each takes along the mean savings of those among whom it was. Where there is none to
    come from or to go to nobody moves.

    Parameters
    ----------
    officials_share
        Share of officials among people outside farming, 0 to 1.

    Source: rule R33 of the model sets the number; who moves is ours.
    """
    strata, people = society.strata, society.strata.people
    officials, village = strata.of_class("official"), strata.of_class("peasant")
    others = ~officials & ~village
    held, free = float(people[officials].sum()), float(people[others].sum())
    wanted = officials_share * (held + free)
    if not officials.any() or not others.any() or wanted == held:
        return society
    leaving = np.zeros(len(strata))
    entering = np.zeros(len(strata))
    source, target = (others, officials) if wanted > held else (officials, others)
    given = float(people[source].sum())
    if given <= 0.0:
        return society
    leaving[source] = abs(wanted - held) * people[source] / given
    there = float(people[target].sum())
    spread = people[target] / there if there > 0.0 else np.full(target.sum(), 1.0 / target.sum())
    entering[target] = leaving.sum() * spread
    took = ratio(society.savings * leaving, people, empty=0.0)
    brought = np.zeros(len(strata))
    brought[target] = took.sum() * spread
    return replace(
        society,
        strata=replace(strata, people=np.maximum(people - leaving, 0.0) + entering),
        savings=np.maximum(society.savings - took, 0.0) + brought,
    )


def grown(strata: Strata, growth: float) -> Strata:
    """Return the strata with more people."""
    return replace(strata, people=strata.people * (1.0 + growth))


def hours_by_stratum(strata: Strata, worked: Vector) -> StrataVector:
    """Return hours worked by each stratum: those of a skill are shared by heads.

        h_s = hours of its skill  people_s / sum of people of the skill

    Strata that work in no skill of the economy are paid as the mean of those that do, per head.

    Source: a choice of ours.
    """
    hours = np.zeros(len(strata))
    for skill, amount in enumerate(worked):
        members = strata.skills == skill
        heads = strata.people[members].sum()
        if heads > 0:
            hours[members] = amount * strata.people[members] / heads
    outside = strata.skills < 0
    if outside.any() and (~outside).any():
        mean = hours[~outside].sum() / strata.people[~outside].sum()
        hours[outside] = mean * strata.people[outside]
    return hours
