import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal

import numpy as np
import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.records.small import TABLES, differences, small

from sovplan.foundation.errors import DataError
from sovplan.history.economies import embedded, folder_path
from sovplan.records.assembly import economy_of
from sovplan.records.folder import Folder, Table
from sovplan.records.schema import SCHEMAS
from sovplan.records.tables import (
    find_table,
    read_folder,
    read_table,
    read_toml,
    write_csv,
    write_folder,
    write_parquet,
    write_toml,
)

Rows = list[list[object]]

GOODS: Rows = [
    ["good", "title", "stock", "note"],
    ["coal", "Coal, hard", 2.5, "of 1928"],
    ["oil", "", None, ""],
    ["1928", "Good of that name", 0, "çelik"],
]


def as_xlsx(rows: Rows) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    sink = io.BytesIO()
    book.save(sink)
    return sink.getvalue()


def as_ods(rows: Rows) -> bytes:
    """Write the least spreadsheet that the OpenDocument format allows."""

    def cell(value: object) -> str:
        if value is None or value == "":
            return "<table:table-cell/>"
        if isinstance(value, str):
            text = value.replace("&", "&amp;").replace("<", "&lt;")
            kind = 'office:value-type="string"'
            return f"<table:table-cell {kind}><text:p>{text}</text:p></table:table-cell>"
        return f'<table:table-cell office:value-type="float" office:value="{value}"/>'

    name = "urn:oasis:names:tc:opendocument:xmlns"
    body = "".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in rows)
    content = (
        f'<office:document-content xmlns:office="{name}:office:1.0" xmlns:table="{name}:table:1.0"'
        f' xmlns:text="{name}:text:1.0"><office:body><office:spreadsheet>'
        f'<table:table table:name="Sheet1">{body}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = f'<manifest:manifest xmlns:manifest="{name}:manifest:1.0"/>'
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("content.xml", content)
        package.writestr("META-INF/manifest.xml", manifest)
    return sink.getvalue()


def as_csv(rows: Rows) -> bytes:
    names = [str(head) for head in rows[0]]
    table = Table.of("x.csv", [dict(zip(names, row, strict=True)) for row in rows[1:]])
    return write_csv(table)


def as_parquet(rows: Rows) -> bytes:
    columns = {str(head): [row[place] for row in rows[1:]] for place, head in enumerate(rows[0])}
    sink = io.BytesIO()
    pq.write_table(pa.table(columns), sink)
    return sink.getvalue()


FORMATS: dict[str, Callable[[Rows], bytes]] = {
    ".csv": as_csv,
    ".parquet": as_parquet,
    ".xlsx": as_xlsx,
    ".ods": as_ods,
}


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


def test_short_rows_are_blank_at_the_end(tmp_path: Path) -> None:
    (tmp_path / "goods.csv").write_text("good,title,stock\ncoal\noil,Oil,3,,\n")

    table = read_table(tmp_path / "goods.csv")

    assert table.columns["title"] == ("", "Oil")
    assert np.array_equal(table.numbers("stock"), [np.nan, 3], equal_nan=True)


@pytest.mark.parametrize("cell", ["ten", "1,5", "inf", "nan", "1e999"])
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
    "not_utf8": ("goods.csv", b"good\n\xe9t\xe9\n", "goods.csv: byte 5 is not UTF-8"),
    "not_csv": ("goods.csv", b'good\n"coal\n', "goods.csv, row 2: not readable as CSV"),
    "quotes": ("goods.csv", b'good\n"coal"x\n', "goods.csv, row 2: not readable as CSV"),
    "not_sheet": ("goods.xlsx", b"no sheet", "cannot be read as a spreadsheet"),
    "not_ods": ("goods.ods", b"PK\x03\x04", "cannot be read as a spreadsheet"),
    "not_parquet": ("goods.parquet", b"no table", "cannot be read as Parquet"),
    "long_row": ("goods.csv", b"good,stock\na,1\nb,1,5\n", "row 3: 3 cells under 2 heads"),
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


@pytest.mark.parametrize("content", [b"name = small", b"\xff\xfe", b"a = 1\na = 2"])
def test_settings_that_are_not_toml_are_refused(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "economy.toml").write_bytes(content)

    with pytest.raises(DataError, match=r"economy\.toml is not TOML"):
        read_folder(tmp_path)


def test_settings_may_begin_with_a_byte_order_mark(tmp_path: Path) -> None:
    (tmp_path / "economy.toml").write_bytes('\ufeffname = "small"\n'.encode())

    assert read_toml(tmp_path / "economy.toml") == {"name": "small"}


@pytest.mark.parametrize("value", [5, {"opening": 5}, {"opening": "before"}, {}])
def test_a_wrong_name_of_the_opening_table_is_left_to_the_checks(
    value: object, tmp_path: Path
) -> None:
    (tmp_path / "economy.toml").write_bytes(write_toml({"growth_limits": value}))

    assert read_folder(tmp_path).tables == {}


# ---- writing ------------------------------------------------------------------------------------

FORMS: tuple[Literal["csv", "parquet"], ...] = ("csv", "parquet")


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", [found.name for found in embedded()])
def test_an_embedded_economy_is_written_again_the_same_to_the_byte(
    name: str, form: Literal["csv", "parquet"], tmp_path: Path
) -> None:
    folder = read_folder(folder_path(name))

    write_folder(folder, tmp_path / "once", form)
    write_folder(read_folder(tmp_path / "once"), tmp_path / "twice", form)

    assert contents(tmp_path / "once") == contents(tmp_path / "twice")
    again = read_folder(tmp_path / "twice")
    assert differences(economy_of(again), economy_of(folder)) == []
    assert {t.name: t.text("note") for t in again.tables.values()} == {
        t.name: t.text("note") for t in folder.tables.values()
    }


def test_parquet_and_back_to_csv_changes_nothing(tmp_path: Path) -> None:
    write_folder(read_folder(folder_path("ussr-1928")), tmp_path / "csv")

    write_folder(read_folder(tmp_path / "csv"), tmp_path / "parquet", "parquet")
    write_folder(read_folder(tmp_path / "parquet"), tmp_path / "back")

    assert contents(tmp_path / "csv") == contents(tmp_path / "back")


def test_a_folder_that_holds_something_is_not_written_over(tmp_path: Path) -> None:
    write_folder(small(), tmp_path)

    with pytest.raises(DataError, match="nothing was written"):
        write_folder(small(), tmp_path)
    write_folder(small(), tmp_path, replace=True)


def test_tables_without_columns_are_left_out_when_written(tmp_path: Path) -> None:
    folder = small().with_table(Table.of("supply.csv", []))

    write_folder(folder, tmp_path)

    assert "supply.csv" not in contents(tmp_path)
    assert "supply.csv" not in read_folder(tmp_path).tables


def test_years_are_whole_numbers_in_parquet() -> None:
    table = Table.of("needs.csv", [{"year": 1929, "target": 2.0}, {"year": None, "target": 1}])

    read = pq.read_table(io.BytesIO(write_parquet(table)))

    assert [str(field.type) for field in read.schema] == ["int64", "double"]
    assert read.column("year").to_pylist() == [1929, None]


def test_a_wrong_year_is_written_as_it_is() -> None:
    table = Table.of("needs.csv", [{"year": 1929.5}])

    assert pq.read_table(io.BytesIO(write_parquet(table))).column("year").to_pylist() == [1929.5]


PLAIN = st.text(st.characters(exclude_categories=["Cs"]), max_size=12).map(str.strip)
NAMES = st.text("abcXYZ_é ,\"'\r\n;0", min_size=1, max_size=8).map(str.strip).filter(bool)


Columns = dict[str, list[float] | list[str]]


@st.composite
def columns(draw: st.DrawFn) -> tuple[str, Columns]:
    """Return a table as reading gives it: no spaces at the ends, no row all blank."""
    schema = draw(st.sampled_from(list(SCHEMAS.values())))
    rows = draw(st.integers(0, 5))
    numbers = st.floats(allow_infinity=False) | st.just(float("nan"))
    found: Columns = {"note": [draw(NAMES) for _ in range(rows)]}
    for column in schema.columns:
        if column.kind in {"number", "whole", "year"}:
            found[column.name] = [draw(numbers) + 0.0 for _ in range(rows)]
        else:
            found[column.name] = [draw(PLAIN) for _ in range(rows)]
    return schema.name, found


@given(columns(), st.sampled_from(FORMS))
def test_any_table_is_read_as_it_was_written(
    tmp_path_factory: pytest.TempPathFactory, drawn: tuple[str, Columns], form: str
) -> None:
    name, found = drawn
    number = {column.name for column in SCHEMAS[name].columns
              if column.kind in {"number", "whole", "year"}}  # fmt: skip
    cells = {head: np.array(column) if head in number else tuple(map(str, column))
             for head, column in found.items()}  # fmt: skip
    table = Table(name, cells, range(2, len(found["note"]) + 2), name)
    write = write_csv if form == "csv" else write_parquet
    path = tmp_path_factory.mktemp("any") / f"t.{form}"
    path.write_bytes(write(table))

    again = read_table(path, name)

    assert {head: again.text(head) for head in again.columns} == {
        head: table.text(head) for head in table.columns
    }
    assert write(again) == path.read_bytes()


SETTINGS = st.recursive(
    st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.floats(allow_nan=False) | PLAIN,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(PLAIN, inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(PLAIN, SETTINGS, max_size=5))
def test_any_settings_are_read_as_they_were_written(
    tmp_path_factory: pytest.TempPathFactory, settings: dict[str, Any]
) -> None:
    path = tmp_path_factory.mktemp("any") / "economy.toml"
    path.write_bytes(write_toml(settings))

    assert read_toml(path) == settings
    assert write_toml(read_toml(path)) == path.read_bytes()


def test_a_folder_in_memory_is_written_as_one_that_was_read(tmp_path: Path) -> None:
    write_folder(small(), tmp_path / "once")
    write_folder(read_folder(tmp_path / "once"), tmp_path / "twice")

    assert contents(tmp_path / "once") == contents(tmp_path / "twice")
    assert isinstance(small(), Folder)
