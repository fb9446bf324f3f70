"""Squares to be counted: one for each plant that was found, missed or accused."""

from collections.abc import Sequence
from typing import Final, Literal, TypeAlias

from sovplan.foundation.words import say
from sovplan.report.run_drawing import styled
from sovplan.report.svg import Html, Px, drawing, words

Count: TypeAlias = Literal["found", "missed", "accused"]

_SQUARE: Final = 18
"""Width of a square with the room beside it, px."""
PER_ROW: Final = 18


def squares(label: str, counts: Sequence[tuple[Count, int]], rows: int) -> Html:
    """Draw one square for each: found full, missed hollow, honest but accused crossed.

    Parameters
    ----------
    label
        The counts in words.
    counts
        How many squares of each, in order.
    rows
        Rows of the tallest panel beside this one, so that squares have one size.
    """
    body: list[Html] = []
    for state, count in counts:
        for _ in range(count):
            place = len(body)
            x, y = place % PER_ROW * _SQUARE + 2, place // PER_ROW * _SQUARE + 2
            body.append(square(state, x, y))
    if not body:
        body.append(words("t2", 2, 15, say("runbook.found.no_square")))
    return drawing(PER_ROW * _SQUARE + 4, max(rows, 1) * _SQUARE + 4, label, body)


def square(state: Count, x: Px, y: Px, size: Px = 13) -> Html:
    """Draw one square."""
    if state == "found":
        box = f'<rect class="bar" x="{x:g}" y="{y:g}" width="{size:g}" height="{size:g}"/>'
        return styled("real", Html(box))
    inner = f'x="{x + 1:g}" y="{y + 1:g}" width="{size - 2:g}" height="{size - 2:g}"'
    if state == "missed":
        return styled("real", Html(f'<rect class="ring" {inner}/>'))
    cross = f'<path class="x" d="M{x + 1:g} {y + 1:g}l{size - 2:g} {size - 2:g}'
    cross += f'm0 -{size - 2:g}l-{size - 2:g} {size - 2:g}"/>'
    return styled("reported", Html(f'<rect class="x" {inner}/>{cross}'))
