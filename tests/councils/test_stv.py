import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.councils.profiles import Drawn, Ranking, decide, of, paper, papers

from sovplan.councils.stv import quota_of
from sovplan.councils.ties import drawn as lot
from sovplan.foundation.errors import DataError


def test_what_to_eat_at_a_party_of_twenty() -> None:
    """Three dishes of five; the well-known teaching example, counted by hand.

    Quota 20 / 4 + 1 = 6. Chocolate has 12, half of each of its papers passes on: 4 to
    strawberries, 2 to sweets. Pears (2) go out, oranges reach 6. Sweets (3) go out, strawberries
    are the last.
    """
    options = ("oranges", "pears", "chocolate", "strawberries", "sweets")
    cast: list[tuple[Ranking, int]] = [
        ((("oranges",),), 4),
        ((("pears",), ("oranges",)), 2),
        ((("chocolate",), ("strawberries",)), 8),
        ((("chocolate",), ("sweets",)), 4),
        ((("strawberries",),), 1),
        ((("sweets",),), 1),
    ]

    decision = decide("stv", of(options, cast), seats=3)

    assert decision.winners == ("chocolate", "oranges", "strawberries")
    assert decision.rounds == (
        {"oranges": 4, "pears": 2, "chocolate": 12, "strawberries": 1, "sweets": 1},
        {"oranges": 4, "pears": 2, "chocolate": 6, "strawberries": 5, "sweets": 3},
        {"oranges": 6, "chocolate": 6, "strawberries": 5, "sweets": 3},
        {"oranges": 6, "chocolate": 6, "strawberries": 5},
    )


def test_values_are_cut_after_five_decimals() -> None:
    # quota 13 / 3 + 1 = 5; A passes on 2 / 7 = 0.285714... with each paper
    ballots = paper("ABCD", {"AB": 4, "AC": 3, "B": 2, "C": 2, "D": 2})

    decision = decide("stv", ballots, seats=2)

    assert decision.rounds[1] == {"A": 5, "B": 3.14284, "C": 2.85713, "D": 2}
    assert decision.winners == ("A", "B")


def test_a_paper_that_passes_on_twice_has_its_value_cut_twice() -> None:
    # 31 papers, 3 seats, quota 8. A has 15: 7 / 15 = 0.46666. B gets 10 x 0.46666 + 6 = 10.6666,
    # 2.6666 above the quota; papers of A now count 2.6666 x 0.46666 / 10.6666 = 0.116664...,
    # those of B 2.6666 / 10.6666 = 0.249995...
    ballots = paper("ABCDE", {"ABC": 10, "A": 5, "BD": 6, "C": 3, "D": 3, "E": 4})

    decision = decide("stv", ballots, seats=3)

    assert decision.rounds[1]["B"] == 10.6666
    assert decision.rounds[2] == {
        "A": 8, "B": 8, "C": 3 + 10 * 0.11666, "D": pytest.approx(3 + 6 * 0.24999), "E": 4,
    }  # fmt: skip


@pytest.mark.parametrize(("papers_", "seats", "quota"), [(20, 3, 6), (100, 1, 51), (99, 2, 34)])
def test_the_quota_is_the_least_that_only_so_many_can_reach(
    papers_: int, seats: int, quota: int
) -> None:
    assert quota_of(papers_, seats) == quota
    assert (seats + 1) * quota > papers_ >= (seats + 1) * (quota - 1)


def test_the_latest_stage_that_differs_settles_who_goes_out() -> None:
    # when D is out B and C have 3 each; a stage before, B had 2
    decision = decide("stv", paper("ABCD", {"A": 6, "BA": 2, "CA": 3, "DB": 1}))

    assert decision.winners == ("A",)
    assert decision.rounds == (
        {"A": 6, "B": 2, "C": 3, "D": 1}, {"A": 6, "B": 3, "C": 3}, {"A": 8, "C": 3},
    )  # fmt: skip


def test_of_stages_that_differ_the_latest_counts_not_the_first() -> None:
    # B has 3, 5, 5 and C has 4, 4, 5: level now, C had less a stage before, B had less at first
    cast = {"A": 9, "B": 3, "C": 4, "EB": 2, "DC": 1, "D": 2}

    stages = decide("stv", paper("ABCDE", cast)).rounds

    assert stages[2] == {"A": 9, "B": 5, "C": 5}
    assert list(stages[3]) == ["A", "B"]


