"""The rounds: councils answer, the board looks at the worst imbalance and moves the prices."""

from dataclasses import dataclass
from typing import Final, final

import numpy as np

from sovplan.foundation.shapes import GoodsVector, Matrix, Vector
from sovplan.planning.rounds.answers import Answers, answers_of, imbalance_of
from sovplan.planning.rounds.councils import Councils
from sovplan.planning.rounds.prices import NOTE, Rule, program

FIRST_PRICE: Final = 700.0
"""Price of every good in round 1 of a cold start. Source: the published experiments."""
MOST: Final = 250
"""Rounds after which the board gives up."""


@final
@dataclass(frozen=True, slots=True, eq=False)
class Course:
    """What happened, round by round.

    Parameters
    ----------
    answers
        The councils, ready to answer again.
    asked
        Prices at which each round's proposals were made, rounds x goods.
    supply, demand
        What was proposed, rounds x goods.
    prices, note
        Prices after the last move, and what the rule noted: where the next year starts.
    """

    answers: Answers
    asked: Matrix
    supply: Matrix
    demand: Matrix
    prices: GoodsVector
    note: GoodsVector

    def __len__(self) -> int:
        """Return the number of rounds."""
        return len(self.asked)

    @property
    def imbalance(self) -> Matrix:
        """Imbalance of each good in each round, 1."""
        return imbalance_of(self.supply, self.demand)

    @property
    def worst(self) -> Vector:
        """Worst imbalance of each round, 1."""
        return np.asarray(self.imbalance.max(axis=1))

    def first_below(self, share: float) -> int | None:
        """Return the first round, from 1, in which every imbalance is below a share."""
        below = np.flatnonzero(self.worst < share)
        return int(below[0]) + 1 if len(below) else None


def rounds(
    councils: Councils | Answers,
    *,
    until: float = 0.05,
    rule: Rule = program,
    prices: float | GoodsVector = FIRST_PRICE,
    note: float | GoodsVector = NOTE,
    most: int = MOST,
) -> Course:
    """Hold rounds until every imbalance is below a share.

    Parameters
    ----------
    councils
        Who proposes.
    until
        Share below which every imbalance must be, 1; the book reports 0.05 and 0.03.
    rule
        How the board moves prices.
    prices, note
        Prices of round 1 and the rule's first note: those where another year ended, for a warm
        start.
    most
        Most rounds.

    Raises
    ------
    DataError
        Some council has no single answer.
    """
    answers = councils if isinstance(councils, Answers) else answers_of(councils)
    width = len(answers.councils.goods)
    price = np.broadcast_to(np.asarray(prices, dtype=np.float64), (width,)).copy()
    noted = np.broadcast_to(np.asarray(note, dtype=np.float64), (width,)).copy()
    asked, supply, demand = [], [], []
    for _ in range(most):
        totals = answers.totals(price)
        asked.append(price)
        supply.append(totals.supply)
        demand.append(totals.demand)
        # The program moves prices after the last round too: a warm start begins there.
        price, noted = rule(price, totals, noted)
        if totals.imbalance.max() < until or not np.isfinite(price).all():
            break
    return Course(answers, np.array(asked), np.array(supply), np.array(demand), price, noted)
