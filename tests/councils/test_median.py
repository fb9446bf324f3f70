from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.councils.profiles import decide, of

from sovplan.councils.median import medians
from sovplan.foundation.errors import DataError
from sovplan.records.documents import Ballots


def hours(cast: dict[str, int]) -> Ballots:
    return of(tuple(cast), [(((name,),), voters) for name, voters in cast.items() if voters])


def test_the_middle_voter_decides_on_the_length_of_the_day() -> None:
    decision = decide("median", hours({"8": 3, "6": 2, "7.5": 2}))

    assert decision.winners == ("7.5",)
    (voters,) = decision.rounds
    assert list(voters.items()) == [("6", 2), ("7.5", 2), ("8", 3)]


def test_half_on_each_side_is_a_tie_between_the_two_in_the_middle() -> None:
    ballots = hours({"6": 2, "7": 1, "7.5": 0, "8": 3})

    assert decide("median", ballots).winners == ()
    assert decide("median", ballots).tied == ("7", "8")
    assert {decide("median", ballots, lot=seed).winners for seed in "abcdef"} == {("7",), ("8",)}


def test_a_hair_decides_because_nothing_is_rounded() -> None:
    third = "0.333333333333333333333333333333333333333"
    ballots = hours({"1/3": 1, third: 1, "0": 1})

    assert decide("median", ballots).winners == (third,)


numbers = st.dictionaries(st.fractions(-9, 9, max_denominator=7), st.integers(0, 4), min_size=1)


@given(numbers)
def test_half_of_the_voters_are_on_each_side_of_both_medians(voters: dict[Fraction, int]) -> None:
    whole = sum(voters.values())
    ends = medians(voters)

    if ends is None:
        assert whole == 0
        return
    for end in ends:
        assert 2 * sum(count for value, count in voters.items() if value <= end) >= whole
        assert 2 * sum(count for value, count in voters.items() if value >= end) >= whole
        assert voters[end] > 0
    between = [value for value in voters if ends[0] < value < ends[1]]
    assert sum(voters[value] for value in between) == 0


@given(numbers, st.data())
def test_nobody_gains_by_naming_another_number(
    voters: dict[Fraction, int], data: st.DataObject
) -> None:
    honest = medians(voters)
    here = [value for value, count in voters.items() if count]
    if honest is None:
        return
    peak = data.draw(st.sampled_from(here))
    lie = data.draw(st.sampled_from(sorted(voters)))

    told = dict(voters)
    told[peak] -= 1
    told[lie] += 1
    changed = medians(told)

    assert changed is not None
    for before, after in zip(honest, changed, strict=True):
        assert abs(after - peak) >= abs(before - peak)


@pytest.mark.parametrize(
    ("options", "hint"),
    [
        (("6", "seven"), '"seven" is not a number'),
        (("6", "nan"), '"nan" is not a number'),
        (("6", "1/0"), '"1/0" is not a number'),
        (("7", "7.0"), "the same number"),
    ],
)
def test_options_that_are_not_different_numbers_are_refused(
    options: tuple[str, ...], hint: str
) -> None:
    with pytest.raises(DataError, match=hint):
        decide("median", of(options, [(((options[0],),), 1)]))


def test_a_ballot_with_two_numbers_in_front_is_refused() -> None:
    with pytest.raises(DataError, match=r"ballot 2 puts several numbers first \(6, 7\)"):
        decide("median", of(("6", "7"), [((("6",),), 1), ((("6", "7"),), 1)]))
