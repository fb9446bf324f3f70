"""The numbers of a simulated year, as points of series."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import numpy as np

from sovplan.foundation.numbers import figure, percent
from sovplan.foundation.shapes import Flags, Vector
from sovplan.foundation.words import say
from sovplan.history import series as history
from sovplan.planning.profiles import PROFILES
from sovplan.records.economy import Economy
from sovplan.records.institutions import Institutions
from sovplan.records.parameters import Parameters
from sovplan.records.run import Event, Kind, Point
from sovplan.records.scenario import Scenario
from sovplan.report.parts import counted
from sovplan.report.run_series import PRINTED, worded
from sovplan.simulation import Given, Year
from sovplan.society.answers import Luck
from sovplan.society.life import had, weather_of
from sovplan.society.managers import hidden_share
from sovplan.world.capability import hours_there

SHARE: Final = "share"
INDEX: Final = "first year = 1"
LEVEL: Final = "people/level"
"""Consumption per head over what a head needs at least, at the prices of the first day."""
_BASE: Final = re.compile(r"(\d{4}) = 100$")
_SHORT: Final = 1e-9
"""Share of a good that is missing below which it is rounding."""
NOTED: Final = 0.1
"""Share of a good that is missing from which a year is said to have lacked it."""


def points_of(regime: str, year: Year, given: Given) -> Iterator[Point]:
    """Yield the numbers of a year of a regime; the names of the series stand in the manual."""
    when = year.begun.world.year
    rows = (
        *_goods(year),
        *_whole(year),
        *_people(year),
        *_honesty(year, given.institutions, given.parameters),
        *_votes(year),
    )
    for series, value, unit, kind in rows:
        if np.isfinite(value):
            yield Point(regime, when, series, float(value), unit, kind)


def given_points(scenario: Scenario, years: Iterator[int], seed: int) -> Iterator[Point]:
    """Yield what is no regime's own: the weather, and what people had as it was printed since."""
    there = list(years)
    for year in there if scenario.village is None else ():
        value = weather_of(scenario, Luck(seed, year))
        yield Point("", year, "weather", value, "yield over norm", "real")
    yield from _remembered(scenario.economy, there)


def _remembered(economy: str, years: Sequence[int]) -> Iterator[Point]:
    """Yield consumption a head as others reckoned it: one series, and those that disagree."""
    for place, name in enumerate(history.measure_series(economy).get("consumption_per_head", ())):
        found = history.series(name)
        base = _BASE.match(found.unit)
        if base is None:
            continue
        of = PRINTED if place == 0 else f"{PRINTED}/{name}"
        for year, value in found.values().items():
            if year in years:
                yield Point("", year, of, value / 100.0, f"{base[1]} = 1", "historical")


Row = tuple[str, float, str, Kind]


def _goods(year: Year) -> Iterator[Row]:
    economy, tasks, outcome = year.begun.world.economy, year.tasks, year.outcome
    kept = economy.extensions.kept(len(economy.goods))
    planned = kept * np.asarray(economy.techniques.outputs @ tasks.activity)
    ever = (planned > 0) | (outcome.made > 0) | (tasks.consumption > 0) | (outcome.people > 0)
    paper = outcome.stock + year.filed.fiction.sum(axis=0)
    amounts: tuple[tuple[str, Kind, Vector], ...] = (
        ("output", "planned", planned),
        ("output", "reported", year.filed.said),
        ("output", "real", outcome.made),
        ("consumption", "planned", tasks.consumption),
        ("consumption", "real", outcome.people),
        ("imports", "real", outcome.imports),
        ("exports", "real", outcome.exports),
        ("stock", "real", outcome.stock),
        ("stock", "reported", paper),
        ("opening", "real", outcome.kept),
        ("used", "real", outcome.used),
        ("built", "real", outcome.built),
        ("public", "real", outcome.public),
        ("unused", "real", outcome.unused),
    )
    for name, kind, values in amounts:
        yield from _each(economy, name, kind, values, ever)
    shortage, bought = year.shared.shortage, (outcome.people > 0) & ~year.begun.society.common
    for good in np.flatnonzero(bought | (shortage > _SHORT)):
        missing = shortage[good] if shortage[good] > _SHORT else 0.0
        yield f"shortage/{economy.goods.names[good]}", missing, SHARE, "real"
    for good in np.flatnonzero(bought):
        price = f"price/{economy.goods.names[good]}"
        yield price, year.shared.prices[good], _price_unit(economy, int(good)), "real"


def _each(economy: Economy, name: str, kind: Kind, values: Vector, ever: Flags) -> Iterator[Row]:
    goods = economy.goods
    for good in np.flatnonzero(ever):
        yield f"{name}/{goods.names[good]}", values[good], goods.units[good], kind


def _price_unit(economy: Economy, good: int) -> str:
    return say("course.price", hours=economy.hours_unit, unit=economy.goods.units[good])


def _whole(year: Year) -> Iterator[Row]:
    economy, outcome = year.begun.world.economy, year.outcome
    prices = year.begun.society.weights
    kept = economy.extensions.kept(len(economy.goods))
    planned = kept * np.asarray(economy.techniques.outputs @ year.tasks.activity)
    told: tuple[tuple[Kind, Vector], ...] = (
        ("real", outcome.made),
        ("reported", year.filed.said),
    )
    for kind, made in told:
        done = np.minimum(made, planned)
        yield "plan_kept", _ratio(_dot(prices, done), _dot(prices, planned)), SHARE, kind
    worth = float(prices @ outcome.made)
    yield "overstated", _ratio(_dot(prices, year.filed.said - outcome.made), worth), SHARE, "real"
    yield "unused", _ratio(_dot(prices, outcome.unused), worth), SHARE, "real"
    yield "investment_share", _ratio(_dot(prices, outcome.built), worth), SHARE, "real"
    yield "output_worth", worth, economy.hours_unit, "real"
    yield "debt", outcome.debt, economy.units.get("foreign_prices", ""), "real"
    there = hours_there(economy, year.conduct.day, year.tasks.migrants)
    for skill, name in enumerate(economy.techniques.skills):
        yield f"labour/{name}", _ratio(outcome.hours[skill], there[skill]), SHARE, "real"


