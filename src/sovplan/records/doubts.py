"""What is doubtful in the returns of a year: said when it is renewed, and put into the log.

Nothing is refused for being doubtful and nothing is left out: whoever renews is told, and so is
whoever reads the log.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal, final

from sovplan.foundation.numbers import figure
from sovplan.foundation.words import say
from sovplan.records.documents import Entry, Findings, Report
from sovplan.records.workplaces import OTHERS
from sovplan.records.worksheet import WorkSheet

_CLOSE: Final = 1e-9
"""Amounts of a sheet agree within this share."""


@final
@dataclass(frozen=True, slots=True)
class Doubt:
    """One thing that is doubtful; `workplace` is blank where all returns are meant."""

    kind: Literal["unseen", "late", "findings", "partial"]
    workplace: str
    text: str


def doubts(
    year: int,
    sheets: Sequence[WorkSheet],
    used: Sequence[Report],
    waiting: Sequence[Report] = (),
    found: Sequence[Findings] = (),
) -> tuple[Doubt, ...]:
    """Return what is doubtful in the returns of a year.

    Parameters
    ----------
    year
        The year.
    sheets
        What was asked of each workplace.
    used
        Reports that the renewal rests on.
    waiting
        Late reports that inspectors have not seen.
    found
        Findings in force.
    """
    unseen = () if found else (Doubt("unseen", "", say("yearfiles.doubt.unseen", year=year)),)
    return (
        *unseen,
        *map(_late, waiting),
        *_flagged(used, found),
        *(
            doubt
            for sheet in sheets
            if sheet.workplace not in OTHERS
            for doubt in _partial(year, sheet, used)
        ),
    )


def _late(report: Report) -> Doubt:
    places = ", ".join(dict.fromkeys(entry.workplace for entry in report.entries))
    words = {"workplace": places, "period": report.period, "author": report.filed_by}
    return Doubt("late", places, say("yearfiles.doubt.late", **words))


def _flagged(used: Iterable[Report], found: Iterable[Findings]) -> Iterator[Doubt]:
    """Yield the workplaces whose figures are used though there are findings against them."""
    places = dict.fromkeys(entry.workplace for report in used for entry in report.entries)
    flags = [flag for paper in found for flag in paper.flags]
    for place in places:
        own = sorted((f for f in flags if f.workplace == place), key=lambda flag: -flag.score)
        if own:
            first = own[0]
            kind, amount = say(f"inspection.short.{first.kind}"), figure(first.amount)
            words = {"kind": kind, "amount": amount, "period": first.period}
            key = "one" if len(own) == 1 else "many"
            text = say(f"yearfiles.doubt.{key}", workplace=place, count=len(own), **words)
            yield Doubt("findings", place, text)


def _partial(year: int, sheet: WorkSheet, used: Sequence[Report]) -> Iterator[Doubt]:
    """Yield what a workplace that has reported says nothing of, though its sheet asks for it.

    Over all periods together: goods made, and goods used or received; hours in each period. What
    a sheet asks for and was not done is stated as 0. Goods that only go into plants need no row.
    """
    own: dict[str, list[Entry]] = {}
    for report in used:
        for entry in report.entries:
            if entry.workplace == sheet.workplace:
                own.setdefault(report.period, []).append(entry)
    if not own:
        return
    rows = [entry for entries in own.values() for entry in entries]
    lacking = {
        "made": _made(sheet) - _goods(rows, "made"),
        "used": _used(sheet) - _goods(rows, "used", "received"),
    }
    parts = [
        say(f"yearfiles.doubt.{entry}", goods=", ".join(sorted(goods)))
        for entry, goods in lacking.items()
        if goods
    ]
    idle = [p for p, entries in own.items() if not any(e.entry == "hours" for e in entries)]
    if sheet.of("hours") and idle:
        parts.append(say("yearfiles.doubt.hours", periods=", ".join(idle)))
    if parts:
        words = {"workplace": sheet.workplace, "year": year, "what": "; ".join(parts)}
        yield Doubt("partial", sheet.workplace, say("yearfiles.doubt.partial", **words))


def _goods(rows: Iterable[Entry], *entries: str) -> set[str]:
    return {row.good for row in rows if row.entry in entries}


def _made(sheet: WorkSheet) -> set[str]:
    return {line.name for line in sheet.of("make")}


def _used(sheet: WorkSheet) -> set[str]:
    """Return the goods of which a sheet asks more to be taken in than goes into plants."""
    taken: dict[str, float] = {}
    for line in sheet.lines:
        if line.entry in {"receive", "keep"}:
            taken[line.name] = taken.get(line.name, 0.0) + line.amount
        elif line.entry == "build":
            taken[line.name] = taken.get(line.name, 0.0) - line.amount * (1.0 + _CLOSE)
    return {good for good, amount in taken.items() if amount > 0}
