"""Workplaces beside what was printed: industry officially and by Nutter, and the first plan."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from math import nan
from typing import Final

from sovplan.foundation.numbers import figure
from sovplan.foundation.words import say
from sovplan.history.nation import AFTER_WAR
from sovplan.history.series import series, sources
from sovplan.regimes.countries import HISTORY
from sovplan.report import svg
from sovplan.report.country_figures import author, statuses
from sovplan.report.country_parts import headed
from sovplan.report.parts import (
    Caption,
    Cell,
    Column,
    element,
    figure_of,
    joined,
    paragraph,
    table,
    text,
)
from sovplan.report.run_drawing import HERO, LOW, Axis, Stroke, paths
from sovplan.report.run_multiples import by_year
from sovplan.report.run_series import Seen, in_words, known
from sovplan.report.svg import Html
from sovplan.report.wording import year_name

INDEX: Final = "works/index/industry"
"""Series of industry over that of 1928."""
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
_PRODUCER: Final = "producer_goods_1926_27"
_BESIDE: Final[Mapping[str, tuple[str, ...]]] = {
    "heavy": (_PRODUCER, "steel"),
    "machines": ("machinery_output_1926_27",),
    "building": ("cement",),
    "light": ("consumer_goods_1926_27", "cotton_cloth"),
}
"""Series that stand beside each branch."""
_COMPARED: Final = 1937
"""Last year of the official sums in prices of 1926/27."""
_WIDE: Final = 144.0
"""Room for names of goods at the end of lines, px."""
_RAISED: Final = ("pig_iron", "tractors", "motor_vehicles")
_END: Final = 1932


def beside(seen: Seen) -> list[Html]:
    """Return branches of the run of history beside goods and sums that were printed of them."""
    course = next((each for each in seen.courses if each.name == HISTORY), None)
    if course is None or not {_BASE, _COMPARED} <= set(seen.years):
        return []
    ours = {branch: _indexed(seen, course.name, branch) for branch in _BESIDE}
    theirs = {branch: {name: _index(name, seen.years) for name in names}
              for branch, names in _BESIDE.items()}  # fmt: skip
    drawn = [_branch(seen, branch, ours[branch], theirs[branch]) for branch in _BESIDE]
    at = seen.years.index(_COMPARED)
    heavy = theirs["heavy"]
    told_of = [ours["heavy"][at], *(heavy[name][at] for name in ("steel", _PRODUCER))]
    made, steel, official = (figure(value if value is not None else nan) for value in told_of)
    caption = Caption(
        say("country_works.beside.finding", regime=seen.labels[course.name], made=made,
            steel=steel, official=official),
        say("country_works.beside.second"),
        " ".join([say("country_works.source"), _known_of(seen, theirs)]),
        (say("country_works.beside.meaning"),),
    )  # fmt: skip
    return [
        headed("country_works.beside"),
        figure_of(caption, element("div", joined(drawn), "panels"),
                  _beside_table(seen, ours, theirs)),
    ]  # fmt: skip


def _indexed(seen: Seen, regime: str, branch: str) -> list[float | None]:
    """Return what a branch made, 1928 = 100."""
    path = seen.of(regime, f"works/output/{branch}")
    base = seen.at(regime, f"works/output/{branch}", _BASE) or nan
    return [None if value is None else _HUNDRED * value / base for value in path]


def _branch(
    seen: Seen,
    branch: str,
    ours: Sequence[float | None],
    theirs: Mapping[str, Sequence[float | None]],
) -> Html:
    strokes = [
        *(Stroke("historical", path, say(f"country_works.beside.{name}"))
          for name, path in theirs.items()),
        Stroke("real", ours, say("country_works.past.real")),
    ]  # fmt: skip
    top = max(value for stroke in strokes for value in known(stroke.values))
    title = say(f"country_works.measure.{branch}")
    label = say("country_works.beside.label", branch=title)
    axis = Axis(replace(LOW, unit=say("country_works.beside.unit"), right=_WIDE), top, _HUNDRED)
    drawn = paths(label, seen.years, strokes, axis)
    return element("div", joined([element("h4", text(title)), drawn]), "panel")


def _known_of(seen: Seen, theirs: Mapping[str, Mapping[str, object]]) -> str:
    """Return whose the figures are, and how they are known."""
    there = [each for names in theirs.values() for name in names for each in series(name).figures
             if each.year in seen.years]  # fmt: skip
    keys = dict.fromkeys(each.source for each in there)
    names = in_words([author(sources()[key]) for key in keys])
    return " ".join([
        say("country_works.past.source", names=names.removesuffix(".")),
        say("country.known", counts=statuses(there)),
    ])  # fmt: skip


def _beside_table(
    seen: Seen,
    ours: Mapping[str, Sequence[float | None]],
    theirs: Mapping[str, Mapping[str, Sequence[float | None]]],
) -> Html:
    columns = [Column(say("runbook.col.year"), number=False)]
    values: list[Sequence[float | None]] = []
    for branch, path in ours.items():
        title = say(f"country_works.measure.{branch}")
        columns.append(Column(say("country_works.branches.real", branch=title)))
        values.append(path)
        for name, printed_path in theirs[branch].items():
            columns.append(Column(say(f"country_works.beside.{name}")))
            values.append(printed_path)
    return table(say("country_works.beside.caption"), columns, by_year(seen, values),
                 kind="compact years")  # fmt: skip


def printed(seen: Seen) -> dict[str, Html]:
    """Return the first plan as printed, and industry beside the run of history, by part."""
    parts = {}
    if _BASE in seen.years and any(course.name == HISTORY for course in seen.courses):
        parts["past"] = joined([
            headed("country_works.past"),
            _printed(seen),
        ])  # fmt: skip
    parts["plan"] = joined([
        headed("country_works.plan"), paragraph(say("country_works.plan.meaning")), _first_plan(),
    ])  # fmt: skip
    return parts


def base(seen: Seen) -> str:
    """Return what 100 is in the index of industry of a run."""
    return say(f"country_works.{'base_early' if seen.years[0] < AFTER_WAR else 'base'}")


_STYLES: Final[tuple[svg.Kind, ...]] = ("reported", "real", "historical", "historical")


def _printed(seen: Seen) -> Html:
    """Return industry as reported and made in the run of history, official and after Nutter."""
    course = next(each for each in seen.courses if each.name == HISTORY)
    ours = [seen.of(course.name, INDEX, kind) for kind in ("reported", "real")]
    theirs = [_index(name, seen.years) for name in (_OFFICIAL, _NUTTER)]
    names = [say(f"country_works.past.{key}") for key in ("reported", "real", "official", "nutter")]
    strokes = [
        Stroke(style, path, name)
        for style, path, name in zip(_STYLES, [*ours, *theirs], names, strict=True)
    ]
    top = max(value for stroke in strokes for value in known(stroke.values))
    axis = Axis(replace(HERO, unit=seen.units[INDEX], right=_ROOM), top, _HUNDRED)
    drawn = paths(say("country_works.past.label"), seen.years, strokes, axis)
    caption = Caption(
        _compared(seen, strokes, seen.labels[course.name]),
        say("country_works.past.second", base=base(seen)),
        " ".join([say("country_works.source"), say("country_works.past.source", names=_authors())]),
        (say("country_works.past.meaning"),),
    )
    columns = [Column(say("runbook.col.year"), number=False), *map(Column, names)]
    listing = table(say("country_works.past.caption", base=base(seen)), columns,
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
               made=made, official=official, nutter=nutter, base=base(seen))  # fmt: skip


def _index(name: str, years: Sequence[int]) -> list[float | None]:
    values = series(name).values()
    return [_HUNDRED * values[y] / values[_BASE] if y in values else None for y in years]


def _authors() -> str:
    keys = dict.fromkeys(each.source for n in (_OFFICIAL, _NUTTER) for each in series(n).figures)
    names = in_words([sources()[key].author or sources()[key].title for key in keys])
    return names.removesuffix(".")  # the sentence ends with a full stop of its own


def _first_plan() -> Html:
    columns = [
        Column(say("country_works.plan.good"), number=False),
        Column(say("country_works.plan.unit"), number=False),
        *[Column(say(f"country_works.plan.{key}"))
          for key in ("adopted", "raised", "result", "share")],
    ]  # fmt: skip
    plans = [series(f"{good}_plan1_optimal") for good in _GOODS]
    results = [series(name) for name in _GOODS.values()]
    names = dict.fromkeys(
        [each.source for one in plans for each in one.figures]
        + [each.source for one in results for each in one.figures if each.year == _END]
    )
    said = in_words([author(sources()[key]) for key in names]).removesuffix(".")
    remark = say("country_works.past.source", names=said)
    return table(say("country_works.plan.caption"), columns, list(_plan_rows()), kind="compact",
                 remark=remark)  # fmt: skip


def _plan_rows() -> Iterator[list[Cell]]:
    for good, name in _GOODS.items():
        result, plan = series(name), series(f"{good}_plan1_optimal")
        adopted = plan.figures[0].value
        raised = series(f"{good}_plan1_raised").figures[0].value if good in _RAISED else None
        reached = result.values()[_END]
        title = plan.title.partition(",")[0]
        unit = plan.figures[0].unit
        yield [title, unit, adopted, raised, reached, _HUNDRED * reached / adopted]
