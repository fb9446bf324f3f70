"""Room for what is written at lines: margins of a panel, and a place beside an early end."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from math import ceil, hypot
from typing import Final, TypeAlias

from sovplan.report.figures import Panel
from sovplan.report.svg import Px

Point: TypeAlias = tuple[Px, Px]
Box: TypeAlias = tuple[Px, Px, Px, Px]
"""Left, upper, right and lower edge, px."""

_LETTER: Final = 7.2
"""Width of a figure of a bold label, px."""
_HIGH: Final = 9.0
"""Height of a figure above the line it stands on, px."""
_STEP: Final = 3.0
"""Distance at which lines are looked at, px."""
_OWN: Final = 5.0
"""Distance from its own end within which a line may be near its number, px."""


_SLIM: Final = frozenset(" .,:;'()fijlrt")
_BROAD: Final = frozenset("mwMW")
_WIDTHS: Final = 3.7, 6.5, 10.1
"""Width of a slim letter, of a figure and most letters, and of a broad one, bold, 12.5 px."""
_THIN_SPACE: Final = "\u2009"
_LEAST: Final = 0.35
"""Part of a panel that its margins leave to the lines at least."""


def wide(text: str) -> float:
    """Return the width of a bold label, px, never less than it is in the type of the book.

    Examples
    --------
    >>> wide("328")
    19.5
    >>> round(wide("w 1.5"), 1)
    30.5
    """
    slim, usual, broad = _WIDTHS
    return sum(
        slim if letter in _SLIM or letter == _THIN_SPACE else broad if letter in _BROAD else usual
        for letter in text
    )


def roomy(panel: Panel, left: Px, right: Px) -> Panel:
    """Return a panel whose margins are as wide as asked, as far as room is left for lines.

    Panels that have the room stay as they are, so those side by side keep one size where they can.

    Examples
    --------
    >>> panel = Panel(width=200, height=100, left=30, right=40)
    >>> (roomy(panel, 9, 9) == panel, roomy(panel, 35, 52.5).right, roomy(panel, 9, 900).right)
    (True, 52.5, 100.0)
    """
    left = max(panel.left, left)
    most = (1.0 - _LEAST) * panel.width - left
    return replace(panel, left=left, right=max(panel.right, min(right, most)))


def place_beside(
    text: str, end: Point, lines: Sequence[Sequence[Point]], within: Box
) -> Point | None:
    """Return where a number stands beside the end of its line; None where only lines are.

    Parameters
    ----------
    text
        The number.
    end
        Where its line ends.
    lines
        All lines of the panel.
    within
        The panel without its axes.

    Examples
    --------
    >>> place_beside("7", (50.0, 50.0), [], (0.0, 0.0, 100.0, 100.0))
    (56.0, 54.0)
    >>> crossing = [[(50.0, 50.0), (90.0, 50.0)]]
    >>> place_beside("7", (50.0, 50.0), crossing, (0.0, 0.0, 100.0, 100.0))
    (48.0, 41.0)
    """
    wide = _LETTER * len(text)
    spots = [spot for line in lines for spot in _along(line) if _apart(spot, end) > _OWN]
    x, y = end
    for at in ((x + 6.0, y + 4.0), (x - 2.0, y - 9.0), (x - 2.0, y + 17.0),
               (x - wide - 6.0, y - 9.0), (x - wide - 6.0, y + 17.0)):  # fmt: skip
        box = at[0] - 1.0, at[1] - _HIGH - 1.0, at[0] + wide + 1.0, at[1] + 2.0
        if _holds(within, box) and not any(_inside(spot, box) for spot in spots):
            return at
    return None


def _along(line: Sequence[Point]) -> Iterator[Point]:
    yield from line
    for (x0, y0), (x1, y1) in pairwise(line):
        steps = ceil(hypot(x1 - x0, y1 - y0) / _STEP)
        for step in range(1, steps):
            yield x0 + (x1 - x0) * step / steps, y0 + (y1 - y0) * step / steps


def _apart(one: Point, other: Point) -> float:
    return hypot(one[0] - other[0], one[1] - other[1])


def _inside(spot: Point, box: Box) -> bool:
    return box[0] <= spot[0] <= box[2] and box[1] <= spot[1] <= box[3]


def _holds(outer: Box, box: Box) -> bool:
    low, high = outer[:2], outer[2:]
    return box[0] >= low[0] and box[1] >= low[1] and box[2] <= high[0] and box[3] <= high[1]
