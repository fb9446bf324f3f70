"""What a table of people, cells or anything else is: columns, references, counts and births.

A column is stored as small as its meaning allows and read by rules as a whole number or a real one:

    whole   codes, money in kopecks                 read as an integer
    share   k of 255 or of 65,535                   read as k / 255 or k / 65,535
    real    IEEE number of four or eight bytes      read as a number of eight bytes
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final, Literal, TypeAlias, final

import numpy as np
from numpy.typing import NDArray

Form: TypeAlias = Literal["whole", "share", "real"]
Role: TypeAlias = Literal["state", "flow", "passing"]
Array: TypeAlias = NDArray[np.generic]

_FORMS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "whole": ("u1", "u2", "u4", "i4", "i8"),
        "share": ("u1", "u2"),
        "real": ("f4", "f8"),
    }
)
_NOTHING: Final[Mapping[str, int]] = MappingProxyType({})
_NO_CHANCES: Final[Mapping[str, float]] = MappingProxyType({})


@final
@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table.

    Parameters
    ----------
    name
        Its name.
    form
        `whole`, `share` or `real`.
    dtype
        How it is stored: "u1", "u2", "u4", "i4", "i8", "f4" or "f8".
    role
        `state`: moves from year to year; within a step all rules read what it was when the step
        began. `flow`: written anew each year and kept; read after it was written. `passing`: the
        same, but not kept beyond the pass.
    unit
        Unit of what rules read.
    text
        What it means, for the description of the model.
    low, high
        Least and greatest whole number it may hold; None for what its storage holds.
    """

    name: str
    form: Form
    dtype: str
    role: Role = "state"
    unit: str = "-"
    text: str = ""
    low: int | None = None
    high: int | None = None

    def __post_init__(self) -> None:
        """Check that the storage fits the form."""
        if self.dtype not in _FORMS[self.form]:
            raise TypeError(f"column {self.name}: {self.form} is not stored as {self.dtype}")

    @property
    def bounds(self) -> tuple[int, int]:
        """Least and greatest whole number that a rule may write.

        Of eight bytes half the range is left free: compiled loops look at differences to the ends.
        """
        room = 1 << 62
        least, most = self.storage
        low = max(least, -room) if self.low is None else self.low
        return low, min(most, room) if self.high is None else self.high

    @property
    def storage(self) -> tuple[int, int]:
        """Least and greatest whole number that its storage can hold."""
        info = np.iinfo(self.dtype)
        return int(info.min), int(info.max)

    @property
    def scale(self) -> int:
        """Stored number of a share of one."""
        return 255 if self.dtype == "u1" else 65535


@final
@dataclass(frozen=True, slots=True)
class Reference:
    """Which row of another table a row belongs to: a number written in mixed digits.

        row = (d_1 n_2 + d_2) n_3 + d_3 ...

    Parameters
    ----------
    name
        Name before the dot in what rules read, such as `cell` in `cell.wage`.
    table
        Table that is meant; several references may lead to one table.
    digits
        Columns of whole numbers and how many values each has; empty for a table of one row.
    """

    name: str
    table: str
    digits: tuple[tuple[str, int], ...]

    @property
    def rows(self) -> int:
        """How many rows the table that is meant must have."""
        return int(np.prod([size for _, size in self.digits], dtype=np.int64))


@final
@dataclass(frozen=True, slots=True)
class Births:
    """How rows are born.

    Parameters
    ----------
    bears
        Flow or passing column, not 0 where a row bears one; a row that leaves in the same step
        does not.
    stream
        Name of the stream from which keys of the newborn are made.
    inherited
        Columns copied from the mother, as they are when the pass has ended.
    lots
        Columns that are 1 with the chance given and else 0, by the key of the newborn.
    constants
        Stored numbers of the other columns.
    """

    bears: str
    stream: str
    inherited: tuple[str, ...] = ()
    lots: Mapping[str, float] = field(default_factory=lambda: _NO_CHANCES)
    constants: Mapping[str, int] = field(default_factory=lambda: _NOTHING)


@final
@dataclass(frozen=True, slots=True)
class Table:
    """A table: its columns and how it hangs together with others.

    Parameters
    ----------
    name
        Its name.
    columns
        Its columns.
    references
        Tables above it.
    key
        Column of 64-bit keys for life, by which rows draw their luck; "" where the number of the
        row does.
    empty
        Column of codes in which 255 marks a place that nobody has; "" where all rows are taken.
    weight
        Column of whole numbers: how many each row stands for; "" where each stands for itself.
    births
        How rows are born; None where none are.
    """

    name: str
    columns: tuple[Column, ...]
    references: tuple[Reference, ...] = ()
    key: str = ""
    empty: str = ""
    weight: str = ""
    births: Births | None = None

    def column(self, name: str) -> Column:
        """Return a column by name."""
        return next(column for column in self.columns if column.name == name)

    def reference(self, name: str) -> Reference:
        """Return a reference by name."""
        return next(reference for reference in self.references if reference.name == name)

    @property
    def names(self) -> tuple[str, ...]:
        """Names of its columns."""
        return tuple(column.name for column in self.columns)

    @property
    def kept(self) -> tuple[Column, ...]:
        """Columns that are stored from year to year."""
        return tuple(column for column in self.columns if column.role != "passing")

    @property
    def row_bytes(self) -> int:
        """Bytes of a stored row, with its key."""
        return sum(np.dtype(column.dtype).itemsize for column in self.kept) + 8 * bool(self.key)


EMPTY: Final = 255
"""Code of a place that nobody has."""


@final
@dataclass(frozen=True, slots=True)
class Count:
    """A sum of whole numbers by rows of a table above, weighted where rows have weights.

    Parameters
    ----------
    into
        Reference and column that receive it, such as `cell.hours`.
    of
        Column of whole numbers or shares (their stored numbers are summed); "" counts rows.
    table
        Table that is summed.
    step
        Step at whose end it is taken; state columns count as they were when the step began.
    rare
        Whether most rows add 0: where its sum is too wide to stand beside others in one word, the
        compiled engine looks for the rows that do not.
    """

    into: str
    of: str
    table: str
    step: str
    rare: bool = False


@final
@dataclass(frozen=True, slots=True)
class Pack:
    """Up to four draws that share one block of luck, each of 32 bits, for what all rows ask.

    Parameters
    ----------
    stream
        Name of the stream.
    draws
        Names of the draws, in the order of the words of the block.
    """

    stream: str
    draws: tuple[str, ...]
