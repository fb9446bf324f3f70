"""Runs of the planning year: run again from what a run wrote, and put side by side."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from sovplan.cli.app import app
from sovplan.history.economies import folder_path
from sovplan.regimes.catalogue import FOLDER

YEARS = ("--years", 2)


def sovplan(*words: object) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words])


def said(result: Result) -> str:
    return " ".join(result.output.split())


def ran(out: Path, scenario: object = "two-goods", *words: object) -> Path:
    done = sovplan("run", scenario, "--threads", 1, "--out", out, *words)
    assert done.exit_code == 0, done.output
    return out


def files(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def regime(folder: Path, change: Callable[[str], str] = str) -> Path:
    """Write a regime of one's own: renewed_councils with one change."""
    text = (FOLDER / "renewed_councils.toml").read_text("utf-8")
    mine = folder / "mine.toml"
    mine.write_text(change(text.replace('"renewed_councils"', '"mine"', 1)), "utf-8")
    return mine


def longer(text: str) -> str:
    """Lengthen the working day in the first article on hours."""
    head, mark, tail = text.partition("[[hours]]")
    assert "\nvalue = 0.87\n" in tail
    return head + mark + tail.replace("\nvalue = 0.87\n", "\nvalue = 0.95\n", 1)


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with runs of one regime: `as-is`, and `longer` with a longer day."""
    folder = tmp_path_factory.mktemp("runs")
    words = (*YEARS, "--people", 60, "--seed", 4)
    ran(folder / "as-is", "two-goods", *words, "--regime", regime(folder))
    ran(folder / "longer", "two-goods", *words, "--regime", regime(folder, longer))
    return folder


# ---- run again -----------------------------------------------------------------------------------


def test_what_a_run_wrote_runs_again_to_the_byte(runs: Path, tmp_path: Path) -> None:
    again = ran(tmp_path / "again", runs / "as-is" / "scenario.toml")

    assert files(again) == files(runs / "as-is"), "its regime was a file that is not named again"


def test_a_scenario_of_the_package_runs_again_to_the_byte(tmp_path: Path) -> None:
    first = ran(tmp_path / "a", "two-goods", "--years", 1, "--people", 40, "--seed", 9)

    assert files(ran(tmp_path / "b", first / "scenario.toml")) == files(first)


def test_options_go_before_what_the_file_says(runs: Path) -> None:
    done = sovplan(
        *("run", runs / "as-is" / "scenario.toml", "--seed", 5, "--years", 1, "--json"),
        *("--regime", "councils_isolated"),
    )

    document = json.loads(done.stdout)
    assert (document["seed"], document["regimes"]) == (5, ["councils_isolated"])
    assert len(document["years"]) == 1


def test_what_is_not_read_or_has_changed_is_said(runs: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    shutil.copytree(folder_path("two-goods"), home)
    text = (runs / "as-is" / "scenario.toml").read_text("utf-8")
    for old, new in (
        ("hours = 0.87", "hours = 0.95"),
        ("e_food = 0.16", "e_food = 0.2"),
        ('economy = "two-goods"', f"economy = {json.dumps(str(home))}"),
    ):
        assert old in text
        text = text.replace(old, new)
    (home / "goods.csv").write_text(
        (home / "goods.csv").read_text("utf-8").replace("Grain", "Rye"), "utf-8"
    )
    mine = tmp_path / "edited.toml"
    mine.write_text(text, "utf-8")

    done = sovplan("run", mine, "--regime", regime(tmp_path), "--json")

    assert done.exit_code == 0, done.output
    told = " ".join(done.stderr.split())
    assert "edited.toml was written for another state of the economy" in told
    assert "edited.toml sets the parameter e_food to 0.2; its source is given for 0.16" in told
    assert "hours of mine is 0.95 in years 1 to 2; a scenario's institutions are not read" in told
    assert told.count("not read") == 1


def test_a_run_that_is_run_again_unchanged_says_nothing_more(runs: Path) -> None:
    done = sovplan("run", runs / "as-is" / "scenario.toml", "--years", 1, "--json")

    assert done.exit_code == 0
    assert done.stderr == ""


def test_a_regime_that_was_a_file_and_is_not_there_is_refused(runs: Path, tmp_path: Path) -> None:
    alone = tmp_path / "alone.toml"
    alone.write_bytes((runs / "as-is" / "scenario.toml").read_bytes())

    done = sovplan("run", alone)

    assert done.exit_code == 2
    assert "mine" in said(done)


# ---- side by side --------------------------------------------------------------------------------


def test_the_one_institution_that_differs_is_named(runs: Path) -> None:
    done = sovplan("compare", runs / "as-is", runs / "longer")

    assert done.exit_code == 0, done.output
    assert "Only the institution hours of mine differs: 0.87 -> 0.95 (years 1 to 2)." in said(done)
    assert "mine: as-is and longer part in year 1" in said(done)
    for name in ("plan kept, as reported", "mine, mean of years 1 to 2", "output in year 2"):
        assert name in said(done)


def test_the_document_holds_the_numbers_of_the_runs(runs: Path) -> None:
    done = sovplan("compare", runs / "as-is", runs / "longer", "--json")

    (found,) = json.loads(done.stdout)["comparisons"]
    assert (found["before"], found["after"], found["years"]) == ("as-is", "longer", [1, 2])
    assert [(each["name"], each["before"], each["after"]) for each in found["given"]] == [
        ("hours", "0.87", "0.95")
    ]
    (held,) = found["regimes"]
    (worth,) = [row for row in held["series"] if row["series"] == "output_worth"]
    assert worth["last"]["after"] > worth["last"]["before"], "a longer day makes more"
    assert worth["last"]["difference"] == pytest.approx(
        worth["last"]["after"] - worth["last"]["before"]
    )
    assert held["goods"]


def test_a_longer_run_begins_as_the_shorter_one(runs: Path, tmp_path: Path) -> None:
    file = runs / "as-is" / "scenario.toml"
    short = ran(tmp_path / "short", file, "--years", 1)

    done = sovplan("compare", runs / "as-is", short)

    assert "Only the span of years differs: years 1 to 2 -> year 1." in said(done)
    assert "all numbers of the years in common are the same" in said(done)


def test_each_run_is_held_against_the_first(runs: Path, tmp_path: Path) -> None:
    same = tmp_path / "longer"
    shutil.copytree(runs / "longer", same)

    done = sovplan("compare", runs / "as-is", runs / "longer", same, "--json")

    found = json.loads(done.stdout)["comparisons"]
    assert [(each["before"], each["after"]) for each in found] == [
        (str(runs / "as-is"), str(runs / "longer")),
        (str(runs / "as-is"), str(same)),
    ], "folders of one name are told apart by their paths"
    assert found[0]["regimes"] == found[1]["regimes"]


def test_runs_and_drafts_are_not_mixed(runs: Path, tmp_path: Path) -> None:
    draft = tmp_path / "plan"
    assert sovplan("draft", "two-goods", "--years", 1, "--out", draft).exit_code == 0

    for folders in ((runs / "as-is", draft), (draft, runs / "as-is")):
        done = sovplan("compare", *folders)
        assert done.exit_code == 2
        assert f"{runs / 'as-is'} is a run, {draft} is a draft" in said(done)

    done = sovplan("compare", runs / "as-is", tmp_path)
    assert done.exit_code == 2
    assert f"{tmp_path} is neither a run nor a draft" in said(done)


def test_a_run_whose_files_were_changed_is_refused(runs: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(runs / "as-is", copy)
    file = copy / "scenario.toml"
    file.write_text(file.read_text("utf-8").replace("seed = 4", "seed = 5"), "utf-8")

    done = sovplan("compare", runs / "as-is", copy)

    assert done.exit_code == 2
    assert f"{file} was changed since" in said(done)
