"""What binds: what holds the objective where it is, and what costs work."""

from collections.abc import Iterator, Sequence
from typing import Final

from sovplan.foundation.numbers import figure, percent
from sovplan.foundation.words import say
from sovplan.planning.explain import begun, held_words, share_words
from sovplan.planning.foremost import Thing, saving, thing_words, things_of, tried_amounts
from sovplan.records.draft import Binding, Draft
from sovplan.report.measures import Scarce, scarce_things
from sovplan.report.parts import (
    NOTHING,
    Caption,
    Cell,
    Chapter,
    Column,
    Marked,
    bar,
    figure_of,
    hint,
    joined,
    paragraph,
    shown_of,
    table,
    text,
)
from sovplan.report.svg import Html
from sovplan.report.wording import (
    limit_name,
    relaxed,
    scaled_price,
    scarce_name,
    year_name,
    years_words,
)

_SHOWN: Final = 12
_ROWS: Final = 120
_ORDER: Final = (
    "capacity",
    "labour",
    "resource",
    "trade",
    "credit",
    "drawing",
    "repayment",
    "import_cap",
    "export_cap",
    "growth",
    "migration",
    "stock_limit",
    "satiation",
    "floor",
    "wanted",
    "output_target",
    "terminal",
    "stock_end",
    "least_investment",
    "no_waste",
    "waste",
    "cap",
)
"""Kinds of limit: what there is, then what is asked."""


def chapter(draft: Draft) -> Chapter | None:
    """Return the section on what binds."""
    if not draft.done:
        return None
    title = say("report.chapter.binding")
    if not draft.bindings:
        key = "planning.binding.none" if draft.shadow is not None else "report.binding.unpriced"
        return Chapter("binding", title, paragraph(say(key)))
    parts = [paragraph(say("report.binding.meaning")), _holding(draft), _working(draft)]
    return Chapter("binding", title, joined(parts))


def _holding(draft: Draft) -> Html:
    """Return what holds the objective where it is; for least work the same as what costs work."""
    things = things_of(draft.bindings, "price")
    if not things or draft.aims.objective == "labour":
        return NOTHING
    points = draft.aims.objective != "weighted"
    second = say(f"report.binding.{'points' if points else 'value'}")
    second = f"{second} {shown_of(_SHOWN, len(things))}".strip()
    caption = Caption(held_words(draft).rstrip("."), second, say("report.binding.holding_source"))
    scale = 100.0 if points else 1.0
    tried = tried_amounts(draft, "price")
    gains = sorted(
        ((tried.get(thing.key, thing.rate), thing) for thing in things[:_SHOWN]),
        key=lambda gain: (gain[1].key not in tried, -gain[0]),
    )
    most = max(gain for gain, _ in gains)
    rows: list[list[Cell]] = []
    for gain, thing in gains:
        length = bar(gain / most) if most > 0 else NOTHING
        name = begun(thing_words(draft, thing.kind, thing.name))
        how = "tried" if thing.key in tried else "at_most"
        worth = say(f"report.binding.{how}", said=_worth(draft, thing))
        rows.append([Marked(joined([text(name), hint(worth), length])), scale * gain])
    columns = (Column(say("report.col.thing"), number=False), Column(say("report.col.brought")))
    listing = table(say("report.binding.holding"), columns, rows, kind="bars", hidden=True)
    held = [binding for binding in draft.bindings if binding.price > 0]
    return figure_of(caption, listing, _table(draft, held, say("report.binding.held")))


def _worth(draft: Draft, thing: Thing) -> str:
    """Return what one unit is worth to the objective in the year in which it is worth most."""
    dearest = max((draft.bindings[place] for place in thing.places), key=lambda one: one.price)
    year, unit = dearest.limit.year, dearest.limit.unit
    return say(
        "report.binding.worth",
        unit=say("report.unit", unit=unit) if unit else "",
        price=figure(dearest.price),
        asked=relaxed(thing.kind),
        where=say("report.binding.in_year", year=year_name(year)) if year else "",
        years=years_words(thing.years),
    )


