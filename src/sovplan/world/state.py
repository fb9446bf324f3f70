"""The state of things on the first day of a year."""

from dataclasses import dataclass
from typing import final

import numpy as np

from sovplan.foundation.shapes import Grid, Indices, Vector
from sovplan.records.economy import Economy


@final
@dataclass(frozen=True, slots=True, eq=False)
class Workshops:
    """W workplaces, each running one technique.

    Parameters
    ----------
    names
        Names of the workplaces.
    technique
        Index of the technique of each.
    share
        Its part of the capacity of that technique, 1; the parts of a technique add up to 1.
    ability
        What it makes of its capacity, 1 on the weighted mean of its technique.
    """

    names: tuple[str, ...]
    technique: Indices
    share: Vector
    ability: Vector

    def __len__(self) -> int:
        return len(self.names)

    def total(self, amounts: Vector, techniques: int) -> Vector:
        """Return the sum over the workplaces of each technique."""
        found = np.bincount(self.technique, weights=amounts, minlength=techniques)
        return found.astype(np.float64)


@final
@dataclass(frozen=True, slots=True, eq=False)
class Works:
    """Works under way: capacity begun and not yet in use.

    Parameters
    ----------
    plants
        Index of the plant of each row.
    ready
        Calendar year on the first day of which it can work.
    capacity
        What it adds, units of capacity.
    left
        Years in which goods still have to be put in; each takes the same part of the norms.
    """

    plants: Indices
    ready: Indices
    capacity: Vector
    left: Indices

    def __len__(self) -> int:
        return len(self.plants)

    def merged(self) -> "Works":
        """Return the same works with one row for each plant, year and stage."""
        keys = np.stack([self.plants, self.ready, self.left])
        found, places = np.unique(keys, axis=1, return_inverse=True)
        capacity = np.bincount(places.ravel(), weights=self.capacity, minlength=found.shape[1])
        return Works(found[0], found[1], capacity.astype(np.float64), found[2])

    def chosen(self, which: np.ndarray) -> "Works":
        """Return some of the rows."""
        return Works(self.plants[which], self.ready[which], self.capacity[which], self.left[which])

    def and_also(self, other: "Works") -> "Works":
        """Return both lists as one."""
        return Works(
            np.concatenate([self.plants, other.plants]),
            np.concatenate([self.ready, other.ready]),
            np.concatenate([self.capacity, other.capacity]),
            np.concatenate([self.left, other.left]),
        ).merged()


@final
@dataclass(frozen=True, slots=True, eq=False)
class World:
    """What is so on the first day of `economy.first_year`.

    Parameters
    ----------
    economy
        Stocks, capacities, works, hours and needs as they are.
    workshops
        Who runs the techniques.
    works
        Works under way, with what they still take.
    """

    economy: Economy
    workshops: Workshops
    works: Works

    @property
    def year(self) -> int:
        """The calendar year that begins."""
        return self.economy.first_year


def works_of(economy: Economy) -> Works:
    """Return the works that an economy declares."""
    begun = economy.extensions.under_construction
    if begun is None:
        nothing = np.zeros(0, dtype=np.int64)
        return Works(nothing, nothing, np.zeros(0), nothing)
    return Works(begun.plants, begun.years, begun.capacity, begun.left).merged()


def tranche(economy: Economy, works: Works) -> Grid:
    """Return the goods that each row of works takes in a year, goods x rows.

        C_gp capacity / gestation_p        while goods are still to be put in, else 0

    Source: the planning problem, limit 1.
    """
    plants = economy.plants
    part = np.where(works.left > 0, works.capacity / plants.gestation[works.plants], 0.0)
    return np.asarray(plants.building.toarray()[:, works.plants] * part)
