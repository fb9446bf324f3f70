"""The part of the page of patterns that says what has been seen of hold-out rows.

The specification (section 6) asks that a look at a row which is held out be logged; this is the
log. It is kept by hand, and a test holds that no row is left out.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, final

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

_NONE: Final = "none known"


@final
@dataclass(frozen=True, slots=True)
class Look:
    """Where a row, or its held-out points, stands beside the model, and what was chosen after it.

    Parameters
    ----------
    where
        Part of the book, pages of the manual; blank where it is nowhere.
    after
        Numbers that were chosen after it.
    """

    where: str
    after: str = _NONE


_FITS: Final = "those of the trial, fitted to 1921-1940"
SEEN: Final[Mapping[str, Look]] = {
    "V03": Look("book: growth; product of 1937 in [production](production.md)", _FITS),
    "V05": Look("book: growth, and industry beside the official index and Nutter; 1932, 1937 and"
                " 1940 in [production](production.md)", _FITS),
    "V08": Look("book: the grain strike; [markets](markets.md), [codings](codings.md),"
                " [switches](../look-up/switches.md)",
                "those of the trial, path `grain_price`; numbers of the purse were not"),
    "V10": Look("book: the village", "path `quota_share`, from deliveries over harvests to 1940"),
    "V12": Look("book: the village (all animals in cattle units)",
                "growth of herds (R23), from counts of 1923-1941"),
    "V13": Look("", "growth of herds (R23), from counts of each kind 1923-1941; the model has one"
                " herd and no order of species"),
    "V14": Look("book: the village", "growth of horses (R23), from counts of 1923-1941"),
    "V16": Look(""),
    "V19": Look("book: people (run of history only)", "path `death_trend`; constants of R28"),
    "V20": Look("book: people",
                "path `birth_trend`: 44 falling to 33 per 1000 in 1934-36, 40 after"),
    "V21": Look("book: people; towns of 1938 in [production](production.md)", _FITS),
    "V22": Look("1928 alone, in [markets](markets.md), by the wider count",
                "shares of employees and of posts, and the scale of hands wanted, from the count"
                " of 1926, 1928 and 1940"),
    "V24": Look("book: people; 1937 in [production](production.md)", _FITS),
    "V25": Look("book: growth; 1937 in [production](production.md)", _FITS),
    "V26": Look("book: work and living; judged in [persons](persons.md)",
                "level of turnover `turn0`, from counts of 1928-36"),
    "V27": Look("book: the harvest as it was printed",
                "path `harvest_measure`: the year from which print is of the standing crop"),
    "V28": Look("book, targets, reports, truth: printed alone, without the model"),
    "V32": Look(""),
    "V34": Look("named in the book (7.2 in 1946)", "top of the scale of `wage_spread`: 7.2"),
    "V35": Look("", f"{_NONE}; repression is a path of the political trial of the specification"),
    "V38": Look(""),
    "V41": Look(""),
    "V42": Look(""),
    "V43": Look(""),
}  # fmt: skip
"""Every row that is held out, whole or in points; kept by hand."""

UNSCORED: Final = """Rows of calibration that stand here without a score: V31, V33 and V37 wait for
their rules; V39 and V40 lie outside the years of the run. V36 has its rule (R18), and deaths in
camps stand beside what was counted in the book and in [persons](persons.md), where 1933 is missed;
it is not scored because one of its two peaks, 1942, lies outside the run, and belongs to the work
on the war."""


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
    titles = {each.id: each.title for each in patterns()}
    for id_, fitted in held_out().items():
        look = SEEN[id_]
        where = look.where or "nowhere"
        yield f"| {id_} {titles[id_]} | {'yes' if fitted else 'no'} | {where} | {look.after} |"
    unseen = [id_ for id_, fitted in held_out().items() if not fitted and not SEEN[id_].where
              and SEEN[id_].after.startswith(_NONE)]  # fmt: skip
    yield ""
    yield f"Still unseen beside the model, with no number after them: {', '.join(unseen)}."
