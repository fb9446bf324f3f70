"""Codes and titles of the goods and branches of a table."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import final

from sovplan.foundation.errors import DataError
from sovplan.foundation.words import say

_APART = re.compile(r"[^a-z0-9.@-]+")


@final
@dataclass(frozen=True, slots=True)
class Label:
    """Code and title of a good or a branch, and the place where a branch stands."""

    code: str
    title: str
    region: str = ""


def code_of(text: str) -> str:
    """Return a short code of plain letters for a label: `Crop farming` becomes `crop_farming`.

    Raises
    ------
    DataError
        Nothing is left that a code could be made of.
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    code = _APART.sub("_", plain).strip("_")
    if not code:
        raise DataError(say("readers.labels.no_code", label=text))
    return code


def labels(codes: Iterable[str], titles: Iterable[str] = ()) -> tuple[Label, ...]:
    """Return labels from the publisher's codes; a code without a title is its own title.

    Raises
    ------
    DataError
        Two labels have the same code.
    """
    given, named = tuple(codes), tuple(titles)
    made = tuple(
        Label(code_of(code), title or code)
        for code, title in zip(given, named or given, strict=True)
    )
    check_codes(made)
    return made


def check_codes(made: Sequence[Label]) -> None:
    """Do nothing if no code stands twice.

    Raises
    ------
    DataError
        Names the code that does.
    """
    seen: set[str] = set()
    for label in made:
        if label.code in seen:
            raise DataError(say("readers.labels.twice", code=label.code))
        seen.add(label.code)
