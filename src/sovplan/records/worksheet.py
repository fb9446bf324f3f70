"""Work sheets: what one workplace makes, receives, builds, passes on and works in a year."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal, final

from sovplan.records.folder import Table
from sovplan.records.workplaces import UNUSED, Link

Entry = Literal["run", "make", "keep", "receive", "build", "deliver", "hours"]

ENTRIES: Final[tuple[Entry, ...]] = (
    "run",
    "make",
    "keep",
    "receive",
    "build",
    "deliver",
    "hours",
)
"""What a line of a sheet may ask for."""

CELLS: Final = (
    "year",
    "workplace",
    "entry",
    "technique",
    "name",
    "partner",
    "plant",
    "amount",
    "unit",
    "due",
)
"""The columns of a sheet as a table."""


@final
@dataclass(frozen=True, slots=True)
class Part:
    """So much of a line is due by the end of a day."""

    day: date
    amount: float


@final
@dataclass(frozen=True, slots=True)
class Line:
    """One line of a work sheet.

    Parameters
    ----------
    entry
        run: activity of a technique; make: output of a technique, losses included; keep: own
        product for own use; receive, deliver: from or to a partner; build: goods put into a plant;
        hours: of one skill.
    amount, unit
        How much in the year.
    name
        The good or skill; blank for run.
    technique, partner, plant
        Where the entry has one.
    parts
        What part of the amount is due when, the earliest first; none where nothing is said, so
        that all of it is due on the last day of the year.
    """

    entry: Entry
    amount: float
    unit: str
    name: str = ""
    technique: str = ""
    partner: str = ""
    plant: str = ""
    parts: tuple[Part, ...] = ()


@final
@dataclass(frozen=True, slots=True)
class WorkSheet:
    """What the plan of a year asks of one workplace, of the common store or of foreign trade.

    Parameters
    ----------
    workplace, title
        Code and readable name.
    year
        Calendar year.
    lines
        What is to be done, in the order of `ENTRIES`.
    """

    workplace: str
    title: str
    year: int
    lines: tuple[Line, ...]

    @property
    def due(self) -> date:
        """Day by which everything on the sheet is done, at the latest: the last of the year."""
        return date(self.year, 12, 31)

    @property
    def return_due(self) -> date:
        """Day by which the return is filed: a month after the end of the year."""
        return date(self.year + 1, 1, 31)

    def of(self, entry: Entry) -> tuple[Line, ...]:
        """Return the lines of one entry."""
        return tuple(line for line in self.lines if line.entry == entry)


def sheet_table(sheets: Sequence[WorkSheet], name: str = "sheets.csv") -> Table:
    """Return sheets as one table, a row for each part of a line that is due on a day."""
    rows = [
        (
            sheet.year,
            sheet.workplace,
            line.entry,
            line.technique,
            line.name,
            line.partner,
            line.plant,
            float(f"{part.amount:.12g}"),
            line.unit,
            part.day.isoformat(),
        )
        for sheet in sheets
        for line in sheet.lines
        for part in line.parts or (Part(sheet.due, line.amount),)
    ]
    return Table.of(name, [dict(zip(CELLS, row, strict=True)) for row in rows])


def links_of_sheets(sheets: Sequence[WorkSheet]) -> tuple[Link, ...]:
    """Return who is to deliver what to whom; what nothing uses is no delivery."""
    return tuple(link for sheet in sheets for link in _links(sheet))


def _links(sheet: WorkSheet) -> Iterator[Link]:
    for line in sheet.lines:
        if line.entry == "keep":
            yield Link(line.name, sheet.workplace, sheet.workplace, line.amount)
        elif line.entry == "deliver" and line.partner != UNUSED:
            yield Link(line.name, sheet.workplace, line.partner, line.amount)
