"""The strokes of every drawing: scales, marks, labels. Colours and type live in sovplan.css."""

from collections.abc import Callable, Iterable, Sequence
from html import escape
from itertools import pairwise
from math import floor, inf, log10
from typing import Final, Literal, NewType

Html = NewType("Html", str)
"""Text that is markup already: what came from data has been escaped."""
Kind = Literal["plan", "reported", "real", "given", "historical", "second", "third"]
"""What a line is of; `given` was put into the run and not found by it; `second` and `third` are
further lines of the run, no plan and no report."""

Px = float | int
"""A length or place in a drawing, px; or a number on its axis."""

_LETTER: Final = 6.3
"""Mean width of a letter of 12.5 px, for fitting names beside a drawing."""
_STEPS: Final = (0.5, 1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0)
_ROUNDS: Final = 60
"""Rounds in which crowded labels are pushed apart."""


def linear(low: Px, high: Px, start: Px, end: Px) -> Callable[[Px], float]:
    """Return the map of [low, high] onto [start, end].

    Examples
    --------
    >>> linear(0, 10, 100, 200)(5)
    150.0
    """
    span = high - low or 1.0
    return lambda value: start + (value - low) / span * (end - start)


def spread(wanted: Sequence[Px], least: Px, most: Px = inf) -> list[float]:
    """Move labels apart so that neighbours keep the least distance, as little as possible.

    None is pushed below `most`, where the years of an axis stand; those above make room.

    Examples
    --------
    >>> [round(place, 1) for place in spread([10, 12, 50], 14)]
    [4.0, 18.0, 50.0]
    >>> [round(place, 1) for place in spread([50, 50], 14, 50)]
    [36.0, 50.0]
    """
    order = sorted(range(len(wanted)), key=lambda i: wanted[i])
    places = [float(wanted[i]) for i in order]
    for _ in range(_ROUNDS):
        for i, (upper, lower) in enumerate(pairwise(places)):
            lack = least - (lower - upper)
            if lack > 0:
                places[i] -= lack / 2
                places[i + 1] += lack / 2
    below = float(most)
    for i in reversed(range(len(places))):
        if places[i] <= below:
            break
        places[i], below = below, below - least
    result = [0.0] * len(wanted)
    for place, i in zip(places, order, strict=True):
        result[i] = place
    return result


def stacked(wanted: Sequence[Px], least: Px, most: Px) -> list[float]:
    """Move labels, given from top to bottom, apart; the last one stays above `most`."""
    places: list[float] = []
    for place in wanted:
        places.append(float(max(place, places[-1] + least)) if places else float(place))
    below = float(most)
    for i in reversed(range(len(places))):
        places[i] = min(places[i], below)
        below = places[i] - least
    return places


def path(points: Iterable[tuple[Px, Px]]) -> str:
    """Return the commands of a path through points."""
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points)


def mark(kind: Kind, x: Px, y: Px, size: Px = 3.4, title: str = "") -> Html:
    """Draw the mark of a kind: the shape repeats what the colour says."""
    hint = f"<title>{escape(title)}</title>" if title else ""
    if kind == "reported":
        ring = f'<circle class="ring" cx="{x:.1f}" cy="{y:.1f}" r="{size:.1f}">'
        return Html(f"{ring}{hint}</circle>")
    if kind == "plan":
        s = size + 1
        shape = f"M{x:.1f} {y - s:.1f}l{s:g} {s:g}l-{s:g} {s:g}l-{s:g} -{s:g}z"
        return Html(f'<path class="ring" d="{shape}">{hint}</path>')
    if kind == "historical":
        s = size - 0.2
        cross = f"M{x - s:.1f} {y - s:.1f}l{2 * s:g} {2 * s:g}m0 -{2 * s:g}l-{2 * s:g} {2 * s:g}"
        return Html(f'<path class="x" d="{cross}">{hint}</path>')
    if kind == "second":
        s = size + 1
        return Html(
            f'<path class="dot" d="M{x:.1f} {y - s:.1f}l{s:g} {2 * s:g}h-{2 * s:g}z">{hint}</path>'
        )
    if kind in {"third", "given"}:
        box = f'x="{x - size:.1f}" y="{y - size:.1f}" width="{2 * size:g}" height="{2 * size:g}"'
        return Html(f'<rect class="{"dot" if kind == "third" else "ring"}" {box}>{hint}</rect>')
    r = size + 0.4
    return Html(f'<circle class="dot" cx="{x:.1f}" cy="{y:.1f}" r="{r:.1f}">{hint}</circle>')


def drawing(width: Px, height: Px, label: str, body: Iterable[str]) -> Html:
    """Return a whole drawing with the words that stand for it."""
    box = f'<svg viewBox="0 0 {width:g} {height:g}" role="img" aria-label="{escape(label)}">'
    return Html(f"{box}{''.join(body)}</svg>")


def words(kinds: str, x: Px, y: Px, text: str) -> Html:
    """Write a text into a drawing; `kinds` are classes of sovplan.css."""
    return Html(f'<text class="{kinds}" x="{x:.1f}" y="{y:.1f}">{escape(text)}</text>')


def rule(kind: str, start: tuple[Px, Px], end: tuple[Px, Px]) -> Html:
    """Draw a straight line."""
    return Html(
        f'<line class="{kind}" x1="{start[0]:.1f}" y1="{start[1]:.1f}"'
        f' x2="{end[0]:.1f}" y2="{end[1]:.1f}"/>'
    )


def short(title: str, room: Px = 140) -> str:
    """Cut a name to the room beside a drawing, in px: first what is in brackets, then the end.

    Examples
    --------
    >>> short("Grain (all cereals and pulses)")
    'Grain'
    >>> short("Other consumer manufactures", 100)
    'Other consumer…'
    """
    most = max(int(room / _LETTER), 2)
    bare = title.partition(" (")[0].strip() or title
    if len(bare) > most:
        bare = bare.partition(", ")[0]
    return bare if len(bare) <= most else bare[: most - 1].rstrip(" ,.:") + "…"


def ticks(top: Px) -> tuple[float, ...]:
    """Return round marks from zero for an axis that ends at `top`: three, or one where it is 0.

    Examples
    --------
    >>> ticks(103), ticks(0.9)
    ((0.0, 50.0, 100.0), (0.0, 0.4, 0.8))
    """
    if top <= 0:
        return (0.0,)
    size = 10.0 ** floor(log10(top))
    step = max(part * size for part in _STEPS if 2 * part * size <= top * (1 + 1e-9))
    return (0.0, step, 2 * step)
