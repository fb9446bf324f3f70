"""What is checked at run time in all tests: types, numbers of axes, and that axes agree."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest
from beartype import beartype
from beartype.roar import BeartypeCallHintViolation

from sovplan.foundation import polish
from sovplan.foundation.shapes import GoodsVector, GoodsYears, PlantsYears, PlantsYearsNext
from tests.typed import checked, names_axes

TWO, THREE = np.zeros(2), np.zeros(3)
check = checked(typechecker=beartype)


@check
def _valued(amounts: GoodsYears, values: GoodsVector) -> GoodsVector:
    return np.asarray(values @ amounts)


@check
def _called(name: str, times: int = 1) -> str:
    return name * times if times > 0 else None  # type: ignore[return-value]


@check
@dataclass(frozen=True)
class _Order:
    plants: PlantsYears
    after: PlantsYearsNext

    @classmethod
    @check
    def of(cls, years: int) -> "_Order":
        return cls(np.zeros((1, years)), np.zeros((1, years + 1)))

    @check
    def same(self, other: "_Order") -> bool:
        return self.plants.shape == other.plants.shape

    @property
    @check
    def name(self) -> str:
        return self.plants  # type: ignore[return-value]


@dataclass(frozen=True)
class _Each:
    plants: np.ndarray


@check
def _each(values: GoodsVector, weights: GoodsVector) -> Iterator[float]:
    yield float(values @ weights)


def test_what_fits_passes() -> None:
    assert _valued(np.zeros((2, 2)), TWO).shape == (2,)
    assert _called("ab", times=2) == "abab"
    assert _Order.of(years=3).after.shape == (1, 4)
    assert _Order.of(years=3).same(_Order.of(years=3))
    assert list(_each(TWO, TWO)) == [0.0]


def test_each_call_has_axes_of_its_own() -> None:
    def outer() -> object:
        return _valued(np.zeros((3, 3)), THREE).shape

    assert (_valued(np.zeros((2, 2)), TWO).shape, outer()) == ((2,), (3,))


@pytest.mark.parametrize(
    "call",
    [
        lambda: _valued(np.zeros((2, 2)), THREE),
        lambda: _valued(TWO, TWO),
        lambda: _valued(np.zeros((2, 2)), [0.0, 0.0]),
        lambda: _valued(np.zeros((2, 3)), TWO),
        lambda: _called(3),
        lambda: _called("a", times="b"),
        lambda: _called("a", times=0),
        lambda: _Order(np.zeros((1, 3)), np.zeros((1, 3))),
        lambda: _Order.of(years="3"),
        lambda: _Order.of(years=3).same(_Each(np.zeros((1, 3)))),
        lambda: _Order.of(years=3).name,
        lambda: list(_each(TWO, THREE)),
    ],
)
def test_what_does_not_fit_is_refused(call: Callable[[], Any]) -> None:
    with pytest.raises((BeartypeCallHintViolation, TypeError)):
        call()


def test_the_package_is_checked_so() -> None:
    assert polish.snapped(TWO, 1.0).shape == (2,)
    wrong: Any
    for wrong in (np.zeros((2, 2)), np.zeros(2, np.int64)):
        with pytest.raises(BeartypeCallHintViolation):
            polish.snapped(wrong, 1.0)


def test_hints_that_name_axes_are_found() -> None:
    assert names_axes(GoodsYears)
    assert names_axes(dict[str, tuple[GoodsVector, ...]] | None)
    assert not names_axes(dict[str, float] | None)
