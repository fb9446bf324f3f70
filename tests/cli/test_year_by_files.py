"""A planning year of the federation by files, from the surveys to the books of the next year."""

import csv
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from tests.cli.year_cases import NAME, WORKPLACES, digests, said, sovplan

from sovplan.cli.yearfiles import log_of, read_plan
from sovplan.history.years import year_path
from sovplan.records.documents import Decision, Report, Settlement
from sovplan.records.draft import Draft
from sovplan.records.returns import Returns
from sovplan.records.survey import Survey
from sovplan.records.worksheet import CELLS
from sovplan.records.yearlog import log_files, replayed


@dataclass(frozen=True)
class Year:
    """What a year by files left on disk and said."""

    root: Path
    first: dict[str, Any]
    corrected: dict[str, Any]
    renewed: dict[str, Any]

    def __truediv__(self, name: str) -> Path:
        return self.root / name


def whole_year(root: Path) -> Year:
    """Run the year of the manual."""
    declared, plan, following = root / "my-2027", root / "plan", root / "my-2028"
    first = said("survey", NAME, "--economy", NAME, "--out", declared, code=1)
    corrected = said("survey", f"{NAME}-corrected", "--economy", NAME, "--out", declared)
    said("draft", declared, "--aims", "homes-first", "--out", plan)
    adopt = ("--economy", declared, "--by", "assembly")
    assert sovplan("allot", plan, "--out", root / "sheets", *adopt).exit_code == 0
    renewed = said("renew", declared, "--reports", NAME, "--out", following)
    return Year(root, first, corrected, renewed)


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Year:
    return whole_year(tmp_path_factory.mktemp("year"))


# ---- survey --------------------------------------------------------------------------------------


def test_contradictory_surveys_are_named_with_both_sides(year: Year) -> None:
    found = {one["name"]: one for one in year.first["contradictions"]}

    pairs = {name: {one["supplier"], one["user"]} for name, one in found.items()}
    assert pairs == {
        "hall": {"carpentry", "shoe_workshop"},
        "leather": {"carpentry", "shoe_workshop"},
        "housing": {"building_crew", "consumers"},
    }
    assert all(one["supplier"] in one["text"] and one["user"] in one["text"]
               for one in found.values())  # fmt: skip
    assert year.corrected["contradictions"] == []


def test_corrected_surveys_supersede_and_all_stay_on_file(year: Year) -> None:
    log = log_of(year / "my-2027")

    assert year.first["surveys"] == year.corrected["surveys"] == WORKPLACES + 1
    assert sum(isinstance(page, Survey) for page in log.pages) == WORKPLACES + 1 + 3
    assert len(log.surveys) == WORKPLACES + 1
    carpentry = next(paper for paper in log.surveys if paper.workplace == "carpentry")
    assert [row.amount for row in carpentry.rows if row.name == "hall"] == [8.0]


def test_the_declared_economy_passes_check_and_keeps_its_ranges(year: Year) -> None:
    assert said("check", year / "my-2027")["errors"] == 0
    goods = (year / "my-2027" / "goods.csv").read_text("utf-8")
    assert 'grain,"Grain (wheat, rye, barley)",t,7.4,' in goods
    assert ",declared," in goods


def test_a_survey_after_the_draft_is_refused_and_nothing_changes(year: Year) -> None:
    before = digests(year / "my-2027")

    done = sovplan("survey", NAME, "--economy", NAME, "--out", year / "my-2027")

    assert done.exit_code == 2
    assert "comes after the drafts" in done.stderr
    assert "Nothing was written." in done.stderr
    assert digests(year / "my-2027") == before


