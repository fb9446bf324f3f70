"""Who decided what: sentences that follow from the values of institutions alone."""

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import Final

from sovplan.foundation.numbers import figure, percent
from sovplan.foundation.words import say
from sovplan.records.institutions import IMPOSED, KINDS, Institutions, InstitutionValue
from sovplan.records.run import Course
from sovplan.report.parts import (
    Cell,
    Chapter,
    Column,
    counted,
    details,
    element,
    joined,
    paragraph,
    table,
    told,
)
from sovplan.report.run_series import Seen, in_words, mean, worded
from sovplan.report.svg import Html
from sovplan.report.wording import year_name

_SHOWN: Final = 6
"""Changes of a regime up to which they stand open."""
_STEPS: Final = ("survey", "draft", "decide", "carry_out", "inspect", "renew")
_EDGES: Final = ((0.05, "none"), (0.35, "little"), (0.65, "half"), (0.95, "mostly"))
"""Upper edges of a scale from 0 to 1 in words; above the last it is full."""


def chapter(seen: Seen) -> Chapter:
    """Return the section on who takes each step."""
    key = "one" if len(seen.courses) == 1 else "many"
    inner = joined([
        paragraph(say(f"runbook.who.meaning_{key}")),
        _steps(seen),
        _changes(seen),
        details(say("runbook.who.open"), _values(seen)),
    ])  # fmt: skip
    return Chapter("who", say("runbook.chapter.who"), inner)


def last_of(course: Course) -> tuple[int, Institutions] | None:
    """Return the institutions of the last year of a regime, with the year."""
    if not course.institutions:
        return None
    year = max(course.institutions)
    return year, course.institutions[year]


def regime_columns(seen: Seen, *, number: bool = False) -> list[Column]:
    """Return a column for each regime."""
    return [Column(seen.labels[course.name], number=number) for course in seen.courses]


def _steps(seen: Seen) -> Html:
    columns = [Column(say("runbook.col.step"), number=False), *regime_columns(seen)]
    rows: list[list[Cell]] = []
    for step in _STEPS:
        cells: list[Cell] = []
        for course in seen.courses:
            found = last_of(course)
            said = _SAID[step](seen, course, found[1]) if found else say("runbook.who.unknown")
            cells.append(said)
        rows.append([say(f"runbook.step.{step}"), *cells])
    remark = say("runbook.who.remark")
    return table(say("runbook.who.caption"), columns, rows, kind="stack", remark=remark)


def level(value: float) -> str:
    """Return a number from 0 to 1 as a word with the number."""
    for edge, name in _EDGES:
        if value < edge:
            return say(f"runbook.level.{name}", value=figure(value, 2))
    return say("runbook.level.full", value=figure(value, 2))


def _survey(seen: Seen, course: Course, now: Institutions) -> str:
    hidden = mean(seen.of(course.name, "hidden"))
    trust = say("runbook.survey.trust", level=level(now.trust))
    if hidden is None:
        return trust
    return f"{trust} {say('runbook.survey.hidden', share=percent(hidden))}"


def _draft(_: Seen, __: Course, now: Institutions) -> str:
    names = [worded(f"runbook.draft.{name}", name) for name in now.drafters]
    key = "one" if len(names) == 1 else "many"
    parts = [say(f"runbook.drafts.{key}", count=len(names), names=in_words(names))]
    if "command" in now.drafters:
        parts.append(say(
            "runbook.drafts.asked",
            heavy=percent(now.ambition_heavy),
            light=percent(now.ambition_light),
            ratchet=percent(now.ratchet),
        ))  # fmt: skip
        parts.append(say("runbook.drafts.check", level=level(now.feasibility_check)))
    key = "year" if now.plan_years == 1 else "years"
    parts.append(say(f"runbook.drafts.{key}", years=now.plan_years))
    return " ".join(parts)


def _decide(_: Seen, __: Course, now: Institutions) -> str:
    if now.decision_rule == IMPOSED:
        return say("runbook.decide.imposed")
    rule = worded(f"runbook.rule.{now.decision_rule}", now.decision_rule)
    return say("runbook.decide.voted", rule=rule, weight=figure(now.rural_vote, 2))


