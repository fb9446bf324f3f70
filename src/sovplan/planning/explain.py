"""A draft in plain sentences: what is reached, what binds, what it costs, why it cannot be."""

from collections.abc import Callable, Iterator, Sequence
from typing import Final, Literal

import numpy as np

from sovplan.foundation.numbers import NOTHING_KNOWN, figure, percent, residual
from sovplan.foundation.words import say
from sovplan.planning.foremost import (
    ASKED,
    Told,
    gain_words,
    holding,
    saving,
    thing_and_years,
    things_of,
    unit_of,
    unit_price,
)
from sovplan.planning.leftovers import WASTE, made_alone, waste_shares
from sovplan.planning.soundness import soundness
from sovplan.records.draft import Change, Draft, Limit, Valuation

_MOST: Final = 5
"""Goods named in one sentence."""
_UNEVEN: Final = 0.5
"""Least over greatest fulfilment of a year below which the objective `common` is warned of."""


def explain(draft: Draft) -> tuple[str, ...]:
    """Return what a draft says in words."""
    if draft.status == "infeasible":
        return tuple(_infeasible(draft))
    if draft.status == "unbounded":
        return tuple(_unbounded(draft))
    opening, *further = _reached(draft)
    held = held_words(draft)
    return (
        f"{opening} {held}" if held else opening,
        *further,
        *_unsolved(draft),
        *binding_sentences(draft),
        *_costs(draft),
        *_idle(draft),
        *_wasted(draft),
        *_none_wasted(draft),
    )


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
        words = {"hours": hours, "unit": draft.economy.hours_unit, "span": span}
        key = "labour_weighted" if draft.aims.weighs_labour else "labour"
        yield say(f"planning.reached.{key}", **words, weighted=figure(draft.objective))
    elif draft.aims.objective == "weighted":
        yield say("planning.reached.weighted", value=figure(draft.objective), span=span)
    elif draft.aims.objective == "ray" or percent(min(phi)) == percent(max(phi)):
        based = bool((draft.calendar.output_base > 0).any())
        key = "planning.reached.increase" if based else "planning.reached.ray"
        share = draft.objective if draft.aims.objective == "ray" else min(phi)
        yield say(key, share=percent(share), span=span)
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


def held_words(draft: Draft) -> str:
    """Return what holds the objective where it is, or '' where nothing can be told to."""
    first = holding(draft)
    if not first:
        return ""
    count = len(things_of(draft.bindings, "price"))
    words = thing_and_years(draft, first[0].thing)
    if first[0].tried and first[0].amount == 0:
        return say("planning.held.together", thing=words)
    return say(f"planning.held.{'one' if count == 1 else 'many'}", thing=words, count=count)


def _unsolved(draft: Draft) -> Iterator[str]:
    """Yield what could not be found beside the plan."""
    for name in (draft.facts or {}).get("unsolved", ()):
        yield say(f"planning.unsolved.{name}")


def binding_sentences(draft: Draft) -> Iterator[str]:
    """Yield what holds the objective, what costs work, and how many limits more bind."""
    if draft.shadow is None:
        return
    if not draft.bindings:
        yield from _no_limit(draft)
        return
    first, dear = holding(draft), saving(draft)
    for told in first:
        if told.amount > 0 or not told.tried:
            yield _gain_sentence(draft, told)
    for told in dear:
        yield _saving_sentence(draft, told)
    named = {place for told in (*first, *dear) for place in told.thing.places}
    if len(draft.bindings) > len(named):
        yield say("planning.binding.rest", count=len(draft.bindings) - len(named))


def _no_limit(draft: Draft) -> Iterator[str]:
    """Yield that no limit has a price, and why where nothing can be had."""
    yield say("planning.binding.none")
    if draft.aims.objective != "labour" and draft.objective <= 0:
        for finding in soundness(draft.economy, draft.aims):
            if finding.file in {"flows.csv", "goods.csv", "techniques.csv"}:
                yield finding.text


def _gain_sentence(draft: Draft, told: Told) -> str:
    thing = begun(thing_and_years(draft, told.thing))
    if told.amount <= 0:
        gain = gain_words(draft, unit_price(draft, told))
        unit = unit_of(draft, told)
        unit = say("planning.told.unit", unit=unit) if unit else ""
        return say("planning.binding.one_unit", thing=thing, gain=gain, unit=unit)
    key = "brings" if told.tried else "brings_at_most"
    words = {"thing": thing, "share": share_words(told), "gain": gain_words(draft, told.amount)}
    return say(f"planning.binding.{key}", **words)


def _saving_sentence(draft: Draft, told: Told) -> str:
    words = {
        "thing": begun(thing_and_years(draft, told.thing)),
        "share": share_words(told),
        "saved": figure(told.amount),
        "unit": draft.work_unit,
    }
    return say(f"planning.binding.{'saves' if told.tried else 'saves_rate'}", **words)


def told_rows(
    draft: Draft,
    told: Sequence[Told],
    amount: Callable[[float], str],
    rate: Literal["at_most", "rate"],
) -> Iterator[tuple[Told, str, str]]:
    """Yield each thing that is told with its name and with what one per cent does, in words.

    Parameters
    ----------
    draft, told
        The draft, and its things.
    amount
        Writes what one per cent does.
    rate
        What an amount is called that was not tried.
    """
    for one in told:
        words = amount(one.amount)
        if not one.tried:
            rated = say(f"planning.told.{rate}", amount=words)
            words = rated if one.amount > 0 else NOTHING_KNOWN
        yield one, begun(thing_and_years(draft, one.thing)), words


def share_words(told: Told) -> str:
    """Return by how much a thing is relaxed: one per cent more or less, in each year."""
    key = "less" if told.thing.kind in ASKED else "more"
    if len(told.thing.years) > 1:
        return say(f"planning.share_each.{key}")
    return say(f"planning.share.{key}")


def begun(sentence: str) -> str:
    """Return words with a capital at the beginning.

    Examples
    --------
    >>> begun("foreign money")
    'Foreign money'
    """
    return sentence[:1].upper() + sentence[1:]


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
    goods, unit = draft.economy.goods, draft.work_unit
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
    share = waste_shares(draft.plan)
    named = [place for place in np.argsort(-share) if share[place] > WASTE]
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


def _none_wasted(draft: Draft) -> Iterator[str]:
    """Yield what is reached with nothing left over, where that was asked."""
    words = none_wasted_words(draft)
    if words:
        yield words


def none_wasted_words(draft: Draft) -> str:
    """Return what is reached with nothing left over beside what the plan reaches, or ''."""
    found = (draft.facts or {}).get("none_wasted")
    if found is None:
        return ""
    joint = len(made_alone(draft.economy)) < len(draft.economy.goods)
    aside = say("planning.none_wasted.aside") if joint else ""
    if found["phi"] is None:
        return say(f"planning.none_wasted.{found['answer']}", aside=aside)
    known = [share for share in draft.fulfilment if share is not None]
    return say(
        "planning.none_wasted.optimal",
        aside=aside,
        free=between(min(known), max(known)),
        strict=between(*found["phi"]),
    )


def between(least: float, most: float) -> str:
    """Return two shares in words, or one where both read the same."""
    low, high = percent(least), percent(most)
    return low if low == high else say("planning.none_wasted.between", least=low, most=high)


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
    if conflict.short > 0:
        yield say("planning.infeasible.proof", share=residual(conflict.short))


def _change_sentence(draft: Draft, change: Change) -> str:
    return say(
        "planning.infeasible.change",
        limit=limit_words(draft, change.limit),
        to=f"{figure(change.to)} {change.limit.unit}".strip(),
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
