"""Where the work goes: from where it is done, through the goods it ends in, to whom it serves."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, final

import numpy as np

from sovplan.foundation.numbers import figure
from sovplan.foundation.shapes import Matrix, Vector
from sovplan.foundation.words import say
from sovplan.planning.explain import begun
from sovplan.records.draft import Draft
from sovplan.report.figures import Line, Panel, lines, sankey, size_for
from sovplan.report.measures import largest
from sovplan.report.parts import (
    Caption,
    Cell,
    Chapter,
    Column,
    figure_of,
    joined,
    panels,
    table,
)
from sovplan.report.svg import Html, short
from sovplan.report.tracing import USES, Traced, hours_worked, traced
from sovplan.report.wording import good_name, year_at

_LEAST: Final = 1e-3
"""Of 100 hours: what is less is not drawn."""
_MOST: Final = 9
"""Names on the left and in the middle; the rest is merged."""


def chapter(draft: Draft) -> Chapter | None:
    """Return the section on flows, or nothing where no work can be followed."""
    year = len(draft.years) - 1
    groups = _groups(hours_worked(draft, year))
    found = traced(draft, year, [group for _, group in groups])
    if found is None:
        return None
    parts = [_river(draft, found, groups)]
    shares = _by_year(draft)
    if len(draft.years) > 1 and shares is not None:
        parts.append(_years(draft, shares))
    return Chapter("flows", say("report.chapter.flows"), joined(parts))


def _groups(worked: Vector) -> list[tuple[int, list[int]]]:
    """Return the techniques with most hours each alone, then all others together (-1)."""
    running = int((worked > 0).sum())
    alone = largest(worked, running if running <= _MOST + 1 else _MOST)
    rest = [j for j in np.flatnonzero(worked > 0) if int(j) not in alone]
    groups: list[tuple[int, list[int]]] = [(j, [j]) for j in alone]
    return [*groups, (-1, [int(j) for j in rest])] if rest else groups


@final
@dataclass(frozen=True, slots=True, eq=False)
class _River:
    """Names of the three columns and the flows between them, in per cent of all hours."""

    makers: tuple[str, ...]
    goods: tuple[str, ...]
    uses: tuple[str, ...]
    first: Matrix
    second: Matrix


def _flows(draft: Draft, found: Traced, groups: Sequence[tuple[int, list[int]]]) -> _River:
    share = 100 * found.arrived / found.worked.sum()
    by_good = share.sum(axis=(0, 2))
    ending = int((by_good > 0).sum())
    alone = largest(by_good, ending if ending <= _MOST + 1 else _MOST)
    rest = np.setdiff1d(np.arange(len(by_good)), alone)
    merged = np.concatenate([share[:, alone], share[:, rest].sum(axis=1, keepdims=True)], axis=1)
    titles = draft.economy.techniques.titles
    makers = [say("report.flows.others") if j < 0 else titles[j] for j, _ in groups]
    goods = [good_name(draft.economy, good) for good in alone]
    return _River(
        _distinct(makers),
        _distinct([*goods, say("report.flows.other_goods")]),
        tuple(say(f"report.use.{use}") for use in USES),
        merged.sum(axis=2),
        merged.sum(axis=0),
    )


def _distinct(names: Sequence[str]) -> tuple[str, ...]:
    """Return names that differ: a second one of the same words gets its number."""
    seen: dict[str, int] = {}
    result = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        result.append(name if seen[name] == 1 else f"{name} {seen[name]}")
    return tuple(result)


def _river(draft: Draft, found: Traced, groups: Sequence[tuple[int, list[int]]]) -> Html:
    river = _flows(draft, found, groups)
    ends = river.second.sum(axis=0)
    order = [place for place in range(len(USES)) if ends[place] > _LEAST]
    middle = [i for i, size in enumerate(river.second.sum(axis=1)) if size > _LEAST]
    goods = [river.goods[i] for i in middle]
    uses = [river.uses[place] for place in order]
    first = {
        (a, river.goods[i]): float(river.first[row, i])
        for row, a in enumerate(river.makers)
        for i in middle
    }
    second = {
        (river.goods[i], river.uses[place]): float(river.second[i, place])
        for i in middle
        for place in order
    }
    lost = say("report.use.lost")
    label = say(
        "report.flows.label",
        uses="; ".join(f"{river.uses[p]} {figure(ends[p], 2)}" for p in order),
    )
    made = sankey(say("report.flows.label_made"), river.makers, goods, first)
    used = sankey(label, goods, uses, second, hot=(lost,))
    drawn = panels(((say("report.flows.made"), made), (say("report.flows.used"), used)))
    caption = Caption(
        _finding(draft, ends),
        say("report.flows.second", year=year_at(draft, -1)),
        say("report.flows.source"),
    )
    return figure_of(caption, drawn, _maker_table(river, middle), _use_table(river, middle, order))


def _finding(draft: Draft, ends: Vector) -> str:
    sizes = dict(zip(USES, ends.tolist(), strict=True))
    values = {use: figure(size, 2) for use, size in sizes.items()}
    key = "lost" if sizes["lost"] >= 1 else "used"
    return say(f"report.flows.finding_{key}", year=year_at(draft, -1), **values)


def _maker_table(river: _River, middle: Sequence[int]) -> Html:
    columns = [Column(say("report.col.technique"), number=False)]
    columns += [Column(short(river.goods[i])) for i in middle]
    rows: list[list[Cell]] = [
        [maker, *(river.first[row, i] for i in middle)] for row, maker in enumerate(river.makers)
    ]
    return table(say("report.flows.caption_made"), columns, rows)


def _use_table(river: _River, middle: Sequence[int], order: Sequence[int]) -> Html:
    columns = [Column(say("report.col.good"), number=False)]
    columns += [Column(river.uses[place]) for place in order]
    rows: list[list[Cell]] = [
        [river.goods[i], *(river.second[i, place] for place in order)] for i in middle
    ]
    rows.append([say("report.all"), *(river.second[:, place].sum() for place in order)])
    return table(say("report.flows.caption_used"), columns, rows)


def _by_year(draft: Draft) -> Matrix | None:
    """Return the share of a year's hours that ends in each use, uses x years, per cent."""
    everyone = [range(len(draft.economy.techniques))]
    years = [traced(draft, year, everyone) for year in range(len(draft.years))]
    columns = [100 * y.arrived.sum(axis=(0, 1)) / y.worked.sum() for y in years if y is not None]
    return np.array(columns).T if len(columns) == len(years) else None


