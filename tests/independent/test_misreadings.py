"""A reading that differs from the page in one point would not pass for the page."""

from collections.abc import Iterator
from itertools import islice

import pytest

from tests.independent.conftest import Answered
from tests.independent.misreadings import BASE_MISREADINGS, EXTENSION_MISREADINGS, MISREADINGS
from tests.independent.problem import solve
from tests.independent.programme import agree

ENOUGH = 2


def seen_in(answered: Answered, misreading: str) -> list[int]:
    """Return the first seeds in which a misreading gives another answer."""
    return list(islice(_seeds(answered, misreading), ENOUGH))


def _seeds(answered: Answered, misreading: str) -> Iterator[int]:
    for seed, (case, answer) in enumerate(answered):
        try:
            other = solve(case, misreading)
        except ValueError:  # misread, the case has no target left: no answer to compare
            continue
        if not agree(answer, other):
            yield seed


@pytest.mark.parametrize("misreading", BASE_MISREADINGS)
def test_a_misreading_of_the_page_changes_answers(misreading: str, plain: Answered) -> None:
    assert len(seen_in(plain, misreading)) == ENOUGH, MISREADINGS[misreading]


@pytest.mark.parametrize("misreading", EXTENSION_MISREADINGS)
def test_a_misreading_of_an_extension_changes_answers(misreading: str, extended: Answered) -> None:
    assert len(seen_in(extended, misreading)) == ENOUGH, MISREADINGS[misreading]


def test_extensions_misread_change_nothing_without_extensions(plain: Answered) -> None:
    for misreading in EXTENSION_MISREADINGS:
        for case, answer in plain[:4]:
            other = solve(case, misreading)

            assert agree(answer, other), misreading


def test_there_are_enough_misreadings_of_the_page() -> None:
    assert len(BASE_MISREADINGS) >= 24
