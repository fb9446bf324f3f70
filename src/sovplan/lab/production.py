"""What production carries, read off the books of the country: camps, technique, quality, chains.

Stocks and states are shown under every regime; what a term does is shown only where the regime
reckons it.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from types import MappingProxyType
from typing import Final, TypeAlias

import numpy as np

from sovplan.history.nation import SECTORS
from sovplan.records.run import Point
from sovplan.society.nation.links import CHAINED
from sovplan.society.nation.year import Quarter

PREFIX: Final = "whole/"
UNITS: Final[Mapping[str, str]] = MappingProxyType({
    f"{PREFIX}{name}": unit
    for name, unit in {
        "prisoners": "thousand", "guards": "thousand", "labour": "thousand",
        "unfree": "% of the labour", "gap": "ratio", "technique": "1928 = 1",
        "abroad": "% of investment", "distortion": "share", "quality": "use of a rouble of output",
        "machines_overdrawn": "milliard roubles a year",
        "heavy_overdrawn": "milliard roubles a year", "arms_short": "milliard roubles a year",
        "spoiled": "% of product", "shown": "% of investment", "linked": "of full coordination",
        **{f"chain/{name}": "% of an unbroken chain" for name in CHAINED},
    }.items()
})  # fmt: skip
"""Unit of each series."""

_STATES: Final = {
    "prisoners": ("prisoners", 1000.0),
    "guards": ("camp_guards", 1000.0),
    "labour": ("camp_labour", 1000.0),
    "gap": ("frontier_gap", 1.0),
    "technique": ("technique", 1.0),
    "abroad": ("machines_abroad", 100.0),
    "distortion": ("distortion", 1.0),
    "quality": ("input_quality", 1.0),
    "machines_overdrawn": ("machines_overdrawn", 1.0),
    "heavy_overdrawn": ("heavy_overdrawn", 1.0),
}
"""Column of the nation and factor; prisoners are those at the end of the year, else means."""
_CAMPS: Final = [SECTORS.index(name) for name in ("heavy", "building")]
"""Branches in which prisoners work."""
_PERCENT: Final = 100.0
_SEEN: Final = 0.005
"""Milliard roubles a year that are seen in two places after the point."""

Column: TypeAlias = Mapping[str, float]


def production_points(
    regime: str, books: Sequence[Quarter], parameters: Mapping[str, float], years: range
) -> Iterator[Point]:
    """Yield the figures of a run.

    Parameters
    ----------
    regime
        Name under which they are shown.
    books, parameters
        The run, and the values it was run with.
    years
        Years that are shown.
    """
    for year, found in groupby(books, key=lambda each: each.year):
        quarters = tuple(found)
        if year in years:
            for name, value in _of_year(quarters, parameters):
                series = f"{PREFIX}{name}"
                yield Point(regime, year, series, value, UNITS[series], "real")


def _of_year(
    quarters: Sequence[Quarter], parameters: Mapping[str, float]
) -> Iterator[tuple[str, float]]:
    for name, (column, factor) in _STATES.items():
        last = quarters[-1:] if name == "prisoners" else quarters
        yield name, factor * _mean(last, column)
    now = quarters[-1].nation
    if now["camp_work"]:
        yield "unfree", _PERCENT * float(np.mean([_unfree(each, parameters) for each in quarters]))
    yield from _terms(quarters, now)
    if now["linked"]:
        yield "linked", _mean(quarters, "linked")
        for name in CHAINED:
            kept = [each.sectors["chain_kept"][SECTORS.index(name)] for each in quarters]
            yield f"chain/{name}", _PERCENT * float(np.mean(kept))


def _terms(quarters: Sequence[Quarter], now: Column) -> Iterator[tuple[str, float]]:
    """Yield what terms do that a regime reckons."""
    if now["arms_bound"]:
        yield "arms_short", _mean(quarters, "arms_short")
    if now["defects"]:
        lost = np.mean([each.sectors["spoiled"].sum() for each in quarters])
        yield "spoiled", _PERCENT * float(lost) / _mean(quarters, "product")
    if now["display"]:
        shown, all_ = (_mean(quarters, name) for name in ("investment_shown", "investment"))
        if all_ > 0.0:
            yield "shown", _PERCENT * shown / all_


def overdrawn(books: Sequence[Quarter], column: str) -> tuple[float, int, int]:
    """Return the most that is used and not there in a quarter, its year, and the last such year.

    Parameters
    ----------
    books
        A run.
    column
        `machines_overdrawn` or `heavy_overdrawn`, milliard roubles of 1926/27 a year.
    """
    most, year = max((each.nation[column], each.year) for each in books)
    last = [each.year for each in books if each.nation[column] > _SEEN]
    return most, year, max(last, default=0)


def _mean(quarters: Sequence[Quarter], column: str) -> float:
    return float(np.mean([each.nation[column] for each in quarters]))


def _unfree(now: Quarter, parameters: Mapping[str, float]) -> float:
    """Return the part of the labour of heavy goods and building that prisoners give."""
    hands = now.sectors["hands"] * now.sectors["labour_1928"] / parameters["hands_scale"]
    return now.nation["unfree_labour"] / float(hands[_CAMPS].sum())
