"""Sums over persons, block by block, in whole numbers: what figures and accounts are made of.

A block of rows is small enough to stay near the processor while all that is asked of it is summed.
Sums of whole numbers below 2^53 are exact in real numbers too, in any order; so no sum depends on
how many blocks there are.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, final

import numpy as np
from numpy.typing import NDArray

from sovplan.foundation.engine.rows import BLOCK, Rows, Stored
from sovplan.foundation.engine.tables import EMPTY
from sovplan.society.classes import (
    CLASSES,
    COLLECTIVE,
    EMPLOYEE,
    OFFICIAL,
    OTHER,
    PRISONER,
    STUDENT,
    WORKER,
)
from sovplan.society.persons.crowd import Mask, Places
from sovplan.society.persons.tables import BRANCHES, PLACES, TOWN

Sums = NDArray[np.float64]
"""Sums by code; whole numbers."""

_KINDS: Final = len(CLASSES)


def _products(left: Sums, right: Stored | Mask) -> float:
    """Return the sum of products; without the threads of `@`, which take longer than the sum."""
    return float(np.einsum("i,i->", left, right))


@final
class Block:
    """Some rows of a block, as stored, and the persons for which they stand.

    Parameters
    ----------
    people
        All persons.
    at
        The rows that are meant.
    weight
        Persons for which each of these stands, 0 for a place that nobody has.
    """

    def __init__(self, people: Rows, at: slice | Places, weight: Sums) -> None:
        self.people: Final = people
        self.at: Final = at
        self.weight: Final = weight
        self.columns: Final[dict[str, Stored]] = {}

    def __getitem__(self, name: str) -> Stored:
        """Return a column of those that are meant."""
        if name not in self.columns:
            self.columns[name] = self.people.columns[name][self.at]
        return self.columns[name]

    def where(self, mask: Mask) -> "Block":
        """Return some of them."""
        meant = np.flatnonzero(mask)
        at = meant + self.at.start if isinstance(self.at, slice) else self.at.take(meant)
        return Block(self.people, at, self.weight.take(meant))

    @property
    def persons(self) -> float:
        """How many persons they are."""
        return float(self.weight.sum())

    def sum(self, numbers: Stored | Mask) -> float:
        """Return the sum of whole numbers, or the persons that are marked."""
        return _products(self.weight, numbers)

    def by(self, codes: Stored, many: int, weight: Sums | None = None) -> Sums:
        """Return persons, or other whole numbers, by code."""
        weights = self.weight if weight is None else weight
        return np.bincount(codes, weights, many).astype(np.float64, copy=False)


def blocks(people: Rows) -> Iterator[Block]:
    """Yield all persons, block by block."""
    for low in range(0, people.size, BLOCK):
        at = slice(low, min(low + BLOCK, people.size))
        here = people.columns["age"][at] != EMPTY
        yield Block(people, at, people.columns["weight"][at] * here.astype(np.float64))


@final
@dataclass(frozen=True, slots=True)
class Tally:
    """What was counted after the choices of a year.

    Parameters
    ----------
    sums
        Sums by name.
    heads, had
        Persons of each class who are in no other state, and goods they had, kopecks.
    branches, women
        Persons at work, and women among them, of each branch.
    pay, earners
        Pay of each row that has some, kopecks, and the persons it stands for.
    """

    sums: Mapping[str, float]
    heads: Sums
    had: Sums
    branches: Sums
    women: Sums
    pay: Stored
    earners: Sums

    def __getitem__(self, name: str) -> int:
        """Return a sum."""
        return int(self.sums[name])

    def mean(self, name: str, of: str) -> float:
        """Return the mean of a sum over persons."""
        return self.sums[name] / max(self.sums[of], 1)

    def part(self, name: str, of: str) -> float:
        """Return what part of some persons others are, per cent."""
        return 100.0 * self.sums[name] / max(self.sums[of], 1)


@dataclass(slots=True)
class _Growing:
    """A tally on its way."""

    sums: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    arrays: dict[str, Sums] = field(default_factory=dict)
    pay: list[Stored] = field(default_factory=list)
    earners: list[Sums] = field(default_factory=list)

    def add(self, name: str, numbers: Sums) -> None:
        """Add sums by code."""
        self.arrays[name] = self.arrays[name] + numbers if name in self.arrays else numbers


def tallied(people: Rows) -> Tally:
    """Count persons after the choices of a year, before anybody is a year older.

    Parameters
    ----------
    people
        All persons, of whom at least one lives.
    """
    now = _Growing()
    for block in blocks(people):
        _lives(block, now)
        _works(block.where(block["works"] > 0), now)
        _worked(block.where(block["points"] > 0), now)
        _knows(block, now)
        _belongs(block, now)
    none = np.zeros(0)
    pay = np.concatenate(now.pay or [none.astype(np.int64)])
    return Tally(now.sums, **now.arrays, pay=pay, earners=np.concatenate(now.earners or [none]))


def _lives(block: Block, now: _Growing) -> None:
    own = block.weight * (block["stratum"] == block["home"])
    now.sums["held"] += block.sum(block["stratum"] == PRISONER)
    now.add("heads", block.by(block["stratum"], _KINDS, own))
    now.add("had", block.by(block["stratum"], _KINDS, own * block["goods"]))
    town = block["place"] == TOWN
    now.sums["town"] += block.sum(town)
    now.sums["savings"] += block.sum(block["savings"] * town)
    now.sums["penal"] += block.sum(block["penal"] > 0)


def _works(hired: Block, now: _Growing) -> None:
    sex, branch, home = hired["sex"] > 0, hired["branch"], hired["home"]
    now.add("branches", hired.by(branch, len(BRANCHES)))
    now.add("women", hired.by(branch, len(BRANCHES), hired.weight * sex))
    now.sums["hired"] += hired.persons
    now.sums["skill"] += hired.sum(hired["skill"])
    now.sums["officials"] += hired.sum(home == OFFICIAL)
    now.sums["employees"] += hired.sum(home == EMPLOYEE)
    earned = hired.where(hired["income"] > 0)
    now.pay.append(earned["income"])
    now.earners.append(earned.weight)
    stayed = hired.where(hired["points"] > 0)
    now.sums["stayed"] += stayed.persons
    now.sums["hours"] += stayed.sum(stayed["hours"])
    # Cut to millionths, so that the sum does not depend on the order.
    now.sums["effort"] += stayed.sum(np.floor(stayed["effort"].astype(np.float64) * 1e6))


def _worked(worked: Block, now: _Growing) -> None:
    """Count who was at work on 1 January: the choices of the year have moved others since."""
    workers = worked["home"] != OTHER
    now.sums["worked"] += worked.sum(workers)
    now.sums["left"] += worked.sum(worked["leaves"] * workers)
    # Who trades on his own has points, and leaves no place of work.
    hours = worked["hours"] > 0
    now.sums["points"] += worked.sum(hours)
    now.sums["leaves"] += worked.sum(worked["leaves"] * hours)


def _knows(block: Block, now: _Growing) -> None:
    old = block["age"] >= 9
    young, reads = old & (block["age"] < 50), block["literate"] > 0
    now.sums["old"] += block.sum(old)
    now.sums["old_read"] += block.sum(old & reads)
    now.sums["young"] += block.sum(young)
    now.sums["young_read"] += block.sum(young & reads)
    grown = block.weight * (block["age"] >= 15)
    now.sums["grown"] += float(grown.sum())
    for name in ("morale", "belief"):
        now.sums[name] += _products(grown, block[name])


def _belongs(block: Block, now: _Growing) -> None:
    lives = block["dies"] == 0
    students = block.where((block["stratum"] == STUDENT) & lives)
    origin = students["origin"]
    now.sums["students"] += students.persons
    now.sums["students/workers"] += students.sum(origin == WORKER)
    now.sums["students/peasants"] += students.sum(origin <= COLLECTIVE)
    now.sums["students/posts"] += students.sum(origin > WORKER)
    now.sums["prisoners"] += block.sum((block["stratum"] == PRISONER) & lives)
    members = block.where((block["party"] > 0) & lives)
    now.sums["party"] += members.persons
    now.sums["party_workers"] += members.sum(members["home"] == WORKER)


@final
@dataclass(frozen=True, slots=True)
class Census:
    """Persons by place and state on a day, and what they have.

    Parameters
    ----------
    heads
        Persons, places x classes and states.
    grown
        Those of them who are no longer in their first year, by class or state.
    had
        Goods that they had in the year, kopecks, by class or state; the newborn had none.
    savings
        Money that all of them keep, kopecks.
    """

    heads: Sums
    grown: Sums
    had: Sums
    savings: int

    @classmethod
    def of(cls, people: Rows) -> "Census":
        """Count all persons."""
        heads = np.zeros((len(PLACES), _KINDS))
        born, had, savings = np.zeros(_KINDS), np.zeros(_KINDS), 0.0
        for block in blocks(people):
            state = block["stratum"]
            place = block["place"] * np.uint8(_KINDS) + state
            heads += block.by(place, heads.size).reshape(heads.shape)
            had += block.by(state, _KINDS, block.weight * block["goods"])
            savings += block.sum(block["savings"])
            newborn = block.where(block["age"] == 0)
            born += newborn.by(newborn["stratum"], _KINDS)
        return cls(heads, heads.sum(axis=0) - born, had, int(savings))
