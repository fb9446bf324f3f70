"""Strikes, answers to unrest, printed harvests and debts in the book of a run of the country."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from sovplan.foundation.numbers import figure
from sovplan.foundation.words import say
from sovplan.history.series import series
from sovplan.records.run import Course
from sovplan.report import svg
from sovplan.report.country_figures import printed_by, told_panels
from sovplan.report.country_parts import behind, folded, headed, regime_titles, weak
from sovplan.report.parts import (
    Caption,
    Chapter,
    Column,
    element,
    figure_of,
    joined,
    paragraph,
    table,
    text,
)
from sovplan.report.run_drawing import HERO, Axis, Stroke, paths
from sovplan.report.run_multiples import by_year
from sovplan.report.run_series import Seen, known
from sovplan.report.svg import Html
from sovplan.report.wording import year_name

_GROUPS: Final[Mapping[str, tuple[str, ...]]] = {
    "strikes": ("strikers", "strike_rate", "wants", "real_wage"),
    "answer": ("riots_million", "answer_due", "unsown"),
    "debts": ("debt_abroad", "debt_service", "old_claims", "machines_unpaid"),
}
"""Series of each figure, without what stands before the names of all of them."""
_FOLDED: Final = ("answer", "debts", "limits")
"""Figures that open on demand."""
_HARVEST: Final = "unrest/harvest"
_REVISED, _PRINTED = "grain_harvest_soviet_revised", "grain_harvest_soviet_1930s"
_STYLES: Final[tuple[svg.Kind, ...]] = ("reported", "real", "historical", "historical")
_ROOM: Final = 110.0
"""Room for names at the end of lines, px."""
_MONTHS: Final = "rural_disturbances_1930"
_QUARTER: Final = 3
_SPRING: Final = 1930
_LIMITS: Final = ("revolt", "concession", "wants", "stalk", "debts", "whole")
_THOUSANDS: Final = 1000.0


def chapter(seen: Seen) -> Chapter:
    """Return the chapter."""
    run = say("country_unrest.source")
    spring = paragraph(_spring(seen)) if _SPRING in seen.years else Html("")
    drawn = {
        "strikes": _group(seen, "strikes", run),
        "printed": _printed(seen),
        "answer": joined([_group(seen, "answer", run), spring]),
        "debts": _group(seen, "debts", run),
        "limits": weak("country_unrest", [text(said) for said in _limits(seen)]),
    }
    parts = [
        behind(say("country_unrest.meaning", **regime_titles())),
        *folded("country_unrest", drawn, _FOLDED),
    ]
    return Chapter("unrest", say("country_unrest.title"), joined(parts))


def _limits(seen: Seen) -> Iterator[str]:
    for name in _LIMITS:
        yield say(f"country_unrest.limits.{name}", regime=seen.labels[seen.courses[0].name])


def _group(seen: Seen, key: str, run: str) -> Html:
    names = [f"unrest/{name}" for name in _GROUPS[key] if seen.has(f"unrest/{name}")]
    return told_panels(seen, names, f"country_unrest.{key}", run, peak=key == "answer")


def counted_in_spring() -> float:
    """Return disturbances that were counted from January to March 1930."""
    months = {each.period: each.value for each in series(_MONTHS).figures}
    return sum(months[f"{_SPRING}-{month:02}"] for month in range(1, _QUARTER + 1))


def _spring(seen: Seen) -> str:
    """Return what the rule would have answered to what was counted, and to what the model has."""
    regime = seen.courses[0].name
    path = zip(seen.of(regime, "unrest/riots_million"), seen.years, strict=True)
    most, year = max((value, year) for value, year in path if value is not None)
    people = (seen.at(regime, "people", _SPRING) or 0.0) - (seen.at(regime, "towns", _SPRING) or 0)
    counted = counted_in_spring()
    return say(
        "country_unrest.answer.spring", regime=seen.labels[regime], found=figure(most),
        year=year_name(year), counted=f"{counted / _THOUSANDS:.1f}",
        each=figure(counted / people, 2),
    )  # fmt: skip


# ---- the harvest as printed ----------------------------------------------------------------------


def _printed(seen: Seen) -> Html:
    course = seen.courses[0]
    ours = [seen.of(course.name, _HARVEST, kind) for kind in ("reported", "real")]
    theirs = [_of_history(name, seen.years) for name in (_PRINTED, _REVISED)]
    names = [
        say(f"country_unrest.printed.{key}") for key in ("reported", "real", "then", "revised")
    ]
    strokes = [
        Stroke(style, path, name)
        for style, path, name in zip(_STYLES, [*ours, *theirs], names, strict=True)
        if known(path)
    ]
    top = max(value for stroke in strokes for value in known(stroke.values))
    axis = Axis(replace(HERO, unit=seen.units[_HARVEST], right=_ROOM), top)
    label = say("country_unrest.printed.label", regime=seen.labels[course.name])
    drawn = paths(label, seen.years, strokes, axis)
    caption = Caption(
        _gap(seen, course, ours),
        say("country_unrest.printed.second", regime=seen.labels[course.name]),
        " ".join([say("country_unrest.source"), printed_by((_PRINTED, _REVISED))]),
        (say("country_unrest.printed.meaning"),),
    )
    columns = [Column(say("runbook.col.year"), number=False), *map(Column, names)]
    listing = table(say("country_unrest.printed.caption"), columns, by_year(seen, [*ours, *theirs]),
                    kind="compact years")  # fmt: skip
    return joined([
        headed("country_unrest.printed"),
        figure_of(caption, element("div", element("div", drawn, "panel"), "panels"), listing),
    ])  # fmt: skip


def _gap(seen: Seen, course: Course, ours: Sequence[Sequence[float | None]]) -> str:
    """Return in which year most was printed over what was."""
    regime = seen.labels[course.name]
    over = [
        (said / so - 1.0, year)
        for year, said, so in zip(seen.years, *ours, strict=True)
        if said is not None and so
    ]
    most, year = max(over)
    if most <= 0.0:
        return say("country_unrest.printed.none", regime=regime)
    return say("country_unrest.printed.finding", regime=regime, year=year_name(year),
               most=f"{100.0 * most:.0f}")  # fmt: skip


def _of_history(name: str, years: Sequence[int]) -> list[float | None]:
    values = series(name).values()
    return [values.get(year) for year in years]
