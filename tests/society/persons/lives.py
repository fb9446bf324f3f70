"""Persons who have lived some years of the country, for tests."""

from collections.abc import Mapping
from functools import cache
from itertools import groupby

from sovplan.regimes.countries import country_inputs
from sovplan.regimes.model import model_parameters
from sovplan.society.layers import Figure, Setting
from sovplan.society.nation.year import Quarter, run_nation
from sovplan.society.persons.year import Persons

ROWS = 4000


@cache
def books(regime: str = "as_it_was") -> Mapping[int, tuple[Quarter, ...]]:
    found = run_nation(country_inputs(regime), model_parameters())
    return {year: tuple(each) for year, each in groupby(found, key=lambda q: q.year)}


def setting(
    rows: int = ROWS, *, regime: str = "as_it_was", off: tuple[str, ...] = (), seed: int = 1,
    changed: Mapping[str, float] | None = None,
) -> Setting:  # fmt: skip
    parameters = {**model_parameters(), **(changed or {})}
    return Setting(country_inputs(regime), parameters, seed, frozenset(off), rows)


def lived(persons: Persons, years: range, regime: str = "as_it_was") -> list[list[Figure]]:
    return [list(persons.live(year, books(regime)[year])) for year in years]


def by_name(
    years: range, rows: int = ROWS, *, regime: str = "as_it_was", off: tuple[str, ...] = (),
    changed: Mapping[str, float] | None = None,
) -> Mapping[str, Mapping[int, float]]:  # fmt: skip
    """Return series by name and year, without what stands before all of them."""
    persons = Persons(setting(rows, regime=regime, off=off, changed=changed), "arrays")
    found: dict[str, dict[int, float]] = {}
    for year in range(1921, years.stop):
        for figure in persons.live(year, books(regime)[year]):
            if year in years:
                found.setdefault(figure.series.removeprefix("persons/"), {})[year] = figure.value
    return found
