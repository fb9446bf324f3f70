"""How sure a plan is: what remains of it when the numbers it was made from err."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from sovplan.foundation.numbers import figure, percent
from sovplan.foundation.words import say
from sovplan.planning.explain import between
from sovplan.planning.stress import Stress, where_words
from sovplan.records.draft import Draft
from sovplan.report.figures import Dot, Line, Panel, dots, lines
from sovplan.report.parts import (
    NOTHING,
    Caption,
    Cell,
    Chapter,
    Column,
    figure_of,
    joined,
    listed,
    named,
    panels,
    shown_of,
    table,
    text,
)
from sovplan.report.svg import Html
from sovplan.report.wording import good_name, year_at, year_name

_SHOWN: Final = 14
_ROWS: Final = 80


def band_words(stress: Stress | None) -> str:
    """Return the band of what a plan reaches, or why it has none."""
    if stress is None:
        return say("report.stat.no_band")
    draws = figure(stress.draws)
    if not np.isfinite(stress.low):
        return say("report.stat.floors_hold", share=percent(stress.all_hold[0]), draws=draws)
    return say("report.stat.band", where=between(stress.low, stress.high), draws=draws)


def chapter(draft: Draft, stress: Stress | None) -> Chapter | None:
    """Return the section on how sure the plan is, or nothing where it was not tried."""
    if stress is None or not draft.done:
        return None
    inner = joined([
        listed([text(sentence) for sentence in stress.sentences]),
        _floors(draft, stress),
        _fulfilment(draft, stress),
    ])  # fmt: skip
    return Chapter("sure", say("report.chapter.sure"), inner)


def _floors(draft: Draft, stress: Stress) -> Html:
    """Return the share of draws in which floors hold, the most often broken first."""
    worst = np.where(np.isnan(stress.holds), np.inf, stress.holds).min(axis=1)
    order = [int(g) for g in np.argsort(worst, kind="stable") if np.isfinite(worst[g])]
    if not order:
        return NOTHING
    years = {g: int(np.nanargmin(stress.holds[g])) for g in order}
    shown = order[:_SHOWN]
    half = -(-len(shown) // 2) if len(shown) > 5 else len(shown)
    parts = [part for part in (shown[:half], shown[half:]) if part]
    drawn = panels(("", _dotted(draft, stress, part, years)) for part in parts)
    share, low, high = stress.all_hold
    finding = say(
        "report.sure.floors",
        share=percent(share),
        low=percent(low),
        high=percent(high),
        name=good_name(draft.economy, order[0]),
        worst=percent(worst[order[0]]),
        year=year_at(draft, years[order[0]]),
    )
    second = say("report.sure.second", draws=figure(stress.draws))
    if len(order) > len(shown):
        second += " " + say("report.targets.lowest", shown=len(shown), count=len(order))
    caption = Caption(finding, second, say("report.sure.source"))
    return figure_of(caption, drawn, _table(draft, stress, order, years))


def _dotted(draft: Draft, stress: Stress, part: Sequence[int], years: dict[int, int]) -> Html:
    titles = draft.economy.goods.titles
    rows = [
        Dot(
            titles[g],
            100 * float(stress.holds[g, years[g]]),
            low=100 * float(stress.holds_low[g, years[g]]),
            high=100 * float(stress.holds_high[g, years[g]]),
        )
        for g in part
    ]
    said = "; ".join(
        f"{good_name(draft.economy, g)} {figure(r.value)}" for g, r in zip(part, rows, strict=True)
    )
    return dots(say("report.sure.label", goods=said), rows)


def _table(draft: Draft, stress: Stress, order: Sequence[int], years: dict[int, int]) -> Html:
    goods = draft.economy.goods
    heads = ("good", "worst_year", "holds", "interval", "reserve", "reserve_share")
    columns = [
        Column(say(f"report.col.{h}"), number=h not in {"good", "worst_year"}) for h in heads
    ]
    rows: list[list[Cell]] = []
    for g in order[:_ROWS]:
        at = (g, years[g])
        edges = percent(stress.holds_low[at]), percent(stress.holds_high[at])
        rows.append([
            named(goods.titles[g], goods.units[g]),
            str(draft.years[years[g]]),
            percent(stress.holds[at]),
            say("report.stat.range", least=edges[0], most=edges[1]),
            float(stress.reserve[at]) or None,
            percent(stress.reserve_share[at]),
        ])  # fmt: skip
    caption = say("report.sure.caption")
    return table(caption, columns, rows, remark=shown_of(_ROWS, len(order)))


def _fulfilment(draft: Draft, stress: Stress) -> Html:
    """Return fulfilment by year with its band, or nothing where fewer than two years have one."""
    low, middle, high = stress.fulfilment
    has = [t for t, phi in enumerate(draft.fulfilment) if phi is not None and np.isfinite(low[t])]
    if len(has) < 2:
        return NOTHING
    years = [draft.years[t] for t in has]
    plan = [100 * float(draft.fulfilment[t] or 0.0) for t in has]
    # Quantities begin at zero: a draw that falls behind its base is told in the table.
    edges = [(100 * np.maximum(edge[has], 0.0)).tolist() for edge in (low, high)]
    band = Line("plan", plan, say("report.key.plan"), *edges)
    label = say(
        "report.sure.band_label",
        where=where_words(float(low[has].min()), float(high[has].max())),
    )
    worst = has[int(np.argmin(low[has]))]
    based = bool((draft.calendar.output_base > 0).any())
    caption = Caption(
        say(
            f"report.sure.{'band_increase' if based else 'band'}",
            year=year_name(draft.years[worst]),
            where=between(float(low[worst]), float(high[worst])),
        ),
        say(f"report.sure.{'band_increase_second' if based else 'band_second'}"),
        say("report.sure.source"),
    )
    heads = ("year", "plan", "low", "middle", "high")
    columns = [Column(say(f"report.col.{head}"), number=head != "year") for head in heads]
    rows: list[list[Cell]] = [
        [
            str(draft.years[t]),
            percent(draft.fulfilment[t] or 0.0),
            *map(percent, (low[t], middle[t], high[t])),
        ]
        for t in has
    ]
    drawn = panels([("", lines(label, years, (band,), Panel(unit="%")))])
    return figure_of(caption, drawn, table(say("report.sure.band_caption"), columns, rows))
