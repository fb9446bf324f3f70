"""What the terminal says of runs of the country: base and source of figures, paths that differ."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from sovplan.cli.app import app
from tests.lab.rows import FEW, few_households


@pytest.fixture(autouse=True, scope="module")
def _few_households() -> Iterator[None]:
    with few_households():
        yield


def test_a_run_from_1917_says_whose_1928_is_the_base_of_its_indices() -> None:
    for scenario, years, base in (
        ("russia-1917", "2", "Product, 1928 of as it was, run from 1921, = 100"),
        ("ussr-1921", "2", "Product, 1928 as it was = 100"),
    ):
        asked = ["run", scenario, *FEW, "--regime", "as_it_was", "--years", years]

        assert base in CliRunner().invoke(app, asked).output


def test_paths_that_differ_are_named_without_digests(tmp_path: Path) -> None:
    for scenario in ("ussr-1921", "russia-1917"):
        asked = ["run", scenario, "--regime", "as_it_was", "--years", "5", *FEW]
        CliRunner().invoke(app, [*asked, "--out", str(tmp_path / scenario)])
    folders = [str(tmp_path / scenario) for scenario in ("ussr-1921", "russia-1917")]
    found = CliRunner().invoke(app, ["compare", *folders]).output

    assert "what is given by year: " in found
    assert "other values of weather" in found
    assert "paths." not in found


def test_the_command_tells_what_history_had() -> None:
    done = CliRunner().invoke(app, ["run", "ussr-1921", *FEW, "--regime", "as_it_was"])

    assert done.exit_code == 0
    # The model of the year of history stands beside its last one.
    assert "192 (1938: 172)" in done.output
    # Figures of 1939-40 hold the annexed territories, whatever the measure.
    said = {line.split(",")[0]: line for line in done.output.splitlines()}
    assert said["Product"].endswith("(1938)")
    assert said["Industry"].endswith("(1937)")
    assert "industry, Nutter, G. W., estimates 249 to 445" in done.output
    assert "306" not in done.output
    assert CliRunner().invoke(app, ["list", "scenarios"]).output.count("ussr-1921") == 1


def test_changes_are_for_runs_of_the_country() -> None:
    done = CliRunner().invoke(app, ["run", "two-goods", "--off", "rules.slaughter"])
    assert done.exit_code == 2
    said = "--off, --set and --households are for runs of the whole country"
    assert said in " ".join(done.stderr.split())
