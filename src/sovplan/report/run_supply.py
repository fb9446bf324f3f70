"""Shops, stocks and trade: what was short and what it cost, what was in store, what was traded."""

from collections.abc import Sequence
from typing import Final

from sovplan.foundation.numbers import figure, percent
from sovplan.foundation.words import say
from sovplan.records.run import Course, Kind
from sovplan.report.parts import (
    NOTHING,
    Caption,
    Cell,
    Chapter,
    Column,
    counted,
    details,
    joined,
    named,
    paragraph,
    table,
)
from sovplan.report.run_multiples import HUNDRED, Item, clauses, multiples, of_all
from sovplan.report.run_series import Seen, in_words, known, mean, sentence, sizes
from sovplan.report.svg import Html
from sovplan.report.wording import scaled_price, year_name

_PANELS: Final = 8
_NOTED: Final = 0.005
"""Share of a good below which it does not count as short; a change of price as none."""
_FICTION: Final = 1.5
"""Stock on paper over stock in store from which the book speaks of it."""
_Heads = Sequence[tuple[str, Kind]]


def chapter(seen: Seen) -> Chapter:
    """Return the section on shops, stocks and trade."""
    parts = [_shortage(seen), _prices(seen), _consumed(seen), _stocks(seen), _trade(seen)]
    inner = joined(part for part in parts if part)
    return Chapter("supply", say("runbook.chapter.supply"), inner or paragraph(
        say("runbook.supply.none")))  # fmt: skip


# ---- what was short ------------------------------------------------------------------------------


def scarce(seen: Seen) -> list[str]:
    """Return the goods that were short in any year, those most short on the mean of all first."""
    goods = seen.after("shortage/")
    means = {good: _mean_short(seen, good) for good in goods}
    return sorted((g for g in goods if _most_short(seen, g) > _NOTED), key=lambda g: -means[g])


def _mean_short(seen: Seen, good: str) -> float:
    paths = [seen.of(course.name, f"shortage/{good}") for course in seen.courses]
    return mean([mean([value or 0.0 for value in path]) for path in paths]) or 0.0


def _most_short(seen: Seen, good: str) -> float:
    paths = [known(seen.of(course.name, f"shortage/{good}")) for course in seen.courses]
    return max((value for path in paths for value in path), default=0.0)


def _shortage(seen: Seen) -> Html:
    goods = scarce(seen)
    if not seen.after("shortage/"):
        return paragraph(say("runbook.short.none"))
    if not goods:
        return paragraph(say("runbook.short.nothing"))
    shown = goods[:_PANELS]
    second = say("runbook.short.second")
    if len(goods) > len(shown):
        second += f" {say('runbook.short.shown', shown=len(shown), count=len(goods))}"
    items = [
        Item(
            seen.good(good),
            say("runbook.short.caption", good=seen.good(good)),
            of_all(seen, f"shortage/{good}", HUNDRED),
        )
        for good in shown
    ]
    caption = Caption(_short_words(seen), second, say("runbook.short.source"))
    return multiples(seen, caption, items, top=HUNDRED)


def _short_words(seen: Seen) -> str:
    year = seen.years[-1]

    def said(course: Course) -> str:
        path = {
            good: value
            for good in seen.after("shortage/")
            if (value := seen.at(course.name, f"shortage/{good}", year)) is not None
        }
        short = [good for good in path if path[good] > _NOTED]
        name = seen.labels[course.name]
        if not short:
            return say("runbook.short.clean", regime=name)
        most = max(short, key=lambda good: path[good])
        spoken = {"regime": name, "good": seen.good(most), "share": percent(path[most])}
        return counted("runbook.short.said", len(short), of=len(path), **spoken)

    return sentence(
        [say("runbook.short.finding", year=year_name(year), clauses=clauses(seen, said))]
    )


# ---- what it cost --------------------------------------------------------------------------------


def _prices(seen: Seen) -> Html:
    size = sizes(seen.run)
    goods = sorted(seen.after("price/"), key=lambda good: -size.get(good, 0.0))
    if not goods:
        return NOTHING
    second = say("runbook.price.second")
    if len(goods) > _PANELS:
        second += f" {say('runbook.price.shown', shown=_PANELS, count=len(goods))}"
    caption = Caption(_price_words(seen, goods), second, say("runbook.price.source"))
    return multiples(seen, caption, [_price(seen, good) for good in goods[:_PANELS]])


def _price(seen: Seen, good: str) -> Item:
    worked = seen.units.get("output_worth", "")
    times, hours, unit = scaled_price(1.0, seen.units.get(f"output/{good}", ""), worked)
    said = say("runbook.price.unit", hours=hours, unit=unit) if unit else hours
    caption = say("runbook.price.caption", good=seen.good(good), unit=said)
    return Item(seen.good(good), caption, of_all(seen, f"price/{good}", times), said)


