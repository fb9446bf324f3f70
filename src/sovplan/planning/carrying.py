"""An adopted plan carried out where things are not as declared: who gives way when something is short.

Year by year, in each draw. Nobody does more than the plan says. A technique is cut to what its
plants, hours, resources and inputs allow; all who need the same thing are cut by the same share,

    x_j <- x_j * min over what j needs of  min(1, what there is / what is needed at present),

again and again until nothing is short. Activities only fall, so this comes to rest. Foreign trade
is one more technique: exports are what it needs, imports are what it gives, and these fall in one
share when exports and credit no longer pay for them.

A good that does not reach for inputs, exports and what people must have is shared out so that the
last loses twice: with S what there is, U inputs and exports, F floors, fixed uses and the needs of
people who have moved, all at present,

    U -> share * U,   F -> share^2 * F,    share * U + share^2 * F = S.

What is left of a good goes, in this order, as far as it reaches, to

    1. floors, fixed uses and the needs of people who have moved, all in one share
    2. the stock that the plan keeps at the end of the year
    3. consumption above the floor
    4. building: a plant is built in the share of the scarcest of its goods
    5. more stock than planned, where a good keeps and the store has room; the rest is waste.

Read upwards, this is the order in which uses give way. Work on a plant that was not done is not
made up later: so much less of it is ready.

Source: rationing in one share, Benassy (1982), The economics of market disequilibrium, ch. 2; the
order and the square are our own assumptions, defended in `docs/understand/stress.md`.
"""

from dataclasses import dataclass, replace
from typing import Final, final

import numpy as np

from sovplan.foundation.errors import SolverFailed
from sovplan.foundation.words import say
from sovplan.planning.deviations import Deviations, Drawn
from sovplan.planning.spread import Spread, summed
from sovplan.records.calendar import Calendar
from sovplan.records.draft import Plan
from sovplan.records.economy import Economy

_CLOSE: Final = 1e-12
"""Shortage, relative to the planned use, that is rounding."""
_SWEEPS: Final = 100_000
"""Most sweeps of cuts in a year before the reckoning is given up."""


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
    norms = _norms(economy, deviations)
    stock, capacity = deviations.stock, [deviations.capacity]
    done: list[_Outcome] = []
    for year in range(len(calendar.years)):
        given = _given(plan, economy, calendar, deviations, year)
        there = _There(capacity[-1], (1.0 - deviations.spoilage) * stock)
        outcome = _year(norms, given, there)
        done.append(outcome)
        stock = outcome.stock
        built = np.stack([past.built for past in done], axis=1)
        kept = (1.0 - deviations.wear) * capacity[-1]
        capacity.append(kept + _ready(plan, economy, deviations, built))
    return _carried(done, norms, capacity)


@final
@dataclass(frozen=True, slots=True, eq=False)
class _Norms:
    """True norms: net makers and net users of goods, and what activities need besides.

    A technique that uses its own product takes it before anyone else, so only what is over counts.
    """

    makes: Spread
    takes: Spread
    inputs: Spread
    outputs: Spread
    kept: Drawn
    labour: Spread
    land: Spread
    back: Spread
    load: Spread
    building: Spread


@final
@dataclass(frozen=True, slots=True, eq=False)
class _Given:
    """What the plan asks of one year, and the year's supplies, names x draws or names x 1."""

    activity: Drawn
    imports: Drawn
    exports: Drawn
    essential: Drawn
    floor: Drawn
    public: Drawn
    moved: Drawn
    above: Drawn
    stock: Drawn
    room: Drawn
    work: Drawn
    waste: Drawn
    hours: Drawn
    resources: Drawn
    funds: Drawn
    import_price: Drawn
    export_price: Drawn


@final
@dataclass(frozen=True, slots=True, eq=False)
class _There:
    """What the year begins with: capacity of plants, goods in store."""

    capacity: Drawn
    store: Drawn


@final
@dataclass(frozen=True, slots=True, eq=False)
class _Outcome:
    """What came of one year, names x draws."""

    activity: Drawn
    imports: Drawn
    consumption: Drawn
    public: Drawn
    moved: Drawn
    built: Drawn
    investment: Drawn
    exports: Drawn
    stock: Drawn
    waste: Drawn
    balance: Drawn


