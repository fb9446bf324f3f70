from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.councils import slow
from tests.councils.profiles import Drawn, Ranking, among, decide, of, paper, papers

from sovplan.councils.pairwise import preferences, profile_of
from sovplan.councils.schulze import details, order_of, strongest_paths
from sovplan.records.documents import Ballots

# The example of 45 voters of the public pages on Schulze's method, where ballots, pairwise counts
# and strongest paths are printed; they cite his paper of 2011, which was not opened here.
CAST = {
    "ACBED": 5, "ADECB": 5, "BEDAC": 8, "CABED": 3, "CAEBD": 7, "CBADE": 2, "DCEBA": 7, "EBADC": 8,
}  # fmt: skip
FORTY_FIVE = paper("ABCDE", CAST)
PAIRWISE = [
    [0, 20, 26, 30, 22],
    [25, 0, 16, 33, 18],
    [19, 29, 0, 17, 24],
    [15, 12, 28, 0, 14],
    [23, 27, 21, 31, 0],
]
PATHS = [
    [0, 28, 28, 30, 24],
    [25, 0, 28, 33, 24],
    [25, 29, 0, 29, 24],
    [25, 28, 28, 0, 24],
    [25, 28, 28, 31, 0],
]

# Where Tennessee should have its capital: every town ranks the others by distance.
TENNESSEE = paper("MNCK", {"MNCK": 42, "NCKM": 26, "CKNM": 15, "KCNM": 17})


def test_the_pairs_and_paths_of_the_example_are_those_printed() -> None:
    wins = preferences(profile_of(FORTY_FIVE))

    assert wins.tolist() == PAIRWISE
    assert strongest_paths(wins).tolist() == PATHS


def test_the_order_of_the_example_is_e_a_c_b_d() -> None:
    assert decide("schulze", FORTY_FIVE, seats=5).winners == ("E", "A", "C", "B", "D")
    assert decide("schulze", FORTY_FIVE).winners == ("E",)
    assert order_of(FORTY_FIVE) == (("E",), ("A",), ("C",), ("B",), ("D",))
    assert decide("schulze", FORTY_FIVE).rounds == ({"A": 3, "B": 1, "C": 2, "D": 0, "E": 4},)


def test_details_name_pairs_and_paths() -> None:
    shown = details(FORTY_FIVE)

    assert shown["pairwise"]["E"] == {"A": 23, "B": 27, "C": 21, "D": 31}
    assert shown["paths"]["E"] == {"A": 25, "B": 28, "C": 28, "D": 31}
    assert shown["order"] == [["E"], ["A"], ["C"], ["B"], ["D"]]


def test_nashville_beats_every_other_town() -> None:
    assert decide("schulze", TENNESSEE, seats=4).winners == ("N", "C", "K", "M")


@pytest.mark.parametrize(
    ("cast", "winners", "tied"),
    [
        # a circle of equal strength
        ({"ABC": 1, "BCA": 1, "CAB": 1}, (), ("A", "B", "C")),
        # a circle whose weakest win is that of C over A
        ({"ABC": 4, "BCA": 3, "CAB": 2}, ("A",), ()),
        # A and B alike on every ballot, C on none
        ({"A=B": 3}, (), ("A", "B")),
        # not named is below named: B beats C 2 to 1 though nobody wrote C below B
        ({"B": 2, "C": 1}, ("B",), ()),
    ],
)
def test_small_cases_by_hand(
    cast: dict[str, int], winners: tuple[str, ...], tied: tuple[str, ...]
) -> None:
    decision = decide("schulze", paper("ABC", cast))

    assert decision.winners == winners
    assert decision.tied == tied


def test_a_seat_is_left_open_where_only_some_complete_orders_fill_it_so() -> None:
    # B is above C, and A is level with both: A, B, C or B, A, C or B, C, A
    decision = decide("schulze", paper("ABC", {"A": 1, "BC": 2, "AC": 1}), seats=2)

    assert decision.winners == ("B",)
    assert decision.tied == ("A", "C")


# ---- axioms --------------------------------------------------------------------------------------


