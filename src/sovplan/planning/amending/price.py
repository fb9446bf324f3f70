"""What an amendment costs: exactly, by solving again, and at the margin, from prices.

The loss of the aim C(theta) is convex in the part theta that is met, and 0 at theta = 0 (below 0
where striking out a target frees means). So a tangent lies below it:

    C(1) >= C(e) + (1 - e) C'(e),      C'(e) = - sum_i y_i (b_i - b0_i),

with the prices y taken where the demands are 0.1 % above what the draft has: at the draft itself
the optimum is degenerate by construction, and its price may be the left-hand one, 0.
"""

from dataclasses import dataclass
from typing import Final, final

import numpy as np

from sovplan.foundation.errors import SolverFailed
from sovplan.foundation.programme import Programme, Solution
from sovplan.foundation.shapes import Vector
from sovplan.foundation.solver import solve
from sovplan.foundation.words import say
from sovplan.planning.amending.amended import amended, move_to, put_in
from sovplan.planning.amending.demands import Demands
from sovplan.planning.amending.ground import Ground, held_level
from sovplan.planning.optimum import NEAR

_STEP: Final = 1e-3
"""How far above the draft prices are taken, as a share of what it has."""
_ROUNDING: Final = 1e-9
"""Change of a column, relative to the greatest, that is rounding."""


@final
@dataclass(frozen=True, slots=True, eq=False)
class Marginal:
    """What prices say of an amendment's cost in the aim.

    Parameters
    ----------
    at
        e, the part at which prices were taken.
    rate
        C'(e): cost of the whole change at these prices.
    at_least
        C(e) + (theta - e) C'(e): the true cost of the part theta is never below it.
    low, high
        Parts between which the prices hold.
    unit
        Cost of one more unit of each clause, averaged over its years by their change; by the name
        of the amendment and the number of the clause.
    """

    at: float
    rate: float
    at_least: float
    low: float
    high: float
    unit: dict[tuple[str, int], float]


@final
@dataclass(frozen=True, slots=True, eq=False)
class Exact:
    """What an amendment costs, found by solving again.

    Parameters
    ----------
    solution, programme
        The best plan with the demands, and what it solves.
    cost
        C: loss of the aim, in its own unit; negative where there is a gain.
    marginal
        What prices say of the same.
    """

    solution: Solution
    programme: Programme
    cost: float
    marginal: Marginal


@final
@dataclass(frozen=True, slots=True, eq=False)
class WorkPrice:
    """The cost in hours, and the best plan of least labour.

    Parameters
    ----------
    hours
        Hours of all years that the demands take with the objective held at a level.
    level
        That level, as `level_of` says.
    best
        Columns of the plan of least labour among the best with the demands; None if not asked for.
    """

    hours: float
    level: float
    best: Vector | None


def exact_price(ground: Ground, demands: Demands, part: float) -> Exact:
    """Return what a part of some demands costs, exactly and at the margin.

    Raises
    ------
    SolverFailed
        The demands cannot be met to this part; or they strike out every target, so that the aim
        counts nothing and has no bound.
    """
    found = price_if_possible(ground, demands, part)
    if found is None:
        programme = amended(ground.problem.programme, demands, part)
        if solve(programme).answer == "unbounded":
            raise SolverFailed(say("amendments.no_aim"))
        raise SolverFailed(say("amendments.not_solved", answer="infeasible"))
    return found


def price_if_possible(ground: Ground, demands: Demands, part: float) -> Exact | None:
    """Return the same as `exact_price`, or None where the demands cannot be met to this part."""
    aim, step = ground.aim, _first_step(demands, part)
    aim.back(ground.at_best)
    put_in(aim, demands, step)
    near = aim.solve()
    if near.answer != "optimal":
        return None
    rate = -ground.sign * float(near.duals[-len(demands.wanted) :] @ demands.change)
    low, high = _range(ground, demands, near, step)
    move_to(aim, demands, part)
    whole = aim.solve()
    if whole.answer != "optimal":
        return None
    programme = aim.programme
    aim.back(ground.at_best)
    first = ground.sign * (ground.objective - near.objective)
    marginal = Marginal(
        step, rate, first + (part - step) * rate, low, high, _by_clause(ground, demands, near)
    )
    cost = ground.sign * (ground.objective - whole.objective)
    return Exact(whole, programme, cost, marginal)


