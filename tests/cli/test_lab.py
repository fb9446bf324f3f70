import json
from pathlib import Path

from typer.testing import CliRunner

from sovplan.cli.app import app


def test_validate_prints_a_table_and_a_score() -> None:
    done = CliRunner().invoke(app, ["lab", "validate"])

    assert done.exit_code == 0
    assert "V02  GNP 1929-33: flat after 1930: met, " in done.stdout
    assert "V01  GDP per head 1921-28 on 1928: met, 6 of 7 points within\n" in done.stdout
    assert "1 of 1 point within, 2 held out" in done.stdout
    assert "A pattern is met if 80" in done.stdout
    assert "V03" in done.stdout
    assert "8 of 16 patterns met" in done.stdout
    assert "no test of the model: V15." in done.stdout
    assert "set by paths given from history: coll_pressure, exit_allowed" in done.stdout
    peaks = [line for line in done.stdout.splitlines() if line.startswith("peak ")]
    assert [line.count(" quarter") for line in peaks] == [3, 3]
    assert "1923, 4th quarter" in peaks[0]


def test_validate_prints_one_document() -> None:
    done = CliRunner().invoke(app, ["lab", "validate", "--json"])
    found = json.loads(done.stdout)

    assert set(found) == {"patterns", "scores"}
    held = next(each for each in found["patterns"] if each["id"] == "V03")
    assert held["model"] == []
    assert held["within"] is None
    assert held["given"] is None
    joined = next(each for each in found["patterns"] if each["id"] == "V15")
    assert joined["given"] == {
        "hold": "set", "paths": ["coll_pressure", "exit_allowed"], "moved_by": ["R26"],
    }  # fmt: skip
    scissors = next(each for each in found["patterns"] if each["id"] == "V06")
    assert scissors["units"] == [None, None, None, "year and quarter"]
    assert scissors["model"][3] == 1923.75


def test_validate_writes_a_page_and_a_table(tmp_path: Path) -> None:
    out = tmp_path / "patterns"
    done = CliRunner().invoke(app, ["lab", "validate", "--out", str(out)])
    page = (out / "report.html").read_text("utf-8")
    rows = (out / "patterns.csv").read_text("utf-8").splitlines()

    assert done.exit_code == 0
    assert "<title>Patterns of history</title>" in page
    assert "Moorsteen" in page
    assert "met, 6 of 7 points within" in page
    assert "no test of the model: V15." in page
    assert "How far patterns that are met are given" in page
    assert ">1923, 3rd quarter</td>" in page
    assert "A pattern is met if 80" in page
    assert "http://" not in page.replace("http://www.w3.org", "")
    assert len(rows) == 1 + 59


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("kept", "utf-8")
    done = CliRunner().invoke(app, ["lab", "validate", "--out", str(tmp_path)])

    assert done.exit_code == 2
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_loops_have_no_folder(tmp_path: Path) -> None:
    out = tmp_path / "loops"
    done = CliRunner().invoke(app, ["lab", "loops", "--out", str(out)])

    assert done.exit_code == 2
    assert "leave --out away" in " ".join(done.stderr.split())
    assert not out.exists()


def test_an_unknown_task_is_refused() -> None:
    assert CliRunner().invoke(app, ["lab", "tune"]).exit_code == 2
