"""Who persons are on the first 1 January: ages, places, classes, schooling, talent, views.

Persons draw what they are from streams of their own. Village and towns hold as many persons as the
nation says, to the person; a place has rows by the square root of its people, so that towns are
seen as well as villages, and weights within a place differ by one at most.
"""

from collections.abc import Callable, Mapping
from typing import Final

import numpy as np
from numpy.typing import NDArray

from sovplan.foundation.chance import uniform
from sovplan.foundation.engine.rows import Rows, Stored
from sovplan.foundation.engine.tables import Table
from sovplan.society.classes import HOMES, OFFICIAL, OTHER, OWN, WORKER
from sovplan.society.people_rules.founders import alive, common_deaths
from sovplan.society.people_rules.people import apportioned, spread
from sovplan.society.people_rules.tables import AGES, RATES
from sovplan.society.persons.tables import (
    BRANCHES,
    CELL,
    CLASS,
    LOCAL,
    NATION,
    NONE,
    PEOPLE,
    PLACES,
    TOWN,
    TRADE,
    people_table,
)

_ROOM: Final = 4096
_FIRST: Final = ("heavy", "machines")
"""Branches that are served first under priority."""


def society(
    people: tuple[int, int], rows: int, parameters: Mapping[str, float], seed: int
) -> dict[str, Rows]:
    """Return the tables at the start.

    Parameters
    ----------
    people
        Persons of village and towns.
    rows
        Rows that stand for them.
    parameters
        Values of the model.
    seed
        Root of what persons are.
    """
    counts = apportioned(np.sqrt(np.array(people, dtype=np.float64)), rows)
    room = rows + rows // 8 + _ROOM
    columns = {each.name: np.zeros(room, dtype=each.dtype) for each in PEOPLE.kept}
    columns["key"] = np.arange(room, dtype=np.uint64)
    columns["place"][:rows] = np.repeat(np.arange(len(PLACES)), counts)
    columns["age"][rows:] = 255
    columns["weight"][:rows] = np.concatenate(
        [spread(total, int(many)) for total, many in zip(people, counts, strict=True)]
    )
    _be(columns, slice(0, rows), parameters, seed)
    table = people_table(parameters["girls"])
    return {"people": Rows(table, rows, columns), **_above(parameters)}


def _be(columns: Mapping[str, Stored], part: slice, given: Mapping[str, float], seed: int) -> None:
    """Give persons what they are."""
    keys = columns["key"][part].view(np.int64)

    def luck(name: str) -> NDArray[np.float64]:
        return uniform(seed, f"start of 1921: {name}", 0, keys)

    ages = np.cumsum(pyramid(given))
    age = np.searchsorted(ages / ages[-1], luck("age"), side="right")
    grown, town = age >= given["work_from"], columns["place"][part] == TOWN
    home = np.where(town, np.where(luck("home") < given["start_other"], OTHER, WORKER), OWN)
    columns["age"][part] = age
    # Men of the ages of war are fewer.
    fought = (age >= given["war_from"]) & (age < given["war_to"])
    women = np.where(fought, given["start_women"], given["start_women_else"])
    columns["sex"][part] = luck("sex") < women
    for name in ("home", "origin", "stratum"):
        columns[name][part] = home
    columns["branch"][part] = np.where(town, NONE, 0)
    literate, years = _schooling(age, town, given, luck)
    columns["literate"][part], columns["schooling"][part] = literate, years
    columns["talent"][part] = luck("talent") * 255
    columns["skill"][part] = np.where(grown, given["start_skill"], 0.0) * 65535
    weight = np.where(town, given["start_party_town"], given["start_party_village"])
    members = given["start_party"] * weight
    members = members * (age >= given["party_from"]) * (age < given["party_to"])
    entered = 1 + given["start_party_years"] * luck("entry")
    columns["party"][part] = np.where(luck("party") < members, entered, 0)
    for name in ("morale", "belief"):
        view = given[f"start_{name}"] + given["start_views"] * luck(name)
        columns[name][part] = view * 65535
    columns["savings"][part] = np.where(town & grown, given["start_savings"], 0.0)
    columns["goods"][part] = given["basket"]
    counted = np.minimum(columns["schooling"][part], given["school_most"])
    standing = (
        given["scale_skill"] * given["start_skill"]
        + given["scale_school"] * counted / 10.0
        + given["scale_talent"] * luck("talent")
    )
    columns["standing"][part] = np.clip(standing, 0.0, 1.0) * 65535


def _schooling(
    age: NDArray[np.int64],
    town: NDArray[np.bool_],
    given: Mapping[str, float],
    luck: Callable[[str], NDArray[np.float64]],
) -> tuple[NDArray[np.bool_], NDArray[np.float64]]:
    """Return who reads, fewer of the old, and years at school."""
    reads = np.where(town, given["start_literate_town"], given["start_literate_village"])
    falls = given["start_reader_young"] - age / given["start_reader_span"]
    cohort = np.clip(falls, given["start_reader_least"], 1.0)
    literate = (luck("school") < reads * cohort) & (age >= given["start_reader_from"])
    longer = given["start_school_more"] * luck("years") ** given["start_school_power"]
    there = np.maximum(age - given["start_school_from"], 0)
    years = np.minimum(there, given["start_school_least"] + longer)
    return literate, np.where(literate, np.maximum(years, 1), 0)


def pyramid(given: Mapping[str, float]) -> NDArray[np.float64]:
    """Return shares of ages 0 to 99: births that grew, less deaths, fewer of the years of war."""
    living = alive(common_deaths(given))
    ages = np.arange(len(living))
    war = np.where(ages < given["start_war_to"], given["start_war_births"], 1.0)
    return np.asarray(living * np.exp(-given["start_growth"] * ages) * war)


def _above(given: Mapping[str, float]) -> dict[str, Rows]:
    """Return the tables above persons."""

    def filled(table: Table, size: int, **columns: object) -> Rows:
        made = {each.name: np.zeros(size, dtype=each.dtype) for each in table.kept}
        for name, numbers in columns.items():
            made[name][:] = numbers
        return Rows(table, size, made)

    cells = np.arange(len(HOMES) * len(BRANCHES))
    rates = np.arange(2 * AGES)
    of_class = {
        name: [given[f"{name}_{home}"] for home in HOMES]
        for name in ("post", "ration", "entry", "rise", "quota")
    }
    office = np.arange(len(HOMES)) == OFFICIAL
    return {
        "cell": filled(CELL, len(cells), home=cells // len(BRANCHES), branch=cells % len(BRANCHES)),
        "class": filled(CLASS, len(HOMES), living=given["start_living"], office=office, **of_class),
        "trade": filled(TRADE, len(BRANCHES), first=[name in _FIRST for name in BRANCHES]),
        "local": filled(LOCAL, len(PLACES)),
        "rates": filled(RATES, 2 * AGES, age=rates % AGES, sex=rates // AGES),
        "nation": filled(NATION, 1, privilege=given["b_min"]),
    }
