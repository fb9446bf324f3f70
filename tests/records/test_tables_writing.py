import io
from pathlib import Path
from typing import Any, Literal

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.records.small import differences, small

from sovplan.foundation.errors import DataError
from sovplan.history.economies import embedded, folder_path
from sovplan.records.assembly import economy_of
from sovplan.records.folder import Folder, Table
from sovplan.records.schema import SCHEMAS
from sovplan.records.tables import (
    read_folder,
    read_table,
    read_toml,
    write_csv,
    write_folder,
    write_parquet,
    write_toml,
)

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

    with pytest.raises(DataError, match="already holds files; choose"):
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


PLAIN = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12).map(
    str.strip
)
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


@given(st.lists(st.tuples(st.floats(allow_infinity=False), st.text("aä€\n", max_size=3))))
def test_parquet_is_that_of_the_functions_of_arrow(rows: list[tuple[float, str]]) -> None:
    numbers, texts = np.array([row[0] for row in rows]), tuple(row[1] for row in rows)
    sink = io.BytesIO()
    columns = {
        "value": pa.array(numbers, pa.float64(), from_pandas=True),
        "text": pa.array([text or None for text in texts], pa.string()),
    }
    pq.write_table(pa.table(columns), sink, compression="zstd")

    assert write_parquet(Table("a.csv", {"value": numbers, "text": texts})) == sink.getvalue()
