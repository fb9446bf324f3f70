"""From what a rule says to the paper that says it."""

from sovplan.councils.ties import Outcome
from sovplan.foundation.errors import DataError
from sovplan.foundation.words import say
from sovplan.records.documents import Ballots, Decision


def decision_of(ballots: Ballots, rule: str, outcome: Outcome, filed_by: str) -> Decision:
    """Return the paper on what a rule made of the ballots."""
    return Decision(
        question=ballots.question,
        rule=rule,
        winners=outcome.winners,
        filed_by=filed_by,
        tied=outcome.tied,
        rounds=outcome.rounds,
    )


def check_seats(seats: int, ballots: Ballots, most: int | None = None) -> None:
    """Do nothing if so many of the options can be chosen.

    Parameters
    ----------
    seats
        How many are to be chosen.
    ballots
        The options stand in it.
    most
        How many the rule can choose; None for as many as there are options.

    Raises
    ------
    DataError
        It is less than 1 or more than can be.
    """
    if seats < 1:
        raise DataError(say("councils.seats.none", seats=seats))
    if most is not None and seats > most:
        raise DataError(say("councils.seats.one", seats=seats))
    if seats > len(ballots.options):
        raise DataError(say("councils.seats.few", seats=seats, options=len(ballots.options)))
