"""What bound in a middle year: prices of the adopted plan, or without them what it lacks."""

from typing import Final

import numpy as np

from sovplan.foundation.numbers import figure, percent
from sovplan.foundation.words import say
from sovplan.planning.explain import begun
from sovplan.records.draft import Binding, Draft
from sovplan.records.identities import balance_sides
from sovplan.records.run import Course
from sovplan.report.parts import (
    Cell,
    Chapter,
    Column,
    Marked,
    bar,
    details,
    element,
    hint,
    joined,
    paragraph,
    table,
    text,
)
from sovplan.report.run_keys import regime_name
from sovplan.report.run_series import Seen
from sovplan.report.run_who import regime_columns
from sovplan.report.svg import Html
from sovplan.report.wording import good_name, limit_of, relaxed, year_name

_FIRM: Final = 0.05
"""Share of all work beyond which one per cent of one thing cannot be believed to save."""
_SHOWN: Final = 8
_LEAST: Final = 1e-6
"""Share of its uses below which a lack of a good is rounding."""


def chapter(seen: Seen) -> Chapter:
    """Return the section on what bound."""
    year = middle_year(seen)
    parts = [_regime(seen, place, course, year) for place, course in enumerate(seen.courses)]
    inner = joined([
        paragraph(say("runbook.bound.meaning", year=year_name(year))),
        element("div", joined(parts), "two" if len(parts) > 1 else ""),
        paragraph(say("runbook.bound.source"), "source"),
        _years(seen),
    ])  # fmt: skip
    return Chapter("bound", say("runbook.chapter.bound"), inner)


