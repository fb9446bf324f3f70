"""The parameters of the rules with ranges and sources, as parameters.toml states them."""

from pathlib import Path
from typing import Final

from sovplan.foundation.chance import uniform
from sovplan.records.parameters import NAMES, Parameters, unfit
from sovplan.records.ranged import Ranged, read_ranged
from sovplan.regimes.article import between
from sovplan.regimes.catalogue import FOLDER

_FILE: Final = FOLDER / "parameters.toml"


def parameter_table(path: Path | None = None) -> tuple[Ranged, ...]:
    """Read the parameters with their ranges and sources.

    Parameters
    ----------
    path
        A file in the form of parameters.toml; None for the one of the package.

    Returns
    -------
    tuple of Ranged
        In the order of the fields of `Parameters`.

    Raises
    ------
    DataError
        A parameter or field is missing, unknown or does not fit; the message names them.
    """
    return read_ranged(path or _FILE, NAMES, unfit=unfit)


def read_parameters(path: Path | None = None) -> Parameters:
    """Read the values of the parameters.

    Parameters and errors are those of `parameter_table`.

    Examples
    --------
    >>> read_parameters().ineq_max
    7.24
    """
    return Parameters(**{each.name: each.value for each in parameter_table(path)})


def drawn_parameters(seed: int, path: Path | None = None) -> Parameters:
    """Return parameters drawn evenly from their ranges, each from a stream of its own.

    Parameters
    ----------
    seed
        Root of the luck, 0 to 2^64 - 1.
    path
        As in `parameter_table`.
    """
    drawn = {
        each.name: between(
            each.low, each.high, float(uniform(seed, f"parameter.{each.name}", 0, 1)[0])
        )
        for each in parameter_table(path)
    }
    return Parameters(**drawn)
