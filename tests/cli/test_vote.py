"""``sovplan vote`` and ``sovplan elect``: files in, decisions out."""

import json
from pathlib import Path
from typing import Any

import pytest
import typer
from tests.councils.profiles import paper
from tests.records.test_ballotfile import as_preflib
from typer.testing import CliRunner, Result

from sovplan.cli.elect import elect
from sovplan.cli.vote import vote
from sovplan.councils.ties import drawn
from sovplan.records.canon import canonical_bytes

TENNESSEE = """voters,1st choice,2nd choice,3rd choice,4th choice
42,Memphis,Nashville,Chattanooga,Knoxville
26,Nashville,Chattanooga,Knoxville,Memphis
15,Chattanooga,Knoxville,Nashville,Memphis
17,Knoxville,Chattanooga,Nashville,Memphis
"""
TIED = "voters,1st choice,2nd choice\n4,A,B\n3,B,C\n3,C,B\n"

app = typer.Typer()
app.command("vote")(vote)
app.command("elect")(elect)


def called(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(each) for each in arguments])


def document(*arguments: str | Path) -> dict[str, Any]:
    result = called(*arguments, "--json")
    assert result.exit_code == 0, result.output
    found: dict[str, Any] = json.loads(result.stdout)
    return found


@pytest.fixture
def towns(tmp_path: Path) -> Path:
    path = tmp_path / "tennessee.csv"
    path.write_text(TENNESSEE, "utf-8")
    return path


@pytest.fixture
def tied(tmp_path: Path) -> Path:
    path = tmp_path / "tied.csv"
    path.write_text(TIED, "utf-8")
    return path


@pytest.mark.parametrize(
    ("rule", "winner"),
    [("schulze", "Nashville"), ("runoff", "Knoxville"), ("irv", "Knoxville"),
     ("plurality", "Memphis"), ("stv", "Knoxville")],
)  # fmt: skip
def test_the_same_ballots_choose_another_town_by_another_rule(
    towns: Path, rule: str, winner: str
) -> None:
    found = document("vote", towns, "--rule", rule)

    assert found["winners"] == [winner]
    assert found["tied"] == []
    assert found["rounds"]
    assert (found["question"], found["voters"], found["seats"]) == ("tennessee", 100, 1)
    assert found["lot"] is None


def test_the_order_of_a_schulze_vote_can_be_checked_by_hand(towns: Path) -> None:
    found = document("vote", towns, "--rule", "schulze", "--seats", "4")

    assert found["winners"] == ["Nashville", "Chattanooga", "Knoxville", "Memphis"]
    assert found["order"] == [[name] for name in found["winners"]]
    assert found["pairwise"]["Nashville"] == {"Memphis": 58, "Chattanooga": 68, "Knoxville": 68}
    assert set(found["paths"]) == set(found["winners"])


def test_people_read_who_has_won_and_what_each_had(towns: Path) -> None:
    result = called("vote", towns, "--rule", "runoff")

    assert result.exit_code == 0
    first, counted, blank, *rounds = result.stdout.splitlines()
    assert first.endswith("tennessee: Knoxville")
    assert "100 voters, 4 options" in counted
    assert blank == ""
    assert [line.split("  ")[-1] for line in rounds] == [
        "Memphis 42, Nashville 26, Knoxville 17, Chattanooga 15",
        "Memphis 42, Knoxville 32, Nashville 26",
        "Knoxville 58, Memphis 42",
    ]
    assert result.stderr == ""


def test_a_tie_ends_with_1_and_is_told_on_stderr(tied: Path) -> None:
    result = called("vote", tied, "--rule", "stv", "--json")

    assert result.exit_code == 1
    found = json.loads(result.stdout)
    assert (found["winners"], found["tied"]) == ([], ["B", "C"])
    assert "does not decide between B, C" in result.stderr
    assert "--lot SEED" in result.stderr


def test_a_tie_is_told_to_people_too(tied: Path) -> None:
    result = called("vote", tied, "--rule", "runoff")

    assert result.exit_code == 1
    assert "nobody yet" in result.stdout
    assert "does not decide between B, C" in result.stderr


def test_a_lot_decides_when_it_is_asked_for_and_is_named(tied: Path) -> None:
    for seed in ("root 9f03", "another"):
        found = document("vote", tied, "--rule", "stv", "--lot", seed)
        assert found["winners"] == [drawn(seed, "BC")[0]]
        assert (found["tied"], found["lot"]) == ([], seed)
        assert seed in called("vote", tied, "--rule", "stv", "--lot", seed).stdout


def test_seats_are_filled_by_transfer_and_the_quota_is_shown(tmp_path: Path) -> None:
    ballots = paper("ABCD", {"AB": 4, "AC": 3, "B": 2, "C": 2, "D": 2})
    path = tmp_path / "b.soi"
    path.write_text(as_preflib(ballots), "utf-8")

    found = document("elect", path, "--seats", "2", "--rule", "stv")

    assert (found["winners"], found["quota"], found["papers"]) == (["A", "B"], 5, 13)
    assert found["rounds"][1] == {"A": 5, "B": 3.14284, "C": 2.85713, "D": 2}


def test_lists_share_out_seats(tmp_path: Path) -> None:
    path = tmp_path / "b.json"
    path.write_bytes(canonical_bytes(paper("ABC", {"A": 53, "B": 24, "C": 23})))

    found = document("elect", path, "--seats", "7", "--rule", "sainte-lague")

    assert (found["rule"], found["winners"]) == ("sainte_lague", ["A", "B", "C"])
    assert found["rounds"][-1] == {"A": 3, "B": 2, "C": 2}


@pytest.mark.parametrize(
    ("arguments", "text", "hints"),
    [
        (("--rule", "magic"), TENNESSEE, ('"magic" is not a rule',)),
        (("--rule", "stv", "--seats", "5"), TENNESSEE, ("5 seats", "options number 4")),
        (("--rule", "runoff", "--seats", "2"), TENNESSEE, ("2 seats", "fills one")),
        (("--rule", "runoff", "--lot", " "), TENNESSEE, ("seed", "blank")),
        (("--rule", "stv"), "1\nA=B\n", ("b.csv: ballot 1", "A, B alike")),
        (("--rule", "median"), TENNESSEE, ('"Memphis" is not a number',)),
        (("--rule", "schulze"), "voters,1st choice\nx,A\n", ("b.csv", "row 2", '"voters"')),
        (("--rule", "schulze"), "", ("b.csv", "empty")),
    ],
)
def test_bad_input_ends_with_2_and_one_message(
    arguments: tuple[str, ...], text: str, hints: tuple[str, ...], tmp_path: Path
) -> None:
    path = tmp_path / "b.csv"
    path.write_text(text, "utf-8")

    result = called("vote", path, *arguments)

    assert result.exit_code == 2, result.output
    assert result.stdout == ""
    message, *rest = result.stderr.strip().splitlines()
    assert [line.strip() for line in rest] == ["Nothing was written."]
    for hint in hints:
        assert hint in message


def test_an_election_needs_to_know_how_many_seats(towns: Path) -> None:
    assert called("elect", towns, "--rule", "stv").exit_code == 2
