"""Making: what comes of a year's tasks."""

from dataclasses import dataclass, replace
from typing import Final, final

import numpy as np
from scipy.sparse import csc_array, csr_array, diags_array

from sovplan.foundation.shapes import (
    GoodsVector,
    PlantsVector,
    TechniquesVector,
    Vector,
)
from sovplan.records.economy import Economy
from sovplan.records.purposes import means_of_production
from sovplan.records.tasks import Tasks
from sovplan.world.capability import growth_room, hours_there, resources_there
from sovplan.world.state import Works, World, tranche
from sovplan.world.supply import ENDS, Granted, Wants, share_shortage


@final
@dataclass(frozen=True, slots=True, eq=False)
class Conduct:
    """How a year is gone about: what people want to do and who is served first.

    Parameters
    ----------
    wanted
        Activity that each workplace sets out to do.
    yields
        Output over that of the norms for each workplace, 1: weather, luck, haste.
    day
        Legal day over that of the economy's first year.
    effort
        What an hour yields over that of the norms, by skill.
    order, priority
        Who is served first, and how strictly; see `share_shortage`.
    prices
        What a unit of each good is worth where losses are weighed.
    """

    wanted: Vector
    yields: Vector
    day: float
    effort: Vector
    order: tuple[str, ...]
    priority: float
    prices: GoodsVector


@final
@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """What happened in a year.

    For every good: opening stock less spoilage + made + imported = used + built in + public +
    exported + for people + closing stock + unused.

    Parameters
    ----------
    activity, shop_activity
        By technique and by workplace.
    shop_yields
        What a workplace's unit of activity yielded over the norms, 1.
    made
        Units of each good, after losses.
    used, built, public, exports, people, stock, unused, imports
        Units of each good; `built` went into works, `people` can be shared out.
    hours
        Hours worked by skill.
    kept
        Stock at the beginning less spoilage, units.
    works, capacity
        Works under way after the year, and capacity on the first day of the next.
    begun
        Share of the year's orders that was begun, by plant; 1 where nothing was ordered.
    debt
        Foreign money that was spent beyond what there was.
    wanted
        Uses of each good if nothing had been short, units.
    """

    activity: TechniquesVector
    shop_activity: Vector
    shop_yields: Vector
    made: GoodsVector
    used: GoodsVector
    built: GoodsVector
    public: GoodsVector
    exports: GoodsVector
    imports: GoodsVector
    people: GoodsVector
    stock: GoodsVector
    unused: GoodsVector
    hours: Vector
    kept: GoodsVector
    works: Works
    capacity: PlantsVector
    begun: PlantsVector
    debt: float
    wanted: GoodsVector

    def balance_error(self) -> float:
        """Return the greatest error of the balances of goods, relative to what was wanted of each.

        What is left of a good that nobody could get any of is no measure of rounding.
        """
        sources = self.kept + self.made + self.imports
        uses = (self.used + self.built + self.public + self.exports + self.people + self.stock
                + self.unused)  # fmt: skip
        size = np.maximum(np.maximum(np.abs(sources), np.abs(uses)), self.wanted)
        size = np.where(size > 0, size, 1.0)
        return float(np.max(np.abs(sources - uses) / size, initial=0.0))


_DUST: Final = 1e-12
"""Share below which an amount is rounding and counts as nothing (numerical; the accounts hold to
1e-9)."""
_NO_STORE: Final = 1.0
"""Spoilage of a good that cannot be kept (by definition)."""


