"""The three answers to an amendment: least change, best overall, and the payer named.

- Least change:   min  sum_l w_l |l - l0|    over the lines l of the plan (what people get, outputs
  that are targets), w_l = 1 / l0; among equals the calmest, min  sum_k |x_k - x0_k| / size_k  over
  activities, orders, trade and stocks, where the programme is not large.
- Best overall:   the aim, as good as it can be with the demands; least labour between equals.
- Payer named:    every line stays at least where it is but for the goods that pay; of these as
  little is lost as possible, each relative to what the draft gives.
"""

from dataclasses import dataclass, replace
from typing import Literal, final

import numpy as np
from scipy.sparse import csc_array, csr_array, hstack, vstack

from sovplan.foundation.dust import without_dust
from sovplan.foundation.errors import SolverFailed
from sovplan.foundation.programme import Programme
from sovplan.foundation.residuals import primal_residual
from sovplan.foundation.shapes import Flags, GoodsYears, GoodsYearsFlags, Vector
from sovplan.foundation.solver import solve
from sovplan.foundation.words import say
from sovplan.planning.amending.amended import amended
from sovplan.planning.amending.calm import Changes, calmest
from sovplan.planning.amending.demands import Demands
from sovplan.planning.amending.ground import Ground
from sovplan.planning.amending.near import lines_of, loose, sizes_of
from sovplan.planning.amending.nearest import Change, Nearest, as_changes, nearest
from sovplan.planning.amending.price import Exact, WorkPrice
from sovplan.planning.amending.proof import Proof, proof_of
from sovplan.planning.quantities import plan_of
from sovplan.records.amendments import Amendment
from sovplan.records.draft import Plan

AnswerKind = Literal["least_change", "best_overall", "payer"]


@final
@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """A feasible plan that meets the demands.

    Parameters
    ----------
    kind
        Which of the three.
    plan, columns
        The plan, and its columns in the problem.
    programme
        The limits and demands that it keeps.
    primal
        Greatest residual of a limit or demand, relative to its greatest term.
    proof
        How far it is proved to be the best of its kind.
    proved, prices
        The programme that the proof is of, and its prices.
    given_up
        Public use that pays, goods x years.
    unit
        What its proof is measured by: the draft's aim, or one line of a plan as a whole.
    """

    kind: AnswerKind
    plan: Plan
    columns: Vector
    programme: Programme
    primal: float
    proof: Proof
    proved: Programme
    solved: Vector
    prices: Vector
    given_up: GoodsYears
    unit: float = 1.0


def best_overall(ground: Ground, exact: Exact, work: WorkPrice) -> Answer:
    """Return the plan in which the aim is as good as it can be with the demands."""
    columns = exact.solution.columns if work.best is None else work.best
    columns = _counted(ground, exact.programme, columns)
    columns, aim = without_dust(exact.programme, columns), abs(ground.objective)
    return Answer(
        "best_overall",
        plan_with(ground, columns),
        columns,
        exact.programme,
        primal_residual(exact.programme, columns),
        proof_of(
            exact.programme,
            exact.solution.columns,
            exact.solution.duals,
            ground.reach.within(exact.programme),
            unit=aim,
        ),
        exact.programme,
        exact.solution.columns,
        exact.solution.duals,
        np.zeros_like(ground.plan.consumption),
        aim,
    )


def least_change(ground: Ground, demands: Demands, part: float) -> Answer | None:
    """Return the plan with the demands that changes least; None if the solver finds none."""
    near, problem = ground.near, ground.problem
    programme = loose(problem, amended(problem.programme, demands, part))
    places = problem.columns["consumption"].places
    change = Change(
        near.at_draft.programme.cost,
        programme.low[places],
        programme.high[places],
        np.full(len(near.less), np.inf),
        np.zeros(len(near.given)),
    )
    found = nearest(near, demands, part, change)
    if found is None:
        return None
    size = np.zeros(len(ground.columns))
    size[places] = 1.0 / sizes_of(problem, ground.plan)
    lines, cost = lines_of(problem, ground.plan)
    there = np.clip(ground.columns, programme.low, programme.high)
    columns = calmest(
        programme,
        there,
        Changes(size, size, lines, cost),
        found.cost,
        Changes(calm := _calm(ground), calm, lines, np.zeros(len(cost))),
    )
    if columns is not None:
        found = replace(found, columns=columns)
    return _answer(ground, "least_change", programme, found)


