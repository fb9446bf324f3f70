"""The chapter on markets of the book of the country: scissors, queues, second economy, trade."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from sovplan.foundation.numbers import figure
from sovplan.foundation.words import say
from sovplan.history.nation import QUARTERS
from sovplan.records.run import Course
from sovplan.records.scenario import Country
from sovplan.regimes.model import changed_parameters
from sovplan.report import country_purse
from sovplan.report.country_figures import group
from sovplan.report.country_parts import behind, folded, headed, regime_titles
from sovplan.report.country_prices import prices
from sovplan.report.parts import (
    NOTHING,
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
)
from sovplan.report.run_drawing import Axis, Stroke, paths, sized
from sovplan.report.run_keys import regime_name
from sovplan.report.run_series import Seen, known
from sovplan.report.svg import Html
from sovplan.report.wording import year_name
from sovplan.society.nation.closing import PEAK, Closing, Time, closing

_UNTIL: Final[tuple[Time, ...]] = ((1924, 2), (1924, 4), (1925, 4))
"""Quarters at which the fall of the price is parted."""
_COLUMNS: Final = {"charged_price": "price", "village_goods": "village_goods",
                   "net_grain": "net_grain"}  # fmt: skip
"""Column of the model and series of the run."""
_FAMINE: Final = range(1924, 1930)
"""Years of the figure of shortages by quarter."""
_NAMED: Final = (1926, 1927)
"""Years of the famine of goods that the book is asked for."""
_LACKS: Final = ("behind", "queue", "lacking")
"""Series of the shortages: behind the set price, of towns, of the village."""
_EACH: Final = 2
"""Years between names under the axis; also the panels in a row, which are large enough for it."""
_RATIONS: Final = (1926, 1929, 1930, 1931, 1932, 1933, 1934, 1935, 1937, 1940)
_CATEGORIES: Final = ("closed", "priority", "worker", "employee", "dependant")
_QUEUE: Final = ("town_short", "queue_hours", "free_over", "overhang")
_SHADOW: Final = ("shadow_share", "theft_share", "officials_cut")
_ABROAD: Final = ("exports_gold", "imports_gold", "machinery_share", "other_imports",
                  "trade_terms", "grain_for_machines")  # fmt: skip
_FOLDED: Final = ("rations", "abroad")
"""Figures that open on demand."""
_HUNDRED: Final = 100.0
_RIGHT: Final = 84.0
"""Room for names at the end of lines."""


def scissors_chapter(seen: Seen, country: Country) -> Chapter:
    """Return the chapter on prices: the scissors, what closed them, and the goods famine."""
    parts = [
        prices(seen, country),
        _scissors(seen, country),
        _famine(seen),
    ]
    return Chapter("prices", say("country.chapter.prices"), joined(parts))


def chapter(seen: Seen) -> Chapter:
    """Return the chapter on the grain strike, queues, the second economy and trade abroad."""
    drawn = {
        "purse": country_purse.part(seen),
        "queue": _group(seen, "queue", _QUEUE),
        "shadow": _group(seen, "shadow", _SHADOW),
        "rations": joined([headed("country_markets.rations"), _rations(seen)]),
        "abroad": _group(seen, "abroad", _ABROAD, "abroad"),
    }
    parts = [
        behind(say("country_markets.meaning")),
        *folded("country_markets", drawn, _FOLDED),
    ]
    return Chapter("markets", say("country_markets.title"), joined(parts))


def _group(seen: Seen, key: str, measures: Sequence[str], second: str = "first") -> Html:
    meaning = say(f"country_markets.{key}.meaning")
    drawn = group(seen, second, measures, peak=True, meaning=meaning)
    return joined([headed(f"country_markets.{key}"), drawn])


# ---- the scissors --------------------------------------------------------------------------------


def _scissors(seen: Seen, country: Country) -> Html:
    found = {course.name: _parts(seen, course, country) for course in seen.courses}
    first = seen.courses[0].name
    if not found[first]:
        return NOTHING
    rows: list[list[Cell]] = [
        [
            say("country_markets.closing.where", regime=seen.labels[name],
                quarter=each.until[1], year=year_name(each.until[0])),
            *(_HUNDRED * value for value in (each.total, each.goods, each.grain, each.rule)),
        ]
        for name, parts in found.items()
        if name == first or parts != found[first]
        for each in parts
    ]  # fmt: skip
    columns = [Column(say("country_markets.closing.quarter"), number=False)]
    columns += [
        Column(say(f"country_markets.closing.{key}")) for key in ("total", "goods", "grain", "rule")
    ]
    listing = table(say("country_markets.closing.caption"), columns, rows, kind="compact long")
    caption = Caption(
        _closed(seen.labels[first], found[first]),
        say("country_markets.closing.second"),
        say("country_markets.closing.source"),
        (say("country_markets.closing.meaning"), say("country_markets.closing.limit")),
    )
    return joined([headed("country_markets.closing"), figure_of(caption, listing)])


def _closed(regime: str, parts: Sequence[Closing]) -> str:
    at = next((each for each in parts if each.until == (1924, 4)), parts[-1])
    shares = {name: getattr(at, name) / at.total for name in ("rule", "goods", "grain")}
    said = {name: _percent(share) for name, share in shares.items()}
    fall = figure(_HUNDRED * at.total)
    return say("country_markets.closing.finding", regime=regime, fall=fall, **said)


def _percent(share: float) -> str:
    return f"{_HUNDRED * share:.0f} %"


def _parts(seen: Seen, course: Course, country: Country) -> list[Closing]:
    """Return the parts of the fall; none unless the run has all their quarters, and prices fell."""
    at = _quarters(seen, course)
    parameters = changed_parameters(country.parameters, beyond=True)
    parts = [closing(at, until, parameters) for until in _UNTIL if {PEAK, until} <= set(at)]
    return parts if all(each.total for each in parts) else []


def _quarters(seen: Seen, course: Course) -> Mapping[Time, Mapping[str, float]]:
    found: dict[Time, dict[str, float]] = {}
    for year in seen.years:
        for quarter in QUARTERS:
            row = {
                column: seen.at(course.name, f"{series}/{quarter}", year)
                for column, series in _COLUMNS.items()
            }
            there = {column: value for column, value in row.items() if value is not None}
            if len(there) == len(row):
                found[year, quarter] = there
    return found


# ---- the famine of goods -------------------------------------------------------------------------


def _famine(seen: Seen) -> Html:
    years = [year for year in seen.years if year in _FAMINE]
    if len(years) < len(QUARTERS):
        return NOTHING
    times = [4 * year + quarter - 1 for year in years for quarter in QUARTERS]
    feet = {4 * year: year_name(year) for year in years[::_EACH]}
    rows = {
        course.name: [_path(seen, course, name, years) for name in _LACKS]
        for course in seen.courses
    }
    top = max(value for both in rows.values() for path in both for value in known(path))
    size, grid = sized(min(len(rows), _EACH))
    drawn = []
    for place, course in enumerate(seen.courses):
        behind, towns, village = rows[course.name]
        label = say("country_markets.famine.label", regime=seen.labels[course.name],
                    most=figure(max(known(behind))))  # fmt: skip
        strokes = [
            Stroke("second", towns, say("country_markets.famine.towns")),
            Stroke("real", behind, say("country_markets.famine.behind")),
        ]
        if any(known(village)):
            strokes.insert(0, Stroke("third", village, say("country_markets.famine.village")))
        axis = Axis(replace(size, unit=seen.units["behind/1"], right=_RIGHT), top)
        heading = element("h3", regime_name(place, seen.labels[course.name]))
        panel = joined([heading, paths(label, times, strokes, axis, feet=feet)])
        drawn.append(element("div", panel, "panel"))
    caption = Caption(
        _most(seen, rows[seen.courses[0].name][0], times),
        say("country_markets.famine.second"),
        say("country_markets.famine.source"),
        (
            say("country_markets.famine.meaning"),
            say("country_markets.famine.choice", **regime_titles()),
        ),
    )
    listing = _famine_table(seen, rows, times)
    shown = figure_of(caption, element("div", joined(drawn), grid), listing)
    return joined([headed("country_markets.famine"), shown])


def _most(seen: Seen, path: Sequence[float | None], times: Sequence[int]) -> str:
    """Return when most was lacking in the years that are called a famine of goods, and in all."""
    by_time = {time: value for time, value in zip(times, path, strict=True) if value is not None}
    named = {time: value for time, value in by_time.items() if time // len(QUARTERS) in _NAMED}
    words = [
        {"quarter": at % 4 + 1, "year": year_name(at // 4), "value": _percent(found[at])}
        for found in (named or by_time, by_time)
        for at in [max(found, key=found.__getitem__)]
    ]
    most = {f"most_{key}": value for key, value in words[1].items()}
    regime = seen.labels[seen.courses[0].name]
    return say("country_markets.famine.finding", regime=regime, **words[0], **most)


def _path(seen: Seen, course: Course, name: str, years: Sequence[int]) -> list[float | None]:
    return [seen.at(course.name, f"{name}/{quarter}", year)
            for year in years for quarter in QUARTERS]  # fmt: skip


def _famine_table(
    seen: Seen, rows: Mapping[str, list[list[float | None]]], times: Sequence[int]
) -> Html:
    columns = [Column(say("runbook.col.year"), number=False)]
    for course in seen.courses:
        for name in ("behind", "towns", "village"):
            what = say(f"country_markets.famine.{name}")
            columns.append(Column(f"{seen.labels[course.name]}: {what}"))
    body: list[list[Cell]] = [
        [f"{time // 4} {say('country.quarter', quarter=time % 4 + 1)}",
         *(path[at] for both in rows.values() for path in both)]
        for at, time in enumerate(times)
    ]  # fmt: skip
    return table(say("country_markets.famine.caption"), columns, body, kind="compact years",
                 hidden=True)  # fmt: skip


# ---- rations -------------------------------------------------------------------------------------


def _rations(seen: Seen) -> Html:
    years = [year for year in _RATIONS if year in seen.years]
    columns = [Column(say("runbook.col.year"), number=False)]
    columns += [Column(say(f"country_markets.rations.{name}")) for name in _CATEGORIES]
    listings = []
    for course in seen.courses:
        rows: list[list[Cell]] = [
            [year_name(year), *(seen.at(course.name, f"got_{name}", year) for name in _CATEGORIES)]
            for year in years
        ]
        caption = say("country_markets.rations.caption", regime=seen.labels[course.name])
        listings.append(table(caption, columns, rows, kind="compact years"))
    rest = [details(say("country_markets.rations.others"), joined(listings[1:]))] * bool(
        listings[1:]
    )
    under = paragraph(say("country_markets.rations.source"), "source")
    said = [paragraph(say(f"country_markets.rations.{key}")) for key in ("meaning", "village")]
    return joined([*said, listings[0], under, *rest])
