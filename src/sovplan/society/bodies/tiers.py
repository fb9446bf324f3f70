"""Kinds and levels of bodies: how many there are, and how posts are shared out among them.

Numbers of bodies are orders of magnitude of the late 1920s and stand still; staffs tell proportions
only, for the number of all officials comes from persons. Read from `bodies.csv` of the nation.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final, final

from sovplan.foundation.errors import DataError
from sovplan.foundation.words import say
from sovplan.history.nation import FOLDER
from sovplan.records.tables import read_table

FILE: Final = "bodies.csv"
LEVELS: Final = ("local", "district", "region", "republic", "union")
"""Levels from below: village and plant, district, region, republic, the union."""
KINDS: Final = ("council", "party", "trusts", "unions")
"""Councils with their commissariats, party committees, trusts and plants, trade unions."""


@final
@dataclass(frozen=True, slots=True)
class Tier:
    """The bodies of one kind at one level.

    Parameters
    ----------
    kind, level
        Codes in `KINDS` and `LEVELS`.
    bodies
        How many there are.
    staff
        Posts of one of them, in proportion to others.
    provenance, source
        Whence both numbers are.
    """

    kind: int
    level: int
    bodies: int
    staff: float
    provenance: str
    source: str

    @property
    def name(self) -> str:
        """Kind and level in words."""
        return f"{KINDS[self.kind]}, {LEVELS[self.level]}"


@cache
def tiers() -> tuple[Tier, ...]:
    """Return the tiers of the package, from the top: those of a level in the order of kinds."""
    return read_tiers(FOLDER / FILE)


def read_tiers(path: Path) -> tuple[Tier, ...]:
    """Read tiers from a file.

    Raises
    ------
    DataError
        A kind or level is not known, or a number is not above 0.
    """
    table = read_table(path)
    names = ("kind", "level", "bodies", "staff", "provenance", "source")
    columns = [table.columns[name] for name in names]
    found = []
    for kind, level, bodies, staff, provenance, source in zip(*columns, strict=True):
        if kind not in KINDS or level not in LEVELS or min(int(bodies), float(staff)) <= 0:
            raise DataError(say("country_bodies.tier", file=path.name, kind=kind, level=level))
        tier = Tier(KINDS.index(kind), LEVELS.index(level), int(bodies), float(staff),
                    provenance, source)  # fmt: skip
        found.append(tier)
    return tuple(sorted(found, key=lambda each: (-each.level, each.kind)))
