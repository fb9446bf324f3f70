"""Drawings of runs: paths by kind or by regime, results beside their plan, squares to be counted.

Panels that are compared share one scale, so that it is given and not chosen here.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape
from itertools import pairwise
from math import log10
from typing import Final, Literal, TypeAlias, final

from sovplan.foundation.numbers import figure
from sovplan.foundation.words import say
from sovplan.report.figures import Panel
from sovplan.report.parts import element, joined, listed, text
from sovplan.report.svg import (
    Html,
    Kind,
    Px,
    drawing,
    linear,
    mark,
    path,
    rule,
    short,
    spread,
    ticks,
    words,
)

Style: TypeAlias = Kind | int
"""A kind of series, or the place of a regime among those of the run."""
Count: TypeAlias = Literal["found", "missed", "accused"]

HERO: Final = Panel(width=344, height=222, left=42, right=98)
LOW: Final = replace(HERO, height=150)
NARROW: Final = Panel(width=256, height=186, left=36, right=78)
"""One of three panels beside each other."""
MINI: Final = Panel(width=170, height=124, left=36, right=48)
_FEW: Final = 2
"""Panels up to which each has the full size."""
_LONG: Final = 1e5
"""Axes from here on leave their thousands to the unit."""
_BESIDE: Final = 24
"""Distance from the right edge from which a line without a name has its number beside its end."""
_SIGN: Final = 2.2
"""Size of the mark before a number at the end of a line, px."""
_BAR: Final = 5.0
"""Width of the bar from the lowest to the highest estimate, px."""
_THIN: Final = 1.1
"""How many letters of a unit go where one of a bold name would: its type is smaller and lighter."""
_SQUARE: Final = 18
"""Width of a square with the room beside it, px."""
PER_ROW: Final = 18
HATCH: Final = Html(
    '<svg class="defs" aria-hidden="true"><defs><pattern id="hatch" width="6" height="6"'
    ' patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<line class="hatch-line" x1="0" y1="0" x2="0" y2="6"/></pattern></defs></svg>'
)
"""What stands once on a page so that the gap between report and truth can be hatched."""


@final
@dataclass(frozen=True, slots=True)
class Stroke:
    """One line of a panel.

    Parameters
    ----------
    style
        Sets colour, line and mark.
    values
        One a year; None where there is none.
    name
        Written at the end with the last value.
    span
        Lowest and highest estimate, one pair a year, shaded; None where they agree.
    """

    style: Style
    values: Sequence[Px | None]
    name: str = ""
    span: Sequence[tuple[Px, Px] | None] = ()


@final
@dataclass(frozen=True, slots=True)
class Axis:
    """Size and scale of a panel.

    Parameters
    ----------
    panel
        Width, height, margins, unit.
    top
        Greatest value of all panels that are compared with this one.
    reference
        A line across, such as the first year of an index; None for none.
    """

    panel: Panel
    top: Px
    reference: Px | None = None

    @property
    def power(self) -> int:
        """Power of ten that the axis leaves to its unit."""
        return 0 if self.top < _LONG else min(3 * int((log10(self.top) + 1e-9) // 3), 12)


def sized(count: int) -> tuple[Panel, str]:
    """Return the size of each of so many panels beside each other, and the class of their grid."""
    return (MINI, "panels mini") if count > _FEW else (LOW, "panels")


def paths(
    label: str,
    years: Sequence[int],
    strokes: Sequence[Stroke],
    axis: Axis,
    *,
    hatched: bool = False,
    feet: Mapping[int, str] | None = None,
) -> Html:
    """Draw lines over years from zero, each named at its end.

    Parameters
    ----------
    label
        The main values in words.
    years
        Calendar years of the values.
    strokes
        At most four, in the order in which they are drawn over each other.
    axis
        Size and common scale.
    hatched
        Whether the gap between what is reported and what is real is hatched.
    feet
        What stands below the axis, by year; without it first, middle and last year.
    """
    panel, size = axis.panel, 10.0**axis.power
    end = panel.width - panel.right
    x = linear(years[0], years[-1], panel.left + 5, end)
    y = linear(0, axis.top * 1.06 or 1.0, panel.height - 24, 22)
    at = [x(year) for year in years]
    body = _grid(axis, [(tick, y(tick)) for tick in ticks(axis.top * 1.06)])
    if axis.reference is not None:
        body.append(rule("zero", (panel.left, y(axis.reference)), (end + 6, y(axis.reference))))
    if hatched:
        body.append(_gap(strokes, at, [_heights(stroke, y) for stroke in strokes]))
    ends: list[tuple[Stroke, float, str]] = []
    small = panel.width < HERO.width
    for stroke in strokes:
        body += _spans(stroke, at, y)
        there = [i for i, value in enumerate(stroke.values) if value is not None]
        if not there:
            continue
        points = [(at[i], y(stroke.values[i] or 0.0)) for i in there]
        body.append(_line(stroke, points, small=small))
        name = f"{stroke.name} {figure((stroke.values[there[-1]] or 0.0) / size)}".strip()
        if not stroke.name and at[-1] - points[-1][0] > _BESIDE:
            beside = words("lbl halo", points[-1][0] + 6, points[-1][1] + 4, name)
            body.append(styled(stroke.style, beside))
            continue
        if stroke.name and there[-1] < len(years) - 1:
            name = say("runbook.drawing.early", value=name, year=years[there[-1]])
        ends.append((stroke, points[-1][1], name))
    places = spread([height for _, height, _ in ends], 14, panel.height - 24)
    for (stroke, _, name), place in zip(ends, places, strict=True):
        body.append(_end(stroke, name, (at[-1] + 9, place), alone=len(strokes) == 1))
    written = feet or _feet(years, panel)
    body += [words("t2 mid", x(year), panel.height - 6, name) for year, name in written.items()]
    return drawing(panel.width, panel.height, label, body)


def _end(stroke: Stroke, name: str, at: tuple[float, float], *, alone: bool) -> Html:
    """Return what stands at the end of a line; a bare number among others follows its mark."""
    x, y = at
    if stroke.name or alone:
        return styled(stroke.style, words("lbl halo", x, y + 4, name))
    sign = style_mark(stroke.style, x + 3, y, _SIGN)
    return styled(stroke.style, Html(f"{sign}{words('lbl halo', x + 10, y + 4, name)}"))


def _spans(stroke: Stroke, at: Sequence[float], y: Callable[[Px], float]) -> Iterator[Html]:
    """Yield a shaded bar for each year in which estimates differ."""
    for place, ends in zip(at, stroke.span, strict=False):
        if ends is not None:
            low, high = map(y, ends)
            size = f'y="{high:.1f}" width="{_BAR:g}" height="{low - high:.1f}"'
            bar = Html(f'<rect class="band" x="{place - _BAR / 2.0:.1f}" {size}/>')
            yield styled(stroke.style, bar)


def _heights(stroke: Stroke, y: Callable[[Px], float]) -> list[float | None]:
    return [None if value is None else y(value) for value in stroke.values]


def _grid(axis: Axis, lines: Sequence[tuple[float, float]]) -> list[str]:
    panel, size = axis.panel, 10.0**axis.power
    end = panel.width - panel.right + 6
    body: list[str] = []
    for tick, at in lines:
        body.append(rule("grid" if tick else "zero", (panel.left, at), (end, at)))
        body.append(words("t2 end", panel.left - 5, at + 4, figure(tick / size)))
    unit = panel.unit
    if axis.power:
        unit = say(f"report.scale.{axis.power}", unit=unit).strip()
    if unit:
        body.append(words("t3", 0, 12, short(unit, _THIN * panel.width)))
    return body


def _feet(years: Sequence[int], panel: Panel) -> dict[int, str]:
    """Return the years below a panel: first and last, and the middle one where there is room."""
    places = dict.fromkeys((0, len(years) - 1))
    if len(years) > 4 and panel.width >= HERO.width:
        places = dict.fromkeys((0, len(years) // 2, len(years) - 1))
    return {years[place]: str(years[place]) for place in places}


def _gap(
    strokes: Sequence[Stroke], at: Sequence[float], heights: Sequence[Sequence[float | None]]
) -> str:
    """Return the hatching between what is reported and what is real, stretch by stretch."""
    by_style = {stroke.style: heights[i] for i, stroke in enumerate(strokes)}
    said, so = by_style.get("reported"), by_style.get("real")
    if said is None or so is None:
        return ""
    whole = [
        (place, up, down)
        for place, up, down in zip(at, said, so, strict=True)
        if up is not None and down is not None
    ]
    shapes = []
    for (x0, up0, down0), (x1, up1, down1) in pairwise(whole):
        corners = [(x0, up0), (x1, up1), (x1, down1), (x0, down0)]
        shapes.append(f'<path d="{path(corners)}Z" fill="url(#hatch)"/>')
    return "".join(shapes)


def _line(stroke: Stroke, points: Sequence[tuple[float, float]], *, small: bool) -> Html:
    """Return a line with its marks: all of them where single years count, else the last."""
    every = stroke.style in {"historical", "reported"}
    radius = 2.2 if small else 2.8
    shown = points if every and not (small and stroke.style == "reported") else points[-1:]
    marks = "".join(style_mark(stroke.style, *point, radius) for point in shown)
    extra = _PLAIN if _place(stroke.style) >= len(_COLOURS) else ""
    return styled(stroke.style, Html(f'<path class="ln"{extra} d="{path(points)}"/>{marks}'))


_SIGNS: Final = "●■▲×"
"""Marks of regimes as letters."""
_COLOURS: Final = "abc"
"""Classes of the colours of regimes; those beyond are in ink."""
_PLAIN: Final = ' stroke-width="2.25" stroke-dasharray="9 3 2 3"'
"""How the line of a fourth regime is drawn: in ink, broken."""


def _place(style: Style) -> int:
    return style if isinstance(style, int) else -1


def styled(style: Style, inner: Html) -> Html:
    """Put drawing of a kind or a regime into its colour; regimes from the fourth on are in ink."""
    if not isinstance(style, int):
        return Html(f'<g class="k-{style}">{inner}</g>')
    if style >= len(_COLOURS):
        return Html(f"<g>{inner}</g>")
    return Html(f'<g class="r-{_COLOURS[style]}">{inner}</g>')


def style_mark(style: Style, x: Px, y: Px, size: Px = 3.4, title: str = "") -> Html:
    """Draw the mark of a kind or of a regime: circle, square, triangle, cross."""
    if not isinstance(style, int):
        return mark(style, x, y, size, title)
    if style == 0:
        return mark("real", x, y, size, title)
    hint = f"<title>{escape(title)}</title>" if title else ""
    if style == 1:
        box = f'x="{x - size:.1f}" y="{y - size:.1f}" width="{2 * size:g}" height="{2 * size:g}"'
        return Html(f'<rect class="dot" {box}>{hint}</rect>')
    if style == 2:
        s = size + 1
        shape = f"M{x:.1f} {y - s:.1f}l{s:g} {2 * s:g}h-{2 * s:g}z"
        return Html(f'<path class="dot" d="{shape}">{hint}</path>')
    return mark("historical", x, y, size + 0.6, title)


# ---- squares -------------------------------------------------------------------------------------


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


# ---- keys ----------------------------------------------------------------------------------------


def regime_name(place: int, label: str, *, wraps: bool = False) -> Html:
    """Return the name of a regime with its mark; one that stands in a narrow place may wrap."""
    coloured = place < len(_COLOURS)
    if coloured and not wraps:
        return element("span", text(label), f"reg {_COLOURS[place]}")
    sign = Html(f'<span aria-hidden="true">{_SIGNS[min(place, len(_SIGNS) - 1)]} </span>')
    return element("b", joined([sign, text(label)]), f"r-{_COLOURS[place]}" if coloured else "")


def regimes_key(labels: Sequence[str], *, history: bool = False) -> Html:
    """Return which mark is of which regime, and of history where it is drawn."""
    items = [regime_name(place, label) for place, label in enumerate(labels)]
    if history:
        items.append(_item(_sample("historical"), say("runbook.key.historical")))
    return listed(items, "key")


def kinds_key(kinds: Sequence[Kind], *, hatched: bool = False) -> Html:
    """Return which line and mark is of what; always in the same order."""
    order: tuple[Kind, ...] = ("plan", "reported", "real", "historical")
    items = [_item(_sample(kind), say(f"runbook.key.{kind}")) for kind in order if kind in kinds]
    if hatched:
        box = Html('<rect x="6" y="1" width="26" height="12" fill="url(#hatch)"/>')
        items.append(_item(box, say("runbook.key.gap")))
    return listed(items, "key")


def squares_key() -> Html:
    """Return what each square says."""
    states: tuple[Count, ...] = ("found", "missed", "accused")
    return listed(
        (_item(square(state, 12, 0.5), say(f"runbook.key.{state}")) for state in states), "key"
    )


def _sample(kind: Kind) -> Html:
    return styled(kind, Html(f'<path class="ln" d="M1 7H37"/>{mark(kind, 19, 7, 3)}'))


def _item(drawn: Html, name: str) -> Html:
    return joined([Html(f'<svg viewBox="0 0 38 14" aria-hidden="true">{drawn}</svg>'), text(name)])


def sub(title: str, second: str) -> Html:
    """Return the heading of a second row of panels."""
    quiet = element("span", text(second), "quiet")
    return element("p", joined([element("b", text(title)), Html(" "), quiet]), "sub")
