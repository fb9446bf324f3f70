"""Published prices: their level is that of hours, and they move by steps."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sovplan.history.economies import read_economy
from sovplan.planning.profiles import drafted
from sovplan.records.draft import Draft
from sovplan.records.returns import Returns
from sovplan.society.life import PRICE_STEP, in_hours, next_prices, prices_of

factors = st.lists(st.floats(0.01, 100.0), min_size=2, max_size=2)


@cache
def draft() -> Draft:
    return drafted(Returns(read_economy("two-goods")), "even", np.ones(2), 3)


def net_worth(prices: np.ndarray) -> float:
    plan = draft().plan
    assert plan is not None
    return float(prices @ (plan.output[:, 0] - plan.used[:, 0]))


def hours() -> float:
    plan = draft().plan
    assert plan is not None
    return float(plan.labour_used[:, 0].sum())


@given(factors)
def test_what_is_made_new_is_worth_the_hours_worked(drawn: list[float]) -> None:
    before = prices_of(draft(), np.ones(2)) * drawn

    assert net_worth(next_prices(draft(), before)) == pytest.approx(hours(), rel=1e-9)


@given(factors)
def test_prices_move_against_each_other_by_a_step_at_most(drawn: list[float]) -> None:
    before = prices_of(draft(), np.ones(2)) * drawn
    moved = next_prices(draft(), before) / before

    assert moved.max() / moved.min() <= PRICE_STEP**2 * (1 + 1e-12)


@given(st.floats(1e-3, 1e3))
def test_the_money_of_last_years_prices_does_not_matter(times: float) -> None:
    before = prices_of(draft(), np.ones(2)) * [1.3, 0.7]

    np.testing.assert_allclose(
        next_prices(draft(), before * times), next_prices(draft(), before), rtol=1e-12
    )


def test_prices_that_stand_stay_where_they_are() -> None:
    price = prices_of(draft(), np.ones(2))

    np.testing.assert_allclose(next_prices(draft(), price), price, rtol=1e-12)


def test_a_draft_without_a_plan_says_nothing_of_the_level() -> None:
    np.testing.assert_array_equal(
        in_hours(np.array([2.0, 3.0]), replace(draft(), plan=None)), [2.0, 3.0]
    )


def test_a_plan_in_which_nobody_works_says_nothing_of_the_level() -> None:
    plan = draft().plan
    assert plan is not None
    idle = replace(draft(), plan=replace(plan, labour_used=plan.labour_used * 0.0))

    np.testing.assert_array_equal(in_hours(np.array([2.0, 3.0]), idle), [2.0, 3.0])
