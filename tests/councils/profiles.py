"""Ballots for tests: written short, or drawn."""

from collections.abc import Mapping, Sequence

from hypothesis import strategies as st

from sovplan.councils.catalogue import RULES
from sovplan.records.documents import Ballot, Ballots, Decision

Ranking = tuple[tuple[str, ...], ...]
Drawn = tuple[tuple[str, ...], tuple[tuple[Ranking, int], ...]]


def paper(options: Sequence[str], cast: Mapping[str, int]) -> Ballots:
    """Return ballots written short: names are letters, ``AB=C`` is A before B and C alike."""
    ballots = tuple(Ballot(ranking(text), voters) for text, voters in cast.items())
    return Ballots("Which one?", tuple(options), ballots, "congress")


def ranking(text: str) -> Ranking:
    groups: list[tuple[str, ...]] = []
    for place, name in enumerate(text):
        if name == "=":
            continue
        if place and text[place - 1] == "=":
            groups[-1] = (*groups[-1], name)
        else:
            groups.append((name,))
    return tuple(groups)


def decide(rule: str, ballots: Ballots, seats: int = 1, lot: str | None = None) -> Decision:
    return RULES[rule](ballots, seats=seats, filed_by="congress", lot=lot)


def among(decision: Decision) -> set[str]:
    """Return whom a decision chooses or could choose by lot."""
    return {*decision.winners, *decision.tied}


def of(options: Sequence[str], cast: Sequence[tuple[Ranking, int]]) -> Ballots:
    ballots = tuple(Ballot(order, voters) for order, voters in cast)
    return Ballots("Which one?", tuple(options), ballots, "congress")


def replaced(ballots: Ballots, cast: Sequence[Ballot], options: Sequence[str] = ()) -> Ballots:
    return Ballots(
        ballots.question, tuple(options) or ballots.options, tuple(cast), ballots.filed_by
    )


@st.composite
def rankings(
    draw: st.DrawFn, options: Sequence[str], *, strict: bool = False, complete: bool = False
) -> Ranking:
    """Draw an order of some of the options, in groups unless it is strict."""
    order = draw(st.permutations(options))
    named = order if complete else order[: draw(st.integers(0, len(options)))]
    groups: list[tuple[str, ...]] = []
    for name in named:
        if groups and not strict and draw(st.booleans()):
            groups[-1] = (*groups[-1], name)
        else:
            groups.append((name,))
    return tuple(groups)


@st.composite
def papers(
    draw: st.DrawFn,
    *,
    most: int = 4,
    strict: bool = False,
    complete: bool = False,
    voters: int = 5,
) -> Drawn:
    """Draw what `of` makes ballots of: options, and orders with their voters.

    No paper is built here: the type checks of the tests draw random numbers of their own, and a
    strategy must not.
    """
    options = "ABCDEFG"[: draw(st.integers(2, most))]
    orders = rankings(options, strict=strict, complete=complete)
    cast = draw(st.lists(st.tuples(orders, st.integers(1, voters)), max_size=6))
    return tuple(options), tuple(cast)
