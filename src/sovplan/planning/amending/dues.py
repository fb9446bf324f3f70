"""What stays due of what amendments lower.

A clause that lowers a good by per cent asks for just that much: its target is struck out, and what
is left stays due. A clause "at most Q" only bounds from above: where the draft has more, the target
T of the good is cut to

    T' = min(T, Q / max(1, phi0)),

with phi0 the share of the target that the draft gives, and the plan pursues T' as it pursued T. So
"at most 70" does not mean that nothing is made at all, nor that exactly 70 is. Where needs are
limits themselves (least labour), min(T, Q) stays due. Of several bounds on one good and year the
least counts: that much stays due, and no bound alone more.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, final

import numpy as np
from scipy.sparse import csr_array

from sovplan.foundation.shapes import Flags, Indices, Sparse, Vector
from sovplan.planning.amending.ground import Ground
from sovplan.records.amendments import Clause

_NOTHING: Final = 1e-9
"""Share of an amount up to which it is not there."""


@final
@dataclass(frozen=True, slots=True, eq=False)
class Wish:
    """A clause as rows: b0 and b of it, one row for each of some years of the plan."""

    amendment: str
    number: int
    clause: Clause
    years: Indices
    matrix: Sparse
    present: Vector
    wanted: Vector

    @property
    def upwards(self) -> bool:
        """Whether it asks for more, or for at least so much."""
        return self.clause.kind == "raise" or self.clause.least is not None


@final
@dataclass(frozen=True, slots=True, eq=False)
class Due:
    """What stays due of one good in one year.

    Parameters
    ----------
    struck
        Rows of the problem whose lower side no longer holds.
    cut
        The smaller target that a struck row stands again with.
    low
        Bounds of columns that take the place of targets.
    place
        Amendment, clause and calendar year that ask for the least.
    row, present, level
        A row over the columns, what the draft has of it and what is due; no row where a demand
        holds what is due itself.
    """

    struck: tuple[int, ...]
    cut: dict[int, float] = field(default_factory=dict)
    low: dict[int, float] = field(default_factory=dict)
    place: tuple[str, int, int] = ("", 0, 0)
    row: Sparse | None = None
    present: float = 0.0
    level: float = 0.0


@final
@dataclass(frozen=True, slots=True, eq=False)
class _Bound:
    """One upper bound on a good in a year of the plan, below what the draft has.

    `own` is its row among the demands, -1 where it is not of those that are asked for.
    """

    wish: Wish
    at: int
    own: int

    @property
    def level(self) -> float:
        return float(self.wish.wanted[self.at])

    @property
    def hard(self) -> bool:
        """Whether all that is left of it stays due."""
        return self.wish.clause.kind == "lower"


def dues_of(
    ground: Ground, asked: Sequence[Wish], others: Sequence[Wish]
) -> tuple[Flags, list[Due]]:
    """Return which rows of what is asked hold from below too, and all that stays due.

    Parameters
    ----------
    ground
        The draft.
    asked, others
        What is asked for, and what is held against it: what these strike out is struck out here.
    """
    own = np.zeros(sum(len(wish.years) for wish in asked), dtype=bool)
    groups: dict[tuple[str, int, int], list[_Bound]] = {}
    if ground.problem.aims.objective == "weighted":
        # Each good is wanted for its own weight: nothing is struck out.
        return own, []
    for key, bound in (*_bounds(ground, asked, 0), *_bounds(ground, others, None)):
        groups.setdefault(key, []).append(bound)
    dues = []
    for (of, good, year), bounds in groups.items():
        least = min(bounds, key=lambda bound: bound.level)
        dues.append(_due(ground, (of, good, year), bounds, least))
        if any(bound.hard for bound in bounds) and dues[-1].row is None:
            own[least.own] = True
    return own, dues


def _bounds(
    ground: Ground, wishes: Sequence[Wish], first: int | None
) -> Iterator[tuple[tuple[str, int, int], _Bound]]:
    """Yield upper bounds below what the draft has on what is a target, by what they are on."""
    calendar, names = ground.problem.calendar, ground.problem.economy.goods.names
    base = calendar.output_base
    needed = {
        "consumption": np.maximum(calendar.target, calendar.floor),
        "output": calendar.output_target,
    }
    for wish in wishes:
        clause = wish.clause
        downwards = not wish.upwards and clause.kind in {"lower", "good", "per_head"}
        for at, year in enumerate(wish.years.tolist()):
            if not downwards or clause.of not in needed:
                continue
            good = names.index(clause.names[0])
            falls = wish.wanted[at] < wish.present[at] * (1.0 - _NOTHING)
            # The base of a target of output is a limit of its own, and stays.
            falls &= clause.of == "consumption" or wish.wanted[at] >= base[good, year]
            if falls and needed[clause.of][good, year] > 0:
                yield (clause.of, good, year), _Bound(wish, at, -1 if first is None else first + at)
        if first is not None:
            first += len(wish.years)


def _due(ground: Ground, key: tuple[str, int, int], bounds: Sequence[_Bound], least: _Bound) -> Due:
    """Return what stays due of a good in a year under some upper bounds, of which one is least."""
    of, good, year = key
    problem, wish, level = ground.problem, least.wish, least.level
    calendar, low = problem.calendar, dict[int, float]()
    block = "target" if of == "consumption" else "output_target"
    struck = rows_of(ground, block, good, np.array([year]))
    target = float((calendar.target if of == "consumption" else calendar.output_target)[good, year])
    if of == "consumption" and problem.aims.objective == "labour":
        floor = float(calendar.floor[good, year])
        low[int(problem.columns["consumption"].places[good, year])] = floor
        target = max(target, floor)
    if any(bound.hard for bound in bounds) and least.own >= 0:
        return Due(struck, low=low)
    place = wish.amendment, wish.number, calendar.years[year]
    row, present = csr_array(wish.matrix[[least.at]]), float(wish.present[least.at])
    if any(bound.hard for bound in bounds):
        return Due(struck, {}, low, place, row, present, level)
    if problem.aims.objective == "labour":
        return Due(struck, {}, low, place, row, present, min(target, level))
    shares = problem.columns["fulfilment"].places
    share = int(shares[year % len(shares)])
    reached = float(ground.columns[share])
    base = float(calendar.output_base[good, year]) if of == "output" else 0.0
    left = min(target, level / max(1.0, reached))
    slope = max(left - base, 0.0)
    pursued = row - csr_array(([slope], ([0], [share])), shape=row.shape)
    cut = dict.fromkeys(struck, left) if slope > 0 else {}
    return Due(struck, cut, low, place, csr_array(pursued), present - slope * reached, base)


def rows_of(ground: Ground, block: str, good: int, years: Indices) -> tuple[int, ...]:
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
