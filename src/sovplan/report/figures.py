"""Figures as SVG text: one panel, one function.

A panel is drawn for about 340 px, so that its text keeps its size from phone to desk: panels move,
they do not shrink. Quantities begin at zero.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from math import log10
from typing import Final, Literal, final

from sovplan.foundation.numbers import figure
from sovplan.foundation.words import say
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
    stacked,
    ticks,
    words,
)

_LONG: Final = 1e5
"""Numbers from here on do not fit beside a panel."""
_ROW: Final = 25
"""Height of a row of a dot plot."""


@final
@dataclass(frozen=True, slots=True)
class Line:
    """One series of a panel.

    Parameters
    ----------
    kind
        plan, reported, real or historical: sets colour, line and mark. What is asked for is none of
        them: each value is a short line in ink.
    values
        One a year; None where there is none.
    name
        Written at the end of the line, with the last value.
    low, high
        Edges of a band around the line, or None.
    """

    kind: Kind | Literal["asked"]
    values: Sequence[Px | None]
    name: str = ""
    low: Sequence[Px] | None = None
    high: Sequence[Px] | None = None


@final
@dataclass(frozen=True, slots=True)
class Panel:
    """Size and axis of a panel of lines: width, height and margins in px."""

    width: Px = 340
    height: Px = 200
    left: Px = 44
    right: Px = 84
    unit: str = ""


SMALL: Final = Panel(width=170, height=120, left=38, right=44)
"""One of many panels: 170 px wide, two beside each other on a phone."""


def size_for(count: int) -> tuple[Panel, str]:
    """Return the size of each of so many panels, and the class of their grid."""
    return (SMALL, "panels mini") if count > 2 else (Panel(), "panels")


def lines(label: str, years: Sequence[int], series: Sequence[Line], panel: Panel = SMALL) -> Html:
    """Draw series over years, named at their ends; the axis begins at zero.

    Parameters
    ----------
    label
        The main values in words, for those who do not see the drawing.
    years
        Calendar years of the values.
    series
        At most four.
    """
    most = max((v for line in series for v in _all(line)), default=1.0)
    top, power = most * 1.06 or 1.0, _power(most)
    size = 10.0**power
    x = linear(years[0], years[-1], panel.left + 5, panel.width - panel.right)
    y = linear(0, top, panel.height - 24, 24)
    end = panel.width - panel.right + 6
    body: list[str] = []
    for tick in ticks(top):
        kind = "grid" if tick else "zero"
        body.append(rule(kind, (panel.left, y(tick)), (end, y(tick))))
        body.append(words("t2 end", panel.left - 5, y(tick) + 4, figure(tick / size)))
    ends = []
    for line in series:
        points = [(x(t), y(v)) for t, v in zip(years, line.values, strict=True) if v is not None]
        if not points:
            continue
        last = next(v for v in reversed(line.values) if v is not None)
        body.append(_stroke(line, points, [x(t) for t in years], y))
        ends.append((line, points[-1], last))
    places = spread([point[1] for _, point, _ in ends], 14, panel.height - 24)
    for (line, point, last), place in zip(ends, places, strict=True):
        text = f"{line.name} {figure(last / size)}".strip()
        if line.kind == "asked":
            body.append(words("tb", point[0] + 9, place + 4, text))
        else:
            name = words("lbl", point[0] + 9, place + 4, text)
            body.append(f'<g class="k-{line.kind}">{name}</g>')
    unit = say(f"report.scale.{power}", unit=panel.unit).strip() if power else panel.unit
    if unit:
        body.append(words("t3", 0, 12, short(unit, panel.width)))
    ends_of_axis = dict.fromkeys((years[0], years[-1]))
    body.extend(words("t2 mid", x(t), panel.height - 6, str(t)) for t in ends_of_axis)
    return drawing(panel.width, panel.height, label, body)


def _power(most: Px) -> int:
    """Return the power of ten that a panel leaves to its unit, so that its numbers stay short."""
    if most < _LONG:
        return 0
    return min(3 * int((log10(most) + 1e-9) // 3), 12)


def _all(line: Line) -> list[Px]:
    return [v for v in (*line.values, *(line.high or ())) if v is not None]


def _stroke(
    line: Line,
    points: Sequence[tuple[Px, Px]],
    x: Sequence[Px],
    y: Callable[[Px], float],
) -> Html:
    """Return the line of a series with its band and the mark at its end."""
    if line.kind == "asked":
        return Html("".join(rule("zero", (at - 5, up), (at + 5, up)) for at, up in points))
    band = ""
    if line.low is not None and line.high is not None:
        low, high = ([y(v) for v in edge] for edge in (line.low, line.high))
        edge = [*zip(x, high, strict=True), *reversed(list(zip(x, low, strict=True)))]
        band = f'<path class="band" d="{path(edge)}Z"/>'
    inner = f'{band}<path class="ln" d="{path(points)}"/>{mark(line.kind, *points[-1], 2.6)}'
    return Html(f'<g class="k-{line.kind}">{inner}</g>')


@final
@dataclass(frozen=True, slots=True)
class Dot:
    """One row of a dot plot, in per cent.

    Parameters
    ----------
    name
        What the row is of.
    value
        What the plan reaches.
    least
        What must be reached at least, or None.
    low, high
        Edges of a band, or None.
    """

    name: str
    value: Px
    least: Px | None = None
    low: Px | None = None
    high: Px | None = None


def dots(
    label: str,
    rows: Sequence[Dot],
    *,
    kind: Kind = "plan",
    left: Px = 132,
    most: Px | None = None,
) -> Html:
    """Draw rows as per cent of something; the line at 100 is the whole of it.

    A row beyond the right edge is drawn at the edge with an arrow; its number stands beside it.

    Parameters
    ----------
    label
        The main values in words.
    rows
        From top to bottom.
    kind
        Sets colour and mark.
    left
        Room for the names, px.
    most
        The right edge, per cent, where the whole is not to be seen; else it is chosen.
    """
    width, height = 340.0, 34.0 + _ROW * len(rows)
    greatest = max([row.value for row in rows] + [row.high or 0.0 for row in rows], default=100.0)
    limit = min(max(110.0, greatest * 1.04), 220.0) if most is None else most
    x = linear(0, limit, left, width - 44)
    body: list[str] = []
    for tick in ticks(limit) if limit < 100 else [t for t in range(0, 201, 50) if t <= limit]:
        line = "zero" if tick == 0 else "ref" if tick == 100 else "grid"
        body.append(rule(line, (x(tick), 22), (x(tick), height - 4)))
        text = f"{tick:g} %" if tick == 0 else f"{tick:g}"
        body.append(words(f"mid {'tb' if tick == 100 else 't2'}", x(tick), 14, text))
    for i, row in enumerate(rows):
        y = 36.0 + _ROW * i
        body.append(words("end", left - 10, y + 4, short(row.name, left - 10)))
        body.append(rule("grid", (left, y), (x(limit), y)))
        if row.least is not None and row.least > 0:
            at = x(min(row.least, limit))
            body.append(rule("zero", (at, y - 6), (at, y + 6)))
            if row.value > row.least:
                stretch = rule("ln", (at, y), (x(min(row.value, limit)), y))
                body.append(f'<g class="k-{kind}">{stretch}</g>')
        if row.low is not None and row.high is not None:
            low, high = (x(min(edge, limit)) for edge in (row.low, row.high))
            size = f'width="{max(high - low, 1):.1f}" height="12"'
            band = f'<rect class="band" x="{low:.1f}" y="{y - 6:.1f}" {size}/>'
            body.append(f'<g class="k-{kind}">{band}</g>')
        body.append(_dot(row, x(min(row.value, limit)), y, kind))
        beyond = " →" if row.value > limit else ""
        body.append(words("tb end", width - 2, y + 4, figure(row.value) + beyond))
    return drawing(width, height, label, body)


def _dot(row: Dot, x: Px, y: Px, kind: Kind) -> Html:
    hint = f"{row.name}: {figure(row.value)} %"
    return Html(f'<g class="k-{kind}">{mark(kind, x, y, 3.6, hint)}</g>')


Flows = Mapping[tuple[str, str], Px]
"""Size of each flow by where it comes from and where it goes; the whole is 100."""
_Side = Mapping[str, tuple[Px, Px]]
"""Top and height of each node of a side, px."""


def sankey(
    label: str,
    left: Sequence[str],
    right: Sequence[str],
    flows: Flows,
    *,
    hot: Collection[str] = (),
) -> Html:
    """Draw flows from the left names to the right names; what goes to a hot name is coloured."""
    width, thick = 340.0, 9.0
    rows = max(len(left), len(right))
    height = max(240.0, 30.0 * rows)
    scale = (height - 15.0 * (rows - 1)) / (sum(flows.values()) or 1.0)
    px = {key: size * scale for key, size in flows.items()}
    sides = _stack(left, px, 0, height), _stack(right, px, 1, height)
    body = _streams(px, sides, (thick, width - thick), hot)
    for side, x, kind, dx in (
        (sides[0], 0.0, "halo", thick + 6),
        (sides[1], width - thick, "halo end", -6.0),
    ):
        levels = stacked([top + tall / 2 for top, tall in side.values()], 15, height - 6)
        for (name, (top, tall)), level in zip(side.items(), levels, strict=True):
            size = f'width="{thick:g}" height="{max(tall, 1):.1f}"'
            body.append(f'<rect class="node" x="{x:g}" y="{top:.1f}" {size}/>')
            text = f"{short(name, width / 2 - 30)} {figure(tall / scale, 2)}"
            body.append(words(kind, x + dx, level + 4, text))
    return drawing(width, height, label, body)


def _stack(names: Sequence[str], flows: Flows, side: int, height: Px) -> _Side:
    sizes = [sum(size for key, size in flows.items() if key[side] == name) for name in names]
    room = (height - sum(sizes)) / max(len(names) - 1, 1)
    places, place = {}, 0.0
    for name, size in zip(names, sizes, strict=True):
        places[name] = (place, size)
        place += size + room
    return places


def _streams(
    flows: Flows, sides: tuple[_Side, _Side], edges: tuple[Px, Px], hot: Collection[str]
) -> list[str]:
    x0, x1 = edges
    mid = (x0 + x1) / 2
    from_y, to_y = ({name: top for name, (top, _) in side.items()} for side in sides)
    body = []
    for a in sides[0]:
        for b in sides[1]:
            size = flows.get((a, b), 0.0)
            if size <= 0.02:
                continue
            ya, yb = from_y[a], to_y[b]
            za, zb = from_y[a], to_y[b] = ya + size, yb + size
            shape = (
                f"M{x0:g} {ya:.1f}C{mid:g} {ya:.1f} {mid:g} {yb:.1f} {x1:g} {yb:.1f}V{zb:.1f}"
                f"C{mid:g} {zb:.1f} {mid:g} {za:.1f} {x0:g} {za:.1f}Z"
            )
            body.append(f'<path class="flow{" hot" if b in hot else ""}" d="{shape}"/>')
    return body
