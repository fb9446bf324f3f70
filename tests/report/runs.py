"""Small plausible runs made of random numbers, so that books of runs need no simulation."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np

from sovplan.history.economies import read_economy
from sovplan.planning.optimum import optimum
from sovplan.records.aims import Aims
from sovplan.records.draft import Draft
from sovplan.records.economy import Economy
from sovplan.records.institutions import USES, Institutions
from sovplan.records.returns import Returns
from sovplan.records.run import Course, Event, Kind, PlanningRun, Point, Run
from sovplan.records.scenario import Group, Scenario

FIRST = 1950
GOODS = ("grain", "tools")
GROUPS = ("farmers", "smiths", "clerks")
VOTED = Institutions(
    drafters=("consumption", "building"),
    decision_rule="schulze",
    rural_vote=1.0,
    plan_years=3,
    ratchet=0.1,
    feasibility_check=1.0,
    ambition_heavy=0.0,
    ambition_light=0.0,
    bonus=0.4,
    penalty_shortfall=0.2,
    penalty_lie=0.5,
    open_books=1.0,
    audit=0.6,
    consumer_control=0.7,
    committee_power=0.8,
    appointment=0.2,
    priority=0.0,
    supply_order=USES,
    wage_spread=0.1,
    pay_cap=1.0,
    closed_supply=0.0,
    officials_share=0.1,
    ration=0.1,
    ration_norms={"peasant": 1.0, "worker": 1.0, "specialist": 1.0, "official": 1.0},
    price_rule=1.0,
    hours=0.9,
    labour_law=0.0,
    police_power=0.2,
    union_power=0.7,
    trust=0.6,
)
DECREED = replace(
    VOTED,
    drafters=("command",),
    decision_rule="imposed",
    feasibility_check=0.1,
    ambition_heavy=0.25,
    open_books=0.0,
    audit=0.2,
    priority=1.0,
    closed_supply=0.8,
    appointment=1.0,
)
ORDERS = (VOTED, DECREED, replace(VOTED, plan_years=1, priority=0.5))
NAMES = ("north", "south", "west")
Level = Mapping[str, float]
"""How a regime does: `kept`, `lie` and `growth` of consumption, each yearly."""
LEVELS: tuple[Level, ...] = (
    {"kept": 0.97, "lie": 0.01, "growth": 0.02},
    {"kept": 0.75, "lie": 0.12, "growth": -0.03},
    {"kept": 0.85, "lie": -0.02, "growth": 0.0},
)


@cache
def economy() -> Economy:
    return read_economy("two-goods")


@cache
def drafted(years: int) -> Draft:
    """Return a best plan of some years."""
    return optimum(Returns(economy()), Aims(years=years, terminal=None))


def adopted(year: int, order: Institutions) -> Draft:
    """Return the draft adopted in a year: best, or one without prices where it is decreed."""
    draft = drafted(order.plan_years)
    shift = year - draft.years[0]
    years = tuple(each + shift for each in draft.years)
    bindings = tuple(
        replace(b, limit=replace(b.limit, year=b.limit.year + shift if b.limit.year else 0))
        for b in draft.bindings
    )
    calendar = replace(draft.calendar, years=years)
    draft = replace(draft, calendar=calendar, bindings=bindings, method=order.drafters[0])
    if "command" not in order.drafters:
        return draft
    assert draft.plan is not None
    plan = replace(draft.plan, consumption=draft.plan.consumption * 1.2)
    plan = replace(plan, waste=plan.waste - 0.2 * draft.plan.consumption)
    return replace(draft, plan=plan, hours=None, shadow=None, bindings=(), status="infeasible")


def scenario(regimes: Sequence[str], years: int) -> Scenario:
    kinds = ("peasant", "worker", "official")
    groups = tuple(
        Group(name, name.title(), kind, "", 0.0, part, {})
        for name, kind, part in zip(GROUPS, kinds, (0.5, 0.3, 0.2), strict=True)
    )
    ranges: dict[str, dict[str, Any]] = {
        "growth": {"low": 0.0, "high": 0.02, "source": "a census", "provenance": "measured"},
        "weather_sd": {"low": 0.05, "high": 0.2, "source": "our choice", "provenance": "assumed"},
    }
    return Scenario(
        name="valley",
        title="A valley",
        economy="two-goods",
        years=years,
        regimes=tuple(regimes),
        groups=groups,
        people=40.0,
        people_unit="people",
        growth=0.01,
        workplaces=4,
        common=(),
        imports={},
        harvest=("farm",),
        weather_sd=0.1,
        luck_sd=0.05,
        day=8.0,
        norms_voice=0.0,
        weather={},
        stated=ranges,
    )


def made(
    regimes: int = 2,
    years: int = 6,
    *,
    levels: Sequence[Level] = LEVELS,
    past: bool = True,
    without: Sequence[str] = (),
) -> PlanningRun:
    """Return a run.

    Parameters
    ----------
    regimes, years
        How many.
    levels
        How each regime does.
    past
        Whether anything is historical.
    without
        Beginnings of series that are left out.
    """
    names = NAMES[:regimes]
    span = range(FIRST, FIRST + years)
    points = [*_past(span)] if past else []
    for place, name in enumerate(names):
        luck = np.random.default_rng(place)
        points += _goods(name, span, levels[place], luck)
        points += _whole(name, span, levels[place], luck)
        points += _people(name, span, levels[place])
    for year in span:
        points.append(Point("", year, "weather", 0.9 + 0.02 * (year % 7), "1", "real"))
    kept = [p for p in points if not any(p.series.startswith(stem) for stem in without)]
    courses = tuple(_course(name, span, order) for name, order in zip(names, ORDERS, strict=False))
    return Run(scenario(names, years), 7, courses, tuple(kept), tuple(_events(names, span)))


def _course(name: str, span: range, order: Institutions) -> Course:
    later = replace(order, police_power=0.9) if name == "south" else order
    institutions = {year: order if year < FIRST + 2 else later for year in span}
    drafts = {year: adopted(year, order) for year in span}
    title = f"{name.title()}: what it is"
    return Course(name, title, f"The {name}.", institutions, drafts)


def _past(span: range) -> Iterator[Point]:
    for year in list(span)[::2]:
        yield Point("", year, "output/grain", 100.0 + 3 * (year - FIRST), "sacks", "historical")
        index = 1.0 + 0.01 * (year - FIRST)
        yield Point("", year, "people/printed", index, "1949 = 1", "historical")
        if year == FIRST + 2:
            yield Point("", year, "people/printed/other", 0.8 * index, "1949 = 1", "historical")


def _goods(name: str, span: range, level: Level, luck: np.random.Generator) -> Iterator[Point]:
    for good, size in zip(GOODS, (110.0, 12.0), strict=True):
        for year in span:
            plan = size * 1.05 ** (year - FIRST)
            real = plan * level["kept"] * float(luck.uniform(0.97, 1.03))
            values: dict[Kind, float] = {
                "planned": plan,
                "real": real,
                "reported": real * (1 + level["lie"]),
            }
            for kind, value in values.items():
                yield Point(name, year, f"output/{good}", value, "sacks", kind)
            yield from _shop(name, year, good, level, (plan, real))


def _shop(
    name: str, year: int, good: str, level: Level, made: tuple[float, float]
) -> Iterator[Point]:
    plan, real = made
    missing = max(0.0, 0.9 - level["kept"]) * (2 if good == "tools" else 1)
    values: list[tuple[str, float, Kind]] = [
        ("consumption", 0.5 * plan, "planned"),
        ("consumption", 0.5 * real, "real"),
        ("stock", 0.1 * real, "real"),
        ("stock", (0.1 + level["lie"]) * real, "reported"),
        ("imports", 3.0 if good == "tools" else 0.0, "real"),
        ("exports", 1e-12 * real, "real"),
        ("shortage", missing, "real"),
        ("price", 80.0 * (1 + level["growth"]) ** (year - FIRST), "real"),
    ]
    for series, value, kind in values:
        yield Point(name, year, f"{series}/{good}", value, "sacks", kind)


def _whole(name: str, span: range, level: Level, luck: np.random.Generator) -> Iterator[Point]:
    for year in span:
        kept = level["kept"] * float(luck.uniform(0.98, 1.02))
        yield Point(name, year, "plan_kept", kept, "1", "real")
        yield Point(name, year, "plan_kept", kept * (1 + level["lie"]), "1", "reported")
        yield Point(name, year, "overstated", level["lie"], "1", "real")
        yield Point(name, year, "unused", 0.02, "1", "real")
        yield Point(name, year, "investment_share", 0.2, "1", "real")
        yield Point(name, year, "hidden", 0.05, "1", "real")
        worth = 1000 * (1 + level["growth"]) ** (year - FIRST)
        yield Point(name, year, "output_worth", worth, "hours", "real")
        yield Point(name, year, "debt", 10 * max(0.0, -level["growth"]), "dollars", "real")
        yield Point(name, year, "labour/work", 0.9 * level["kept"], "1", "real")
        false = int(100 * abs(level["lie"])) + year % 3
        found = int(luck.integers(0, false + 1))
        counts = {"false": false, "found": found, "missed": false - found, "accused": year % 2}
        counts |= {"expected_false_flags": 1, "workplaces": 60}
        for series, count in counts.items():
            yield Point(name, year, f"returns/{series}", float(count), "1", "real")
        if name != "south":
            share = float(luck.uniform(0.3, 0.7))
            yield Point(name, year, "votes/consumption", share, "1", "real")
            yield Point(name, year, "votes/building", 1 - share, "1", "real")


def _people(name: str, span: range, level: Level) -> Iterator[Point]:
    for year in span:
        index = (1 + level["growth"]) ** (year - FIRST)
        yield Point(name, year, "people/consumption", index, "1", "real")
        yield Point(name, year, "people/level", index * level["kept"], "1", "real")
        for place, group in enumerate(GROUPS):
            step = 1 + 0.2 * (place - 1) * (1 - level["kept"]) * 4
            values = {
                "consumption": index,
                "level": index * level["kept"] * step,
                "needs": min(1.0, 0.9 * index),
                "queue": 200 * (1 - level["kept"]) * (3 - place),
                "number": (0.5, 0.3, 0.2)[place] * 40,
                "pay": 900 * step,
                "privileged": 0.3 if place == 2 and name == "south" else 0.0,
            }
            for series, value in values.items():
                yield Point(name, year, f"people/{series}/{group}", value, "1", "real")


def _events(names: Sequence[str], span: range) -> Iterator[Event]:
    yield Event("", span[0], "given", "A good harvest in the hills")
    for name in names:
        yield Event(name, span[-1], "R07", f"Grain ran short in the {name}")
        for count in range(8):
            yield Event(name, span[0], "R15", f"Ration {count} was changed in the {name}")


def reversed_levels() -> tuple[Level, ...]:
    """Return the same levels, each at another regime: the first does worst."""
    return (LEVELS[1], LEVELS[0], LEVELS[2])
