"""Feldman's two departments: which part of what builds is to build more of what builds.

Department 1 makes what plants are built of, department 2 what people want. With output i and c,
plant per unit of output k1 and k2, and the part a of i that goes back to department 1:

    i(t) = i0 e^(a t / k1)        c(t) = c0 + (1 - a) (k1 / (a k2)) (i(t) - i0)
    year by year   i[t+1] = i[t] (1 + a / k1)     c[t+1] = c[t] + (1 - a) i[t] / k2

A greater part means less to eat now and more later. Plants do not wear out in the model of
1928, and work is not scarce; the method for an economy in kind counts both.

Source: Feldman (1928), Planovoe khozyaistvo 11 and 12; Domar (1957), Essays in the Theory of
Economic Growth, ch. 9.
"""

from dataclasses import dataclass
from typing import Final, final

import numpy as np

from sovplan.foundation.errors import PlanningError
from sovplan.foundation.numbers import percent
from sovplan.foundation.shapes import GoodsVector, Grid, PlantsYears, TechniquesYears, Vector
from sovplan.foundation.words import say
from sovplan.planning.limits import problem_of
from sovplan.planning.problem import Problem
from sovplan.planning.quantities import capacity_of
from sovplan.planning.standing import put_forward, worth_of
from sovplan.records.aims import Aims
from sovplan.records.aimsfile import check_aims
from sovplan.records.calendar import calendar_of
from sovplan.records.draft import Draft
from sovplan.records.returns import Returns

_HALVINGS: Final = 30
"""Turns of the search for the part that does best, each 0.618 as wide as the one before."""
_COARSE: Final = 20
"""Parts that are tried before the search."""


@final
@dataclass(frozen=True, slots=True)
class Departments:
    """Two departments at the start.

    Parameters
    ----------
    building, consumption
        i0 and c0, units a year.
    first, second
        k1 and k2, units of i built into what makes one unit of i and of c a year; above 0.
    """

    building: float
    consumption: float
    first: float
    second: float


def grown(start: Departments, part: float, times: Vector) -> tuple[Vector, Vector]:
    """Return i(t) and c(t) of the closed form.

    Parameters
    ----------
    start
        The departments at t = 0.
    part
        a, 0 to 1: of what builds, the part that goes to department 1.
    times
        t, years.
    """
    rate = part / start.first
    building = start.building * np.exp(rate * times)
    # (e^(rate t) - 1) / rate, which is t where nothing goes to department 1.
    held = np.expm1(rate * times) / rate if rate > 0 else times
    consumption = start.consumption + (1.0 - part) / start.second * start.building * held
    return building, consumption


def simulated(start: Departments, part: float, years: int) -> tuple[Vector, Vector]:
    """Return i and c of each year, `years` + 1 of them, built once a year."""
    building, consumption = [start.building], [start.consumption]
    for _ in range(years):
        consumption.append(consumption[-1] + (1.0 - part) * building[-1] / start.second)
        building.append(building[-1] * (1.0 + part / start.first))
    return np.array(building), np.array(consumption)


def feldman(
    returns: Returns,
    aims: Aims | None = None,
    *,
    years: int | None = None,
    part: float | None = None,
) -> Draft:
    """Return the plan in which a fixed part of what builds goes to the department that makes it.

    Every plant works at full capacity where hours allow; what works do not need of the good that
    is wanted is consumed.

    Parameters
    ----------
    returns
        What was declared: one good that plants are built of, another that is wanted, one technique
        for each in a plant of its own that is ready a year after the order.
    aims
        What the plan is for; the economy's own needs and the defaults if None.
    years
        Number of years in place of that of the aims.
    part
        a, 0 to 1; if None that of which the plan breaks no limit and does best, found by search.

    Returns
    -------
    Draft
        Status `feasible`, or `infeasible` with the limits that it would break; `facts` holds
        `part`.

    Raises
    ------
    PlanningError
        The economy is not one of two departments.
    """
    aims = (aims or Aims()).over(years)
    economy = returns.declared
    check_aims(aims, economy)
    problem = problem_of(economy, aims, calendar_of(economy, aims))
    place = _departments(problem)
    if part is None:
        part = _best_part(problem, place)
    columns = _columns(problem, place, part)
    told = (say("feldman.told", part=percent(part)),)
    return put_forward(problem, columns, "feldman", told=told, facts={"part": part})


@final
@dataclass(frozen=True, slots=True)
class _Place:
    """Indices of the good that builds and of the one that is wanted, and of their techniques."""

    goods: tuple[int, int]
    techniques: tuple[int, int]


