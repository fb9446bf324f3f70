"""One planning problem as it is written down: the files, row by row."""

import csv
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, final

import tomli_w

Row = dict[str, object]

COLUMNS: dict[str, tuple[str, ...]] = {
    "goods.csv": (
        "good", "title", "unit", "stock", "spoilage",
        "import_price", "export_price", "import_cap", "export_cap",
    ),
    "techniques.csv": ("technique", "title", "capacity", "wear", "gestation", "region"),
    "flows.csv": ("technique", "good", "role", "amount"),
    "labour.csv": ("technique", "skill", "hours"),
    "resources.csv": ("technique", "resource", "amount"),
    "supply.csv": ("year", "kind", "name", "amount"),
    "needs.csv": ("year", "good", "target", "floor", "public", "kind", "base"),
    "plants.csv": ("plant", "title", "capacity", "wear", "gestation"),
    "building.csv": ("plant", "good", "amount"),
    "loads.csv": ("technique", "plant", "load"),
    "under_construction.csv": ("plant", "year", "capacity"),
}  # fmt: skip
ACTIVITY = ("technique", "activity")


@final
@dataclass(frozen=True, slots=True)
class Case:
    """An economy and its aims, as the rows of their files.

    Parameters
    ----------
    settings
        economy.toml.
    tables
        Rows by file name ("goods.csv"); a cell is a number, a text or "" where blank.
    aims
        The aims' TOML file, without its key `needs`.
    aims_needs
        Rows of the aims' needs file, or None where the aims name none.
    """

    settings: dict[str, Any]
    tables: dict[str, list[Row]]
    aims: dict[str, Any] = field(default_factory=dict)
    aims_needs: list[Row] | None = None


def read_case(folder: Path, aims_path: Path | None = None) -> Case:
    """Read an economy's folder, and one file of aims.

    Parameters
    ----------
    folder
        The folder of economy.toml.
    aims_path
        The aims' TOML file; None leaves the aims at their defaults.
    """
    settings = tomllib.loads((folder / "economy.toml").read_text(encoding="utf-8"))
    names = [name for name in COLUMNS if (folder / name).exists()]
    if "growth_limits" in settings:
        names.append(settings["growth_limits"]["opening"])
    tables = {name: _read_rows(folder / name) for name in names}
    if aims_path is None:
        return Case(settings, tables)
    aims = tomllib.loads(aims_path.read_text(encoding="utf-8"))
    needs = aims.pop("needs", None)
    return Case(settings, tables, aims, needs and _read_rows(aims_path.parent / needs))


def write_case(case: Case, folder: Path) -> Path:
    """Write the economy's folder with the aims inside it, and return the aims' path.

    Parameters
    ----------
    case
        What to write.
    folder
        Made if it is not there.
    """
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "economy.toml").write_text(tomli_w.dumps(case.settings), encoding="utf-8")
    for name, rows in case.tables.items():
        _write_rows(rows, COLUMNS.get(name, ACTIVITY), folder / name)
    aims = dict(case.aims)
    if case.aims_needs is not None:
        aims = {"needs": "aims.csv", **aims}
        _write_rows(case.aims_needs, COLUMNS["needs.csv"], folder / "aims.csv")
    path = folder / "aims.toml"
    path.write_text(tomli_w.dumps(aims), encoding="utf-8")
    return path


def _read_rows(path: Path) -> list[Row]:
    with path.open(newline="", encoding="utf-8") as file:
        return [dict(row) for row in csv.DictReader(file)]


def _write_rows(rows: list[Row], columns: Sequence[str], path: Path) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, columns, restval="")
        writer.writeheader()
        writer.writerows(rows)
