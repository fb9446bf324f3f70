"""What a reader assumed and changed, and the year it read, so that both can be shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import final

from sovplan.foundation.numbers import figure
from sovplan.foundation.words import say
from sovplan.history.readers.base_year import BaseYear


@final
@dataclass(frozen=True, slots=True)
class Assumption:
    """A number that no table gives.

    Parameters
    ----------
    value, low, high
        The number and the range in which it may lie.
    unit
        Unit of the three.
    why
        Reason for the number, a sentence.
    source
        Where it comes from; "assumed" where from nowhere.
    """

    value: float
    low: float
    high: float
    unit: str
    why: str
    source: str = "assumed"

    def as_table(self) -> dict[str, float | str]:
        """Return the assumption as a table of economy.toml."""
        return {
            "value": self.value,
            "low": self.low,
            "high": self.high,
            "unit": self.unit,
            "why": self.why,
            "source": self.source,
        }


@final
@dataclass(frozen=True, slots=True)
class Moved:
    """A negative cell that was put on the other side.

    Parameters
    ----------
    kind
        What the cell was: input, output, use, stocks, exports or imports.
    good, other
        Its product, and its industry or use.
    amount
        What was moved, above 0, in the unit of the table.
    """

    kind: str
    good: str
    other: str
    amount: float

    def __str__(self) -> str:
        """Return what became of the cell in one line."""
        key = f"readers.moved.{self.kind}"
        return say(key, good=self.good, other=self.other, amount=figure(self.amount))


@final
@dataclass(frozen=True, slots=True, eq=False)
class Notes:
    """What was assumed and changed on the way from a table to an economy.

    Parameters
    ----------
    year
        The year as it was read: activities and the material balance of each good.
    assumptions
        Numbers that no table gives, by name; they stand in economy.toml as well.
    moved
        Negative cells put on the other side.
    dropped
        Industries and products of which nothing was made or used.
    import_only
        Products that nobody at home makes.
    residuals
        Supply less use by product in the table itself, where they are not level.
    remarks
        Further sentences: margins, taxes, trade.
    """

    year: BaseYear
    assumptions: Mapping[str, Assumption] = field(default_factory=dict)
    moved: tuple[Moved, ...] = ()
    dropped: tuple[str, ...] = ()
    import_only: tuple[str, ...] = ()
    residuals: Mapping[str, float] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()

    def sentences(self) -> tuple[str, ...]:
        """Return all notes as sentences, the moved cells one by one."""
        found = list(self.remarks)
        if self.dropped:
            found.append(say("readers.notes.dropped", names=_some(self.dropped)))
        if self.import_only:
            found.append(say("readers.notes.import_only", names=_some(self.import_only)))
        if self.residuals:
            good, most = max(self.residuals.items(), key=lambda pair: abs(pair[1]))
            count = len(self.residuals)
            found.append(say("readers.notes.residuals", count=count, good=good, most=figure(most)))
        return (*found, *(str(cell) for cell in self.moved))


def _some(names: Sequence[str]) -> str:
    """Return names in one line, the first twelve if there are more."""
    if len(names) <= 12:
        return ", ".join(names)
    return say("readers.notes.more", names=", ".join(names[:12]), more=len(names) - 12)
