"""What changes in the village when one of its switches is turned off, all else left as it is."""

from collections.abc import Mapping
from functools import cache
from itertools import groupby
from typing import Final

from sovplan.regimes.countries import country_inputs
from sovplan.regimes.model import model_parameters
from sovplan.society.collectives import layer as collectives
from sovplan.society.farms import village
from sovplan.society.farms.village import Village
from sovplan.society.layers import Setting
from sovplan.society.nation.year import Quarter, run_nation

ROWS: Final = 5000
"""Rows of these runs: a tenth of those of a run, so that all switches take some seconds."""
LAST: Final = 1935
SHOWN: Final[Mapping[str, tuple[str, tuple[int, ...]]]] = {
    "rich 1927": ("strata/entrepreneur", (1927,)),
    "poor 1927": ("strata/poor", (1927,)),
    "Gini 1928": ("gini", (1928,)),
    "divided 1928": ("divided", (1928,)),
    "hire 1928": ("hires", (1928,)),
    "held by rich 1927": ("held/entrepreneur", (1927,)),
    "taxed of rich 1927": ("taxed/entrepreneur", (1927,)),
    "willing 1928": ("willing", (1928,)),
    "in, Ukraine 1931": ("region_collective/ukraine", (1931,)),
    "named 1930-31": ("labelled", (1930, 1931)),
    "false 1930": ("false_labels", (1930,)),
    "riots, Volga 1930": ("region_riots/volga", (1930,)),
    "killed by poor 1930": ("killed/poor", (1930,)),
    "food spread 1932": ("food_spread", (1932,)),
    "hungry poor 1932": ("hungry/poor", (1932,)),
    "plot 1935": ("plot_income", (1935,)),
    "chair 1935": ("chair", (1935,)),
    "asked of others 1932": ("kolkhoz/missed", (1932,)),
    "labour day, worst tenth 1933": ("kolkhoz/day_grain_p10", (1933,)),
}
"""Figures by head: series and the years of which values are summed."""
RULES: Final = (*village.RULES, *collectives.RULES)
"""Rules of households, regions and their collective farms."""
SWITCHES: Final = (*village.SWITCHES, *collectives.SWITCHES)
_SEED: Final = 1


def switches_of(name: str) -> str:
    """Return the numbers of the rules that a switch turns off."""
    return ", ".join(dict.fromkeys(each.number for each in RULES if each.switch == name))


@cache
def village_effects(off: str = "") -> Mapping[str, float]:
    """Let the village of history live to 1935; return its figures.

    Parameters
    ----------
    off
        A switch of `SWITCHES`; '' with all rules.

    Raises
    ------
    KeyError
        There is no such switch.
    """
    if off and off not in SWITCHES:
        raise KeyError(off)
    setting = Setting(country_inputs(), model_parameters(), _SEED, frozenset({off} - {""}))
    whole = Village(setting, ROWS)
    found: dict[tuple[str, int], float] = {}
    for year, quarters in groupby(_books(), key=lambda each: each.year):
        if year <= LAST:
            for figure in whole.live(year, tuple(quarters)):
                # Of labels the households that were named, not the entrepreneurs among them.
                if figure.series != "labelled" or figure.kind == "reported":
                    found[figure.series, year] = figure.value
    return {
        head: sum(found[series, year] for year in years) for head, (series, years) in SHOWN.items()
    }


@cache
def _books() -> tuple[Quarter, ...]:
    return run_nation(country_inputs(), model_parameters())
