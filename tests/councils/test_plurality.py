from fractions import Fraction

from hypothesis import given
from tests.councils import slow
from tests.councils.profiles import Drawn, decide, of, paper, papers
from tests.councils.test_schulze import TENNESSEE

from sovplan.councils.plurality import first_choices


def test_memphis_has_the_most_first_choices() -> None:
    decision = decide("plurality", TENNESSEE)

    assert decision.winners == ("M",)
    assert decision.rounds == ({"M": 42, "N": 26, "C": 15, "K": 17},)


def test_thirds_are_not_rounded() -> None:
    ballots = paper("ABCD", {"A=B=C": 1, "A=C=B": 1, "C=B=A": 1, "D": 1})

    assert first_choices(ballots)["A"] == Fraction(1)
    assert decide("plurality", ballots).tied == ("A", "B", "C", "D")


@given(papers(most=5))
def test_first_choices_add_up_to_the_ballots_that_have_one(drawn: Drawn) -> None:
    ballots = of(*drawn)

    votes = first_choices(ballots)

    assert votes == slow.shared_votes(ballots)
    assert sum(votes.values()) == sum(each.voters for each in ballots.cast if each.ranking)
