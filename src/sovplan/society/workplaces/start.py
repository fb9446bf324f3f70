"""The workplaces of a run: how many rows, how large each, who manages it.

Sizes are drawn from no luck: they are the quantiles of a lognormal distribution, the same in every
run. The largest workplaces have a row each; smaller ones share rows of about equal hands, so that
each row weighs about the same in its branch.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from sovplan.foundation.chance import uniform
from sovplan.foundation.engine.rows import Rows
from sovplan.foundation.engine.tables import Table
from sovplan.society.workplaces.tables import BRANCH, BRANCHES, CENTRE, WORKPLACE

ROWS: Final = 900
"""Rows that a branch would have if no workplace were larger than one part in so many."""
THOUSAND: Final = 1000


def workplaces(
    hands: NDArray[np.float64], parameters: Mapping[str, float], seed: int
) -> dict[str, Rows]:
    """Return the tables of workplaces before their first year.

    Parameters
    ----------
    hands
        Hands by branch, millions; workplaces are shared out by them.
    parameters
        Values by name.
    seed
        Root of the luck of rows.
    """
    many = parameters["works_number"] * THOUSAND * hands / hands.sum()
    made = [sizes(round(number), parameters["works_spread"]) for number in many]
    rows = sum(len(size) for size, _ in made)
    blank = {
        table.name: {column.name: np.zeros(count, column.dtype) for column in table.kept}
        for table, count in ((WORKPLACE, rows), (BRANCH, len(BRANCHES)), (CENTRE, 1))
    }
    mine = blank["workplace"]
    mine["branch"][:] = np.repeat(np.arange(len(BRANCHES)), [len(size) for size, _ in made])
    mine["size"][:] = np.concatenate([size for size, _ in made])
    mine["below"][:] = np.concatenate([np.cumsum(size) - size / 2.0 for size, _ in made])
    mine["stands_for"][:] = np.concatenate([count for _, count in made])
    mine["norm"][:] = 1.0
    mine["scruple"][:] = uniform(seed, "start scruple", 0, rows)
    return {
        table.name: Rows(table, len(next(iter(blank[table.name].values()))), blank[table.name])
        for table in _TABLES
    }


_TABLES: Final[tuple[Table, ...]] = (WORKPLACE, BRANCH, CENTRE)


@lru_cache(maxsize=len(BRANCHES))
def sizes(number: int, spread: float) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Return share of its branch and count of workplaces of each row, the largest first.

    Parameters
    ----------
    number
        Workplaces of the branch.
    spread
        Standard deviation of the log of their sizes.

    Examples
    --------
    >>> share, count = sizes(10_000, 1.8)
    >>> int(count.sum()), round(float(share.sum()), 12), int(count[0])
    (10000, 1.0, 1)
    """
    places = (np.arange(number)[::-1] + 0.5) / number
    size = np.exp(spread * ndtri(places))
    size /= size.sum()
    middle = np.cumsum(size) - size / 2.0
    _, row = np.unique(np.floor(middle * ROWS).astype(np.int64), return_inverse=True)
    share = np.asarray(np.bincount(row, size), np.float64)
    count = np.asarray(np.bincount(row), np.int64)
    share.flags.writeable = count.flags.writeable = False  # all runs share them
    return share, count
