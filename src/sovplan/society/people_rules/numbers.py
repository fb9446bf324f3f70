"""The numbers of the rules of persons with their ranges and sources, as the files beside say."""

from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from types import MappingProxyType
from typing import Final

from sovplan.foundation.errors import DataError
from sovplan.foundation.words import say
from sovplan.records.parameters import Parameters
from sovplan.records.ranged import Ranged, read_ranged

FOLDER: Final = Path(__file__).parent
PARAMETERS: Final = FOLDER / "parameters.toml"
TRIAL_YEAR: Final = FOLDER / "trial_year.toml"
START: Final = FOLDER / "start.toml"


def numbers(path: Path = PARAMETERS) -> tuple[Ranged, ...]:
    """Read a file of numbers.

    Raises
    ------
    DataError
        A number lacks a field, has one that is not known, or lies outside its range.
    """
    return read_ranged(path)


def values(path: Path = PARAMETERS) -> Mapping[str, float]:
    """Return the values of a file of numbers by name."""
    return MappingProxyType({number.name: float(number.value) for number in numbers(path)})


def trial_values(shared: Parameters, **changed: float) -> Mapping[str, float]:
    """Return all that the rules of persons read, for a trial near 1925.

    Parameters
    ----------
    shared
        Parameters that the rules share with the regimes, those of rule R04.
    **changed
        Institutions or parameters that are to be other than in the files.

    Raises
    ------
    DataError
        A name is not known.
    """
    common = {field.name: float(getattr(shared, field.name)) for field in fields(shared)}
    given = {**common, **values(PARAMETERS), **values(TRIAL_YEAR)}
    for name in changed:
        if name not in given:
            raise DataError(say("society.unknown", name=name))
    return MappingProxyType({**given, **changed})
