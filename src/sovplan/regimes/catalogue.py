"""The regimes that come with the package; a new one is one file and one line here."""

from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Final

from sovplan.records.tables import read_toml

FOLDER: Final = Path(str(files("sovplan.regimes")))
"""Where the files of the regimes stand."""

REGIMES: Final[Mapping[str, str]] = {
    "renewed_councils": "renewed_councils.toml",
    "councils_isolated": "councils_isolated.toml",
    "command_1929": "command_1929.toml",
}
"""File of each regime, by name."""


def regime_titles() -> tuple[tuple[str, str], ...]:
    """Return name and title of every regime that comes with the package.

    Examples
    --------
    >>> [name for name, title in regime_titles()]
    ['renewed_councils', 'councils_isolated', 'command_1929']
    """
    return tuple((name, str(read_toml(FOLDER / file)["title"])) for name, file in REGIMES.items())
