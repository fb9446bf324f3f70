"""Examples of a year by files that come with the package: surveys and returns of a federation."""

from importlib.resources import files
from pathlib import Path
from typing import Final

from sovplan.foundation.errors import DataError
from sovplan.foundation.words import say
from sovplan.records.findings import nearest

_DATA: Final = Path(str(files("sovplan.history"))) / "data" / "years"


def year_path(given: str | Path) -> Path:
    """Return a folder of a year given by its path, or by the name of an example.

    Raises
    ------
    DataError
        There is neither a folder nor an example of that name.
    """
    path, inside = Path(given), _DATA / str(given)
    if path.is_dir():
        return path
    if str(given) == path.name and inside.is_dir():
        return inside
    names = sorted(found.name for found in _DATA.iterdir() if found.is_dir())
    raise DataError(
        say("yearfiles.example.unknown", name=given, nearest=nearest(str(given), names))
    )


def returns_path(given: str | Path) -> Path:
    """Return a file of returns given by its path, or the one of an example given by its name."""
    path = Path(given)
    return path if path.is_file() else year_path(given) / "returns.csv"
