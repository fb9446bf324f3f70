"""Runs the model of the whole country by quarters, and checks its accounts in each of them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final, TypeAlias, final

import numpy as np

from sovplan.foundation.engine.block import Piece
from sovplan.history.nation import FORCED, QUARTERS, SECTORS, NationInputs
from sovplan.society.nation.accounts import Broken, breaks
from sovplan.society.nation.ages import pyramid
from sovplan.society.nation.order import quarter_of, switches
from sovplan.society.nation.phases import Look, looks
from sovplan.society.nation.production import Vector

Columns: TypeAlias = dict[str, float]

_MATRIX: Final = "coefficients"
_WHOLE: Final = "sectors."
_AGES: Final = "ages."
_NONE: Final[Mapping[str, Any]] = MappingProxyType({})
_SHARE: Final = "capital_"
"""Capital of a year over that of 1928, by sector; that of 1928 in roubles."""
_PLACE: Final = {name: place for place, name in enumerate(SECTORS)}


@final
@dataclass(slots=True)
class State:
    """The country at one time.

    Parameters
    ----------
    nation
        One number a column; paths and the calendar stand among them.
    sectors
        Seven numbers a column, in the order of `SECTORS`.
    coefficients
        7 x 7, as in `NationInputs`.
    ages
        One number a year of age from 0 to 99: millions of `people`.
    """

    nation: Columns
    sectors: dict[str, Vector]
    coefficients: Vector
    ages: dict[str, Vector]


@final
@dataclass(frozen=True, slots=True)
class Quarter:
    """What stood in the books at the end of a quarter.

    Parameters
    ----------
    year, quarter
        When.
    nation
        All columns of the nation.
    output
        Output by sector, milliard roubles of 1926/27 a year.
    sectors
        All columns of the sectors, output among them, in the order of `SECTORS`.
    ages
        Columns by year of age, 0 to 99: millions of `people`.
    """

    year: int
    quarter: int
    nation: Mapping[str, float]
    output: Vector
    sectors: Mapping[str, Vector]
    ages: Mapping[str, Vector]

    @property
    def possible(self) -> Vector:
        """What hands and plant of a sector could make if materials were no matter, as output.

        Of no meaning for farms and services.
        """
        return self.sectors["possible"]


def opening(inputs: NationInputs, parameters: Mapping[str, float]) -> State:
    """Return the country at the start of its first year."""
    first = inputs.years.start
    begin = {name: each.value for name, each in inputs.start.items()}
    if begin["coordination"] is None:
        # It is forced by history where the run begins before 1921.
        forced = inputs.values[FORCED].get((first - 1, QUARTERS[-1]), 0.0)
        begin["coordination"] = forced or parameters["O_1921"]
    if begin["mark_up"] is None:
        begin["mark_up"] = parameters["mu_dump"]
    nation = {name: value for name, value in begin.items() if value is not None}
    nation["village_living_before"] = nation["village_living"]
    sectors = {
        name: np.array(values)
        for name, values in inputs.sectors.items()
        if not name.startswith(_SHARE) or name == f"{_SHARE}1928"
    }
    sectors["capital"] = sectors["capital_1928"] * np.array(inputs.sectors[f"{_SHARE}{first}"])
    sectors["pipeline"] = np.zeros(len(SECTORS))
    people = pyramid(nation["village"] + nation["town"], first, parameters)
    return State(nation, sectors, np.array(inputs.coefficients), {"people": people})


def run_nation(
    inputs: NationInputs,
    parameters: Mapping[str, float],
    off: Iterable[str] = (),
    *,
    phases: bool = False,
) -> tuple[Quarter, ...]:
    """Run all years of the inputs.

    Parameters
    ----------
    inputs
        What is given.
    parameters
        Values by name.
    off
        Switches that are turned off, such as "rules.scissors".
    phases
        Whether accounts are closed after every phase of a quarter, besides at its end.

    Returns
    -------
    tuple of Quarter
        All quarters in order: eighty from 1921.

    Raises
    ------
    KeyError
        A switch or parameter is not there.
    Broken
        People, grain, animals or goods do not add up.
    """
    walk = Walk(inputs, opening(inputs, parameters), plan_of(parameters, off))
    times = [(year, quarter) for year in inputs.years for quarter in QUARTERS]
    return tuple(
        walk.quarter(year, quarter, _closing(walk.state, year, quarter) if phases else _NONE)
        for year, quarter in times
    )


Act: TypeAlias = Callable[[State], None]
"""What changes the state."""


def _closing(state: State, year: int, quarter: int) -> Mapping[str, Act]:
    """Return what closes the accounts after each phase, by the last rule of the phase."""
    before = dict(state.nation), dict(state.sectors)

    def act(look: Look) -> Act:
        return lambda now: look((now.nation, now.sectors))

    found = looks(before, state.coefficients, year, quarter)
    return {name: act(look) for name, look in found.items()}


Plan: TypeAlias = Mapping[int, Sequence[tuple[str, Act]]]
"""Name and act of each rule, by quarter, in order."""


def plan_of(parameters: Mapping[str, float], off: Iterable[str] = ()) -> Plan:
    """Return what acts in each quarter.

    Raises
    ------
    KeyError
        A switch or parameter is not there.
    """
    silent = frozenset(off)
    if unknown := silent - set(switches()):
        raise KeyError(*sorted(unknown))
    acts = {
        id(piece): _ready(piece, parameters, silent) for q in QUARTERS for piece in quarter_of(q)
    }
    return {q: [(each.name, acts[id(each)]) for each in quarter_of(q)] for q in QUARTERS}


@final
@dataclass(frozen=True, slots=True)
class Walk:
    """The country on its way through the quarters.

    Parameters
    ----------
    inputs
        What is given.
    state
        The country now; it changes from quarter to quarter.
    plan
        What acts in each quarter.
    """

    inputs: NationInputs
    state: State
    plan: Plan

    def quarter(self, year: int, quarter: int, after: Mapping[str, Act] = _NONE) -> Quarter:
        """Do a quarter; return what stood in the books at its end.

        Parameters
        ----------
        year, quarter
            When; quarters come in order.
        after
            What acts after the rule of a name, before the next one.

        Raises
        ------
        Broken
            People, grain, animals or goods do not add up.
        """
        state = self.state
        before = dict(state.nation), dict(state.sectors)
        given = self.inputs.at(year, quarter)
        state.nation.update(given, year=float(year), quarter=float(quarter))
        for name, act in self.plan[quarter]:
            act(state)
            if name in after:
                after[name](state)
        found = list(breaks(before, (state.nation, state.sectors), state.coefficients, quarter))
        if found:
            raise Broken(year, quarter, found)
        sectors = {name: column.copy() for name, column in state.sectors.items()}
        ages = {name: column.copy() for name, column in state.ages.items()}
        return Quarter(year, quarter, dict(state.nation), sectors["output"], sectors, ages)


@final
@dataclass(frozen=True, slots=True)
class _Act:
    """A rule of the nation or a block, its arguments sorted out once.

    Parameters
    ----------
    piece
        The rule.
    fixed
        Arguments that stay: parameters, and what it is given while it is off.
    plain
        Argument and column of the nation.
    cells
        Argument, column and place of a sector.
    whole
        Argument and column of all sectors.
    by_age
        Argument and column of ages.
    matrix
        Whether it takes the coefficients.
    """

    piece: Piece
    fixed: Mapping[str, float]
    plain: tuple[tuple[str, str], ...]
    cells: tuple[tuple[str, str, int], ...]
    whole: tuple[tuple[str, str], ...]
    by_age: tuple[tuple[str, str], ...]
    matrix: bool

    def __call__(self, state: State) -> None:
        """Let the rule act on the state."""
        nation, sectors = state.nation, state.sectors
        given: dict[str, Any] = dict(self.fixed)
        for argument, name in self.plain:
            given[argument] = nation[name]
        for argument, name, at in self.cells:
            given[argument] = float(sectors[name][at])
        for argument, name in self.whole:
            given[argument] = sectors[name]
        for argument, name in self.by_age:
            given[argument] = state.ages[name]
        if self.matrix:
            given[_MATRIX] = state.coefficients
        found = self.piece.law(**given)
        numbers = found if isinstance(found, tuple) else (found,)
        for name, number in zip(self.piece.writes, numbers, strict=True):
            _write(state, name, number)


def _write(state: State, name: str, number: Any) -> None:  # noqa: ANN401 - a number or many
    """Write what a rule gives to the nation, to all sectors or to ages."""
    if name.startswith(_WHOLE):
        state.sectors[name.removeprefix(_WHOLE)] = number
    elif name.startswith(_AGES):
        state.ages[name.removeprefix(_AGES)] = number
    else:
        state.nation[name] = number


@final
@dataclass(frozen=True, slots=True)
class _ActBySector:
    """A rule of the sectors: each row reads itself and, as `nation.x` and as paths, the nation."""

    piece: Piece
    fixed: Mapping[str, float]
    shared: tuple[tuple[str, str], ...]
    own: tuple[tuple[str, str], ...]

    def __call__(self, state: State) -> None:
        """Let the rule act on each sector in turn."""
        above = {argument: state.nation[name] for argument, name in self.shared}
        mine = [(argument, state.sectors[name].tolist()) for argument, name in self.own]
        rows = []
        for at in range(len(SECTORS)):
            row = {argument: column[at] for argument, column in mine}
            found = self.piece.law(**self.fixed, **above, **row)
            rows.append(found if isinstance(found, tuple) else (found,))
        for name, column in zip(self.piece.writes, zip(*rows, strict=True), strict=True):
            state.sectors[name] = np.array(column)


def _nothing(state: State) -> None:
    """Leave the columns of a rule that is off as they are."""


def _ready(
    piece: Piece, parameters: Mapping[str, float], silent: frozenset[str]
) -> Callable[[State], None]:
    """Return what lets one rule act on the state."""
    fixed = {name: parameters[name] for name in piece.parameters}
    if piece.switch in silent:
        if not piece.off:
            return _nothing
        fixed.update(piece.off)
    names = [(name.replace(".", "_"), name) for name in (*piece.reads, *piece.institutions)]
    asked = [(argument, name) for argument, name in names if argument not in fixed]
    if piece.table == "sectors":
        above = [(a, n.removeprefix("nation.")) for a, n in asked
                 if n.startswith("nation.") or n in piece.institutions]  # fmt: skip
        taken = {argument for argument, _ in above}
        own = [(argument, name) for argument, name in asked if argument not in taken]
        return _ActBySector(piece, fixed, tuple(above), tuple(own))
    parts = [(argument, *name.partition(".")) for argument, name in asked]
    return _Act(
        piece,
        fixed,
        plain=tuple((a, name) for a, name, dot, _ in parts if not dot and name != _MATRIX),
        cells=tuple((a, col, _PLACE[row]) for a, row, _, col in parts if row in _PLACE),
        whole=tuple((a, col) for a, row, _, col in parts if f"{row}." == _WHOLE),
        by_age=tuple((a, col) for a, row, _, col in parts if f"{row}." == _AGES),
        matrix=any(name == _MATRIX for _, name in asked),
    )
