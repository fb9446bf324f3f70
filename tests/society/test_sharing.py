from dataclasses import fields, replace
from itertools import pairwise

import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as st
from numpy.typing import ArrayLike
from tests.society.by_hand import by_hand
from tests.society.sharing_cases import (
    PARAMETERS,
    Sketch,
    cases,
    strata,
    under,
)

from sovplan.foundation.shapes import Vector
from sovplan.society.shared import Shared, real_consumption
from sovplan.society.sharing import share_out

PARTS = st.lists(st.floats(0, 1), min_size=2, max_size=4)
SCALES = st.sampled_from([1e-6, 0.01, 0.5, 3.0, 1e4, 1e9])


def close(one: ArrayLike, other: ArrayLike, tolerance: float = 1e-9) -> None:
    np.testing.assert_allclose(np.asarray(one), np.asarray(other), rtol=tolerance, atol=tolerance)


def gini(amounts: Vector, people: Vector) -> float:
    """Return the mean difference of two people over twice the mean."""
    mean = amounts @ people / people.sum()
    apart = np.abs(amounts[:, None] - amounts[None, :]) * np.outer(people, people)
    return float(apart.sum() / (2 * mean * people.sum() ** 2)) if mean > 0 else 0.0


def everything(shared: Shared) -> dict[str, Vector]:
    return {field.name: getattr(shared, field.name) for field in fields(shared)}


# ---- every society, every order ------------------------------------------------------------------


@given(cases())
def test_every_account_closes_and_nothing_is_below_zero(sketch: Sketch) -> None:
    case = sketch.case()
    shared = case.shared()

    goods = shared.common + shared.privileged + shared.rationed + shared.sold
    close(goods.sum(axis=0) + shared.left, shared.there)
    close(shared.opening + shared.pay + shared.bonus, shared.spent + shared.saved)
    fixed = shared.published * (shared.privileged + shared.rationed)
    close((fixed + shared.prices * shared.sold).sum(), shared.spent.sum())
    assert all((part >= 0).all() for name, part in everything(shared).items()
               if name != "free_price")  # fmt: skip
    assert not (shared.free_price < shared.prices).any()


@given(cases())
def test_a_program_written_from_the_page_with_searches_finds_the_same(sketch: Sketch) -> None:
    case = sketch.case()
    shared, other = case.shared(), by_hand(case)

    close(shared.pay, other.pay, 1e-7)
    for name in ("privileged", "rationed", "sold"):
        found = np.array(getattr(other, name)).reshape(shared.sold.shape)
        scale = max(float(shared.there.max(initial=0.0)), 1.0)
        close(getattr(shared, name) / scale, found / scale, 1e-7)
    close(shared.saved, other.saved, 1e-5)


@given(cases(), SCALES)
def test_another_money_changes_nothing_real(sketch: Sketch, scale: float) -> None:
    case = sketch.case()
    money = case.earned
    dearer = replace(
        case,
        offer=replace(case.offer, prices=case.offer.prices * scale),
        earned=replace(
            money, bonus=money.bonus * scale, savings=money.savings * scale, hour=money.hour * scale
        ),
    )
    before, after = case.shared(), dearer.shared()

    for name in ("common", "privileged", "rationed", "sold", "left", "shortage", "queue"):
        close(getattr(after, name), getattr(before, name))
    for name in ("pay", "spent", "saved", "prices", "free_price"):
        close(getattr(after, name) / scale, getattr(before, name))


@given(cases(), SCALES)
def test_other_units_of_goods_change_nothing_real(sketch: Sketch, scale: float) -> None:
    case = sketch.case()
    things = case.offer
    other = replace(things, there=things.there * scale, prices=things.prices / scale)
    before, after = case.shared(), replace(case, offer=other).shared()

    for name in ("common", "privileged", "rationed", "sold", "left"):
        close(getattr(after, name) / scale, getattr(before, name))
    for name in ("pay", "spent", "saved", "shortage", "queue"):
        close(getattr(after, name), getattr(before, name))
    close(after.prices * scale, before.prices)


@given(cases(), st.data())
def test_the_order_in_which_strata_are_written_down_does_not_matter(
    sketch: Sketch, data: st.DataObject
) -> None:
    case = sketch.case()
    order = data.draw(st.permutations(range(len(case.strata))))
    people, money = case.strata, case.earned
    other = replace(
        case,
        strata=strata(
            [people.classes[place] for place in order],
            people.people[order].tolist(),
            people.budget[order].tolist(),
            people.grades[order].tolist(),
        ),
        earned=replace(
            money, hours=money.hours[order], bonus=money.bonus[order], savings=money.savings[order]
        ),
    )
    before, after = case.shared(), other.shared()

    close(after.consumption, before.consumption[order])
    close(after.saved, before.saved[order])
    close(after.prices, before.prices)


@given(cases())
def test_two_halves_of_a_stratum_fare_like_the_whole(sketch: Sketch) -> None:
    case = sketch.case()
    twice = np.repeat(np.arange(len(case.strata)), 2)
    people, money = case.strata, case.earned
    halves = replace(
        case,
        strata=strata(
            [people.classes[place] for place in twice],
            (people.people[twice] / 2).tolist(),
            people.budget[twice].tolist(),
            people.grades[twice].tolist(),
        ),
        earned=replace(
            money,
            hours=money.hours[twice] / 2,
            bonus=money.bonus[twice] / 2,
            savings=money.savings[twice] / 2,
        ),
    )
    before, after = case.shared(), halves.shared()

    close(after.consumption * 2, before.consumption[twice])
    close(after.queue * 2, before.queue[twice])
    close(after.prices, before.prices)


