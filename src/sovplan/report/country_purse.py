"""The grain strike in the book of the country: history beside history with money of the village."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from sovplan.foundation.numbers import figure
from sovplan.foundation.words import say
from sovplan.history.nation import QUARTERS
from sovplan.history.series import series, sources
from sovplan.records.run import Course
from sovplan.report.country_parts import headed, regime_titles
from sovplan.report.parts import (
    NOTHING,
    Caption,
    Cell,
    Column,
    element,
    figure_of,
    joined,
    table,
    told,
)
from sovplan.report.run_drawing import LOW, Axis, Stroke, paths
from sovplan.report.run_series import Seen, in_words, known
from sovplan.report.svg import Html
from sovplan.report.wording import year_name

_YEARS: Final = (1926, 1927, 1928)
_PANELS: Final = {"delivered": "delivered", "kept_back": "kept_back", "short": "", "cash": ""}
"""Series of the run with money, and of history without it where there is one."""
_HALVES: Final = ((1926, 2), (1927, 1), (1927, 2), (1928, 1))
"""Half-years of the two agricultural years that were told."""
_TOLD: Final = "grain_procurement_half_year"
_WHOLE: Final = "grain_procurement"
_SECOND: Final = 2
_RIGHT: Final = 92.0


def part(seen: Seen) -> Html:
    """Return the section; nothing where the run holds no history of 1926 to 1928."""
    course = next((each for each in seen.courses if _there(seen, each)), None)
    if course is None:
        return NOTHING
    times = [4 * year + quarter - 1 for year in _YEARS for quarter in QUARTERS]
    drawn = [_panel(seen, course, name, times) for name in _PANELS]
    caption = Caption(
        _finding(seen, course),
        say("country_markets.purse.second", regime=seen.labels[course.name]),
        say("country_markets.purse.source", names=in_words(_authors())),
        (
            say("country_markets.purse.meaning", **regime_titles()),
            say("country_markets.purse.limit"),
        ),
    )
    return joined([
        headed("country_markets.purse"),
        figure_of(
            caption,
            joined([element("div", joined(drawn), "panels"), _halves(seen, course)]),
            _quarters(seen, course),
        ),
    ])  # fmt: skip


def _there(seen: Seen, course: Course) -> bool:
    return all(seen.at(course.name, "purse/delivered/4", year) is not None for year in _YEARS)


def _path(seen: Seen, course: Course, name: str) -> list[float | None]:
    return [
        seen.at(course.name, f"{name}/{quarter}", year) for year in _YEARS for quarter in QUARTERS
    ]


def _panel(seen: Seen, course: Course, name: str, times: Sequence[int]) -> Html:
    money = _path(seen, course, f"purse/{name}")
    strokes = [Stroke("second", money, say("country_markets.purse.with"))]
    if usual := _PANELS[name]:
        without = say("country_markets.purse.without")
        strokes.append(Stroke("real", _path(seen, course, usual), without))
    top = max(value for stroke in strokes for value in known(stroke.values))
    axis = Axis(replace(LOW, unit=seen.units[f"purse/{name}/1"], right=_RIGHT), top)
    title = say(f"country_markets.purse.{name}")
    ends = known(money)
    label = say("country_markets.purse.label", name=title, first=figure(ends[0]),
                last=figure(ends[-1]))  # fmt: skip
    feet = {4 * year: year_name(year) for year in _YEARS}
    panel = paths(label, times, strokes, axis, feet=feet)
    return element("div", joined([element("h4", told(f"country_markets.purse.{name}")), panel]),
                   "panel")  # fmt: skip


def _finding(seen: Seen, course: Course) -> str:
    said = {}
    for name, series_ in (("usual", "delivered/4"), ("money", "purse/delivered/4")):
        for key, year in ((name, 1927), (f"{name}_before", 1926)):
            said[key] = figure(seen.at(course.name, series_, year) or 0.0)
    return say("country_markets.purse.finding", **said)


def _authors() -> list[str]:
    keys = dict.fromkeys(
        each.source for name in (_TOLD, _WHOLE) for each in series(name).figures
    )  # fmt: skip
    return [
        say("country.author", name=one.author, year=one.year)
        for one in (sources()[key] for key in keys)
    ]


def _quarters(seen: Seen, course: Course) -> Html:
    columns = [Column(say("runbook.col.year"), number=False)]
    paths_ = []
    for name, usual in _PANELS.items():
        title = say(f"country_markets.purse.{name}")
        if usual:
            columns.append(Column(f"{title}, {say('country_markets.purse.without')}"))
            paths_.append(_path(seen, course, usual))
        columns.append(Column(f"{title}, {say('country_markets.purse.with')}"))
        paths_.append(_path(seen, course, f"purse/{name}"))
    names = [f"{year} {say('country.quarter', quarter=q)}" for year in _YEARS for q in QUARTERS]
    rows: list[list[Cell]] = [
        [name, *(path[at] for path in paths_)] for at, name in enumerate(names)
    ]
    return table(say("country_markets.purse.each"), columns, rows, kind="compact years",
                 hidden=True)  # fmt: skip


def _halves(seen: Seen, course: Course) -> Html:
    """Return deliveries by half-year: as it was, with money, printed."""
    heads = ("half", "without", "with", "printed")
    columns = [Column(say(f"country_markets.purse.{head}"), number=head != "half")
               for head in heads]  # fmt: skip
    rows: list[list[Cell]] = []
    for year, half in _HALVES:
        key = "last" if half == _SECOND else "first"
        sums = [_sum(seen, course, name, year, half) for name in ("delivered", "purse/delivered")]
        name = say(f"country_markets.purse.{key}", year=year_name(year))
        rows.append([name, *sums, printed(year, half)])
    return table(say("country_markets.purse.caption"), columns, rows, kind="compact")


def _sum(seen: Seen, course: Course, name: str, year: int, half: int) -> float:
    quarters = QUARTERS[2:] if half == _SECOND else QUARTERS[:2]
    return sum(seen.at(course.name, f"{name}/{quarter}", year) or 0.0 for quarter in quarters)


def printed(year: int, half: int) -> float:
    """Return what was told to be delivered in half a year; from January what is left of it."""
    autumn = series(_TOLD).values()
    return autumn[year] if half == _SECOND else series(_WHOLE).values()[year] - autumn[year - 1]
