"""Directions that must hold when one value of a regime is moved (tools/directions_page.py)."""

import re
from dataclasses import replace

import pytest
from tools.directions_page import DIRECTIONS, PAGE, Direction, holds, measured


@pytest.mark.parametrize("one", DIRECTIONS, ids=lambda one: one.title)
def test_the_directions_of_the_page_hold(one: Direction) -> None:
    ends = replace(one, values=(one.values[0], one.values[-1]))
    found = measured(ends, seeds=[11], years=2)

    assert holds(ends, found), found


@pytest.mark.parametrize(
    ("way", "found", "so"),
    [
        (1, [0.1, 0.1, 0.2], True),
        (1, [0.1, 0.1, 0.1], False),
        (1, [1.0, 1.0 + 1e-15], False),
        (1, [0.1, 0.3, 0.2], False),
        (-1, [0.3, 0.2], True),
        (-1, [0.2, 0.3], False),
        (0, [0.0, 0.0], True),
        (0, [0.0, 0.1], False),
    ],
)
def test_a_direction_is_told_from_another(way: int, found: list[float], *, so: bool) -> None:
    one = Direction("", "", "", "", (), lambda _: 0.0, way)

    assert holds(one, found) is so


def test_the_page_has_every_direction_and_says_that_it_holds() -> None:
    rows = [line for line in PAGE.read_text("utf-8").splitlines() if line.startswith("| ")][2:]

    assert [row.split(" (")[0].removeprefix("| ") for row in rows] == [d.title for d in DIRECTIONS]
    assert all(re.search(r"\| yes \|$", row) for row in rows)
