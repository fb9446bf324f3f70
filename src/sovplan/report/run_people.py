"""Who got what, stratum by stratum, and how long they queued."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from sovplan.foundation.numbers import figure, percent
from sovplan.foundation.words import say
from sovplan.records.run import Course
from sovplan.report.parts import (
    NOTHING,
    Caption,
    Cell,
    Chapter,
    Column,
    Marked,
    details,
    joined,
    paragraph,
    table,
)
from sovplan.report.run_keys import regime_name
from sovplan.report.run_multiples import HUNDRED, Item, clauses, multiples, of_all
from sovplan.report.run_series import (
    LEVEL,
    PEOPLE,
    Seen,
    base_words,
    in_words,
    living,
    sentence,
)
from sovplan.report.svg import Html
from sovplan.report.wording import year_name

_NEEDS: Final = "people/needs"
_QUEUE: Final = "people/queue"
_CLOSED: Final = "people/privileged"
_EVEN: Final = 1.005
"""Ratio of the best to the worst supplied group below which they are said to have the same."""
_SHOPS: Final = 0.0005
"""Share of consumption below which closed shops are said to have given nothing."""
_LAST: Final = ("number", "level", "consumption", "needs", "queue", "pay", "privileged")
_SHARES: Final = frozenset({"needs", "privileged", "consumption", "level"})


def chapter(seen: Seen) -> Chapter:
    """Return the section on people."""
    more = [_by_group(seen, series, _said(seen, key), key, scale=scale)
            for key, series, scale in (("pay", "people/pay", 1.0), ("shops", _CLOSED, HUNDRED))
            if groups_of(seen, series)]  # fmt: skip
    parts = [
        _consumption(seen),
        _needs(seen),
        _queues(seen),
        details(say("runbook.people.more"), joined(more)) if more else NOTHING,
        _last_year(seen),
    ]
    return Chapter("people", say("runbook.chapter.people"), joined(parts))


def groups_of(seen: Seen, series: str) -> list[str]:
    """Return the groups that a series is known of, those of the scenario in its order."""
    there = seen.after(f"{series}/")
    first = [group for group in seen.groups if group in there]
    return first + [group for group in there if group not in first]


def _ends(seen: Seen, course: Course, series: str) -> list[tuple[str, float]]:
    """Return the value of each group in the last year of the run."""
    year = seen.years[-1]
    return [
        (group, value)
        for group in groups_of(seen, series)
        if (value := seen.at(course.name, f"{series}/{group}", year)) is not None
    ]


# ---- figures -------------------------------------------------------------------------------------


def _consumption(seen: Seen) -> Html:
    series = living(seen)
    if not groups_of(seen, series):
        return paragraph(say("runbook.people.none"))
    key = "had" if series == LEVEL else "growth"
    return _by_group(seen, series, _said(seen, key), key, scale=HUNDRED, reference=HUNDRED)


def _needs(seen: Seen) -> Html:
    if not groups_of(seen, _NEEDS):
        return NOTHING
    return _by_group(seen, _NEEDS, _said(seen, "needs"), "needs", scale=HUNDRED)


def _queues(seen: Seen) -> Html:
    if not groups_of(seen, _QUEUE):
        return paragraph(say("runbook.queue.none"))
    return _by_group(seen, _QUEUE, _said(seen, "queue"), "queue")


def _by_group(
    seen: Seen,
    series: str,
    finding: str,
    key: str,
    *,
    scale: float = 1.0,
    reference: float | None = None,
) -> Html:
    """Return a panel for each group with a line for each regime, on one scale."""
    base = base_words(seen)
    second, short = (say(f"runbook.{key}.{part}", base=base) for part in ("second", "short"))
    items = [
        Item(
            seen.group(group),
            say("runbook.people.caption", group=seen.group(group), what=short),
            of_all(seen, f"{series}/{group}", scale),
        )
        for group in groups_of(seen, series)
    ]
    top = max(item.greatest for item in items)
    caption = Caption(finding, second, say(f"runbook.{key}.source"))
    return multiples(seen, caption, items, top=top, reference=reference)


# ---- findings ------------------------------------------------------------------------------------


def _said(seen: Seen, key: str) -> str:
    """Return what a figure finds of the groups in the last year, regime by regime."""
    there = clauses(seen, lambda course: _SAY[key](seen, course))
    year = year_name(seen.years[-1])
    return say(f"runbook.{key}.finding", year=year, clauses=there or say("runbook.people.unknown"))


def _level(seen: Seen, course: Course) -> str:
    return _apart(seen, course, "had", {g: HUNDRED * v for g, v in _ends(seen, course, LEVEL)})


def _growth(seen: Seen, course: Course) -> str:
    return _apart(seen, course, "growth", {g: HUNDRED * v for g, v in _ends(seen, course, PEOPLE)})


def _pay(seen: Seen, course: Course) -> str:
    return _apart(seen, course, "pay", dict(_ends(seen, course, "people/pay")))


def _apart(seen: Seen, course: Course, key: str, found: Mapping[str, float]) -> str:
    """Return who had most and who least, or that all had the same."""
    if not found:
        return ""
    best, least = max(found, key=lambda g: found[g]), min(found, key=lambda g: found[g])
    even = found[best] <= found[least] * _EVEN
    return say(
        f"runbook.{key}.{'even' if even else 'uneven'}",
        regime=seen.labels[course.name],
        best=seen.group(best),
        least=seen.group(least),
        most=figure(found[best]),
        value=figure(found[least]),
    )


def _covered(seen: Seen, course: Course) -> str:
    found = dict(_ends(seen, course, _NEEDS))
    if not found:
        return ""
    least, best = min(found, key=lambda g: found[g]), max(found, key=lambda g: found[g])
    even = found[best] <= found[least] * _EVEN
    return say(
        f"runbook.needs.{'even' if even else 'uneven'}",
        regime=seen.labels[course.name],
        least=seen.group(least),
        share=percent(found[least]),
        best=seen.group(best),
        most=percent(found[best]),
    )


def _queued(seen: Seen, course: Course) -> str:
    found = dict(_ends(seen, course, _QUEUE))
    if not found:
        return ""
    most, least = max(found, key=lambda g: found[g]), min(found, key=lambda g: found[g])
    even = found[most] <= found[least] * _EVEN
    return say(
        f"runbook.queue.{'nobody' if found[most] <= 0 else 'even' if even else 'some'}",
        regime=seen.labels[course.name],
        group=seen.group(most),
        hours=figure(found[most]),
        least=figure(found[least]),
    )


def _served(seen: Seen, course: Course) -> str:
    found = {group: share for group, share in _ends(seen, course, _CLOSED) if share >= _SHOPS}
    if not found:
        none = bool(_ends(seen, course, _CLOSED))
        return say("runbook.shops.nobody", regime=seen.labels[course.name]) if none else ""
    most = max(found, key=lambda group: found[group])
    return say(
        "runbook.shops.some",
        regime=seen.labels[course.name],
        group=seen.group(most),
        share=percent(found[most]),
    )


_SAY: Final[Mapping[str, Callable[[Seen, Course], str]]] = {
    "had": _level,
    "growth": _growth,
    "needs": _covered,
    "queue": _queued,
    "pay": _pay,
    "shops": _served,
}


# ---- the last year -------------------------------------------------------------------------------


def _last_year(seen: Seen) -> Html:
    """Return the table of all that is known of each group in the last year."""
    there = [name for name in _LAST if groups_of(seen, f"people/{name}")]
    if not there:
        return NOTHING
    groups = list(dict.fromkeys(g for name in there for g in groups_of(seen, f"people/{name}")))
    columns = [
        Column(say("runbook.col.group"), number=False),
        Column(say("runbook.col.regime"), number=False),
        *[Column(say(f"runbook.col.{name}")) for name in there],
    ]
    rows: list[list[Cell]] = []
    for group in groups:
        for place, course in enumerate(seen.courses):
            regime = Marked(regime_name(place, seen.labels[course.name]))
            cells = [_cell(seen, course, name, group) for name in there]
            rows.append([seen.group(group), regime, *cells])
    caption = say("runbook.people.last", year=year_name(seen.years[-1]))
    lacking = _lacking(there)
    return joined([table(caption, columns, rows, remark=_remark(seen)), paragraph(lacking)])


def _cell(seen: Seen, course: Course, name: str, group: str) -> Cell:
    value = seen.at(course.name, f"people/{name}/{group}", seen.years[-1])
    return percent(value) if value is not None and name in _SHARES else value


def _remark(seen: Seen) -> str:
    return say("runbook.people.columns", first=year_name(seen.years[0]), unit=seen.people_unit)


def _lacking(there: Sequence[str]) -> str:
    missing = [say(f"runbook.col.{name}") for name in _LAST if name not in there]
    return sentence([say("runbook.people.lacking", names=in_words(missing))]) if missing else ""
