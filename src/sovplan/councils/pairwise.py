"""Ballots as arrays: equal ballots merged, places in the ranking as whole numbers.

All counts are 64-bit whole numbers, so nothing is rounded before it is compared.
"""

from collections import Counter
from dataclasses import dataclass
from typing import Final, TypeAlias, final

import numpy as np
from numpy.typing import NDArray

from sovplan.foundation.errors import DataError
from sovplan.foundation.words import say
from sovplan.records.documents import Ballots

MOST_VOTERS: Final = 10**13
"""Most voters that can be counted: in units of 0.00001 votes they still fit into 64 bits."""

Counts: TypeAlias = NDArray[np.int64]
Flags: TypeAlias = NDArray[np.bool_]


@final
@dataclass(frozen=True, slots=True, eq=False)
class Profile:
    """Different ballots, and how many voters cast each.

    Parameters
    ----------
    options
        What could be voted for.
    ranks
        One row a ballot, one column an option: the place of its group, 0 for the most wanted; the
        number of options where it is not named, so that it stands below all that are.
    voters
        Voters by ballot.
    """

    options: tuple[str, ...]
    ranks: NDArray[np.int32]
    voters: Counts

    @property
    def unnamed(self) -> int:
        """Return the place of options that a ballot does not name."""
        return len(self.options)


def profile_of(ballots: Ballots) -> Profile:
    """Return ballots as arrays, those of one content merged.

    Raises
    ------
    DataError
        There are more than `MOST_VOTERS` voters.
    """
    cast: Counter[tuple[tuple[str, ...], ...]] = Counter()
    for ballot in ballots.cast:
        cast[ballot.ranking] += ballot.voters
    if cast.total() > MOST_VOTERS:
        raise DataError(say("councils.voters", found=cast.total(), most=MOST_VOTERS))
    column = {name: place for place, name in enumerate(ballots.options)}
    merged: Counter[tuple[int, ...]] = Counter()
    for ranking, voters in cast.items():
        row = [len(column)] * len(column)
        for place, group in enumerate(group for group in ranking if group):
            for name in group:
                row[column[name]] = place
        merged[tuple(row)] += voters
    ranks = np.array(list(merged), dtype=np.int32).reshape(-1, len(column))
    voters_of = np.fromiter(merged.values(), dtype=np.int64, count=len(merged))
    return Profile(ballots.options, ranks, voters_of)


def preferences(profile: Profile) -> Counts:
    """Return how many voters put the option of the row above that of the column."""
    size = len(profile.options)
    above = np.empty((size, size), dtype=np.int64)
    for place in range(size):
        above[place] = profile.voters @ (profile.ranks[:, [place]] < profile.ranks)
    return above


def tops(profile: Profile, standing: Flags) -> Flags:
    """Return which options each ballot wants most among those that are standing.

    A ballot that names none of them wants none.
    """
    ranks = np.where(standing, profile.ranks, profile.unnamed)
    best = ranks.min(axis=1, keepdims=True)
    wanted: Flags = (ranks == best) & (best < profile.unnamed)
    return wanted
