"""What is read off the workplaces of a year: targets, reports and truth, side by side."""

from collections.abc import Iterator, Mapping
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from sovplan.foundation.engine.rows import Rows
from sovplan.society.layers import Figure, Said
from sovplan.society.workplaces.tables import BRANCHES

Column: TypeAlias = NDArray[np.float64]

INDUSTRY: Final = "industry"
_INDUSTRY: Final = ("heavy", "machines", "light")
"""Branches of industry: building is no part of it, as in the measures of the country."""
GROUPS: Final = (*BRANCHES, INDUSTRY)
QUANTILES: Final = {"p10": 0.1, "p50": 0.5, "p90": 0.9}
_MILLIARD: Final = 1e9
_PERCENT: Final = 100.0
_SMALL: Final = 0.01
"""Part of output up to which a report that is off counts as true."""
_ROUNDING: Final = 1e-9
"""Part of a salary below which a bonus is that of the last digits of what was filed."""

_BY_GROUP: Final = {
    "output": "milliard roubles of 1926/27",
    "capacity": "milliard roubles of 1926/27",
    "fulfilment": "% of target",
    "padding": "% of what was made",
    "taut": "target over capacity",
    "quality": "use of a rouble of output",
    "late": "% of the year",
}
_ALONE: Final = {
    **{f"fulfilment_{name}": "% of target" for name in QUANTILES},
    "spread": "log points",
    "errors": "log points",
    "slack": "% of capacity",
    "padded": "% of what was made",
    "withheld": "% of what was made",
    "stolen": "% of light goods",
    "untrue": "% of reports",
    "found": "% of false reports",
    "chance": "% a year",
    "distortion": "share",
    "norms": "start of the run = 100",
    "norms_met": "% of norms",
    "piece_pay": "% of pay at the norm",
    "bonus": "% of salary",
    "bonus_part": "% of managers",
    "bonus_false": "% of bonuses",
}
UNITS: Final[Mapping[str, str]] = {
    **{f"works/{name}/{group}": unit for name, unit in _BY_GROUP.items() for group in GROUPS},
    f"works/index/{INDUSTRY}": "1928 as it was = 100",
    **{f"works/{name}": unit for name, unit in _ALONE.items()},
}
"""Unit of each series."""


def figures(tables: Mapping[str, Rows], base: Column | None) -> Iterator[Figure]:
    """Yield the figures of a year.

    Parameters
    ----------
    tables
        Tables after the year.
    base
        Output of 1928 as it was by branch, roubles; None where no index is asked for.
    """
    rows, whole = tables["workplace"], dict(_columns(tables))
    for group in GROUPS:
        chosen = np.isin(rows["branch"], _codes(group))
        yield from _of_group(group, {name: whole[name][chosen] for name in _OF_GROUP})
    industry = np.isin(rows["branch"], _codes(INDUSTRY))
    if base is not None:
        scale = _PERCENT / base[_codes(INDUSTRY)].sum()
        for kind, name in _SAID.items():
            made = float(scale * whole[name][industry].sum())
            yield Figure(f"works/index/{INDUSTRY}", made, kind)
    yield from _spreads(whole)
    yield from _papers(whole, tables["centre"])


_SAID: Final[Mapping[Said, str]] = {"planned": "target", "reported": "reported", "real": "made"}


def _codes(group: str) -> list[int]:
    return [BRANCHES.index(name) for name in (_INDUSTRY if group == INDUSTRY else (group,))]


def _columns(tables: Mapping[str, Rows]) -> Iterator[tuple[str, Column]]:
    """Yield the columns of workplaces, and the part of their output that falls to the end."""
    rows = tables["workplace"]
    for column in rows.table.kept:
        yield column.name, rows[column.name].astype(np.float64)
    yield "end", rows["late"] + tables["branch"]["last_quarter"][rows["branch"]]


_OF_GROUP: Final = ("made", "target", "reported", "stated", "capacity", "quality", "end")


