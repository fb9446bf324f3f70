"""Plurality: the most first choices."""

from collections.abc import Mapping
from fractions import Fraction

import numpy as np

from sovplan.councils.outcome import check_seats, decision_of
from sovplan.councils.pairwise import profile_of, tops
from sovplan.councils.ties import Outcome, placed
from sovplan.records.documents import Ballots, Decision


def plurality(
    ballots: Ballots, *, seats: int = 1, filed_by: str, lot: str | None = None
) -> Decision:
    """Choose the options with the most first choices.

    Parameters
    ----------
    ballots
        Only the first group of each ballot counts; options in it share the vote equally.
    seats
        How many options are chosen.
    filed_by
        The body that decides.
    lot
        Seed of a lot for what is level; None to report it.

    Raises
    ------
    DataError
        There are fewer options than seats.
    """
    check_seats(seats, ballots)
    votes = first_choices(ballots)
    count = np.array(list(votes.values()), dtype=object)
    above = (count[:, None] > count[None, :]).astype(bool)
    winners, tied = placed(above, ballots.options, seats, lot)
    rounds = ({name: float(vote) for name, vote in votes.items()},)
    return decision_of(ballots, "plurality", Outcome(winners, tied, rounds), filed_by)


def first_choices(ballots: Ballots) -> Mapping[str, Fraction]:
    """Return the votes of each option, exactly; first choices that are level share one vote."""
    profile = profile_of(ballots)
    wanted = tops(profile, np.ones(len(profile.options), dtype=bool))
    shared_by = wanted.sum(axis=1)
    votes = [Fraction(0)] * len(profile.options)
    for size in np.unique(shared_by[shared_by > 0]).tolist():
        rows = shared_by == size
        counts = (profile.voters[rows] @ wanted[rows]).tolist()
        votes = [vote + Fraction(count, size) for vote, count in zip(votes, counts, strict=True)]
    return dict(zip(profile.options, votes, strict=True))
