"""What was asked against what is possible."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from sovplan.foundation.numbers import percent
from sovplan.foundation.words import say
from sovplan.planning.stress import Stress
from sovplan.records.draft import Draft
from sovplan.report import measures
from sovplan.report.figures import Dot, Line, Panel, dots, lines, size_for
from sovplan.report.measures import Target, largest, target_years, targets, weights
from sovplan.report.parts import (
    NOTHING,
    Caption,
    Cell,
    Chapter,
    Column,
    counted,
    figure_of,
    joined,
    key,
    named,
    panels,
    shown_of,
    table,
)
from sovplan.report.svg import Html, short
from sovplan.report.wording import good_name, year_at

_SHOWN: Final = 14
"""Targets in the figure of the first screen."""
_PATHS: Final = 12
"""Goods whose way to the target is drawn."""
_ROWS: Final = 150
"""Rows of the table of targets."""


def targets_figure(draft: Draft, stress: Stress | None) -> Html:
    """Return the targets of the last year that has any, as per cent of what was asked."""
    year = target_years(draft)[-1]
    found = sorted(targets(draft, year), key=lambda t: round(t.share, 3))
    shown = _chosen(draft, found)
    half = -(-len(shown) // 2) if len(shown) > 5 else len(shown)
    drawn = [("", _dotted(draft, part, stress)) for part in (shown[:half], shown[half:]) if part]
    second = say("report.targets.second", year=year_at(draft, year))
    if len(found) > len(shown):
        second += " " + say("report.targets.lowest", shown=len(shown), count=len(found))
    if any(target.least > 0 for target in found):
        second += " " + say("report.targets.least")
    if stress is not None and any(t.kind == "consumption" and t.least for t in shown):
        second += " " + say("report.targets.band")
    caption = Caption(_finding(draft, found), second, _source(draft))
    listing = targets_table(draft, (year,), year_at(draft, year))
    return figure_of(caption, panels(drawn), listing)


def _chosen(draft: Draft, found: Sequence[Target]) -> list[Target]:
    """Return the lowest; where many are equally low, the largest of these."""
    sizes = weights(draft)
    ranked = sorted(found, key=lambda t: (round(t.share, 3), -sizes[t.good]))
    return ranked[:_SHOWN]


def _dotted(draft: Draft, part: Sequence[Target], stress: Stress | None) -> Html:
    rows = [_dot(draft.economy.goods.titles[target.good], target, stress) for target in part]
    label = say(
        "report.targets.label",
        goods="; ".join(f"{short(row.name)} {percent(row.value / 100)}" for row in rows),
    )
    return dots(label, rows)


def _dot(name: str, target: Target, stress: Stress | None) -> Dot:
    least = 100 * target.least / target.asked
    if stress is None or target.kind == "output" or not target.least:
        return Dot(name, 100 * target.share, least)
    # The trial knows consumption over the floor.
    low, _, high = least * stress.consumption[:, target.good, target.year]
    return Dot(name, 100 * target.share, least, float(low), float(high))


def _finding(draft: Draft, found: Sequence[Target]) -> str:
    met, worst = sum(target.met for target in found), found[0]
    values = {
        "year": year_at(draft, worst.year),
        "met": met,
        "name": good_name(draft.economy, worst.good),
        "least": percent(worst.share),
        "most": percent(found[-1].share),
    }
    if len(found) == 1:
        return say("report.targets.single", **values)
    if met == len(found):
        same = values["least"] == values["most"]
        return say(f"report.targets.{'even' if same else 'all'}", count=met, **values)
    if met == 0:
        same = values["least"] == values["most"]
        return say(f"report.targets.{'short' if same else 'none'}", count=len(found), **values)
    return counted("report.targets.some", met, total=len(found), **values)


def _source(draft: Draft) -> str:
    known = [share for share in draft.fulfilment if share is not None]
    if (draft.calendar.output_base > 0).any() and known:
        return say("report.targets.source_base", share=percent(min(known)))
    return say("report.source.bound" if draft.status == "optimal" else "report.source.one")


def targets_table(draft: Draft, years: Sequence[int], when: str) -> Html:
    """Return target, floor or base, and plan of every good, year by year."""
    rows = [row for year in years for row in _rows(draft, year)]
    heads = ("good", "year", "kind", "least", "target", "plan", "share")
    columns = [
        Column(say(f"report.col.{head}"), number=head not in {"good", "year", "kind"})
        for head in heads
    ]
    remark = shown_of(_ROWS, len(rows))
    return table(say("report.targets.caption", years=when), columns, rows[:_ROWS], remark=remark)


def _rows(draft: Draft, year: int) -> Iterator[list[Cell]]:
    goods = draft.economy.goods
    for target in targets(draft, year):
        yield [
            named(goods.titles[target.good], goods.units[target.good]),
            str(draft.years[year]),
            say(f"report.kind_of_target.{target.kind}"),
            target.least or None,
            target.asked,
            target.reached,
            percent(target.share),
        ]


def chapter(draft: Draft) -> Chapter | None:
    """Return the section on targets: the way to them by good, and the table of all years."""
    years = target_years(draft)
    if draft.plan is None or not years:
        return None
    found = _largest_targets(draft, years[-1])
    size, grid = size_for(len(found))
    drawn = panels(((good_name(draft.economy, t.good), _path(draft, t, size)) for t in found), grid)
    marks = key((("plan", say("report.key.plan")), ("asked", say("report.key.target"))))
    count = len(targets(draft, years[-1]))
    second = f"{say('report.paths.second')} {shown_of(len(found), count)}".strip()
    caption = Caption(_path_finding(draft, found, count), second, say("report.paths.source"))
    listing = targets_table(draft, years, say("report.years.all"))
    whole = figure_of(caption, joined([marks, drawn]), listing)
    return Chapter("targets", say("report.chapter.targets"), whole)


def _largest_targets(draft: Draft, year: int) -> list[Target]:
    found = targets(draft, year)
    sizes = weights(draft)[[target.good for target in found]]
    return [found[place] for place in largest(sizes, _PATHS)]


def _path(draft: Draft, target: Target, size: Panel) -> Html:
    plan, calendar, goods = draft.plan, draft.calendar, draft.economy.goods
    if plan is None:
        return NOTHING
    output = target.kind == "output"
    amounts = (plan.output if output else plan.consumption)[target.good]
    asked = (calendar.output_target if output else calendar.target)[target.good]
    unit = goods.units[target.good]
    label = say(
        "report.paths.label",
        name=good_name(draft.economy, target.good),
        share=percent(target.share),
        year=year_at(draft, target.year),
        unit=unit,
    )
    series = (
        Line("asked", [float(v) if v > 0 else None for v in asked]),
        Line("plan", amounts.tolist()),
    )
    return lines(label, draft.years, series, replace(size, unit=unit))


def _path_finding(draft: Draft, found: Sequence[Target], count: int) -> str:
    """Return how many of the goods that are drawn grow, of so many with a target."""
    plan = draft.plan
    if plan is None or len(draft.years) == 1:
        return counted("report.paths.one_year", count)
    growth = []
    for target in found:
        amounts = plan.output if target.kind == "output" else plan.consumption
        first, last = amounts[target.good, 0], amounts[target.good, target.year]
        growth.append(last / first - 1 if first > 0 else np.nan)
    rising = int(np.nansum(np.array(growth) > measures.EXACT))
    values = {"first": year_at(draft, 0), "last": year_at(draft, found[0].year)}
    values["drawn"] = say("report.paths.drawn") if count > len(found) else ""
    if np.isfinite(growth).any() and rising:
        best = int(np.nanargmax(growth))
        return counted(
            "report.paths.growth",
            rising,
            total=len(found),
            name=good_name(draft.economy, found[best].good),
            share=percent(growth[best]),
            **values,
        )
    return counted("report.paths.still", len(found), **values)


def asked_table(draft: Draft) -> Html:
    """Return what was asked for by good and year, for a draft that has no plan."""
    calendar, goods = draft.calendar, draft.economy.goods
    columns = [
        Column(say("report.col.good"), number=False),
        Column(say("report.col.row"), number=False),
        *(Column(str(year)) for year in draft.years),
    ]
    asked = (
        ("floor", calendar.floor),
        ("target", calendar.target),
        ("base", calendar.output_base),
        ("output", calendar.output_target),
    )
    rows: list[list[Cell]] = [
        [named(goods.titles[g], goods.units[g]), say(f"report.asked.{name}"), *amounts[g].tolist()]
        for g in range(len(goods))
        for name, amounts in asked
        if amounts[g].any()
    ]
    if not rows:
        return NOTHING
    remark = shown_of(_ROWS, len(rows))
    return table(say("report.asked.caption"), columns, rows[:_ROWS], remark=remark)
