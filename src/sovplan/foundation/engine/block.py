"""A block: what a rule cannot say about one row, because it needs all rows at once.

A material balance over seven sectors, the root of an equation, a mean over localities: each is a
function of numbers and vectors that declares what it reads and writes as a rule does, so that the
order of the year can be checked and described in one go.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias, final

from sovplan.foundation.engine.piece import NOTHING, Step, check_names, equation_of, name_of
from sovplan.foundation.engine.rule import Rule

Work: TypeAlias = Callable[..., Any]
"""The function of a block: numbers and vectors by name in, one for each column written out."""


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
    off: Mapping[str, float] = field(default_factory=lambda: NOTHING)
    quarters: tuple[int, ...] = ()
    table: str = "block"

    def __post_init__(self) -> None:
        """Check that every argument is declared once and that every declared name is used."""
        given = (*self.reads, *self.institutions, *self.parameters)
        check_names(self.law, given, self.writes, self.off)

    @property
    def name(self) -> str:
        """Name of its function."""
        return name_of(self.law)

    @property
    def equation(self) -> str:
        """Docstring of its function."""
        return equation_of(self.law)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - numbers and vectors
        """Run it."""
        return self.law(*args, **kwargs)


Piece: TypeAlias = Rule | Block
"""What a year is made of."""


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
    off: Mapping[str, float] = NOTHING,
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
