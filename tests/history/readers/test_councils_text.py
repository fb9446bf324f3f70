"""A text of councils: what is read from it, however written, and what is said of a bad one."""

import gzip
from itertools import chain
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sovplan.foundation.errors import DataError
from sovplan.history.readers import pequod_text
from sovplan.history.readers.councils import read_councils
from sovplan.history.readers.pequod import Sort, read_columns

WANTS, MAKES = Sort(("income",), {"wants": 1}), Sort(("a", "du"), {"inputs": 3, "b": 1})

GOOD = """(ns a)
(def ccs
[{:effort 1, :income 5000,
  :utility-exponents [0.25 0.5],
  :public-good-exponents [1.0E-1]}
 {:effort 1, :income 4000, :utility-exponents [0.5 0.5], :public-good-exponents [0.2]}])
(def wcs
[{:industry 0, :product 2, :s 1, :du 3.5, :c 0.07, :a 4.5,
  :production-inputs [[1 3] [] [2]], :toothache false,
  :input-exponents [0.2 0.25], :nature-exponents [], :labor-exponents [0.125]}
 {:industry 2, :product 1, :s 1, :du 3, :c 0.06, :a 5,
  :production-inputs [[2] [1] [1]],
  :input-exponents [0.2], :nature-exponents [0.3], :labor-exponents [0.1]}])
"""

numbers = st.one_of(
    st.floats(-1e300, 1e300, allow_nan=False),
    st.integers(-10, 10_000).map(float),
    st.floats(0.02, 0.06),
)
some = st.lists(numbers, max_size=4)
maps = st.one_of(
    st.fixed_dictionaries({"income": numbers, "wants": some}),
    st.fixed_dictionaries(
        {"a": numbers, "du": numbers, "inputs": st.lists(some, min_size=3, max_size=3), "b": some}
    ),
)


def written(value: object, gap: str) -> str:
    if isinstance(value, list):
        return f"[{gap.join(written(part, gap) for part in value)}]"
    return repr(value)


@settings(deadline=None, max_examples=40)
@given(
    st.lists(maps, max_size=6),
    st.sampled_from([" ", ", ", "\n  ", " ,\t"]),
    st.sampled_from([1, 7, 64, 1 << 18]),
    st.booleans(),
    st.randoms(use_true_random=False),
)
def test_what_is_written_is_read(
    tmp_path_factory: pytest.TempPathFactory,
    councils: list[dict[str, Any]],
    gap: str,
    piece: int,
    packed: bool,
    chance: Random,
) -> None:
    """In any order of names, with any blanks, in pieces of any length, to the last digit."""
    parts = []
    for council in councils:
        names = [*council.items(), ("other-wants", [1.0, 2.0]), ("odd", "false")]
        chance.shuffle(names)
        listed = gap.join(
            f":{name} {value if name == 'odd' else written(value, gap)}" for name, value in names
        )
        parts.append("{" + listed + "}")
    text = f"(def x [{gap.join(parts)}])".encode()
    file = tmp_path_factory.mktemp("text") / "any.clj"
    file.write_bytes(gzip.compress(text[:9]) + gzip.compress(text[9:]) if packed else text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pequod_text, "_PIECE", piece)
        columns = read_columns(file, (WANTS, MAKES))
    wanting = [council for council in councils if "wants" in council]
    making = [council for council in councils if "a" in council]
    for sort, those in ((WANTS, wanting), (MAKES, making)):
        for name in sort.numbers:
            assert columns.number(name).tolist() == [one[name] for one in those]
    for name, place, lists in [
        ("wants", 0, [one["wants"] for one in wanting]),
        ("b", 0, [one["b"] for one in making]),
        *(("inputs", place, [one["inputs"][place] for one in making]) for place in range(3)),
    ]:
        assert columns.values(name, place).tolist() == [*chain.from_iterable(lists)]
        assert columns.counts(name, place).tolist() == [len(one) for one in lists]


def test_councils_are_what_the_text_says(tmp_path: Path) -> None:
    file = tmp_path / "good.clj"
    file.write_text(GOOD)
    councils = read_councils(file, endowment=7.0)
    workers, consumers = councils.workers, councils.consumers
    assert councils.goods == (
        "private 1", "private 2", "intermediate 1", "intermediate 2", "intermediate 3",
        "nature 1", "labour 1", "labour 2", "public 1",
    )  # fmt: skip
    assert workers.product.tolist() == [1, 8]
    expected = np.zeros((2, 9))
    expected[0, [2, 4, 7]] = 0.2, 0.25, 0.125
    expected[1, [3, 5, 6]] = 0.2, 0.3, 0.1
    np.testing.assert_array_equal(workers.exponents.toarray(), expected)
    assert workers.power.tolist() == [3.5, 3.0]
    assert consumers.goods.tolist() == [0, 1, 8]
    assert consumers.exponents.tolist() == [[0.25, 0.5, 0.1], [0.5, 0.5, 0.2]]
    assert councils.endowment.tolist() == [0, 0, 0, 0, 0, 7, 7, 7, 0]


