"""What the nation hands down to persons for a year, and what institutions it lives under.

Numbers of people, births, deaths and hands are those of the nation, to the person; living, hunger
and the shortage and queue of towns (rule R15) are those of its four quarters. Participation,
appointed share, administrators and repression are those of history (`forced_states`) until their
own rules are built: rules read them as they read institutions and cannot tell.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, final

import numpy as np

from sovplan.history.forced import FORCED_YEARS, forced_states
from sovplan.history.nation import QUARTERS, SECTORS, NationInputs
from sovplan.society.nation.year import Quarter
from sovplan.society.persons.tables import HIRING

FORCED: Final = ("participation", "appointed_share", "administrators", "repression")
INSTITUTIONS: Final = (
    "priority", "police_power", "staff_removed", "tautness", "wage_spread", "pay_cap",
    "closed_supply", "union_power", "bonds", "piecework", "ration", "hours", "labour_law",
    "committee_power", "forced_labour", "school_fee", "class_quota", "inheritance",
    "women_policy", "school_places", "adult_schooling", "student_places", "army", "party_intake",
    "party_purge", "recruit_rule", "norm_changes",
)  # fmt: skip
"""Institutions that rules of persons read: the mean of the four quarters of a year."""
CUSTOMS: Final = ("women_officials",)
"""What is handed down as it was, and nobody decided."""
MILLION: Final = 1e6


@final
@dataclass(frozen=True, slots=True)
class Handed:
    """A year of the nation as persons see it.

    Parameters
    ----------
    year
        The year.
    moved
        Persons who leave villages for towns.
    returned
        Persons of towns who go back to the village.
    births
        Births in village and towns, persons.
    ends
        Persons in village and towns at the end of the year.
    hands
        Persons at work by branch of `HIRING`.
    collectivised
        Share of households in collective farms.
    skill
        Skill of the workers of the towns as the nation reckons it.
    values
        Everything else by name: institutions, states, and what rules read of the nation.
    """

    year: int
    moved: int
    returned: int
    births: tuple[int, int]
    ends: tuple[int, int]
    hands: Mapping[str, int]
    collectivised: float
    skill: float
    values: Mapping[str, float]


def handed(
    books: Sequence[Quarter],
    before: Quarter | None,
    inputs: NationInputs,
    parameters: Mapping[str, float],
) -> Handed:
    """Return what a year of the nation hands down.

    Parameters
    ----------
    books
        The four quarters.
    before
        The last quarter of the year before; None in the first year.
    inputs
        Institutions in force.
    parameters
        Values of the model.
    """
    last = books[-1]
    nation, year = last.nation, last.year
    in_force = [inputs.at(year, quarter) for quarter in QUARTERS]
    values = {name: _mean([each[name] for each in in_force]) for name in (*INSTITUTIONS, *CUSTOMS)}
    values.update({name: forced_states()[name][_known(year)].value for name in FORCED})
    wanted = _mean([each.nation["hands_wanted"] for each in books])
    at_work = _mean([each.nation["workers"] for each in books])
    base = parameters["cdr0"] / 1000.0 * nation["death_trend"]
    values |= {
        "vacancy": max(wanted / at_work - 1.0, 0.0),
        "officials_cut": nation["officials_cut"],
        "town_short": _mean([each.nation["town_short"] for each in books]),
        "queue_hours": _mean([each.nation["queue_hours"] for each in books]),
        "town_food": nation["town_food"],
        "town_living": nation["town_living"],
        "village_living": nation["village_living"],
        "town_need": max(1.0 - nation["town_living"], 0.0),
        "excess_village": nation["hunger"] / base,
        "excess_town": nation["hunger_town"] / (base * parameters["town_death"]),
        "newly_forced": sum(each.nation["newly_forced"] for each in books),
        "output_rise": _output_rise(last, before),
    }
    return Handed(
        year=year,
        moved=persons(sum(each.nation["moved"] for each in books)),
        returned=persons(sum(each.nation["returned"] for each in books)),
        births=(persons(nation["births_village"]), persons(nation["births_town"])),
        ends=(persons(nation["village"]), persons(nation["town"])),
        hands=_hands(last),
        collectivised=nation["collectivised"],
        skill=nation["skill"],
        values=values,
    )


def before_first(books: Sequence[Quarter]) -> tuple[int, int]:
    """Return the persons of village and towns at the start of the first year, from its end."""
    nation = books[-1].nation
    moved = sum(each.nation["moved"] - each.nation["returned"] for each in books)
    village = nation["village"] + moved - nation["births_village"] + nation["deaths_village"]
    town = nation["town"] - moved - nation["births_town"] + nation["deaths_town"]
    return persons(village), persons(town)


def persons(millions: float) -> int:
    """Return whole persons."""
    return round(millions * MILLION)


def _mean(numbers: Sequence[float]) -> float:
    return float(np.mean(numbers))


def _known(year: int) -> int:
    """Return the year itself, or the nearest of which a state is forced."""
    return min(max(year, FORCED_YEARS.start), FORCED_YEARS.stop - 1)


def _hands(last: Quarter) -> Mapping[str, int]:
    """Return the workers of the nation by branch: hands over those of 1928 tell the shares."""
    at = [SECTORS.index(name) for name in HIRING]
    pull = last.sectors["hands"][at] * last.sectors["labour_1928"][at]
    shares = pull / pull.sum() * last.nation["workers"]
    return {name: persons(float(share)) for name, share in zip(HIRING, shares, strict=True)}


def _output_rise(last: Quarter, before: Quarter | None) -> float:
    """Return the growth of product of a worker of the towns, a share of that of the year before."""
    if before is None:
        return 0.0
    now = last.nation["product"] / last.nation["workers"]
    return now / (before.nation["product"] / before.nation["workers"]) - 1.0
