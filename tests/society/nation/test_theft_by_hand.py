"""Theft and the second economy: rule R16 worked by hand from the equations of the specification."""

import pytest

from sovplan.society.nation import shadow


def test_theft_by_hand() -> None:
    # Hidden 0.85 (1 - 0.3 0.5) = 0.7225; 0.05 0.2 0.7225 (1 + 0.5 0.5) = 0.00903125 of 6.
    found = shadow.theft.law(
        town_short=0.2, goods=6.0, police_power=0.5, leak=0.05, p_state=0.15, theft_seen=0.3,
        distance_top=0.5,
    )  # fmt: skip
    assert found == pytest.approx((0.00903125, 0.0541875))


def test_second_economy_by_hand() -> None:
    # Strict 0.5 0.8 = 0.4; 0.1 + 0.06 0.2 0.6 0.9 - 0.3 0.4 0.1 = 0.09448 of 5, a fiftieth taken.
    found = shadow.shadow.law(
        shadow_share=0.1, town_short=0.2, town_goods_got=5.0, police_power=0.5, private_trade=0.2,
        shadow_ret=0.06, shadow_law=0.3, bribe=0.02,
    )  # fmt: skip
    assert found == pytest.approx((0.09448, 0.4724, 9.448))
