"""Approval: the options that most voters can live with."""

from sovplan.councils.outcome import check_seats, decision_of
from sovplan.councils.pairwise import profile_of
from sovplan.councils.ties import Outcome, placed
from sovplan.records.documents import Ballots, Decision


def approval(
    ballots: Ballots, *, seats: int = 1, filed_by: str, lot: str | None = None
) -> Decision:
    """Choose the options that most ballots name.

    Parameters
    ----------
    ballots
        Every option that a ballot names is approved, wherever it stands.
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

    Notes
    -----
    Source: S. J. Brams, P. C. Fishburn (1978), American Political Science Review 72, 831-847.
    """
    check_seats(seats, ballots)
    profile = profile_of(ballots)
    count = profile.voters @ (profile.ranks < profile.unnamed)
    winners, tied = placed(count[:, None] > count[None, :], ballots.options, seats, lot)
    rounds = (dict(zip(ballots.options, map(float, count.tolist()), strict=True)),)
    return decision_of(ballots, "approval", Outcome(winners, tied, rounds), filed_by)
