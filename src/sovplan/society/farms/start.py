"""The village at the start of a run, and how its rows are kept to the number of households.

Households are the people of the village over those of a household. Rows stand for whole numbers of
them; wealth is spread as the country has it, evenly over the rows of each region.
"""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from sovplan.foundation.chance import uniform
from sovplan.foundation.engine.rows import SPARE, Rows
from sovplan.foundation.engine.scripts import by_columns
from sovplan.foundation.engine.tables import Table
from sovplan.foundation.errors import DataError
from sovplan.foundation.order import ordered
from sovplan.foundation.parts import PART
from sovplan.foundation.words import say
from sovplan.history.regions import REGIONS, regions
from sovplan.society.farms.tables import AREA, COURSES, GROUP, HOUSEHOLD, NONE, PLACE, SKY, VILLAGE
from sovplan.society.normal import normal
from sovplan.society.people_rules.people import apportioned, spread

Weights = NDArray[np.int64]

MILLION: Final = 1_000_000
CELLS: Final = 1 << 12
"""Cells of equal width in which quantiles are looked for."""

normals: Final = by_columns(normal)
"""Standard normal quantiles of many numbers, with the bits of `normal`."""


def households_of(people: float, household: float) -> int:
    """Return the number of households of a village.

    Parameters
    ----------
    people
        People of the village, million.
    household
        Persons of a household.
    """
    return round(people * MILLION / household)


def opened(households: int, spread_of_wealth: float, rows: int, seed: int) -> dict[str, Rows]:
    """Return the tables of the village at the start.

    Parameters
    ----------
    households
        How many there are.
    spread_of_wealth
        Standard deviation of their log wealth.
    rows
        How many rows show them.
    seed
        Root of what rows are.

    Raises
    ------
    DataError
        There are too few rows to show every region, or more rows than households.
    """
    shares = np.array([each.village_share for each in regions()])
    totals, counts = apportioned(shares, households), apportioned(shares, rows)
    if (counts < 1).any() or (counts > totals).any():
        raise DataError(say("country_village.too_few", rows=rows, households=households))
    return {
        "household": _households(totals, counts, spread_of_wealth, seed),
        "group": _blank(GROUP, NONE + 1, code=np.arange(NONE + 1)),
        "area": _blank(
            AREA, len(REGIONS),
            people_share=shares,
            grain_share=[each.harvest_share for each in regions()],
            pressure=[each.pressure for each in regions()],
        ),
        "place": _blank(
            PLACE, COURSES * len(REGIONS),
            course=np.repeat(np.arange(COURSES), len(REGIONS)),
            region=np.tile(np.arange(len(REGIONS)), COURSES),
        ),
        "sky": _blank(SKY, COURSES),
        "village": _blank(VILLAGE, 1),
    }  # fmt: skip


def _households(totals: Weights, counts: Weights, spread_of_wealth: float, seed: int) -> Rows:
    """Return the households of all regions, region after region."""
    rows = int(counts.sum())
    made = _blank(HOUSEHOLD, rows + rows // SPARE)
    made.size = rows
    made["cut_at"][:] = NONE
    made["key"][:] = np.arange(rows)
    luck = made["log_wealth"]
    luck[:] = uniform(seed, "start of wealth", 0, rows)
    end = 0
    for region, (total, count) in enumerate(zip(totals.tolist(), counts.tolist(), strict=True)):
        mine, end = slice(end, end + count), end + count
        made["region"][mine] = region
        made["weight"][mine] = spread(total, count)
        for low in range(0, count, PART):
            own = luck[mine][low : low + PART]
            own[:] = spread_of_wealth * normals((np.arange(low, low + len(own)) + own) / count)
    return made


def _blank(table: Table, size: int, **given: Any) -> Rows:  # noqa: ANN401 - arrays or numbers
    columns = {column.name: np.zeros(size, dtype=column.dtype) for column in table.kept}
    if table.key:
        columns[table.key] = np.zeros(size, dtype=np.uint64)
    for name, numbers in given.items():
        columns[name][:] = numbers
    return Rows(table, size, columns)


def reweight(weights: NDArray[Any], total: int) -> None:
    """Change whole weights so that they sum to a total exactly, in the same proportions.

    Sums from the first row on are scaled and rounded down, so no row is off by more than one.

    Examples
    --------
    >>> weights = np.array([5, 5, 10])
    >>> reweight(weights, 30)
    >>> weights.tolist()
    [7, 8, 15]
    """
    whole, reached, before = max(int(weights.sum(dtype=np.int64)), 1), 0, 0
    for low in range(0, len(weights), PART):
        part = weights[low : low + PART]
        sums = reached + np.cumsum(part, dtype=np.int64)
        scaled = sums * total // whole
        part[:] = np.diff(scaled, prepend=before)
        reached, before = int(sums[-1]), int(scaled[-1])


def keep_peopled(weights: NDArray[Any], total: int) -> None:
    """Change whole weights as `reweight`, but leave no row empty while there are enough for all.

    Where proportions alone would empty a row, every row has one, and what rows have beyond one is
    scaled: a region has a harvest and needs somebody who reaps it.

    Examples
    --------
    >>> weights = np.array([1, 1, 98])
    >>> keep_peopled(weights, 10)
    >>> weights.tolist()
    [1, 1, 8]
    """
    whole, many = int(weights.sum(dtype=np.int64)), len(weights)
    if int(weights.min()) * total < max(whole, 1) and total >= many:
        np.maximum(weights, 1, out=weights)
        if weights.max() > 1:
            weights -= 1
            reweight(weights, total - many)
            weights += 1
            return
    reweight(weights, total)


def quantiles(
    values: NDArray[np.float64], weights: NDArray[Any], shares: Sequence[float]
) -> list[float]:
    """Return the values below which shares of the weight lie.

    Values are counted in cells of equal width; only the cell where a share is reached is looked
    into.
    """
    low, width = float(values.min()), float(values.max()) - float(values.min())
    cell, counts = np.empty(len(values), np.uint16), np.zeros(CELLS)
    for at in range(0, len(values), PART):
        part = slice(at, at + PART)
        cell[part] = (values[part] - low) * ((CELLS - 1) / max(width, 1e-300))
        counts += np.bincount(cell[part], weights[part], CELLS)
    reached = np.cumsum(counts)
    found = []
    for share in shares:
        wanted = share * int(reached[-1])
        here = min(int(np.searchsorted(reached, wanted)), CELLS - 1)
        rows = np.flatnonzero(cell == here)
        rows = rows[ordered(values[rows])]
        sums = reached[here] - counts[here] + np.cumsum(weights[rows])
        found.append(float(values[rows[min(int(np.searchsorted(sums, wanted)), len(rows) - 1)]]))
    return found
