"""The median: one number that half of the voters would not have smaller, and half not larger."""

from collections.abc import Mapping
from fractions import Fraction
from itertools import accumulate
from typing import Any

from sovplan.councils.outcome import check_seats, decision_of
from sovplan.councils.ties import Outcome, drawn
from sovplan.foundation.errors import DataError
from sovplan.foundation.words import say
from sovplan.records.documents import Ballots, Decision


def median(ballots: Ballots, *, seats: int = 1, filed_by: str, lot: str | None = None) -> Decision:
    """Choose the median of numbers.

    Parameters
    ----------
    ballots
        Ballots whose options are numbers written as texts (``7.5``, ``3/4``); the first choice of
        a ballot is its number, and further choices do not count.
    seats
        1: one number is chosen.
    filed_by
        The body that decides.
    lot
        Seed of a lot between the lower and the upper median; None to report them.

    Returns
    -------
    Decision
        When exactly half of the voters are on each side, the two numbers next to the gap are tied:
        every number between them, and they themselves, would be a median.

    Raises
    ------
    DataError
        More than one seat is asked for, an option is no number, two are the same number, or a
        ballot puts several numbers first.

    Notes
    -----
    With preferences that fall off to both sides of one peak nobody gains by naming another
    number. Source: H. Moulin (1980), Public Choice 35, 437-455.
    """
    check_seats(seats, ballots, most=1)
    voters = _voters(ballots)
    ends = medians(voters)
    names = {value: name for name, value in _values(ballots).items()}
    level = tuple(dict.fromkeys(names[end] for end in ends)) if ends else ballots.options
    if lot is not None:
        level = drawn(lot, level)[:1]
    rounds = ({names[value]: float(voters[value]) for value in sorted(voters)},)
    outcome = Outcome(level, (), rounds) if len(level) == 1 else Outcome((), level, rounds)
    return decision_of(ballots, "median", outcome, filed_by)


def medians(voters: Mapping[Fraction, int]) -> tuple[Fraction, Fraction] | None:
    """Return the lower and the upper median of numbers, the same if there is only one.

    Parameters
    ----------
    voters
        How many voters name each number; None is returned if there are none at all.

    Examples
    --------
    >>> medians({Fraction(6): 2, Fraction(7): 1, Fraction(8): 1})
    (Fraction(6, 1), Fraction(7, 1))
    """
    whole = sum(voters.values())
    if not whole:
        return None
    values = sorted(voters)
    up_to = list(zip(values, accumulate(voters[value] for value in values), strict=True))
    lower = next(value for value, count in up_to if 2 * count >= whole)
    upper = next(value for value, count in up_to if 2 * count > whole)
    return lower, upper


def details(ballots: Ballots) -> dict[str, Any]:
    """Return the lower and the upper median as they are written; none without a vote."""
    ends = medians(_voters(ballots))
    names = {value: name for name, value in _values(ballots).items()}
    return {} if ends is None else {"lower": names[ends[0]], "upper": names[ends[1]]}


def _values(ballots: Ballots) -> dict[str, Fraction]:
    values: dict[str, Fraction] = {}
    for name in ballots.options:
        try:
            values[name] = Fraction(name)
        except (ValueError, ZeroDivisionError):
            raise DataError(say("councils.median.not_number", found=name)) from None
    if len(set(values.values())) < len(values):
        listed = list(values.values())
        twice = next(name for name, value in values.items() if listed.count(value) > 1)
        raise DataError(say("councils.median.twice", found=twice))
    return values


def _voters(ballots: Ballots) -> dict[Fraction, int]:
    values = _values(ballots)
    voters = dict.fromkeys(values.values(), 0)
    for place, ballot in enumerate(ballots.cast, start=1):
        first = next((group for group in ballot.ranking if group), ())
        if len(first) > 1:
            names = ", ".join(first)
            raise DataError(say("councils.median.several", ballot=place, names=names))
        for name in first:
            voters[values[name]] += ballot.voters
    return voters
