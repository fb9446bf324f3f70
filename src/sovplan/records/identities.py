"""Identities that every plan and every year must satisfy, reckoned from the papers alone."""

import numpy as np

from sovplan.foundation.shapes import GoodsYears
from sovplan.records.draft import Plan
from sovplan.records.economy import Economy


def balance_error(economy: Economy, plan: Plan) -> float:
    """Return the greatest relative error of the balances of goods.

    made - lost + imported + from stock = used + invested + consumed + public + moved + exported
    + to stock + waste, for each good and year, relative to the greater side. Output, use and
    stocks are reckoned from activities and opening stocks; waste below zero is an error too.
    A good is measured by the greater side of its largest year.
    """
    sources, uses = balance_sides(economy, plan)
    largest = np.maximum(np.abs(sources), np.abs(uses)).max(axis=1, keepdims=True)
    wrong = np.abs(sources - uses) + np.maximum(-plan.waste, 0.0)
    return float(np.max(wrong / np.where(largest > 0, largest, 1.0), initial=0.0))


def balance_sides(economy: Economy, plan: Plan) -> tuple[GoodsYears, GoodsYears]:
    """Return what each good comes from and what it goes to, goods x years."""
    techniques, goods = economy.techniques, economy.goods
    kept = economy.extensions.kept(len(goods))[:, None]
    before = np.column_stack([goods.stock, plan.stock[:, :-1]])
    made = kept * (techniques.outputs @ plan.activity)
    sources = made + plan.imports + (1.0 - goods.spoilage)[:, None] * before
    uses = (
        techniques.inputs @ plan.activity
        + plan.investment
        + plan.consumption
        + plan.public
        + plan.moved
        + plan.exports
        + plan.stock
        + plan.waste
    )
    return np.asarray(sources), np.asarray(uses)
