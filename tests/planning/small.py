"""Economies of one to three goods, written as rows."""

from dataclasses import replace
from typing import Any

from sovplan.planning.optimum import optimum
from sovplan.records.aims import Aims
from sovplan.records.assembly import economy_of
from sovplan.records.draft import Draft
from sovplan.records.folder import Folder, Table
from sovplan.records.returns import Returns

Rows = list[dict[str, object]]


def folder(tables: dict[str, Rows], **settings: Any) -> Folder:  # noqa: ANN401 - what TOML can hold
    """Return a folder from rows by the names of tables without their ending."""
    written = {"format": 1, "name": "small", "year": 1} | settings
    named = {f"{name}.csv": Table.of(f"{name}.csv", rows) for name, rows in tables.items()}
    return Folder(written, named)


def drafted(found: Folder, *, thorough: bool = True, **aims: Any) -> Draft:  # noqa: ANN401
    """Return the optimum of a folder over one year without terminal rule, if not told else."""
    wanted = replace(Aims(years=1, terminal=None), **aims)
    return optimum(Returns(economy_of(found)), wanted, thorough=thorough)


def workshop(**tables: Rows) -> dict[str, Rows]:
    """Return one good made of hours alone, 100 hours a year, 80 wanted."""
    whole: dict[str, Rows] = {
        "goods": [{"good": "corn", "unit": "t", "spoilage": 1}],
        "techniques": [{"technique": "farm"}],
        "flows": [{"technique": "farm", "good": "corn", "role": "output", "amount": 1}],
        "labour": [{"technique": "farm", "skill": "work", "hours": 2}],
        "supply": [{"year": 1, "kind": "labour", "name": "work", "amount": 100}],
        "needs": [{"year": 1, "good": "corn", "target": 80}],
    }
    return whole | tables


def station() -> dict[str, Rows]:
    """Return power from a station that has to be built of steel first."""
    return {
        "goods": [{"good": "steel", "stock": 10}, {"good": "power", "spoilage": 1}],
        "techniques": [
            {"technique": "mill", "capacity": 5, "wear": 0, "gestation": 1},
            {"technique": "station", "capacity": 0, "wear": 0, "gestation": 1},
        ],
        "flows": [
            {"technique": "mill", "good": "steel", "role": "output", "amount": 1},
            {"technique": "mill", "good": "steel", "role": "capital", "amount": 1},
            {"technique": "station", "good": "power", "role": "output", "amount": 1},
            {"technique": "station", "good": "steel", "role": "capital", "amount": 2},
        ],
        "labour": [
            {"technique": "mill", "skill": "work", "hours": 2},
            {"technique": "station", "skill": "work", "hours": 1},
        ],
        "supply": [{"year": 1, "kind": "labour", "name": "work", "amount": 1000}],
        "needs": [{"year": 2, "good": "power", "target": 10}],
    }


def traders(debt: float = 0.0) -> dict[str, Rows]:
    """Return corn that is sold for tea; tea is wanted."""
    return {
        "goods": [
            {"good": "corn", "spoilage": 1, "export_price": 1},
            {"good": "tea", "spoilage": 1, "import_price": 1},
        ],
        "techniques": [{"technique": "farm", "capacity": 50, "wear": 0}],
        "flows": [{"technique": "farm", "good": "corn", "role": "output", "amount": 1}],
        "labour": [{"technique": "farm", "skill": "work", "hours": 2}],
        "supply": [
            {"year": 1, "kind": "labour", "name": "work", "amount": 1000},
            {"year": 1, "kind": "credit", "name": "debt", "amount": -debt},
        ],
        "needs": [{"year": 1, "good": "tea", "target": 100}],
    }
