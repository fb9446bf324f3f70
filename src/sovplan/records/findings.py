"""What is wrong or doubtful in a folder: one value for each finding."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final, Literal, final

from sovplan.foundation.errors import DataError
from sovplan.foundation.words import say

_CLOSE: Final = 0.6
"""Likeness from which a known name is offered."""
_NUMBER: Final = re.compile(r"[0-9]+")
_PLACES: Final = 5
"""Rows named at most beside the one whose error is shown."""


@final
@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong (`error`) or doubtful (`warning`) and where it stands.

    Parameters
    ----------
    level
        An economy with an error cannot be planned; one with warnings can.
    file, line, column
        Where it stands; line 0 and column '' where the whole file is meant.
    text
        What was found, what was needed and what to do.
    """

    level: Literal["error", "warning"]
    file: str
    line: int
    column: str
    text: str

    def __str__(self) -> str:
        """Return the place and the text in one line."""
        place = self.row
        if self.column:
            place = say("records.finding.column", place=place, column=self.column)
        return f"{place}: {self.text}"

    @property
    def row(self) -> str:
        """File and row, or the file alone where the whole of it is meant."""
        if not self.line:
            return self.file
        return say("records.finding.row", file=self.file, line=self.line)


def refuse(findings: Iterable[Finding], *, checked: bool = False) -> None:
    """Do nothing if there is no error among the findings.

    Parameters
    ----------
    findings
        Errors and warnings.
    checked
        Whether they are about a folder on disk, so that ``sovplan check`` lists them all.

    Raises
    ------
    DataError
        Shows the first error and how many more there are; where ``sovplan check`` does not read
        the file, also where these stand.
    """
    errors = [finding for finding in findings if finding.level == "error"]
    if not errors:
        return
    more = len(errors) - 1
    if not more:
        raise DataError(say("records.finding.alone", first=errors[0]))
    if checked:
        raise DataError(say("records.finding.and_more", first=errors[0], more=more))
    others = list(dict.fromkeys(finding.row for finding in errors[1:]))
    places = "; ".join(others[:_PLACES])
    if len(others) > _PLACES:
        places = say("records.finding.and_so_on", places=places)
    raise DataError(say("records.finding.and_others", first=errors[0], more=more, places=places))


def nearest(name: str, known: Sequence[str]) -> str:
    """Return a sentence that names the nearest known name, or the known names if they are few."""
    close = _other_number(name, known) or _close(name, known)
    if close:
        return say("records.finding.nearest", name=close[0])
    if 0 < len(known) <= 12:
        return say("records.finding.known", names=", ".join(known))
    return say("records.finding.many" if known else "records.finding.none", count=len(known))


def _other_number(name: str, known: Sequence[str]) -> list[str]:
    """Return the known name that differs in numbers only, by the least; none where none does."""
    like = [each for each in known if _without(each) == _without(name) != name]
    return sorted(like, key=lambda each: _apart(name, each))[:1]


def _without(name: str) -> str:
    return _NUMBER.sub("#", name)


def _apart(one: str, two: str) -> int:
    pairs = zip(_NUMBER.findall(one), _NUMBER.findall(two), strict=True)
    return sum(abs(int(a) - int(b)) for a, b in pairs)


def _close(name: str, known: Sequence[str]) -> list[str]:
    """Return the closest known name; what stands before a point they share counts for nothing."""
    head = name[: name.rfind(".") + 1]
    below = [each.removeprefix(head) for each in known if head and each.startswith(head)]
    if below:
        near = get_close_matches(name.removeprefix(head), below, n=1, cutoff=_CLOSE)
        return [f"{head}{each}" for each in near]
    near = get_close_matches(name, known, n=1, cutoff=_CLOSE)
    if near:
        return near
    # Names that differ in capitals only count as alike.
    small = {each.lower(): each for each in known}
    return [small[each] for each in get_close_matches(name.lower(), small, n=1, cutoff=_CLOSE)]


def ended(words: str) -> str:
    """Return words with the stop of a sentence; what ends with a stop of its own stays as it is.

    Examples
    --------
    >>> ended("years is missing"), ended('Did you mean "years"?')
    ('years is missing.', 'Did you mean "years"?')
    """
    return words if words.endswith((".", "?")) else f"{words}."
