"""How certain the cost of an amendment is, and how far its answers are proved, as papers."""

from dataclasses import dataclass
from typing import final


@final
@dataclass(frozen=True, slots=True)
class Certainty:
    """How certain a cost is: what plans made for drawn numbers say of it.

    Parameters
    ----------
    draws, seed
        How many times the numbers of the economy were drawn, and the root of the luck.
    planned
        Draws in which there is a plan at all; in the others nothing of the amendment counts as met.
    whole
        Share of all draws in which the amendment can be met in full, and its interval of 95 %.
    theta
        Part that can be met, at 5, 50 and 95 % of all draws.
    aim, hours
        Cost in the aim and in hours as in `PriceTag`, at 5, 50 and 95 % of the draws in which the
        amendment can be met in full; empty where there is none.
    """

    draws: int
    seed: int
    planned: int
    whole: tuple[float, float, float]
    theta: tuple[float, ...]
    aim: tuple[float, ...]
    hours: tuple[float, ...]


@final
@dataclass(frozen=True, slots=True)
class Proved:
    """The numbers that prove an answer: residuals of limits and prices, gap, error of balances."""

    primal: float
    dual: float
    gap: float
    balance: float
