"""Sums over households after a year, in one way through all rows.

Figures and accounts rest on them. Real numbers are added in the order of the rows, so that sums
have the same bits however they are made. What is whole is exact: sums stay below 2^53.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, final

import numpy as np
from numpy.typing import NDArray

from sovplan.foundation.engine.rows import Rows
from sovplan.foundation.parts import summed
from sovplan.history.regions import REGIONS
from sovplan.society.farms.tables import NONE, STRATA

Numbers = NDArray[np.float64]

WEIGHED: Final = (
    "inside", "freely", "harvest", "taxed", "food", "herd", "horses", "killed", "sold", "held",
    "land", "member", "willing",
)  # fmt: skip
"""Columns that are summed over households of 1 January."""
BY_STRATUM: Final = ("harvest", "sold", "held", "taxed", "herd", "killed")
"""Columns that are summed by stratum."""
BY_REGION: Final = ("land", "harvest", "herd")
"""Columns of households in collective farms that are summed by region."""
_OWN: Final = ("labelled", "exiled", "camped", "passed")
"""Columns that are sums over the households of a row already."""


@final
@dataclass(frozen=True, slots=True)
class Tally:
    """What was summed.

    Parameters
    ----------
    rows
        Rows of households before any divided.
    sums
        Sums by column; `left` are households that are left, `divided` those of them that divided,
        `rich` the labelled who were entrepreneurs, `wrong` rows with more exiled than labelled.
    strata
        Sums by column and stratum; `hungry` are households.
    moved
        Households by stratum in the year of the cuts and now; None before strata are cut.
    regions
        Sums by column and region over households in collective farms, `inside`.
    """

    rows: int
    sums: Mapping[str, float]
    strata: Mapping[str, Numbers]
    moved: Numbers | None
    regions: Mapping[str, Numbers]


def tallied(household: Rows, rows: int) -> Tally:
    """Return the sums of a year.

    Parameters
    ----------
    household
        The table at the end of the year.
    rows
        Rows of households before any divided; flows of those after them are copies.
    """
    cut = int(household["stratum"][:rows].max(initial=0)) < NONE
    many, names = len(STRATA), (*WEIGHED, *_OWN, "left", "divided", "rich", "wrong")
    strata = {name: np.zeros(many) for name in (*BY_STRATUM, "hungry")}
    moved = np.zeros(many * many) if cut else None
    regions = {name: np.zeros(len(REGIONS)) for name in ("inside", *BY_REGION)}

    def of(part: slice) -> Numbers:
        columns = {name: column[part] for name, column in household.columns.items()}
        left, labelled = columns["weight"].astype(np.float64), columns["labelled"]
        weight = left + labelled
        amounts = {name: weight * columns[name] for name in WEIGHED}
        if moved is not None:
            stratum = columns["stratum"].astype(np.intp)
            for name in BY_STRATUM:
                np.add.at(strata[name], stratum, amounts[name])
            strata["hungry"] += np.bincount(stratum, weight * columns["hungry"], many)
            moved[:] += np.bincount(columns["cut_at"] * many + stratum, weight, many * many)
        region, inside = columns["region"].astype(np.intp), amounts["inside"]
        np.add.at(regions["inside"], region, inside)
        for name in BY_REGION:
            np.add.at(regions[name], region, inside * columns[name])
        gone = columns["exiled"].astype(np.int64) + columns["camped"]
        found = (
            *amounts.values(), *(columns[name] for name in _OWN), left, left * columns["divides"],
            labelled * columns["is_rich"], gone > labelled,
        )  # fmt: skip
        return np.array([each.sum() for each in found], np.float64)

    sums = summed(of, rows)
    return Tally(rows, dict(zip(names, sums.tolist(), strict=True)), strata, moved, regions)
