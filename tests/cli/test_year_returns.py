"""Returns in the year by files: what is late, what is partial, what nobody has looked at."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.cli.year_cases import NAME, digests, said, sovplan

from sovplan.cli.yearfiles import log_of
from sovplan.history.years import year_path
from sovplan.records.documents import Findings, LateReport, Report, Settlement
from sovplan.records.yearlog import log_files, replayed

RETURNS = (year_path(NAME) / "returns.csv").read_text("utf-8")
LATE = "".join(
    f"2027,forestry,{row},foresters\n"
    for row in ("made,round_wood,,300", "made,firewood,,120", "hours,land,,600")
)


@pytest.fixture(scope="module")
def adopted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a declared economy whose plan was adopted, before any return."""
    root = tmp_path_factory.mktemp("adopted")
    said("survey", f"{NAME}-corrected", "--economy", NAME, "--out", root / "my-2027")
    said("draft", root / "my-2027", "--aims", "homes-first", "--out", root / "plan")
    adopt = ("--economy", root / "my-2027", "--by", "assembly")
    assert sovplan("allot", root / "plan", *adopt).exit_code == 0
    return root / "my-2027"


@pytest.fixture
def declared(adopted: Path, tmp_path: Path) -> Path:
    shutil.copytree(adopted, tmp_path / "my-2027")
    return tmp_path / "my-2027"


Write = Callable[[str], Path]


@pytest.fixture
def written(tmp_path: Path) -> Write:
    def write(text: str) -> Path:
        (tmp_path / "returns.csv").write_text(text, "utf-8")
        return tmp_path / "returns.csv"

    return write


def kinds(declared: Path) -> list[type]:
    return [type(page) for page in log_of(declared).pages][18:]


# ---- the order of the manual ---------------------------------------------------------------------


def test_after_the_inspection_a_page_of_the_log_says_what_is_imputed(
    declared: Path, tmp_path: Path
) -> None:
    """The order of the manual: inspect --file, then renew."""
    said("inspect", NAME, "--economy", declared, "--file")

    document = said("renew", declared, "--reports", NAME, "--out", tmp_path / "my-2028")

    assert document["doubts"] == []
    assert kinds(declared)[-2:] == [Findings, Settlement]
    settlement = log_of(declared).pages[-1]
    assert isinstance(settlement, Settlement)
    assert [report.filed_by for report in settlement.imputed] == [
        "imputed for forestry from the plan"
    ]
    files = {path.name: path.read_bytes() for path in (declared / "year").iterdir()}
    assert log_files(replayed(files)) == files


def test_a_year_settled_before_the_inspection_can_still_be_inspected(
    declared: Path, tmp_path: Path
) -> None:
    early = sovplan("renew", declared, "--reports", NAME, "--out", tmp_path / "a")
    inspected = sovplan("inspect", NAME, "--economy", declared, "--file")
    again = sovplan("renew", declared, "--reports", NAME, "--out", tmp_path / "b")

    assert (early.exit_code, inspected.exit_code, again.exit_code) == (0, 0, 0)
    assert "no inspection of 2027 is on file" in early.stderr
    assert f"sovplan inspect RETURNS --economy {declared} --file" in early.stderr
    assert "inspection" not in again.stderr
    assert digests(tmp_path / "a") == digests(tmp_path / "b")
    first, last = (page for page in log_of(declared).pages if isinstance(page, Settlement))
    assert first.doubts == ("no inspection of 2027 is on file; the returns are used as they stand",)
    assert last.doubts == ()


# ---- late ----------------------------------------------------------------------------------------


def test_a_return_after_the_findings_is_filed_as_late_and_used_once_it_was_inspected(
    declared: Path, tmp_path: Path, written: Write
) -> None:
    said("inspect", NAME, "--economy", declared, "--file")
    whole = written(RETURNS + LATE)

    before = said("renew", declared, "--reports", whole, "--out", tmp_path / "a")
    said("inspect", whole, "--economy", declared, "--file")
    after = said("renew", declared, "--reports", whole, "--out", tmp_path / "b")

    assert [mark["workplace"] for mark in before["imputed"]] == ["forestry"]
    assert [(doubt["kind"], doubt["workplace"]) for doubt in before["doubts"]] == [
        ("late", "forestry")
    ]
    assert after["imputed"] == []
    assert "late" not in {doubt["kind"] for doubt in after["doubts"]}
    assert after["rows"] == before["rows"] + 3
    assert kinds(declared)[-5:] == [Findings, LateReport, Settlement, Findings, Settlement]
    assert digests(tmp_path / "a") != digests(tmp_path / "b")


