import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tests.foundation.engine.toy import CELLS, PEOPLE

from sovplan.foundation.engine import functions
from sovplan.foundation.engine.composer import compose
from sovplan.foundation.engine.language import Untranslatable
from sovplan.foundation.engine.rule import rule
from sovplan.foundation.engine.scripts import written
from sovplan.foundation.engine.tables import Column, Table

NUMBERS = Table(
    "numbers",
    (
        Column("x", "real", "f8"),
        Column("y", "real", "f8"),
        Column("n", "whole", "i8"),
        Column("out", "real", "f8", "flow"),
        Column("many", "whole", "i8", "flow"),
    ),
)
SIZE = 7
ALWAYS = True


def twice(x: float) -> float:
    """A helper."""
    doubled = x
    doubled += x
    return doubled


def everything(x: float, y: float, n: int) -> tuple[float, int]:
    """Uses all that the language has."""
    a: float = -x + SIZE * twice(y) if (x > 0 and not y > 1) or n == 3 else abs(x) - y / 4
    a += min(x, y, 2) * max(n, 1) + x**2 + (n - 3) ** 3
    b = n // 4 + n % 4 + int(y * 3) + math.floor(x) + int(ALWAYS) + (1 if 0 < x <= y else 0)
    b -= 1 if n else 0
    a, b, c = a + b, b + 1, a
    a, c = c, a
    a -= 2 * c
    return a + math.sqrt(abs(a)) + float(b), b


def laws(law: Callable[..., Any], many: bool = True) -> dict[str, Callable[..., Any]]:
    """Return a function as it was written down for plain Python and for NumPy."""
    columns = ("out", "many") if many else ("out",)
    made = rule("X", step="make", table="numbers", reads=("x", "y", "n"), writes=columns,
                source="own")(law)  # fmt: skip
    composition = compose([made], [NUMBERS])
    return {engine: written(made, composition, engine).law for engine in ("plain", "arrays")}


LAWS = laws(everything)
REALS = st.floats(-1e6, 1e6)


class Real(float):
    """A real number whose powers are products, as in rules: the library may differ by a bit."""

    def __pow__(self, many: float, _: None = None) -> float:
        return math.prod([float(self)] * int(many))


@example(x=0.0, y=-0.0, n=0)
@example(x=756498.6015625, y=0.0, n=0)
@given(x=REALS, y=REALS, n=st.integers(-1000, 1000))
def test_what_is_written_down_gives_what_the_function_gives(x: float, y: float, n: int) -> None:
    expected = everything(Real(x), y, n)

    rows = LAWS["plain"](x=np.float64(x), y=np.float64(y), n=np.int64(n))
    columns = LAWS["arrays"](x=np.array([x]), y=np.array([y]), n=np.array([n]))

    assert (float(rows[0]), int(rows[1])) == expected
    assert (float(columns[0][0]), int(columns[1][0])) == expected


def test_columns_are_done_at_once() -> None:
    x, n = np.linspace(-3, 3, 50), np.arange(50)

    out, many = LAWS["arrays"](x=x, y=x[::-1], n=n)

    assert [(float(a), int(b)) for a, b in zip(out, many, strict=True)] == [
        everything(float(a), float(b), int(k)) for a, b, k in zip(x, x[::-1], n, strict=True)
    ]


def loops(x: float, y: float, n: int) -> float:
    """Has a loop."""
    for _ in range(3):
        x = x + y
    return x * n


def branches(x: float, y: float, n: int) -> float:
    """Has a statement that branches."""
    if x > y:
        return float(n)
    return x


def calls_out(x: float, y: float, n: int) -> float:
    """Calls what is not of the language."""
    return math.hypot(x, y) + n


def unknown(x: float, y: float, n: int) -> float:
    """Names what is nowhere."""
    return float(x + y + n + nowhere)  # type: ignore[name-defined]  # noqa: F821


def indexes(x: float, y: float, n: int) -> float:
    """Uses a container."""
    return [x, y][n]


def real_floor(x: float, y: float, n: int) -> float:
    """Divides real numbers down."""
    return x // y + n


def returns_nothing(x: float, y: float, n: int) -> None:
    """Has no return."""
    a = x + y + n  # noqa: F841


@pytest.mark.parametrize(
    ("law", "said"),
    [
        (loops, "stands in a rule"),
        (branches, "stands in a rule"),
        (calls_out, r"math.hypot\(x, y\)` is not in the language"),
        (unknown, "`nowhere` is not known"),
        (indexes, "is not in the language"),
        (real_floor, "// is for whole numbers"),
        (returns_nothing, "has no return"),
    ],
)
def test_what_the_language_does_not_have_is_refused_with_its_place(
    law: Callable[..., Any], said: str
) -> None:
    with pytest.raises(Untranslatable, match=said) as raised:
        laws(law, many=False)

    assert law.__name__ in str(raised.value)
    assert ", line " in str(raised.value)


def cut(x: float, y: float, n: int) -> float:
    """Gives a real number."""
    return x + y + n


def test_a_real_number_for_a_whole_column_is_refused() -> None:
    made = rule("X", step="make", table="numbers", reads=("x", "y", "n"), writes=("many",),
                source="own")(cut)  # fmt: skip

    with pytest.raises(TypeError, match=r"many is whole; write int"):
        written(made, compose([made], [NUMBERS]), "plain")


def test_a_rule_gives_one_number_for_each_column() -> None:
    with pytest.raises(TypeError, match="2 numbers for 1 columns"):
        laws(everything, many=False)


@example(x=0.0)
@example(x=-0.0)
@example(x=709.0)
@given(x=st.floats(-690, 690))
def test_exp_is_that_of_the_library_to_two_units(x: float) -> None:
    assert functions.exp(x) == pytest.approx(math.exp(x), rel=4.5e-16, abs=0) or x > 700


@example(x=1.0)
@example(x=0.7071067811865475)
@example(x=2.3e-308)
@given(x=st.floats(2.3e-308, 1e308))
def test_log_is_that_of_the_library(x: float) -> None:
    assert functions.log(x) == pytest.approx(math.log(x), rel=4.5e-16, abs=2.3e-16)


@given(x=st.floats(0.01, 100), y=st.floats(-20, 20))
def test_power_is_that_of_the_library(x: float, y: float) -> None:
    assert functions.power(x, y) == pytest.approx(x**y, rel=1e-13)


def test_exp_is_cut_where_it_would_leave_the_numbers() -> None:
    assert functions.exp(1e9) == functions.exp(700.0) < math.inf
    assert functions.exp(-1e9) == functions.exp(-700.0) > 0.0


def test_columns_and_their_storage_must_fit() -> None:
    with pytest.raises(TypeError, match="share is not stored as f8"):
        Column("a", "share", "f8")
    assert CELLS.column("wage").form == "real"
    assert PEOPLE.row_bytes == 8 + 4 + 2 + 1 + 4 + 4 + 4 + 4 + 4
