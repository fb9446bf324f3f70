"""Every error a caller may want to catch.

SovplanError
├── DataError          a file, table or option is not what its description says (exit code 2)
├── PlanningError      no plan can be drawn up from what was returned (exit code 1)
│   └── NotProductive  the techniques use up as much as they make
├── SolverFailed       the solver stopped without an answer
├── OutOfStage         a paper arrived before or after its stage of the year
└── IdentityBroken     the accounts of a year do not close: a mistake of ours
"""

from collections.abc import Iterable

from sovplan.foundation.words import say


class SovplanError(Exception):
    """Base of all errors raised on purpose by this package."""


class DataError(SovplanError):
    """A file, table or option is not what its description says.

    The message says what was found, what was needed and what to do, and names file, row and
    column where there is one.
    """


class PlanningError(SovplanError):
    """No plan can be drawn up from what was returned."""


class NotProductive(PlanningError):
    """The techniques use up as much as they make.

    Parameters
    ----------
    goods
        Names of the goods that cannot be had in surplus at any scale.
    """

    def __init__(self, goods: Iterable[str]) -> None:
        self.goods = tuple(goods)
        super().__init__(say("foundation.not_productive", goods=", ".join(self.goods)))


class SolverFailed(SovplanError):
    """The solver stopped without an answer (time limit, numerical trouble)."""


class OutOfStage(SovplanError):
    """A paper arrived before or after its stage of the year."""


class IdentityBroken(SovplanError):
    """The accounts of a year do not close: a mistake of the program, not of the user."""
