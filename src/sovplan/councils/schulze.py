"""The Schulze method: strongest paths of pairwise wins, their strength counted in winning votes."""

from typing import Any

import numpy as np

from sovplan.councils.outcome import check_seats, decision_of
from sovplan.councils.pairwise import Counts, Flags, preferences, profile_of
from sovplan.councils.ties import Outcome, placed
from sovplan.records.documents import Ballots, Decision


def schulze(ballots: Ballots, *, seats: int = 1, filed_by: str, lot: str | None = None) -> Decision:
    """Choose the options from the top of the Schulze ranking.

    A path leads from A to B through options each of which more voters put above the next than the
    other way round. It is as strong as the fewest voters on one of its steps; A stands above B if
    the strongest path from A to B is stronger than the strongest from B to A.

    Parameters
    ----------
    ballots
        Rankings; options may be level, and those not named stand level below all that are.
    seats
        How many options are chosen; as many as there are options gives the whole ranking.
    filed_by
        The body that decides.
    lot
        Seed of a lot for what is level; None to report it.

    Returns
    -------
    Decision
        Its one round says above how many others each option stands.

    Raises
    ------
    DataError
        There are fewer options than seats.

    Notes
    -----
    Source: M. Schulze (2011), Social Choice and Welfare 36, 267-303.
    """
    check_seats(seats, ballots)
    above = stands_above(strongest_paths(preferences(profile_of(ballots))))
    winners, tied = placed(above, ballots.options, seats, lot)
    wins = map(float, above.sum(axis=1).tolist())
    rounds = (dict(zip(ballots.options, wins, strict=True)),)
    return decision_of(ballots, "schulze", Outcome(winners, tied, rounds), filed_by)


def strongest_paths(wins: Counts) -> Counts:
    """Return the strength of the strongest path from the row to the column, 0 if there is none.

    Parameters
    ----------
    wins
        Voters who put the row above the column (`sovplan.councils.pairwise.preferences`).
    """
    paths = np.where(wins > wins.T, wins, 0)
    for via in range(len(paths)):
        detour = np.minimum(paths[:, [via]], paths[[via], :])
        paths = np.maximum(paths, detour)
    np.fill_diagonal(paths, 0)
    return paths


def stands_above(paths: Counts) -> Flags:
    """Return whether the row stands above the column: a strict partial order."""
    return paths > paths.T


def order_of(ballots: Ballots) -> tuple[tuple[str, ...], ...]:
    """Return the ranking from the top; each group is of those with none of the rest above them.

    The ranking is unique when every group is of one name.
    """
    above = stands_above(strongest_paths(preferences(profile_of(ballots))))
    left = list(range(len(ballots.options)))
    groups = []
    while left:
        free = [place for place in left if not above[left, place].any()]
        groups.append(tuple(ballots.options[place] for place in free))
        left = [place for place in left if place not in free]
    return tuple(groups)


def details(ballots: Ballots) -> dict[str, Any]:
    """Return what is needed to check the count by hand: pairs, strongest paths, and the order."""
    wins = preferences(profile_of(ballots))
    return {
        "order": [list(group) for group in order_of(ballots)],
        "pairwise": _by_name(ballots.options, wins),
        "paths": _by_name(ballots.options, strongest_paths(wins)),
    }


def _by_name(options: tuple[str, ...], counts: Counts) -> dict[str, dict[str, int]]:
    return {
        name: {other: count for other, count in zip(options, row, strict=True) if other != name}
        for name, row in zip(options, counts.tolist(), strict=True)
    }
