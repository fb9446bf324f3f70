"""Why there is no plan: demands that contradict each other, the least change, what is unlimited."""

from dataclasses import replace
from typing import Final

import numpy as np
from scipy.sparse import csc_array, hstack

from sovplan.foundation.programme import Programme, Solution
from sovplan.foundation.shapes import Indices, Vector
from sovplan.foundation.solver import solve
from sovplan.planning.labels import Labelled, labels_of
from sovplan.planning.problem import Problem
from sovplan.records.draft import Change, Conflict, Limit, Unlimited

_SEEN: Final = 1e-7
"""Relative size from which a violation or a weight in the proof is told from rounding."""


def conflict_of(problem: Problem) -> Conflict:
    """Return an irreducible set of limits that contradict each other, and the least change.

    Balances of goods are arithmetic and do not give way; what can is the public use in them. The
    least change minimises the sum of violations, each relative to the side of its limit (or
    the turnover of the good where that is 0). Its prices are the weights of a proof of
    infeasibility (Farkas); a deletion filter (Chinneck 2008, ch. 6) over the limits with a weight
    leaves an irreducible set. Quantities stay at or above zero throughout.
    """
    labels = labels_of(problem)
    sizes = [_size(problem, label) for label in labels]
    elastic, found = _least_change(problem, labels, np.array(sizes))
    broken = found.columns[len(problem.programme.cost) :]
    changes = [
        _change(problem, label, amount * size, size)
        for label, amount, size in zip(labels, broken, sizes, strict=True)
        if amount > _SEEN
    ]
    weights = found.duals[: elastic.matrix.shape[0]]
    suspects = _suspects(weights)
    irreducible = _filter(problem, labels, suspects)
    ordered = sorted(changes, key=lambda change: -change.relative)
    return Conflict(tuple(labels[place].limit for place in irreducible), tuple(ordered))


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


def _change(problem: Problem, label: Labelled, amount: float, size: float) -> Change:
    limit = label.limit
    if limit.kind == "balance" and not label.upper:
        limit = replace(limit, kind="public", amount=_public(problem, limit))
    elif limit.kind == "balance":
        limit = replace(limit, kind="waste", amount=0.0)
    to = limit.amount + (amount if label.upper else -amount)
    return Change(limit, float(to), float(amount / size))


def _size(problem: Problem, label: Labelled) -> float:
    """Return what a violation is measured against: public use stands for its balance."""
    if label.limit.kind == "balance" and not label.upper:
        return _public(problem, label.limit) or 1.0
    return label.size


def _most(problem: Problem, label: Labelled) -> float:
    """Return how far a limit may give way, in units of its size."""
    if label.limit.kind == "balance" and not label.upper:
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


def _filter(problem: Problem, labels: list[Labelled], suspects: Indices) -> list[int]:
    """Drop limits one by one; those without which a plan is possible are the conflict."""
    kept: list[int] = suspects.tolist()
    if _possible(problem, labels, kept):
        kept = list(range(len(labels)))
    for place in list(kept):
        without = [other for other in kept if other != place]
        if not _possible(problem, labels, without):
            kept = without
    return kept


def _possible(problem: Problem, labels: list[Labelled], kept: list[int]) -> bool:
    programme = problem.programme
    chosen = [labels[place] for place in kept]
    low, high = _natural_bounds(programme, labels)
    row_low = np.full(len(programme.row_low), -np.inf)
    row_high = np.full(len(programme.row_high), np.inf)
    for label in chosen:
        side = label.limit.amount
        if label.where == "row":
            (row_high if label.upper else row_low)[label.place] = side
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
