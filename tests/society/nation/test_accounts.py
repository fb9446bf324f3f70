from collections.abc import Mapping
from copy import copy
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.society.nation.cases import books

from sovplan.foundation.engine.block import Piece
from sovplan.regimes.countries import COUNTRY_REGIMES, country_inputs
from sovplan.regimes.model import model_parameter_table, model_parameters
from sovplan.society.nation import animals, order
from sovplan.society.nation.accounts import Broken, breaks
from sovplan.society.nation.year import run_nation

TABLE = {each.name: each for each in model_parameter_table()}
DRAWN = ("s_fear", "phi", "eff_coll", "k_O", "gest", "food_norm", "cap_take", "mig_vac", "hold")


@settings(max_examples=6)
@given(st.lists(st.floats(0.0, 1.0), min_size=len(DRAWN), max_size=len(DRAWN)))
def test_accounts_close_wherever_parameters_lie_in_their_ranges(places: list[float]) -> None:
    drawn = {
        name: TABLE[name].low + place * (TABLE[name].high - TABLE[name].low)
        for name, place in zip(DRAWN, places, strict=True)
    }

    found = run_nation(country_inputs(), {**model_parameters(), **drawn})

    assert len(found) == 80
    assert all(np.isfinite(value) for each in found for value in each.nation.values())


def spoiled(name: str, by: float, quarter: int = 4) -> list[str]:
    """Return the accounts that break when one column of a sound quarter is moved."""
    place = next(i for i, q in enumerate(books()) if (q.year, q.quarter) == (1931, quarter))
    before, now = books()[place - 1], books()[place]
    matrix = np.array(country_inputs().coefficients)
    moved: Mapping[str, float] = {**now.nation, name: now.nation[name] + by}
    old = (before.nation, before.sectors)
    return [account for account, _ in breaks(old, (moved, now.sectors), matrix, quarter)]


def test_a_sound_quarter_has_no_break() -> None:
    assert spoiled("village", 0.0) == []


def test_free_members_are_members() -> None:
    assert spoiled("volunteers", 1.0) == ["free members"]


@pytest.mark.parametrize(
    ("name", "account"),
    [
        ("village", "village"), ("births_town", "town"), ("herd", "herd"),
        ("horses_died", "horses"), ("grain_food", "grain"), ("to_store", "grain in store"),
        ("withheld", "grain withheld"), ("taken", "grain taken"), ("machines_free", "machines"),
        ("village_other", "light goods"), ("heavy_left", "heavy goods"),
        ("free_workers", "hands"), ("camp_taken", "prisoners"), ("investment_kept", "investment"),
    ],
)  # fmt: skip
def test_a_break_is_found_and_named(name: str, account: str) -> None:
    assert account in spoiled(name, 1e-6)


def test_a_rule_that_loses_animals_stops_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    def leaking(**given_: float) -> tuple[float, ...]:
        now, *rest = animals.herd.law(**given_)  # type: ignore[misc]
        return (now - 1e-6, *rest)

    # A rule checks its arguments when it is made, so the law is put in afterwards.
    leak = copy(animals.herd)
    object.__setattr__(leak, "law", leaking)
    sound = order.quarter_of

    def with_leak(quarter: int) -> list[Piece]:
        return [leak if piece is animals.herd else piece for piece in sound(quarter)]

    monkeypatch.setattr("sovplan.society.nation.year.quarter_of", with_leak)
    with pytest.raises(Broken, match=r"1921, quarter 1.*herd"):
        run_nation(country_inputs(), model_parameters())


def test_goods_from_nowhere_are_booked_and_end_with_the_recovery() -> None:
    overdrawn = {
        (each.year, each.quarter): each.nation["heavy_overdrawn"] / each.output[2]
        for each in books()
    }

    assert max(overdrawn.values()) < 0.08
    assert max(share for (year, _), share in overdrawn.items() if year >= 1929) <= 0.0011
    assert all(each.nation["machines_overdrawn"] == 0.0 for each in books() if each.year >= 1925)
    assert all(each.nation["goods_overdrawn"] == 0.0 for each in books())


@pytest.mark.parametrize("first", [1917, 1921])
@pytest.mark.parametrize("regime", COUNTRY_REGIMES)
def test_goods_from_nowhere_are_none_where_users_are_bound(regime: str, first: int) -> None:
    inputs = country_inputs(regime, first)
    for name in ("arms_bound", "materials_bound"):
        inputs = inputs.changed(name, lambda _, __: 1.0)
    found = run_nation(inputs, model_parameters())

    assert max(each.nation["heavy_overdrawn"] / each.output[2] for each in found) < 1e-9
    # What sectors wear out beyond what is made can be missing still, in the first quarters.
    assert max(each.nation["machines_overdrawn"] for each in found) < 0.01
    assert all(each.nation["arms_short"] >= 0.0 for each in found)


def test_without_births_people_only_fall() -> None:
    found = run_nation(country_inputs(), {**model_parameters(), "cbr0": 0.0})
    ends = [each.nation["village"] + each.nation["town"] for each in found if each.quarter == 4]

    assert all(later < earlier for earlier, later in pairwise(ends))


def test_a_country_left_in_peace_does_not_starve_in_the_drive() -> None:
    calm = ["rules.collectivisation", "rules.slaughter", "rules.kolkhoz"]
    found = run_nation(country_inputs(), model_parameters(), calm)

    assert sum(q.nation["excess_deaths"] for q in found if q.quarter == 4 and q.year > 1928) == 0.0