# ---- what institutions do ------------------------------------------------------------------------


@given(cases())
def test_prices_corrected_in_full_leave_no_shortage_and_no_forced_saving(sketch: Sketch) -> None:
    """Wherever open shops have something of what is wanted; where nothing is, no price helps."""
    case = sketch.case()
    shared = case.shared(price_rule=1.0, ration=0.0, closed_supply=0.0)

    nothing = (case.offer.there == 0.0) & ~case.offer.common
    close(shared.shortage[~nothing], 0.0)
    budget = case.strata.budget * ~case.offer.common
    buys = budget.sum(axis=1) > 0
    stuck = budget[:, nothing].sum(axis=1) / np.where(buys, budget.sum(axis=1), 1.0)
    money = shared.opening + shared.pay + shared.bonus
    close(shared.saved, money * np.where(buys, stuck, 1.0), 1e-8)
    close(shared.free_price[~nothing], shared.prices[~nothing])
    wanted = (money @ budget > 0) & ~case.offer.common
    close(shared.left[wanted], 0.0, 1e-8)


@given(cases())
def test_fixed_prices_stay_and_what_is_short_is_queued_for(sketch: Sketch) -> None:
    case = sketch.case()
    shared = case.shared(price_rule=0.0, ration=0.0, closed_supply=0.0)

    close(shared.prices, case.offer.prices)
    money = shared.opening + shared.pay + shared.bonus
    budget = case.strata.budget * ~case.offer.common
    whole = np.where(budget.sum(axis=1) > 0, budget.sum(axis=1), 1.0)[:, None]
    wanted = (money[:, None] * budget / whole).sum(axis=0) / case.offer.prices
    short = wanted > case.offer.there * ~case.offer.common
    expected = 1.0 - case.offer.there[short] * ~case.offer.common[short] / wanted[short]
    close(shared.shortage[short], expected)
    close(shared.shortage[~short], 0.0)


@given(cases(), st.floats(0, 1), st.floats(0, 1))
def test_a_short_good_is_shared_alike_by_a_fair_queue_and_by_a_price(
    sketch: Sketch, one: float, other: float
) -> None:
    """Money decides in both; they differ in hours, in savings and where there is enough."""
    case = sketch.case()
    queue, price = case.shared(price_rule=one), case.shared(price_rule=other)
    short = case.shared(price_rule=0.0).shortage > 1e-9

    close(price.consumption[:, short], queue.consumption[:, short], 1e-8)


@given(cases(), PARTS)
def test_more_closed_supply_never_lowers_what_officials_have(
    sketch: Sketch, parts: list[float]
) -> None:
    case = sketch.case()
    officials = case.strata.of_class("official")
    years = [case.shared(closed_supply=part) for part in sorted(parts)]
    had = [year.consumption[officials].sum(axis=0) for year in years]

    scale = 1.0 + float(case.offer.there.sum())
    for less, more in pairwise(had):
        assert (more >= less - 1e-9 * scale).all()


@given(cases(alike=True, equal_norms=True), PARTS)
def test_more_on_cards_with_equal_norms_makes_consumption_more_equal(
    sketch: Sketch, parts: list[float]
) -> None:
    case = sketch.case()
    assume(case.strata.people.min() > 0)
    years = [case.shared(ration=part, closed_supply=0.0) for part in sorted(parts)]
    apart = [gini(real_consumption(year, case.offer.prices), case.strata.people) for year in years]

    for less, more in pairwise(apart):
        assert more <= less + 1e-9


@given(cases(alike=True, equal_norms=True), st.integers(1, 9), st.integers(0, 9))
def test_equal_grades_hours_and_needs_without_closed_shops_give_equal_consumption(
    sketch: Sketch, hours: int, savings: int
) -> None:
    case = sketch.case()
    people = case.strata.people
    assume(people.min() > 0)
    alike = replace(
        case,
        strata=replace(case.strata, grades=np.zeros(len(people))),
        earned=replace(
            case.earned, hours=people * hours, bonus=0.0 * people, savings=people * savings
        ),
    )

    consumed = real_consumption(alike.shared(closed_supply=0.0), case.offer.prices)
    close(consumed, consumed[0])


@given(cases(alike=True, equal_norms=True))
def test_grades_need_not_matter_if_the_parameter_of_the_least_spread_is_one(sketch: Sketch) -> None:
    case = sketch.case()
    level = replace(PARAMETERS, ineq0=1.0)
    order = under(wage_spread=0.0, pay_cap=case.institutions.pay_cap)
    shared = share_out(case.strata, case.offer, case.earned, order, level)

    close(shared.pay, case.earned.hours * case.earned.hour)


@given(cases())
def test_a_ceiling_on_pay_takes_from_officials_and_from_nobody_else(sketch: Sketch) -> None:
    case = sketch.case()
    officials = case.strata.of_class("official")
    free, capped = case.shared(pay_cap=0.0), case.shared(pay_cap=1.0)

    assert (capped.pay[~officials] >= free.pay[~officials] * (1 - 1e-12)).all()
    close(capped.pay.sum(), free.pay.sum())
