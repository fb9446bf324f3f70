"""Collective farms of one run: settlements that live each year as the village hands it down.

The households of the village have joined or left; here they are farms with land, animals, quotas
and labour days. What farms do does not act back on households, nor on the country.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Final, final

import numpy as np
from numpy.typing import NDArray

from sovplan.foundation.engine.blocks import Given
from sovplan.foundation.engine.composer import Composition, compose
from sovplan.foundation.engine.engine import Engine, Kind
from sovplan.foundation.engine.rows import Rows
from sovplan.foundation.engine.rule import rules_in, switches_of
from sovplan.society.collectives import founding, grain
from sovplan.society.collectives.accounts import check
from sovplan.society.collectives.figures import PREFIX, figures
from sovplan.society.collectives.start import ROWS, opened
from sovplan.society.collectives.tables import COUNTS, TABLES
from sovplan.society.layers import Figure, Setting
from sovplan.society.nation.year import Quarter

Numbers = NDArray[np.float64]

RULES: Final = rules_in(founding, grain)
"""All rules of collective farms."""
SWITCHES: Final = switches_of(RULES)
OUTSIDE: Final = ("farm_spread", "farm_soil", "common_plot")
"""Parameters that the start and what is handed down read, and no rule."""

_HARVESTED: Final = 2
"""Place of the quarter of the harvest."""
_MILLION: Final = 1.0e6
_THOUSAND: Final = 1000.0


@cache
def composed(off: frozenset[str] = frozenset()) -> Composition:
    """Return the rules of collective farms put together."""
    return compose(RULES, TABLES, COUNTS, off=off)


@final
class Collectives:
    """Collective farms on their way through a run.

    Parameters
    ----------
    setting
        What is given to the country.
    rows
        Rows of settlements of a region.
    kind
        Which engine runs them.
    """

    def __init__(self, setting: Setting, rows: int = ROWS, kind: Kind = "arrays") -> None:
        self.setting: Final = setting
        self.engine: Final = Engine(composed(setting.off & set(SWITCHES)), kind)
        self.tables: Final = opened(setting.parameters, setting.seed, rows)
        self.norm = 0.0

    def live(
        self,
        year: int,
        books: Sequence[Quarter],
        village: Mapping[str, Rows],
        inside: Mapping[str, Numbers],
        land: float,
    ) -> Iterator[Figure]:
        """Do a year; yield its figures.

        Parameters
        ----------
        year, books
            As of a layer.
        village
            Tables of the village, whose year is done.
        inside
            Households in collective farms by region, `inside`, and their land, harvest and herd.
        land
            Land of all households, in the unit of theirs.

        Raises
        ------
        IdentityBroken
            Members, land, grain or money do not add up: a mistake of the program.
        """
        now = books[-1].nation
        zone, sector = self.tables["zone"], self.tables["sector"]
        for name, amounts in self._zones(books, village, inside, land).items():
            zone[name][:] = amounts
        for name, value in self._sector(books, village, zone).items():
            sector[name][0] = value
        values = {
            name: now.get(name, self.setting.parameters.get(name, 0.0))
            for name in self.engine.composition.values()
        }
        self.engine.year(self.tables, Given(self.setting.seed, year, values))
        check(self.tables, year)
        mine = self.tables["settlement"]
        sown = float(mine["sown"].sum())
        self.norm = float(mine["delivered"].sum()) / sown if sown > 0.0 else 0.0
        herd = float(zone["herd"].sum()) / (now["herd"] * _MILLION)
        for each in figures(self.tables, village["village"], herd, self.setting.parameters):
            yield Figure(PREFIX + each.series, each.value, each.kind)

    def _zones(
        self,
        books: Sequence[Quarter],
        village: Mapping[str, Rows],
        inside: Mapping[str, Numbers],
        land: float,
    ) -> Mapping[str, Numbers]:
        """Return what households of collective farms have, by region."""
        now = books[-1].nation
        common = 1.0 - self.setting.parameters["common_plot"] * now["plot_allowed"]
        return {
            "households": village["area"]["households"].astype(np.float64),
            "inside": inside["inside"],
            "sown": inside["land"] / land * books[_HARVESTED].nation["sown"] * _MILLION,
            "harvest": inside["harvest"] / _THOUSAND,
            "herd": inside["herd"] * common,
        }

    def _sector(
        self, books: Sequence[Quarter], village: Mapping[str, Rows], zone: Rows
    ) -> Mapping[str, float]:
        """Return what is handed down to all farms: columns of `tables.HANDED`."""
        now, above = books[-1].nation, village["village"]
        part = float(zone["harvest"].sum()) / (now["harvest"] * _MILLION)
        return {
            "taken": now["taken_year"] * _MILLION * part,
            "seed_rate": now["seed"] / books[_HARVESTED].nation["sown"],
            "feed_rate": now["grain_feed"] / now["herd"],
            "ordered": float(above["ordered"][0]),
            "effort": now["farm_effort"],
            "norm": self.norm,
        }
