"""How wrong balances were when they were reckoned by hand, for want of rounds.

    x_q = f + A f + A^2 f + ... + A^q f

By hand two to five rounds were followed. What is missed of a good's output is at most about the
greatest eigenvalue of A to the power q + 1; goods deep in the economy, which people do not buy but
everything is made of, miss the most.

Source: Montias (1959), American Economic Review 49, 963-985; Ellman (1969), for what rounds there
were time for.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, final

import numpy as np

from sovplan.foundation.shapes import GoodsVector, Sparse
from sovplan.planning.coefficients import by_hand, gross_output

COUNTS: Final = (0, 1, 2, 3, 5, 8, 12)
"""Numbers of rounds that a figure shows."""


@final
@dataclass(frozen=True, slots=True)
class Missed:
    """What so many rounds miss, as parts of true gross output, 1.

    Parameters
    ----------
    count
        q: how often inputs of inputs were followed.
    worst, middle
        Of the good that misses most, and of the middle one among goods that are made.
    whole
        Of all output, each good counted by its own units; for tables in money only.
    """

    count: int
    worst: float
    middle: float
    whole: float


def missed_by_hand(
    inputs: Sparse,
    final_use: GoodsVector,
    goods: Sequence[str],
    counts: Sequence[int] = COUNTS,
) -> tuple[Missed, ...]:
    """Return what each number of rounds misses.

    Parameters
    ----------
    inputs
        A, goods x goods.
    final_use
        f, units.
    goods
        Names, for the error.
    counts
        Numbers of rounds, rising.

    Raises
    ------
    NotProductive
        Some goods use up as much as is made of them.
    """
    output = gross_output(inputs, final_use, goods)
    made = output > 0
    return tuple(
        Missed(
            found.count,
            found.worst,
            float(np.median(found.missing[made])) if made.any() else 0.0,
            float((found.missing * output).sum() / max(output.sum(), 1e-300)),
        )
        for found in by_hand(inputs, final_use, output, counts)
    )
