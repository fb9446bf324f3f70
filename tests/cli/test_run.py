"""`sovplan run`: the folder that it writes, what changes it and what does not, what it refuses."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from sovplan.cli.app import app
from sovplan.foundation.numbers import percent
from sovplan.records.tables import read_table
from sovplan.regimes.catalogue import FOLDER


def sovplan(*words: object) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words])


def files(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def ran(out: Path, *words: object) -> dict[str, bytes]:
    done = sovplan("run", "two-goods", "--years", 2, "--people", 200, "--out", out, *words)
    assert done.exit_code == 0, done.output
    return files(out)


@pytest.fixture(scope="module")
def village(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return ran(tmp_path_factory.mktemp("run") / "one", "--seed", 1, "--threads", 1)


def test_one_thread_and_two_write_the_same_bytes(village: dict[str, bytes], tmp_path: Path) -> None:
    assert ran(tmp_path / "two", "--seed", 1, "--threads", 2) == village


def test_another_seed_writes_other_numbers(village: dict[str, bytes], tmp_path: Path) -> None:
    other = ran(tmp_path / "other", "--seed", 2, "--threads", 1)

    assert other.keys() == village.keys()
    for name in ("series.parquet", "manifest.json", "report.html", "scenario.toml"):
        assert other[name] != village[name], name


def test_the_folder_holds_what_the_manual_says(village: dict[str, bytes]) -> None:
    regimes = ("renewed_councils", "command_1929")

    for name in ("report.html", "series.parquet", "events.parquet", "scenario.toml"):
        assert name in village
    for regime in regimes:
        years = {name for name in village if name.startswith(f"papers/{regime}/")}
        assert len(years) == 2
        assert any(name.startswith(f"plan/{regime}/") for name in village)
    manifest = json.loads(village["manifest.json"])
    assert manifest["kind"] == "run"
    assert set(manifest["files"]) == set(village) - {"manifest.json"}
    assert manifest["command"].startswith("sovplan run two-goods --regime renewed_councils")


def test_the_series_have_the_columns_of_the_contract(
    village: dict[str, bytes], tmp_path: Path
) -> None:
    path = tmp_path / "series.parquet"
    path.write_bytes(village["series.parquet"])

    table = read_table(path, "series.csv")

    assert list(table.columns) == ["regime", "seed", "year", "series", "value", "unit", "kind"]
    assert set(table.text("kind")) <= {"real", "reported", "planned", "historical"}
    assert {"plan_kept", "people/consumption"} <= set(table.text("series"))


def test_a_machine_reads_one_document() -> None:
    done = sovplan(
        *("run", "two-goods", "--years", 1, "--people", 50, "--json"),
        *("--regime", "councils_isolated"),
    )

    document = json.loads(done.stdout)
    assert done.exit_code == 0
    assert document["regimes"] == ["councils_isolated"]
    assert {row["kind"] for row in document["series"]} >= {"real", "reported", "planned"}


def test_each_row_of_the_table_says_of_which_years_it_is() -> None:
    words = ("run", "two-goods", "--years", 2, "--people", 50, "--regime", "councils_isolated")
    shown = sovplan(*words).stdout
    document = json.loads(sovplan(*words, "--json").stdout)

    head, _, *rows = shown.splitlines()
    first, last = document["years"]
    assert head.startswith(f"{first} to {last} ")
    values = {row["year"]: row["value"] for row in document["series"]
              if (row["series"], row["kind"]) == ("plan_kept", "real")}  # fmt: skip
    kept = next(row for row in rows if row.startswith("plan kept"))
    assert "mean of all years" in kept
    assert kept.split("  ")[-1].strip() == percent((values[first] + values[last]) / 2)
    of_one_year = [row for row in rows if f" in {last}" in row]
    assert len(of_one_year) == 1
    assert of_one_year[0].startswith("consumption")
    assert all("all years" in row for row in rows[:-1] if row not in of_one_year)


def test_a_regime_of_ones_own_is_a_file(tmp_path: Path) -> None:
    text = (FOLDER / "renewed_councils.toml").read_text("utf-8")
    mine = tmp_path / "mine.toml"
    mine.write_text(text.replace('name = "renewed_councils"', 'name = "mine"', 1), "utf-8")

    done = sovplan(
        *("run", "two-goods", "--years", 1, "--people", 50, "--json", "--regime", mine),
        *("--regime", "renewed_councils", "--threads", 1),
    )

    rows = json.loads(done.stdout)["series"]
    by = {name: {(r["series"], r["kind"]): r["value"] for r in rows if r["regime"] == name}
          for name in ("mine", "renewed_councils")}  # fmt: skip
    assert by["mine"] == by["renewed_councils"], "no rule may look at a regime's name"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("run", "two-gods"), ("two-gods", "two-goods")),
        (("run", "two-goods", "--regime", "comand"), ("comand", "command_1929")),
        (("run", "two-goods", "--years", 0), ("--years is 0", "1 to 100")),
        (("run", "two-goods", "--years", 1000), ("--years is 1000",)),
    ],
)
def test_what_cannot_be_run_is_refused_by_name(
    words: tuple[object, ...], said: tuple[str, ...]
) -> None:
    done = sovplan(*words)

    assert done.exit_code == 2
    for text in said:
        assert text in " ".join(done.output.split())


def test_a_folder_of_something_else_is_not_touched(tmp_path: Path) -> None:
    kept = tmp_path / "notes.txt"
    kept.write_text("mine", "utf-8")

    done = sovplan("run", "two-goods", "--years", 1, "--out", tmp_path)

    assert done.exit_code == 2
    assert files(tmp_path) == {"notes.txt": b"mine"}


def test_the_same_regime_twice_is_refused() -> None:
    done = sovplan("run", "two-goods", "--regime", "command_1929", "--regime", "command_1929")

    assert done.exit_code == 2
    assert "command_1929" in done.output


def test_the_siege_is_a_run_in_which_councils_fail() -> None:
    done = sovplan(
        *("run", "ussr-1928-siege", "--years", 2, "--people", 100, "--json"),
        *("--regime", "councils_isolated"),
    )

    rows = [row for row in json.loads(done.stdout)["series"] if row["kind"] == "real"]
    level = [row["value"] for row in rows if row["series"] == "people/level"]
    assert len(level) == 2
    assert max(level) < 1, "they have less than their least needs"
    assert sum(row["value"] for row in rows if row["series"] == "returns/false") == 0
