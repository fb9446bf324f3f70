"""What happens to councils between two years, and growth as the book measures it."""

from typing import Final

import numpy as np

from sovplan.foundation.chance import uniform
from sovplan.foundation.shapes import GoodsVector, Indices
from sovplan.planning.rounds.councils import Councils, with_exponents
from sovplan.planning.rounds.procedure import Course

INPUT_STEPS: Final = (0.0, 0.001, 0.002, 0.003, 0.004)
"""What an exponent of an input may gain between two years. Source: the published program."""
WANT_STEPS: Final = (-0.002, -0.001, 0.0, 0.001, 0.002)
"""What an exponent of a want may gain between two years. Source: the published program."""
RAISED: Final = 0.1
"""What increasing returns add to each exponent of an input. Source: the published program."""


def increasing_returns(councils: Councils, chosen: Indices, by: float = RAISED) -> Councils:
    """Return the councils with more added to every exponent of an input of some worker councils.

    Parameters
    ----------
    councils
        What is changed.
    chosen
        Places of worker councils, from 0.
    by
        What is added, 1.
    """
    exponents = councils.workers.exponents
    owner = np.repeat(np.arange(len(councils.workers)), np.diff(exponents.indptr))
    raised = np.isin(owner, chosen)
    return with_exponents(councils, np.where(raised, exponents.data + by, exponents.data))


def next_year(councils: Councils, seed: int, year: int = 2) -> Councils:
    """Return the councils a year later: each exponent gains one of five steps, all as likely.

    The draws of the published experiments are not recorded; ours have the same distribution.
    """
    inputs = councils.workers.exponents.data
    wants = councils.consumers.exponents
    first = uniform(seed, "inputs of councils", year, len(inputs))
    second = uniform(seed, "wants of councils", year, wants.size)
    return with_exponents(
        councils,
        inputs + np.array(INPUT_STEPS)[(5 * first).astype(np.int64)],
        wants + np.array(WANT_STEPS)[(5 * second).astype(np.int64)].reshape(wants.shape),
    )


def growth(first: Course, second: Course) -> float:
    """Return the growth of what is made for consumers, 1.

    The mean of growth at the last prices of both years, private and public goods only.

    Source: Hahnel (2021), note 15 of ch. 9, as quoted by the package demplan.
    """
    finals = first.answers.councils.of_kind("private", "public")
    before, after = first.supply[-1][finals], second.supply[-1][finals]

    def at(prices: GoodsVector) -> float:
        worth = float(prices[finals] @ before)
        return float(prices[finals] @ after) / worth - 1.0

    return (at(first.prices) + at(second.prices)) / 2.0
