"""What happened, year by year: what was given to all, and what each regime made of it."""

from typing import Final

from sovplan.foundation.numbers import percent
from sovplan.foundation.words import say
from sovplan.records.run import Course, Event
from sovplan.report.parts import (
    Cell,
    Chapter,
    Column,
    Marked,
    code,
    counted,
    details,
    element,
    joined,
    listed,
    paragraph,
    table,
    text,
)
from sovplan.report.run_series import GIVEN, Seen
from sovplan.report.run_who import changes, regime_columns
from sovplan.report.svg import Html
from sovplan.report.wording import year_name

_FROM_ALL: Final = "given"
"""What stands in place of a rule where something was given to all."""
_LIST: Final = 2
_MOST: Final = 6
"""Events of a year in one cell; all of them stand in the list below."""


def chapter(seen: Seen) -> Chapter:
    """Return the section on events."""
    title = say("runbook.chapter.events")
    weather = any(seen.at(GIVEN, "weather", year) is not None for year in seen.years)
    if not seen.run.events and not weather:
        return Chapter("events", title, paragraph(say("runbook.events.none")))
    columns = [
        Column(say("runbook.col.year"), number=False),
        Column(say("runbook.col.given"), number=False),
        *regime_columns(seen),
    ]
    years = sorted({*seen.years, *(event.year for event in seen.run.events)})
    rows: list[list[Cell]] = []
    for year in years:
        cells: list[Cell] = [Marked(_given(seen, year))]
        cells += [Marked(_cell(seen, year, course)) for course in seen.courses]
        rows.append([str(year), *cells])
    key = "one" if len(seen.courses) == 1 else "many"
    body = [
        paragraph(say(f"runbook.events.meaning_{key}")),
        table(say("runbook.events.caption"), columns, rows, kind="stack timeline", hidden=True),
        _all(seen),
    ]
    return Chapter("events", title, joined(body))


def events_of(seen: Seen, year: int, regime: str) -> list[Event]:
    """Return the events of a year that a regime made, or, for '', that were given to all."""
    return [event for event in seen.run.events if event.year == year and _owner(event) == regime]


def _owner(event: Event) -> str:
    return GIVEN if event.rule == _FROM_ALL else event.regime


def _given(seen: Seen, year: int) -> Html:
    weather = seen.at(GIVEN, "weather", year)
    first = [] if weather is None else [say("runbook.events.weather", share=percent(weather))]
    texts = dict.fromkeys(event.text for event in events_of(seen, year, GIVEN))
    return _lines([*first, *texts])


def _cell(seen: Seen, year: int, course: Course) -> Html:
    """Return what is new in a year, and how much is as it was the year before."""
    before = {event.text for event in events_of(seen, year - 1, course.name)}
    texts = dict.fromkeys(event.text for event in events_of(seen, year, course.name))
    new = [each for each in texts if each not in before]
    changed = sum(found[0] == year for found in changes(course))
    if changed:
        new.insert(0, counted("runbook.events.changed", changed))
    again = [each for each in texts if each in before]
    last = counted("runbook.events.same", len(again), event=again[0]) if again else ""
    return _lines(new, last)


def _lines(texts: list[str], last: str = "") -> Html:
    if len(texts) > _MOST:
        texts = [*texts[:_MOST], say("runbook.events.more", count=len(texts) - _MOST)]
    lines = [*texts, *([last] if last else [])]
    if len(lines) < _LIST:
        return text(lines[0] if lines else "–")
    return listed([text(each) for each in lines], "events")


def _all(seen: Seen) -> Html:
    """Return every event with the rule that made it."""
    heads = ("year", "regime", "rule", "event")
    columns = [Column(say(f"runbook.col.{head}"), number=False) for head in heads]
    rows: list[list[Cell]] = [
        [
            year_name(event.year),
            seen.labels.get(_owner(event), say("runbook.events.all")),
            Marked(code(event.rule)),
            event.text,
        ]
        for event in seen.run.events
    ]
    if not rows:
        return element("p", text(say("runbook.events.none")))
    listing = table(say("runbook.events.list"), columns, rows, kind="compact long")
    return details(say("runbook.events.open", count=len(rows)), listing)
