"""Which returns of a year count: those that came in time, and late ones that inspectors have seen.

Reports are closed once inspectors have said what they found. Rows that come then are late: they
are filed as such, nothing that is on file is changed by them, and a renewal uses them as soon as
inspectors have looked at them. So nobody escapes inspection by coming late, and nobody has to take
rows out of a file of returns.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from sovplan.foundation.errors import OutOfStage
from sovplan.foundation.numbers import figure
from sovplan.foundation.words import say
from sovplan.records.documents import Entry, Findings, LateReport, Report
from sovplan.records.yearlog import YearLog

_DIGITS: Final = 12
_MEASURED: Final = ("counted", "metered")
"""Entries that several may state of the same thing, each by measuring again."""

_Key = tuple[str, str, str, str, str, str]
"""Period, workplace, entry, good, partner, and who measured; blank for what is not measured."""


def pages_of(log: YearLog, reports: Sequence[Report]) -> tuple[Report | LateReport, ...]:
    """Return the pages by which reports are filed: reports in time, else what is new as late.

    Raises
    ------
    OutOfStage
        Reports are closed and a row states otherwise what is on file.
    """
    if not any(isinstance(paper, Findings) for paper in log.documents):
        return tuple(reports)
    on_file = {
        _key(report.period, report.filed_by, entry): (report.filed_by, entry.amount)
        for report in stated(log)
        for entry in report.entries
    }
    new: dict[tuple[str, str, str], list[Entry]] = {}
    for report in reports:
        for entry in report.entries:
            known = on_file.get(_key(report.period, report.filed_by, entry))
            if known is None:
                place = (report.period, report.filed_by, entry.workplace)
                new.setdefault(place, []).append(entry)
            elif known != (report.filed_by, entry.amount):
                raise OutOfStage(_changed(log.year, report, entry, *known))
    return tuple(LateReport(*place, tuple(entries)) for place, entries in new.items())


def with_findings(log: YearLog, found: Findings) -> YearLog:
    """Return the log with findings; the same findings are filed anew if something came late."""
    return YearLog(log.year, (*log.pages, found)) if waiting(log) else log.file(found)


def stated(log: YearLog) -> tuple[Report, ...]:
    """Return all reports in force, late ones too, in the order of filing."""
    return tuple(report for report, _ in _reports(log))


def counted(log: YearLog) -> tuple[Report, ...]:
    """Return the reports in force that came in time or that findings follow."""
    return tuple(report for report, seen in _reports(log) if seen)


def waiting(log: YearLog) -> tuple[Report, ...]:
    """Return the late reports that no findings follow."""
    return tuple(report for report, seen in _reports(log) if not seen)


def _reports(log: YearLog) -> Iterator[tuple[Report, bool]]:
    """Yield reports in force, and whether they came in time or inspectors have seen them."""
    pages, superseded = log.book.pages, log.book.superseded
    inspected = max((n for n, page in enumerate(pages) if isinstance(page, Findings)), default=-1)
    for place, page in enumerate(pages):
        if place in superseded:
            continue
        if isinstance(page, Report):
            yield page, True
        elif isinstance(page, LateReport):
            yield Report(page.period, page.filed_by, page.entries), place < inspected


def _key(period: str, author: str, entry: Entry) -> _Key:
    by = author if entry.entry in _MEASURED else ""
    return (period, entry.workplace, entry.entry, entry.good, entry.partner, by)


def _changed(year: int, report: Report, entry: Entry, author: str, amount: float) -> str:
    row = " ".join(filter(None, (entry.workplace, entry.entry, entry.good, entry.partner)))
    words = {"year": year, "next": year + 1, "period": report.period, "row": row}
    amounts = {"before": figure(amount, _DIGITS), "now": figure(entry.amount, _DIGITS)}
    return say("yearfiles.late.changed", **words, **amounts, author=author, by=report.filed_by)
