"""Parts of chapters of the country: headings with an address, and names of regimes in sentences."""

from collections.abc import Collection, Mapping
from functools import cache
from html import escape
from typing import Final

from sovplan.foundation.words import say
from sovplan.regimes.countries import read_country_regime
from sovplan.report.parts import details, joined, text
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


def in_order(parts: Mapping[str, Html], later: Collection[str], summary: str) -> list[Html]:
    """Return parts as they come, but for those that open on demand after the others.

    Parameters
    ----------
    parts
        By the name of their texts.
    later
        Names of those that are folded.
    summary
        What stands where they open.
    """
    first = [part for key, part in parts.items() if key not in later]
    rest = [part for key, part in parts.items() if key in later]
    return [*first, details(summary, joined(rest))] if rest else first


@cache
def regime_titles() -> Mapping[str, str]:
    """Return the titles of regimes that sentences speak of, by what the sentences call them."""
    return {
        short: read_country_regime(name).title.partition(":")[0] for short, name in _NAMED.items()
    }