def _departments(problem: Problem) -> _Place:
    economy, calendar = problem.economy, problem.calendar
    techniques, plants = economy.techniques, economy.plants
    built = np.flatnonzero(np.asarray(plants.building.sum(axis=1)).ravel() > 0)
    wanted = (calendar.target + calendar.floor).sum(axis=1) > 0
    wanted[built] = False
    made = np.asarray(techniques.outputs.todense())
    fits = (
        len(economy.goods) == len(techniques) == 2
        and len(built) == wanted.sum() == 1
        and ((made > 0).sum(axis=0) == 1).all()
        and ((made > 0).sum(axis=1) == 1).all()
        and (plants.gestation == 1).all()
        and (np.diff(plants.load.tocsc().indptr) == 1).all()
        and len(plants) == 2
    )
    if not fits:
        raise PlanningError(say("feldman.departments", economy=economy.name))
    goods = (int(built[0]), int(wanted.argmax()))
    return _Place(goods, (int(made[goods[0]].argmax()), int(made[goods[1]].argmax())))


def _columns(problem: Problem, place: _Place, part: float) -> Vector:
    """Return the columns: each year's work, then the orders that what is left of it builds."""
    economy, calendar = problem.economy, problem.calendar
    horizon, plants = len(calendar.years), economy.plants
    activity = np.zeros((2, horizon))
    ordered, consumption = np.zeros((2, horizon)), np.zeros((2, horizon))
    load = np.asarray(plants.load.todense())
    owner = load.argmax(axis=0)
    shares = np.array([part, 1.0 - part])
    per_unit = np.asarray(plants.building.todense())[place.goods[0]]
    for year in range(horizon):
        there = capacity_of(economy, ordered)[:, year]
        most = there[owner] / load[owner, np.arange(2)]
        activity[:, year] = most * _hours_allow(problem, most, year)
        left = _left(problem, activity, year)
        # What is wanted of the good that builds goes before building.
        builds, asked = place.goods[0], calendar.target[:, year]
        eaten = min(max(0.0, left[builds]), max(asked[builds], calendar.floor[builds, year]))
        consumption[builds, year] = eaten
        to_plants = shares * max(0.0, left[builds] - eaten)
        for share, technique in zip(to_plants, place.techniques, strict=True):
            plant = owner[technique]
            ordered[plant, year] = share / per_unit[plant]
        consumption[place.goods[1], year] = max(0.0, left[place.goods[1]])
    return _filled(problem, activity, ordered, consumption)


def _left(problem: Problem, activity: TechniquesYears, year: int) -> GoodsVector:
    """Return what a year leaves of each good, its stock being kept up."""
    economy, found = problem.economy, problem.economy.techniques
    goods = economy.goods
    made = economy.extensions.kept(len(goods)) * (found.outputs @ activity[:, year])
    used = found.inputs @ activity[:, year] + problem.calendar.public[:, year]
    return np.asarray(made - used - goods.spoilage * goods.stock)


def _hours_allow(problem: Problem, most: Vector, year: int) -> float:
    """Return the part of full work that hours and resources allow."""
    found, calendar = problem.economy.techniques, problem.calendar
    needed = np.concatenate([found.labour @ most, found.resource_use @ most])
    there = np.concatenate([calendar.labour[:, year], calendar.resources[:, year]])
    return float(
        np.divide(there, needed, out=np.ones(len(there)), where=needed > there).min(initial=1.0)
    )


def _filled(
    problem: Problem, activity: TechniquesYears, ordered: PlantsYears, consumption: Grid
) -> Vector:
    columns = np.zeros(len(problem.programme.cost))
    stock = np.repeat(problem.economy.goods.stock[:, None], activity.shape[1], axis=1)
    for name, amounts in (
        ("activity", activity),
        ("ordered", ordered),
        ("stock", stock),
        ("consumption", consumption),
    ):
        columns[problem.columns[name].places] = amounts
    return columns


def _best_part(problem: Problem, place: _Place) -> float:
    """Return the part with the greatest least share of targets, the terminal rule being kept.

    A grid, then a golden search about its best point; what breaks a limit is worth nothing.
    """

    def worth(part: float) -> float:
        found = worth_of(problem, _columns(problem, place, part))
        if np.isnan(found):
            return float("-inf")
        return found if problem.programme.maximise else -found

    grid = np.linspace(0.0, 1.0, _COARSE + 1)
    best = int(np.argmax([worth(float(part)) for part in grid]))
    low, high = float(grid[max(best - 1, 0)]), float(grid[min(best + 1, _COARSE)])
    golden = (np.sqrt(5.0) - 1.0) / 2.0
    for _ in range(_HALVINGS):
        inner, outer = high - golden * (high - low), low + golden * (high - low)
        if worth(inner) >= worth(outer):
            high = outer
        else:
            low = inner
    return (low + high) / 2.0
