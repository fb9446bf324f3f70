"""Who got what, stratum by stratum, and how long they queued."""

from collections.abc import Mapping, Sequence
from typing import Final, TypeAlias

from sovplan.foundation.numbers import figure, percent
from sovplan.foundation.words import say
from sovplan.records.run import Course
from sovplan.report.parts import (
    NOTHING,
    Caption,
    Cell,
    Chapter,
    Column,
    Marked,
    figure_of,
    joined,
    panels,
    paragraph,
    table,
)
from sovplan.report.run_drawing import Axis, Stroke, paths, regime_name, regimes_key, sized
from sovplan.report.run_hero import by_year
from sovplan.report.run_series import PEOPLE, Seen, in_words, known, sentence
from sovplan.report.run_who import regime_columns
from sovplan.report.svg import Html
from sovplan.report.wording import year_name

_QUEUE: Final = "people/queue"
_EVEN: Final = 1.005
"""Ratio of the best to the worst supplied group below which they are said to have the same."""
_Paths: TypeAlias = Mapping[tuple[str, str], list[float | None]]
"""Series over the years by regime and group."""
_LAST: Final = ("number", "consumption", "needs", "queue", "pay", "privileged")
_SHARES: Final = frozenset({"needs", "privileged", "consumption"})


def chapter(seen: Seen) -> Chapter:
    """Return the section on people."""
    parts = [_consumption(seen), _queues(seen), _last_year(seen)]
    return Chapter("people", say("runbook.chapter.people"), joined(parts))


def groups_of(seen: Seen, series: str) -> list[str]:
    """Return the groups that a series is known of, those of the scenario in its order."""
    there = seen.after(f"{series}/")
    first = [group for group in seen.groups if group in there]
    return first + [group for group in there if group not in first]


def ends(seen: Seen, course: Course, series: str) -> dict[str, float]:
    """Return the value of each group in the last year of the run."""
    year = seen.years[-1]
    return {
        group: value
        for group in groups_of(seen, series)
        if (value := seen.at(course.name, f"{series}/{group}", year)) is not None
    }


def _consumption(seen: Seen) -> Html:
    groups = groups_of(seen, PEOPLE)
    if not groups:
        return paragraph(say("runbook.people.none"))
    clauses = []
    for course in seen.courses:
        found = ends(seen, course, PEOPLE)
        if not found:
            continue
        best, least = max(found, key=lambda g: found[g]), min(found, key=lambda g: found[g])
        even = found[best] <= found[least] * _EVEN
        clauses.append(say(
            f"runbook.people.{'even' if even else 'uneven'}",
            regime=seen.labels[course.name],
            best=seen.group(best),
            least=seen.group(least),
            most=figure(100 * found[best]),
            value=figure(100 * found[least]),
        ))  # fmt: skip
    finding = say(
        "runbook.people.finding",
        year=year_name(seen.years[-1]),
        clauses="; ".join(clauses) or say("runbook.lead.nothing"),
    )
    caption = Caption(
        finding,
        say("runbook.people.second", first=year_name(seen.years[0])),
        say("runbook.people.source"),
    )
    return _by_group(seen, PEOPLE, caption, scale=100.0)


def _queues(seen: Seen) -> Html:
    if not groups_of(seen, _QUEUE):
        return paragraph(say("runbook.queue.none"))
    clauses = []
    for course in seen.courses:
        found = ends(seen, course, _QUEUE)
        if not found:
            continue
        most = max(found, key=lambda group: found[group])
        key = "some" if found[most] > 0 else "nobody"
        clauses.append(say(
            f"runbook.queue.{key}",
            regime=seen.labels[course.name],
            group=seen.group(most),
            hours=figure(found[most]),
            least=figure(min(found.values())),
        ))  # fmt: skip
    finding = say(
        "runbook.queue.finding",
        year=year_name(seen.years[-1]),
        clauses="; ".join(clauses) or say("runbook.lead.nothing"),
    )
    caption = Caption(finding, say("runbook.queue.second"), say("runbook.queue.source"))
    return _by_group(seen, _QUEUE, caption)


def _by_group(seen: Seen, series: str, caption: Caption, *, scale: float = 1.0) -> Html:
    """Return a panel for each group with a line for each regime, on one scale."""
    groups = groups_of(seen, series)

    def values(course: Course, group: str) -> list[float | None]:
        path = seen.of(course.name, f"{series}/{group}")
        return [None if value is None else scale * value for value in path]

    every: _Paths = {(c.name, group): values(c, group) for c in seen.courses for group in groups}
    top = max((value for path in every.values() for value in known(path)), default=1.0)
    size, grid = sized(len(groups))
    axis = Axis(size, top, 100.0 if scale != 1.0 and top >= 100.0 else None)
    drawn = [(seen.group(group), _panel(seen, every, group, axis)) for group in groups]
    labels = [seen.labels[course.name] for course in seen.courses]
    tables = (_group_table(seen, every, group, caption.second) for group in groups)
    return figure_of(caption, joined([regimes_key(labels), panels(drawn, grid)]), *tables)


def _group_table(seen: Seen, every: _Paths, group: str, what: str) -> Html:
    columns = [Column(say("runbook.col.year"), number=False), *regime_columns(seen, number=True)]
    values = [every[course.name, group] for course in seen.courses]
    caption = say("runbook.people.caption", group=seen.group(group), what=what)
    return table(caption, columns, by_year(seen, values))


def _panel(seen: Seen, every: _Paths, group: str, axis: Axis) -> Html:
    strokes = [
        Stroke(place, every[course.name, group]) for place, course in enumerate(seen.courses)
    ]
    said = ", ".join(
        f"{seen.labels[course.name]} {figure(known(every[course.name, group])[-1])}"
        for course in seen.courses
        if known(every[course.name, group])
    )
    label = say("runbook.people.label", group=seen.group(group), values=said)
    return paths(label, seen.years, strokes, axis)


def _last_year(seen: Seen) -> Html:
    """Return the table of all that is known of each group in the last year."""
    there = [name for name in _LAST if groups_of(seen, f"people/{name}")]
    if not there:
        return NOTHING
    groups = list(dict.fromkeys(g for name in there for g in groups_of(seen, f"people/{name}")))
    columns = [
        Column(say("runbook.col.group"), number=False),
        Column(say("runbook.col.regime"), number=False),
        *[Column(say(f"runbook.col.{name}")) for name in there],
    ]
    rows: list[list[Cell]] = []
    for group in groups:
        for place, course in enumerate(seen.courses):
            regime = Marked(regime_name(place, seen.labels[course.name]))
            cells = [_cell(seen, course, name, group) for name in there]
            rows.append([seen.group(group), regime, *cells])
    caption = say("runbook.people.last", year=year_name(seen.years[-1]))
    lacking = _lacking(there)
    return joined([table(caption, columns, rows, remark=_remark(seen)), paragraph(lacking)])


def _cell(seen: Seen, course: Course, name: str, group: str) -> Cell:
    value = seen.at(course.name, f"people/{name}/{group}", seen.years[-1])
    return percent(value) if value is not None and name in _SHARES else value


def _remark(seen: Seen) -> str:
    scenario = seen.run.scenario
    return say("runbook.people.columns", first=year_name(seen.years[0]), unit=scenario.people_unit)


def _lacking(there: Sequence[str]) -> str:
    missing = [say(f"runbook.col.{name}") for name in _LAST if name not in there]
    return sentence([say("runbook.people.lacking", names=in_words(missing))]) if missing else ""
