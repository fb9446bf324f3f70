from collections.abc import Callable
from dataclasses import fields, replace
from typing import TypeAlias

import numpy as np
import pytest
from tests.foundation.keys import spoken
from tests.society.sharing_cases import earned, offer, strata

from sovplan.foundation.errors import DataError
from sovplan.society.sharing import Earned, Offer
from sovplan.society.strata import Strata

Checked: TypeAlias = Strata | Offer | Earned

TWO = strata(["worker", "official"], [8, 2], [[0.5, 0.5], [1, 0]])


def test_strata_know_their_classes() -> None:
    np.testing.assert_array_equal(TWO.of_class("official"), [False, True])
    assert len(TWO) == 2


def test_a_stratum_may_buy_nothing() -> None:
    assert not strata(["peasant"], [3], [[0, 0]]).budget.any()


@pytest.mark.parametrize(
    ("key", "wrong"),
    [
        ("sharing.strata.lengths", lambda: replace(TWO, titles=("one",))),
        ("sharing.strata.twice", lambda: replace(TWO, names=("s0", "s0"))),
        ("sharing.strata.unknown", lambda: replace(TWO, classes=("worker", "oficial"))),
        ("sharing.strata.codes", lambda: replace(TWO, skills=np.array([0, -2]))),
        ("sharing.strata.codes", lambda: replace(TWO, grades=np.array([0, np.inf]))),
        ("sharing.strata.budget", lambda: replace(TWO, budget=TWO.budget * 0.9)),
        ("sharing.amounts", lambda: replace(TWO, budget=-TWO.budget)),
        ("sharing.amounts", lambda: replace(TWO, people=np.array([8, -2.0]))),
        ("sharing.amounts", lambda: replace(TWO, need=np.full((2, 2), np.nan))),
        ("sharing.amounts", lambda: offer([-1], [1])),
        ("sharing.prices", lambda: offer([1, 1], [1, 0])),
        ("sharing.prices", lambda: offer([1], [np.inf])),
        ("sharing.amounts", lambda: earned([-1])),
        ("sharing.amounts", lambda: earned([1], savings=[np.nan])),
        ("sharing.amounts", lambda: earned([1], hour=-1.0)),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused_and_named(key: str, wrong: Callable[[], object]) -> None:
    with pytest.raises(DataError) as refused:
        wrong()

    assert spoken(key, str(refused.value))


def unchecked(value: Checked, name: str, amounts: object) -> Checked:
    """Return a value with one part changed, past the checks that only tests make."""
    other = object.__new__(type(value))
    for field in fields(value):
        object.__setattr__(other, field.name, getattr(value, field.name))
    object.__setattr__(other, name, amounts)
    return other


@pytest.mark.parametrize(
    ("value", "name", "amounts"),
    [
        (TWO, "need", np.zeros((2, 3))),
        (TWO, "people", np.zeros(3)),
        (TWO, "grades", np.zeros((2, 1))),
        (offer([1, 2], [1, 1]), "prices", np.ones(1)),
        (offer([1, 2], [1, 1]), "common", np.array([True])),
        (earned([1, 2]), "bonus", np.zeros(1)),
    ],
)
def test_parts_of_another_length_are_refused_where_nobody_checks_types(
    value: Checked, name: str, amounts: object
) -> None:
    with pytest.raises(DataError, match=f"{name} has the shape"):
        unchecked(value, name, amounts).__post_init__()


def test_the_nearest_class_is_named() -> None:
    with pytest.raises(DataError, match='Did you mean "official"'):
        replace(TWO, classes=("worker", "oficial"))
