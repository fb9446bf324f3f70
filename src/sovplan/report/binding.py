"""What binds: the scarce things, by the hours that one per cent of each would save."""

from collections.abc import Iterator
from typing import Final

from sovplan.foundation.numbers import figure, percent
from sovplan.foundation.words import say
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
    counted,
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
    begun,
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
    "floor",
    "terminal",
    "stock_end",
    "least_investment",
    "no_waste",
    "cap",
)
"""Kinds of limit: what there is, then what is asked."""


def chapter(draft: Draft) -> Chapter | None:
    """Return the section on what binds."""
    if not draft.done:
        return None
    found = scarce_things(draft)
    title = say("report.chapter.binding")
    if not found:
        return Chapter("binding", title, paragraph(say("planning.binding.none")))
    inner = joined([paragraph(say("report.binding.meaning")), _figure(draft, found)])
    return Chapter("binding", title, inner)


def _figure(draft: Draft, found: tuple[Scarce, ...]) -> Html:
    second = say("report.binding.second", unit=draft.economy.hours_unit)
    second = f"{second} {shown_of(_SHOWN, len(found))}".strip()
    caption = Caption(_finding(draft, found), second, say("report.binding.source"))
    return figure_of(caption, bars(draft, found[:_SHOWN]), _table(draft))


def _finding(draft: Draft, found: tuple[Scarce, ...]) -> str:
    first = found[0]
    if first.saved <= 0:
        return counted("report.binding.by_objective", len(found))
    hours = float((draft.facts or {}).get("hours", 0.0))
    return say(
        f"report.binding.{'finding' if first.years else 'finding_once'}",
        name=begun(scarce_name(draft, first)),
        asked=relaxed(first),
        work=percent(first.saved / hours if hours else float("nan")),
    )


def bars(draft: Draft, found: tuple[Scarce, ...]) -> Html:
    """Return scarce things with bars of the hours that one per cent saves."""
    most = max(scarce.saved for scarce in found)
    columns = (Column(say("report.col.scarce"), number=False), Column(say("report.col.saved")))
    rows = [[_head(draft, s, most), s.saved if most > 0 else None] for s in found]
    return table(say("report.binding.caption"), columns, rows, kind="bars", hidden=True)


def _head(draft: Draft, scarce: Scarce, most: float) -> Marked:
    length = bar(scarce.saved / most) if most > 0 else NOTHING
    return Marked(
        joined([text(begun(scarce_name(draft, scarce))), hint(_price(draft, scarce)), length])
    )


def _price(draft: Draft, scarce: Scarce) -> str:
    """Return what one unit is worth in the year in which it is worth most."""
    found = scarce.dearest
    year = found.limit.year
    where = say("report.binding.in_year", year=year_name(year)) if year else ""
    words = {"years": years_words(scarce.years), "asked": relaxed(scarce), "where": where}
    if found.hours <= 0:
        return say("report.binding.worth", price=figure(found.price), **words)
    value, work, bare = scaled_price(found.hours, found.limit.unit, draft.economy.hours_unit)
    unit = say("report.unit", unit=bare) if bare else ""
    return say("report.binding.price", hours=figure(value), work=work, unit=unit, **words)


def _table(draft: Draft) -> Html:
    """Return every limit that binds, by kind, with its price in both units."""
    ordered = sorted(draft.bindings, key=_place)
    heads = ("limit", "name", "year", "amount", "unit", "price", "hours_each", "saved")
    columns = [
        Column(say(f"report.col.{head}"), number=head not in {"limit", "name", "year", "unit"})
        for head in heads
    ]
    shown = ordered if len(ordered) <= _ROWS else sorted(draft.bindings[:_ROWS], key=_place)
    remark = say("report.binding.columns", hours=draft.economy.hours_unit)
    remark = f"{remark} {shown_of(_ROWS, len(ordered))}".strip()
    rows = _rows(draft, shown)
    return table(say("report.binding.all"), columns, rows, kind="compact long", remark=remark)


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
