"""Rows that live under the country: farms, workplaces, persons.

The country acts by quarters on whole sectors; once a year it hands the year down to rows, which
answer with figures of their own. What rows do does not act back on the quarters: the numbers of the
quarters were fitted with those effects inside.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol, TypeAlias, final, runtime_checkable

from sovplan.foundation.engine.composer import Composition
from sovplan.foundation.engine.rule import Rule
from sovplan.history.nation import NationInputs
from sovplan.records.scenario import HOUSEHOLDS, PERSONS
from sovplan.society.nation.year import Quarter

Said: TypeAlias = Literal["real", "reported", "planned"]


@final
@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a year.

    Parameters
    ----------
    series
        Name of the series, in parts: `strata/poor`.
    value
        The number, in the unit that the kind of layer names.
    kind
        Whether it is so, was said or was planned.
    """

    series: str
    value: float
    kind: Said = "real"


@final
@dataclass(frozen=True, slots=True)
class Setting:
    """What rows of one regime are made with.

    Parameters
    ----------
    inputs
        What is given to the country, institutions in force.
    parameters
        Values of the model by name.
    seed
        Root of their luck.
    off
        Switches that are turned off, of any layer.
    persons
        Rows that stand for all people.
    households
        Rows that stand for all households of the village.
    threads
        Threads that share the loops of large tables; no number depends on it.
    in_1928
        Quarters of 1928 as it was, on which indices rest; where there are none, none is given.
    """

    inputs: NationInputs
    parameters: Mapping[str, float]
    seed: int
    off: frozenset[str] = frozenset()
    persons: int = PERSONS
    households: int = HOUSEHOLDS
    threads: int = 1
    in_1928: tuple[Quarter, ...] = ()


@runtime_checkable
class Layer(Protocol):
    """Rows on their way through the years."""

    def live(self, year: int, books: Sequence[Quarter]) -> Iterable[Figure]:
        """Do a year; return its figures.

        Parameters
        ----------
        year
            The year; years come in order, none is left out.
        books
            The country at the end of its four quarters. Institutions stand among the columns.
        """


@final
@dataclass(frozen=True, slots=True)
class LayerKind:
    """One kind of rows.

    Parameters
    ----------
    name
        What they are.
    switches
        Names of the switches of their rules.
    units
        Unit of each series.
    make
        What makes them at the start of the first year of a run.
    rules
        Their rules, for pages that list them.
    of_history
        How the names of series begin that are shown of the run of history only.
    compositions
        Their rules put together, in the order in which they act, for the description of the model.
    """

    name: str
    switches: tuple[str, ...]
    units: Mapping[str, str]
    make: Callable[[Setting], Layer]
    rules: tuple[Rule, ...] = ()
    of_history: tuple[str, ...] = ()
    compositions: Callable[[], tuple[Composition, ...]] = tuple
