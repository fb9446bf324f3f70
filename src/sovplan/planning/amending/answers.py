"""The three answers to an amendment: least change, best overall, and the payer named.

- Least change:   min  sum_l w_l |l - l0| + rho sum_k |x_k - x0_k| / size_k    over the lines l of
  the plan (what people get, outputs that are targets), w_l = 1 / l0.
- Best overall:   the aim, as good as it can be with the demands; least labour between equals.
- Payer named:    every line stays at least where it is but for the goods that pay; of these as
  little is lost as possible, each relative to what the draft gives.
"""

from dataclasses import dataclass, replace
from typing import Final, Literal, final

import numpy as np
from scipy.sparse import csc_array, csr_array, hstack, vstack

from sovplan.foundation.programme import Programme
from sovplan.foundation.residuals import primal_residual
from sovplan.foundation.shapes import GoodsYears, GoodsYearsFlags, Indices, Sparse, Vector
from sovplan.planning.amending.amended import amended
from sovplan.planning.amending.demands import Demands
from sovplan.planning.amending.ground import Ground
from sovplan.planning.amending.near import Changes, Nearest, nearest_calm, nearest_plan
from sovplan.planning.amending.price import Exact, Work
from sovplan.planning.amending.proof import Proof, proof_of
from sovplan.planning.quantities import plan_of
from sovplan.records.amendments import Amendment
from sovplan.records.draft import Plan

AnswerKind = Literal["least_change", "best_overall", "payer"]
_RHO: Final = 1e-3
"""Weight of changes of activities, orders, trade and stocks beside those of what people get
(assumed: what people get comes first, and of two ways to give it the calmer one is taken)."""
_LEAST: Final = 1e-6
"""Share of a good's turnover below which an amount counts as that share: no weight is infinite."""
_SEEN: Final = 1e-7
"""Relative change of a line that is told from rounding."""


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


def best_overall(ground: Ground, exact: Exact, work: Work) -> Answer:
    """Return the plan in which the aim is as good as it can be with the demands."""
    columns = exact.solution.columns if work.best is None else work.best
    columns = _counted(ground, exact.programme, columns)
    return Answer(
        "best_overall",
        plan_with(ground, columns),
        columns,
        exact.programme,
        primal_residual(exact.programme, columns),
        proof_of(exact.programme, exact.solution.columns, exact.solution.duals),
        exact.programme,
        exact.solution.columns,
        exact.solution.duals,
        np.zeros_like(ground.plan.consumption),
    )


def least_change(ground: Ground, demands: Demands, part: float) -> Answer | None:
    """Return the plan with the demands that changes least; None if the solver finds none."""
    programme = _loose(ground, amended(ground.problem.programme, demands, part))
    places, weights = _consumed(ground)
    up = _calm(ground, _RHO)
    up[places] = weights
    lines, cost = _outputs(ground)
    there = np.clip(ground.columns, programme.low, programme.high)
    found = nearest_plan(programme, there, Changes(up, up.copy(), lines, cost))
    return None if found is None else _answer(ground, "least_change", programme, found)


def payer(ground: Ground, demands: Demands, part: float, amendment: Amendment) -> Answer | None:
    """Return the plan in which the goods named pay and nobody else; None if they cannot."""
    programme = payers_programme(ground, amended(ground.problem.programme, demands, part),
                                 amendment)  # fmt: skip
    width = len(ground.columns)
    paying = _paying(ground, amendment.paid_by)
    down = np.zeros(len(programme.cost))
    consumption = ground.problem.columns["consumption"].places
    size = _sizes(ground)
    down[consumption[paying]] = 1.0 / size[paying]
    up = np.zeros_like(down)
    if amendment.public_pays:
        good, year = _public(ground, paying)
        up[width:] = 1.0 / ground.problem.calendar.public[good, year]
    none = csr_array((0, len(down)))
    calm = np.concatenate([_calm(ground, 1.0), np.zeros(len(down) - width)])
    calm[consumption] = 1.0 / size
    there = np.concatenate([ground.columns, np.zeros(len(down) - width)])
    there = np.clip(there, programme.low, programme.high)
    found = nearest_calm(
        programme,
        there,
        Changes(up, down, none, np.zeros(0)),
        Changes(calm, calm, none, np.zeros(0)),
    )
    return None if found is None else _answer(ground, "payer", programme, found, paying)