@given(papers(most=5))
@settings(max_examples=150)
def test_who_beats_all_others_in_pairs_wins(drawn: Drawn) -> None:
    ballots = of(*drawn)
    best = [
        one for one in ballots.options
        if all(slow.wins(ballots, one, other) > slow.wins(ballots, other, one)
               for other in ballots.options if other != one)
    ]  # fmt: skip

    if best:
        assert decide("schulze", ballots).winners == tuple(best)


@given(papers(most=5))
def test_winners_come_from_the_smallest_set_that_beats_all_outside(drawn: Drawn) -> None:
    ballots = of(*drawn)
    options = set(ballots.options)
    members: set[str] = set()
    for size in range(1, len(options) + 1):
        ranked = Counter({
            one: sum(slow.wins(ballots, one, other) > slow.wins(ballots, other, one)
                     for other in options - {one})
            for one in options
        })  # fmt: skip
        members = {name for name, _ in ranked.most_common(size)}
        if all(slow.wins(ballots, one, other) > slow.wins(ballots, other, one)
               for one in members for other in options - members):  # fmt: skip
            break

    assert among(decide("schulze", ballots)) <= members


def raised(order: Ranking, name: str, onto: int, *, alone: bool) -> Ranking:
    """Return an order with a name put higher, beside or just above the group at a place."""
    left = [tuple(each for each in group if each != name) for group in order]
    if alone:
        moved = [*left[:onto], (name,), *left[onto:]]
    else:
        moved = [*left[:onto], (*left[onto], name), *left[onto + 1 :]]
    return tuple(group for group in moved if group)


@given(papers(most=4), st.data())
@settings(max_examples=150)
def test_being_put_higher_on_a_ballot_never_costs_the_win(
    drawn: Drawn, data: st.DataObject
) -> None:
    options, cast = drawn
    before = among(decide("schulze", of(options, cast)))
    winner = data.draw(st.sampled_from(sorted(before)))
    higher = []
    for order, voters in cast:
        at = int(min(slow.place(order, winner), len(order)))
        onto = data.draw(st.integers(0, at))
        alone = data.draw(st.booleans()) or onto == at
        higher.append((raised(order, winner, onto, alone=alone), voters))

    after = decide("schulze", of(options, higher))

    assert winner in among(after)
    if before == {winner}:
        assert after.winners == (winner,)


@st.composite
def cloned(draw: st.DrawFn) -> tuple[Drawn, Drawn, str]:
    """Draw ballots, the same with a double Z that stands next to one option, and that option."""
    options, cast = draw(papers(most=4))
    name = draw(st.sampled_from(options))
    doubled = []
    for order, voters in cast:
        groups: list[tuple[str, ...]] = []
        for group in order:
            if name not in group:
                groups.append(group)
                continue
            how = draw(st.sampled_from(["alike", "above", "below"])) if len(group) == 1 else "alike"
            pair = {"alike": [(*group, "Z")], "above": [("Z",), group], "below": [group, ("Z",)]}
            groups += pair[how]
        doubled.append((tuple(groups), voters))
    return (options, cast), ((*options, "Z"), tuple(doubled)), name


@given(cloned())
@settings(max_examples=150)
def test_a_double_neither_helps_nor_harms(case: tuple[Drawn, Drawn, str]) -> None:
    single, double, name = case
    before = among(decide("schulze", of(*single)))
    after = among(decide("schulze", of(*double)))

    assert {each for each in after if each not in {name, "Z"}} == before - {name}
    assert bool(after & {name, "Z"}) == (name in before)


def turned(ballots: Ballots) -> Ballots:
    cast = [(tuple(reversed(each.ranking)), each.voters) for each in ballots.cast]
    return of(ballots.options, cast)


@given(papers(most=4, complete=True))
def test_turning_every_ballot_round_changes_a_sole_winner(drawn: Drawn) -> None:
    ballots = of(*drawn)
    winners = decide("schulze", ballots).winners

    if winners:
        assert decide("schulze", turned(ballots)).winners != winners


@given(papers(most=4), st.data())
def test_who_is_below_somebody_on_every_ballot_never_wins_alone(
    drawn: Drawn, data: st.DataObject
) -> None:
    options, cast = drawn
    upper, lower = data.draw(st.permutations(options))[:2]
    agreed = [(order, voters) for order, voters in cast
              if slow.place(order, upper) < slow.place(order, lower)]  # fmt: skip

    if agreed:
        assert lower not in among(decide("schulze", of(options, agreed)))
