"""What is read off the village each year: shares by stratum and region, in per cent and units."""

from collections.abc import Iterator, Mapping
from typing import Final

import numpy as np
from numpy.typing import NDArray

from sovplan.foundation.engine.rows import Rows, Stored
from sovplan.foundation.order import ordered
from sovplan.history.regions import REGIONS
from sovplan.society.farms.tables import COURSES, ENTREPRENEUR, NONE, STRATA
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


def figures(tables: Mapping[str, Rows], rows: int) -> Iterator[Figure]:
    """Yield the figures of a year.

    Parameters
    ----------
    tables
        The village at the end of the year.
    rows
        Rows of households before any divided; flows of those after them are copies.
    """
    household = tables["household"]
    of = {name: household[name][:rows] for name in household.columns}
    weight = of["weight"].astype(np.float64) + of["labelled"]
    village = tables["village"]
    yield from _households(of, weight)
    if int(of["stratum"].max(initial=0)) < NONE:
        yield from _strata(of, weight)
        yield Figure("held", float(village["withheld"][0]))
        yield Figure("killed", float(village["killed"][0]))
    yield from _labels(of)
    yield from _inside(of, weight, village)
    yield from _regions(tables)


def _total(one: Stored, other: Stored) -> float:
    """Return the sum of products, in the order of the rows whatever library is below."""
    return float((one * other).sum())


def _percent(part: float, whole: float) -> float:
    return float(_HUNDRED * part / whole) if whole else 0.0


def _households(of: Mapping[str, Stored], weight: Numbers) -> Iterator[Figure]:
    yield Figure("households", float(weight.sum()) / 1e3)
    yield Figure("divided", _total(of["weight"], of["divides"]) / 1e3)
    yield Figure("gini", gini(np.exp(of["log_wealth"]), weight))
    yield Figure("cooperative", _percent(_total(weight, of["member"]) / 65535, weight.sum()))
    yield Figure("willing", _percent(_total(weight, of["willing"]) / 65535, weight.sum()))


def gini(values: Numbers, weights: Numbers) -> float:
    """Return the Gini coefficient: 0 where all have the same, 1 where one has all.

    G = 1 - sum of w_i (S_i + S_(i-1)) / S over rows in the order of values, S cumulated wealth,
    weights summing to 1.

    Examples
    --------
    >>> gini(np.array([1.0, 1.0]), np.array([3.0, 1.0]))
    0.0
    >>> gini(np.array([0.0, 1.0]), np.array([1.0, 1.0]))
    0.5
    """
    order = ordered(values)
    part = weights[order] / weights.sum()
    sums = np.cumsum(part * values[order])
    before = np.concatenate([[0.0], sums[:-1]])
    return 1.0 - _total(part, sums + before) / float(sums[-1])


def _strata(of: Mapping[str, Stored], weight: Numbers) -> Iterator[Figure]:
    """Yield shares by stratum; of those on 1 January, so that flows are those of the year."""
    stratum = of["stratum"].astype(np.int64)
    for name, amount in (
        ("strata", weight), ("crop", weight * of["harvest"]), ("marketed", weight * of["sold"]),
        ("held", weight * of["held"]), ("taxed", weight * of["taxed"]),
        ("herd", weight * of["herd"]), ("killed", weight * of["killed"]),
    ):  # fmt: skip
        sums = np.bincount(stratum, amount, len(STRATA))
        for at, title in enumerate(STRATA):
            yield Figure(f"{name}/{title}", _percent(float(sums[at]), float(sums.sum())))
    counts = np.bincount(stratum, weight, len(STRATA))
    hungry = np.bincount(stratum, weight * of["hungry"], len(STRATA))
    for at, title in enumerate(STRATA):
        yield Figure(f"hungry/{title}", _percent(float(hungry[at]), float(counts[at])))
    yield Figure("hires", _percent(_total(weight, of["hires"]), float(weight.sum())))
    yield Figure("leases", _percent(_total(weight, of["leases"]), float(weight.sum())))
    yield Figure("rich", float(counts[ENTREPRENEUR]) / 1e3)
    pairs = np.bincount(of["cut_at"].astype(np.int64) * len(STRATA) + stratum, weight,
                        len(STRATA) ** 2).reshape(len(STRATA), -1)  # fmt: skip
    for row, one in zip(pairs, STRATA, strict=True):
        for count, other in zip(row, STRATA, strict=True):
            yield Figure(f"moved/{one}/{other}", _percent(float(count), float(row.sum())))


def _labels(of: Mapping[str, Stored]) -> Iterator[Figure]:
    """Yield who was called a kulak, and how many of them were no entrepreneurs."""
    named = float(of["labelled"].sum())
    true = _total(of["labelled"].astype(np.float64), of["is_rich"])
    yield Figure("labelled", named / 1e3, "reported")
    yield Figure("labelled", true / 1e3)
    yield Figure("false_labels", _percent(named - true, named))
    yield Figure("exiled", float(of["exiled"].sum()) / 1e3)
    yield Figure("camped", float(of["camped"].sum()) / 1e3)
    yield Figure("stock_passed", float(of["passed"].sum()) / 1e6)


def _inside(of: Mapping[str, Stored], weight: Numbers, village: Rows) -> Iterator[Figure]:
    """Yield who is in collective farms and why; field, plot and offices."""
    inside, free = _total(weight, of["inside"]), _total(weight, of["freely"])
    yield Figure("free_members", _percent(free, float(weight.sum())))
    yield Figure("forced_members", _percent(inside - free, float(weight.sum())))
    for name in ("plot_hours", "plot_income", "field_pay", "chair", "plain"):
        yield Figure(name, _HUNDRED * float(village[name][0]))


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
