"""Several sums in one word: none runs over into its neighbour, whatever the rows hold."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sovplan.foundation.engine.sums import SPAN, Field, packed, width
from sovplan.foundation.engine.tables import Column, Count, Reference, Table

HALF = 2**63


def table(bounds: list[tuple[int, int]], weight: str = "") -> Table:
    """Return a table with a column of the given bounds for each pair."""
    columns = tuple(
        Column(f"c{i}", "whole", "i4", "passing", low=low, high=high)
        for i, (low, high) in enumerate(bounds)
    )
    some = (Column("weight", "whole", "u2"),) if weight else ()
    return Table("people", (*columns, *some), (Reference("cell", "cell", ()),), weight=weight)


def counts(many: int) -> list[Count]:
    return [Count(f"cell.c{i}", f"c{i}", "people", "make") for i in range(many)]


def word_of(totals: dict[str, int], word: tuple[Field, ...]) -> int:
    """Return what a word of 64 bits holds after sums were added, as compiled code reads it."""
    held = sum(totals[field.count.of] << field.shift for field in word)
    return (held + HALF) % 2**64 - HALF


def taken(field: Field, word: int) -> int:
    return int(eval(field.taken("word"), {"word": word}))


ENDS = st.tuples(st.integers(-(2**31), 2**31 - 1), st.integers(-(2**31), 2**31 - 1)).map(sorted)
SMALL = st.sampled_from([(0, 1), (0, 255), (0, 8760), (0, 65535), (-3, 3), (0, 2**24 - 1)])


@given(bounds=st.lists(ENDS.map(tuple) | SMALL, min_size=1, max_size=9), data=st.data())
def test_sums_come_out_of_words_as_they_went_in(
    bounds: list[tuple[int, int]], data: st.DataObject
) -> None:
    of = table(bounds)
    words = packed(counts(len(bounds)), of, [f"c{i}" for i in range(len(bounds))], alone=False)

    totals = {
        f"c{i}": data.draw(st.sampled_from([SPAN * low, SPAN * high, low + high, 0]))
        for i, (low, high) in enumerate(bounds)
    }

    fields = [(field, word) for word in words for field in word]
    assert sorted(field.count.of for field, _ in fields) == sorted(totals)
    for field, word in fields:
        assert taken(field, word_of(totals, word)) == totals[field.count.of]


def test_few_bits_share_a_word_and_many_do_not() -> None:
    of = table([(0, 1), (0, 65535), (0, 1), (0, 2**31 - 1)])

    words = packed(counts(4), of, ["c0", "c1", "c2", "c3"], alone=False)

    assert [[field.count.of for field in word] for word in words] == [["c3", "c0"], ["c1", "c2"]]
    assert len(packed(counts(4), of, ["c0"], alone=True)) == 4


@pytest.mark.parametrize(("written", "bits"), [(("c0",), 16), ((), 47)])
def test_bounds_hold_only_for_what_a_rule_has_written(written: tuple[str, ...], bits: int) -> None:
    of = table([(0, 1)])

    assert width(counts(1)[0], of, written)[0] == bits


def test_a_row_that_stands_for_many_needs_more_bits() -> None:
    of = table([(0, 1)], weight="weight")

    assert width(counts(1)[0], of, ["c0"]) == (31, False)
    assert width(Count("cell.c0", "", "people", "make"), of, ()) == (31, False)
