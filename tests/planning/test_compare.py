"""Two drafts side by side: differing inputs are found, and what each does is solved for."""

from dataclasses import replace

import pytest

from sovplan.history.economies import read_economy_folder
from sovplan.planning.compare import Comparison, Inputs, compare
from sovplan.planning.optimum import optimum
from sovplan.records.aims import Aims
from sovplan.records.assembly import economy_of
from sovplan.records.draftfile import json_document
from sovplan.records.folder import Folder
from sovplan.records.returns import Returns
from sovplan.records.summary import Summary, summary_of

AIMS = Aims(years=3)


def summary(inputs: Inputs, name: str) -> Summary:
    draft = optimum(Returns(economy_of(inputs.folder)), inputs.aims)
    return summary_of(json_document(draft), name)


def compared(first: Inputs, second: Inputs) -> Comparison:
    return compare(summary(first, "old"), summary(second, "new"), (first, second))


def scaled(folder: Folder, table: str, column: str, factor: float, row: int = 0) -> Folder:
    numbers = folder.table(table).numbers(column).copy()
    numbers[row] *= factor
    return folder.with_table(folder.table(table).with_column(column, numbers))


def test_a_draft_compared_with_itself_has_no_difference() -> None:
    same = Inputs(read_economy_folder("two-goods"), AIMS)
    found = compared(same, same)

    for part in (found.inputs, found.effects, found.output, found.consumption, found.hours):
        assert not part
    assert not found.binds
    assert not found.free
    assert any("same objective" in sentence for sentence in found.sentences)


def test_one_changed_number_is_named_with_its_row_and_does_all() -> None:
    folder = read_economy_folder("two-goods")
    hours = scaled(folder, "supply.csv", "amount", 1.1)
    first, second = Inputs(folder, AIMS), Inputs(hours, AIMS)
    found = compared(first, second)

    (change,) = found.inputs
    assert (change.file, change.column) == ("supply.csv", "amount")
    assert float(change.after) == pytest.approx(1.1 * float(change.before))
    (effect,) = found.effects
    whole = summary(second, "new").objective - summary(first, "old").objective
    assert effect.difference == pytest.approx(whole, abs=1e-9)


def test_each_group_is_tried_alone() -> None:
    folder = read_economy_folder("two-goods")
    both = scaled(scaled(folder, "supply.csv", "amount", 0.98), "needs.csv", "target", 1.2)
    found = compared(Inputs(folder, AIMS), Inputs(both, replace(AIMS, terminal=0.01)))

    assert {effect.group for effect in found.effects} == {"supply.csv", "needs.csv", "aims"}
    assert any("need not be the sum" in sentence for sentence in found.sentences)
    for effect in found.effects:
        assert effect.difference <= 1e-9


def test_another_status_or_objective_is_said_and_not_compared() -> None:
    folder = read_economy_folder("two-goods")
    first = Inputs(folder, AIMS)
    impossible = Inputs(scaled(folder, "needs.csv", "floor", 1e6), AIMS)
    found = compared(first, impossible)
    assert any("infeasible" in sentence for sentence in found.sentences)

    other = compared(first, Inputs(folder, replace(AIMS, objective="common", cap=1.0)))
    assert any("different objectives" in sentence for sentence in other.sentences)
