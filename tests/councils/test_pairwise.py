import numpy as np
import pytest
from hypothesis import given
from tests.councils import slow
from tests.councils.profiles import Drawn, of, paper, papers

from sovplan.councils.pairwise import MOST_VOTERS, preferences, profile_of, tops
from sovplan.foundation.errors import DataError


def test_ballots_of_one_content_are_merged_however_their_groups_are_written() -> None:
    profile = profile_of(of("ABC", [((("A", "B"),), 2), ((("B", "A"),), 3), ((("B", "A"), ()), 1)]))

    assert profile.ranks.tolist() == [[0, 0, 3]]
    assert profile.voters.tolist() == [6]


def test_options_that_are_not_named_stand_below_all_that_are() -> None:
    profile = profile_of(paper("ABCD", {"AB=C": 1}))

    assert profile.ranks.tolist() == [[0, 1, 1, 4]]
    assert preferences(profile).tolist() == [
        [0, 1, 1, 1], [0, 0, 0, 1], [0, 0, 0, 1], [0, 0, 0, 0],
    ]  # fmt: skip


@given(papers(most=5))
def test_pairs_are_counted_as_by_hand(drawn: Drawn) -> None:
    ballots = of(*drawn)

    counted = preferences(profile_of(ballots))

    by_hand = [
        [slow.wins(ballots, one, other) for other in ballots.options] for one in ballots.options
    ]
    assert counted.tolist() == by_hand


def test_a_ballot_passes_on_to_its_best_option_still_standing() -> None:
    profile = profile_of(paper("ABCD", {"AB=CD": 1, "A": 1}))

    standing = np.array([False, False, True, True])

    assert tops(profile, standing).tolist() == [[False, False, True, False], [False] * 4]


def test_large_numbers_of_voters_are_counted_exactly_or_not_at_all() -> None:
    most = paper("AB", {"AB": MOST_VOTERS // 2 + 1, "BA": MOST_VOTERS - MOST_VOTERS // 2 - 1})
    assert preferences(profile_of(most))[0, 1] == MOST_VOTERS // 2 + 1

    with pytest.raises(DataError, match="divide all numbers of voters"):
        profile_of(paper("AB", {"AB": MOST_VOTERS, "BA": 1}))
