"""The village of history and of other regimes, small and quick."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import groupby
from pathlib import Path

from sovplan.foundation.engine.engine import Kind
from sovplan.regimes.countries import country_inputs
from sovplan.regimes.model import model_parameters
from sovplan.society.farms.village import Village
from sovplan.society.layers import Setting
from sovplan.society.nation.year import Quarter, run_nation

ROWS = 400

Found = dict[tuple[str, int], float]


@cache
def books(regime: str = "as_it_was") -> tuple[Quarter, ...]:
    return run_nation(country_inputs(regime), model_parameters())


def changed(quarters: Sequence[Quarter], given: Mapping[str, float]) -> tuple[Quarter, ...]:
    """Return quarters with columns put in place of those that stood there."""
    return tuple(replace(each, nation={**each.nation, **given}) for each in quarters)


def village(
    seed: int = 1, rows: int = ROWS, kind: Kind = "arrays", folder: Path | None = None,
    off: frozenset[str] = frozenset(), parameters: Mapping[str, float] | None = None,
) -> Village:  # fmt: skip
    values = {**model_parameters(), **(parameters or {})}
    return Village(Setting(country_inputs(), values, seed, off), rows, kind, folder)


@cache
def history(last: int = 1934) -> Found:
    """Return the figures of the village of history."""
    return lived(village(), last)


def lived(
    whole: Village, last: int, regime: str = "as_it_was", given: Mapping[str, float] | None = None
) -> Found:
    """Let a village live to a year; return its figures by series and year, what is so first."""
    found: Found = {}
    for year, quarters in groupby(books(regime), key=lambda each: each.year):
        if year > last:
            break
        for figure in whole.live(year, changed(tuple(quarters), given or {})):
            name = figure.series if figure.kind == "real" else f"{figure.kind} {figure.series}"
            found[name, year] = figure.value
    return found
