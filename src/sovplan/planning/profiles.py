"""What planners draft for: the same needs, weighed in three ways."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final, final

import numpy as np

from sovplan.foundation.errors import PlanningError
from sovplan.foundation.shapes import GoodsVector
from sovplan.foundation.solver import solve
from sovplan.foundation.words import say
from sovplan.planning.easing import eased, without_unfinished
from sovplan.planning.limits import problem_of
from sovplan.planning.optimum import Start, optimum
from sovplan.records.aims import Aims
from sovplan.records.calendar import calendar_of
from sovplan.records.draft import Draft
from sovplan.records.economy import Series
from sovplan.records.returns import Returns


@final
@dataclass(frozen=True, slots=True)
class Profile:
    """How a draft weighs this year against later ones.

    Parameters
    ----------
    weight
        Weight of a year's consumption over that of the year before.
    growth
        Yearly growth of the goods in plants that is asked for at the end.
    """

    weight: float
    growth: float


PROFILES: Final[Mapping[str, Profile]] = {
    "consumption": Profile(0.7, 0.0),
    "even": Profile(1.0, 0.02),
    "building": Profile(1.4, 0.05),
}
"""Assumed: the weights are chosen so that the drafts of the embedded economies differ plainly;
growth 0.02 is that of the terminal rule of the plan files of ussr-1928, 0.05 more than twice
that."""


FLOOR: Final = 0.85
"""Share of the floors below which no draft falls if it can be helped (assumed, 0.7 to 1): floors of
the embedded economies are what people had in a common year, and a year may be worse."""


def aims_of(name: str, returns: Returns, prices: GoodsVector, years: int) -> Iterator[Aims]:
    """Yield the aims of a profile, then what it asks for when that cannot be had.

    The most consumption, each good up to its target, at published prices. First the growth of
    plants is given up, last the rule that plants and stocks last.

    Parameters
    ----------
    name
        A name of `PROFILES`.
    returns
        What was declared.
    prices
        Published prices: the weights of goods.
    years
        Horizon.
    """
    profile = PROFILES[name]
    first = Aims(
        name=name,
        objective="weighted",
        years=years,
        terminal=profile.growth,
        floor_multiples=(FLOOR,),
        year_weights=tuple(profile.weight**year for year in range(years)),
        weights=dict(zip(returns.declared.goods.names, prices.tolist(), strict=True)),
    )
    yield first
    if profile.growth > 0:
        yield replace(first, terminal=0.0)
    yield replace(first, terminal=None)


def drafted(returns: Returns, name: str, prices: GoodsVector, years: int) -> Draft:
    """Return the draft of a profile: the first of its aims that can be had.

    If none can be had, floors and public uses give way as little as they must (`easing.eased`)
    while plants last; if that is not possible, works under way stand still; and last of all plants
    may wear out.

    Parameters
    ----------
    returns
        What was declared.
    name, prices, years
        As for `aims_of`.

    Raises
    ------
    PlanningError
        Not even the last of them can be had, nor a plan with fewer public uses.
    """
    returns = _of_people(returns)
    wishes = tuple(aims_of(name, returns, prices, years))
    for aims in wishes[:-1]:
        draft = _tried(returns, aims, name)
        if draft is not None:
            return draft
    for aims in wishes[-2:]:
        for given in (returns, replace(returns, declared=without_unfinished(returns.declared))):
            draft = _tried(*eased(given, aims), name)
            if draft is not None:
                return draft
    economy = returns.declared
    raise PlanningError(
        say("profiles.impossible", profile=name, economy=economy.name, year=economy.first_year)
    )


def _of_people(returns: Returns) -> Returns:
    """Return returns without targets of output: a profile weighs what people consume."""
    none = np.zeros(0, dtype=np.int64)
    economy = returns.declared
    wanted = Series(economy.goods.names, none, none, np.zeros((0, 2)))
    return replace(returns, declared=replace(economy, outputs_wanted=wanted))


def _tried(returns: Returns, aims: Aims, name: str) -> Draft | None:
    """Return the draft for some aims, or nothing where they cannot be had."""
    economy = returns.declared
    programme = problem_of(economy, aims, calendar_of(economy, aims)).programme
    first = solve(programme)
    if first.answer != "optimal":
        return None
    start = Start(first.basis, programme.matrix.shape)
    return replace(optimum(returns, aims, start=start, thorough=False), method=name)
