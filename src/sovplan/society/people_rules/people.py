"""Who people are at the start: one to one, one in a hundred, or a sample with weights.

Persons have the keys 0 to n - 1 and draw what they are from streams of their own, so that a person
of a smaller society is the same person in a larger one with the same classes. Totals of classes
are exact: the largest remainders get the persons that rounding leaves over, and in a sample the
weights of a class sum to its total.
"""

from collections.abc import Mapping
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from sovplan.foundation.chance import uniform
from sovplan.foundation.engine.rows import Rows, Stored
from sovplan.foundation.engine.tables import Table
from sovplan.foundation.errors import DataError
from sovplan.foundation.words import say
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
    REGIONS,
    tables,
)  # fmt: skip

_PART: Final = 1 << 20  # persons made at once, so that making them takes little room


def society(people: int, rows: int | None = None, *, seed: int = 1) -> dict[str, Rows]:
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
    room = size + size // 64 + 1024
    columns = {column.name: np.zeros(room, dtype=column.dtype) for column in table.kept}
    columns["key"] = np.arange(room, dtype=np.uint64)
    columns["stratum"][:size] = np.repeat(np.arange(len(CLASSES)), counts)
    columns["age"][size:] = 255
    for low in range(0, size, _PART):
        part = slice(low, min(low + _PART, size))
        _be(columns, part, start, seed)
    if rows is not None:
        columns["weight"][:size] = np.concatenate(
            [spread(int(total), int(many)) for total, many in zip(totals, counts, strict=True)]
        )
    return {"people": Rows(table, size, columns), **_above(start)}


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


def _be(columns: Mapping[str, Stored], part: slice, start: Mapping[str, float], seed: int) -> None:
    """Give some persons age, sex, place, work and views."""
    keys = columns["key"][part].view(np.int64)

    def draw(name: str, number: int = 0) -> NDArray[np.float64]:
        return uniform(seed, f"start {name}", 0, keys, number)

    pyramid = np.cumsum(_pyramid(start["growth"]))
    age = np.searchsorted(pyramid / pyramid[-1], draw("age"), side="right").astype(np.uint8)
    stratum = columns["stratum"][part]
    grown = age >= 18
    columns["age"][part] = age
    columns["sex"][part] = draw("sex") < start["women"]
    columns["region"][part] = draw("region") * REGIONS
    town = 1 + (draw("branch") * (len(BRANCHES) - 1)).astype(np.uint8)
    columns["branch"][part] = np.where(stratum == 0, 0, town)
    entries = np.array(_by_class(start, "entry"))[stratum]
    members = start["members"] * entries / start["entry_mean"] * grown
    columns["party"][part] = np.where(draw("party") < members, 1 + draw("party", 1) * 9, 0)
    years = np.clip(age.astype(np.int64) - 7, 0, 11)
    columns["schooling"][part] = np.floor(
        years * np.minimum(2 * start["schooled"] * draw("school"), 1)
    )
    for name in ("skill", "morale", "belief"):
        width = (draw(name) - 0.5) * 0.4
        share = np.clip(start[name] + width, 0.0, 1.0)
        columns[name][part] = share * (grown if name == "skill" else 1) * 65535
    columns["savings"][part] = start["savings"] * 2 * draw("savings") * grown


def _pyramid(growth: float) -> NDArray[np.float64]:
    """Return shares of ages 0 to 99: births that grew, less deaths of rule R28."""
    ages = np.arange(100)
    deaths = values()
    rate = (
        deaths["die_base"]
        + deaths["die_old"] * np.exp(deaths["die_rise"] * ages)
        + deaths["die_child"] * (ages == 0)
        + deaths["die_young"] * ((ages > 0) & (ages < 5))
    )
    alive = np.concatenate([[1.0], np.cumprod(1.0 - np.minimum(rate, 1.0))[:-1]])
    return np.asarray(alive * np.exp(-growth * ages))


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
