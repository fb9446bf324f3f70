"""The yearbook: the public record of one planning year, and the only way to write in it."""

from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from typing import Final, Literal, assert_never, final

from sovplan.foundation.errors import OutOfStage
from sovplan.foundation.words import say
from sovplan.records.documents import (
    Ballots,
    Complaint,
    Decision,
    Document,
    Findings,
    LateReport,
    Report,
    Settlement,
)
from sovplan.records.draft import Draft
from sovplan.records.paperform import name_of
from sovplan.records.returns import Returns

Stage = Literal["survey", "draft", "decide", "carry out", "inspect", "renew"]


@final
@dataclass(frozen=True, slots=True)
class _Place:
    """Where a kind of paper stands in the year.

    Parameters
    ----------
    stage, step
        Its stage, and the step of the year that its page reaches.
    needs
        The kind of paper that must be on file.
    until
        The last step in which it is taken, if that is not its own.
    """

    stage: Stage
    step: int
    needs: type | None = None
    until: int = 0

    @property
    def last(self) -> int:
        return max(self.step, self.until)


_PLACES: Final[dict[type, _Place]] = {
    Returns: _Place("survey", 0),
    Draft: _Place("draft", 1, Returns),
    Ballots: _Place("decide", 2, Draft),
    Decision: _Place("decide", 3, Draft),
    Report: _Place("carry out", 4, Decision),
    Complaint: _Place("carry out", 4, Decision),
    Settlement: _Place("renew", 4, Report, until=5),
    Findings: _Place("inspect", 5, Report),
    LateReport: _Place("inspect", 5, Findings),
}
"""The order of the year. A page closes the steps before its own: what it rests on stays as it is.

A decision needs drafts but no ballots: not every body that decides has asked anybody. Findings
close the reports: what comes then is a late report, and inspectors may look again. A settlement
says what was added to the reports as they stood, with or without findings. It closes nothing: when
a report is corrected or comes late, the year is settled again.
"""


@final
@dataclass(frozen=True, slots=True, eq=False)
class Yearbook:
    """Papers of a year in the order in which they were filed; no page is torn out or changed.

    A paper filed again by its author, before its step of the year is closed, is a correction: the
    new page holds, and the old one stays and is listed in `superseded`.

    Parameters
    ----------
    year
        The planning year.
    pages
        The papers.

    Raises
    ------
    OutOfStage
        The pages are not in the order of the year.
    """

    year: int
    pages: tuple[Document, ...] = ()

    def __post_init__(self) -> None:
        """Check the order."""
        filed: set[type] = set()
        furthest: type | None = None
        for paper in self.pages:
            kind = type(paper)
            place = _PLACES[kind]
            if furthest is not None and place.last < _PLACES[furthest].step:
                raise OutOfStage(self._refused("late", paper, furthest))
            if place.needs is not None and place.needs not in filed:
                raise OutOfStage(self._refused("early", paper, place.needs))
            filed.add(kind)
            if furthest is None or place.step >= _PLACES[furthest].step:
                furthest = kind

    def _refused(self, key: str, paper: Document, other: type) -> str:
        stage = _PLACES[type(paper)].stage
        return say(
            f"papers.yearbook.{key}",
            year=self.year,
            paper=name_of(type(paper)),
            author=author_of(paper),
            stage=say(f"papers.stage.{stage.replace(' ', '_')}"),
            other=name_of(other),
        )

    def file(self, *papers: Document) -> "Yearbook":
        """Return the book with more pages, in the order given.

        Raises
        ------
        OutOfStage
            The stage of a paper has not begun or is closed; nothing is filed.
        """
        return Yearbook(self.year, (*self.pages, *papers))

    @property
    def stage(self) -> Stage | None:
        """Stage that the year has reached; None before the first page."""
        return _PLACES[type(self.pages[-1])].stage if self.pages else None

    @property
    def superseded(self) -> frozenset[int]:
        """Places of pages whose author has filed a correction."""
        newest = {_subject(paper): place for place, paper in enumerate(self.pages)}
        return frozenset(range(len(self.pages))) - frozenset(newest.values())

    def in_force(self) -> Iterator[Document]:
        """Yield the papers that no correction has superseded, in the order of filing."""
        superseded = self.superseded
        for place, paper in enumerate(self.pages):
            if place not in superseded:
                yield paper


def author_of(paper: Document) -> str:
    """Return who filed a paper; the author of a draft is its method."""
    return paper.method if isinstance(paper, Draft) else paper.filed_by


def _subject(paper: Document) -> Hashable:
    """Return what two papers must share for the later one to be a correction."""
    author = (type(paper).__name__, author_of(paper))
    match paper:
        case Returns() | Findings() | Settlement():
            return author
        case Draft():
            return (*author, paper.economy.name, paper.aims.name)
        case Ballots() | Decision():
            return (*author, paper.question)
        case Report():
            return (*author, paper.period)
        case LateReport():
            # A second one has other rows: it adds to the first.
            return (*author, paper.period, paper.workplace, paper.entries)
        case Complaint():
            return (*author, paper.period, paper.workplace, paper.good)
        case _:
            assert_never(paper)
