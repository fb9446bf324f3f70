"""Posts are filled: from the top, in the order of ranks, to the person; then who was appointed.

A row of officials is parted where a number ends within it: both parts keep the person's key, so
persons stay as they are.
"""

from collections.abc import Mapping
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from sovplan.foundation.order import ordered
from sovplan.society.bodies.tables import NONE
from sovplan.society.bodies.tiers import KINDS, Tier

Column = NDArray[Any]
Officials = dict[str, Column]
"""Columns of officials by name, with their keys."""
Mask = NDArray[np.bool_]
Ranks = NDArray[np.float64]

PARTY: Final = KINDS.index("party")
_PEOPLE: Final = ("party", "skill", "talent", "schooling", "sex", "origin")


def agreed(officials: Officials, persons: Mapping[str, Column]) -> Officials:
    """Return officials as persons have them: who is one no more is out, who is new has no post.

    Parameters
    ----------
    officials
        Officials of the year before.
    persons
        Key, weight and other columns of the rows of persons who are officials now.
    """
    order = np.argsort(persons["key"], kind="stable")
    keys, weights = persons["key"][order], persons["weight"][order].astype(np.int64)
    place = np.minimum(np.searchsorted(keys, officials["key"]), max(len(keys) - 1, 0))
    known = keys[place] == officials["key"] if len(keys) else np.zeros(0, dtype=np.bool_)
    kept = {name: column[known] for name, column in officials.items()}
    place = place[known]
    # The highest posts of a row of persons stay; codes of tiers rise from the top.
    rows = np.lexsort((kept["tier"], place))
    kept = {name: column[rows] for name, column in kept.items()}
    place = place[rows]
    many = kept["persons"].astype(np.int64)
    before = np.cumsum(many) - many
    first = np.searchsorted(place, place, side="left")
    left = weights[place] - (before - before[first])
    kept["persons"] = np.clip(left, 0, many)
    seated = np.bincount(place, kept["persons"], len(keys)).astype(np.int64)
    new = np.flatnonzero(weights > seated)
    fresh: Officials = {
        "key": keys[new],
        "persons": (weights - seated)[new],
        "tier": np.full(len(new), NONE),
        "tenure": np.zeros(len(new), np.int64),
        "appointed": np.zeros(len(new), np.int64),
        "hidden": np.zeros(len(new)),
    }
    for name in _PEOPLE:
        column = persons[name][order]
        kept[name], fresh[name] = column[place], column[new]
    some = kept["persons"] > 0
    return {name: np.concatenate([kept[name][some], fresh[name]]) for name in fresh}


def seated(officials: Officials, tiers: tuple[Tier, ...], seats: NDArray[np.int64]) -> Officials:
    """Fill the posts of every tier, the highest first; return officials, each with a post.

    Parameters
    ----------
    officials
        With ranks.
    tiers, seats
        Tiers from the top, and the posts of each; they sum to all officials.
    """
    now = {name: column.copy() for name, column in officials.items()}
    for code, tier in enumerate(tiers):
        rank = now["rank"].astype(np.float64)
        mine = now["tier"] == code
        gap = int(seats[code]) - int(now["persons"][mine].sum())
        if gap < 0:
            now, who = chosen(now, mine, -rank, -gap)
            now["tier"][who] = NONE
        else:
            below = now["tier"] > code
            # A party body takes members first, and others only where there are too few.
            order = rank + (1e6 * (now["party"] == 0) if tier.kind == PARTY else 0.0)
            now, who = chosen(now, below, order, gap)
            now["tier"][who], now["tenure"][who] = code, 0
            now["appointed"][who] = 0
    return now


def appointed(officials: Officials, tiers: tuple[Tier, ...], wanted: int) -> Officials:
    """Mark as many as named from above as are wanted: in the highest tiers first, new ones first.

    Parameters
    ----------
    officials
        With posts.
    tiers
        Tiers from the top.
    wanted
        How many persons are named from above.
    """
    level = np.array([tier.level for tier in tiers])[officials["tier"].astype(np.int64)]
    rank = officials["lot"] + 2.0 * (officials["tenure"] > 0) - 10.0 * level
    named = officials["appointed"] > 0
    gap = wanted - int(officials["persons"][named].sum())
    mask, order = (~named, rank) if gap > 0 else (named, -rank)
    columns = {name: column.copy() for name, column in officials.items()}
    now, who = chosen(columns, mask, order, abs(gap))
    now["appointed"][who] = 1 if gap > 0 else 0
    return now


def chosen(
    officials: Officials, able: Mask, ranks: Ranks, wanted: int
) -> tuple[Officials, NDArray[np.int64]]:
    """Return officials and the rows of the lowest ranks that stand for a number of persons.

    Where the number ends within a row, that row is parted, in new columns; else the officials are
    those that were given.
    """
    rows = np.flatnonzero(able)
    rows = rows[ordered(ranks[rows])]
    many = officials["persons"][rows].astype(np.int64)
    taken = np.clip(wanted - (np.cumsum(many) - many), 0, many)
    whole = rows[taken == many]
    part = np.flatnonzero((taken > 0) & (taken < many))
    if not len(part):
        return officials, whole
    row, size = int(rows[part[0]]), int(taken[part[0]])
    now = {name: np.append(column, column[row]) for name, column in officials.items()}
    now["persons"][row] -= size
    now["persons"][-1] = size
    return now, np.append(whole, len(now["persons"]) - 1)