def _of_group(group: str, of: Mapping[str, Column]) -> Iterator[Figure]:
    """Yield what a branch was told to make, said it made, and made."""
    made, target, reported = (float(of[name].sum()) for name in ("made", "target", "reported"))
    quality, late = (float((of[name] * of["made"]).sum()) / made for name in ("quality", "end"))
    told: tuple[tuple[str, float, Said], ...] = (
        ("output", target / _MILLIARD, "planned"),
        ("output", reported / _MILLIARD, "reported"),
        ("output", made / _MILLIARD, "real"),
        ("capacity", float(of["stated"].sum()) / _MILLIARD, "reported"),
        ("capacity", float(of["capacity"].sum()) / _MILLIARD, "real"),
        ("fulfilment", _PERCENT * reported / target, "reported"),
        ("fulfilment", _PERCENT * made / target, "real"),
        ("padding", _PERCENT * (reported / made - 1.0), "real"),
        ("taut", target / float(of["capacity"].sum()), "real"),
        ("quality", quality, "real"),
        ("late", _PERCENT * late, "real"),
    )
    for name, value, kind in told:
        yield Figure(f"works/{name}/{group}", value, kind)


def _spreads(of: Mapping[str, Column]) -> Iterator[Figure]:
    """Yield how far fulfilment of single workplaces lies apart, weighed by output; and errors."""
    weight = of["made"]
    kinds: tuple[tuple[Said, str], ...] = (("reported", "reported"), ("real", "made"))
    for kind, name in kinds:
        ratio = of[name] / of["target"]
        order = np.argsort(ratio, kind="stable")
        reached = np.cumsum(weight[order]) / weight.sum()
        for quantile, share in QUANTILES.items():
            value = _PERCENT * float(ratio[order][np.searchsorted(reached, share)])
            yield Figure(f"works/fulfilment_{quantile}", value, kind)
        yield Figure("works/spread", _spread(np.log(ratio), weight), kind)
    yield Figure("works/errors", _spread(of["error"], of["capacity"]))


def _spread(values: Column, weight: Column) -> float:
    mean = float(np.average(values, weights=weight))
    return float(np.sqrt(np.average((values - mean) ** 2, weights=weight)))


def _papers(of: Mapping[str, Column], centre: Rows) -> Iterator[Figure]:
    """Yield how true papers are and what is found of it; workplaces weigh by size in a branch."""
    made, size = of["made"].sum(), of["size"]
    gap = of["reported"] - of["made"]
    untrue = np.abs(gap) > _SMALL * of["made"]
    lies, caught = float(size[untrue].sum()), float((size * of["caught"])[untrue].sum())
    yield Figure("works/slack", _PERCENT * (1.0 - float(of["stated"].sum() / of["capacity"].sum())))
    yield Figure("works/padded", _PERCENT * float(np.maximum(gap, 0.0).sum() / made))
    yield Figure("works/withheld", _PERCENT * float(np.maximum(-gap, 0.0).sum() / made))
    light = of["made"][of["branch"] == BRANCHES.index("light")].sum()
    yield Figure("works/stolen", _PERCENT * float(of["stolen"].sum() / light))
    yield Figure("works/untrue", _PERCENT * lies / float(size.sum()))
    yield Figure("works/found", _PERCENT * caught / lies if lies > 0.0 else 0.0)
    yield Figure("works/chance", _PERCENT * float(centre["found"][0]))
    yield Figure("works/distortion", float(centre["distortion"][0]))
    yield from _bonuses(of)
    for name, column in (("norms", "norm"), ("norms_met", "met"), ("piece_pay", "piece_pay")):
        yield Figure(f"works/{name}", _PERCENT * float((of[column] * of["made"]).sum() / made))


def _bonuses(of: Mapping[str, Column]) -> Iterator[Figure]:
    """Yield bonuses of managers: how much, to how many, and what false papers brought of them."""
    heads = of["stands_for"]
    paid = float((of["bonus"] * heads).sum())
    yield Figure("works/bonus", _PERCENT * paid / float(heads.sum()))
    yield Figure("works/bonus_part", _PERCENT * float(heads[of["bonus"] > 0.0].sum() / heads.sum()))
    over = of["bonus"] - of["bonus_earned"]
    over = np.where(over > _ROUNDING, over, 0.0)
    gained = float((over * heads).sum())
    yield Figure("works/bonus_false", _PERCENT * gained / paid if paid > 0.0 else 0.0)
