"""Money of towns, shops, theft and trade abroad: limits, signs and equations worked by hand."""

import math
from collections.abc import Mapping
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sovplan.foundation.engine.block import Piece
from sovplan.regimes.countries import country_inputs
from sovplan.regimes.model import model_parameters
from sovplan.society.nation import debts, investment, money, shadow, trade
from sovplan.society.nation.closing import PEAK, closing
from sovplan.society.nation.year import Quarter, run_nation

P = model_parameters()
shares = st.floats(0.0, 1.0)
SHOP = {"town_goods_got": 4.0, "private_trade_share": 0.2, "charged_price": 1.2, "overhang": 0.5,
        "ration": 0.0, "private_trade": 0.25}  # fmt: skip


def call(piece: Piece, **given_: float) -> tuple[float, ...]:
    numbers = {name: P[name] for name in piece.parameters}
    found = piece.law(**{**numbers, **given_})
    return found if isinstance(found, tuple) else (found,)


@cache
def run(regime: str, *off: str) -> tuple[Quarter, ...]:
    return run_nation(country_inputs(regime), P, off)


def at(books: tuple[Quarter, ...]) -> dict[tuple[int, int], Mapping[str, float]]:
    return {(each.year, each.quarter): each.nation for each in books}


# ---- money of towns ------------------------------------------------------------------------------


def test_income_and_demand_of_towns_by_hand() -> None:
    income, demand = call(
        money.town_money, workers=10.0, out_of_work=0.0, charged_price=P["price_1927"],
        town_wage=600.0, money_issue=0.4,
    )  # fmt: skip

    assert income == pytest.approx(6.0 + 0.25 * 0.4)
    assert demand == pytest.approx(0.45 * 6.1)


@given(price=st.floats(0.7, 4.0), up=st.floats(1.01, 2.0))
def test_demand_falls_with_the_price_by_its_elasticity(price: float, up: float) -> None:
    base = {"workers": 10.0, "out_of_work": 0.0, "town_wage": 600.0, "money_issue": 0.0}

    before = call(money.town_money, charged_price=price, **base)[1]
    after = call(money.town_money, charged_price=price * up, **base)[1]

    assert after == pytest.approx(before * up ** -P["eps_d"])


def test_money_rules_the_shops_only_where_it_is_said_and_the_switch_holds_it_off() -> None:
    usual, bought = at(run("as_it_was")), at(run("as_it_was_money"))
    silent = at(run("as_it_was_money", "rules.town_money", "rules.village_money"))

    assert bought[1923, 4] == {**usual[1923, 4]}
    assert bought[1927, 2]["town_goods_got"] == pytest.approx(bought[1927, 2]["town_demand"])
    assert usual[1927, 2]["town_goods_got"] < usual[1927, 2]["town_demand"]
    for time, now in usual.items():
        assert silent[time]["town_goods_got"] == now["town_goods_got"], time
        assert silent[time]["taken"] == now["taken"], time


# ---- shops ---------------------------------------------------------------------------------------


def test_shops_by_hand() -> None:
    short, free, hours, unspent, overhang = call(money.shops, town_demand=5.0, **SHOP)

    assert short == pytest.approx(0.2)
    # Outside state shops 0.8 is sold, and 5 - 3.2 is what is left to buy it with.
    assert free == pytest.approx(1.2 * (1.8 / 0.8) ** (1.0 / 0.7))
    assert hours == pytest.approx(7.0 * 0.2)
    assert unspent == pytest.approx(0.75)
    assert overhang == pytest.approx(0.5 + 0.75 / 4.0)


@given(demand=st.floats(0.1, 4.0))
def test_where_there_is_enough_nothing_is_short_dear_or_kept(demand: float) -> None:
    assert call(money.shops, town_demand=demand, **SHOP) == (0.0, 1.2, 0.0, 0.0, 0.5)


@given(demand=st.floats(4.01, 12.0), more=st.floats(0.01, 3.0), ration=shares)
def test_more_money_is_more_shortage_and_rations_take_the_queue(
    demand: float, more: float, ration: float
) -> None:
    plain = call(money.shops, town_demand=demand, **SHOP)
    rich = call(money.shops, town_demand=demand + more, **SHOP)
    given_out = call(money.shops, town_demand=demand, **{**SHOP, "ration": ration})

    assert all(two > one for one, two in zip(plain, rich, strict=True))
    assert given_out[2] == pytest.approx(plain[2] * (1.0 - ration))
    assert given_out[0] == plain[0]


@given(got=st.floats(0.5, 8.0), ration=shares, closed=st.floats(1.0, 3.0))
def test_rations_give_out_what_there_is_and_no_more(
    got: float, ration: float, closed: float
) -> None:
    heads = [P[name] for name in ("in_closed", "in_priority", "in_worker", "in_employee")]
    each = call(money.rations, town_goods_got=got, town=40.0, ration=ration, closed_ration=closed)

    parts = [*heads, 1.0 - sum(heads)]
    total = sum(part * amount for part, amount in zip(parts, each, strict=True))
    assert total == pytest.approx(1000.0 * got / 40.0)
    assert list(each) == sorted(each, reverse=True)


# ---- theft and the second economy ----------------------------------------------------------------


