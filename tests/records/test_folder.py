import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sovplan.records.folder import Folder, Table, cells, number_or_nan, shortest


def test_a_column_of_numbers_has_blanks_as_nan() -> None:
    table = Table.of("goods.csv", [{"good": "coal", "stock": 2}, {"good": "oil", "stock": None}])

    assert table.text("good") == ("coal", "oil")
    assert table.numbers("stock")[0] == 2
    assert np.isnan(table.numbers("stock")[1])
    assert table.text("stock") == ("2", "")


def test_one_cell_that_is_no_number_keeps_the_column_as_it_was_written() -> None:
    table = Table.of("goods.csv", [{"stock": 2.5}, {"stock": "1,5"}, {"stock": 3}])

    assert table.columns["stock"] == ("2.5", "1,5", "3")
    assert np.isnan(table.numbers("stock")).tolist() == [False, True, False]


def test_a_column_that_is_not_there_is_blank() -> None:
    table = Table.of("goods.csv", [{"good": "coal"}, {"good": "oil", "unit": "barrels"}])

    assert table.text("unit") == ("", "barrels")
    assert table.text("title") == ("", "")
    assert np.isnan(table.numbers("stock")).all()
    assert len(table) == 2


def test_a_table_without_rows_has_no_length() -> None:
    assert len(Table.of("goods.csv", [])) == 0
    assert Folder({}).table("goods.csv").text("good") == ()
    assert len(Folder({}).table("goods.csv").numbers("stock")) == 0


def test_rows_are_counted_as_in_the_file() -> None:
    read = Table("goods.csv", {"good": ("coal", "oil")}, [3, 7], "goods.xlsx")
    made = Table("goods.csv", {"good": ("coal", "oil")})

    assert [read.line(0), read.line(1)] == [3, 7]
    assert [made.line(0), made.line(1)] == [2, 3]


def test_a_column_can_be_put_in_place_and_the_old_table_stays() -> None:
    old = Table.of("goods.csv", [{"good": "coal", "stock": 2}])

    new = old.with_column("stock", np.array([5.0]))

    assert old.numbers("stock").tolist() == [2]
    assert new.numbers("stock").tolist() == [5]
    assert list(new.columns) == ["good", "stock"]


def test_a_table_can_be_put_in_place_and_the_old_folder_stays() -> None:
    old = Folder({"name": "small"}, {"goods.csv": Table.of("goods.csv", [{"good": "coal"}])})

    new = old.with_table(Table.of("goods.csv", [{"good": "oil"}]))

    assert old.table("goods.csv").text("good") == ("coal",)
    assert new.table("goods.csv").text("good") == ("oil",)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_the_shortest_text_reads_back_as_the_same_number(value: float) -> None:
    text = shortest(value)

    assert number_or_nan(text) == value
    assert len(text) <= len(repr(value))


@pytest.mark.parametrize(
    ("cell", "value"),
    [("12", 12.0), ("-1.5e-3", -0.0015), ("+.5", 0.5), ("5.", 5.0), ("1E6", 1e6)],
)
def test_a_number_is_read_as_it_is_usually_written(cell: str, value: float) -> None:
    assert number_or_nan(cell) == value


@pytest.mark.parametrize(
    "cell",
    ["1_000", "٤٠٠", "१२", "1 000", "1,5", "inf", "-Infinity", "nan", "0x10", ".", "e5", ""],
)
def test_what_only_a_programmer_calls_a_number_is_none(cell: str) -> None:
    assert math.isnan(number_or_nan(cell))


@pytest.mark.parametrize(
    ("value", "text"), [(2.0, "2"), (-0.0, "0"), (0.1, "0.1"), (1e16, "1e+16"), (math.nan, "")]
)
def test_whole_numbers_have_no_point(value: float, text: str) -> None:
    assert shortest(value) == text


@given(st.lists(st.none() | st.floats(allow_infinity=False) | st.integers(-(2**53), 2**53)))
def test_numbers_and_blanks_make_a_column_of_numbers(values: list[float | None]) -> None:
    column = cells(values)

    blank = [value is None or math.isnan(value) for value in values]
    if all(blank):
        assert column == ("",) * len(values)
    else:
        assert isinstance(column, np.ndarray)
        assert np.isnan(column).tolist() == blank
        assert [v for v in column.tolist() if not math.isnan(v)] == [
            v for v, no in zip(values, blank, strict=True) if not no
        ]