def _people(year: Year) -> Iterator[Row]:
    society, shared, after = year.begun.society, year.shared, year.next.society
    strata, now = society.strata, had(society, shared)
    weights = society.weights
    first = now.level if society.first is None else society.first
    total = float(now.level @ strata.people)
    yield "people/consumption", _ratio(total, float(first @ strata.people)), INDEX, "real"
    heads = float(strata.people.sum())
    least = float((strata.need @ weights) @ strata.people) / heads
    yield LEVEL, _ratio(total / heads, least), say("course.level"), "real"
    privileged = shared.privileged @ weights
    consumed = shared.consumption @ weights
    for place, name in enumerate(strata.names):
        heads = strata.people[place]
        yield f"people/consumption/{name}", after.real[place], INDEX, "real"
        yield f"{LEVEL}/{name}", _ratio(now.level[place], least), say("course.level"), "real"
        yield f"people/needs/{name}", after.food[place], SHARE, "real"
        yield f"people/number/{name}", heads, year_unit(year), "real"
        yield f"people/queue/{name}", _ratio(shared.queue[place], heads), "hours a person", "real"
        yield f"people/pay/{name}", _ratio(shared.pay[place], heads), "hours a person", "real"
        share = _ratio(privileged[place], consumed[place])
        yield f"people/privileged/{name}", share, SHARE, "real"


def year_unit(year: Year) -> str:
    """Return what people are counted in."""
    return year.begun.world.economy.units.get("people", "people")


def _honesty(year: Year, institutions: Institutions, parameters: Parameters) -> Iterator[Row]:
    names = np.array(year.books.names)
    liars = set(names[year.filed.liars].tolist())
    flagged = {flag.workplace for flag in year.findings.flags}
    known = flagged & set(names.tolist())
    counts: Mapping[str, float] = {
        "false": len(liars),
        "found": len(liars & known),
        "missed": len(liars - known),
        "accused": len(known - liars),
        "workplaces": len(names) - 1,
        "expected_false_flags": year.findings.expected_false_flags,
    }
    for name, count in counts.items():
        yield f"returns/{name}", float(count), "workplaces", "real"
    yield "hidden", hidden_share(institutions, parameters), SHARE, "real"


def _votes(year: Year) -> Iterator[Row]:
    if year.ballots is None:
        return
    total = sum(ballot.voters for ballot in year.ballots.cast)
    for option in year.ballots.options:
        first = sum(b.voters for b in year.ballots.cast if option in b.ranking[0])
        yield f"votes/{option}", first / total, SHARE, "real"


def _dot(prices: Vector, amounts: Vector) -> float:
    return float(prices @ amounts)


def _ratio(part: float, whole: float) -> float:
    return float(part / whole) if whole else float("nan")


def events_of(regime: str, year: Year) -> Iterator[Event]:
    """Yield what happened in a year."""
    for rule, text in (*_decided(year), *_short(year), *_asked(year)):
        yield Event(regime, year.begun.world.year, rule, text)


def _decided(year: Year) -> Iterator[tuple[str, str]]:
    name = year.decision.winners[0]
    draft = worded(f"runbook.draft.{name}", name)
    if year.ballots is None:
        yield "R06", say("course.event.imposed", draft=draft)
    else:
        yield "R32", say("course.event.voted", draft=draft)
    if year.adopted.aims.needs is not None:
        yield "easing", say("course.event.eased")
    lifted = [say(f"course.limit.{name}") for name in _lifted(year)]
    if lifted:
        yield "easing", say("course.event.lifted", names="; ".join(lifted))


def _lifted(year: Year) -> Iterator[str]:
    """Yield the limits of the economy as declared that the adopted draft does not keep."""
    stated, kept = year.returns.declared.extensions, year.adopted.economy.extensions
    if stated.least_investment is not None and kept.least_investment is None:
        yield "least_investment"
    before, after = stated.under_construction, kept.under_construction
    if before is not None and (after is None or len(after.plants) < len(before.plants)):
        yield "under_construction"
    if year.adopted.method in PROFILES and year.adopted.aims.terminal is None:
        yield "terminal"


def _short(year: Year) -> Iterator[tuple[str, str]]:
    """Yield what was missing most in open shops, and what is owed abroad."""
    economy, shortage = year.begun.world.economy, year.shared.shortage
    missing = np.flatnonzero(shortage >= NOTED)
    if len(missing):
        most = int(np.argmax(shortage))
        yield (
            "R15",
            counted(
                "course.event.short",
                len(missing),
                good=economy.goods.titles[most],
                share=percent(float(shortage[most])),
            ),
        )
    if year.outcome.debt > 0:
        unit = economy.units.get("foreign_prices", "")
        yield "R40", say("course.event.debt", debt=figure(year.outcome.debt), unit=unit)


def _asked(year: Year) -> Iterator[tuple[str, str]]:
    count = len(year.findings.flags)
    if count:
        yield "R11", counted("course.event.flags", count)
