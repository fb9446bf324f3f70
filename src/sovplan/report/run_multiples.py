"""Many small panels of one kind: a line for each regime, and a table under each panel's name."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final, final

from sovplan.foundation.numbers import figure
from sovplan.foundation.words import say
from sovplan.records.run import Course
from sovplan.report.parts import (
    Caption,
    Cell,
    Column,
    element,
    figure_of,
    joined,
    panels,
    paragraph,
    table,
)
from sovplan.report.run_drawing import Axis, Stroke, paths, sized
from sovplan.report.run_keys import regimes_key
from sovplan.report.run_series import Seen, in_words, known
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
    given
        Whether each year of each path was put in and not found; empty where nothing was.
    one
        Years in which what was put in is the same for all regimes.
    """

    title: str
    caption: str
    values: Sequence[Path]
    unit: str = ""
    past: Path = ()
    span: Sequence[tuple[float, float] | None] = ()
    given: Sequence[Sequence[bool]] = ()
    one: frozenset[int] = frozenset()

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
    items, nought = _moving(items)
    size, grid = sized(len(items))
    labels = [seen.labels[course.name] for course in seen.courses]
    drawn = []
    for item in items:
        greatest = item.greatest if top is None else top
        line = reference if reference is not None and greatest >= reference else None
        axis = Axis(replace(size, unit=item.unit), greatest, line)
        drawn.append((item.title, _panel(seen, item, labels, axis)))
    legend = regimes_key(
        labels,
        history=any(known(item.past) for item in items),
        given=any(any(known_to) for item in items for known_to in item.given),
    )
    empty = [_lower(item.title) for item in nought]
    said = say("runbook.multiples.nought", names=in_words(empty)) if empty else ""
    inner = joined([legend, panels(drawn, grid), paragraph(said, "nought")])
    tables = element("div", joined(_table(seen, item) for item in (*items, *nought)), "tables")
    return figure_of(caption, inner, tables)


def _moving(items: Sequence[Item]) -> tuple[list[Item], list[Item]]:
    """Return items that have something to draw, and those that are 0 in every year.

    Where all are 0 all are drawn.
    """
    moving = [item for item in items if item.greatest > 0.0 or _below(item)]
    if not moving:
        return [*items], []
    return moving, [item for item in items if item not in moving]


def _below(item: Item) -> bool:
    return any(value < 0.0 for path in item.values for value in known(path))


def _lower(title: str) -> str:
    return title[:1].lower() + title[1:]


def _panel(seen: Seen, item: Item, labels: Sequence[str], axis: Axis) -> Html:
    told = known(item.past) or any(item.span)
    strokes = [Stroke("historical", item.past, span=item.span)] if told else []
    strokes += _strokes(seen, item)
    parts = _parts(seen, item, labels)
    named = [*((head, path) for head, path in parts), (say("runbook.key.historical"), item.past)]
    said = ", ".join(f"{name} {_last(seen, path)}" for name, path in named if known(path))
    label = say("runbook.multiples.label", title=item.title, values=said)
    return paths(label, seen.years, strokes, axis)


def _strokes(seen: Seen, item: Item) -> list[Stroke]:
    """Return a line of what was put in for all alike, and one of what each regime came to.

    The second begins where the first ends, so that a course stays one course to the eye.
    """
    one = [year in item.one for year in seen.years]
    strokes = []
    if any(one):
        alike = [value if put_in else None
                 for value, put_in in zip(item.values[0], one, strict=True)]  # fmt: skip
        strokes.append(Stroke("given", alike))
    for place, values in enumerate(item.values):
        given = item.given[place] if item.given else ()
        own = [
            value if not all(one[max(at - 1, 0) : at + 2]) else None
            for at, value in enumerate(values)
        ]
        if any(value is not None and not put_in for value, put_in in zip(values, one, strict=True)):
            strokes.append(Stroke(place, own, given=given))
    return strokes


def _parts(seen: Seen, item: Item, labels: Sequence[str]) -> list[tuple[str, Path]]:
    """Return the columns of a table: what was put in stands apart from what came of a regime."""
    if not any(any(given) for given in item.given):
        return [*zip(labels, item.values, strict=True)]
    parts: list[tuple[str, Path]] = []
    one = [year in item.one for year in seen.years]
    if any(one):
        parts.append((say("runbook.given.all"), _where(item.values[0], one)))
    for label, values, given in zip(labels, item.values, item.given, strict=True):
        own = [put_in and not alike for put_in, alike in zip(given, one, strict=True)]
        parts.append((say("runbook.given.of", regime=label), _where(values, own)))
        parts.append((label, _where(values, [not put_in for put_in in given])))
    return [(head, path) for head, path in parts if known(path)]


def _where(path: Path, chosen: Sequence[bool]) -> Path:
    return [value if here else None for value, here in zip(path, chosen, strict=True)]


def _last(seen: Seen, path: Path) -> str:
    """Return the last value of a path that has one, with its year where that is not the last."""
    year, value = [(y, v) for y, v in zip(seen.years, path, strict=True) if v is not None][-1]
    if year == seen.years[-1]:
        return figure(value)
    return say("runbook.drawing.early", value=figure(value), year=year)


def _table(seen: Seen, item: Item) -> Html:
    columns = [Column(say("runbook.col.year"), number=False)]
    parts = _parts(seen, item, [seen.labels[course.name] for course in seen.courses])
    columns += [Column(head) for head, _ in parts]
    values = [path for _, path in parts]
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
