"""The tables of collective farms: settlements with their farms, regions, the whole sector.

A row is a group of settlements of one region alike in size and soil. A settlement has at most one
collective farm: a small one of those who joined freely, or one of all its households.
"""

from typing import Final

from sovplan.foundation.engine.tables import Column, Count, Reference, Table
from sovplan.history.regions import REGIONS

_LEAST_WHOLE: Final = 0
_TONNES: Final = "tonnes"

SETTLEMENT: Final = Table(
    "settlement",
    (
        Column("region", "whole", "u1", text="region"),
        Column("size", "real", "f8", text="households of a settlement over the mean of all"),
        Column("width", "real", "f8", text="share of the households of its region"),
        Column("low", "real", "f8", text="share of those that are pressed before it"),
        Column("soil", "real", "f8", text="land of a household over the mean of the region"),
        Column("farms", "real", "f8", unit="count", text="collective farms at the end of the year"),
        Column("record", "real", "f8", unit="t a hectare", text="paper: past deliveries"),
        Column("households", "real", "f8", "flow", "households", "of its settlements"),
        Column("members", "real", "f8", "flow", "households", "in collective farms"),
        Column("founded", "real", "f8", "flow", "count", "farms that were not there before"),
        Column("ended", "real", "f8", "flow", "count", "farms that are there no more"),
        Column("land", "whole", "i8", "flow", "1e-3", "claim on the land", low=_LEAST_WHOLE),
        Column("sown", "real", "f8", "flow", "ha", "area sown in common"),
        Column("herd", "real", "f8", "flow", "cattle units", "animals held in common"),
        Column("crop", "whole", "i8", "flow", "g", "claim on the harvest", low=_LEAST_WHOLE),
        Column("harvest", "real", "f8", "flow", _TONNES, "grain harvested"),
        Column("seed", "real", "f8", "flow", _TONNES, "grain kept for seed"),
        Column("base", "whole", "i8", "flow", "g", "paper: what its quota follows"),
        Column("asked", "real", "f8", "flow", _TONNES, "paper: quota"),
        Column("limit", "real", "f8", "flow", _TONNES, "most that can be taken"),
        Column("over", "whole", "i8", "flow", "g", "quota beyond what can be taken"),
        Column("room", "whole", "i8", "flow", "g", "what could be taken beyond the quota"),
        Column("delivered", "real", "f8", "flow", _TONNES, "grain delivered to the state"),
        Column("feed", "real", "f8", "flow", _TONNES, "grain fed to animals held in common"),
        Column("paid", "real", "f8", "flow", _TONNES, "grain paid out by labour days"),
        Column("days", "real", "f8", "flow", "labour days", "credited to members"),
        Column("day_grain", "real", "f8", "flow", "kg", "grain of a labour day"),
        Column("money", "whole", "i8", "flow", "kopecks", "paid by the state for grain"),
    ),
    references=(
        Reference("zone", "zone", (("region", len(REGIONS)),)),
        Reference("sector", "sector", ()),
    ),
)  # fmt: skip
"""Settlements: what a row holds is that of all settlements it stands for."""

ZONE: Final = Table(
    "zone",
    (
        Column("households", "real", "f8", unit="households", text="of the region"),
        Column("inside", "real", "f8", unit="households", text="in collective farms"),
        Column("sown", "real", "f8", unit="ha", text="area sown by them"),
        Column("harvest", "real", "f8", unit=_TONNES, text="their grain"),
        Column("herd", "real", "f8", unit="cattle units", text="their animals"),
        Column("land", "whole", "i8", "flow", "1e-3", "claims on the land"),
        Column("crop", "whole", "i8", "flow", "g", "claims on the harvest"),
    ),
)

HANDED: Final = {
    "taken": (_TONNES, "grain that the state takes of collective farms"),
    "seed_rate": ("t a hectare", "seed"),
    "feed_rate": ("t a cattle unit", "need of feed"),
    "ordered": ("0 or 1", "whether a quota is ordered"),
    "effort": ("ratio", "effort in farms"),
    "norm": ("t a hectare", "deliveries of the year before, all farms"),
}
"""What is handed down to the sector as a whole: unit and meaning."""

SECTOR: Final = Table(
    "sector",
    (
        *(Column(name, "real", "f8", unit=unit, text=text)
          for name, (unit, text) in HANDED.items()),
        Column("base", "whole", "i8", "flow", "g", "paper: what quotas follow, summed"),
        Column("over", "whole", "i8", "flow", "g", "quotas beyond what can be taken"),
        Column("room", "whole", "i8", "flow", "g", "what could be taken beyond quotas"),
    ),
)  # fmt: skip

TABLES: Final = (SETTLEMENT, ZONE, SECTOR)
COUNTS: Final = (
    Count("zone.land", "land", "settlement", "survey"),
    Count("zone.crop", "crop", "settlement", "draft"),
    Count("sector.base", "base", "settlement", "decide"),
    Count("sector.over", "over", "settlement", "make"),
    Count("sector.room", "room", "settlement", "make"),
)
"""Sums of whole numbers, so that every engine sums alike."""
PAPERS: Final = ("record", "base", "asked")
"""Columns of settlements that are said: quotas rest on them and on nothing that is so."""
