from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.records.formats import FORMATS, GOODS, Rows, as_ods, as_xlsx
from tests.records.small import TABLES, differences, small

from sovplan.foundation.errors import DataError
from sovplan.records.assembly import economy_of
from sovplan.records.tables import (
    find_table,
    read_folder,
    read_table,
    read_toml,
    write_toml,
)

# ---- reading ------------------------------------------------------------------------------------


@pytest.mark.parametrize("ending", FORMATS)
def test_a_table_is_the_same_from_every_format(ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"goods{ending}"
    path.write_bytes(FORMATS[ending](GOODS))

    table = read_table(path)

    assert (table.name, table.file) == ("goods.csv", f"goods{ending}")
    assert table.columns["good"] == ("coal", "oil", "1928")
    assert table.columns["title"] == ("Coal, hard", "", "Good of that name")
    assert table.columns["note"] == ("of 1928", "", "çelik")
    assert isinstance(table.columns["stock"], np.ndarray)
    assert np.array_equal(table.columns["stock"], [2.5, np.nan, 0], equal_nan=True)


@pytest.mark.parametrize("ending", [".xlsx", ".ods"])
def test_a_year_of_a_spreadsheet_is_a_whole_number_and_a_name_of_digits_a_name(
    ending: str, tmp_path: Path
) -> None:
    path = tmp_path / f"needs{ending}"
    path.write_bytes(FORMATS[ending]([["year", "good", "target"], [1929, 7, 1.5]]))

    table = read_table(path)

    assert table.numbers("year").tolist() == [1929]
    assert table.columns["good"] == ("7",)


def test_blank_rows_are_passed_over_and_rows_keep_their_number(tmp_path: Path) -> None:
    (tmp_path / "goods.csv").write_text('good,note\ncoal,"two\nlines"\n\n , \noil,\n')
    sheet: Rows = [["good", "note"], ["coal", ""], [None, None], ["oil", ""]]
    (tmp_path / "goods.xlsx").write_bytes(as_xlsx(sheet))

    text, table = read_table(tmp_path / "goods.csv"), read_table(tmp_path / "goods.xlsx")

    assert text.columns["good"] == table.columns["good"] == ("coal", "oil")
    assert list(text.lines) == [3, 6]
    assert list(table.lines) == [2, 4]


def test_spaces_around_cells_and_a_byte_order_mark_are_dropped(tmp_path: Path) -> None:
    (tmp_path / "goods.csv").write_bytes("\ufeff good , stock\n coal , 2 \n".encode())

    table = read_table(tmp_path / "goods.csv")

    assert table.columns["good"] == ("coal",)
    assert table.numbers("stock").tolist() == [2]


def test_blank_cells_after_the_last_head_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / "goods.csv").write_text("good,title,stock\ncoal,,\noil,Oil,3,,\n")

    table = read_table(tmp_path / "goods.csv")

    assert table.columns["title"] == ("", "Oil")
    assert np.array_equal(table.numbers("stock"), [np.nan, 3], equal_nan=True)


def test_blank_cells_at_the_end_of_a_row_of_a_spreadsheet_need_not_be_there(tmp_path: Path) -> None:
    (tmp_path / "goods.xlsx").write_bytes(as_xlsx([["good", "title", "stock"], ["coal"]]))

    table = read_table(tmp_path / "goods.xlsx")

    assert (table.columns["good"], table.columns["title"]) == (("coal",), ("",))


@pytest.mark.parametrize(
    "cell", ["ten", "1,5", "inf", "nan", "1e999", "1_000", "٤", "1 000", "0x1", "."]
)
def test_a_column_of_numbers_with_another_cell_stays_as_it_was_written(
    cell: str, tmp_path: Path
) -> None:
    (tmp_path / "goods.csv").write_text(f'good,stock\ncoal,2.50\noil,"{cell}"\n')

    table = read_table(tmp_path / "goods.csv")

    assert table.columns["stock"] == ("2.50", cell)


