"""Decisions in the year by files: who adopts, what is filed with a vote, what is out of stage."""

import shutil
from pathlib import Path

import pytest
from tests.cli.year_cases import NAME, digests, said, sovplan

from sovplan.cli.yearfiles import log_of
from sovplan.records.documents import Findings
from sovplan.records.draft import Draft
from sovplan.records.yearlog import log_files, replayed


@pytest.fixture(scope="module")
def undecided(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with an economy as declared and two plans, before any decision."""
    root = tmp_path_factory.mktemp("undecided")
    said("survey", f"{NAME}-corrected", "--economy", NAME, "--out", root / "declared")
    said("draft", root / "declared", "--out", root / "plan")
    said("draft", root / "declared", "--aims", "homes-first", "--out", root / "homes")
    return root


def test_a_decision_says_whose_it_is(undecided: Path, tmp_path: Path) -> None:
    shutil.copytree(undecided, tmp_path, dirs_exist_ok=True)

    done = sovplan("allot", tmp_path / "plan", "--economy", tmp_path / "declared")

    assert done.exit_code == 2
    assert "--by" in done.stderr


def test_a_vote_is_filed_with_the_plans_and_closes_the_surveys(
    undecided: Path, tmp_path: Path
) -> None:
    shutil.copytree(undecided, tmp_path, dirs_exist_ok=True)
    ballots = tmp_path / "ballots.csv"
    ballots.write_text("voters,1,2\n61,homes-first,needs of the economy\n", "utf-8")
    plans = ("--plan", tmp_path / "plan", "--plan", tmp_path / "homes")
    votes = ("vote", ballots, "--rule", "schulze", "--economy", tmp_path / "declared", *plans)
    filed = (*votes, "--by", "assembly")

    assert sovplan(*filed).exit_code == 0

    pages = log_of(tmp_path / "declared").pages
    assert [page.filed_by for page in pages[-2:] if not isinstance(page, Draft)] == ["assembly"] * 2
    assert [type(page).__name__ for page in pages[-4:]] == ["Draft", "Draft", "Ballots", "Decision"]
    adopted = log_of(tmp_path / "declared").adopted()
    assert adopted is not None
    assert adopted.aims.name == "aims-homes-first"
    assert sovplan("allot", tmp_path / "homes", "--economy", tmp_path / "declared").exit_code == 0
    assert sovplan("allot", tmp_path / "plan", "--economy", tmp_path / "declared").exit_code == 2
    inspected = (
        "inspect",
        NAME,
        "--economy",
        tmp_path / "declared",
        "--file",
        "--by",
        "controllers",
    )
    assert sovplan(*inspected).exit_code == 0
    last = log_of(tmp_path / "declared").pages[-1]
    assert isinstance(last, Findings)
    assert last.filed_by == "controllers"
    files = {path.name: path.read_bytes() for path in (tmp_path / "declared" / "year").iterdir()}
    assert log_files(replayed(files)) == files, "ballots and findings replay to the same bytes"
    before = digests(tmp_path / "declared")
    assert sovplan(*filed).exit_code == 0, "the same papers again are no new pages"
    ballots.write_text("voters,1,2\n61,needs of the economy,homes-first\n", "utf-8")
    assert sovplan(*filed).exit_code == 2, "a vote after the returns is out of stage"
    assert digests(tmp_path / "declared") == before


def test_a_vote_that_is_filed_says_whose_decision_it_is(undecided: Path, tmp_path: Path) -> None:
    ballots = tmp_path / "ballots.csv"
    ballots.write_text("voters,1,2\n61,homes-first,needs of the economy\n", "utf-8")
    plans = ("--plan", undecided / "plan", "--plan", undecided / "homes")
    before = digests(undecided)

    votes = ("vote", ballots, "--rule", "schulze", "--economy", undecided / "declared", *plans)
    done = sovplan(*votes)

    assert done.exit_code == 2
    assert "say with --by" in done.stderr
    assert digests(undecided) == before


@pytest.mark.parametrize(
    ("text", "words", "told"),
    [
        ("1,2\nplan,homes-first\n", ("plan", "homes"), "the ballots name plan"),
        ("1,2\nneeds of the economy,homes-first\n", ("homes",), "needs of the economy, which 0"),
        ("1,2\nneeds of the economy,homes-first\n", (), "go together"),
    ],
)
def test_a_vote_on_what_is_no_plan_is_refused(
    undecided: Path, tmp_path: Path, text: str, words: tuple[str, ...], told: str
) -> None:
    ballots = tmp_path / "ballots.csv"
    ballots.write_text(text, "utf-8")
    plans = [part for word in words for part in ("--plan", undecided / word)]
    before = digests(undecided)

    votes = ("vote", ballots, "--rule", "schulze", "--economy", undecided / "declared", *plans)
    done = sovplan(*votes, "--by", "assembly")

    assert done.exit_code == 2
    assert told in " ".join(done.stderr.split())
    assert digests(undecided) == before


def test_findings_are_filed_in_a_named_folder_only() -> None:
    done = sovplan("inspect", NAME, "--file")

    assert done.exit_code == 2
    assert "--economy" in done.stderr


def test_returns_before_a_decision_are_refused(undecided: Path, tmp_path: Path) -> None:
    shutil.copytree(undecided, tmp_path, dirs_exist_ok=True)
    words = ("renew", tmp_path / "declared", "--reports", NAME, "--out", tmp_path / "next")
    before = digests(tmp_path)

    without = sovplan(*words)
    too_early = sovplan(*words, "--plan", tmp_path / "plan")

    assert without.exit_code == too_early.exit_code == 2
    assert "which plan was adopted" in without.stderr
    assert "has not begun" in too_early.stderr
    assert digests(tmp_path) == before
