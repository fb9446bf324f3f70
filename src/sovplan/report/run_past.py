"""Whose figures stand beside a run as historical, and where they are from."""

from collections.abc import Iterator, Sequence
from typing import Final

from sovplan.foundation.words import say
from sovplan.history.figures import Match, Series, Source
from sovplan.history.series import matches, series, sources
from sovplan.report.parts import (
    NOTHING,
    Cell,
    Column,
    counted,
    details,
    element,
    joined,
    paragraph,
    table,
    told,
)
from sovplan.report.run_series import PRINTED, Seen, in_words, known
from sovplan.report.svg import Html

_MEASURE: Final = "consumption_per_head"
_NAMED: Final = 3
"""Sources named under a figure; all of them stand in the section on sources."""


def matches_of(seen: Seen) -> tuple[Match, ...]:
    """Return what of the history of this economy stands in the run, in years of the run."""
    return tuple(
        match
        for match in matches(seen.economy)
        if known(seen.past(f"output/{match.name}" if match.kind == "good" else PRINTED))
        and (match.kind == "good" or match.name == _MEASURE)
    )


def source_words(seen: Seen, names: Sequence[str]) -> str:
    """Return whose historical figures are drawn of some goods, or of `PRINTED`; '' of none."""
    found: dict[str, None] = {}
    drawn = [match for match in matches_of(seen) if _name(match) in names]
    for match in drawn:
        for one in _series_of(match):
            found |= dict.fromkeys(_author(source) for source in _sources_of(one, seen))
    if not found:
        there = any(known(seen.past(n if n == PRINTED else f"output/{n}")) for n in names)
        return say("runbook.past.unnamed") if there else ""
    shown = list(found)[:_NAMED]
    if len(found) > len(shown):
        return say("runbook.past.more", names="; ".join(shown), count=len(found) - len(shown))
    return say("runbook.past.all", names="; ".join(shown))


def section(seen: Seen) -> Html:
    """Return the table of the historical series and their sources; nothing without any."""
    rows = [row for match in matches_of(seen) for row in _rows(seen, match)]
    if not rows:
        return NOTHING
    heads = ("of", "series", "sources", "how_sure", "remark")
    columns = [Column(say(f"runbook.col.{head}"), number=False) for head in heads]
    listing = table(say("runbook.past.caption"), columns, rows, kind="compact long")
    return joined([
        element("h3", told("runbook.past.title")),
        paragraph(say("runbook.past.meaning")),
        details(counted("runbook.past.open", len(rows)), listing),
    ])  # fmt: skip


def _rows(seen: Seen, match: Match) -> Iterator[list[Cell]]:
    name = seen.good(match.name) if match.kind == "good" else say("runbook.past.consumption")
    for one in _series_of(match):
        whose = "; ".join(_whole(source) for source in _sources_of(one, seen))
        sure = dict.fromkeys(f.status for f in one.figures if f.year in seen.years)
        title = say("runbook.past.series", title=one.title, unit=one.unit)
        note = " ".join(part for part in (match.note, one.note) if part)
        yield [name, title, whose, in_words(list(sure)), note]


def _name(match: Match) -> str:
    return match.name if match.kind == "good" else PRINTED


def _series_of(match: Match) -> list[Series]:
    """Return the series that is drawn; of consumption also those of the same kind that disagree."""
    first = series(match.series)
    if match.kind == "good":
        return [first]
    return [first, *(one for name in match.others if (one := series(name)).unit == first.unit)]


def _sources_of(one: Series, seen: Seen) -> list[Source]:
    keys = dict.fromkeys(figure.source for figure in one.figures if figure.year in seen.years)
    return [sources()[key] for key in keys]


def _author(source: Source) -> str:
    return " ".join(part for part in (source.author or source.title, source.year) if part)


def _whole(source: Source) -> str:
    return ", ".join(part for part in (_author(source), source.title) if part)
