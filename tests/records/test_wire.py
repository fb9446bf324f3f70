import json
import math
import random
from collections.abc import Mapping
from typing import Any, Literal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.foundation.keys import spoken

from sovplan.foundation.errors import DataError
from sovplan.records.documents import Ballot
from sovplan.records.draft import Certificate, Limit
from sovplan.records.wire import canonical, decoded, encoded, float_of, number, parsed

# RFC 8785, appendix B: bits of a double and how it is written.
PUBLISHED = [
    ("0000000000000000", "0"),
    ("8000000000000000", "0"),
    ("0000000000000001", "5e-324"),
    ("8000000000000001", "-5e-324"),
    ("7fefffffffffffff", "1.7976931348623157e+308"),
    ("ffefffffffffffff", "-1.7976931348623157e+308"),
    ("4340000000000000", "9007199254740992"),
    ("c340000000000000", "-9007199254740992"),
    ("4430000000000000", "295147905179352830000"),
    ("44b52d02c7e14af5", "9.999999999999997e+22"),
    ("44b52d02c7e14af6", "1e+23"),
    ("44b52d02c7e14af7", "1.0000000000000001e+23"),
    ("444b1ae4d6e2ef4e", "999999999999999700000"),
    ("444b1ae4d6e2ef4f", "999999999999999900000"),
    ("444b1ae4d6e2ef50", "1e+21"),
    ("3eb0c6f7a0b5ed8c", "9.999999999999997e-7"),
    ("3eb0c6f7a0b5ed8d", "0.000001"),
    ("41b3de4355555553", "333333333.3333332"),
    ("41b3de4355555554", "333333333.33333325"),
    ("41b3de4355555555", "333333333.3333333"),
    ("41b3de4355555556", "333333333.3333334"),
    ("41b3de4355555557", "333333333.33333343"),
    ("becbf647612f3696", "-0.0000033333333333333333"),
    ("43143ff3c1cb0959", "1424953923781206.2"),
]


@pytest.mark.parametrize(("bits", "text"), PUBLISHED)
def test_numbers_are_written_as_published(bits: str, text: str) -> None:
    value = float(np.frombuffer(bytes.fromhex(bits), ">f8")[0])

    assert canonical(value) == text.encode()


def test_keys_and_texts_are_written_as_published() -> None:
    # RFC 8785, section 3.2.2 and 3.2.3
    value = {
        "numbers": [333333333.33333329, 1e30, 4.50, 2e-3, 0.000000000000000000000000001],
        "string": "\u20ac$\u000f\u000aA'\u0042\u0022\u005c\\\"/",
        "literals": [None, True, False],
    }
    keys = {
        "\u20ac": "Euro Sign",
        "\r": "Carriage Return",
        "\ufb33": "Hebrew Letter Dalet With Dagesh",
        "1": "One",
        "\U0001f600": "Emoji: Grinning Face",
        "\u0080": "Control",
        "\u00f6": "Latin Small Letter O With Diaeresis",
    }

    assert (
        canonical(value)
        == (
            '{"literals":[null,true,false],'
            '"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],'
            '"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}'
        ).encode()
    )
    assert list(json.loads(canonical(keys)).values()) == [
        "Carriage Return",
        "One",
        "Control",
        "Latin Small Letter O With Diaeresis",
        "Euro Sign",
        "Emoji: Grinning Face",
        "Hebrew Letter Dalet With Dagesh",
    ]


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_reads_back_as_itself(value: float) -> None:
    text = canonical(value)

    assert float(text) == value
    assert parsed(text) == value
    assert canonical(parsed(text)) == text


@given(st.integers(-(2**53), 2**53))
def test_a_whole_number_stays_whole(value: int) -> None:
    again = parsed(canonical(value))

    assert again == value
    assert isinstance(again, int)


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), inner, max_size=4)
    ),
)


@given(JSON)
def test_any_value_reads_back_and_has_one_text(value: object) -> None:
    text = canonical(value)

    assert parsed(text) == value
    assert canonical(parsed(text)) == text
    assert json.loads(text, parse_int=_whole) == value


@given(st.dictionaries(st.text(max_size=4), st.integers(0, 9), max_size=6), st.randoms())
def test_the_order_in_which_keys_were_put_in_is_not_seen(
    value: dict[str, int], luck: random.Random
) -> None:
    pairs = [(key, part) for key, part in value.items() if not _half(key)]
    shuffled = pairs.copy()
    luck.shuffle(shuffled)

    assert canonical(dict(shuffled)) == canonical(dict(pairs))


