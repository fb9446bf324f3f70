"""Roles of final uses, and what the readers assume by default."""

import pytest

from sovplan.foundation.errors import DataError
from sovplan.history.readers.notes import Assumption
from sovplan.history.readers.terms import Terms

TERMS = Terms(name="small", title="Small", year=2000, unit="pounds")


@pytest.mark.parametrize(
    ("use", "role"),
    [
        ("households", "target"),
        ("government_individual", "target"),
        ("government_collective", "public"),
        ("gfcf", "investment"),
        ("inventories", "stocks"),
        ("exports", "exports"),
    ],
)
def test_usual_names_of_final_uses_have_their_roles(use: str, role: str) -> None:
    assert TERMS.role(use) == role


def test_a_final_use_without_a_role_is_named_with_the_known_ones() -> None:
    with pytest.raises(DataError, match=r'"gifts".*known: households, nonprofit'):
        TERMS.role("gifts")


def test_what_is_assumed_by_default_is_what_is_promised() -> None:
    assert (TERMS.export_price.value, TERMS.trade_cap.value) == (0.95, 1.2)
    assert TERMS.utilisation.value == 0.85
    for given in (*TERMS.assumptions().values(), TERMS.utilisation):
        assert given.low <= given.value <= given.high
        assert given.why


def test_an_assumption_is_written_with_all_its_fields() -> None:
    given = Assumption(1.0, 0.5, 2.0, "hours", "for the test")

    assert given.as_table() == {
        "value": 1.0,
        "low": 0.5,
        "high": 2.0,
        "unit": "hours",
        "why": "for the test",
        "source": "assumed",
    }
