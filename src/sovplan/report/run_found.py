"""What inspectors found and missed: one square for a false return, or for a stated number."""

from math import ceil
from typing import Final

from sovplan.foundation.numbers import figure, whole
from sovplan.foundation.words import say
from sovplan.records.run import Course
from sovplan.report.parts import (
    Caption,
    Cell,
    Chapter,
    Column,
    Marked,
    element,
    figure_of,
    joined,
    paragraph,
    table,
)
from sovplan.report.run_keys import regime_name, squares_key
from sovplan.report.run_series import Seen, known
from sovplan.report.run_squares import PER_ROW, Count, squares
from sovplan.report.svg import Html
from sovplan.report.wording import year_name, years_words

_STATES: Final[tuple[Count, ...]] = ("found", "missed", "accused")
_MOST: Final = 12 * PER_ROW
"""Squares in a panel; beyond that a square stands for several returns."""


def chapter(seen: Seen) -> Chapter:
    """Return the section on inspection."""
    title = say("runbook.chapter.found")
    if not seen.has("returns/false"):
        return Chapter("found", title, paragraph(say("runbook.found.none")))
    return Chapter("found", title, _figure(seen))


def total(seen: Seen, course: Course, name: str) -> float | None:
    """Return a count of returns over all years; None where it is not known."""
    values = known(seen.of(course.name, f"returns/{name}"))
    return sum(values) if values else None


def most_false(seen: Seen) -> int:
    """Return the year with most false returns under all regimes together, the first of several."""
    sums = {
        year: sum(seen.at(c.name, "returns/false", year) or 0.0 for c in seen.courses)
        for year in seen.years
    }
    return max(sums, key=lambda year: sums[year])


def _figure(seen: Seen) -> Html:
    year = most_false(seen)
    counts = {
        course.name: [
            (state, round(seen.at(course.name, f"returns/{state}", year) or 0.0))
            for state in _STATES
        ]
        for course in seen.courses
    }
    most = max(sum(count for _, count in each) for each in counts.values())
    each = max(1, ceil(most / _MOST))
    drawn = []
    scaled = {
        name: [(state, ceil(count / each)) for state, count in found]
        for name, found in counts.items()
    }
    rows = max(ceil(sum(count for _, count in found) / PER_ROW) for found in scaled.values())
    for place, course in enumerate(seen.courses):
        name = seen.labels[course.name]
        said = {state: whole(count) for state, count in counts[course.name]}
        label = say("runbook.found.label", regime=name, year=year_name(year), **said)
        panel = squares(label, scaled[course.name], rows)
        drawn.append(
            element("div", joined([element("h3", regime_name(place, name)), panel]), "panel")
        )
    key = "one" if each == 1 else "many"
    caption = Caption(
        _finding(seen),
        say(f"runbook.found.second_{key}", year=year_name(year), each=each),
        _source(seen),
    )
    inner = joined([squares_key(), element("div", joined(drawn), "panels")])
    return figure_of(caption, inner, _table(seen))


def _finding(seen: Seen) -> str:
    clauses = []
    for course in seen.courses:
        false, found = total(seen, course, "false"), total(seen, course, "found")
        if false is None:
            continue
        key = "clean" if false == 0 else "said"
        clauses.append(say(
            f"runbook.found.{key}",
            regime=seen.labels[course.name],
            false=whole(false),
            found=whole(found or 0.0),
            accused=whole(total(seen, course, "accused") or 0.0),
        ))  # fmt: skip
    head = say("runbook.found.over", years=years_words(seen.years))
    return f"{head} {'; '.join(clauses)}"


def _source(seen: Seen) -> str:
    parts = [say("runbook.found.source")]
    for course in seen.courses:
        expected = total(seen, course, "expected_false_flags")
        workplaces = known(seen.of(course.name, "returns/workplaces"))
        if expected is not None and workplaces:
            parts.append(say(
                "runbook.found.expected",
                regime=seen.labels[course.name],
                expected=figure(expected),
                accused=whole(total(seen, course, "accused") or 0.0),
                workplaces=whole(workplaces[-1]),
            ))  # fmt: skip
    return " ".join(parts)


def _table(seen: Seen) -> Html:
    heads = ("false", "found", "missed", "accused", "expected_false_flags", "workplaces")
    columns = [
        Column(say("runbook.col.regime"), number=False),
        Column(say("runbook.col.year"), number=False),
        *[Column(say(f"runbook.col.{head}")) for head in heads],
    ]
    rows: list[list[Cell]] = []
    for place, course in enumerate(seen.courses):
        name = Marked(regime_name(place, seen.labels[course.name]))
        for year in seen.years:
            cells = [seen.at(course.name, f"returns/{head}", year) for head in heads]
            if known(cells):
                rows.append([name, str(year), *cells])
    return table(say("runbook.found.caption"), columns, rows)
