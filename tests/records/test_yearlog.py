from pathlib import Path

import pytest
from tests.records.papers import BALLOTS, COMPLAINT, DECISION, FINDINGS, REPORT, RETURNS, draft

from sovplan.foundation.errors import DataError, OutOfStage
from sovplan.records.canon import canonical_bytes
from sovplan.records.documents import Decision
from sovplan.records.survey import Survey, SurveyRow
from sovplan.records.wire import canonical, parsed
from sovplan.records.yearlog import (
    Page,
    YearLog,
    log_files,
    names_of_draft,
    paper_bytes,
    read_log,
    replayed,
    write_log,
)


def survey(amount: float, workplace: str = "mill") -> Survey:
    return Survey("2001", workplace, (SurveyRow("stock", amount, name="steel"),), "council")


DRAFT = draft()
YEAR: list[Page] = [
    survey(1.0), survey(2.0, "farm"), RETURNS, DRAFT, BALLOTS, DECISION, REPORT, COMPLAINT,
    FINDINGS,
]  # fmt: skip
FULL = YearLog(2001).file(*YEAR)


def test_a_year_is_filed_from_survey_to_inspection() -> None:
    assert list(FULL.pages) == YEAR
    assert list(FULL.documents) == list(FULL.book.pages) == YEAR[2:]
    assert FULL.stage == "inspect"
    assert YearLog(2001).stage == YearLog(2001).file(survey(1.0)).stage == "survey"


def test_the_log_replayed_gives_the_same_bytes() -> None:
    files = log_files(FULL)

    again = replayed(files)

    assert log_files(again) == files
    assert [paper_bytes(page) for page in again.pages] == [paper_bytes(page) for page in YEAR]
    assert list(files) == [f"{page:04}.json" for page in range(1, 10)]


def test_a_survey_is_refused_once_a_draft_is_filed() -> None:
    with pytest.raises(OutOfStage, match="mill comes after the drafts"):
        YearLog(2001).file(survey(1.0), RETURNS, DRAFT, survey(1.5))


@pytest.mark.parametrize("place", range(3, 8))
def test_papers_are_refused_before_what_they_rest_on(place: int) -> None:
    with pytest.raises(OutOfStage):
        YearLog(2001).file(survey(1.0), YEAR[place])


@pytest.mark.parametrize("place", range(2, 7))
def test_papers_are_refused_after_their_step_is_closed(place: int) -> None:
    with pytest.raises(OutOfStage):
        YearLog(2001, (*FULL.pages, YEAR[place]))


def test_a_survey_corrected_before_the_drafts_supersedes() -> None:
    log = YearLog(2001).file(survey(1.0), survey(2.0, "farm"), RETURNS, survey(1.5))

    assert [paper.rows[0].amount for paper in log.surveys] == [1.5, 2.0]
    assert len(log.pages) == 4


def test_a_correction_is_merged_before_anything_rests_on_it() -> None:
    log = YearLog(2001).file(survey(1.0), RETURNS, survey(1.5))

    with pytest.raises(OutOfStage, match="merge them again"):
        log.file(DRAFT)
    again = type(RETURNS)(RETURNS.declared, "a second time")
    assert log.file(again, DRAFT).stage == "draft"


def test_the_same_paper_is_not_filed_twice() -> None:
    log = YearLog(2001).file(survey(1.0), survey(1.0), RETURNS)

    assert log.file(survey(1.0), RETURNS).pages == log.pages
    assert FULL.file(REPORT).pages == FULL.pages


def test_a_paper_taken_back_to_an_earlier_text_is_a_new_page() -> None:
    log = YearLog(2001).file(survey(1.0), survey(1.5), survey(1.0))

    assert len(log.pages) == 3
    assert log.surveys[0].rows[0].amount == 1.0


def test_nothing_is_filed_when_one_paper_is_refused() -> None:
    log = YearLog(2001).file(survey(1.0), RETURNS)

    with pytest.raises(OutOfStage):
        log.file(DRAFT, survey(3.0))
    assert len(log.pages) == 2


# ---- on file -------------------------------------------------------------------------------------


def test_pages_are_added_and_never_written_again(tmp_path: Path) -> None:
    write_log(tmp_path, YearLog(2001).file(*YEAR[:3]))
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "year").iterdir()}

    write_log(tmp_path, FULL)

    assert {path: path.stat().st_mtime_ns for path in before} == before
    read = read_log(tmp_path)
    assert read is not None
    assert log_files(read) == log_files(FULL)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["year"]


def test_no_log_is_no_log(tmp_path: Path) -> None:
    assert read_log(tmp_path) is None


def test_a_log_that_goes_on_differently_is_refused(tmp_path: Path) -> None:
    write_log(tmp_path, YearLog(2001).file(survey(1.0), RETURNS))

    with pytest.raises(DataError, match="goes on differently"):
        write_log(tmp_path, YearLog(2001).file(survey(2.0), RETURNS))


def spoiled(page: int, old: bytes, new: bytes) -> dict[str, bytes]:
    files = log_files(FULL)
    name = f"{page:04}.json"
    assert old in files[name]
    return files | {name: files[name].replace(old, new)}


@pytest.mark.parametrize(
    "files",
    [
        spoiled(1, b'"amount":1', b'"amount":2'),
        spoiled(2, b'"year":2001', b'"year":2002'),
        spoiled(2, b'"page":2', b'"page":3'),
        spoiled(1, b'"page":1,', b'"page": 1,'),
        {name: content for name, content in log_files(FULL).items() if name != "0002.json"},
    ],
)
def test_a_page_changed_or_taken_out_is_noticed(files: dict[str, bytes]) -> None:
    with pytest.raises(DataError, match=r"page \d{4}.json of the log"):
        replayed(files)


def test_a_page_that_is_no_paper_of_a_year_is_refused() -> None:
    economy = parsed(canonical_bytes(RETURNS.declared))
    page = canonical({"page": 1, "paper": economy, "previous": "", "year": 2001})

    with pytest.raises(DataError, match='"economy", which no log holds'):
        replayed({"0001.json": page})


def test_a_survey_of_another_version_is_refused() -> None:
    paper = parsed(paper_bytes(survey(1.0))) | {"version": 2}
    page = canonical({"page": 1, "paper": paper, "previous": "", "year": 2001})

    with pytest.raises(DataError, match="version 2"):
        replayed({"0001.json": page})


def test_an_empty_log_is_refused() -> None:
    with pytest.raises(DataError, match="holds no pages"):
        replayed({})


# ---- which plan was adopted ----------------------------------------------------------------------


def decision(*winners: str) -> Decision:
    return Decision("Which plan?", "told", winners, "assembly")


def test_the_adopted_plan_is_the_one_the_decision_names() -> None:
    begun = YearLog(2001).file(survey(1.0), RETURNS, DRAFT)
    assert begun.adopted() is DRAFT

    both = begun.file(draft("infeasible"))
    assert both.adopted() is None
    assert both.file(decision("full")).adopted() is DRAFT
    assert both.file(decision("nothing of the kind")).adopted() is None
    assert "full" in names_of_draft(DRAFT)
