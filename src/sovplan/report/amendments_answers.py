"""The three answers to an amendment beside each other, as tables."""

from collections.abc import Callable, Sequence
from math import isnan
from typing import Final

from sovplan.foundation.numbers import MINUS, NOTHING_KNOWN, figure, percent
from sovplan.foundation.words import say
from sovplan.planning.amending.sentences import outputs_words, years_words
from sovplan.records.costing import AnswerSheet, Costing, Moved, Sheet, beside
from sovplan.report.parts import (
    NOTHING,
    Cell,
    Column,
    details,
    element,
    joined,
    listed,
    named,
    paragraph,
    table,
    text,
    told,
)
from sovplan.report.svg import Html

_SHOWN: Final = 10
"""Lines of each answer that are shown at most."""


def answers_of(sheet: Sheet, costing: Costing) -> Html:
    """Return the answers that there are: what people get, and behind it hours, imports, work."""
    done = [one for one in costing.answers if one.done]
    if not done:
        return NOTHING
    counts = "; ".join(
        say("amendments.page.counts", answer=_name(one), count=len(one.goods)) for one in done
    )
    remark = say("amendments.page.goods_remark", counts=counts)
    more = [
        side_by_side(say("amendments.page.public"), "good", done, lambda one: one.public),
        side_by_side(say("amendments.page.hours_by"), "branch", done, lambda one: one.hours),
        side_by_side(say("amendments.page.regions"), "region", done, lambda one: one.regions),
        side_by_side(say("amendments.page.imports"), "good", done, lambda one: one.imports),
        side_by_side(say("amendments.page.who"), "technique", done, lambda one: one.techniques),
    ]
    inner = joined(part for part in more if part)
    return joined([
        element("h3", told("amendments.page.answers")),
        paragraph(say("amendments.page.answers_note")),
        side_by_side(
            say("amendments.page.goods"), "good", done, lambda one: one.goods, remark=remark
        ),
        side_by_side(
            say("amendments.page.outputs"), "good", done, lambda one: one.outputs,
            remark=say("amendments.page.outputs_remark"),
        ),
        listed(text(_changed(sheet, one)) for one in done),
        _fulfilment(sheet, done),
        _binds(done),
        details(say("amendments.page.more"), inner) if inner else NOTHING,
    ])  # fmt: skip


def side_by_side(
    caption: str,
    kind: str,
    done: Sequence[AnswerSheet],
    lines: Callable[[AnswerSheet], Sequence[Moved]],
    *,
    remark: str = "",
) -> Html:
    """Return the lines that are shown in some answer: the draft, and each answer beside it."""
    found = beside([lines(one) for one in done], _SHOWN)
    if not found:
        return NOTHING
    rows: list[list[Cell]] = []
    for each in found.values():
        first = next(line for line in each if line is not None)
        cells = ["·" if line is None else _moved(line) for line in each]
        name = named(first.title, first.unit + years_words(first))
        rows.append([name, figure(first.before), *cells])
    heads = [
        Column(say(f"amendments.page.{kind}"), number=False),
        Column(say("amendments.table.draft")),
        *(Column(_name(one)) for one in done),
    ]
    return table(caption, heads, rows, remark=remark)


def _moved(line: Moved) -> str:
    sign = MINUS if line.change < 0 else "+"
    relative = percent(abs(line.relative)) if line.before else figure(abs(line.change))
    if isnan(line.head):
        return f"{sign}{relative}"
    return f"{sign}{relative} ({sign}{figure(abs(line.head))})"


def _changed(sheet: Sheet, one: AnswerSheet) -> str:
    return say(
        "amendments.table.changed",
        answer=_name(one),
        goods=len(one.goods),
        outputs=outputs_words(one),
        activities=one.activities_changed,
        work=NOTHING_KNOWN if one.work is None else figure(one.work.after, 5),
        unit=sheet.hours_unit,
    )


def _fulfilment(sheet: Sheet, done: Sequence[AnswerSheet]) -> Html:
    """Return the least share of any target by year, where there are targets."""
    if all(share is None for one in done for share in one.fulfilment):
        return NOTHING
    heads = [
        Column(say("amendments.page.year"), number=False),
        *(Column(_name(one)) for one in done),
    ]
    rows: list[list[Cell]] = [
        [str(year), *(_share(one.fulfilment[place]) for one in done)]
        for place, year in enumerate(sheet.years)
    ]
    stay = "_stay" if any(not each.left for one in done for each in one.struck) else ""
    return table(say(f"amendments.page.fulfilment{stay}"), heads, rows)


def _share(share: float | None) -> str:
    return NOTHING_KNOWN if share is None else percent(share, 4)


def _binds(done: Sequence[AnswerSheet]) -> Html:
    for one in done:
        if one.binds:
            words = say("amendments.page.binds_best", binds="; ".join(one.binds))
            return paragraph(words)
    return NOTHING


def _name(one: AnswerSheet) -> str:
    return say(f"amendments.answer.{one.kind}")
