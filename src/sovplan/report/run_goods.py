"""Plan against result: each good beside its plan, and output over the years."""

from collections.abc import Sequence
from typing import Final

from sovplan.foundation.numbers import figure, percent
from sovplan.foundation.words import say
from sovplan.records.run import Course, Kind
from sovplan.report.parts import (
    Caption,
    Cell,
    Chapter,
    Column,
    element,
    figure_of,
    joined,
    named,
    paragraph,
    table,
)
from sovplan.report.run_keys import kinds_key, regime_name
from sovplan.report.run_multiples import Item, multiples, of_all
from sovplan.report.run_past import source_words
from sovplan.report.run_results import Result, results
from sovplan.report.run_series import Seen, in_words, known, mean, sentence, sizes
from sovplan.report.svg import Html
from sovplan.report.wording import year_name

_ROWS: Final = 14
_PANELS: Final = 12
_CLOSE: Final = 0.05
"""Share of the plan within which a result counts as close to it."""
_LEVEL: Final = 0.005
"""Relative difference below which two regimes made the same."""
_NAMED: Final = 3
_TWO: Final = 2
_KINDS: Final[tuple[Kind, ...]] = ("planned", "reported", "real")


def chapter(seen: Seen) -> Chapter:
    """Return the section on plan and result."""
    parts = [_against_plan(seen), _outputs(seen)]
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
    if not goods or len(seen.years) < _TWO:
        return paragraph(say("runbook.outputs.none"))
    past = any(known(seen.past(f"output/{good}")) for good in goods)
    second = say(f"runbook.outputs.{'second_past' if past else 'second'}")
    count = len(seen.made())
    if count > len(goods):
        second = f"{second} {say('runbook.outputs.shown', shown=len(goods), count=count)}"
    whose = source_words(seen, goods)
    source = " ".join([say("runbook.outputs.source"), *([whose] if whose else [])])
    items = [_item(seen, good) for good in goods]
    return multiples(seen, Caption(_made_words(seen), second, source), items)


def _item(seen: Seen, good: str) -> Item:
    series = f"output/{good}"
    unit, title = seen.units.get(series, ""), seen.good(good)
    caption = say("runbook.outputs.caption", good=title, unit=unit)
    return Item(title, caption, of_all(seen, series), unit, seen.past(series))


def made_most(seen: Seen) -> dict[str, list[str]]:
    """Return the goods of which each regime made more than any other in the last year."""
    year = seen.years[-1]
    most: dict[str, list[str]] = {course.name: [] for course in seen.courses}
    for good in seen.made():
        made = {c.name: v for c in seen.courses if (v := seen.at(c.name, f"output/{good}", year))}
        first = max(made, key=lambda name: made[name], default="")
        others = [value for name, value in made.items() if name != first]
        if first and made[first] > max(others, default=0.0) * (1 + _LEVEL):
            most[first].append(good)
    return most


def _made_words(seen: Seen) -> str:
    year, goods = seen.years[-1], seen.made()
    if len(seen.courses) == 1:
        course = seen.courses[0]
        values = [known(seen.of(course.name, f"output/{good}")) for good in goods]
        grown = sum(len(path) > 1 and path[-1] > path[0] for path in values)
        spoken = {"first": year_name(seen.years[0]), "last": year_name(year)}
        return say("runbook.outputs.alone", grown=grown, count=len(goods), **spoken)
    most, size = made_most(seen), sizes(seen.run)
    said = []
    for course in seen.courses:
        found = sorted(most[course.name], key=lambda good: -size.get(good, 0.0))
        names = in_words([seen.good(good) for good in found[:_NAMED]])
        key = "none" if not found else "all" if len(found) <= _NAMED else "among"
        spoken = {"regime": seen.labels[course.name], "names": names}
        said.append(say(f"runbook.outputs.most_{key}", count=len(found), **spoken))
    level = len(goods) - sum(len(found) for found in most.values())
    if level:
        said.append(say("runbook.lead.most_level", count=level))
    head = say("runbook.outputs.most", year=year_name(year), count=len(goods))
    return f"{head} {'; '.join(said)}"
