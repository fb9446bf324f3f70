"""Regions of the village: how the land, the grain and the force were spread over the country.

`regions.csv` holds, of each region,

    village_share    share of the people of the village: census of 1926, recalled and rounded
    harvest_share    share of a normal harvest of grain: recalled and rounded
    pressure         order of the drive, decree of 5 January 1930: 3 first, 2 grain, 1 the rest
    riots_1930       disturbances counted by the police, Viola 1996, table 5.4

Shares and order are assumed, disturbances are measured. Weather by region is not known here.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final, final

from sovplan.foundation.errors import DataError
from sovplan.foundation.words import say
from sovplan.history.nation import FOLDER
from sovplan.records.tables import read_table

FILE: Final = "regions.csv"
_WHOLE: Final = 1e-9
"""How far shares may add up to something else than 1 (rounding)."""


@final
@dataclass(frozen=True, slots=True)
class Region:
    """One region.

    Parameters
    ----------
    name, title
        Short name, and name for people to read.
    village_share, harvest_share
        Its share of the people of the village and of a normal harvest.
    pressure
        Pressure of the drive for collective farms over that of the whole village.
    riots_1930
        Disturbances counted in 1930.
    """

    name: str
    title: str
    village_share: float
    harvest_share: float
    pressure: float
    riots_1930: float


@cache
def regions() -> tuple[Region, ...]:
    """Return the regions of the package.

    Examples
    --------
    >>> [each.title for each in regions() if each.name == "volga"]
    ['Volga']
    """
    return read_regions(FOLDER / FILE)


def read_regions(path: Path) -> tuple[Region, ...]:
    """Read regions; pressure is set on its mean over the village.

    Raises
    ------
    DataError
        A share is none, or shares do not add up to 1.
    """
    table = read_table(path)
    people, grain, pressure, riots = (
        table.numbers(name) for name in ("village_share", "harvest_share", "pressure", "riots_1930")
    )
    for name, column in (("village_share", people), ("harvest_share", grain)):
        if not abs(column.sum() - 1.0) <= _WHOLE or not (column > 0.0).all():
            raise DataError(say("country_village.shares", file=path.name, column=name))
    mean = float((people * pressure).sum())
    return tuple(
        Region(name, title, float(people[at]), float(grain[at]), float(pressure[at]) / mean,
               float(riots[at]))
        for at, (name, title) in enumerate(
            zip(table.text("region"), table.text("title"), strict=True))
    )  # fmt: skip


REGIONS: Final = tuple(each.name for each in regions())
"""Names of the regions of the package, in their order."""
