"""The chapter of workplaces in the book of the country: targets, reports, truth."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from sovplan.foundation.numbers import figure
from sovplan.foundation.words import say
from sovplan.history.series import series, sources
from sovplan.records.run import Course, Kind
from sovplan.regimes.countries import HISTORY
from sovplan.report import svg
from sovplan.report.parts import (
    Caption,
    Cell,
    Chapter,
    Column,
    details,
    element,
    figure_of,
    joined,
    paragraph,
    table,
    told,
)
from sovplan.report.run_drawing import HERO, LOW, Axis, Stroke, kinds_key, paths, regime_name
from sovplan.report.run_multiples import Item, by_year, clauses, multiples
from sovplan.report.run_series import Seen, in_words, known
from sovplan.report.svg import Html
from sovplan.report.wording import year_name

_INDEX: Final = "works/index/industry"
_BRANCHES: Final = ("heavy", "machines", "building", "light", "services")
_PAPERS: Final = (
    "slack", "padded", "withheld", "untrue", "found", "chance", "distortion", "errors", "spread",
)  # fmt: skip
_HASTE: Final = {
    "taut_heavy": "works/taut/heavy",
    "taut_light": "works/taut/light",
    "quality_heavy": "works/quality/heavy",
    "late_heavy": "works/late/heavy",
}
_HUNDRED: Final = 100.0
_ROOM: Final = 110.0
"""Room for names at the end of lines, px."""
_BASE: Final = 1928
_OFFICIAL, _NUTTER = "industry_official", "industry_nutter"
_GOODS: Final = {
    "pig_iron": "pig_iron", "coal": "coal", "oil": "oil", "steel": "steel",
    "electricity": "electricity", "tractors": "tractors", "motor_vehicles": "motor_vehicles",
    "machinery": "machinery_output_1926_27", "producer_goods": "producer_goods_1926_27",
    "consumer_goods": "consumer_goods_1926_27", "wool_cloth": "wool_cloth",
    "superphosphates": "superphosphates", "employed": "employed_by_plan_tables",
}  # fmt: skip
"""Goods of the first plan and the series of what came of them."""
_RAISED: Final = ("pig_iron", "tractors", "motor_vehicles")
_END: Final = 1932


def works_chapter(seen: Seen) -> Chapter:
    """Return the chapter: targets, reports and truth of workplaces, beside what was printed."""
    body = [
        paragraph(say("country_works.meaning")),
        element("p", told("country_works.assumed"), "note"),
        _truth(seen),
        _fulfilment(seen),
        _papers(seen),
        _haste(seen),
    ]
    if _BASE in seen.years and any(course.name == HISTORY for course in seen.courses):
        body += [
            element("h3", told("country_works.past.title")),
            paragraph(say("country_works.past.meaning")),
            _printed(seen),
        ]
    body += [
        element("h3", told("country_works.plan.title")),
        paragraph(say("country_works.plan.meaning")),
        details(say("country_works.plan.open"), _first_plan()),
    ]
    return Chapter("works", say("country_works.chapter"), joined(body))


# ---- target, report, truth -----------------------------------------------------------------------


def _truth(seen: Seen) -> Html:
    """Return a panel for each regime: the target, what was reported and what was made."""
    drawn = []
    top = max(value for path in _all(seen) for value in known(path))
    for place, course in enumerate(seen.courses):
        planned, reported, real = (_path(seen, course, kind) for kind in _KINDS)
        strokes = [Stroke("plan", planned), Stroke("reported", reported), Stroke("real", real)]
        label = say("country_works.label", regime=seen.labels[course.name])
        axis = Axis(replace(LOW, unit=seen.units[_INDEX]), top, _HUNDRED)
        panel = paths(label, seen.years, strokes, axis, hatched=True)
        heading = element("h3", regime_name(place, seen.labels[course.name]))
        drawn.append(element("div", joined([heading, panel]), "panel"))
    caption = Caption(
        say("country_works.truth.finding", year=year_name(seen.years[-1]),
            clauses=clauses(seen, lambda course: _came(seen, course))),
        say("country_works.truth.second"),
        say("country_works.source"),
    )  # fmt: skip
    legend = kinds_key(("plan", "reported", "real"), hatched=True)
    return figure_of(
        caption, joined([legend, element("div", joined(drawn), "panels")]), _truth_table(seen)
    )


_KINDS: Final[tuple[Kind, ...]] = ("planned", "reported", "real")


def _path(seen: Seen, course: Course, kind: Kind) -> list[float | None]:
    return seen.of(course.name, _INDEX, kind)


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
    return table(say("country_works.truth.caption"), columns, rows, kind="compact years")


# ---- small panels --------------------------------------------------------------------------------


def _fulfilment(seen: Seen) -> Html:
    items = [_item(seen, name, f"works/fulfilment/{name}") for name in _BRANCHES]

    def least(course: Course) -> str:
        return _extreme(seen, course, "works/fulfilment/heavy", min, "fulfilment")

    said = say("country_works.fulfilment.finding", clauses=clauses(seen, least))
    caption = Caption(said, say("country_works.fulfilment.second"), say("country_works.source"))
    return multiples(seen, caption, items, reference=_HUNDRED)


def _papers(seen: Seen) -> Html:
    items = [_item(seen, name, f"works/{name}") for name in _PAPERS]

    def most(course: Course) -> str:
        return _extreme(seen, course, "works/untrue", max, "papers")

    said = say("country_works.papers.finding", clauses=clauses(seen, most))
    caption = Caption(said, say("country_works.papers.second"), say("country_works.source"))
    return multiples(seen, caption, items)


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


# ---- beside what was printed ---------------------------------------------------------------------


_STYLES: Final[tuple[svg.Kind, ...]] = ("reported", "real", "historical", "historical")


def _printed(seen: Seen) -> Html:
    """Return industry as reported and made in the run of history, official and after Nutter."""
    course = next(each for each in seen.courses if each.name == HISTORY)
    ours = [seen.of(course.name, _INDEX, kind) for kind in ("reported", "real")]
    theirs = [_index(name, seen.years) for name in (_OFFICIAL, _NUTTER)]
    names = [say(f"country_works.past.{key}") for key in ("reported", "real", "official", "nutter")]
    strokes = [
        Stroke(style, path, name)
        for style, path, name in zip(_STYLES, [*ours, *theirs], names, strict=True)
    ]
    top = max(value for stroke in strokes for value in known(stroke.values))
    axis = Axis(replace(HERO, unit=seen.units[_INDEX], right=_ROOM), top, _HUNDRED)
    drawn = paths(say("country_works.past.label"), seen.years, strokes, axis)
    caption = Caption(
        _compared(seen, strokes, seen.labels[course.name]),
        say("country_works.past.second"),
        " ".join([say("country_works.source"), say("country_works.past.source", names=_authors())]),
    )
    columns = [Column(say("runbook.col.year"), number=False), *map(Column, names)]
    listing = table(say("country_works.past.caption"), columns,
                    by_year(seen, [*ours, *theirs]), kind="compact years")  # fmt: skip
    return figure_of(caption, element("div", element("div", drawn, "panel"), "panels"), listing)


def _compared(seen: Seen, strokes: Sequence[Stroke], regime: str) -> str:
    """Return what stands beside each other in the last year that all four have."""
    year, values = max(
        (year, values)
        for year, *values in zip(seen.years, *(stroke.values for stroke in strokes), strict=True)
        if len(known(values)) == len(strokes)
    )
    said, made, official, nutter = map(figure, values)
    return say("country_works.past.finding", regime=regime, year=year_name(year), said=said,
               made=made, official=official, nutter=nutter)  # fmt: skip


def _index(name: str, years: Sequence[int]) -> list[float | None]:
    values = series(name).values()
    return [_HUNDRED * values[y] / values[_BASE] if y in values else None for y in years]


def _authors() -> str:
    keys = dict.fromkeys(each.source for n in (_OFFICIAL, _NUTTER) for each in series(n).figures)
    return in_words([sources()[key].author or sources()[key].title for key in keys])


def _first_plan() -> Html:
    columns = [
        Column(say("country_works.plan.good"), number=False),
        Column(say("country_works.plan.unit"), number=False),
        *[Column(say(f"country_works.plan.{key}"))
          for key in ("adopted", "raised", "result", "share")],
    ]  # fmt: skip
    return table(say("country_works.plan.caption"), columns, list(_plan_rows()), kind="compact")


def _plan_rows() -> Iterator[list[Cell]]:
    for good, name in _GOODS.items():
        result, plan = series(name), series(f"{good}_plan1_optimal")
        adopted = plan.figures[0].value
        raised = series(f"{good}_plan1_raised").figures[0].value if good in _RAISED else None
        reached = result.values()[_END]
        title = plan.title.partition(",")[0]
        unit = plan.figures[0].unit
        yield [title, unit, adopted, raised, reached, _HUNDRED * reached / adopted]
