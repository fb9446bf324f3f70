"""Work sheets out of a plan: who makes what, and who delivers to whom.

A plan is drawn up by techniques and balanced by goods. Here its year is divided among workplaces.
What a workplace makes, uses and works follows from its shares in techniques. Goods for plants go
to those who use the plant, in proportion to their use of it in the year. Who delivers to whom is,
for each good g, a transport problem with the least change against last year's links r:

    minimise  sum_ij c_ij (x_ij - r_ij)+   subject to  sum_j x_ij = s_i,  sum_i x_ij = d_j,  x >= 0

Suppliers i are the makers, the common store (what is left of opening stock) and foreign trade
(imports); users j are workplaces, people, public uses, foreign trade (exports), the common store
(closing stock) and what nothing uses. As sums are fixed, least increase is least change. c is 1 on
a link of last year, 1/2 on own use, 2 on a new link, and 3 on goods that would pass through the
store or abroad for nothing. With unchanged amounts last year's links are kept to the letter.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, final

import numpy as np
from scipy.sparse import csc_array

from sovplan.foundation.errors import DataError, PlanningError
from sovplan.foundation.programme import Programme
from sovplan.foundation.shapes import Grid, Matrix, Vector
from sovplan.foundation.solver import solve
from sovplan.foundation.words import say
from sovplan.planning.duedates import dated
from sovplan.records.draft import Draft, Plan
from sovplan.records.economy import Economy
from sovplan.records.workplaces import OUTSIDE, PEOPLE, PUBLIC, STORE, UNUSED, Link, Workplaces
from sovplan.records.worksheet import Entry, Line, WorkSheet

_OWN: Final = 0.5
_OLD: Final = 1.0
_NEW: Final = 2.0
_ROUNDABOUT: Final = 3.0
_NOTHING: Final = 1e-9
"""Amounts below this share of a good's turnover are rounding and no deliveries."""
_DUST: Final = 1e-12
"""Flows below this share of all of them are rounding of the solver."""


def allotted(
    draft: Draft, year: int, workplaces: Workplaces, last_links: Sequence[Link] = ()
) -> tuple[WorkSheet, ...]:
    """Return a work sheet for each workplace, the common store and foreign trade.

    Parameters
    ----------
    draft
        The adopted draft.
    year
        One of its years.
    workplaces
        Who works with which technique; in the order of the draft's techniques.
    last_links
        Who delivered what to whom last year; none is an answer too.

    Raises
    ------
    PlanningError
        The draft has no plan.
    DataError
        The year is not one of the plan.
    """
    plan = draft.plan
    if plan is None:
        raise PlanningError(say("yearfiles.allot.no_plan", status=draft.status))
    if year not in draft.years:
        first, last = draft.years[0], draft.years[-1]
        raise DataError(say("yearfiles.allot.no_year", year=year, first=first, last=last))
    parts = _Parts.of(draft.economy, plan, draft.years.index(year), workplaces)
    flows = _flows(draft.economy, parts, last_links)
    names = dict(zip(workplaces.names, workplaces.titles, strict=True))
    names |= {STORE: say("yearfiles.sheet.store"), OUTSIDE: say("yearfiles.sheet.outside")}
    sheets = [
        WorkSheet(name, title, year, tuple(_lines(draft.economy, parts, flows, name)))
        for name, title in names.items()
    ]
    kept = [sheet for sheet in sheets if sheet.lines or sheet.workplace in workplaces.names]
    return dated(kept, _to_build(draft.economy, parts))


def _to_build(economy: Economy, parts: "_Parts") -> Mapping[tuple[str, str], float]:
    """Return the share of what a workplace needs of a good that goes into plants."""
    into = np.asarray(economy.plants.building @ parts.built.T)
    goods, names = economy.goods.names, parts.workplaces.names
    return {
        (goods[good], names[place]): min(float(into[good, place] / parts.need[good, place]), 1.0)
        for good, place in zip(*np.nonzero(into), strict=True)
    }


