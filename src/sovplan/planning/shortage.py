"""One year of a plan, done as well as the year allows.

Nobody does more than the plan says. What is done of each part of the plan is chosen so that the
weighted sum of what is lost is least,

    min  sum over uses of  weight * loss(share not done),

    within  goods:   (1 - loss) B x + m + (1 - spoil) s  >=  A x + e + all uses of the good
            plants:  load x <= K      hours:  L x <= H      resources:  R x <= Q
            growth:  B x <= (1 + most) B x of the year before, of goods whose growth is limited
            money:   pe e + F - pm m  >= 0

The weights put what people must have (floors, fixed uses, the needs of those who have moved) first
and building second, for the floors of later years stand on it. Of both a loss weighs the more the
greater it is, so that it is spread: each further step of 5, 5, 10, 20 and 60 per cent weighs twice
the one before. Then come what is owed abroad, the planned stock, consumption above the floor,
outputs that are targets themselves, and at last doing as planned for its own sake. Where nothing is
short the plan is done as it stands.

Source: `docs/understand/stress.md` gives the reasons and what other rules led to.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, TypeAlias, final

import numpy as np
from scipy.sparse import csc_array

from sovplan.foundation.errors import SolverFailed
from sovplan.foundation.programme import Basis, Programme
from sovplan.foundation.shapes import (
    AnySparse,
    Flags,
    GoodsVector,
    Indices,
    PlantsVector,
    TechniquesVector,
    Vector,
)
from sovplan.foundation.solver import solve
from sovplan.foundation.words import say

STEPS: Final = (0.05, 0.05, 0.1, 0.2, 0.6)
"""Parts of what must be had, from the first that is lost to the last; each weighs double."""
WEIGHTS: Final = {
    "people": 100.0,
    "building": 30.0,
    "owed": 20.0,
    "stock": 10.0,
    "above": 3.0,
    "aimed": 0.3,
    "activity": 1e-3,
    "imports": 1e-3,
    "exports": 1e-3,
}
"""Weight of losing all of a use; within a use every good, plant or technique weighs the same."""
_ROUNDING: Final = 1e-12
"""Shortage, relative to the size of a good or plant, that is not there."""
_DUST: Final = 1e-9
"""Amount, relative to the size of a good, technique or plant, that a plan does not mean."""


@final
@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """What a plan asks for in one year.

    Parameters
    ----------
    activity
        x of each technique.
    imports, exports, people, stock, above
        m, e, what people must have, stock at the end, consumption above the floor, units.
    building
        Capacity to be built on each plant.
    aimed
        Techniques that make a good whose output is a target of the year.
    """

    activity: TechniquesVector
    imports: GoodsVector
    exports: GoodsVector
    people: GoodsVector
    stock: GoodsVector
    above: GoodsVector
    building: PlantsVector
    aimed: Flags


@final
@dataclass(frozen=True, slots=True, eq=False)
class Sizes:
    """How large goods, techniques and plants are in the plan: the measure of rounding."""

    goods: GoodsVector
    techniques: TechniquesVector
    plants: PlantsVector

    def of(self, use: str) -> Vector:
        """Return the sizes of what a use is counted in."""
        if use == "activity":
            return self.techniques
        return self.plants if use == "building" else self.goods


@final
@dataclass(frozen=True, slots=True, eq=False)
class Norms:
    """True norms of one draw.

    Parameters
    ----------
    net
        Net output of goods by technique, goods x techniques.
    means
        What activities take of plants, hours and resources, and what they make of goods whose
        growth is limited, one below the other.
    building
        C, goods x plants.
    import_price, export_price
        Foreign money per unit of a good; 0 where it is not traded.
    sizes
        The measure of rounding.
    """

    net: AnySparse
    means: AnySparse
    building: AnySparse
    import_price: GoodsVector
    export_price: GoodsVector
    sizes: Sizes


@final
@dataclass(frozen=True, slots=True, eq=False)
class Means:
    """What a year has to hand.

    Parameters
    ----------
    store, capacity, hours, resources
        Goods in store, capacity of plants, hours and resources.
    growth
        Greatest output of the goods whose growth is limited.
    funds
        Foreign money.
    """

    store: GoodsVector
    capacity: PlantsVector
    hours: Vector
    resources: Vector
    growth: Vector
    funds: float

    @property
    def limits(self) -> Vector:
        """What there is of all that activities take, in the order of the norms."""
        return np.concatenate([self.capacity, self.hours, self.resources, self.growth])


def done_of(
    asked: Asked, norms: Norms, means: Means, start: Basis | None = None
) -> tuple[Asked, Basis | None]:
    """Return what is done of a year's plan, and where a similar year may start.

    Parameters
    ----------
    asked
        What the plan asks for.
    norms, means
        How things really are.
    start
        The end of a similar year.

    Raises
    ------
    SolverFailed
        The programme of the year has no solution.
    """
    if _possible(asked, norms, means):
        return asked, start
    columns = tuple(_columns(asked, norms, means))
    programme = _programme(columns, norms, means)
    fits = start is not None and len(start.columns) == len(programme.cost)
    found = solve(programme, start=start if fits else None)
    if found.answer != "optimal":
        raise SolverFailed(say("stress.no_year", answer=found.answer))
    return _asked(
        asked, columns, np.clip(found.columns, programme.low, programme.high)
    ), found.basis


@final
@dataclass(frozen=True, slots=True, eq=False)
class _Columns:
    """Columns of one use: which places of it, their greatest value and weight.

    A use that must be had is counted by what is lost of it (`lost`), all others by what is done.
    """

    name: str
    places: Indices
    most: Vector
    weight: Vector
    lost: bool = False


_SIGNS: Final = {"imports": 1.0, "exports": -1.0, "stock": -1.0, "above": -1.0, "people": 1.0}
"""How uses that are counted in goods enter the balance of the good."""


def _columns(asked: Asked, norms: Norms, means: Means) -> Iterator[_Columns]:
    for name in ("activity", "imports", "exports", "stock", "above"):
        most = getattr(asked, name)
        places = np.flatnonzero(most > _DUST * norms.sizes.of(name))
        weight = np.full(len(places), WEIGHTS[name] / max(len(places), 1))
        if name == "activity":
            aimed = asked.aimed[places]
            weight += aimed * WEIGHTS["aimed"] / max(int(aimed.sum()), 1)
        yield _Columns(name, places, most[places], weight / most[places])
    for name in ("people", "building"):
        most = getattr(asked, name)
        places = np.flatnonzero(most > _DUST * norms.sizes.of(name))
        weight = WEIGHTS[name] / max(len(places), 1) / most[places]
        for step, part in enumerate(STEPS):
            yield _Columns(name, places, part * most[places], -(2.0**step) * weight, lost=True)
    if means.funds < 0:
        owed = np.array([-means.funds])
        yield _Columns("owed", np.zeros(1, dtype=np.int64), owed, -WEIGHTS["owed"] / owed)


def _programme(columns: tuple[_Columns, ...], norms: Norms, means: Means) -> Programme:
    goods, limits = norms.net.shape[0], means.limits
    parts = list(_entries(columns, norms))
    rows, places, values = (np.concatenate([part[axis] for part in parts]) for axis in range(3))
    width = sum(len(block.places) for block in columns)
    matrix = csc_array((values, (rows, places)), shape=(goods + len(limits) + 1, width))
    # What must be had is written as lost, so all of it stands on the right.
    whole = np.zeros(width)
    first = 0
    for block in columns:
        whole[first : first + len(block.places)] = block.most * block.lost
        first += len(block.places)
    needed = np.asarray(matrix @ whole)[:goods]
    return Programme(
        np.concatenate([block.weight for block in columns]),
        matrix,
        np.concatenate([needed - means.store, np.full(len(limits), -np.inf), [-means.funds]]),
        np.concatenate([np.full(goods, np.inf), limits, [np.inf]]),
        np.zeros(width),
        np.concatenate([block.most for block in columns]),
        maximise=True,
    )


Entries: TypeAlias = tuple[Indices, Indices, Vector]
"""Rows, columns and values of entries of a matrix."""


def _entries(columns: tuple[_Columns, ...], norms: Norms) -> Iterator[Entries]:
    """Yield the entries of goods, then of what activities take, then of foreign money."""
    goods, first = norms.net.shape[0], 0
    money = goods + norms.means.shape[0]
    for block in columns:
        here = first + np.arange(len(block.places))
        if block.name == "activity":
            yield _taken(norms.net, block.places, first)
            rows, places, values = _taken(norms.means, block.places, first)
            yield rows + goods, places, values
        elif block.name == "building":
            yield _taken(norms.building, block.places, first)
        elif block.name == "owed":
            yield np.full(1, money), here, np.ones(1)
        else:
            yield block.places, here, np.full(len(here), _SIGNS[block.name])
        if block.name in {"imports", "exports"}:
            price = -norms.import_price if block.name == "imports" else norms.export_price
            yield np.full(len(here), money), here, price[block.places]
        first += len(block.places)


def _taken(matrix: AnySparse, places: Indices, first: int) -> Entries:
    """Return the entries of some columns of a matrix, put side by side from a first column on."""
    row, column = matrix.tocoo().coords
    where = np.full(matrix.shape[1], -1, dtype=np.int64)
    where[places] = first + np.arange(len(places))
    kept = where[column] >= 0
    return row[kept].astype(np.int64), where[column[kept]], matrix.data[kept]


def _asked(asked: Asked, columns: tuple[_Columns, ...], values: Vector) -> Asked:
    """Return what is done, from the columns of the programme."""
    done = {
        "people": asked.people.copy(),
        "building": asked.building.copy(),
        **{
            name: np.zeros_like(getattr(asked, name))
            for name in ("activity", "imports", "exports", "stock", "above")
        },
    }
    first = 0
    for block in columns:
        found = values[first : first + len(block.places)]
        first += len(block.places)
        if block.lost:
            done[block.name][block.places] -= found
        elif block.name in done:
            done[block.name][block.places] = found
    whole = {name: np.maximum(amounts, 0.0) for name, amounts in done.items()}
    return Asked(**whole, aimed=asked.aimed)


def _possible(asked: Asked, norms: Norms, means: Means) -> bool:
    """Tell whether the whole plan of the year can be done."""
    building = np.asarray(norms.building @ asked.building)
    uses = asked.exports + asked.people + asked.stock + asked.above + building
    net = np.asarray(norms.net @ asked.activity)
    bill = float(norms.import_price @ asked.imports)
    earned = float(norms.export_price @ asked.exports) + means.funds
    limits = means.limits
    sides = (
        (uses, net + means.store + asked.imports, norms.sizes.goods),
        (np.asarray(norms.means @ asked.activity), limits, limits),
        (np.array([bill]), np.array([earned]), np.array([abs(bill) + abs(means.funds)])),
    )
    return all(
        bool((used - there <= _ROUNDING * (size + np.abs(used) + np.abs(there))).all())
        for used, there, size in sides
    )
