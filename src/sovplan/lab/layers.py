"""The rows that live in every run of the country, and their figures."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from sovplan.records.run import Point
from sovplan.society.layers import LayerKind, Setting
from sovplan.society.nation.year import Quarter
from sovplan.society.persons.year import PERSONS_KIND

LAYERS: Final[tuple[LayerKind, ...]] = (PERSONS_KIND,)
"""Every kind of rows, in the order in which they live."""


def layer_switches() -> tuple[str, ...]:
    """Return the names of all switches of rows."""
    return tuple(dict.fromkeys(switch for kind in LAYERS for switch in kind.switches))


def layer_units() -> dict[str, str]:
    """Return the unit of every series of rows."""
    return {name: unit for kind in LAYERS for name, unit in kind.units.items()}


def layer_points(
    regime: str, setting: Setting, books: Sequence[Quarter], years: range
) -> Iterator[Point]:
    """Let all rows live through a run; yield the figures of the years that are shown.

    Parameters
    ----------
    regime
        Name of the regime.
    setting
        What rows are made with.
    books
        Quarters of the whole run.
    years
        Years that are shown.
    """
    by_year = {
        year: tuple(quarters) for year, quarters in groupby(books, key=lambda each: each.year)
    }
    for kind in LAYERS:
        layer = kind.make(setting)
        for year, quarters in by_year.items():
            for figure in layer.live(year, quarters):
                if year in years:
                    unit = kind.units[figure.series]
                    yield Point(regime, year, figure.series, figure.value, unit, figure.kind)
