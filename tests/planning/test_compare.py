"""Two drafts side by side: differing inputs are found, and what each does is solved for."""

from dataclasses import replace

import numpy as np
import pytest

from sovplan.foundation.numbers import figure
from sovplan.history.economies import read_economy_folder
from sovplan.planning.compare import Comparison, Effect, Inputs, attribute, compare
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


@pytest.mark.parametrize("order", [1, -1])
def test_a_draft_that_cannot_be_done_says_why(order: int) -> None:
    folder = read_economy_folder("two-goods")
    impossible = Inputs(scaled(folder, "needs.csv", "floor", 1e6), AIMS)
    refused, good = summary(impossible, "refused"), summary(Inputs(folder, AIMS), "good")

    found = compare(good, refused) if order > 0 else compare(refused, good)

    place = found.sentences.index(f"refused: {refused.explain[0]}")
    count = len(refused.explain)
    assert count > 3
    assert found.sentences[place + 1 : place + count] == refused.explain[1:]
    assert not any(sentence.startswith("good: ") for sentence in found.sentences)


def test_drafts_of_two_economies_are_warned_of_and_nothing_is_attributed() -> None:
    pairs = [Inputs(read_economy_folder(name), AIMS) for name in ("two-goods", "federation-12")]

    found = compared(*pairs)

    assert [warning for warning in found.warnings if "two economies, two-goods and" in warning]
    assert found.inputs
    assert not found.effects


def test_an_economy_that_was_only_renamed_is_still_one() -> None:
    folder = read_economy_folder("two-goods")
    renamed = replace(folder, settings={**folder.settings, "name": "two-goods-more"})
    more = scaled(renamed, "supply.csv", "amount", 1.1)

    found = compared(Inputs(folder, AIMS), Inputs(more, AIMS))

    (warning,) = found.warnings
    assert "taken for one" in warning
    assert {effect.group for effect in found.effects} == {"supply.csv", "economy.toml"}


def test_other_years_and_units_are_warned_of() -> None:
    folder = read_economy_folder("two-goods")
    goods = folder.table("goods.csv")
    units = tuple("other" for _ in goods.text("unit"))
    other = folder.with_table(goods.with_column("unit", units))

    found = compared(Inputs(folder, AIMS), Inputs(other, replace(AIMS, years=2)))

    years, unit = found.warnings
    assert "sums over all years are over other years" in years
    assert "grain, tools" in unit


def test_a_group_that_leaves_nothing_to_pursue_is_left_out() -> None:
    folder = read_economy_folder("two-goods")
    needs = folder.table("needs.csv")
    late = folder.with_table(needs.with_column("year", needs.numbers("year") + 50))
    first = Inputs(folder, AIMS)
    second = Inputs(late, replace(AIMS, years=53))

    effects = [effect.group for effect in compare_inputs(first, second)]

    assert effects == ["aims"]


def compare_inputs(first: Inputs, second: Inputs) -> list[Effect]:
    return list(attribute(summary(first, "old"), first, second))


@pytest.mark.parametrize("order", [1, -1])
def test_limits_of_a_draft_without_a_plan_are_not_counted(order: int) -> None:
    folder = read_economy_folder("two-goods")
    impossible = Inputs(scaled(folder, "needs.csv", "floor", 1e6), AIMS)
    pair = [Inputs(folder, AIMS), impossible][::order]

    found = compared(*pair)

    assert not found.binds
    assert not found.free
    assert not any("bind" in sentence for sentence in found.sentences)


def test_what_each_change_does_alone_is_told_where_the_first_draft_has_no_plan() -> None:
    folder = read_economy_folder("two-goods")
    most = replace(AIMS, floor_multiples=(99.0,))
    refused = summary(Inputs(folder, most), "old")
    assert refused.status == "infeasible"
    wanted = optimum(Returns(economy_of(folder)), AIMS).objective

    found = compared(Inputs(folder, most), Inputs(folder, AIMS))

    (effect,) = found.effects
    assert (effect.group, effect.status) == ("aims", "optimal")
    assert effect.objective == pytest.approx(wanted)
    assert np.isnan(effect.difference)
    words = f"aims changed alone: there is a plan, and the objective becomes {figure(wanted, 4)}."
    assert words in found.sentences
    (other,) = compared(Inputs(folder, AIMS), Inputs(folder, most)).effects
    assert (other.group, other.status) == ("aims", "infeasible")
