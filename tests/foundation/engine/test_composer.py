import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.foundation.engine import toy

from sovplan.foundation.engine.composer import Unfit, compose
from sovplan.foundation.engine.rule import Rule, rule
from sovplan.foundation.engine.tables import Column, Count, Pack
from sovplan.foundation.errors import DataError


def with_rules(*more: Rule) -> tuple[Rule, ...]:
    return (*toy.RULES, *more)


def simple(**given: object) -> Rule:
    """Return a rule that copies age to `dies`, with fields of it changed."""
    made = rule("X", step="renew", table="people", reads=("age",), writes=("dies",),
                source="own")(copy)  # fmt: skip
    return replace(made, **given)  # type: ignore[arg-type]


def copy(age: int) -> int:
    """Age."""
    return age


def copy_state(morale: float) -> float:
    """Morale."""
    return morale


def refused(said: str, *more: Rule, **changed: object) -> None:
    parts: dict[str, object] = {
        "rules": with_rules(*more), "tables": toy.TABLES, "counts": toy.COUNTS, "packs": toy.PACKS,
        **changed,
    }  # fmt: skip
    with pytest.raises(Unfit, match=re.escape(said)):
        compose(**parts)  # type: ignore[arg-type]


@given(st.permutations(toy.RULES), st.permutations(toy.COUNTS))
def test_the_order_of_a_list_has_no_meaning(rules: list[Rule], counts: list[Count]) -> None:
    composition = compose(rules, toy.TABLES, counts, toy.PACKS)
    places = {each.name: i for i, each in enumerate(composition.rules)}

    assert places["effort"] < places["hours"] < places["wage"] < places["pay"] < places["save"]
    assert places["look"] < places["want"] < places["move"]
    assert places["death"] < places["older"]
    assert [each.table for each in composition.passes] == ["people", "cell", "cell", "people"]


def test_two_rules_that_write_one_column_in_a_step_are_refused() -> None:
    refused("both write people.dies", simple())


def test_one_column_may_be_written_in_two_steps() -> None:
    steps = [each.step for each in toy.composition().rules if "savings" in each.writes]

    assert steps == ["share", "renew"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"table": "peple"}, "no table peple; nearest: people"),
        ({"writes": ("diess",)}, "no column diess; nearest: dies"),
        ({"reads": ("agee",)}, "no column agee; nearest: age"),
        ({"when": "looks_"}, "no column looks_; nearest: looks"),
    ],
)
def test_unknown_names_are_refused_with_the_nearest_known(
    change: dict[str, object], said: str
) -> None:
    made = simple()
    for name, value in change.items():  # past the check of arguments: it is the composer's turn
        object.__setattr__(made, name, value)

    refused(said, made)


def test_a_flow_that_nothing_writes_is_refused() -> None:
    rules = [each for each in toy.RULES if each.name != "hours"]

    refused("reads people.hours before anything writes it", rules=rules)


def test_a_flow_read_before_its_step_is_refused() -> None:
    rules = [replace(each, step="decide") if each.name == "wage" else each for each in toy.RULES]

    refused("before anything writes it", rules=rules)


def test_what_is_passed_on_does_not_outlive_its_pass() -> None:
    people = replace(
        toy.PEOPLE,
        columns=tuple(
            Column("hours", "whole", "i4", "passing") if c.name == "hours" else c
            for c in toy.PEOPLE.columns
        ),
    )

    refused("reads people.hours in a later pass", tables=(people, *toy.TABLES[1:]))


def test_a_count_sums_whole_numbers_only() -> None:
    refused("sums whole numbers", counts=(*toy.COUNTS, Count("cell.wage", "", "people", "share")))
    refused(
        "sums whole numbers", counts=(*toy.COUNTS, Count("cell.trust", "effort", "people", "make"))
    )


def test_a_draw_belongs_to_one_rule_and_one_stream() -> None:
    refused("is drawn twice", packs=(*toy.PACKS, Pack("more luck", ("dying",))))
    refused("is drawn twice", packs=(*toy.PACKS, Pack("moving", ("mood",))))
    refused("one to four draws", packs=(*toy.PACKS, Pack("none", ())))


def test_states_of_other_tables_are_not_read_in_the_step_that_moves_them() -> None:
    cells = replace(
        toy.CELLS,
        columns=tuple(
            replace(c, role="state") if c.name == "wage" else c for c in toy.CELLS.columns
        ),
    )

    refused("reads the state cell.wage in the step that changes it",
            tables=(toy.PEOPLE, cells, *toy.TABLES[2:]))  # fmt: skip


def test_a_switch_that_is_not_known_is_the_user_s_error() -> None:
    with pytest.raises(
        DataError, match=r"No rule has the switch eford; the nearest name is effort"
    ):
        toy.composition(off=("eford",))


def test_a_rule_that_is_off_is_left_out_or_given_its_numbers() -> None:
    silent, fixed = toy.composition(off=("saving",)), toy.composition(off=("effort",))

    assert "save" not in {each.name for each in silent.rules}
    assert "effort" in {each.name for each in fixed.rules}
    assert fixed.values() == ()
    assert toy.composition().values() == ("zeal",)


def test_a_sum_that_would_cut_a_step_in_two_is_refused() -> None:
    late = [replace(each, step="make") if each.name in {"wage", "pay"} else each
            for each in toy.RULES]  # fmt: skip

    refused("would be cut in two by a sum", rules=late)
