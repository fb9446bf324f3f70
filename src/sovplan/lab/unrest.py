"""Strikes, answers to unrest, printed harvests and debts of a run of the country, as figures."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import numpy as np

from sovplan.records.run import Kind, Point
from sovplan.society.nation.year import Quarter

UNITS: Final[Mapping[str, str]] = {
    "unrest/strikers": "thousand a year",
    "unrest/strike_rate": "per 1000 workers a year",
    "unrest/wants": "wage of 1913 = 1",
    "unrest/real_wage": "wage of 1913 = 1",
    "unrest/riots_million": "per million of the village",
    "unrest/answer_due": "quarters of the year",
    "unrest/concession": "quarters of the year",
    "unrest/harvest": "million tonnes",
    "unrest/unsown": "% of the area wished",
    "unrest/debt_abroad": "million gold roubles",
    "unrest/debt_service": "million gold roubles a year",
    "unrest/old_claims": "million gold roubles",
    "unrest/machines_unpaid": "million gold roubles a year",
}
"""Unit of each series."""
_MEANS: Final = ("strikers", "strike_rate", "wants", "real_wage", "debt_service", "old_claims")
_SUMS: Final = ("answer_due", "concession")
_HARVESTS: Final = "unrest/harvest"
_KINDS: Final[Mapping[Kind, str]] = {"real": "harvest", "reported": "harvest_printed"}
_HARVEST: Final = 3
_HUNDRED, _THOUSAND = 100.0, 1000.0


def unrest_points(regime: str, books: Sequence[Quarter], years: range) -> Iterator[Point]:
    """Yield the figures of one regime.

    Parameters
    ----------
    regime
        Its name.
    books
        Quarters of the whole run.
    years
        Years that are shown.

    Yields
    ------
    Point
        Real figures; the harvest that is printed is a reported one. Strikers, wants and wages,
        interest and old claims are means of the year, the answer is counted by quarters, riots are
        those of the worst quarter, debt that of the last.
    """
    by_year: dict[int, list[Quarter]] = {}
    for each in books:
        by_year.setdefault(each.year, []).append(each)
    for year in (year for year in by_year if year in years):
        told = {f"unrest/{name}": value for name, value in _of_year(by_year[year]).items()}
        for series, value in told.items():
            yield Point(regime, year, series, value, UNITS[series], "real")
        summer = _summer(by_year[year])
        for kind, column in _KINDS.items():
            yield Point(regime, year, _HARVESTS, float(summer[column]), UNITS[_HARVESTS], kind)


def _summer(quarters: Sequence[Quarter]) -> Mapping[str, float]:
    return next(each.nation for each in quarters if each.quarter == _HARVEST)


def _of_year(quarters: Sequence[Quarter]) -> Mapping[str, float]:
    columns = {
        name: np.array([each.nation[name] for each in quarters])
        for name in (*_MEANS, *_SUMS, "riots_million", "machines_unpaid")
    }
    last = quarters[-1].nation
    return {
        **{name: float(columns[name].mean()) for name in _MEANS},
        **{name: float(columns[name].sum()) for name in _SUMS},
        "riots_million": float(columns["riots_million"].max()),
        "unsown": _HUNDRED * float(last["unsown"]),
        "debt_abroad": float(last["debt_abroad"]),
        "machines_unpaid": _THOUSAND * float(columns["machines_unpaid"].mean()),
    }