def _whole(text: str) -> int | float:
    return int(text) if abs(int(text)) <= 2**53 else float(text)


def _half(text: str) -> bool:
    return any(0xD800 <= ord(sign) < 0xE000 for sign in text)


def _kind(value: object) -> str:
    return type(value).__name__


@pytest.mark.parametrize(
    "value", [math.nan, math.inf, 2**53 + 1, -(2**60), {1: 2}, object(), {1}, b"x"], ids=_kind
)
def test_what_json_cannot_hold_is_refused(value: object) -> None:
    with pytest.raises(DataError) as refused:
        canonical([value])

    assert spoken("papers.wire.not_plain", str(refused.value))


@pytest.mark.parametrize("value", ["\ud800", {"\udfff": 1}], ids=ascii)
def test_half_a_character_is_refused(value: object) -> None:
    with pytest.raises(DataError) as refused:
        canonical([value])

    assert spoken("papers.wire.not_text", str(refused.value))


@pytest.mark.parametrize(
    "text",
    [
        b"", b"{", b"[1,]", b"NaN", b"-Infinity", b"1e400", b"\xff", b"nul", b"[" * 100_000,
        b"9" * 5000,
    ],
)  # fmt: skip
def test_what_is_no_json_is_refused(text: bytes) -> None:
    with pytest.raises(DataError) as refused:
        parsed(text)

    assert spoken("papers.wire.not_json", str(refused.value))


def test_a_name_that_stands_twice_is_refused() -> None:
    with pytest.raises(DataError, match='the name "a" stands twice'):
        parsed(b'[{"a":1,"b":2,"a":1}]')


def test_numbers_that_json_lacks_are_null_or_texts() -> None:
    assert [number(value) for value in (1.5, math.nan, math.inf, -math.inf)] == [
        1.5, None, "inf", "-inf",
    ]  # fmt: skip
    assert encoded({"a": (np.float64(1), [math.nan]), "b": np.array([True])}) == {
        "a": [1.0, [None]],
        "b": [True],
    }


@given(st.floats())
def test_a_number_comes_back_from_what_stands_for_it(value: float) -> None:
    again = float_of(number(value), "x")

    assert again == value or (math.isnan(again) and math.isnan(value))


CERTIFICATE = Certificate(1e-12, 0.0, math.nan, math.inf)


@pytest.mark.parametrize(
    ("hint", "value"),
    [
        (Certificate, CERTIFICATE),
        (Certificate | None, None),
        (tuple[Limit, ...], (Limit("labour", "shop", 2001, 5.0, "hours"),)),
        (Ballot, Ballot((("a", "b"), ("c",)), 2)),
        (Mapping[str, tuple[float | None, ...]], {"x": (1.0, None)}),
        (float | Mapping[str, float] | None, {"steel": 0.5}),
        (float | Mapping[str, float] | None, 0.5),
        (Literal["ray", "labour"], "labour"),
        (bool, True),
    ],
)
def test_a_value_comes_back_by_the_type_of_its_field(hint: Any, value: object) -> None:  # noqa: ANN401
    wire = parsed(canonical(encoded(value)))

    assert repr(decoded(hint, wire, "x")) == repr(value)


@pytest.mark.parametrize(
    ("hint", "value", "message"),
    [
        (str, 5, "x is 5; str was needed"),
        (int, True, "x is True; int was needed"),
        (int, 2.5, "x is 2.5; int was needed"),
        (float, "five", "x is 'five'; number was needed"),
        (float, True, "x is True; number was needed"),
        (bool, 1, "x is 1; bool was needed"),
        (tuple[str, ...], "abc", "x is 'abc'; list was needed"),
        (tuple[str, ...], ["a", 5], r"x\[1\] is 5; str was needed"),
        (Mapping[str, float], {"a": "b"}, "x.a is 'b'; number was needed"),
        (Literal["ray", "labour"], "rays", r"x is 'rays'; ray \| labour was needed"),
        (Certificate, {"primal": 0.0}, 'x has no "'),
        (Certificate, [], r"x is \[\]; dict was needed"),
        (Ballot, {"ranking": [], "voters": 1, "name": "A"}, 'x has "name", which has no place'),
        (float | None, "x", "x is 'x'; number was needed"),
        (str | None, [None] * 99, r"x is \[None, None"),
    ],
)
def test_a_value_of_another_type_is_refused_with_its_place(
    hint: Any,  # noqa: ANN401
    value: object,
    message: str,
) -> None:
    with pytest.raises(DataError, match=message):
        decoded(hint, value, "x")
