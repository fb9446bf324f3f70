"""Rules written down for two of the three engines: plain Python by rows, NumPy by columns.

The text of each rule is written once for each engine (`language`). In both, numbers are those of
NumPy, so that a division by zero gives infinity as it does in compiled code.
"""

import inspect
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias, cast, final

import numpy as np
from numpy.typing import NDArray

from sovplan.foundation.engine.composer import Composition
from sovplan.foundation.engine.dialects import ByColumn, ByRow
from sovplan.foundation.engine.language import Code, Dialect, Kind, Translation
from sovplan.foundation.engine.rule import Rule
from sovplan.foundation.engine.tables import Table

Numbers: TypeAlias = NDArray[Any]
Law: TypeAlias = Callable[..., tuple[Any, ...]]

_CONTINUED: Final = "\n    "


def _cut(number: Any) -> Any:  # noqa: ANN401 - a column or a number
    return np.asarray(number).astype(np.int64)


_SPACES: Final[Mapping[str, tuple[Dialect, Mapping[str, Any]]]] = {
    "plain": (
        ByRow(),
        {
            "_real": np.float64,
            "_whole": np.int64,
            "_sqrt": np.sqrt,
            "_floor": np.floor,
            "_two_to": lambda k: np.float64(math.ldexp(1.0, int(k))),
            "_exponent_of": lambda x: np.int64(math.frexp(x)[1]),
            "_mantissa_of": lambda x: np.float64(math.frexp(x)[0]),
        },
    ),
    "arrays": (
        ByColumn(),
        {
            "_real": lambda whole: np.asarray(whole).astype(np.float64),
            "_whole": _cut,
            "_where": np.where,
            "_not": np.logical_not,
            "_sqrt": np.sqrt,
            "_floor": np.floor,
            "_two_to": lambda k: np.ldexp(1.0, k),
            "_exponent_of": lambda x: np.frexp(x)[1].astype(np.int64),
            "_mantissa_of": lambda x: np.frexp(x)[0],
        },
    ),
}


def kinds(rule: Rule, composition: Composition) -> dict[str, Kind]:
    """Return the kind of every argument of a rule, by its name as an argument."""
    table = composition.tables[rule.table]
    found: dict[str, Kind] = {}
    for name in rule.reads:
        head, dot, column = name.partition(".")
        above = composition.tables[table.reference(head).table] if dot else table
        form = above.column(column if dot else name).form
        found[name.replace(".", "_")] = "whole" if form == "whole" else "real"
    for name in (*rule.institutions, *rule.parameters, *rule.draws):
        found[name.replace(".", "_")] = "real"
    return found


def given_codes(rule: Rule, composition: Composition) -> dict[str, Code]:
    """Return the arguments of a rule as code: a name, or the number that a switch holds fast."""
    fixed = {name.replace(".", "_"): value for name, value in composition.fixed(rule).items()}
    return {
        name: Code(repr(float(fixed[name])), "real", float(fixed[name]))
        if name in fixed
        else Code(name, kind)
        for name, kind in kinds(rule, composition).items()
    }


@final
@dataclass(frozen=True, slots=True)
class Written:
    """A rule written down for an engine: its text, the function, and the kinds of its results."""

    text: str
    law: Law
    kinds: tuple[Kind, ...]


def written(rule: Rule, composition: Composition, engine: str) -> Written:
    """Write a rule down for plain Python ("plain") or for NumPy ("arrays")."""
    dialect, space = _SPACES[engine]
    out = Translation(dialect, "_t")
    codes = given_codes(rule, composition)
    results = out.function(rule.law, codes)
    check_results(rule, results, composition.tables[rule.table])
    names = ", ".join(kinds(rule, composition))
    back = "".join(f"{code.text}, " for code in results)
    lines = [*out.lines, f"return ({back})"]
    text = f"def {rule.name}({names}):\n    {_CONTINUED.join(lines)}\n"
    room = dict(space)
    exec(compile(text, f"<{rule.name} for {engine}>", "exec"), room)
    return Written(text, room[rule.name], tuple(code.kind for code in results))


def by_columns(law: Callable[..., float]) -> Callable[..., Numbers]:
    """Return a helper of rules for whole columns of real numbers, with the same bits for each.

    Parameters
    ----------
    law
        A function of real numbers in the language of rules that gives one.

    Examples
    --------
    >>> from sovplan.foundation.engine.functions import log
    >>> bool(by_columns(log)(np.array([2.0, 3.0]))[1] == log(3.0))
    True
    """
    many = all_by_columns(law)
    return lambda *columns, **named: many(*columns, **named)[0]


def all_by_columns(law: Callable[..., Any]) -> Callable[..., tuple[Numbers, ...]]:
    """Return a function in the language of rules for whole columns, its results as a tuple.

    Parameters
    ----------
    law
        A function of real numbers that gives one or more.
    """
    dialect, space = _SPACES["arrays"]
    out = Translation(dialect, "_t")
    names = inspect.signature(law).parameters
    results = out.function(law, {name: Code(name, "real") for name in names})
    back = "".join(f"{code.text}, " for code in results)
    lines = [*out.lines, f"return ({back})"]
    text = f"def law({', '.join(names)}):\n    {_CONTINUED.join(lines)}\n"
    room = dict(space)
    exec(compile(text, f"<{law.__name__} for columns>", "exec"), room)
    return cast("Callable[..., tuple[Numbers, ...]]", room["law"])


def check_results(rule: Rule, results: Sequence[Code], table: Table) -> None:
    """Check that a rule gives one number for each column, of the column's kind."""
    if len(results) != len(rule.writes):
        raise TypeError(f"{rule.name}: {len(results)} numbers for {len(rule.writes)} columns")
    for name, code in zip(rule.writes, results, strict=True):
        if table.column(name).form == "whole" and code.kind == "real":
            raise TypeError(f"{rule.name}: {name} is whole; write int(...)")
