"""An adopted plan carried out, year by year, where things are not as declared.

In each draw and year as much of the plan is done as the year allows (`shortage`); nobody knows the
years after. What is left of a good beyond the plan goes to store where it keeps and the store has
room; the rest is waste. Work on a plant that was not done is not made up later: so much less of it
is ready. What was not kept in store is missing next year.

Source: `docs/understand/stress.md`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, final

import numpy as np
from scipy.sparse import csr_array, diags_array, vstack

from sovplan.foundation.programme import Basis
from sovplan.foundation.shapes import AnySparse, GoodsVector, GoodsYears, PlantsVector, Vector
from sovplan.planning.deviations import Deviations
from sovplan.planning.draws import Drawn
from sovplan.planning.shortage import Asked, Means, Norms, Sizes, done_of
from sovplan.records.calendar import Calendar
from sovplan.records.draft import Plan
from sovplan.records.economy import Economy


@final
@dataclass(frozen=True, slots=True, eq=False)
class Carried:
    """What came of a plan; axes are names, years, draws.

    Parameters
    ----------
    activity, output, lost, used
        x, B x, its losses and A x.
    investment, imports, exports, stock, consumption, waste
        As in a plan.
    public, moved
        What there was for fixed uses and for people who have moved.
    built
        Share done of the year's work on each plant; 1 where there is none.
    capacity
        On the first day of each year and of the year after the last.
    balance
        Foreign money left over, years x draws; below 0 is what could not be paid.
    """

    activity: Drawn
    output: Drawn
    lost: Drawn
    used: Drawn
    investment: Drawn
    imports: Drawn
    exports: Drawn
    stock: Drawn
    consumption: Drawn
    waste: Drawn
    public: Drawn
    moved: Drawn
    built: Drawn
    capacity: Drawn
    balance: Drawn


def carry_out(
    plan: Plan,
    economy: Economy,
    calendar: Calendar,
    drawn: Deviations,
    *,
    each: Callable[[int], None] | None = None,
) -> Carried:
    """Return what comes of a plan in each draw.

    Parameters
    ----------
    plan
        What was adopted.
    economy, calendar
        What it was made from.
    drawn
        How things really are, in a number of draws.
    each
        Is told after each draw how many are done.

    Raises
    ------
    SolverFailed
        The programme of a year has no solution.
    """
    starts: list[Basis | None] = [None] * len(calendar.years)
    turnover = (plan.output + plan.imports + plan.stock).max(axis=1) + economy.goods.stock
    sizes = Sizes(turnover, plan.activity.max(axis=1), plan.capacity.max(axis=1))
    adopted = _Adopted(plan, economy, calendar, sizes)
    draws = []
    for draw in range(drawn.draws):
        draws.append(_one_draw(adopted, drawn, draw, starts))
        if each is not None:
            each(draw + 1)
    return Carried(
        **{name: np.stack([done[name] for done in draws], axis=-1) for name in Carried.__slots__}
    )


@final
@dataclass(frozen=True, slots=True, eq=False)
class _Adopted:
    """A plan and what it was made from."""

    plan: Plan
    economy: Economy
    calendar: Calendar
    sizes: Sizes


def _one_draw(
    adopted: _Adopted, drawn: Deviations, draw: int, starts: list[Basis | None]
) -> dict[str, np.ndarray]:
    """Return what comes of the plan in one draw, by name; `starts` is kept up to date."""
    economy = adopted.economy
    inputs, outputs, norms = _norms(economy, drawn, draw, adopted.sizes)
    luck = _luck(adopted, drawn, draw)
    stock, capacity = drawn.stock[:, draw], [drawn.capacity[:, draw]]
    before = np.asarray(outputs @ drawn.opening[:, draw])
    years: list[dict[str, np.ndarray]] = []
    for year in range(len(adopted.calendar.years)):
        asked = _asked(adopted, drawn, luck, (draw, year))
        there = _There(stock, capacity[-1], _most(drawn, draw, before))
        means = _means(adopted, drawn, luck, (draw, year), there)
        done, starts[year] = done_of(asked, norms, means, starts[year])
        years.append(_year(adopted, luck, year, (asked, done), norms=norms, means=means))
        stock, before = years[-1]["stock"], np.asarray(outputs @ done.activity)
        kept = (1.0 - drawn.wear[:, draw]) * capacity[-1]
        capacity.append(kept + _ready(adopted, drawn.works[:, draw], years))
    found = {name: np.stack([past[name] for past in years], axis=-1) for name in years[0]}
    found["output"] = np.asarray(outputs @ found["activity"])
    found["lost"] = drawn.losses[:, [draw]] * found["output"]
    found["used"] = np.asarray(inputs @ found["activity"])
    return found | {"capacity": np.stack(capacity, axis=-1)}


def _norms(
    economy: Economy, drawn: Deviations, draw: int, sizes: Sizes
) -> tuple[AnySparse, AnySparse, Norms]:
    """Return A, B and the norms of one draw."""

    def matrix(shape: AnySparse, values: Drawn) -> AnySparse:
        return csr_array((values[:, draw], shape.indices, shape.indptr), shape=shape.shape)

    techniques, plants = economy.techniques, economy.plants
    inputs = matrix(techniques.inputs, drawn.inputs)
    outputs = matrix(techniques.outputs, drawn.outputs)
    kept = diags_array(1.0 - drawn.losses[:, draw])
    return (
        inputs,
        outputs,
        Norms(
            csr_array(kept @ outputs - inputs),
            csr_array(
                vstack(
                    [
                        matrix(plants.load, drawn.load),
                        matrix(techniques.labour, drawn.labour),
                        matrix(techniques.resource_use, drawn.resource_use),
                        outputs[np.flatnonzero(np.isfinite(drawn.growth[:, draw]))],
                    ]
                )
            ),
            matrix(plants.building, drawn.building),
            drawn.import_price[:, draw],
            drawn.export_price[:, draw],
            sizes,
        ),
    )


@final
@dataclass(frozen=True, slots=True, eq=False)
class _Luck:
    """What one draw leaves of the plan's movers and credit.

    Parameters
    ----------
    moved
        People who have moved up to each year.
    needs
        What they need, goods x years.
    credit
        Credit drawn, by year.
    room
        Greatest stock of each good.
    """

    moved: Vector
    needs: GoodsYears
    credit: Vector
    room: GoodsVector


def _luck(adopted: _Adopted, drawn: Deviations, draw: int) -> _Luck:
    plan = adopted.plan
    moved = np.cumsum(_at_most(plan.migrants, drawn.moving[0, draw]))
    needs = np.outer(drawn.needs_of_moved[:, draw], moved)
    credit = _lent(plan.credit, *drawn.loan[:, draw].tolist())
    return _Luck(moved, needs, credit, drawn.stock_limit[:, draw])


def _lent(planned: Vector, most: float, least: float, total: float) -> Vector:
    """Return the credit of each year; what is beyond the total is missing in the last years."""
    lent = -_at_most(-_at_most(planned, most), -least)
    beyond = float(lent.sum()) - total
    if beyond <= _ROUNDING * abs(total):
        return lent
    for year in reversed(range(len(lent))):
        less = min(beyond, max(float(lent[year]) - least, 0.0))
        lent[year] -= less
        beyond -= less
    return lent


def _at_most(amount: Vector, most: float | Vector) -> Vector:
    """Return amounts cut to a limit; what is beyond it by rounding only is left as it is."""
    beyond = amount - most > _ROUNDING * np.abs(most)
    return np.asarray(np.where(beyond, most, amount))


_ROUNDING: Final = 1e-9
"""Relative excess over a limit that a plan does not mean."""


@final
@dataclass(frozen=True, slots=True, eq=False)
class _There:
    """What there is on the first day of a year: stocks, capacity, and the most of some outputs."""

    stock: GoodsVector
    capacity: PlantsVector
    most: Vector


def _most(drawn: Deviations, draw: int, before: GoodsVector) -> Vector:
    """Return the greatest output of the goods whose growth is limited."""
    growth = drawn.growth[:, draw]
    limited = np.isfinite(growth)
    return np.asarray((1.0 + growth[limited]) * before[limited])


def _asked(adopted: _Adopted, drawn: Deviations, luck: _Luck, at: tuple[int, int]) -> Asked:
    (draw, year), plan = at, adopted.plan
    consumption = plan.consumption[:, year]
    floor = np.minimum(adopted.calendar.floor[:, year], consumption)
    aimed = adopted.calendar.output_target[:, year] > 0
    makes = np.asarray(adopted.economy.techniques.outputs.T @ aimed.astype(np.float64))
    return Asked(
        plan.activity[:, year],
        np.minimum(plan.imports[:, year], drawn.import_cap[:, draw]),
        np.minimum(plan.exports[:, year], drawn.export_cap[:, draw]),
        floor + plan.public[:, year] + luck.needs[:, year],
        _at_most(plan.stock[:, year], luck.room),
        consumption - floor,
        work_of(plan, adopted.economy, year),
        makes > 0,
    )


def work_of(plan: Plan, economy: Economy, year: int) -> PlantsVector:
    """Return the capacity that is built in a year, works begun before and each order of the plan.

    Works are built evenly over their gestation.

    Parameters
    ----------
    plan, economy
        The plan and its economy.
    year
        Place of the year, from 0.
    """
    gestation, ordered = economy.plants.gestation, plan.ordered
    works = economy.extensions.under_construction
    work = np.zeros(len(gestation))
    if works is not None:
        part = np.where(works.left > year, works.capacity / gestation[works.plants], 0.0)
        np.add.at(work, works.plants, part)
    for begun in range(year + 1):
        work += np.where(begun > year - gestation, ordered[:, begun] / gestation, 0.0)
    return work


def _means(
    adopted: _Adopted, drawn: Deviations, luck: _Luck, at: tuple[int, int], there: _There
) -> Means:
    draw, year = at
    moved = adopted.economy.extensions.migration
    hours = drawn.hours[:, year, draw].copy()
    if moved is not None:
        _, lost, won = drawn.moving[:, draw]
        hours[moved.from_skill] -= lost * luck.moved[year]
        hours[moved.to_skill] += won * luck.moved[year]
    return Means(
        (1.0 - drawn.spoilage[:, draw]) * there.stock,
        np.maximum(there.capacity, 0.0),
        np.maximum(hours, 0.0),
        np.maximum(drawn.resources[:, year, draw], 0.0),
        np.maximum(there.most, 0.0),
        float(drawn.credit[year, draw] + luck.credit[year] - drawn.outside[draw]),
    )


def _year(
    adopted: _Adopted,
    luck: _Luck,
    year: int,
    asked_and_done: tuple[Asked, Asked],
    *,
    norms: Norms,
    means: Means,
) -> dict[str, np.ndarray]:
    """Return the quantities of one year, and put away what is left over."""
    plan, (asked, done) = adopted.plan, asked_and_done
    met = _share(done.people, asked.people)
    floor = np.minimum(adopted.calendar.floor[:, year], plan.consumption[:, year])
    investment = np.asarray(norms.building @ done.building)
    left = means.store + done.imports + np.asarray(norms.net @ done.activity)
    left = left - done.exports - done.people - done.stock - done.above - investment
    left = np.maximum(left, 0.0)
    beyond = np.maximum(left - np.maximum(plan.waste[:, year], 0.0), 0.0)
    more = np.minimum(beyond, _room(adopted, luck, done.stock))
    earned = float(norms.export_price @ done.exports) + means.funds
    return {
        "activity": done.activity,
        "imports": done.imports,
        "exports": done.exports,
        "investment": investment,
        "consumption": met * floor + done.above,
        "public": met * plan.public[:, year],
        "moved": met * luck.needs[:, year],
        "stock": done.stock + more,
        "waste": left - more,
        "built": _share(done.building, asked.building),
        "balance": np.asarray(earned - float(norms.import_price @ done.imports)),
    }


def _room(adopted: _Adopted, luck: _Luck, stock: GoodsVector) -> GoodsVector:
    """Return how much more of each good the store can take."""
    keeps = adopted.economy.goods.spoilage < 1.0
    return np.where(keeps, np.maximum(luck.room - stock, 0.0), 0.0)


def _share(done: Vector, asked: Vector) -> Vector:
    return np.divide(done, asked, out=np.ones_like(done), where=asked > 0)


def _ready(adopted: _Adopted, works: Vector, years: list[dict[str, np.ndarray]]) -> PlantsVector:
    """Return the capacity that is ready at the end of the last of the years."""
    economy, after = adopted.economy, len(years)
    plants, begun_before = economy.plants, economy.extensions.under_construction
    ready = np.zeros(len(plants))
    for gestation in np.unique(plants.gestation):
        begun = after - int(gestation)
        if begun >= 0:
            of_these = plants.gestation == gestation
            share = np.mean([year["built"] for year in years[begun:]], axis=0)
            ready[of_these] = (share * adopted.plan.ordered[:, begun])[of_these]
    if begun_before is not None:
        due = begun_before.years - economy.first_year == after
        of = begun_before.plants[due]
        left, gestation = begun_before.left[due], plants.gestation[of]
        put_in = (gestation - left).astype(np.float64)
        for place, year in enumerate(years):
            put_in += np.where(left > place, year["built"][of], 0.0)
        np.add.at(ready, of, works[due] * np.minimum(put_in / gestation, 1.0))
    return ready
