"""What is possible: goods, techniques, plants, supplies and needs, as arrays with names.

Symbols as in the page of the planning problem: A inputs, B outputs, L labour, R resources,
C building.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import final

import numpy as np

from sovplan.foundation.shapes import (
    Flags,
    GoodsVector,
    Indices,
    Matrix,
    PlantsVector,
    Sparse,
    Vector,
)
from sovplan.records.extensions import Extensions


@final
@dataclass(frozen=True, slots=True, eq=False)
class Goods:
    """G goods.

    Parameters
    ----------
    names, titles, units
        Code, readable name and unit of each good.
    stock
        S0, opening stock, units.
    spoilage
        Share of a stock lost in a year, 1.
    import_price, export_price
        pm, pe, foreign money per unit; nan where the good is not traded that way.
    import_cap, export_cap
        Most units a year; inf where there is no cap.
    """

    names: tuple[str, ...]
    titles: tuple[str, ...]
    units: tuple[str, ...]
    stock: GoodsVector
    spoilage: GoodsVector
    import_price: GoodsVector
    export_price: GoodsVector
    import_cap: GoodsVector
    export_cap: GoodsVector

    def __len__(self) -> int:
        return len(self.names)


@final
@dataclass(frozen=True, slots=True, eq=False)
class Techniques:
    """J techniques, all per unit of activity.

    Parameters
    ----------
    names, titles, regions
        Code, readable name and place of each technique.
    inputs, outputs
        A, B: goods x techniques, units of the good.
    skills
        Names of the K skills.
    labour
        L: skills x techniques, hours in the economy's unit of hours.
    resources
        Names of the R resources.
    resource_use
        R: resources x techniques, units of the resource.
    """

    names: tuple[str, ...]
    titles: tuple[str, ...]
    regions: tuple[str, ...]
    inputs: Sparse
    outputs: Sparse
    skills: tuple[str, ...]
    labour: Sparse
    resources: tuple[str, ...]
    resource_use: Sparse

    def __len__(self) -> int:
        return len(self.names)


@final
@dataclass(frozen=True, slots=True, eq=False)
class Plants:
    """P plants of limited capacity; a plant without limit ties up nothing and is not listed.

    Parameters
    ----------
    names, titles
        Code and readable name.
    capacity
        K0, on the first day of year 1.
    wear
        Share of capacity lost a year, 1.
    gestation
        Whole years from order to use, at least 1.
    building
        C: goods x plants, units of the good built into one unit of capacity.
    load
        Plants x techniques, capacity used per unit of activity.
    """

    names: tuple[str, ...]
    titles: tuple[str, ...]
    capacity: PlantsVector
    wear: PlantsVector
    gestation: Indices
    building: Sparse
    load: Sparse

    def __len__(self) -> int:
        return len(self.names)


@final
@dataclass(frozen=True, slots=True, eq=False)
class Series:
    """Amounts by name and year; a year without a row repeats the last earlier row.

    Parameters
    ----------
    names
        What the series are called.
    rows
        Index of the name of each row.
    years
        Calendar year of each row.
    amounts
        One row of numbers for each row, rows x fields.
    """

    names: tuple[str, ...]
    rows: Indices
    years: Indices
    amounts: Matrix

    def over(self, years: Sequence[int], *, before: float = 0.0) -> np.ndarray:
        """Return the amounts in force, names x years x fields; `before` where none began yet."""
        found = np.full((len(self.names), len(years), self.amounts.shape[1]), before)
        order = np.argsort(self.years, kind="stable")
        for row in order:
            in_force = np.asarray(years) >= self.years[row]
            found[self.rows[row], in_force] = self.amounts[row]
        return found


@final
@dataclass(frozen=True, slots=True, eq=False)
class Economy:
    """An economy: what a year can do, and what people need.

    Parameters
    ----------
    name, title
        Code and readable name.
    year, first_year
        Calendar year described; calendar year of year 1 of a plan.
    labour, resources, credit
        Series of H (hours), Q (units) and F (foreign money) from supply.csv.
    needs
        Series of consumption by good; fields target, floor, public (units).
    outputs_wanted
        Series of targets of kind output by good; fields target, base (units).
    notes
        Title, sources, licence, units and the rest of economy.toml, for people.
    """

    name: str
    title: str
    year: int
    first_year: int
    goods: Goods
    techniques: Techniques
    plants: Plants
    labour: Series
    resources: Series
    credit: Series
    needs: Series
    outputs_wanted: Series
    extensions: Extensions
    units: dict[str, str]
    notes: dict[str, object]

    @property
    def importable(self) -> Flags:
        """Goods with an import price."""
        return np.isfinite(self.goods.import_price)

    @property
    def exportable(self) -> Flags:
        """Goods with an export price."""
        return np.isfinite(self.goods.export_price)

    @property
    def hours_unit(self) -> str:
        """Unit of hours, as written in [units] hours."""
        return self.units.get("hours", "hours")

    def years(self, count: int) -> tuple[int, ...]:
        """Return the calendar years of a plan of so many years."""
        return tuple(range(self.first_year, self.first_year + count))

    def turnover(self) -> Vector:
        """Return a size of each good, units a year: the greatest of what can be seen of it.

        The greatest of opening stock, targets, floors, public uses, and flows at the opening
        capacity of the plants; 1 where nothing is seen.
        """
        techniques, plants = self.techniques, self.plants
        most = np.full(len(techniques), np.inf)
        load = plants.load.tocoo()
        np.minimum.at(most, load.coords[1], plants.capacity[load.coords[0]] / load.data)
        most[~np.isfinite(most)] = 0.0
        flows = np.maximum(techniques.outputs @ most, techniques.inputs @ most)
        wanted = np.zeros(len(self.goods))
        for series in (self.needs, self.outputs_wanted):
            if len(series.rows):
                np.maximum.at(wanted, series.rows, series.amounts.max(axis=1))
        size = np.maximum.reduce([flows, wanted, self.goods.stock])
        return np.where(size > 0, size, 1.0)
