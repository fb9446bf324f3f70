"""What is read off persons in a year: living, pay, work, school, posts, camps, party, views."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import numpy as np

from sovplan.foundation.engine.rows import Rows, Stored
from sovplan.society.classes import EMPLOYEE, HOMES, OFFICIAL
from sovplan.society.layers import Figure
from sovplan.society.persons.tables import BRANCHES, HIRING, PEOPLE
from sovplan.society.persons.tally import Tally

_COARSE: Final = 10
"""Bits of whole numbers that quantiles look at last."""
_INDEX: Final = "towns of 1928 = 100"
_OF_ALL: Final = "%"
_THOUSAND: Final = "thousand persons"
UNITS: Final[Mapping[str, str]] = {
    **{f"living/{home}": _INDEX for home in HOMES},
    "living/prisoner": _INDEX,
    "wage_decile": "ratio",
    "wage_decile_set": "ratio",
    "privilege": "% of all goods",
    "closed_shops": "% of all goods",
    "queue_hours": "hours an adult a year",
    "money_kept": "roubles a head",
    "turnover": "leavers a hundred",
    "penalties": _THOUSAND,
    "effort": "norm = 100",
    "skill": "old hand = 100",
    "skill_nation": "old hand = 100",
    "hours_worked": "hours a worker a year",
    "literacy": _OF_ALL,
    "literacy_9_49": _OF_ALL,
    "women": _OF_ALL,
    **{f"women/{branch}": _OF_ALL for branch in HIRING},
    "students": _THOUSAND,
    **{f"students/{origin}": _OF_ALL for origin in ("workers", "peasants", "posts")},
    "officials": _THOUSAND,
    "posts": "% of workers and employees",
    "posts_handed": "% of new posts",
    "removed": _THOUSAND,
    "prisoners": _THOUSAND,
    "prisoners_dead": _THOUSAND,
    "prisoners_mortality": "% a year",
    "party": _THOUSAND,
    "party_workers": "% of the party",
    "movers_young": "% of those who moved",
    "movers_men": "% of those who moved",
    "morale": _OF_ALL,
    "belief": _OF_ALL,
    "not_there": "thousand persons wanted",
}
"""Unit of each series."""


def figures(
    tally: Tally, nation: Rows, values: Mapping[str, float], done: Mapping[str, int], missing: int
) -> Iterator[Figure]:
    """Yield the figures of a year.

    Parameters
    ----------
    tally
        Persons after the choices of the year, before anybody is a year older.
    nation
        The table of the nation.
    values
        What the nation handed down.
    done
        How many the choices befell.
    missing
        Persons who were wanted for anything and not there.
    """
    yield from _living(tally, values)
    yield from _pay(tally, nation, values)
    yield from _work(tally, values)
    yield from _women(tally)
    yield from _school(tally)
    yield from _posts(tally, done)
    yield from _camps_and_party(tally, done)
    if moved := done["moved"]:
        yield Figure("movers_young", 100.0 * done["moved_young"] / moved)
        yield Figure("movers_men", 100.0 * done["moved_men"] / moved)
    for name in ("morale", "belief"):
        yield Figure(name, _share(tally, name, "grown"))
    yield Figure("not_there", missing / 1000.0)


def _share(tally: Tally, name: str, of: str) -> float:
    """Return the mean of a column of shares, per cent."""
    return 100.0 * tally.mean(name, of) / PEOPLE.column(name).scale


def _living(tally: Tally, values: Mapping[str, float]) -> Iterator[Figure]:
    fair = values["basket"] * values["town_head"]
    for code, home in enumerate(HOMES):
        if tally.heads[code]:
            yield Figure(
                f"living/{home}", 100.0 * float(tally.had[code] / tally.heads[code]) / fair
            )
    if tally["held"]:
        prisoner = values["keep_prisoner"] * values["mean_goods"]
        yield Figure("living/prisoner", 100.0 * prisoner / fair)
    yield Figure("money_kept", tally.mean("savings", "town") / 100.0)


def _pay(tally: Tally, nation: Rows, values: Mapping[str, float]) -> Iterator[Figure]:
    if len(tally.pay):
        low, high = quantiles(tally.pay, tally.earners)
        yield Figure("wage_decile", high / low)
    spread = (values["ineq_max"] - values["ineq0"]) * values["wage_spread"]
    yield Figure("wage_decile_set", values["ineq0"] + spread, "planned")
    privilege = float(nation["privilege"][0])
    yield Figure("privilege", 100.0 * privilege)
    yield Figure("closed_shops", 100.0 * privilege * values["closed_supply"])
    yield Figure("queue_hours", float(nation["queue"][0]))


def _work(tally: Tally, values: Mapping[str, float]) -> Iterator[Figure]:
    yield Figure("turnover", 100.0 * tally.mean("left", "worked"))
    yield Figure("penalties", tally["penal"] / 1000.0)
    yield Figure("skill", _share(tally, "skill", "hired"))
    yield Figure("skill_nation", 100.0 * values["skill_nation"])
    yield Figure("hours_worked", tally.mean("hours", "stayed"))
    yield Figure("effort", tally.mean("effort", "stayed") / 1e4)


def _women(tally: Tally) -> Iterator[Figure]:
    yield Figure("women", 100.0 * float(tally.women.sum()) / max(tally["hired"], 1))
    for name in HIRING:
        code = BRANCHES.index(name)
        if tally.branches[code]:
            part = 100.0 * float(tally.women[code]) / tally.branches[code]
            yield Figure(f"women/{name}", float(part))


def _school(tally: Tally) -> Iterator[Figure]:
    yield Figure("literacy", tally.part("old_read", "old"))
    yield Figure("literacy_9_49", tally.part("young_read", "young"))
    yield Figure("students", tally["students"] / 1000.0)
    if tally["students"]:
        for origin in ("workers", "peasants", "posts"):
            yield Figure(f"students/{origin}", tally.part(f"students/{origin}", "students"))


def _posts(tally: Tally, done: Mapping[str, int]) -> Iterator[Figure]:
    yield Figure("officials", tally["officials"] / 1000.0)
    posts = tally["officials"] + tally["employees"]
    yield Figure("posts", 100.0 * posts / max(tally["hired"], 1))
    new = sum(done.get(f"rose_{post}", 0) for post in (EMPLOYEE, OFFICIAL))
    handed = sum(done.get(f"rose_handed_{post}", 0) for post in (EMPLOYEE, OFFICIAL))
    if new:
        yield Figure("posts_handed", 100.0 * handed / new)
    yield Figure("removed", done["removed"] / 1000.0)


def _camps_and_party(tally: Tally, done: Mapping[str, int]) -> Iterator[Figure]:
    yield Figure("prisoners", tally["prisoners"] / 1000.0)
    if before := done.get("prisoners_before", 0):
        yield Figure("prisoners_dead", done["prisoners_dead"] / 1000.0)
        yield Figure("prisoners_mortality", 100.0 * done["prisoners_dead"] / before)
    yield Figure("party", tally["party"] / 1000.0)
    if tally["party"]:
        yield Figure("party_workers", tally.part("party_workers", "party"))


def quantiles(
    numbers: Stored, weights: Stored, at: Sequence[float] = (0.1, 0.9)
) -> tuple[float, ...]:
    """Return weighted quantiles: the least number up to which that share of persons lies.

    Parameters
    ----------
    numbers
        Whole numbers from 0 on, at least one.
    weights
        Persons who have them.
    at
        Shares, 0 to 1.

    Examples
    --------
    >>> quantiles(np.array([700_000, 3, 5]), np.array([1, 8, 1]), (0.5, 0.85, 1.0))
    (3.0, 5.0, 700000.0)
    """
    # Counted by thousands first and then one by one: nothing is put in order.
    coarse = numbers >> _COARSE
    reached = np.cumsum(np.bincount(coarse, weights))
    found = []
    for share in at:
        wanted = share * reached[-1]
        group = int(np.searchsorted(reached, wanted))
        there = np.flatnonzero(coarse == group)
        start = group << _COARSE
        below = reached[group - 1] if group else 0.0
        fine = below + np.cumsum(np.bincount(numbers[there] - start, weights[there]))
        found.append(float(start + int(np.searchsorted(fine, wanted))))
    return tuple(found)
