"""The chapter on collapse and recovery in the book of a run of the country that begins in 1917."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from operator import itemgetter
from typing import Final

from sovplan.foundation.numbers import figure
from sovplan.foundation.words import say
from sovplan.history.nation import AFTER_WAR, FIRST_YEARS, early_rows, nation_inputs
from sovplan.records.run import CountryRun
from sovplan.regimes.model import model_parameters
from sovplan.report.country_figures import item, source
from sovplan.report.country_parts import folded, headed
from sovplan.report.parts import (
    NOTHING,
    Caption,
    Cell,
    Chapter,
    Column,
    element,
    figure_of,
    joined,
    listed,
    paragraph,
    table,
    text,
)
from sovplan.report.run_drawing import LOW, Axis, Stroke, paths
from sovplan.report.run_keys import kinds_key, regime_name
from sovplan.report.run_multiples import multiples
from sovplan.report.run_series import Seen, known, seen, sentence, worst
from sovplan.report.svg import Html
from sovplan.report.wording import year_name

_MEASURES: Final = (
    "product_head", "industry", "coordination", "harvest", "sown", "taken", "herd", "horses",
    "towns", "people",
)  # fmt: skip
_YEARS: Final = 12
"""Years of the chapter: 1917 to 1928."""
_BASE: Final = 1928
_FALLEN: Final = 1918
"""The year in which product a head had fallen most in print."""
_COUNT: Final = 1922
"""The year at whose end animals were first counted again."""
_RIGHT: Final = 132.0
"""Room for names at the end of lines."""
_STATE: Final = {
    "people": ("village", "town"),
    "towns": ("town",),
    "herd": ("herd",),
    "horses": ("horses",),
    "sown": ("sown",),
    "coordination": (),
}
"""Columns of the start of 1921 that make each measure; coordination is a parameter."""


def early(shown: Seen) -> bool:
    """Return whether a run begins before 1921."""
    return shown.years[0] < AFTER_WAR


def based(shown: Seen) -> Seen:
    """Return series of a run with the base of its indices in their units, if it begins early.

    The run comes by 1928 to other levels than history run from 1921, on which indices rest.
    """
    if not early(shown):
        return shown
    usual, base = shown.units["product"], say("country_collapse.unit")
    indices = {name: base for name, unit in shown.units.items() if unit == usual}
    return replace(shown, units={**shown.units, **indices})


def opening(shown: Seen, run: CountryRun) -> Iterator[str]:
    """Yield what the first screen says of a run that begins before 1921; nothing of another."""
    if not early(shown):
        return
    part = _part(shown, run)
    yield say("country_collapse.fall", least=_least(part))
    yield _base(part)


def _base(part: Seen) -> str:
    """Return what 100 is, and where 1928 of the run lies beside it, if the run gets so far."""
    words = [say("country_collapse.base")]
    course = part.courses[0]
    landed = part.at(course.name, "product", _BASE)
    if landed is not None:
        spoken = {"found": figure(landed), "regime": part.labels[course.name]}
        words.append(say("country_collapse.landed", **spoken))
    return " ".join(words)


def _joins(part: Seen) -> str:
    """Return what fits badly in January 1921; "" of a run that ends before."""
    course = part.courses[0]
    before = AFTER_WAR - 1
    over = {
        name: 100.0 * (value / start_of_1921(name) - 1.0)
        for name in ("herd", "horses")
        if (value := part.at(course.name, name, before)) is not None
    }
    head = part.at(course.name, _MEASURES[0], _FALLEN)
    printed = part.at("", _MEASURES[0], _FALLEN, "historical")
    if AFTER_WAR not in part.years or head is None or printed is None:
        return ""
    numbers = {**over, "head": head, "head_told": printed}
    spoken = {name: figure(value) for name, value in numbers.items()}
    return say("country_collapse.joins", regime=part.labels[course.name], **spoken)


def _part(shown: Seen, run: CountryRun) -> Seen:
    """Return the years of a run that this chapter is about."""
    country = run.scenario
    part = seen(replace(run, scenario=replace(country, years=min(_YEARS, country.years))))
    return replace(based(part), given=shown.given)


def chapter(shown: Seen, run: CountryRun) -> Chapter:
    """Return the chapter of a run that begins before 1921."""
    part = _part(shown, run)
    drawn = {
        "course": _figure(part),
        "miss": joined([
            headed("country_collapse.miss"), listed([text(said) for said in _misses(part)]),
        ]),
        "reports": joined([headed("country_collapse.reports"), _reports(part)]),
        "gap": _gap(shown) if AFTER_WAR in shown.years else NOTHING,
        "rows": joined([headed("country_collapse.rows"), _given(_given_rows())]),
    }  # fmt: skip
    parts = [
        paragraph(say("country_collapse.given")),
        paragraph(say("country_collapse.made")),
        paragraph(_base(part)),
        paragraph(_joins(part)),
        *folded("country_collapse", drawn, ("gap", "rows")),
    ]
    return Chapter("collapse", say("country_collapse.title"), joined(parts))


def _figure(part: Seen) -> Html:
    there = [name for name in _MEASURES if part.has(name)]
    caption = Caption(_least(part), say("country_collapse.second"), source(there))
    return multiples(part, caption, [item(part, name) for name in there])


def _least(part: Seen) -> str:
    """Return the lowest product a head of each regime and of what was printed, with their years."""
    measure = _MEASURES[0]
    said = []
    for course in part.courses:
        year, value = worst(part.years, part.of(course.name, measure)) or (part.years[0], 0.0)
        said.append(say("country_collapse.least_of", value=figure(value), year=year_name(year),
                        regime=part.labels[course.name]))  # fmt: skip
    words = say("country_collapse.least", clauses=sentence(said))
    past = worst(part.years, part.past(measure))
    if past is None:
        return words
    spoken = {"value": figure(past[1]), "year": year_name(past[0])}
    return f"{words}; {say('country_collapse.least_past', **spoken)}"


def _misses(part: Seen) -> Iterator[str]:
    """Yield what the run misses, with its own figures where something was printed."""
    yield say("country_collapse.miss.harvest")
    course = part.courses[0]
    numbers = {
        "found": part.at(course.name, "herd", _COUNT),
        "horses": part.at(course.name, "horses", _COUNT),
        "herd_told": part.at("", "herd", _COUNT, "historical"),
        "horses_told": part.at("", "horses", _COUNT, "historical"),
    }
    there = {name: figure(value) for name, value in numbers.items() if value is not None}
    if len(there) == len(numbers):
        yield say("country_collapse.miss.herds", regime=part.labels[course.name], **there)
    printed = part.at("", "excess_deaths", AFTER_WAR, "historical")
    for each in part.courses:
        dead = part.at(each.name, "excess_deaths", AFTER_WAR)
        if dead is not None and printed is not None:
            spoken = {"found": figure(dead), "told": figure(printed)}
            yield say("country_collapse.miss.famine", **spoken)
    yield say("country_collapse.miss.towns")


# ---- the harvest that was told -------------------------------------------------------------------


def _reports(part: Seen) -> Html:
    """Return real and reported harvests of the years to 1921, a panel for each regime."""
    years = [year for year in part.years if year <= AFTER_WAR]
    drawn = []
    paths_of = {
        course.name: [[part.at(course.name, "harvest", year, kind) for year in years]
                      for kind in ("real", "reported")]
        for course in part.courses
    }  # fmt: skip
    top = max(value for both in paths_of.values() for path in both for value in known(path))
    for place, course in enumerate(part.courses):
        real, reported = paths_of[course.name]
        strokes = [
            Stroke("reported", reported, say("country_collapse.reports.told")),
            Stroke("real", real, say("country_collapse.reports.real")),
        ]
        label = say("country_collapse.reports.label", regime=part.labels[course.name])
        axis = Axis(replace(LOW, unit=part.units["harvest"], right=_RIGHT), top)
        heading = element("h3", regime_name(place, part.labels[course.name]))
        panel = joined([heading, paths(label, years, strokes, axis, hatched=True)])
        drawn.append(element("div", panel, "panel"))
    caption = Caption(
        _finding(part, years), say("country_collapse.reports.second"), say("country.source")
    )
    inner = joined([kinds_key(["reported", "real"], hatched=True),
                    element("div", joined(drawn), "panels")])  # fmt: skip
    return figure_of(caption, inner, _reports_table(part, years, paths_of))


def _finding(part: Seen, years: Sequence[int]) -> str:
    """Return the largest gap between what was and what was told."""
    gaps = [
        (real - said, year, course.name)
        for course in part.courses
        for year in years
        if (said := part.at(course.name, "harvest", year, "reported")) is not None
        and (real := part.at(course.name, "harvest", year)) is not None
    ]
    if not gaps:
        return say("country_collapse.reports.none")
    # Of equal gaps the first regime tells.
    _, year, regime = max(gaps, key=itemgetter(0))
    numbers = [part.at(regime, "harvest", year, "reported"), part.at(regime, "harvest", year)]
    of_it, whole = (figure(value or float("nan")) for value in numbers)
    return say("country_collapse.reports.finding", year=year_name(year), told=of_it, real=whole,
               regime=part.labels[regime])  # fmt: skip


def _reports_table(
    part: Seen, years: Sequence[int], paths_of: dict[str, list[list[float | None]]]
) -> Html:
    columns = [Column(say("runbook.col.year"), number=False)]
    for course in part.courses:
        for name in ("real", "told"):
            what = say(f"country_collapse.reports.{name}")
            columns.append(Column(f"{part.labels[course.name]}: {what}"))
    body: list[list[Cell]] = [
        [str(year), *(path[at] for both in paths_of.values() for path in both)]
        for at, year in enumerate(years)
    ]
    return table(say("country_collapse.reports.caption"), columns, body, kind="compact years")


# ---- tables --------------------------------------------------------------------------------------


def start_of_1921(measure: str) -> float:
    """Return what a run from 1921 begins with, in the unit of a measure."""
    start = nation_inputs(AFTER_WAR).start
    if not _STATE[measure]:
        return model_parameters()["O_1921"]
    return sum(start[column].value or 0.0 for column in _STATE[measure])


def _gap(shown: Seen) -> Html:
    """Return the state at the start of 1921 as the run comes to it, beside that of ussr-1921."""
    columns = [Column(say("country_collapse.table.what"), number=False)]
    for course in shown.courses:
        name = say("country_collapse.table.run", regime=shown.labels[course.name])
        columns += [Column(name), Column(say("country_collapse.table.gap_part"))]
    columns.insert(1, Column(say("country_collapse.table.start")))
    rows: list[list[Cell]] = []
    for measure in _STATE:
        begun = start_of_1921(measure)
        # Stocks are those of the end of 1920; what is sown in 1921 is that of the year.
        year = AFTER_WAR if measure == "sown" else AFTER_WAR - 1
        name = say("country.caption", name=say(f"country.measure.{measure}"),
                   unit=shown.units[measure])  # fmt: skip
        row: list[Cell] = [name, begun]
        for course in shown.courses:
            found = shown.at(course.name, measure, year)
            row += [found, None if found is None else 100.0 * (found / begun - 1.0)]
        rows.append(row)
    listing = table(say("country_collapse.table.gap"), columns, rows, kind="compact")
    return joined([
        headed("country_collapse.gap"),
        paragraph(say("country_collapse.gap.meaning")),
        listing,
    ])  # fmt: skip


def _given_rows() -> list[list[Cell]]:
    about = nation_inputs(FIRST_YEARS[0]).about
    return [
        [f"{about[row.path].meaning}, {about[row.path].unit}", year_name(row.year), row.value,
         f"{figure(row.low)} – {figure(row.high)}", row.source]
        for row in early_rows()
    ]  # fmt: skip


def _given(rows: list[list[Cell]]) -> Html:
    columns = [
        Column(say(f"country_collapse.table.{name}"), number=name == "value")
        for name in ("what", "year", "value", "range", "source")
    ]
    return table(say("country_collapse.table.given"), columns, rows, kind="compact long")
