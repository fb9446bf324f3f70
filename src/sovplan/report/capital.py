"""Investment and capacity: what is built, and what the plants can do year by year."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from sovplan.foundation.numbers import figure
from sovplan.foundation.words import say
from sovplan.records.draft import Draft, Plan
from sovplan.report.figures import Line, Panel, lines, size_for
from sovplan.report.measures import EXACT, clean, largest, plant_sizes, ratio, unfinished, weights
from sovplan.report.parts import (
    Caption,
    Cell,
    Chapter,
    Column,
    counted,
    figure_of,
    joined,
    named,
    panels,
    paragraph,
    shown_of,
    table,
)
from sovplan.report.svg import Html, short
from sovplan.report.wording import year_at, year_name

_SHOWN: Final = 12
_GOODS: Final = 8
_ROWS: Final = 80


def chapter(draft: Draft) -> Chapter | None:
    """Return the section on capital, or a sentence where no plant is limited."""
    plan = draft.plan
    if plan is None:
        return None
    title = say("report.chapter.capital")
    if not len(draft.economy.plants):
        return Chapter("capital", title, paragraph(say("report.capital.none")))
    inner = joined([_capacity(draft, plan), _investment(draft, plan)])
    return Chapter("capital", title, inner)


def _capacity(draft: Draft, plan: Plan) -> Html:
    plants = draft.economy.plants
    sizes = plant_sizes(draft)
    shown = [p for p in largest(sizes, _SHOWN) if plan.capacity[p].max() > 0]
    years = (*draft.years, draft.years[-1] + 1)
    size, grid = size_for(len(shown))
    drawn = panels((_line(years, plants.titles[p], plan.capacity[p], size) for p in shown), grid)
    second = f"{say('report.capacity.second')} {shown_of(len(shown), len(plants))}".strip()
    caption = Caption(_growth(draft, plan), second, say("report.capacity.source"))
    return figure_of(caption, drawn, _capacity_table(draft, plan, largest(sizes, _ROWS)))


def _line(years: Sequence[int], title: str, values: np.ndarray, size: Panel) -> tuple[str, Html]:
    label = say(
        "report.capacity.label",
        name=short(title, 400),
        first=year_name(years[0]),
        before=figure(values[0]),
        last=year_name(years[-1]),
        after=figure(values[-1]),
    )
    return short(title, 180), lines(label, years, (Line("plan", values.tolist()),), size)


def _growth(draft: Draft, plan: Plan) -> str:
    first, last = plan.capacity[:, 0], plan.capacity[:, -1]
    grown = int((last > first * (1 + EXACT)).sum())
    values = {"last": year_name(draft.years[-1] + 1), "first": year_at(draft, 0)}
    if not grown:
        return counted("report.capacity.kept", len(first), **values)
    added = (last - first) / np.maximum(plan.capacity.max(axis=1), 1e-300)
    most = int(np.argmax(plant_sizes(draft) * added))
    return counted(
        "report.capacity.grown",
        grown,
        total=len(first),
        name=short(draft.economy.plants.titles[most], 300),
        before=figure(first[most]),
        after=figure(last[most]),
        **values,
    )


def _capacity_table(draft: Draft, plan: Plan, places: Sequence[int]) -> Html:
    plants = draft.economy.plants
    years = (*draft.years, draft.years[-1] + 1)
    columns = [
        Column(say("report.col.plant"), number=False),
        *(Column(str(year)) for year in years),
        Column(say("report.col.ratio")),
        Column(say("report.col.ordered")),
        Column(say("report.col.unfinished")),
    ]
    times = ratio(plan.capacity[:, 0], plan.capacity[:, -1])
    works = unfinished(draft.economy, plan)
    ordered = clean(plan.ordered, plan.capacity.max(axis=1)).sum(axis=1)
    rows = (
        [
            plants.titles[p],
            *plan.capacity[p].tolist(),
            times[p],
            float(ordered[p]) or None,
            float(works[p]) if works[p] > EXACT * plan.capacity[p].max() else None,
        ]
        for p in places
    )
    remark = f"{say('report.capacity.columns')} {shown_of(len(places), len(plants))}".strip()
    return table(say("report.capacity.caption"), columns, rows, remark=remark)


def _investment(draft: Draft, plan: Plan) -> Html:
    goods = draft.economy.goods
    built = clean(plan.investment, plan.output.max(axis=1) + plan.imports.max(axis=1))
    amount = built.sum(axis=1)
    count = int((amount > 0).sum())
    if not count:
        return paragraph(say("report.investment.none"))
    order = largest(np.where(amount > 0, weights(draft) + 1e-9 * amount, -1.0), count)
    shown = order[:_GOODS]
    size, grid = size_for(len(shown))
    drawn = panels(
        ((short(goods.titles[g], 180), _built(draft, g, built[g], size)) for g in shown), grid
    )
    second = f"{say('report.investment.second')} {shown_of(len(shown), count)}".strip()
    caption = Caption(_building(draft, built, count), second, say("report.investment.source"))
    return figure_of(caption, drawn, _investment_table(draft, built, order[:_ROWS]))


def _building(draft: Draft, built: np.ndarray, count: int) -> str:
    values = {"total": count, "first": year_at(draft, 0), "last": year_at(draft, -1)}
    if len(draft.years) == 1:
        return counted("report.investment.one_year", count, **values)
    rising = int((built[:, -1] > built[:, 0] * (1 + EXACT)).sum())
    return counted("report.investment.rising", rising, **values)


def _built(draft: Draft, good: int, values: np.ndarray, size: Panel) -> Html:
    goods = draft.economy.goods
    label = say(
        "report.investment.label",
        name=short(goods.titles[good], 400),
        unit=goods.units[good],
        before=figure(values[0]),
        after=figure(values[-1]),
    )
    panel = replace(size, unit=goods.units[good])
    return lines(label, draft.years, (Line("plan", values.tolist()),), panel)


def _investment_table(draft: Draft, built: np.ndarray, places: Sequence[int]) -> Html:
    columns = [
        Column(say("report.col.good"), number=False),
        *(Column(str(year)) for year in draft.years),
    ]
    return table(say("report.investment.caption"), columns, _investment_rows(draft, built, places))


def _investment_rows(
    draft: Draft, built: np.ndarray, places: Sequence[int]
) -> Iterator[list[Cell]]:
    goods = draft.economy.goods
    for good in places:
        yield [named(goods.titles[good], goods.units[good]), *built[good].tolist()]