def produce(world: World, tasks: Tasks, conduct: Conduct) -> Outcome:
    """Carry out a year's tasks as far as plants, hours, goods and luck allow.

    Workplaces set out to do what they want; plants, hours, resources and the growth of branches
    limit that; then what is short is shared out:

        X_j    = sum of y_w over the workplaces of j              what they set out to do
        a_j    = min( 1, room_j, min over what j uses  there / what all X take of it )
        x_j    = what `share_shortage` grants of a_j X_j
        q_j    = sum of y_w q_w / X_j                             what a unit yields
        made_g = (1 - loss_g) sum_j B_gj q_j x_j
        x_w    = y_w x_j / X_j                                    each workplace alike
        hours  = L x / effort

    room_j is that of `growth_room`. Inputs, hours and plants are those of the norms whatever the
    yield. What is left of a good that keeps goes to store, up to the room there is; what is left
    of one that does not goes to people if they need it, and is lost otherwise.

    Of works, the share s that got its goods goes on, and the rest stands still for a year:

        K of the next year = (1 - wear) K + what is ready and lacks no more goods

    Parameters
    ----------
    world
        What is so on the first day of the year.
    tasks
        What is to be done.
    conduct
        How it is gone about.

    Source: rules R01, R09 and, for imports within foreign money, R40 of the model; Leontief
    technology.
    """
    economy, shops = world.economy, world.workshops
    count = len(economy.techniques)
    set_out = shops.total(conduct.wanted, count)
    wanted = set_out * _allowed(economy, set_out, tasks.migrants, conduct)
    running = np.where(set_out > 0, set_out, 1.0)
    yields = shops.total(conduct.wanted * conduct.yields, count) / running
    works = world.works.and_also(_orders(economy, tasks))
    wants = _wants(economy, tasks, works, _Running(wanted, yields, conduct.prices))
    granted = share_shortage(wants, conduct.order, conduct.priority)
    # What sharing leaves of a thing that nobody can get is rounding, and no tractor.
    runs = granted.activity > _DUST * set_out
    granted = replace(granted, activity=np.where(runs, granted.activity, 0.0))
    share = np.divide(granted.activity, running)
    next_works, capacity = _after(economy, works, granted.works)
    return Outcome(
        **_flows(economy, granted, works, yields),
        activity=granted.activity,
        shop_activity=conduct.wanted * share[shops.technique],
        shop_yields=conduct.yields,
        hours=_worked(economy, granted.activity, conduct.effort),
        works=next_works,
        capacity=capacity,
        begun=_begun(economy, tasks, works, granted.works),
        debt=granted.debt,
        wanted=wants.uses(),
    )


def _allowed(
    economy: Economy, activity: TechniquesVector, migrants: float, conduct: Conduct
) -> TechniquesVector:
    """Return the share of what techniques want that plants, hours, resources and growth allow."""
    share = np.minimum(1.0, growth_room(economy, activity))
    hours = hours_there(economy, conduct.day, migrants) * conduct.effort
    for use, there in (
        (economy.plants.load, economy.plants.capacity),
        (economy.techniques.labour, hours),
        (economy.techniques.resource_use, resources_there(economy)),
    ):
        asked = np.asarray(use @ activity)
        ratio = np.divide(there, asked, out=np.ones(len(asked)), where=asked > there)
        entries = use.tocoo()
        np.minimum.at(share, entries.coords[1], ratio[entries.coords[0]])
    return share


def _orders(economy: Economy, tasks: Tasks) -> Works:
    plants = np.flatnonzero(tasks.ordered > 0)
    gestation = economy.plants.gestation[plants]
    return Works(plants, economy.first_year + gestation, tasks.ordered[plants], gestation)


@final
@dataclass(frozen=True, slots=True, eq=False)
class _Running:
    """What techniques would do, what a unit of it yields, and what goods are worth."""

    activity: TechniquesVector
    yields: TechniquesVector
    prices: GoodsVector


def _wants(economy: Economy, tasks: Tasks, works: Works, running: _Running) -> Wants:
    goods, techniques = economy.goods, economy.techniques
    kept = diags_array(economy.extensions.kept(len(goods)))
    return Wants(
        there=(1.0 - goods.spoilage) * goods.stock,
        outputs=csr_array(kept @ techniques.outputs @ diags_array(running.yields)),
        inputs=techniques.inputs,
        activity=running.activity,
        heavy=means_of_production(economy, running.activity),
        works=csc_array(tranche(economy, works)),
        ends={
            "floors": tasks.floor,
            "public": tasks.public,
            "exports": tasks.exports,
            "people": tasks.consumption - tasks.floor,
        },
        imports=tasks.imports,
        import_price=np.nan_to_num(goods.import_price),
        export_price=np.nan_to_num(goods.export_price),
        funds=_funds(economy) + tasks.credit,
        prices=running.prices,
    )


