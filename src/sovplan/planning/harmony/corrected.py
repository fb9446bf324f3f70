"""Harmony as a planning method: the greatest total harmony among nearly even plans, with a proof.

    maximise  sum over targets k of H(z_k)    subject to every limit of the planning problem
              z_k >= e phi*                   phi* the greatest even fulfilment, e the evenness

z_k is the share of target k that is reached (a target of kind output counts from its base). Targets
of 0 have no harmony: they claim nothing and weigh nothing. H is concave, so it is approached from
above by its tangents:

    repeat   solve with  h_k <= H(z) + H'(z) (z_k - z)  at all z so far;   add the z_k found
    until    sum h_k - sum H(z_k) <= 1e-4 for each target on average

sum h_k is an upper bound of what can be had and sum H(z_k) is had: the test of convergence.

Source: harmony, `measure`; tangents, Kelley (1960), J. SIAM 8, 703-712. Why not the published
iteration: decision record 0007.
"""

from dataclasses import dataclass, replace
from typing import Final, final

import numpy as np
from scipy.sparse import csc_array, csr_array, diags_array, eye_array, hstack, vstack

from sovplan.foundation.errors import PlanningError
from sovplan.foundation.numbers import figure, percent
from sovplan.foundation.programme import Programme
from sovplan.foundation.shapes import Indices, Sparse, Vector
from sovplan.foundation.solver import solve
from sovplan.foundation.words import say
from sovplan.planning.harmony.measure import harmony as measure
from sovplan.planning.harmony.measure import slope
from sovplan.planning.limits import problem_of
from sovplan.planning.optimum import optimum
from sovplan.planning.problem import Problem
from sovplan.planning.standing import put_forward
from sovplan.records.aims import Aims
from sovplan.records.aimsfile import check_aims
from sovplan.records.calendar import calendar_of
from sovplan.records.draft import Draft
from sovplan.records.returns import Returns

EVENNESS: Final = 0.95
"""Least share of the greatest even fulfilment that every target keeps. Assumed, range 0 to 1, unit
1: at 0 total harmony alone decides and may leave single targets far behind."""
CLOSE: Final = 1e-4
"""Distance of the two bounds, for each target on average, at which the search ends."""
_TURNS: Final = 40
_FIRST: Final = (0.0, 0.25, 0.5, 0.75, 0.9, 1.0, 1.1, 1.25, 1.5, 2.0, 3.0, 6.0)
"""Shares at which tangents are drawn before the first turn."""


def harmony(
    returns: Returns,
    aims: Aims | None = None,
    *,
    years: int | None = None,
    evenness: float = EVENNESS,
) -> Draft:
    """Return the plan of greatest total harmony among those in which no target is left behind.

    Parameters
    ----------
    returns
        What was declared.
    aims
        What the plan is for, with objective `ray` or `common`; the economy's own needs and the
        defaults if None.
    years
        Number of years in place of that of the aims.
    evenness
        Least share of the greatest even fulfilment that every target keeps, 0 to 1.

    Returns
    -------
    Draft
        Status `feasible`; `facts` holds `harmony`, what is had, and `harmony_bound`, what cannot
        be exceeded. Without any plan the refusal of the optimum.

    Raises
    ------
    PlanningError
        The aims have no targets to be in harmony with, or the search did not end.
    """
    aims = (aims or Aims()).over(years)
    economy = returns.declared
    check_aims(aims, economy)
    if aims.objective not in {"ray", "common"}:
        raise PlanningError(say("harmony.objective", objective=aims.objective))
    asked = problem_of(economy, aims, calendar_of(economy, aims))
    # Harmony judges shares itself: years count alike and a cap on fulfilment is not its concern.
    even = replace(aims, objective="ray", cap=None)
    problem = problem_of(economy, even, asked.calendar)
    best = solve(problem.programme)
    if best.answer != "optimal":
        return replace(optimum(returns, even), aims=aims, method="harmony")
    found = _greatest(problem, evenness * best.objective)
    columns = np.zeros(len(asked.programme.cost))
    for name, block in asked.columns.items():
        if name != "fulfilment":
            columns[block.places] = found.columns[problem.columns[name].places]
    words = {
        "total": figure(found.had, 5),
        "bound": figure(found.bound, 5),
        "least": percent(float(found.shares.min())),
        "even": percent(best.objective),
        "turns": found.turns,
    }
    facts = {"harmony": found.had, "harmony_bound": found.bound, "even": best.objective}
    told = (say("harmony.total", **words),)
    return put_forward(asked, columns, "harmony", told=told, facts=facts)


