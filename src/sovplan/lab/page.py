"""The page of the patterns: what was held against history, and what came of it."""

from collections.abc import Mapping, Sequence
from typing import Final

from sovplan.foundation.numbers import figure
from sovplan.foundation.words import say
from sovplan.history.series import series, sources
from sovplan.lab.came import came_words, headline, rule_words
from sovplan.lab.given import Given, numbers_of
from sovplan.lab.periods import told as at
from sovplan.lab.periods import unit
from sovplan.lab.validate import Result, Scored
from sovplan.records.folder import Table
from sovplan.records.tables import write_csv
from sovplan.report.figures import Line, Panel, lines
from sovplan.report.frame import Page, whole
from sovplan.report.parts import (
    NOTHING,
    Caption,
    Cell,
    Chapter,
    Column,
    Marked,
    State,
    element,
    figure_of,
    joined,
    panels,
    paragraph,
    table,
    tag,
    told,
)
from sovplan.report.svg import Html

_STATES: Final[Mapping[str, State]] = {
    "met": "ok", "missed": "bad", "held_out": "spec", "not_built": "spec",
}  # fmt: skip
_DRAWN: Final = 3
"""Points from which a pattern is drawn."""


def files(results: Sequence[Result], given: Mapping[str, Given]) -> dict[str, bytes]:
    """Return the files of `--out` by name: report.html and patterns.csv."""
    rows = [_row(result, each, given) for result in results for each in result.points]
    return {
        "report.html": page(results, given).encode(),
        "patterns.csv": write_csv(Table.of("patterns.csv", rows)),
    }


def page(results: Sequence[Result], given: Mapping[str, Given]) -> str:
    """Return the page as the text of one HTML file that needs no network."""
    said, carried = headline(results, given)
    opening = joined([
        element("h1", told("lab.page.title")),
        paragraph(f"{said} {carried}", "lede"),
        paragraph(say("lab.page.meaning", rule=rule_words())),
    ])  # fmt: skip
    chapters = (
        Chapter("glance", say("lab.page.glance"), _glance(results)),
        Chapter("given", say("lab.given.caption"), _given(results, given)),
        Chapter("points", say("lab.page.points"), joined(_pattern(r) for r in results if r.points)),
        Chapter("rest", say("lab.page.rest"), _rest(results)),
        Chapter("weak", say("lab.page.weak"), paragraph(say("lab.page.weakness"))),
    )
    title = say("lab.page.title")
    return whole(Page(title, told("lab.page.where"), NOTHING, opening, chapters, NOTHING))


def source_words(names: Sequence[str]) -> str:
    """Return titles and authors of some historical series."""
    told_of = []
    for name in names:
        one = series(name)
        authors = [_author(key) for key in one.sources]
        told_of.append(say("lab.page.series", title=one.title, authors="; ".join(authors)))
    return " ".join(told_of)


def _author(key: str) -> str:
    source = sources()[key]
    name = source.author or source.title
    return say("lab.page.tertiary", name=name) if source.kind == "tertiary" else name


def _glance(results: Sequence[Result]) -> Html:
    heads = ("id", "pattern", "use", "rules", "came")
    rows: list[list[Cell]] = [
        [
            each.pattern.id,
            each.pattern.title,
            each.pattern.use,
            ", ".join(each.pattern.rules),
            Marked(tag(_STATES[each.status], came_words(each))),
        ]
        for each in results
        if each.pattern.looked_at
    ]
    return table(say("lab.page.caption"), _columns(heads), rows, kind="compact long")


def _given(results: Sequence[Result], given: Mapping[str, Given]) -> Html:
    heads = [say("lab.col.id"), say("lab.col.pattern"),
             *(say(f"lab.given.{head}") for head in ("hold", "paths", "movers"))]  # fmt: skip
    rows: list[list[Cell]] = [
        [
            each.pattern.id,
            each.pattern.title,
            say(f"lab.given.kind_{found.hold}"),
            ", ".join(found.paths),
            ", ".join(numbers_of(found.movers)),
        ]
        for each in results
        if (found := given.get(each.pattern.id)) is not None
    ]
    columns = [Column(head, number=False) for head in heads]
    listing = table(say("lab.given.caption"), columns, rows, kind="compact long")
    return joined([paragraph(say("lab.given.trial")), listing])


