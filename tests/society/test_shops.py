import numpy as np
import pytest

from sovplan.society.shops import (
    closed_shops,
    free_prices,
    rations,
    rest,
    shop_prices,
    spending,
)

MONEY = np.array([[60.0, 10.0], [40.0, 10.0]])
THERE = np.array([50.0, 30.0])
PUBLISHED = np.array([1.0, 2.0])
OFFICIALS = np.array([False, True])


@pytest.mark.parametrize(("share", "taken"), [(0.0, 0.0), (0.25, 5.0), (1.0, 20.0)])
def test_closed_shops_make_good_a_share_of_what_officials_would_go_without(
    share: float, taken: float
) -> None:
    first = closed_shops(MONEY, THERE, PUBLISHED, OFFICIALS, share)

    np.testing.assert_allclose(first, np.array([[0.0, 0.0], [taken, 0.0]]))


def test_closed_shops_cannot_give_more_than_there_is() -> None:
    """Both want 40 of the 4 that are there, and would go without nine tenths of it and more."""
    both = np.array([True, True])
    first = closed_shops(np.array([[30.0], [10.0]]), np.array([4.0]), np.ones(1), both, 1.0)

    np.testing.assert_allclose(first, [[3.0], [1.0]])


def test_only_what_is_short_is_rationed() -> None:
    on_cards = rations(MONEY, THERE, PUBLISHED, np.array([3.0, 1.0]), 0.4)

    np.testing.assert_allclose(on_cards, [[15, 0], [5, 0]])


def test_nobody_must_take_what_it_cannot_pay() -> None:
    on_cards = rations(MONEY, THERE, PUBLISHED, np.array([0.0, 9.0]), 1.0)

    np.testing.assert_allclose(on_cards, [[0, 0], [40, 0]])


def test_without_norms_there_are_no_cards() -> None:
    assert not rations(MONEY, THERE, PUBLISHED, np.zeros(2), 1.0).any()


@pytest.mark.parametrize(
    ("rule", "prices"), [(0.0, [1, 2]), (1.0, [2, 2 / 3]), (0.5, [2**0.5, (4 / 3) ** 0.5])]
)
def test_prices_go_the_stated_part_of_the_way(rule: float, prices: list[float]) -> None:
    np.testing.assert_allclose(shop_prices(MONEY.sum(axis=0), THERE, PUBLISHED, rule), prices)


def test_a_price_stays_where_nothing_is_offered_or_wanted() -> None:
    prices = shop_prices(np.array([0.0, 20.0]), np.array([5.0, 0.0]), PUBLISHED, 1.0)

    np.testing.assert_array_equal(prices, PUBLISHED)


def test_at_the_clearing_price_all_money_buys_all_goods() -> None:
    prices = shop_prices(MONEY.sum(axis=0), THERE, PUBLISHED, 1.0)
    paid = spending(MONEY, THERE, prices)

    np.testing.assert_allclose(paid, MONEY)
    np.testing.assert_allclose((paid / prices).sum(axis=0), THERE)


def test_a_queue_serves_all_in_the_same_proportion() -> None:
    np.testing.assert_allclose(spending(MONEY, THERE, PUBLISHED), [[30, 10], [20, 10]])


@pytest.mark.parametrize(("eps_d", "price"), [(1.0, 2.0), (0.5, 4.0), (2.0, 2**0.5)])
def test_the_free_price_follows_the_elasticity(eps_d: float, price: float) -> None:
    """100 are wanted of 50; of the other good there is enough."""
    free = free_prices(MONEY.sum(axis=0) / PUBLISHED, THERE, PUBLISHED, eps_d)

    np.testing.assert_allclose(free, [price, 2])


def test_what_cannot_be_had_has_no_free_price() -> None:
    free = free_prices(np.array([5.0, 0.0]), np.zeros(2), PUBLISHED, 0.7)

    np.testing.assert_array_equal(free, [np.nan, 2])


def test_crumbs_of_rounding_are_not_sold() -> None:
    whole = np.array([0.3, 1.0])

    np.testing.assert_allclose(rest(whole, np.array([0.1 + 0.2, 0.25])), [0.0, 0.75])
    assert rest(whole, np.array([0.3 - 1e-16, 0.0]))[0] == 0.0


def test_next_to_nothing_wanted_is_more_than_served() -> None:
    crumb = np.array([[5e-324]])

    np.testing.assert_array_equal(spending(crumb, np.array([9.0]), np.ones(1)), crumb)
    assert closed_shops(crumb, np.zeros(1), np.ones(1), np.array([True]), 0.5).sum() == 0.0
