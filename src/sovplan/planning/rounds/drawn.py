"""Councils drawn at random as those of the published experiments were.

Every range is that of the published generator; distributions are uniform. 100 worker councils make
each product. Source: README of the reference case `hahnel2021`, from the package demplan.
"""

from typing import Final

import numpy as np
from scipy.sparse import csr_array

from sovplan.foundation.chance import uniform
from sovplan.foundation.shapes import Indices, Vector
from sovplan.planning.rounds.councils import ENDOWMENT, KINDS, Consumers, Councils, Kind, Workers

MOST_INPUTS: Final[tuple[tuple[Kind, int], ...]] = (
    ("intermediate", 4),
    ("nature", 2),
    ("labour", 2),
)
"""A council uses at least one and at most so many goods of each kind, none twice."""
EXPONENTS: Final = (0.75, 0.85)
"""Range of the exponents of n inputs, times n."""
EFFORT: Final = (0.05, 0.1)
POWER: Final = (3.0, 4.0)
SCALE: Final = (4.0, 6.0)
INCOME: Final = 5000.0
WANTS: Final = (0.25, 0.5)
"""Range of the exponents of wants, times the number of private goods of each council's list."""


def drawn(seed: int, each: int = 10, makers: int = 100, consumers: int | None = None) -> Councils:
    """Draw councils.

    Parameters
    ----------
    seed
        Root of all luck.
    each
        Goods of each of the five kinds: 10 gives the small experiments, 100 those of the book.
    makers
        Worker councils that make each product.
    consumers
        Number of consumer councils; as many as worker councils if None.
    """
    goods = tuple(f"{kind} {place + 1}" for kind in KINDS for place in range(each))
    kinds = tuple(kind for kind in KINDS for _ in range(each))
    start = {kind: place * each for place, kind in enumerate(KINDS)}
    made = np.concatenate([start[kind] + np.arange(each) for kind in ("private", "intermediate")])
    made = np.concatenate([made, start["public"] + np.arange(each)])
    product = np.repeat(made, makers)
    workers = _workers(seed, product, start, each)
    count = len(product) if consumers is None else consumers
    columns = np.concatenate(
        [start["private"] + np.arange(each), start["public"] + np.arange(each)]
    )
    wants = _between(seed, "wants", count * len(columns), (WANTS[0] / each, WANTS[1] / each))
    people = Consumers(columns, wants.reshape(count, len(columns)), np.full(count, INCOME))
    given = np.where(np.isin(np.array(kinds), ("nature", "labour")), ENDOWMENT, 0.0)
    return Councils(goods, kinds, given, workers, people)


def _workers(seed: int, product: Indices, start: dict[Kind, int], each: int) -> Workers:
    count = len(product)
    rows, columns = [], []
    for kind, most in MOST_INPUTS:
        share = uniform(seed, f"councils: number of {kind}", 1, count)
        number = 1 + (most * share).astype(np.int64)
        lots = uniform(seed, f"councils: which {kind}", 1, count * each).reshape(count, each)
        # The goods with the least lots: a draw without repetition.
        order = np.argpartition(lots, np.arange(min(most, each)), axis=1)[:, :most]
        chosen = np.arange(order.shape[1])[None, :] < number[:, None]
        rows.append(np.nonzero(chosen)[0])
        columns.append(start[kind] + order[chosen])
    row, column = np.concatenate(rows), np.concatenate(columns)
    inputs = np.bincount(row, minlength=count)
    low, high = EXPONENTS
    size = low + (high - low) * uniform(seed, "councils: exponents", 1, len(row))
    exponents = csr_array((size / inputs[row], (row, column)), shape=(count, len(KINDS) * each))
    exponents.sort_indices()
    return Workers(
        product,
        exponents,
        _between(seed, "scale", count, SCALE),
        _between(seed, "effort", count, EFFORT),
        _between(seed, "power", count, POWER),
        np.ones(count),
    )


def _between(seed: int, name: str, count: int, limits: tuple[float, float]) -> Vector:
    low, high = limits
    return low + (high - low) * uniform(seed, f"councils: {name}", 1, count)
