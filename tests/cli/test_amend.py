"""``sovplan draft --amend``: the sheet on the terminal, as a document and as a folder."""

import json
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest
from scipy.sparse import csr_array
from typer.testing import CliRunner, Result

from sovplan.cli.app import app

CLAUSES = """
[[amendment]]
name = "more tools"
sponsors = 3
paid_by = ["grain"]
[[amendment.clause]]
raise = "tools"
by = 10

[[amendment]]
name = "more <grain>"
[[amendment.clause]]
raise = "grain"
by = 2
"""


def sovplan(*words: str | Path) -> Result:
    result = CliRunner().invoke(app, [str(word) for word in words])
    assert isinstance(result.exception, SystemExit | None), result.exception
    return result


@pytest.fixture
def clauses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "clauses.toml"
    file.write_text(CLAUSES, "utf-8")
    return file


def test_the_sheet_is_printed_written_and_proved(clauses: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"

    done = sovplan("draft", "two-goods", "--amend", clauses, "--out", out)

    assert done.exit_code == 0, done.output
    for words in ("more tools", "Payer named: one unit of Tools", "cannot be met, though each can"):
        assert words in done.stdout
    sheet = json.loads((out / "sheet.json").read_text("utf-8"))
    assert [costing["theta"] for costing in sheet["costings"]] == [1.0, 1.0]
    page = (out / "report.html").read_text("utf-8")
    assert "more &lt;grain&gt;" in page
    assert "<grain>" not in page
    for proof in sheet["proofs"]:
        check(out / proof["file"], proof)
    # What stands in the folder gives the same again.
    again = sovplan("draft", "two-goods", "--amend", out / "amendments.toml", "--json")
    told = json.loads(again.stdout)
    assert told["costings"] == sheet["costings"]


def test_costs_are_made_sure_by_drawn_numbers(clauses: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"

    done = sovplan("draft", "two-goods", "--amend", clauses, "--stress", "6", "--out", out)

    assert done.exit_code == 0, done.output
    assert "Drawn 6 times within what is known of the numbers" in done.stdout
    sheet = json.loads((out / "sheet.json").read_text("utf-8"))
    tools = sheet["costings"][0]["certainty"]
    assert (tools["draws"], tools["seed"], tools["planned"]) == (6, 1, 6)
    assert 0 < tools["aim"][0] <= tools["aim"][1] <= tools["aim"][2]
    assert any("Drawn 6 times" in sentence for sentence in sheet["sentences"])
    page = (out / "report.html").read_text("utf-8")
    assert "Cost where it can be met in full" in page
    other = sovplan(
        "draft", "two-goods", "--amend", clauses, "--stress", "6", "--seed", "2", "--json"
    )
    assert json.loads(other.stdout)["costings"][0]["certainty"]["aim"] != tools["aim"]


def check(file: Path, proof: dict[str, float | str]) -> None:
    """Check a proof as an outsider would: multiply, with no solver and nothing of this package."""
    columns, rows, matrix = (
        pq.read_table(f"{file}-{name}.parquet").to_pydict()
        for name in ("columns", "rows", "matrix")
    )
    cost, low, high, x = (np.array(columns[name], float) for name in ("cost", "low", "high", "x"))
    row_low, row_high, y = (np.array(rows[name], float) for name in ("low", "high", "y"))
    entries = (matrix["value"], (matrix["row"], matrix["column"]))
    a = csr_array(entries, shape=(len(y), len(x)))
    done, size = a @ x, abs(a) @ abs(x) + 1
    assert (done >= row_low - 1e-7 * size).all()
    assert (done <= row_high + 1e-7 * size).all()
    assert ((x >= low - 1e-7 * (1 + abs(x))) & (x <= high + 1e-7 * (1 + abs(x)))).all()
    sign = 1.0 if proof["maximise"] else -1.0
    z = sign * (cost - a.T @ y)
    z[abs(z) < 1e-9 * (abs(cost) + abs(a).T @ abs(y))] = 0
    side = np.where(sign * y > 0, row_high, row_low)
    bound = np.where(z > 0, high, low)
    most = (sign * y)[y != 0] @ side[y != 0] + z[z != 0] @ bound[z != 0]
    assert most == pytest.approx(sign * (cost @ x), rel=1e-6, abs=1e-9)


def test_an_amendment_that_cannot_be_met_is_answered_no(clauses: Path) -> None:
    clauses.write_text(CLAUSES.replace("by = 2", "by = 50"), "utf-8")

    done = sovplan("draft", "two-goods", "--amend", clauses)

    assert done.exit_code == 1
    assert "cannot be met as written" in done.stdout
    assert "What binds" in done.stdout


@pytest.mark.parametrize(("change", "told"), [
    (("raise = \"tools\"", "raise = \"tool\""), "amendment 1, clause 1, raise"),
    (("by = 10", "by = \"ten\""), "amendment 1, clause 1, by"),
])  # fmt: skip
def test_bad_input_is_one_message(clauses: Path, change: tuple[str, str], told: str) -> None:
    clauses.write_text(CLAUSES.replace(*change), "utf-8")

    done = sovplan("draft", "two-goods", "--amend", clauses, "--out", "out")

    assert done.exit_code == 2
    assert told in done.output
    assert "clauses.toml" in done.output
    assert not Path("out").exists()


@pytest.mark.parametrize("more", [
    ["--method", "balances"], ["--price", "grain"],
])  # fmt: skip
def test_amendments_stand_alone(clauses: Path, more: list[str]) -> None:
    done = sovplan("draft", "two-goods", "--amend", clauses, *more)

    assert done.exit_code == 2
    assert more[0] in done.output


def test_a_draft_that_cannot_be_done_says_why(clauses: Path) -> None:
    aims = clauses.with_name("aims.toml")
    aims.write_text("[floors]\nmultiple = [10]\n", "utf-8")

    done = sovplan("draft", "two-goods", "--aims", aims, "--amend", clauses)

    assert done.exit_code == 1
    assert "contradict" in done.stdout
