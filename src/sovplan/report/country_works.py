"""The chapter of workplaces in the book of the country: targets, reports, truth."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import product
from typing import Final, Literal

from sovplan.foundation.numbers import figure
from sovplan.foundation.words import say
from sovplan.records.run import Course, Kind
from sovplan.report.country_branches import growth
from sovplan.report.country_parts import behind, folded, headed
from sovplan.report.country_twice import twice
from sovplan.report.country_works_past import INDEX, base, beside, printed
from sovplan.report.parts import (
    Caption,
    Chapter,
    Column,
    element,
    figure_of,
    joined,
    table,
)
from sovplan.report.run_drawing import LOW, Axis, Stroke, paths
from sovplan.report.run_keys import kinds_key, regime_name
from sovplan.report.run_multiples import Item, by_year, clauses, multiples
from sovplan.report.run_series import Seen, known
from sovplan.report.svg import Html
from sovplan.report.wording import year_name

_BRANCHES: Final = ("heavy", "machines", "building", "light", "services")
_PAPERS: Final = ("padded", "slack", "withheld", "untrue")
_CHECKS: Final = ("found", "chance", "distortion", "errors", "spread")
_PAY: Final = ("norms", "norms_met", "piece_pay", "bonus", "bonus_part", "bonus_false")
_HASTE: Final = {
    "taut_heavy": "works/taut/heavy",
    "taut_light": "works/taut/light",
    "quality_heavy": "works/quality/heavy",
    "late_heavy": "works/late/heavy",
}
_HUNDRED: Final = 100.0
_ROOM: Final = 110.0
"""Room for names at the end of lines, px."""


def works_chapters(seen: Seen) -> list[Chapter]:
    """Return what workplaces were asked, said and made, and how: taut, late, with lies."""
    return [works_chapter(seen), haste_chapter(seen)]


def works_chapter(seen: Seen) -> Chapter:
    """Return the chapter: targets, reports and truth of workplaces, beside what was printed."""
    drawn = {
        "branches": growth(seen, _BRANCHES),
        "beside": joined(beside(seen)),
        "fulfilment": joined([headed("country_works.fulfilment"), _fulfilment(seen)]),
        **printed(seen),
    }
    body = [
        behind(say("country_works.meaning"), say("country_works.assumed")),
        _truth(seen),
        *folded("country_works", drawn, [key for key in drawn if key != "branches"]),
    ]
    return Chapter("works", say("country_works.chapter"), joined(body))


def haste_chapter(seen: Seen) -> Chapter:
    """Return the chapter on taut targets, quality and what reports hide and add."""
    drawn = {
        "haste": joined([headed("country_works.haste"), _haste(seen), twice(seen, "quality")]),
        "papers": joined([headed("country_works.papers"), _papers(seen)]),
        "checks": joined([
            headed("country_works.checks"), _checks(seen), twice(seen, "distortion"),
        ]),
        "apart": joined([headed("country_works.apart"), _apart(seen)]),
        "pay": joined([headed("country_works.pay"), _pay(seen)]),
    }  # fmt: skip
    parts = folded("country_works", drawn, ("checks", "apart", "pay"))
    return Chapter("haste", say("country_works.haste_chapter"), joined(parts))


# ---- target, report, truth -----------------------------------------------------------------------


def _truth(seen: Seen) -> Html:
    """Return a panel for each regime: the target, what was reported and what was made."""
    drawn = []
    top = max(value for path in _all(seen) for value in known(path))
    for place, course in enumerate(seen.courses):
        planned, reported, real = (_path(seen, course, kind) for kind in _KINDS)
        strokes = [Stroke("plan", planned), Stroke("reported", reported), Stroke("real", real)]
        label = say("country_works.label", regime=seen.labels[course.name])
        axis = Axis(replace(LOW, unit=seen.units[INDEX]), top, _HUNDRED)
        panel = paths(label, seen.years, strokes, axis, hatched=True)
        heading = element("h3", regime_name(place, seen.labels[course.name]))
        drawn.append(element("div", joined([heading, panel]), "panel"))
    caption = Caption(
        say("country_works.truth.finding", year=year_name(seen.years[-1]),
            clauses=clauses(seen, lambda course: _came(seen, course))),
        say("country_works.truth.second", base=base(seen)),
        say("country_works.source"),
    )  # fmt: skip
    legend = kinds_key(("plan", "reported", "real"), hatched=True)
    return figure_of(
        caption, joined([legend, element("div", joined(drawn), "panels")]), _truth_table(seen)
    )


_KINDS: Final[tuple[Kind, ...]] = ("planned", "reported", "real")


def _path(seen: Seen, course: Course, kind: Kind) -> list[float | None]:
    return seen.of(course.name, INDEX, kind)


def _all(seen: Seen) -> list[list[float | None]]:
    return [_path(seen, course, kind) for course in seen.courses for kind in _KINDS]


def _came(seen: Seen, course: Course) -> str:
    name, year = "works/fulfilment/industry", seen.years[-1]
    said, made = (seen.at(course.name, name, year, kind) for kind in ("reported", "real"))
    return say("country_works.truth.came", regime=seen.labels[course.name],
               said=figure(said or 0.0), made=figure(made or 0.0))  # fmt: skip


def _truth_table(seen: Seen) -> Html:
    columns = [Column(say("runbook.col.year"), number=False)]
    for course in seen.courses:
        regime = seen.labels[course.name]
        columns += [
            Column(say("country_works.truth.target", regime=regime)),
            Column(say("country_works.truth.reported", regime=regime)),
            Column(say("country_works.truth.real", regime=regime)),
        ]
    rows = by_year(seen, _all(seen))
    return table(
        say("country_works.truth.caption", base=base(seen)), columns, rows, kind="compact years"
    )


# ---- small panels --------------------------------------------------------------------------------


def _fulfilment(seen: Seen) -> Html:
    items = [_item(seen, name, f"works/fulfilment/{name}") for name in _BRANCHES]

    def least(course: Course) -> str:
        return _extreme(seen, course, "works/fulfilment/heavy", min, "fulfilment")

    said = say("country_works.fulfilment.finding", clauses=clauses(seen, least))
    caption = Caption(said, say("country_works.fulfilment.second"), say("country_works.source"))
    return multiples(seen, caption, items, reference=_HUNDRED)


def _apart(seen: Seen) -> Html:
    """Return a panel for each regime: the tenths of workplaces that did worst and best."""
    rows = {course.name: _tenths(seen, course) for course in seen.courses}
    top = max(value for found in rows.values() for path in found for value in known(path))
    drawn = []
    for place, course in enumerate(seen.courses):
        names = [say(f"country_works.apart.{key}") for key in ("low", "high")]
        strokes = [
            Stroke(style, path, name)
            for (style, name), path in zip(product(_SAID, names), rows[course.name], strict=True)
        ]
        label = say("country_works.apart.label", regime=seen.labels[course.name])
        panel = replace(LOW, unit=seen.units["works/fulfilment_p10"], right=_ROOM)
        axis = Axis(panel, top, _HUNDRED)
        heading = element("h3", regime_name(place, seen.labels[course.name]))
        inner = joined([heading, paths(label, seen.years, strokes, axis)])
        drawn.append(element("div", inner, "panel"))

    def widest(course: Course) -> str:
        return _extreme(seen, course, "works/spread", max, "apart")

    caption = Caption(
        say("country_works.apart.finding", clauses=clauses(seen, widest)),
        say("country_works.apart.second"),
        say("country_works.source"),
    )
    legend = kinds_key(("reported", "real"))
    columns = [Column(say("runbook.col.year"), number=False)]
    for course in seen.courses:
        regime = seen.labels[course.name]
        columns += [
            Column(say(f"country_works.apart.col_{key}", regime=regime))
            for key in ("low_reported", "high_reported", "low", "high")
        ]
    listing = table(say("country_works.apart.caption"), columns,
                    by_year(seen, [path for found in rows.values() for path in found]),
                    kind="compact years")  # fmt: skip
    return figure_of(caption, joined([legend, element("div", joined(drawn), "panels")]), listing)


_SAID: Final[tuple[Literal["reported", "real"], ...]] = ("reported", "real")


def _tenths(seen: Seen, course: Course) -> list[list[float | None]]:
    return [
        seen.of(course.name, f"works/fulfilment_{tenth}", kind)
        for kind, tenth in product(_SAID, ("p10", "p90"))
    ]


def _papers(seen: Seen) -> Html:
    return _most(seen, _PAPERS, "untrue", "papers")


def _checks(seen: Seen) -> Html:
    return _most(seen, _CHECKS, "found", "checks")


def _most(seen: Seen, names: Sequence[str], most: str, group: str) -> Html:
    """Return a group of figures of workplaces; its headline tells when one of them was greatest."""
    items = [_item(seen, name, f"works/{name}") for name in names]

    def greatest(course: Course) -> str:
        return _extreme(seen, course, f"works/{most}", max, group)

    said = say(f"country_works.{group}.finding", clauses=clauses(seen, greatest))
    caption = Caption(said, say(f"country_works.{group}.second"), say("country_works.source"))
    return multiples(seen, caption, items)


def _pay(seen: Seen) -> Html:
    return _most(seen, _PAY, "norms", "pay")


def _haste(seen: Seen) -> Html:
    items = [_item(seen, key, name) for key, name in _HASTE.items()]

    def least(course: Course) -> str:
        return _extreme(seen, course, "works/quality/heavy", min, "haste")

    said = say("country_works.haste.finding", clauses=clauses(seen, least))
    caption = Caption(said, say("country_works.haste.second"), say("country_works.source"))
    return multiples(seen, caption, items)


def _item(seen: Seen, key: str, name: str) -> Item:
    unit, title = seen.units[name], say(f"country_works.measure.{key}")
    values = [seen.of(course.name, name) for course in seen.courses]
    return Item(title, say("country_works.caption", name=title, unit=unit), values, unit)


def _extreme(
    seen: Seen,
    course: Course,
    name: str,
    of: Callable[[Sequence[tuple[float, int]]], tuple[float, int]],
    key: str,
) -> str:
    """Return least or greatest value of a series under a regime, with its year."""
    path = zip(seen.of(course.name, name), seen.years, strict=True)
    value, year = of([(value, year) for value, year in path if value is not None])
    spoken = {"value": figure(value), "year": year_name(year)}
    return say(f"country_works.{key}.came", regime=seen.labels[course.name], **spoken)
