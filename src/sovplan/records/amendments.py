"""Amendments to a draft as papers: clauses that people write, and what they ask of whom.

Each clause is linear in what the plan decides. A plan is amended by `sovplan.planning.amending`.
"""

from dataclasses import dataclass
from typing import Final, Literal, final

ClauseKind = Literal["raise", "lower", "good", "per_head", "hours", "share"]
CLAUSE_KINDS: Final[tuple[ClauseKind, ...]] = (
    "raise",
    "lower",
    "good",
    "per_head",
    "hours",
    "share",
)
OF_GOODS: Final = ("consumption", "output", "imports", "exports")
"""What a clause on a good may count."""
OF_SHARES: Final = ("labour", "output")
"""What a clause on a share may count."""
MOST_AMENDMENTS: Final = 12
"""Most amendments held against each other: every combination of them may have to be tried."""
ALL_HOURS: Final = "all"
"""Name of all kinds of labour together in a clause on hours."""


@final
@dataclass(frozen=True, slots=True)
class Clause:
    """One thing that an amendment asks for, in every year of the plan or in one.

    Parameters
    ----------
    kind
        `raise` and `lower` a good by per cent of the draft; `good` at least or at most an amount;
        `per_head` a good by head; `hours` of work; `share` of a branch.
    names
        The good, the kind of labour (or `all`), or what makes up the branch: goods (all who make
        them), techniques, regions.
    of
        What is counted: `consumption`, `output`, `imports` or `exports` of a good, `labour` or
        `output` (in the draft's labour content) of a share; '' of hours.
    by
        Per cent of the draft's amount, or None.
    least, most
        The amount asked for, or None; a share is between 0 and 1.
    year
        Calendar year, or None for every year.
    among
        For `per_head`: which line of [population] counts the heads.
    """

    kind: ClauseKind
    names: tuple[str, ...]
    of: str = ""
    by: float | None = None
    least: float | None = None
    most: float | None = None
    year: int | None = None
    among: str = "total"

    @property
    def amount(self) -> float:
        """The least or the most that is asked for; nan where it is by per cent."""
        if self.least is not None:
            return self.least
        return float("nan") if self.most is None else self.most


@final
@dataclass(frozen=True, slots=True)
class Amendment:
    """What some people want changed in a draft.

    Parameters
    ----------
    name
        What it is called.
    clauses
        What it asks for, all of it together.
    reason
        Why, in the words of its authors.
    sponsors
        How many stand behind it.
    paid_by
        Goods whose consumption may give way for it.
    public_pays
        Whether the public use of these goods may give way too.
    protect
        Goods of which people are to get no less than in the draft.
    """

    name: str
    clauses: tuple[Clause, ...]
    reason: str = ""
    sponsors: int = 0
    paid_by: tuple[str, ...] = ()
    public_pays: bool = False
    protect: tuple[str, ...] = ()


@final
@dataclass(frozen=True, slots=True)
class VotedShare:
    """A share of all hours of work that was voted for a branch, in every year of the plan."""

    branch: str
    share: float


@final
@dataclass(frozen=True, slots=True)
class Amendments:
    """A file of clauses: amendments to one draft, and shares of labour if they were voted.

    Parameters
    ----------
    name
        Name of the file.
    amendments
        In the order of the file.
    shares
        Voted shares; what is left of 1 is for all other branches.
    """

    name: str
    amendments: tuple[Amendment, ...]
    shares: tuple[VotedShare, ...] = ()
