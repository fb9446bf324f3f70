from tests.councils.profiles import decide, paper


def test_every_option_that_is_named_is_approved_of() -> None:
    decision = decide("approval", paper("ABC", {"A=B": 4, "B=C": 3, "C": 2, "": 9}))

    assert decision.winners == ("B",)
    assert decision.rounds == ({"A": 4, "B": 7, "C": 5},)


def test_two_seats_go_to_the_two_most_approved_of() -> None:
    ballots = paper("ABCD", {"A=B": 4, "B=C": 3, "D": 4})

    decision = decide("approval", ballots, seats=2)

    assert decision.winners == ("B",)
    assert decision.tied == ("A", "D")
