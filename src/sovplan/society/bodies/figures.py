"""What is read off officials each year: how many at which level, named by whom, for how long."""

from collections.abc import Iterator, Mapping
from typing import Final

import numpy as np
from numpy.typing import NDArray

from sovplan.society.bodies.tiers import KINDS, LEVELS, tiers
from sovplan.society.classes import COLLECTIVE, WORKER
from sovplan.society.layers import Figure

PREFIX: Final = "bodies/"
"""Before the name of each series."""
_BY_LEVEL: Final[Mapping[str, str]] = {
    "officials": "thousand persons",
    "staff": "officials a body",
    "appointed": "% of posts",
    "new": "% of posts",
    "tenure": "years",
    "members": "% of officials",
    "workers": "% of officials",
    "peasants": "% of officials",
    "women": "% of officials",
    "competence": "100 at most",
    "hidden": "roubles of 1926/27",
}
UNITS: Final[Mapping[str, str]] = {
    **{f"{PREFIX}{name}/{level}": unit for name, unit in _BY_LEVEL.items() for level in LEVELS},
    **{f"{PREFIX}kind/{kind}": "thousand persons" for kind in KINDS},
    f"{PREFIX}officials": "thousand persons",
    f"{PREFIX}appointed": "% of posts",
    f"{PREFIX}new": "% of posts",
    f"{PREFIX}women": "% of officials",
    f"{PREFIX}left": "% of officials before",
    f"{PREFIX}hidden": "roubles of 1926/27 an official",
}
"""Unit of each series."""
_HUNDRED: Final = 100.0

Numbers = NDArray[np.float64]


def figures(
    officials: Mapping[str, NDArray[np.generic]], gone: int, before: int
) -> Iterator[Figure]:
    """Yield the figures of a year.

    Parameters
    ----------
    officials
        Officials with their posts.
    gone, before
        Officials of a year before who are none now, and all of them; 0 in the first year.
    """
    of = {name: column.astype(np.float64) for name, column in officials.items() if name != "key"}
    weight, tier = of["persons"], officials["tier"].astype(np.int64)
    level = np.array([each.level for each in tiers()])[tier]
    kind = np.array([each.kind for each in tiers()])[tier]
    whole = float(weight.sum())
    if not whole:
        return
    yield _figure("officials", whole / 1e3)
    yield _figure("appointed", _HUNDRED * float((weight * of["appointed"]).sum()) / whole)
    yield _figure("women", _HUNDRED * float((weight * (of["sex"] > 0.0)).sum()) / whole)
    yield _figure("hidden", float((weight * of["hidden"]).sum()) / whole)
    if before:
        yield _figure("new", _HUNDRED * float(weight[of["tenure"] == 0.0].sum()) / whole)
        yield _figure("left", _HUNDRED * gone / before)
    for code, name in enumerate(KINDS):
        yield _figure(f"kind/{name}", float(weight[kind == code].sum()) / 1e3)
    shares = _shares(of)
    for code, name in enumerate(LEVELS):
        mine = level == code
        many = float(weight[mine].sum())
        bodies = sum(each.bodies for each in tiers() if each.level == code)
        yield _figure(f"officials/{name}", many / 1e3)
        yield _figure(f"staff/{name}", many / bodies)
        for title, values in shares.items():
            if title == "new" and not before:
                continue
            yield _figure(f"{title}/{name}", float((weight * values)[mine].sum()) / max(many, 1.0))


def _figure(name: str, value: float) -> Figure:
    return Figure(PREFIX + name, value)


def _shares(of: Mapping[str, Numbers]) -> Mapping[str, Numbers]:
    """Return what is averaged over officials, row by row."""
    return {
        "appointed": _HUNDRED * of["appointed"],
        "new": _HUNDRED * (of["tenure"] == 0.0),
        "tenure": of["tenure"],
        "members": _HUNDRED * (of["party"] > 0.0),
        "workers": _HUNDRED * (of["origin"] == WORKER),
        "peasants": _HUNDRED * (of["origin"] <= COLLECTIVE),
        "women": _HUNDRED * (of["sex"] > 0.0),
        "competence": _HUNDRED * of["competence"],
        "hidden": of["hidden"],
    }
