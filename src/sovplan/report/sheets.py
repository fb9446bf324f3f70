"""A work sheet as a printable page: one HTML file on A4 that needs no network."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from sovplan.foundation.numbers import figure
from sovplan.foundation.words import say
from sovplan.records.economy import Economy
from sovplan.records.worksheet import Entry, Line, Part, WorkSheet
from sovplan.report.frame import style_sheet
from sovplan.report.parts import NOTHING, Column, element, facts, joined, table, text, told
from sovplan.report.svg import Html

_PAPER: Final = (
    ".frame.sheet > section { margin-top: var(--s5); }\n"
    ".sheet .compact td:last-child { white-space: normal; min-width: 11rem; }\n"
    "@media print { @page { size: A4; } .frame.sheet > section { margin-top: 4mm; }"
    " .sheet h2 { font-size: 1.1875rem; margin-bottom: 1mm; }"
    " .sheet .scroll { margin-bottom: 0; } }\n"
)
_DIGITS: Final = 4
"""Significant digits on a sheet: it is worked to, not only read."""
_EQUAL: Final = 1e-9
"""Parts that differ by less than this share of the whole are equal."""
_PARTNERS: Final = ("people", "public", "outside", "store", "unused")


def sheet_page(sheet: WorkSheet, economy: Economy, titles: dict[str, str]) -> str:
    """Return the page of a work sheet.

    Parameters
    ----------
    sheet
        What is to be done.
    economy
        For the titles of goods and plants.
    titles
        Titles of workplaces by code.
    """
    heading = say("yearfiles.sheet.title", title=sheet.title, year=sheet.year)
    body = joined([
        element("h1", text(heading)),
        element("p", text(say("yearfiles.sheet.of", economy=economy.title)), "standfirst"),
        _dates(sheet),
        *(_part(sheet, entry, economy, titles) for entry in
          ("run", "make", "keep", "receive", "build", "deliver", "hours")),
        element("p", told("yearfiles.sheet.foot"), "source"),
    ])  # fmt: skip
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{text(heading)}</title>\n<style>\n{style_sheet()}{_PAPER}</style>\n</head>\n"
        f'<body>\n<main class="frame sheet" id="main">\n{body}\n</main>\n</body>\n</html>\n'
    )


def _dates(sheet: WorkSheet) -> Html:
    return facts([
        (say("yearfiles.sheet.due"), text(sheet.due.isoformat())),
        (say("yearfiles.sheet.return_due"), text(sheet.return_due.isoformat())),
    ])  # fmt: skip


def _part(sheet: WorkSheet, entry: Entry, economy: Economy, titles: dict[str, str]) -> Html:
    lines = sheet.of(entry)
    if not lines:
        return NOTHING
    place = say(f"yearfiles.sheet.{entry}_place")
    heads = [Column(say(f"yearfiles.sheet.{entry}_what"), number=False)]
    if place:
        heads.append(Column(place, number=False))
    heads += [
        Column(say("yearfiles.sheet.amount")),
        Column(say("yearfiles.sheet.unit"), number=False),
        Column(say("yearfiles.sheet.by"), number=False),
    ]
    rows = [
        [*_row(line, economy, titles, placed=bool(place)), text(days(line, sheet.due))]
        for line in lines
    ]
    title = say(f"yearfiles.sheet.{entry}")
    shown = table(title, heads, rows, hidden=True)
    return element("section", joined([element("h2", text(title)), shown]))


def _row(line: Line, economy: Economy, titles: dict[str, str], *, placed: bool) -> Sequence[str]:
    goods = dict(zip(economy.goods.names, economy.goods.titles, strict=True))
    techniques = dict(zip(economy.techniques.names, economy.techniques.titles, strict=True))
    plants = dict(zip(economy.plants.names, economy.plants.titles, strict=True))
    what = goods.get(line.name, line.name) or techniques[line.technique]
    where = line.partner and partner_name(line.partner, titles)
    where = where or plants.get(line.plant, "") or techniques.get(line.technique, "")
    return [what, *([where] if placed else []), figure(line.amount, _DIGITS), line.unit]


def days(line: Line, last: date) -> str:
    """Return by when a line is due: the days of equal parts, or each part with its day."""
    parts = line.parts or (Part(last, line.amount),)
    named = [
        say("yearfiles.sheet.day", day=part.day.day, month=say(f"yearfiles.month.{part.day.month}"))
        for part in parts
    ]
    if max(part.amount for part in parts) - min(part.amount for part in parts) < (
        _EQUAL * line.amount
    ):
        return ", ".join(named)
    amounts = (figure(part.amount, _DIGITS) for part in parts)
    pairs = zip(named, amounts, strict=True)
    return "; ".join(say("yearfiles.sheet.part", day=day, amount=size) for day, size in pairs)


def partner_name(partner: str, titles: dict[str, str]) -> str:
    """Return the readable name of a partner: a workplace or one of those that are none."""
    return say(f"yearfiles.partner.{partner}") if partner in _PARTNERS else titles[partner]
