"""What a run of the country from 1917 comes to in the years of collapse, read off for one page.

found = effects()                      # history, all rules
effects(off="rules.requisition")       # the same with one rule switched off
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final, final

from sovplan.history.nation import AFTER_WAR, FIRST_YEARS, NationInputs
from sovplan.lab.country import shown
from sovplan.regimes.countries import HISTORY, country_inputs
from sovplan.regimes.model import model_parameters
from sovplan.society.nation.measures import Yearly, by_quarter, measures
from sovplan.society.nation.year import Quarter, opening, run_nation

SWITCHES: Final = (
    "rules.coordination",
    "rules.war_losses",
    "rules.requisition",
    "rules.hiding",
    "rules.return_migration",
)
"""Switches of rules that act before 1921 only, and that of coordination, given till then."""


@final
@dataclass(frozen=True, slots=True)
class Effects:
    """Figures of one run from 1917.

    Parameters
    ----------
    industry_1920, product_1928
        1928 of history run from 1921 = 100.
    taken_1920
        Grain taken from July 1920 to June 1921, million tonnes.
    sown_1921, harvest_1921
        Million hectares, million tonnes.
    people_1920, towns_1920
        At the end of the year, millions.
    riots_1918, riots_1921
        Disturbances in villages from July of the year before to June, the first before requisition.
    famine
        Excess deaths after the harvest of 1921, millions.
    """

    industry_1920: float
    taken_1920: float
    sown_1921: float
    harvest_1921: float
    people_1920: float
    towns_1920: float
    riots_1918: float
    riots_1921: float
    famine: float
    product_1928: float


@cache
def effects(regime: str = HISTORY, off: str = "") -> Effects:
    """Run the country from 1917 and return its figures.

    Parameters
    ----------
    regime
        Name of a regime.
    off
        A switch that is turned off, or ''.
    """
    inputs = country_inputs(regime, FIRST_YEARS[0])
    books = run_nation(inputs, model_parameters(), (off,) if off else ())
    found = shown(measures(books, inputs))
    riots = by_quarter(books, "riots")

    def disturbed(year: int) -> float:
        return sum(riots[time] for time in ((year - 1, 3), (year - 1, 4), (year, 1), (year, 2)))

    return Effects(
        industry_1920=found["industry"][1920],
        taken_1920=found["taken"][1920],
        sown_1921=found["sown"][1921],
        harvest_1921=found["harvest"][1921],
        people_1920=found["people"][1920],
        towns_1920=found["towns"][1920],
        riots_1918=disturbed(1918),
        riots_1921=disturbed(1921),
        famine=found["excess_deaths"][1921],
        product_1928=found["product"][1928],
    )


@cache
def from_1917() -> Mapping[str, Yearly]:
    """Return the measures of history run from 1917, as they are shown."""
    return _run(country_inputs(HISTORY, FIRST_YEARS[0]))[1]


@cache
def from_1921() -> Mapping[str, Yearly]:
    """Return the measures of history run from 1921, as they are shown."""
    return _run(country_inputs(HISTORY, AFTER_WAR))[1]


@cache
def reported() -> Yearly:
    """Return the harvests that peasants reported while grain was requisitioned, million tonnes."""
    books, _ = _run(country_inputs(HISTORY, FIRST_YEARS[0]))
    return {
        each.year: each.nation["harvest_reported"]
        for each in books
        if each.quarter == _HARVEST and each.nation["requisition"]
    }


def starts() -> Mapping[str, tuple[float, float]]:
    """Return the state of January 1921 by column: as run from 1917, and as a run from 1921 begins.

    Columns that nobody reads before they are written anew are left out.
    """
    books, _ = _run(country_inputs(HISTORY, FIRST_YEARS[0]))
    reached = next(q for q in books if (q.year, q.quarter) == (AFTER_WAR - 1, 4)).nation
    begun = opening(country_inputs(HISTORY, AFTER_WAR), model_parameters()).nation
    return {name: (reached[name], begun[name]) for name in _STATE}


_HARVEST: Final = 3
_STATE: Final = (
    "village", "town", "workers", "herd", "horses", "sown", "grain_store", "coordination",
    "charged_price", "mark_up", "village_goods", "village_living", "town_living", "trust",
    "private_trade_share",
)  # fmt: skip


def _run(inputs: NationInputs) -> tuple[tuple[Quarter, ...], Mapping[str, Yearly]]:
    books = run_nation(inputs, model_parameters())
    return books, shown(measures(books, inputs))
