"""What changes among officials when who rises is left to luck, all else left as it is."""

from collections.abc import Mapping
from functools import cache
from itertools import groupby
from typing import Final

from sovplan.regimes.countries import country_inputs
from sovplan.regimes.model import model_parameters
from sovplan.society.bodies.layer import RULES, SWITCHES
from sovplan.society.layers import Setting
from sovplan.society.nation.year import Quarter, run_nation
from sovplan.society.persons.year import Persons

ROWS: Final = 50_000
"""Rows of persons of these runs: with fewer, hardly a row holds a post at the top."""
YEARS: Final = range(1927, 1935)
"""Years of which the mean is shown, for levels have few rows in any of them."""
SHOWN: Final[Mapping[str, str]] = {
    "party, union": "bodies/members/union",
    "party, local": "bodies/members/local",
    "competence, union": "bodies/competence/union",
    "competence, local": "bodies/competence/local",
    "women, union": "bodies/women/union",
    "years in the post, union": "bodies/tenure/union",
    "new holders": "bodies/new",
    "officials": "bodies/officials",
}
"""Series by head: per cent of officials of the level, competence at most 100, thousand persons."""
_SEED: Final = 1


def numbers_of(switch: str) -> str:
    """Return the numbers of the rules of officials that a switch turns off."""
    return ", ".join(dict.fromkeys(rule.number for rule in RULES if rule.switch == switch))


@cache
def bodies_effects(off: str = "") -> Mapping[str, float]:
    """Let officials of history live to 1934; return the means of `YEARS`.

    Parameters
    ----------
    off
        A switch of officials; '' with all rules.

    Raises
    ------
    KeyError
        There is no such switch.
    """
    if off and off not in SWITCHES:
        raise KeyError(off)
    setting = Setting(country_inputs(), model_parameters(), _SEED, frozenset({off} - {""}), ROWS)
    persons = Persons(setting, "arrays")
    found = dict.fromkeys(SHOWN, 0.0)
    for year, quarters in groupby(_books(), key=lambda each: each.year):
        if year < YEARS.stop:
            values = {each.series: each.value for each in persons.live(year, tuple(quarters))}
            if year in YEARS:
                for head, series in SHOWN.items():
                    found[head] += values[series] / len(YEARS)
    return found


@cache
def _books() -> tuple[Quarter, ...]:
    return run_nation(country_inputs(), model_parameters())
