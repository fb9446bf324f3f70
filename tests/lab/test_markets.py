"""What closed the scissors and how sure the goods famine is: runs beside each other."""

import math

from sovplan.lab.markets import (
    MONEY,
    RANGED,
    TOWNS,
    famine,
    famines,
    least_share,
    pressure,
    without,
)
from sovplan.regimes.model import model_parameters


def test_without_control_credit_or_rivals_decide() -> None:
    prices = {name: path[1924, 4] for name, path in without().items()}

    assert len({path[1923, 4] for path in without().values()}) == 1, "all begin at one peak"
    assert prices["free"] > 2.5
    assert prices["credit"] < 2.0
    assert prices["rivals"] < 2.0
    assert prices["harvest"] == prices["all"], "a price that is set does not see the harvest"


def test_the_ranges_of_the_famine_hold_the_run_that_is_shipped() -> None:
    runs = famines()
    usual = {name: model_parameters()[name] for name in RANGED}
    shipped = [run for run in runs if run.parameters == usual]

    assert len(runs) == 27
    assert len(shipped) == 1
    assert shipped[0].behind == famine(MONEY, TOWNS).behind


def test_more_of_income_for_goods_is_more_famine() -> None:
    found = [
        famine(MONEY, TOWNS, {"goods_of_income": share}).behind[1926, 3]
        for share in (0.35, 0.45, 0.55)
    ]

    assert found == sorted(found)
    assert found[0] < found[-1]


def test_the_least_share_is_where_the_famine_begins() -> None:
    share = least_share((1926, 4))

    at, below = (
        famine(MONEY, TOWNS, {"goods_of_income": value}).behind[1926, 4]
        for value in (share, share - 0.01)
    )

    assert at > 0.05 >= below
    assert math.isnan(least_share((1928, 4)))


def test_withholding_makes_the_autumn_of_1927_worse() -> None:
    assert famine("as_it_was").autumn < famine("as_it_was", ["rules.grain_strike"]).autumn


def test_grain_is_worth_more_than_the_state_pays_where_its_price_was_cut() -> None:
    assert pressure("as_it_was", (1928, 1)) >= 1.25
    assert pressure("as_it_was", (1926, 2)) < pressure("as_it_was", (1928, 1))
