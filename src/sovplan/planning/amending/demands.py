"""Clauses as rows of the planning problem.

A demand asks that a row  a z  reach an amount b from its present one b0, what the draft has. With a
part theta of it met, it reads

    a z >= b0 + theta (b - b0)     (or <=, or both)

A demand that the draft meets already stays at b for every theta. What an amendment lowers leaves
the common measure: its target is struck out, and what is left of it stays due.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, final

import numpy as np
from scipy.sparse import csr_array, vstack

from sovplan.foundation.errors import DataError
from sovplan.foundation.shapes import Flags, Indices, Sparse, Vector
from sovplan.foundation.words import say
from sovplan.planning.amending.ground import Ground
from sovplan.planning.amending.measures import measure_of
from sovplan.records.amendments import Amendment, Clause
from sovplan.records.amendmentsfile import head_counts
from sovplan.records.calendar import Calendar
from sovplan.records.economy import Economy

_NOTHING: Final = 1e-9
"""Share of an amount up to which it is not there."""


@final
@dataclass(frozen=True, slots=True)
class Place:
    """Which clause of which amendment a demand is, and in which calendar year."""

    amendment: str
    clause: int
    year: int


@final
@dataclass(frozen=True, slots=True, eq=False)
class Demands:
    """What amendments ask of the columns of a plan.

    Parameters
    ----------
    matrix
        a, one row for each demand.
    present, wanted
        b0 and b.
    least, most
        Whether the demand holds from below, and from above.
    places
        What each demand is of.
    struck
        Rows of the problem whose lower side no longer holds: targets of what is lowered.
    opened
        Rows whose upper side no longer holds: nothing wasted of what is raised.
    low, high
        Other bounds of columns, by column.
    """

    matrix: Sparse
    present: Vector
    wanted: Vector
    least: Flags
    most: Flags
    places: tuple[Place, ...]
    struck: tuple[int, ...] = ()
    opened: tuple[int, ...] = ()
    low: dict[int, float] = field(default_factory=dict)
    high: dict[int, float] = field(default_factory=dict)

    @property
    def moves(self) -> Flags:
        """Demands that the draft does not meet."""
        size = _NOTHING * np.maximum(np.abs(self.present), np.abs(self.wanted))
        short = self.least & (self.present < self.wanted - size)
        return np.asarray(short | (self.most & (self.present > self.wanted + size)))

    @property
    def change(self) -> Vector:
        """B - b0 of the demands that move, 0 of all others."""
        return np.where(self.moves, self.wanted - self.present, 0.0)

    def sides(self, part: float) -> tuple[Vector, Vector]:
        """Return the lower and the upper side of each demand when a part of it is met."""
        value = np.where(self.moves, self.wanted - (1.0 - part) * self.change, self.wanted)
        return np.where(self.least, value, -np.inf), np.where(self.most, value, np.inf)


def demands_of(ground: Ground, amendments: Sequence[Amendment]) -> Demands:
    """Return what some amendments ask for together.

    Raises
    ------
    DataError
        A clause raises or lowers by per cent what the draft has nothing of.
    """
    parts = [
        _clause_demands(ground, amendment, number, clause)
        for amendment in amendments
        for number, clause in enumerate(amendment.clauses, 1)
    ]
    joined = _joined(parts)
    for amendment in amendments:
        _protect(ground, amendment.protect, joined)
    return joined


def _joined(parts: Sequence[Demands]) -> Demands:
    low: dict[int, float] = {}
    high: dict[int, float] = {}
    for part in parts:
        low |= {at: min(value, low.get(at, value)) for at, value in part.low.items()}
        high |= {at: max(value, high.get(at, value)) for at, value in part.high.items()}
    return Demands(
        csr_array(vstack([part.matrix for part in parts])),
        np.concatenate([part.present for part in parts]),
        np.concatenate([part.wanted for part in parts]),
        np.concatenate([part.least for part in parts]),
        np.concatenate([part.most for part in parts]),
        tuple(place for part in parts for place in part.places),
        tuple(sorted({row for part in parts for row in part.struck})),
        tuple(sorted({row for part in parts for row in part.opened})),
        low,
        high,
    )


def _clause_demands(ground: Ground, amendment: Amendment, number: int, clause: Clause) -> Demands:
    calendar = ground.problem.calendar
    years = np.arange(len(calendar.years))
    if clause.year is not None:
        years = years[[calendar.years.index(clause.year)]]
    matrix = measure_of(ground, clause)[years]
    present = np.asarray(matrix @ ground.columns)
    if clause.by is not None and not (present > 0).any():
        words = {"amendment": amendment.name, "clause": number, "name": clause.names[0]}
        raise DataError(say("amendments.nothing", **words))
    wanted = _wanted(ground.problem.economy, clause, present, calendar, years)
    upwards = clause.kind == "raise" or clause.least is not None
    exact, struck, low = _lowered(ground, clause, present, wanted, years)
    opened, high = _raised(ground, clause, wanted, years) if upwards else ((), {})
    return Demands(
        matrix,
        present,
        wanted,
        np.full(len(years), upwards) | exact,
        np.full(len(years), not upwards),
        tuple(Place(amendment.name, number, calendar.years[year]) for year in years),
        struck,
        opened,
        low,
        high,
    )


def _wanted(
    economy: Economy, clause: Clause, present: Vector, calendar: Calendar, years: Indices
) -> Vector:
    """Return b of each year."""
    if clause.by is not None:
        return present * (1.0 + (1.0 if clause.kind == "raise" else -1.0) * clause.by / 100.0)
    if clause.kind == "share":
        # The row is the branch less its share of all, and is to reach 0.
        return np.zeros(len(years))
    heads = np.ones(len(years))
    if clause.kind == "per_head":
        heads = heads_of(economy, clause.among, calendar.years)[years]
    return clause.amount * heads


def heads_of(economy: Economy, among: str, years: Sequence[int]) -> Vector:
    """Return the heads of a line of [population] by year; nan where there are none.

    A line repeats its last earlier year, as a series of supply.csv does.
    """
    line = head_counts(economy).get(among, {})
    found = []
    for year in years:
        known = [first for first in line if first <= year]
        found.append(line[max(known)] if known else float("nan"))
    return np.array(found)


def _lowered(
    ground: Ground, clause: Clause, present: Vector, wanted: Vector, years: Indices
) -> tuple[Flags, tuple[int, ...], dict[int, float]]:
    """Return of what a clause lowers: where what is left stays due, struck targets, new bounds.

    In `weighted` what is left is wanted for its own weight, and nothing is struck out.
    """
    none = np.zeros(len(years), dtype=bool)
    downwards = clause.kind == "lower" or (clause.most is not None and clause.kind != "share")
    aims, calendar = ground.problem.aims, ground.problem.calendar
    if not downwards or clause.kind == "hours" or aims.objective == "weighted":
        return none, (), {}
    good = ground.problem.economy.goods.names.index(clause.names[0])
    falls = wanted < present * (1.0 - _NOTHING)
    if clause.of == "consumption":
        needed = np.maximum(calendar.target, calendar.floor)[good, years]
        due = falls & (needed > 0)
        low = {}
        if aims.objective == "labour":
            places = ground.problem.columns["consumption"].places[good, years[due]]
            low = dict(zip(places.tolist(), calendar.floor[good, years[due]].tolist(), strict=True))
        return due, _rows(ground, "target", good, years[due]), low
    if clause.of == "output":
        due = falls & (calendar.output_target[good, years] > 0)
        due &= wanted >= calendar.output_base[good, years]
        return due, _rows(ground, "output_target", good, years[due]), {}
    return none, (), {}


def _raised(
    ground: Ground, clause: Clause, wanted: Vector, years: Indices
) -> tuple[tuple[int, ...], dict[int, float]]:
    """Return rows and bounds that would forbid what a clause raises in people's consumption."""
    if clause.kind in {"hours", "share"} or clause.of != "consumption":
        return (), {}
    good = ground.problem.economy.goods.names.index(clause.names[0])
    places = ground.problem.columns["consumption"].places[good, years]
    high = np.maximum(ground.problem.programme.high[places], wanted)
    return (
        _rows(ground, "no_waste", good, years),
        dict(zip(places.tolist(), high.tolist(), strict=True)),
    )


def _rows(ground: Ground, block: str, good: int, years: Indices) -> tuple[int, ...]:
    """Return the rows of a block that are of a good in some years."""
    found = ground.problem.rows.get(block)
    if found is None:
        return ()
    calendar = ground.problem.calendar.years
    name, chosen = ground.problem.economy.goods.names[good], {calendar[year] for year in years}
    return tuple(
        int(place)
        for place, of, year in zip(found.places.ravel(), found.names, found.years, strict=True)
        if of == name and year in chosen
    )


def _protect(ground: Ground, goods: Sequence[str], demands: Demands) -> None:
    """Keep what people get of some goods at what the draft gives."""
    for name in goods:
        good = ground.problem.economy.goods.names.index(name)
        for place in ground.problem.columns["consumption"].places[good].tolist():
            demands.low[place] = max(demands.low.get(place, 0.0), float(ground.columns[place]))
