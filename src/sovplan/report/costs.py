"""What one more unit of each good costs in hours, wherever they are worked."""

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np

from sovplan.foundation.numbers import figure
from sovplan.foundation.shapes import GoodsYears, GoodsYearsFlags
from sovplan.foundation.words import say
from sovplan.records.draft import Draft, Valuation
from sovplan.report.measures import largest, priced_year, weights
from sovplan.report.parts import (
    NOTHING,
    Caption,
    Cell,
    Chapter,
    Column,
    Marked,
    counted,
    figure_of,
    hint,
    joined,
    named,
    paragraph,
    shown_of,
    table,
    text,
)
from sovplan.report.svg import Html
from sovplan.report.wording import good_name, scaled_price, year_at

_SHOWN: Final = 16
_ROWS: Final = 120
_DEAR: Final = 1.25
"""Price over labour content from which a good is called dearer than the work in it."""


def chapter(draft: Draft) -> Chapter | None:
    """Return the section on costs, or nothing where the draft has no prices in hours."""
    if draft.hours is None:
        return None
    year = priced_year(draft)
    order = largest(weights(draft), len(draft.economy.goods))
    shown = [g for g in order if draft.hours.goods[g].max() > 0][:_SHOWN]
    if not shown:
        return None
    second = say("report.costs.second", year=year_at(draft, year))
    second = f"{second} {shown_of(len(shown), len(order))}".strip()
    caption = Caption(_finding(draft, draft.hours, year), second, say("report.costs.source"))
    listing = _listing(draft, draft.hours, year, shown)
    tables = (_by_year(draft, draft.hours, order[:_ROWS]), _shadow(draft, order[:_ROWS]))
    inner = joined([
        paragraph(say("report.costs.meaning")),
        figure_of(caption, listing, *tables),
    ])  # fmt: skip
    return Chapter("costs", say("report.chapter.costs"), inner)


def content(draft: Draft) -> tuple[GoodsYears, GoodsYearsFlags]:
    """Return the labour contents of a draft, and where they are a price in hours instead."""
    shape = (len(draft.economy.goods), len(draft.years))
    found = np.full(shape, np.nan) if draft.labour_content is None else draft.labour_content
    joint = (draft.facts or {}).get("content_by_hours")
    return found, np.zeros(shape, dtype=bool) if joint is None else joint


def _finding(draft: Draft, hours: Valuation, year: int) -> str:
    found, by_hours = content(draft)
    price, inside = hours.goods[:, year], found[:, year]
    own = np.isfinite(inside) & (inside > 0) & (price > 0) & ~by_hours[:, year]
    if not own.any():
        return counted("report.costs.plain", int((price > 0).sum()), year=year_at(draft, year))
    over = np.where(own, price / np.where(own, inside, 1.0), 0.0)
    dear = int((over >= _DEAR).sum())
    if not dear:
        return counted("report.costs.near", int(own.sum()), year=year_at(draft, year))
    return counted(
        "report.costs.finding",
        dear,
        total=int(own.sum()),
        year=year_at(draft, year),
        name=good_name(draft.economy, int(np.argmax(over))),
        times=figure(over.max(), 2),
    )


def _listing(draft: Draft, hours: Valuation, year: int, shown: Sequence[int]) -> Html:
    heads = ("good_unit", "hours_more", "content", "range")
    columns = [Column(say(f"report.col.{head}"), number=head != "good_unit") for head in heads]
    rows = [_row(draft, hours, year, good) for good in shown]
    caption = say("report.costs.caption", year=year_at(draft, year))
    return table(caption, columns, rows, kind="stack", hidden=True)


def _row(draft: Draft, hours: Valuation, year: int, good: int) -> list[Cell]:
    found, by_hours = content(draft)
    goods, unit = draft.economy.goods, draft.work_unit

    def scaled(value: float) -> str:
        return figure(scaled_price(value, goods.units[good], unit)[0])

    _, work, bare = scaled_price(1.0, goods.units[good], unit)
    name = joined([
        text(good_name(draft.economy, good)),
        hint(say("report.costs.unit", work=work, unit=bare or say("report.costs.piece"))),
    ])  # fmt: skip
    own = scaled(float(found[good, year]))
    if by_hours[good, year]:
        own = say("report.costs.joint")
    prices = hours.goods[good]
    span = say("report.costs.range", least=scaled(prices.min()), most=scaled(prices.max()))
    if figure(prices.min()) == figure(prices.max()):
        span = say("report.costs.same")
    return [Marked(name), scaled(float(prices[year])), own, span]


def _by_year(draft: Draft, hours: Valuation, places: Sequence[int]) -> Html:
    caption = say("report.costs.by_year", unit=draft.work_unit)
    return _yearly(draft, caption, hours.goods, places)


def _shadow(draft: Draft, places: Sequence[int]) -> Html:
    if draft.shadow is None:
        return NOTHING
    if not draft.shadow.goods.any():
        return paragraph(say("report.costs.no_shadow"), "source")
    return _yearly(draft, say("report.costs.shadow"), draft.shadow.goods, places)


def _yearly(draft: Draft, caption: str, values: GoodsYears, places: Sequence[int]) -> Html:
    columns = [
        Column(say("report.col.good"), number=False),
        *(Column(str(year)) for year in draft.years),
    ]
    rows = _value_rows(draft, values, places)
    return table(caption, columns, rows, remark=shown_of(len(places), len(values)))


def _value_rows(draft: Draft, values: GoodsYears, places: Sequence[int]) -> Iterator[list[Cell]]:
    goods = draft.economy.goods
    for good in places:
        yield [named(goods.titles[good], goods.units[good]), *values[good].tolist()]
