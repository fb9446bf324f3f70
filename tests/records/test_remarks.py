from dataclasses import replace

import numpy as np
import pytest
from tests.records.federation import BOOKS, FOLDER, draft

from sovplan.planning.stress import stress
from sovplan.records.checks import findings
from sovplan.records.disassembly import folder_of
from sovplan.records.folder import Folder
from sovplan.records.remarks import remarked
from sovplan.records.returns import Returns


def row(folder: Folder, table: str, **key: str) -> dict[str, str]:
    """Return the one row of a table with these names."""
    found = folder.table(table)
    columns = {head: found.text(head) for head in found.columns}
    (place,) = (
        place
        for place in range(len(found))
        if all(columns[head][place] == name for head, name in key.items())
    )
    return {head: cells[place] for head, cells in columns.items()}


def written(factor: float = 1.0) -> Folder:
    goods = BOOKS.goods
    stock = np.where(np.array(goods.names) == "grain", goods.stock * factor, goods.stock)
    economy = replace(BOOKS, goods=replace(goods, stock=stock))
    return remarked(folder_of(economy), FOLDER, "declared")


def test_rows_that_stay_keep_their_remarks() -> None:
    found = row(written(), "flows.csv", technique="bakery", good="flour", role="input")

    assert (found["low"], found["high"], found["provenance"]) == ("0.68", "0.76", "assumed")
    assert found["note"] == "the rest is water"


def test_the_short_form_keeps_its_remarks_when_it_is_written_out() -> None:
    plant = row(written(), "plants.csv", plant="bakery")
    building = row(written(), "building.csv", plant="bakery", good="machines")

    assert (plant["low"], plant["high"]) == ("18.9", "23.1")
    assert (building["low"], building["high"]) == ("1.82", "3.38")


def test_needs_keep_their_remarks_whether_their_kind_is_written_or_not() -> None:
    found = row(written(), "needs.csv", good="bread", year="2027")

    assert found["note"] == "90 kg a head"


def test_a_changed_amount_keeps_its_relative_range_and_says_where_it_is_from() -> None:
    found = row(written(factor=0.5), "goods.csv", good="grain")

    assert (found["stock"], found["low"], found["high"]) == ("4", "2.8", "5.2")
    assert (found["provenance"], found["source"]) == ("declared", "")
    assert found["note"] == "stock: what the last harvest left on the first of January"


def test_every_row_of_the_books_keeps_its_range() -> None:
    found = written()

    assert findings(found) == []
    ranges = sum(int(np.isfinite(t.numbers("low")).sum()) for t in found.tables.values())
    assert ranges == sum(int(np.isfinite(t.numbers("low")).sum()) for t in FOLDER.tables.values())


def test_the_remarks_are_where_the_stress_of_a_plan_looks_for_them() -> None:
    one, other = (stress(Returns(BOOKS), folder, draft(), 1, 1) for folder in (FOLDER, written()))

    assert (one.ranged, one.spread) == (other.ranged, other.spread)


@pytest.mark.parametrize("table", ["flows.csv", "supply.csv", "loads.csv"])
def test_nothing_but_remarks_is_touched(table: str) -> None:
    plain, found = folder_of(BOOKS).table(table), written().table(table)

    for head in plain.columns:
        assert found.text(head) == plain.text(head)
