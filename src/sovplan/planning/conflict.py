"""Why there is no plan: demands that contradict each other, the least change, what is unlimited."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final, final

import numpy as np
from scipy.sparse import csc_array, hstack

from sovplan.foundation.programme import Programme, Solution
from sovplan.foundation.shapes import Indices, Vector
from sovplan.foundation.solver import solve
from sovplan.planning.certificate import contradiction
from sovplan.planning.labels import Labelled, labels_of
from sovplan.planning.problem import Problem
from sovplan.planning.quantities import plan_of
from sovplan.records.draft import Change, Conflict, Limit, Plan, Unlimited

_SEEN: Final = 1e-7
"""Relative size from which a violation or a weight in the proof is told from rounding."""


def conflict_of(problem: Problem) -> Conflict:
    """Return an irreducible set of limits that contradict each other, and the least change.

    Balances of goods are arithmetic and do not give way; what can is the public use in them. The
    least change minimises the sum of violations, each relative to what is given on the right-hand
    side of its limit (or to the turnover where that is 0). Its prices are the weights of a proof
    of infeasibility (Farkas); a deletion filter (Chinneck 2008, ch. 6) over the limits with a
    weight, and then over the public uses in balances that are left, leaves an irreducible set.
    Quantities stay at or above zero throughout.
    """
    labels = labels_of(problem)
    sizes = [_size(problem, label) for label in labels]
    elastic, found = _least_change(problem, labels, np.array(sizes))
    width = len(problem.programme.cost)
    mended = plan_of(problem, found.columns[:width])
    changes = [
        _change(problem, mended, label, amount * size, size)
        for label, amount, size in zip(labels, found.columns[width:], sizes, strict=True)
        if amount > _SEEN
    ]
    weights = found.duals[: elastic.matrix.shape[0]]
    frame = _Frame(problem.programme, *_natural_bounds(problem.programme, labels))
    chosen = [labels[place] for place in _filter(frame, labels, _suspects(weights))]
    told = [replace(label.limit, amount=label.given) for label in chosen]
    ordered = sorted(changes, key=lambda change: -change.relative)
    limits = replace(elastic, matrix=csc_array(elastic.matrix[:, :width]), cost=np.zeros(width))
    limits = replace(limits, low=elastic.low[:width], high=elastic.high[:width])
    # The elastic programme is a minimum: its duals have the other sign.
    proof = contradiction(limits, -weights)
    conflict = Conflict((*told, *_public_uses(problem, frame, chosen)), tuple(ordered))
    return replace(conflict, short=0.0 if proof is None else proof.short)


def unlimited_of(problem: Problem) -> Unlimited:
    """Return what an unbounded plan has without limit, from a direction that breaks no limit.

    Solves  max c r  over directions r in which no row or bound is ever reached, -1 <= r <= 1.
    """
    programme = problem.programme
    cone = replace(
        programme,
        row_low=np.where(np.isfinite(programme.row_low), 0.0, -np.inf),
        row_high=np.where(np.isfinite(programme.row_high), 0.0, np.inf),
        low=np.where(np.isfinite(programme.low), 0.0, -1.0),
        high=np.where(np.isfinite(programme.high), 0.0, 1.0),
    )
    direction = solve(cone).columns
    grows = direction > _SEEN * max(1e-300, float(np.abs(direction).max(initial=0.0)))
    consumed = grows[problem.columns["consumption"].places]
    goods, years = np.nonzero(consumed)
    if not len(goods):
        years = np.nonzero(grows[problem.columns["fulfilment"].places])[0]
    active = np.flatnonzero(grows[problem.columns["activity"].places].any(axis=1))
    calendar = problem.calendar.years
    return Unlimited(
        tuple(problem.economy.goods.names[good] for good in np.unique(goods)),
        tuple(calendar[year] for year in np.unique(years)),
        tuple(problem.economy.techniques.names[place] for place in active),
    )


def _change(problem: Problem, mended: Plan, label: Labelled, amount: float, size: float) -> Change:
    """Return how a limit gives way by an amount, on both sides as the page writes it."""
    limit, relative = replace(label.limit, amount=label.given), float(amount / size)
    if limit.kind == "balance":
        limit = replace(limit, kind="public", amount=_public(problem, limit))
    elif limit.kind == "waste":
        limit = replace(limit, amount=0.0)
    elif limit.kind == "trade":
        return Change(replace(limit, kind="unpaid", amount=0.0), float(amount), relative)
    elif limit.kind in {"capacity", "growth"}:
        # What the mended plan does: the limit itself depends on what the plan chooses.
        to = _done(problem, mended, limit)
        return Change(replace(limit, amount=to - amount), to, relative)
    to = limit.amount + (amount if label.upper else -amount)
    return Change(limit, float(to), relative)


def _done(problem: Problem, plan: Plan, limit: Limit) -> float:
    """Return the capacity used of a plant, or the output of a good, in the year of a limit."""
    economy, year = problem.economy, problem.calendar.years.index(limit.year)
    if limit.kind == "growth":
        return float(plan.output[economy.goods.names.index(limit.name), year])
    used = np.asarray(economy.plants.load @ plan.activity[:, year])
    return float(used[economy.plants.names.index(limit.name)])


def _public_uses(problem: Problem, frame: "_Frame", chosen: list[Labelled]) -> list[Limit]:
    """Return the public uses in some balances without which the limits could hold."""
    balances = [label for label in chosen if label.limit.kind == "balance"]
    uses = {label.place: _public(problem, label.limit) for label in balances}
    left_out: dict[int, float] = {}
    told = []
    for label in balances:
        if uses[label.place] <= 0:
            continue
        without = left_out | {label.place: uses[label.place]}
        if _possible(frame, chosen, without):
            told.append(replace(label.limit, kind="public", amount=uses[label.place]))
        else:
            left_out = without
    return told


def _size(problem: Problem, label: Labelled) -> float:
    """Return what a violation is measured against: public use stands for its balance."""
    if label.limit.kind == "balance":
        return _public(problem, label.limit) or 1.0
    return label.size


def _most(problem: Problem, label: Labelled) -> float:
    """Return how far a limit may give way, in units of its size."""
    if label.limit.kind == "balance":
        return 1.0 if _public(problem, label.limit) > 0 else 0.0
    return float("inf")


def _public(problem: Problem, limit: Limit) -> float:
    good = problem.economy.goods.names.index(limit.name)
    return float(problem.calendar.public[good, problem.calendar.years.index(limit.year)])


def _least_change(
    problem: Problem, labels: list[Labelled], sizes: Vector
) -> tuple[Programme, Solution]:
    """Solve the programme in which every limit may give way at a price of 1 for its whole size."""
    programme = problem.programme
    rows = _one_row_each(programme, labels)
    signs = np.array([-1.0 if label.upper else 1.0 for label in labels])
    count = len(labels)
    give = csc_array((signs * sizes, (np.arange(count), np.arange(count))), shape=(count, count))
    low, high = _natural_bounds(programme, labels)
    sides = np.array([label.limit.amount for label in labels])
    uppers = np.array([label.upper for label in labels], dtype=bool)
    elastic = Programme(
        np.concatenate([np.zeros(len(programme.cost)), np.ones(count)]),
        csc_array(hstack([rows, give])),
        np.where(uppers, -np.inf, sides),
        np.where(uppers, sides, np.inf),
        np.concatenate([low, np.zeros(count)]),
        np.concatenate([high, [_most(problem, label) for label in labels]]),
    )
    return elastic, solve(elastic)


def _one_row_each(programme: Programme, labels: list[Labelled]) -> csc_array:
    """Return one row for each limit: the row itself, or the column that is bounded."""
    width = len(programme.cost)
    by_row = programme.matrix.tocsr()
    of_rows = [label.place for label in labels if label.where == "row"]
    of_columns = np.array([label.place for label in labels if label.where != "row"], dtype=np.int64)
    bounds = csc_array(
        (np.ones(len(of_columns)), (np.arange(len(of_columns)), of_columns)),
        shape=(len(of_columns), width),
    )
    # Labels list rows first, then bounds.
    return csc_array(hstack([by_row[of_rows].T, bounds.T]).T)


def _natural_bounds(programme: Programme, labels: list[Labelled]) -> tuple[Vector, Vector]:
    """Return the bounds of columns without those that are limits."""
    low, high = programme.low.copy(), programme.high.copy()
    for label in labels:
        if label.where == "low":
            low[label.place] = (
                min(0.0, low[label.place]) if label.limit.kind != "repayment" else -np.inf
            )
        elif label.where == "high":
            high[label.place] = np.inf
    return low, high


def _suspects(weights: Vector) -> Indices:
    most = float(np.abs(weights).max(initial=0.0))
    return np.flatnonzero(np.abs(weights) > 1e-9 * most)


@final
@dataclass(frozen=True, slots=True, eq=False)
class _Frame:
    """A programme, and the bounds of its columns without those that are limits."""

    programme: Programme
    low: Vector
    high: Vector


def _filter(frame: _Frame, labels: list[Labelled], suspects: Indices) -> list[int]:
    """Drop limits one by one; those without which a plan is possible are the conflict."""
    kept: list[int] = suspects.tolist()
    if _possible(frame, [labels[place] for place in kept]):
        kept = list(range(len(labels)))
    for place in list(kept):
        without = [other for other in kept if other != place]
        if not _possible(frame, [labels[other] for other in without]):
            kept = without
    return kept


def _possible(
    frame: _Frame, chosen: list[Labelled], less: Mapping[int, float] | None = None
) -> bool:
    """Tell whether some limits can hold together, some sides from below made `less`."""
    programme, low, high = frame.programme, frame.low.copy(), frame.high.copy()
    row_low = np.full(len(programme.row_low), -np.inf)
    row_high = np.full(len(programme.row_high), np.inf)
    for label in chosen:
        side = label.limit.amount
        if label.where == "row" and label.upper:
            row_high[label.place] = side
        elif label.where == "row":
            row_low[label.place] = side - (less or {}).get(label.place, 0.0)
        else:
            (high if label.upper else low)[label.place] = side
    rows = np.flatnonzero(np.isfinite(row_low) | np.isfinite(row_high))
    reduced = Programme(
        np.zeros(len(programme.cost)),
        csc_array(programme.matrix.tocsr()[rows]),
        row_low[rows],
        row_high[rows],
        low,
        high,
    )
    return solve(reduced, engine="simplex").answer == "optimal"
