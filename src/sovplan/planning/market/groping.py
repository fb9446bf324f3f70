"""Prices that move with excess demand, good by good, towards the best plan.

Every limit of the planning problem has a price. Turn by turn, everybody does a little more of what
gains at the prices of the day and a little less of what loses, and every price rises where more is
asked for than there is and falls where there is more:

    x := within its bounds   x - tau (cost + A'y)
    y := moved by            sigma (A (2 x_new - x) - what there is)

with steps tau and sigma of each column and row that keep to 1 / (sum of its coefficients). Nobody
sees more than prices and his own technique. The plain gradient process circles; looking ahead by
2 x_new - x makes it come to rest.

Source: Arrow and Hurwicz (1960), Decentralization and computation in resource allocation; in the
form that comes to rest, Chambolle and Pock (2011), J. Math. Imaging Vision 40, 120-145, with the
steps of Pock and Chambolle (2011), ICCV, 1762-1769.
"""

from dataclasses import dataclass
from typing import Final, final

import numpy as np
from scipy.sparse import csr_array

from sovplan.foundation.programme import Programme, levelled, levels, scaled, scales
from sovplan.foundation.residuals import dual_bound, dual_residual, primal_residual
from sovplan.foundation.shapes import Vector

TURNS: Final = 6_000
"""Most turns. Assumed, range 100 to 100 000: how long a market may grope before it must deliver."""
CLOSE: Final = 1e-5
"""Greatest residual of a limit, and gap, at which groping ends."""
LOOK: Final = 100
"""Turns between two looks at the residual."""


@final
@dataclass(frozen=True, slots=True, eq=False)
class Groping:
    """Where groping came to.

    Parameters
    ----------
    columns, prices
        x and the price of each row, as a dual of the programme.
    turns
        Turns that were taken.
    residual
        Greatest residual of a limit, 1.
    """

    columns: Vector
    prices: Vector
    turns: int
    residual: float


def grope(programme: Programme, turns: int = TURNS) -> Groping:
    """Return where prices and activities come to after so many turns at most."""
    rows, columns = scales(programme)
    easier = scaled(programme, rows, columns)
    of_prices, of_quantities = levels(easier)
    easier = levelled(easier, of_prices, of_quantities)
    sign = -1.0 if programme.maximise else 1.0
    cost, matrix = sign * easier.cost, csr_array(easier.matrix)
    turned = csr_array(matrix.T)
    size = abs(matrix)
    tau = 1.0 / np.maximum(np.asarray(size.sum(axis=0)).ravel(), 1e-12)
    sigma = 1.0 / np.maximum(np.asarray(size.sum(axis=1)).ravel(), 1e-12)
    x, y = np.clip(np.zeros(len(cost)), easier.low, easier.high), np.zeros(len(sigma))
    done, residual = 0, float("inf")
    while done < turns:
        for _ in range(min(LOOK, turns - done)):
            moved = np.clip(x - tau * (cost + turned @ y), easier.low, easier.high)
            ahead = y + sigma * (matrix @ (2.0 * moved - x))
            y = ahead - sigma * np.clip(ahead / sigma, easier.row_low, easier.row_high)
            x = moved
            done += 1
        residual = primal_residual(easier, x)
        if max(residual, _gap(easier, x, -sign * y)) <= CLOSE:
            break
    return Groping(x * columns * of_quantities, -sign * y * rows * of_prices, done, residual)


def _gap(programme: Programme, x: Vector, prices: Vector) -> float:
    """Return how far activities and prices are from proving each other the best."""
    reached, bound = float(programme.cost @ x), dual_bound(programme, prices)
    gap = abs(reached - bound) / max(1e-12, abs(reached), abs(bound))
    return max(gap, dual_residual(programme, prices))