def _years(draft: Draft, shares: Matrix) -> Html:
    places = [place for place in range(len(USES)) if shares[place].max() > _LEAST]
    size, grid = size_for(len(places))
    drawn = panels(
        (
            (
                begun(say(f"report.use.{USES[place]}")),
                _path(draft, USES[place], shares[place], size),
            )
            for place in places
        ),
        grid,
    )
    change = shares[:, -1] - shares[:, 0]
    most = max(places, key=lambda place: abs(change[place]))
    key = "still" if abs(change[most]) < 0.5 else "rise" if change[most] > 0 else "fall"
    finding = say(
        f"report.years.{key}",
        use=say(f"report.use.{USES[most]}"),
        first=year_at(draft, 0),
        last=year_at(draft, -1),
        before=figure(shares[most, 0], 2),
        after=figure(shares[most, -1], 2),
    )
    columns = [Column(say("report.col.use"), number=False)]
    columns += [Column(str(year)) for year in draft.years]
    rows: list[list[Cell]] = [
        [begun(say(f"report.use.{USES[place]}")), *shares[place].tolist()] for place in places
    ]
    listing = table(say("report.years.caption"), columns, rows)
    caption = Caption(finding, say("report.years.second"), say("report.years.source"))
    return figure_of(caption, drawn, listing)


def _path(draft: Draft, use: str, values: Vector, size: Panel) -> Html:
    label = say(
        "report.years.label",
        use=say(f"report.use.{use}"),
        before=figure(values[0], 2),
        after=figure(values[-1], 2),
    )
    return lines(label, draft.years, (Line("plan", values.tolist()),), size)
