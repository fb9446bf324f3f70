"""Ballots from files: PrefLib orders, tables of any of the four formats, and the paper itself."""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final, NoReturn

from sovplan.foundation.errors import DataError
from sovplan.foundation.words import say
from sovplan.records.canon import read_canonical
from sovplan.records.documents import Ballot, Ballots
from sovplan.records.findings import Finding
from sovplan.records.folder import Table
from sovplan.records.schema import REMARKS
from sovplan.records.store import read_bytes
from sovplan.records.tables import ENDINGS, read_table

ORDERS: Final = (".soc", ".soi", ".toc", ".toi")
"""Endings of PrefLib files: strict or with ties (s, t), complete or incomplete (c, i)."""

_CHOICE: Final = re.compile(r"(\d+)(?:st|nd|rd|th)?(?: choice)?", re.ASCII)
_WHOLE: Final = re.compile(r"\d+", re.ASCII)
_HEAD: Final = re.compile(r"#\s*([^:]*?)\s*:\s*(.*?)\s*")
_NAME: Final = re.compile(r"ALTERNATIVE NAME (\d+)", re.ASCII)
_GROUP: Final = re.compile(r"\{([^{}]*)\}|([^,{}]+)")
_ORDER: Final = re.compile(r"(?:\{[^{}]*\}|[^,{}]+)(?:,(?:\{[^{}]*\}|[^,{}]+))*")


def read_ballots(path: Path) -> Ballots:
    """Read ballots from a file, as its ending says.

    Parameters
    ----------
    path
        A PrefLib file (.soc, .soi, .toc, .toi), a table (.csv, .parquet, .xlsx, .ods) or the
        canonical form of the paper (.json).

    Raises
    ------
    DataError
        The file is not there or not in order; the message names file, row and field.
    """
    ending = path.suffix.lower()
    if ending in ORDERS:
        return ballots_of_orders(read_bytes(path), path.name)
    if ending in ENDINGS:
        return ballots_of_table(read_table(path, "ballots.csv"))
    if ending == ".json":
        return ballots_of_paper(read_bytes(path), path.name)
    known = ", ".join((*ORDERS, *ENDINGS, ".json"))
    raise DataError(say("ballotfile.ending", file=path.name, endings=known))


def ballots_of_paper(content: bytes, file: str) -> Ballots:
    """Return the ballots whose canonical form this is.

    Parameters
    ----------
    content
        Canonical JSON.
    file
        Name of the file, for messages.

    Raises
    ------
    DataError
        It is no paper, or one of another kind.
    """
    try:
        paper = read_canonical(content)
    except DataError as wrong:
        raise DataError(say("ballotfile.paper", file=file, why=wrong)) from None
    if not isinstance(paper, Ballots):
        found = type(paper).__name__.lower()
        raise DataError(say("ballotfile.other", file=file, found=found))
    return paper


def ballots_of_table(table: Table) -> Ballots:
    """Return the ballots of a table: column ``voters``, then ``1st choice``, ``2nd choice``, ...

    One row is one way of voting, cast by so many voters (by one where there is no such column).
    ``A=B`` wants two options alike. Options are those that some ballot names.

    Parameters
    ----------
    table
        Cells as texts; the name of the file stands in messages and as who filed the ballots.

    Raises
    ------
    DataError
        A column is unknown or out of order, a number of voters is not whole, a choice follows a
        blank one, an option stands twice in a row, or no option is named at all.
    """
    heads = _choice_heads(table)
    columns = [table.text(head) for head in heads]
    voters = table.text("voters") if "voters" in table.columns else ("1",) * len(table)
    cast = []
    for place, line in enumerate(table.lines):
        count = _voters_of(voters[place], table.file, line)
        ranking = _ranking_of([column[place] for column in columns], heads, table.file, line)
        cast.append(Ballot(ranking, count))
    options = dict.fromkeys(name for ballot in cast for group in ballot.ranking for name in group)
    if not options:
        _refuse(table.file, 0, "", say("ballotfile.no_options"))
    stem = table.file.rpartition(".")[0]
    return Ballots(stem or table.file, tuple(options), tuple(cast), table.file)


def _choice_heads(table: Table) -> list[str]:
    remarks = {column.name for column in REMARKS}
    heads = [head for head in table.columns if head != "voters" and head not in remarks]
    for place, head in enumerate(heads, start=1):
        found = _CHOICE.fullmatch(head.strip().lower())
        if found is None or int(found[1]) != place:
            _refuse(table.file, 1, head, say("ballotfile.head", place=place))
    if not heads:
        _refuse(table.file, 1, "", say("ballotfile.no_choice"))
    return heads


def _voters_of(cell: str, file: str, line: int) -> int:
    if not _WHOLE.fullmatch(cell) or int(cell) < 1:
        _refuse(file, line, "voters", say("ballotfile.voters", found=cell))
    return int(cell)