def payer(ground: Ground, demands: Demands, part: float, amendment: Amendment) -> Answer | None:
    """Return the plan in which the goods named pay and nobody else; None if they cannot."""
    found = paid(ground, demands, part, amendment)
    if found is None:
        return None
    problem, width = ground.problem, len(ground.columns)
    programme = payers_programme(ground, amended(problem.programme, demands, part), amendment)
    down, up, calm = (np.zeros(len(programme.cost)) for _ in range(3))
    places, size = problem.columns["consumption"].places, sizes_of(problem, ground.plan)
    paying = _paying(ground, amendment.paid_by)
    down[places[paying]] = 1.0 / size[paying]
    extra = _given_up(ground, amendment)
    up[width:] = 1.0 / problem.calendar.public[ground.near.public][extra]
    calm[:width] = _calm(ground)
    calm[places] = 1.0 / size
    none = csr_array((0, len(down)))
    there = np.concatenate([ground.columns, np.zeros(len(down) - width)])
    columns = calmest(
        programme,
        np.clip(there, programme.low, programme.high),
        Changes(up, down, none, np.zeros(0)),
        found.cost,
        Changes(calm, calm, none, np.zeros(0)),
    )
    if columns is not None:
        given = np.zeros(len(found.given))
        given[extra] = columns[width:]
        found = replace(found, columns=columns[:width], given=given)
    return _answer(ground, "payer", programme, found, extra)


def paid(ground: Ground, demands: Demands, part: float, amendment: Amendment) -> Nearest | None:
    """Return a plan in which the goods named lose as little as can be; None if they cannot pay."""
    near, problem = ground.near, ground.problem
    programme = payers_programme(ground, amended(problem.programme, demands, part), amendment)
    places, paying = problem.columns["consumption"].places, _paying(ground, amendment.paid_by)
    cost, public = np.zeros(len(near.at_draft.programme.cost)), problem.calendar.public[near.public]
    cost[near.down[paying]] = 1.0 / sizes_of(problem, ground.plan)[paying]
    extra = _given_up(ground, amendment)
    cost[near.given[extra]] = 1.0 / public[extra]
    wanted = paying[problem.calendar.output_target > 0]
    change = Change(
        cost,
        programme.low[places],
        programme.high[places],
        np.where(wanted, np.inf, 0.0),
        np.where(extra, public, 0.0),
    )
    return nearest(near, demands, part, change)


def carried(ground: Ground, demands: Demands, part: float, amendment: Amendment) -> float:
    """Return the greatest part of some demands, at most `part`, that the goods named can pay for.

    Solves  max theta  as `elastic` does, with the limits of those who do not pay held too.
    """
    problem = ground.problem
    still = payers_programme(ground, amended(problem.programme, demands, 0.0), amendment)
    slope = np.zeros((len(still.row_low), 1))
    first = len(problem.programme.row_low)
    slope[first : first + len(demands.wanted), 0] = -demands.change
    found = solve(
        replace(
            still,
            cost=np.append(np.zeros(len(still.cost)), 1.0),
            matrix=csc_array(hstack([still.matrix, csc_array(slope)])),
            low=np.append(still.low, 0.0),
            high=np.append(still.high, part),
            maximise=True,
        )
    )
    if found.answer != "optimal":
        # The draft itself is a plan with nothing of the demands.
        raise SolverFailed(say("amendments.not_solved", answer=found.answer))
    return float(np.clip(found.columns[-1], 0.0, part))


def payers_programme(ground: Ground, programme: Programme, amendment: Amendment) -> Programme:
    """Return a programme in which only the goods named may be had less of.

    Their consumption goes down to its floor; where it is so written, their public use down to
    nothing, as columns of what is given up at the end of the programme.
    """
    paying, problem = _paying(ground, amendment.paid_by), ground.problem
    places = problem.columns["consumption"].places
    programme = loose(problem, programme)
    low = programme.low.copy()
    kept = np.where(paying, problem.calendar.floor, ground.plan.consumption)
    asked = ground.problem.programme.low[places] != low[places]
    low[places] = np.where(asked, low[places], np.minimum(kept, ground.columns[places]))
    lines, _ = lines_of(problem, ground.plan)
    lines = csr_array(lines[np.flatnonzero(~paying[problem.calendar.output_target > 0])])
    held = np.asarray(lines @ ground.columns)
    matrix = csc_array(vstack([programme.matrix, lines]))
    extra = _given_up(ground, amendment)
    rows = problem.rows["balance"].places[ground.near.public][extra]
    count = len(rows)
    given = csc_array((np.ones(count), (rows, np.arange(count))), shape=(matrix.shape[0], count))
    return Programme(
        np.append(programme.cost, np.zeros(count)),
        csc_array(hstack([matrix, given])),
        np.concatenate([programme.row_low, held]),
        np.concatenate([programme.row_high, np.full(len(held), np.inf)]),
        np.concatenate([low, np.zeros(count)]),
        np.concatenate([programme.high, problem.calendar.public[ground.near.public][extra]]),
        programme.maximise,
    )


