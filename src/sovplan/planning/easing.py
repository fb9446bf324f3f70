"""Needs that cannot all be met, lowered as little as they must be."""

from dataclasses import replace
from typing import Final

import numpy as np
from scipy.sparse import csc_array, hstack, vstack

from sovplan.foundation.programme import Programme
from sovplan.foundation.shapes import GoodsYears, Indices, Vector
from sovplan.foundation.solver import solve
from sovplan.planning.limits import problem_of
from sovplan.planning.problem import Problem
from sovplan.records.aims import Aims
from sovplan.records.calendar import Calendar, calendar_of
from sovplan.records.economy import Economy
from sovplan.records.extensions import UnderConstruction
from sovplan.records.folder import Table
from sovplan.records.returns import Returns

_STEPS: Final = (0.05, 0.05, 0.1, 0.2, 0.6)
"""Parts of a need, from the first that gives way to the last; each weighs twice the one before
(assumed)."""
_FIRST: Final = 2.0
"""How much more this year's needs weigh than next year's (assumed)."""
_MARGIN: Final = 1e-4
"""Part of a need that is given up besides, so that what is left can be met with room to spare
(numerical)."""


def eased(returns: Returns, aims: Aims) -> tuple[Returns, Aims]:
    """Return returns and aims with floors and public uses that can be met.

    The weighted sum of what gives way is least: each floor and each public use by its share, in
    steps that weigh the more the further it falls, and an earlier year twice as much as the one
    after. The least yearly building of an economy is given up first of all. Nothing gives way
    where all can be met.

    Parameters
    ----------
    returns, aims
        What was declared and what was asked for.

    Returns
    -------
    tuple
        Both as they can be met; unchanged if even that is not possible.

    Source: elastic programming (Chinneck 2008, Feasibility and Infeasibility in Optimization, ch.
    6, recalled).
    """
    free = returns.declared.extensions.without("least_investment")
    given = replace(returns, declared=replace(returns.declared, extensions=free))
    economy = given.declared
    calendar = calendar_of(economy, aims)
    floors, public = _given_way(problem_of(economy, aims, calendar), calendar)
    if floors is None or public is None:
        return returns, aims
    needs = _needs(economy, calendar, floors, public)
    return given, replace(aims, floor_multiples=(), needs=needs)


def without_unfinished(economy: Economy) -> Economy:
    """Return the economy in which works that still take goods stand still for good."""
    works = economy.extensions.under_construction
    if works is None:
        return economy
    done = works.left == 0
    rest = UnderConstruction(
        works.plants[done], works.years[done], works.capacity[done], works.left[done]
    )
    kept = replace(economy.extensions, under_construction=rest if done.any() else None)
    return replace(economy, extensions=kept)


def _given_way(problem: Problem, calendar: Calendar) -> tuple[GoodsYears | None, GoodsYears | None]:
    """Return the floors and public uses that can be met."""
    programme = problem.programme
    columns = problem.columns["consumption"].places
    rows = problem.rows["balance"].places
    floor, public = np.nonzero(calendar.floor > 0), np.nonzero(calendar.public > 0)
    relaxed = programme.low.copy()
    relaxed[columns] = 0.0
    most = np.concatenate([calendar.floor[floor], calendar.public[public]])
    year = np.concatenate([floor[1], public[1]])
    elastic = _elastic(
        replace(programme, low=relaxed),
        (columns[floor], calendar.floor[floor]),
        rows[public],
        most,
        _FIRST ** -year.astype(np.float64),
    )
    found = solve(elastic, exact=False)
    if found.answer != "optimal":
        return None, None
    first = programme.matrix.shape[1]
    slack = found.columns[first:].reshape(len(_STEPS), len(most)).sum(axis=0)
    met = np.maximum(0.0, most * (1.0 - _MARGIN) - slack)
    kept_floor, kept_public = calendar.floor.copy(), calendar.public.copy()
    kept_floor[floor], kept_public[public] = met[: len(floor[0])], met[len(floor[0]) :]
    return kept_floor, kept_public


def _elastic(
    programme: Programme,
    floors: tuple[Indices, Vector],
    public_rows: Indices,
    most: Vector,
    weight: Vector,
) -> Programme:
    """Return the programme in which needs give way at a price, and nothing else counts."""
    columns, amounts = floors
    height, width = programme.matrix.shape
    count = len(most)
    # A floor is a row of its own, consumption + what gives way >= floor; a public use stands in
    # the balance of its good.
    own = csc_array(
        (np.ones(len(columns)), (np.arange(len(columns)), columns)), shape=(len(columns), width)
    )
    places = np.concatenate([height + np.arange(len(columns)), public_rows])
    give = csc_array(
        (np.ones(count), (places, np.arange(count))), shape=(height + len(columns), count)
    )
    matrix = csc_array(hstack([vstack([programme.matrix, own]), *[give] * len(_STEPS)]))
    price = np.concatenate([2.0**step * weight / most for step in range(len(_STEPS))])
    return Programme(
        np.concatenate([np.zeros(width), price]),
        matrix,
        np.concatenate([programme.row_low, amounts]),
        np.concatenate([programme.row_high, np.full(len(columns), np.inf)]),
        np.concatenate([programme.low, np.zeros(count * len(_STEPS))]),
        np.concatenate([programme.high, *[part * most for part in _STEPS]]),
        maximise=False,
    )


def _needs(economy: Economy, calendar: Calendar, floors: GoodsYears, public: GoodsYears) -> Table:
    """Return the rows that take the place of the economy's needs."""
    any_need = (calendar.target > 0) | (calendar.floor > 0) | (calendar.public > 0)
    rows = [
        {
            "year": int(calendar.years[year]),
            "good": economy.goods.names[good],
            "target": float(calendar.target[good, year]),
            "floor": float(floors[good, year]),
            "public": float(public[good, year]),
        }
        for good, year in zip(*np.nonzero(any_need), strict=True)
    ]
    return Table.of("needs.csv", rows)