def _funds(economy: Economy) -> float:
    """Return the foreign money of the year besides exports and drawn credit."""
    credit = economy.credit.over([economy.first_year])[:, 0, 0]
    drawn, outside = economy.extensions.credit, economy.extensions.trade
    fixed = sum(
        float(amount)
        for name, amount in zip(economy.credit.names, credit, strict=True)
        if drawn is None or name != drawn.series
    )
    return fixed + (0.0 if outside is None else outside.other_exports - outside.other_imports)


def _gestation(economy: Economy, works: Works) -> np.ndarray:
    return economy.plants.gestation[works.plants]


def _flows(
    economy: Economy, granted: Granted, works: Works, yields: TechniquesVector
) -> dict[str, GoodsVector]:
    """Return what became of each good, by the name of its use."""
    goods, ends = economy.goods, granted.ends
    kept = (1.0 - goods.spoilage) * goods.stock
    lasting = economy.extensions.kept(len(goods))
    made = lasting * np.asarray(economy.techniques.outputs @ (granted.activity * yields))
    used = np.asarray(economy.techniques.inputs @ granted.activity)
    built = np.asarray(tranche(economy, works) @ granted.works)
    spent = used + built + sum((ends[name] for name in ENDS), np.zeros(len(goods)))
    there = kept + made + granted.imports
    left = np.where(there - spent > _DUST * there, there - spent, 0.0)
    keeps = goods.spoilage < _NO_STORE
    needed = np.asarray(economy.needs.over([economy.first_year])[:, 0, :2].max(axis=1)) > 0
    to_people = np.where(~keeps & needed, left, 0.0)
    room = economy.extensions.stock_limit
    stock = np.where(keeps, left if room is None else np.minimum(left, room), 0.0)
    return {
        "made": made,
        "used": used,
        "built": built,
        "public": ends["public"],
        "exports": ends["exports"],
        "imports": granted.imports,
        "people": ends["floors"] + ends["people"] + to_people,
        "stock": stock,
        "unused": left - to_people - stock,
        "kept": kept,
    }


def _after(economy: Economy, works: Works, share: Vector) -> tuple[Works, PlantsVector]:
    """Return works under way after the year and the capacity on the first day of the next.

    What did not get its goods this year stands still for a year; the rest goes on.
    """
    still = works.left > 0
    done = np.where(still, share, 1.0)
    on = Works(works.plants, works.ready, works.capacity * done, np.maximum(works.left - 1, 0))
    late = Works(works.plants, works.ready + 1, works.capacity * (1.0 - done), works.left)
    going = on.and_also(late.chosen(late.capacity > 0))
    following = economy.first_year + 1
    ready = (going.ready <= following) & (going.left == 0)
    capacity = economy.plants.capacity * (1.0 - economy.plants.wear)
    np.add.at(capacity, going.plants[ready], going.capacity[ready])
    rest = going.chosen(~ready & (going.capacity > 0))
    # Works that still lack goods cannot be ready earlier than these can be put in.
    soonest = np.maximum(rest.ready, following + rest.left)
    return Works(rest.plants, soonest, rest.capacity, rest.left).merged(), capacity


def _worked(economy: Economy, activity: TechniquesVector, effort: Vector) -> Vector:
    return np.asarray(economy.techniques.labour @ activity) / effort


def _begun(economy: Economy, tasks: Tasks, works: Works, share: Vector) -> PlantsVector:
    new = (works.left == _gestation(economy, works)) & (works.left > 0)
    begun = np.zeros(len(economy.plants))
    np.add.at(begun, works.plants[new], (works.capacity * share)[new])
    return np.divide(begun, tasks.ordered, out=np.ones(len(begun)), where=tasks.ordered > 0).clip(
        0.0, 1.0
    )
