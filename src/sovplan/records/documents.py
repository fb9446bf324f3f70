"""Papers of a year beside returns and drafts. Nothing here says whether they are true.

Each paper is checked when it is built and raises `DataError` if it contradicts its own form.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias, final

from sovplan.foundation.errors import DataError
from sovplan.foundation.words import say
from sovplan.records.draft import Draft
from sovplan.records.findings import nearest
from sovplan.records.paperform import number, once, written
from sovplan.records.returns import Returns

ENTRIES: Final = (
    "opening",
    "made",
    "used",
    "delivered",
    "received",
    "sold",
    "closing",
    "counted",
    "metered",
    "hours",
)
"""What a row of returns.csv may state."""

_BETWEEN: Final = ("delivered", "received")


@final
@dataclass(frozen=True, slots=True)
class Ballot:
    """One way of voting, and how many voted so.

    Parameters
    ----------
    ranking
        Options in groups, the most wanted first; those of one group are wanted alike, those not
        named are not wanted. A ballot of approval is one group.
    voters
        Number of voters, 1 or more.
    """

    ranking: tuple[tuple[str, ...], ...]
    voters: int = 1


@final
@dataclass(frozen=True, slots=True)
class Ballots:
    """All ballots cast on one question.

    Parameters
    ----------
    question
        What was asked.
    options
        What could be voted for.
    cast
        The ballots.
    filed_by
        Who collected them.
    """

    question: str
    options: tuple[str, ...]
    cast: tuple[Ballot, ...]
    filed_by: str

    def __post_init__(self) -> None:
        """Check the form."""
        written(self, "question", "filed_by")
        if not self.options:
            raise DataError(say("papers.ballots.no_options", question=self.question))
        once("options", self.options)
        for place, ballot in enumerate(self.cast, start=1):
            named = [option for group in ballot.ranking for option in group]
            once("ranking", named)
            for option in named:
                if option not in self.options:
                    words = {"option": option, "nearest": nearest(option, self.options)}
                    raise DataError(say("papers.ballots.unknown", ballot=place, **words))
            if isinstance(ballot.voters, bool) or ballot.voters < 1:
                raise DataError(say("papers.ballots.voters", ballot=place, found=ballot.voters))


@final
@dataclass(frozen=True, slots=True)
class Decision:
    """What a body has decided.

    Parameters
    ----------
    question
        What was asked.
    rule
        Name of the rule of decision.
    winners
        Names chosen, in order.
    tied
        Names between which the rule did not decide.
    rounds
        What each name had in each round of the rule.
    filed_by
        The body.
    """

    question: str
    rule: str
    winners: tuple[str, ...]
    filed_by: str
    tied: tuple[str, ...] = ()
    rounds: tuple[Mapping[str, float], ...] = ()

    def __post_init__(self) -> None:
        """Check the form."""
        written(self, "question", "rule", "filed_by")
        once("winners", self.winners)
        once("tied", self.tied)
        if not self.winners and not self.tied:
            raise DataError(say("papers.decision.nobody", question=self.question))
        for counts in self.rounds:
            for name, count in counts.items():
                number("rounds", name, count)


@final
@dataclass(frozen=True, slots=True)
class Entry:
    """One row of returns.csv.

    Parameters
    ----------
    workplace
        Whose row it is.
    entry
        What is stated, one of `ENTRIES`.
    amount
        Units of the good, or hours; 0 or more.
    good
        The good, or the skill of hours; may be blank for hours and metered entries only.
    partner
        The other workplace of a delivery or receipt, blank otherwise.
    """

    workplace: str
    entry: str
    amount: float
    good: str = ""
    partner: str = ""

    def __post_init__(self) -> None:
        """Check the form."""
        written(self, "workplace")
        if self.entry not in ENTRIES:
            near = nearest(self.entry, ENTRIES)
            raise DataError(say("papers.report.entry", found=self.entry, nearest=near))
        if not self.good and self.entry not in {"hours", "metered"}:
            raise DataError(
                say("papers.report.no_good", workplace=self.workplace, entry=self.entry)
            )
        if bool(self.partner) != (self.entry in _BETWEEN):
            key = "no_partner" if self.entry in _BETWEEN else "partner"
            raise DataError(say(f"papers.report.{key}", workplace=self.workplace, entry=self.entry))
        number("amount", self.workplace, self.amount, "amount")


@final
@dataclass(frozen=True, slots=True)
class Report:
    """What one who reports says was made, used and passed on in a period.

    Parameters
    ----------
    period
        Period of the year, as written.
    filed_by
        Who reports.
    entries
        Rows of returns.csv of that period and that reporter.
    """

    period: str
    filed_by: str
    entries: tuple[Entry, ...]

    def __post_init__(self) -> None:
        """Check the form."""
        written(self, "period", "filed_by")


@final
@dataclass(frozen=True, slots=True)
class LateReport:
    """Rows of a report that came when reports were closed. It counts once inspectors have seen it.

    Parameters
    ----------
    period, filed_by
        As in a report.
    workplace
        Whose rows they are.
    entries
        Rows that nobody had filed before.
    """

    period: str
    filed_by: str
    workplace: str
    entries: tuple[Entry, ...]

    def __post_init__(self) -> None:
        """Check the form."""
        written(self, "period", "filed_by", "workplace")
        for entry in self.entries:
            if entry.workplace != self.workplace:
                words = {"workplace": self.workplace, "found": entry.workplace}
                raise DataError(say("papers.late_report.other", **words))


@final
@dataclass(frozen=True, slots=True)
class Complaint:
    """The consumers' word on a good: so much of what a workplace sold was not fit for use.

    Parameters
    ----------
    period
        Period of the year, as written.
    filed_by
        Who complains.
    workplace, good
        Of whose good.
    amount
        Units of the good, above 0.
    text
        What was wrong with it.
    """

    period: str
    filed_by: str
    workplace: str
    good: str
    amount: float
    text: str

    def __post_init__(self) -> None:
        """Check the form."""
        written(self, "period", "filed_by", "workplace", "good", "text")
        number("amount", self.workplace, self.amount, "amount")
        if self.amount == 0:
            raise DataError(say("papers.complaint.nothing", workplace=self.workplace))


@final
@dataclass(frozen=True, slots=True)
class Flag:
    """One thing that reports leave unexplained, to be looked at.

    Parameters
    ----------
    workplace, period
        Where and when.
    kind
        What kind of discrepancy.
    amount, low, high
        Its size and the ends of its interval, units of the good.
    score
        How far it is from what honest error explains, in standard deviations.
    rows
        Rows of the reports that it rests on.
    alternatives
        Other explanations that the same rows allow, the most likely first.
    """

    workplace: str
    period: str
    kind: str
    amount: float
    low: float
    high: float
    score: float
    rows: tuple[str, ...] = ()
    alternatives: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Check the form."""
        written(self, "workplace", "period", "kind")
        for name in ("amount", "low", "high", "score"):
            number(name, self.workplace, getattr(self, name))
        if not self.low <= self.amount <= self.high:
            raise DataError(
                say(
                    "papers.findings.interval",
                    workplace=self.workplace,
                    amount=f"{self.amount:.12g}",
                    low=f"{self.low:.12g}",
                    high=f"{self.high:.12g}",
                )
            )


