"""The plan in which nothing is left over, beside the one that may leave over what it likes.

A target of output can be met by output that nobody uses. Where the plan does so, its fulfilment is
told twice: as it is, and with nothing wasted of any good of which less could be made alone.
"""

from dataclasses import replace
from typing import Any, Final

import numpy as np

from sovplan.foundation.errors import SolverFailed
from sovplan.foundation.programme import BASIC, Basis, Solution
from sovplan.foundation.shapes import GoodsVector
from sovplan.foundation.solver import Engine, is_large, solve
from sovplan.planning.limits import problem_of
from sovplan.planning.problem import Problem
from sovplan.records.draft import Plan
from sovplan.records.economy import Economy

WASTE: Final = 0.01
"""Share of a good's supply from which its waste is told."""


def waste_shares(plan: Plan) -> GoodsVector:
    """Return the share of each good's supply that nothing uses, over all years."""
    supply = (plan.output + plan.imports).sum(axis=1)
    waste = np.maximum(plan.waste, 0.0).sum(axis=1)
    return np.asarray(np.divide(waste, supply, out=np.zeros_like(waste), where=supply > 0))


def made_alone(economy: Economy) -> tuple[str, ...]:
    """Return the goods that no technique makes together with another.

    Of a joint product less cannot be made without making less of the other.
    """
    outputs = economy.techniques.outputs.tocoo()
    good, technique = outputs.coords
    products = np.bincount(technique, minlength=len(economy.techniques))
    joint = np.zeros(len(economy.goods), dtype=bool)
    joint[good[products[technique] > 1]] = True
    return tuple(np.array(economy.goods.names)[~joint].tolist())


def none_wasted(
    problem: Problem, first: Solution, plan: Plan, engine: Engine
) -> dict[str, Any] | None:
    """Return what is reached with nothing left over of any good that is made alone.

    Returns
    -------
    dict or None
        None where it need not be asked: no target of output, no more than 1 % left over, or an
        objective without fulfilment. Else `answer` (optimal, infeasible, or failed where the
        solver gave none), `objective` and `phi`, least and greatest, both None without a plan.
    """
    economy, aims, calendar = problem.economy, problem.aims, problem.calendar
    alone = made_alone(economy)
    left = waste_shares(plan)[np.isin(economy.goods.names, alone)] > WASTE
    asked = aims.objective in {"ray", "common"} and (calendar.output_target > 0).any()
    if not asked or not left.any():
        return None
    exact = tuple(dict.fromkeys((*aims.no_waste, *alone)))
    strict = problem_of(economy, replace(aims, no_waste=exact), calendar)
    start = None if is_large(problem.programme) else _start(problem, strict, first)
    try:
        found = solve(strict.programme, start=start, engine=engine)
    except SolverFailed:
        return {"answer": "failed", "objective": None, "phi": None}
    if found.answer != "optimal":
        answer = "infeasible" if found.answer == "infeasible" else "failed"
        return {"answer": answer, "objective": None, "phi": None}
    phi = np.broadcast_to(strict.take("fulfilment", found.columns), calendar.wanted().shape)
    known = phi[calendar.wanted()]
    reached = (float(known.min()) + 0.0, float(known.max()) + 0.0)
    return {"answer": "optimal", "objective": found.objective, "phi": reached}


def _start(problem: Problem, strict: Problem, first: Solution) -> Basis | None:
    """Return where the first plan ended, for the same problem with more rows."""
    if first.basis is None:
        return None
    rows = np.full(len(strict.programme.row_low), BASIC, dtype=np.int64)
    for name, block in strict.rows.items():
        before = problem.rows.get(name)
        if before is not None and before.places.shape == block.places.shape:
            rows[block.places] = first.basis.rows[before.places]
    return Basis(first.basis.columns, rows)
