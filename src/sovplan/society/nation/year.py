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
    """

    year: int
    quarter: int
    nation: Mapping[str, float]
    output: Vector


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
    plan = {q: [_ready(piece, parameters, silent) for piece in quarter_of(q)] for q in QUARTERS}
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
    return Quarter(year, quarter, dict(state.nation), state.sectors["output"].copy())


def _ready(
    piece: Piece, parameters: Mapping[str, float], silent: frozenset[str]
) -> Callable[[State], None]:
    """Return a function that lets one rule act on the state."""
    fixed = {name: parameters[name] for name in piece.parameters}
    if piece.switch in silent:
        if not piece.off:
            return _nothing
        fixed.update(piece.off)
    names = (*piece.reads, *piece.institutions)
    asked = [(name.replace(".", "_"), name) for name in names]
    asked = [(argument, name) for argument, name in asked if argument not in fixed]
    if piece.table == "sectors":
        return _by_sector(piece, fixed, asked)
    return _at_once(piece, fixed, asked)


def _nothing(state: State) -> None:
    """Leave the columns of a rule that is off as they are."""


def _at_once(
    piece: Piece, fixed: Mapping[str, float], asked: list[tuple[str, str]]
) -> Callable[[State], None]:
    """Return what lets a rule of the nation or a block act; its arguments are sorted out once."""
    plain = [(argument, name) for argument, name in asked if "." not in name and name != _MATRIX]
    whole = [(argument, name[8:]) for argument, name in asked if name.startswith("sectors.")]
    cells = [
        (argument, name.partition(".")[2], _PLACE[name.partition(".")[0]])
        for argument, name in asked
        if "." in name and not name.startswith("sectors.")
    ]
    matrix = any(name == _MATRIX for _, name in asked)
    law, writes = piece.law, [(name.partition(".")[2], name) for name in piece.writes]

    def act(state: State) -> None:
        nation, sectors = state.nation, state.sectors
        given = {argument: nation[name] for argument, name in plain}
        given.update({argument: float(sectors[name][place]) for argument, name, place in cells})
        columns: dict[str, Any] = {argument: sectors[name] for argument, name in whole}
        if matrix:
            columns[_MATRIX] = state.coefficients
        found = law(**fixed, **given, **columns)
        numbers = found if isinstance(found, tuple) else (found,)
        for (column, name), number in zip(writes, numbers, strict=True):
            if column:
                sectors[column] = number
            else:
                nation[name] = number

    return act


def _by_sector(
    piece: Piece, fixed: Mapping[str, float], asked: list[tuple[str, str]]
) -> Callable[[State], None]:
    """Return what lets a rule of the sectors act: a row reads itself and, as `nation.x`, all."""
    law, paths = piece.law, frozenset(piece.institutions)
    shared = [
        (argument, name.removeprefix("nation."))
        for argument, name in asked
        if name.startswith("nation.") or name in paths
    ]
    own = [(a, name) for a, name in asked if not name.startswith("nation.") and name not in paths]

    def act(state: State) -> None:
        above = {argument: state.nation[name] for argument, name in shared}
        mine = [(argument, state.sectors[name].tolist()) for argument, name in own]
        rows = []
        for place in range(len(SECTORS)):
            found = law(**fixed, **above, **{argument: column[place] for argument, column in mine})
            rows.append(found if isinstance(found, tuple) else (found,))
        for name, column in zip(piece.writes, zip(*rows, strict=True), strict=True):
            state.sectors[name] = np.array(column)

    return act