def payers_programme(ground: Ground, programme: Programme, amendment: Amendment) -> Programme:
    """Return a programme in which only the goods named may be had less of.

    Their consumption goes down to its floor; where it is so written, their public use down to
    nothing, as columns of what is given up at the end of the programme.
    """
    paying, problem = _paying(ground, amendment.paid_by), ground.problem
    places = problem.columns["consumption"].places
    programme = _loose(ground, programme)
    low = programme.low.copy()
    kept = np.where(paying, problem.calendar.floor, ground.plan.consumption)
    asked = ground.problem.programme.low[places] != low[places]
    low[places] = np.where(asked, low[places], np.minimum(kept, ground.columns[places]))
    lines, _ = _outputs(ground, ~paying)
    held = np.asarray(lines @ ground.columns)
    matrix = csc_array(vstack([programme.matrix, lines]))
    extra = _public(ground, paying) if amendment.public_pays else (np.zeros(0, np.int64),) * 2
    rows = problem.rows["balance"].places[extra]
    count = len(rows)
    given = csc_array((np.ones(count), (rows, np.arange(count))), shape=(matrix.shape[0], count))
    return Programme(
        np.append(programme.cost, np.zeros(count)),
        csc_array(hstack([matrix, given])),
        np.concatenate([programme.row_low, held]),
        np.concatenate([programme.row_high, np.full(len(held), np.inf)]),
        np.concatenate([low, np.zeros(count)]),
        np.concatenate([programme.high, problem.calendar.public[extra]]),
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
    paying: GoodsYearsFlags | None = None,
) -> Answer:
    width = len(ground.columns)
    columns = found.columns[:width]
    given = np.zeros_like(ground.plan.consumption)
    if paying is not None and len(found.columns) > width:
        given[_public(ground, paying)] = found.columns[width:]
    solved = found.solution.columns
    return Answer(
        kind,
        plan_with(ground, columns, given),
        columns,
        programme,
        primal_residual(programme, found.columns),
        proof_of(found.programme, solved, found.solution.duals),
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


def _loose(ground: Ground, programme: Programme) -> Programme:
    """Return a programme in which no common share of targets is asked for.

    What people get may then fall below the share, down to the floor: that is what an answer says.
    Needs that are limits themselves (least labour) stay so.
    """
    low = programme.low.copy()
    low[ground.problem.columns["fulfilment"].places] = 0.0
    return replace(programme, low=low)


def _paying(ground: Ground, goods: tuple[str, ...]) -> GoodsYearsFlags:
    names = np.isin(ground.problem.economy.goods.names, goods)
    return np.repeat(names[:, None], len(ground.problem.calendar.years), axis=1)


def _public(ground: Ground, paying: GoodsYearsFlags) -> tuple[Indices, Indices]:
    good, year = np.nonzero(paying & (ground.problem.calendar.public > 0))
    return good, year


def _sizes(ground: Ground) -> GoodsYears:
    """Return what a change of what people get is measured against, goods x years."""
    least = _LEAST * ground.problem.economy.turnover()[:, None]
    return np.asarray(np.maximum(ground.plan.consumption, least))


def _consumed(ground: Ground) -> tuple[Indices, GoodsYears]:
    """Return the columns of what people get, and the weight of one unit of each."""
    return ground.problem.columns["consumption"].places, 1.0 / _sizes(ground)


def _outputs(ground: Ground, chosen: GoodsYearsFlags | None = None) -> tuple[Sparse, Vector]:
    """Return the lines of outputs that are targets, and the weight of one unit of each."""
    problem = ground.problem
    wanted = problem.calendar.output_target > 0
    good, year = np.nonzero(wanted if chosen is None else wanted & chosen)
    made = problem.economy.techniques.outputs.tocsr()[good].tocoo()
    row, technique = made.coords
    places = problem.columns["activity"].places[technique, year[row]]
    lines = csr_array((made.data, (row, places)), shape=(len(good), len(ground.columns)))
    size = np.maximum(ground.plan.output[good, year], _LEAST * problem.economy.turnover()[good])
    return lines, 1.0 / size


def _calm(ground: Ground, weight: float) -> Vector:
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
        cost[places] = weight / np.maximum(size[:, None], np.abs(ground.columns[places]))
    return cost
