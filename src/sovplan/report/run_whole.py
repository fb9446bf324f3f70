"""The whole economy over the years: shares of output, work done, reserves, what is owed."""

from collections.abc import Iterator
from typing import Final

from sovplan.foundation.numbers import figure, percent
from sovplan.foundation.words import say
from sovplan.records.run import Course, Kind
from sovplan.report.parts import Caption, Chapter, paragraph
from sovplan.report.run_multiples import HUNDRED, Item, clauses, multiples, of_all, scaled
from sovplan.report.run_series import Seen, in_words, known, sentence
from sovplan.report.wording import year_name

_WORTH: Final = "output_worth"
_LABOUR: Final = "labour/"
_SHARES: Final[tuple[tuple[str, Kind], ...]] = (
    ("plan_kept", "real"),
    ("plan_kept", "reported"),
    ("overstated", "real"),
    ("investment_share", "real"),
    ("unused", "real"),
    ("hidden", "real"),
)
"""Shares of the whole economy, each a panel."""


def chapter(seen: Seen) -> Chapter:
    """Return the section on the whole economy."""
    title, items = say("runbook.chapter.whole"), list(items_of(seen))
    if not items:
        return Chapter("whole", title, paragraph(say("runbook.whole.none")))
    caption = Caption(_finding(seen), say("runbook.whole.second"), _source(seen))
    return Chapter("whole", title, multiples(seen, caption, items))


def items_of(seen: Seen) -> Iterator[Item]:
    """Yield a panel for each number of the whole economy that the run holds."""
    if seen.has(_WORTH):
        unit = seen.units.get(_WORTH, "")
        name = say("runbook.whole.output_worth")
        caption = say("runbook.whole.caption", name=name, unit=unit)
        yield Item(name, caption, of_all(seen, _WORTH), unit)
    for series, kind in _SHARES:
        if seen.has(series, kind):
            yield _share(seen, series, kind, say(f"runbook.whole.{series}_{kind}"))
    for skill in seen.after(_LABOUR):
        yield _share(seen, f"{_LABOUR}{skill}", "real", say("runbook.whole.labour", skill=skill))
    if _owed(seen):
        unit = seen.units.get("debt", "")
        name = say("runbook.whole.debt")
        caption = say("runbook.whole.caption", name=name, unit=unit)
        yield Item(name, caption, of_all(seen, "debt"), unit)


def _share(seen: Seen, series: str, kind: Kind, name: str) -> Item:
    values = [scaled(seen.of(course.name, series, kind), HUNDRED) for course in seen.courses]
    return Item(name, say("runbook.whole.caption", name=name, unit="%"), values, "%")


def _owed(seen: Seen) -> bool:
    return any(value > 0 for c in seen.courses for value in known(seen.of(c.name, "debt")))


def _finding(seen: Seen) -> str:
    def said(course: Course) -> str:
        path = known(seen.of(course.name, _WORTH))
        if len(path) < len(seen.years) or not path[0]:
            return ""
        return say(
            "runbook.whole.worth",
            regime=seen.labels[course.name],
            hours=figure(path[-1]),
            unit=seen.units.get(_WORTH, ""),
            share=percent(path[-1] / path[0]),
            first=year_name(seen.years[0]),
        )

    there = clauses(seen, said)
    if not there:
        return say("runbook.whole.no_worth")
    return say("runbook.whole.finding", year=year_name(seen.years[-1]), clauses=there)


def _source(seen: Seen) -> str:
    parts = [say("runbook.whole.source")]
    if seen.has("debt") and not _owed(seen):
        names = in_words([seen.labels[course.name] for course in seen.courses])
        parts.append(sentence([say("runbook.whole.no_debt", regimes=names)]))
    return " ".join(parts)