@final
@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """The end of the search: columns of the problem, shares of targets, and both bounds."""

    columns: Vector
    shares: Vector
    had: float
    bound: float
    turns: int


@final
@dataclass(frozen=True, slots=True, eq=False)
class Targets:
    """Every positive target: share k reached is (rows x - base) / size."""

    rows: Sparse
    base: Vector
    size: Vector

    def shares(self, columns: Vector) -> Vector:
        """Return the share of each target that columns reach."""
        return np.asarray((self.rows @ columns - self.base) / self.size)


def targets_of(problem: Problem) -> Targets:
    """Return the targets of a problem, of consumption first."""
    calendar, width = problem.calendar, len(problem.programme.cost)
    good, year = np.nonzero(calendar.target > 0)
    places = problem.columns["consumption"].places[good, year]
    wants = csr_array(
        (np.ones(len(good)), (np.arange(len(good)), places)), shape=(len(good), width)
    )
    made, when = np.nonzero(calendar.output_target > 0)
    outputs = csr_array(problem.economy.techniques.outputs)[made].tocoo()
    row, technique = outputs.coords
    columns = problem.columns["activity"].places[technique, when[row]]
    gross = csr_array((outputs.data, (row, columns)), shape=(len(made), width))
    base = calendar.output_base[made, when]
    return Targets(
        csr_array(vstack([wants, gross])),
        np.concatenate([np.zeros(len(good)), base]),
        np.concatenate([calendar.target[good, year], calendar.output_target[made, when] - base]),
    )


def _greatest(problem: Problem, least: float) -> Found:
    """Return the plan of greatest total harmony with every share at least as given."""
    targets = targets_of(problem)
    count = len(targets.size)
    which = np.repeat(np.arange(count), len(_FIRST))
    at = np.tile(np.array(_FIRST), count)
    start = None
    for turn in range(1, _TURNS + 1):
        solved = solve(_programme(problem, targets, least, (which, at)), start=start)
        if solved.answer != "optimal":
            raise PlanningError(say("harmony.unlimited"))
        columns = solved.columns[: len(problem.programme.cost)]
        shares = targets.shares(columns)
        had, bound = float(measure(shares).sum()), solved.objective
        if bound - had <= CLOSE * count:
            return Found(columns, shares, had, bound, turn)
        loose = np.flatnonzero(solved.columns[-count:] - measure(shares) > 0.1 * CLOSE)
        which, at = np.append(which, loose), np.append(at, shares[loose])
        # New tangents cut the answer off and leave its prices as they are: go on from there.
        start = solved.basis and solved.basis.with_rows(len(loose))
    raise PlanningError(say("harmony.unsettled", turns=_TURNS, gap=figure(bound - had)))


def _programme(
    problem: Problem, targets: Targets, least: float, tangents: tuple[Indices, Vector]
) -> Programme:
    """Return the programme of greatest harmony below tangents; harmonies are its last columns."""
    programme, (which, at) = problem.programme, tangents
    count = len(targets.size)
    steep = slope(at)
    by_share = diags_array(-steep / targets.size[which]) @ targets.rows[which]
    own = csr_array(eye_array(count, format="csr"))[which]
    side = measure(at) - steep * (at + targets.base[which] / targets.size[which])
    nothing = csc_array((programme.matrix.shape[0], count))
    low = programme.low.copy()
    low[problem.columns["fulfilment"].places] = least
    return Programme(
        np.append(np.zeros(len(programme.cost)), np.ones(count)),
        csc_array(vstack([hstack([programme.matrix, nothing]), hstack([by_share, own])])),
        np.append(programme.row_low, np.full(len(at), -np.inf)),
        np.append(programme.row_high, side),
        np.append(low, np.full(count, -np.inf)),
        np.append(programme.high, np.full(count, np.inf)),
        maximise=True,
    )