def test_late_rows_alone_do_not_put_the_others_out_of_sight(
    declared: Path, tmp_path: Path, written: Write
) -> None:
    wrong = RETURNS.replace("farm,made,grain,,33.895", "farm,made,grain,,60")
    said("inspect", written(wrong), "--economy", declared, "--file")
    alone = written(RETURNS.splitlines()[0] + "\n" + LATE)

    found = said("inspect", alone, "--economy", declared, "--file")
    document = said("renew", declared, "--reports", alone, "--out", tmp_path / "a")

    assert "farm" in {flag["workplace"] for flag in found["findings"]}
    assert document["imputed"] == []


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            "farm,made,grain,,33.895",
            "farm,made,grain,,35",
            "grain is 33.895 by council of the farm",
        ),
        (",miller\n", ",millers\n", "by miller on file, and now 274.03 by millers"),
    ],
)
@pytest.mark.parametrize("command", ["renew", "inspect"])
def test_returns_changed_after_the_inspection_are_refused_with_what_to_do(
    command: str, old: str, new: str, told: str, declared: Path, tmp_path: Path, written: Write
) -> None:
    said("inspect", NAME, "--economy", declared, "--file")
    changed = written(RETURNS.replace(old, new))
    before = digests(declared)
    words = {
        "renew": ("renew", declared, "--reports", changed, "--out", tmp_path / "b"),
        "inspect": ("inspect", changed, "--economy", declared, "--file"),
    }

    done = sovplan(*words[command])

    assert done.exit_code == 2
    assert told in done.stderr
    assert "survey of 2028 (kind stock or capacity)" in done.stderr
    assert digests(declared) == before
    assert not (tmp_path / "b").exists()


def test_a_typing_error_can_be_put_right_until_inspectors_have_looked(
    declared: Path, tmp_path: Path, written: Write
) -> None:
    wrong = written(RETURNS.replace("farm,made,grain,,33.895", "farm,made,grain,,338.95"))
    said("renew", declared, "--reports", wrong, "--out", tmp_path / "a")

    said("renew", declared, "--reports", NAME, "--out", tmp_path / "b")

    farm = [page for page in log_of(declared).book.in_force()
            if isinstance(page, Report) and page.filed_by == "council of the farm"]  # fmt: skip
    assert [
        row.amount for row in farm[0].entries if (row.entry, row.good) == ("made", "grain")
    ] == [33.895]
    assert len(farm) == 1


# ---- doubtful ------------------------------------------------------------------------------------


def test_a_partial_return_is_named_with_what_it_lacks(
    declared: Path, tmp_path: Path, written: Write
) -> None:
    one = written(RETURNS.splitlines()[0] + "\n2027,farm,made,grain,,33.9,council of the farm\n")

    done = sovplan("renew", declared, "--reports", one, "--out", tmp_path / "a")

    assert done.exit_code == 0
    (line,) = (line for line in done.stderr.splitlines() if "the return is partial" in line)
    assert line.startswith("! farm, 2027: ")
    for words in ("making vegetables", "manure", "hours worked (2027)"):
        assert words in line
    settlement = log_of(declared).pages[-1]
    assert isinstance(settlement, Settlement)
    assert line.removeprefix("! ") in settlement.doubts


def test_the_returns_of_the_example_are_whole(declared: Path, tmp_path: Path) -> None:
    document = said("renew", declared, "--reports", NAME, "--out", tmp_path / "a")

    assert [doubt["kind"] for doubt in document["doubts"]] == ["unseen"]


def test_figures_with_findings_against_them_are_not_used_without_a_word(
    declared: Path, tmp_path: Path, written: Write
) -> None:
    absurd = written(RETURNS.replace("farm,made,grain,,33.895", "farm,made,grain,,1e9"))
    said("inspect", absurd, "--economy", declared, "--file")

    done = sovplan("renew", declared, "--reports", absurd, "--out", tmp_path / "a")

    assert done.exit_code == 0
    assert "! farm: a finding is on file (output, 1 000 000 000, 2027)" in done.stderr.replace(
        "\N{THIN SPACE}", " "
    ).replace("\N{NARROW NO-BREAK SPACE}", " ")
    settlement = log_of(declared).pages[-1]
    assert isinstance(settlement, Settlement)
    assert [text[:24] for text in settlement.doubts] == ["farm: a finding is on fi"]
