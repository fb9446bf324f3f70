"""The way through the book of the country: what stands where, and what each chapter shows."""

import re
from collections.abc import Mapping, Sequence
from html import escape
from typing import Final

from sovplan.foundation.words import say
from sovplan.report.country_parts import address
from sovplan.report.parts import NOTHING, Chapter, element, joined, listed, paragraph, text, told
from sovplan.report.run_keys import kinds_key
from sovplan.report.svg import Html

_PLACES: Final[Mapping[str, tuple[str, ...]]] = {
    "collapse": ("collapse", "growth"),
    "scissors": ("prices", "country_markets.closing"),
    "famine": ("country_markets.famine",),
    "strike": ("country_markets.purse", "country_village.held"),
    "strata": ("country_village.strata", "country_village.unequal", "country_village.moves"),
    "slaughter": ("village", "country_village.killed"),
    "labels": ("country_village.labels", "country_village.joined", "collectives"),
    "hunger": ("village", "country_village.regions", "country.hunger"),
    "branches": ("country_works.branches", "country_works.beside", "country_works.past"),
    "reports": (
        "country_works.haste",
        "country_works.papers",
        "country_works.checks",
        "country_works.apart",
    ),
    "pay": ("country_people.pay", "country_markets.queue", "country_markets.rations"),
    "shadow": ("country_markets.shadow",),
    "labour": ("country_people.towns", "country_people.work"),
    "schooling": ("country_people.school", "country_people.women"),
    "living": ("country_people.living", "people"),
    "power": ("bodies", "country_people.posts", "country_people.camps", "unrest"),
    "doubt": ("country.limits", "country.sources"),
}  # fmt: skip
"""What a reader looks for, and the chapters and parts that show it, by the name of their texts."""
_PART: Final = re.compile(r'<h3 id="([^"]+)">(.*?)</h3>')
_FEW: Final = 2
"""Parts from which on a chapter lists its own."""


def guided(chapters: Sequence[Chapter], *, early: bool) -> tuple[Chapter, ...]:
    """Return the chapters, each with what it shows and its parts, after a list of what is where.

    Parameters
    ----------
    early
        Whether the run begins before 1921, so that the collapse is in it.
    """
    titles = {chapter.key: text(chapter.title) for chapter in chapters}
    for chapter in chapters:
        titles |= {place: Html(title) for place, title in _PART.findall(chapter.inner)}
    return (_guide(titles, early=early), *map(_introduced, chapters))


def _guide(titles: Mapping[str, Html], *, early: bool) -> Chapter:
    items = []
    for key, names in _PLACES.items():
        there = [address(name) for name in names if address(name) in titles]
        if there:
            links = Html(" · ").join(_link(place, titles[place]) for place in there)
            asked = element("b", told(f"country_guide.find.{key}"))
            items.append(joined([asked, Html(" "), element("span", Html(links))]))
    kinds = kinds_key(("plan", "reported", "real", "given", "historical"), hatched=True)
    body = joined([
        paragraph(say("country_guide.meaning")),
        listed(items, "guide"),
        paragraph(say("country_guide.folded")),
        _open_all(),
        *([] if early else [paragraph(say("country_guide.earlier"))]),
        element("h3", told("country_guide.kinds.title")),
        paragraph(say("country_guide.kinds.meaning")),
        kinds,
        paragraph(say("country_guide.kinds.sources")),
    ])  # fmt: skip
    return Chapter("guide", say("country_guide.title"), body)


def _open_all() -> Html:
    """Return the button that opens all that is folded; without a script there is none."""
    names = f'data-close="{escape(say("country_guide.close_all"))}"'
    label = told("country_guide.open_all")
    return Html(f'<button type="button" class="button second" data-open-all {names} hidden>'
                f"{label}</button>")  # fmt: skip


def _introduced(chapter: Chapter) -> Chapter:
    """Return a chapter that begins with what it shows and, where it has some, its parts."""
    found = _PART.findall(chapter.inner)
    links = [_link(place, Html(title)) for place, title in found]
    within = NOTHING
    if len(links) >= _FEW:
        inner = joined([told("country_guide.within"), Html(" "), Html(" · ".join(links))])
        within = element("p", inner, "within")
    shows = paragraph(say(f"country_guide.shows.{chapter.key}"), "shows")
    return Chapter(chapter.key, chapter.title, joined([shows, within, chapter.inner]))


def _link(place: str, title: Html) -> Html:
    return Html(f'<a href="#{escape(place)}">{title}</a>')
