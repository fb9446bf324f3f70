"""The folder of a run read back, and folders that are refused."""

from collections.abc import Mapping
from math import isnan
from pathlib import Path

import pytest

from sovplan.foundation.errors import DataError
from sovplan.records.folder import Table
from sovplan.records.run import Event
from sovplan.records.runfolder import EVENTS, KIND, SCENARIO, SERIES, read_run
from sovplan.records.store import MANIFEST, manifested, write_files
from sovplan.records.tables import write_parquet, write_toml

BY_YEAR: Mapping[str, object] = {"1931": {"hours": 0.9}, "1930": {"hours": 1.0}}
GIVEN: Mapping[str, object] = {
    "name": "valley", "economy": "two-goods", "economy_digest": "sha256:00", "seed": 3, "years": 2,
    "regimes": ["south", "north"],
    "institutions": {"south": BY_YEAR, "north": BY_YEAR},
}  # fmt: skip
ROWS = [
    {"regime": regime, "seed": 3, "year": year, "series": "plan_kept", "value": value,
     "unit": "share", "kind": kind}
    for regime, kind, value in (("south", "real", 0.9), ("south", "reported", 1.0),
                                ("north", "real", None))
    for year in (1930, 1931)
]  # fmt: skip
HAPPENED = [{"regime": "north", "year": 1931, "rule": "R15", "text": "bread, is short"}]


def write(
    folder: Path, *, kind: str = KIND, without: str = "", given: Mapping[str, object] = GIVEN
) -> Path:
    files = {
        SCENARIO: write_toml({key: value for key, value in given.items() if key != without}),
        SERIES: write_parquet(Table.of("series.csv", [
            {key: value for key, value in row.items() if key != without} for row in ROWS])),
        EVENTS: write_parquet(Table.of("events.csv", HAPPENED)),
    }  # fmt: skip
    about = {"sovplan": "0.1", "solver": {"name": "highspy", "version": "9"}}
    write_files(folder, manifested(kind, about, {n: f for n, f in files.items() if n != without}))
    return folder


def test_what_a_run_wrote_is_read(tmp_path: Path) -> None:
    run = read_run(write(tmp_path / "one"))

    assert (run.name, run.regimes, run.years) == ("one", ("south", "north"), (1930, 1931))
    assert run.values["south", "plan_kept", "real"] == {1930: 0.9, 1931: 0.9}
    assert run.values["south", "plan_kept", "reported"] == {1930: 1.0, 1931: 1.0}
    assert all(isnan(value) for value in run.values["north", "plan_kept", "real"].values())
    assert set(run.units.values()) == {"share"}
    assert run.institutions("north") == {1930: {"hours": 1.0}, 1931: {"hours": 0.9}}
    assert run.events == (Event("north", 1931, "R15", "bread, is short"),)
    assert run.versions == {"sovplan": "0.1", "highspy": "9"}


@pytest.mark.parametrize("name", [SCENARIO, SERIES, EVENTS])
def test_a_file_changed_since_is_refused_by_name(tmp_path: Path, name: str) -> None:
    folder = write(tmp_path / "one")
    (folder / name).write_bytes((folder / name).read_bytes() + b"\n")

    with pytest.raises(DataError, match=f"{name} was changed since sovplan wrote it"):
        read_run(folder)


@pytest.mark.parametrize("name", [SCENARIO, SERIES, EVENTS])
def test_a_folder_without_a_file_is_refused_by_its_name(tmp_path: Path, name: str) -> None:
    with pytest.raises(DataError, match=f"its manifest.json names no {name}"):
        read_run(write(tmp_path / "one", without=name))

    (write(tmp_path / "two") / name).unlink()
    with pytest.raises(DataError, match=name):
        read_run(tmp_path / "two")


@pytest.mark.parametrize(
    ("without", "file"),
    [("institutions", SCENARIO), ("economy_digest", SCENARIO), ("unit", SERIES)],
)
def test_a_run_of_another_version_is_refused_by_what_it_lacks(
    tmp_path: Path, without: str, file: str
) -> None:
    with pytest.raises(DataError, match=rf"{file} does not say {without}: .* run it again"):
        read_run(write(tmp_path / "one", without=without))


def test_a_folder_of_something_else_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="no whole folder of a run"):
        read_run(write(tmp_path / "one", kind="draft"))

    folder = write(tmp_path / "two")
    (folder / MANIFEST).unlink()
    with pytest.raises(DataError, match="no whole folder of a run"):
        read_run(folder)
