"""The rules once more, slow and plain, one voter at a time; written without the package's counts.

Each returns all sets of names that could be chosen, one for each way in which lots could fall.
"""

from collections.abc import Callable, Iterable, Sequence
from decimal import ROUND_DOWN, Decimal
from fractions import Fraction
from itertools import pairwise, permutations

from tests.councils.profiles import Ranking

from sovplan.records.documents import Ballots

Outcomes = set[frozenset[str]]


def voters(ballots: Ballots) -> list[Ranking]:
    return [ballot.ranking for ballot in ballots.cast for _ in range(ballot.voters)]


def place(order: Ranking, name: str) -> float:
    for where, group in enumerate(order):
        if name in group:
            return where
    return float("inf")


def wins(ballots: Ballots, one: str, other: str) -> int:
    return sum(place(order, one) < place(order, other) for order in voters(ballots))


def schulze_order(ballots: Ballots) -> Callable[[str, str], bool]:
    """Return whether one stands above the other, by trying every path."""
    pairs = {
        (a, b): wins(ballots, a, b) for a in ballots.options for b in ballots.options if a != b
    }

    def strength(start: str, end: str) -> int:
        between = [name for name in ballots.options if name not in {start, end}]
        best = 0
        for size in range(len(between) + 1):
            for middle in permutations(between, size):
                path = (start, *middle, end)
                steps = list(pairwise(path))
                if all(pairs[step] > pairs[step[::-1]] for step in steps):
                    best = max(best, min(pairs[step] for step in steps))
        return best

    return lambda a, b: strength(a, b) > strength(b, a)


def in_order(options: Sequence[str], above: Callable[[str, str], bool], seats: int) -> Outcomes:
    """Return the first of every complete order that agrees with a partial one."""
    table = {(a, b): above(a, b) for a in options for b in options if a != b}
    return {
        frozenset(order[:seats])
        for order in permutations(options)
        if not any(
            table[later, earlier]
            for where, earlier in enumerate(order)
            for later in order[where + 1 :]
        )
    }


def schulze(ballots: Ballots, seats: int) -> Outcomes:
    return in_order(ballots.options, schulze_order(ballots), seats)


def approval(ballots: Ballots, seats: int) -> Outcomes:
    count = {
        name: sum(place(order, name) < float("inf") for order in voters(ballots))
        for name in ballots.options
    }
    return in_order(ballots.options, lambda a, b: count[a] > count[b], seats)


def plurality(ballots: Ballots, seats: int) -> Outcomes:
    count = shared_votes(ballots)
    return in_order(ballots.options, lambda a, b: count[a] > count[b], seats)


def shared_votes(ballots: Ballots) -> dict[str, Fraction]:
    count = dict.fromkeys(ballots.options, Fraction(0))
    for order in voters(ballots):
        for name in order[0] if order else ():
            count[name] += Fraction(1, len(order[0]))
    return count


def runoff(ballots: Ballots, seats: int = 1) -> Outcomes:
    """Return the last ones left; every one at the bottom may go out, one at a time."""
    assert seats == 1

    def winners(left: frozenset[str]) -> Outcomes:
        if len(left) == 1:
            return {left}
        score = dict.fromkeys(left, 0)
        for order in voters(ballots):
            best = min((place(order, name) for name in left), default=float("inf"))
            for name in left:
                score[name] += best < float("inf") and place(order, name) == best
        low = min(score.values())
        return set().union(*(winners(left - {name}) for name in left if score[name] == low))

    return winners(frozenset(ballots.options))


def median(ballots: Ballots, seats: int = 1) -> Outcomes:
    assert seats == 1
    named = sorted((order[0][0] for order in voters(ballots) if order), key=Fraction)
    if not named:
        return {frozenset([name]) for name in ballots.options}
    half = len(named) // 2
    middle = named[half : half + 1] if len(named) % 2 else named[half - 1 : half + 1]
    return {frozenset([name]) for name in middle}


def sainte_lague_seats(votes: dict[str, Fraction], seats: int) -> set[tuple[int, ...]]:
    """Return every sharing out that takes the largest quotients of the whole table."""
    table = sorted(
        ((vote / (2 * turn + 1), name) for name, vote in votes.items() for turn in range(seats)
         if vote),
        reverse=True,
    )  # fmt: skip
    if not table:
        return set()
    last = table[seats - 1][0]
    sure = [name for quotient, name in table if quotient > last]
    level = [name for quotient, name in table if quotient == last]
    found = set()
    for chosen in permutations(level, seats - len(sure)):
        won = [*sure, *chosen]
        found.add(tuple(won.count(name) for name in votes))
    return found


CENT = Decimal("0.00001")
Paper = tuple[list[str], Decimal]
Piles = dict[str, list[Paper]]


def stv(ballots: Ballots, seats: int) -> Outcomes:
    """Count paper by paper, with decimals; every lot that the order asks for is tried."""
    piles: Piles = {name: [] for name in ballots.options}
    for order in voters(ballots):
        if order:
            piles[order[0][0]].append(([group[0] for group in order], Decimal(1)))
    quota = Decimal(sum(map(len, piles.values())) // (seats + 1) + 1)
    return stv_stage(piles, (), (), quota, seats)


def stv_stage(
    piles: Piles,
    elected: tuple[str, ...],
    history: tuple[dict[str, Decimal], ...],
    quota: Decimal,
    seats: int,
    done: frozenset[str] = frozenset(),
) -> Outcomes:
    """Go on from a stage of the count; `done` have passed their surplus on."""
    credit = {name: sum((value for _, value in pile), Decimal(0)) for name, pile in piles.items()}
    credit |= dict.fromkeys(done, quota)
    elected += tuple(name for name in piles if name not in elected and credit[name] >= quota)
    left = [name for name in piles if name not in elected]
    if len(elected) + len(left) == seats:
        return {frozenset((*elected, *left))}
    if len(elected) == seats:
        return {frozenset(elected)}
    rich = [name for name in elected if name not in done and credit[name] > quota]
    history = (*history, credit)
    found: Outcomes = set()
    for name in tied_at_all_stages(rich or left, history, max if rich else min):
        share = (credit[name] - quota, credit[name]) if rich else (Decimal(1), Decimal(1))
        after = handed_on(piles, name, share, [other for other in left if other != name])
        if rich:
            after[name] = []
        now_done = done | {name} if rich else done
        found |= stv_stage(after, elected, history, quota, seats, now_done)
    return found


def handed_on(piles: Piles, name: str, share: tuple[Decimal, Decimal], left: list[str]) -> Piles:
    """Return the piles after one has been handed on, at a share of its papers' value."""
    after = {other: list(pile) for other, pile in piles.items() if other != name}
    for names, value in piles[name]:
        onward = next((other for other in names if other in left), None)
        if onward is not None:
            new = (share[0] * value / share[1]).quantize(CENT, ROUND_DOWN)
            after[onward].append((names, new))
    return after


def tied_at_all_stages(
    names: Iterable[str],
    history: Sequence[dict[str, Decimal]],
    extreme: Callable[[Iterable[Decimal]], Decimal],
) -> list[str]:
    level = list(names)
    for credit in reversed(history):
        best = extreme(credit[name] for name in level)
        level = [name for name in level if credit[name] == best]
    return level
