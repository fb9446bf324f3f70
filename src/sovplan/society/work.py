"""How a year is gone about: what workplaces set out to do, and what comes to people of it."""

from dataclasses import replace

import numpy as np

from sovplan.foundation.shapes import Vector
from sovplan.records.draft import Draft
from sovplan.records.economy import Economy
from sovplan.records.institutions import Institutions
from sovplan.records.parameters import Parameters
from sovplan.records.scenario import Scenario
from sovplan.records.tasks import Tasks
from sovplan.society.answers import Luck
from sovplan.society.life import effort_by_skill, next_prices, yields_of
from sovplan.society.managers import goal, haste
from sovplan.society.people import Society, hours_by_stratum
from sovplan.society.shared import Shared
from sovplan.society.sharing import Earned, Offer, covering_pay, share_out
from sovplan.world.capability import capability, hours_there
from sovplan.world.production import Conduct, Outcome
from sovplan.world.state import World


def targets_of(world: World, tasks: Tasks) -> Vector:
    """Return the task of each workplace: its share of that of its technique."""
    shops = world.workshops
    return np.asarray(tasks.activity[shops.technique] * shops.share)


def conduct_of(
    world: World,
    society: Society,
    tasks: Tasks,
    rules: tuple[Institutions, Parameters],
    given: tuple[Scenario, Luck],
) -> Conduct:
    """Return how people go about a year's tasks.

        y_w = goal(c_w, T_w)               c of `capability`, T of `targets_of`
        q_w = yields_w haste(c_w, T_w)

    The institutions `hours` (length of the day), `supply_order` and `priority` are passed on.

    Parameters
    ----------
    rules
        Institutions in force, and parameters.
    given
        Scenario, and the luck of the year.

    Source: rules R01, R03 to R06 of the model.
    """
    institutions, parameters = rules
    scenario, luck = given
    skills = len(world.economy.techniques.skills)
    effort = effort_by_skill(society, scenario, institutions, parameters, skills)
    hours = hours_there(world.economy, institutions.hours, tasks.migrants)
    able = capability(world, tasks, hours, effort)
    target = targets_of(world, tasks)
    return Conduct(
        goal(able, target, institutions, parameters),
        yields_of(world, scenario, luck) * haste(able, target, parameters),
        institutions.hours,
        effort,
        institutions.supply_order,
        institutions.priority,
        society.prices,
    )


def shared_out(
    society: Society,
    outcome: Outcome,
    adopted: Draft,
    institutions: Institutions,
    parameters: Parameters,
) -> Shared:
    """Return who gets what of the goods for people, at the prices that the adopted draft gives."""
    offer = Offer(outcome.people, society.common, next_prices(adopted, society.prices))
    hours = hours_by_stratum(society.strata, outcome.hours)
    pay = covering_pay(offer, hours)
    earned = Earned(hours, np.zeros_like(hours), society.savings, pay)
    return share_out(society.strata, offer, earned, institutions, parameters)


def put_back(economy: Economy, outcome: Outcome, shared: Shared) -> Outcome:
    """Return what happened with what nobody took back in store, or lost where it does not keep."""
    keeps = economy.goods.spoilage < 1.0
    return replace(
        outcome,
        people=outcome.people - shared.left,
        stock=outcome.stock + np.where(keeps, shared.left, 0.0),
        unused=outcome.unused + np.where(keeps, 0.0, shared.left),
    )
