"""An economy as it is written: its settings and its tables, before anything is judged."""

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final, TypeGuard, final

import numpy as np
from numpy.typing import NDArray

Cells = tuple[str, ...] | NDArray[np.float64]

_NUMBER: Final = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?")
"""How a number is written: digits 0 to 9, a decimal point, an exponent, and nothing between."""


@final
@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """Rows of one table, kept column by column in the order of the file.

    Parameters
    ----------
    name
        Name of the table with the ending .csv, whatever its file was: ``flows.csv``.
    columns
        Cells by head of column: tuples of text ('' where blank) or float64 arrays (nan where
        blank), all of one length.
    lines
        Row of the file that each row came from, for messages.
    file
        Name of the file itself: ``flows.parquet``.
    """

    name: str
    columns: Mapping[str, Cells]
    lines: Sequence[int] = ()
    file: str = ""

    @classmethod
    def of(cls, name: str, rows: Iterable[Mapping[str, object]]) -> "Table":
        """Return a table from rows; None, a missing cell and nan are blank.

        A column is one of numbers when every cell that is not blank is a number.
        """
        listed = list(rows)
        heads = list(dict.fromkeys(head for row in listed for head in row))
        columns = {head: cells([row.get(head) for row in listed]) for head in heads}
        return cls(name, columns, range(2, len(listed) + 2), name)

    def __len__(self) -> int:
        return len(next(iter(self.columns.values()), ()))

    def text(self, column: str) -> tuple[str, ...]:
        """Return a column as texts; a column that is not there is blank."""
        found = self.columns.get(column)
        if found is None:
            return ("",) * len(self)
        if isinstance(found, np.ndarray):
            return tuple(shortest(value) for value in found)
        return found

    def numbers(self, column: str) -> NDArray[np.float64]:
        """Return a column as numbers, nan where blank or where there is no number."""
        found = self.columns.get(column)
        if isinstance(found, np.ndarray):
            return found
        if found is None:
            return np.full(len(self), np.nan)
        return np.array([number_or_nan(cell) for cell in found], dtype=np.float64)

    def line(self, row: int) -> int:
        """Return the row of the file that a row came from."""
        return self.lines[row] if len(self.lines) > row else row + 2

    def with_column(self, column: str, content: Cells) -> "Table":
        """Return the table with one column put in place of another, or added."""
        return replace(self, columns={**self.columns, column: content})


@final
@dataclass(frozen=True, slots=True, eq=False)
class Folder:
    """An economy as written: economy.toml and its tables.

    Parameters
    ----------
    settings
        What stands in economy.toml.
    tables
        Tables by name with the ending .csv.
    origin
        Where it was read, for messages.
    """

    settings: Mapping[str, Any]
    tables: Mapping[str, Table] = field(default_factory=dict)
    origin: str = ""

    def table(self, name: str) -> Table:
        """Return a table; one that is not there is empty."""
        return self.tables.get(name, Table(name, {}, (), name))

    def with_table(self, table: Table) -> "Folder":
        """Return the folder with one table put in place of another, or added."""
        return replace(self, tables={**self.tables, table.name: table})


def cells(values: Sequence[object]) -> Cells:
    """Return one column: numbers if every cell that is not blank is a number, else texts."""
    written = [value for value in values if not _blank(value)]
    if written and all(_is_number(value) for value in written):
        return np.array([np.nan if _blank(value) else value for value in values], dtype=np.float64)
    return tuple("" if _blank(value) else _text(value) for value in values)


def shortest(value: float) -> str:
    """Return the shortest text that reads back as the same number; '' for nan."""
    if np.isnan(value):
        return ""
    return str(int(value)) if value.is_integer() and abs(value) < 1e16 else repr(float(value))


def number_or_nan(cell: str) -> float:
    """Return the number a text stands for, or nan.

    Python reads more as a number than tables may hold: ``1_000``, digits of other scripts, ``inf``.
    """
    return float(cell) if _NUMBER.fullmatch(cell) else np.nan


def _blank(value: object) -> bool:
    return value is None or value == "" or (isinstance(value, float) and math.isnan(value))


def _is_number(value: object) -> TypeGuard[int | float]:
    return isinstance(value, int | float | np.number) and not isinstance(value, bool)


def _text(value: object) -> str:
    return shortest(float(value)) if _is_number(value) else str(value)
