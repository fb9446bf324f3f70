"""The village beside the economy: yields, animals, food, what the state takes, moves to towns."""

from collections.abc import Iterator
from typing import Final

from sovplan.foundation.numbers import figure
from sovplan.foundation.words import say
from sovplan.records.run import Course
from sovplan.report.parts import Caption, Chapter, element, joined, listed, paragraph, told
from sovplan.report.run_multiples import Item, clauses, multiples, of_all
from sovplan.report.run_series import Seen, known
from sovplan.report.wording import year_name

PREFIX: Final = "village/"
_PANELS: Final = (
    "yield", "survived/herd", "taken", "food", "town_food", "village", "towns", "collectivised",
    "riots", "price",
)  # fmt: skip
"""Series of the village, each a panel."""
_LIMITS: Final = ("forced", "famine", "hours", "grain", "sectors")


def chapters(seen: Seen) -> Iterator[Chapter]:
    """Yield the section on the village; nothing for a run without one."""
    items = list(_items(seen))
    if items:
        caption = Caption(_finding(seen), say("beside.second"), say("beside.source"))
        body = joined([
            paragraph(say("beside.meaning")),
            multiples(seen, caption, items),
            element("h3", told("beside.limits.title")),
            listed([told(f"beside.limits.{name}") for name in _LIMITS]),
        ])  # fmt: skip
        yield Chapter("village", say("beside.title"), body)


def _items(seen: Seen) -> Iterator[Item]:
    for name in _PANELS:
        series = f"{PREFIX}{name}"
        if seen.has(series):
            title, unit = say(f"beside.panel.{name.replace('/', '_')}"), seen.units[series]
            yield Item(
                title, say("beside.caption", name=title, unit=unit), of_all(seen, series), unit
            )


def _finding(seen: Seen) -> str:
    """Return the least that a head of the village had to eat under each regime."""

    def said(course: Course) -> str:
        path = seen.of(course.name, f"{PREFIX}food")
        least = min(known(path))
        year = seen.years[path.index(least)]
        regime = seen.labels[course.name]
        return say("beside.least", regime=regime, value=figure(least), year=year_name(year))

    return say("beside.finding", clauses=clauses(seen, said))
