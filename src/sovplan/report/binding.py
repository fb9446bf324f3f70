"""What binds: the scarce things, by the hours that one per cent of each would save."""

from collections.abc import Iterator
from typing import Final

from sovplan.foundation.numbers import figure, percent
from sovplan.foundation.words import say
from sovplan.records.draft import Binding, Draft
from sovplan.report.measures import ASKED, Scarce, scarce_things
from sovplan.report.parts import (
    NOTHING,
    Caption,
    Cell,
    Column,
    Marked,
    bar,
    figure_of,
    hint,
    joined,
    paragraph,
    section,
    table,
    text,
)
from sovplan.report.svg import Html
from sovplan.report.wording import limit_name, scarce_name, scaled_price, years_words

_SHOWN: Final = 12
_ROWS: Final = 200
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
    "floor",
    "terminal",
    "stock_end",
    "least_investment",
    "no_waste",
    "cap",
)
"""Kinds of limit: what there is, then what is asked."""


def chapter(draft: Draft) -> Html:
    """Return the section on what binds."""
    if not draft.done:
        return NOTHING
    found = scarce_things(draft)
    title = say("report.chapter.binding")
    if not found:
        return section("binding", title, paragraph(say("planning.binding.none")))
    inner = joined([paragraph(say("report.binding.meaning")), _figure(draft, found)])
    return section("binding", title, inner)


def _figure(draft: Draft, found: tuple[Scarce, ...]) -> Html:
    second = say("report.binding.second", unit=draft.economy.hours_unit)
    if len(found) > _SHOWN:
        second += " " + say("report.first_of", shown=_SHOWN, count=len(found))
    caption = Caption(_finding(draft, found), second, say("report.binding.source"))
    return figure_of(caption, bars(draft, found[:_SHOWN]), _table(draft))


def _finding(draft: Draft, found: tuple[Scarce, ...]) -> str:
    first = found[0]
    if first.saved <= 0:
        return say("report.binding.by_objective", count=len(found))
    hours = float((draft.facts or {}).get("hours", 0.0))
    whole = sum(scarce.saved for scarce in found)
    return say(
        "report.binding.finding",
        name=scarce_name(draft, first),
        share=percent(first.saved / whole),
        work=percent(first.saved / hours) if hours else figure(first.saved),
    )


def bars(draft: Draft, found: tuple[Scarce, ...]) -> Html:
    """Return scarce things with bars of the hours that one per cent saves."""
    most = max(scarce.saved for scarce in found)
    columns = (
        Column(say("report.col.scarce"), number=False),
        Column(say("report.col.saved")),
        Column(say("report.col.years")),
    )
    rows = [
        [
            Marked(joined([text(scarce_name(draft, s)), hint(_price(draft, s)), _bar(s, most)])),
            s.saved if most > 0 else None,
            years_words(s.years),
        ]
        for s in found
    ]
    return table(say("report.binding.caption"), columns, rows, kind="bars", hidden=True)


def _bar(scarce: Scarce, most: float) -> Html:
    return bar(scarce.saved / most) if most > 0 else NOTHING


def _price(draft: Draft, scarce: Scarce) -> str:
    """Return what one unit is worth in the year in which it is worth most."""
    found = scarce.dearest
    asked = "less" if scarce.kind in ASKED else "more"
    where = say("report.binding.in_year", year=found.limit.year) if found.limit.year else ""
    if found.hours <= 0:
        return say("report.binding.worth", price=figure(found.price), where=where).strip()
    value, work, bare = scaled_price(found.hours, found.limit.unit, draft.economy.hours_unit)
    key = f"report.binding.unit_{asked}" if bare else f"report.binding.own_{asked}"
    return say(key, hours=figure(value), work=work, unit=bare, where=where).strip()


def _table(draft: Draft) -> Html:
    """Return every limit that binds, by kind, with its price in both units."""
    ordered = sorted(draft.bindings, key=_place)
    heads = ("limit", "name", "year", "amount", "unit", "price", "hours_each", "saved")
    columns = [
        Column(say(f"report.col.{head}"), number=head not in {"limit", "name", "year", "unit"})
        for head in heads
    ]
    shown = ordered if len(ordered) <= _ROWS else sorted(draft.bindings[:_ROWS], key=_place)
    caption = say("report.binding.all", hours=draft.economy.hours_unit)
    if len(ordered) > _ROWS:
        caption += " " + say("report.first_of", shown=_ROWS, count=len(ordered))
    return table(caption, columns, _rows(draft, shown))


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
