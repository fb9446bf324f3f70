"""From the reports of a year to what the year leaves behind, late reports imputed and marked.

- Activity: for each workplace the activities whose outputs come nearest to what it reports as made;
  where outputs leave that open, those nearest to its plan.
- Stock of a good: what is counted or else reported as closing, added up over all who hold it; where
  nobody states any, the closing stock of the plan, marked.
- Capacity: what is left after wear, with works that are ready and the new plants for which goods
  were used. Of what a workplace uses, the norms of its activities come first; what is left of a
  good went into plants, up to the plan. Longer works go on with the years they still take goods.
- A workplace with planned work of which no row of a period is there is late: the report of that
  period is its sheet, times what it made of its sheet in the periods it has reported on.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal, final

import numpy as np
from scipy.optimize import nnls

from sovplan.foundation.errors import DataError
from sovplan.foundation.shapes import GoodsVector, PlantsVector, TechniquesVector, Vector
from sovplan.foundation.words import say
from sovplan.records.documents import Entry, Report
from sovplan.records.draft import Draft, Plan
from sovplan.records.economy import Economy
from sovplan.records.extensions import UnderConstruction
from sovplan.records.findings import nearest
from sovplan.records.renewal import Closing
from sovplan.records.workplaces import OUTSIDE, PEOPLE, PUBLIC, STORE, UNUSED, Link, Workplaces
from sovplan.records.worksheet import WorkSheet

_NEARNESS: Final = 1e-8
"""Weight of the plan against what is reported, where outputs leave the activities open."""

Key = tuple[str, str, str, str, str]
"""Period, workplace, entry, good and partner of a row."""


@final
@dataclass(frozen=True, slots=True)
class Imputed:
    """What was put in place of what nobody stated.

    Parameters
    ----------
    workplace, period
        Whose report; the common store where a stock is meant.
    good
        The good of a stock; blank for a whole report.
    basis
        `plan`, or `last report` where earlier reports of the year scale the plan.
    """

    workplace: str
    period: str
    good: str
    basis: Literal["plan", "last report"]


@final
@dataclass(frozen=True, slots=True, eq=False)
class Settled:
    """What the reports of a year come to.

    Parameters
    ----------
    closing
        What the year leaves behind.
    reports
        Reports put in place of late ones; `filed_by` says so.
    imputed
        What was imputed.
    links
        Who delivered what to whom.
    """

    closing: Closing
    reports: tuple[Report, ...]
    imputed: tuple[Imputed, ...]
    links: tuple[Link, ...]


def settled(
    draft: Draft,
    workplaces: Workplaces,
    sheets: Sequence[WorkSheet],
    reports: Sequence[Report],
) -> Settled:
    """Return what the reports of the first year of a plan come to.

    Parameters
    ----------
    draft
        The plan that was carried out.
    workplaces
        Who works with which technique.
    sheets
        What was asked of each workplace in that year.
    reports
        What was reported; where two state the same row, the later one holds.

    Raises
    ------
    DataError
        There are no reports, or some are not of that year or name what there is not.
    """
    economy, plan = draft.economy, draft.plan
    if plan is None:
        raise DataError(say("yearfiles.renew.no_plan", status=draft.status))
    _check(economy, workplaces, reports)
    late, marks = _late(sheets, workplaces, reports, economy.first_year)
    rows = _rows([*reports, *late])
    by_workplace = _activities(economy, plan, workplaces, rows)
    stock, unstated = _stocks(economy, plan, rows, marks)
    capacity, works = _capacities(economy, plan, rows, by_workplace.sum(axis=0))
    return Settled(
        Closing(stock, capacity, by_workplace.sum(axis=0), works),
        late,
        (*marks, *unstated),
        _links(rows),
    )


def _check(economy: Economy, workplaces: Workplaces, reports: Sequence[Report]) -> None:
    if not reports:
        raise DataError(say("yearfiles.renew.none", year=economy.first_year))
    goods = economy.goods.names
    known = {*workplaces.names, PEOPLE, PUBLIC, OUTSIDE, STORE, UNUSED}
    for report in reports:
        if not report.period.startswith(str(economy.first_year)):
            words = {"found": report.period, "year": economy.first_year}
            raise DataError(say("yearfiles.renew.period", **words, author=report.filed_by))
        for entry in report.entries:
            if entry.entry != "hours" and entry.good and entry.good not in goods:
                near = nearest(entry.good, goods)
                raise DataError(say("yearfiles.survey.unknown", name=entry.good, nearest=near))
            for name in filter(None, (entry.workplace, entry.partner)):
                if name not in known:
                    near = nearest(name, sorted(known))
                    raise DataError(say("yearfiles.place.unknown", name=name, nearest=near))


def _late(
    sheets: Sequence[WorkSheet], workplaces: Workplaces, reports: Sequence[Report], year: int
) -> tuple[tuple[Report, ...], tuple[Imputed, ...]]:
    periods = sorted({report.period for report in reports})
    filed = {(report.period, entry.workplace) for report in reports for entry in report.entries}
    late: list[Report] = []
    marks: list[Imputed] = []
    for sheet in sheets:
        if sheet.workplace not in workplaces.names or not sheet.lines or sheet.year != year:
            continue
        there = [period for period in periods if (period, sheet.workplace) in filed]
        ratio = _fulfilment(sheet, reports, len(there) / len(periods)) if there else 1.0
        basis: Literal["plan", "last report"] = "last report" if there else "plan"
        for period in periods:
            if period not in there:
                entries = tuple(_from_sheet(sheet, ratio / len(periods)))
                key = f"yearfiles.renew.{basis.replace(' ', '_')}"
                late.append(Report(period, say(key, workplace=sheet.workplace), entries))
                marks.append(Imputed(sheet.workplace, period, "", basis))
    return tuple(late), tuple(marks)


def _fulfilment(sheet: WorkSheet, reports: Sequence[Report], part: float) -> float:
    """Return what a workplace made of its sheet in the periods it reported on, mean of goods."""
    planned: dict[str, float] = {}
    for line in sheet.of("make"):
        planned[line.name] = planned.get(line.name, 0.0) + line.amount * part
    made = dict.fromkeys(planned, 0.0)
    for report in reports:
        for entry in report.entries:
            own = entry.workplace == sheet.workplace and entry.entry == "made"
            if own and entry.good in made:
                made[entry.good] += entry.amount
    shares = [made[good] / amount for good, amount in planned.items() if amount > 0]
    return float(np.mean(shares)) if shares else 1.0


def _from_sheet(sheet: WorkSheet, part: float) -> Iterable[Entry]:
    """Yield the rows of a report that says that a part of the sheet was carried out."""
    summed: dict[tuple[str, str, str], float] = {}
    for line in sheet.lines:
        for key in _entries_of(line.entry, line.name, line.partner):
            summed[key] = summed.get(key, 0.0) + line.amount * part
    for (entry, good, partner), amount in summed.items():
        yield Entry(sheet.workplace, entry, amount, good, partner)


def _entries_of(entry: str, name: str, partner: str) -> list[tuple[str, str, str]]:
    if entry == "make":
        return [("made", name, "")]
    if entry == "keep":
        return [("used", name, "")]
    if entry == "receive":
        return [("received", name, partner), ("used", name, "")]
    if entry == "deliver" and partner != UNUSED:
        if partner in {PEOPLE, PUBLIC, OUTSIDE}:
            return [("sold", name, "")]
        return [("delivered", name, partner)]
    return [("hours", name, "")] if entry == "hours" else []


def _rows(reports: Iterable[Report]) -> dict[Key, float]:
    """Return the rows in force: of two that state the same, the later."""
    rows: dict[Key, float] = {}
    for report in reports:
        for entry in report.entries:
            key = (report.period, entry.workplace, entry.entry, entry.good, entry.partner)
            rows[key] = entry.amount
    return rows


def _summed(rows: Mapping[Key, float], entry: str) -> dict[tuple[str, str], float]:
    """Return the amounts of one entry over the year by workplace and good."""
    found: dict[tuple[str, str], float] = {}
    for (_, workplace, of, good, _), amount in rows.items():
        if of == entry:
            found[workplace, good] = found.get((workplace, good), 0.0) + amount
    return found


def _activities(
    economy: Economy, plan: Plan, workplaces: Workplaces, rows: Mapping[Key, float]
) -> np.ndarray:
    """Return the activity of each workplace in each technique."""
    share = workplaces.share.toarray()
    made, outputs = _summed(rows, "made"), economy.techniques.outputs.toarray()
    found = np.zeros_like(share)
    for place, workplace in enumerate(workplaces.names):
        own = np.flatnonzero(share[place])
        goods = np.flatnonzero(outputs[:, own].any(axis=1))
        said = np.array([made.get((workplace, economy.goods.names[g]), 0.0) for g in goods])
        planned = share[place, own] * plan.activity[own, 0]
        found[place, own] = nearest_activity(outputs[np.ix_(goods, own)], said, planned)
    return found


def nearest_activity(outputs: np.ndarray, made: Vector, planned: Vector) -> Vector:
    """Return activities >= 0 whose outputs come nearest to what was made, then to the plan.

    Minimises the squares of the relative differences of goods and, with a weight of 1e-8, of
    activities against the plan.
    """
    wanted = outputs @ planned
    size = np.maximum(np.maximum(made, wanted), 1e-300)
    most = np.max(np.divide(made[:, None], outputs, out=np.zeros_like(outputs),
                            where=outputs > 0), axis=0, initial=0.0)  # fmt: skip
    scale = np.where(planned > 0, planned, np.maximum(most, 1e-300) * 0.1)
    # In units of `scale`: u = activity / scale, so that the plan is 1 where there is one.
    rows = np.vstack([outputs * scale / size[:, None],
                      np.sqrt(_NEARNESS) * np.eye(len(planned))])  # fmt: skip
    target = np.concatenate([made / size, np.sqrt(_NEARNESS) * (planned > 0)])
    found, _ = nnls(rows, target)
    return np.asarray(found * scale)


def _stocks(
    economy: Economy,
    plan: Plan,
    rows: Mapping[Key, float],
    late: Sequence[Imputed],
) -> tuple[GoodsVector, tuple[Imputed, ...]]:
    """Return closing stocks, and those that nobody stated."""
    last: dict[tuple[str, str], tuple[str, int, float]] = {}
    for (period, workplace, entry, good, _), amount in rows.items():
        if entry in {"closing", "counted"}:
            stated = (period, int(entry == "counted"), amount)
            last[workplace, good] = max(last.get((workplace, good), ("", 0, 0.0)), stated)
    final_period = max(period for period, *_ in rows)
    stock = np.zeros(len(economy.goods))
    stated_goods = {good for _, good in last}
    marks: list[Imputed] = []
    for (workplace, good), (period, _, amount) in last.items():
        stock[economy.goods.names.index(good)] += amount
        if period != final_period and any(mark.workplace == workplace for mark in late):
            marks.append(Imputed(workplace, final_period, good, "last report"))
    for at, good in enumerate(economy.goods.names):
        planned = float(plan.stock[at, 0])
        if good not in stated_goods and planned > 0:
            stock[at] = planned
            marks.append(Imputed(STORE, final_period, good, "plan"))
    return stock, tuple(marks)


def _capacities(
    economy: Economy, plan: Plan, rows: Mapping[Key, float], activity: TechniquesVector
) -> tuple[PlantsVector, UnderConstruction | None]:
    """Return capacity on the first day of the next year, and works that are ready later."""
    plants, first = economy.plants, economy.first_year
    done = _built_shares(economy, plan, rows, activity)
    begun = plan.ordered[:, 0] * done
    ready = np.where(plants.gestation == 1, begun, 0.0)
    found: list[tuple[int, int, float, int]] = [
        (int(plant), first + int(plants.gestation[plant]), float(begun[plant]),
         int(plants.gestation[plant]) - 1)
        for plant in np.flatnonzero((plants.gestation > 1) & (begun > 0))
    ]  # fmt: skip
    works = economy.extensions.under_construction
    if works is not None:
        columns = (works.plants, works.years, works.capacity, works.left)
        for plant, year, capacity, left in zip(*(c.tolist() for c in columns), strict=True):
            if year == first + 1:
                ready[plant] += capacity
            else:
                found.append((plant, year, capacity, max(left - 1, 0)))
    capacity = (1.0 - plants.wear) * plants.capacity + ready
    if not found:
        return capacity, None
    places, years, amounts, left_years = zip(*found, strict=True)
    return capacity, UnderConstruction(
        np.array(places, dtype=np.int64),
        np.array(years, dtype=np.int64),
        np.array(amounts, dtype=np.float64),
        np.array(left_years, dtype=np.int64),
    )


def _built_shares(
    economy: Economy, plan: Plan, rows: Mapping[Key, float], activity: TechniquesVector
) -> PlantsVector:
    """Return for each plant the share of its planned building for which there were goods."""
    used = _summed(rows, "used")
    for key, amount in _summed(rows, "received").items():
        used.setdefault(key, amount)
    total = np.zeros(len(economy.goods))
    for (_, good), amount in used.items():
        total[economy.goods.names.index(good)] += amount
    left = np.maximum(total - economy.techniques.inputs @ activity, 0.0)
    planned = plan.investment[:, 0]
    share = np.divide(left, planned, out=np.ones_like(left), where=planned > 0)
    building = economy.plants.building.toarray() > 0
    found = np.where(building, np.minimum(share, 1.0)[:, None], 1.0).min(axis=0, initial=1.0)
    return np.asarray(found)


def _links(rows: Mapping[Key, float]) -> tuple[Link, ...]:
    """Return who delivered what to whom, by the supplier's word, else by the user's."""
    found: dict[tuple[str, str, str], float] = {}
    for (_, workplace, entry, good, partner), amount in rows.items():
        if entry == "delivered":
            key = (good, workplace, partner)
            found[key] = found.get(key, 0.0) + amount
    received: dict[tuple[str, str, str], float] = {}
    for (_, workplace, entry, good, partner), amount in rows.items():
        if entry == "received" and (good, partner, workplace) not in found:
            key = (good, partner, workplace)
            received[key] = received.get(key, 0.0) + amount
    return tuple(Link(*key, amount) for key, amount in {**found, **received}.items())
