from dataclasses import dataclass, replace
from typing import final

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from tests.foundation.keys import keys_in, spoken
from tests.records.papers import (
    BALLOTS,
    COMPLAINT,
    DECISION,
    FINDINGS,
    LATE,
    REPORT,
    RETURNS,
    SETTLEMENT,
    draft,
)

from sovplan.foundation.errors import OutOfStage
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
from sovplan.records.returns import Returns
from sovplan.records.yearbook import Stage, Yearbook, author_of

DRAFT = draft()
YEAR: list[Document] = [
    RETURNS, DRAFT, BALLOTS, DECISION, REPORT, COMPLAINT, FINDINGS, LATE, SETTLEMENT,
]  # fmt: skip
FULL = Yearbook(2001).file(*YEAR)


def upto(kind: type) -> Yearbook:
    """Return a book that ends with the first paper of a kind."""
    place = next(n for n, paper in enumerate(YEAR) if isinstance(paper, kind))
    return Yearbook(2001).file(*YEAR[: place + 1])


def test_a_year_is_filed_from_survey_to_inspection() -> None:
    stages: list[Stage | None] = [Yearbook(2001).stage]
    book = Yearbook(2001)
    for paper in YEAR:
        book = book.file(paper)
        stages.append(book.stage)

    assert stages == [
        None, "survey", "draft", "decide", "decide", "carry out", "carry out", "inspect",
        "inspect", "renew",
    ]  # fmt: skip
    assert list(book.pages) == list(book.in_force()) == YEAR


def test_filing_leaves_the_book_as_it_was() -> None:
    book = upto(Returns)

    longer = book.file(DRAFT)

    assert len(book.pages) == 1
    assert len(longer.pages) == 2


# each kind, and the last paper of a book in which it is refused
EARLY = [
    (DRAFT, None), (BALLOTS, None), (DECISION, None), (REPORT, None), (COMPLAINT, None),
    (FINDINGS, None), (LATE, None), (LATE, Report), (SETTLEMENT, Decision), (BALLOTS, Returns),
    (DECISION, Returns), (REPORT, Draft),
    (REPORT, Ballots), (COMPLAINT, Draft), (FINDINGS, Ballots), (FINDINGS, Decision),
]  # fmt: skip
PAST = [
    (RETURNS, Draft), (RETURNS, Ballots), (RETURNS, Findings), (DRAFT, Ballots), (DRAFT, Decision),
    (DRAFT, Findings), (BALLOTS, Decision), (BALLOTS, Report), (DECISION, Report),
    (DECISION, Complaint), (REPORT, Findings), (COMPLAINT, Findings), (REPORT, Settlement),
    (DECISION, Settlement),
]  # fmt: skip


@pytest.mark.parametrize(("paper", "last"), EARLY)
def test_a_paper_before_its_stage_is_refused(paper: Document, last: type | None) -> None:
    book = upto(last) if last else Yearbook(2001)

    with pytest.raises(OutOfStage) as refused:
        book.file(paper)

    assert spoken("papers.yearbook.early", str(refused.value))
    assert str(refused.value).startswith("2001: ")
    assert author_of(paper) in str(refused.value)


@pytest.mark.parametrize(("paper", "last"), PAST)
def test_a_paper_after_its_stage_is_refused(paper: Document, last: type) -> None:
    with pytest.raises(OutOfStage) as refused:
        upto(last).file(paper)

    assert spoken("papers.yearbook.late", str(refused.value))


def test_the_refusal_says_what_is_wanting() -> None:
    with pytest.raises(OutOfStage) as refused:
        upto(Returns).file(DECISION)

    assert str(refused.value) == (
        '2001: decision by congress belongs to the stage "decide", which has not begun; '
        "draft must be filed first"
    )


def test_reports_stay_open_until_findings_close_them_whoever_settles_the_year() -> None:
    settled = upto(Complaint).file(SETTLEMENT)
    corrected = replace(REPORT, entries=())

    book = settled.file(corrected, FINDINGS)

    assert settled.stage == "renew"
    assert [type(paper) for paper in book.in_force()][-4:] == [
        Complaint, Settlement, Report, Findings,
    ]  # fmt: skip
    with pytest.raises(OutOfStage, match="cannot follow findings"):
        book.file(SETTLEMENT, REPORT)


def test_what_comes_late_adds_to_what_came_late_before() -> None:
    other = replace(LATE, entries=())

    book = FULL.file(other, LATE, FINDINGS, SETTLEMENT)

    held = list(book.in_force())
    assert {id(paper) for paper in held if isinstance(paper, LateReport)} == {id(other), id(LATE)}
    assert held[-2:] == [FINDINGS, SETTLEMENT]


def test_inspection_needs_a_report_and_not_only_complaints() -> None:
    with pytest.raises(OutOfStage, match="report must be filed first"):
        upto(Decision).file(COMPLAINT, FINDINGS)


def test_a_body_may_decide_without_asking_anybody() -> None:
    book = upto(Draft).file(DECISION)

    assert book.stage == "decide"
    with pytest.raises(OutOfStage):
        book.file(BALLOTS)


def test_all_or_none_of_several_papers_are_filed() -> None:
    book = upto(Decision)

    with pytest.raises(OutOfStage):
        book.file(REPORT, RETURNS)

    assert len(book.pages) == 4


def test_a_book_cannot_be_put_together_out_of_order() -> None:
    with pytest.raises(OutOfStage):
        Yearbook(2001, (DRAFT, RETURNS))
    with pytest.raises(OutOfStage):
        Yearbook(2001, (RETURNS, DRAFT, REPORT))


