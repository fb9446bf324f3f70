"""How people voted: the share that put each draft first, and what was adopted."""

from sovplan.foundation.numbers import percent
from sovplan.foundation.words import say
from sovplan.records.institutions import IMPOSED
from sovplan.records.run import Course
from sovplan.report.parts import Cell, Chapter, Column, element, joined, paragraph, table
from sovplan.report.run_keys import regime_name
from sovplan.report.run_series import Seen, known, worded
from sovplan.report.svg import Html
from sovplan.report.wording import year_name

_VOTES = "votes/"


def chapter(seen: Seen) -> Chapter:
    """Return the section on votes, also where nobody votes."""
    parts = [paragraph(say("runbook.votes.meaning"))]
    parts += [_regime(seen, place, course) for place, course in enumerate(seen.courses)]
    return Chapter("votes", say("runbook.chapter.votes"), joined(parts))


def first_choice(seen: Seen, course: Course, year: int) -> str:
    """Return the draft that most voters put first in a year; '' where nobody voted."""
    shares = {
        draft: share
        for draft in seen.after(_VOTES)
        if (share := seen.at(course.name, f"{_VOTES}{draft}", year)) is not None
    }
    return max(shares, key=lambda draft: shares[draft]) if shares else ""


def _regime(seen: Seen, place: int, course: Course) -> Html:
    heading = element("h3", regime_name(place, seen.labels[course.name]))
    drafts = [d for d in seen.after(_VOTES) if known(seen.of(course.name, f"{_VOTES}{d}"))]
    if not drafts:
        asked = any(now.decision_rule != IMPOSED for now in course.institutions.values())
        return joined([heading, paragraph(say(f"runbook.votes.{'lost' if asked else 'nobody'}"))])
    voted = [year for year in seen.years if first_choice(seen, course, year)]
    same = sum(first_choice(seen, course, year) == _adopted(course, year) for year in voted)
    said = say("runbook.votes.said", same=same, count=len(voted))
    columns = [
        Column(say("runbook.col.year"), number=False),
        Column(say("runbook.col.adopted"), number=False),
        *[Column(_draft_words(draft)) for draft in drafts],
    ]
    rows: list[list[Cell]] = []
    for year in voted:
        shares = [seen.at(course.name, f"{_VOTES}{draft}", year) for draft in drafts]
        cells: list[Cell] = [None if share is None else percent(share) for share in shares]
        rows.append([year_name(year), _draft_words(_adopted(course, year)), *cells])
    caption = say("runbook.votes.caption", regime=seen.labels[course.name])
    return joined([heading, paragraph(said), table(caption, columns, rows, kind="compact years")])


def _adopted(course: Course, year: int) -> str:
    return course.adopted[year].method if year in course.adopted else ""


def _draft_words(draft: str) -> str:
    return worded(f"runbook.draft.{draft}", draft)
