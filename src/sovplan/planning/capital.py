"""Capacity over the years, and what plants must hold at the end."""

from collections.abc import Mapping

import numpy as np

from sovplan.foundation.shapes import GoodsVector, GoodsYears, Grid
from sovplan.records.economy import Economy, Plants
from sovplan.records.extensions import UnderConstruction


def opening_capacity(
    plants: Plants, works: UnderConstruction | None, economy: Economy, horizon: int
) -> Grid:
    """Return the capacity that is there without new orders, plants x (years + 1).

    K0 (1 - wear)^t, and works under construction from the year in which they are ready.
    """
    years = np.arange(horizon + 1)
    kept = 1.0 - plants.wear[:, None]
    capacity = plants.capacity[:, None] * kept**years
    if works is not None:
        for plant, year, added in zip(works.plants, works.years, works.capacity, strict=True):
            ready = int(year) - economy.first_year
            since = years[years >= ready] - ready
            capacity[plant, ready:] += added * kept[plant, 0] ** since
    return capacity


def committed(economy: Economy, horizon: int) -> GoodsYears:
    """Return the goods that works begun before year 1 still take, goods x years."""
    plants, works = economy.plants, economy.extensions.under_construction
    taken = np.zeros((len(economy.goods), horizon))
    if works is None:
        return taken
    part = works.capacity / plants.gestation[works.plants]
    going = works.left[:, None] > np.arange(horizon)[None, :]
    by_plant = np.zeros((len(plants), horizon))
    np.add.at(by_plant, works.plants, part[:, None] * going)
    return np.asarray(plants.building @ by_plant)


def order_counts(plants: Plants, horizon: int) -> Grid:
    """Return what one unit ordered counts for in the terminal rule, plants x years of order.

    (1 - wear)^(T - u - gest) of an order in use at the end, else the share already built,
    (T + 1 - u) / gest, with u counted from 1.
    """
    left = horizon - np.arange(horizon)[None, :]
    gestation = plants.gestation[:, None]
    in_use = (1.0 - plants.wear[:, None]) ** np.maximum(left - gestation, 0)
    return np.where(left >= gestation, in_use, left / gestation)


def growth_of(rho: float | Mapping[str, float], names: tuple[str, ...]) -> GoodsVector:
    """Return the terminal growth of every good; 0 for goods a table does not name."""
    if isinstance(rho, Mapping):
        return np.array([float(rho.get(name, 0.0)) for name in names])
    return np.full(len(names), float(rho))


def terminal_sides(
    economy: Economy, horizon: int, growth: GoodsVector
) -> tuple[GoodsVector, GoodsVector]:
    """Return, by good, what plants must hold at the end and what they hold without new orders."""
    plants, works = economy.plants, economy.extensions.under_construction
    opening = plants.capacity.copy()
    there = opening_capacity(plants, works, economy, horizon)[:, horizon].copy()
    if works is not None:
        np.add.at(opening, works.plants, works.capacity)
        later = works.years - economy.first_year > horizon
        np.add.at(there, works.plants[later], works.capacity[later])
    needed = (1.0 + growth) ** horizon * np.asarray(plants.building @ opening)
    return needed, np.asarray(plants.building @ there)
