"""What happened in a run of the country, as events: people lost, institutions, years of hunger."""

from collections.abc import Iterator, Mapping
from typing import Final

from sovplan.foundation.words import say
from sovplan.history.nation import NationInputs
from sovplan.records.run import Event
from sovplan.regimes.countries import HISTORY, CountryRegime
from sovplan.society.nation.measures import Yearly

_LEVY: Final = "requisition"
"""The institution whose beginning and end are told though it is a share."""
_SWITCH: Final = "0 or 1"
"""Unit of institutions that are there or not: their changes are told as events."""
_HARVEST: Final = 3
"""Quarter of the harvest."""
_HUNGER: Final = 0.5
"""Excess deaths of a year, million, from which it is told as an event."""
_OF_FARMS: Final = ("farm_settled", "plot_allowed", "horse_care", "farm_self_rule")
"""Institutions that act on collective farms only."""
_FEW: Final = 10.0
"""Households in collective farms, per cent, below which what acts on them alone is not told."""
_ENDS_IN_TRIAL: Final = ("passports",)
"""Institutions that end in the coding of the trial and did not by law."""


def losses_given(inputs: NationInputs, years: range) -> Iterator[Event]:
    """Yield the people lost by war, epidemics and flight abroad, which no rule makes."""
    names = ("war_deaths", "epidemic_deaths", "emigration")
    for year in years:
        lost = {name: inputs.values[name][year, _HARVEST] for name in names}
        if any(lost.values()):
            said = {name: f"{value:.1f}" for name, value in lost.items()}
            yield Event("", year, "given", say("country.event.losses", **said))


def events_of(
    regime: CountryRegime, inputs: NationInputs, rows: Mapping[str, Yearly], years: range
) -> Iterator[Event]:
    """Yield institutions that begin or end, and years of hunger."""
    name = regime.name
    for institution, year, value, before in _turns(regime, years[1:]):
        about = inputs.about[institution]
        if institution in _OF_FARMS and rows["collectivised"].get(year, 0.0) < _FEW:
            continue
        if institution == _LEVY and not value * before:
            key = "levy_begins" if value else "levy_ends"
            yield Event(name, year, _LEVY, say(f"country.event.{key}"))
        if about.unit == _SWITCH:
            key = "begins" if value else _end_of(regime, institution)
            what = about.meaning.removeprefix("whether ")
            yield Event(name, year, institution, say(f"country.event.{key}", what=what))
    for year, deaths in rows.get("excess_deaths", {}).items():
        if year in years and deaths >= _HUNGER:
            text = say("country.event.hunger", deaths=f"{deaths:.1f}", year=year, after=year + 1)
            yield Event(name, year, "R28", text)


def _turns(regime: CountryRegime, years: range) -> Iterator[tuple[str, int, float, float]]:
    """Yield each change of an institution in some years: its name, year, value, and that before."""
    for institution, steps in regime.steps().items():
        held = [value for _, _, value in steps]
        for (year, _, value), before in zip(steps[1:], held, strict=False):
            if year in years and value != before:
                yield institution, year, value, before


def _end_of(regime: CountryRegime, institution: str) -> str:
    """Return the words for the end of an institution: an end that only the trial has says so."""
    (whose, _) = list(regime.articles_of(institution))[-1]
    return "ends_in_trial" if institution in _ENDS_IN_TRIAL and whose == HISTORY else "ends"