@final
@dataclass(frozen=True, slots=True, eq=False)
class _Parts:
    """The plan of a year by workplace.

    Parameters
    ----------
    workplaces
        Names and shares.
    activity
        Workplaces x techniques.
    built
        Workplaces x plants: new capacity whose goods they put in this year.
    supply, need
        Goods x suppliers or users: the workplaces, then those of `_OTHER`.
    """

    workplaces: Workplaces
    activity: Matrix
    built: Matrix
    supply: Grid
    need: Grid

    @classmethod
    def of(cls, economy: Economy, plan: Plan, at: int, workplaces: Workplaces) -> "_Parts":
        techniques, plants, goods = economy.techniques, economy.plants, economy.goods
        activity = workplaces.share.toarray() * plan.activity[:, at]
        use = activity @ plants.load.toarray().T
        idle = workplaces.share.toarray() @ plants.load.toarray().T
        weight = np.where(use.sum(axis=0) > 0, use, idle)
        total = weight.sum(axis=0)
        share = np.divide(weight, total, out=np.zeros_like(weight), where=total > 0)
        built = share * _building(economy, plan, at)
        made = techniques.outputs @ activity.T * economy.extensions.kept(len(goods))[:, None]
        used = techniques.inputs @ activity.T + plants.building @ built.T
        opening = goods.stock if at == 0 else plan.stock[:, at - 1]
        kept = np.asarray(opening * (1.0 - goods.spoilage))
        others = [np.zeros_like(kept), np.zeros_like(kept), plan.imports[:, at], kept]
        people = plan.consumption[:, at] + plan.moved[:, at]
        asked = [people, plan.public[:, at], plan.exports[:, at], plan.stock[:, at]]
        return cls(
            workplaces,
            activity,
            built,
            np.column_stack([np.asarray(made), *others]),
            np.column_stack([np.asarray(used), *asked, np.maximum(plan.waste[:, at], 0.0)]),
        )


_OTHER: Final = (PEOPLE, PUBLIC, OUTSIDE, STORE)
"""Partners after the workplaces, in the order of the columns; users have `UNUSED` last."""


def _building(economy: Economy, plan: Plan, at: int) -> Vector:
    """Return by plant the new capacity whose goods are put in in a year."""
    plants = economy.plants
    found = np.zeros(len(plants))
    for plant, gestation in enumerate(plants.gestation.tolist()):
        begun = plan.ordered[plant, max(0, at - gestation + 1) : at + 1]
        found[plant] = begun.sum() / gestation
    works = economy.extensions.under_construction
    if works is not None:
        going = works.left > at
        part = works.capacity / plants.gestation[works.plants]
        np.add.at(found, works.plants[going], part[going])
    return found


def _flows(
    economy: Economy, parts: _Parts, last_links: Sequence[Link]
) -> Mapping[str, list[tuple[str, str, float]]]:
    """Return for each good who delivers how much to whom."""
    suppliers = (*parts.workplaces.names, *_OTHER)
    users = (*suppliers, UNUSED)
    known: dict[str, dict[tuple[str, str], float]] = {}
    for link in last_links:
        of_good = known.setdefault(link.good, {})
        pair = (link.supplier, link.user)
        of_good[pair] = of_good.get(pair, 0.0) + link.amount
    flows = {}
    for at, good in enumerate(economy.goods.names):
        supply, need = _closed(parts.supply[at], parts.need[at], good)
        giving, taking = np.flatnonzero(supply), np.flatnonzero(need)
        last = known.get(good, {})
        names = [suppliers[i] for i in giving], [users[j] for j in taking]
        carried = transport(supply[giving], need[taking], *names, last)
        flows[good] = [
            (names[0][i], names[1][j], float(carried[i, j]))
            for i, j in zip(*np.nonzero(carried), strict=True)
        ]
    return flows


def _closed(supply: Vector, need: Vector, good: str) -> tuple[Vector, Vector]:
    """Return both sides without rounding, the supplies brought to the sum of the needs."""
    size = max(supply.sum(), need.sum())
    given = np.where(supply > _NOTHING * size, supply, 0.0)
    asked = np.where(need > _NOTHING * size, need, 0.0)
    if size == 0 or asked.sum() == 0:
        return np.zeros_like(supply), np.zeros_like(need)
    off = abs(given.sum() - asked.sum())
    if off > 1e-6 * size:
        raise PlanningError(say("yearfiles.allot.open", good=good, off=f"{off / size:.1e}"))
    return given * (asked.sum() / given.sum()), asked


