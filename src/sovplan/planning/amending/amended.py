"""The planning problem with demands in it: as a programme, and put into a held one."""

from dataclasses import dataclass, replace
from typing import Final, final

import numpy as np
from scipy.sparse import csc_array, hstack

from sovplan.foundation.held import Held
from sovplan.foundation.programme import BASIC, Basis, Programme, Solution, extended
from sovplan.foundation.shapes import Vector
from sovplan.foundation.solver import solve
from sovplan.planning.amending.demands import Demands
from sovplan.planning.amending.ground import Ground

_WHOLE: Final = 1.0 - 1e-9
"""Part from which all of an amendment is met: the rest is rounding."""
EDGE: Final = 1e-6
"""Share by which a plan at the edge of what is possible stays away from it."""


@final
@dataclass(frozen=True, slots=True, eq=False)
class Elastic:
    """How much of some demands can be met.

    Parameters
    ----------
    part
        theta, the greatest part in [0, 1].
    programme, solution
        The programme  max theta  and its solution, whose prices prove that no more is possible;
        None where all can be met, which a plan proves.
    """

    part: float
    programme: Programme | None = None
    solution: Solution | None = None

    @property
    def whole(self) -> bool:
        """Whether all can be met."""
        return self.part >= 1.0

    @property
    def safe(self) -> float:
        """The part that plans are made for: a little less than what is just possible."""
        return 1.0 if self.whole else self.part * (1.0 - EDGE)


def amended(programme: Programme, demands: Demands, part: float) -> Programme:
    """Return a programme with a part of some demands as further rows at its end."""
    return extended(with_eased(programme, demands), demands.matrix, *demands.sides(part))


def with_eased(programme: Programme, demands: Demands) -> Programme:
    """Return a programme with struck targets and other bounds, without the rows of demands."""
    row_low, row_high = programme.row_low.copy(), programme.row_high.copy()
    row_low[list(demands.struck)] = -np.inf
    row_high[list(demands.opened)] = np.inf
    low, high = programme.low.copy(), programme.high.copy()
    for place, value in demands.low.items():
        low[place] = value
    for place, value in demands.high.items():
        high[place] = value
    return replace(programme, row_low=row_low, row_high=row_high, low=low, high=high)


def put_in(held: Held, demands: Demands, part: float) -> None:
    """Put a part of some demands into a held programme, as rows at its end."""
    eased = with_eased(held.programme, demands)
    rows = np.array(sorted({*demands.struck, *demands.opened}), dtype=np.int64)
    held.with_sides(rows, eased.row_low[rows], eased.row_high[rows])
    columns = np.array(sorted({*demands.low, *demands.high}), dtype=np.int64)
    held.with_bounds(columns, eased.low[columns], eased.high[columns])
    held.with_rows(demands.matrix, *demands.sides(part))


def move_to(held: Held, demands: Demands, part: float) -> None:
    """Move demands, the last rows of a held programme, to another part."""
    count = len(demands.wanted)
    rows = np.arange(count) + len(held.programme.row_low) - count
    held.with_sides(rows, *demands.sides(part))


def possible(ground: Ground, demands: Demands) -> bool:
    """Tell whether all of some demands can be met."""
    ground.aim.back(ground.at_best)
    put_in(ground.aim, demands, 1.0)
    answer = ground.aim.solve().answer
    ground.aim.back(ground.at_best)
    return answer != "infeasible"


def elastic(ground: Ground, demands: Demands, *, asked: bool = True) -> Elastic:
    """Return how much of some demands can be met.

    Solves  max theta,  0 <= theta <= 1,  a z - theta (b - b0) >= b0  with all limits of the plan.
    The draft itself meets them at theta = 0.

    Parameters
    ----------
    ground, demands
        The draft and what is asked of it.
    asked
        Whether to try first if all can be met; False where it is known that it cannot.
    """
    if asked and possible(ground, demands):
        return Elastic(1.0)
    programme = elastic_programme(ground.problem.programme, demands)
    basis = ground.basis
    start = None
    if basis is not None:
        columns = np.append(basis.columns, 0)
        start = Basis(columns, np.append(basis.rows, np.full(len(demands.wanted), BASIC)))
    found = solve(programme, start=start, engine="choose" if start is None else "primal")
    part = float(np.clip(found.columns[-1], 0.0, 1.0))
    return Elastic(1.0 if part >= _WHOLE else part, programme, found)


def elastic_programme(programme: Programme, demands: Demands) -> Programme:
    """Return the programme of the greatest part; its last column is theta."""
    still = amended(programme, demands, 0.0)
    slope = np.concatenate([np.zeros(len(programme.row_low)), -demands.change])
    return replace(
        still,
        cost=np.append(np.zeros(len(programme.cost)), 1.0),
        matrix=csc_array(hstack([still.matrix, csc_array(slope[:, None])])),
        low=np.append(still.low, 0.0),
        high=np.append(still.high, 1.0),
        maximise=True,
    )


def values_of(demands: Demands, columns: Vector) -> Vector:
    """Return what each demand has in a plan."""
    return np.asarray(demands.matrix @ columns)
