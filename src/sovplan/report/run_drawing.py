"""Drawings of runs: paths by kind or by regime, over years from zero.

Panels that are compared share one scale, so that it is given and not chosen here.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape
from itertools import groupby, pairwise
from math import log10
from typing import Final, TypeAlias, final

from sovplan.foundation.numbers import figure
from sovplan.foundation.words import say
from sovplan.report.figures import Panel
from sovplan.report.run_labels import place_beside, roomy, wide
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
_AFTER: Final = 9
"""Distance from the end of the years to what stands behind the lines, px."""
_AFTER_SIGN: Final = 10
"""Distance from the mark before a number to the number, px."""
_BEFORE: Final = 5
"""Distance from a number of the axis to the axis, px."""
_BAR: Final = 5.0
"""Width of the bar from the lowest to the highest estimate, px."""
_THIN: Final = 1.1
"""How many letters of a unit go where one of a bold name would: its type is smaller and lighter."""
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
    given
        Whether the value of a year was put in and not found, drawn as a double line; empty where
        the style says it, or nothing was.
    """

    style: Style
    values: Sequence[Px | None]
    name: str = ""
    span: Sequence[tuple[Px, Px] | None] = ()
    given: Sequence[bool] = ()


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
        A line across, such as the first year of an index; None for none. It is left out where
        the panel does not reach so far.
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
    axis = replace(axis, panel=_roomy(axis, strokes, years))
    panel, size = axis.panel, 10.0**axis.power
    end = panel.width - panel.right
    x = linear(years[0], years[-1], panel.left + 5, end)
    y = linear(0, axis.top * 1.06 or 1.0, panel.height - 24, 22)
    at = [x(year) for year in years]
    body = _grid(axis, [(tick, y(tick)) for tick in ticks(axis.top * 1.06)])
    if axis.reference is not None and axis.reference <= axis.top * 1.06:
        body.append(rule("zero", (panel.left, y(axis.reference)), (end + 6, y(axis.reference))))
    if hatched:
        body.append(_gap(strokes, at, [_heights(stroke, y) for stroke in strokes]))
    ends: list[tuple[Stroke, float, str]] = []
    small = panel.width < HERO.width
    courses = [[(at[i], y(value)) for i, value in enumerate(stroke.values) if value is not None]
               for stroke in strokes]  # fmt: skip
    for stroke, points in zip(strokes, courses, strict=True):
        body += _spans(stroke, at, y)
        there = [i for i, value in enumerate(stroke.values) if value is not None]
        if not there:
            continue
        body.append(_line(stroke, points, there, small=small))
        name = _named(stroke, there[-1], years, size)
        if not stroke.name and at[-1] - points[-1][0] > _BESIDE:
            body.append(_early(stroke, name, points[-1], courses, panel))
            continue
        ends.append((stroke, points[-1][1], name))
    places = spread([height for _, height, _ in ends], 14, panel.height - 24)
    for (stroke, _, name), place in zip(ends, places, strict=True):
        body.append(_end(stroke, name, (at[-1] + _AFTER, place), alone=len(strokes) == 1))
    written = feet or _feet(years, panel)
    body += [words("t2 mid", x(year), panel.height - 6, name) for year, name in written.items()]
    return drawing(panel.width, panel.height, label, body)


def _named(stroke: Stroke, last: int, years: Sequence[int], size: float) -> str:
    """Return what stands at the end of a line: name, last value, and its year if it ends early."""
    name = f"{stroke.name} {figure((stroke.values[last] or 0.0) / size)}".strip()
    if stroke.name and last < len(years) - 1:
        return say("runbook.drawing.early", value=name, year=years[last])
    return name


def _roomy(axis: Axis, strokes: Sequence[Stroke], years: Sequence[int]) -> Panel:
    """Return the panel with margins in which what stands at ends of lines and on the axis fits."""
    panel, size = axis.panel, 10.0**axis.power
    step = (panel.width - panel.right - panel.left - 5) / max(len(years) - 1, 1)
    room = 0.0
    for stroke in strokes:
        there = [i for i, value in enumerate(stroke.values) if value is not None]
        if there and (stroke.name or step * (len(years) - 1 - there[-1]) <= _BESIDE):
            sign = 0.0 if stroke.name or len(strokes) == 1 else _AFTER_SIGN
            room = max(room, _AFTER + sign + wide(_named(stroke, there[-1], years, size)))
    names = [figure(tick / size) for tick in ticks(axis.top * 1.06)]
    return roomy(panel, max(map(wide, names), default=0.0) + _BEFORE, room)


