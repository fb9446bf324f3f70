"""A block: what a rule cannot say about one row, because it needs all rows at once.

A material balance over seven sectors, the root of an equation, a mean over localities: each is a
function of numbers and vectors that declares what it reads and writes as a rule does, so that the
order of the year can be checked and described in one go.
"""

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final, final

from sovplan.foundation.engine.rule import Step

Work = Callable[..., Any]
"""The function of a block: numbers and vectors by name in, one for each column written out."""

_NOTHING: Final[Mapping[str, float]] = MappingProxyType({})


@final
@dataclass(frozen=True, slots=True)
class Block:
    """One block of the model.

    Parameters
    ----------
    law
        The function; its docstring holds the equation.
    number, step, reads, writes, source, institutions, parameters, switch, off
        As in `sovplan.foundation.engine.rule.Rule`. `sectors.x` is the whole column x of the table
        of sectors, `coefficients` the 7 x 7 matrix; other names are columns of the nation.

    Raises
    ------
    TypeError
        The names do not match the arguments of the function: a mistake of the program.
    """

    law: Work
    number: str
    step: Step
    reads: tuple[str, ...]
    writes: tuple[str, ...]
    source: str
    institutions: tuple[str, ...] = ()
    parameters: tuple[str, ...] = ()
    switch: str = ""
    off: Mapping[str, float] = field(default_factory=lambda: _NOTHING)
    quarters: tuple[int, ...] = ()
    table: str = "block"

    def __post_init__(self) -> None:
        """Check that every argument is declared once and that every declared name is used."""
        asked = set(inspect.signature(self.law).parameters)
        names = (*self.reads, *self.institutions, *self.parameters)
        given = [name.replace(".", "_") for name in names]
        if len(given) != len(set(given)) or asked != set(given) or not set(self.off) <= asked:
            odd = sorted(asked.symmetric_difference(given)) or sorted(given)
            text = f"{self.name}: arguments and declared names differ: {', '.join(odd)}"
            raise TypeError(text)

    @property
    def name(self) -> str:
        """Name of its function."""
        return self.law.__name__

    @property
    def equation(self) -> str:
        """Docstring of its function."""
        return inspect.getdoc(self.law) or ""

    def __call__(self, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - numbers and vectors
        """Run it."""
        return self.law(*args, **kwargs)


def block(
    number: str,
    *,
    step: Step,
    reads: tuple[str, ...],
    writes: tuple[str, ...],
    source: str,
    institutions: tuple[str, ...] = (),
    parameters: tuple[str, ...] = (),
    switch: str = "",
    off: Mapping[str, float] = _NOTHING,
) -> Callable[[Work], Block]:
    """Make a block of a function; see `Block` for the names."""

    def made(law: Work) -> Block:
        return Block(
            law=law,
            number=number,
            step=step,
            reads=reads,
            writes=writes,
            source=source,
            institutions=institutions,
            parameters=parameters,
            switch=switch,
            off=off,
        )

    return made
