"""Rules by which the board moves indicative prices after a round.

A rule is given the prices, what was proposed at them and what it noted last time; it gives the next
prices and its next note, one number a good.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, final

import numpy as np

from sovplan.foundation.shapes import GoodsVector
from sovplan.planning.rounds.answers import Totals

Rule = Callable[[GoodsVector, Totals, GoodsVector], tuple[GoodsVector, GoodsVector]]
"""(prices, totals, note) to (next prices, next note); the first note is `NOTE` for every good."""

NOTE: Final = 0.25
"""The multiplier before round 1, and its greatest value."""
FLOOR: Final = 0.001
"""Least step of the program, relative to the price."""


def program(
    prices: GoodsVector, totals: Totals, note: GoodsVector
) -> tuple[GoodsVector, GoodsVector]:
    """Move prices as the program of the published experiments does.

        v = |2 (S - D)| / (S + D),  g = 1.05 - 0.5^v,  w = max(0.001, min(g, g m))
        p := p (1 - w) if S > D, p (1 + w) if S < D;   m := min(v, 0.25)

    The multiplier m is the imbalance of the round before.

    Source: pequod-cljs (2020); the lag and the floor stand in the program only.
    """
    imbalance = totals.imbalance
    reach = 1.05 - 0.5**imbalance
    step = np.maximum(FLOOR, np.minimum(reach, reach * note))
    return _moved(prices, totals, step), np.minimum(imbalance, NOTE)


def book(prices: GoodsVector, totals: Totals, note: GoodsVector) -> tuple[GoodsVector, GoodsVector]:
    """Move prices as the book prints the rule: w = min(v, 0.25) (1.05 - 0.5^v), no lag, no floor.

    Source: Hahnel (2021), p. 181, as quoted by the package demplan.
    """
    imbalance = totals.imbalance
    step = np.minimum(imbalance, NOTE) * (1.05 - 0.5**imbalance)
    return _moved(prices, totals, step), note


@final
@dataclass(frozen=True, slots=True)
class Ratio:
    """Multiply a price by (D / S)^power: it goes on to balance, where steps with a floor circle.

    Parameters
    ----------
    power
        Above 0. Assumed, range 0.05 to 0.15, unit 1: councils with returns of 0.9 answer a price
        with ten times its change, so that a power much above 0.15 overshoots and runs away.
    """

    power: float = 0.1

    def __call__(
        self, prices: GoodsVector, totals: Totals, note: GoodsVector
    ) -> tuple[GoodsVector, GoodsVector]:
        """Return the next prices; nothing is noted."""
        return prices * (totals.demand / totals.supply) ** self.power, note


def _moved(prices: GoodsVector, totals: Totals, step: GoodsVector) -> GoodsVector:
    return np.asarray(prices * (1.0 - np.sign(totals.supply - totals.demand) * step))
