"""Money of the village: an account that closes, worked by hand; without effect where it is off."""

from collections.abc import Mapping
from functools import cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sovplan.foundation.engine.block import Piece
from sovplan.regimes.countries import country_inputs
from sovplan.regimes.model import model_parameters
from sovplan.society.nation import purse
from sovplan.society.nation.accounts import breaks
from sovplan.society.nation.year import Quarter, run_nation

P = model_parameters()
NAMES = ("tax", "elsewhere", "bought", "cash", "want", "short", "sold", "unsold")
PAID = {"village_grain_pay": 1.0, "village_raw_pay": 0.5, "village_town_pay": 1.5}
REST = {"village_goods": 2.0, "village_other": 1.0, "charged_price": P["price_1927"],
        "village_cash": 0.54, "tax_season": 0.25, "village_money": 1.0, "farm_tax": 0.4,
        "village_levies": 0.1}  # fmt: skip
money = st.floats(0.0, 6.0)


def call(piece: Piece, **given_: float) -> tuple[float, ...]:
    numbers = {name: P[name] for name in piece.parameters}
    found = piece.law(**{**numbers, **given_})
    return found if isinstance(found, tuple) else (found,)


def spent(**given_: float) -> dict[str, float]:
    found = call(purse.village_purse, **{**PAID, **REST, **given_})
    return dict(zip(NAMES, found, strict=True))


@cache
def run(regime: str, *off: str) -> tuple[Quarter, ...]:
    return run_nation(country_inputs(regime), P, off)


def at(books: tuple[Quarter, ...]) -> dict[tuple[int, int], Mapping[str, float]]:
    return {(each.year, each.quarter): each.nation for each in books}


# ---- what is felt --------------------------------------------------------------------------------


@given(clearing=st.floats(0.5, 3.0), felt=st.floats(0.5, 3.0), want=st.floats(0.0, 3.0),
       on=st.sampled_from([(0.0, 1.0), (1.0, 0.0)]))  # fmt: skip
def test_without_money_or_with_free_prices_nothing_is_changed_by_a_bit(
    clearing: float, felt: float, want: float, on: tuple[float, float]
) -> None:
    found = call(
        purse.scarcity, clearing_price=clearing, charged_price=1.2, felt_price=felt,
        village_want=want, village_money=on[0], price_control=on[1],
    )  # fmt: skip

    assert found == (clearing, felt)


@given(want=st.floats(0.0, 3.0), more=st.floats(0.01, 1.0))
def test_what_is_lacking_is_felt_as_a_price(want: float, more: float) -> None:
    base = {"clearing_price": 0.9, "charged_price": 1.2, "felt_price": 5.0, "village_money": 1.0,
            "price_control": 1.0}  # fmt: skip
    scarce, felt = call(purse.scarcity, village_want=want, **base)
    more_scarce, more_felt = call(purse.scarcity, village_want=want + more, **base)

    assert scarce == pytest.approx(max(0.9, 1.2 * want ** (1.0 / P["eps_d"])))
    assert more_scarce >= scarce
    assert felt >= 1.2 / P["price_1926"] * (1.0 - 1e-12)
    if want > 1.0:
        assert more_felt > felt
    else:
        assert felt == pytest.approx(1.2 / P["price_1926"])


# ---- the account ---------------------------------------------------------------------------------


def test_pay_of_the_village_by_hand() -> None:
    found = call(purse.village_pay, taken=4.0, goods=5.0, town_income=6.0, village_money=1.0,
                 grain_price=0.9)  # fmt: skip

    assert found == pytest.approx((4 * 4.0 * 72.5 * 0.9 / 1000, 0.12 * 5.0, 0.3 * 6.0))


def test_the_purse_by_hand() -> None:
    found = spent()

    # 3 is paid to the village; 0.4 is tax, 0.1 levies; it wants to hold 0.18 x 3 and does.
    assert found["tax"] == pytest.approx(0.5)
    assert found["elsewhere"] == pytest.approx(0.25)
    assert found["bought"] == pytest.approx(2.25)
    assert found["cash"] == pytest.approx(0.54)
    assert found["short"] == 0.0
    assert [found[name] for name in ("want", "sold", "unsold")] == pytest.approx([0.75, 2.25, 0.75])


def test_money_that_finds_nothing_stays() -> None:
    found = spent(village_goods=1.0, village_other=0.5)

    assert found["bought"] == pytest.approx(1.5)
    assert found["short"] == pytest.approx(1.0 / 3.0)
    assert found["cash"] == pytest.approx(0.54 + 0.75 / 4.0)


@given(got=money, cash=money, tax=st.floats(0.0, 2.0), goods=st.floats(0.1, 5.0),
       price=st.floats(0.5, 3.0))  # fmt: skip
def test_the_account_closes_and_the_purse_is_never_below_nothing(
    got: float, cash: float, tax: float, goods: float, price: float
) -> None:
    found = spent(village_grain_pay=got, village_raw_pay=0.0, village_town_pay=0.0,
                  village_cash=cash, farm_tax=tax, village_goods=goods, village_other=0.0,
                  charged_price=price)  # fmt: skip

    paid = found["tax"] + found["elsewhere"] + found["bought"]
    assert found["cash"] == pytest.approx(cash + (got - paid) / 4.0)
    assert found["cash"] >= -1e-12
    assert found["sold"] + found["unsold"] == pytest.approx(goods)
    assert found["unsold"] >= -1e-12
    assert 0.0 <= found["short"] < 1.0


def test_the_house_sees_money_that_comes_from_nowhere() -> None:
    books = run("as_it_was_money")
    place = next(i for i, each in enumerate(books) if (each.year, each.quarter) == (1927, 2))
    old, new = books[place - 1], books[place]
    matrix = np.array(country_inputs("as_it_was_money").coefficients)

    def told(**changed: float) -> list[str]:
        after = ({**new.nation, **changed}, new.sectors)
        return [name for name, _ in breaks((old.nation, old.sectors), after, matrix, 2)]

    assert told() == []
    assert told(village_cash=new.nation["village_cash"] + 0.01) == ["money of the village"]
    assert told(village_bought=new.nation["village_bought"] + 0.01) == ["money of the village"]
    assert told(village_unsold=new.nation["village_unsold"] + 0.01) == ["goods of the village"]


# ---- in the country ------------------------------------------------------------------------------


def test_history_as_shipped_knows_no_purse_and_the_switch_holds_it_off() -> None:
    usual, silent = at(run("as_it_was")), at(run("as_it_was", "rules.village_money"))
    towns = at(run("as_it_was_money", "rules.village_money"))

    for time, now in usual.items():
        assert now == silent[time], time
        assert now["scarcity_price"] == now["clearing_price"], time
        assert now["village_cash"] == 0.0, time
    assert all(now["village_cash"] == 0.0 for now in towns.values())


def test_the_purse_is_kept_from_1924_to_1928_and_sells_less_grain_when_goods_lack() -> None:
    towns, both = (at(run("as_it_was_money", *off)) for off in (("rules.village_money",), ()))

    assert both[1923, 4]["village_cash"] == 0.0
    assert all(both[year, 4]["village_cash"] > 0.0 for year in range(1924, 1929))
    assert both[1929, 1]["village_cash"] == both[1928, 4]["village_cash"]
    assert both[1927, 3]["village_short"] > 0.1
    assert both[1927, 4]["hold_share"] > towns[1927, 4]["hold_share"]
    assert both[1927, 4]["taken"] < towns[1927, 4]["taken"]
