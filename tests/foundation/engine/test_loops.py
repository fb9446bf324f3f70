"""What compiled loops leave out: looks at sure ranges, arrays that nothing reads, divisions."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.foundation.engine import toy

from sovplan.foundation.engine import compiled
from sovplan.foundation.engine.blocks import Given
from sovplan.foundation.engine.bounds import Bounds, chosen, greatest, least, reckoned
from sovplan.foundation.engine.dialects import FIT, Compiled
from sovplan.foundation.engine.kernel import KernelText
from sovplan.foundation.engine.language import Code, constant
from sovplan.foundation.engine.preamble import PREAMBLE
from sovplan.foundation.engine.unread import without_unread


def within(low: int, wide: int, far: int) -> tuple[tuple[int, int], int]:
    """Return bounds, and a number within them."""
    return (low, low + wide), low + far % (wide + 1)


WITHIN = st.builds(
    within, st.integers(-(2**40), 2**40), st.integers(0, 2**40), st.integers(0, 2**41)
)


def lies(number: int, bounds: Bounds) -> bool:
    return bounds is None or bounds[0] <= number <= bounds[1]


@given(one=WITHIN, other=WITHIN)
def test_no_number_lies_outside_the_bounds_said_of_it(
    one: tuple[tuple[int, int], int], other: tuple[tuple[int, int], int]
) -> None:
    (left, a), (right, b) = one, other

    assert lies(a + b, reckoned(left, "+", right))
    assert lies(a - b, reckoned(left, "-", right))
    assert lies(a * b, reckoned(left, "*", right))
    assert lies(min(a, b), least(left, right))
    assert lies(max(a, b), greatest(left, right))
    assert lies(a, chosen(left, right))
    assert lies(b, chosen(left, right))


def test_nothing_is_said_of_what_might_run_over_or_is_not_known() -> None:
    assert reckoned((0, 2**61), "*", (0, 4)) is None
    assert reckoned((0, 9), "//", (1, 2)) is None
    assert reckoned(None, "+", (0, 1)) is None
    assert least(None, (0, 1)) is None


def test_only_what_a_rule_leaves_open_is_looked_at() -> None:
    composition = toy.composition()
    texts = [KernelText(composition, each) for each in composition.passes]
    looked = {column for text in texts for _, column in text.ranges.flags}

    assert "savings" in looked  # a sum of kopecks may run over
    assert "dies" not in looked  # 1 or 0, as the rule says


def test_arrays_that_nothing_reads_are_not_written() -> None:
    lines = [
        "for j in range(rows):",
        "    a[j] = s[j]",
        "    b[w[j]] = a[j]",
        "for j in range(rows):",
        "    c[j] = 0",
        "for j in range(rows):",
        "    s[j] = a[j]",
    ]

    assert without_unread(lines, ["a", "b", "c"]) == [*lines[:2], *lines[5:]]
    assert without_unread(lines, []) == lines


def test_quick_quotients_have_the_bits_of_divisions() -> None:
    space: dict[str, Any] = {}
    law = "def over(a, b, out):\n    for i in range(a.size):\n        out[i] = _over(a[i], b)\n"
    exec(PREAMBLE + law, space)
    over = compiled.compiler().njit(error_model="numpy")(space["over"])
    rng = np.random.default_rng(5)
    wholes = np.concatenate(
        [[0, 1, 2**53 - 1, 2**63 - 1, -1], rng.integers(-(2**62), 2**62, 20_000),
         rng.integers(0, 2**24, 20_000)]
    ).astype(np.float64)  # fmt: skip
    out = np.empty_like(wholes)

    odd = [np.nextafter(1.0, 2.0), np.nextafter(2.0, 1.0), 1 / 3, 10.0, *FIT]
    for divisor in [*odd, *np.exp(rng.uniform(-100, 100, 200))]:
        over(wholes, divisor, out)
        assert out.tobytes() == (wholes / divisor).tobytes()


def test_only_whole_numbers_by_what_is_the_same_for_all_rows_are_divided_quickly() -> None:
    dialect = Compiled()
    whole, real = Code("n", "real", counted=True), Code("x", "real")
    steady = Code("v_fair", "real", steady=True)

    assert dialect.over(whole, steady) == "_over(n, v_fair)"
    assert dialect.divisors == {"v_fair"}
    assert dialect.over(whole, constant(10.0)) == "_over(n, 10.0)"
    assert dialect.over(whole, constant(0.0)) == "(n / 0.0)"
    assert dialect.over(real, steady) == "(x / v_fair)"
    assert dialect.over(whole, real) == "(n / x)"


@pytest.mark.parametrize(("fair", "fits"), [(12.5, True), (0.0, False), (-1.0, False)])
def test_odd_divisors_are_left_to_numpy(fair: float, fits: bool) -> None:
    composition = toy.composition()
    each = compiled.CompiledPass(composition, composition.passes[1])
    each.text.dialect.divisors.add("v_fair")

    assert each.fits(Given(1, 1920, {"fair": fair})) is fits
