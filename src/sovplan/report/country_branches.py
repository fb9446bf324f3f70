"""Growth by branch in the book of the country: target, report and truth of each, by regime."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from sovplan.foundation.numbers import figure
from sovplan.foundation.words import say
from sovplan.records.run import Course, Kind
from sovplan.report.country_parts import headed
from sovplan.report.parts import (
    Caption,
    Cell,
    Column,
    details,
    element,
    figure_of,
    joined,
    table,
    told,
)
from sovplan.report.run_drawing import NARROW, Axis, Stroke, paths
from sovplan.report.run_keys import kinds_key
from sovplan.report.run_series import Seen, known
from sovplan.report.svg import Html
from sovplan.report.wording import year_name

_KINDS: Final[tuple[Kind, ...]] = ("planned", "reported", "real")


def growth(seen: Seen, branches: Sequence[str]) -> Html:
    """Return output of each branch under the first regime; the others are folded away."""
    first, *others = seen.courses
    parts = [headed("country_works.branches"), _of(seen, first, branches)]
    for course in others:
        name = say("country_works.branches.other", regime=seen.labels[course.name])
        parts.append(details(name, _of(seen, course, branches)))
    return joined(parts)


def _of(seen: Seen, course: Course, branches: Sequence[str]) -> Html:
    rows = {branch: _paths(seen, course, branch) for branch in branches}
    drawn = [_panel(seen, course, branch, rows[branch]) for branch in branches]
    caption = Caption(
        _finding(seen, course, branches),
        say("country_works.branches.second"),
        say("country_works.source"),
    )
    legend = kinds_key(("plan", "reported", "real"), hatched=True)
    shown = joined([legend, element("div", joined(drawn), "panels three-up")])
    return figure_of(caption, shown, _table(seen, rows))


def _paths(seen: Seen, course: Course, branch: str) -> list[list[float | None]]:
    return [seen.of(course.name, f"works/output/{branch}", kind) for kind in _KINDS]


def _panel(seen: Seen, course: Course, branch: str, rows: list[list[float | None]]) -> Html:
    top = max(value for path in rows for value in known(path))
    title = say(f"country_works.measure.{branch}")
    label = say("country_works.branches.label", branch=title, regime=seen.labels[course.name])
    strokes = [
        Stroke("plan", rows[0]), Stroke("reported", rows[1]), Stroke("real", rows[2]),
    ]  # fmt: skip
    axis = Axis(replace(NARROW, unit=seen.units[f"works/output/{branch}"]), top)
    drawn = paths(label, seen.years, strokes, axis, hatched=True)
    return element("div", joined([element("h4", told(f"country_works.measure.{branch}")), drawn]),
                   "panel")  # fmt: skip


def _finding(seen: Seen, course: Course, branches: Sequence[str]) -> str:
    """Return what each branch made in the last year, over the first."""
    said = []
    for branch in branches:
        made = known(_paths(seen, course, branch)[2])
        said.append(
            say("country_works.branches.came", branch=say(f"country_works.measure.{branch}"),
                times=figure(made[-1] / made[0]))
        )  # fmt: skip
    return say(
        "country_works.branches.finding", regime=seen.labels[course.name],
        first=year_name(seen.years[0]), last=year_name(seen.years[-1]), clauses=", ".join(said),
    )  # fmt: skip


def _table(seen: Seen, rows: dict[str, list[list[float | None]]]) -> Html:
    columns = [Column(say("runbook.col.year"), number=False)]
    for branch in rows:
        name = say(f"country_works.measure.{branch}")
        columns += [
            Column(say(f"country_works.branches.{key}", branch=name))
            for key in ("target", "reported", "real")
        ]
    body: list[list[Cell]] = [
        [year_name(year), *(path[at] for found in rows.values() for path in found)]
        for at, year in enumerate(seen.years)
    ]
    unit = seen.units[f"works/output/{next(iter(rows))}"]
    caption = say("country_works.branches.caption", unit=unit)
    return table(caption, columns, body, kind="compact years", hidden=True)
