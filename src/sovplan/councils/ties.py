r"""Ties: reported first, put in order by lot only when somebody asks.

A lot is the order of SHA-256 of a public text (the seed), a line feed and the name, as hexadecimal
digits. Whoever knows the seed can draw it again with any program that knows SHA-256:

    printf '%s\n%s' "$SEED" "$NAME" | sha256sum

The first in this order is chosen before the others; where one has to go out, the last goes.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias, final

import numpy as np

from sovplan.councils.pairwise import Flags
from sovplan.foundation.errors import DataError
from sovplan.foundation.words import say

Choice: TypeAlias = Callable[[tuple[str, ...], Literal["first", "last"]], str | None]
"""Names one of those that are level: the first or the last of the lot; None if none is drawn."""

Rounds: TypeAlias = tuple[Mapping[str, float], ...]

MOST_COUNTS: Final = 200
"""How many counts are made at most to find out whether the fall of the lots matters."""


@final
@dataclass(frozen=True, slots=True)
class Outcome:
    """What a rule says: who is chosen whatever a lot might say, and whom only a lot could choose.

    Parameters
    ----------
    winners
        Chosen, in order; those that are level with each other in the order of the question.
    tied
        Chosen or not, as a lot might fall.
    rounds
        What each name had in each round.
    """

    winners: tuple[str, ...]
    tied: tuple[str, ...] = ()
    rounds: Rounds = ()


@final
@dataclass(frozen=True, slots=True)
class Count:
    """How far a count in rounds has come.

    Parameters
    ----------
    winners
        Chosen so far, in order.
    rounds
        What each name had in each round so far.
    level
        Names between which a lot is needed to go on; none when the count is at its end.
    standing
        Names that can still be chosen.
    """

    winners: tuple[str, ...]
    rounds: Rounds
    level: tuple[str, ...] = ()
    standing: tuple[str, ...] = ()


def drawn(seed: str, names: Iterable[str]) -> tuple[str, ...]:
    """Return names in the order of the lot with this seed; the order they come in is no matter.

    Raises
    ------
    DataError
        The seed is blank.

    Examples
    --------
    >>> drawn("17 December, root 9f03", ["A", "B", "C"])
    ('A', 'C', 'B')
    """
    if not seed.strip():
        raise DataError(say("councils.seed"))
    return tuple(sorted(names, key=lambda name: (mark(seed, name), name)))


def mark(seed: str, name: str) -> str:
    """Return the digits by which the lot orders a name."""
    return hashlib.sha256(f"{seed}\n{name}".encode()).hexdigest()


def by_lot(seed: str) -> Choice:
    """Return the choice that the lot with this seed makes."""
    return lambda level, place: drawn(seed, level)[0 if place == "first" else -1]


def placed(
    above: Flags, names: Sequence[str], seats: int, lot: str | None
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Fill seats from the top of an order that may leave some names level.

    Parameters
    ----------
    above
        Whether the name of the row stands above that of the column; a strict partial order.
    names
        The names, in the order of the question.
    seats
        How many are chosen.
    lot
        Seed of a lot that puts in order what is level; None to draw none.

    Returns
    -------
    winners, tied
        Names that every complete order in agreement with `above` has among the first `seats`, and
        names that only some of them have there.
    """
    if lot is not None:
        return tuple(_in_order(above, names, lot))[:seats], ()
    betters = above.sum(axis=0)
    not_worse = len(names) - 1 - above.sum(axis=1)
    winners = [place for place in range(len(names)) if not_worse[place] < seats]
    winners.sort(key=lambda place: betters[place])
    tied = [name for place, name in enumerate(names) if betters[place] < seats <= not_worse[place]]
    return tuple(names[place] for place in winners), tuple(tied)


def _in_order(above: Flags, names: Sequence[str], lot: str) -> Iterator[str]:
    """Yield all names, always the one whom the lot puts first among those with none above."""
    left = dict(zip(names, range(len(names)), strict=True))
    while left:
        places = np.fromiter(left.values(), dtype=np.int64)
        free = [name for name, place in left.items() if not above[places, place].any()]
        first = drawn(lot, free)[0]
        del left[first]
        yield first


def settled(count: Callable[[Choice], Count], lot: str | None) -> Outcome:
    """Make a count in rounds; without a lot, make it for every way in which lots could fall.

    A tie on the way often changes nothing. So the count is made again for each name that a lot
    could name; `tied` are those whom some of these counts choose and others do not. Beyond
    `MOST_COUNTS` counts this is given up: everybody still standing at the first tie is tied.
    """
    if lot is not None:
        found = count(by_lot(lot))
        return Outcome(found.winners, (), found.rounds)
    first = count(_script(()))
    if not first.level:
        return Outcome(first.winners, (), first.rounds)
    todo: list[tuple[str, ...]] = [(name,) for name in reversed(first.level)]
    ends: list[Count] = []
    counts = 1
    while todo:
        counts += 1
        if counts > MOST_COUNTS:
            return Outcome(first.winners, first.standing, first.rounds)
        script = todo.pop()
        found = count(_script(script))
        if found.level:
            todo.extend((*script, name) for name in reversed(found.level))
        else:
            ends.append(found)
    return _agreed(first, ends)


def _agreed(first: Count, ends: Sequence[Count]) -> Outcome:
    always = set(ends[0].winners).intersection(*(end.winners for end in ends))
    ever = set(ends[0].winners).union(*(end.winners for end in ends))
    winners = tuple(name for name in ends[0].winners if name in always)
    if ever == always:
        return Outcome(winners, (), ends[0].rounds)
    tied = tuple(name for name in first.standing if name in ever - always)
    return Outcome(winners, tied, first.rounds)


def _script(names: tuple[str, ...]) -> Choice:
    """Return the choice of names written down beforehand, then of none."""
    left = iter(names)
    return lambda _level, _place: next(left, None)
