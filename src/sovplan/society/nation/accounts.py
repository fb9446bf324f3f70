"""Accounts of the country in every quarter: people, animals, grain and goods add up.

What adds up can still be impossible: of stocks and uses nothing may lie below nought.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Final, TypeAlias, final

import numpy as np

from sovplan.foundation.errors import SovplanError
from sovplan.foundation.words import say
from sovplan.society.nation.production import BUILDING, HEAVY, Vector

Books: TypeAlias = tuple[Mapping[str, float], Mapping[str, Vector]]
"""Columns of the nation and of the sectors."""

TOLERANCE: Final = 1e-9
"""Largest gap, relative to the larger side or to 1 (rounding of sums in double precision)."""

_MACHINES: Final = 3
_LIGHT: Final = 5
_LAST: Final = 4
_NOT_BELOW: Final = (
    "village", "town", "workers", "free_workers", "prisoners", "herd", "horses",
    "sown", "harvest", "seed", "net_grain", "offered", "withheld", "taken", "taken_year",
    "grain_sold", "grain_feed", "grain_food", "grain_store", "food_head", "town_grain",
    "goods", "town_goods_got", "village_goods", "village_other", "machines_free", "building_free",
    "investment", "imports_gold", "village_cash", "charged_price", "village_living", "town_living",
)  # fmt: skip
"""Columns of the nation of which less than nothing has no meaning."""
_ROWS_NOT_BELOW: Final = ("output", "capital", "pipeline", "hands")
"""The same of the sectors."""


@final
class Broken(SovplanError):
    """Accounts do not add up."""

    def __init__(self, year: int, quarter: int, found: Sequence[tuple[str, float]]) -> None:
        told = "; ".join(f"{name}: {gap:+.3g}" for name, gap in found)
        super().__init__(say("country.broken", year=year, quarter=quarter, found=told))


def breaks(
    before: Books, after: Books, coefficients: Vector, quarter: int
) -> Iterator[tuple[str, float]]:
    """Yield the accounts that do not add up, each with its gap.

    Parameters
    ----------
    before, after
        The country at the start and at the end of the quarter.
    coefficients
        Inputs of the row for a unit of output of the column.
    quarter
        1 to 4; births, deaths and the grain of the year are booked in the fourth.
    """
    for sides in KINDS.values():
        yield from open_of(sides(before[0], after, coefficients, quarter))


Sides: TypeAlias = dict[str, tuple[float, float]]
"""Both sides of each account, by name."""


def open_of(sides: Sides) -> Iterator[tuple[str, float]]:
    """Yield the accounts that do not add up, each with its gap."""
    for name, (left, right) in sides.items():
        if not abs(left - right) <= TOLERANCE * max(1.0, abs(left), abs(right)):
            yield name, left - right


def _people(old: Mapping[str, float], new: Mapping[str, float], *, booked: bool) -> Sides:
    """Heads: people' = people + born - died + moved in - moved out - lost by war and flight."""
    found = {}
    into_town = new["moved"] - new["returned"]
    for place, moved in (("village", -into_town), ("town", into_town)):
        grown = new[f"births_{place}"] - new[f"deaths_{place}"] if booked else 0.0
        grown -= new[f"lost_{place}"] if booked else 0.0
        found[place] = (new[place], old[place] + grown + moved)
    return found


def _ages(new: Mapping[str, float], *, booked: bool) -> Sides:
    """Heads: persons of all ages are those of village and towns."""
    return {"ages": (new["people_by_age"], new["village"] + new["town"])} if booked else {}


def _animals(old: Mapping[str, float], new: Mapping[str, float]) -> Sides:
    """Heads: animals' = animals + born - killed - died."""
    return {
        kind: (
            new[kind],
            old[kind] + new[f"{kind}_born"] - new[f"{kind}_killed"] - new[f"{kind}_died"],
        )
        for kind in ("herd", "horses")
    }


def _grain(old: Mapping[str, float], new: Mapping[str, float], *, booked: bool) -> Sides:
    """Harvest + aid + overdrawn = seed + taken + sold + feed + food + to store; held by itself."""
    held = old["withheld"] - new["withheld_old"] + new["withheld_new"]
    held -= new["withheld_sold"] + new["withheld_seized"]
    taken = new["taken"] + (0.0 if new["first_quarter"] else old["taken_year"])
    found = {"grain withheld": (new["withheld"], held), "grain taken": (new["taken_year"], taken)}
    if booked:
        used = new["seed"] + new["taken_year"] + new["grain_sold"] + new["grain_feed"]
        used += new["grain_food"] + new["to_store"]
        found["grain"] = (new["harvest"] + new["food_aid"] + new["grain_overdrawn"], used)
        found["grain in store"] = (new["grain_store"], old["grain_store"] + new["to_store"])
    return found


