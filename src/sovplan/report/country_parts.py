"""Parts of chapters of the country: headings with an address, and names of regimes in sentences."""

from collections.abc import Collection, Iterable, Mapping
from functools import cache
from html import escape
from typing import Final

from sovplan.foundation.words import say
from sovplan.regimes.countries import read_country_regime
from sovplan.report.parts import details, joined, listed, paragraph, text
from sovplan.report.svg import Html

_NAMED: Final[Mapping[str, str]] = {
    "history": "as_it_was",
    "money": "as_it_was_money",
    "whole": "as_it_was_whole",
    "abolished": "plan_abolished_1935",
}
"""Regimes that sentences of the book speak of, whatever regimes it shows."""


def headed(key: str) -> Html:
    """Return the heading of a part, with the address by which contents and guide point to it.

    Examples
    --------
    >>> headed("country_markets.purse")
    '<h3 id="markets-purse">The grain strike of 1927-28, with and without money of the village</h3>'
    """
    return Html(f'<h3 id="{escape(address(key))}">{text(say(f"{key}.title"))}</h3>')


def address(key: str) -> str:
    """Return where a part stands on the page, by the name of its texts."""
    return key.removeprefix("country_").replace(".", "-")


def folded(room: str, parts: Mapping[str, Html], later: Collection[str]) -> list[Html]:
    """Return parts as they come, but for those that open on demand after the others, named there.

    Parameters
    ----------
    room
        Where the titles of the parts stand in the catalogue.
    parts
        By the name of their texts; those without markup are left out.
    later
        Names of those that are folded.
    """
    there = {key: part for key, part in parts.items() if part}
    rest = {key: part for key, part in there.items() if key in later}
    first = [part for key, part in there.items() if key not in later]
    if not rest:
        return first
    names = say("country_guide.comma").join(say(f"{room}.{key}.title") for key in rest)
    return [*first, details(say("country_guide.more", names=names), joined(rest.values()), "more")]


def behind(*said: str) -> Html:
    """Return paragraphs on what stands behind a chapter, which open on demand."""
    return details(say("report.behind.chapter"), joined(map(paragraph, said)), "behind")


def weak(key: str, said: Iterable[Html]) -> Html:
    """Return what is weak in a chapter, under its heading."""
    return joined([headed(f"{key}.limits"), listed(said)])


@cache
def regime_titles() -> Mapping[str, str]:
    """Return the titles of regimes that sentences speak of, by what the sentences call them."""
    return {
        short: read_country_regime(name).title.partition(":")[0] for short, name in _NAMED.items()
    }
