"""What is read off the village each year: shares by stratum and region, in per cent and units."""

from collections.abc import Iterator, Mapping
from typing import Final

import numpy as np
from numpy.typing import NDArray

from sovplan.foundation.engine.rows import Rows, Stored
from sovplan.foundation.order import ordered
from sovplan.foundation.parts import summed
from sovplan.history.regions import REGIONS
from sovplan.society.farms.joining import SHARES
from sovplan.society.farms.tables import COURSES, ENTREPRENEUR, STRATA
from sovplan.society.farms.tally import Tally
from sovplan.society.layers import Figure

Numbers = NDArray[np.float64]

_HUNDRED: Final = 100.0
_SHARES: Final = ("strata", "crop", "marketed", "held", "taxed", "herd", "killed", "hungry")
_BY_REGION: Final = {
    "food": "kg a head", "food_low": "kg a head", "food_high": "kg a head",
    "region_riots": "disturbances", "region_collective": "%",
}  # fmt: skip
UNITS: Final[Mapping[str, str]] = {
    **{f"{name}/{stratum}": "%" for name in _SHARES for stratum in STRATA},
    **{f"moved/{one}/{other}": "%" for one in STRATA for other in STRATA},
    **{f"{name}/{region}": unit for name, unit in _BY_REGION.items() for region in REGIONS},
    **dict.fromkeys(("households", "divided", "labelled", "exiled", "camped"), "thousand"),
    **dict.fromkeys(
        ("hires", "leases", "cooperative", "willing", "free_members", "forced_members",
         "plot_hours", "plot_income", "field_pay", "false_labels"), "%"),
    **dict.fromkeys(("chair", "plain"), "mean = 100"),
    "rich": "thousand",
    "gini": "0 to 1",
    "held": "million tonnes",
    "killed": "million cattle units",
    "stock_passed": "million cattle units",
    "food_spread": "log",
}  # fmt: skip
"""Unit of each series of the village."""
OF_HISTORY: Final = (
    "food/", "food_low/", "food_high/", "hungry/", "food_spread",
)  # fmt: skip
"""How series of food and hunger begin, which are shown of history only."""
LOW, HIGH = 0.05, 0.95
"""Range over courses of weather by region."""


def figures(tables: Mapping[str, Rows], tally: Tally) -> Iterator[Figure]:
    """Yield the figures of a year.

    Parameters
    ----------
    tables
        The village at the end of the year.
    tally
        Sums over households, those that are new left out: their flows are copies.
    """
    village, sums, household = tables["village"], tally.sums, tables["household"]
    logs, weights = (household[name][: tally.rows] for name in ("log_wealth", "weight"))
    if sums["labelled"] > 0.0:
        weights = weights + household["labelled"][: tally.rows]
    count = float(village["households"][0])
    yield Figure("households", count / 1e3)
    yield Figure("divided", sums["divided"] / 1e3)
    yield Figure("gini", gini(logs, weights))
    yield Figure("cooperative", _percent(sums["member"] / SHARES, count))
    yield Figure("willing", _percent(sums["willing"] / SHARES, count))
    if tally.moved is not None:
        yield from _strata(tables, tally, tally.moved)
        yield Figure("held", float(village["withheld"][0]))
        yield Figure("killed", float(village["killed"][0]))
    yield from _labels(sums)
    yield Figure("free_members", _percent(sums["freely"], count))
    yield Figure("forced_members", _percent(sums["inside"] - sums["freely"], count))
    for name in ("plot_hours", "plot_income", "field_pay", "chair", "plain"):
        yield Figure(name, _HUNDRED * float(village[name][0]))
    yield from _regions(tables)


def _percent(part: float, whole: float) -> float:
    return float(_HUNDRED * part / whole) if whole else 0.0