def plan_with(ground: Ground, columns: Vector, given_up: GoodsYears | None = None) -> Plan:
    """Return the plan of columns in which all consumption counts, whatever target it is of."""
    problem = ground.problem
    consumption = problem.take("consumption", columns)
    calendar = replace(problem.calendar, target=np.maximum(problem.calendar.target, consumption))
    if given_up is not None:
        calendar = replace(calendar, public=calendar.public - given_up)
    counted = columns.copy()
    counted[problem.columns["fulfilment"].places] = 1e12
    return plan_of(replace(problem, calendar=calendar), counted)


def _answer(
    ground: Ground,
    kind: AnswerKind,
    programme: Programme,
    found: Nearest,
    extra: Flags | None = None,
) -> Answer:
    given, near = np.zeros_like(ground.plan.consumption), ground.near
    given[near.public] = found.given
    columns, width = found.columns, len(found.columns)
    whole = columns if extra is None else np.concatenate([columns, found.given[extra]])
    whole = without_dust(programme, whole)
    columns = whole[:width]
    solved = as_changes(near, columns, found.given)
    return Answer(
        kind,
        plan_with(ground, columns, given),
        columns,
        programme,
        primal_residual(programme, whole),
        proof_of(
            found.programme,
            solved,
            found.solution.duals,
            near.reach.within(found.programme),
            unit=1.0,
        ),
        found.programme,
        solved,
        found.solution.duals,
        given,
    )


def _counted(ground: Ground, programme: Programme, columns: Vector) -> Vector:
    """Return columns without consumption that neither the aim nor a demand counts.

    Where nothing may be wasted it stays: it has to go somewhere.
    """
    problem = ground.problem
    if problem.aims.objective == "weighted":
        return columns
    calendar, places = problem.calendar, problem.columns["consumption"].places
    share = np.ones(places.shape[1:])
    if problem.aims.objective != "labour":
        share = np.broadcast_to(columns[problem.columns["fulfilment"].places], places.shape[1:])
    counted = np.maximum(calendar.target * share, calendar.floor)
    rows = programme.matrix.tocsr()[len(problem.programme.row_low) :]
    low = programme.row_low[len(problem.programme.row_low) :]
    # What a demand asks for on a column alone, and what is protected.
    asked = programme.low.copy()
    for place in range(rows.shape[0]):
        entries = slice(rows.indptr[place], rows.indptr[place + 1])
        if len(rows.indices[entries]) == 1 and np.isfinite(low[place]):
            column = rows.indices[entries][0]
            asked[column] = max(asked[column], low[place] / rows.data[entries][0])
    counted = np.maximum(counted, asked[places])
    exact = np.isin(problem.economy.goods.names, problem.aims.no_waste)[:, None]
    less = columns.copy()
    less[places] = np.where(exact, columns[places], np.minimum(columns[places], counted))
    return less


def _paying(ground: Ground, goods: tuple[str, ...]) -> GoodsYearsFlags:
    names = np.isin(ground.problem.economy.goods.names, goods)
    return np.repeat(names[:, None], len(ground.problem.calendar.years), axis=1)


def _given_up(ground: Ground, amendment: Amendment) -> Flags:
    """Return which public uses an amendment lets pay."""
    paying = _paying(ground, amendment.paid_by)[ground.near.public]
    return paying & amendment.public_pays


def _calm(ground: Ground) -> Vector:
    """Return the cost of changing columns that people do not see: each relative to its size."""
    problem, goods = ground.problem, ground.problem.economy.turnover()
    cost = np.zeros(len(ground.columns))
    outputs = problem.economy.techniques.outputs
    per_unit = np.asarray((outputs.T / 1.0) @ (1.0 / goods))
    activity = np.divide(1.0, per_unit, out=np.ones_like(per_unit), where=per_unit > 0)
    plants = np.maximum(problem.economy.plants.capacity, ground.plan.capacity.max(axis=1))
    sizes = {
        "activity": activity,
        "ordered": np.where(plants > 0, plants, 1.0),
        "stock": goods,
        "imports": goods,
        "exports": goods,
    }
    for name, size in sizes.items():
        places = problem.columns[name].places
        cost[places] = 1.0 / np.maximum(size[:, None], np.abs(ground.columns[places]))
    return cost