def _money(old: Mapping[str, float], new: Mapping[str, float]) -> Sides:
    """Money of the village' = money + what state and towns paid - what it paid them, a quarter.

    Goods that reach it are sold or lie unsold; where the rule is off nothing is paid or counted.
    """
    got = new["village_grain_pay"] + new["village_raw_pay"] + new["village_town_pay"]
    paid = new["village_tax"] + new["village_elsewhere"] + new["village_bought"]
    found = {"money of the village": (new["village_cash"], old["village_cash"] + (got - paid) / 4)}
    if new["village_want"]:
        sold = new["village_sold"] + new["village_unsold"]
        found["goods of the village"] = (sold, new["village_goods"] + new["village_other"])
    return found


def _hands(old: Mapping[str, float], new: Mapping[str, float], *, booked: bool) -> Sides:
    """Workers = free + guards and held townspeople; prisoners' = F + taken - freed - dead.

    Workers are those at the start of the quarter: who comes to town in it works in the next one.
    """
    changed = new["camp_taken"] - new["camp_freed"] - new["camp_dead"] if booked else 0.0
    return {
        "hands": (old["workers"], new["free_workers"] + new["bound_workers"]),
        "work": (new["free_workers"], new["in_work"] + new["out_of_work"]),
        "prisoners": (new["prisoners"], old["prisoners"] + changed),
    }


def _members(new: Mapping[str, float]) -> Sides:
    """Who joined a collective farm freely and has not left is one of its members."""
    joined = new["volunteers"]
    return {"free members": (joined, min(joined, new["collectivised"]))}


def _abroad(old: Mapping[str, float], new: Mapping[str, float]) -> Sides:
    """Debt abroad' = debt + bought + interest paid - sold, a quarter."""
    owed = new["imports_gold"] + new["interest_paid"] - new["exports_gold"]
    return {"debt abroad": (new["debt_abroad"], old["debt_abroad"] + owed / 4.0)}


def _goods(after: Books, coefficients: Vector) -> Sides:
    """Made + imported + overdrawn = used by sectors + invested + arms + for people + left."""
    new, sectors = after
    needed = coefficients * sectors["need"][:, None]
    made, used = sectors["output"], np.asarray(needed @ sectors["output"])
    light = new["light_arms"] + new["town_goods_got"] + new["village_goods"] + new["village_other"]
    light += new["goods_missed"]
    return {
        "heavy goods": (
            float(made[HEAVY]) + new["heavy_overdrawn"],
            float(used[HEAVY]) + new["heavy_final_use"] + new["heavy_left"],
        ),
        "building": (
            float(made[BUILDING]) + new["building_overdrawn"],
            float(used[BUILDING]) + new["building_free"],
        ),
        "investment": (new["investment"], new["investment_kept"] + new["investment_shown"]),
        "machines": (
            float(made[_MACHINES]) + new["machines_imported"] + new["machines_overdrawn"],
            float(used[_MACHINES]) + new["machines_kept"] + new["machines_free"],
        ),
        "light goods": (
            float(made[_LIGHT]) + new["goods_overdrawn"] + new["goods_traded"],
            float(used[_LIGHT]) + light,
        ),
    }


def _nought(after: Books) -> Sides:
    """Return what is there or used beside the same, or beside nought where it is less."""
    new, sectors = after
    found = {name: new[name] for name in _NOT_BELOW if name in new}
    found |= {f"{name} of a sector": float(sectors[name].min())
              for name in _ROWS_NOT_BELOW if name in sectors}  # fmt: skip
    return {f"{name} below nought": (value, max(0.0, value)) for name, value in found.items()}


KINDS: Final[
    Mapping[str, Callable[[Mapping[str, float], Books, Vector, int], Sides]]
] = MappingProxyType({
    "people": lambda old, new, _, quarter: _people(old, new[0], booked=quarter == _LAST),
    "ages": lambda _, new, __, quarter: _ages(new[0], booked=quarter == _LAST),
    "animals": lambda old, new, *_: _animals(old, new[0]),
    "grain": lambda old, new, _, quarter: _grain(old, new[0], booked=quarter == _LAST),
    "goods": lambda _, new, coefficients, *_rest: _goods(new, coefficients),
    "hands": lambda old, new, _, quarter: _hands(old, new[0], booked=quarter == _LAST),
    "members": lambda _, new, *__: _members(new[0]),
    "money": lambda old, new, *_: _money(old, new[0]),
    "abroad": lambda old, new, *_: _abroad(old, new[0]),
    "nothing below nought": lambda _, new, *__: _nought(new),
})  # fmt: skip
"""Both sides of the accounts of a kind: country before, now, coefficients, quarter."""
STOCKS: Final = MappingProxyType({"people": ("village", "town"), "animals": ("herd", "horses")})
"""What is there at any time, by kind: these accounts can be closed at any time, not only when the
quarter has come to all their flows."""
