"""Units of measure, their sizes, and the only conversions.

A unit is a text: perhaps a number in words or figures, then a name or a symbol (``million tonnes``,
``1000 persons``, ``TWh``). What stands in ``units.toml`` has a dimension and a size and can be
converted within its dimension. Any other text ("million roubles of 1926/27") is a unit too, but an
opaque one: it is equal to itself and never converts. Moneys have names and no rates: roubles turn
into kopecks, never into dollars.
"""

import difflib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from importlib.resources import files
from typing import Final, TypeVar, final

import numpy as np
from numpy.typing import NDArray

from sovplan.foundation.errors import DataError
from sovplan.foundation.words import say

Amount = TypeVar("Amount", float, NDArray[np.float64])

_NUMBERS: Final = {
    "hundred": "100",
    "thousand": "1e3",
    "million": "1e6",
    "mln": "1e6",
    "milliard": "1e9",
    "billion": "1e9",
    "bln": "1e9",
    "trillion": "1e12",
}
_SHORTEST_WORD: Final = 4  # letters; shorter names are symbols, where case tells mega from milli


@final
@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of measure as somebody wrote it.

    Parameters
    ----------
    text
        The words, with single spaces.
    dimension
        What it measures: "mass", "energy", "time", "roubles" ...; blank for an opaque unit.
    size
        How many units of size 1 of the dimension it holds (kilogram, joule, second, metre ...); 1
        for an opaque unit.

    Examples
    --------
    >>> Unit.parse("million tonnes").dimension
    'mass'
    >>> Unit.parse("million roubles of 1926/27").known
    False
    """

    text: str
    dimension: str
    size: Fraction

    @classmethod
    def parse(cls, text: str) -> "Unit":
        """Read a unit; a text that is not in the list becomes an opaque unit.

        Raises
        ------
        DataError
            The text is blank.
        """
        words = " ".join(text.split())
        if not words:
            raise DataError(say("units.blank"))
        many, name = _number_and_name(words)
        entry = _entry(name) if name else ("number", Fraction(1))
        if entry is None:
            return cls(words, "", Fraction(1))
        dimension, size = entry
        return cls(words, dimension, many * size)

    @property
    def known(self) -> bool:
        """Whether the unit has a size, so that it can be converted."""
        return self.dimension != ""


def convert(value: Amount, source: str | Unit, target: str | Unit) -> Amount:
    """Return a quantity in another unit.

    Parameters
    ----------
    value
        One number or an array, in the unit `source`.
    source, target
        Units or their texts.

    Raises
    ------
    DataError
        One of the units is opaque and the texts differ (the message names the nearest known unit),
        or they measure different things.

    Examples
    --------
    >>> convert(2.5, "million tonnes", "thousand tonnes")
    2500.0
    """
    return value * factor(source, target)


def factor(source: str | Unit, target: str | Unit) -> float:
    """Return how many units `target` one unit `source` holds; errors are those of `convert`."""
    one, other = (Unit.parse(unit) if isinstance(unit, str) else unit for unit in (source, target))
    if one.text == other.text:
        return 1.0
    if not one.known:
        raise DataError(_unknown(one, other))
    if not other.known:
        raise DataError(_unknown(other, one))
    if one.dimension != other.dimension:
        raise DataError(
            say(
                "units.different",
                unit=one.text,
                dimension=one.dimension,
                other=other.text,
                measure=other.dimension,
            )
        )
    return float(one.size / other.size)


def nearest_unit(text: str) -> str | None:
    """Return the known unit whose text is most like this one, or None when none is near."""
    words = " ".join(text.split())
    _, name = _number_and_name(words)
    near = difflib.get_close_matches(name, _units(), n=1, cutoff=0.75)
    return words.removesuffix(name) + near[0] if near else None


def _unknown(unit: Unit, other: Unit) -> str:
    message = say("units.unknown", unit=unit.text, other=other.text)
    near = nearest_unit(unit.text)
    return message if near is None else f"{message}; {say('foundation.nearest', name=near)}"


def _number_and_name(words: str) -> tuple[Fraction, str]:
    """Split "million tonnes" into 1,000,000 and "tonnes"."""
    first, _, rest = words.partition(" ")
    if first.casefold() in _NUMBERS:
        return Fraction(_NUMBERS[first.casefold()]), rest
    if re.fullmatch("10*", first) and rest:
        return Fraction(first), rest
    return Fraction(1), words


def _entry(name: str) -> tuple[str, Fraction] | None:
    """Return dimension and size of a name as it stands in the list, a word in any case."""
    return _units().get(name) or (
        _units().get(name.casefold()) if len(name) >= _SHORTEST_WORD else None
    )


@cache
def _units() -> Mapping[str, tuple[str, Fraction]]:
    """Return dimension and size of each name and symbol of the list; phrases in any case too."""
    listed = tomllib.loads(files("sovplan.foundation").joinpath("units.toml").read_text("utf-8"))
    return {
        form: (dimension, Fraction(size))
        for dimension, sizes in listed.items()
        for size, names in sizes.items()
        for name in names
        for form in ((name, name.casefold()) if " " in name else (name,))
    }
