"""An adopted plan carried out where things are not as declared: who gives way.

Year by year, in each draw. Nobody does more than the plan says. Activities and trade are cut to
what plants, hours, resources, goods and foreign money allow (`rationing`). What is then left of a
good goes, in this order, as far as it reaches, to

    1. what people must have: floors, fixed uses, the needs of those who have moved, in one share
    2. the stock that the plan keeps at the end of the year
    3. consumption above the floor
    4. building: a plant is built in the share of the scarcest of its goods
    5. more stock than planned, where a good keeps and the store has room; the rest is waste.

Work on a plant that was not done is not made up later: so much less of it is ready.

Source: `docs/understand/stress.md`, where the order is defended.
"""

from dataclasses import dataclass
from typing import final

import numpy as np

from sovplan.planning.deviations import Deviations, Drawn
from sovplan.planning.rationing import Means, Norms, State, come_to_rest, norms_of
from sovplan.planning.spread import summed
from sovplan.records.calendar import Calendar
from sovplan.records.draft import Plan
from sovplan.records.economy import Economy


@final
@dataclass(frozen=True, slots=True, eq=False)
class Carried:
    """What came of a plan, by draw; axes are names, years, draws.

    Parameters
    ----------
    activity, output, lost, used
        x, B x, its losses and A x.
    investment, imports, exports, stock, consumption, waste
        As in a plan.
    public, moved
        What there was for fixed uses and for people who have moved.
    built
        Share done of the year's work on each plant.
    capacity
        On the first day of each year and of the year after the last.
    hours, resources
        L x and R x.
    balance
        Foreign money left over, years x draws; below 0 are repayments that could not be made.
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
    hours: Drawn
    resources: Drawn
    balance: Drawn


def carry_out(plan: Plan, economy: Economy, calendar: Calendar, deviations: Deviations) -> Carried:
    """Return what comes of a plan where the economy is not as declared.

    Parameters
    ----------
    plan
        What was adopted.
    economy, calendar
        What it was made from.
    deviations
        How things really are, in a number of draws.

    Raises
    ------
    SolverFailed
        The cuts of a year do not come to rest.
    """
    norms = norms_of(economy, deviations)
    stock, capacity = deviations.stock, [deviations.capacity]
    done: list[_Outcome] = []
    for year in range(len(calendar.years)):
        asked = _asked(plan, economy, calendar, year)
        means = _means(plan, economy, deviations, year, (capacity[-1], stock))
        outcome = _year(norms, means, asked, deviations, (plan, year))
        done.append(outcome)
        stock = outcome.stock
        built = np.stack([past.built for past in done], axis=1)
        kept = (1.0 - deviations.wear) * capacity[-1]
        capacity.append(kept + _ready(plan, economy, deviations, built))
    return _carried(done, norms, capacity)


@final
@dataclass(frozen=True, slots=True, eq=False)
class _Asked:
    """What the plan asks for in one year, goods x 1 (work: plants x 1)."""

    floor: Drawn
    public: Drawn
    moved: Drawn
    above: Drawn
    stock: Drawn
    room: Drawn
    work: Drawn
    waste: Drawn

    @property
    def people(self) -> Drawn:
        """What people must have."""
        return self.floor + self.public + self.moved


@final
@dataclass(frozen=True, slots=True, eq=False)
class _Outcome:
    """What came of one year, names x draws."""

    activity: Drawn
    imports: Drawn
    exports: Drawn
    consumption: Drawn
    public: Drawn
    moved: Drawn
    built: Drawn
    investment: Drawn
    stock: Drawn
    waste: Drawn
    balance: Drawn


def _asked(plan: Plan, economy: Economy, calendar: Calendar, year: int) -> _Asked:
    goods, limit = economy.goods, economy.extensions.stock_limit
    consumption, stock = plan.consumption[:, year], plan.stock[:, year]
    floor = np.minimum(calendar.floor[:, year], consumption)
    most = np.full(len(goods), np.inf) if limit is None else limit * goods.stock
    room = np.where(goods.spoilage < 1.0, np.maximum(most - stock, 0.0), 0.0)
    return _Asked(
        floor=floor[:, None],
        public=plan.public[:, year, None],
        moved=plan.moved[:, year, None],
        above=(consumption - floor)[:, None],
        stock=stock[:, None],
        room=room[:, None],
        work=_work(plan, economy, year)[:, None],
        waste=np.maximum(plan.waste[:, year, None], 0.0),
    )


def _work(plan: Plan, economy: Economy, year: int) -> Drawn:
    """Return the capacity that the plan builds in a year, each order evenly over its gestation."""
    gestation = economy.plants.gestation
    work = np.zeros(len(gestation))
    for begun in range(year + 1):
        work += np.where(begun > year - gestation, plan.ordered[:, begun] / gestation, 0.0)
    return work


def _means(
    plan: Plan, economy: Economy, drawn: Deviations, year: int, there: tuple[Drawn, Drawn]
) -> Means:
    """Return what a year has to hand, from the capacity and the stock it begins with."""
    capacity, stock = there
    outside, moved = economy.extensions.trade, economy.extensions.migration
    fixed = 0.0 if outside is None else outside.other_imports - outside.other_exports
    hours = drawn.hours[:, year].copy()
    if moved is not None:
        people = plan.migrants[: year + 1].sum()
        hours[moved.from_skill] -= moved.hours_lost * people
        hours[moved.to_skill] += moved.hours_won * people
    return Means(
        capacity=capacity,
        hours=hours,
        resources=drawn.resources[:, year],
        store=(1.0 - drawn.spoilage) * stock,
        funds=drawn.credit[year] + plan.credit[year] - fixed,
        import_price=drawn.import_price,
        export_price=drawn.export_price,
    )


def _year(
    norms: Norms, means: Means, asked: _Asked, drawn: Deviations, adopted: tuple[Plan, int]
) -> _Outcome:
    """Return what comes of one year."""
    plan, year = adopted
    planned = State(
        np.repeat(plan.activity[:, year, None], drawn.draws, axis=1),
        np.minimum(plan.imports[:, year, None], drawn.import_cap),
        np.minimum(plan.exports[:, year, None], drawn.export_cap),
    )
    return _shared_out(norms, means, asked, come_to_rest(norms, means, planned, asked.people))


def _shared_out(norms: Norms, means: Means, asked: _Asked, state: State) -> _Outcome:
    """Return who gets what is left after inputs and exports, in the order of the file's head."""
    activity, imports, exports = state.activity, state.imports, state.exports
    left = means.store + imports + norms.makes.times(activity) - norms.takes.times(activity)
    left = np.maximum(left - exports, 0.0)
    met = _share(left, asked.people)
    left = np.maximum(left - met * asked.people, 0.0)
    stock = np.minimum(asked.stock, left)
    left = left - stock
    above = np.minimum(asked.above, left)
    left = left - above
    work = np.repeat(asked.work, left.shape[1], axis=1)
    enough = _share(left, norms.building.times(work))
    built = norms.building.least(enough, enough, np.zeros_like(work))
    investment = norms.building.times(work * built)
    left = np.maximum(left - investment, 0.0)
    more = np.minimum(np.maximum(left - asked.waste, 0.0), asked.room)
    earned = np.sum(means.export_price * exports, axis=0)
    return _Outcome(
        activity,
        imports,
        exports,
        met * asked.floor + above,
        met * asked.public,
        met * asked.moved,
        built,
        investment,
        stock + more,
        left - more,
        means.funds + earned - np.sum(means.import_price * imports, axis=0),
    )


