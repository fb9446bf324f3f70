"""The rows that live in every run of the country, and their figures."""

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import groupby
from typing import Final

from sovplan.foundation.engine.rule import Rule
from sovplan.lab.peopled import check_peopled
from sovplan.records.run import Point
from sovplan.society.collectives import layer as collectives
from sovplan.society.collectives.figures import UNITS as FARM_UNITS
from sovplan.society.farms.figures import OF_HISTORY, UNITS
from sovplan.society.farms.village import RULES, SWITCHES, Village, composed
from sovplan.society.layers import LayerKind, Setting
from sovplan.society.nation.year import Quarter
from sovplan.society.persons.year import PERSONS_KIND
from sovplan.society.workplaces.layer import KIND as WORKPLACES

VILLAGE: Final = LayerKind(
    "village",
    (*SWITCHES, *collectives.SWITCHES),
    {**UNITS, **FARM_UNITS},
    Village,
    (*RULES, *collectives.RULES),
    OF_HISTORY,
    lambda: (composed(), collectives.composed()),
)
LAYERS: Final[tuple[LayerKind, ...]] = (WORKPLACES, VILLAGE, PERSONS_KIND)
"""Every kind of rows, in the order in which they live."""


def layer_switches() -> tuple[str, ...]:
    """Return the names of all switches of rows."""
    return tuple(dict.fromkeys(switch for kind in LAYERS for switch in kind.switches))


def layer_rules() -> tuple[Rule, ...]:
    """Return all rules of rows."""
    return tuple(rule for kind in LAYERS for rule in kind.rules)


def layer_units() -> Mapping[str, str]:
    """Return the unit of each series of rows."""
    return {series: unit for kind in LAYERS for series, unit in kind.units.items()}


def layer_points(
    regime: str,
    setting: Setting,
    books: Sequence[Quarter],
    years: range,
    *,
    is_history: bool = True,
) -> Iterator[Point]:
    """Let all rows live through a run; yield the figures of the years that are shown.

    Parameters
    ----------
    regime
        Name of the regime.
    setting
        What rows are made with; as many kinds of rows live at once as it has threads.
    books
        Quarters of the whole run.
    years
        Years that are shown; none after them is lived.
    is_history
        Whether it is the run of history, in which all series are shown.

    Raises
    ------
    DataError
        Too few people are left for rows, see `check_peopled`.
    """
    lived_through = [each for each in books if each.year < years.stop]
    check_peopled(regime, setting, lived_through)
    by_year = {
        year: tuple(quarters)
        for year, quarters in groupby(lived_through, key=lambda each: each.year)
    }

    def lived(kind: LayerKind) -> list[Point]:
        layer = kind.make(setting)
        return [
            Point(regime, year, each.series, each.value, kind.units[each.series], each.kind)
            for year, quarters in by_year.items()
            for each in layer.live(year, quarters)
            if year in years and (is_history or not each.series.startswith(kind.of_history))
        ]

    if setting.threads == 1:
        for kind in LAYERS:
            yield from lived(kind)
        return
    with ThreadPoolExecutor(setting.threads) as pool:
        # Persons take longest: they begin first.
        done = [pool.submit(lived, kind) for kind in reversed(LAYERS)]
        for each in reversed(done):
            yield from each.result()
