"""The village of one run: households and regions that live each year as the country hands it down.

village = Village(setting)
for year, quarters in ...:
    village.live(year, quarters)

What households do does not act back on the country: its numbers hold those effects inside. Their
collective farms are rows of their own (`society/collectives`), which live after them.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from math import log
from pathlib import Path
from typing import Final, final

import numpy as np

from sovplan.foundation.engine.blocks import Given
from sovplan.foundation.engine.composer import Composition, compose
from sovplan.foundation.engine.engine import Engine, Kind
from sovplan.foundation.engine.rows import Rows
from sovplan.foundation.engine.rule import rules_in, switches_of
from sovplan.society.collectives.layer import Collectives
from sovplan.society.farms import collective, grain, harvests, joining, labels, taxing, wealth
from sovplan.society.farms.accounts import check
from sovplan.society.farms.figures import figures
from sovplan.society.farms.start import households_of, keep_peopled, opened, quantiles
from sovplan.society.farms.tables import COUNTS, NONE, TABLES
from sovplan.society.farms.tally import tallied
from sovplan.society.layers import Figure, Setting
from sovplan.society.nation.year import Quarter

RULES: Final = rules_in(wealth, joining, labels, harvests, grain, taxing, collective)
"""All rules of the village."""
SWITCHES: Final = switches_of(RULES)

OUTSIDE: Final = ("strata_proletarian", "strata_poor", "strata_entrepreneur")
"""Parameters that are read where strata are cut, and by no rule."""
CUT_YEAR: Final = 1925
"""Strata are cut on 1 January of this year: shares of 1924/25 are given, not fitted."""
_HALF, _TENTH = 0.5, 0.9
"""Below the middle household; below the richest tenth."""


MANY: Final = 16384
"""Rows from which compiled loops are worth loading."""


def composed(off: Iterable[str] = ()) -> Composition:
    """Return the rules of the village put together."""
    return compose(RULES, TABLES, COUNTS, off=off)


@cache
def _engine(off: frozenset[str], kind: Kind, folder: Path | None, small: int) -> Engine:
    """Return the engine of the village: loops that are loaded serve all regimes of a run."""
    return Engine(composed(off), kind, folder=folder, small=small)


@final
class Village:
    """Households and regions on their way through a run.

    Parameters
    ----------
    setting
        What is given to the country.
    rows
        Rows of households; those of the setting if None.
    kind, folder, small
        As in `Engine`.
    """

    def __init__(
        self,
        setting: Setting,
        rows: int | None = None,
        kind: Kind = "kept",
        folder: Path | None = None,
        *,
        small: int = MANY,
    ) -> None:
        begin = {name: each.value or 0.0 for name, each in setting.inputs.start.items()}
        self.setting: Final = setting
        self.engine: Final = _engine(setting.off & frozenset(SWITCHES), kind, folder, small)
        self.household: Final = setting.parameters["household"]
        count = households_of(begin["village"], self.household)
        many = setting.households if rows is None else rows
        self.tables: Final = opened(count, begin["wealth_spread"], many, setting.seed)
        self.tables["area"]["collective"][:] = begin["collectivised"]
        self.living: float = begin["village_living"]
        self.farms: Final = Collectives(setting, kind=kind)

    def live(self, year: int, books: Sequence[Quarter]) -> list[Figure]:
        """Do a year; return its figures.

        Raises
        ------
        IdentityBroken
            Households, grain or animals do not add up: a mistake of the program.
        """
        now = books[-1].nation
        household, village = self.tables["household"], self.tables["village"]
        total = households_of(now["village"], self.household)
        keep_peopled(household["weight"], total)
        for name, value in handed_down(books, self.living).items():
            village[name][0] = value
        self.living = now["village_living"]
        self._cut(year, village, household)
        values = {
            name: now.get(name, self.setting.parameters.get(name, 0.0))
            for name in self.engine.composition.values()
        }
        before = household.size
        self.engine.year(self.tables, Given(self.setting.seed, year, values))
        tally = tallied(household, before)
        check(self.tables, tally, year)
        farms = self.farms.live(year, books, self.tables, tally.regions, tally.sums["land"])
        return [*figures(self.tables, tally), *farms]

    def _cut(self, year: int, village: Rows, household: Rows) -> None:
        """Set what is read off the order of households by wealth; cut strata in their year."""
        logs, weights = household["log_wealth"], household["weight"]
        shares = (_HALF, _TENTH, *(cuts_of(self.setting.parameters) if year == CUT_YEAR else ()))
        half, tenth, *cuts = quantiles(logs, weights, shares)
        village["half"][0], village["tenth"][0] = half, tenth
        if year == CUT_YEAR:
            for name, cut in zip(("low_cut", "poor_cut", "rich_cut"), cuts, strict=True):
                village[name][0] = cut
            household["cut_at"][:] = np.searchsorted(cuts, logs, side="right")
        elif year < CUT_YEAR:
            household["cut_at"][:] = NONE


def cuts_of(parameters: Mapping[str, float]) -> tuple[float, float, float]:
    """Return the shares of households below the upper bounds of all strata but the richest."""
    lowest, poor = parameters["strata_proletarian"], parameters["strata_poor"]
    return lowest, lowest + poor, 1.0 - parameters["strata_entrepreneur"]


def handed_down(books: Sequence[Quarter], living: float) -> Mapping[str, float]:
    """Return what the country hands down to the village: columns of `tables.HANDED`.

    Parameters
    ----------
    books
        The four quarters of the year.
    living
        Living of the village a year before.
    """
    now = books[-1].nation
    quota = float(now["quota_share"] > 0.0 and now["collective_farming"] > 0.0)
    seized = max(each.nation["emergency"] for each in books)
    pressure = max(each.nation["coll_pressure"] for each in books)
    leave = max(each.nation["exit_allowed"] for each in books)
    return {
        "people": now["village"],
        "gain": log(now["village_living"] / living),
        "crop": now["harvest"],
        "seed": now["seed"],
        "feed_need": now["feed_need"],
        "feed": now["grain_feed"],
        "food": now["grain_food"],
        "taken": now["taken_year"],
        "tax": 0.0 if now["quota_share"] + now["levy_rate"] else now["tax_rate"] * now["harvest"],
        "ordered": quota,
        "offered": now["yearly_offer"],
        "withheld": now["withheld"],
        "herd": now["herd"],
        "horses": now["horses"],
        "killed": sum(each.nation["herd_killed"] for each in books),
        "collective": now["collectivised"],
        "pressed": max(each.nation["threat"] for each in books),
        "force": 1.0 - (1.0 - now["quota_share"]) * (1.0 - seized),
        "riots": sum(each.nation["riots"] for each in books),
        "effort": now["farm_effort"],
        "hunger": now["hunger"],
        "may_leave": max(leave, 1.0 - now["collective_farming"]),
        "label_on": float(pressure > 0.0),
    }
