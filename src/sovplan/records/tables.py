"""Tables and folders from files and to files: CSV, Parquet, .xlsx, .ods and TOML.

One of the two modules of this room that touch files.
"""

import codecs
import csv
import io
import re
import tomllib
from collections.abc import Mapping, Sequence
from itertools import accumulate
from pathlib import Path
from typing import Any, Final, Literal

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import tomli_w
from numpy.typing import NDArray
from python_calamine import CalamineError, CalamineWorkbook

from sovplan.foundation.errors import DataError
from sovplan.foundation.shapes import Flags, Vector
from sovplan.foundation.words import say
from sovplan.records.folder import Cells, Folder, Table, cells, number_or_nan
from sovplan.records.schema import ACTIVITY, REMARKS, SCHEMAS
from sovplan.records.store import read_bytes, write_files

ENDINGS: Final = (".csv", ".parquet", ".xlsx", ".ods")
"""Endings of files that hold a table, in the order in which they are looked for."""

_NUMBERS: Final = frozenset(
    column.name
    for schema in (*SCHEMAS.values(), ACTIVITY)
    for column in schema.columns
    if column.kind in {"number", "whole", "year"}
) | {column.name for column in REMARKS if column.kind == "number"}

_WHOLE: Final = frozenset({"year", "gestation", "left", "seed"})
"""Columns that Parquet keeps as whole numbers when all that stands in them is whole."""

_TO_QUOTE: Final = re.compile(r'[,"\r\n]')


def read_folder(path: Path) -> Folder:
    """Read an economy as it is written.

    Parameters
    ----------
    path
        A folder with economy.toml and tables in any of the four formats.

    Raises
    ------
    DataError
        A file is missing, unreadable, or there twice in two formats. What the tables say is not
        judged here: see `sovplan.records.checks`.
    """
    if not path.is_dir():
        raise DataError(say("records.folder.no_folder", path=path))
    settings = read_toml(path / "economy.toml")
    tables = {}
    for name in (*SCHEMAS, *_opening(settings)):
        found = find_table(path, name)
        if found is not None:
            tables[name] = read_table(found, name)
    return Folder(settings, tables, str(path))


def write_folder(
    folder: Folder, path: Path, form: Literal["csv", "parquet"] = "csv", *, replace: bool = False
) -> None:
    """Write an economy, all files or none.

    What is written and read again is written the same, to the byte.
    """
    contents = {"economy.toml": write_toml(folder.settings)}
    for name, table in folder.tables.items():
        if not table.columns:
            continue  # a file without heads could not be read again
        if form == "csv":
            contents[name] = write_csv(table)
        else:
            contents[name.removesuffix(".csv") + ".parquet"] = write_parquet(table)
    write_files(path, contents, replace=replace)


def find_table(folder: Path, name: str) -> Path | None:
    """Return the file that holds a table, whatever its format, or None.

    Raises
    ------
    DataError
        Two files hold the table.
    """
    stem = name.removesuffix(".csv")
    paths = [folder / f"{stem}{ending}" for ending in ENDINGS]
    found = [path for path in paths if path.is_file()]
    if len(found) > 1:
        names = ", ".join(path.name for path in found)
        raise DataError(say("records.folder.twice", table=stem, files=names, folder=folder))
    return found[0] if found else None


def read_table(path: Path, name: str = "") -> Table:
    """Read one table of any of the four formats.

    Columns known as columns of numbers become float64 when every cell is a finite number or
    blank; all others stay as text, so that a wrong cell can be shown as it was written.

    Raises
    ------
    DataError
        The file cannot be read as its ending says; a head is missing or there twice; a row has
        more or fewer cells than the head.
    """
    content = read_bytes(path)
    name = name or f"{path.stem}.csv"
    if path.suffix == ".parquet":
        return _parquet(content, name, path.name)
    rows: Sequence[Sequence[object]]
    if path.suffix == ".csv":
        head, rows, lines = _csv_rows(content, path.name)
    elif path.suffix in {".xlsx", ".ods"}:
        head, rows, lines = _sheet_rows(content, path.name)
    else:
        raise DataError(say("records.table.ending", file=path.name, endings=", ".join(ENDINGS)))
    _check_head(head, path.name)
    columns = {
        title: _typed(title, [row[place] for row in rows]) for place, title in enumerate(head)
    }
    return Table(name, columns, lines, path.name)


