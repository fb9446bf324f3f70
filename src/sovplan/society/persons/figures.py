"""What is read off persons in a year: living, pay, work, school, posts, camps, party, views."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, final

import numpy as np
from numpy.typing import NDArray

from sovplan.foundation.engine.rows import Rows, Stored
from sovplan.foundation.order import ordered
from sovplan.society.classes import (
    CLASSES,
    COLLECTIVE,
    EMPLOYEE,
    HOMES,
    OFFICIAL,
    OTHER,
    PRISONER,
    STUDENT,
    WORKER,
)
from sovplan.society.layers import Figure
from sovplan.society.persons.drawing import Drawing, Mask, Places
from sovplan.society.persons.tables import BRANCHES, HIRING, TOWN

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
    rows: Mapping[str, Rows], values: Mapping[str, float], done: Mapping[str, int],
    draw: Drawing, skill: float,
) -> Iterator[Figure]:  # fmt: skip
    """Yield the figures of a year.

    Parameters
    ----------
    rows
        Tables after the choices of the year, before anybody is a year older.
    values
        What the nation handed down.
    done
        How many the choices befell.
    draw
        The draws of the year.
    skill
        Skill of workers as the nation reckons it.
    """
    seen = _Seen.all(rows["people"])
    hired = seen.where(seen["works"] > 0)
    yield from _living(seen, values)
    yield from _pay(hired, rows["nation"], values)
    yield from _work(seen, hired, skill)
    yield from _women(hired)
    yield from _school(seen)
    yield from _posts(hired, done)
    yield from _camps_and_party(seen, done)
    moved = max(done["moved"], 1)
    yield Figure("movers_young", 100.0 * done["moved_young"] / moved)
    yield Figure("movers_men", 100.0 * done["moved_men"] / moved)
    grown = seen.where(seen["age"] >= 15)
    for name in ("morale", "belief"):
        yield Figure(name, grown.share(name))
    yield Figure("not_there", sum(draw.missing.values()) / 1000.0)


@final
class _Seen:
    """Some persons, and their weights.

    Parameters
    ----------
    people
        All persons.
    at
        Rows of those that are meant.
    weight
        Persons for which each of these stands.
    """

    def __init__(self, people: Rows, at: Places, weight: NDArray[np.float64]) -> None:
        self.people: Final = people
        self.at: Final = at
        # Sums of whole numbers below 2^53 are exact in real numbers too, in any order: so what is
        # not meant may be added as 0, which is quicker than to leave it out.
        self.weight: Final = weight
        self.columns: Final[dict[str, Stored]] = {}

    @classmethod
    def all(cls, people: Rows) -> "_Seen":
        """Return all who live."""
        at = np.flatnonzero(people.here)
        return cls(people, at, people["weight"][at].astype(np.float64))

    def __getitem__(self, name: str) -> Stored:
        """Return a column, as stored, of those that are meant."""
        if name not in self.columns:
            self.columns[name] = self.people[name].take(self.at)
        return self.columns[name]

    def where(self, mask: Mask) -> "_Seen":
        """Return some of them."""
        meant = np.flatnonzero(mask)
        return _Seen(self.people, self.at.take(meant), self.weight.take(meant))

    @property
    def count(self) -> int:
        """How many persons they are."""
        return int(self.weight.sum())

    def mean(self, numbers: Stored) -> float:
        """Return the mean of whole numbers."""
        return float((self.weight * numbers).sum()) / max(self.count, 1)

    def share(self, name: str) -> float:
        """Return the mean of a column of shares, per cent."""
        return 100.0 * self.mean(self[name]) / self.people.table.column(name).scale

    def part(self, mask: Mask) -> float:
        """Return what part of them some are, per cent."""
        return 100.0 * float((self.weight * mask).sum()) / max(self.count, 1)


def _living(seen: _Seen, values: Mapping[str, float]) -> Iterator[Figure]:
    fair = values["basket"] * values["town_head"]
    kinds = len(CLASSES)
    whose, own = seen["stratum"], seen["stratum"] == seen["home"]
    here = seen.weight * own
    heads = np.bincount(whose, here, kinds)
    had = np.bincount(whose, here * seen["goods"], kinds)
    for code, home in enumerate(HOMES):
        if heads[code]:
            yield Figure(f"living/{home}", 100.0 * float(had[code] / heads[code]) / fair)
    if (whose == PRISONER).any():
        prisoner = values["keep_prisoner"] * values["mean_goods"]
        yield Figure("living/prisoner", 100.0 * prisoner / fair)
    town = seen.where(seen["place"] == TOWN)
    yield Figure("money_kept", town.mean(town["savings"]) / 100.0)


def _pay(hired: _Seen, nation: Rows, values: Mapping[str, float]) -> Iterator[Figure]:
    earned = hired.where(hired["income"] > 0)
    if earned.count:
        low, high = quantiles(earned["income"], earned.weight)
        yield Figure("wage_decile", high / low)
    spread = (values["ineq_max"] - values["ineq0"]) * values["wage_spread"]
    yield Figure("wage_decile_set", values["ineq0"] + spread, "planned")
    privilege = float(nation["privilege"][0])
    yield Figure("privilege", 100.0 * privilege)
    yield Figure("closed_shops", 100.0 * privilege * values["closed_supply"])
    yield Figure("queue_hours", float(nation["queue"][0]))


def _work(seen: _Seen, hired: _Seen, skill: float) -> Iterator[Figure]:
    # Who was at work on 1 January has points; the choices of the year have moved others since.
    worked = seen.where((seen["points"] > 0) & (seen["home"] != OTHER))
    yield Figure("turnover", 100.0 * worked.mean(worked["leaves"]))
    yield Figure("penalties", seen.where(seen["penal"] > 0).count / 1000.0)
    yield Figure("skill", hired.share("skill"))
    yield Figure("skill_nation", 100.0 * skill)
    stayed = hired.where(hired["points"] > 0)
    yield Figure("hours_worked", stayed.mean(stayed["hours"]))
    # Cut to millionths, so that the sum does not depend on the order.
    effort = np.floor(stayed["effort"].astype(np.float64) * 1e6)
    yield Figure("effort", stayed.mean(effort) / 1e4)


def _women(hired: _Seen) -> Iterator[Figure]:
    yield Figure("women", hired.part(hired["sex"] > 0))
    for name in HIRING:
        branch = hired.where(hired["branch"] == BRANCHES.index(name))
        if branch.count:
            yield Figure(f"women/{name}", branch.part(branch["sex"] > 0))


def _school(seen: _Seen) -> Iterator[Figure]:
    old = seen.where(seen["age"] >= 9)
    yield Figure("literacy", old.part(old["literate"] > 0))
    young = old.where(old["age"] < 50)
    yield Figure("literacy_9_49", young.part(young["literate"] > 0))
    students = seen.where((seen["stratum"] == STUDENT) & (seen["dies"] == 0))
    yield Figure("students", students.count / 1000.0)
    if students.count:
        origin = students["origin"]
        yield Figure("students/workers", students.part(origin == WORKER))
        yield Figure("students/peasants", students.part(origin <= COLLECTIVE))
        yield Figure("students/posts", students.part(origin > WORKER))


def _posts(hired: _Seen, done: Mapping[str, int]) -> Iterator[Figure]:
    officials = hired.where(hired["home"] == OFFICIAL)
    yield Figure("officials", officials.count / 1000.0)
    yield Figure("posts", hired.part((hired["home"] == EMPLOYEE) | (hired["home"] == OFFICIAL)))
    new = sum(done.get(f"rose_{post}", 0) for post in (EMPLOYEE, OFFICIAL))
    handed = sum(done.get(f"rose_handed_{post}", 0) for post in (EMPLOYEE, OFFICIAL))
    if new:
        yield Figure("posts_handed", 100.0 * handed / new)
    yield Figure("removed", done["removed"] / 1000.0)


def _camps_and_party(seen: _Seen, done: Mapping[str, int]) -> Iterator[Figure]:
    held = seen.where((seen["stratum"] == PRISONER) & (seen["dies"] == 0))
    yield Figure("prisoners", held.count / 1000.0)
    if before := done.get("prisoners_before", 0):
        yield Figure("prisoners_dead", done["prisoners_dead"] / 1000.0)
        yield Figure("prisoners_mortality", 100.0 * done["prisoners_dead"] / before)
    members = seen.where((seen["party"] > 0) & (seen["dies"] == 0))
    yield Figure("party", members.count / 1000.0)
    if members.count:
        yield Figure("party_workers", members.part(members["home"] == WORKER))


def quantiles(
    numbers: Stored, weights: Stored, at: Sequence[float] = (0.1, 0.9)
) -> tuple[float, ...]:
    """Return weighted quantiles: the least number up to which that share of persons lies."""
    order = ordered(numbers)
    reached = np.cumsum(weights[order], dtype=np.int64)
    places = [int(np.searchsorted(reached, share * reached[-1])) for share in at]
    return tuple(float(numbers[order[place]]) for place in places)
