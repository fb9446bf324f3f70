"""Plan against result: each good beside its plan, output over the years, the whole economy."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from sovplan.foundation.numbers import figure, percent
from sovplan.foundation.words import say
from sovplan.records.run import Course, Kind
from sovplan.report.figures import Panel
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
    named,
    panels,
    paragraph,
    table,
)
from sovplan.report.run_drawing import (
    Axis,
    Result,
    Stroke,
    kinds_key,
    paths,
    regime_name,
    regimes_key,
    results,
    sized,
)
from sovplan.report.run_hero import by_year
from sovplan.report.run_series import Seen, in_words, known, mean, sentence, sizes
from sovplan.report.run_who import regime_columns
from sovplan.report.svg import Html
from sovplan.report.wording import year_name

_ROWS: Final = 14
_PANELS: Final = 12
_CLOSE: Final = 0.05
"""Share of the plan within which a result counts as close to it."""
_LEVEL: Final = 0.005
"""Relative difference below which two regimes made the same."""
_NAMED: Final = 3
_KINDS: Final[tuple[Kind, ...]] = ("planned", "reported", "real")
_WHOLE: Final[tuple[tuple[str, Kind], ...]] = (
    ("plan_kept", "real"),
    ("plan_kept", "reported"),
    ("overstated", "real"),
    ("unused", "real"),
    ("investment_share", "real"),
)
"""Shares of the whole economy that stand in a table by year."""


def chapter(seen: Seen) -> Chapter:
    """Return the section on plan and result."""
    parts = [_against_plan(seen), _outputs(seen), _whole(seen)]
    return Chapter("goods", say("runbook.chapter.goods"), joined(parts))


def kept(seen: Seen, course: Course, good: str, kind: Kind = "real") -> float | None:
    """Return what was made of a good, or reported, over its plan in the last year; or None."""
    year = seen.years[-1]
    plan = seen.at(course.name, f"output/{good}", year, "planned")
    value = seen.at(course.name, f"output/{good}", year, kind)
    return None if not plan or value is None else value / plan


# ---- plan and result -----------------------------------------------------------------------------


def _against_plan(seen: Seen) -> Html:
    whole = [good for good in seen.made() if any(kept(seen, c, good) for c in seen.courses)]
    if not whole:
        return paragraph(say("runbook.goods.no_plan"))
    size = sizes(seen.run)
    shown = sorted(whole, key=lambda good: -size.get(good, 0.0))[:_ROWS]
    order = sorted(shown, key=lambda good: -_middle(seen, good))
    greatest = max(
        100 * value
        for course in seen.courses
        for good in order
        for kind in ("real", "reported")
        if (value := kept(seen, course, good, kind)) is not None
    )
    limit = min(max(110.0, greatest * 1.04), 220.0)
    drawn = []
    for place, course in enumerate(seen.courses):
        rows = _rows(seen, course, order)
        said = "; ".join(f"{row.name} {figure(row.real)}" for row in rows)
        name = seen.labels[course.name]
        label = say("runbook.goods.label", regime=name, goods=said)
        inner = results(label, rows, limit) if rows else paragraph(say("runbook.goods.no_plan"))
        heading = element("h3", regime_name(place, name))
        drawn.append(element("div", joined([heading, inner]), "panel"))
    second = say("runbook.goods.second", year=year_name(seen.years[-1]))
    if len(whole) > len(order):
        second = f"{second} {say('runbook.goods.largest', shown=len(order), count=len(whole))}"
    caption = Caption(_kept_words(seen, whole), second, say("runbook.goods.source"))
    legend = kinds_key(["reported", "real"], hatched=True)
    figure_ = joined([legend, element("div", joined(drawn), "panels")])
    tables = (_plan_table(seen, course, whole) for course in seen.courses)
    return figure_of(caption, figure_, *tables)


def _middle(seen: Seen, good: str) -> float:
    return mean([kept(seen, course, good) for course in seen.courses]) or 0.0


def _rows(seen: Seen, course: Course, goods: Sequence[str]) -> list[Result]:
    rows = []
    for good in goods:
        real, said = kept(seen, course, good), kept(seen, course, good, "reported")
        if real is not None:
            reported = None if said is None else 100 * said
            rows.append(Result(seen.good(good), reported, 100 * real))
    return rows


def _kept_words(seen: Seen, goods: Sequence[str]) -> str:
    clauses = []
    for course in seen.courses:
        shares = {g: share for g in goods if (share := kept(seen, course, g)) is not None}
        if not shares:
            continue
        least = min(shares, key=lambda good: shares[good])
        clauses.append(say(
            "runbook.goods.kept",
            regime=seen.labels[course.name],
            close=sum(abs(share - 1) <= _CLOSE for share in shares.values()),
            count=len(shares),
            good=seen.good(least),
            share=percent(shares[least]),
        ))  # fmt: skip
    return sentence(clauses)


def _plan_table(seen: Seen, course: Course, goods: Sequence[str]) -> Html:
    columns = [Column(say("runbook.col.good"), number=False)]
    columns += [Column(say(f"runbook.key.{kind}")) for kind in _KINDS]
    columns.append(Column(say("runbook.col.kept")))
    year = seen.years[-1]
    rows: list[list[Cell]] = []
    for good in goods:
        cells = [seen.at(course.name, f"output/{good}", year, kind) for kind in _KINDS]
        share = kept(seen, course, good)
        said = None if share is None else percent(share)
        rows.append([named(seen.good(good), seen.units.get(f"output/{good}", "")), *cells, said])
    spoken = {"regime": seen.labels[course.name], "year": year_name(year)}
    return table(say("runbook.goods.caption", **spoken), columns, rows)


# ---- output over the years -----------------------------------------------------------------------


def drawn_goods(seen: Seen) -> list[str]:
    """Return the goods that are drawn: those with history, then the largest, in plan order."""
    size = sizes(seen.run)
    past = {good for good in seen.made() if known(seen.past(f"output/{good}"))}
    ranked = sorted(seen.made(), key=lambda good: (good not in past, -size.get(good, 0.0)))
    chosen = set(ranked[:_PANELS])
    return [good for good in seen.made() if good in chosen]


def _outputs(seen: Seen) -> Html:
    goods = drawn_goods(seen)
    if not goods or len(seen.years) < 2:
        return paragraph(say("runbook.outputs.none"))
    past = any(known(seen.past(f"output/{good}")) for good in goods)
    labels = [seen.labels[course.name] for course in seen.courses]
    size, grid = sized(len(goods))
    drawn = panels(((seen.good(good), _path(seen, good, size)) for good in goods), grid)
    second = say(f"runbook.outputs.{'second_past' if past else 'second'}")
    if len(seen.made()) > len(goods):
        count = len(seen.made())
        second = f"{second} {say('runbook.outputs.shown', shown=len(goods), count=count)}"
    caption = Caption(_made_words(seen), second, say("runbook.outputs.source"))
    inner = joined([regimes_key(labels, history=past), drawn])
    return figure_of(caption, inner, *(_output_table(seen, good) for good in goods))


def _path(seen: Seen, good: str, size: Panel) -> Html:
    series = f"output/{good}"
    past = seen.past(series)
    every = [seen.of(course.name, series) for course in seen.courses]
    top = max((value for values in [*every, past] for value in known(values)), default=1.0)
    strokes = [Stroke("historical", past)] if known(past) else []
    strokes += [Stroke(place, values) for place, values in enumerate(every)]
    said = [
        f"{name} {figure(known(values)[-1])}"
        for name, values in zip(
            [*(seen.labels[c.name] for c in seen.courses), say("runbook.key.historical")],
            [*every, past],
            strict=True,
        )
        if known(values)
    ]
    label = say("runbook.outputs.label", good=seen.good(good), values=", ".join(said))
    axis = Axis(replace(size, unit=seen.units.get(series, "")), top)
    return paths(label, seen.years, strokes, axis)


def _made_words(seen: Seen) -> str:
    year, goods = seen.years[-1], seen.made()
    if len(seen.courses) == 1:
        course = seen.courses[0]
        values = [known(seen.of(course.name, f"output/{good}")) for good in goods]
        grown = sum(len(path) > 1 and path[-1] > path[0] for path in values)
        spoken = {"first": year_name(seen.years[0]), "last": year_name(year)}
        return say("runbook.outputs.alone", grown=grown, count=len(goods), **spoken)
    most: dict[str, list[str]] = {course.name: [] for course in seen.courses}
    for good in goods:
        made = {c.name: v for c in seen.courses if (v := seen.at(c.name, f"output/{good}", year))}
        first = max(made, key=lambda name: made[name], default="")
        others = [value for name, value in made.items() if name != first]
        if others and made[first] > max(others) * (1 + _LEVEL):
            most[first].append(good)
    size = sizes(seen.run)
    clauses = []
    for course in seen.courses:
        found = sorted(most[course.name], key=lambda good: -size.get(good, 0.0))
        names = in_words([seen.good(good) for good in found[:_NAMED]])
        key = "none" if not found else "all" if len(found) <= _NAMED else "among"
        spoken = {"regime": seen.labels[course.name], "names": names}
        clauses.append(say(f"runbook.outputs.most_{key}", count=len(found), **spoken))
    head = say("runbook.outputs.most", year=year_name(year), count=len(goods))
    return f"{head} {'; '.join(clauses)}"


def _output_table(seen: Seen, good: str) -> Html:
    series = f"output/{good}"
    columns = [Column(say("runbook.col.year"), number=False), *regime_columns(seen, number=True)]
    values = [seen.of(course.name, series) for course in seen.courses]
    if known(seen.past(series)):
        columns.append(Column(say("runbook.key.historical")))
        values.append(seen.past(series))
    spoken = {"good": seen.good(good), "unit": seen.units.get(series, "")}
    return table(say("runbook.outputs.caption", **spoken), columns, by_year(seen, values))


# ---- the whole economy ---------------------------------------------------------------------------


def _whole(seen: Seen) -> Html:
    tables = joined(_whole_table(seen, course) for course in seen.courses)
    return details(say("runbook.whole.open"), tables) if tables else NOTHING


def _whole_table(seen: Seen, course: Course) -> Html:
    columns = [Column(say("runbook.col.year"), number=False)]
    values: list[list[float | None]] = []
    for series, kind in _WHOLE:
        path = seen.of(course.name, series, kind)
        if known(path):
            columns.append(Column(say(f"runbook.whole.{series}_{kind}")))
            values.append(path)
    if not values:
        return NOTHING
    rows: list[list[Cell]] = [
        [str(year), *(None if path[i] is None else percent(path[i] or 0.0) for path in values)]
        for i, year in enumerate(seen.years)
    ]
    return table(say("runbook.whole.caption", regime=seen.labels[course.name]), columns, rows)
