"""Seats for lists in proportion to their votes, by the method of Sainte-Laguë (Webster)."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import final

from sovplan.councils.outcome import decision_of
from sovplan.councils.plurality import first_choices
from sovplan.councils.ties import Outcome, drawn
from sovplan.foundation.errors import DataError
from sovplan.foundation.words import say
from sovplan.records.documents import Ballots, Decision


@final
@dataclass(frozen=True, slots=True)
class Shares:
    """How seats are shared out.

    Parameters
    ----------
    won
        Seats of each list.
    level
        Lists with the same claim to the seats that are left.
    left
        Seats that the rule does not give to one rather than another.
    """

    won: Mapping[str, int]
    level: tuple[str, ...] = ()
    left: int = 0


def sainte_lague(
    ballots: Ballots, *, seats: int = 1, filed_by: str, lot: str | None = None
) -> Decision:
    """Share out seats among lists in proportion to their first choices.

    Parameters
    ----------
    ballots
        The options are lists; first choices that are level share the vote equally.
    seats
        How many seats are shared out; there may be more than lists.
    filed_by
        The body that decides.
    lot
        Seed of a lot for seats to which several lists have the same claim; None to report them.

    Returns
    -------
    Decision
        Winners are the lists with a seat, those with most first. The first round holds the votes,
        the last one the seats. Lists that are tied are level for one seat more.

    Raises
    ------
    DataError
        There is no seat.
    """
    if seats < 1:
        raise DataError(say("councils.seats.none", seats=seats))
    votes = first_choices(ballots)
    shares = shared_out(votes, seats, lot)
    winners = sorted(
        (name for name in votes if shares.won[name]),
        key=lambda name: (-shares.won[name], -votes[name]),
    )
    rounds = (
        {name: float(count) for name, count in votes.items()},
        {name: float(count) for name, count in shares.won.items()},
    )
    outcome = Outcome(tuple(winners), shares.level, rounds)
    return decision_of(ballots, "sainte_lague", outcome, filed_by)


def shared_out(votes: Mapping[str, Fraction], seats: int, lot: str | None = None) -> Shares:
    """Give each seat in turn to the list with the largest  v / (2 s + 1).

    Parameters
    ----------
    votes
        v, by list.
    seats
        How many there are.
    lot
        Seed of a lot for the last seats; None to leave them.

    Notes
    -----
    s are the seats that the list has so far. Lists without a vote get none. Source: M. L. Balinski,
    H. P. Young (2001), Fair Representation, 2nd ed. (there: Webster's method).
    """
    won = dict.fromkeys(votes, 0)
    claims = {name: vote for name, vote in votes.items() if vote > 0}
    left = seats
    while left and claims:
        highest = max(claims.values())
        level = tuple(name for name, claim in claims.items() if claim == highest)
        if len(level) > left and lot is None:
            return Shares(won, level, left)
        if len(level) > left:
            level = drawn(lot or "", level)[:left]
        for name in level:
            won[name] += 1
            claims[name] = votes[name] / (2 * won[name] + 1)
        left -= len(level)
    return Shares(won, () if claims else tuple(votes), left)
