"""The frame of a page: one file with its style, script and fonts inside."""

import re
from base64 import b64encode
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Final, final

from sovplan.foundation.words import say
from sovplan.report.parts import NOTHING, Chapter, joined, text, told
from sovplan.report.svg import Html

_BRAND: Final = (
    '<svg viewBox="0 0 24 24" aria-hidden="true"><g fill="none" stroke="currentColor"'
    ' stroke-width="1.6"><circle cx="12" cy="12" r="8.6"/></g><g fill="currentColor">'
    '<circle cx="12" cy="3.4" r="2.9"/><circle cx="19.45" cy="7.7" r="2"/>'
    '<circle cx="19.45" cy="16.3" r="2"/><circle cx="12" cy="20.6" r="2"/>'
    '<circle cx="4.55" cy="16.3" r="2"/><circle cx="4.55" cy="7.7" r="2"/></g></svg>'
)


_SHEETS: Final = ("sovplan.css", "book.css")
_SCRIPTS: Final = ("sovplan.js", "book.js")


@final
@dataclass(frozen=True, slots=True)
class Page:
    """What stands on a page.

    Parameters
    ----------
    title
        For the window and for search.
    where
        What the page is of, beside the name of the house.
    warning
        The bar above everything, or nothing.
    opening
        The first screen.
    chapters
        The rest, in order.
    foot
        The last line.
    """

    title: str
    where: Html
    warning: Html
    opening: Html
    chapters: tuple[Chapter, ...]
    foot: Html


def whole(page: Page) -> str:
    """Return a page as one HTML file that needs no network."""
    body = joined(chapter.body for chapter in page.chapters)
    made = told("report.frame.made", version=version("sovplan"))
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta name="generator" content="sovplan {text(version("sovplan"))}">\n'
        f"<title>{text(page.title)}</title>\n<style>\n{style_sheet()}</style>\n</head>\n<body>\n"
        f'<a class="skip" href="#main">{told("report.frame.skip")}</a>\n'
        f"{_bar(page)}{_masthead(page)}\n"
        f'<main class="frame" id="main">\n{page.opening}\n<div class="with-rail">\n'
        f'{_rail(page)}\n<div class="body">\n{body}\n</div></div>\n'
        f"</main>\n<footer><div><p>{made} {page.foot}</p></div></footer>\n"
        f"<script>\n{_scripts()}</script>\n</body>\n</html>\n"
    )


@cache
def style_sheet() -> str:
    """Return the style of all pages with its Latin fonts inside it."""
    sheet = "".join(_asset(name).read_text(encoding="utf-8") for name in _SHEETS)
    sheet = re.sub(r"@font-face \{[^}]*cyrillic[^}]*\}\n", "", sheet)
    return re.sub(r'url\("(fonts/[^"]+)"\)', lambda found: _inside(found.group(1)), sheet)


@cache
def _scripts() -> str:
    return "".join(_asset(name).read_text(encoding="utf-8") for name in _SCRIPTS)


def _inside(name: str) -> str:
    data = b64encode(_asset(name).read_bytes()).decode("ascii")
    return f'url("data:font/woff2;base64,{data}")'


def _asset(name: str) -> Traversable:
    return files("sovplan.report").joinpath("assets").joinpath(*name.split("/"))


def _bar(page: Page) -> Html:
    if not page.warning:
        return NOTHING
    name = text(say("report.frame.warning"))
    return Html(f'<aside class="specimen-bar" aria-label="{name}"><p>{page.warning}</p></aside>\n')


def _masthead(page: Page) -> Html:
    switch = '<button type="button" data-theme-switch hidden></button>'
    return Html(
        f'<header class="masthead"><div><a class="brand" href="#main">{_BRAND}sovplan</a>'
        f'<span class="quiet">{page.where}</span><div class="tools">{switch}</div></div></header>'
    )


def _rail(page: Page) -> Html:
    items = joined(
        Html(f'<li><a href="#{chapter.key}">{text(chapter.title)}</a></li>')
        for chapter in page.chapters
    )
    return Html(
        f'<nav class="rail" aria-label="{told("report.frame.contents")}">'
        f"<p>{told('report.frame.rail')}</p><ol>{items}</ol></nav>"
    )
