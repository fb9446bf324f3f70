from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy import stats

from sovplan.foundation import chance
from sovplan.foundation.errors import DataError

SEEDS = st.integers(0, 2**64 - 1)
YEARS = st.integers(-(2**15), 2**15 - 1)
RULES = st.text(min_size=1, max_size=20)
KEYS = st.lists(st.integers(-(2**63), 2**63 - 1), min_size=1, max_size=40)

Draws = Callable[[int, str, int, chance.Persons, int], NDArray[np.float64] | NDArray[np.int64]]


def whole_numbers(
    seed: int, rule: str, year: int, persons: chance.Persons, draw: int
) -> NDArray[np.int64]:
    return chance.integers(seed, rule, year, persons, 1000, draw=draw)


ALL_DRAWS: list[Draws] = [chance.uniform, chance.normal, whole_numbers]


def word(value: int) -> NDArray[np.uint64]:
    return np.array([value], dtype=np.uint64)


@pytest.mark.parametrize(
    ("counter", "key", "answer"),
    [
        ("00000000 00000000 00000000 00000000", "00000000 00000000",
         "6627e8d5 e169c58d bc57ac4c 9b00dbd8"),
        ("ffffffff ffffffff ffffffff ffffffff", "ffffffff ffffffff",
         "408f276d 41c83b0e a20bc7c6 6d5451fd"),
        ("243f6a88 85a308d3 13198a2e 03707344", "a4093822 299f31d0",
         "d16cfe09 94fdcceb 5001e420 24126ea1"),
    ],
)  # fmt: skip
def test_philox_gives_the_published_known_answers(counter: str, key: str, answer: str) -> None:
    """Known answers of Philox4x32-10 published with Random123 by the authors of the paper."""
    a, b, c, d = (word(int(text, 16)) for text in counter.split())
    k, m = (int(text, 16) for text in key.split())

    words = chance.philox((a, b, c, d), (k, m))

    assert " ".join(f"{int(w[0]):08x}" for w in words) == answer


