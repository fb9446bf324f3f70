"""What each row and each bound of the programme is, in the words of the page."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import isfinite
from typing import Final, Literal, TypeAlias, final

import numpy as np

from sovplan.foundation.shapes import TechniquesVector, Vector
from sovplan.planning.capital import growth_of, terminal_sides
from sovplan.planning.problem import Problem
from sovplan.records.draft import Limit
from sovplan.records.economy import Economy

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
    limit
        Its amount is the side of the row or bound.
    where
        A row, or the low or high bound of a column.
    place
        Index of the row or column.
    upper
        Whether the limit holds from above; a row with two equal sides gives two labels.
    given
        What the page has on the right-hand side without what the plan chooses. A row may hold
        only what is left of it when opening capacity or works begun before are taken off.
    size
        What a violation is measured against: what is given, or where that is 0 the turnover of
        the good, or what a year at the turnover of all goods takes of a plant, of hours, of a
        resource or of foreign money.
    """

    limit: Limit
    where: Where
    place: int
    upper: bool
    given: float
    size: float


def labels_of(problem: Problem) -> list[Labelled]:
    """Return every limit of the problem: sides of rows, and bounds that are limits."""
    sizes = _sizes(problem.economy)
    return [*_rows(problem, sizes), *_bounds(problem, sizes)]


Sizes: TypeAlias = Mapping[tuple[str, str], float]
"""Sizes by what a thing is (good, plant, labour, resource, money) and its name."""


def _rows(problem: Problem, sizes: Sizes) -> Iterator[Labelled]:
    programme, whole = problem.programme, _whole_sides(problem)
    both = (False, programme.row_low.tolist()), (True, programme.row_high.tolist())
    for block in problem.rows.values():
        places = block.places.ravel().tolist()
        for place, name, year in zip(places, block.names, block.years, strict=True):
            for upper, sides in both:
                side = sides[place]
                if not isfinite(side):
                    continue
                # The upper side of a balance forbids that anything is left over.
                kind = "waste" if block.name == "balance" and upper else block.name
                limit = Limit(kind, name, year, side, unit_of(problem, kind, name))
                given = whole.get((block.name, name), side)
                size = _size(given, kind, name, sizes)
                yield Labelled(limit, "row", place, upper, given, size)


def _whole_sides(problem: Problem) -> dict[tuple[str, str], float]:
    """Return the right-hand sides of the page that stand in a row only in part."""
    economy, rho = problem.economy, problem.aims.terminal
    names = economy.goods.names
    found: dict[tuple[str, str], float] = {}
    if rho is not None:
        horizon = len(problem.calendar.years)
        needed, _ = terminal_sides(economy, horizon, growth_of(rho, names))
        found |= {("terminal", name): float(needed[good]) for good, name in enumerate(names)}
    least = economy.extensions.least_investment
    if least is not None:
        found |= {("least_investment", name): float(least[good]) for good, name in enumerate(names)}
    return found


def _bounds(problem: Problem, sizes: Sizes) -> Iterator[Labelled]:
    programme = problem.programme
    for (column, where), usual in _BOUNDS.items():
        block = problem.columns.get(column)
        if block is None:
            continue
        sides = (programme.low if where == "low" else programme.high).tolist()
        wanted = _targets(problem) if usual == "floor" else frozenset()
        places = block.places.ravel().tolist()
        for place, name, year in zip(places, block.names, block.years, strict=True):
            side = sides[place]
            kind = "wanted" if (name, year) in wanted else usual
            if not isfinite(side) or not _is_limit(kind, side):
                continue
            limit = Limit(kind, name, year, side, unit_of(problem, kind, name))
            size = _size(side, kind, name, sizes)
            yield Labelled(
                limit, "high" if where == "high" else "low", place, where == "high", side, size
            )


def _targets(problem: Problem) -> frozenset[tuple[str, int]]:
    """Return the goods and years whose least consumption is the target and not the floor."""
    calendar = problem.calendar
    if problem.aims.objective != "labour":
        return frozenset()
    goods, years = np.nonzero(calendar.target > calendar.floor)
    names = problem.economy.goods.names
    return frozenset((names[g], calendar.years[t]) for g, t in zip(goods, years, strict=True))


def _is_limit(kind: str, side: float) -> bool:
    """Tell a limit from a bound that only says what a column is: no trade, no consumption."""
    return side > 0 or kind in {"repayment", "drawing"}


def unit_of(problem: Problem, kind: str, name: str) -> str:
    """Return the unit of a limit."""
    economy = problem.economy
    if kind == "labour":
        return economy.hours_unit
    if kind in _MONEY:
        return economy.units.get("foreign_prices", "")
    if name in economy.goods.names and kind not in {"capacity", "resource"}:
        return economy.goods.units[economy.goods.names.index(name)]
    return ""


_MONEY: Final = frozenset({"trade", "unpaid", "credit", "repayment", "drawing"})
"""Kinds of limit that are counted in foreign money."""


def _size(given: float, kind: str, name: str, sizes: Sizes) -> float:
    if given != 0:
        return abs(given)
    what = "money" if kind in _MONEY else kind if kind in _OF else "good"
    return sizes.get((what, "" if what == "money" else name), 0.0) or 1.0


_OF: Final = ("capacity", "labour", "resource")
"""Kinds of limit that are not of a good."""


def _sizes(economy: Economy) -> Sizes:
    """Return the size of everything in a year that turns over as much of each good as is seen."""
    techniques, goods, turnover = economy.techniques, economy.goods, economy.turnover()
    activity = _activity(economy, turnover)
    bought = np.nan_to_num(goods.import_price) + np.nan_to_num(goods.export_price)
    found = {("good", name): float(turnover[g]) for g, name in enumerate(goods.names)}
    found["money", ""] = float(bought @ turnover)
    for what, names, matrix in (
        ("capacity", economy.plants.names, economy.plants.load),
        ("labour", techniques.skills, techniques.labour),
        ("resource", techniques.resources, techniques.resource_use),
    ):
        taken = np.asarray(abs(matrix) @ activity)
        found |= {(what, name): float(taken[row]) for row, name in enumerate(names)}
    return found


def _activity(economy: Economy, turnover: Vector) -> TechniquesVector:
    """Return the activity of each technique that would alone make the turnover of a good."""
    outputs = economy.techniques.outputs.tocoo()
    good, technique = outputs.coords
    activity = np.zeros(len(economy.techniques))
    np.maximum.at(activity, technique, turnover[good] / outputs.data)
    return activity
