"""``sovplan draft FILE --method rounds``: councils propose, and their proposals become a plan."""

import csv
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from sovplan.cli.app import app

VILLAGE = """(def ccs
[{:income 5000, :utility-exponents [0.4 0.2], :public-good-exponents [0.1]}
 {:income 5000, :utility-exponents [0.2 0.3], :public-good-exponents [0.2]}])
(def wcs
[{:industry 0, :product 1, :a 5, :c 0.07, :s 1, :du 3.5,
  :production-inputs [[1] [1] [1]],
  :input-exponents [0.2], :nature-exponents [0.3], :labor-exponents [0.3]}
 {:industry 0, :product 2, :a 4, :c 0.06, :s 1, :du 3,
  :production-inputs [[1] [1] [1]],
  :input-exponents [0.3], :nature-exponents [0.1], :labor-exponents [0.4]}
 {:industry 1, :product 1, :a 5, :c 0.08, :s 1, :du 3.2,
  :production-inputs [[1] [1] [1]],
  :input-exponents [0.1], :nature-exponents [0.3], :labor-exponents [0.4]}
 {:industry 2, :product 1, :a 4.5, :c 0.05, :s 1, :du 3.5,
  :production-inputs [[1] [1] [1]],
  :input-exponents [0.2], :nature-exponents [0.2], :labor-exponents [0.4]}])
"""


def sovplan(*words: str | Path) -> Result:
    result = CliRunner().invoke(app, [str(word) for word in words])
    assert isinstance(result.exception, SystemExit | None), result.exception
    return result


@pytest.fixture
def village(tmp_path: Path) -> Path:
    file = tmp_path / "village.clj"
    file.write_text(VILLAGE, "utf-8")
    return file


def test_rounds_end_below_the_share_and_the_plan_uses_no_more_than_there_is(village: Path) -> None:
    done = sovplan("draft", village, "--method", "rounds", "--json")
    found = json.loads(done.stdout)
    worst = found["worst_imbalance"]

    assert done.exit_code == 0, done.output
    assert found["status"] == "feasible"
    assert len(worst) == found["rounds"]
    assert worst[-1] < 0.05 <= min(worst[:-1])
    assert max(good["uses"] / good["supply"] for good in found["goods"]) <= 1
    assert {good["kind"] for good in found["goods"]} == {
        "private", "intermediate", "nature", "labour", "public",
    }  # fmt: skip


def test_a_lower_share_takes_more_rounds(village: Path) -> None:
    counts = [
        json.loads(
            sovplan("draft", village, "--method", "rounds", "--until", share, "--json").stdout
        )["rounds"]
        for share in ("0.1", "0.05", "0.01")
    ]
    assert counts == sorted(set(counts))


def test_the_rounds_are_printed_and_written(village: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = sovplan("draft", village, "--method", "rounds", "--out", out)
    found = json.loads((out / "rounds.json").read_text("utf-8"))
    with (out / "rounds.csv").open(encoding="utf-8", newline="") as file:
        rounds = list(csv.DictReader(file))
    page = (out / "report.html").read_text("utf-8")

    assert done.exit_code == 0, done.output
    assert "every imbalance is below 5 %" in done.stdout
    assert len(rounds) == found["rounds"]
    assert found["explain"][0] in page
    assert "sovplan draft village.clj --method rounds" in page


def test_councils_that_never_agree_are_answered_no(village: Path) -> None:
    done = sovplan("draft", village, "--method", "rounds", "--until", "0.0002")

    assert done.exit_code == 1
    assert "After 250 rounds the worst imbalance is still" in done.stdout


@pytest.mark.parametrize("text", [
    b"", b"year,good\n1,bread\n", b"\x89PNG\r\n\x1a\n\x00", b"\x1f\x8b\x08\x00nothing",
    VILLAGE.replace(":industry 2", ":industry 7").encode(),
    VILLAGE.replace(":income 5000", ":income -5").encode(),
])  # fmt: skip
def test_a_bad_file_is_one_sentence(village: Path, text: bytes) -> None:
    village.write_bytes(text)

    done = sovplan("draft", village, "--method", "rounds")

    assert done.exit_code == 2, done.output
    assert not done.stdout
    assert len(done.stderr.splitlines()) == 2, done.stderr
    assert "nothing was written" in done.stderr.lower()


@pytest.mark.parametrize(
    "more", [["--years", "3"], ["--aims", "a"], ["--stress", "4"], ["--amend", "a"]]
)
def test_councils_have_no_aims_of_a_centre(village: Path, more: list[str]) -> None:
    done = sovplan("draft", village, "--method", "rounds", *more)

    assert done.exit_code == 2
    assert f"leave out {more[0]}" in " ".join(done.stderr.split())


def test_an_economy_in_kind_is_refused_and_told_the_way() -> None:
    done = sovplan("draft", "two-goods", "--method", "rounds")

    assert done.exit_code == 1
    assert "sovplan draft FILE --method rounds" in " ".join(done.stderr.split())
    assert sovplan("draft", "two-goods", "--until", "0.03").exit_code == 2
