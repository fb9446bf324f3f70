"""The village at the start of a run, and how its rows are kept to the number of households.

Households are the people of the village over those of a household. Rows stand for whole numbers of
them; wealth is spread as the country has it, evenly over the rows of each region.
"""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from sovplan.foundation.chance import uniform
from sovplan.foundation.engine.rows import Rows
from sovplan.foundation.engine.tables import Table
from sovplan.foundation.errors import DataError
from sovplan.foundation.order import ordered
from sovplan.foundation.words import say
from sovplan.history.regions import REGIONS, regions
from sovplan.society.farms.tables import AREA, COURSES, GROUP, HOUSEHOLD, NONE, PLACE, SKY, VILLAGE
from sovplan.society.normal import normal
from sovplan.society.people_rules.people import apportioned, spread

Weights = NDArray[np.int64]

MILLION: Final = 1_000_000


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
    region = np.repeat(np.arange(len(REGIONS)), counts)
    luck = uniform(seed, "start of wealth", 0, rows)
    place = np.concatenate([np.arange(count) for count in counts])
    even = (place + luck) / counts[region]
    weight = [spread(int(a), int(b)) for a, b in zip(totals, counts, strict=True)]
    return {
        "household": _blank(
            HOUSEHOLD, rows, weight=np.concatenate(weight), region=region,
            log_wealth=[spread_of_wealth * normal(float(u)) for u in even], cut_at=NONE,
            key=np.arange(rows, dtype=np.uint64),
        ),
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


def _blank(table: Table, size: int, **given: Any) -> Rows:  # noqa: ANN401 - arrays or numbers
    columns = {column.name: np.zeros(size, dtype=column.dtype) for column in table.kept}
    if table.key:
        columns[table.key] = np.zeros(size, dtype=np.uint64)
    for name, numbers in given.items():
        columns[name][:] = numbers
    return Rows(table, size, columns)


def reweighted(weights: Weights, total: int) -> Weights:
    """Return whole weights in the same proportions that sum to a total, exactly.

    Sums from the first row on are scaled and rounded down, so no row is off by more than one.

    Examples
    --------
    >>> reweighted(np.array([5, 5, 10]), 30).tolist()
    [7, 8, 15]
    """
    sums = np.cumsum(weights, dtype=np.int64)
    scaled = sums * total // max(int(sums[-1]), 1)
    return np.diff(scaled, prepend=0)


def quantiles(
    values: NDArray[np.float64], weights: Weights, shares: Sequence[float]
) -> list[float]:
    """Return the values below which shares of the weight lie."""
    order = ordered(values)
    sums = np.cumsum(weights[order])
    last = len(order) - 1
    places = [int(np.searchsorted(sums, share * int(sums[-1]), side="left")) for share in shares]
    return [float(values[order[min(place, last)]]) for place in places]
