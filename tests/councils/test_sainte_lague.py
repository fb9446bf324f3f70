from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from tests.councils import slow
from tests.councils.profiles import decide, of

from sovplan.councils.sainte_lague import Shares, shared_out
from sovplan.records.documents import Ballots


def lists(votes: dict[str, int]) -> Ballots:
    return of(tuple(votes), [(((name,),), count) for name, count in votes.items() if count])


def exact(votes: dict[str, int]) -> dict[str, Fraction]:
    return {name: Fraction(count) for name, count in votes.items()}


def test_an_example_by_hand() -> None:
    # in order: A 53 000, B 24 000, C 23 000, A 53 000 / 3 = 17 667, A 53 000 / 5 = 10 600,
    # B 24 000 / 3 = 8000, C 23 000 / 3 = 7667; the eighth would be A 53 000 / 7 = 7571
    votes = {"A": 53_000, "B": 24_000, "C": 23_000}

    decision = decide("sainte_lague", lists(votes), seats=7)

    assert decision.winners == ("A", "B", "C")
    assert decision.rounds == (votes, {"A": 3, "B": 2, "C": 2})


def test_the_last_seat_between_equal_claims_is_left_open_and_given_by_lot() -> None:
    # 3 / 3 = 1: the second seat of A and the first of B have the same claim
    votes = {"A": 3, "B": 1}

    assert shared_out(exact(votes), 2) == Shares({"A": 1, "B": 0}, ("A", "B"), 1)
    decision = decide("sainte_lague", lists(votes), seats=2)
    assert (decision.winners, decision.tied) == (("A",), ("A", "B"))
    won = {tuple(shared_out(exact(votes), 2, seed).won.values()) for seed in "abcdef"}
    assert won == {(2, 0), (1, 1)}


def test_lists_without_a_vote_get_no_seat() -> None:
    assert shared_out(exact({"A": 1, "B": 0}), 9).won == {"A": 9, "B": 0}


def test_claims_too_near_for_floats_are_told_apart() -> None:
    many = 3 * 10**17
    votes = {"A": many + 3, "B": many // 3}

    assert float(many + 3) / 3 == float(many // 3)
    assert shared_out(exact(votes), 2).won == {"A": 2, "B": 0}


votes_of = st.lists(st.integers(0, 12), min_size=1, max_size=4)


@given(votes_of, st.integers(1, 6))
def test_seats_are_those_of_the_largest_quotients(counts: list[int], seats: int) -> None:
    votes = exact(dict(zip("ABCD", counts, strict=False)))
    outcomes = slow.sainte_lague_seats(votes, seats)

    shares = shared_out(votes, seats)

    if not outcomes:
        assert shares == Shares(dict.fromkeys(votes, 0), tuple(votes), seats)
        return
    least = tuple(min(won) for won in zip(*outcomes, strict=True))
    assert tuple(shares.won.values()) == least
    assert bool(shares.level) == (len(outcomes) > 1)
    assert shares.left == seats - sum(least)
    by_lot = shared_out(votes, seats, "seed")
    assert tuple(by_lot.won.values()) in outcomes


@given(st.lists(st.integers(1, 40), min_size=2, max_size=5), st.integers(1, 12))
def test_no_seat_can_move_to_a_list_with_more_votes_for_it(counts: list[int], seats: int) -> None:
    votes = exact(dict(zip("ABCDE", counts, strict=False)))
    shares = shared_out(votes, seats)
    assume(not shares.left)

    for giver in votes:
        for taker in votes:
            if shares.won[giver]:
                last = votes[giver] / (2 * shares.won[giver] - 1)
                assert last >= votes[taker] / (2 * shares.won[taker] + 1)


@pytest.mark.parametrize("seats", [10, 11])
def test_one_seat_more_takes_none_from_anybody(seats: int) -> None:
    # the fault of the largest remainder: with 323 seats in place of 322 a list lost one
    votes = exact({"A": 5670, "B": 3850, "C": 420, "D": 60})
    fewer, more = shared_out(votes, seats).won, shared_out(votes, seats + 1).won

    assert all(more[name] >= fewer[name] for name in votes)