def test_works_may_make_goods_that_nobody_asks_for(tmp_path: Path) -> None:
    file = tmp_path / "more.clj"
    file.write_text(GOOD.replace(":product 2", ":product 3"))
    councils = read_councils(file)
    assert len(councils.consumers.goods) == councils.consumers.exponents.shape[1]
    assert "private 3" in councils.goods


@pytest.mark.parametrize(
    ("was", "becomes", "said"),
    [
        (
            "0.25 0.5]",
            "0.25 half]",
            r"odd\.clj, line 4: half under :utility-exponents is no number",
        ),
        ("4000", "4e", r"line 6: 4e under :income is no number"),
        ("4000", "nan", r"line 6: nan under :income is no number"),
        (":income 4000,", "", r"line 6: each council must have :income once"),
        (":du 3.5", ":du 3.5 :du 4", r"line 8: each council must have :du once"),
        (":du 3.5", ":du 3.5 4", r"line 8: one number must stand after :du"),
        (":du 3.5", ":du [3.5]", r"line 8: one number must stand after :du"),
        ("[0.5 0.5]", "0.5", r"line 6: a list of numbers in brackets must stand after :utility-e"),
        ("0.125]}", "0.125}", r"line 10: a list of numbers in brackets must stand after :labor-e"),
        ("[[2] [1] [1]]", "[[2] [1]]", r"line 12: 3 lists of numbers, .*:production-inputs"),
        ("[[2] [1] [1]]", "[[2] 5 [1] [1]]", r"line 12: 3 lists of numbers"),
        ("0.1]}])", "0.1]", r"line 11: the council here has no end"),
        ("[[2] [1] [1]]", "[[2] [1] [1 2]]", r"odd\.clj: worker councils must all have"),
        ("[0.5 0.5]", "[0.5]", r"odd\.clj: consumer councils must all have"),
        (
            ":product 2",
            ":product 0",
            r"worker council 1 has 0 under :product; .* from 1 to 1000000",
        ),
        ("[[2] ", "[[1.5] ", r"worker council 2 has 1\.5 under :production-inputs"),
        (":industry 2", ":industry 3", r"worker council 2 has 3 under :industry; .* from 0 to 2"),
    ],
)
def test_a_bad_text_is_refused_with_its_place(
    tmp_path: Path, was: str, becomes: str, said: str
) -> None:
    file = tmp_path / "odd.clj"
    assert was in GOOD
    file.write_text(GOOD.replace(was, becomes, 1))
    with pytest.raises(DataError, match=said):
        read_councils(file)


def test_lines_are_counted_from_the_beginning_of_the_file(tmp_path: Path) -> None:
    file = tmp_path / "long.clj.gz"
    council = "{:income 1\n :wants [1 2]}\n"
    text = council * 500 + council.replace("2", "two") + council * 10
    file.write_bytes(gzip.compress(text.encode()))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pequod_text, "_PIECE", 50)
        with pytest.raises(DataError, match=r"line 1002: two under :wants"):
            read_columns(file, (WANTS,))


@pytest.mark.parametrize("content", ["", "nothing", "(def wcs [])", "}"])
def test_a_text_without_councils_is_refused(tmp_path: Path, content: str) -> None:
    file = tmp_path / "none.clj"
    file.write_text(content)
    with pytest.raises(DataError, match=r"none\.clj: worker councils must all have"):
        read_councils(file)


def test_a_damaged_file_is_said_to_be_damaged(tmp_path: Path) -> None:
    packed, file = gzip.compress(GOOD.encode()), tmp_path / "bad.clj.gz"
    for content in (packed[:-20], packed[:-4], packed[:60] + b"\0\0\0\0" + packed[64:]):
        file.write_bytes(content)
        with pytest.raises(DataError, match=r"bad\.clj\.gz: the compressed file is damaged"):
            read_councils(file)


def test_a_long_file_of_something_else_is_not_read_to_its_end(tmp_path: Path) -> None:
    file = tmp_path / "long.csv"
    file.write_text("1,2\n" * 1000)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pequod_text, "_PIECE", 100)
        patch.setattr(pequod_text, "_LONGEST", 1000)
        with pytest.raises(DataError, match=r"long\.csv: no text of councils"):
            read_councils(file)