def work_price(ground: Ground, demands: Demands, part: float, objective: float) -> WorkPrice:
    """Return the hours that a part of some demands takes, at the same level of the aim.

    Least labour is solved with the demands at what the draft has and at what is asked, with the
    first objective not below a level that both reach. Where least labour is the objective, that
    is the cost itself.
    """
    work = ground.work
    if work is None:
        return WorkPrice(objective - ground.objective, objective, None)
    held, level = work.level, level_of(ground, objective)
    last, open_side = np.array([len(ground.problem.programme.row_low)]), np.array([np.inf])
    held.back(work.at_level)
    held.with_sides(last, np.array([level]), open_side)
    put_in(held, demands, 0.0)
    without = _solved(held.solve())
    move_to(held, demands, part)
    with_demands = _solved(held.solve())
    best = None
    if ground.problem.aims.tie_break:
        # The best plan lies near the draft, not near the plan of 0.99 of it.
        tie = work.best
        tie.back(work.at_best)
        tie.with_sides(last, np.array([held_level(objective)]), open_side)
        put_in(tie, demands, part)
        found = tie.solve()
        best = found.columns if found.answer == "optimal" else None
        tie.back(work.at_best)
    held.back(work.at_level)
    return WorkPrice(with_demands.objective - without.objective, level, best)


def level_of(ground: Ground, objective: float) -> float:
    """Return the level of the aim at which hours are told for an amended plan that reaches so much.

    It is that of the draft's own prices in hours, 0.99 of what the draft reaches, where the amended
    plan leaves at least half of that room; 0.99 of what it reaches itself elsewhere.
    """
    own = NEAR * ground.objective
    room = abs(ground.objective - own)
    return own if ground.sign * (objective - own) >= 0.5 * room else NEAR * objective


def _solved(solution: Solution) -> Solution:
    if solution.answer != "optimal":
        raise SolverFailed(say("amendments.not_solved", answer=solution.answer))
    return solution


def _first_step(demands: Demands, part: float) -> float:
    """Return e: where the first of the demands has moved by 0.1 % of what the draft has."""
    moves = demands.moves
    change = np.abs(demands.change[moves])
    size = np.where(demands.present[moves] != 0, np.abs(demands.present[moves]), change)
    step = float((_STEP * size / change).min(initial=np.inf))
    return min(step, 0.5 * part)


def _by_clause(ground: Ground, demands: Demands, near: Solution) -> dict[tuple[str, int], float]:
    """Return the cost of one more unit of each clause: of all its rows, by the units it asks for.

    A target that eases with "at most" moves with the clause and costs or frees; its own units are
    no units of the clause.
    """
    easing = np.zeros(len(demands.wanted), dtype=bool)
    if demands.easing is not None:
        easing = demands.easing
    units = np.where(easing, 0.0, np.abs(demands.change))
    costs = -ground.sign * near.duals[-len(demands.wanted) :]
    found: dict[tuple[str, int], tuple[float, float]] = {}
    for place, cost, change, unit in zip(
        demands.places, costs.tolist(), demands.change.tolist(), units.tolist(), strict=True
    ):
        key = (place.amendment, place.clause)
        total, size = found.get(key, (0.0, 0.0))
        found[key] = (total + cost * change, size + unit)
    return {key: total / size if size > 0 else 0.0 for key, (total, size) in found.items()}


def _range(ground: Ground, demands: Demands, near: Solution, step: float) -> tuple[float, float]:
    """Return the parts between which the basis, and with it every price, stays the best one.

    Columns change at a constant rate z along the demands; the first that reaches a bound, or the
    first row that reaches a side, ends the range.
    """
    held = ground.aim
    programme, count = held.programme, len(demands.wanted)
    own = np.arange(count) + len(programme.row_low) - count
    rate = held.shifted(own, demands.change)
    rate = np.where(np.abs(rate) > _ROUNDING * np.abs(rate).max(initial=0.0), rate, 0.0)
    rows = np.asarray(programme.matrix @ rate)
    sides = np.zeros(len(rows))
    sides[own] = demands.change
    there = np.asarray(programme.matrix @ near.columns)
    ends = [
        _ends(near.columns, rate, programme.low, programme.high),
        _ends(there, rows - sides, programme.row_low, programme.row_high),
    ]
    back = max(end[0] for end in ends)
    forth = min(end[1] for end in ends)
    return max(0.0, step + back), step + forth


def _ends(values: Vector, rate: Vector, low: Vector, high: Vector) -> tuple[float, float]:
    """Return how far back and forth values can move at a rate until one reaches a bound."""
    size = np.maximum(np.abs(values), 1e-300)
    moves = np.abs(rate) > _ROUNDING * np.maximum(size, np.abs(rate).max(initial=0.0))
    value, pace = values[moves], rate[moves]
    to_low = np.minimum(low[moves] - value, 0.0) / pace
    to_high = np.maximum(high[moves] - value, 0.0) / pace
    forth = np.where(pace > 0, to_high, to_low)
    back = np.where(pace > 0, to_low, to_high)
    return float(back.max(initial=-np.inf)), float(forth.min(initial=np.inf))
