"""Many small panels of one kind: a line for each regime, and a table under each panel's name."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final, final

from sovplan.foundation.numbers import figure
from sovplan.foundation.words import say
from sovplan.records.run import Course
from sovplan.report.parts import Caption, Cell, Column, element, figure_of, joined, panels, table
from sovplan.report.run_drawing import Axis, Stroke, paths, regimes_key, sized
from sovplan.report.run_series import Seen, known
from sovplan.report.svg import Html, Px

Path = Sequence[float | None]
"""A series over the years of a run; None where there is no value."""
HUNDRED: Final = 100.0


@final
@dataclass(frozen=True, slots=True, eq=False)
class Item:
    """One panel.

    Parameters
    ----------
    title
        Stands over the panel.
    caption
        Of its table, with the unit.
    values
        A path for each regime, in their order.
    unit
        Stands at the top of the axis; '' where the second line of the figure says it.
    past
        What was printed at the time or since; empty where there is nothing.
    span
        Lowest and highest of rival estimates by year; empty where there are none.
    """

    title: str
    caption: str
    values: Sequence[Path]
    unit: str = ""
    past: Path = ()
    span: Sequence[tuple[float, float] | None] = ()

    @property
    def greatest(self) -> float:
        """The greatest value of all regimes and of history; 0 without any."""
        tops = [ends[1] for ends in self.span if ends is not None]
        paths = (*self.values, self.past, tops)
        return max((v for path in paths for v in known(path)), default=0.0)


def of_all(seen: Seen, series: str, scale: float = 1.0) -> list[Path]:
    """Return a real series of each regime, times a number."""
    return [scaled(seen.of(course.name, series), scale) for course in seen.courses]


def scaled(path: Path, scale: float) -> list[float | None]:
    """Return a path times a number."""
    return [None if value is None else scale * value for value in path]


def multiples(
    seen: Seen,
    caption: Caption,
    items: Sequence[Item],
    *,
    top: Px | None = None,
    reference: Px | None = None,
) -> Html:
    """Return a figure of small panels with the key of the regimes and a table for each panel.

    Parameters
    ----------
    top
        Greatest value of a scale that all panels share; without it each has its own, from zero.
    reference
        A line across each panel that reaches so far.
    """
    size, grid = sized(len(items))
    labels = [seen.labels[course.name] for course in seen.courses]
    drawn = []
    for item in items:
        greatest = item.greatest if top is None else top
        line = reference if reference is not None and greatest >= reference else None
        axis = Axis(replace(size, unit=item.unit), greatest, line)
        drawn.append((item.title, _panel(seen, item, labels, axis)))
    legend = regimes_key(labels, history=any(known(item.past) for item in items))
    inner = joined([legend, panels(drawn, grid)])
    tables = element("div", joined(_table(seen, item) for item in items), "tables")
    return figure_of(caption, inner, tables)


def _panel(seen: Seen, item: Item, labels: Sequence[str], axis: Axis) -> Html:
    told = known(item.past) or any(item.span)
    strokes = [Stroke("historical", item.past, span=item.span)] if told else []
    strokes += [Stroke(place, values) for place, values in enumerate(item.values)]
    named = [*zip(labels, item.values, strict=True), (say("runbook.key.historical"), item.past)]
    said = ", ".join(f"{name} {_last(seen, path)}" for name, path in named if known(path))
    label = say("runbook.multiples.label", title=item.title, values=said)
    return paths(label, seen.years, strokes, axis)


def _last(seen: Seen, path: Path) -> str:
    """Return the last value of a path that has one, with its year where that is not the last."""
    year, value = [(y, v) for y, v in zip(seen.years, path, strict=True) if v is not None][-1]
    if year == seen.years[-1]:
        return figure(value)
    return say("runbook.drawing.early", value=figure(value), year=year)


def _table(seen: Seen, item: Item) -> Html:
    columns = [Column(say("runbook.col.year"), number=False)]
    columns += [Column(seen.labels[course.name]) for course in seen.courses]
    values = [*item.values]
    if known(item.past):
        columns.append(Column(say("runbook.key.historical")))
        values.append(item.past)
    if any(item.span):
        columns += [Column(say(f"runbook.col.{end}")) for end in ("lowest", "highest")]
        values += [[None if ends is None else ends[i] for ends in item.span] for i in (0, 1)]
    return table(item.caption, columns, by_year(seen, values), kind="compact years")


def by_year(seen: Seen, values: Sequence[Path]) -> list[list[Cell]]:
    """Return the rows of a table of series over years."""
    return [[str(year), *(path[i] for path in values)] for i, year in enumerate(seen.years)]


def clauses(seen: Seen, said: Callable[[Course], str]) -> str:
    """Return what is said of each regime that there is something to say of, one after the other."""
    return "; ".join(text for course in seen.courses if (text := said(course)))