def _share(there: Drawn, asked: Drawn) -> Drawn:
    """Return the share of what is asked that is there."""
    asked = np.broadcast_to(asked, there.shape)
    return np.divide(there, asked, out=np.ones_like(there), where=there < asked)


def _ready(plan: Plan, economy: Economy, drawn: Deviations, built: Drawn) -> Drawn:
    """Return the capacity that is ready at the end of the last year of `built`."""
    plants, works = economy.plants, economy.extensions.under_construction
    after = built.shape[1]
    ready = np.zeros((len(plants), built.shape[2]))
    for gestation in np.unique(plants.gestation):
        begun = after - int(gestation)
        of_these = np.flatnonzero(plants.gestation == gestation)
        if begun >= 0:
            share = built[of_these, begun:].mean(axis=1)
            ready[of_these] = plan.ordered[of_these, begun, None] * share
    if works is not None:
        due = np.flatnonzero(works.years - economy.first_year == after)
        order = due[np.argsort(works.plants[due], kind="stable")]
        ready += summed(works.plants[order], drawn.works[order], len(plants))
    return ready


def _used(norms: Norms, activity: Drawn) -> Drawn:
    return norms.land.times(activity) - norms.back.times(activity)


def _carried(done: list[_Outcome], norms: Norms, capacity: list[Drawn]) -> Carried:
    def stacked(name: str) -> Drawn:
        return np.stack([getattr(outcome, name) for outcome in done], axis=1)

    made = np.stack([norms.outputs.times(outcome.activity) for outcome in done], axis=1)
    return Carried(
        stacked("activity"),
        made,
        (1.0 - norms.kept)[:, None] * made,
        np.stack([norms.inputs.times(outcome.activity) for outcome in done], axis=1),
        stacked("investment"),
        stacked("imports"),
        stacked("exports"),
        stacked("stock"),
        stacked("consumption"),
        stacked("waste"),
        stacked("public"),
        stacked("moved"),
        stacked("built"),
        np.stack(capacity, axis=1),
        np.stack([norms.labour.times(outcome.activity) for outcome in done], axis=1),
        np.stack([_used(norms, outcome.activity) for outcome in done], axis=1),
        np.stack([outcome.balance for outcome in done], axis=0),
    )
