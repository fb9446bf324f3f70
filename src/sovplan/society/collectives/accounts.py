"""Accounts of collective farms in every year: members, land, grain of every row and of all."""

from collections.abc import Iterator, Mapping
from typing import Final

import numpy as np

from sovplan.foundation.engine.rows import Rows
from sovplan.foundation.errors import IdentityBroken
from sovplan.history.regions import REGIONS

TOLERANCE: Final = 1e-9
"""Largest gap, relative to what was handed down or to 1 (rounding of sums)."""
_GRAMS: Final = 1.0e-6
"""A gram in tonnes: what is shared out in whole grams may leave as much of every row."""


def check(tables: Mapping[str, Rows], year: int) -> None:
    """Check all accounts of a year.

    Parameters
    ----------
    tables
        Collective farms at the end of the year.
    year
        The year, for the message.

    Raises
    ------
    IdentityBroken
        An account does not close: a mistake of the program.
    """
    for name, found, stated, slack in _sides(tables):
        if not abs(found - stated) <= TOLERANCE * max(1.0, abs(stated)) + slack:
            text = f"{year}: the account of {name} is open by {found - stated:.3g}"
            raise IdentityBroken(text)


def _sides(tables: Mapping[str, Rows]) -> Iterator[tuple[str, float, float, float]]:
    mine, zone, sector = tables["settlement"], tables["zone"], tables["sector"]
    region = mine["region"].astype(np.int64)
    for name, handed in (("members", "inside"), ("households", "households"), ("sown", "sown"),
                         ("herd", "herd"), ("harvest", "harvest")):  # fmt: skip
        sums = np.bincount(region, mine[name], len(REGIONS))
        for found, stated in zip(sums, zone[handed], strict=True):
            yield f"{name} of farms", float(found), float(stated), 0.0
    used = mine["delivered"] + mine["seed"] + mine["feed"] + mine["paid"]
    yield "grain of a farm", float(np.abs(mine["harvest"] - used).max()), 0.0, _GRAMS
    least = min(float(mine[name].min()) for name in ("delivered", "feed", "paid"))
    yield "grain below nothing", min(least, 0.0), 0.0, _GRAMS
    given = float(mine["delivered"].sum())
    unmet = max(int(sector["over"][0]) - int(sector["room"][0]), 0) * _GRAMS
    slack = _GRAMS * mine.size
    yield "deliveries", given + unmet, float(sector["taken"][0]) * float(given > 0.0), slack