def _carry_out(_: Seen, __: Course, now: Institutions) -> str:
    order = in_words([say(f"runbook.use.{use}") for use in now.supply_order])
    edge = "equal" if now.priority <= 0.05 else "strict" if now.priority >= 0.95 else "partly"
    values = {"order": order, "value": figure(now.priority, 2)}
    parts = [say(f"runbook.carry.{edge}", **values)]
    parts.append(say("runbook.carry.ration", share=percent(now.ration)))
    key = "none" if now.closed_supply <= 0.05 else "some"
    parts.append(say(f"runbook.carry.closed_{key}", level=level(now.closed_supply)))
    return " ".join(parts)


def _inspect(_: Seen, __: Course, now: Institutions) -> str:
    return say(
        "runbook.inspection.said",
        audit=level(now.audit),
        books=level(now.open_books),
        users=level(now.consumer_control),
    )


def _renew(_: Seen, __: Course, now: Institutions) -> str:
    return say(
        "runbook.renew.said",
        share=percent(now.appointment),
        officials=percent(now.officials_share),
        hours=percent(now.hours),
    )


_SAID: Final[Mapping[str, Callable[[Seen, Course, Institutions], str]]] = {
    "survey": _survey,
    "draft": _draft,
    "decide": _decide,
    "carry_out": _carry_out,
    "inspect": _inspect,
    "renew": _renew,
}


# ---- what changed --------------------------------------------------------------------------------


def changes(course: Course) -> list[tuple[int, str, InstitutionValue, InstitutionValue]]:
    """Return year, institution, value before and value from then on, in order of years."""
    years = sorted(course.institutions)
    return [
        (now, name, getattr(course.institutions[before], name), value)
        for before, now in pairwise(years)
        for name in KINDS
        if (value := getattr(course.institutions[now], name))
        != getattr(course.institutions[before], name)
    ]


def _changes(seen: Seen) -> Html:
    heads = ("year", "institution", "before", "after")
    columns = [Column(say(f"runbook.col.{head}"), number=False) for head in heads]
    still, parts = [], []
    for course in seen.courses:
        label, found = seen.labels[course.name], changes(course)
        if not found:
            still.append(label)
            continue
        rows: list[list[Cell]] = [
            [
                year_name(year),
                say(f"runbook.institution.{name}"),
                value_words(before),
                value_words(after),
            ]
            for year, name, before, after in found
        ]
        caption = say("runbook.who.changes", regime=label)
        listing = table(caption, columns, rows, kind="compact long years")
        many = counted("runbook.who.open_changes", len(rows), regime=label)
        parts.append(listing if len(rows) <= _SHOWN else details(many, listing))
    said = paragraph(say("runbook.who.still", regimes=in_words(still)) if still else "")
    return joined([element("h3", told("runbook.who.changed")), said, *parts])


def value_words(value: InstitutionValue) -> str:
    """Return the value of an institution for a reader."""
    if isinstance(value, str):
        return worded(f"runbook.rule.{value}", value)
    if isinstance(value, tuple):
        return ", ".join(_name_words(name) for name in value)
    if isinstance(value, Mapping):
        return ", ".join(f"{_name_words(name)} {figure(part, 2)}" for name, part in value.items())
    return figure(value)


def _name_words(name: str) -> str:
    for key in (f"runbook.draft.{name}", f"runbook.use.{name}", f"runbook.class.{name}"):
        found = worded(key, name)
        if found != name:
            return found
    return name


def _values(seen: Seen) -> Html:
    columns = [
        Column(say("runbook.col.institution"), number=False),
        *regime_columns(seen),
        Column(say("runbook.col.rules"), number=False),
    ]
    rows: list[list[Cell]] = []
    for name, kind in KINDS.items():
        cells: Sequence[Cell] = [
            value_words(getattr(found[1], name)) if (found := last_of(course)) else None
            for course in seen.courses
        ]
        rows.append([say(f"runbook.institution.{name}"), *cells, ", ".join(kind.rules)])
    return table(say("runbook.who.values"), columns, rows, kind="compact long")
