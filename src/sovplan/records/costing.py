"""What an amendment costs, as a paper: the sheet that voters see, with its proofs.

Every number is of all years of the plan together unless it says otherwise.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import final

from sovplan.records.certainty import Certainty, Proved


@final
@dataclass(frozen=True, slots=True)
class Moved:
    """An amount in the draft and in an amended plan.

    Parameters
    ----------
    name, title, unit
        Of what.
    before, after
        Amounts, all years together.
    head
        Change per head and year; nan where no heads are known.
    years
        Calendar years that are counted; none where it is all years of the plan.
    """

    name: str
    title: str
    unit: str
    before: float
    after: float
    head: float
    years: tuple[int, ...] = ()

    @property
    def change(self) -> float:
        """How much more there is."""
        return self.after - self.before

    @property
    def relative(self) -> float:
        """Change as a share of the draft; inf where the draft has none."""
        if self.before == 0:
            return 0.0 if self.after == 0 else float("inf")
        return self.change / abs(self.before)


def beside(answers: Sequence[Sequence[Moved]], most: int) -> dict[str, tuple[Moved | None, ...]]:
    """Return lines of one table of several answers beside each other, by name.

    Parameters
    ----------
    answers
        All lines that change in each answer, those first that change most.
    most
        So many of each answer are chosen; a line that is chosen stands in every answer in which it
        changes, None where it does not.
    """
    chosen = dict.fromkeys(line.name for lines in answers for line in lines[:most])
    known = [{line.name: line for line in lines} for lines in answers]
    return {key: tuple(lines.get(key) for lines in known) for key in chosen}


@final
@dataclass(frozen=True, slots=True)
class Rate:
    """What one unit of what an amendment raises costs in a good that pays for it."""

    raised: str
    payer: str
    lost: float
    won: float

    @property
    def rate(self) -> float:
        """Units of the payer for one unit."""
        return self.lost / self.won


@final
@dataclass(frozen=True, slots=True)
class Struck:
    """A target that an amendment strikes out or cuts: no longer in the aim of the amended plan.

    Parameters
    ----------
    name, title, unit
        Of the good.
    of
        `consumption` or `output`.
    target
        What was to be reached, in the years in which it is struck out.
    before, after
        What the draft and the amended plan give in these years.
    left
        What is left of the target: 0 where it is struck out; where an amendment asks for no more
        than an amount, what the aim counts instead.
    """

    name: str
    title: str
    unit: str
    of: str
    target: float
    before: float
    after: float
    left: float = 0.0


@final
@dataclass(frozen=True, slots=True)
class AnswerSheet:
    """One of the three answers to an amendment, as voters see it.

    Parameters
    ----------
    kind
        `least_change`, `best_overall` or `payer`.
    done
        Whether there is such a plan; without one only `possible` says something.
    possible
        Part of what can be met that this answer can carry: below 1 where those named cannot pay.
    gave_up
        Why the solver found no answer, in words; '' where it told whether there is one.
    objective
        What it reaches of the aim, which counts the targets that stay.
    fulfilment
        Least share of any target that stays, by year; None without one.
    struck
        Targets that the amendment lowers: struck out, and counted neither in `objective` nor in
        `fulfilment`; or cut, and counted there as what is left of them.
    beyond_use
        Goods made and used for nothing, where they are more or less than in the draft.
    goods
        What people get: all that change, those first that change most as a share of the draft's.
    outputs
        Outputs that are targets, in the years in which they are: all that change.
    activities_changed
        How many activities change.
    public
        Public use that pays.
    hours, regions, techniques, imports
        Hours by branch (the main product of a technique), by region and by technique; imports:
        all that change.
    work
        All hours.
    binds
        What binds, in words.
    rates
        Rates of exchange, where payers are named.
    proof
        Its certificate.
    """

    kind: str
    done: bool
    possible: float = 1.0
    objective: float = float("nan")
    fulfilment: tuple[float | None, ...] = ()
    struck: tuple[Struck, ...] = ()
    beyond_use: tuple[Moved, ...] = ()
    goods: tuple[Moved, ...] = ()
    outputs: tuple[Moved, ...] = ()
    activities_changed: int = 0
    public: tuple[Moved, ...] = ()
    hours: tuple[Moved, ...] = ()
    regions: tuple[Moved, ...] = ()
    imports: tuple[Moved, ...] = ()
    work: Moved | None = None
    techniques: tuple[Moved, ...] = ()
    binds: tuple[str, ...] = ()
    rates: tuple[Rate, ...] = ()
    proof: Proved | None = None
    gave_up: str = ""


@final
@dataclass(frozen=True, slots=True)
class UnitPrice:
    """Cost in the aim of one more unit of what a clause asks for, at the margin."""

    clause: int
    of: str
    unit: str
    price: float


@final
@dataclass(frozen=True, slots=True)
class PriceTag:
    """What an amendment costs.

    Parameters
    ----------
    aim
        Loss of the aim, in its own unit, found by solving again; negative where there is a gain.
    hours
        Hours of work, all years together, with the aim held at `level`.
    level
        0.99 of what the amended plan reaches.
    minutes
        The same in minutes per head and year; nan where no heads are known.
    at_least
        What prices alone say that it costs: never more than `aim`.
    low, high
        Parts of the amendment between which these prices hold.
    units
        Marginal price of each clause.
    """

    aim: float
    hours: float
    level: float
    minutes: float
    at_least: float
    low: float
    high: float
    units: tuple[UnitPrice, ...]


@final
@dataclass(frozen=True, slots=True)
class Refuted:
    """The proof that limits contradict each other.

    Parameters
    ----------
    asked, had
        What the weighted limits ask for at least, and what all columns can give at most.
    short
        By how much `asked` exceeds `had`, relative to the greatest single amount in both sums.
    """

    asked: float
    had: float
    short: float


@final
@dataclass(frozen=True, slots=True)
class Costing:
    """What an amendment to a draft costs.

    Parameters
    ----------
    amendment, reason, sponsors
        Its name, why it is asked for, and how many stand behind it.
    clauses
        What it asks for, in words.
    up_to
        Where it is one clause by per cent: the per cent that are possible; '' elsewhere.
    met_by_draft
        Whether the draft meets it as it stands: then there is nothing to pay. Whether it *can* be
        met is `theta`.
    theta
        Greatest part of all its clauses that can be met: 1 in full; nan where the solver gave up.
    binds
        What keeps more of it from being met, in words.
    refuted
        Proof that it cannot be met whole; None where it can, or where the prices prove nothing.
    price
        Price of the part that can be met; None where nothing can.
    answers
        The three answers, for the part that can be met.
    certainty
        How certain the cost is; None where numbers were not drawn.
    gave_up
        Why the solver found nothing out, in words; '' where it did.
    """

    amendment: str
    reason: str
    sponsors: int
    clauses: tuple[str, ...]
    up_to: str
    met_by_draft: bool
    theta: float
    binds: tuple[str, ...]
    refuted: Refuted | None
    price: PriceTag | None
    answers: tuple[AnswerSheet, ...]
    certainty: Certainty | None = None
    gave_up: str = ""


@final
@dataclass(frozen=True, slots=True)
class ClashSheet:
    """Amendments that cannot be met together; without any one of them the others can."""

    amendments: tuple[str, ...]
    theta: float
    binds: tuple[str, ...]
    refuted: Refuted | None


@final
@dataclass(frozen=True, slots=True)
class Variant:
    """A plan with a largest set of amendments that fit together."""

    amendments: tuple[str, ...]
    sponsors: int
    answer: AnswerSheet


@final
@dataclass(frozen=True, slots=True)
class BranchShare:
    """A voted share of labour, and what the nearest feasible plan gives, by year."""

    branch: str
    voted: float
    draft: tuple[float, ...]
    found: tuple[float, ...]


@final
@dataclass(frozen=True, slots=True)
class ShareSheet:
    """The feasible plan nearest to voted shares of labour.

    Parameters
    ----------
    branches
        Voted and found.
    distance
        Half the sum of differences of shares, average of the years: the share of all hours that
        stands where it was not voted.
    distance_of_draft
        The same of the draft.
    objective, fulfilment
        What the plan reaches of the aim, and the least share of any target by year.
    binds
        What keeps it from the vote, in words.
    answer
        The plan.
    """

    branches: tuple[BranchShare, ...]
    distance: float
    distance_of_draft: float
    binds: tuple[str, ...]
    answer: AnswerSheet


@final
@dataclass(frozen=True, slots=True)
class Sheet:
    """All that a file of clauses asks of a draft, costed.

    Parameters
    ----------
    economy, aims, years
        Of the draft.
    objective_name, objective
        The draft's aim and what it reaches.
    heads
        Average heads of [population] total over the years; nan where none are known.
    hours_unit
        Unit of hours.
    costings
        One for each amendment.
    clashes
        Minimal sets that do not fit together.
    variants
        Largest sets that do, at most seven; empty where all amendments fit or there is but one.
    largest_sets, complete
        How many largest sets there are; whether all minimal sets were found.
    joint_gave_up
        Why it was not found out which amendments fit together, in words; '' where it was.
    shares
        The plan nearest to voted shares, if any were voted.
    sentences
        The sheet in words.
    """

    economy: str
    aims: str
    years: tuple[int, ...]
    objective_name: str
    objective: float
    heads: float
    hours_unit: str
    costings: tuple[Costing, ...]
    clashes: tuple[ClashSheet, ...] = ()
    variants: tuple[Variant, ...] = ()
    largest_sets: int = 0
    complete: bool = True
    joint_gave_up: str = ""
    shares: ShareSheet | None = None
    sentences: tuple[str, ...] = ()
