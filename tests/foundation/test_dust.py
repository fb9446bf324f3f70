"""Dust is taken where it alone breaks a limit, and nothing else is hidden with it."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csc_array

from sovplan.foundation.dust import without_dust
from sovplan.foundation.programme import Programme
from sovplan.foundation.residuals import primal_residual


def programme(rows: list[list[float]], low: list[float], high: list[float]) -> Programme:
    """Return limits on quantities of at least 0."""
    matrix = csc_array(np.array(rows))
    width = matrix.shape[1]
    return Programme(
        np.zeros(width), matrix, np.array(low), np.array(high), np.zeros(width),
        np.full(width, np.inf),
    )  # fmt: skip


# Hours 1000 of x and y; what z uses is not more than y makes; y makes nothing.
LIMITS = programme(
    [[1.0, 1.0, 0.0], [0.0, 1.0, -1.0], [0.0, 1.0, 0.0]], [-np.inf, 0.0, -np.inf],
    [1000.0, np.inf, 0.0],
)  # fmt: skip


def test_what_is_made_of_nothing_is_taken_with_what_uses_it() -> None:
    dusty = np.array([999.0, 3e-12, 2e-12])

    clean = without_dust(LIMITS, dusty)

    assert primal_residual(LIMITS, dusty) == 1.0
    assert clean.tolist() == [999.0, 0.0, 0.0]


def test_what_can_be_seen_elsewhere_is_no_dust() -> None:
    wrong = np.array([999.0, 0.5, 0.4])

    np.testing.assert_array_equal(without_dust(LIMITS, wrong), wrong)


@given(st.lists(st.floats(0.0, 400.0), min_size=3, max_size=3))
def test_a_plan_that_keeps_its_limits_stays_as_it_is(amounts: list[float]) -> None:
    x, _, _ = amounts
    kept = np.array([x, 0.0, 0.0])

    assert without_dust(LIMITS, kept) is kept