def transport(
    supply: Vector,
    need: Vector,
    suppliers: Sequence[str],
    users: Sequence[str],
    last: Mapping[tuple[str, str], float],
) -> Matrix:
    """Return who delivers how much to whom, suppliers x users, with the least change.

    Parameters
    ----------
    supply, need
        Amounts above 0 with one sum.
    suppliers, users
        Their names.
    last
        Amounts of last year by supplier and user.
    """
    if len(supply) == 0:
        return np.zeros((0, len(need)))
    if len(supply) == 1:
        return need[None, :].copy()
    if len(need) == 1:
        return supply[:, None].copy()
    pairs = [(i, j) for i in range(len(supply)) for j in range(len(need))]
    before = np.array([last.get((suppliers[i], users[j]), 0.0) for i, j in pairs])
    costs = np.array([_cost(suppliers[i], users[j], last) for i, j in pairs])
    rows = np.array([[i, len(supply) + j] for i, j in pairs])
    columns = np.repeat(np.arange(len(pairs)), 2)
    ones = np.ones(rows.size)
    shape = (len(supply) + len(need), len(pairs))
    sums = csc_array((ones, (rows.ravel(), columns)), shape=shape)
    sides = np.concatenate([supply, need])
    # Two columns for each pair: what is kept of last year's amount, and what is more than it.
    programme = Programme(
        cost=np.concatenate([np.zeros(len(pairs)), costs]),
        matrix=csc_array((np.concatenate([sums.data, sums.data]),
                          np.concatenate([sums.indices, sums.indices]),
                          np.concatenate([sums.indptr, sums.indptr[1:] + sums.indptr[-1]])),
                         shape=(shape[0], 2 * len(pairs))),
        row_low=sides,
        row_high=sides,
        low=np.zeros(2 * len(pairs)),
        high=np.concatenate([before, np.full(len(pairs), np.inf)]),
    )  # fmt: skip
    found = solve(programme, engine="simplex").columns
    carried = found[: len(pairs)] + found[len(pairs) :]
    carried[carried < _DUST * supply.sum()] = 0.0
    return np.asarray(carried.reshape(len(supply), len(need)))


def _cost(supplier: str, user: str, last: Mapping[tuple[str, str], float]) -> float:
    if (supplier, user) in last:
        return _OLD
    if supplier == user and supplier != OUTSIDE:
        return _OWN
    if supplier in {OUTSIDE, STORE} and user in {OUTSIDE, STORE, UNUSED}:
        return _ROUNDABOUT
    return _NEW


def _lines(
    economy: Economy,
    parts: _Parts,
    flows: Mapping[str, list[tuple[str, str, float]]],
    name: str,
) -> Iterator[Line]:
    place = parts.workplaces.names.index(name) if name in parts.workplaces.names else None
    if place is not None:
        yield from _work(economy, parts, place)
    passed = list(_passed(economy, flows, name))
    yield from (line for line in passed if line.entry != "deliver")
    if place is not None:
        yield from _building_lines(economy, parts.built[place])
    yield from (line for line in passed if line.entry == "deliver")
    if place is not None:
        hours = economy.techniques.labour @ parts.activity[place]
        for skill, amount in zip(economy.techniques.skills, hours.tolist(), strict=True):
            if amount > 0:
                yield Line("hours", amount, economy.hours_unit, skill)


def _passed(
    economy: Economy, flows: Mapping[str, list[tuple[str, str, float]]], name: str
) -> Iterator[Line]:
    """Yield what one partner keeps, receives and delivers, in this order."""
    entry: Entry
    for entry in ("keep", "receive", "deliver"):
        for good, unit in zip(economy.goods.names, economy.goods.units, strict=True):
            for supplier, user, amount in flows[good]:
                if entry == "keep" and supplier == user == name:
                    yield Line(entry, amount, unit, good)
                elif entry == "receive" and user == name != supplier:
                    yield Line(entry, amount, unit, good, partner=supplier)
                elif entry == "deliver" and supplier == name != user:
                    yield Line(entry, amount, unit, good, partner=user)


def _work(economy: Economy, parts: _Parts, place: int) -> Iterator[Line]:
    techniques, goods = economy.techniques, economy.goods
    running = [
        (at, float(amount)) for at, amount in enumerate(parts.activity[place]) if amount > _NOTHING
    ]
    for at, amount in running:
        unit = say("papers.unit.activity")
        yield Line("run", amount, unit, technique=techniques.names[at])
    outputs = techniques.outputs.tocsc()
    for at, amount in running:
        for entry in range(outputs.indptr[at], outputs.indptr[at + 1]):
            good, norm = int(outputs.indices[entry]), float(outputs.data[entry])
            if norm > 0:
                name, unit = goods.names[good], goods.units[good]
                yield Line("make", norm * amount, unit, name, technique=techniques.names[at])


def _building_lines(economy: Economy, built: Vector) -> Iterator[Line]:
    building, goods = economy.plants.building.tocsc(), economy.goods
    for plant in np.flatnonzero(built > _NOTHING):
        for entry in range(building.indptr[plant], building.indptr[plant + 1]):
            good, norm = int(building.indices[entry]), float(building.data[entry])
            if norm > 0:
                yield Line(
                    "build",
                    norm * float(built[plant]),
                    goods.units[good],
                    goods.names[good],
                    plant=economy.plants.names[plant],
                )
