"""Political states that history forces on a run until their own rules are built.

Participation, appointed share, administrators, entrenchment, repression, coordination, split: one
value a year, 1917 to 1941, each with a range. Almost all are codings and interpolations: they show
what the claims imply, not that they are true. Coordination is forced to 1920 only, and no rule
reads entrenchment and split: those values are there to be compared.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType
from typing import Final, final

from sovplan.foundation.errors import DataError
from sovplan.foundation.words import say
from sovplan.records.tables import read_table

FOLDER: Final = Path(str(files("sovplan.history"))) / "data" / "nation"

STATES: Final = (
    "participation", "appointed_share", "administrators", "entrenchment", "repression",
    "coordination", "split",
)  # fmt: skip
FORCED_YEARS: Final = range(1917, 1942)


@final
@dataclass(frozen=True, slots=True)
class Forced:
    """One value of a forced state.

    Parameters
    ----------
    value, low, high
        A share, and the range within which it may well lie.
    provenance, source
        `calibrated` or `assumed`, and after what; interpolated years say so.
    """

    value: float
    low: float
    high: float
    provenance: str
    source: str


@cache
def forced_states() -> Mapping[str, Mapping[int, Forced]]:
    """Return the forced states of the package: by state, then by year.

    Examples
    --------
    >>> forced_states()["participation"][1928].value
    0.05
    """
    return read_forced_states(FOLDER / "forced_states.csv")


def read_forced_states(path: Path) -> Mapping[str, Mapping[int, Forced]]:
    """Read forced states.

    Parameters
    ----------
    path
        Table with the columns year, state, value, low, high, provenance, source.

    Raises
    ------
    DataError
        A state is unknown, a year is missing or there twice, or a value lies outside its range or
        outside 0 to 1.
    """
    table = read_table(path)
    numbers = {name: table.numbers(name) for name in ("value", "low", "high")}
    found: dict[str, dict[int, Forced]] = {state: {} for state in STATES}
    for row, (year, state) in enumerate(zip(table.text("year"), table.text("state"), strict=True)):
        value, low, high = (float(numbers[name][row]) for name in ("value", "low", "high"))
        there = found.get(state)
        if there is None or int(year) in there or not 0.0 <= low <= value <= high <= 1.0:
            raise DataError(say("country.forced.row", file=table.file, line=table.line(row)))
        texts = table.text("provenance")[row], table.text("source")[row]
        there[int(year)] = Forced(value, low, high, *texts)
    for state, years in found.items():
        if sorted(years) != list(FORCED_YEARS):
            raise DataError(say("country.forced.years", file=table.file, state=state))
    return MappingProxyType({state: MappingProxyType(years) for state, years in found.items()})


def coordination_steps(years: range) -> list[tuple[int, int, float]]:
    """Return coordination at the end of each quarter of some years, as history forces it.

    The value of a year is its mean and stands at its middle; straight lines join the middles, and
    the first and the last line are carried on to the ends.

    Parameters
    ----------
    years
        At least two of the years for which states are forced.

    Returns
    -------
    list of (year, quarter, value)
        The fourth quarter of the year before them first: the state at their start.

    Examples
    --------
    >>> [round(value, 3) for _, _, value in coordination_steps(range(1917, 1921))][::4]
    [0.89, 0.61, 0.435, 0.35, 0.25]
    """
    middles = [(year + 0.5, forced_states()["coordination"][year].value) for year in years]
    found = []
    for count in range(4 * len(years) + 1):
        time = years.start + count / 4.0
        # The line on which a time lies; before the first middle and after the last the next one.
        place = min(max(int(time - years.start - 0.5), 0), len(years) - 2)
        (before, one), (_, other) = middles[place], middles[place + 1]
        year, quarter = (years.start + (count - 1) // 4, (count - 1) % 4 + 1)
        found.append((year, quarter, one + (time - before) * (other - one)))
    return found
