from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.foundation.keys import spoken
from tests.society.sharing_cases import PARAMETERS, earned, offer, strata, under

from sovplan.foundation.errors import IdentityBroken
from sovplan.society.shared import real_consumption
from sovplan.society.sharing import share_out

SHARED = share_out(
    strata(["worker", "official"], [8, 2], [[0.5, 0.5, 0], [0.5, 0.3, 0.2]], [0, 2]),
    offer([10, 60, 5], [3, 2, 1], [False, False, True]),
    earned([80, 20], bonus=[1, 2], savings=[3, 4]),
    under(ration=0.5, closed_supply=0.3, price_rule=0.4),
    PARAMETERS,
)


def test_the_year_of_these_tests_uses_every_door() -> None:
    assert all(door.any() for door in (SHARED.common, SHARED.privileged, SHARED.rationed,
                                       SHARED.sold, SHARED.saved, SHARED.queue))  # fmt: skip
    SHARED.check()


@pytest.mark.parametrize(
    ("field", "key"),
    [
        ("common", "sharing.broken.goods"),
        ("privileged", "sharing.broken.goods"),
        ("rationed", "sharing.broken.goods"),
        ("sold", "sharing.broken.goods"),
        ("left", "sharing.broken.goods"),
        ("there", "sharing.broken.goods"),
        ("opening", "sharing.broken.strata"),
        ("pay", "sharing.broken.strata"),
        ("bonus", "sharing.broken.strata"),
        ("saved", "sharing.broken.strata"),
        ("spent", "sharing.broken.strata"),
        ("prices", "sharing.broken.trade"),
        ("published", "sharing.broken.trade"),
    ],
)
@given(st.sampled_from([1e-6, -1e-6, 1.0, np.nan]))
def test_an_account_that_does_not_close_is_named(field: str, key: str, error: float) -> None:
    amounts = getattr(SHARED, field).copy()
    place = np.unravel_index(np.argmax(amounts), amounts.shape)
    amounts[place] *= 1 + error

    with pytest.raises(IdentityBroken) as broken:
        replace(SHARED, **{field: amounts}).check()

    assert spoken(key, str(broken.value))


def test_rounding_is_no_error() -> None:
    replace(SHARED, left=SHARED.left * (1 + 1e-13), spent=SHARED.spent * (1 - 1e-13)).check()


def test_money_moved_between_strata_is_noticed_though_the_sum_is_right() -> None:
    moved = np.array([1.0, -1.0])

    with pytest.raises(IdentityBroken, match="stratum 1"):
        replace(SHARED, spent=SHARED.spent + moved, saved=SHARED.saved - moved).check()


@pytest.mark.parametrize(("field", "amount"), [("shortage", -0.1), ("queue", np.nan)])
def test_what_is_below_zero_or_no_number_is_named(field: str, amount: float) -> None:
    amounts = getattr(SHARED, field).copy()
    amounts[0] = amount

    with pytest.raises(IdentityBroken) as broken:
        replace(SHARED, **{field: amounts}).check()

    assert spoken("sharing.below", str(broken.value))
    assert field in str(broken.value)


def test_goods_moved_below_zero_are_noticed_though_the_sum_is_right() -> None:
    moved = np.array([1.0, 0.0, 0.0])

    with pytest.raises(IdentityBroken, match="common"):
        replace(SHARED, common=SHARED.common - moved, left=SHARED.left + 2 * moved).check()


def test_consumption_is_worth_the_same_in_dear_years() -> None:
    weights = np.array([1.0, 2.0, 3.0])
    dear = replace(SHARED, prices=SHARED.prices * 7)

    worth = real_consumption(dear, weights)
    np.testing.assert_allclose(worth, real_consumption(SHARED, weights))
    np.testing.assert_allclose(worth * [8, 2], (SHARED.consumption * weights).sum(axis=1))
