"""The society of persons: its rules put together, a year of it, and the accounts that must close.

After every year three accounts are closed, to the person, the kopeck and the hour:

    people on 1 January      =  those of the year before + births - deaths
    savings on 1 January     =  those of the year before + pay - purchases - estates
    8760 hours a person      =  hours worked + own hours

The stocks are counted anew on each 1 January, so what is checked is not how they were reckoned.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, final

import numpy as np

from sovplan.foundation.engine.blocks import Given
from sovplan.foundation.engine.composer import Composition, compose
from sovplan.foundation.engine.engine import Engine, Kind
from sovplan.foundation.engine.rows import Rows
from sovplan.foundation.engine.rule import rules_in
from sovplan.foundation.errors import IdentityBroken
from sovplan.society.people_rules import careers, life, work
from sovplan.society.people_rules.tables import CLASSES, COUNTS, PACKS, tables

RULES: Final = rules_in(work, life, careers)
"""All rules of persons and of the tables above them."""

ACCOUNTS: Final = ("enterprises", "shops", "state", *CLASSES)
"""Who pays and is paid in the matrix of transactions; classes as they stood on 1 January."""


def composed(*, weighted: bool, off: Iterable[str] = ()) -> Composition:
    """Return the rules put together, for persons with weights or one to one."""
    return compose(RULES, tables(weighted=weighted), COUNTS, PACKS, off)


@final
@dataclass(frozen=True, slots=True)
class Year:
    """What was counted in a year, summed over cells.

    Parameters
    ----------
    year
        The year.
    totals
        Sums by name, such as `people` (on 1 January), `births`, `income` (kopecks).
    matrix
        Payments in kopecks by kind (pay, purchases, estates, change of savings) and by account:
        what an account receives is positive, and every row sums to nought.
    """

    year: int
    totals: Mapping[str, int]
    matrix: Mapping[str, Mapping[str, int]]


@final
@dataclass(slots=True)
class Society:
    """A society on its way through the years.

    Parameters
    ----------
    rows
        Tables, as `people.society` makes them; they change from year to year.
    values
        Institutions and parameters, as `numbers.trial_values` gives them.
    seed
        Root of all luck.
    kind, threads, folder
        As in `Engine`.
    off
        Switches that are off.
    """

    rows: dict[str, Rows]
    values: Mapping[str, float]
    seed: int = 1
    kind: Kind = "soonest"
    threads: int = 1
    folder: Path | None = None
    off: tuple[str, ...] = ()
    years: list[Year] = field(default_factory=list)
    engine: Engine = field(init=False)

    def __post_init__(self) -> None:
        """Put the rules together."""
        composition = composed(weighted=bool(self.rows["people"].table.weight), off=self.off)
        self.engine = Engine(composition, self.kind, threads=self.threads, folder=self.folder)

    def live(self, year: int) -> Year:
        """Do a year; return what was counted.

        Raises
        ------
        IdentityBroken
            An account does not close: a mistake of the program.
        """
        self.engine.year(self.rows, Given(self.seed, year, self.values))
        cell = self.rows["cell"]
        counted = [c.name for c in cell.table.columns if c.dtype == "i8"]
        totals = {name: int(cell[name].sum()) for name in counted}
        found = Year(year, totals, matrix(cell))
        check(found, self.years[-1] if self.years else None)
        self.years.append(found)
        return found


def matrix(cell: Rows) -> dict[str, dict[str, int]]:
    """Return the matrix of transactions of a year, in kopecks."""
    sums = {
        name: [int(cell[name][cell["stratum"] == k].sum()) for k in range(len(CLASSES))]
        for name in ("income", "spending", "estates")
    }
    kinds = {
        "pay": ("enterprises", sums["income"]),
        "purchases": ("shops", [-k for k in sums["spending"]]),
        "estates": ("state", [-k for k in sums["estates"]]),
    }
    blank = dict.fromkeys(ACCOUNTS, 0)
    return {
        kind: {**blank, other: -sum(flows), **dict(zip(CLASSES, flows, strict=True))}
        for kind, (other, flows) in kinds.items()
    }


def check(now: Year, before: Year | None) -> None:
    """Check that the accounts of a year close.

    Raises
    ------
    IdentityBroken
        One does not; the message says by how much.
    """
    totals = now.totals
    worked = totals["hours"] + totals["own_hours"] - 8760 * totals["people"]
    gaps = {"hours": worked}
    for kind, payments in now.matrix.items():
        gaps[kind] = sum(payments.values())
    if before is not None and before.year == now.year - 1:
        last = before.totals
        gaps["people"] = totals["people"] - last["people"] - last["births"] + last["deaths"]
        flows = sum(before.matrix[kind][name] for kind in before.matrix for name in CLASSES)
        gaps["money"] = totals["savings"] - last["savings"] - flows
    for name, gap in gaps.items():
        if gap:
            text = f"{now.year}: the account of {name} is open by {gap}"
            raise IdentityBroken(text)


def histogram(rows: Rows, name: str, bins: int) -> list[int]:
    """Return how many persons there are for each of the first values of a column of codes."""
    here = np.flatnonzero(rows.here)
    weight = rows[rows.table.weight][here] if rows.table.weight else None
    return [int(k) for k in np.bincount(rows[name][here], weight, bins)[:bins]]
