"""The part of the page of patterns that says what has been seen of hold-out rows.

The specification (section 6) asks that a look at a row which is held out be logged; this is the
log. It is kept by hand, and a test holds that no row is left out.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final, final

from sovplan.lab.patterns import LOOKED_AT, patterns

HEAD: Final = """## What has been seen of hold-out rows

`sovplan lab validate` scores rows of calibration only and reckons no row that is held out. That
does not make those rows unseen. The trial of the specification was run to 1940, and its fits had
looked at some of them (section 6 of the specification marks which); the plan book draws history
beside the model for every series it has; and pages of this manual print both. A row that stands
here with a place is no blind test any more, whatever it comes to; one that a number was chosen
after is no test at all. This list is the log of looks that the specification asks for."""

HEADS: Final = "| row | the trial's fits had looked | where history stands beside the model | \
number chosen after it |"

FILE: Final = Path(__file__).resolve().parent / "told" / "seen.toml"


@final
@dataclass(frozen=True, slots=True)
class Look:
    """Where a row, or its held-out points, stands beside the model, and what was chosen after it.

    Parameters
    ----------
    where
        Part of the book, pages of the manual; blank where it is nowhere.
    after
        Numbers that were chosen after it; blank where none is known.
    """

    where: str
    after: str


_UNSEEN: Final = Look("", "")


def log() -> Mapping[str, Look]:
    """Return the log: every row that is held out, whole or in points."""
    return {id_: Look(**row) for id_, row in _written()["rows"].items()}


def unscored() -> str:
    """Return why rows of calibration have no score."""
    return str(_written()["unscored"])


@cache
def _written() -> dict[str, Any]:
    return tomllib.loads(FILE.read_text("utf-8"))


def held_out() -> dict[str, bool]:
    """Return the rows that are held out, whole or in points, and whether a fit had looked."""
    return {
        each.id: each.seen
        for each in patterns()
        if each.use == "hold-out" or any(point.use != LOOKED_AT for point in each.points)
    }


def seen() -> Iterator[str]:
    """Yield the lines of the section."""
    yield HEAD
    yield ""
    yield HEADS
    yield "| --- | --- | --- | --- |"
    looks, titles = log(), {each.id: each.title for each in patterns()}
    for id_, fitted in held_out().items():
        where, after = looks[id_].where or "nowhere", looks[id_].after or "none known"
        yield f"| {id_} {titles[id_]} | {'yes' if fitted else 'no'} | {where} | {after} |"
    unseen = [id_ for id_, fitted in held_out().items() if not fitted and looks[id_] == _UNSEEN]
    yield ""
    yield f"Still unseen beside the model, with no number after them: {', '.join(unseen)}."
