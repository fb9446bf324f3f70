"""What is wrong or doubtful in a folder: one value for each finding."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal, final

from sovplan.foundation.errors import DataError
from sovplan.foundation.words import say


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
        place = self.file
        if self.line:
            place = say("records.finding.row", file=place, line=self.line)
        if self.column:
            place = say("records.finding.column", place=place, column=self.column)
        return f"{place}: {self.text}"


def refuse(findings: Iterable[Finding]) -> None:
    """Do nothing if there is no error among the findings.

    Raises
    ------
    DataError
        Shows the first error and how many more there are.
    """
    errors = [finding for finding in findings if finding.level == "error"]
    if not errors:
        return
    more = len(errors) - 1
    key = "records.finding.and_more" if more else "records.finding.alone"
    raise DataError(say(key, first=errors[0], more=more))


def nearest(name: str, known: Sequence[str]) -> str:
    """Return a sentence that names the nearest known name, or the known names if they are few."""
    close = get_close_matches(name, known, n=1, cutoff=0.6)
    if close:
        return say("records.finding.nearest", name=close[0])
    if 0 < len(known) <= 12:
        return say("records.finding.known", names=", ".join(known))
    return say("records.finding.many" if known else "records.finding.none", count=len(known))
