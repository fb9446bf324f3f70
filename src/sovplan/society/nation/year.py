"""Runs the model of the whole country by quarters, and checks its accounts in each of them."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeAlias, final

import numpy as np

from sovplan.history.nation import QUARTERS, SECTORS, YEARS, NationInputs
from sovplan.society.nation.accounts import Broken, breaks
from sovplan.society.nation.order import Piece, quarter_of, switches
from sovplan.society.nation.production import Vector

Columns: TypeAlias = dict[str, float]

_MATRIX: Final = "coefficients"
_WHOLE: Final = "sectors."
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
    """

    nation: Columns
    sectors: dict[str, Vector]
    coefficients: Vector


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
    """

    year: int
    quarter: int
    nation: Mapping[str, float]
    output: Vector
    sectors: Mapping[str, Vector]


def opening(inputs: NationInputs, parameters: Mapping[str, float]) -> State:
    """Return the country at the start of 1921."""
    begin = {name: each.value for name, each in inputs.start.items()}
    begin["coordination"] = parameters["O_1921"]
    begin["mark_up"] = parameters["mu_dump"]
    nation = {name: value for name, value in begin.items() if value is not None}
    nation["village_living_before"] = nation["village_living"]
    sectors = {name: np.array(values) for name, values in inputs.sectors.items()}
    sectors["capital"] = sectors["capital_1928"] * sectors.pop("capital_1921")
    sectors["pipeline"] = np.zeros(len(SECTORS))
    return State(nation, sectors, np.array(inputs.coefficients))


def run_nation(
    inputs: NationInputs, parameters: Mapping[str, float], off: Iterable[str] = ()
) -> tuple[Quarter, ...]:
    """Run 1921 to 1940.

    Parameters
    ----------
    inputs
        What is given.
    parameters
        Values by name.
    off
        Switches that are turned off, such as "rules.scissors".

    Returns
    -------
    tuple of Quarter
        Eighty quarters.

    Raises
    ------
    KeyError
        A switch or parameter is not there.
    Broken
        People, grain, animals or goods do not add up.
    """
    silent = frozenset(off)
    if unknown := silent - set(switches()):
        raise KeyError(*sorted(unknown))
    acts = {
        id(piece): _ready(piece, parameters, silent) for q in QUARTERS for piece in quarter_of(q)
    }
    plan = {quarter: [acts[id(piece)] for piece in quarter_of(quarter)] for quarter in QUARTERS}
    state = opening(inputs, parameters)
    times = [(year, quarter) for year in YEARS for quarter in QUARTERS]
    return tuple(_quarter(state, plan[time[1]], inputs, time) for time in times)


def _quarter(
    state: State, plan: list[Callable[[State], None]], inputs: NationInputs, time: tuple[int, int]
) -> Quarter:
    year, quarter = time
    before = dict(state.nation), dict(state.sectors)
    state.nation.update(inputs.at(year, quarter), year=float(year), quarter=float(quarter))
    for act in plan:
        act(state)
    found = list(breaks(before, (state.nation, state.sectors), state.coefficients, quarter))
    if found:
        raise Broken(year, quarter, found)
    sectors = {name: column.copy() for name, column in state.sectors.items()}
    return Quarter(year, quarter, dict(state.nation), sectors["output"], sectors)


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
    matrix
        Whether it takes the coefficients.
    """

    piece: Piece
    fixed: Mapping[str, float]
    plain: tuple[tuple[str, str], ...]
    cells: tuple[tuple[str, str, int], ...]
    whole: tuple[tuple[str, str], ...]
    matrix: bool

    def __call__(self, state: State) -> None:
        """Let the rule act on the state."""
        nation, sectors = state.nation, state.sectors
        given = {argument: nation[name] for argument, name in self.plain}
        cells = {argument: float(sectors[name][at]) for argument, name, at in self.cells}
        columns: dict[str, Any] = {argument: sectors[name] for argument, name in self.whole}
        if self.matrix:
            columns[_MATRIX] = state.coefficients
        found = self.piece.law(**self.fixed, **given, **cells, **columns)
        numbers = found if isinstance(found, tuple) else (found,)
        for name, number in zip(self.piece.writes, numbers, strict=True):
            if name.startswith(_WHOLE):
                sectors[name.removeprefix(_WHOLE)] = number
            else:
                nation[name] = number


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
        matrix=any(name == _MATRIX for _, name in asked),
    )
