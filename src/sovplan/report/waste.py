"""What nothing uses: made and left over, by good."""

from typing import Final

import numpy as np

from sovplan.foundation.numbers import percent
from sovplan.foundation.words import say
from sovplan.planning.explain import none_wasted_words
from sovplan.planning.leftovers import WASTE, waste_shares
from sovplan.records.draft import Draft
from sovplan.report.figures import Dot, dots
from sovplan.report.measures import clean, largest
from sovplan.report.parts import (
    NOTHING,
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
    table,
)
from sovplan.report.svg import Html
from sovplan.report.wording import good_name, years_words

_SHOWN: Final = 14


def chapter(draft: Draft) -> Chapter | None:
    """Return the section on waste: a figure, or a sentence where nothing above 1 % is left over."""
    plan = draft.plan
    if plan is None:
        return None
    title = say("report.chapter.waste")
    share = waste_shares(plan)
    order = [g for g in largest(share, len(share)) if share[g] > WASTE]
    if not order:
        key = "exact" if share.max(initial=0.0) <= 1e-9 else "little"
        text = say(f"report.waste.{key}", share=percent(share.max(initial=0.0)))
        return Chapter("waste", title, paragraph(text))
    shown = order[:_SHOWN]
    half = -(-len(shown) // 2) if len(shown) > 5 else len(shown)
    most = 110.0 * share[order[0]]
    drawn = panels(
        ("", dots(_label(draft, part, share), [_dot(draft, g, share) for g in part], most=most))
        for part in (shown[:half], shown[half:])
        if part
    )
    caption = Caption(
        counted(
            "report.waste.finding",
            len(order),
            name=good_name(draft.economy, order[0]),
            share=percent(share[order[0]]),
        ),
        say("report.waste.second", years=years_words(draft.years)),
        say("report.waste.source"),
    )
    figure = figure_of(caption, drawn, _table(draft, order))
    strict = none_wasted_words(draft)
    return Chapter("waste", title, joined([paragraph(strict), figure]) if strict else figure)


def _dot(draft: Draft, good: int, share: np.ndarray) -> Dot:
    return Dot(draft.economy.goods.titles[good], 100 * float(share[good]))


def _label(draft: Draft, part: list[int], share: np.ndarray) -> str:
    goods = "; ".join(f"{good_name(draft.economy, g)} {percent(share[g])}" for g in part)
    return say("report.waste.label", goods=goods)


def _table(draft: Draft, order: list[int]) -> Html:
    plan, goods = draft.plan, draft.economy.goods
    if plan is None:
        return NOTHING
    share = waste_shares(plan)
    left = np.maximum(clean(plan.waste, (plan.output + plan.imports).max(axis=1)), 0.0)
    columns = [
        Column(say("report.col.good"), number=False),
        *(Column(str(year)) for year in draft.years),
        Column(say("report.col.waste_share")),
    ]
    rows: list[list[Cell]] = [
        [
            named(goods.titles[g], goods.units[g]),
            *left[g].tolist(),
            percent(share[g]),
        ]
        for g in order
    ]
    return table(say("report.waste.caption"), columns, rows)
