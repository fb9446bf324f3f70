"""What each term that acts back does, beside all others: runs under as_it_was_whole."""

from collections.abc import Mapping, Sequence
from functools import cache
from types import MappingProxyType
from typing import Final

from sovplan.lab.markets import MONEY
from sovplan.lab.own_figures import ACTING, DRIVING, WHOLE
from sovplan.regimes.countries import country_inputs
from sovplan.regimes.model import model_parameters
from sovplan.society.nation.measures import measures
from sovplan.society.nation.year import run_nation

LOW_ANSWER: Final = 2.0
"""Disturbances per million of the village from which the answer acts in its row: the low end of the
range of `answer_from`. At the value of the package it never falls due."""
SHOWN: Final[Mapping[str, tuple[str, int]]] = {
    "product 1928": ("product", 1928),
    "1932": ("product", 1932),
    "1940": ("product", 1940),
    "industry 1940": ("industry", 1940),
    "sown 1930": ("sown", 1930),
    "harvest 1932": ("harvest", 1932),
    "taken 1928": ("taken", 1928),
    "1935": ("taken", 1935),
    "herd 1932": ("herd", 1932),
    "towns 1938": ("towns", 1938),
    "in collectives 1928": ("collectivised", 1928),
    "consumption 1937": ("consumption", 1937),
}
"""Measure and year by the words of the page; deaths are shown of history only."""
_OVER_1928: Final = ("product", "industry", "consumption")
_BASE: Final = 1928


@cache
def whole_effects(
    regime: str = WHOLE, off: tuple[str, ...] = (), answer_from: float | None = None
) -> Mapping[str, float]:
    """Return figures of a run; levels over those of 1928 of as_it_was_money = 100.

    Parameters
    ----------
    regime
        Institutions in force.
    off
        Switches that are turned off.
    answer_from
        In place of that of the package.
    """
    changes = {} if answer_from is None else {"answer_from": answer_from}
    given = country_inputs(regime)
    found = measures(run_nation(given, {**model_parameters(), **changes}, off), given)
    return MappingProxyType({
        head: found[name][year] * (100.0 / _base(name) if name in _OVER_1928 else 1.0)
        for head, (name, year) in SHOWN.items()
    })  # fmt: skip


@cache
def _base(name: str) -> float:
    given = country_inputs(MONEY)
    return measures(run_nation(given, model_parameters()), given)[name][_BASE]


def rows() -> Sequence[tuple[str, Mapping[str, float]]]:
    """Return the rows of the table: what is run, and its figures."""
    return (
        (f"`{MONEY}`", whole_effects(MONEY)),
        (f"`{WHOLE}`", whole_effects()),
        *((f"without `{switch}`", whole_effects(off=(switch,))) for switch in (*ACTING, *DRIVING)),
        (
            f"`rules.answer` acts from {LOW_ANSWER:g} per million",
            whole_effects(answer_from=LOW_ANSWER),
        ),
    )
