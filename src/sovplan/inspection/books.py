"""Rows of the books as values: sums of statements that honest papers bring to zero.

With y the statements, A their signs in the rows and V the variance of honest error,

    r = A y - expected loss,    H = A V A' + variance of the rows themselves.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from typing import Final, final

import numpy as np
from scipy.sparse import csr_array, diags_array

from sovplan.foundation.shapes import Indices, Sparse, Vector
from sovplan.inspection.sheet import Sheet


class Kind(IntEnum):
    """Kinds of rows."""

    BALANCE = 0
    LINK = 1
    COUNT = 2
    CARRY = 3
    USE = 4
    HOURS = 5
    METER = 6


NOT_RECEIVED: Final = -1
NOT_DELIVERED: Final = -2
"""Entries of a receipt or delivery that its partner speaks of and that is not stated."""

UNBOOKED: Final = -3
"""Entry of what a balance lacks, whatever it is."""

UNCARRIED: Final = -4
"""Entry of what came or went between the close of a period and the next opening."""

LASTING: Final = -5
"""Entry of the lasting error of a norm."""


@final
@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """V variables: statements, and what stands beside them; codes as in the sheet."""

    entry: Indices
    workplace: Indices
    good: Indices
    partner: Indices
    period: Indices
    amount: Vector
    variance: Vector

    def __len__(self) -> int:
        return len(self.entry)

    def and_also(self, other: "Columns") -> "Columns":
        """Return both lists as one."""
        return Columns(
            *(
                np.concatenate([getattr(self, name), getattr(other, name)])
                for name in Columns.__slots__
            )
        )


@final
@dataclass(frozen=True, slots=True, eq=False)
class Batch:
    """Rows of one kind with their terms.

    Parameters
    ----------
    kind
        Of each row.
    workplace, other, good, period
        What each row is about; `other` is the user of a link, -1 elsewhere.
    row, column, value
        Terms: the row within the batch, the variable, its sign or norm.
    expected, variance
        What the row should come to, and the variance that belongs to the row itself.
    """

    kind: Indices
    workplace: Indices
    other: Indices
    good: Indices
    period: Indices
    row: Indices
    column: Indices
    value: Vector
    expected: Vector
    variance: Vector

    def __len__(self) -> int:
        return len(self.kind)


@final
@dataclass(frozen=True, slots=True, eq=False)
class Books:
    """All rows of all reports.

    Parameters
    ----------
    sheet
        What is stated.
    columns
        The variables.
    same
        For each variable the one that it repeats, or itself.
    rows
        What each row is; its terms are those of `matrix`.
    matrix
        A, rows x variables, each row divided by `scale`.
    scale
        Standard deviation of each row, units.
    residual
        r, in standard deviations.
    variance
        Variance that belongs to each row itself, in its own scale.
    """

    sheet: Sheet
    columns: Columns
    same: Indices
    rows: Batch
    matrix: Sparse
    scale: Vector
    residual: Vector
    variance: Vector

    def covariance(self) -> Sparse:
        """Return H, which has ones on its diagonal."""
        spread = self.matrix @ diags_array(np.sqrt(self.columns.variance))
        return csr_array(spread @ spread.T + diags_array(self.variance))


def batch(
    kind: Kind,
    heads: tuple[Indices, Indices, Indices, Indices],
    terms: Iterable[tuple[Indices, Indices, Vector]],
    *,
    expected: Vector | None = None,
    variance: Vector | None = None,
) -> Batch:
    """Return rows from their heads (workplace, other, good, period) and terms."""
    count = len(heads[0])
    parts = [*terms]
    row, column, value = (
        np.concatenate([part[place] for part in parts]) if parts else np.zeros(0, np.int64)
        for place in range(3)
    )
    nothing = np.zeros(count)
    return Batch(
        np.full(count, int(kind)),
        *heads,
        *(row, column, value.astype(np.float64)),
        nothing if expected is None else expected,
        nothing if variance is None else variance,
    )


def pseudo(entry: int, **codes: Indices) -> Columns:
    """Return variables that nobody states: amount 0, variance 0 until it is given one."""
    count = len(codes["workplace"])
    blank = np.full(count, -1)
    picked = {name: codes.get(name, blank) for name in ("workplace", "good", "partner", "period")}
    return Columns(
        np.full(count, entry), **picked, amount=np.zeros(count), variance=np.zeros(count)
    )
