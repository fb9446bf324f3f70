"""The grain strike with money of the village: runs over ranges, beside what was printed."""

import pytest

from sovplan.history.series import series
from sovplan.lab.markets import MONEY, TOWNS
from sovplan.lab.purses import (
    HOUSEHOLD,
    RANGED,
    alone,
    circulation,
    corners,
    printed_halves,
    purse,
    purse_points,
)
from sovplan.regimes.countries import HISTORY, country_inputs
from sovplan.regimes.model import model_parameter_table, model_parameters


def test_halves_that_are_told_add_up_to_the_year() -> None:
    whole, told = series("grain_procurement").values(), printed_halves()

    for year in (1926, 1927):
        assert told[year, 2] + told[year + 1, 1] == pytest.approx(whole[year + 1])
    assert told[1927, 2] / told[1926, 2] == pytest.approx(300 / 428, abs=0.001)


def test_money_in_circulation_stands_at_the_nearest_quarter() -> None:
    assert circulation() == {
        (1924, 3): 0.627, (1925, 3): 1.1429, (1926, 3): 1.3432, (1927, 3): 1.6708,
        (1928, 2): 1.577,
    }  # fmt: skip


def test_corners_are_the_ends_of_six_ranges_each_once() -> None:
    known = {each.name: each for each in model_parameter_table()}
    found = [tuple(run.parameters[name] for name in RANGED) for run in corners()]

    assert len(set(found)) == len(found) == 2 ** len(RANGED)
    for name, values in zip(RANGED, zip(*found, strict=True), strict=True):
        assert set(values) == {known[name].low, known[name].high}


def test_the_strike_needs_withholding_and_either_the_price_or_the_want_of_goods() -> None:
    price, both = purse(off=TOWNS, uncut=True), purse(uncut=True)
    silent = purse(off=("rules.grain_strike",), uncut=True)

    assert price.autumn > 0.9, "neither a lower price nor a purse"
    assert both.strike, "want of goods alone"
    assert silent.autumn > 0.8, "nothing withheld"
    assert purse().autumn < purse(off=TOWNS).autumn < 0.8


def test_taxes_paid_before_the_autumn_take_the_want_of_goods_away() -> None:
    paid, even = purse(), purse(even=True)

    assert paid.at[1927, 3]["village_short"] > 0.1
    assert even.at[1927, 3]["village_short"] < 0.05
    assert even.autumn > paid.autumn


def test_more_pay_of_towns_is_more_want_and_less_grain_in_1926() -> None:
    less, more = alone()["food_of_towns"]

    assert less.shortest == 0.0
    assert not less.famine
    assert more.famine
    assert not more.near
    assert more.taken(1926, 3, 4) < less.taken(1926, 3, 4)
    assert less.autumn == purse(off=TOWNS).autumn, "nothing short, nothing changed"


def test_the_book_is_given_what_the_run_came_to() -> None:
    years, given = range(1926, 1930), country_inputs(MONEY)
    points = purse_points("x", given, model_parameters(), (), years)
    found = {(point.series, point.year): point for point in points}
    run = purse().at[1927, 4]

    assert max(year for _, year in found) == 1928
    assert found["purse/delivered/4", 1927].value == run["taken"]
    cash = found["purse/cash/4", 1927]
    assert cash.unit == "roubles a household"
    assert cash.value == pytest.approx(1000 * run["village_cash"] / (run["village"] / HOUSEHOLD))
    assert purse(HISTORY).cash((1927, 4)) == 0.0
