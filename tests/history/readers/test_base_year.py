"""The check of a year against the limits of its economy: each kind of violation is found."""

from dataclasses import replace

import numpy as np
import pytest

from sovplan.foundation.errors import DataError
from sovplan.history.readers.base_year import (
    BaseYear,
    planned_from,
    violations,
    year_of_tables,
)
from sovplan.records.folder import Folder, Table

# A mill makes 10 of flour from 8 of grain: 5 grown, 2 imported, 1 of 1.25 in store (a fifth is
# lost). 6 of flour are eaten, 1 is given away, 3 exported.
YEAR = BaseYear(
    2000,
    ("mill", "farm"),
    np.array([10.0, 5.0]),
    ("grain", "flour", "salt"),
    made=np.array([5.0, 10.0, 0.0]),
    imported=np.array([2.0, 0.0, 0.0]),
    from_stock=np.array([1.0, 0.0, 0.0]),
    used_in_production=np.array([8.0, 0.0, 0.0]),
    consumed=np.array([0.0, 6.0, 0.0]),
    fixed_uses=np.array([0.0, 1.0, 0.0]),
    exported=np.array([0.0, 3.0, 0.0]),
)
ROWS: dict[str, list[dict[str, object]]] = {
    # not in the order of the year: places are found by name
    "goods.csv": [
        {"good": "flour", "export_price": 0.5, "export_cap": 3},
        {"good": "salt"},
        {"good": "grain", "stock": 1.25, "spoilage": 0.2, "import_price": 1, "import_cap": 2},
    ],
    "techniques.csv": [{"technique": "mill"}, {"technique": "farm", "capacity": 5}],
    "flows.csv": [
        {"technique": "mill", "good": "flour", "role": "output", "amount": 1},
        {"technique": "mill", "good": "grain", "role": "input", "amount": 0.8},
        {"technique": "farm", "good": "grain", "role": "output", "amount": 1},
        {"technique": "farm", "good": "flour", "role": "capital", "amount": 7},
    ],
    "labour.csv": [{"technique": "mill", "skill": "miller", "hours": 2}],
    "resources.csv": [{"technique": "farm", "resource": "land", "amount": 3}],
    "supply.csv": [
        {"year": 2000, "kind": "labour", "name": "miller", "amount": 20},
        {"year": 2000, "kind": "resource", "name": "land", "amount": 15},
        {"year": 2000, "kind": "credit", "name": "loan", "amount": 0.5},
        {"year": 2001, "kind": "credit", "name": "loan", "amount": 100},
    ],
    "needs.csv": [
        {"year": 2000, "good": "flour", "target": 6, "floor": 5, "public": 1},
        {"year": 2001, "good": "flour", "target": 60, "floor": 5, "public": 1},
    ],
    "plants.csv": [{"plant": "stones", "capacity": 20}],
    "loads.csv": [{"technique": "mill", "plant": "stones", "load": 2}],
}


def folder(name: str = "", row: int = 0, **cells: object) -> Folder:
    rows = {table: [dict(each) for each in content] for table, content in ROWS.items()}
    if name:
        rows[name][row] |= cells
    tables = {table: Table.of(table, content) for table, content in rows.items()}
    return Folder({"year": 2000, "first_year": 2001}, tables)


def test_a_year_that_keeps_all_limits_breaks_none() -> None:
    assert violations(folder(), YEAR) == dict.fromkeys(violations(folder(), YEAR), 0.0)


@pytest.mark.parametrize(
    ("kind", "share", "name", "row", "cells"),
    [
        ("goods", 2 / 10, "flows.csv", 1, {"amount": 1.0}),
        ("goods", 1 / 10, "flows.csv", 0, {"amount": 0.9}),
        ("needs", 4 / 10, "needs.csv", 0, {"target": 10}),
        ("needs", 2 / 8, "needs.csv", 0, {"floor": 8}),
        ("needs", 1 / 2, "needs.csv", 0, {"public": 2}),
        ("capacity", 1 / 5, "techniques.csv", 1, {"capacity": 4}),
        ("capacity", 1 / 21, "loads.csv", 0, {"load": 2.1}),
        ("labour", 1 / 20, "supply.csv", 0, {"amount": 19}),
        ("labour", 1.0, "supply.csv", 0, {"year": 2001}),
        ("resources", 5 / 20, "resources.csv", 0, {"amount": 4}),
        ("trade", 0.5 / 2, "supply.csv", 2, {"amount": 0}),
        ("trade", 0.3 / 2, "goods.csv", 0, {"export_price": 0.4}),
        ("stocks", 0.2 / 1, "goods.csv", 2, {"stock": 1}),
        ("stocks", 0.5, "goods.csv", 2, {"spoilage": 0.6}),
        ("caps", 1 / 2, "goods.csv", 2, {"import_cap": 1}),
        ("caps", 1.0, "goods.csv", 0, {"export_price": None}),
    ],
)
def test_each_kind_of_violation_is_found_with_its_size(
    kind: str, share: float, name: str, row: int, cells: dict[str, object]
) -> None:
    found = violations(folder(name, row, **cells), YEAR)

    assert found[kind] == pytest.approx(share)


def test_the_tables_of_a_year_read_back_as_the_same_year() -> None:
    activity, balance = YEAR.tables()

    again = year_of_tables(activity, balance, 2000)

    assert (activity.name, balance.name) == ("activity_2000.csv", "balance_2000.csv")
    assert again.goods == YEAR.goods
    assert again.techniques == YEAR.techniques
    np.testing.assert_array_equal(again.exported, YEAR.exported)
    np.testing.assert_array_equal(balance.numbers("residual"), [0.0, 0.0, 0.0])


def test_a_year_of_other_goods_is_refused() -> None:
    with pytest.raises(DataError, match=r"goods\.csv and the year do not name the same rows"):
        violations(folder(), replace(YEAR, goods=("grain", "bread", "salt")))


def test_another_first_year_changes_nothing_else() -> None:
    before = folder()

    after = planned_from(before, 2000)

    assert after.settings == {"year": 2000, "first_year": 2000}
    assert after.tables is before.tables