def numbers_between(text: bytes, cuts: NDArray[np.int32], wanted: Flags) -> Vector:
    """Return the numbers that stand between some cuts of a text.

    Parameters
    ----------
    text
        Any text.
    cuts
        Bytes of the text, rising.
    wanted
        Whether what stands between a cut and the next is to be read, by cut; never for the last.

    Returns
    -------
    Vector
        By cut: the number that stands after it, nan if there is no number; anything where none
        was wanted.
    """
    if not wanted.any():
        return np.full(len(cuts), np.nan)
    # A column of words that lie where they stand, of which the unwanted are blank.
    known = np.packbits(wanted, bitorder="little")
    parts = [pa.py_buffer(part) for part in (known, cuts, text)]
    try:
        read = pa.Array.from_buffers(pa.string(), len(cuts) - 1, parts).cast(pa.float64())
    except pa.ArrowInvalid:
        numbers = np.full(len(cuts), np.nan)
        for cut in np.flatnonzero(wanted).tolist():
            word = text[cuts[cut] : cuts[cut + 1]]
            numbers[cut] = number_or_nan(word.decode("ascii", "replace"))
        return numbers
    # Arrow's own way to NumPy first imports pandas where it is installed.
    return np.frombuffer(read.buffers()[1], np.float64, len(cuts) - 1)


def write_csv(table: Table) -> bytes:
    """Return a table as CSV: UTF-8, commas, one line end, numbers in their shortest form."""
    columns = [table.text(head) for head in table.columns]
    rows = [tuple(table.columns), *zip(*columns, strict=True)]
    return "".join(f"{','.join(map(_quoted, row))}\n" for row in rows).encode()


def write_parquet(table: Table) -> bytes:
    """Return a table as Parquet; the same table gives the same bytes."""
    columns = {
        head: _whole_or_not(head, content)
        if isinstance(content, np.ndarray)
        else _as_texts(content)
        for head, content in table.columns.items()
    }
    sink = io.BytesIO()
    pq.write_table(pa.table(columns), sink, compression="zstd")
    return sink.getvalue()


def _quoted(cell: str) -> str:
    # The writer of the standard library leaves a lone carriage return without marks, and then its
    # reader cannot read the line.
    return f'"{cell.replace(chr(34), chr(34) * 2)}"' if _TO_QUOTE.search(cell) else cell


def _whole_or_not(head: str, content: NDArray[np.float64]) -> pa.Array:
    written = content[~np.isnan(content)]
    if head in _WHOLE and (written == np.round(written)).all() and (abs(written) < 2**53).all():
        return _as_numbers(content).cast(pa.int64())
    return _as_numbers(content)


# Columns are laid out here as Arrow has them in memory. Its own function for that loads pandas,
# where pandas is installed, only to see that a list is none of its columns: half a second.


def _as_numbers(content: NDArray[np.float64]) -> pa.Array:
    """Return numbers, nan as blank."""
    numbers = np.ascontiguousarray(content, dtype=np.float64)
    parts = [_written(~np.isnan(numbers)), pa.py_buffer(numbers)]
    return pa.Array.from_buffers(pa.float64(), len(numbers), parts)


def _as_texts(content: Sequence[str]) -> pa.Array:
    """Return texts, empty ones as blank."""
    encoded = [cell.encode() for cell in content]
    edges = np.array([0, *accumulate(map(len, encoded))], dtype=np.int32)
    there = np.array([bool(cell) for cell in encoded], dtype=np.bool_)
    parts = [_written(there), pa.py_buffer(edges), pa.py_buffer(b"".join(encoded))]
    return pa.Array.from_buffers(pa.string(), len(encoded), parts)


def _written(there: NDArray[np.bool_]) -> pa.Buffer | None:
    """Return a bit for each cell that is not blank, the lowest first; None where none is blank."""
    return None if there.all() else pa.py_buffer(np.packbits(there, bitorder="little"))


def read_toml(path: Path) -> dict[str, Any]:
    """Read a TOML file.

    Raises
    ------
    DataError
        There is no such file, or it is not TOML in UTF-8.
    """
    content = read_bytes(path)
    try:
        return tomllib.loads(_text(content, str(path)))
    except tomllib.TOMLDecodeError as wrong:
        raise DataError(say("records.folder.not_toml", file=path, why=wrong)) from None


def write_toml(settings: Mapping[str, Any]) -> bytes:
    """Return settings as TOML."""
    return tomli_w.dumps(settings).encode()


def _opening(settings: Mapping[str, Any]) -> tuple[str, ...]:
    limits = settings.get("growth_limits")
    name = limits.get("opening") if isinstance(limits, Mapping) else None
    return (name,) if isinstance(name, str) and name.endswith(".csv") else ()