def test_a_draw_is_the_block_that_the_description_says() -> None:
    person, year, seed, draw = (7 << 32) + 5, 1929, (3 << 32) + 2, 5

    (number,) = chance.uniform(seed, "births", year, np.array([person]), draw)

    stamp, rule = year + (draw // 2 << 16), chance.rule_number("births")
    words = chance.philox((word(5), word(7), word(stamp), word(rule)), (2, 3))
    upper, lower = int(words[2][0]), int(words[3][0])
    assert number == ((upper >> 5) * 2**26 + (lower >> 6)) / 2**53


def test_draws_stay_as_they_are_from_release_to_release() -> None:
    drawn = chance.uniform(1, "births", 1929, np.array([0, 1, -1]))

    assert [float(number).hex() for number in drawn] == [
        "0x1.d45fd7921a320p-5",
        "0x1.40192e6a6d33fp-1",
        "0x1.76294f2fdc059p-1",
    ]


@pytest.mark.parametrize("draws", ALL_DRAWS)
@given(seed=SEEDS, rule=RULES, year=YEARS, keys=KEYS, data=st.data())
def test_a_person_has_the_same_luck_in_any_order_and_company(
    draws: Draws, seed: int, rule: str, year: int, keys: list[int], data: st.DataObject
) -> None:
    everybody = np.array(keys, dtype=np.int64)
    order = np.array(data.draw(st.permutations(range(len(keys)))))
    cut = data.draw(st.integers(0, len(keys)))

    together = draws(seed, rule, year, everybody, 0)

    assert (draws(seed, rule, year, everybody[order], 0) == together[order]).all()
    parts = [draws(seed, rule, year, part, 0) for part in (everybody[:cut], everybody[cut:])]
    assert (np.concatenate(parts) == together).all()
    assert (draws(seed, rule, year, everybody[::-1], 0) == together[::-1]).all()


@pytest.mark.parametrize("draws", ALL_DRAWS)
def test_any_split_of_many_persons_gives_the_same_bits(draws: Draws) -> None:
    together = draws(3, "deaths", 1933, 50_000, 0)

    for parts in (3, 7, 1000):
        split = np.array_split(np.arange(50_000), parts)
        again = np.concatenate([draws(3, "deaths", 1933, part, 0) for part in split])
        assert again.tobytes() == together.tobytes()


@pytest.mark.parametrize("draws", ALL_DRAWS)
def test_another_seed_rule_year_or_draw_is_other_luck(draws: Draws) -> None:
    drawn = [
        draws(1, "births", 1929, 1000, 0),
        draws(2, "births", 1929, 1000, 0),
        draws(1 << 32, "births", 1929, 1000, 0),
        draws(1, "deaths", 1929, 1000, 0),
        draws(1, "births", 1930, 1000, 0),
        draws(1, "births", 1929, 1000, 1),
        draws(1, "births", 1929, 1000, 2),
    ]

    agreement = [(a == b).mean() for i, a in enumerate(drawn) for b in drawn[:i]]

    assert max(agreement) < 0.01  # whole numbers below 1000 agree by accident one time in 1000


def test_a_number_of_persons_stands_for_the_first_keys() -> None:
    assert (chance.uniform(1, "a", 0, 5) == chance.uniform(1, "a", 0, np.arange(5))).all()
    assert chance.uniform(1, "a", 0, 0).shape == (0,)


def along(name: str) -> NDArray[np.float64]:
    """Return 4,000 uniform draws along one of the things that key them."""
    if name == "persons":
        return chance.uniform(1, "births", 1929, 4000)
    one = np.array([11])
    draw: dict[str, Callable[[int], NDArray[np.float64]]] = {
        "seeds": lambda i: chance.uniform(i, "births", 1929, one),
        "rules": lambda i: chance.uniform(1, f"rule {i}", 1929, one),
        "years": lambda i: chance.uniform(1, "births", i, one),
        "draws": lambda i: chance.uniform(1, "births", 1929, one, i),
    }
    return np.concatenate([draw[name](i) for i in range(4000)])


@pytest.mark.parametrize("name", ["persons", "seeds", "rules", "years", "draws"])
def test_luck_is_even_and_neighbours_do_not_resemble_each_other(name: str) -> None:
    """One time in 10,000 a good generator fails a threshold; these draws never change."""
    drawn = along(name)

    counts = np.histogram(drawn, bins=50, range=(0, 1))[0]
    assert 1e-4 < stats.chisquare(counts).pvalue < 1 - 1e-4
    for apart in (1, 2, 4):
        alike = np.corrcoef(drawn[:-apart], drawn[apart:])[0, 1]
        assert abs(alike) < 4 / np.sqrt(len(drawn))


def test_every_random_bit_is_one_half_of_the_time() -> None:
    bits = (chance.uniform(5, "bits", 2000, 40_000) * 2.0**53).astype(np.uint64)

    shares = [(bits >> np.uint64(place) & np.uint64(1)).mean() for place in range(53)]

    assert max(abs(share - 0.5) for share in shares) < 4.5 * 0.5 / np.sqrt(40_000)


def test_normal_draws_are_normal_and_rise_with_the_uniform_ones() -> None:
    even, normal = (draw(1, "skill", 1929, 40_000) for draw in (chance.uniform, chance.normal))

    assert stats.kstest(normal, "norm").pvalue > 1e-4
    assert (np.diff(normal[np.argsort(even)]) >= 0).all()
    assert np.isfinite(normal).all()


def test_the_rarest_normal_draws_are_finite_and_opposite() -> None:
    def deviate(bits: int) -> float:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(chance, "_words", lambda *_: [(slice(1), word(bits), word(bits))])
            return float(chance.normal(1, "skill", 1929, 1)[0])

    assert -8.3 < deviate(0) < -8
    assert deviate(0) == pytest.approx(-deviate(2**32 - 1), abs=1e-12)


@example(below=3, upper=0x55555555, lower=0xFFFFFFFF)  # the lower word decides
@given(
    below=st.integers(1, 2**32),
    upper=st.integers(0, 2**32 - 1),
    lower=st.integers(0, 2**32 - 1),
)
def test_a_whole_number_is_the_upper_half_of_the_product(
    below: int, upper: int, lower: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(chance, "_words", lambda *_: [(slice(1), word(upper), word(lower))])

        (number,) = chance.integers(1, "lot", 1929, 1, below)

    assert number == (upper << 32 | lower) * below >> 64


@pytest.mark.parametrize("below", [2, 6, 97, 10**6 + 3])
def test_whole_numbers_are_even(below: int) -> None:
    drawn = chance.integers(1, "lots", 1929, 40_000, below)

    assert drawn.min() >= 0
    assert drawn.max() < below
    counts = np.histogram(drawn, bins=min(below, 100), range=(0, below))[0]
    widths = np.diff(np.ceil(np.linspace(0, below, min(below, 100) + 1)))
    assert stats.chisquare(counts, widths / below * 40_000).pvalue > 1e-4


@pytest.mark.parametrize(
    ("seed", "year", "draw", "below", "named"),
    [
        (-1, 1929, 0, 6, "seed is -1"),
        (2**64, 1929, 0, 6, "seed is 18446744073709551616"),
        (1, 40_000, 0, 6, "year is 40000"),
        (1, 1929, 2**17, 6, "draw is 131072"),
        (1, 1929, 0, 0, "below is 0"),
        (1, 1929, 0, 2**32 + 1, "below is 4294967297"),
    ],
)
def test_a_key_out_of_range_is_refused_by_name(
    seed: int, year: int, draw: int, below: int, named: str
) -> None:
    with pytest.raises(DataError, match=named):
        chance.integers(seed, "lots", year, 3, below, draw=draw)


@given(seed=SEEDS, stream=RULES, year=YEARS, keys=KEYS, place=st.integers(0, 3))
def test_a_short_draw_is_one_word_of_the_block_that_uniform_begins_with(
    seed: int, stream: str, year: int, keys: list[int], place: int
) -> None:
    persons = np.array(keys, dtype=np.int64)

    short = chance.short(seed, stream, year, persons, place)
    full = chance.uniform(seed, stream, year, persons, place // 2)

    assert ((short >= 0) & (short < 1)).all()
    if place % 2 == 0:  # the upper word of the long draw of the same half
        assert (np.floor(full * 2**27) == np.floor(short * 2**27)).all()


def test_short_draws_are_even_and_independent() -> None:
    drawn = [chance.short(1, "luck of life", 1929, 40_000, place) for place in range(4)]

    for each in drawn:
        assert stats.chisquare(np.histogram(each, bins=50, range=(0, 1))[0]).pvalue > 1e-4
    alike = np.corrcoef(drawn) - np.eye(4)
    assert np.abs(alike).max() < 4 / np.sqrt(40_000)
    with pytest.raises(DataError, match="place is 4"):
        chance.short(1, "luck of life", 1929, 1, 4)


def test_children_of_all_mothers_and_years_are_different_persons() -> None:
    mothers = np.arange(20_000, dtype=np.uint64)
    keys = np.concatenate([chance.keys_of_newborn("keys", year, mothers) for year in (1929, 1930)])

    assert len(np.unique(keys)) == 40_000
    assert keys.min() >= 20_000  # nor are they founders
