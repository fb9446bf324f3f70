"""The accounts of persons, closed every year: people, money, hours, goods.

    people at the end   =  people on 1 January + births - deaths, of village and towns the nation's
    savings at the end  =  savings on 1 January + pay - bonds - shared + had + extra - spent - left
    8760 hours          =  hours worked + hours in queues + own hours, of every person
    goods had           =  goods handed down, but for what is cut to kopecks

Stocks are counted anew, so what is checked is not how they were reckoned.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, final

from sovplan.foundation.engine.rows import Rows
from sovplan.foundation.errors import IdentityBroken
from sovplan.society.persons.handed import Handed
from sovplan.society.persons.tables import PLACES
from sovplan.society.persons.tally import Census, blocks

_FLOWS: Final = (
    "income", "bonds", "shared", "family", "perk", "spending", "hours", "queued", "own_hours",
    "goods",
)  # fmt: skip
_ROUNDED: Final = 1e-3
"""Part of the goods of a year that cutting to kopecks may leave over."""


@final
@dataclass(frozen=True, slots=True)
class Ledger:
    """What was counted in a year.

    Parameters
    ----------
    year
        The year.
    people
        Persons on 1 January.
    flows
        Sums over persons: kopecks and hours.
    handed
        Goods that the nation hands down, kopecks.
    savings
        Money kept when the year ended, kopecks; 0 until it has ended.
    """

    year: int
    people: int
    flows: Mapping[str, int]
    handed: float
    savings: int = 0

    @classmethod
    def of(cls, year: int, people: Rows, goods: float) -> "Ledger":
        """Count a year that was lived and in which nobody has died yet."""
        flows, there = dict.fromkeys(_FLOWS, 0), 0
        for block in blocks(people):
            there += int(block.persons)
            for name in _FLOWS:
                flows[name] += int(block.sum(block[name]))
        return cls(year, there, flows, goods)


def close(now: Ledger, before: Ledger | None, census: Census, given: Handed, left: int) -> Ledger:
    """Check the accounts of a year; return its ledger with what was left at its end.

    Parameters
    ----------
    now, before
        Ledgers of the year and of the year before; None in the first.
    census
        Persons at the end of the year.
    given
        What the nation handed down.
    left
        Money of the dead, kopecks.

    Raises
    ------
    IdentityBroken
        One does not close; the message says by how much.
    """
    flows, kept = now.flows, census.savings
    gaps = {
        f"people in {name}": int(census.heads[place].sum()) - given.ends[place]
        for place, name in enumerate(PLACES)
    }
    gaps["hours"] = flows["hours"] + flows["queued"] + flows["own_hours"] - 8760 * now.people
    if before is not None:
        income = flows["income"] - flows["bonds"] - flows["shared"] + flows["family"]
        gaps["money"] = kept + left - before.savings - income - flows["perk"] + flows["spending"]
    for name, gap in gaps.items():
        if gap:
            text = f"{now.year}: the account of {name} is open by {gap}"
            raise IdentityBroken(text)
    if abs(flows["goods"] - now.handed) > _ROUNDED * now.handed:
        text = f"{now.year}: goods had {flows['goods']}, handed down {now.handed:.0f}"
        raise IdentityBroken(text)
    return Ledger(now.year, now.people, flows, now.handed, kept)