def test_all_that_is_wrong_in_surveys_is_said_at_once(tmp_path: Path) -> None:
    folder = tmp_path / "surveys"
    shutil.copytree(year_path(NAME), folder)
    for name, old, new in (
        ("bakery", "flour", "flower"),
        ("farm", "2027,farm,stock,,grain", "2026,farm,stock,,grain"),
        ("dairy", ",21,", ",many,"),
    ):
        path = folder / f"survey-{name}.csv"
        assert old in path.read_text("utf-8")
        path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")

    done = sovplan("survey", folder, "--economy", NAME, "--out", tmp_path / "out")
    (folder / "survey-dairy.csv").unlink()
    again = sovplan("survey", folder, "--economy", NAME, "--out", tmp_path / "out")

    assert done.exit_code == again.exit_code == 2
    assert '"many" is not a number' in done.stderr
    for words in ('survey-bakery.csv, row 3, "name"', 'survey-farm.csv, row 4, "period"'):
        assert words in again.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["SURVEYS", "--out", "OUT"], "say with --economy"),
        (["EMPTY", "--economy", NAME, "--out", "OUT"], "holds no survey"),
        (["nowhere", "--economy", NAME, "--out", "OUT"], 'no folder "nowhere"'),
        (["SURVEYS", "--economy", "BOOKS", "--out", "BOOKS"], "to another folder"),
        (["SURVEYS", "--economy", NAME, "--out", "FULL"], "already holds files"),
    ],
)
def test_surveys_go_into_books_and_to_an_empty_folder(
    words: list[str], message: str, tmp_path: Path
) -> None:
    shutil.copytree(year_path(NAME), tmp_path / "SURVEYS")
    shutil.copytree(year_path(NAME), tmp_path / "FULL")
    for name in ("EMPTY", "BOOKS"):
        (tmp_path / name).mkdir()
    before = digests(tmp_path)

    places = [tmp_path / word if word.isupper() else word for word in words]
    done = sovplan("survey", *places)

    assert done.exit_code == 2
    assert message in done.stderr
    assert digests(tmp_path) == before


def test_surveys_beside_the_books_need_no_economy_named(tmp_path: Path) -> None:
    books = tmp_path / "books"
    shutil.copytree(year_path(f"{NAME}-corrected"), books)
    assert sovplan("new", tmp_path / "unused").exit_code == 0
    economy = Path(year_path(NAME)).parents[1] / "economies" / NAME
    shutil.copytree(economy, books, dirs_exist_ok=True)

    document = said("survey", books, "--out", tmp_path / "out")

    assert (document["year"], document["surveys"]) == (2027, 3)


# ---- allot ---------------------------------------------------------------------------------------


def test_sheets_are_written_as_tables_and_pages(year: Year) -> None:
    names = {path.stem for path in (year / "sheets").iterdir()} - {"manifest"}

    assert len(names) == WORKPLACES + 3  # the store, trade, and all sheets together
    for name in names - {"sheets"}:
        text = (year / "sheets" / f"{name}.csv").read_text("utf-8")
        head, *rows = csv.reader(text.splitlines())
        assert head == list(CELLS)
        lines = {tuple(row[:7]) for row in rows}
        page = (year / "sheets" / f"{name}.html").read_text("utf-8")
        assert page.count('<th scope="row">') == len(lines), "a line of the page for all its days"
        assert "@page { size: A4; }" in page
    whole = (year / "sheets" / "sheets.csv").read_text("utf-8").splitlines()
    assert len(whole) - 1 == sum(
        len((year / "sheets" / f"{name}.csv").read_text("utf-8").splitlines()) - 1
        for name in names - {"sheets"}
    )


def test_sheets_of_a_later_year_are_asked_for_by_name(year: Year) -> None:
    document = said("allot", year / "plan", "--year", 2029)

    assert document["year"] == 2029
    assert {row["year"] for row in document["sheets"]} == {2029}
    assert sovplan("allot", year / "plan", "--year", 2040).exit_code == 2


def test_a_second_plan_is_not_adopted(year: Year) -> None:
    said("draft", year / "my-2027", "--out", year / "other")
    before = digests(year / "my-2027")

    done = sovplan("allot", year / "other", "--economy", year / "my-2027", "--by", "assembly")

    assert done.exit_code == 2
    assert "on another plan is on file already" in done.stderr
    assert digests(year / "my-2027") == before


