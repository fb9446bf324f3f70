"""Sharing out in towns small enough to be reckoned on paper, and at the edges."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import ArrayLike
from tests.society.sharing_cases import EQUAL_NORMS, PARAMETERS, earned, offer, strata, under

from sovplan.foundation.errors import DataError
from sovplan.society.shared import Shared, need_met, real_consumption
from sovplan.society.sharing import covering_pay, share_out
from sovplan.society.strata import Strata


def close(one: ArrayLike, other: ArrayLike, tolerance: float = 1e-9) -> None:
    np.testing.assert_allclose(np.asarray(one), np.asarray(other), rtol=tolerance, atol=tolerance)


TOWN = strata(["worker", "official"], [8, 2], [[0.5, 0.5], [0.5, 0.5]])
BREAD_AND_CLOTH = offer([40, 60], [1, 1])
EQUAL_PAY = earned([80, 20])


def town(**values: float) -> Shared:
    return share_out(TOWN, BREAD_AND_CLOTH, EQUAL_PAY, under(**values), PARAMETERS)


def test_by_hand_fixed_prices() -> None:
    shared = town()

    close(shared.sold, [[32, 40], [8, 10]])
    close(shared.left, [0, 10])
    close(shared.shortage, [0.2, 0])
    close(shared.spent, [72, 18])
    close(shared.saved, [8, 2])
    close(shared.queue, [7 * 52 * 8 * 0.1, 7 * 52 * 2 * 0.1])
    close(shared.free_price, [1.25 ** (1 / 0.7), 1])


def test_by_hand_corrected_prices() -> None:
    shared = town(price_rule=1.0)

    close(shared.prices, [1.25, 50 / 60])
    close(shared.sold, [[32, 48], [8, 12]])
    close(shared.saved, [0, 0])
    close(shared.queue, [0, 0])


def test_by_hand_prices_half_of_the_way() -> None:
    shared = town(price_rule=0.5)

    price = 1.25**0.5
    close(shared.prices, [price, (50 / 60) ** 0.5])
    close(shared.shortage, [1 - 40 / (50 / price), 0])
    close(shared.saved.sum(), 50 - 40 * price)
    close(shared.left, [0, 60 - 50 / (50 / 60) ** 0.5])


def test_by_hand_closed_shops() -> None:
    shared = town(closed_supply=0.5)

    close(shared.privileged, [[0, 0], [1, 0]])
    close(shared.sold[:, 0], [40 * 39 / 49, 9 * 39 / 49])
    close(shared.shortage, [10 / 50, 0])
    close(shared.queue, 7 * 52 * 0.2 * np.array([8 * 0.5, 2 * 0.45]))


def test_by_hand_closed_shops_give_nothing_where_there_is_enough() -> None:
    plenty = offer([500, 600], [1, 1])
    shared = share_out(TOWN, plenty, EQUAL_PAY, under(closed_supply=1.0), PARAMETERS)

    close(shared.privileged, 0)
    close(shared.consumption[1] / 2, shared.consumption[0] / 8)


@pytest.mark.parametrize(
    ("ration", "rationed", "sold"),
    [(0.0, [0, 0], [20, 20]), (0.5, [16, 4], [7, 13]), (1.0, [30, 8], [0, 2])],
)
def test_by_hand_cards(ration: float, rationed: list[float], sold: list[float]) -> None:
    """Eight people with 30 and two with 30 want 60 of bread, 40 is there."""
    two = strata(["worker", "official"], [8, 2], [[1], [1]])
    money = earned([0, 0], savings=[30, 30])
    shared = share_out(two, offer([40], [1]), money, under(ration=ration), PARAMETERS)

    close(shared.rationed[:, 0], rationed)
    close(shared.sold[:, 0], sold)


def test_by_hand_a_class_without_norm_has_no_card() -> None:
    two = strata(["worker", "peasant"], [5, 5], [[1], [1]])
    order = under(ration=0.5, ration_norms={**EQUAL_NORMS, "peasant": 0.0})
    shared = share_out(two, offer([40], [1]), earned([30, 30]), order, PARAMETERS)

    close(shared.rationed[:, 0], [20, 0])
    close(shared.sold[:, 0], [5, 15])
    close(shared.free_price, (60 / 40) ** (1 / 0.7))


def test_by_hand_common_goods() -> None:
    care = offer([30, 40], [2, 1], [True, False])
    shared = share_out(TOWN, care, EQUAL_PAY, under(), PARAMETERS)

    close(shared.common, [[24, 0], [6, 0]])
    close(shared.sold[:, 1], [32, 8])
    close(shared.shortage, [0, 0.6])
    close(real_consumption(shared, care.prices), [10, 10])


def test_years_of_fixed_prices_are_paid_when_prices_are_freed() -> None:
    savings, overhang = np.zeros(2), []
    for _ in range(3):
        money = replace(EQUAL_PAY, savings=savings)
        savings = share_out(TOWN, BREAD_AND_CLOTH, money, under(), PARAMETERS).saved
        overhang.append(savings.sum())
    freed = share_out(
        TOWN, BREAD_AND_CLOTH, replace(EQUAL_PAY, savings=savings), under(price_rule=1.0),
        PARAMETERS,
    )  # fmt: skip

    close(overhang[:2], [10, 15])
    assert overhang == sorted(overhang)
    close(freed.prices, (100 + overhang[-1]) / 2 / np.array([40, 60]))
    close(freed.saved, 0)


@pytest.mark.parametrize(
    ("money", "wants", "cards_are_better"),
    [([30, 10], [1, 1], True), ([20, 20], [3, 1], False)],
    ids=["equal needs, unequal money", "unequal needs, equal money"],
)
def test_cards_serve_equal_needs_and_money_unequal_ones(
    money: list[float], wants: list[float], *, cards_are_better: bool
) -> None:
    """Weitzman (1977): it depends on what differs more, needs or incomes."""
    shares = np.array(wants) / 4
    two = strata(["worker", "worker"], [1, 1], np.column_stack([shares, 1 - shares]).tolist())
    ideal = 4.0 * np.array(wants) / sum(wants)

    def loss(ration: float) -> float:
        shared = share_out(
            two, offer([4, 99], [1, 1]), earned([0, 0], savings=money), under(ration=ration),
            PARAMETERS,
        )  # fmt: skip
        return float(((shared.consumption[:, 0] - ideal) ** 2).sum())

    assert (loss(1.0) < loss(0.0)) is cards_are_better


def test_pay_that_covers_the_offer_leaves_nothing_in_sum() -> None:
    care = offer([30, 40, 60], [2, 1, 3], [True, False, False])
    hours = np.array([300.0, 100.0])

    assert covering_pay(care, hours) == pytest.approx(220 / 400)
    assert covering_pay(care, np.zeros(2)) == 0.0


def test_needs_are_met_in_the_share_that_is_had() -> None:
    people = strata(["worker", "worker"], [2, 0], [[1], [0]], need=[[5], [0]])
    shared = share_out(people, offer([4], [1]), earned([9, 0]), under(), PARAMETERS)

    close(need_met(shared, people)[:, 0], [0.4, 1])
    close(real_consumption(shared, np.array([2.0])), [4, 0])


# ---- edges ---------------------------------------------------------------------------------------


def alone(there: float = 4, hours: float = 9, **values: float) -> Shared:
    one = strata(["worker"], [2], [[1]])
    return share_out(one, offer([there], [1]), earned([hours]), under(**values), PARAMETERS)


def test_without_goods_all_money_is_saved() -> None:
    people = strata(["worker", "official"], [2, 1], [[], []])
    shared = share_out(people, offer([], []), earned([9, 3]), under(ration=1.0), PARAMETERS)

    close(shared.saved, [9, 3])
    close(shared.queue, [0, 0])
    assert shared.consumption.shape == (2, 0)


def test_one_stratum_has_everything_it_can_pay() -> None:
    close(alone(there=4).sold, 4)
    close(alone(there=40).sold, 9)
    close(alone(there=40, price_rule=1.0).sold, 40)
    close(alone(ration=1.0).rationed, 4)


@pytest.mark.parametrize("price_rule", [0.0, 0.4, 1.0])
def test_without_hours_nobody_buys_and_prices_stay(price_rule: float) -> None:
    shared = alone(hours=0, price_rule=price_rule)

    close([shared.pay[0], shared.spent[0], shared.queue[0], shared.shortage[0]], 0)
    close(shared.left, 4)
    close(shared.prices, 1)


@pytest.mark.parametrize("price_rule", [0.0, 0.4, 1.0])
def test_without_supply_all_is_saved_and_nothing_has_a_price(price_rule: float) -> None:
    shared = alone(there=0, price_rule=price_rule, ration=0.5, closed_supply=1.0)

    close([shared.saved[0], shared.shortage[0], shared.prices[0]], [9, 1, 1])
    assert np.isnan(shared.free_price).all()
    close(shared.queue, 7 * 52 * 2 * 0.5)


def test_without_people_common_goods_are_left() -> None:
    nobody = strata(["worker"], [0], [[0]])
    shared = share_out(nobody, offer([4], [1], [True]), earned([0]), under(), PARAMETERS)

    close(shared.left, 4)


def test_one_who_buys_only_what_is_common_saves_all_money() -> None:
    people = strata(["worker"], [1], [[1, 0]])
    shared = share_out(people, offer([4, 5], [1, 1], [True, False]), earned([9]), under(),
                       PARAMETERS)  # fmt: skip

    close(shared.saved, 9)
    close(shared.left, [0, 5])


@pytest.mark.parametrize(
    ("people", "things", "money", "named"),
    [
        (TOWN, BREAD_AND_CLOTH, earned([1]), "hours"),
        (TOWN, offer([1], [1]), EQUAL_PAY, "there"),
    ],
)
def test_parts_that_do_not_fit_are_refused(
    people: Strata, things: object, money: object, named: str
) -> None:
    with pytest.raises(DataError, match=rf"{named} has the shape"):
        share_out(people, things, money, under(), PARAMETERS)  # type: ignore[arg-type]


# ---- the table of the manual ---------------------------------------------------------------------

ROWS: list[tuple[str, float, dict[str, float | dict[str, float]]]] = [
    ("fixed prices", 40, {}),
    ("prices corrected in full", 40, {"price_rule": 1.0}),
    ("all on cards, equal norms", 40, {"ration": 1.0}),
    (
        "all on cards, norms 0, 1, 0.8 and 2",
        40,
        {
            "ration": 1.0,
            "ration_norms": {"peasant": 0.0, "worker": 1.0, "specialist": 0.8, "official": 2.0},
        },
    ),
    ("closed shops of 0.8", 40, {"closed_supply": 0.8}),
    ("the same with full spread of pay", 40, {"closed_supply": 0.8, "wage_spread": 1.0}),
    ("closed shops of 0.8, but 80 of bread", 80, {"closed_supply": 0.8}),
    ("full ceiling on officials' pay", 40, {"pay_cap": 1.0}),
]


@pytest.mark.parametrize(("label", "bread", "values"), ROWS, ids=[row[0] for row in ROWS])
def test_the_example_of_the_manual_is_as_printed(
    root: Path, label: str, bread: float, values: dict[str, float | dict[str, float]]
) -> None:
    classes = ["peasant", "worker", "specialist", "official"]
    people = strata(classes, [60, 30, 7, 3], [[0.5, 0.5]] * 4, [0, 0, 3, 5])
    money = earned([60, 30, 7, 3], hour=1.2)
    shared = share_out(people, offer([bread, 80], [1, 1]), money, under(**values), PARAMETERS)

    each = real_consumption(shared, np.ones(2))
    queue = shared.queue[1] / people.people[1]
    cells = [*(f"{amount:.2f}" for amount in each), f"{shared.saved.sum():.0f}", f"{queue:.0f}"]
    page = (root / "docs" / "understand" / "sharing.md").read_text("utf-8")
    assert f"\n| {label} | {' | '.join(cells)} |\n" in page
