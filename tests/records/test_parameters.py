import re
from dataclasses import fields, replace
from inspect import cleandoc

import pytest

from sovplan.foundation.errors import DataError
from sovplan.records.parameters import NAMES, POSITIVE, SHARES, Parameters, unfit

HALVES = Parameters(**dict.fromkeys(NAMES, 0.5))


def test_every_parameter_is_described_with_its_rule() -> None:
    text = cleandoc(Parameters.__doc__ or "")

    found = re.findall(r"^(\w+)\n    (R\d\d)\. ", text, re.M)
    assert [name for name, _ in found] == [field.name for field in fields(Parameters)]
    assert [rule for _, rule in found] == sorted(rule for _, rule in found)


@pytest.mark.parametrize("name", NAMES)
def test_zero_switches_a_rule_off_unless_it_is_divided_by(name: str) -> None:
    if name in POSITIVE:
        with pytest.raises(DataError, match=f"parameter {name}: 0.0 is not above 0"):
            replace(HALVES, **{name: 0.0})
    else:
        assert getattr(replace(HALVES, **{name: 0.0}), name) == 0.0


@pytest.mark.parametrize("name", NAMES)
def test_below_zero_is_refused_and_shares_end_at_one(name: str) -> None:
    with pytest.raises(DataError, match=f"parameter {name}: -0.1"):
        replace(HALVES, **{name: -0.1})

    if name in SHARES:
        with pytest.raises(DataError, match=f"parameter {name}: 1.1 is outside 0 to 1"):
            replace(HALVES, **{name: 1.1})
    else:
        assert getattr(replace(HALVES, **{name: 1.1}), name) == 1.1


def test_one_error_names_every_parameter_that_is_wrong() -> None:
    with pytest.raises(DataError) as refused:
        replace(HALVES, queue=float("inf"), leak=2.0)

    assert "parameter queue: inf is not a finite number" in str(refused.value)
    assert "parameter leak: 2.0 is outside 0 to 1" in str(refused.value)


@pytest.mark.parametrize("value", [True, "1", None, float("nan")])
def test_what_is_no_number_is_said_to_be_none(value: object) -> None:
    assert unfit("queue", value) == f"{value!r} is not a finite number"
