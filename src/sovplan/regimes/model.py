"""The parameters of the rules of the model, as model.toml states them.

Beside `parameters.toml`, which holds what the simulated year reads, this is the whole list of the
specification, with the constants of its trial: only rules that are built read them.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

from sovplan.foundation.errors import DataError
from sovplan.foundation.words import say
from sovplan.records.findings import nearest
from sovplan.records.ranged import Ranged, read_ranged
from sovplan.regimes.catalogue import FOLDER

_FILE: Final = FOLDER / "model.toml"


def model_parameter_table(path: Path | None = None) -> tuple[Ranged, ...]:
    """Read all parameters with their ranges and sources.

    Parameters
    ----------
    path
        A file in the form of model.toml; None for the one of the package.

    Raises
    ------
    DataError
        A field is missing, unknown or does not fit; the message names it.
    """
    return _of_package() if path is None else read_ranged(path, needed=("meaning",))


@cache
def _of_package() -> tuple[Ranged, ...]:
    return read_ranged(_FILE, needed=("meaning",))


@cache
def model_parameters() -> Mapping[str, float]:
    """Return the values of all parameters by name.

    Examples
    --------
    >>> model_parameters()["sigma"]
    0.93
    """
    return MappingProxyType({each.name: each.value for each in model_parameter_table()})


@cache
def _ranges() -> Mapping[str, tuple[float, float]]:
    """Return the range of each parameter by name, from low to high."""
    return {each.name: (each.low, each.high) for each in model_parameter_table()}


def changed_parameters(
    changes: Mapping[str, float], *, beyond: bool = False
) -> Mapping[str, float]:
    """Return the values of all parameters with some put in place of those of the package.

    Parameters
    ----------
    changes
        Values by name.
    beyond
        Whether values may lie outside their ranges: equations then need not hold, or even have a
        solution.

    Raises
    ------
    DataError
        There is no parameter of a name, or its value lies outside its range.
    """
    known, ranges = model_parameters(), _ranges()
    for name, value in changes.items():
        if name not in known:
            near = nearest(name, list(known))
            text = say("regimes.parameter.unknown", nearest=near)
            raise DataError(say("regimes.parameter.wrong", name=name, text=text))
        low, high = ranges[name]
        if not beyond and not low <= value <= high:
            sizes = {"value": value, "low": low, "high": high}
            numbers = {at: f"{size:.6g}" for at, size in sizes.items()}
            text = say("regimes.parameter.outside", **numbers)
            raise DataError(say("regimes.parameter.wrong", name=name, text=text))
    return MappingProxyType({**known, **changes})
