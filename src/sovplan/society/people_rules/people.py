"""Who people are at the start: one to one, one in a hundred, or a sample with weights.

Persons have the keys 0 to n - 1 and draw what they are by the rules of `founders`, so that a person
of a smaller society is the same person in a larger one with the same classes. Totals of classes
are exact: the largest remainders get the persons that rounding leaves over, and in a sample the
weights of a class sum to its total.
"""

from collections.abc import Mapping
from itertools import pairwise
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from sovplan.foundation.engine.blocks import Given
from sovplan.foundation.engine.engine import Engine, Kind
from sovplan.foundation.engine.rows import SPARE, Rows
from sovplan.foundation.engine.tables import Table
from sovplan.foundation.errors import DataError
from sovplan.foundation.words import say
from sovplan.society.people_rules.founders import AGES as AGES_AT_START
from sovplan.society.people_rules.founders import GUESS, alias, founding, pyramid
from sovplan.society.people_rules.numbers import START, values
from sovplan.society.people_rules.tables import (
    AGES,
    BRANCHES,
    CELL,
    CELLS,
    CLASS,
    CLASSES,
    NATION,
    RATES,
    tables,
)  # fmt: skip

_PART: Final = 1 << 22  # keys made at once, so that making them takes little room
_MANY: Final = 4_000_000
"""Rows from which on compiling the rules of the start pays."""
FEW: Kind = "arrays"
"""Engine that makes fewer."""


def society(
    people: int, rows: int | None = None, *, seed: int = 1, threads: int = 1
) -> dict[str, Rows]:
    """Return the tables of a society.

    Parameters
    ----------
    people
        How many persons there are.
    rows
        How many rows show them; None for one to one. Classes share them by the square roots of
        their numbers, so that small classes are seen as well.
    seed
        Root of what persons are.
    threads
        Threads that make them; they are the same for any number.

    Raises
    ------
    DataError
        There are more rows than persons, or too few to show every class.
    """
    start = values(START)
    shares = np.array([start[name] for name in CLASSES])
    totals = apportioned(shares, people)
    counts = totals if rows is None else sampled(np.sqrt(shares), totals, rows)
    if (counts[totals > 0] == 0).any():
        raise DataError(say("society.size", people=people, rows=rows))
    table = tables(weighted=rows is not None)[0]
    size = int(counts.sum())
    room = size + size // SPARE + 1024
    columns = {column.name: np.zeros(room, dtype=column.dtype) for column in table.kept}
    columns["key"] = np.zeros(room, dtype=np.uint64)
    for low in range(0, size, _PART):
        high = min(low + _PART, size)
        columns["key"][low:high] = np.arange(low, high, dtype=np.uint64)
    edges = np.cumsum([0, *counts])
    for number, (low, high) in enumerate(pairwise(edges)):
        columns["stratum"][low:high] = number
    if rows is not None:
        columns["weight"][:size] = np.concatenate(
            [spread(int(total), int(many)) for total, many in zip(totals, counts, strict=True)]
        )
    made = {"people": Rows(table, size, columns), **_above(start)}
    _begin(made, seed, "compiled" if size >= _MANY else FEW, threads)
    return made


def apportioned(shares: NDArray[np.float64], total: int) -> NDArray[np.int64]:
    """Share a whole number out by shares; the largest remainders get what rounding leaves."""
    exact = shares / shares.sum() * total
    parts = np.floor(exact).astype(np.int64)
    first = np.argsort(-(exact - parts), kind="stable")[: total - int(parts.sum())]
    parts[first] += 1
    return np.asarray(parts)


def sampled(shares: NDArray[np.float64], totals: NDArray[np.int64], rows: int) -> NDArray[np.int64]:
    """Share rows out by shares, but no class gets more rows than it has persons."""
    if rows > totals.sum():
        raise DataError(say("society.size", people=int(totals.sum()), rows=rows))
    counts, full = np.zeros_like(totals), np.zeros(len(totals), dtype=np.bool_)
    while True:
        counts[full] = totals[full]
        counts[~full] = apportioned(shares[~full], rows - int(totals[full].sum()))
        if not (counts > totals).any():
            return counts
        full |= counts > totals


def spread(total: int, rows: int) -> NDArray[np.int64]:
    """Return whole weights that differ by one at most and sum to a total."""
    base, more = divmod(total, max(rows, 1))
    return np.asarray(base + (np.arange(rows) < more), dtype=np.int64)


def _begin(tables: dict[str, Rows], seed: int, how: Kind, threads: int) -> None:
    """Let all rows become who they are, by the rules of the start."""
    # What the years read too, such as ages at school, stands among their parameters.
    start, people = {**values(), **values(START)}, tables["people"]
    composition = founding(weighted=bool(people.table.weight))
    kept, other = alias(pyramid(start["growth"], values()))
    rows = Rows(composition.tables["people"], people.size, people.columns)
    guess = Rows(GUESS, AGES_AT_START, {"kept": kept, "other": other})
    engine = Engine(composition, how, threads=threads)
    given = Given(seed, 0, {name: start[name] for name in composition.values()})
    engine.year({"people": rows, "guess": guess, "class": tables["class"]}, given)


def _by_class(start: Mapping[str, float], name: str) -> list[float]:
    """Return a number of each class."""
    return [start[f"{name}_{each}"] for each in CLASSES]


def _above(start: Mapping[str, float]) -> dict[str, Rows]:
    """Return the tables above persons."""

    def blank(table: Table, size: int, **given: Any) -> Rows:  # noqa: ANN401 - arrays
        columns = {c.name: np.zeros(size, dtype=c.dtype) for c in table.kept}
        for name, numbers in given.items():
            columns[name][:] = numbers
        return Rows(table, size, columns)

    place = np.arange(CELLS)
    classes, branches = len(CLASSES), len(BRANCHES)
    return {
        "cell": blank(
            CELL,
            CELLS,
            region=place // (branches * classes),
            branch=place // classes % branches,
            stratum=place % classes,
        ),
        "class": blank(
            CLASS,
            classes,
            **{name: _by_class(start, name) for name in ("grade", "norm", "entry")},
        ),
        "rates": blank(RATES, 2 * AGES, age=np.arange(2 * AGES) % AGES, sex=np.arange(512) // AGES),
        "nation": blank(NATION, 1),
    }
