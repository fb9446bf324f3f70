import re
from dataclasses import fields, replace
from inspect import cleandoc
from typing import Any

import pytest

from sovplan.foundation.errors import DataError
from sovplan.records.institutions import CLASSES, KINDS, USES, Institutions, unfit

ORDINARY: dict[str, Any] = {
    "drafters": ("even",),
    "decision_rule": "schulze",
    "plan_years": 5,
    "supply_order": USES,
    "ration_norms": dict.fromkeys(CLASSES, 1.0),
}


def institutions(**values: object) -> Institutions:
    """Return institutions with every number at the lower end of its range, but for some."""
    least = {name: kind.least for name, kind in KINDS.items()}
    return Institutions(**{**least, **ORDINARY, **values})


def described() -> dict[str, str]:
    """Return what the docstring says of each field."""
    text = cleandoc(Institutions.__doc__ or "").partition("----------\n")[2]
    return {
        name: " ".join(lines.split())
        for name, lines in re.findall(r"^(\w+)\n((?:    .*\n?)+)", text, re.M)
    }


def test_the_kinds_are_those_of_the_fields_in_their_order() -> None:
    assert list(KINDS) == [field.name for field in fields(Institutions)]
    assert len(KINDS) == 30


@pytest.mark.parametrize("name", KINDS)
def test_the_docstring_says_form_range_and_rules_of_every_institution(name: str) -> None:
    kind, text = KINDS[name], described()[name]

    forms = {"number": "Number", "whole": "Whole number", "norms": "Norms"}
    span = f", {kind.least:g} to {kind.most:g}" if kind.form in forms else ""
    form = forms.get(kind.form, kind.form.capitalize())
    assert text.endswith(f" {form}{span}. Read by {', '.join(kind.rules) or 'no rule yet'}.")


@pytest.mark.parametrize("name", [name for name, kind in KINDS.items() if kind.form == "number"])
def test_both_ends_of_a_range_are_inside_and_a_step_beyond_is_refused(name: str) -> None:
    kind = KINDS[name]

    assert getattr(institutions(**{name: kind.most}), name) == kind.most
    assert getattr(institutions(**{name: kind.least}), name) == kind.least
    for value in (kind.least - 1e-9, kind.most + 1e-9):
        with pytest.raises(DataError, match=f"institution {name}: .* is outside"):
            institutions(**{name: value})


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("drafters", (), "is not a list of names; one or more of consumption, even"),
        ("drafters", ("evn",), '"evn" is not known here. Did you mean "even"?'),
        ("drafters", ("even", "even"), '"even" stands twice'),
        ("decision_rule", "Schulze!", "'Schulze!' is not a name"),
        ("plan_years", 0, "0 is outside 1 to 15"),
        ("plan_years", 16, "16 is outside 1 to 15"),
        ("supply_order", USES[1:], "floors have no place; name every class of use once"),
        ("supply_order", (*USES, "heavy"), '"heavy" stands twice'),
        ("supply_order", (*USES[1:], "army"), '"army" is not known here. Known: floors, heavy'),
        ("ration_norms", {"worker": 1.0}, "peasant, specialist, official have no norm"),
        ("ration_norms", dict.fromkeys((*CLASSES, "soldier"), 1.0), '"soldier" is not known'),
        ("ration_norms", dict.fromkeys(CLASSES, 6.0), "peasant: 6.0 is outside 0 to 5"),
        ("ratchet", float("nan"), "nan is not a number; a number from 0 to 1 was needed"),
    ],
)
def test_a_value_that_does_not_fit_is_refused_by_name(name: str, value: object, said: str) -> None:
    with pytest.raises(DataError, match=re.escape(f"institution {name}: ")) as refused:
        institutions(**{name: value})

    assert said in str(refused.value)


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("ratchet", True, "True is not a number"),
        ("ratchet", "0.5", "'0.5' is not a number"),
        ("plan_years", 5.0, "5.0 is not a whole number; one from 1 to 15 was needed"),
        ("plan_years", True, "True is not a whole number"),
        ("decision_rule", 3, "3 is not a name"),
        ("drafters", "even", "'even' is not a list of names"),
        ("supply_order", 3, "3 is not a list of names"),
        ("ration_norms", 1.0, "1.0 is not a table; a number for each of peasant"),
        (
            "ration_norms",
            {**dict.fromkeys(CLASSES, 1.0), "worker": "1"},
            "worker: '1' is not a num",
        ),
    ],
)
def test_a_value_of_the_wrong_kind_is_said_to_be_one(name: str, value: object, said: str) -> None:
    assert said in unfit(name, value)


def test_one_error_names_every_value_that_is_wrong() -> None:
    with pytest.raises(DataError) as refused:
        institutions(ratchet=2.0, hours=0.0)

    assert "institution ratchet: 2.0 is outside 0 to 1" in str(refused.value)
    assert "institution hours: 0.0 is outside 0.25 to 2" in str(refused.value)


def test_changing_one_value_checks_it_again() -> None:
    with pytest.raises(DataError, match="institution trust"):
        replace(institutions(), trust=1.5)
