"""The patterns that history must pass, and the points by which each is judged."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final, Literal, TypeAlias, final

import numpy as np

from sovplan.foundation.errors import DataError
from sovplan.foundation.words import say
from sovplan.history.nation import FOLDER
from sovplan.records.folder import Table
from sovplan.records.tables import read_table

Use: TypeAlias = Literal["calibration", "hold-out", "sequence", "counterfactual"]

USES: Final[Mapping[str, Use]] = {
    "calibration": "calibration",
    "hold-out": "hold-out",
    "sequence": "sequence",
    "counterfactual": "counterfactual",
}
LOOKED_AT: Final = "calibration"
"""The one use whose rows and points may be reckoned before the model is fixed."""


@final
@dataclass(frozen=True, slots=True)
class Point:
    """One figure of a pattern.

    Parameters
    ----------
    pattern, label
        Which pattern, and which of its figures: a year, a quarter, a date.
    target
        What was counted; None where only a range is known.
    low, high
        Where the figure of the model must lie; None for a point that is not to be looked at.
    series
        Names of the historical series; '' where none of the package has it.
    weight
        1, or 1/2 for a recalled series.
    use
        `calibration`, or `hold-out` within a pattern of calibration.
    note
        How the model's figure corresponds.
    """

    pattern: str
    label: str
    target: float | None
    low: float | None
    high: float | None
    series: tuple[str, ...]
    weight: float
    use: Use
    note: str


@final
@dataclass(frozen=True, slots=True)
class Pattern:
    """One row of the list of patterns.

    Parameters
    ----------
    id, use, title, years, target, band, reason
        As the specification of the model has them.
    series
        Names of its series there.
    rules
        Numbers of the rules that make it.
    seen
        Whether a fit has looked at it.
    in_scope
        Whether its rules are built for the whole country.
    points
        Its figures; none unless it may be looked at.
    """

    id: str
    use: Use
    title: str
    years: str
    target: str
    band: str
    reason: str
    series: str
    rules: tuple[str, ...]
    seen: bool
    in_scope: bool
    points: tuple[Point, ...]

    @property
    def looked_at(self) -> bool:
        """Whether the model's figures are reckoned."""
        return self.in_scope and self.use == LOOKED_AT


@cache
def patterns() -> tuple[Pattern, ...]:
    """Return the patterns of the package."""
    return read_patterns(FOLDER)


def read_patterns(folder: Path) -> tuple[Pattern, ...]:
    """Read patterns.csv and points.csv of a folder.

    Raises
    ------
    DataError
        A use is unknown; a pattern that may be looked at has no point; a point belongs to a pattern
        that may not be looked at, is named twice, or has limits although it may not be looked at.
    """
    points = _points(read_table(folder / "points.csv"))
    table = read_table(folder / "patterns.csv")
    found = tuple(_pattern(row, points) for row in _rows(table))
    for each in found:
        if each.looked_at != bool(each.points):
            raise DataError(say("lab.patterns.points", id=each.id))
    stray = {point.pattern for point in points} - {each.id for each in found}
    if stray:
        raise DataError(say("lab.patterns.stray", ids=", ".join(sorted(stray))))
    return found


def _rows(table: Table) -> list[dict[str, str]]:
    columns = {name: table.text(name) for name in table.columns}
    return [{name: cells[row] for name, cells in columns.items()} for row in range(len(table))]


def _pattern(row: Mapping[str, str], points: tuple[Point, ...]) -> Pattern:
    texts = {name: row[name] for name in ("id", "years", "target", "band", "reason", "series")}
    return Pattern(
        use=_use(row["use"]),
        title=row["pattern"],
        rules=tuple(row["rules"].split()),
        seen=row["seen"] == "yes",
        in_scope=row["scope"] == "yes",
        points=tuple(point for point in points if point.pattern == row["id"]),
        **texts,
    )


def _points(table: Table) -> tuple[Point, ...]:
    found = tuple(_point(row) for row in _rows(table))
    names = [(point.pattern, point.label) for point in found]
    for point in found:
        blind = point.use != LOOKED_AT
        if names.count((point.pattern, point.label)) > 1 or blind != (point.low is None):
            raise DataError(say("lab.patterns.point", id=point.pattern, point=point.label))
    return found


def _point(row: Mapping[str, str]) -> Point:
    target, low, high = (float(row[name]) if row[name] else None for name in _NUMBERS)
    return Point(
        row["id"], row["point"], target, low, high, tuple(row["series"].split()),
        float(row["weight"]), _use(row["use"]), row["note"],
    )  # fmt: skip


_NUMBERS: Final = ("target", "low", "high")


def _use(name: str) -> Use:
    if name not in USES:
        raise DataError(say("lab.patterns.use", found=name, known=", ".join(USES)))
    return USES[name]


def log_error(target: float, figure: float) -> float:
    """Return the error of a figure in logs; nan where one of the two is not above nought."""
    return float(np.log(figure / target)) if target > 0.0 and figure > 0.0 else float("nan")
