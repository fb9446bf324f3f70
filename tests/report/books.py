"""Every kind of book, written and read once."""

from functools import cache

from tests.report import drafts
from tests.report.page import Node, read

from sovplan.records.draft import Draft
from sovplan.report.planbook import plan_book

NAMES = list(drafts.ALL)
DONE = [name for name in NAMES if name not in {"impossible", "exceeded", "endless"}]
COMMAND = "sovplan draft --out a&b"


@cache
def book(name: str) -> str:
    return plan_book(drafts.ALL[name](), command=COMMAND)


@cache
def whole(name: str) -> Node:
    """Return a book as a tree."""
    return read(book(name))


def main(name: str) -> Node:
    """Return what a book has to say, without its head and style."""
    return whole(name).one("main")


def section(name: str, key: str) -> Node:
    """Return a section of a book."""
    (found,) = [s for s in main(name).all("section") if s.attributes["id"] == key]
    return found


def draft(name: str) -> Draft:
    return drafts.ALL[name]()


def words(text: str) -> str:
    """Return a text with plain spaces, one between words."""
    return " ".join(text.split())
