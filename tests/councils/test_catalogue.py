"""What every rule of decision must pass."""

from collections.abc import Callable
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.councils import slow
from tests.councils.profiles import Drawn, decide, of, paper, papers, replaced

from sovplan.councils.catalogue import RULES, details, rule_name
from sovplan.foundation.errors import DataError
from sovplan.foundation.words import say
from sovplan.records.documents import Ballot, Ballots

ON_RANKINGS = ("schulze", "approval", "plurality", "runoff")
ONE_SEAT = {"runoff", "median"}


Case = tuple[str, Drawn, int]


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """Draw a rule, ballots that it can count, and a number of seats that it can fill."""
    rule = draw(st.sampled_from(sorted(RULES)))
    ballots = draw(papers(strict=rule in {"stv", "median"}))
    seats = 1 if rule in ONE_SEAT else draw(st.integers(1, len(ballots[0])))
    return rule, ballots, seats


def built(case: Case) -> tuple[str, Ballots, int]:
    rule, drawn, seats = case
    ballots = of(*drawn)
    if rule == "median":
        numbers = ["6", "13/2", "7.25", "8"]
        ballots = _renamed(ballots, dict(zip(ballots.options, numbers, strict=False)))
    return rule, ballots, seats


def _renamed(ballots: Ballots, names: dict[str, str]) -> Ballots:
    cast = [
        Ballot(tuple(tuple(names[name] for name in group) for group in each.ranking), each.voters)
        for each in ballots.cast
    ]
    return replaced(ballots, cast, [names[name] for name in ballots.options])


@given(cases(), st.randoms())
def test_it_does_not_matter_who_casts_a_ballot(case: Case, chance: Random) -> None:
    rule, ballots, seats = built(case)
    single = [Ballot(each.ranking) for each in ballots.cast for _ in range(each.voters)]
    chance.shuffle(single)

    assert decide(rule, replaced(ballots, single), seats) == decide(rule, ballots, seats)


@given(cases(), st.data())
def test_it_does_not_matter_what_an_option_is_called_or_where_it_is_listed(
    case: Case, data: st.DataObject
) -> None:
    rule, ballots, seats = built(case)
    names = {name: name for name in ballots.options}
    if rule != "median":
        called = data.draw(st.permutations(ballots.options))
        names = dict(zip(ballots.options, called, strict=True))
    renamed = _renamed(ballots, names)
    listed = replaced(renamed, renamed.cast, data.draw(st.permutations(renamed.options)))

    before, after = decide(rule, ballots, seats), decide(rule, listed, seats)

    assert set(after.winners) == {names[name] for name in before.winners}
    assert set(after.tied) == {names[name] for name in before.tied}


@given(cases(), st.text("ab", min_size=1))
def test_a_lot_only_decides_what_the_rule_leaves_open(case: Case, seed: str) -> None:
    rule, ballots, seats = built(case)
    open_, closed = decide(rule, ballots, seats), decide(rule, ballots, seats, lot=seed)

    if not open_.tied:
        assert set(closed.winners) == set(open_.winners)
    assert set(open_.winners) <= set(closed.winners) <= {*open_.winners, *open_.tied}
    if rule != "sainte_lague":
        assert len(closed.winners) == seats
        assert closed.tied == ()


@given(cases())
def test_a_tie_is_between_more_names_than_there_are_seats_left(
    case: Case,
) -> None:
    rule, ballots, seats = built(case)
    decision = decide(rule, ballots, seats)

    if rule != "sainte_lague":
        assert not set(decision.winners) & set(decision.tied)
        assert len(decision.winners) + (1 if decision.tied else 0) <= seats
        assert len(decision.winners) == seats or len(decision.tied) > seats - len(decision.winners)


SLOW: dict[str, Callable[[Ballots, int], slow.Outcomes]] = {
    "schulze": slow.schulze,
    "approval": slow.approval,
    "plurality": slow.plurality,
    "runoff": slow.runoff,
    "median": slow.median,
    "stv": slow.stv,
}


@given(cases().filter(lambda case: case[0] in SLOW))
@settings(max_examples=250)
def test_the_slow_count_finds_the_same_winners_and_the_same_ties(
    case: Case,
) -> None:
    rule, ballots, seats = built(case)
    outcomes = SLOW[rule](ballots, seats)
    decision = decide(rule, ballots, seats)

    always, ever = frozenset.intersection(*outcomes), frozenset.union(*outcomes)
    assert set(decision.winners) == always
    assert set(decision.tied) == ever - always


# ---- names, seats, signatures --------------------------------------------------------------------


@pytest.mark.parametrize("rule", sorted(RULES))
def test_every_rule_can_be_called_as_the_catalogue_says_and_signs_its_paper(rule: str) -> None:
    options = ("6", "7", "8")
    ballots = of(options, [((("7",),), 3), ((("6",),), 1)])

    decision = RULES[rule](ballots, seats=1, filed_by="congress")

    assert decision.winners == ("7",)
    assert (decision.rule, decision.filed_by) == (rule, "congress")
    assert decision.question == ballots.question
    assert decision == RULES[rule](ballots, filed_by="congress")
    assert say(f"councils.rule.{rule}")


@pytest.mark.parametrize("rule", sorted(RULES))
def test_no_vote_at_all_decides_nothing(rule: str) -> None:
    decision = decide(rule, of(("6", "7"), []))

    assert decision.winners == ()
    assert set(decision.tied) == {"6", "7"}


@pytest.mark.parametrize("rule", sorted(RULES))
def test_no_seat_cannot_be_filled(rule: str) -> None:
    with pytest.raises(DataError, match="0 seats cannot be filled"):
        decide(rule, paper("AB", {"AB": 1}), seats=0)


@pytest.mark.parametrize("rule", sorted({*RULES} - {"sainte_lague"} - ONE_SEAT))
def test_more_seats_than_options_cannot_be_filled(rule: str) -> None:
    with pytest.raises(DataError, match="3 seats are to be filled, and options number 2"):
        decide(rule, paper("AB", {"AB": 1}), seats=3)


@pytest.mark.parametrize("rule", sorted(ONE_SEAT))
def test_rules_for_one_seat_say_so(rule: str) -> None:
    with pytest.raises(DataError, match="this rule fills one"):
        decide(rule, paper("AB", {"AB": 1}), seats=2)


@pytest.mark.parametrize(
    ("text", "name"),
    [("schulze", "schulze"), ("Sainte-Lague", "sainte_lague"), ("IRV", "runoff"),
     ("scottish-stv", "stv")],
)  # fmt: skip
def test_a_rule_is_found_however_it_is_written(text: str, name: str) -> None:
    assert rule_name(text) == name


def test_an_unknown_rule_is_refused_with_the_nearest() -> None:
    with pytest.raises(DataError, match=r'"shulze" is not a rule.*Did you mean "schulze"'):
        rule_name("shulze")


def test_details_show_what_a_count_by_hand_needs() -> None:
    ballots = paper("AB", {"AB": 3, "BA": 1, "": 2})

    assert details("plurality", ballots, 1) == {}
    assert details("stv", ballots, 1) == {"quota": 3, "papers": 4}
    assert details("schulze", ballots, 1)["order"] == [["A"], ["B"]]
    assert details("median", of(("6", "7"), [((("6",),), 2), ((("7",),), 2)]), 1) == {
        "lower": "6", "upper": "7",
    }  # fmt: skip
