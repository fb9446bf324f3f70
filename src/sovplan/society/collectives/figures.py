"""What is read off collective farms each year: number and size, grain, pay by the labour day."""

from collections.abc import Iterator, Mapping
from typing import Final

import numpy as np
from numpy.typing import NDArray

from sovplan.foundation.engine.rows import Rows
from sovplan.society.layers import Figure

Numbers = NDArray[np.float64]

PREFIX: Final = "kolkhoz/"
"""Before the name of each series."""
_BARE: Final[Mapping[str, str]] = {
    "farms": "thousand",
    "founded": "thousand",
    "ended": "thousand",
    "members": "million households",
    "size": "households a farm",
    "sown": "million ha",
    "herd": "% of all animals",
    "harvest": "million tonnes",
    "delivered": "% of their harvest",
    "seed": "% of their harvest",
    "feed": "% of their harvest",
    "paid": "% of their harvest",
    "missed": "% of quotas",
    "day_grain": "kg a labour day",
    "day_grain_p10": "kg a labour day",
    "day_grain_p90": "kg a labour day",
    "day_money": "kopecks a labour day",
    "day_nothing": "% of members",
    "head_grain": "kg a head",
    "taken_p10": "% of the harvest",
    "taken_p90": "% of the harvest",
    "top_tenth": "% of the grain paid out",
    "chair_days": "labour days a year",
}  # fmt: skip
UNITS: Final = {PREFIX + name: unit for name, unit in _BARE.items()}
"""Unit of each series."""
FEW: Final = 1.0
"""Kilograms a labour day below which a farm pays next to nothing (chosen)."""
_ENDS: Final = {"p10": 0.1, "p90": 0.9}


def figures(
    tables: Mapping[str, Rows], village: Rows, herd: float, parameters: Mapping[str, float]
) -> Iterator[Figure]:
    """Yield the figures of a year; of pay and grain only where there are farms.

    Parameters
    ----------
    tables
        Collective farms at the end of the year.
    village
        The village as a whole: what a chair has over a plain member.
    herd
        Animals held in common over all animals.
    parameters
        Values by name.
    """
    mine = tables["settlement"]
    of = {name: mine[name].astype(np.float64) for name in mine.table.names if name in mine.columns}
    farms, members = float(of["farms"].sum()), float(of["members"].sum())
    yield Figure("farms", farms / 1e3)
    yield Figure("founded", float(of["founded"].sum()) / 1e3)
    yield Figure("ended", float(of["ended"].sum()) / 1e3)
    yield Figure("members", members / 1e6)
    yield Figure("sown", float(of["sown"].sum()) / 1e6)
    yield Figure("harvest", float(of["harvest"].sum()) / 1e6)
    if farms <= 0.0:
        return
    yield Figure("size", members / farms)
    yield Figure("herd", 100.0 * herd)
    yield from _grain(of)
    yield from _pay(of, parameters["household"])
    days = float(of["days"].sum()) / members
    yield Figure("chair_days", days * float(village["chair"][0]) / float(village["plain"][0]))


def _grain(of: Mapping[str, Numbers]) -> Iterator[Figure]:
    """Yield what became of the harvest, and how unlike farms were in what they gave."""
    harvest = float(of["harvest"].sum())
    for name in ("delivered", "seed", "feed", "paid"):
        yield Figure(name, 100.0 * float(of[name].sum()) / harvest)
    short = np.maximum(of["asked"] - of["delivered"], 0.0)
    yield Figure("missed", 100.0 * float(short.sum()) / max(float(of["asked"].sum()), 1e-9))
    there = of["harvest"] > 0.0
    share = of["delivered"][there] / of["harvest"][there]
    for name, value in _ends(share, of["members"][there]).items():
        yield Figure(f"taken_{name}", 100.0 * value)


def _pay(of: Mapping[str, Numbers], household: float) -> Iterator[Figure]:
    """Yield pay by the labour day: mean, tenths of members by farm, and who has next to nothing."""
    days, members, paid = of["days"], of["members"], of["paid"]
    whole = float(members.sum())
    yield Figure("day_grain", 1000.0 * float(paid.sum()) / float(days.sum()))
    yield Figure("day_money", float(of["money"].sum()) / float(days.sum()))
    there = days > 0.0
    for name, value in _ends(of["day_grain"][there], members[there]).items():
        yield Figure(f"day_grain_{name}", value)
    few = there & (of["day_grain"] < FEW)
    yield Figure("day_nothing", 100.0 * float(members[few].sum()) / whole)
    yield Figure("head_grain", 1000.0 * float(paid.sum()) / (whole * household))
    order = np.argsort(-of["day_grain"], kind="stable")
    reached = np.cumsum(members[order])
    within = np.clip((0.1 * whole - (reached - members[order])) / np.maximum(members[order], 1e-9),
                     0.0, 1.0)  # fmt: skip
    yield Figure("top_tenth", 100.0 * float((within * paid[order]).sum()) / float(paid.sum()))


def _ends(values: Numbers, weights: Numbers) -> Mapping[str, float]:
    """Return what a tenth and nine tenths of the weight stay below."""
    order = np.argsort(values, kind="stable")
    reached = np.cumsum(weights[order])
    last = len(order) - 1
    places = {name: int(np.searchsorted(reached, at * reached[-1])) for name, at in _ENDS.items()}
    return {name: float(values[order[min(place, last)]]) for name, place in places.items()}
