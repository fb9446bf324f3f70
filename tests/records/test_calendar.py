from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.records.small import Row, Spoiled, small

from sovplan.records.aims import Aims
from sovplan.records.assembly import economy_of
from sovplan.records.calendar import calendar_of
from sovplan.records.economy import Economy, Series
from sovplan.records.folder import Table

BREAD, STEEL, OIL = 0, 1, 2


@pytest.fixture(scope="module")
def economy() -> Economy:
    return economy_of(small())


def with_needs(*rows: Row) -> Economy:
    case = Spoiled()
    case.tables["needs.csv"] = list(rows)
    return economy_of(case.folder())


def test_years_are_counted_from_the_first_year_of_the_plan(economy: Economy) -> None:
    assert calendar_of(economy, Aims(years=3)).years == (2001, 2002, 2003)
    assert len(calendar_of(economy, Aims()).years) == 5


def test_a_series_repeats_its_last_row_and_starts_from_nothing() -> None:
    economy = with_needs(
        {"year": 2004, "good": "bread", "target": 7},
        {"year": 2002, "good": "bread", "target": 5, "floor": 1, "public": 2},
    )

    calendar = calendar_of(economy, Aims(years=5))

    assert calendar.target[BREAD].tolist() == [0, 5, 5, 7, 7]
    assert calendar.floor[BREAD].tolist() == [0, 1, 1, 0, 0]
    assert calendar.public[BREAD].tolist() == [0, 2, 2, 0, 0]
    assert calendar.target[OIL].tolist() == [0] * 5


def test_a_row_from_before_the_plan_holds_in_its_first_year(economy: Economy) -> None:
    calendar = calendar_of(economy, Aims(years=3))

    assert calendar.labour.tolist() == [[400] * 3, [120] * 3]
    assert calendar.resources.tolist() == [[90, 90, 90], [30, 30, 32]]


def test_series_of_credit_add_up_and_one_that_may_be_drawn_is_left_out(economy: Economy) -> None:
    fixed = replace(economy, extensions=economy.extensions.without("credit"))

    assert calendar_of(economy, Aims(years=3)).credit.tolist() == [0, -0.5, -0.5]
    assert calendar_of(fixed, Aims(years=3)).credit.tolist() == [2, 1.5, 1.5]


def test_targets_of_output_stand_apart(economy: Economy) -> None:
    calendar = calendar_of(economy, Aims(years=3))

    assert calendar.output_target[STEEL].tolist() == [0, 8, 8]
    assert calendar.output_base[STEEL].tolist() == [0, 4, 4]
    assert calendar.target[STEEL].tolist() == [3, 3, 3]


def test_a_row_of_the_aims_leaves_rows_of_other_years_and_goods_as_they_are() -> None:
    economy = with_needs(
        {"year": 2001, "good": "bread", "target": 5, "floor": 1},
        {"year": 2003, "good": "bread", "target": 7},
        {"year": 2002, "good": "steel", "target": 3},
    )
    needs = Table.of("needs.csv", [{"year": 2002, "good": "bread", "target": 50}])

    calendar = calendar_of(economy, Aims(years=4, needs=needs))

    assert calendar.target[BREAD].tolist() == [5, 50, 7, 7]
    assert calendar.floor[BREAD].tolist() == [1, 0, 0, 0]
    assert calendar.target[STEEL].tolist() == [0, 3, 3, 3]


def test_rows_of_the_aims_replace_rows_of_the_same_year_good_and_kind(economy: Economy) -> None:
    needs = Table.of(
        "needs.csv",
        [
            {"year": 2001, "good": "bread", "target": 50},
            {"year": 2003, "good": "bread", "target": 70, "floor": 30},
            {"year": 2002, "good": "steel", "kind": "output", "target": 9},
        ],
    )

    calendar = calendar_of(economy, Aims(years=4, needs=needs))

    assert calendar.target[BREAD].tolist() == [50, 50, 70, 70]
    assert calendar.floor[BREAD].tolist() == [0, 0, 30, 30]
    assert calendar.public[BREAD].tolist() == [0, 0, 0, 0]
    assert calendar.target[STEEL].tolist() == [3, 3, 3, 3]
    assert calendar.output_target[STEEL].tolist() == [0, 9, 9, 9]
    assert calendar.output_base[STEEL].tolist() == [0, 0, 0, 0]


def test_floors_are_multiplied_by_year_and_the_last_multiple_repeats(economy: Economy) -> None:
    calendar = calendar_of(economy, Aims(years=4, floor_multiples=(0.5, 2.0)))

    assert calendar.floor[BREAD].tolist() == [10, 40, 40, 40]
    assert calendar.public[BREAD].tolist() == [1, 1, 1, 1]


def test_a_year_is_wanted_if_it_has_a_positive_target_of_either_kind() -> None:
    economy = with_needs(
        {"year": 2001, "good": "bread", "target": 0, "floor": 3},
        {"year": 2002, "good": "steel", "kind": "output", "target": 1},
        {"year": 2003, "good": "steel", "kind": "output", "target": 0},
        {"year": 2004, "good": "bread", "target": 2},
    )

    assert calendar_of(economy, Aims(years=4)).wanted().tolist() == [False, True, False, True]


ROWS = st.lists(
    st.tuples(st.integers(0, 2), st.integers(1995, 2010), st.floats(0, 1e6)),
    max_size=12,
    unique_by=lambda row: row[:2],
)


@given(ROWS, st.integers(1995, 2010), st.integers(1, 12))
def test_a_series_is_what_the_latest_row_says(
    rows: list[tuple[int, int, float]], first: int, count: int
) -> None:
    series = Series(
        ("a", "b", "c"),
        np.array([row for row, _, _ in rows], dtype=np.int64),
        np.array([year for _, year, _ in rows], dtype=np.int64),
        np.array([amount for *_, amount in rows], dtype=np.float64).reshape(-1, 1),
    )
    years = range(first, first + count)

    found = series.over(years, before=-1.0)

    for name in range(3):
        for place, year in enumerate(years):
            past = {y: amount for row, y, amount in rows if row == name and y <= year}
            expected = past[max(past)] if past else -1.0
            assert found[name, place, 0] == expected
