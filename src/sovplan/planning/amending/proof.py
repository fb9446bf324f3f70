"""How far a plan and its prices prove each other, from plain numbers and without a solver.

For   max (or min)  c x   subject to   row_low <= A x <= row_high,  low <= x <= high   a plan x and
prices y prove each other where both residuals and the gap are small. The bound is that of
`certificate`, which holds whatever the prices are: nothing is left out of it. That some demands
cannot be met is proved there too, by the same sum (`contradiction`).
"""

from dataclasses import dataclass
from typing import final

from sovplan.foundation.programme import Programme
from sovplan.foundation.residuals import dual_residual, inner, primal_residual
from sovplan.foundation.shapes import Vector
from sovplan.planning.certificate import ENOUGH, gap_between, proven_bound


@final
@dataclass(frozen=True, slots=True)
class Proof:
    """How far a plan and its prices are from proving each other.

    Parameters
    ----------
    primal, dual
        Greatest residual of a limit and of a price rule, relative to the greatest term.
    gap
        |value - bound| / max(1e-12, |value|, |bound|, unit).
    value, bound
        c x, and the bound that the prices prove.
    """

    primal: float
    dual: float
    gap: float
    value: float
    bound: float


def proof_of(
    programme: Programme,
    columns: Vector,
    duals: Vector,
    most: Vector | None = None,
    *,
    unit: float = 0.0,
) -> Proof:
    """Return how far columns x and duals y are from solving a programme; no solver is asked.

    Parameters
    ----------
    programme, columns, duals
        What is to be proved.
    most
        What each column can be at most, if `reach` was asked before.
    unit
        What the objective is measured by where it is smaller: the draft's aim, of which an
        amendment costs a part; one line of a plan, which changes by a part.
    """
    value = inner(programme.cost, columns)
    bound = proven_bound(programme, duals, most, reached=value)
    gap = gap_between(value, bound, unit)
    if most is not None and gap > ENOUGH:
        # What is known of wider limits may prove less than the programme's own.
        bound = proven_bound(programme, duals, reached=value)
        gap = gap_between(value, bound, unit)
    return Proof(
        primal_residual(programme, columns),
        dual_residual(programme, duals),
        gap,
        value,
        bound,
    )
