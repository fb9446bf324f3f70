"""What a run of the country from 1917 comes to in the years of collapse, read off for one page.

found = effects()                      # history, all rules
effects(off="rules.requisition")       # the same with one rule switched off
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Final, Literal, TypeAlias, final

from sovplan.history.forced import forced_states
from sovplan.history.nation import (
    AFTER_WAR,
    FIRST_YEARS,
    FORCED,
    QUARTERS,
    NationInputs,
    early_rows,
)
from sovplan.lab.country import shown
from sovplan.regimes.countries import HISTORY, country_inputs
from sovplan.regimes.model import model_parameters
from sovplan.society.nation.levy import levy
from sovplan.society.nation.measures import Yearly, by_quarter, measures
from sovplan.society.nation.year import Quarter, State, Walk, opening, plan_of, run_nation

SWITCHES: Final = (
    "rules.coordination",
    "rules.war_losses",
    "rules.requisition",
    "rules.hiding",
    "rules.return_migration",
)
"""Switches of rules that act before 1921 only, and that of coordination, given till then."""

VARIED: Final = (
    FORCED, "weather", "work_share", "birth_trend", "war_deaths", "epidemic_deaths", "emigration",
    "army_grain", "sown", "herd", "horses", "village", "town", "grain_store",
)  # fmt: skip
"""What is given of 1917 to 1920 and is moved through its range."""

End: TypeAlias = Literal["low", "high"]


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
    return _effects(country_inputs(regime, FIRST_YEARS[0]), (off,) if off else ())


@cache
def varied(name: str, end: End) -> Effects:
    """Run history from 1917 with one given thing at one end of its range in all years.

    Parameters
    ----------
    name
        One of `VARIED`: a path of the years before 1921, a column of the start, or coordination.
    end
        Which end.
    """
    inputs = country_inputs(HISTORY, FIRST_YEARS[0])
    if name == FORCED:
        ends = forced_states()["coordination"]

        def moved(year: int, value: float) -> float:
            mine = ends[max(year, inputs.years.start)]
            return value + getattr(mine, end) - mine.value if value else value

        return _effects(inputs.changed(name, moved))
    rows = [row for row in early_rows() if row.path == name]
    if rows:

        def ended(year: int, value: float) -> float:
            spoken = [row for row in rows if row.year <= year < AFTER_WAR]
            return float(getattr(spoken[-1], end)) if spoken else value

        return _effects(inputs.changed(name, ended))
    begun = inputs.start[name]
    start = {**inputs.start, name: replace(begun, value=getattr(begun, end))}
    return _effects(replace(inputs, start=start))


@cache
def felt_as_share() -> Effects:
    """Run history from 1917 where sowing answers to the share of the harvest that is levied.

    The rule answers to the rate instead: what requisition takes of a tonne more.
    """
    inputs, parameters = country_inputs(HISTORY, FIRST_YEARS[0]), model_parameters()
    walk = Walk(inputs, opening(inputs, parameters), plan_of(parameters))

    def share(now: State) -> None:
        now.nation["levy_rate"] = now.nation["levy"] / now.nation["harvest"]

    after = {levy.name: share}
    times = [(year, quarter) for year in inputs.years for quarter in QUARTERS]
    return _read_off(inputs, tuple(walk.quarter(*time, after) for time in times))


def requisitioned() -> tuple[float, ...]:
    """Return the parts of the harvest above the norm that are requisitioned, year by year."""
    inputs = country_inputs(HISTORY, FIRST_YEARS[0])
    years = range(FIRST_YEARS[0], AFTER_WAR)
    parts = (inputs.at(year, _HARVEST)["requisition"] for year in years)
    return tuple(part for part in parts if part)


def _effects(inputs: NationInputs, off: tuple[str, ...] = ()) -> Effects:
    return _read_off(inputs, run_nation(inputs, model_parameters(), off))


def _read_off(inputs: NationInputs, books: tuple[Quarter, ...]) -> Effects:
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


@cache
def starts() -> Mapping[str, tuple[float, float]]:
    """Return the state of January 1921 by column: as run from 1917, and as a run from 1921 begins.

    Columns that nobody reads before they are written anew are left out.
    """
    books, _ = _run(country_inputs(HISTORY, FIRST_YEARS[0]))
    reached = next(q for q in books if (q.year, q.quarter) == (AFTER_WAR - 1, 4)).nation
    begun = opening(country_inputs(HISTORY, AFTER_WAR), model_parameters()).nation
    return {name: (reached[name], begun[name]) for name in _STATE}


@cache
def famine_with(*columns: str) -> float:
    """Return excess deaths after the harvest of 1921 in a run from 1921 with another start.

    Parameters
    ----------
    columns
        Columns of the state of January 1921 that are those which the run from 1917 reaches.

    Returns
    -------
    float
        Millions.
    """
    inputs = country_inputs(HISTORY, AFTER_WAR)
    put = {name: replace(inputs.start[name], value=starts()[name][0]) for name in columns}
    changed = replace(inputs, start={**inputs.start, **put})
    books = run_nation(changed, model_parameters())
    return measures(books, changed)["excess_deaths"][AFTER_WAR]


_HARVEST: Final = 3
_STATE: Final = (
    "village", "town", "workers", "herd", "horses", "sown", "grain_store", "coordination",
    "charged_price", "mark_up", "village_goods", "village_living", "town_living", "trust",
    "private_trade_share",
)  # fmt: skip


def _run(inputs: NationInputs) -> tuple[tuple[Quarter, ...], Mapping[str, Yearly]]:
    books = run_nation(inputs, model_parameters())
    return books, shown(measures(books, inputs))
