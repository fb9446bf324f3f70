"""The historical series that come with the package: by name, with sources, and beside a run.

What is printed here is what others printed: sources that disagree are separate series and are never
averaged. ``docs/look-up/history.md`` lists the series and says what is missing.
"""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path

from sovplan.foundation.errors import DataError
from sovplan.foundation.words import say
from sovplan.history.figures import STATUSES, Collection, Figure, Match, Series, Source
from sovplan.history.seriesfiles import read_collection
from sovplan.records.findings import nearest

__all__ = [
    "STATUSES",
    "Figure",
    "Match",
    "Series",
    "Source",
    "all_series",
    "goods_series",
    "matches",
    "measure_series",
    "series",
    "sources",
]


def all_series() -> tuple[Series, ...]:
    """Return all series, by subject."""
    return tuple(_collection().series.values())


def series(name: str) -> Series:
    """Return a series by its name.

    Raises
    ------
    DataError
        There is none of that name; the message names the nearest.

    Examples
    --------
    >>> series("grain_harvest_soviet_revised").values()[1932]
    69.8
    """
    known = _collection().series
    if name not in known:
        near = nearest(name, list(known))
        raise DataError(say("series.unknown", name=name, nearest=near))
    return known[name]


def sources() -> Mapping[str, Source]:
    """Return the sources by key."""
    return _collection().sources


def matches(economy: str) -> tuple[Match, ...]:
    """Return what can stand beside a run of an economy; nothing where nothing is known of it."""
    return tuple(match for match in _collection().matches if match.economy == economy)


def goods_series(economy_name: str) -> Mapping[str, tuple[str, float]]:
    """Return which series shows the output of which good.

    Parameters
    ----------
    economy_name
        Name of an economy, "ussr-1928".

    Returns
    -------
    Mapping
        By good: the name of the series, and the factor that turns its values into the unit of the
        good. Goods without a series are left out. Series that disagree with it, and how far the
        definitions agree, stand in `matches`.

    Examples
    --------
    >>> goods_series("ussr-1928")["coal"]
    ('coal', 1.0)
    """
    return {
        match.name: (match.series, match.factor)
        for match in matches(economy_name)
        if match.kind == "good"
    }


def measure_series(economy_name: str) -> Mapping[str, tuple[str, ...]]:
    """Return the series of consumption a head, product, population ... to stand beside a run.

    Returns
    -------
    Mapping
        By measure: names of series. The first is the one to draw if only one is drawn; the others
        disagree with it or measure it in another way.

    Examples
    --------
    >>> measure_series("ussr-1928")["consumption_per_head"][0]
    'consumption_per_head_allen'
    """
    return {
        match.name: (match.series, *match.others)
        for match in matches(economy_name)
        if match.kind == "measure"
    }


@cache
def _collection() -> Collection:
    return read_collection(Path(str(files("sovplan.history"))) / "data" / "series")