def test_a_correction_holds_and_the_old_page_stays() -> None:
    corrected = replace(REPORT, entries=())

    book = upto(Report).file(corrected, COMPLAINT)

    assert book.pages[4] is REPORT
    assert book.superseded == {4}
    assert list(book.in_force())[-2:] == [corrected, COMPLAINT]


def test_a_correction_comes_too_late_once_the_stage_is_closed() -> None:
    with pytest.raises(OutOfStage, match="report by mill"):
        FULL.file(replace(REPORT, entries=()))


OTHERS: list[tuple[Document, Document]] = [
    (RETURNS, replace(RETURNS, filed_by="statistical office")),
    (DRAFT, replace(DRAFT, method="harmony")),
    (DRAFT, replace(DRAFT, aims=replace(DRAFT.aims, name="other"))),
    (BALLOTS, replace(BALLOTS, question="Which day?")),
    (DECISION, replace(DECISION, filed_by="assembly")),
    (REPORT, replace(REPORT, period="1929-2")),
    (COMPLAINT, replace(COMPLAINT, good="oil")),
    (FINDINGS, replace(FINDINGS, filed_by="union")),
    (LATE, replace(LATE, workplace="farm", entries=())),
    (SETTLEMENT, replace(SETTLEMENT, filed_by="office")),
]


@pytest.mark.parametrize(("paper", "other"), OTHERS)
def test_a_paper_of_another_author_or_on_another_matter_corrects_nothing(
    paper: Document, other: Document
) -> None:
    book = upto(type(paper)).file(other)

    assert book.superseded == set()
    assert list(book.in_force())[-2:] == [paper, other]


@pytest.mark.parametrize("paper", YEAR)
def test_a_paper_filed_twice_holds_once(paper: Document) -> None:
    book = upto(type(paper)).file(paper, paper)

    assert len(book.superseded) == 2
    assert sum(type(found) is type(paper) for found in book.in_force()) == 1


def test_every_message_of_the_yearbook_has_been_reached() -> None:
    assert {key for key in keys_in("records/yearbook.py") if ".stage." not in key} == {
        "papers.yearbook.early",
        "papers.yearbook.late",
    }


# ---- whatever is filed, the book is in order ----------------------------------------------------

ORDER: dict[type, int] = {
    Returns: 0, Draft: 1, Ballots: 2, Decision: 3, Report: 4, Complaint: 4, Settlement: 4,
    Findings: 5, LateReport: 5,
}  # fmt: skip
UNTIL = ORDER | {Settlement: 5}
BEFORE: dict[type, type] = {
    Draft: Returns,
    Ballots: Draft,
    Decision: Draft,
    Report: Decision,
    Complaint: Decision,
    Findings: Report,
    LateReport: Findings,
    Settlement: Report,
}


@final
@dataclass(frozen=True)
class Key:
    """What a page is about, reckoned apart from the book."""

    kind: type
    author: str
    matter: str


def keyed(paper: Document, author: str, matter: str) -> tuple[Key, Document]:
    key = Key(type(paper), author, matter)
    match paper:
        case Draft():
            return key, replace(paper, method=author, aims=replace(paper.aims, name=matter))
        case Returns() | Findings() | Settlement():
            return replace(key, matter=""), replace(paper, filed_by=author)
        case Report() | Complaint() | LateReport():
            return key, replace(paper, filed_by=author, period=matter)
        case _:
            return key, replace(paper, filed_by=author, question=matter)


class Filing(RuleBasedStateMachine):
    """Anybody files anything at any time; a plain list keeps what should have been taken."""

    def __init__(self) -> None:
        super().__init__()
        self.book = Yearbook(2001)
        self.taken: list[tuple[Key, Document]] = []

    @rule(
        paper=st.sampled_from(YEAR),
        author=st.sampled_from(["a", "b"]),
        matter=st.sampled_from(["x", "y"]),
    )
    def file(self, paper: Document, author: str, matter: str) -> None:
        key, made = keyed(paper, author, matter)
        before = self.book
        try:
            self.book = before.file(made)
        except OutOfStage:
            assert not self.allowed(key.kind)
            assert self.book is before
        else:
            assert self.allowed(key.kind)
            self.taken.append((key, made))

    @precondition(lambda self: len(self.taken) < 12)
    @rule(papers=st.lists(st.sampled_from(YEAR), max_size=4))
    def file_several(self, papers: list[Document]) -> None:
        pairs = [keyed(paper, "a", "x") for paper in papers]
        before, kept = self.book, list(self.taken)
        fits = True
        for pair in pairs:
            fits = fits and self.allowed(pair[0].kind)
            self.taken.append(pair)
        if not fits:
            self.taken = kept
            with pytest.raises(OutOfStage):
                before.file(*(paper for _, paper in pairs))
        else:
            self.book = before.file(*(paper for _, paper in pairs))

    def allowed(self, kind: type) -> bool:
        kinds = [key.kind for key, _ in self.taken]
        past = bool(kinds) and UNTIL[kind] < max(ORDER[filed] for filed in kinds)
        return not past and (kind not in BEFORE or BEFORE[kind] in kinds)

    @invariant()
    def the_book_holds_what_was_taken_in_its_order(self) -> None:
        assert list(self.book.pages) == [paper for _, paper in self.taken]

    @invariant()
    def no_page_stands_before_its_stage(self) -> None:
        kinds = [type(page) for page in self.book.pages]
        for place, kind in enumerate(kinds):
            assert all(ORDER[before] <= UNTIL[kind] for before in kinds[:place])

    @invariant()
    def of_each_matter_the_last_paper_holds(self) -> None:
        newest = dict(self.taken)
        held = list(self.book.in_force())
        assert len(held) == len(newest)
        assert all(any(paper is found for found in held) for paper in newest.values())


TestFiling = Filing.TestCase
