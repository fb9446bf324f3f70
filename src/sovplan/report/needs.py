"""How far needs are met: fulfilment by year, the draft in words, what people have."""

from collections.abc import Iterator
from typing import Final

import numpy as np

from sovplan.foundation.numbers import percent
from sovplan.foundation.words import say
from sovplan.records.draft import Draft
from sovplan.report.figures import Dot, dots
from sovplan.report.measures import at_floor, largest, weights
from sovplan.report.parts import (
    NOTHING,
    Caption,
    Cell,
    Chapter,
    Column,
    counted,
    details,
    element,
    figure_of,
    joined,
    listed,
    named,
    paragraph,
    shown_of,
    table,
    text,
    told,
)
from sovplan.report.svg import Html
from sovplan.report.wording import year_at, year_name

_ROWS: Final = 60


def chapter(draft: Draft) -> Chapter | None:
    """Return the section on needs, or nothing without a plan."""
    if not draft.done:
        return None
    spoken = joined([
        element("h3", told("report.needs.words")),
        listed([text(sentence) for sentence in draft.explain()]),
    ])  # fmt: skip
    figure = fulfilment_figure(draft)
    top = element("div", joined([figure, element("div", spoken)]), "two") if figure else spoken
    inner = joined([top, paragraph(_floors(draft)), _people(draft)])
    return Chapter("needs", say("report.chapter.needs"), inner)


def fulfilment_figure(draft: Draft) -> Html:
    """Return fulfilment by year, or nothing where fewer than two years have a target."""
    known = [
        (y, phi) for y, phi in zip(draft.years, draft.fulfilment, strict=True) if phi is not None
    ]
    if len(known) < 2:
        return NOTHING
    rows = [Dot(str(year), 100 * phi) for year, phi in known]
    label = say(
        "report.fulfilment.label",
        years="; ".join(f"{year} {percent(phi)}" for year, phi in known),
    )
    source = say("report.source.bound" if draft.status == "optimal" else "report.source.one")
    of = "increases" if (draft.calendar.output_base > 0).any() else "targets"
    caption = Caption(_finding(known, of), say(f"report.fulfilment.second_{of}"), source)
    columns = (Column(say("report.col.year")), Column(say("report.col.fulfilment")))
    cells = [[str(year), percent(phi)] for year, phi in known]
    listing = table(say("report.fulfilment.caption"), columns, cells)
    return figure_of(caption, dots(label, rows, left=56), listing)


def _finding(known: list[tuple[int, float]], of: str) -> str:
    of = say(f"report.fulfilment.{of}")
    (low_year, least), (high_year, most) = (
        choose(known, key=lambda pair: pair[1]) for choose in (min, max)
    )
    if percent(least) == percent(most):
        return say("report.fulfilment.even", share=percent(least), of=of)
    return say(
        "report.fulfilment.uneven",
        of=of,
        least=percent(least),
        low_year=year_name(low_year),
        most=percent(most),
        high_year=year_name(high_year),
    )


def _floors(draft: Draft) -> str:
    last = len(draft.years) - 1
    held, asked = at_floor(draft, last)
    if not asked:
        return ""
    key = "none" if not held else "all" if held == asked else "some"
    if key == "some":
        return counted("report.floors.some", held, total=asked, year=year_at(draft, last))
    return say(f"report.floors.{key}", year=year_at(draft, last))


def _people(draft: Draft) -> Html:
    """Return floor, target and consumption of what people get, closed."""
    plan = draft.plan
    if plan is None:
        return NOTHING
    calendar = draft.calendar
    wanted = np.maximum(np.maximum(calendar.target, calendar.floor), plan.consumption).max(axis=1)
    places = [g for g in largest(weights(draft), len(wanted)) if wanted[g] > 0]
    if not places:
        return NOTHING
    columns = [
        Column(say("report.col.good"), number=False),
        Column(say("report.col.floor_of", year=year_at(draft, -1))),
        Column(say("report.col.target_of", year=year_at(draft, -1))),
        *(Column(str(year)) for year in draft.years),
    ]
    listing = table(
        say("report.people.caption"),
        columns,
        _rows(draft, places[:_ROWS]),
        remark=shown_of(_ROWS, len(places)),
    )
    return details(say("report.people.open"), listing)


def _rows(draft: Draft, places: list[int]) -> Iterator[list[Cell]]:
    goods, calendar, plan = draft.economy.goods, draft.calendar, draft.plan
    if plan is None:
        return
    for good in places:
        yield [
            named(goods.titles[good], goods.units[good]),
            float(calendar.floor[good, -1]) or None,
            float(calendar.target[good, -1]) or None,
            *plan.consumption[good].tolist(),
        ]