def _early(
    stroke: Stroke, name: str, end: tuple[float, float],
    courses: Sequence[Sequence[tuple[float, float]]], panel: Panel,
) -> Html:  # fmt: skip
    """Return the number of a line that ends early, where no line runs through it; else nothing.

    What was given for some years goes on as what was found, whose end has the number.
    """
    if stroke.style == "given":
        return Html("")
    within = (panel.left, 16.0, panel.width - 4.0, panel.height - 26.0)
    place = place_beside(name, end, courses, within)
    if place is None:
        return Html("")
    return styled(stroke.style, words("lbl halo", *place, name))


def _end(stroke: Stroke, name: str, at: tuple[float, float], *, alone: bool) -> Html:
    """Return what stands at the end of a line; a bare number among others follows its mark."""
    x, y = at
    if stroke.name or alone:
        return styled(stroke.style, words("lbl halo", x, y + 4, name))
    sign = style_mark(stroke.style, x + 3, y, _SIGN)
    return styled(stroke.style, Html(f"{sign}{words('lbl halo', x + _AFTER_SIGN, y + 4, name)}"))


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
        body.append(words("t2 end", panel.left - _BEFORE, at + 4, figure(tick / size)))
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


def _put_in(stroke: Stroke, there: Sequence[int]) -> list[bool]:
    """Return which of the points of a line were put in and not found."""
    if stroke.style == "given":
        return [True] * len(there)
    return [bool(stroke.given) and stroke.given[at] for at in there]


def _line(
    stroke: Stroke, points: Sequence[tuple[float, float]], there: Sequence[int], *, small: bool
) -> Html:
    """Return a line with its marks: all of them where single years count, else the last."""
    given = _put_in(stroke, there)
    every = stroke.style in {"historical", "reported"}
    radius = 2.2 if small else 2.8
    shown = points if every and not (small and stroke.style == "reported") else points[-1:]
    marks = "".join(style_mark(stroke.style, *point, radius) for point in shown)
    extra = _PLAIN if _place(stroke.style) >= len(COLOURS) else ""
    drawn = "".join(
        double(part) if put_in else f'<path class="ln"{extra} d="{path(part)}"/>'
        for put_in, part in _stretches(points, given, _whole(stroke, there))
    )
    return styled(stroke.style, Html(f"{drawn}{marks}"))


def _whole(stroke: Stroke, there: Sequence[int]) -> list[bool]:
    """Return whether a line goes on from each point to the next.

    What was printed is joined over years without print; a run has a value in every year, so where
    one is missing another line stands.
    """
    printed = stroke.style == "historical"
    return [printed or right == left + 1 for left, right in pairwise(there)]


def _stretches(
    points: Sequence[tuple[float, float]], given: Sequence[bool], linked: Sequence[bool]
) -> Iterator[tuple[bool, Sequence[tuple[float, float]]]]:
    """Yield the parts of a line that are given and those that are not; each begins where one ends.

    What lies between a point that is given and one that is not is not given.
    """
    if len(points) == 1:
        yield given[0], points
        return
    kinds = [(goes_on, left and right)
             for goes_on, (left, right) in zip(linked, pairwise(given), strict=True)]  # fmt: skip
    start = 0
    for (goes_on, kind), steps in groupby(kinds):
        end = start + len(list(steps))
        if goes_on:
            yield kind, points[start : end + 1]
        start = end


def double(points: Sequence[tuple[float, float]]) -> str:
    """Return a double line: the mark of what was put in, whatever its colour."""
    return f'<path class="ln twin" d="{path(points)}"/><path class="core" d="{path(points)}"/>'


COLOURS: Final = "abc"
"""Classes of the colours of regimes; those beyond are in ink."""
_PLAIN: Final = ' stroke-width="2.25" stroke-dasharray="9 3 2 3"'
"""How the line of a fourth regime is drawn: in ink, broken."""


def _place(style: Style) -> int:
    return style if isinstance(style, int) else -1


def styled(style: Style, inner: Html) -> Html:
    """Put drawing of a kind or a regime into its colour; regimes from the fourth on are in ink."""
    if not isinstance(style, int):
        return Html(f'<g class="k-{style}">{inner}</g>')
    if style >= len(COLOURS):
        return Html(f"<g>{inner}</g>")
    return Html(f'<g class="r-{COLOURS[style]}">{inner}</g>')


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
