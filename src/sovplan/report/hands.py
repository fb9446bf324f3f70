"""Hours and resources: what the plan uses of what there is."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal, final

import numpy as np

from sovplan.foundation.numbers import percent
from sovplan.foundation.shapes import YearsVector
from sovplan.foundation.words import say
from sovplan.records.draft import Draft
from sovplan.report.figures import Line, Panel, lines, size_for
from sovplan.report.measures import EXACT, largest, shares
from sovplan.report.parts import (
    Caption,
    Column,
    counted,
    figure_of,
    joined,
    key,
    panels,
    shown_of,
    table,
)
from sovplan.report.svg import Html
from sovplan.report.wording import year_at, years_words

_MOST: Final = 8
_NAMED: Final = 3
"""Kinds of labour named in the title."""


@final
@dataclass(frozen=True, slots=True, eq=False)
class Supply:
    """One kind of labour or one resource, by year.

    Parameters
    ----------
    kind
        Labour or resource.
    name, unit
        As declared.
    used, there
        What the plan uses and what there is.
    """

    kind: Literal["labour", "resource"]
    name: str
    unit: str
    used: YearsVector
    there: YearsVector

    @property
    def share(self) -> float:
        """The greatest share used in a year; 0 where there never is any."""
        return float(np.nanmax(shares(self.used, self.there), initial=0.0))


@final
@dataclass(frozen=True, slots=True)
class Nearest:
    """The kind of labour that comes nearest to being used up, and when."""

    name: str
    share: float
    year: str


def supplies(draft: Draft) -> tuple[Supply, ...]:
    """Return every kind of labour, then every resource that there is."""
    plan, techniques = draft.plan, draft.economy.techniques
    if plan is None:
        return ()
    unit = draft.economy.hours_unit
    found = [
        Supply("labour", name, unit, plan.labour_used[k], plan.labour_available[k])
        for k, name in enumerate(techniques.skills)
    ]
    found += [
        Supply("resource", name, "", plan.resources_used[r], plan.resources_available[r])
        for r, name in enumerate(techniques.resources)
        if (plan.resources_available[r] > 0).any()
    ]
    return tuple(found)


def nearest(draft: Draft) -> Nearest | None:
    """Return the kind of labour that is used most of what there is."""
    kinds = [
        supply for supply in supplies(draft) if supply.kind == "labour" and (supply.there > 0).any()
    ]
    if not kinds:
        return None
    found = max(kinds, key=lambda supply: supply.share)
    year = int(np.nanargmax(shares(found.used, found.there)))
    return Nearest(found.name, found.share, year_at(draft, year))


def hands_figure(draft: Draft) -> Html:
    """Return hours and resources by year: used beside what there is."""
    found = supplies(draft)
    chosen = [found[i] for i in largest(np.array([_rank(s) for s in found]), _MOST)]
    size, grid = size_for(len(chosen))
    drawn = panels(((s.name, _drawn(draft, s, size)) for s in chosen), grid)
    second = f"{say('report.hands.second')} {shown_of(len(chosen), len(found))}".strip()
    caption = Caption(_finding(draft, found), second, say("report.hands.source"))
    marks = key((("plan", say("report.key.used")), ("reported", say("report.key.there"))))
    return figure_of(caption, joined([marks, drawn]), _table(draft, found))


def _rank(supply: Supply) -> float:
    return supply.share + (10.0 if supply.kind == "labour" else 0.0)


def _drawn(draft: Draft, supply: Supply, size: Panel) -> Html:
    label = say(
        "report.hands.label",
        name=supply.name,
        share=percent(supply.share),
    )
    series = (
        Line("reported", supply.there.tolist()),
        Line("plan", supply.used.tolist()),
    )
    return lines(label, draft.years, series, replace(size, unit=supply.unit))


def _finding(draft: Draft, found: tuple[Supply, ...]) -> str:
    labour = [supply for supply in found if supply.kind == "labour"]
    full = [supply for supply in labour if supply.share >= 1 - EXACT]
    spent = sum(s.share >= 1 - EXACT for s in found if s.kind == "resource")
    resources = len(found) - len(labour)
    close = nearest(draft)
    if full:
        text = _used_up(draft, full)
    elif close is not None:
        text = say("report.hands.spare", name=close.name, share=percent(close.share))
    else:
        text = say("report.hands.none")
    if resources:
        text += " " + say("report.hands.resources", full=spent, count=resources)
    return text


def _used_up(draft: Draft, full: Sequence[Supply]) -> str:
    """Return which kinds of labour are used up, each with its years."""
    kinds = [
        say("report.hands.kind", name=kind.name, years=years_words(_full_years(draft, kind)))
        for kind in full[:_NAMED]
    ]
    if len(full) > _NAMED:
        kinds.append(counted("report.hands.further", len(full) - _NAMED))
    return say("report.hands.full", kinds="; ".join(kinds))


def _full_years(draft: Draft, supply: Supply) -> tuple[int, ...]:
    used = shares(supply.used, supply.there) >= 1 - EXACT
    return tuple(year for year, full in zip(draft.years, used, strict=True) if full)


def _table(draft: Draft, found: tuple[Supply, ...]) -> Html:
    columns = [
        Column(say("report.col.what"), number=False),
        Column(say("report.col.row"), number=False),
    ]
    columns += [Column(str(year)) for year in draft.years]
    return table(say("report.hands.caption", unit=draft.economy.hours_unit), columns, _rows(found))


def _rows(found: tuple[Supply, ...]) -> Iterator[list[str | float]]:
    for supply in found:
        yield [supply.name, say("report.line.used"), *supply.used.tolist()]
        yield [supply.name, say("report.line.there"), *supply.there.tolist()]
        share = shares(supply.used, supply.there)
        yield [supply.name, say("report.line.share"), *(percent(value) for value in share)]
