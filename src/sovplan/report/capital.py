"""Investment and capacity: what is built, and what the plants can do year by year."""

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np

from sovplan.foundation.numbers import figure
from sovplan.foundation.words import say
from sovplan.records.draft import Draft, Plan
from sovplan.report.figures import SMALL, Line, Panel, lines
from sovplan.report.measures import EXACT, clean, largest, plant_sizes, ratio, unfinished, weights
from sovplan.report.parts import (
    NOTHING,
    Caption,
    Cell,
    Column,
    counted,
    figure_of,
    joined,
    panels,
    paragraph,
    section,
    table,
)
from sovplan.report.svg import Html, short

_SHOWN: Final = 12
_GOODS: Final = 6
_ROWS: Final = 80
_BUILT: Final = Panel(width=230, height=140, left=50, right=64)


def chapter(draft: Draft) -> Html:
    """Return the section on capital, or a sentence where no plant is limited."""
    plan = draft.plan
    if plan is None:
        return NOTHING
    title = say("report.chapter.capital")
    if not len(draft.economy.plants):
        return section("capital", title, paragraph(say("report.capital.none")))
    inner = joined([_capacity(draft, plan), _investment(draft, plan)])
    return section("capital", title, inner)


def _capacity(draft: Draft, plan: Plan) -> Html:
    plants = draft.economy.plants
    sizes = plant_sizes(draft)
    shown = [p for p in largest(sizes, _SHOWN) if plan.capacity[p].max() > 0]
    years = (*draft.years, draft.years[-1] + 1)
    drawn = panels(
        ((short(plants.titles[p], 180), _line(years, plants.titles[p], plan.capacity[p])) for p in shown),
        "panels mini",
    )
    second = say("report.capacity.second")
    if len(plants) > len(shown):
        second += " " + say("report.first_of", shown=len(shown), count=len(plants))
    caption = Caption(_growth(draft, plan), second, say("report.capacity.source"))
    return figure_of(caption, drawn, _capacity_table(draft, plan, largest(sizes, _ROWS)))


def _line(years: Sequence[int], title: str, values: np.ndarray) -> Html:
    label = say(
        "report.capacity.label",
        name=short(title, 400),
        first=years[0],
        before=figure(values[0]),
        last=years[-1],
        after=figure(values[-1]),
    )
    return lines(label, years, (Line("plan", values.tolist()),), SMALL)


def _growth(draft: Draft, plan: Plan) -> str:
    first, last = plan.capacity[:, 0], plan.capacity[:, -1]
    grown = int((last > first * (1 + EXACT)).sum())
    times = ratio(first, last)
    values = {"total": len(first), "last": draft.years[-1] + 1, "first": draft.years[0]}
    if grown and np.nanmax(times, initial=0.0) > 1 + EXACT:
        most = int(np.nanargmax(times))
        return counted(
            "report.capacity.grown",
            grown,
            name=short(draft.economy.plants.titles[most], 300),
            times=figure(times[most]),
            **values,
        )
    return say("report.capacity.kept", **values)


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
    caption = say("report.capacity.caption")
    if len(plants) > len(places):
        caption += " " + say("report.first_of", shown=len(places), count=len(plants))
    return table(caption, columns, rows)


def _investment(draft: Draft, plan: Plan) -> Html:
    goods = draft.economy.goods
    built = clean(plan.investment, plan.output.max(axis=1) + plan.imports.max(axis=1))
    amount = built.sum(axis=1)
    count = int((amount > 0).sum())
    if not count:
        return paragraph(say("report.investment.none"))
    order = largest(np.where(amount > 0, weights(draft) + 1e-9 * amount, -1.0), count)
    shown = order[:_GOODS]
    drawn = panels(
        ((short(goods.titles[g], 180), _built(draft, g, built[g])) for g in shown),
        "panels three-up",
    )
    second = say("report.investment.second")
    if count > len(shown):
        second += " " + say("report.first_of", shown=len(shown), count=count)
    rising = int((built[:, -1] > built[:, 0] * (1 + EXACT)).sum())
    values = {"count": count, "first": draft.years[0], "last": draft.years[-1]}
    key = "one_year" if len(draft.years) == 1 else "rising"
    finding = say(f"report.investment.{key}", rising=rising, **values)
    caption = Caption(finding, second, say("report.investment.source"))
    return figure_of(caption, drawn, _investment_table(draft, built, order[:_ROWS]))


def _built(draft: Draft, good: int, values: np.ndarray) -> Html:
    goods = draft.economy.goods
    label = say(
        "report.investment.label",
        name=short(goods.titles[good], 400),
        unit=goods.units[good],
        before=figure(values[0]),
        after=figure(values[-1]),
    )
    panel = Panel(_BUILT.width, _BUILT.height, _BUILT.left, _BUILT.right, goods.units[good])
    return lines(label, draft.years, (Line("plan", values.tolist()),), panel)


def _investment_table(draft: Draft, built: np.ndarray, places: Sequence[int]) -> Html:
    columns = [
        Column(say("report.col.good"), number=False),
        Column(say("report.col.unit"), number=False),
        *(Column(str(year)) for year in draft.years),
    ]
    return table(say("report.investment.caption"), columns, _investment_rows(draft, built, places))


def _investment_rows(
    draft: Draft, built: np.ndarray, places: Sequence[int]
) -> Iterator[list[Cell]]:
    goods = draft.economy.goods
    for good in places:
        yield [goods.titles[good], goods.units[good], *built[good].tolist()]
