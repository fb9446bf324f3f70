import math
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sovplan.foundation.numbers import figure, percent, plain, residual, residual_on_page

SIZES = st.floats(allow_nan=False, allow_infinity=False)
RAISED = "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"


def read(text: str) -> Decimal:
    """Read a figure back as a person would."""
    digits, _, power = text.replace("\u2009", "").replace("−", "-").partition(" × 10")
    exponent = "".join("-0123456789"[RAISED.index(sign)] for sign in power)
    return Decimal(f"{digits}e{exponent}" if power else digits)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0"),
        (-0.0, "0"),
        (2.0, "2"),
        (-3.14159, "−3.14"),
        (0.001, "0.001"),
        (0.00099999, "0.001"),
        (999.6, "1\u2009000"),
        (1234567.0, "1\u2009230\u2009000"),
        (9.99e14, "999\u2009000\u2009000\u2009000\u2009000"),
        (9.999e14, "1 × 10¹⁵"),
        (-1.5e20, "−1.5 × 10²⁰"),
        (2e-9, "2 × 10⁻⁹"),
        (5e-324, "4.94 × 10⁻³²⁴"),
        (math.inf, "∞"),
        (-math.inf, "−∞"),
        (math.nan, "–"),
    ],
)
def test_a_figure_reads_as_in_a_book(value: float, text: str) -> None:
    assert figure(value) == text


@given(SIZES, st.integers(1, 9))
def test_a_figure_is_the_number_to_its_digits(value: float, digits: int) -> None:
    text = figure(value, digits)

    assert "e" not in text
    assert "-" not in text
    half_a_digit = abs(Decimal(value)) * Decimal("0.5001").scaleb(1 - digits)
    assert abs(read(text) - Decimal(value)) <= half_a_digit


@given(st.floats(0.001, 9.9e14))
def test_ordinary_figures_have_no_power_of_ten_and_groups_of_three(value: float) -> None:
    whole, *groups = figure(value).partition(".")[0].split("\u2009")

    assert "×" not in figure(value)
    assert 1 <= len(whole) <= 3
    assert all(len(group) == 3 for group in groups)


@pytest.mark.parametrize("value", [90, np.int64(90), np.float64(90.0), Decimal(90)])
def test_every_kind_of_number_may_be_shown(value: int) -> None:
    assert figure(value) == "90"


@pytest.mark.parametrize(
    ("share", "text"),
    [(0.978, "97.8\u00a0%"), (1.0, "100\u00a0%"), (-0.07, "−7\u00a0%"), (0.0, "0\u00a0%"),
     (math.nan, "–")],
)  # fmt: skip
def test_a_share_is_written_in_per_cent(share: float, text: str) -> None:
    assert percent(share) == text


@pytest.mark.parametrize(
    ("value", "terminal", "page"),
    [
        (0.0, "0", "0"),
        (2e-10, "2e-10", "2 × 10⁻¹⁰"),
        (-1.2e-10, "2e-10", "2 × 10⁻¹⁰"),
        (9.5e-8, "1e-7", "1 × 10⁻⁷"),
        (0.3, "3e-1", "3 × 10⁻¹"),
        (math.inf, "∞", "∞"),
        (math.nan, "–", "–"),
    ],
)
def test_a_residual_is_one_digit(value: float, terminal: str, page: str) -> None:
    assert (residual(value), residual_on_page(value)) == (terminal, page)


@given(st.floats(1e-300, 1e300))
def test_a_residual_is_never_told_smaller_than_it_is(value: float) -> None:
    told = Decimal(residual(value))

    assert Decimal(repr(value)) <= told <= 2 * Decimal(repr(value))


@given(st.floats(allow_nan=False))
def test_plain_text_reads_back_as_the_same_float(value: float) -> None:
    back = float(plain(value))

    assert back == value
    assert math.copysign(1, back) == math.copysign(1, value)
    assert len(plain(value)) <= len(repr(value))


@given(st.integers(-(2**63), 2**63 - 1))
def test_plain_whole_numbers_have_no_point(value: int) -> None:
    assert plain(value) == str(value)
    assert plain(np.int64(value)) == str(value)


@given(st.integers(-(10**15), 10**15))
def test_plain_floats_that_are_whole_have_no_point(value: int) -> None:
    assert plain(float(value)) == str(value)


def test_nothing_is_a_blank_cell() -> None:
    assert plain(math.nan) == ""
