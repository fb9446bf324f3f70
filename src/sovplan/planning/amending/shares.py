"""From voted shares of labour to the nearest feasible plan.

All hours of a year stay those of the draft, T. Of the plans that are possible the one is taken with
the least

    sum over branches and years of  |hours of the branch - share T| / T,

and of those the one that reaches most of the aim. Half of a year's sum is the share of all hours
that stands where it was not voted. Fixing T keeps it linear, and nobody comes nearer to the vote by
working less. Truthful voting on shares says nothing about what this projection makes of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, final

import numpy as np
from scipy.sparse import csc_array, csr_array, eye_array, hstack, vstack

from sovplan.foundation.errors import DataError, SolverFailed
from sovplan.foundation.programme import Programme, Solution, extended
from sovplan.foundation.shapes import Flags, Matrix, Vector
from sovplan.foundation.solver import solve
from sovplan.foundation.words import say
from sovplan.planning.amending.answers import plan_with
from sovplan.planning.amending.ground import Ground
from sovplan.planning.amending.measures import hours_rows, members
from sovplan.records.amendments import VotedShare

_TIE: Final = 1e-7
"""How far the distance may grow for the sake of the aim, as a share of a year's hours."""


@final
@dataclass(frozen=True, slots=True, eq=False)
class SharedPlan:
    """The plan nearest to voted shares.

    Parameters
    ----------
    columns
        Of the problem.
    programme, solution
        The programme of the least distance, and its solution.
    limits
        All that the plan keeps: the problem with the hours of the draft.
    shares, before
        Shares of all hours in the plan and in the draft, branches x years; the last branch is all
        others.
    """

    columns: Vector
    programme: Programme
    solution: Solution
    limits: Programme
    shares: Matrix
    before: Matrix


def shared_plan(ground: Ground, voted: Sequence[VotedShare]) -> SharedPlan:
    """Return the plan nearest to voted shares of labour.

    Raises
    ------
    DataError
        Two branches share a technique, or a year of the draft has no work.
    """
    inside = _branches(ground, voted)
    share = np.array([vote.share for vote in voted])
    share = np.append(share, max(0.0, 1.0 - share.sum()))
    rows = [hours_rows(ground, branch) for branch in inside]
    total = np.asarray(csr_array(sum(rows[1:], rows[0])) @ ground.columns)
    if (total <= 0).any():
        raise DataError(say("amendments.no_work"))
    limits = _with_hours(ground, csr_array(sum(rows[1:], rows[0])), total)
    parts = csr_array(vstack([csr_array(row / total[:, None]) for row in rows]))
    wanted = np.repeat(share, len(total))
    programme = _distance(limits, parts, wanted)
    first = _solved(programme)
    columns = _best_of_nearest(ground, programme, first)
    columns = with_surplus(ground, columns)
    shape = (len(inside), len(total))
    return SharedPlan(
        columns,
        programme,
        first,
        limits,
        np.asarray(parts @ columns).reshape(shape),
        np.asarray(parts @ ground.columns).reshape(shape),
    )


def _branches(ground: Ground, voted: Sequence[VotedShare]) -> list[Flags]:
    economy = ground.problem.economy
    inside = [members(economy, [vote.branch]) for vote in voted]
    taken = np.zeros(len(economy.techniques), dtype=bool)
    for vote, branch in zip(voted, inside, strict=True):
        if (taken & branch).any():
            technique = economy.techniques.names[int(np.flatnonzero(taken & branch)[0])]
            words = {"branch": vote.branch, "technique": technique}
            raise DataError(say("amendments.overlap", **words))
        taken |= branch
    return [*inside, ~taken]


def _with_hours(ground: Ground, hours: csr_array, total: Vector) -> Programme:
    """Return the problem in which all hours of a year are those of the draft."""
    return extended(ground.problem.programme, hours, total, total)


def _distance(limits: Programme, parts: csr_array, wanted: Vector) -> Programme:
    """Return the programme of the least distance; its last columns are the differences."""
    count, width = parts.shape
    apart = hstack([-eye_array(count), eye_array(count)])
    above = hstack([limits.matrix, csr_array((limits.matrix.shape[0], 2 * count))])
    own = np.concatenate([limits.row_low, wanted]), np.concatenate([limits.row_high, wanted])
    return Programme(
        np.concatenate([np.zeros(width), np.ones(2 * count)]),
        csc_array(vstack([above, hstack([parts, apart])])),
        *own,
        np.concatenate([limits.low, np.zeros(2 * count)]),
        np.concatenate([limits.high, np.full(2 * count, np.inf)]),
    )


def _best_of_nearest(ground: Ground, programme: Programme, first: Solution) -> Vector:
    """Return the plan that reaches most of the aim, of those that are nearest."""
    width = len(ground.columns)
    aim = ground.problem.programme
    row = csr_array(programme.cost[None, :])
    held = replace(
        programme,
        cost=np.concatenate([aim.cost, np.zeros(len(programme.cost) - width)]),
        matrix=csc_array(vstack([programme.matrix, row])),
        row_low=np.append(programme.row_low, -np.inf),
        row_high=np.append(programme.row_high, first.objective + _TIE),
        maximise=aim.maximise,
    )
    return _solved(held).columns[:width]


def with_surplus(ground: Ground, columns: Vector) -> Vector:
    """Return columns in which people get what else nobody would use of what they want."""
    problem = ground.problem
    places, waste = problem.columns["consumption"].places, plan_with(ground, columns).waste
    wanted = np.maximum(problem.calendar.target, problem.calendar.floor) > 0
    more = columns.copy()
    given = columns[places] + np.where(wanted, np.maximum(waste, 0.0), 0.0)
    more[places] = np.where(wanted, np.minimum(given, problem.programme.high[places]), given)
    return more


def _solved(programme: Programme) -> Solution:
    found = solve(programme)
    if found.answer != "optimal":
        raise SolverFailed(say("amendments.not_solved", answer=found.answer))
    return found
