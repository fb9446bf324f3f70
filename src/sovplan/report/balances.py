"""Material balances: for every good and year, where it comes from and where it goes."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from sovplan.foundation.numbers import figure, percent, residual_on_page
from sovplan.foundation.shapes import GoodsYears
from sovplan.foundation.words import say
from sovplan.records.draft import Draft, Plan
from sovplan.report import hands
from sovplan.report.measures import clean, largest, weights
from sovplan.report.parts import (
    Cell,
    Chapter,
    Column,
    details,
    element,
    joined,
    named,
    paragraph,
    shown_of,
    table,
    told,
)
from sovplan.report.svg import Html
from sovplan.report.wording import good_name, year_at

_CELLS: Final = 2500
"""Cells of numbers in the balances of all years; beyond, the largest goods are shown."""
_TRADED: Final = 40


def chapter(draft: Draft, *, with_hands: bool) -> Chapter | None:
    """Return the section on balances of goods, trade, hours and resources."""
    plan = draft.plan
    if plan is None:
        return None
    parts = [paragraph(_meaning(draft)), _goods(draft, plan), _trade(draft, plan)]
    if with_hands:
        parts.append(hands.hands_figure(draft))
    return Chapter("balances", say("report.chapter.balances"), joined(parts))


def _meaning(draft: Draft) -> str:
    if draft.certificate is None:
        return say("report.balances.meaning")
    return say("report.balances.closed", error=residual_on_page(draft.certificate.balance))


def _columns(draft: Draft, plan: Plan) -> dict[str, GoodsYears]:
    """Return the sources and uses that there are, in the order of the balance."""
    goods = draft.economy.goods
    before = np.column_stack([goods.stock, plan.stock[:, :-1]]) * (1 - goods.spoilage)[:, None]
    scale = np.maximum(plan.output, plan.imports).max(axis=1) + before.max(axis=1)
    every = {
        "made": plan.output,
        "lost": plan.lost,
        "imported": plan.imports,
        "from_store": before,
        "used_up": plan.used,
        "into_plants": plan.investment,
        "people": plan.consumption,
        "moved": plan.moved,
        "public": plan.public,
        "exported": plan.exports,
        "to_store": plan.stock,
        "unused": plan.waste,
    }
    cleaned = {name: clean(amounts, scale) for name, amounts in every.items()}
    return {name: amounts for name, amounts in cleaned.items() if amounts.any()}


def _goods(draft: Draft, plan: Plan) -> Html:
    columns = _columns(draft, plan)
    room = max(_CELLS // (max(len(columns), 1) * len(draft.years)), 10)
    order = largest(weights(draft), len(draft.economy.goods))
    tables = []
    for year in range(len(draft.years)):
        inner = _balance(draft, columns, year, order[:room])
        tables.append(details(say("report.balances.open", year=year_at(draft, year)), inner))
    return Html(f"<div>{joined(tables)}</div>")


def _balance(
    draft: Draft, columns: dict[str, GoodsYears], year: int, places: Sequence[int]
) -> Html:
    goods = draft.economy.goods
    heads = [
        Column(say("report.col.good"), number=False),
        *(Column(say(f"report.balance.{name}")) for name in columns),
    ]
    rows = (
        [
            named(goods.titles[g], goods.units[g]),
            *(float(amounts[g, year]) or None for amounts in columns.values()),
        ]
        for g in places
    )
    caption = say("report.balances.caption", year=year_at(draft, year))
    return table(caption, heads, rows, remark=shown_of(len(places), len(goods)))


def _trade(draft: Draft, plan: Plan) -> Html:
    goods = draft.economy.goods
    earned = np.nan_to_num(goods.export_price)[:, None] * plan.exports
    paid = np.nan_to_num(goods.import_price)[:, None] * plan.imports
    if not earned.any() and not paid.any():
        return paragraph(say("report.trade.none"))
    return joined([
        element("h3", told("report.trade.title")),
        paragraph(_trade_finding(draft, earned, paid)),
        _money(draft, plan, earned, paid),
        details(say("report.trade.open"), _traded(draft, plan, earned, paid)),
    ])  # fmt: skip


def _trade_finding(draft: Draft, earned: GoodsYears, paid: GoodsYears) -> str:
    sold, bought = earned.sum(axis=1), paid.sum(axis=1)
    pieces = []
    for key, values in (("exports", sold), ("imports", bought)):
        if values.sum() > 0:
            most = int(np.argmax(values))
            pieces.append(
                say(
                    f"report.trade.{key}",
                    name=good_name(draft.economy, most),
                    share=percent(values[most] / values.sum()),
                )
            )
    return " ".join(pieces)


def _money(draft: Draft, plan: Plan, earned: GoodsYears, paid: GoodsYears) -> Html:
    outside = draft.economy.extensions.trade
    none = np.zeros(len(draft.years))
    rows = {
        "earned": earned.sum(axis=0),
        "other_exports": none + (0.0 if outside is None else outside.other_exports),
        "credit": draft.calendar.credit + plan.credit,
        "paid": paid.sum(axis=0),
        "other_imports": none + (0.0 if outside is None else outside.other_imports),
        "left": np.where(np.abs(plan.trade_balance) > 1e-9 * paid.sum(), plan.trade_balance, 0.0),
    }
    columns = [Column(say("report.col.money"), number=False)]
    columns += [Column(str(year)) for year in draft.years]
    cells: list[list[Cell]] = [
        [say(f"report.money.{name}"), *(figure(v) for v in values)]
        for name, values in rows.items()
        if values.any() or name in {"earned", "paid", "left"}
    ]
    unit = draft.economy.units.get("foreign_prices") or say("report.foreign")
    return table(say("report.trade.caption", unit=unit), columns, cells)


def _traded(draft: Draft, plan: Plan, earned: GoodsYears, paid: GoodsYears) -> Html:
    goods = draft.economy.goods
    volume = (earned + paid).sum(axis=1)
    order = [g for g in largest(volume, _TRADED) if volume[g] > 0]
    columns = [
        Column(say("report.col.good"), number=False),
        Column(say("report.col.row"), number=False),
        *(Column(str(year)) for year in draft.years),
    ]
    rows: list[list[Cell]] = []
    for g in order:
        for name, amounts in (("exported", plan.exports[g]), ("imported", plan.imports[g])):
            if amounts.any():
                head = named(goods.titles[g], goods.units[g])
                rows.append([head, say(f"report.balance.{name}"), *amounts.tolist()])
    return table(say("report.trade.goods"), columns, rows)
