"""The proof of a plan: what is left of every limit and every price rule, without the solver."""

from sovplan.foundation.residuals import dual_bound, dual_residual, primal_residual
from sovplan.foundation.shapes import Vector
from sovplan.planning.problem import Problem
from sovplan.records.draft import Certificate, Plan
from sovplan.records.identities import balance_error


def certify(problem: Problem, columns: Vector, duals: Vector, plan: Plan) -> Certificate:
    """Return the certificate of a plan and its prices.

    Parameters
    ----------
    problem
        The programme whose limits and objective are meant.
    columns, duals
        x of the plan and y of the first objective.
    plan
        The plan as it will be printed; its balances are reckoned again.
    """
    programme = problem.programme
    bound = dual_bound(programme, duals)
    reached = float(programme.cost @ columns)
    return Certificate(
        primal=primal_residual(programme, columns),
        dual=dual_residual(programme, duals),
        gap=abs(reached - bound) / max(1e-12, abs(reached), abs(bound)),
        balance=balance_error(problem.economy, plan),
    )
