"""From one year to the next: people grow in number, remember, and go on with what is left."""

from dataclasses import dataclass, replace
from typing import Final, final

import numpy as np

from sovplan.foundation.chance import normal, uniform
from sovplan.foundation.shapes import GoodsVector, Vector
from sovplan.records.draft import Draft
from sovplan.records.economy import Economy
from sovplan.records.extensions import UnderConstruction
from sovplan.records.institutions import Institutions
from sovplan.records.parameters import Parameters
from sovplan.records.renewal import Closing, renewed
from sovplan.records.scenario import Scenario
from sovplan.records.tasks import Tasks
from sovplan.society.answers import Filed, Luck
from sovplan.society.effort import effort
from sovplan.society.people import Society, grown, strata_of
from sovplan.society.shared import Shared, need_met, real_consumption
from sovplan.society.shops import ratio
from sovplan.society.strata import StrataVector
from sovplan.world.production import Outcome
from sovplan.world.state import Workshops, World, works_of

_SPREAD = 0.05
"""Standard deviation of the logarithm of workplaces' abilities (assumed, 0 to 0.15)."""


def world_of(economy: Economy, scenario: Scenario, seed: int) -> World:
    """Return the world on the first day: each technique is run by so many workplaces.

        share_w   = size_w / sum of size,                   size = 1 + 2 u,  u uniform in [0, 1)
        ability_w = exp(0.05 z_w) / mean weighted by share   z standard normal

    over the workplaces of each technique. Sizes differ as 1 to 3 and abilities by a standard
    deviation of 5 %; both belong to a workplace for good.

    Source: a choice of ours.
    """
    count, techniques = scenario.workplaces, len(economy.techniques)
    technique = np.repeat(np.arange(techniques), count)
    size = 1.0 + 2.0 * uniform(seed, "workplace.size", 0, len(technique))
    share = size / np.bincount(technique, weights=size)[technique]
    ability = np.exp(_SPREAD * normal(seed, "workplace.ability", 0, len(technique)))
    mean = np.bincount(technique, weights=share * ability)[technique]
    names = tuple(
        f"{economy.techniques.names[j]}.{number + 1}"
        for j in range(techniques)
        for number in range(count)
    )
    return World(economy, Workshops(names, technique, share, ability / mean), works_of(economy))


def society_of(
    world: World,
    scenario: Scenario,
    institutions: Institutions,
    prices: GoodsVector,
    seed: int,
) -> Society:
    """Return the people of a scenario on the first day.

    Nobody has savings, and nothing stands on paper only; what people had counts as all that they
    need. The scruple of a workplace is drawn evenly between 0 and 1, for good.

    Source: a choice of ours.
    """
    strata = strata_of(scenario, world.economy, prices, institutions)
    ones = np.ones(len(strata))
    keepers = len(world.workshops) + 1
    return Society(
        strata,
        np.isin(world.economy.goods.names, scenario.common),
        prices,
        prices,
        None,
        np.zeros(len(strata)),
        ones,
        ones,
        uniform(seed, "workplace.scruple", 0, len(world.workshops)),
        np.zeros((keepers, len(world.economy.goods))),
    )


def prices_of(draft: Draft, before: GoodsVector) -> GoodsVector:
    """Return the prices that planners publish: hours of work in a unit, as the draft reckons them.

    Where the draft makes a good jointly or not at all its worth in hours stands in, and where that
    is nothing, the price of the year before; the level of all is that of `in_hours`.

    Parameters
    ----------
    draft
        The draft.
    before
        Prices of the year before.

    Source: labour values as published prices, Cockshott and Cottrell (1993), Towards a New
    Socialism, chapters 2 and 3, recalled; what stands in for them is ours.
    """
    return in_hours(_reckoned(draft, before), draft)


def _reckoned(draft: Draft, before: GoodsVector) -> GoodsVector:
    content = draft.labour_content
    worth = draft.hours
    price = before.copy()
    for values in (worth.goods if worth is not None else None, content):
        if values is not None:
            usable = np.isfinite(values[:, 0]) & (values[:, 0] > 0)
            price = np.where(usable, values[:, 0], price)
    return price


def in_hours(prices: GoodsVector, draft: Draft) -> GoodsVector:
    """Return prices at the level at which all that is made new in a year is worth its hours.

        price_g <- price_g L / sum_g price_g (made_g - used_g)

    L, made and used are the hours, outputs and inputs of the first year of the draft. So a price
    and pay are hours of work in sum, though a single price may hold scarcity too. A draft in which
    nobody works, or nothing is left of what is made, says nothing of the level: it stays.

    Parameters
    ----------
    prices
        Prices in any one measure, >= 0.
    draft
        The draft.

    Source: net output is worth the labour of the year, Pasinetti (1981), Structural Change and
    Economic Growth, recalled; the same in the "new interpretation" of Duménil and Foley, recalled.
    """
    if draft.plan is None:
        return prices
    hours = float(draft.plan.labour_used[:, 0].sum())
    worth = float(prices @ (draft.plan.output[:, 0] - draft.plan.used[:, 0]))
    return prices * (hours / worth) if hours > 0.0 and worth > 0.0 else prices


PRICE_STEP: Final = 1.25
"""Most by which a published price rises, or falls, against the others from one year to the next
(assumed, 1.1 to 2). The worth of a good that is short can change twentyfold in a year; plans that
weigh goods by it run after one shortage into the next."""


