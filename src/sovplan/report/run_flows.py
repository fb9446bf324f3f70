"""Where the work of the last year was planned to go, for adopted plans that have prices."""

from dataclasses import fields, replace
from html import escape
from typing import Any

import numpy as np

from sovplan.foundation.words import say
from sovplan.records.draft import Draft
from sovplan.records.run import Course
from sovplan.report import flows
from sovplan.report.parts import Chapter, element, joined, paragraph
from sovplan.report.run_keys import regime_name
from sovplan.report.run_series import Seen
from sovplan.report.svg import Html
from sovplan.report.wording import year_name


def chapter(seen: Seen) -> Chapter:
    """Return the section on flows: what was planned, regime by regime."""
    parts = [paragraph(say("runbook.flows.meaning", year=year_name(seen.years[-1])))]
    parts += [_regime(seen, place, course) for place, course in enumerate(seen.courses)]
    return Chapter("flows", say("runbook.chapter.flows"), joined(parts))


def _regime(seen: Seen, place: int, course: Course) -> Html:
    heading = element("h3", regime_name(place, seen.labels[course.name]))
    draft = course.adopted.get(seen.years[-1])
    if draft is None:
        year = year_name(seen.years[-1])
        return joined([heading, paragraph(say("runbook.bound.no_draft", year=year))])
    if draft.hours is None or draft.plan is None:
        return joined([heading, paragraph(say("runbook.flows.unpriced"))])
    found = flows.chapter(first_year(draft))
    if found is None:
        return joined([heading, paragraph(say("runbook.flows.no_way"))])
    return joined([heading, _named(found.inner, seen.labels[course.name])])


def _named(inner: Html, regime: str) -> Html:
    """Put the regime before the name of each drawing and table, so that no two are the same."""
    return Html(inner.replace('aria-label="', f'aria-label="{escape(regime)}: '))


def first_year(draft: Draft) -> Draft:
    """Return a draft cut to its first year, the one that is carried out."""
    count = len(draft.years)
    plan, calendar, hours = draft.plan, draft.calendar, draft.hours
    calendar = replace(calendar, years=calendar.years[:1], **_cut(calendar, count))
    plan = None if plan is None else replace(plan, **_cut(plan, count))
    hours = None if hours is None else replace(hours, **_cut(hours, count))
    return replace(draft, calendar=calendar, plan=plan, hours=hours)


def _cut(value: object, count: int) -> dict[str, Any]:
    """Return the arrays of a value that run over years, or to the year after, for one year."""
    arrays = {
        field.name: array
        for field in fields(value)  # type: ignore[arg-type]
        if isinstance(array := getattr(value, field.name), np.ndarray)
    }
    return {
        name: array[..., : 1 + array.shape[-1] - count]
        for name, array in arrays.items()
        if name != "terminal"
    }
