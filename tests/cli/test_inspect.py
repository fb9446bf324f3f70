"""``sovplan inspect``: a file in, findings out."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from sovplan.cli.app import app
from sovplan.records.reportfile import RETURNS

SOUND = """2027-09,grain_mill,opening,flour,,1,mill
2027-09,grain_mill,made,flour,,20,mill
2027-09,grain_mill,used,grain,,25,mill
2027-09,grain_mill,delivered,flour,bakery,17,mill
2027-09,grain_mill,closing,flour,,4,mill
2027-09,bakery,received,flour,grain_mill,17,bakery
2027-09,bakery,used,flour,,17,bakery
"""
PADDED = """2027-10,grain_mill,opening,flour,,4,mill
2027-10,grain_mill,made,flour,,25,mill
2027-10,grain_mill,used,grain,,25,mill
2027-10,grain_mill,delivered,flour,bakery,22,mill
2027-10,grain_mill,closing,flour,,7,mill
2027-10,bakery,received,flour,grain_mill,17,bakery
2027-10,bakery,used,flour,,17,bakery
"""


def called(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, ["inspect", *(str(each) for each in arguments)])


@pytest.fixture
def returns(tmp_path: Path) -> Path:
    path = tmp_path / "returns.csv"
    head = ",".join(column.name for column in RETURNS.columns)
    path.write_text(f"{head}\n{SOUND}{PADDED}", "utf-8")
    return path


def document(*arguments: str | Path) -> dict[str, Any]:
    result = called(*arguments, "--json")
    assert result.exit_code == 0, result.output
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def test_findings_are_told_in_words_and_are_no_failure(returns: Path) -> None:
    result = called(returns, "--economy", "federation-12", "--period", "2027-10")

    assert result.exit_code == 0, result.output
    lines = result.stdout.splitlines()
    assert lines[0].startswith("1 finding in 2 workplaces. The books do not agree as a whole (p = ")
    assert lines[2].split() == ["workplace", "kind", "size", "in", "words"]
    assert lines[4].split()[:3] == ["1", "grain_mill", "deliveries"]
    text = " ".join(result.stdout.split())
    assert "2027-10, flour: grain_mill delivered 22 t, bakery received 17;" in text
    assert "honest if: goods under way on the last day" in text
    assert "At this threshold expect 0.002 findings even if every return is honest." in text
    assert max(map(len, lines)) <= 80


def test_sound_returns_give_no_finding(returns: Path) -> None:
    result = called(returns, "--economy", "federation-12", "--period", "2027-09")

    assert result.exit_code == 0
    assert result.stdout.startswith("No finding in 2 workplaces. The books agree as a whole (p = ")
    assert "workplace  " not in result.stdout


def test_the_document_holds_what_the_contract_names(returns: Path) -> None:
    found = document(returns, "--economy", "federation-12")

    assert list(found) == ["global", "findings", "blind_spots", "expected_false_flags"]
    assert list(found["global"]) == ["statistic", "degrees", "p"]
    (finding,) = found["findings"]
    assert set(finding) == {
        "workplace", "period", "kind", "amount", "low", "high", "score", "rows", "alternatives"
    }  # fmt: skip
    assert (finding["workplace"], finding["kind"]) == ("grain_mill", "deliveries_padded")
    assert finding["low"] < 5 < finding["high"]
    assert all(set(spot) == {"workplace", "kinds"} for spot in found["blind_spots"])
    assert found["expected_false_flags"] == pytest.approx(0.001 * 6)


def test_the_level_is_the_chance_of_each_workplace_and_period(returns: Path) -> None:
    found = document(returns, "--period", "2027-09", "--level", "0.01")

    assert found["expected_false_flags"] == pytest.approx(0.02)


def test_a_period_is_held_against_the_close_of_the_one_before(returns: Path) -> None:
    text, opening = returns.read_text("utf-8"), "2027-10,grain_mill,opening,flour,,"
    returns.write_text(text.replace(f"{opening}4", f"{opening}9"), "utf-8")

    rows = [row for f in document(returns, "--period", "2027-10")["findings"] for row in f["rows"]]
    assert any("9 at the opening, 4 at the close before" in row for row in rows)


def test_the_economy_gives_norms_that_see_more(returns: Path) -> None:
    without = document(returns, "--period", "2027-10")
    found = document(returns, "--period", "2027-10", "--economy", "federation-12")

    assert found["global"]["degrees"] > without["global"]["degrees"]


def test_an_example_of_a_year_can_be_named() -> None:
    assert document("federation-12", "--economy", "federation-12")["findings"] == []


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--period", "2027-11"), '--period: there are no returns of "2027-11"'),
        (("--level", "0"), "level is 0"),
        (("--economy", "federation-13"), "federation-12"),
    ],
)
def test_bad_options_are_refused(returns: Path, arguments: tuple[str, ...], words: str) -> None:
    result = called(returns, *arguments)

    assert result.exit_code == 2
    assert words in result.stderr
    assert result.stdout == ""


def test_bad_returns_are_refused_with_file_row_and_column(returns: Path) -> None:
    returns.write_text(
        returns.read_text("utf-8").replace(",made,flour,,20", ",maed,flour,,20"), "utf-8"
    )
    result = called(returns)

    assert result.exit_code == 2
    assert 'returns.csv, row 3, "entry": "maed"' in result.stderr
    assert "Nothing was written." in result.stderr


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    assert called(tmp_path / "none.csv").exit_code == 2
