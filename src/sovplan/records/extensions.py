"""Optional limits of an economy: each is one table or file, and absent it changes nothing.

The formulas stand in the page of the planning problem, section "Extensions".
"""

from dataclasses import dataclass, replace
from typing import final

import numpy as np

from sovplan.foundation.shapes import GoodsVector, Indices, TechniquesVector, Vector


@final
@dataclass(frozen=True, slots=True, eq=False)
class UnderConstruction:
    """Works begun before year 1: capacity of a plant that is ready on the first day of a year.

    Parameters
    ----------
    plants
        Index of the plant of each row.
    years
        Calendar year of each row.
    capacity
        U, capacity that is added.
    left
        Years, from year 1 on, in which goods still have to be put in: one part in gest of the
        norms of building in each; 0 where all goods are in it already.
    """

    plants: Indices
    years: Indices
    capacity: Vector
    left: Indices


@final
@dataclass(frozen=True, slots=True)
class OutsideTrade:
    """Fixed trade of every year outside the list of goods, foreign money."""

    other_imports: float
    other_exports: float


@final
@dataclass(frozen=True, slots=True)
class Credit:
    """A series of credit that may be drawn in other years.

    d[t] takes the place of the series, `yearly_least` <= d[t] <= `yearly_most`,
    and the sum of d over the years is at most `total` (foreign money).
    """

    series: str
    yearly_most: float
    yearly_least: float
    total: float


@final
@dataclass(frozen=True, slots=True, eq=False)
class Migration:
    """People who move from one kind of labour to another, up to a limit a year.

    Parameters
    ----------
    from_skill, to_skill
        Index of the kind they leave and of the kind they join.
    most_a_year
        Most people who may move in a year.
    hours_lost, hours_won
        Hours a year for one unit of people who have moved, in the economy's unit of hours.
    needs
        Units of each good a year for one unit of people who have moved.
    """

    from_skill: int
    to_skill: int
    most_a_year: float
    hours_lost: float
    hours_won: float
    needs: GoodsVector


@final
@dataclass(frozen=True, slots=True, eq=False)
class GrowthLimits:
    """Gross output of a good grows at most by a share from one year to the next.

    Parameters
    ----------
    opening
        Activity of each technique in the year before year 1.
    most
        Greatest growth a year of each good, 1; nan where there is no limit.
    """

    opening: TechniquesVector
    most: GoodsVector


@final
@dataclass(frozen=True, slots=True, eq=False)
class Extensions:
    """The optional limits of an economy; None where a limit is absent.

    Parameters
    ----------
    stock_limit
        Greatest stock of each good, units; inf where there is none.
    least_investment
        Least yearly use of each good for plants, units.
    losses
        Share lost of what is made of each good.
    """

    under_construction: UnderConstruction | None = None
    trade: OutsideTrade | None = None
    credit: Credit | None = None
    migration: Migration | None = None
    growth: GrowthLimits | None = None
    stock_limit: GoodsVector | None = None
    least_investment: GoodsVector | None = None
    losses: GoodsVector | None = None

    def present(self) -> tuple[str, ...]:
        """Return the names of the limits that are there."""
        return tuple(name for name in NAMES if getattr(self, name) is not None)

    def without(self, *names: str) -> "Extensions":
        """Return the same without some of the limits."""
        return replace(self, **dict.fromkeys(names))

    def only(self, *names: str) -> "Extensions":
        """Return the same with no other limits than these."""
        return self.without(*(name for name in NAMES if name not in names))

    def kept(self, goods: int) -> GoodsVector:
        """Return the share of each good's output that is left after losses."""
        return np.ones(goods) if self.losses is None else 1.0 - self.losses


NAMES = (
    "under_construction",
    "trade",
    "credit",
    "migration",
    "growth",
    "stock_limit",
    "least_investment",
    "losses",
)
"""The limits by name, in the order of the page."""