def gini(logs: Numbers, weights: Stored) -> float:
    """Return the Gini coefficient: 0 where all have the same, 1 where one has all.

    G = 1 - sum of w_i (S_i + S_(i-1)) / S over rows in the order of wealth, S cumulated wealth,
    weights summing to 1.

    Parameters
    ----------
    logs
        Natural log of wealth by row.
    weights
        How many each row stands for.

    Examples
    --------
    >>> gini(np.array([0.0, 0.0]), np.array([3.0, 1.0]))
    0.0
    >>> gini(np.array([-np.inf, 0.0]), np.array([1.0, 1.0]))
    0.5
    """
    order, whole, reached = ordered(logs, np.exp), float(weights.sum()), 0.0

    def of(part: slice) -> float:
        nonlocal reached
        rows = order[part]
        shares = weights[rows] / whole
        sums = np.cumsum(np.concatenate([[reached], shares * np.exp(logs[rows])]))
        reached = float(sums[-1])
        return float((shares * (sums[1:] + sums[:-1])).sum())

    return 1.0 - summed(of, len(order)) / reached


def _strata(tables: Mapping[str, Rows], tally: Tally, moved: Numbers) -> Iterator[Figure]:
    """Yield shares by stratum; of those on 1 January, so that flows are those of the year."""
    village, strata = tables["village"], tally.strata
    counts = tables["group"]["households"][: len(STRATA)].astype(np.float64)
    for name, sums in (
        ("strata", counts), ("crop", strata["harvest"]), ("marketed", strata["sold"]),
        ("held", strata["held"]), ("taxed", strata["taxed"]), ("herd", strata["herd"]),
        ("killed", strata["killed"]),
    ):  # fmt: skip
        for at, title in enumerate(STRATA):
            yield Figure(f"{name}/{title}", _percent(float(sums[at]), float(sums.sum())))
    for at, title in enumerate(STRATA):
        hungry = float(strata["hungry"][at])
        yield Figure(f"hungry/{title}", _percent(hungry, float(counts[at])))
    count = float(village["households"][0])
    yield Figure("hires", _percent(float(village["hires"][0]), count))
    yield Figure("leases", _percent(float(village["leases"][0]), count))
    yield Figure("rich", float(counts[ENTREPRENEUR]) / 1e3)
    for row, one in zip(moved.reshape(len(STRATA), -1), STRATA, strict=True):
        for part, other in zip(row, STRATA, strict=True):
            yield Figure(f"moved/{one}/{other}", _percent(float(part), float(row.sum())))


def _labels(sums: Mapping[str, float]) -> Iterator[Figure]:
    """Yield who was called a kulak, and how many of them were no entrepreneurs."""
    named, true = sums["labelled"], sums["rich"]
    yield Figure("labelled", named / 1e3, "reported")
    yield Figure("labelled", true / 1e3)
    yield Figure("false_labels", _percent(named - true, named))
    yield Figure("exiled", sums["exiled"] / 1e3)
    yield Figure("camped", sums["camped"] / 1e3)
    yield Figure("stock_passed", sums["passed"] / 1e6)


def _regions(tables: Mapping[str, Rows]) -> Iterator[Figure]:
    """Yield food by region in the course that is lived, and its range over all courses."""
    place, area = tables["place"], tables["area"]
    shape = (COURSES, len(REGIONS))
    head = place["head"].reshape(shape)
    ends = {
        "food": head[0], "food_low": np.quantile(head, LOW, axis=0),
        "food_high": np.quantile(head, HIGH, axis=0),
        "region_riots": area["riots"], "region_collective": _HUNDRED * area["collective"],
    }  # fmt: skip
    for name, values in ends.items():
        for region, value in zip(REGIONS, values, strict=True):
            yield Figure(f"{name}/{region}", float(value))
    people = area["households"] / area["households"].sum()
    logs = np.log(np.maximum(head, 1.0))
    centre = (logs * people).sum(axis=1, keepdims=True)
    yield Figure("food_spread", float(np.sqrt(((logs - centre) ** 2 * people).sum(axis=1)).mean()))