@final
@dataclass(frozen=True, slots=True)
class GlobalTest:
    """The test of all reports together: statistic, degrees of freedom, and its p-value."""

    statistic: float
    degrees: int
    p: float


@final
@dataclass(frozen=True, slots=True)
class BlindSpot:
    """Kinds of false report of a workplace that these papers cannot show."""

    workplace: str
    kinds: tuple[str, ...]


@final
@dataclass(frozen=True, slots=True)
class Findings:
    """What inspectors found in the reports of a year, and what they cannot see.

    Parameters
    ----------
    filed_by
        Who inspected.
    of_all
        The test of all reports together.
    flags
        What is to be looked at.
    blind_spots
        What cannot be seen.
    expected_false_flags
        Number of flags to expect if every report were honest.
    """

    filed_by: str
    of_all: GlobalTest
    flags: tuple[Flag, ...]
    blind_spots: tuple[BlindSpot, ...]
    expected_false_flags: float

    def __post_init__(self) -> None:
        """Check the form."""
        written(self, "filed_by")
        number("statistic", self.filed_by, self.of_all.statistic, "amount")
        number("degrees", self.filed_by, float(self.of_all.degrees), "amount")
        number("p", self.filed_by, self.of_all.p, "share")
        number("expected_false_flags", self.filed_by, self.expected_false_flags, "amount")


@final
@dataclass(frozen=True, slots=True)
class Settlement:
    """What was added to the returns when a year was renewed, and what is doubtful in them.

    Parameters
    ----------
    filed_by
        Who settled the year.
    imputed
        Reports put in the place of those that lack; `filed_by` says of what they are made.
    doubts
        What whoever reads the books of the next year should know.
    """

    filed_by: str
    imputed: tuple[Report, ...] = ()
    doubts: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Check the form."""
        written(self, "filed_by")


Document: TypeAlias = (
    Returns | Draft | Ballots | Decision | Report | Complaint | Findings | LateReport | Settlement
)
"""A paper that a yearbook can hold."""
