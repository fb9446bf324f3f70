"""A plan put to the test: how often its floors hold when the numbers are not as declared.

The economy is drawn again and again within what is known of its numbers (`deviations`), and the
adopted plan is carried out in each draw (`carrying`): nobody draws up a new plan. Shares of draws
come with Wilson's interval at 95 %. The reserve of a floor is the shortfall that 95 % of the draws
do not exceed: had the people who lack the good had so much more of it in that year, and nothing
else been different, the floor would have held in 95 % of the draws.

Source: E. B. Wilson (1927), Probable inference, the law of succession, and statistical inference,
Journal of the American Statistical Association 22, 209-212.
"""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from typing import Any, Final, final

import numpy as np

from sovplan.foundation.errors import DataError, PlanningError
from sovplan.foundation.numbers import figure, percent
from sovplan.foundation.words import say
from sovplan.planning.carrying import Carried, carry_out
from sovplan.planning.deviations import SPREAD, Drawn, Luck, deviations
from sovplan.records.draft import Draft, Plan
from sovplan.records.economy import Economy
from sovplan.records.folder import Folder
from sovplan.records.returns import Returns

SURE: Final = 0.95
"""Share of draws in which a reserve is to let a floor hold, and of the intervals given."""
QUANTILES: Final = (0.05, 0.5, 0.95)
_WILSON: Final = 1.959963984540054
"""0.975 quantile of the standard normal distribution."""
_HELD: Final = 1e-9
"""Part of a floor that may be missing by rounding."""
_AT_ONCE: Final = 50
"""Draws whose numbers are held at once."""
_MOST: Final = 5
"""Floors that are told in sentences."""


@final
@dataclass(frozen=True, slots=True)
class Share:
    """A share of draws, and its interval at 95 %."""

    share: float
    low: float
    high: float


@final
@dataclass(frozen=True, slots=True)
class Floor:
    """How one floor fared.

    Parameters
    ----------
    good, year, amount
        Whose floor it is, units.
    held
        Share of draws in which it held.
    reached
        Consumption as a multiple of the floor: 5, 50 and 95 % of the draws were below.
    reserve
        Units of the good that would have let it hold in 95 % of the draws; 0 where it did.
    reserve_share
        The same as a share of what the plan makes and imports of it in the year; nan if nothing.
    """

    good: str
    year: int
    amount: float
    held: Share
    reached: tuple[float, float, float]
    reserve: float
    reserve_share: float


@final
@dataclass(frozen=True, slots=True)
class Stress:
    """What became of a plan in many draws.

    Parameters
    ----------
    draws, seed
        How many, and the root of their luck.
    ranged, spread
        Numbers drawn within the range of their row, and within 5 % of their amount.
    floors
        Each floor, by good and year.
    all_floors
        Share of draws in which all floors held in all years.
    fulfilment
        5, 50 and 95 % of the fulfilment of each year; None in a year without target.
    planned
        Fulfilment of the plan itself.
    built
        5, 50 and 95 % of the share done of each year's building, by goods put in against plan.
    sentences
        The same in words.
    """

    draws: int
    seed: int
    ranged: int
    spread: int
    years: tuple[int, ...]
    floors: tuple[Floor, ...]
    all_floors: Share
    fulfilment: tuple[tuple[float, float, float] | None, ...]
    planned: tuple[float | None, ...]
    built: tuple[tuple[float, float, float] | None, ...]
    sentences: tuple[str, ...] = ()

    def document(self) -> dict[str, Any]:
        """Return the same as plain values for a JSON document; what is not a number is None."""
        return {key: _plain(value) for key, value in asdict(self).items()}


def stress(
    returns: Returns, folder: Folder, draft: Draft, *, draws: int = 200, seed: int = 1
) -> Stress:
    """Carry an adopted plan out in many draws of the economy.

    Parameters
    ----------
    returns
        What was declared.
    folder
        The tables it was built from; their columns low and high say how sure each number is.
    draft
        The plan.
    draws
        How many draws, 1 to 100,000. A draw is the same however many there are.
    seed
        Root of all luck, 0 to 2^64 - 1; the same seed gives the same result.

    Raises
    ------
    DataError
        The number of draws or the seed is out of its range, or the draft is of another economy.
    PlanningError
        The draft has no plan, or asks for no floor.
    SolverFailed
        A year cannot be carried out in a draw.
    """
    plan = _plan_of(returns, draft, draws)
    economy, calendar = returns.declared, draft.calendar
    consumption, fulfilment, built = [], [], []
    counted = (0, 0)
    for first in range(0, draws, _AT_ONCE):
        luck = Luck(seed, tuple(range(first, min(first + _AT_ONCE, draws))))
        drawn = deviations(economy, folder, calendar, luck)
        counted = drawn.ranged, drawn.spread
        done = carry_out(plan, economy, calendar, drawn)
        consumption.append(done.consumption)
        fulfilment.append(_fulfilment(draft, done.consumption, done.output))
        built.append(_built(plan, done))
    people = np.concatenate(consumption, axis=-1)
    held = people >= calendar.floor[:, :, None] * (1.0 - _HELD)
    found = Stress(
        draws,
        seed,
        *counted,
        calendar.years,
        tuple(_floors(draft, plan, people, held)),
        _share(held[calendar.floor > 0].all(axis=0)),
        tuple(_quantiles(year) for year in np.concatenate(fulfilment, axis=-1)),
        draft.fulfilment,
        tuple(_quantiles(year) for year in np.concatenate(built, axis=-1)),
    )
    return replace(found, sentences=tuple(_sentences(found, economy)))


