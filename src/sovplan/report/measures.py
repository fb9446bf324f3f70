"""Numbers of a draft that pages show: weights of goods, targets, hours used, capacity kept."""

from dataclasses import dataclass
from typing import Final, Literal, final

import numpy as np

from sovplan.foundation.shapes import GoodsVector, GoodsYears, PlantsVector, PlantsYears
from sovplan.planning.foremost import tried_amounts
from sovplan.records.draft import Binding, Draft, Plan
from sovplan.records.economy import Economy

EXACT: Final = 1e-6
"""Relative difference below which two amounts of a plan are the same to a reader."""


def weights(draft: Draft) -> GoodsVector:
    """Return the size of each good in the plan, in hours: mean price times mean supply.

    Orders goods whose units differ; 0 for all without prices.
    """
    plan = draft.plan
    if plan is None or draft.hours is None:
        return np.zeros(len(draft.economy.goods))
    supply = (plan.output + plan.imports).mean(axis=1)
    return np.asarray(np.maximum(draft.hours.goods, 0.0).mean(axis=1) * supply)


def largest(sizes: np.ndarray, most: int) -> list[int]:
    """Return the places of the greatest sizes, greatest first; equal ones keep their order."""
    return [int(place) for place in np.argsort(-sizes, kind="stable")[:most]]


@final
@dataclass(frozen=True, slots=True)
class Target:
    """What is asked of one good in one year, and what the plan reaches.

    Parameters
    ----------
    good, year
        Index of the good and of the year.
    kind
        Whether consumption or gross output counts.
    least, asked, reached
        Floor or base, target, and the plan's amount, units.
    """

    good: int
    year: int
    kind: Literal["consumption", "output"]
    least: float
    asked: float
    reached: float

    @property
    def share(self) -> float:
        """What is reached as a share of the target."""
        return self.reached / self.asked

    @property
    def met(self) -> bool:
        """Whether the target is reached in full."""
        return self.share >= 1 - EXACT


def targets(draft: Draft, year: int) -> tuple[Target, ...]:
    """Return the targets above 0 of a year, those of consumption first."""
    plan, calendar = draft.plan, draft.calendar
    found = []
    for kind, asked, least in (
        ("consumption", calendar.target, calendar.floor),
        ("output", calendar.output_target, calendar.output_base),
    ):
        for good in np.flatnonzero(asked[:, year] > 0):
            g = int(good)
            reached = np.nan
            if plan is not None:
                amounts = plan.consumption if kind == "consumption" else plan.output
                reached = float(amounts[g, year])
            found.append(
                Target(
                    g,
                    year,
                    "output" if kind == "output" else "consumption",
                    float(least[g, year]),
                    float(asked[g, year]),
                    reached,
                )
            )
    return tuple(found)


def target_years(draft: Draft) -> tuple[int, ...]:
    """Return the indices of the years that have a target."""
    return tuple(int(year) for year in np.flatnonzero(draft.calendar.wanted()))


def at_floor(draft: Draft, year: int) -> tuple[int, int]:
    """Return of how many goods people get their floor and no more, and how many have a floor."""
    floor = draft.calendar.floor[:, year]
    plan = draft.plan
    asked = floor > 0
    if plan is None:
        return 0, int(asked.sum())
    return int((asked & (plan.consumption[:, year] <= floor * (1 + EXACT))).sum()), int(asked.sum())


def hours_used(plan: Plan) -> tuple[float, float]:
    """Return hours used and hours there are, over all years and kinds of labour."""
    return float(plan.labour_used.sum()), float(plan.labour_available.sum())


@final
@dataclass(frozen=True, slots=True)
class Scarce:
    """One scarce thing: its bindings of all years together.

    Parameters
    ----------
    kind, name
        Of the limit.
    years
        Calendar years in which it binds; empty where it holds over all years.
    dearest
        The binding of the year that saves most.
    rate
        Hours that relaxing it by one per cent in every year saves, by the rate near the optimum.
    tried
        What that saves when the problem is solved again; None if it was not tried.
    """

    kind: str
    name: str
    years: tuple[int, ...]
    dearest: Binding
    rate: float
    tried: float | None

    @property
    def saved(self) -> float:
        """Hours that are told: those found by solving again, or else the rate."""
        return self.rate if self.tried is None else self.tried


def scarce_things(draft: Draft) -> tuple[Scarce, ...]:
    """Return what binds, the years put together: first what was tried, by the hours it saves."""
    tried = tried_amounts(draft, "hours")
    groups: dict[tuple[str, str], list[Binding]] = {}
    for binding in draft.bindings:
        groups.setdefault((binding.limit.kind, binding.limit.name), []).append(binding)
    found = [
        Scarce(
            kind,
            name,
            tuple(sorted(b.limit.year for b in group if b.limit.year)),
            max(group, key=lambda b: (b.saved, b.price)),
            sum(b.saved for b in group),
            tried.get(f"{kind} {name}"),
        )
        for (kind, name), group in groups.items()
    ]
    return tuple(sorted(found, key=lambda s: (s.tried is None, -s.saved, -s.dearest.price)))


def priced_year(draft: Draft) -> int:
    """Return the year in which most goods have a price in hours, the latest of several."""
    if draft.hours is None:
        return len(draft.years) - 1
    priced = (draft.hours.goods > 0).sum(axis=0)
    return int(np.flatnonzero(priced == priced.max())[-1])


def unfinished(economy: Economy, plan: Plan) -> PlantsVector:
    """Return the capacity whose goods are in works that are not yet in use at the end."""
    horizon = plan.ordered.shape[1]
    found = np.zeros(len(economy.plants))
    for plant, gestation in enumerate(economy.plants.gestation):
        for order in range(max(horizon - int(gestation) + 1, 0), horizon):
            found[plant] += plan.ordered[plant, order] * (horizon - order) / gestation
    return found


def ratio(first: PlantsVector, last: PlantsVector) -> PlantsVector:
    """Return last over first; nan where there was nothing at first."""
    return shares(last, first)


def plant_sizes(draft: Draft) -> PlantsVector:
    """Return the size of each plant: its greatest capacity times the hours built into a unit of it.

    Without hours, or where nothing that is built has a price, the number of goods built into it.
    """
    plan, plants = draft.plan, draft.economy.plants
    if plan is None:
        return np.zeros(len(plants))
    prices = np.ones(len(draft.economy.goods))
    if draft.hours is not None and (draft.hours.goods > 0).any():
        prices = np.maximum(draft.hours.goods, 0.0).mean(axis=1)
    return np.asarray((plants.building.T @ prices) * plan.capacity.max(axis=1))


def shares(part: np.ndarray, whole: np.ndarray) -> np.ndarray:
    """Return part over whole; nan where the whole is nothing."""
    found = np.full(np.shape(part), np.nan)
    np.divide(part, whole, out=found, where=whole > 0)
    return found


def clean(amounts: GoodsYears | PlantsYears, scale: np.ndarray) -> np.ndarray:
    """Return amounts with what is rounding beside a scale set to 0."""
    return np.where(np.abs(amounts) > 1e-9 * scale[:, None], amounts, 0.0)
