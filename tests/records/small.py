"""A small valid economy that uses every table and every optional limit, as rows to be spoiled."""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field, fields, is_dataclass
from typing import Any, final

import numpy as np
from scipy.sparse import csr_array

from sovplan.records.folder import Folder, Table

Row = dict[str, object]

SETTINGS: dict[str, Any] = {
    "format": 1,
    "name": "small",
    "title": "A small economy",
    "year": 2000,
    "first_year": 2001,
    "units": {"hours": "hours", "foreign_prices": "ducats"},
    "gives_back": ["meadow"],
    "trade": {"other_imports": 1.0, "other_exports": 0.5},
    "credit": {"series": "loan", "yearly_most": 2.0, "yearly_least": -1, "total": 3},
    "migration": {
        "from": "field",
        "to": "shop",
        "most_a_year": 0.5,
        "hours_lost": 10,
        "hours_won": 12,
        "needs": {"bread": 1.0},
    },
    "growth_limits": {"opening": "before.csv", "most": {"steel": 0.5}},
    "stock_limits": {"most_times_opening": 2},
    "least_investment": {"steel": 0.25},
    "losses": {"bread": 0.01},
}

TABLES: dict[str, list[Row]] = {
    "goods.csv": [
        {"good": "bread", "title": "Bread", "unit": "tonnes", "stock": 10, "spoilage": 0.5,
         "import_price": 2, "export_price": 1.5, "import_cap": 5, "export_cap": 6},
        {"good": "steel", "unit": "tonnes", "stock": 4},
        {"good": "oil", "title": "Oil, crude", "unit": "barrels", "import_price": 3},
    ],
    "techniques.csv": [
        {"technique": "farm", "title": "Farm", "capacity": 100, "wear": 0.1, "gestation": 1,
         "region": "north"},
        {"technique": "mill"},
        {"technique": "drill"},
    ],
    "flows.csv": [
        {"technique": "farm", "good": "bread", "role": "output", "amount": 1},
        {"technique": "farm", "good": "bread", "role": "input", "amount": 0.2},
        {"technique": "farm", "good": "steel", "role": "capital", "amount": 0.05},
        {"technique": "mill", "good": "steel", "role": "output", "amount": 1},
        {"technique": "mill", "good": "oil", "role": "input", "amount": 0.5},
        {"technique": "drill", "good": "oil", "role": "output", "amount": 1},
    ],
    "labour.csv": [
        {"technique": "farm", "skill": "field", "hours": 3},
        {"technique": "mill", "skill": "shop", "hours": 4},
        {"technique": "drill", "skill": "shop", "hours": 2},
    ],
    "resources.csv": [
        {"technique": "farm", "resource": "land", "amount": 1},
        {"technique": "mill", "resource": "meadow", "amount": 0.5},
        {"technique": "drill", "resource": "meadow", "amount": -0.1},
    ],
    "supply.csv": [
        {"year": 2000, "kind": "labour", "name": "field", "amount": 400},
        {"year": 2000, "kind": "labour", "name": "shop", "amount": 120},
        {"year": 2001, "kind": "resource", "name": "land", "amount": 90},
        {"year": 2001, "kind": "resource", "name": "meadow", "amount": 30},
        {"year": 2003, "kind": "resource", "name": "meadow", "amount": 32},
        {"year": 2001, "kind": "credit", "name": "loan", "amount": 2},
        {"year": 2002, "kind": "credit", "name": "debt", "amount": -0.5},
    ],
    "needs.csv": [
        {"year": 2001, "good": "bread", "target": 60, "floor": 20, "public": 1},
        {"year": 2001, "good": "steel", "target": 3},
        {"year": 2002, "good": "steel", "target": 8, "kind": "output", "base": 4},
    ],
    "plants.csv": [
        {"plant": "rig", "title": "Rig", "capacity": 12, "wear": 0.05, "gestation": 2},
    ],
    "building.csv": [{"plant": "rig", "good": "steel", "amount": 0.5}],
    "loads.csv": [{"technique": "drill", "plant": "rig", "load": 1}],
    "under_construction.csv": [{"plant": "rig", "year": 2002, "capacity": 1}],
    "before.csv": [{"technique": "mill", "activity": 12}],
}  # fmt: skip


@final
@dataclass
class Spoiled:
    """The small economy with something changed; rows are counted as in a file with a head."""

    settings: dict[str, Any] = field(default_factory=lambda: deepcopy(SETTINGS))
    tables: dict[str, list[Row]] = field(default_factory=lambda: deepcopy(TABLES))

    def put(self, table: str, line: int, **cells: object) -> None:
        self.tables[table][line - 2] |= cells

    def add(self, table: str, **cells: object) -> None:
        self.tables[table].append(cells)

    def drop(self, table: str, column: str) -> None:
        for row in self.tables[table]:
            row.pop(column, None)

    def folder(self) -> Folder:
        tables = {name: Table.of(name, rows) for name, rows in self.tables.items()}
        return Folder(self.settings, tables, "small")


def spoiled(change: Callable[[Spoiled], object]) -> Folder:
    economy = Spoiled()
    change(economy)
    return economy.folder()


def small() -> Folder:
    return Spoiled().folder()


def differences(one: object, other: object, where: str = "") -> list[str]:
    """Return where two values of records differ; an empty list means that they are the same."""
    mine, theirs = _parts(one), _parts(other)
    if mine is None or theirs is None:
        return [] if _equal(one, other) else [f"{where}: {one!r} or {other!r}"]
    if mine.keys() != theirs.keys():
        return [f"{where}: {list(mine)} or {list(theirs)}"]
    return [
        found
        for name, part in mine.items()
        for found in differences(part, theirs[name], f"{where}.{name}")
    ]


def _parts(value: object) -> dict[str, object] | None:
    if is_dataclass(value):
        return {field.name: getattr(value, field.name) for field in fields(value)}
    if isinstance(value, dict):
        return value
    if isinstance(value, tuple | list | range):
        return {str(place): part for place, part in enumerate(value)}
    return None


def _equal(one: object, other: object) -> bool:
    if isinstance(one, csr_array) and isinstance(other, csr_array):
        return _equal(one.toarray(), other.toarray())
    if isinstance(one, np.ndarray) and isinstance(other, np.ndarray):
        same = one.dtype == other.dtype and one.shape == other.shape
        return same and bool(np.array_equal(one, other, equal_nan=one.dtype == np.float64))
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, int | float) and isinstance(other, int | float):
        return one == other or (one != one and other != other)  # noqa: PLR0124 - nan
    return type(one) is type(other) and bool(one == other)