def wilson(count: int, of: int) -> tuple[float, float]:
    """Return the ends of Wilson's interval at 95 % for a share of `count` in `of`."""
    share, square = count / of, _WILSON**2
    middle = share + square / (2 * of)
    half = _WILSON * float(np.sqrt(share * (1 - share) / of + square / (4 * of**2)))
    low, high = (middle - half) / (1 + square / of), (middle + half) / (1 + square / of)
    return max(low, 0.0) if count else 0.0, min(high, 1.0) if count < of else 1.0


def _plan_of(returns: Returns, draft: Draft, draws: int) -> Plan:
    if not 1 <= draws <= 100_000:
        raise DataError(say("stress.draws", draws=draws))
    economy, own = returns.declared, draft.economy
    names = [(one.goods.names, one.techniques.names, one.plants.names) for one in (economy, own)]
    if names[0] != names[1]:
        raise DataError(say("stress.other", economy=economy.name, own=own.name))
    if draft.plan is None:
        raise PlanningError(say("stress.no_plan", status=draft.status))
    if not (draft.calendar.floor > 0).any():
        raise PlanningError(say("stress.no_floor"))
    return draft.plan


def _share(held: np.ndarray) -> Share:
    count, of = int(held.sum()), len(held)
    return Share(count / of, *wilson(count, of))


def _floors(draft: Draft, plan: Plan, people: Drawn, held: np.ndarray) -> Iterator[Floor]:
    floor, supply = draft.calendar.floor, plan.output + plan.imports
    for good, year in np.argwhere(floor > 0):
        amount = float(floor[good, year])
        missing = np.where(held[good, year], 0.0, amount - people[good, year])
        reserve = float(np.quantile(missing, SURE, method="inverted_cdf"))
        there = float(supply[good, year])
        yield Floor(
            draft.economy.goods.names[good],
            draft.years[year],
            amount,
            _share(held[good, year]),
            _three(people[good, year] / amount),
            reserve,
            reserve / there if there > 0 else float("nan"),
        )


def _fulfilment(draft: Draft, consumption: Drawn, output: Drawn) -> Drawn:
    """Return the least share of any target that is met, years x draws; nan without a target."""
    calendar = draft.calendar
    wanted = calendar.target[:, :, None]
    share = np.full(consumption.shape, np.inf)
    np.divide(consumption, wanted, out=share, where=wanted > 0)
    # The labour objective asks for all of an output, the others for a share beyond its base.
    base = np.zeros_like(calendar.output_base)
    if draft.aims.objective != "labour":
        base = calendar.output_base
    rise = (calendar.output_target - base)[:, :, None]
    made = np.full(output.shape, np.inf)
    np.divide(output - base[:, :, None], rise, out=made, where=rise > 0)
    least = np.minimum(share.min(axis=0), made.min(axis=0))
    return np.where(np.isfinite(least), least, np.nan)


def _built(plan: Plan, done: Carried) -> Drawn:
    """Return the share done of the goods to be built in, years x draws; nan where there are none.

    Goods are added up by their share in the plan, so each good built in weighs the same.
    """
    planned = plan.investment[:, :, None]
    share = np.full(done.investment.shape, np.nan)
    np.divide(done.investment, planned, out=share, where=planned > 0)
    count = (planned > 0).sum(axis=0)
    return np.where(count > 0, np.nansum(share, axis=0) / np.maximum(count, 1), np.nan)


def _quantiles(values: Drawn) -> tuple[float, float, float] | None:
    return None if np.isnan(values).any() else _three(values)


def _three(values: Drawn) -> tuple[float, float, float]:
    low, middle, high = np.quantile(values, QUANTILES).tolist()
    return low, middle, high


def _sentences(found: Stress, economy: Economy) -> Iterator[str]:
    titles = dict(zip(economy.goods.names, economy.goods.titles, strict=True))
    units = dict(zip(economy.goods.names, economy.goods.units, strict=True))
    spans = {"low": percent(found.all_floors.low), "high": percent(found.all_floors.high)}
    counts = {"draws": found.draws, "ranged": found.ranged, "spread": found.spread}
    yield say("stress.drawn", **counts, width=percent(SPREAD))
    yield say("stress.all", share=percent(found.all_floors.share), draws=found.draws, **spans)
    weak = sorted(found.floors, key=lambda floor: (floor.held.share, floor.reached[0]))
    weak = [floor for floor in weak if floor.held.share < SURE]
    if not weak:
        yield say("stress.each", share=percent(min(one.held.share for one in found.floors)))
    for floor in weak[:_MOST]:
        words = {"good": titles[floor.good], "year": floor.year, "unit": units[floor.good]}
        words |= {"share": percent(floor.held.share), "reached": percent(floor.reached[0])}
        part = percent(floor.reserve_share)
        yield say("stress.floor", reserve=figure(floor.reserve), part=part, **words).strip()
    if len(weak) > _MOST:
        yield say("stress.more", count=len(weak) - _MOST)
    yield say("stress.means")


def _plain(value: Any) -> Any:
    if isinstance(value, float):
        return value if np.isfinite(value) else None
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    return value
