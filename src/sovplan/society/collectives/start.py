"""Settlements at the start of a run: sizes, soils, and the order in which they are pressed."""

from collections.abc import Mapping
from typing import Final

import numpy as np
from scipy.special import ndtri

from sovplan.foundation.chance import uniform
from sovplan.foundation.engine.rows import Rows
from sovplan.history.regions import REGIONS
from sovplan.society.collectives.tables import SECTOR, SETTLEMENT, TABLES, ZONE

ROWS: Final = 200
"""Rows of settlements of a region."""


def opened(parameters: Mapping[str, float], seed: int, rows: int = ROWS) -> dict[str, Rows]:
    """Return the tables before the first year: settlements without a farm.

    Sizes and soils are the quantiles of lognormal distributions of mean 1, so that no luck moves
    their spread; which size has which soil and which comes first is drawn.

    Parameters
    ----------
    parameters
        Values by name.
    seed
        Root of their luck.
    rows
        Rows of settlements of a region.
    """
    sizes = {SETTLEMENT.name: rows * len(REGIONS), ZONE.name: len(REGIONS), SECTOR.name: 1}
    made = {
        table.name: Rows(
            table,
            sizes[table.name],
            {each.name: np.zeros(sizes[table.name], each.dtype) for each in table.kept},
        )
        for table in TABLES
    }
    mine = made[SETTLEMENT.name]
    mine["region"][:] = np.repeat(np.arange(len(REGIONS)), rows)
    middles = (np.arange(rows) + 0.5) / rows
    for name, spread in (("size", "farm_spread"), ("soil", "farm_soil")):
        level = np.exp(parameters[spread] * ndtri(middles))
        lots = uniform(seed, f"settlements: {name}", 0, rows * len(REGIONS))
        order = np.argsort(lots.reshape(len(REGIONS), rows), axis=1, kind="stable")
        mine[name][:] = (level / level.mean())[order].ravel()
    widths = mine["size"].reshape(len(REGIONS), rows) / rows
    mine["width"][:] = widths.ravel()
    mine["low"][:] = (np.cumsum(widths, axis=1) - widths).ravel()
    return made
