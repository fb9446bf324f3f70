"""Clauses as rows of the planning problem.

A demand asks that a row  a z  reach an amount b from its present one b0, what the draft has. With a
part theta of it met, it reads

    a z >= b0 + theta (b - b0)     (or <=, or both)

A demand that the draft meets already stays at b for every theta. What an amendment lowers leaves
the common measure; `sovplan.planning.amending.dues` says what of it stays due.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final, final

import numpy as np
from scipy.sparse import csr_array, vstack

from sovplan.foundation.errors import DataError
from sovplan.foundation.shapes import Flags, Indices, Sparse, Vector
from sovplan.foundation.words import say
from sovplan.planning.amending.dues import Due, Wish, dues_of, rows_of
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
    cut
        Rows that are struck only to stand again with a smaller target, and that target.
    easing
        Which rows are such targets: they ease from what the draft has, as demands are met.
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
    cut: dict[int, float] = field(default_factory=dict)
    easing: Flags | None = None

    @property
    def moves(self) -> Flags:
        """Demands that the draft does not meet."""
        size = _NOTHING * np.maximum(np.abs(self.present), np.abs(self.wanted))
        short = self.least & (self.present < self.wanted - size)
        return np.asarray(short | (self.most & (self.present > self.wanted + size)))

    @property
    def change(self) -> Vector:
        """B - b0 of the demands that move and of targets that ease, 0 of all others."""
        return np.where(self._slides, self.wanted - self.present, 0.0)

    @property
    def _slides(self) -> Flags:
        return self.moves if self.easing is None else np.asarray(self.moves | self.easing)

    def sides(self, part: float) -> tuple[Vector, Vector]:
        """Return the lower and the upper side of each demand when a part of it is met."""
        value = np.where(self._slides, self.wanted - (1.0 - part) * self.change, self.wanted)
        return np.where(self.least, value, -np.inf), np.where(self.most, value, np.inf)


def demands_of(
    ground: Ground, amendments: Sequence[Amendment], beside: Sequence[Amendment] = ()
) -> Demands:
    """Return what some amendments ask for together.

    Parameters
    ----------
    ground
        The draft.
    amendments
        What is asked for.
    beside
        Amendments that are held against these. What any of them opens is open here too, so that of
        one file a larger set of amendments is never easier to meet than a smaller one.

    Raises
    ------
    DataError
        A clause raises or lowers by per cent what the draft has nothing of; an amendment protects
        a good that pays for it; or nothing belongs to a branch.
    """
    asked, others = (_wishes(ground, some) for some in (amendments, _others(amendments, beside)))
    demands = _opened(ground, _stacked(ground, asked), [*asked, *others])
    demands = _with_dues(demands, *dues_of(ground, asked, others))
    for amendment in amendments:
        _protect(ground, amendment, demands)
    return demands


def _others(amendments: Sequence[Amendment], beside: Sequence[Amendment]) -> list[Amendment]:
    return [one for one in beside if not any(one is known for known in amendments)]


def _wishes(ground: Ground, amendments: Sequence[Amendment]) -> list[Wish]:
    return [
        _wish(ground, amendment, number, clause)
        for amendment in amendments
        for number, clause in enumerate(amendment.clauses, 1)
    ]


def _wish(ground: Ground, amendment: Amendment, number: int, clause: Clause) -> Wish:
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
    return Wish(amendment.name, number, clause, years, csr_array(matrix), present, wanted)


def _stacked(ground: Ground, wishes: Sequence[Wish]) -> Demands:
    """Return the rows of wishes alone: raised ones hold from below, lowered ones from above."""
    calendar = ground.problem.calendar.years
    upwards = np.concatenate([np.full(len(wish.years), wish.upwards) for wish in wishes])
    return Demands(
        csr_array(vstack([wish.matrix for wish in wishes])),
        np.concatenate([wish.present for wish in wishes]),
        np.concatenate([wish.wanted for wish in wishes]),
        upwards,
        ~upwards,
        tuple(
            Place(wish.amendment, wish.number, calendar[year])
            for wish in wishes
            for year in wish.years
        ),
    )


def _opened(ground: Ground, demands: Demands, wishes: Sequence[Wish]) -> Demands:
    """Return demands with the rows and bounds open that would forbid what wishes raise."""
    rows: set[int] = set()
    high: dict[int, float] = {}
    for wish in wishes:
        if wish.upwards:
            opened, bounds = _raised(ground, wish.clause, wish.wanted, wish.years)
            rows |= set(opened)
            high |= {at: max(value, high.get(at, value)) for at, value in bounds.items()}
    return replace(demands, opened=tuple(sorted(rows)), high=high)


def _with_dues(demands: Demands, own: Flags, dues: Sequence[Due]) -> Demands:
    """Return demands with what stays due of what is lowered.

    `own` are the rows that hold from below too; other dues are rows that the draft meets.
    """
    further = [due for due in dues if due.row is not None]
    struck, cut = {row for due in dues for row in due.struck}, dict[int, float]()
    low: dict[int, float] = {}
    for due in dues:
        cut |= due.cut
        low |= due.low
    count = len(further)
    return replace(
        demands,
        matrix=csr_array(
            vstack([demands.matrix, *(due.row for due in further if due.row is not None)])
        ),
        present=np.concatenate([demands.present, [due.present for due in further]]),
        wanted=np.concatenate([demands.wanted, [due.level for due in further]]),
        least=np.concatenate([demands.least | own, np.ones(count, dtype=bool)]),
        most=np.concatenate([demands.most, np.zeros(count, dtype=bool)]),
        places=(*demands.places, *(Place(*due.place) for due in further)),
        struck=tuple(sorted(struck)),
        low=low,
        cut=cut,
        easing=np.concatenate(
            [
                np.zeros(len(own), dtype=bool),
                np.array([bool(due.cut) for due in further], dtype=bool),
            ]
        ),
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
        rows_of(ground, "no_waste", good, years),
        dict(zip(places.tolist(), high.tolist(), strict=True)),
    )


def _protect(ground: Ground, amendment: Amendment, demands: Demands) -> None:
    """Keep what people get of the goods that an amendment protects at what the draft gives."""
    for name in amendment.protect:
        if name in amendment.paid_by:
            raise DataError(say("amendments.both", good=name, amendment=amendment.name))
        good = ground.problem.economy.goods.names.index(name)
        for place in ground.problem.columns["consumption"].places[good].tolist():
            demands.low[place] = max(demands.low.get(place, 0.0), float(ground.columns[place]))
