"""Drawings say with places what the numbers say."""

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.report.page import Node, read

from sovplan.report.figures import Dot, Line, Panel, dots, lines, sankey, size_for
from sovplan.report.svg import short, spread, stacked, ticks

positive = st.floats(1e-6, 1e12)


def places(shape: str) -> list[tuple[float, float]]:
    """Return the points of a path."""
    numbers = [float(n) for n in re.findall(r"-?\d+\.?\d*", shape)]
    return list(zip(numbers[::2], numbers[1::2], strict=True))


def paths(svg: str, kind: str) -> list[Node]:
    return read(svg).all("path", kind)


@given(st.lists(positive, min_size=2, max_size=12))
def test_a_line_is_in_proportion_from_zero(values: list[float]) -> None:
    svg = lines("label", range(2000, 2000 + len(values)), [Line("plan", values)], Panel())

    (line,) = paths(svg, "ln")
    points = places(line.attributes["d"])
    zero = float(read(svg).all("line", "zero")[0].attributes["y1"])
    top = max(values)
    highest = zero - min(y for _, y in points)
    for (_, y), value in zip(points, values, strict=True):
        assert zero - y == pytest.approx(highest * value / top, abs=0.15)
    assert [x for x, _ in points] == sorted(x for x, _ in points)


def test_a_line_is_named_at_its_end_with_its_last_value() -> None:
    svg = lines("label", [1, 2, 3], [Line("plan", [1, 2, None], "wheat")], Panel())

    assert "wheat 2" in read(svg).text


def test_what_is_asked_is_marked_only_where_it_is() -> None:
    svg = lines("label", [1, 2, 3], [Line("asked", [None, 5, 6]), Line("plan", [1, 2, 3])])

    marks = [n for n in read(svg).all("line", "zero") if n.attributes["y1"] != "96.0"]
    assert len(marks) == 2
    assert len(paths(svg, "ln")) == 1


@pytest.mark.parametrize(
    ("values", "shown", "unit"),
    [
        ([99_000.0], "99\N{THIN SPACE}000", "tonnes"),
        ([893_000.0], "893", "thousand tonnes"),
        ([1_140_000.0, 2_250_000.0], "2.25", "million tonnes"),
        ([5e16], "50\N{THIN SPACE}000", "trillion tonnes"),
    ],
)
def test_long_numbers_leave_their_thousands_to_the_unit(
    values: list[float], shown: str, unit: str
) -> None:
    svg = read(lines("label", range(len(values)), [Line("plan", values)], Panel(unit="tonnes")))

    texts = [node.text for node in svg.all("text")]
    assert shown in texts
    assert unit in texts


def test_a_series_of_nothing_can_be_drawn() -> None:
    assert "0" in read(lines("label", [1], [Line("plan", [0.0])])).text


@given(st.lists(st.floats(0, 400), min_size=1, max_size=9))
def test_dots_stand_in_the_order_of_their_values(values: list[float]) -> None:
    svg = dots("label", [Dot(str(i), value) for i, value in enumerate(values)])

    at = [places(ring.attributes["d"])[0][0] for ring in paths(svg, "ring")]
    for (x, value), (z, other) in pairwise(sorted(zip(at, values, strict=True))):
        assert x <= z
        assert value <= other or x == pytest.approx(z, abs=0.2)
    arrows = read(svg).text.count("→")
    assert arrows == sum(value > 220 for value in values)


def test_what_must_be_there_at_least_is_a_short_line() -> None:
    svg = dots("label", [Dot("a", 98, least=40), Dot("b", 120)])

    assert len(read(svg).all("line", "zero")) == 2


flows = st.dictionaries(
    st.tuples(st.sampled_from("abcd"), st.sampled_from("wxyz")),
    st.just(0.0) | st.floats(1e-6, 50),
    min_size=1,
)


@given(flows)
def test_the_nodes_of_flows_are_as_tall_as_what_passes(sizes: dict[tuple[str, str], float]) -> None:
    svg = read(sankey("label", "abcd", "wxyz", sizes))

    tall = [float(node.attributes["height"]) for node in svg.all("rect", "node")]
    through = [sum(v for k, v in sizes.items() if k[0] == name) for name in "abcd"]
    through += [sum(v for k, v in sizes.items() if k[1] == name) for name in "wxyz"]
    scale = (240 - 45) / (sum(sizes.values()) or 1)
    for height, size in zip(tall, through, strict=True):
        assert height == pytest.approx(max(size * scale, 1), abs=0.06)


def test_what_is_lost_is_coloured() -> None:
    svg = sankey("label", ["a"], ["w", "lost"], {("a", "w"): 80, ("a", "lost"): 20}, hot=("lost",))

    assert len(read(svg).all("path", "hot")) == 1
    assert len(read(svg).all("path", "flow")) == 2


@given(st.lists(st.floats(0, 300), min_size=1, max_size=8))
def test_labels_pushed_apart_keep_their_order_and_distance(wanted: list[float]) -> None:
    found = spread(wanted, 14)

    order = sorted(range(len(wanted)), key=lambda i: wanted[i])
    for i, j in pairwise(order):
        assert found[j] - found[i] >= 13


@given(st.lists(st.floats(100, 240), min_size=1, max_size=4))
def test_labels_stay_above_the_years_of_the_axis(wanted: list[float]) -> None:
    found = spread(wanted, 14, 240)

    assert max(found) <= 240
    assert all(b - a >= 13 for a, b in pairwise(sorted(found)))


@given(st.lists(st.floats(0, 200), min_size=1, max_size=8))
def test_labels_in_a_stack_do_not_leave_it(wanted: list[float]) -> None:
    found = stacked(sorted(wanted), 15, 240)

    assert found[-1] <= 240
    assert all(b - a >= 15 - 1e-9 for a, b in pairwise(found))


@given(st.floats(1e-9, 1e15))
def test_marks_on_an_axis_are_three_from_zero_within_it(top: float) -> None:
    found = ticks(top)

    assert len(found) == 3
    assert found[0] == 0
    assert found[2] <= top * (1 + 1e-9)
    assert found[2] >= 0.5 * top


@given(st.text(min_size=1, max_size=60), st.integers(20, 400))
def test_a_name_is_cut_to_its_room(title: str, room: int) -> None:
    assert len(short(title, room)) <= max(int(room / 6.3), 2)


def test_two_panels_are_large_and_many_are_small() -> None:
    assert size_for(2)[0].width == 340
    assert size_for(3)[0].width == 170
