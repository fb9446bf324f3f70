"""What planners draft for: the same needs, weighed in three ways."""

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final, final

import numpy as np

from sovplan.foundation.errors import PlanningError
from sovplan.foundation.shapes import GoodsVector
from sovplan.foundation.solver import solve
from sovplan.foundation.words import say
from sovplan.planning.easing import eased, without_unfinished
from sovplan.planning.growing import grown
from sovplan.planning.limits import problem_of
from sovplan.planning.optimum import Start, draft_of, solved_further
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


def aims_of(name: str, returns: Returns, prices: GoodsVector, years: int) -> Aims:
    """Return the aims of a profile, with plants and stocks that last but do not grow.

    The most consumption, each good up to its target, at published prices.

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
    return Aims(
        name=name,
        objective="weighted",
        years=years,
        terminal=0.0,
        floor_multiples=(FLOOR,),
        year_weights=tuple(profile.weight**year for year in range(years)),
        weights=dict(zip(returns.declared.goods.names, prices.tolist(), strict=True)),
    )


@final
class Ways:
    """What may be asked for of some returns, the most first: found once, for all who draft.

    Parameters
    ----------
    source
        Returns and aims; each is drawn when somebody first asks for it.
    """

    def __init__(self, source: Iterator[tuple[Returns, Aims]]) -> None:
        self._source = source
        self._found: list[tuple[Returns, Aims]] = []
        self.start: Start | None = None
        """Where the last draft ended: the next one is not far from it."""

    def __iter__(self) -> Iterator[tuple[Returns, Aims]]:
        """Yield returns and aims."""
        for place in itertools.count():
            if place == len(self._found):
                following = next(self._source, None)
                if following is None:
                    return
                self._found.append(following)
            yield self._found[place]


def ways_of(returns: Returns, prices: GoodsVector, years: int) -> Ways:
    """Return what may be asked for of returns: all needs, then less and less.

    Parameters
    ----------
    returns, prices, years
        As for `drafted`.
    """
    returns = _of_people(returns)
    return Ways(_less_and_less(returns, aims_of("consumption", returns, prices, years)))


def drafted(
    returns: Returns, name: str, prices: GoodsVector, years: int, ways: Ways | None = None
) -> Draft:
    """Return the draft of a profile, with as much as can be had of what it asks for.

    First the growth of plants gives way, good by good (`growing.grown`). If needs cannot be met
    even while plants only last, floors and public uses give way as little as they must
    (`easing.eased`), and growth is what can be had beside them; if that is not possible, works
    under way stand still; and last of all plants may wear out.

    Parameters
    ----------
    returns
        What was declared.
    name, prices, years
        As for `aims_of`.
    ways
        Those of the returns, where several drafts are made of them.

    Raises
    ------
    PlanningError
        Not even the last of them can be had, nor a plan with fewer public uses.
    """
    growth = PROFILES[name].growth
    own = aims_of(name, returns, prices, years)
    ways = ways or ways_of(returns, prices, years)
    for given, asked in ways:
        aims = replace(
            own,
            terminal=asked.terminal,
            floor_multiples=asked.floor_multiples,
            needs=asked.needs,
        )
        possible = aims if aims.terminal is None else grown(given, aims, growth, prices)
        draft = None if possible is None else _tried(given, possible, name, ways)
        if draft is not None:
            return draft
    economy = returns.declared
    raise PlanningError(
        say("profiles.impossible", profile=name, economy=economy.name, year=economy.first_year)
    )


def _less_and_less(returns: Returns, aims: Aims) -> Iterator[tuple[Returns, Aims]]:
    """Yield what may be asked for, the most first."""
    if _can_be(returns, aims):
        yield returns, aims
    for wish in (aims, replace(aims, terminal=None)):
        yield eased(returns, wish)
        yield eased(replace(returns, declared=without_unfinished(returns.declared)), wish)


def _can_be(returns: Returns, aims: Aims) -> bool:
    """Tell whether there is any plan for some aims."""
    economy = returns.declared
    programme = problem_of(economy, aims, calendar_of(economy, aims)).programme
    anything = replace(programme, cost=np.zeros(len(programme.cost)))
    return solve(anything, exact=False).answer == "optimal"


def _of_people(returns: Returns) -> Returns:
    """Return returns without targets of output: a profile weighs what people consume."""
    none = np.zeros(0, dtype=np.int64)
    economy = returns.declared
    wanted = Series(economy.goods.names, none, none, np.zeros((0, 2)))
    return replace(returns, declared=replace(economy, outputs_wanted=wanted))


def _tried(returns: Returns, aims: Aims, name: str, ways: Ways) -> Draft | None:
    """Return the draft for some aims, or nothing where they cannot be had."""
    economy = returns.declared
    problem = problem_of(economy, aims, calendar_of(economy, aims))
    shape = problem.programme.matrix.shape
    before = ways.start if ways.start is not None and ways.start.shape == shape else None
    first = solve(problem.programme, start=None if before is None else before.first)
    if first.answer != "optimal":
        return None
    ways.start = Start(first.basis, shape)
    found = solved_further(problem, first, "primal")
    return replace(draft_of(problem, found, "primal", thorough=False), method=name)
