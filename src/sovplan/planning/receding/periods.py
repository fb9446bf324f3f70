"""Supply and use tables of successive periods, as the receding plan needs them."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias, final

import numpy as np
from numpy.typing import NDArray

from sovplan.foundation.errors import DataError
from sovplan.foundation.words import say

if TYPE_CHECKING:
    ByPeriod: TypeAlias = NDArray[np.float64]
    Flows: TypeAlias = NDArray[np.float64]
else:
    from jaxtyping import Float

    ByPeriod = Float[np.ndarray, "periods _"]
    Flows = Float[np.ndarray, "periods _ _"]


@final
@dataclass(frozen=True, slots=True, eq=False)
class Periods:
    """What is known of P periods: n products, k sectors, q pollutants.

    Activity 1 of a sector is its activity in the table.

    Parameters
    ----------
    supply, use
        What a sector makes, and what it uses of products from here and abroad, at activity 1:
        P x n x k, units of the table.
    kept
        Share of what is left over of a product that is there in the next period, P x n, 1.
    import_price, export_price
        P x n, foreign money per unit.
    hours
        Work of a sector at activity 1, P x k.
    wanted, exports
        Final use at home, of products from here or abroad, and exports, P x n, units.
    emissions, emission_limit
        P x q x k at activity 1, and P x q; q may be 0.
    """

    supply: Flows
    use: Flows
    kept: ByPeriod
    import_price: ByPeriod
    export_price: ByPeriod
    hours: ByPeriod
    wanted: ByPeriod
    exports: ByPeriod
    emissions: Flows
    emission_limit: ByPeriod

    def __len__(self) -> int:
        """Return the number of periods."""
        return len(self.supply)

    @property
    def made(self) -> Flows:
        """What a sector leaves of each product at activity 1, less what it uses."""
        return np.asarray(self.supply - self.use)


def check(periods: Periods, horizon: int, revise: int, count: int) -> None:
    """Do nothing if so many periods can be planned.

    Raises
    ------
    DataError
        A window would be empty or reach beyond the last table.
    """
    if not 1 <= revise <= horizon or count < 1:
        raise DataError(say("receding.window", horizon=horizon, revise=revise))
    last = (count - 1) // revise * revise + horizon
    if last > len(periods):
        raise DataError(say("receding.tables", needed=last, there=len(periods)))