def middle_year(seen: Seen) -> int:
    """Return the year in the middle of the run, the earlier of two."""
    return seen.years[(len(seen.years) - 1) // 2]


def _regime(seen: Seen, place: int, course: Course, year: int) -> Html:
    heading = element("h3", regime_name(place, seen.labels[course.name]))
    draft = course.adopted.get(year)
    if draft is None:
        inner = paragraph(say("runbook.bound.no_draft", year=year_name(year)))
    elif draft.hours is None:
        inner = _lacking(seen, course, draft)
    else:
        inner = _priced(seen, course, draft, year)
    return element("div", joined([heading, inner]))


def _years(seen: Seen) -> Html:
    """Return what bound most, or was lacking most, in each year."""
    columns = [Column(say("runbook.col.year"), number=False), *regime_columns(seen)]
    rows: list[list[Cell]] = [
        [str(year), *(_first(course.adopted.get(year), year) for course in seen.courses)]
        for year in seen.years
    ]
    caption = say("runbook.bound.years")
    return details(caption, table(caption, columns, rows, kind="compact long years"))


def _first(draft: Draft | None, year: int) -> str | None:
    if draft is None:
        return None
    if draft.hours is None:
        lacking = lacks(draft)
        if not lacking:
            return say("runbook.bound.none_lacks")
        good, share = lacking[0]
        return say(
            "runbook.bound.lacks_most",
            good=good_name(draft.economy, good),
            share=percent(share),
            count=len(lacking),
        )
    found = bindings_of(draft, year)
    if not found:
        return say("runbook.bound.none_binds")
    return say(
        "runbook.bound.binds_most",
        more=relaxed(found[0].limit.kind),
        name=begun(limit_of(draft, found[0].limit)),
        saved=figure(found[0].saved),
        unit=draft.economy.hours_unit,
    )


def bindings_of(draft: Draft, year: int) -> list[Binding]:
    """Return what bound in a year or over all years and saves work, the most first.

    Left out is what would save more than a twentieth of all work for one per cent: the price of a
    limit is the slope of a curve that bends, and such a slope ends before one per cent is reached.
    """
    found, most = _saving(draft, year), _FIRM * _work(draft)
    return sorted((b for b in found if b.saved <= most), key=lambda binding: -binding.saved)


def slender(draft: Draft, year: int) -> int:
    """Return how many limits bind whose price cannot hold for one per cent."""
    return len(_saving(draft, year)) - len(bindings_of(draft, year))


def _saving(draft: Draft, year: int) -> list[Binding]:
    return [b for b in draft.bindings if b.limit.year in {year, 0} and b.saved > 0]


def _work(draft: Draft) -> float:
    """Return all hours of a plan."""
    return 0.0 if draft.plan is None else float(draft.plan.labour_used.sum())


def _priced(seen: Seen, course: Course, draft: Draft, year: int) -> Html:
    found = bindings_of(draft, year)
    if not found:
        return paragraph(say("runbook.bound.nothing"))
    first = limit_of(draft, found[0].limit)
    unit = draft.economy.hours_unit
    said = say(
        "runbook.bound.most",
        more=relaxed(found[0].limit.kind),
        name=begun(first),
        saved=figure(found[0].saved),
        unit=unit,
    )
    columns = (
        Column(say("runbook.col.scarce"), number=False),
        Column(say("runbook.col.saved", unit=unit)),
    )
    rows = _binding_rows(draft, found)
    spoken = {"regime": seen.labels[course.name], "year": year_name(year)}
    listing = table(say("runbook.bound.caption", **spoken), columns, rows, kind="bars")
    more = len(found) - _SHOWN
    rest = [say("runbook.bound.rest", count=more)] if more > 0 else []
    left_out = slender(draft, year)
    if left_out:
        rest.append(say("runbook.bound.slender", count=left_out))
    return joined([paragraph(said), listing, paragraph(" ".join(rest), "source")])


def _binding_rows(draft: Draft, found: list[Binding]) -> list[list[Cell]]:
    unit = draft.economy.hours_unit
    rows: list[list[Cell]] = []
    for binding in found[:_SHOWN]:
        of = binding.limit.unit
        key = "price" if of else "price_one"
        price = say(
            f"runbook.bound.{key}",
            hours=figure(binding.hours),
            unit=unit,
            more=relaxed(binding.limit.kind),
            of=of,
        )
        head = [
            text(begun(limit_of(draft, binding.limit))),
            hint(price),
            bar(binding.saved / found[0].saved),
        ]
        rows.append([Marked(joined(head)), binding.saved])
    return rows


# ---- a plan without prices -----------------------------------------------------------------------


def lacks(draft: Draft) -> list[tuple[int, float]]:
    """Return the goods that a plan lacks in its first year, with the share of their uses."""
    plan = draft.plan
    if plan is None:
        return []
    _, uses = balance_sides(draft.economy, plan)
    wanted = (uses - plan.waste)[:, 0]
    share = np.maximum(-plan.waste[:, 0], 0.0) / np.where(wanted > 0, wanted, 1.0)
    order = np.argsort(-share, kind="stable")
    return [(int(good), float(share[good])) for good in order if share[good] > _LEAST]


def _lacking(seen: Seen, course: Course, draft: Draft) -> Html:
    why = paragraph(say("runbook.bound.unpriced"))
    found = lacks(draft)
    if not found:
        return joined([why, paragraph(say("runbook.bound.closes"))])
    most = found[0]
    said = say(
        "runbook.bound.lacks",
        count=len(found),
        good=good_name(draft.economy, most[0]),
        share=percent(most[1]),
    )
    columns = (
        Column(say("runbook.col.good"), number=False),
        Column(say("runbook.col.lacking")),
    )
    rows: list[list[Cell]] = [
        [
            Marked(joined([text(good_name(draft.economy, good)), bar(share / most[1])])),
            percent(share),
        ]
        for good, share in found[:_SHOWN]
    ]
    spoken = {"regime": seen.labels[course.name], "year": year_name(draft.years[0])}
    listing = table(say("runbook.bound.lacks_caption", **spoken), columns, rows, kind="bars")
    more = len(found) - _SHOWN
    rest = say("runbook.bound.rest", count=more) if more > 0 else ""
    return joined([why, paragraph(said), listing, paragraph(rest, "source")])