def test_truth_in_a_spreadsheet_is_no_number(tmp_path: Path) -> None:
    (tmp_path / "goods.xlsx").write_bytes(as_xlsx([["good", "stock"], ["coal", True]]))

    table = read_table(tmp_path / "goods.xlsx")

    assert table.columns["stock"] == ("True",)


def test_categories_and_small_types_of_parquet_are_read(tmp_path: Path) -> None:
    columns = pa.table(
        {
            "good": pa.array(["coal", "coal"]).dictionary_encode(),
            "year": pa.array([1929, None], pa.int16()),
            "target": pa.array([1.5, 2.5], pa.float32()),
            "note": pa.nulls(2),
        }
    )
    pq.write_table(columns, tmp_path / "needs.parquet")

    table = read_table(tmp_path / "needs.parquet")

    assert table.columns["good"] == ("coal", "coal")
    assert np.array_equal(table.numbers("year"), [1929, np.nan], equal_nan=True)
    assert table.numbers("target").tolist() == [1.5, 2.5]
    assert table.columns["note"] == ("", "")


def test_whole_numbers_of_parquet_too_long_to_be_exact_are_rounded(tmp_path: Path) -> None:
    pq.write_table(pa.table({"stock": [2**53 + 1]}), tmp_path / "goods.parquet")

    assert read_table(tmp_path / "goods.parquet").numbers("stock").tolist() == [2.0**53]


REFUSED: dict[str, tuple[str, bytes, str]] = {
    "ending": ("goods.txt", b"good\n", r"goods\.txt is not a table; known endings: \.csv"),
    "not_utf8": ("goods.csv", b"good\n\xe9t\xe9\n", "goods.csv, row 2: a letter is not in UTF-8"),
    "utf16": ("goods.csv", "good\ncoal\n".encode("utf-16"), "goods.csv is in UTF-16"),
    "semicolons": ("goods.csv", b"good;stock\ncoal;1,5\n", "parted by semicolons; .* with commas"),
    "tabs": ("goods.csv", b"good\tstock\ncoal\t1\n", "goods.csv: its columns are parted by tabs"),
    "bars": ("goods.csv", b"good|stock\ncoal|1\n", "parted by upright bars"),
    "zero_byte": ("goods.csv", b"good,stock\nco\0al,1\n", "goods.csv, row 2: a zero byte"),
    "not_csv": ("goods.csv", b'good\n"coal\n', "goods.csv, row 2: not readable as CSV"),
    "quotes": ("goods.csv", b'good\n"coal"x\n', "goods.csv, row 2: not readable as CSV"),
    "not_sheet": ("goods.xlsx", b"no sheet", "cannot be read as a spreadsheet"),
    "not_ods": ("goods.ods", b"PK\x03\x04", "cannot be read as a spreadsheet"),
    "not_parquet": ("goods.parquet", b"no table", "cannot be read as Parquet"),
    "long_row": ("goods.csv", b"good,stock\na,1\nb,1,5\n", "row 3: 3 cells under 2 heads"),
    "short_row": ("goods.csv", b"good,stock\na,1\nb\n", "row 3: 1 cells under 2 heads"),
    "long_sheet": ("goods.xlsx", as_xlsx([["good"], ["a", "b"]]), "row 2: 2 cells under 1 heads"),
    "empty": ("goods.csv", b"", "goods.csv is empty"),
    "blank": ("goods.csv", b"\n\n", "goods.csv is empty"),
    "empty_sheet": ("goods.xlsx", as_xlsx([]), "goods.xlsx is empty"),
    "blank_head": ("goods.csv", b"good,,stock\na,b,1\n", "column 2 has no head"),
    "head_twice": ("goods.csv", b"good,stock,good\na,1,b\n", 'the head "good" stands twice'),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_file_that_is_no_table_is_refused_and_named(case: str, tmp_path: Path) -> None:
    name, content, message = REFUSED[case]
    (tmp_path / name).write_bytes(content)

    with pytest.raises(DataError, match=message) as refused:
        read_table(tmp_path / name)

    assert name in str(refused.value)


def test_a_parquet_table_with_one_head_twice_is_refused(tmp_path: Path) -> None:
    twice = pa.Table.from_arrays([pa.array(["a"]), pa.array(["b"])], names=["good", "good"])
    pq.write_table(twice, tmp_path / "goods.parquet")

    with pytest.raises(DataError, match="stands twice"):
        read_table(tmp_path / "goods.parquet")


# ---- folders ------------------------------------------------------------------------------------


def write_economy(folder: Path, ending: str = ".csv") -> None:
    folder.mkdir(exist_ok=True)
    (folder / "economy.toml").write_bytes(write_toml(small().settings))
    for name, rows in TABLES.items():
        heads = list(dict.fromkeys(head for row in rows for head in row))
        grid: Rows = [list(heads), *([row.get(head) for head in heads] for row in rows)]
        path = folder / name.replace(".csv", ending)
        path.write_bytes(FORMATS[ending](grid))


@pytest.mark.parametrize("ending", FORMATS)
def test_an_economy_is_the_same_from_every_format(ending: str, tmp_path: Path) -> None:
    write_economy(tmp_path, ending)

    economy = economy_of(read_folder(tmp_path))

    assert differences(economy, economy_of(small())) == []


def test_only_known_tables_of_a_folder_are_read(tmp_path: Path) -> None:
    write_economy(tmp_path)
    (tmp_path / "README.md").write_text("words")
    (tmp_path / "other.csv").write_text("not,,a\ntable")

    folder = read_folder(tmp_path)

    assert set(folder.tables) == set(TABLES)
    assert folder.origin == str(tmp_path)


def test_a_table_in_two_formats_is_refused(tmp_path: Path) -> None:
    write_economy(tmp_path)
    (tmp_path / "goods.xlsx").write_bytes(as_xlsx(GOODS))

    with pytest.raises(DataError, match=r"goods\.csv, goods\.xlsx all hold the table goods"):
        read_folder(tmp_path)


def test_a_table_is_found_in_any_format_or_not_at_all(tmp_path: Path) -> None:
    (tmp_path / "goods.ods").write_bytes(as_ods(GOODS))

    assert find_table(tmp_path, "goods.csv") == tmp_path / "goods.ods"
    assert find_table(tmp_path, "flows.csv") is None


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"there is no folder .*nowhere; an economy is a folder"):
        read_folder(tmp_path / "nowhere")