def test_a_plan_from_other_surveys_is_not_adopted(year: Year, tmp_path: Path) -> None:
    said("draft", NAME, "--out", tmp_path / "plan")

    done = sovplan("allot", tmp_path / "plan", "--economy", year / "my-2027", "--by", "assembly")

    assert done.exit_code == 2
    assert "not drawn from the surveys on file" in done.stderr


def test_the_adopted_plan_is_the_one_that_was_shared_out(year: Year) -> None:
    adopted, plan = log_of(year / "my-2027").adopted(), read_plan(year / "plan")

    assert adopted is not None
    assert adopted.aims.name == plan.aims.name == "aims-homes-first"
    assert adopted.plan is not None
    assert plan.plan is not None
    assert (adopted.plan.activity == plan.plan.activity).all()


# ---- renew ---------------------------------------------------------------------------------------


def test_a_late_return_is_imputed_and_marked_everywhere(year: Year) -> None:
    mark = {"workplace": "forestry", "period": "2027", "good": "", "basis": "plan"}
    assert year.renewed["imputed"] == [mark]
    assert (year / "my-2028" / "imputed.csv").read_text("utf-8") == (
        "workplace,period,good,basis\nforestry,2027,,plan\n"
    )
    (settlement,) = (p for p in log_of(year / "my-2027").pages if isinstance(p, Settlement))
    (imputed,) = settlement.imputed
    assert imputed.filed_by == "imputed for forestry from the plan"
    assert {row.workplace for row in imputed.entries} == {"forestry"}


def test_the_renewed_folder_passes_check_and_can_be_planned(year: Year) -> None:
    assert said("check", year / "my-2028")["errors"] == 0
    assert (year.renewed["year"], year.renewed["first_year"]) == (2027, 2028)

    draft = said("draft", year / "my-2028", "--aims", "homes-first", "--out", year / "plan-2028")

    assert draft["years"] == [2028, 2029, 2030, 2031, 2032]
    assert draft["status"] == "optimal"


def test_last_years_links_are_taken_over(year: Year) -> None:
    links = (year / "my-2028" / "links.csv").read_text("utf-8")
    assert "grain,farm,grain_mill," in links

    said("draft", year / "my-2028", "--out", year / "plan-b")
    document = said("allot", year / "plan-b")

    rows = [row for row in document["sheets"] if row["entry"] == "receive"]
    pairs = {(row["name"], row["partner"], row["workplace"]) for row in rows}
    assert ("grain", "farm", "grain_mill") in pairs


def test_a_year_without_a_log_is_renewed_from_a_plan(year: Year, tmp_path: Path) -> None:
    said("draft", NAME, "--out", tmp_path / "plan")

    words = ("renew", NAME, "--reports", NAME, "--out", tmp_path / "next")
    document = said(*words, "--plan", tmp_path / "plan")

    assert document["first_year"] == 2028
    wrong = sovplan(*words[:-1], tmp_path / "other", "--plan", year / "plan-none")
    assert wrong.exit_code == 2


# ---- the log -------------------------------------------------------------------------------------


def pages_of(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted((folder / "year").iterdir())}


def test_the_whole_log_replayed_gives_the_same_bytes(year: Year) -> None:
    files = pages_of(year / "my-2027")

    log = replayed(files)

    assert log_files(log) == files
    kinds = [type(page) for page in log.pages]
    assert kinds[:14] == [Survey] * 13 + [Returns]
    assert kinds[14:20] == [Survey] * 3 + [Returns, Draft, Decision]
    assert set(kinds[20:-1]) == {Report}
    assert kinds[-1] is Settlement


def test_the_same_year_twice_gives_the_same_bytes(year: Year, tmp_path: Path) -> None:
    again = whole_year(tmp_path)

    for name in ("my-2027", "my-2028", "sheets"):
        kept = digests(year / name)
        assert digests(again / name) == kept


def test_decisions_on_file_name_the_body(year: Year) -> None:
    (decision,) = (p for p in log_of(year / "my-2027").pages if isinstance(p, Decision))

    assert (decision.filed_by, decision.winners) == ("assembly", ("homes-first",))
