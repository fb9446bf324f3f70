"""How a plan stands up: drawn again and again within what is known of its numbers, carried out.

The adopted plan stays as it is; the economy differs from what was declared (`deviations`), and what
is short is shared out by a stated rule (`carrying`). Nobody plans again during the years.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Final, final

import numpy as np

from sovplan.foundation.errors import DataError, PlanningError
from sovplan.foundation.numbers import figure, percent
from sovplan.foundation.shapes import GoodsYears, Grid, Vector
from sovplan.foundation.words import say
from sovplan.planning.carrying import Carried, carry_out
from sovplan.planning.deviations import deviations
from sovplan.planning.draws import Drawn, Luck
from sovplan.records.draft import Draft
from sovplan.records.folder import Folder
from sovplan.records.returns import Returns

MOST_DRAWS: Final = 10_000
"""Most draws of one plan: the interval of a share is then one point wide."""
AIM: Final = 0.95
"""Share of draws in which a floor should hold; reserves are reckoned for it."""
QUANTILES: Final = (0.05, 0.5, 0.95)
_Z: Final = 1.959963984540054
"""Quantile of the normal distribution for an interval of 95 %."""
_HELD: Final = 1e-6
"""Relative shortfall up to which a floor is said to hold."""
_NAMED: Final = 5


@final
@dataclass(frozen=True, slots=True, eq=False)
class Stress:
    """What remains of a plan when its numbers err.

    Parameters
    ----------
    draws, seed
        How many times the numbers were drawn, and the root of the luck.
    ranged, spread
        How many numbers were drawn within their own range, and within 5 %.
    holds, holds_low, holds_high
        Share of draws in which a floor holds, goods x years, and its interval of 95 % (Wilson
        1927); nan where there is no floor.
    all_hold
        Share of draws in which every floor holds in every year, and its interval.
    consumption
        Consumption over its floor at 5, 50 and 95 % of draws, quantiles x goods x years.
    fulfilment
        Least share of a target reached in a year at 5, 50 and 95 %, quantiles x years; of a
        target of output with a base the share of the increase, below 0 where less is made than
        the base; nan without a target.
    low, high
        Edges of the band that holds 90 % of the least fulfilment of all years.
    reserve, reserve_share
        Units of a good that were missing for its floor in no more than 5 % of draws, and the same
        as a share of its output; goods x years. It assumes that the reserve is at hand in that
        year and that nothing else changes.
    sentences
        The above in words.
    """

    draws: int
    seed: int
    ranged: int
    spread: int
    holds: GoodsYears
    holds_low: GoodsYears
    holds_high: GoodsYears
    all_hold: tuple[float, float, float]
    consumption: Grid
    fulfilment: Grid
    low: float
    high: float
    reserve: GoodsYears
    reserve_share: GoodsYears
    sentences: tuple[str, ...]


def stress(
    returns: Returns,
    folder: Folder,
    draft: Draft,
    draws: int,
    seed: int = 1,
    *,
    each: Callable[[int], None] | None = None,
) -> Stress:
    """Return how a draft stands up when its numbers are drawn within their ranges.

    Parameters
    ----------
    returns
        What the draft was made from.
    folder
        The same as written, with the columns low and high.
    draft
        A draft with a plan.
    draws
        How many times, 1 to 10,000.
    seed
        Root of the luck; the same seed gives the same numbers, and a further draw changes none
        of those before.
    each
        Is told after each draw how many are done.

    Raises
    ------
    DataError
        There are no draws, or too many.
    PlanningError
        The draft has no plan.
    """
    if draws < 1:
        raise DataError(say("robust.no_draws", draws=draws))
    if draws > MOST_DRAWS:
        raise DataError(say("robust.many_draws", draws=draws, most=MOST_DRAWS))
    if draft.plan is None:
        raise PlanningError(say("robust.no_plan", status=draft.status))
    economy, calendar = returns.declared, draft.calendar
    drawn = deviations(economy, folder, calendar, Luck(seed, tuple(range(draws))))
    carried = carry_out(draft.plan, economy, calendar, drawn, each=each)
    short = np.maximum(calendar.floor[:, :, None] - carried.consumption, 0.0)
    has = calendar.floor > 0
    held = short <= _HELD * calendar.floor[:, :, None]
    share = np.where(has, held.mean(axis=2), np.nan)
    low, high = wilson(share, draws)
    every = float(held[has].all(axis=0).mean()) if has.any() else 1.0
    reached = _reached(draft, carried)
    aimed = reached[np.isfinite(reached).all(axis=1)]
    least = np.quantile(aimed.min(axis=0), (0.05, 0.95)) if len(aimed) else (np.nan, np.nan)
    # A shortfall that was seen, so that at least 95 % of the draws do not pass it.
    missing = np.where(held, 0.0, short)
    reserve = np.where(has, np.quantile(missing, AIM, axis=2, method="inverted_cdf"), 0.0)
    output = draft.plan.output
    found = Stress(
        draws,
        seed,
        drawn.ranged,
        drawn.spread,
        share,
        low,
        high,
        _with_interval(every, draws),
        _quantiles(_ratio(carried.consumption, calendar.floor)),
        _quantiles(reached),
        float(least[0]),
        float(least[1]),
        reserve,
        np.divide(reserve, output, out=np.full(output.shape, np.nan), where=output > 0),
        (),
    )
    return replace(found, sentences=tuple(_sentences(draft, found)))


def _with_interval(share: float, draws: int) -> tuple[float, float, float]:
    low, high = wilson(np.array(share), draws)
    return share, float(low), float(high)


def wilson(share: Grid, draws: int) -> tuple[Grid, Grid]:
    """Return the interval of 95 % of a share seen in a number of draws.

    Source: Wilson (1927), Journal of the American Statistical Association 22(158), 209-212.
    """
    square = _Z**2 / draws
    middle = (share + square / 2) / (1 + square)
    half = _Z / (1 + square) * np.sqrt(share * (1 - share) / draws + square / (4 * draws))
    # With a share of 0 or 1 the edge is 0 or 1 exactly, but for rounding.
    low, high = np.where(share == 0, 0.0, middle - half), np.where(share == 1, 1.0, middle + half)
    return np.asarray(low), np.asarray(high)


def _reached(draft: Draft, carried: Carried) -> Drawn:
    """Return the least share of a target reached, years x draws; nan in a year without one."""
    calendar = draft.calendar
    shares = [
        _ratio(carried.consumption, calendar.target),
        _ratio(
            carried.output - calendar.output_base[:, :, None],
            calendar.output_target - calendar.output_base,
        ),
    ]
    wanted = np.stack([np.where(np.isnan(part), np.inf, part).min(axis=0) for part in shares])
    least = wanted.min(axis=0)
    return np.where(np.isfinite(least), least, np.nan)


def _ratio(amounts: Drawn, to: GoodsYears) -> Drawn:
    """Return amounts over what they are measured by; nan where that is not above 0."""
    by = np.where(to > 0, to, np.nan)[:, :, None]
    return np.asarray(amounts / by)


def _quantiles(values: Drawn) -> Grid:
    return np.asarray(np.quantile(values, QUANTILES, axis=-1))


def _sentences(draft: Draft, found: Stress) -> Iterator[str]:
    numbers = {"draws": found.draws, "ranged": found.ranged, "spread": found.spread}
    yield say(f"robust.drawn.{'one' if found.draws == 1 else 'many'}", **numbers)
    share, low, high = found.all_hold
    yield say("robust.all", share=percent(share), low=percent(low), high=percent(high))
    if np.isfinite(found.low):
        key = "band_increase" if (draft.calendar.output_base > 0).any() else "band"
        yield say(f"robust.{key}", where=where_words(found.low, found.high))
    worst = np.where(np.isnan(found.holds), np.inf, found.holds).min(axis=1)
    goods = draft.economy.goods
    for good in np.argsort(worst, kind="stable")[:_NAMED]:
        if worst[good] < AIM:
            yield _reserve_sentence(draft, found, int(good), float(worst[good]))
    below = int((worst < AIM).sum())
    if below > _NAMED:
        yield say("robust.more", count=below - _NAMED, all=len(goods))
    if below == 0:
        yield say("robust.none_below")
    yield say("robust.assumes")


def where_words(low: float, high: float) -> str:
    """Return where shares lie, in words: between two, or at one where both read the same."""
    least, most = percent(low), percent(high)
    return say(f"robust.where.{'at' if least == most else 'between'}", low=least, high=most)


def _reserve_sentence(draft: Draft, found: Stress, good: int, share: float) -> str:
    goods = draft.economy.goods
    shares: Vector = np.where(np.isnan(found.holds[good]), np.inf, found.holds[good])
    year = int(np.argmin(shares))
    return say(
        "robust.reserve",
        name=goods.titles[good],
        share=percent(share),
        year=draft.years[year],
        reserve=figure(float(found.reserve[good, year])),
        unit=goods.units[good],
        of_output=percent(float(np.nan_to_num(found.reserve_share[good, year]))),
    )
