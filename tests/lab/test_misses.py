"""What a miss would take: the number that is found does it, and what is there does not."""

import pytest

from sovplan.lab.misses import JOINTS, WAYS, Way, closing_rates, need, together
from sovplan.lab.validate import as_shipped, validate
from sovplan.regimes.countries import country_inputs
from sovplan.regimes.model import model_parameters

QUOTA = next(way for way in WAYS if way.pattern == "V09")


def test_every_pattern_that_is_missed_has_a_way_and_no_other() -> None:
    missed = {each.pattern.id for each in as_shipped() if each.status == "missed"}

    assert {way.pattern for way in WAYS} == missed


def test_the_quota_that_is_needed_meets_the_pattern_and_the_one_before_does_not() -> None:
    found = need(QUOTA)

    assert found.shipped < found.value <= QUOTA.end
    assert found.in_range
    for value, met in ((found.value, "met"), (2 * found.value - QUOTA.end - 1e-3, "missed")):
        moved = country_inputs().changed(
            "quota_share",
            lambda year, held, value=value: (  # type: ignore[misc]
                value if held == 0.19 and year in {1929, 1930} else held
            ),
        )
        results = {each.pattern.id: each.status for each in validate(moved)}
        assert results["V09"] == met


def test_what_is_lost_is_met_as_shipped_and_missed_there() -> None:
    found = need(next(way for way in WAYS if way.name == "k_O"))
    moved = validate(parameters={**model_parameters(), found.way.name: found.value})
    before = {each.pattern.id: each.status for each in as_shipped()}

    worse = [each.pattern.id for each in moved
             if each.status == "missed" and before[each.pattern.id] == "met"]  # fmt: skip
    assert list(found.lost) == worse
    assert worse


def test_a_way_that_does_nothing_is_said_to_do_nothing() -> None:
    found = need(Way("V09", (), "tot", 0.5))

    assert found.value != found.value, "nan: prices abroad move no quota"
    assert not found.in_range
    assert found.lost == ()


def test_the_ways_move_what_is_there() -> None:
    about = country_inputs().about
    for way in WAYS:
        if way.place:
            old, first, last = way.place
            held = country_inputs().values[way.name]
            assert any(held[year, 3] == old for year in range(first, last + 1)), way
            assert about[way.name].low <= way.end <= about[way.name].high
        else:
            assert way.name in model_parameters()


def test_two_prices_of_grain_meet_three_years_of_deliveries() -> None:
    result, lost = together(next(joint for joint in JOINTS if joint.pattern == "V07"))

    assert result.status == "met"
    assert lost == ()


def test_rates_of_closing_by_hand() -> None:
    rates = closing_rates()

    assert rates[1924] == pytest.approx(1.0 - 58.0 / 75.0)
    assert rates[1931] == 1.0
