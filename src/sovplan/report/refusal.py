"""A draft that cannot be done, or has no best: why, and the least change that mends it."""

from typing import Final

from sovplan.foundation.numbers import percent
from sovplan.foundation.words import say
from sovplan.planning.explain import begun, limit_words
from sovplan.records.draft import Conflict, Draft, Limit, Unlimited
from sovplan.report.parts import (
    Cell,
    Chapter,
    Column,
    box,
    counted,
    details,
    element,
    joined,
    listed,
    note,
    paragraph,
    shown_of,
    table,
    text,
)
from sovplan.report.svg import Html
from sovplan.report.targets import asked_table
from sovplan.report.wording import limit_of, refused, years_words

_BOXES: Final = 12
_ROWS: Final = 100


def contradiction(draft: Draft) -> Chapter | None:
    """Return the limits that contradict each other, in boxes, or nothing."""
    conflict = draft.conflict
    if conflict is None:
        return None
    groups: dict[tuple[str, str], list[Limit]] = {}
    for limit in conflict.limits:
        groups.setdefault((limit.kind, limit.name), []).append(limit)
    boxes = [_box(draft, n, limits) for n, limits in enumerate(groups.values(), 1)]
    opening = element("p", joined([
        element("b", text(counted(f"report.refusal.{refused(draft)}", len(boxes)))),
        Html(" "),
        text(counted(f"report.refusal_note.{refused(draft)}", len(conflict.limits))),
    ]))  # fmt: skip
    parts = [note("bad", opening), element("div", joined(boxes[:_BOXES]), "three")]
    if len(boxes) > _BOXES:
        rest = element("div", joined(boxes[_BOXES:]), "three")
        parts.append(details(say("report.refusal.more", count=len(boxes) - _BOXES), rest))
    return Chapter("contradiction", say(f"report.chapter.{refused(draft)}"), joined(parts))


def _box(draft: Draft, number: int, limits: list[Limit]) -> Html:
    first = limits[0]
    title = say(
        "report.refusal.box",
        number=number,
        name=begun(limit_of(draft, first)),
        years=years_words(tuple(limit.year for limit in limits if limit.year)),
    )
    if len(limits) == 1:
        return box(title, paragraph(limit_words(draft, first)))
    return box(title, listed([text(limit_words(draft, limit)) for limit in limits]))


def least_change(draft: Draft) -> Chapter | None:
    """Return the least change that makes a plan possible, or nothing."""
    conflict = draft.conflict
    if conflict is None or not conflict.changes:
        return None
    key = "change" if refused(draft) == "contradiction" else "needed"
    parts = [paragraph(say(f"report.refusal.{key}")), _changes(draft, conflict)]
    return Chapter("change", say(f"report.chapter.{key}"), joined(parts))


def _changes(draft: Draft, conflict: Conflict) -> Html:
    heads = ("gives_way", "from", "to", "unit", "by")
    columns = [
        Column(say(f"report.col.{head}"), number=head in {"from", "to", "by"}) for head in heads
    ]
    ordered = sorted(conflict.changes, key=lambda change: -change.relative)
    rows: list[list[Cell]] = [
        [
            limit_words(draft, change.limit),
            change.limit.amount,
            change.to,
            change.limit.unit,
            percent(change.relative),
        ]
        for change in ordered[:_ROWS]
    ]
    remark = shown_of(_ROWS, len(ordered))
    return table(say("report.refusal.changes"), columns, rows, kind="stack", remark=remark)


def without_limit(draft: Draft) -> Chapter | None:
    """Return what an unbounded plan can have without limit, or nothing."""
    found = draft.unlimited
    if found is None:
        return None
    parts = [_endless(draft, found), paragraph(say("report.refusal.bound"))]
    return Chapter("unlimited", say("report.chapter.unlimited"), joined(parts))


def _endless(draft: Draft, found: Unlimited) -> Html:
    economy = draft.economy
    goods = dict(zip(economy.goods.names, economy.goods.titles, strict=True))
    techniques = dict(zip(economy.techniques.names, economy.techniques.titles, strict=True))
    boxes = [
        box(say(f"report.refusal.{key}"), listed([text(name) for name in names]))
        for key, names in (
            ("endless_goods", [goods[name] for name in found.goods]),
            ("endless_techniques", [techniques[name] for name in found.techniques]),
        )
        if names
    ]
    said = listed([text(sentence) for sentence in draft.explain()])
    return joined([said, element("div", joined(boxes), "three")])


def asked(draft: Draft) -> Chapter | None:
    """Return the targets and floors that were asked for, so that a reader can judge them."""
    listing = asked_table(draft)
    if draft.done or not listing:
        return None
    return Chapter("asked", say("report.chapter.asked"), listing)
