"""Which of the things that bind are told first, and what one per cent of each does."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any, Final, Literal, TypeAlias, final

from sovplan.foundation.numbers import figure
from sovplan.foundation.words import say
from sovplan.records.draft import Binding, Draft

STEP: Final = 0.01
"""Share of its amount by which a limit is relaxed."""
TRIED: Final = 3
"""Things that are tried for the objective, and as many for hours."""
ASKED: Final = frozenset({
    "floor",
    "wanted",
    "output_target",
    "terminal",
    "stock_end",
    "least_investment",
    "repayment",
})  # fmt: skip
"""Kinds of limit that ask for something: to relax them is to ask for less."""
Worth: TypeAlias = Literal["price", "hours"]
"""Which of the two prices of a limit is meant."""


@final
@dataclass(frozen=True, slots=True)
class Thing:
    """Limits of one kind on one thing, in the years in which they have a price.

    Parameters
    ----------
    kind, name
        Of the limits.
    places
        Which of the bindings they are.
    years
        Their calendar years in order; none where the limit holds over all years.
    rate
        What one per cent more in each of these years does by the duals. For the objective it is
        the most that can be; for hours it is the rate of another plan, near the optimum.
    """

    kind: str
    name: str
    places: tuple[int, ...]
    years: tuple[int, ...]
    rate: float

    @property
    def key(self) -> str:
        """Name of the thing among the facts of a draft."""
        return f"{self.kind} {self.name}"


def things_of(bindings: Sequence[Binding], worth: Worth) -> tuple[Thing, ...]:
    """Return the things that have a price, those first of which one per cent does most."""
    prices: list[float] = [getattr(binding, worth) for binding in bindings]
    groups: dict[tuple[str, str], list[int]] = {}
    for place, binding in enumerate(bindings):
        if prices[place] > 0:
            groups.setdefault((binding.limit.kind, binding.limit.name), []).append(place)
    found = []
    for (kind, name), places in groups.items():
        chosen = [bindings[place] for place in places]
        years = tuple(sorted(one.limit.year for one in chosen if one.limit.year))
        rate = sum(STEP * prices[place] * abs(bindings[place].limit.amount) for place in places)
        found.append(Thing(kind, name, tuple(places), years, rate))
    return tuple(sorted(found, key=lambda thing: -thing.rate))


@final
@dataclass(frozen=True, slots=True)
class Told:
    """A thing that binds, and what one per cent of it does.

    Parameters
    ----------
    amount
        What it brings, in the unit of the objective, or the hours that it saves.
    tried
        Whether the problem was solved again; else the amount is a rate: the most that it can be
        for the objective, and no bound for hours.
    """

    thing: Thing
    amount: float
    tried: bool


def holding(draft: Draft) -> tuple[Told, ...]:
    """Return the first of the things that hold the objective where it is.

    Those that were tried, by what one per cent brings (0 where another limit holds the objective
    at the same place), and those of which there is nothing; where none could be tried, those with
    the highest rates.
    """
    if draft.aims.objective == "labour":
        return ()
    return _told(things_of(draft.bindings, "price"), (draft.facts or {}).get("gained", {}))


def saving(draft: Draft) -> tuple[Told, ...]:
    """Return the first of the things that cost work, by the hours that one per cent saves.

    Hours that were tried are those of the plan as it is, with its own objective kept; others are
    rates at 0.99 of the optimum.
    """
    things = [thing for thing in things_of(draft.bindings, "hours") if thing.rate > 0]
    found = _told(things, (draft.facts or {}).get("freed", {}))
    return tuple(told for told in found if told.amount > 0)


def tried_amounts(draft: Draft, worth: Worth) -> dict[str, float]:
    """Return what one per cent of each thing that was tried brings or saves, by its key."""
    found = (draft.facts or {}).get("gained" if worth == "price" else "freed", {})
    return {key: float(told["amount"]) for key, told in found.items()}


def _told(things: Sequence[Thing], known: Mapping[str, Any]) -> tuple[Told, ...]:
    found = [
        Told(
            replace(thing, years=known[thing.key]["years"]), known[thing.key]["amount"], tried=True
        )
        for thing in things
        if thing.key in known
    ]
    # Of what is 0 there is no per cent; where nothing was tried rates are all that is known.
    rest = [thing for thing in things if thing.rate <= 0] if found else things
    found += [Told(thing, thing.rate, tried=False) for thing in rest[: TRIED - len(found)]]
    return tuple(sorted(found, key=lambda told: -told.amount))


def unit_price(draft: Draft, told: Told) -> float:
    """Return the price of one unit in the objective, in the year in which it is highest."""
    return max(draft.bindings[place].price for place in told.thing.places)


def unit_of(draft: Draft, told: Told) -> str:
    """Return the unit of the limits of a thing; '' where they have none."""
    return draft.bindings[told.thing.places[0]].limit.unit


def unit_price_words(draft: Draft, told: Told) -> str:
    """Return the price of one unit in the objective, with the unit."""
    price, unit = gain_figure(draft, unit_price(draft, told)), unit_of(draft, told)
    return say("planning.told.unit_price", price=price, unit=unit) if unit else price


def gain_figure(draft: Draft, gain: float) -> str:
    """Return a change of the objective as a number: percentage points, or value."""
    return figure(gain if draft.aims.objective == "weighted" else 100 * gain)


def gain_words(draft: Draft, gain: float) -> str:
    """Return a change of the objective in words."""
    key = "value" if draft.aims.objective == "weighted" else "points"
    return say(f"planning.gain.{key}", gain=gain_figure(draft, gain))


def gain_head(draft: Draft) -> str:
    """Return what stands above changes of the objective by one per cent."""
    return say(f"planning.told.{'value' if draft.aims.objective == 'weighted' else 'points'}")


def thing_words(draft: Draft, kind: str, name: str) -> str:
    """Return what a limit is of in a sentence, without year and amount."""
    economy, title = draft.economy, name
    of = economy.plants if kind == "capacity" else economy.goods
    if name in of.names:
        whole = of.titles[of.names.index(name)]
        title = whole.partition(" (")[0].strip() or whole
    return say(f"planning.thing.{kind}", name=title)


def thing_and_years(draft: Draft, thing: Thing) -> str:
    """Return a thing in a sentence, with its years."""
    words = thing_words(draft, thing.kind, thing.name)
    if not thing.years:
        return words
    first, last = thing.years[0], thing.years[-1]
    years = ", ".join(str(year) for year in thing.years)
    if len(thing.years) > 1 and all(after == year + 1 for year, after in pairwise(thing.years)):
        years = say("planning.reached.span", first=first, last=last)
    return say("planning.thing_years", thing=words, years=years)