def _text(content: bytes, file: str) -> str:
    """Return the text of a file in UTF-8, with or without a mark of byte order."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            raise DataError(say("records.table.utf16", file=file)) from None
        line = content.count(b"\n", 0, wrong.start) + 1
        raise DataError(say("records.table.not_utf8", file=file, line=line)) from None
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise DataError(say("records.table.zero_byte", file=file, line=line))
    return text


def _csv_rows(content: bytes, file: str) -> tuple[list[str], list[list[str]], list[int]]:
    reader = csv.reader(io.StringIO(_text(content, file), newline=""), strict=True)
    head: list[str] = []
    rows: list[list[str]] = []
    lines: list[int] = []
    try:
        for row in reader:
            if not head:
                head = [cell.strip() for cell in row]
                _check_commas(head, file)
            elif any(cell.strip() for cell in row):
                if len(row) < len(head):
                    where = {"file": file, "line": reader.line_num}
                    cells_and_heads = {"cells": len(row), "heads": len(head)}
                    raise DataError(say("records.table.short_row", **where, **cells_and_heads))
                rows.append(_fitted(row, len(head), file, reader.line_num))
                lines.append(reader.line_num)
    except csv.Error:
        raise DataError(say("records.table.not_csv", file=file, line=reader.line_num)) from None
    return head, rows, lines


def _check_commas(head: Sequence[str], file: str) -> None:
    """Refuse heads that are parted by something else than commas."""
    found = [name for sign, name in _OTHERS.items() if len(head) == 1 and sign in head[0]]
    if found:
        sign = say(f"records.table.{found[0]}")
        raise DataError(say("records.table.no_commas", file=file, sign=sign))


_OTHERS: Final = {";": "semicolons", "\t": "tabs", "|": "bars"}
"""What other programs put between columns."""


def _sheet_rows(content: bytes, file: str) -> tuple[list[str], list[list[object]], list[int]]:
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        grid = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except (CalamineError, IndexError):
        raise DataError(say("records.table.not_sheet", file=file)) from None
    head: list[str] = []
    rows: list[list[object]] = []
    lines: list[int] = []
    for line, row in enumerate(grid, start=1):
        written = list(row)
        while written and written[-1] == "":
            written.pop()
        if not head:
            head = [str(cell).strip() for cell in written]
        elif written:
            rows.append(_fitted(written, len(head), file, line))
            lines.append(line)
    return head, rows, lines


def _fitted(row: Sequence[Any], length: int, file: str, line: int) -> list[Any]:
    if len(row) > length and any(str(cell).strip() for cell in row[length:]):
        raise DataError(
            say("records.table.long_row", file=file, line=line, cells=len(row), heads=length)
        )
    return [*row[:length], *("" for _ in range(length - len(row)))]


def _parquet(content: bytes, name: str, file: str) -> Table:
    try:
        read = pq.ParquetFile(io.BytesIO(content)).read()
    except (pa.ArrowInvalid, OSError):
        raise DataError(say("records.table.not_parquet", file=file)) from None
    _check_head(read.column_names, file)
    columns: dict[str, Cells] = {}
    for head in read.column_names:
        column = read.column(head)
        if pa.types.is_floating(column.type) or pa.types.is_integer(column.type):
            number = column.cast(pa.float64(), safe=False).to_numpy()
            columns[head] = number if head in _NUMBERS else cells(number.tolist())
        else:
            columns[head] = _typed(head, column.to_pylist())
    return Table(name, columns, range(1, read.num_rows + 1), file)


def _check_head(head: Sequence[str], file: str) -> None:
    if not any(head):
        raise DataError(say("records.table.empty", file=file))
    if "" in head:
        raise DataError(say("records.table.blank_head", file=file, place=head.index("") + 1))
    twice = sorted({title for title in head if head.count(title) > 1})
    if twice:
        raise DataError(say("records.table.head_twice", file=file, head=twice[0]))


def _typed(head: str, column: Sequence[object]) -> Cells:
    stripped = [cell.strip() if isinstance(cell, str) else cell for cell in column]
    if head not in _NUMBERS:
        return _texts(stripped)
    numbers = np.full(len(stripped), np.nan)
    for place, cell in enumerate(stripped):
        if cell in ("", None):
            continue
        numbers[place] = number_or_nan(str(cell))
        if not np.isfinite(numbers[place]):
            return _texts(stripped)
    return numbers


def _texts(column: Sequence[object]) -> tuple[str, ...]:
    found = cells(column)
    return Table("", {"": found}).text("") if isinstance(found, np.ndarray) else found
