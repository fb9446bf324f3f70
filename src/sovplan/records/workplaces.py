"""Who works with which technique, and who delivered to whom last year.

Two optional tables of an economy's folder: workplaces.csv and links.csv. A plan is drawn up by
techniques; people work in workplaces.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, final

import numpy as np
from scipy.sparse import csr_array

from sovplan.foundation.shapes import Sparse
from sovplan.foundation.words import say
from sovplan.records.findings import Finding, nearest
from sovplan.records.folder import Folder, Table

PEOPLE: Final = "people"
PUBLIC: Final = "public"
OUTSIDE: Final = "outside"
STORE: Final = "store"
UNUSED: Final = "unused"
OTHERS: Final = (PEOPLE, PUBLIC, OUTSIDE, STORE, UNUSED)
"""Partners that are no workplaces: consumers, public uses, foreign trade, the common store, and
what nothing uses."""

WORKPLACES: Final = "workplaces.csv"
LINKS: Final = "links.csv"

_CLOSE: Final = 1e-9
"""Shares of a technique add up to 1 within this."""


@final
@dataclass(frozen=True, slots=True, eq=False)
class Workplaces:
    """W workplaces and their shares in techniques.

    Parameters
    ----------
    names, titles
        Code and readable name.
    share
        Workplaces x techniques: share of the activity of a technique; each column adds up to 1.
    """

    names: tuple[str, ...]
    titles: tuple[str, ...]
    share: Sparse

    def __len__(self) -> int:
        return len(self.names)


@final
@dataclass(frozen=True, slots=True)
class Link:
    """So much of a good went from a supplier to a user in a year.

    `supplier` and `user` are workplaces or one of `OTHERS`; the same twice is own use.
    """

    good: str
    supplier: str
    user: str
    amount: float


def workplaces_of(folder: Folder) -> Workplaces:
    """Return the workplaces of an economy's folder without errors.

    A technique that no row of workplaces.csv names is a workplace of its own.
    """
    techniques = folder.table("techniques.csv")
    return workplaces_from(
        folder.table(WORKPLACES), techniques.text("technique"), techniques.text("title")
    )


def workplaces_from(table: Table, techniques: Sequence[str], titles: Sequence[str]) -> Workplaces:
    """Return the workplaces of a table with the columns of workplaces.csv."""
    place = {name: at for at, name in enumerate(techniques)}
    named = table.text("technique")
    found: dict[str, str] = {}
    for name, title in zip(table.text("workplace"), table.text("title"), strict=True):
        found[name] = found.get(name) or title
    rows = list(zip(table.text("workplace"), named, _shares(table), strict=True))
    listed = set(named)
    for name, title in zip(techniques, titles, strict=True):
        if name not in listed:
            found[name] = title
            rows.append((name, name, 1.0))
    names = tuple(found)
    index = {name: at for at, name in enumerate(names)}
    share = csr_array(
        (
            np.array([part for _, _, part in rows], dtype=np.float64),
            (
                np.array([index[name] for name, _, _ in rows], dtype=np.int64),
                np.array([place[name] for _, name, _ in rows], dtype=np.int64),
            ),
        ),
        shape=(len(names), len(techniques)),
    )
    return Workplaces(names, tuple(title or name for name, title in found.items()), share)


def links_of(folder: Folder) -> tuple[Link, ...]:
    """Return last year's links of an economy's folder without errors."""
    table = folder.table(LINKS)
    goods, suppliers, users = (table.text(head) for head in ("good", "supplier", "user"))
    amounts = table.numbers("amount").tolist()
    return tuple(
        Link(good, supplier, user, amount)
        for good, supplier, user, amount in zip(goods, suppliers, users, amounts, strict=True)
    )


def with_workplaces(
    folder: Folder,
    workplaces: Workplaces,
    techniques: Sequence[str],
    links: Iterable[Link] = (),
) -> Folder:
    """Return the folder with the tables of workplaces and links written into it.

    Parameters
    ----------
    techniques
        Names of the techniques, in the order of the columns of `workplaces.share`.
    """
    entries = workplaces.share.tocoo()
    rows = [
        {
            "workplace": workplaces.names[place],
            "title": workplaces.titles[place],
            "technique": techniques[technique],
            "share": float(part),
        }
        for place, technique, part in zip(*entries.coords, entries.data, strict=True)
    ]
    listed = [
        {"good": link.good, "supplier": link.supplier, "user": link.user, "amount": link.amount}
        for link in links
    ]
    if rows:
        folder = folder.with_table(Table.of(WORKPLACES, rows))
    return folder.with_table(Table.of(LINKS, listed)) if listed else folder


def workplace_rules(folder: Folder) -> Iterator[Finding]:
    """Yield what breaks a rule in the tables of workplaces and links."""
    table = folder.table(WORKPLACES)
    names = table.text("workplace")
    for row, name in enumerate(names):
        if name in OTHERS:
            others = ", ".join(OTHERS)
            yield _at(
                table, row, "workplace", say("yearfiles.place.taken", name=name, names=others)
            )
    yield from _share_rules(table)
    listed = set(table.text("technique"))
    alone = set(folder.table("techniques.csv").text("technique")) - listed
    for row, name in enumerate(names):
        if name in alone:
            yield _at(table, row, "workplace", say("yearfiles.place.technique", name=name))
    yield from _link_rules(folder.table(LINKS), (*dict.fromkeys(names), *sorted(alone), *OTHERS))


def _share_rules(table: Table) -> Iterator[Finding]:
    techniques, given = np.array(table.text("technique"), dtype=object), table.numbers("share")
    for name in dict.fromkeys(techniques):
        rows = np.flatnonzero(techniques == name)
        row = int(rows[0])
        if len(rows) > 1 and np.isnan(given[rows]).any():
            text = say("yearfiles.place.no_share", technique=name, count=len(rows))
            yield _at(table, row, "share", text)
        elif abs(_shares(table)[rows].sum() - 1.0) > _CLOSE:
            total = f"{_shares(table)[rows].sum():.12g}"
            text = say("yearfiles.place.shares", technique=name, total=total)
            yield _at(table, row, "share", text)


def _link_rules(links: Table, known: Sequence[str]) -> Iterator[Finding]:
    for column in ("supplier", "user"):
        for row, name in enumerate(links.text(column)):
            if name not in known:
                text = say("yearfiles.place.unknown", name=name, nearest=nearest(name, known))
                yield _at(links, row, column, text)


def _shares(table: Table) -> np.ndarray:
    return np.asarray(np.nan_to_num(table.numbers("share"), nan=1.0))


def _at(table: Table, row: int, column: str, text: str) -> Finding:
    return Finding("error", table.file, table.line(row), column, text)
