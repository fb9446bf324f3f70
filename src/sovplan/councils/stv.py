"""The single transferable vote as Scottish councils are elected, exact to its five decimals.

A vote is counted in units of 0.00001, so every number of the count is whole.

Source: The Scottish Local Government Elections Order 2007 (SSI 2007/42), schedule 1, rules 45-52:
weighted inclusive Gregory method. The numbers in brackets below are those of its rules.
"""

from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final, final

import numpy as np
from numpy.typing import NDArray

from sovplan.councils.outcome import check_seats, decision_of
from sovplan.councils.pairwise import Counts, Profile, profile_of
from sovplan.councils.ties import Choice, Count, settled
from sovplan.foundation.errors import DataError
from sovplan.foundation.words import say
from sovplan.records.documents import Ballots, Decision

UNIT: Final = 100_000
"""Units in one vote: values are cut after five decimals."""

_NOBODY: Final = -1


def stv(ballots: Ballots, *, seats: int = 1, filed_by: str, lot: str | None = None) -> Decision:
    """Elect by the single transferable vote.

    Whoever reaches the quota is elected; what is above the quota passes on with all papers at a
    lower value. When there is nothing to pass on, the one with least goes out. One at a time.

    Parameters
    ----------
    ballots
        Rankings of names one after the other, as many as a voter likes.
    seats
        How many are elected.
    filed_by
        The body that decides.
    lot
        Seed of a lot for those level at every stage; None to report whom it would decide on.

    Returns
    -------
    Decision
        Winners in the order of election. A round holds the votes after each stage of all who are
        not excluded.

    Raises
    ------
    DataError
        There are fewer options than seats, or a ballot puts two alike.
    """
    check_seats(seats, ballots)
    _check_strict(ballots)
    outcome = settled(partial(_count, profile_of(ballots), seats), lot)
    return decision_of(ballots, "stv", outcome, filed_by)


def quota_of(papers: int, seats: int) -> int:
    """Return the Droop quota: papers / (seats + 1), without its fraction, plus one (46)."""
    return papers // (seats + 1) + 1


def details(ballots: Ballots, seats: int) -> dict[str, Any]:
    """Return the quota, and how many ballots name anybody."""
    papers = sum(ballot.voters for ballot in ballots.cast if any(ballot.ranking))
    return {"quota": quota_of(papers, seats), "papers": papers}


def _check_strict(ballots: Ballots) -> None:
    for place, ballot in enumerate(ballots.cast, start=1):
        for group in ballot.ranking:
            if len(group) > 1:
                raise DataError(say("councils.stv.alike", ballot=place, names=", ".join(group)))


@final
@dataclass(slots=True)
class _Table:
    """The counting table: where each paper lies and what it is worth.

    Parameters
    ----------
    profile
        The papers.
    seats
        How many are elected.
    holder, value
        By kind of paper: at whom it lies, and its value in units.
    continuing
        Who is neither elected nor excluded.
    elected
        In order.
    surplus
        Elected with papers still to pass on.
    stages
        Votes in units at the end of each stage.
    rounds
        The same for readers.
    """

    profile: Profile
    seats: int
    holder: NDArray[np.int64]
    value: Counts
    continuing: list[int]
    quota: int
    elected: list[int] = field(default_factory=list)
    surplus: list[int] = field(default_factory=list)
    stages: list[list[int]] = field(default_factory=list)
    rounds: list[dict[str, float]] = field(default_factory=list)

    @property
    def vacancies(self) -> int:
        return self.seats - len(self.elected)

    def names(self, places: list[int]) -> tuple[str, ...]:
        return tuple(self.profile.options[place] for place in places)


def _count(profile: Profile, seats: int, choose: Choice) -> Count:
    table = _first_stage(profile, seats)
    while True:
        _end_stage(table)
        if not table.vacancies:
            return Count(table.names(table.elected), tuple(table.rounds))
        passing = bool(table.surplus)
        level = _next(table)
        place = level[0]
        if len(level) > 1 and not _idle(table, level):
            fallen = choose(table.names(level), "first" if passing else "last")
            if fallen is None:
                standing = table.names(sorted(table.continuing))
                won = table.names(table.elected)
                return Count(won, tuple(table.rounds), table.names(level), standing)
            place = profile.options.index(fallen)
        if passing:
            _pass_on(table, place)
        else:
            table.continuing.remove(place)
            _move(table, place)


def _first_stage(profile: Profile, seats: int) -> _Table:
    papers = int(profile.voters[(profile.ranks < profile.unnamed).any(axis=1)].sum())
    size = len(profile.voters)
    table = _Table(
        profile,
        seats,
        holder=np.full(size, _NOBODY),
        value=np.full(size, UNIT),
        continuing=list(range(len(profile.options))),
        quota=quota_of(papers, seats) * UNIT,
    )
    table.holder[:] = _wanted(table, np.arange(size))
    return table


def _end_stage(table: _Table) -> None:
    """Write down the votes, and elect whoever can be (47, 52)."""
    size = len(table.profile.options)
    held = table.holder != _NOBODY
    votes = np.zeros(size, dtype=np.int64)
    np.add.at(votes, table.holder[held], (table.value * table.profile.voters)[held])
    for place in table.elected:
        if place not in table.surplus:
            votes[place] = table.quota
    now = votes.tolist()
    table.stages.append(now)
    shown = sorted([*table.elected, *table.continuing])
    table.rounds.append({table.profile.options[place]: now[place] / UNIT for place in shown})
    reached = [place for place in table.continuing if now[place] >= table.quota]
    _elect(table, reached)
    table.surplus += [place for place in reached if now[place] > table.quota]
    if len(table.continuing) == table.vacancies:
        _elect(table, list(table.continuing))


def _elect(table: _Table, places: list[int]) -> None:
    # Sorting keeps the order of what is equal, so the latest stage is sorted by last.
    for votes in table.stages:
        places.sort(key=votes.__getitem__, reverse=True)
    table.elected += places
    for place in places:
        table.continuing.remove(place)


def _next(table: _Table) -> list[int]:
    """Return whose turn it is, several if they were level at all stages (49, 50, 51)."""
    best = max if table.surplus else min
    level = sorted(table.surplus or table.continuing)
    for votes in reversed(table.stages):
        extreme = best(votes[place] for place in level)
        level = [place for place in level if votes[place] == extreme]
    return level


def _idle(table: _Table, level: list[int]) -> bool:
    """Tell whether all of them go out without a vote to pass on, in whatever order."""
    empty = not table.surplus and not any(table.stages[-1][place] for place in level)
    return empty and len(table.continuing) - len(level) >= table.vacancies


def _pass_on(table: _Table, place: int) -> None:
    """Pass a surplus on: each paper at surplus x value / votes, cut after five decimals (48)."""
    votes = table.stages[-1][place]
    rows = table.holder == place
    for value in np.unique(table.value[rows]).tolist():
        table.value[rows & (table.value == value)] = (votes - table.quota) * value // votes
    table.surplus.remove(place)
    _move(table, place)


def _move(table: _Table, place: int) -> None:
    rows = np.flatnonzero(table.holder == place)
    table.holder[rows] = _wanted(table, rows)


def _wanted(table: _Table, rows: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return whom each paper names next among those continuing, or nobody."""
    open_to = np.zeros(len(table.profile.options), dtype=bool)
    open_to[table.continuing] = True
    unnamed = table.profile.unnamed
    ranks = np.where(open_to, table.profile.ranks[rows], unnamed)
    return np.where(ranks.min(axis=1) < unnamed, ranks.argmin(axis=1), _NOBODY)