def _pattern(result: Result) -> Html:
    pattern = result.pattern
    heading = say("lab.page.heading", id=pattern.id, title=pattern.title)
    names = dict.fromkeys(name for each in result.points for name in each.point.series)
    heads = ("point", "model", "low", "high", "target", "within")
    numbers = [Column(say(f"lab.command.{head}"), number=head != "within") for head in heads]
    rows = [_cells(each) for each in result.points]
    listing = table(say("lab.page.of", title=pattern.title), numbers, rows, hidden=True)
    notes = dict.fromkeys(each.point.note for each in result.points if each.point.note)
    source = " ".join(part for part in (source_words(list(names)), *notes) if part)
    state = tag(_STATES[result.status], came_words(result))
    caption = Caption(say("lab.page.band", target=pattern.target, band=pattern.band), "", source)
    drawing = _drawing(result)
    # Without a drawing the table is the figure.
    shown = figure_of(caption, drawing, listing) if drawing else figure_of(caption, listing)
    return joined([element("h3", told("lab.page.plain", text=heading)), state, shown])


def _cells(each: Scored) -> list[Cell]:
    key = {True: "yes", False: "no", None: "blind"}[each.within]
    point = each.point
    numbers: list[Cell] = [each.model, point.low, point.high, point.target]
    if unit(point) is not None:
        numbers = [
            at(point, number) for number in (each.model, point.low, point.high, point.target)
        ]
    return [point.label, *numbers, say(f"lab.command.{key}")]


def _drawing(result: Result) -> Html:
    drawn = [
        (int(each.point.label[:4]), each.model, each.point.target)
        for each in result.points
        if each.model is not None and each.point.target is not None
        and each.point.label[:4].isdigit()
    ]  # fmt: skip
    years = [year for year, _, _ in drawn]
    if len(years) < _DRAWN or len(set(years)) < len(years):
        return NOTHING
    span = range(years[0], years[-1] + 1)
    model = {year: value for year, value, _ in drawn}
    past = {year: value for year, _, value in drawn}
    strokes = [
        Line("real", [model.get(year) for year in span], say("lab.command.model")),
        Line("historical", [past.get(year) for year in span], say("lab.command.target")),
    ]
    label = ", ".join(f"{year}: {figure(value)}" for year, value in model.items())
    return panels([("", lines(label, list(span), strokes, Panel()))])


def _rest(results: Sequence[Result]) -> Html:
    heads = ("id", "pattern", "use", "rules", "came")
    rows: list[list[Cell]] = [
        [
            each.pattern.id,
            each.pattern.title,
            each.pattern.use,
            ", ".join(each.pattern.rules),
            say(f"lab.status.{each.status}"),
        ]
        for each in results
        if not each.pattern.looked_at
    ]
    listing = table(say("lab.page.rest_caption"), _columns(heads), rows, kind="compact long")
    return joined([paragraph(say("lab.page.rest_meaning")), listing])


def _columns(heads: Sequence[str]) -> list[Column]:
    return [Column(say(f"lab.col.{head}"), number=False) for head in heads]


def _row(result: Result, each: Scored, given: Mapping[str, Given]) -> dict[str, object]:
    point, found = each.point, given.get(each.point.pattern)
    within = "" if each.within is None else ("yes" if each.within else "no")
    return {
        "id": point.pattern,
        "use": point.use,
        "point": point.label,
        "model": each.model,
        "low": point.low,
        "high": point.high,
        "target": point.target,
        "unit": unit(point) or "",
        "within": within,
        "status": result.status,
        "given": "" if found is None else found.hold,
        "series": " ".join(point.series),
    }
