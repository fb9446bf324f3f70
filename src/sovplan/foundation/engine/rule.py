"""A rule: a pure function of numbers, with all that has to be known to run, check and describe it.

A rule takes numbers and gives numbers. It sees no array, no luck but the draws it names, and no
regime: what institutions are is handed to it by name. So one text can be run as plain Python, over
columns, and compiled, and the description of the model is read off the rules themselves.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias, final

from sovplan.foundation.engine.piece import NOTHING, Step, check_names, equation_of, name_of

Law: TypeAlias = Callable[..., float | tuple[float, ...]]
"""The function of a rule: numbers by name in, one number for each column written out."""


@final
@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of the model.

    Every argument of `law` is named in exactly one of `reads`, `institutions`, `parameters` and
    `draws`; the numbers that `law` returns go to `writes`, in order.

    Parameters
    ----------
    law
        The function; its docstring holds the equation.
    number
        Number in the specification of the model, such as "R19".
    step
        Step of the year in which it acts.
    table
        Table whose rows it acts on, such as "people" or "nation".
    reads, writes
        Columns of that table, or of a table above it (`cell.wage` reads the row of the cell that a
        person belongs to).
    institutions, parameters
        Names of values that the regime and the parameter file give.
    draws
        Names of uniform numbers in [0, 1), each drawn anew for each row and year from the stream of
        that name: adding a rule disturbs no other.
    source
        Where the equation comes from; "own" where it is ours.
    switch
        Name of the switch that turns it off.
    off
        What its arguments are when it is off, by name. Without any, a rule that is off leaves its
        columns as they are.
    quarters
        Quarters of the year in which it acts; empty where it acts once a year.
    when
        Column of whole numbers of the same table: the rule acts only on rows where it is not 0.
        What is rare is marked by one rule and treated by others, so that nobody else pays for it.

    Raises
    ------
    TypeError
        The names do not match the arguments of the function: a mistake of the program.
    """

    law: Law
    number: str
    step: Step
    table: str
    reads: tuple[str, ...]
    writes: tuple[str, ...]
    source: str
    institutions: tuple[str, ...] = ()
    parameters: tuple[str, ...] = ()
    draws: tuple[str, ...] = ()
    switch: str = ""
    off: Mapping[str, float] = field(default_factory=lambda: NOTHING)
    quarters: tuple[int, ...] = ()
    when: str = ""

    def __post_init__(self) -> None:
        """Check that every argument is declared once and that every declared name is used."""
        given = (*self.reads, *self.institutions, *self.parameters, *self.draws)
        check_names(self.law, given, self.writes, self.off)

    @property
    def name(self) -> str:
        """Name of its function."""
        return name_of(self.law)

    @property
    def equation(self) -> str:
        """Docstring of its function."""
        return equation_of(self.law)

    def __call__(self, *args: float, **kwargs: float) -> float | tuple[float, ...]:
        """Run it as plain Python."""
        return self.law(*args, **kwargs)


def rule(
    number: str,
    *,
    step: Step,
    table: str,
    reads: tuple[str, ...],
    writes: tuple[str, ...],
    source: str,
    institutions: tuple[str, ...] = (),
    parameters: tuple[str, ...] = (),
    draws: tuple[str, ...] = (),
    switch: str = "",
    off: Mapping[str, float] = NOTHING,
    quarters: tuple[int, ...] = (),
    when: str = "",
) -> Callable[[Law], Rule]:
    """Make a rule of a function; see `Rule` for the names.

    Examples
    --------
    >>> @rule(
    ...     "R19",
    ...     step="make",
    ...     table="nation",
    ...     reads=("sown", "weather"),
    ...     parameters=("y0",),
    ...     writes=("harvest",),
    ...     source="Allen 2003",
    ... )
    ... def harvest(sown: float, weather: float, y0: float) -> float:
    ...     "H = y0 sown weather, in million tonnes."
    ...     return y0 * sown * weather
    >>> harvest(100.0, 0.5, y0=0.5)
    25.0
    """

    def made(law: Law) -> Rule:
        return Rule(
            law=law,
            number=number,
            step=step,
            table=table,
            reads=reads,
            writes=writes,
            source=source,
            institutions=institutions,
            parameters=parameters,
            draws=draws,
            switch=switch,
            off=off,
            quarters=quarters,
            when=when,
        )

    return made


def rules_in(*rooms: object) -> tuple[Rule, ...]:
    """Return the rules that modules hold, in the order in which they stand there."""
    return tuple(each for room in rooms for each in vars(room).values() if isinstance(each, Rule))


def switches_of(rules: Iterable[Rule]) -> tuple[str, ...]:
    """Return the names of the switches of rules, each once."""
    return tuple(dict.fromkeys(each.switch for each in rules if each.switch))
