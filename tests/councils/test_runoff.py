import pytest
from hypothesis import given
from tests.councils import slow
from tests.councils.profiles import Drawn, among, decide, of, paper, papers
from tests.councils.test_schulze import TENNESSEE, cloned

from sovplan.councils.ties import drawn as lot


def test_tennessee_goes_to_knoxville_in_three_rounds() -> None:
    decision = decide("runoff", TENNESSEE)

    assert decision.winners == ("K",)
    assert decision.rounds == (
        {"M": 42, "N": 26, "C": 15, "K": 17},
        {"M": 42, "N": 26, "K": 32},
        {"M": 42, "K": 58},
    )


def test_more_than_half_of_the_first_choices_end_the_count() -> None:
    decision = decide("runoff", paper("ABC", {"AB": 6, "BA": 3, "C": 2}))

    assert decision.winners == ("A",)
    assert len(decision.rounds) == 1


def test_ballots_that_name_nobody_left_do_not_count_for_the_half() -> None:
    decision = decide("runoff", paper("ABC", {"A": 4, "B": 3, "C": 2}))

    assert decision.winners == ("A",)
    assert decision.rounds == ({"A": 4, "B": 3, "C": 2}, {"A": 4, "B": 3})


def test_the_smallest_go_out_together_when_they_cannot_catch_up() -> None:
    decision = decide("runoff", paper("ABCD", {"A": 5, "B": 4, "CB": 1, "DB": 1}))

    assert decision.winners == ("B",)
    assert decision.rounds == ({"A": 5, "B": 4, "C": 1, "D": 1}, {"A": 5, "B": 6})


def test_a_group_counts_in_full_for_each_of_its_options() -> None:
    decision = decide("runoff", paper("ABC", {"A=B": 4, "BA": 1, "C": 4, "CA": 1}))

    assert decision.rounds[0] == {"A": 4, "B": 5, "C": 5}
    assert among(decision) == {"B", "C"}


def test_a_lot_sends_out_the_last_of_those_at_the_bottom() -> None:
    ballots = paper("ABC", {"AB": 4, "BC": 3, "CB": 3})
    open_ = decide("runoff", ballots)
    assert not open_.winners
    assert open_.tied == ("B", "C")
    assert len(open_.rounds) == 1

    for seed in ("a", "b", "c", "d", "e"):
        kept, out = lot(seed, "BC")
        closed = decide("runoff", ballots, lot=seed)
        assert closed.winners == (kept,)
        assert out not in closed.rounds[1]


@given(papers(most=4, strict=True))
def test_a_majority_of_first_choices_wins(drawn: Drawn) -> None:
    ballots = of(*drawn)
    votes = slow.shared_votes(ballots)

    for name, count in votes.items():
        if 2 * count > sum(votes.values()):
            assert decide("runoff", ballots).winners == (name,)


@given(cloned())
def test_a_double_does_not_change_who_wins(case: tuple[Drawn, Drawn, str]) -> None:
    single, double, name = case
    before, after = decide("runoff", of(*single)), decide("runoff", of(*double))

    if not before.tied and not after.tied:
        same = {name: name, "Z": name}
        assert same.get(after.winners[0], after.winners[0]) == before.winners[0]


def test_being_put_higher_can_cost_the_win_in_a_runoff() -> None:
    """The known fault of the rule: two of CAB put A first, and A loses."""
    before = paper("ABC", {"ABC": 39, "BCA": 35, "CAB": 26})
    after = paper("ABC", {"ABC": 49, "BCA": 25, "CAB": 26})

    assert decide("runoff", before).winners == ("A",)
    assert decide("runoff", after).winners == ("C",)


@pytest.mark.parametrize("count", [6, 12])
def test_many_options_all_level_are_told_to_be_level(count: int) -> None:
    names = [f"option {place}" for place in range(count)]
    ballots = of(names, [(((name,),), 1) for name in names])

    assert decide("runoff", ballots).tied == tuple(names)
