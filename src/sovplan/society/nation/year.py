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
    def act(state: State) -> None:
        found = piece.law(**fixed, **{argument: _value(state, name) for argument, name in asked})
        numbers = found if isinstance(found, tuple) else (found,)
        for name, number in zip(piece.writes, numbers, strict=True):
            table, dot, column = name.partition(".")
            if dot:
                state.sectors[column] = number
            else:
                state.nation[table] = number

    return act


def _by_sector(
    piece: Piece, fixed: Mapping[str, float], asked: list[tuple[str, str]]
) -> Callable[[State], None]:
    def act(state: State) -> None:
        rows = []
        for place in range(len(SECTORS)):
            mine = {argument: _cell(state, name, place) for argument, name in asked}
            found = piece.law(**fixed, **mine)
            rows.append(found if isinstance(found, tuple) else (found,))
        for name, column in zip(piece.writes, zip(*rows, strict=True), strict=True):
            state.sectors[name] = np.array(column)

    return act


def _value(state: State, name: str) -> Any:  # noqa: ANN401 - a number or a vector
    """Return a column of the nation, a cell `heavy.output`, a whole column or the matrix."""
    table, dot, column = name.partition(".")
    if not dot:
        return state.coefficients if name == "coefficients" else state.nation[name]
    if table == "sectors":
        return state.sectors[column]
    return float(state.sectors[column][_PLACE[table]])


def _cell(state: State, name: str, place: int) -> float:
    """Return what a sector reads: a column of its own row or, as `nation.x`, of the nation."""
    table, _, column = name.partition(".")
    if table == "nation":
        return state.nation[column]
    return state.nation[name] if name in state.nation else float(state.sectors[name][place])
