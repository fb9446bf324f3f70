"""``sovplan check`` says before what ``sovplan draft`` would refuse."""

import json
from pathlib import Path

import pytest
from tests.cli.test_draft import done, sovplan

from sovplan.history.economies import embedded


@pytest.fixture
def town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand beside the economy of a town without aims of its own."""
    monkeypatch.chdir(tmp_path)
    done("new", "town")
    Path("town/aims.toml").unlink()
    return Path("town")


NOTHING_WANTED = {
    "no table": None,
    "only a head": "year,good,target\n",
    "nothing above 0": "year,good,target,floor\n2027,bread,0,5\n",
    "too late": "year,good,target\n2040,bread,5\n",
}


@pytest.mark.parametrize("case", NOTHING_WANTED)
def test_needs_that_a_draft_refuses_are_an_error(case: str, town: Path) -> None:
    content = NOTHING_WANTED[case]
    if content is None:
        (town / "needs.csv").unlink()
    else:
        (town / "needs.csv").write_text(content)

    checked, drafted = sovplan("check", town), sovplan("draft", town)

    assert (checked.exit_code, drafted.exit_code) == (2, 2)
    refusal = drafted.stderr.splitlines()[0].partition(" ")[2]
    assert refusal in checked.stdout
    assert "cannot be planned; errors: 1" in checked.stdout


def test_needs_that_only_the_aims_beside_can_pursue_are_a_doubt(town: Path) -> None:
    (town / "needs.csv").write_text("year,good,target\n2040,bread,5\n")
    (town / "aims-later.toml").write_text("years = 14\n")

    checked = done("check", town)

    assert "can be planned; doubtful: 1" in checked.stdout
    assert "first target above 0 is that of 2040" in checked.stdout


def test_all_that_is_wrong_in_the_aims_beside_is_listed(town: Path) -> None:
    (town / "aims.toml").write_text('objective = "rays"\nyears = 0\n')
    (town / "aims-far.toml").write_text("years = 500\n")
    (town / "aims-lost.toml").write_text('needs = "nowhere.csv"\n')
    (town / "aims-odd.toml").write_text("= 5\n")

    result = sovplan("check", town, "--json")

    assert result.exit_code == 2
    found = json.loads(result.stdout)["findings"]
    assert sorted((one["level"], one["file"], one["column"]) for one in found) == [
        ("error", "aims-far.toml", None),
        ("error", "aims-lost.toml", None),
        ("error", "aims-odd.toml", None),
        ("error", "aims.toml", "objective"),
        ("error", "aims.toml", "years"),
    ]


def test_hours_that_nobody_has_are_a_doubt(town: Path) -> None:
    supply = (town / "supply.csv").read_text("utf-8")
    nobody = supply.replace("mechanics,900,800,1000", "mechanics,0,0,0")
    (town / "supply.csv").write_text(nobody, "utf-8")

    told = done("check", town).stdout

    assert "there are no hours of mechanics in any year from 2027 to 2031" in told
    assert "workshop can never run" in told


@pytest.mark.parametrize("name", [found.name for found in embedded()])
def test_the_economies_of_the_package_have_no_error(name: str) -> None:
    found = json.loads(done("check", name, "--json").stdout)

    assert found["errors"] == 0


@pytest.mark.parametrize("amount", ["1e300", "1e-300", "1e16", "1e-13"])
def test_an_amount_that_cannot_be_reckoned_with_is_named_with_its_row(
    amount: str, town: Path, recwarn: pytest.WarningsRecorder
) -> None:
    flows = (town / "flows.csv").read_text().splitlines()
    cells = flows[2].split(",")
    (town / "flows.csv").write_text(
        "\n".join(
            [*flows[:2], ",".join([*cells[:3], amount, *("" for _ in cells[4:])]), *flows[3:]]
        )
    )

    checked = sovplan("check", town)

    assert checked.exit_code == 2
    assert 'flows.csv, row 3, "amount"' in checked.stdout
    assert "reckoned with" in checked.stdout or "too near to 0" in checked.stdout
    assert not recwarn.list