def _norms(economy: Economy, drawn: Deviations) -> _Norms:
    techniques, plants = economy.techniques, economy.plants
    kept = economy.extensions.kept(len(economy.goods))[:, None]
    inputs = Spread.of(techniques.inputs, drawn.inputs)
    outputs = Spread.of(techniques.outputs, drawn.outputs)
    net = Spread.at(
        inputs.shape,
        np.concatenate([outputs.row, inputs.row]),
        np.concatenate([outputs.column, inputs.column]),
        np.concatenate([kept[outputs.row] * outputs.values, -inputs.values]),
    )
    land = Spread.of(techniques.resource_use, drawn.resource_use)
    return _Norms(
        net.where(np.maximum(net.values, 0.0)),
        net.where(np.maximum(-net.values, 0.0)),
        inputs,
        outputs,
        kept,
        Spread.of(techniques.labour, drawn.labour),
        land.where(np.maximum(land.values, 0.0)),
        land.where(np.maximum(-land.values, 0.0)),
        Spread.of(plants.load, drawn.load),
        Spread.of(plants.building, drawn.building),
    )


def _given(
    plan: Plan, economy: Economy, calendar: Calendar, drawn: Deviations, year: int
) -> _Given:
    goods, extensions = economy.goods, economy.extensions
    consumption, stock = plan.consumption[:, year], plan.stock[:, year]
    floor = np.minimum(calendar.floor[:, year], consumption)
    limit = extensions.stock_limit
    room = np.full(len(goods), np.inf) if limit is None else limit * goods.stock
    room = np.where(goods.spoilage < 1.0, np.maximum(room - stock, 0.0), 0.0)
    outside = extensions.trade
    fixed = 0.0 if outside is None else outside.other_imports - outside.other_exports
    moved, public = plan.moved[:, year], plan.public[:, year]
    return _Given(
        activity=plan.activity[:, year, None],
        imports=np.minimum(plan.imports[:, year, None], drawn.import_cap),
        exports=np.minimum(plan.exports[:, year, None], drawn.export_cap),
        essential=(floor + public + moved)[:, None],
        floor=floor[:, None],
        public=public[:, None],
        moved=moved[:, None],
        above=(consumption - floor)[:, None],
        stock=stock[:, None],
        room=room[:, None],
        work=_work(plan, economy, year)[:, None],
        waste=np.maximum(plan.waste[:, year], 0.0)[:, None],
        hours=_hours(plan, economy, drawn, year),
        resources=drawn.resources[:, year],
        funds=drawn.credit[year] + plan.credit[year] - fixed,
        import_price=drawn.import_price,
        export_price=drawn.export_price,
    )


def _work(plan: Plan, economy: Economy, year: int) -> Drawn:
    """Return the capacity that the plan builds in a year, each order evenly over its gestation."""
    gestation = economy.plants.gestation
    work = np.zeros(len(gestation))
    for begun in range(year + 1):
        work += np.where(begun > year - gestation, plan.ordered[:, begun] / gestation, 0.0)
    return work


def _hours(plan: Plan, economy: Economy, drawn: Deviations, year: int) -> Drawn:
    hours, moved = drawn.hours[:, year].copy(), economy.extensions.migration
    if moved is not None:
        people = plan.migrants[: year + 1].sum()
        hours[moved.from_skill] -= moved.hours_lost * people
        hours[moved.to_skill] += moved.hours_won * people
    return hours


@final
@dataclass(frozen=True, slots=True, eq=False)
class _State:
    """What is still done of the plan of a year: activities, trade, share of what people must have."""

    activity: Drawn
    imports: Drawn
    exports: Drawn
    met: Drawn


def _year(norms: _Norms, given: _Given, there: _There) -> _Outcome:
    """Return what comes of one year: cuts by plants, hours and resources first, then by goods."""
    draws = there.store.shape[1]
    state = _State(
        np.repeat(given.activity, draws, axis=1),
        given.imports,
        given.exports,
        np.ones_like(there.store),
    )
    sizes = _sizes(norms, given, state)
    for cut in (_cut_by_means, _cut_by_all):
        for _ in range(_SWEEPS):
            after = cut(norms, given, there, sizes, state)
            if after is None:
                break
            state = after
        else:
            raise SolverFailed(say("stress.no_rest", sweeps=_SWEEPS))
    return _shared_out(norms, given, there, state)


