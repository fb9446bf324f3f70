"""By when: the days on which the lines of work sheets are due.

A plan balances years and says nothing of days. These days are a rule of ours, made so that things
are there in time for their use, and nothing is to be passed on before it is to be made:

- What lies in the common store on the first day is handed out at once, by the end of January: it
  has to last until makers deliver.
- What a workplace uses comes in four equal parts, by the end of the second month of each quarter:
  the third is left for working it up.
- What people, public uses and foreign trade get comes in four equal parts, by the end of each
  quarter.
- Goods for plants come with the first three of the parts that a workplace is sent, and are put in
  by the end of the year: new capacity counts from the first day of the next.
- What goes into the common store, or is left over, is counted on the last day of the year.
- A good is made by the days on which it is passed on; work goes on evenly, by quarters.

Seasons are not in the books, so a harvest is asked for as if it came all year round: who gives and
who takes agree on other days where that is so. Two makers of whom one uses what the other makes
have the same day; what the first part lacks comes out of stock.
"""

from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Final, TypeAlias

from sovplan.records.workplaces import OUTSIDE, PEOPLE, PUBLIC, STORE, UNUSED
from sovplan.records.worksheet import Line, Part, WorkSheet

Shape: TypeAlias = Mapping[int, float]
"""Shares of an amount by the month at whose end they are due; they add up to 1."""

_HANDED_OUT: Final[Shape] = {1: 1.0}
_USED: Final[Shape] = {2: 0.25, 5: 0.25, 8: 0.25, 11: 0.25}
_PUT_IN: Final[Shape] = {2: 1 / 3, 5: 1 / 3, 8: 1 / 3}
_EVENLY: Final[Shape] = {3: 0.25, 6: 0.25, 9: 0.25, 12: 0.25}
_AT_THE_END: Final[Shape] = {12: 1.0}


def dated(
    sheets: Sequence[WorkSheet], to_build: Mapping[tuple[str, str], float]
) -> tuple[WorkSheet, ...]:
    """Return work sheets whose lines say what part of each amount is due when.

    Parameters
    ----------
    sheets
        Sheets of one year.
    to_build
        By good and workplace, the share of what it needs that goes into plants, 0 to 1.
    """
    return tuple(_dated(sheet, to_build) for sheet in sheets)


def _dated(sheet: WorkSheet, to_build: Mapping[tuple[str, str], float]) -> WorkSheet:
    shapes = [_shape(line, sheet.workplace, to_build) for line in sheet.lines]
    passed: dict[str, dict[int, float]] = {}
    for line, shape in zip(sheet.lines, shapes, strict=True):
        if line.entry in {"keep", "deliver"}:
            of_good = passed.setdefault(line.name, {})
            for month, share in shape.items():
                of_good[month] = of_good.get(month, 0.0) + share * line.amount
    lines = []
    for line, shape in zip(sheet.lines, shapes, strict=True):
        made = passed.get(line.name) if line.entry == "make" else None
        lines.append(replace(line, parts=_parts(line.amount, made or shape, sheet.year)))
    return replace(sheet, lines=tuple(lines))


def _shape(line: Line, workplace: str, to_build: Mapping[tuple[str, str], float]) -> Shape:
    """Return when a line is due; of what is made, when it would be if nobody took it."""
    if line.entry in {"run", "hours"}:
        return _EVENLY
    if line.entry in {"make", "build"}:
        return _AT_THE_END
    partner = line.partner or workplace
    ends = (workplace, partner) if line.entry == "deliver" else (partner, workplace)
    return _passed(*ends, to_build.get((line.name, ends[1]), 0.0))


def _passed(supplier: str, user: str, to_build: float) -> Shape:
    if user in {STORE, UNUSED}:
        return _AT_THE_END
    if supplier == STORE:
        return _HANDED_OUT
    if user in {PEOPLE, PUBLIC, OUTSIDE}:
        return _EVENLY
    return {
        month: (1.0 - to_build) * share + to_build * _PUT_IN.get(month, 0.0)
        for month, share in _USED.items()
        if to_build < 1.0 or month in _PUT_IN
    }


def _parts(amount: float, shape: Shape, year: int) -> tuple[Part, ...]:
    total = sum(shape.values())
    return tuple(
        Part(date(year, month, monthrange(year, month)[1]), amount * (share / total))
        for month, share in sorted(shape.items())
    )
