"""What an adopted plan asks of one year, read off its first year."""

from dataclasses import dataclass
from typing import final

import numpy as np

from sovplan.foundation.errors import PlanningError
from sovplan.foundation.shapes import GoodsVector, PlantsVector, TechniquesVector
from sovplan.foundation.words import say
from sovplan.records.draft import Draft


@final
@dataclass(frozen=True, slots=True, eq=False)
class Tasks:
    """What is to be done in a year.

    Parameters
    ----------
    year
        Calendar year.
    activity
        x of each technique, as planned.
    ordered
        n, capacity to be begun on each plant.
    imports, exports, consumption, floor, public, stock
        m, e, c, the part of c that is a floor, P, and the stock at the end, units.
    credit, migrants
        Foreign money to be drawn, and people to be moved.
    """

    year: int
    activity: TechniquesVector
    ordered: PlantsVector
    imports: GoodsVector
    exports: GoodsVector
    consumption: GoodsVector
    floor: GoodsVector
    public: GoodsVector
    stock: GoodsVector
    credit: float
    migrants: float


def tasks_of(draft: Draft) -> Tasks:
    """Return what a draft asks of its first year.

    Raises
    ------
    PlanningError
        The draft has no plan.
    """
    plan = draft.plan
    if plan is None:
        raise PlanningError(say("tasks.no_plan", status=draft.status))
    floor = np.minimum(draft.calendar.floor[:, 0], plan.consumption[:, 0])
    return Tasks(
        draft.years[0],
        plan.activity[:, 0],
        plan.ordered[:, 0],
        plan.imports[:, 0],
        plan.exports[:, 0],
        plan.consumption[:, 0],
        floor,
        plan.public[:, 0] + plan.moved[:, 0],
        plan.stock[:, 0],
        float(plan.credit[0]),
        float(plan.migrants[0]),
    )
