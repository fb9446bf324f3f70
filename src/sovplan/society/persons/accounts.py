"""The accounts of persons, closed every year, phase by phase: hours, pay, purses, money, people.

    people at the end   =  people on 1 January + births - deaths, of village and towns the nation's
    savings at the end  =  savings on 1 January + pay - bonds - shared + had + extra - spent - left
    8760 hours          =  hours worked + hours in queues + own hours, of every person
    goods had           =  goods handed down, but for what is cut to kopecks

What a phase hands to the next - points, cards, the pool of a class, money brought to shops - is the
sum over persons of what it is made of. Stocks and sums are counted anew here, so what is checked is
not how they were reckoned; as a loop does several phases of a row at once, it is checked when all
rows have been through it, and the first phase that is open is named.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final, final

from sovplan.foundation.engine.rows import Rows
from sovplan.foundation.errors import IdentityBroken
from sovplan.society.persons.handed import Handed
from sovplan.society.persons.tables import PLACES
from sovplan.society.persons.tally import Census, blocks

_FLOWS: Final = (
    "income", "bonds", "shared", "family", "perk", "spending", "hours", "queued", "own_hours",
    "goods", "points", "card", "head", "given", "wanted",
)  # fmt: skip
_HANDED_ON: Final = {
    "points": "work as the scale counts it (make)",
    "card": "cards (make)",
    "head": "households of towns (make)",
    "shared": "pay that households share (share)",
    "family": "what households give back (inspect)",
    "given": "goods on cards (inspect)",
    "wanted": "money brought to shops (inspect)",
}
"""What a phase hands on, in the order of the phases."""
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
    counted
        The same or sums of them as the loops counted them for the next phase.
    handed
        Goods that the nation hands down, kopecks.
    savings
        Money kept when the year ended, kopecks; 0 until it has ended.
    """

    year: int
    people: int
    flows: Mapping[str, int]
    counted: Mapping[str, int]
    handed: float
    savings: int = 0

    @classmethod
    def of(cls, year: int, tables: Mapping[str, Rows], goods: float) -> "Ledger":
        """Count a year that was lived and in which nobody has died yet.

        Parameters
        ----------
        year
            The year.
        tables
            Persons and the tables above them.
        goods
            Goods that the nation hands down, kopecks.
        """
        people, nation, classes = tables["people"], tables["nation"], tables["class"]
        flows, there = dict.fromkeys(_FLOWS, 0), 0
        for block in blocks(people):
            there += int(block.persons)
            for name in _FLOWS:
                flows[name] += int(block.sum(block[name]))
        counted = {
            "points": int(nation["points"][0]),
            "card": int(nation["cards"][0]),
            "head": int(classes["heads"].sum()),
            "shared": int(classes["pool"].sum()),
            "family": int((classes["keep"] * classes["heads"]).sum()),
            "given": int(nation["given"][0]),
            "wanted": int(nation["wanted"][0]),
        }
        return cls(year, there, flows, counted, goods)


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
    gaps = {"hours": flows["hours"] + flows["queued"] + flows["own_hours"] - 8760 * now.people}
    for name, what in _HANDED_ON.items():
        gaps[what] = now.counted[name] - flows[name]
    if before is not None:
        income = flows["income"] - flows["bonds"] - flows["shared"] + flows["family"]
        gaps["money"] = kept + left - before.savings - income - flows["perk"] + flows["spending"]
    for place, name in enumerate(PLACES):
        gaps[f"people in {name}"] = int(census.heads[place].sum()) - given.ends[place]
    for name, gap in gaps.items():
        if gap:
            text = f"{now.year}: the account of {name} is open by {gap}"
            raise IdentityBroken(text)
    if abs(flows["goods"] - now.handed) > _ROUNDED * now.handed:
        text = f"{now.year}: goods had {flows['goods']}, handed down {now.handed:.0f}"
        raise IdentityBroken(text)
    return replace(now, savings=kept)
