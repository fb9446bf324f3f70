"""What each workplace could make this year, whatever anyone has declared."""

import numpy as np

from sovplan.foundation.shapes import AnySparse, TechniquesVector, Vector
from sovplan.records.economy import Economy
from sovplan.records.tasks import Tasks
from sovplan.world.state import World

_MOST = 3.0
"""Capability is not followed beyond this multiple of the task (assumed): what could be done beyond
it is not even attempted, see `society.managers.goal`."""


def hours_there(economy: Economy, day: float, migrants: float) -> Vector:
    """Return the hours of each skill in the year.

        H_k = max( 0, day h_k + (hours won - hours lost of k) migrants )

    h_k is what the economy declares for the year, in days of its first year.

    Parameters
    ----------
    day
        Length of the legal day over that of the economy's first year.
    migrants
        People who move in the year.

    Source: bookkeeping; the length of the day is that of rule R03.
    """
    hours = economy.labour.over([economy.first_year])[:, 0, 0] * day
    moved = economy.extensions.migration
    if moved is not None:
        hours[moved.from_skill] -= moved.hours_lost * migrants
        hours[moved.to_skill] += moved.hours_won * migrants
    return np.maximum(hours, 0.0)


def capability(world: World, tasks: Tasks, hours: Vector, effort: Vector) -> Vector:
    """Return the most that each workplace could do this year, in units of activity.

    A plant that several techniques use is divided between them as the tasks ask for it:

        c_j = x_j min over what j uses ( there is / what all tasks together take )

    over plants, hours (times effort), resources, and what the goods' output may grow by
    (`growth_room`); the quotient counts for no more than 3. Where nothing is asked of a technique,
    nothing is made. A workplace w has its share of c_j, times its ability: c_w = c_j share_w
    ability_w.

    Parameters
    ----------
    world
        What is so.
    tasks
        What is asked.
    hours
        Hours there are, by skill.
    effort
        What an hour yields against an hour of the norms, by skill, 1.

    Source: Leontief technology; the proportional division is ours.
    """
    economy = world.economy
    ratio = np.minimum.reduce([
        _least(economy.plants.load, tasks.activity, economy.plants.capacity),
        _least(economy.techniques.labour, tasks.activity, hours * effort),
        _least(economy.techniques.resource_use, tasks.activity, resources_there(economy)),
        growth_room(economy, tasks.activity),
    ])  # fmt: skip
    most = tasks.activity * np.minimum(ratio, _MOST)
    shops = world.workshops
    return np.asarray(most[shops.technique] * shops.share * shops.ability)


def resources_there(economy: Economy) -> Vector:
    """Return the resources of the year."""
    return np.asarray(economy.resources.over([economy.first_year])[:, 0, 0])


def _least(use: AnySparse, activity: TechniquesVector, there: Vector) -> TechniquesVector:
    """Return for each technique the least of what there is over what is asked, over its rows."""
    asked = np.asarray(use @ activity)
    ratio = np.divide(there, asked, out=np.full(len(asked), np.inf), where=asked > 0)
    entries = use.tocoo()
    least = np.full(use.shape[1], np.inf)
    np.minimum.at(least, entries.coords[1], ratio[entries.coords[0]])
    return least


def growth_room(economy: Economy, activity: TechniquesVector) -> TechniquesVector:
    """Return how far the growth of goods' output lets each technique go, over its task.

        room_j = min over goods g that j makes  (1 + most_g) (B x before)_g / (B x)_g

    x is the task, x before the activity of the year before, most_g the greatest growth a year;
    without limit where none is stated.

    Source: the extension "growth" of the planning problem.
    """
    limits, outputs = economy.extensions.growth, economy.techniques.outputs
    room = np.full(len(economy.techniques), np.inf)
    if limits is None:
        return room
    most = (1.0 + limits.most) * np.asarray(outputs @ limits.opening)
    asked = np.asarray(outputs @ activity)
    bound = np.isfinite(limits.most) & (asked > 0)
    ratio = np.divide(most, asked, out=np.full(len(asked), np.inf), where=bound)
    entries = outputs.tocoo()
    np.minimum.at(room, entries.coords[1], ratio[entries.coords[0]])
    return room
