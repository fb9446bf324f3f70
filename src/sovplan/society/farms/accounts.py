"""Accounts of the village in every year: households, grain, animals and labels add up.

Whole numbers agree exactly; sums of real numbers to 1e-9 of the country's.
"""

from collections.abc import Iterator, Mapping
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from sovplan.foundation.engine.rows import Rows
from sovplan.foundation.errors import IdentityBroken
from sovplan.history.regions import REGIONS
from sovplan.society.farms.tables import COURSES
from sovplan.society.farms.tally import Tally

Sums: TypeAlias = Mapping[str, float]

TOLERANCE: Final = 1e-9
"""Largest gap, relative to the country's number or to 1 (rounding of sums)."""
_KILOGRAMS: Final = 1.0e9
_HEADS: Final = 1.0e6


def check(tables: Mapping[str, Rows], tally: Tally, year: int) -> None:
    """Check all accounts of a year.

    Parameters
    ----------
    tables
        The village at the end of the year.
    tally
        Sums over households.
    year
        The year, for the message.

    Raises
    ------
    IdentityBroken
        An account does not close: a mistake of the program.
    """
    for name, found, stated in _sides(tables, tally.sums):
        exact = isinstance(found, int)
        allowed = 0.0 if exact else TOLERANCE * max(1.0, abs(stated))
        if not abs(found - stated) <= allowed:
            text = f"{year}: the account of {name} is open by {found - stated:.3g}"
            raise IdentityBroken(text)


def _sides(tables: Mapping[str, Rows], sums: Sums) -> Iterator[tuple[str, float, float]]:
    yield from _households(tables, sums)
    yield from _shared_out(tables["village"], sums)
    yield from _regions(tables)


def _households(tables: Mapping[str, Rows], sums: Sums) -> Iterator[tuple[str, float, float]]:
    """Yield whole numbers: by region, by stratum, and who left or was exiled."""
    total = int(tables["village"]["households"][0])
    yield "households by region", int(tables["area"]["households"].sum()), total
    yield "households by stratum", int(tables["group"]["households"].sum()), total
    yield "households", int(sums["left"]), total - int(sums["labelled"])
    yield "labelled households", int(sums["wrong"]), 0


def _shared_out(village: Rows, sums: Sums) -> Iterator[tuple[str, float, float]]:
    """Yield sums over households beside those of the country."""

    def handed(name: str) -> float:
        return float(village[name][0])

    target = handed("collective") * float(village["households"][0])
    yield "households in collective farms", sums["inside"], target
    yield "harvest", sums["harvest"] / _KILOGRAMS, handed("crop")
    yield "tax in kind", sums["taxed"] / _KILOGRAMS, handed("tax")
    yield "food", sums["food"] / _KILOGRAMS, handed("food")
    yield "herd", sums["herd"] / _HEADS, handed("herd")
    yield "horses", sums["horses"] / _HEADS, handed("horses")
    yield "animals killed", sums["killed"] / _HEADS, handed("killed")
    if int(village["surplus"][0]) > 0:
        yield "grain offered", sums["sold"] / _KILOGRAMS, handed("offered")
        yield "grain withheld", sums["held"] / _KILOGRAMS, handed("withheld")


def _regions(tables: Mapping[str, Rows]) -> Iterator[tuple[str, float, float]]:
    """Regions sum to the country in every course of weather; grain of each is all used."""
    village, place = tables["village"], tables["place"]
    shape = (COURSES, len(REGIONS))

    def by_course(name: str) -> NDArray[np.float64]:
        return np.asarray(place[name].reshape(shape).sum(axis=1))

    kept = village["seed"][0] + village["feed"][0] + village["food"][0]
    leaves = float(village["crop"][0] - kept)
    hunger = float(village["hunger"][0] * village["people"][0])
    for name, stated in (
        ("harvest", float(village["crop"][0])), ("left", leaves),
        ("feed", float(village["feed"][0])), ("food", float(village["food"][0])),
    ):  # fmt: skip
        for found in by_course(name):
            yield f"{name} of regions", float(found), stated
    if float(place["deaths"].sum()) > 0.0:
        for found in by_course("deaths"):
            yield "deaths of hunger of regions", float(found), hunger
    riots = float(village["riots"][0])
    yield "disturbances of regions", float(tables["area"]["riots"].sum()), riots
    used = place["harvest"] - place["left"] - place["feed"] - place["food"]
    seed = float(village["seed"][0]) * tables["area"]["grain_share"]
    gap = used.reshape(shape) - seed
    yield "grain of a region", float(np.abs(gap).max()), 0.0
