"""An adopted plan carried out, year by year, where things are not as declared.

In each draw and year as much of the plan is done as the year allows (`shortage`); nobody knows the
years after. What is left of a good beyond the plan goes to store where it keeps and the store has
room; the rest is waste. Work on a plant that was not done is not made up later: so much less of it
is ready. What was not kept in store is missing next year.

Source: `docs/understand/stress.md`.
"""

from dataclasses import dataclass
from typing import final

import numpy as np
from scipy.sparse import csr_array, diags_array, vstack

from sovplan.foundation.programme import Basis
from sovplan.foundation.shapes import AnySparse, GoodsVector, PlantsVector, Vector
from sovplan.planning.deviations import Deviations, Drawn
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


def carry_out(plan: Plan, economy: Economy, calendar: Calendar, drawn: Deviations) -> Carried:
    """Return what comes of a plan in each draw.

    Parameters
    ----------
    plan
        What was adopted.
    economy, calendar
        What it was made from.
    drawn
        How things really are, in a number of draws.

    Raises
    ------
    SolverFailed
        The programme of a year has no solution.
    """
    starts: list[Basis | None] = [None] * len(calendar.years)
    turnover = (plan.output + plan.imports + plan.stock).max(axis=1) + economy.goods.stock
    sizes = Sizes(turnover, plan.activity.max(axis=1), plan.capacity.max(axis=1))
    adopted = _Adopted(plan, economy, calendar, sizes)
    draws = [_one_draw(adopted, drawn, draw, starts) for draw in range(drawn.draws)]
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
    stock, capacity = drawn.stock[:, draw], [drawn.capacity[:, draw]]
    years: list[dict[str, np.ndarray]] = []
    for year in range(len(adopted.calendar.years)):
        asked = _asked(adopted, drawn, draw, year)
        means = _means(adopted, drawn, (draw, year), stock, capacity[-1])
        done, starts[year] = done_of(asked, norms, means, starts[year])
        years.append(_year(adopted, year, (asked, done), norms, means))
        stock = years[-1]["stock"]
        kept = (1.0 - drawn.wear[:, draw]) * capacity[-1]
        capacity.append(kept + _ready(adopted, drawn.works[:, draw], years))
    found = {name: np.stack([past[name] for past in years], axis=-1) for name in years[0]}
    found["output"] = np.asarray(outputs @ found["activity"])
    found["lost"] = (1.0 - economy.extensions.kept(len(economy.goods)))[:, None] * found["output"]
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
    kept = diags_array(economy.extensions.kept(len(economy.goods)))
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
                    ]
                )
            ),
            matrix(plants.building, drawn.building),
            drawn.import_price[:, draw],
            drawn.export_price[:, draw],
            sizes,
        ),
    )


def _asked(adopted: _Adopted, drawn: Deviations, draw: int, year: int) -> Asked:
    plan = adopted.plan
    consumption = plan.consumption[:, year]
    floor = np.minimum(adopted.calendar.floor[:, year], consumption)
    aimed = adopted.calendar.output_target[:, year] > 0
    makes = np.asarray(adopted.economy.techniques.outputs.T @ aimed.astype(np.float64))
    return Asked(
        plan.activity[:, year],
        np.minimum(plan.imports[:, year], drawn.import_cap[:, draw]),
        np.minimum(plan.exports[:, year], drawn.export_cap[:, draw]),
        floor + plan.public[:, year] + plan.moved[:, year],
        plan.stock[:, year],
        consumption - floor,
        work_of(plan, adopted.economy, year),
        makes > 0,
    )


def work_of(plan: Plan, economy: Economy, year: int) -> PlantsVector:
    """Return the capacity that a plan builds in a year, each order evenly over its gestation.

    Parameters
    ----------
    plan, economy
        The plan and its economy.
    year
        Place of the year, from 0.
    """
    gestation, ordered = economy.plants.gestation, plan.ordered
    work = np.zeros(len(gestation))
    for begun in range(year + 1):
        work += np.where(begun > year - gestation, ordered[:, begun] / gestation, 0.0)
    return work


def _means(
    adopted: _Adopted,
    drawn: Deviations,
    at: tuple[int, int],
    stock: GoodsVector,
    capacity: PlantsVector,
) -> Means:
    draw, year = at
    plan, extensions = adopted.plan, adopted.economy.extensions
    outside, moved = extensions.trade, extensions.migration
    fixed = 0.0 if outside is None else outside.other_imports - outside.other_exports
    hours = drawn.hours[:, year, draw].copy()
    if moved is not None:
        people = plan.migrants[: year + 1].sum()
        hours[moved.from_skill] -= moved.hours_lost * people
        hours[moved.to_skill] += moved.hours_won * people
    return Means(
        (1.0 - drawn.spoilage[:, draw]) * stock,
        np.maximum(capacity, 0.0),
        np.maximum(hours, 0.0),
        np.maximum(drawn.resources[:, year, draw], 0.0),
        float(drawn.credit[year, draw] + plan.credit[year] - fixed),
    )


def _year(
    adopted: _Adopted, year: int, asked_and_done: tuple[Asked, Asked], norms: Norms, means: Means
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
    more = np.minimum(beyond, _room(adopted, done.stock))
    earned = float(norms.export_price @ done.exports) + means.funds
    return {
        "activity": done.activity,
        "imports": done.imports,
        "exports": done.exports,
        "investment": investment,
        "consumption": met * floor + done.above,
        "public": met * plan.public[:, year],
        "moved": met * plan.moved[:, year],
        "stock": done.stock + more,
        "waste": left - more,
        "built": _share(done.building, asked.building),
        "balance": np.asarray(earned - float(norms.import_price @ done.imports)),
    }


def _room(adopted: _Adopted, stock: GoodsVector) -> GoodsVector:
    """Return how much more of each good the store can take."""
    goods, limit = adopted.economy.goods, adopted.economy.extensions.stock_limit
    most = np.full(len(goods), np.inf) if limit is None else limit * goods.stock
    return np.where(goods.spoilage < 1.0, np.maximum(most - stock, 0.0), 0.0)


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
        np.add.at(ready, begun_before.plants[due], works[due])
    return ready