def test_a_folder_without_economy_toml_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"there is no file .*economy\.toml"):
        read_folder(tmp_path)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"name = small", r"economy\.toml is not TOML \(.*line 1"),
        (b"a = 1\na = 2", r"economy\.toml is not TOML"),
        (b'a = 1\nname = "B\xfccher"', r"economy\.toml, row 2: a letter is not in UTF-8"),
        ('name = "a"'.encode("utf-16"), r"economy\.toml is in UTF-16"),
    ],
)
def test_settings_that_are_not_toml_are_refused(
    content: bytes, message: str, tmp_path: Path
) -> None:
    (tmp_path / "economy.toml").write_bytes(content)

    with pytest.raises(DataError, match=message) as refused:
        read_folder(tmp_path)

    assert "codec" not in str(refused.value)


def test_settings_may_begin_with_a_byte_order_mark(tmp_path: Path) -> None:
    (tmp_path / "economy.toml").write_bytes('\ufeffname = "small"\n'.encode())

    assert read_toml(tmp_path / "economy.toml") == {"name": "small"}


@pytest.mark.parametrize("value", [5, {"opening": 5}, {"opening": "before"}, {}])
def test_a_wrong_name_of_the_opening_table_is_left_to_the_checks(
    value: object, tmp_path: Path
) -> None:
    (tmp_path / "economy.toml").write_bytes(write_toml({"growth_limits": value}))

    assert read_folder(tmp_path).tables == {}
