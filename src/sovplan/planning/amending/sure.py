"""How certain a cost is: the same amendment held against plans made for drawn numbers.

For each draw of the economy's numbers (`drawn`) the best plan is made anew, with these numbers
known, and the amendment is costed as on the sheet. What is raised or lowered by per cent is so
beside the plan of that draw. So a cost is uncertain here as far as the numbers are, not as far as
people are.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Final

import numpy as np

from sovplan.foundation.errors import DataError, PlanningError
from sovplan.foundation.words import say
from sovplan.planning.amending.amended import elastic
from sovplan.planning.amending.demands import demands_of
from sovplan.planning.amending.ground import Ground, ground_of
from sovplan.planning.amending.price import price_if_possible, work_price
from sovplan.planning.drawn import drawn_folders
from sovplan.planning.draws import Luck
from sovplan.planning.stress import MOST_DRAWS, QUANTILES, wilson
from sovplan.records.aims import Aims
from sovplan.records.amendments import Amendment
from sovplan.records.assembly import economy_of
from sovplan.records.certainty import Certainty
from sovplan.records.folder import Folder
from sovplan.records.returns import Returns

_NOTHING: Final = 1e-9
"""Relative size of a cost that is rounding."""


def certainties(
    folder: Folder,
    aims: Aims,
    amendments: Sequence[Amendment],
    draws: int,
    seed: int = 1,
    *,
    each: Callable[[int], None] = lambda _: None,
) -> tuple[Certainty, ...]:
    """Return how certain the costs of some amendments are.

    Parameters
    ----------
    folder
        The economy as written, with the columns low and high.
    aims
        Of the draft, with all years said.
    amendments
        What is asked for.
    draws
        How many times the numbers are drawn, 1 to 10,000.
    seed
        Root of the luck: the same draws as of `sovplan.planning.stress.stress`.
    each
        Is told after each draw how many are done.

    Raises
    ------
    DataError
        There are no draws, or too many; or the draft of a draw has nothing of what is to be raised
        or lowered by per cent.
    """
    if draws < 1:
        raise DataError(say("robust.no_draws", draws=draws))
    if draws > MOST_DRAWS:
        raise DataError(say("robust.many_draws", draws=draws, most=MOST_DRAWS))
    found = np.full((len(amendments), draws, 3), np.nan)
    planned = 0
    for draw, own in enumerate(drawn_folders(folder, Luck(seed, tuple(range(draws))))):
        ground = _ground(own, aims)
        if ground is not None:
            planned += 1
            found[:, draw] = [_costed(ground, amendment) for amendment in amendments]
        each(draw + 1)
    return tuple(_certainty(rows, seed, planned) for rows in found)


def _ground(folder: Folder, aims: Aims) -> Ground | None:
    """Return the best plan for one draw; None where its floors cannot be met."""
    try:
        return ground_of(Returns(economy_of(folder)), aims)
    except PlanningError:
        return None


def _costed(ground: Ground, amendment: Amendment) -> tuple[float, float, float]:
    """Return the part that can be met, and the cost in the aim and in hours where it is all."""
    demands = demands_of(ground, [amendment])
    if not demands.moves.any():
        return 1.0, 0.0, 0.0
    exact = price_if_possible(ground, demands, 1.0)
    if exact is None:
        part = elastic(ground, demands, asked=False).part
        return part, np.nan, np.nan
    cost = exact.cost if abs(exact.cost) > _NOTHING * abs(ground.objective) else 0.0
    work = work_price(ground, demands, 1.0, exact.solution.objective)
    return 1.0, cost, work.hours


def _certainty(rows: np.ndarray, seed: int, planned: int) -> Certainty:
    parts = np.nan_to_num(rows[:, 0])
    whole = parts >= 1.0
    share = float(whole.mean())
    low, high = wilson(np.array(share), len(rows))
    return Certainty(
        len(rows),
        seed,
        planned,
        (share, float(low), float(high)),
        _quantiles(parts),
        _quantiles(rows[whole, 1]),
        _quantiles(rows[whole, 2]),
    )


def _quantiles(values: Iterable[float]) -> tuple[float, ...]:
    """Return the values at 5, 50 and 95 %; nothing where there are none."""
    array = np.asarray(list(values))
    return tuple(float(one) for one in np.quantile(array, QUANTILES)) if len(array) else ()