def test_the_largest_surplus_passes_on_first_and_never_to_the_elected() -> None:
    # quota 6; A passes on 4, over B who is elected, to C; then B passes on 2, over A, to D
    ballots = paper("ABCD", {"ABC": 10, "BAD": 8, "C": 1, "D": 1})

    decision = decide("stv", ballots, seats=3)

    assert decision.rounds == (
        {"A": 10, "B": 8, "C": 1, "D": 1},
        {"A": 6, "B": 8, "C": 5, "D": 1},
        {"A": 6, "B": 6, "C": 5, "D": 3},
        {"A": 6, "B": 6, "C": 5},
    )


def test_level_at_all_stages_is_a_tie_that_only_a_lot_can_break() -> None:
    ballots = paper("ABC", {"AB": 4, "BC": 3, "CB": 3})
    open_ = decide("stv", ballots)
    assert (open_.winners, open_.tied) == ((), ("B", "C"))

    for seed in "abcde":
        assert decide("stv", ballots, lot=seed).winners == lot(seed, "BC")[:1]


def test_who_is_elected_before_the_tie_is_elected() -> None:
    decision = decide("stv", paper("ABC", {"A": 4, "B": 1, "C": 1}), seats=2)

    assert decision.winners == ("A",)
    assert decision.tied == ("B", "C")


def test_names_without_a_vote_go_out_without_a_lot() -> None:
    names = [f"nobody {place}" for place in range(9)]
    ballots = of(["A", "B", *names], [((("A",), ("B",)), 4), ((("B",),), 3)])

    assert decide("stv", ballots).winners == ("A",)
    assert decide("stv", ballots, seats=2).winners == ("A", "B")
    assert decide("stv", ballots, seats=3).tied == tuple(names)


def test_as_many_names_as_seats_are_all_elected() -> None:
    assert decide("stv", paper("ABC", {"A": 1, "CB": 2}), seats=3).winners == ("C", "A", "B")


def test_names_put_alike_are_refused() -> None:
    with pytest.raises(DataError, match="ballot 2 puts B, C alike"):
        decide("stv", paper("ABC", {"A": 1, "AB=C": 1}))


@given(papers(most=5, strict=True, voters=9), st.integers(1, 4))
@settings(max_examples=100)
def test_votes_are_never_more_than_papers(drawn: Drawn, seats: int) -> None:
    ballots = of(*drawn)
    decision = decide("stv", ballots, min(seats, len(ballots.options)), lot="seed")
    papers_ = sum(each.voters for each in ballots.cast if each.ranking)

    for votes in decision.rounds:
        assert sum(round(value * 100_000) for value in votes.values()) <= papers_ * 100_000


@st.composite
def coalitions(draw: st.DrawFn) -> tuple[Drawn, tuple[str, ...], int]:
    """Draw an election in which one part of the voters puts certain names before all others."""
    options = "ABCDEF"[: draw(st.integers(3, 6))]
    solid = tuple(draw(st.permutations(options))[: draw(st.integers(1, len(options) - 1))])
    others = [name for name in options if name not in solid]
    cast: list[tuple[Ranking, int]] = []
    for _ in range(draw(st.integers(1, 3))):
        order = (*draw(st.permutations(solid)), *draw(st.permutations(others)))
        cast.append((tuple((name,) for name in order), draw(st.integers(1, 30))))
    for _ in range(draw(st.integers(0, 3))):
        anyhow = draw(st.permutations(options))
        cast.append((tuple((name,) for name in anyhow), draw(st.integers(1, 30))))
    return (tuple(options), tuple(cast)), solid, draw(st.integers(1, len(options) - 1))


@given(coalitions())
@settings(max_examples=150)
def test_voters_who_stand_together_elect_one_for_each_quota_they_have(
    case: tuple[Drawn, tuple[str, ...], int],
) -> None:
    drawn, solid, seats = case
    ballots = of(*drawn)
    together = sum(
        each.voters
        for each in ballots.cast
        if {group[0] for group in each.ranking[: len(solid)]} == set(solid)
    )
    quotas = together // quota_of(sum(each.voters for each in ballots.cast), seats)

    due = min(quotas, len(solid), seats)

    for seed in ("a", "b"):
        decision = decide("stv", ballots, seats, lot=seed)
        assert sum(name in solid for name in decision.winners) >= due