def _working(draft: Draft) -> Html:
    """Return what costs work, by the hours that one per cent saves."""
    found = tuple(scarce for scarce in scarce_things(draft) if scarce.rate > 0)
    if not found:
        return NOTHING
    second = say("report.binding.second", unit=draft.work_unit)
    second = f"{second} {shown_of(_SHOWN, len(found))}".strip()
    source = "source_labour" if draft.aims.objective == "labour" else "source"
    caption = Caption(_finding(draft), second, say(f"report.binding.{source}"))
    every = _table(draft, draft.bindings, say("report.binding.all"))
    return figure_of(caption, bars(draft, found[:_SHOWN]), every)


def _finding(draft: Draft) -> str:
    dear = saving(draft)
    if not dear:
        return say("report.binding.no_saving")
    first = dear[0]
    return say(
        f"report.binding.{'finding' if first.tried else 'finding_rate'}",
        name=begun(thing_words(draft, first.thing.kind, first.thing.name)),
        share=share_words(first),
        work=percent(first.amount / draft.work if draft.work else float("nan")),
    )


def bars(draft: Draft, found: tuple[Scarce, ...]) -> Html:
    """Return scarce things with bars of the hours that one per cent saves."""
    most = max(scarce.saved for scarce in found)
    columns = (Column(say("report.col.scarce"), number=False), Column(say("report.col.saved")))
    rows: list[list[Cell]] = [[_head(draft, s, most), s.saved] for s in found]
    return table(say("report.binding.caption"), columns, rows, kind="bars", hidden=True)


def _head(draft: Draft, scarce: Scarce, most: float) -> Marked:
    name = begun(scarce_name(draft, scarce))
    how = "rate" if scarce.tried is None else "tried"
    said = hint(say(f"report.binding.{how}", said=_price(draft, scarce)))
    return Marked(joined([text(name), said, bar(scarce.saved / most) if most > 0 else NOTHING]))


def _price(draft: Draft, scarce: Scarce) -> str:
    """Return the hours of one unit in the year in which it is worth most."""
    found = scarce.dearest
    year = found.limit.year
    value, work, bare = scaled_price(found.hours, found.limit.unit, draft.work_unit)
    return say(
        "report.binding.price",
        hours=figure(value),
        work=work,
        unit=say("report.unit", unit=bare) if bare else "",
        asked=relaxed(scarce.kind),
        where=say("report.binding.in_year", year=year_name(year)) if year else "",
        years=years_words(scarce.years),
    )


def _table(draft: Draft, found: Sequence[Binding], caption: str) -> Html:
    """Return limits that bind, by kind, with their prices in both units."""
    heads = ("limit", "name", "year", "amount", "unit", "price", "hours_each", "saved_rate")
    columns = [
        Column(say(f"report.col.{head}"), number=head not in {"limit", "name", "year", "unit"})
        for head in heads
    ]
    said = "columns_labour" if draft.aims.objective == "labour" else "columns"
    remark = say(f"report.binding.{said}", hours=draft.work_unit)
    remark = f"{remark} {shown_of(_ROWS, len(found))}".strip()
    rows = _rows(draft, sorted(found[:_ROWS], key=_place))
    return table(caption, columns, rows, kind="compact long", remark=remark)


def _place(binding: Binding) -> tuple[int, str, int]:
    kind = binding.limit.kind
    order = _ORDER.index(kind) if kind in _ORDER else len(_ORDER)
    return order, binding.limit.name, binding.limit.year


def _rows(draft: Draft, shown: list[Binding]) -> Iterator[list[Cell]]:
    for binding in shown:
        limit = binding.limit
        yield [
            say(f"report.kind.{limit.kind}"),
            limit_name(draft, limit),
            str(limit.year) if limit.year else say("report.years.all"),
            limit.amount,
            limit.unit,
            binding.price or None,
            binding.hours or None,
            binding.saved or None,
        ]
