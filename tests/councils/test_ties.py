import hashlib
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.councils.profiles import decide, paper

from sovplan.councils.ties import MOST_COUNTS, Choice, Count, drawn, placed, settled
from sovplan.foundation.errors import DataError


def test_a_lot_can_be_drawn_again_with_sha_256_alone() -> None:
    names = ["Ada", "Bela", "Céline"]
    digits = {
        name: hashlib.sha256(b"root 9f03" + b"\n" + name.encode()).hexdigest() for name in names
    }

    assert drawn("root 9f03", names) == tuple(sorted(names, key=digits.__getitem__))


@given(st.permutations("ABCDE"), st.text("xyz", min_size=1))
def test_the_order_of_the_lot_does_not_depend_on_who_else_is_in_it(
    names: list[str], seed: str
) -> None:
    whole = drawn(seed, names)

    assert whole == drawn(seed, "ABCDE")
    assert drawn(seed, names[1:]) == tuple(name for name in whole if name != names[0])


def test_lots_are_even() -> None:
    first = [drawn(f"seed {place}", "ABC")[0] for place in range(3000)]

    # 3000 draws, 1000 expected, standard deviation 26: five of them
    assert all(abs(first.count(name) - 1000) < 130 for name in "ABC")


def test_a_blank_seed_is_refused() -> None:
    with pytest.raises(DataError, match="seed of the lot is blank"):
        drawn(" ", "AB")


@st.composite
def partial_orders(draw: st.DrawFn) -> list[list[bool]]:
    """Draw a strict partial order of up to five names: the closure of a drawn acyclic relation."""
    size = draw(st.integers(1, 5))
    above = [[draw(st.booleans()) and row < column for column in range(size)]
             for row in range(size)]  # fmt: skip
    for via in range(size):
        for row in range(size):
            for column in range(size):
                above[row][column] |= above[row][via] and above[via][column]
    return above


@given(partial_orders(), st.integers(1, 5))
def test_those_are_chosen_whom_every_complete_order_chooses(
    above: list[list[bool]], seats: int
) -> None:
    names = "ABCDE"[: len(above)]
    tops: list[set[str]] = [
        set(order[:seats])
        for order in permutations(names)
        if not any(above[names.index(later)][names.index(earlier)]
                   for place, earlier in enumerate(order) for later in order[place:])
    ]  # fmt: skip

    winners, tied = placed(np.array(above), names, seats, None)

    always = tops[0].intersection(*tops)
    assert set(winners) == always
    assert set(tied) == tops[0].union(*tops) - always
    by_lot, none = placed(np.array(above), names, seats, "seed")
    assert set(by_lot) in tops
    assert none == ()


def _last_one_left(names: str) -> Choice:
    """Return a count in which a lot decides who goes out, until one is left."""

    def count(choose: Choice) -> Count:
        left = list(names)
        while len(left) > 1:
            fallen = choose(tuple(left), "last")
            if fallen is None:
                return Count((), ({"level": float(len(left))},), tuple(left), tuple(left))
            left.remove(fallen)
        return Count((left[0],), ({"left": 1.0},))

    return count  # type: ignore[return-value]


@pytest.mark.parametrize("names", ["ABC", "ABCDEFGH"])
def test_everybody_whom_lots_could_choose_is_tied_also_where_there_are_too_many_ways(
    names: str,
) -> None:
    outcome = settled(_last_one_left(names), None)  # type: ignore[arg-type]

    assert outcome.winners == ()
    assert outcome.tied == tuple(names)
    assert outcome.rounds == ({"level": float(len(names))},)
    assert settled(_last_one_left(names), "seed").winners == drawn("seed", names)[:1]  # type: ignore[arg-type]


def test_counts_are_given_up_after_so_many() -> None:
    made = []

    def endless(choose: Choice) -> Count:
        made.append(choose)
        while choose(("A", "B"), "first") is not None:
            pass
        return Count(("C",), (), ("A", "B"), ("A", "B"))

    outcome = settled(endless, None)

    assert len(made) == MOST_COUNTS
    assert (outcome.winners, outcome.tied) == (("C",), ("A", "B"))


def test_a_tie_that_changes_nothing_is_no_tie() -> None:
    # B and C are level at the bottom; whoever goes, A has a majority of the next round
    ballots = paper("ABC", {"A": 4, "BA": 3, "CA": 3})

    assert decide("runoff", ballots).winners == ("A",)
    assert decide("runoff", ballots).tied == ()
