"""The random cases with their answers, solved once for all tests that look at them."""

import pytest

from tests.independent import Answer, Case, random_case, random_extended_case, solve

Answered = list[tuple[Case, Answer]]


@pytest.fixture(scope="session")
def plain() -> Answered:
    """Return the cases of seeds 0-399 of the plain problem."""
    cases = [random_case(seed) for seed in range(400)]
    return [(case, solve(case)) for case in cases]


@pytest.fixture(scope="session")
def extended() -> Answered:
    """Return the cases of seeds 0-99 with extensions."""
    cases = [random_extended_case(seed) for seed in range(100)]
    return [(case, solve(case)) for case in cases]
