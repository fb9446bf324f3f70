"""What each row and each bound of the programme is, in the words of the page."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal, final

import numpy as np

from sovplan.foundation.shapes import Vector
from sovplan.planning.problem import Problem
from sovplan.records.draft import Limit

Where = Literal["row", "low", "high"]

_BOUNDS: Final = {
    ("consumption", "low"): "floor",
    ("consumption", "high"): "satiation",
    ("stock", "low"): "stock_end",
    ("stock", "high"): "stock_limit",
    ("imports", "high"): "import_cap",
    ("exports", "high"): "export_cap",
    ("fulfilment", "high"): "cap",
    ("migrants", "high"): "migration",
    ("credit", "low"): "repayment",
    ("credit", "high"): "drawing",
}
"""Bounds of columns that are limits of the page; all others only say that nothing is negative."""


@final
@dataclass(frozen=True, slots=True)
class Labelled:
    """One limit and where it stands in the programme.

    Parameters
    ----------
    where
        A row, or the low or high bound of a column.
    place
        Index of the row or column.
    upper
        Whether the limit holds from above; a row with two equal sides gives two labels.
    size
        What a violation is measured against: the side, or the turnover of the good.
    """

    limit: Limit
    where: Where
    place: int
    upper: bool
    size: float


def labels_of(problem: Problem) -> list[Labelled]:
    """Return every limit of the problem: sides of rows, and bounds that are limits."""
    return [*_rows(problem), *_bounds(problem)]


def _rows(problem: Problem) -> Iterator[Labelled]:
    programme, sizes = problem.programme, _sizes(problem)
    for block in problem.rows.values():
        for place, name, year in zip(block.places.ravel(), block.names, block.years, strict=True):
            for upper, sides in ((False, programme.row_low), (True, programme.row_high)):
                side = float(sides[place])
                if np.isfinite(side):
                    limit = Limit(block.name, name, year, side, unit_of(problem, block.name, name))
                    yield Labelled(limit, "row", int(place), upper, _size(side, name, sizes))


def _bounds(problem: Problem) -> Iterator[Labelled]:
    programme, sizes = problem.programme, _sizes(problem)
    for (column, where), kind in _BOUNDS.items():
        block = problem.columns.get(column)
        if block is None:
            continue
        sides = programme.low if where == "low" else programme.high
        for place, name, year in zip(block.places.ravel(), block.names, block.years, strict=True):
            side = float(sides[place])
            if not np.isfinite(side) or not _is_limit(kind, side):
                continue
            limit = Limit(kind, name, year, side, unit_of(problem, kind, name))
            upper = where == "high"
            yield Labelled(
                limit, "high" if upper else "low", int(place), upper, _size(side, name, sizes)
            )


def _is_limit(kind: str, side: float) -> bool:
    """Tell a limit from a bound that only says what a column is: no trade, no consumption."""
    return side > 0 or kind in {"repayment", "drawing"}


def unit_of(problem: Problem, kind: str, name: str) -> str:
    """Return the unit of a limit."""
    economy = problem.economy
    if kind == "labour":
        return economy.hours_unit
    if kind in {"trade", "credit", "repayment", "drawing"}:
        return economy.units.get("foreign_prices", "")
    if name in economy.goods.names and kind not in {"capacity", "resource"}:
        return economy.goods.units[economy.goods.names.index(name)]
    return ""


def _sizes(problem: Problem) -> dict[str, float]:
    turnover: Vector = problem.economy.turnover()
    return dict(zip(problem.economy.goods.names, turnover.tolist(), strict=True))


def _size(side: float, name: str, sizes: dict[str, float]) -> float:
    return abs(side) if side != 0 else sizes.get(name, 1.0)
