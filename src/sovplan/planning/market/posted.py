"""Posted prices with queues, among councils: prices stand still and goods run out.

At posted prices councils make and ask for what suits them. A good asked for in excess is shared out
in one proportion; the rest of the demand stands in the queue. Works that get less make less, so a
queue for one good lengthens others. A good asked for too little stays on the shelves.

Source: fixed-price equilibrium with proportional rationing, Bénassy (1975), Review of Economic
Studies 42, 503-523; here the quantities are those of `rounds.repair`.
"""

from dataclasses import dataclass
from typing import final

import numpy as np

from sovplan.foundation.shapes import GoodsVector
from sovplan.planning.rounds.answers import Answers
from sovplan.planning.rounds.procedure import rounds
from sovplan.planning.rounds.repair import Repair, repaired


@final
@dataclass(frozen=True, slots=True, eq=False)
class Posted:
    """What happens at posted prices.

    Parameters
    ----------
    prices
        Money per unit.
    repair
        What is made and shared out.
    """

    prices: GoodsVector
    repair: Repair

    @property
    def queue(self) -> GoodsVector:
        """Part of what is asked for of each good that is not served, 1."""
        return np.asarray(1.0 - self.repair.part)

    @property
    def unsold(self) -> GoodsVector:
        """Part of each good that stays on the shelves, 1."""
        return self.repair.waste


def posted(answers: Answers, prices: GoodsVector) -> Posted:
    """Return what councils get at prices that do not move.

    Raises
    ------
    PlanningError
        Works that lack inputs starve each other without end.
    """
    return Posted(prices, repaired(rounds(answers, prices=prices, most=1)))