def _sizes(norms: _Norms, given: _Given, state: _State) -> dict[str, Drawn]:
    """Return what the plan needs of everything under the true norms: the measure of rounding."""
    whole = state.activity
    return {
        "load": norms.load.times(whole),
        "labour": norms.labour.times(whole),
        "land": norms.land.times(whole),
        "goods": norms.takes.times(whole) + state.exports + given.essential,
        "bill": np.sum(given.import_price * state.imports, axis=0),
    }


def _means(
    norms: _Norms, given: _Given, there: _There, sizes: dict[str, Drawn], activity: Drawn
) -> Drawn:
    """Return the share to which plants, hours and resources cut each activity."""
    land = norms.land.times(activity)
    shares = (
        norms.load.least(_ratio(there.capacity, norms.load.times(activity), sizes["load"])),
        norms.labour.least(_ratio(given.hours, norms.labour.times(activity), sizes["labour"])),
        norms.land.least(_ratio(given.resources + norms.back.times(activity), land, sizes["land"])),
    )
    return np.minimum.reduce(shares)


def _cut_by_means(
    norms: _Norms, given: _Given, there: _There, sizes: dict[str, Drawn], state: _State
) -> _State | None:
    share = _means(norms, given, there, sizes, state.activity)
    if (share == 1.0).all():
        return None
    return replace(state, activity=state.activity * share)


def _cut_by_all(
    norms: _Norms, given: _Given, there: _There, sizes: dict[str, Drawn], state: _State
) -> _State | None:
    """Return the state after one sweep of cuts, or None if nothing is short."""
    goods = there.store + state.imports + norms.makes.times(state.activity)
    needed = norms.takes.times(state.activity) + state.exports
    share = _shares(goods, needed, state.met * given.essential, sizes["goods"])
    earned = given.funds + np.sum(given.export_price * state.exports, axis=0)
    bill = np.sum(given.import_price * state.imports, axis=0)
    paid = _ratio(earned, bill, sizes["bill"])
    cut = np.minimum(_means(norms, given, there, sizes, state.activity), norms.takes.least(share))
    if (cut == 1.0).all() and (share == 1.0).all() and (paid == 1.0).all():
        return None
    return _State(
        state.activity * cut, state.imports * paid, state.exports * share, state.met * share**2
    )


def _shares(goods: Drawn, needed: Drawn, people: Drawn, size: Drawn) -> Drawn:
    """Return the share of inputs and exports that a good reaches for; people get its square."""
    short = needed + people - goods > _CLOSE * size
    there = np.maximum(goods, 0.0)
    root = needed + np.sqrt(needed**2 + 4.0 * people * there)
    return np.divide(2.0 * there, root, out=np.ones_like(root), where=short)


def _ratio(there: Drawn, needed: Drawn, size: Drawn) -> Drawn:
    """Return the share that can be had: 1 where nothing is short beyond rounding."""
    short = needed - there > _CLOSE * size
    return np.divide(np.maximum(there, 0.0), needed, out=np.ones_like(needed), where=short)


def _shared_out(norms: _Norms, given: _Given, there: _There, state: _State) -> _Outcome:
    """Return who gets what is left after inputs and exports, in the order of the head of this file."""
    activity, imports, exports = state.activity, state.imports, state.exports
    left = there.store + imports + norms.makes.times(activity) - norms.takes.times(activity)
    left = np.maximum(left - exports, 0.0)
    met = _ratio(left, np.broadcast_to(given.essential, left.shape), given.essential)
    left = np.maximum(left - met * given.essential, 0.0)
    stock = np.minimum(given.stock, left)
    left = left - stock
    above = np.minimum(given.above, left)
    left = left - above
    work = np.broadcast_to(given.work, (len(given.work), left.shape[1]))
    asked = norms.building.times(work)
    built = norms.building.least(_ratio(left, asked, asked))
    investment = norms.building.times(work * built)
    left = np.maximum(left - investment, 0.0)
    more = np.minimum(np.maximum(left - given.waste, 0.0), given.room)
    earned = np.sum(given.export_price * exports, axis=0)
    spent = np.sum(given.import_price * imports, axis=0)
    return _Outcome(
        activity,
        imports,
        met * given.floor + above,
        met * given.public,
        met * given.moved,
        built,
        investment,
        exports,
        stock + more,
        left - more,
        given.funds + earned - spent,
    )


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


def _used(norms: _Norms, activity: Drawn) -> Drawn:
    return norms.land.times(activity) - norms.back.times(activity)


def _carried(done: list[_Outcome], norms: _Norms, capacity: list[Drawn]) -> Carried:
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
