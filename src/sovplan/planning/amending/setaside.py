"""What an amended plan no longer aims at, and what it makes and nobody uses.

A target that an amendment lowers is struck out: the aim counts the targets that stay. What people
get of the struck one is told beside it, so that nobody takes one measure for the other. A target
above what an amendment asks for at most is cut to that. And where
less is asked for but as much is made, the rest is told as goods made beyond use.
"""

from typing import Final

import numpy as np

from sovplan.foundation.shapes import GoodsYears
from sovplan.planning.amending.demands import Demands
from sovplan.planning.amending.ground import Ground
from sovplan.records.costing import Moved, Struck
from sovplan.records.draft import Plan

_SEEN: Final = 1e-6
"""Share of a good's turnover from which goods made beyond use are told from rounding."""
_DUST: Final = 1e-9
"""Share up to which what is left of a good is nothing."""


def struck_targets(
    ground: Ground, demands: Demands | None
) -> tuple[tuple[str, GoodsYears], tuple[str, GoodsYears]]:
    """Return what was struck out of the targets of consumption and of output, goods x years."""
    calendar = ground.problem.calendar
    return (
        ("consumption", calendar.target - kept(ground, demands, "target", calendar.target)),
        (
            "output",
            calendar.output_target - kept(ground, demands, "output_target", calendar.output_target),
        ),
    )


def kept(ground: Ground, demands: Demands | None, block: str, targets: GoodsYears) -> GoodsYears:
    """Return targets, goods x years, without what demands strike out of a block or cut off."""
    problem, values = ground.problem, targets.copy()
    rows = problem.rows.get(block)
    if demands is None or rows is None:
        return values
    for at in np.flatnonzero(np.isin(rows.places.ravel(), demands.struck)):
        good = problem.economy.goods.names.index(rows.names[at])
        left = demands.cut.get(int(rows.places.ravel()[at]), 0.0)
        values[good, problem.calendar.years.index(rows.years[at])] = left
    return values


def struck_in(ground: Ground, demands: Demands | None, plan: Plan) -> tuple[Struck, ...]:
    """Return the struck and cut targets, and what the draft and an amended plan give of each."""
    goods, calendar = ground.problem.economy.goods, ground.problem.calendar
    whole = {"consumption": calendar.target, "output": calendar.output_target}
    found = []
    for of, gone in struck_targets(ground, demands):
        before, after = (getattr(each, of) for each in (ground.plan, plan))
        for good in np.flatnonzero((gone > 0).any(axis=1)):
            years = gone[good] > 0
            found.append(
                Struck(
                    goods.names[good],
                    goods.titles[good],
                    goods.units[good],
                    of,
                    float(whole[of][good, years].sum()),
                    float(before[good, years].sum()),
                    float(after[good, years].sum()),
                    float((whole[of] - gone)[good, years].sum()),
                )
            )
    return tuple(found)


def beyond_use(ground: Ground, plan: Plan, heads: float) -> tuple[Moved, ...]:
    """Return the goods of which an amended plan makes more, or less, beyond use than the draft.

    Parameters
    ----------
    ground, plan
        The draft and the amended plan.
    heads
        Heads of all years added up; nan where none are known.
    """
    economy = ground.problem.economy
    size = np.maximum((plan.output + plan.imports).sum(axis=1), economy.turnover())
    before, after = (
        np.where(waste > _DUST * size, waste, 0.0)
        for waste in (each.waste.sum(axis=1) for each in (ground.plan, plan))
    )
    goods = economy.goods
    return tuple(
        Moved(
            goods.names[good],
            goods.titles[good],
            goods.units[good],
            float(before[good]),
            float(after[good]),
            float(after[good] - before[good]) / heads,
        )
        for good in np.flatnonzero(np.abs(after - before) > _SEEN * size)
    )
