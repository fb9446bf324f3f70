"""Amendments in short, and what checks them without the code under test."""

from functools import cache
from typing import Any

import numpy as np

from sovplan.foundation.programme import Programme
from sovplan.foundation.solver import solve
from sovplan.history.economies import folder_path, read_aims, read_economy
from sovplan.planning.amending.amended import amended
from sovplan.planning.amending.demands import Demands
from sovplan.planning.amending.ground import Ground, ground_of
from sovplan.records.aims import Aims
from sovplan.records.amendments import Amendment, Clause
from sovplan.records.returns import Returns


@cache
def ground(name: str, aims: str | None = None) -> Ground:
    """Return the draft of an embedded economy, made ready once."""
    economy = read_economy(name)
    wanted = Aims() if aims is None else read_aims(aims, economy, folder_path(name))
    return ground_of(Returns(economy), wanted)


def raised(good: str, by: float, of: str = "consumption", **more: Any) -> Amendment:  # noqa: ANN401
    """Return an amendment that raises one good by per cent."""
    return Amendment(f"more {good}", (Clause("raise", (good,), of, by=float(by)),), **more)


def lowered(good: str, by: float, of: str = "consumption") -> Amendment:
    """Return an amendment that lowers one good by per cent."""
    return Amendment(f"less {good}", (Clause("lower", (good,), of, by=float(by)),))


def fits(found: Ground, demands: Demands, part: float) -> bool:
    """Tell by a solve of its own whether a part of some demands can be met."""
    programme = amended(found.problem.programme, demands, part)
    return solve(programme, engine="simplex", exact=False).answer != "infeasible"


def violation(programme: Programme, columns: np.ndarray) -> float:
    """Return the greatest violation of any row or bound, written out as the page says it."""
    rows = np.asarray(programme.matrix @ columns)
    terms = abs(programme.matrix) @ np.abs(columns)
    worst = 0.0
    for value, low, high, size in (
        (rows, programme.row_low, programme.row_high, terms),
        (columns, programme.low, programme.high, np.abs(columns)),
    ):
        below = np.where(np.isfinite(low), low - value, 0.0)
        above = np.where(np.isfinite(high), value - high, 0.0)
        scale = np.maximum(size, 1.0)
        worst = max(worst, float((np.maximum(below, above) / scale).max(initial=0.0)))
    return worst
