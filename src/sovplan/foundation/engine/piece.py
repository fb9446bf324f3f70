"""What a rule and a block have in common: a function, and all that is declared about it.

A rule acts on one row (`rule.Rule`), a block on whole columns (`block.Block`). Both declare by name
what their function takes and what it gives, and both are checked here, at the moment when they are
made.
"""

import inspect
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any, Final, Literal, TypeAlias

Step: TypeAlias = Literal["survey", "draft", "decide", "make", "share", "inspect", "renew"]
"""A step of the planning year; carrying out has two halves, making and sharing out."""

STEPS: Final[tuple[Step, ...]] = (
    "survey",
    "draft",
    "decide",
    "make",
    "share",
    "inspect",
    "renew",
)

NOTHING: Final[Mapping[str, float]] = MappingProxyType({})
"""Of a piece that holds no argument fast when it is off."""


def name_of(law: Callable[..., Any]) -> str:
    """Return the name of a function."""
    return law.__name__


def equation_of(law: Callable[..., Any]) -> str:
    """Return the docstring of a function, where its equation stands."""
    return inspect.getdoc(law) or ""


def check_names(
    law: Callable[..., Any], given: Iterable[str], writes: Iterable[str], off: Iterable[str]
) -> None:
    """Check that every argument of a function is declared once and every declared name is used.

    Parameters
    ----------
    law
        The function.
    given
        Names that are declared, such as `cell.wage` for the argument `cell_wage`.
    writes
        Columns that it writes; there is at least one.
    off
        Arguments that its switch holds fast.

    Raises
    ------
    TypeError
        They do not match: a mistake of the program.
    """
    asked = set(inspect.signature(law).parameters)
    names = [name.replace(".", "_") for name in given]
    if len(names) != len(set(names)) or asked != set(names):
        odd = sorted(asked.symmetric_difference(names)) or sorted(names)
        raise TypeError(f"{name_of(law)}: arguments and declared names differ: {', '.join(odd)}")
    if not tuple(writes) or not set(off) <= asked:
        raise TypeError(f"{name_of(law)}: writes nothing, or `off` names no argument")
