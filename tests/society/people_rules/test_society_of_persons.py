"""The society of persons: its accounts, its start, its luck, and what its switches change."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sovplan.foundation.engine.engine import digest
from sovplan.foundation.engine.rows import Rows
from sovplan.foundation.errors import DataError, IdentityBroken
from sovplan.records.parameters import NAMES
from sovplan.regimes.parameters import read_parameters
from sovplan.society.people_rules import people
from sovplan.society.people_rules.founders import AGES, alias, pyramid
from sovplan.society.people_rules.numbers import (
    PARAMETERS,
    START,
    TRIAL_YEAR,
    numbers,
    trial_values,
    values,
)  # fmt: skip
from sovplan.society.people_rules.people import apportioned, society, spread
from sovplan.society.people_rules.society import RULES, Society, Year, check, composed, histogram
from sovplan.society.people_rules.tables import CLASSES, WEIGHTED_PEOPLE, WHOLE_PEOPLE

SHARED = read_parameters()
VALUES = trial_values(SHARED)
SWITCHES = sorted({each.switch for each in RULES if each.switch})


def lived(
    years: int = 2, people: int = 4000, rows: int | None = None, *, off: tuple[str, ...] = (),
    given: Mapping[str, float] = VALUES, seed: int = 1,
) -> Society:  # fmt: skip
    """Return a society after some years."""
    whole = Society(society(people, rows), given, seed, "arrays", off=off)
    for year in range(1926, 1926 + years):
        whole.live(year)
    return whole


def test_plain_python_and_numpy_give_the_same_bits() -> None:
    arrays = lived(2, 700)
    plain = Society(society(700), VALUES, 1, "plain")
    for year in (1926, 1927):
        plain.live(year)

    assert digest(plain.rows) == digest(arrays.rows)


def test_compiled_loops_give_the_same_bits(tmp_path: Path) -> None:
    arrays = lived(3, 70_000)
    loops = Society(society(70_000), VALUES, 1, "compiled", threads=2, folder=tmp_path)
    for year in (1926, 1927, 1928):
        loops.live(year)

    assert len(loops.engine.compiled) == 2
    assert digest(loops.rows) == digest(arrays.rows)
    assert loops.years == arrays.years


def test_founders_are_the_same_in_rows_and_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    arrays = society(600, 300)

    monkeypatch.setattr(people, "FEW", "plain")
    plain = society(600, 300)

    assert digest(plain) == digest(arrays)


def test_founders_have_the_ages_of_their_pyramid() -> None:
    shares = pyramid(0.01, values())
    kept, other = alias(shares)

    back = kept / AGES
    np.add.at(back, other, (1 - kept) / AGES)

    np.testing.assert_allclose(back, shares, atol=1e-15)
    ages = np.bincount(society(50_000)["people"]["age"], minlength=AGES)[:AGES]
    start = pyramid(values(START)["growth"], values())
    assert np.abs(np.cumsum(ages / 50_000) - np.cumsum(start)).max() < 0.01


def test_accounts_close_and_something_happens() -> None:
    whole = lived(4, 20_000)

    for year in whole.years:
        assert year.totals["births"] > year.totals["deaths"] > 0
        assert year.totals["moves"] >= year.totals["rises"] > 0
        assert year.totals["estates"] > 0
        assert sum(year.matrix["pay"].values()) == 0
    first, last = whole.years[0].totals, whole.years[-1].totals
    assert last["people"] == first["people"] + sum(
        year.totals["births"] - year.totals["deaths"] for year in whole.years[:-1]
    )


INSTITUTIONS = numbers(TRIAL_YEAR)


@settings(max_examples=6, deadline=None)
@given(data=st.data(), seed=st.integers(0, 2**64 - 1))
def test_accounts_close_under_any_regime(data: st.DataObject, seed: int) -> None:
    drawn = {each.name: data.draw(st.floats(each.low, each.high)) for each in INSTITUTIONS}

    lived(3, 1500, 600, given={**VALUES, **drawn}, seed=seed)


@pytest.mark.parametrize(
    ("name", "by", "said"),
    [
        ("people", 1, "account of hours is open by -8760"),
        ("births", 1, "account of people is open by -1"),
        ("savings", 5, "account of money is open by 5"),
        ("hours", 2, "account of hours is open by 2"),
    ],
)
def test_an_account_that_does_not_close_is_named_with_its_gap(
    name: str, by: int, said: str
) -> None:
    before, now = lived(2, 3000).years

    def changed(year: Year) -> Year:
        return replace(year, totals={**year.totals, name: year.totals[name] + by})

    before, now = (changed(before), now) if name == "births" else (before, changed(now))
    with pytest.raises(IdentityBroken, match=said):
        check(now, before)


@pytest.mark.parametrize("switch", SWITCHES)
def test_each_switch_changes_the_society_and_closes_its_accounts(switch: str) -> None:
    scarce = {**VALUES, "value_of_labour": 4.0}

    other = lived(3, 2500, off=(switch,), given=scarce)

    assert digest(other.rows) != digest(lived(3, 2500, given=scarce).rows)


def test_a_rule_that_is_off_leaves_the_luck_of_the_others_alone() -> None:
    one, other = lived(1, 20_000), lived(1, 20_000, off=("turnover",))

    assert other.years[0].totals["moves"] == 0 < one.years[0].totals["moves"]
    for name in ("deaths", "births", "enters", "appointed", "income"):
        assert one.years[0].totals[name] == other.years[0].totals[name]


def test_a_sample_has_the_totals_of_the_whole_and_stays_near_it() -> None:
    whole, sample = lived(2, 40_000), lived(2, 40_000, 8000)
    one, other = whole.rows["people"], sample.rows["people"]

    assert one.table is WHOLE_PEOPLE
    assert other.table is WEIGHTED_PEOPLE
    assert sample.years[0].totals["people"] == 40_000
    for name in ("people", "income", "hours"):
        there, here = whole.years[1].totals[name], sample.years[1].totals[name]
        assert here == pytest.approx(there, rel=0.05)


@given(shares=st.lists(st.floats(0.001, 1), min_size=2, max_size=8), total=st.integers(0, 10**9))
def test_parts_sum_to_the_whole_and_are_near_their_shares(shares: list[float], total: int) -> None:
    parts = apportioned(np.array(shares), total)

    assert parts.sum() == total
    assert (np.abs(parts - np.array(shares) / sum(shares) * total) <= 1 + 1e-6).all()


@given(total=st.integers(1, 10**9), rows=st.integers(1, 500))
def test_weights_sum_to_the_total_and_differ_by_one(total: int, rows: int) -> None:
    weights = spread(total, rows)

    assert weights.sum() == total
    assert weights.max() - weights.min() <= 1


def test_classes_start_with_exact_totals_and_persons_with_their_keys() -> None:
    rows = society(50_000)["people"]
    start = values(START)

    assert (
        histogram(rows, "stratum", len(CLASSES))
        == apportioned(np.array([start[name] for name in CLASSES]), 50_000).tolist()
    )
    assert (rows["key"] == np.arange(50_000)).all()
    assert rows["sex"].mean() == pytest.approx(start["women"], abs=0.01)
    assert 15 < rows["age"].mean() < 35
    assert rows.table.row_bytes == 30


def test_more_rows_than_persons_are_refused() -> None:
    with pytest.raises(DataError, match="2000 persons cannot be shown by 2001 rows"):
        society(2000, 2001)


def test_common_luck_makes_differences_precise() -> None:
    """Ration raised: the spread of the difference of a sum, same luck against luck of its own."""
    fed = {**VALUES, "ration": 0.3}

    def morale(given: Mapping[str, float], seed: int) -> float:
        last = lived(2, 1500, given=given, seed=seed).years[-1].totals
        return last["support"] / last["people"]

    base = np.array([morale(VALUES, seed) for seed in range(8)])
    same = np.array([morale(fed, seed) for seed in range(8)])

    assert np.var(same - base) < 0.1 * (np.var(same) + np.var(base))


def test_every_number_has_a_source_and_is_read_by_a_rule() -> None:
    asked = set(composed(weighted=False).values())
    own = {number.name for number in (*numbers(PARAMETERS), *numbers(TRIAL_YEAR))}

    assert own <= asked
    assert asked - own <= set(NAMES)
    assert not own & set(NAMES)
    for path in (PARAMETERS, TRIAL_YEAR, START):
        for number in numbers(path):
            assert number.low <= number.value <= number.high
            assert number.source


def test_an_unknown_institution_is_refused() -> None:
    with pytest.raises(DataError, match="no institution or parameter passport"):
        trial_values(SHARED, passport=1.0)


def test_passports_keep_peasants_in_the_village() -> None:
    closed = lived(2, 20_000, given={**VALUES, "passports": 1.0})

    assert closed.years[0].totals["rises"] == 0
    assert closed.years[0].totals["moves"] > 0


def test_rules_are_short_and_have_equations_and_sources() -> None:
    numbers_of_rules = [each.number for each in RULES]

    assert len(RULES) >= 15
    assert all(each.equation and each.source for each in RULES)
    assert all(number.startswith("R") for number in numbers_of_rules)


def test_all_that_is_counted_lies_in_the_tables() -> None:
    whole = lived(1, 3000)
    cell: Rows = whole.rows["cell"]

    assert whole.years[0].totals["people"] == cell["people"].sum() == 3000
    assert sum(histogram(whole.rows["people"], "stratum", 6)) == whole.rows["people"].here.sum()