def _ranking_of(
    cells: Sequence[str], heads: Sequence[str], file: str, line: int
) -> tuple[tuple[str, ...], ...]:
    groups: list[tuple[str, ...]] = []
    seen: set[str] = set()
    blank = ""
    for cell, head in zip(cells, heads, strict=True):
        if not cell:
            blank = blank or head
            continue
        if blank:
            _refuse(file, line, blank, say("ballotfile.blank_choice", later=head))
        group = tuple(name.strip() for name in cell.split("="))
        for name in group:
            if not name:
                _refuse(file, line, head, say("ballotfile.blank_name", found=cell))
            if name in seen:
                _refuse(file, line, head, say("ballotfile.twice", name=name))
            seen.add(name)
        groups.append(group)
    return tuple(groups)


def ballots_of_orders(content: bytes, file: str) -> Ballots:
    """Return the ballots of a PrefLib file in its form of 2022: a head of comments, then orders.

    An order is ``voters: 1,{2,3},4``, by the numbers of the alternatives.

    Parameters
    ----------
    content
        The file, UTF-8.
    file
        Its name; the ending says whether orders may have ties and leave alternatives out.

    Raises
    ------
    DataError
        A line cannot be read, an alternative has no name or stands twice, an order is not of the
        kind that the ending says, or the head counts otherwise than the orders do.
    """
    try:
        lines = content.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError as wrong:
        line = content.count(b"\n", 0, wrong.start) + 1
        raise DataError(_told(file, line, "", say("ballotfile.not_utf8"))) from None
    head = dict(_head(lines))
    names = _names(head, file)
    cast = [_order(line, place, names, file) for place, line in _orders(lines)]
    _check_count(head, "NUMBER ALTERNATIVES", len(names), file)
    _check_count(head, "NUMBER VOTERS", sum(ballot.voters for ballot in cast), file)
    stem = file.rpartition(".")[0]
    title = head.get("TITLE", ("", 0))[0] or stem or file
    return Ballots(title, tuple(names.values()), tuple(cast), file)


def _head(lines: Sequence[str]) -> Iterator[tuple[str, tuple[str, int]]]:
    """Yield what the comments say by key, with the line where it stands."""
    for place, line in enumerate(lines, start=1):
        found = _HEAD.fullmatch(line.strip())
        if found is not None:
            yield found[1], (found[2], place)


def _orders(lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    for place, line in enumerate(lines, start=1):
        if line.strip() and not line.strip().startswith("#"):
            yield place, line.strip()


def _names(head: Mapping[str, tuple[str, int]], file: str) -> dict[str, str]:
    """Return the alternatives' names by number, in the order of the file."""
    names: dict[str, str] = {}
    for key, (name, place) in head.items():
        found = _NAME.fullmatch(key)
        if found is None:
            continue
        if not name or name in names.values():
            _refuse(file, place, key, say("ballotfile.name", found=name))
        names[found[1]] = name
    if not names:
        _refuse(file, 0, "", say("ballotfile.no_names"))
    return names


def _order(line: str, place: int, names: Mapping[str, str], file: str) -> Ballot:
    count, colon, order = (part.strip() for part in line.partition(":"))
    if not colon or (order and not _ORDER.fullmatch(order)):
        _refuse(file, place, "", say("ballotfile.order", found=line[:60]))
    voters = _voters_of(count, file, place)
    groups = []
    seen: set[str] = set()
    for group in _GROUP.finditer(order):
        listed = [item.strip() for item in (group[1] or group[2] or "").split(",") if item.strip()]
        for item in listed:
            if item not in names:
                known = {"found": item, "count": len(names)}
                _refuse(file, place, "order", say("ballotfile.number", **known))
            if item in seen:
                _refuse(file, place, "order", say("ballotfile.twice", name=names[item]))
            seen.add(item)
        if listed:
            groups.append(tuple(names[item] for item in listed))
    _check_kind(groups, len(seen) == len(names), file, place)
    return Ballot(tuple(groups), voters)


def _check_kind(groups: Sequence[tuple[str, ...]], complete: bool, file: str, place: int) -> None:
    ending = file[-4:].lower()
    if ending in {".soc", ".soi"} and any(len(group) > 1 for group in groups):
        _refuse(file, place, "order", say("ballotfile.ties", ending=ending))
    if ending in {".soc", ".toc"} and not complete:
        _refuse(file, place, "order", say("ballotfile.incomplete", ending=ending))


def _check_count(head: Mapping[str, tuple[str, int]], key: str, counted: int, file: str) -> None:
    stated, place = head.get(key, ("", 0))
    if stated and stated != str(counted):
        _refuse(file, place, key, say("ballotfile.count", stated=stated, counted=counted))


def _refuse(file: str, line: int, column: str, text: str) -> NoReturn:
    raise DataError(_told(file, line, column, text))


def _told(file: str, line: int, column: str, text: str) -> str:
    return str(Finding("error", file, line, column, text))
