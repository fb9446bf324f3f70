"""Workplaces to be tried: a country that makes what is given, by branch and quarter."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Final

from sovplan.foundation.engine.engine import Kind
from sovplan.regimes.countries import country_inputs
from sovplan.regimes.model import model_parameters
from sovplan.society.layers import Figure, Setting
from sovplan.society.nation.year import Quarter, run_nation
from sovplan.society.workplaces.layer import Workplaces

COMMAND: Final = "as_it_was"


@cache
def country(regime: str = COMMAND) -> Mapping[int, Sequence[Quarter]]:
    """Return the quarters of a regime by year."""
    books = run_nation(country_inputs(regime), model_parameters())
    return {year: [q for q in books if q.year == year] for year in range(1921, 1941)}


def setting(
    seed: int = 1, off: Iterable[str] = (), workplaces: float = 1.0, **parameters: float
) -> Setting:
    """Return a setting of history with so many thousand workplaces."""
    values = {**model_parameters(), "works_number": workplaces, **parameters}
    return Setting(country_inputs(), values, seed, frozenset(off))


def lived(
    last: int = 1931, *, seed: int = 1, off: Iterable[str] = (), kind: Kind = "arrays",
    **institutions: float,
) -> Workplaces:  # fmt: skip
    """Return workplaces of history after the years to the last, with some institutions moved."""
    works = Workplaces(setting(seed, off), kind)
    for year in range(1921, last + 1):
        list(works.live(year, under(country()[year], **institutions)))
    return works


def under(books: Sequence[Quarter], **institutions: float) -> list[Quarter]:
    """Return quarters with institutions put in place of theirs."""
    return [replace(q, nation={**q.nation, **institutions}) for q in books]


def made(books: Sequence[Quarter], factor: float) -> list[Quarter]:
    """Return quarters in which so many times as much was made, with the same plant and hands."""
    return [replace(q, output=factor * q.output) for q in books]


def told(figures: Iterable[Figure]) -> Mapping[tuple[str, str], float]:
    """Return figures by series and kind."""
    return {(each.series, each.kind): each.value for each in figures}