@given(short=shares, police=shares, more=st.floats(0.01, 0.3))
def test_theft_rises_with_shortage_and_falls_with_police(
    short: float, police: float, more: float
) -> None:
    share, stolen = call(shadow.theft, town_short=short, goods=6.0, police_power=police)

    assert 0.0 <= share < 1.0
    assert stolen == pytest.approx(6.0 * share)
    assert call(shadow.theft, town_short=short + more, goods=6.0, police_power=police)[0] > share
    if short > 0.01:
        watched = call(shadow.theft, town_short=short, goods=6.0, police_power=police + more)[0]
        assert watched < share


@given(before=shares, short=shares, police=shares, allowed=shares)
def test_the_second_economy_stays_a_share(
    before: float, short: float, police: float, allowed: float
) -> None:
    share, turnover, cut = call(
        shadow.shadow, shadow_share=before, town_short=short, town_goods_got=5.0,
        police_power=police, private_trade=allowed,
    )  # fmt: skip

    assert 0.0 <= share <= 1.0
    assert cut == pytest.approx(1000.0 * P["bribe"] * turnover)
    if police == 0.0 or allowed == 1.0:
        assert share >= before


# ---- trade abroad --------------------------------------------------------------------------------


@given(price=st.floats(0.5, 4.0), machines=st.floats(0.0, 1.0))
def test_under_the_monopoly_machines_come_as_planned(price: float, machines: float) -> None:
    found = call(trade.private_imports, charged_price=price, goods=6.0, trade_monopoly=1.0,
                 machine_imports=machines)  # fmt: skip

    assert found[1:] == (0.0, machines)


def test_open_trade_by_hand() -> None:
    smuggled, share, machines = call(
        trade.private_imports, charged_price=1.2, goods=2.0, trade_monopoly=0.0,
        machine_imports=0.2,
    )  # fmt: skip

    assert smuggled == 0.0
    assert share == pytest.approx(0.1 * 0.8)
    assert machines == pytest.approx(0.2 - 0.08 * 2.0 / 1.8)


@given(grain=st.floats(0.0, 6.0), other=st.floats(0.0, 1000.0), credit=st.floats(-200.0, 300.0),
       machines=st.floats(0.0, 0.7))  # fmt: skip
def test_what_is_bought_abroad_is_paid(
    grain: float, other: float, credit: float, machines: float
) -> None:
    _, exports, imports, machinery, share, rest, rate, _ = call(
        trade.payments, machines_imported=machines, grain_exports=grain, exports_other=other,
        trade_credit=credit, world_grain_price=40.0, world_prices=0.8, machine_price=0.9,
    )  # fmt: skip

    assert exports == pytest.approx(40.0 * grain + 0.8 * other)
    # Nobody buys less than nothing: what is paid back beyond all that is sold stays owed.
    assert imports == pytest.approx(max(exports + credit, 0.0))
    assert machinery + rest == pytest.approx(imports)
    assert machinery == pytest.approx(1000.0 * machines)
    assert rate == pytest.approx(22.5)
    assert share == (pytest.approx(machinery / imports) if imports > 0.0 else 0.0)


def test_open_trade_brings_goods_and_takes_machines() -> None:
    usual, opened = at(run("as_it_was")), at(run("trade_open"))
    silent = at(run("trade_open", "rules.trade"))

    assert opened[1926, 4]["goods"] > usual[1926, 4]["goods"]
    assert opened[1926, 4]["machines_imported"] < usual[1926, 4]["machines_imported"]
    assert opened[1930, 1]["machines_imported"] == usual[1930, 1]["machines_imported"]
    assert silent[1926, 4]["goods"] == usual[1926, 4]["goods"]


def test_goods_that_are_displaced_and_brought_in_are_booked() -> None:
    base = {"light_output": 8.0, "light_used": 2.0, "arms": 0.0}
    towns_of = {"town": 28.0, "town_need": 4.0, "town_demand": 3.0, "priority": 0.0,
                "town_money": 1.0}  # fmt: skip
    share, lost = call(debts.displacing, import_share=0.1, smuggled_share=0.3, imports_displace=0.0)
    _, goods, overdrawn, traded, missed = call(
        investment.goods, traded_share=share, missed_share=0.0, **base
    )
    towns, village, rest = call(investment.goods_shared, goods=goods, **towns_of)

    assert (lost, missed) == (0.0, 0.0)

    assert overdrawn == 0.0
    assert traded == pytest.approx(0.5 * 0.1 * 6.0)
    assert goods == pytest.approx(6.0 + traded)
    assert towns == 3.0
    assert towns + village + rest == pytest.approx(goods)


# ---- what closed the scissors --------------------------------------------------------------------


@pytest.mark.parametrize("until", [(1924, 1), (1924, 4), (1926, 2)])
def test_parts_of_the_fall_add_up(until: tuple[int, int]) -> None:
    books = at(run("as_it_was"))
    found = closing(books, until, P)
    cleared = math.log(books[until]["clearing_price"] / books[PEAK]["clearing_price"])

    assert found.total == pytest.approx(found.goods + found.grain + found.rule)
    assert found.goods + found.grain == pytest.approx(cleared, rel=1e-6)


def test_parts_are_named_by_what_moved() -> None:
    books = at(run("as_it_was"))
    same = {time: {**now, "net_grain": 30.0} for time, now in books.items()}
    still = {time: {**now, "village_goods": 0.7} for time, now in books.items()}

    assert closing(same, (1924, 4), P).grain == pytest.approx(0.0, abs=1e-12)
    assert closing(same, (1924, 4), P).goods < 0.0, "more goods make them cheaper"
    assert closing(still, (1924, 4), P).goods == pytest.approx(0.0, abs=1e-12)
    assert closing(books, PEAK, P).total == 0.0