def next_prices(draft: Draft, before: GoodsVector) -> GoodsVector:
    """Return the prices that planners publish after those of the year before.

        price = before min( step, max( 1 / step, price of the draft / before ) )

    at the level of `in_hours`, before and after.

    Parameters
    ----------
    draft
        The adopted draft.
    before
        Prices of the year before.

    Source: a choice of ours.
    """
    level = in_hours(before, draft)
    price = prices_of(draft, before)
    bounded = np.clip(price, level / PRICE_STEP, level * PRICE_STEP)
    return in_hours(np.where(before > 0, bounded, price), draft)


def effort_by_skill(
    society: Society,
    scenario: Scenario,
    institutions: Institutions,
    parameters: Parameters,
    skills: int,
) -> Vector:
    """Return what an hour of each skill yields: the mean of its strata by heads; 1 without any.

    The working day is that of the scenario times the institution `hours`.

    Source: rule R04 of the model; the mean by heads is ours.
    """
    by_stratum = effort(
        society.food,
        society.real,
        (scenario.day * institutions.hours, scenario.norms_voice),
        institutions,
        parameters,
    )
    found = np.ones(skills)
    for skill in range(skills):
        members = society.strata.skills == skill
        heads = society.strata.people[members]
        if heads.sum() > 0:
            found[skill] = float(by_stratum[members] @ heads / heads.sum())
    return found


def yields_of(world: World, scenario: Scenario, luck: Luck) -> Vector:
    """Return what weather and luck make of each workplace's output, 1 on average.

        q_w = exp( s z_w - s^2 / 2 ),  times the weather of the year for techniques of the harvest

    s is `luck_sd` of the scenario, z standard normal.

    Source: a choice of ours.
    """
    economy, shops = world.economy, world.workshops
    spread = scenario.luck_sd
    own = np.exp(spread * normal(luck.seed, "carry.luck", luck.year, len(shops)) - spread**2 / 2)
    weather = weather_of(scenario, luck)
    farms = np.isin(economy.techniques.names, scenario.harvest)[shops.technique]
    return np.where(farms, weather * own, own)


def weather_of(scenario: Scenario, luck: Luck) -> float:
    """Return the yield of a year over that of the norms: what is known of it, times chance.

        known exp( s z - s^2 / 2 )         known: `weather` of the scenario, 1 without; s weather_sd

    Source: a choice of ours.
    """
    spread = scenario.weather_sd
    drawn = float(normal(luck.seed, "carry.weather", luck.year, 1)[0])
    return scenario.weather.get(luck.year, 1.0) * float(np.exp(spread * drawn - spread**2 / 2))


@final
@dataclass(frozen=True, slots=True, eq=False)
class Had:
    """What people had in a year, by stratum.

    Parameters
    ----------
    level, real
        Consumption per head at the prices of the first year, and the same over that of that year.
    food
        Share of needs that was covered.
    """

    level: StrataVector
    real: StrataVector
    food: StrataVector


def had(society: Society, shared: Shared) -> Had:
    """Return what people had.

        level_s = sum_g c_sg w_g / people_s,         real_s = level_s / that of the first year
        food_s  = sum_g w_g n_sg min( 1, c_sg / (people_s n_sg) ) / sum_g w_g n_sg

    c is consumption, n the need of a head, w the weights: prices of the first year.

    Source: Laspeyres index; the measure of need is ours.
    """
    level = real_consumption(shared, society.weights)
    first = level if society.first is None else society.first
    weight = society.strata.need * society.weights
    covered = (need_met(shared, society.strata) * weight).sum(axis=1)
    food = ratio(covered, weight.sum(axis=1), empty=1.0)
    return Had(level, ratio(level, first, empty=1.0), food)


def next_world(world: World, tasks: Tasks, outcome: Outcome) -> World:
    """Return the world on the first day of the next year.

    Stocks, capacities and works are those that the year left; people who moved take their hours and
    needs with them for good; credit that was drawn, and money that was missing, come off what may
    still be drawn (`renewal.renewed`).
    """
    economy, works = world.economy, outcome.works
    moved = economy.extensions.migration
    shift = lasting = None
    if moved is not None:
        shift = np.zeros(len(economy.techniques.skills))
        shift[moved.from_skill] -= moved.hours_lost * tasks.migrants
        shift[moved.to_skill] += moved.hours_won * tasks.migrants
        lasting = moved.needs * tasks.migrants
    building = (
        UnderConstruction(works.plants, works.ready, works.capacity, works.left)
        if len(works)
        else None
    )
    closing = Closing(
        outcome.stock,
        outcome.capacity,
        outcome.activity,
        building,
        shift,
        lasting,
        tasks.credit + outcome.debt,
    )
    return World(renewed(economy, closing), world.workshops, works)


def next_society(society: Society, scenario: Scenario, shared: Shared, filed: Filed) -> Society:
    """Return the people on the first day of the next year.

    All strata grow at one rate; savings, what people had, and stock on paper are carried on.
    """
    level = had(society, shared)
    return replace(
        society,
        strata=grown(society.strata, scenario.growth),
        first=level.level if society.first is None else society.first,
        savings=shared.saved,
        food=level.food,
        real=level.real,
        fiction=filed.fiction,
    )
