"""A draft in plain sentences: what is reached, what binds, what it costs, why it cannot be."""

from collections.abc import Iterator
from typing import Final

import numpy as np

from sovplan.foundation.numbers import figure, percent
from sovplan.foundation.words import say
from sovplan.records.draft import Binding, Change, Draft, Limit, Valuation

_MOST: Final = 5
"""Sentences on what binds; the rest stand in the table of the draft."""
_UNEVEN: Final = 0.5
"""Least over greatest fulfilment of a year below which the objective `common` is warned of."""
_WASTE: Final = 0.01
"""Share of a good's supply from which its waste is named."""


def explain(draft: Draft) -> tuple[str, ...]:
    """Return what a draft says in words."""
    if draft.status == "infeasible":
        return tuple(_infeasible(draft))
    if draft.status == "unbounded":
        return tuple(_unbounded(draft))
    scarce = (*binding_sentences(draft), *_costs(draft))
    return (*_reached(draft), *scarce, *_idle(draft), *_wasted(draft))


def limit_words(draft: Draft, limit: Limit) -> str:
    """Return a limit in words: what it is, of what, when and how much."""
    values = {
        "name": title_of(draft, limit),
        "year": limit.year,
        "amount": figure(limit.amount),
        "unit": limit.unit,
    }
    return say(f"planning.limit.{limit.kind}", **values).strip()


def title_of(draft: Draft, limit: Limit) -> str:
    """Return the readable name of what a limit is of."""
    economy = draft.economy
    for names, titles in (
        (economy.plants.names, economy.plants.titles),
        (economy.goods.names, economy.goods.titles),
    ):
        plants = names is economy.plants.names
        if (limit.kind == "capacity") == plants and limit.name in names:
            return titles[names.index(limit.name)]
    return limit.name


def _reached(draft: Draft) -> Iterator[str]:
    phi = [value for value in draft.fulfilment if value is not None]
    span = _span(draft)
    hours = figure(float((draft.facts or {}).get("hours", 0.0)))
    if draft.aims.objective == "labour":
        yield say(
            "planning.reached.labour",
            hours=figure(draft.objective),
            unit=draft.economy.hours_unit,
            span=span,
        )
    elif draft.aims.objective == "weighted":
        yield say("planning.reached.weighted", value=figure(draft.objective), span=span)
    elif draft.aims.objective == "ray":
        based = bool((draft.calendar.output_base > 0).any())
        key = "planning.reached.increase" if based else "planning.reached.ray"
        yield say(key, share=percent(draft.objective), span=span)
    else:
        yield say("planning.reached.common", least=percent(min(phi)), greatest=percent(max(phi)))
        if min(phi) < _UNEVEN * max(phi):
            worst = draft.years[draft.fulfilment.index(min(phi))]
            yield say("planning.reached.uneven", year=worst, share=percent(min(phi)))
    if draft.aims.objective in {"ray", "common"}:
        yield say("planning.reached.hours", hours=hours, unit=draft.economy.hours_unit)


def _span(draft: Draft) -> str:
    first, last = draft.years[0], draft.years[-1]
    return str(first) if first == last else say("planning.reached.span", first=first, last=last)


def binding_sentences(draft: Draft) -> Iterator[str]:
    """Yield what binds, the most worth first, and how many limits more."""
    if not draft.bindings:
        yield say("planning.binding.none")
        return
    for binding in draft.bindings[:_MOST]:
        yield _binding_sentence(draft, binding)
    rest = len(draft.bindings) - _MOST
    if rest > 0:
        yield say("planning.binding.rest", count=rest)


def _binding_sentence(draft: Draft, binding: Binding) -> str:
    words = limit_words(draft, binding.limit)
    if binding.saved > 0:
        key = "lower" if binding.limit.kind in _ASKED else "more"
        return say(
            f"planning.binding.{key}",
            limit=words,
            saved=figure(binding.saved),
            unit=draft.economy.hours_unit,
        )
    return say("planning.binding.objective", limit=words, worth=figure(binding.price))


_ASKED: Final = {"floor", "terminal", "stock_end", "least_investment"}
"""Limits that ask for something; to relax them is to ask for less."""


def _costs(draft: Draft) -> Iterator[str]:
    """Yield what one more unit costs in hours of the goods on which people spend most hours."""
    if draft.hours is None or draft.plan is None:
        return
    year = _priced_year(draft.hours)
    price = draft.hours.goods[:, year]
    spent = price * draft.plan.consumption[:, year]
    chosen = [good for good in np.argsort(-spent, kind="stable")[:_MOST] if spent[good] > 0]
    if not chosen:
        return
    goods, unit = draft.economy.goods, draft.economy.hours_unit
    listed = "; ".join(
        say(
            "planning.cost.good",
            name=goods.titles[good],
            price=figure(float(price[good])),
            hours=unit,
            unit=goods.units[good] or say("planning.cost.unit"),
        )
        for good in chosen
    )
    yield say("planning.cost.some", year=draft.years[year], goods=listed)


def _priced_year(hours: Valuation) -> int:
    """Return the last of the years in which most goods have a price."""
    priced = (hours.goods > 0).sum(axis=0)
    return int(len(priced) - 1 - np.argmax(priced[::-1]))


def _idle(draft: Draft) -> Iterator[str]:
    plan = draft.plan
    if plan is None:
        return
    available = plan.labour_available.sum(axis=1)
    shares = np.divide(
        plan.labour_used.sum(axis=1), available, out=np.zeros_like(available), where=available > 0
    )
    for skill, share in zip(draft.economy.techniques.skills, shares, strict=True):
        key = "full" if share > 1 - 1e-6 else "spare"
        yield say(f"planning.labour.{key}", skill=skill, share=percent(float(share)))


def _wasted(draft: Draft) -> Iterator[str]:
    if draft.plan is None:
        return
    supply = (draft.plan.output + draft.plan.imports).sum(axis=1)
    waste = draft.plan.waste.sum(axis=1)
    share = np.divide(waste, supply, out=np.zeros_like(waste), where=supply > 0)
    named = [place for place in np.argsort(-share) if share[place] > _WASTE]
    if named:
        goods = ", ".join(
            say(
                "planning.waste.good",
                name=draft.economy.goods.titles[place],
                share=percent(float(share[place])),
            )
            for place in named[:_MOST]
        )
        yield say("planning.waste.some", goods=goods)


def _infeasible(draft: Draft) -> Iterator[str]:
    conflict = draft.conflict
    if conflict is None:
        return
    yield say("planning.infeasible.opening", count=len(conflict.limits))
    for limit in conflict.limits:
        yield say("planning.infeasible.limit", limit=limit_words(draft, limit))
    yield say("planning.infeasible.any")
    for change in conflict.changes:
        yield _change_sentence(draft, change)


def _change_sentence(draft: Draft, change: Change) -> str:
    return say(
        "planning.infeasible.change",
        limit=limit_words(draft, change.limit),
        to=figure(change.to),
        unit=change.limit.unit,
        share=percent(change.relative),
    )


def _unbounded(draft: Draft) -> Iterator[str]:
    found = draft.unlimited
    if found is None:
        return
    titles = dict(zip(draft.economy.goods.names, draft.economy.goods.titles, strict=True))
    yield say(
        "planning.unbounded.opening",
        goods=", ".join(titles[good] for good in found.goods) or say("planning.unbounded.targets"),
        years=", ".join(str(year) for year in found.years),
    )
    key = "techniques" if found.techniques else "trade"
    yield say(f"planning.unbounded.{key}", techniques=", ".join(found.techniques))