def _price_words(seen: Seen, goods: Sequence[str]) -> str:
    def said(course: Course) -> str:
        paths = [known(seen.of(course.name, f"price/{good}")) for good in goods]
        both = [path for path in paths if len(path) > 1 and path[0] > 0]
        up = sum(path[-1] > path[0] * (1 + _NOTED) for path in both)
        down = sum(path[-1] < path[0] * (1 - _NOTED) for path in both)
        spoken = {"regime": seen.labels[course.name], "up": up, "down": down}
        return say("runbook.price.said", count=len(both), **spoken) if both else ""

    there = clauses(seen, said)
    return say("runbook.price.finding", clauses=there) if there else say("runbook.price.once")


# ---- tables of the last year ---------------------------------------------------------------------


def _consumed(seen: Seen) -> Html:
    heads: _Heads = (("consumption", "planned"), ("consumption", "real"))
    return _closed(seen, "consumed", heads)


def _stocks(seen: Seen) -> Html:
    heads: _Heads = (("stock", "real"), ("stock", "reported"))
    listing = _closed(seen, "stock", heads)
    return joined([_fiction(seen), listing]) if listing else NOTHING


def _fiction(seen: Seen) -> Html:
    """Say where papers hold far more than stores, in the last year."""
    said = [clause for course in seen.courses if (clause := _above(seen, course.name))]
    if not said:
        return NOTHING
    return paragraph(say("runbook.stock.fiction", clauses="; ".join(said)))


def _above(seen: Seen, regime: str) -> str:
    year, found = seen.years[-1], []
    for good in seen.after("stock/", "reported"):
        real = seen.at(regime, f"stock/{good}", year) or 0.0
        said = seen.at(regime, f"stock/{good}", year, "reported") or 0.0
        if said > max(_FICTION * real, _seen_in_store(seen, regime, good)):
            found.append((good, said, real))
    if not found:
        return ""
    size = sizes(seen.run)
    good, said, real = max(found, key=lambda row: (row[1] - row[2]) * size.get(row[0], 0.0))
    return counted(
        "runbook.stock.above",
        len(found),
        regime=seen.labels[regime],
        good=seen.good(good),
        reported=figure(said),
        real=figure(real),
        unit=seen.units.get(f"output/{good}", ""),
    )


def _seen_in_store(seen: Seen, regime: str, good: str) -> float:
    """Return the least stock that is spoken of: a hundredth of the output of the year."""
    return 0.01 * (seen.at(regime, f"output/{good}", seen.years[-1]) or 0.0)


def _trade(seen: Seen) -> Html:
    heads: _Heads = (("imports", "real"), ("exports", "real"))
    found = _closed(seen, "trade", heads)
    known_of = any(seen.after(f"{name}/", kind) for name, kind in heads)
    return found or (paragraph(say("runbook.trade.nothing")) if known_of else NOTHING)


def _closed(seen: Seen, key: str, heads: _Heads) -> Html:
    """Return a closed table of the last year with a column for each regime and head."""
    year = seen.years[-1]
    listed = [good for name, kind in heads for good in seen.after(f"{name}/", kind)]
    rows: list[list[Cell]] = []
    for good in dict.fromkeys(listed):
        cells = [
            seen.at(course.name, f"{name}/{good}", year, kind)
            for course in seen.courses
            for name, kind in heads
        ]
        if any(value is not None and abs(value) > _least(seen, good) for value in cells):
            unit = seen.units.get(f"output/{good}", "")
            shown = [
                None if v is None else v if abs(v) > _least(seen, good) else 0.0 for v in cells
            ]
            rows.append([named(seen.good(good), unit), *shown])
    if not rows:
        return NOTHING
    columns = [Column(say("runbook.col.good"), number=False)]
    for course in seen.courses:
        for name, kind in heads:
            what = say(f"runbook.{key}.{name}_{kind}")
            columns.append(
                Column(say("runbook.supply.col", regime=seen.labels[course.name], what=what))
            )
    names = in_words([seen.labels[course.name] for course in seen.courses])
    caption = say(f"runbook.{key}.caption", year=year_name(year), regimes=names)
    listing = table(caption, columns, rows, remark=say(f"runbook.{key}.remark"))
    return details(say(f"runbook.{key}.open", year=year_name(year)), listing)


def _least(seen: Seen, good: str) -> float:
    """Return the amount of a good below which it is rounding: a millionth of its output."""
    year = seen.years[-1]
    made = [seen.at(course.name, f"output/{good}", year) or 0.0 for course in seen.courses]
    return 1e-6 * max(made, default=0.0)
