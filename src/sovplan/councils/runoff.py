"""Instant runoff: the option wanted by fewest goes out, and its ballots pass on."""

from functools import partial

import numpy as np

from sovplan.councils.outcome import check_seats, decision_of
from sovplan.councils.pairwise import Counts, Flags, Profile, profile_of, tops
from sovplan.councils.ties import Choice, Count, settled
from sovplan.records.documents import Ballots, Decision


def runoff(ballots: Ballots, *, seats: int = 1, filed_by: str, lot: str | None = None) -> Decision:
    """Choose one option by taking out, round by round, the one that fewest want most.

    The count ends when one option alone is the most wanted of more than half of the ballots that
    still name somebody. Options level at the bottom go out together when all of them together have
    less than the next; otherwise see `sovplan.councils.ties.settled`.

    Parameters
    ----------
    ballots
        Rankings. A ballot that wants several options alike counts for each of them in full while
        they are its most wanted (Approval-IRV); for ballots without such groups this is the usual
        count.
    seats
        1: this rule fills one seat.
    filed_by
        The body that decides.
    lot
        Seed of a lot for what is level; None to report it.

    Raises
    ------
    DataError
        More than one seat is asked for.

    Notes
    -----
    Source: T. Delemazure, D. Peters (2024), Generalizing instant runoff voting to allow
    indifferences, EC'24, for ballots with groups.
    """
    check_seats(seats, ballots, most=1)
    outcome = settled(partial(_count, profile_of(ballots)), lot)
    return decision_of(ballots, "runoff", outcome, filed_by)


def _count(profile: Profile, choose: Choice) -> Count:
    standing = np.ones(len(profile.options), dtype=bool)
    rounds = []
    while True:
        wanted = tops(profile, standing)
        votes = profile.voters @ wanted
        rounds.append(
            {profile.options[place]: float(votes[place]) for place in np.flatnonzero(standing)}
        )
        winner = _winner(profile, wanted, standing)
        if winner is not None:
            return Count((profile.options[winner],), tuple(rounds))
        out = _lowest(votes, standing)
        if len(out) > 1 and not _together(votes, standing, out):
            level = tuple(profile.options[place] for place in out)
            fallen = choose(level, "last")
            if fallen is None:
                names = tuple(profile.options[place] for place in np.flatnonzero(standing))
                return Count((), tuple(rounds), level, names)
            out = [profile.options.index(fallen)]
        standing[out] = False


def _winner(profile: Profile, wanted: Flags, standing: Flags) -> int | None:
    """Return the last one standing, or the one that more than half of the ballots want alone."""
    if standing.sum() == 1:
        return int(standing.argmax())
    sizes = wanted.sum(axis=1)
    alone = profile.voters[sizes == 1] @ wanted[sizes == 1]
    return int(alone.argmax()) if 2 * alone.max() > profile.voters[sizes > 0].sum() else None


def _lowest(votes: Counts, standing: Flags) -> list[int]:
    lowest: list[int] = np.flatnonzero(standing & (votes == votes[standing].min())).tolist()
    return lowest


def _together(votes: Counts, standing: Flags, out: list[int]) -> bool:
    """Tell whether those at the bottom go out whatever happens to the votes of each other."""
    rest = standing.copy()
    rest[out] = False
    return bool(rest.any() and votes[out].sum() < votes[rest].min())
