"""Numbers in the text of rules are parameters, or declared with a reason."""

from itertools import chain

import pytest
from tools.numbers_of_rules import (
    SOCIETY,
    Fixed,
    definitions,
    faults,
    fixed,
    numbers_of,
    numbers_of_rules,
)

from sovplan.records.ranged import PROVENANCES

RANKS = "persons/ranks.py"


def test_every_number_of_a_rule_is_a_parameter_or_declared() -> None:
    assert list(faults(numbers_of_rules())) == []


def test_a_number_without_source_is_named_with_its_place_and_what_to_do() -> None:
    text = (SOCIETY / RANKS).read_text("utf-8")
    planted = text.replace("natal_births * women_policy", "0.37 * women_policy")
    line = planted[: planted.index("0.37")].count("\n") + 1
    (told,) = faults(chain(numbers_of_rules(), numbers_of(planted, RANKS)))

    assert told.startswith(f"society/{RANKS}:{line}: 0.37 in `rank_bear` has no range and no")
    assert "regimes/model.toml" in told
    assert "tools/numbers_of_rules.toml" in told


def test_a_declaration_of_what_stands_there_no_more_is_named() -> None:
    found = [each for each in numbers_of_rules() if each.where != "appointed"]

    assert [each.split(" does")[0] for each in faults(iter(found))] == [
        f"tools/numbers_of_rules.toml: {number}" for number in (2, 10)
    ]


@pytest.mark.parametrize(
    ("expression", "numbers"),
    [
        ("x / 2.0 + y / 2", []),
        ("x ** 2 + y ** 0.5", []),
        ("-1.0 + 0 * x", []),
        ("x[3] + y[2:5]", []),
        ("0.5 * x", [0.5]),
        ("2.0 / x", [2.0]),
        ("x ** 3", [3.0]),
        ("max(x, -0.25)", [0.25]),
        ("x if flag is True else y", []),
    ],
)
def test_halves_squares_and_places_are_trivial(expression: str, numbers: list[float]) -> None:
    found = numbers_of(f"def rule(x, y, flag):\n    return {expression}\n", "any.py")

    assert [each.number for each in found] == numbers


def test_every_definition_has_a_reason() -> None:
    assert all(len(each.reason) > 7 for each in definitions())


@pytest.mark.parametrize("each", fixed(), ids=lambda each: f"{each.file} {each.where} {each.value}")
def test_a_number_that_cannot_be_set_has_range_and_source(each: Fixed) -> None:
    assert each.low <= each.value <= each.high
    assert each.provenance in PROVENANCES
    assert all((each.rule, each.meaning, each.unit, each.source))
