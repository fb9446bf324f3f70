"""What the second coding changes among rows: workplaces, households, collective farms, persons.

Institutions that only rows read move none of the country's figures, so rows live again under each
of them, beside the same quarters. Fewer rows than in a run: read directions, not last digits.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import groupby
from typing import Final, final

from sovplan.history.nation import NationInputs, PathNote, nation_inputs
from sovplan.lab.codings import SECOND, Agreement, agreement, quarters_read, with_second
from sovplan.lab.layers import LAYERS
from sovplan.regimes.countries import HISTORY, country_inputs, read_country_regime
from sovplan.regimes.model import model_parameters
from sovplan.society.farms.village import Village
from sovplan.society.layers import Layer, LayerKind, Setting
from sovplan.society.nation.year import Quarter, run_nation
from sovplan.society.persons.handed import INSTITUTIONS
from sovplan.society.persons.year import PERSONS_KIND

PERSONS: Final = 3000
HOUSEHOLDS: Final = 400
"""Rows of these runs."""
SHOWN: Final[Mapping[str, tuple[tuple[str, int], ...]]] = {
    "workplaces": (
        ("works/taut/industry", 1931), ("works/spread", 1931), ("works/errors", 1931),
        ("works/slack", 1931), ("works/padded", 1931), ("works/padded", 1937),
        ("works/untrue", 1937), ("works/found", 1937), ("works/quality/industry", 1931),
    ),
    "village": (
        ("gini", 1928), ("strata/entrepreneur", 1927), ("hires", 1927), ("willing", 1928),
        ("labelled", 1930), ("plot_income", 1935), ("chair", 1935), ("kolkhoz/missed", 1935),
        ("kolkhoz/taken_p90", 1935), ("kolkhoz/day_grain_p10", 1935),
    ),
    "persons": (
        ("persons/living/official", 1935), ("persons/living/worker", 1935),
        ("persons/wage_decile", 1935), ("persons/turnover", 1935), ("persons/effort", 1935),
        ("persons/women", 1937), ("persons/literacy", 1935), ("persons/students", 1935),
        ("persons/students/workers", 1934), ("persons/posts_handed", 1937),
        ("persons/prisoners", 1937), ("persons/party", 1932), ("persons/party_workers", 1940),
        ("persons/hours_worked", 1940), ("persons/penalties", 1935), ("persons/morale", 1935),
        ("persons/money_kept", 1935),
    ),
}  # fmt: skip
"""Series and year of the figures that are compared, by kind of rows."""

LEAST: Final = 0.005
"""Part of a figure that a change must reach to be told."""
_OTHERS: Final = (2, 3)
"""Seeds of other draws of luck."""

Figures = Mapping[tuple[str, int], float]


@final
@dataclass(frozen=True, slots=True)
class CodedOfRows:
    """One institution that rows read, in both codings.

    Parameters
    ----------
    about
        Its meaning, unit and range.
    agreement
        How far the codings agree, with sources and remarks of the second.
    first, second
        Figures of the rows that read it, with either coding of it.
    luck
        The same figures of the first coding under other draws of luck.
    """

    about: PathNote
    agreement: Agreement
    first: Figures
    second: Figures
    luck: tuple[Figures, ...]

    def moved(self, most: int = 3) -> tuple[tuple[str, int], ...]:
        """Return the figures that it moves most, of those that it moves by more than luck does."""
        gaps = {key: _gap(self.first[key], self.second[key]) for key in self.first}
        noise = {
            key: max(_gap(self.first[key], each[key]) for each in self.luck) for key in self.first
        }
        order = sorted(gaps, key=lambda key: -gaps[key])
        return tuple([key for key in order if gaps[key] > max(noise[key], LEAST)][:most])


def _gap(first: float, second: float) -> float:
    """Return the difference over the greater of both."""
    return abs(second - first) / max(abs(first), abs(second), 1e-9)


@cache
def codings_of_rows() -> tuple[CodedOfRows, ...]:
    """Return every institution that only rows read, in the order of the list."""
    second, about = read_country_regime(SECOND), nation_inputs().about
    names = [name for name in about if name in second.articles and name not in quarters_read()]
    return tuple(
        CodedOfRows(
            about[name],
            agreement(about[name]),
            _figures(readers(name)),
            _figures(readers(name), name),
            tuple(_figures(readers(name), seed=seed) for seed in _OTHERS),
        )
        for name in names
    )


def readers(name: str) -> tuple[LayerKind, ...]:
    """Return the kinds of rows that read an institution, by a rule or beside the rules."""
    return tuple(
        kind
        for kind in LAYERS
        if any(name in rule.institutions for rule in kind.rules)
        or (kind is PERSONS_KIND and name in INSTITUTIONS)
    )


def _figures(kinds: Sequence[LayerKind], name: str = "", seed: int = 1) -> Figures:
    return {key: value for kind in kinds for key, value in _lived(kind.name, name, seed).items()}


@cache
def _lived(kind: str, name: str, seed: int) -> Figures:
    """Let one kind of rows live, with one institution of the second coding, or none."""
    inputs = with_second(name) if name else country_inputs(HISTORY)
    setting = Setting(inputs, model_parameters(), seed, frozenset(), PERSONS)
    wanted = set(SHOWN[kind])
    last = max(year for _, year in wanted)
    layer = _made(kind, setting)
    found: dict[tuple[str, int], float] = {}
    for year, quarters in groupby(_books(), lambda each: each.year):
        if year > last:
            break
        for figure in layer.live(year, [_with(each, name, inputs) for each in quarters]):
            if (figure.series, year) in wanted and figure.kind == "real":
                found[figure.series, year] = figure.value
    return found


@cache
def _books() -> tuple[Quarter, ...]:
    return run_nation(country_inputs(HISTORY), model_parameters())


def _with(book: Quarter, name: str, inputs: NationInputs) -> Quarter:
    """Return a quarter with an institution that no rule of it read."""
    if not name:
        return book
    value = inputs.at(book.year, book.quarter)[name]
    return replace(book, nation={**book.nation, name: value})


def _made(kind: str, setting: Setting) -> Layer:
    if kind == "village":
        return Village(setting, HOUSEHOLDS)
    return next(each for each in LAYERS if each.name == kind).make(setting)
