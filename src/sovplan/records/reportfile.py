"""Reports from a file: returns.csv, or the same columns as Parquet, .xlsx or .ods."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from sovplan.foundation.words import say
from sovplan.records.checks import check_table
from sovplan.records.documents import ENTRIES, Entry, Report
from sovplan.records.findings import Finding, refuse
from sovplan.records.folder import Table
from sovplan.records.schema import Column, Schema
from sovplan.records.tables import read_table

RETURNS: Final = Schema(
    "returns.csv",
    (
        Column("period", "name", needed=True),
        Column("workplace", "name", needed=True),
        Column("entry", "name", needed=True, choices=ENTRIES),
        Column("good"),
        Column("partner"),
        Column("amount", "number", low=0.0, needed=True),
        Column("filed_by", "name", needed=True),
    ),
    key=("period", "workplace", "entry", "good", "partner", "filed_by"),
    amount="amount",
)
"""The columns of returns.csv."""

_BETWEEN: Final = ("delivered", "received")
_WITHOUT_GOOD: Final = ("hours", "metered")
_BY_SEVERAL: Final = ("counted", "metered")


def read_reports(path: Path) -> tuple[Report, ...]:
    """Read the reports of a file.

    Raises
    ------
    DataError
        The file cannot be read, or something in it is wrong; the message names file, row and
        column of the first finding and how many more there are.
    """
    return reports_of(read_table(path, RETURNS.name))


def reports_of(table: Table) -> tuple[Report, ...]:
    """Return the reports of a table: one for each period and reporter, in the order of the table.

    Raises
    ------
    DataError
        Something in it is wrong.
    """
    refuse(report_findings(table))
    entries: dict[tuple[str, str], list[Entry]] = {}
    texts = (table.text(name) for name in ("period", "filed_by", "workplace", "entry"))
    rest = (table.numbers("amount"), table.text("good"), table.text("partner"))
    for period, author, workplace, entry, amount, good, partner in zip(*texts, *rest, strict=True):
        row = Entry(workplace, entry, float(amount), good, partner)
        entries.setdefault((period, author), []).append(row)
    return tuple(Report(*key, tuple(rows)) for key, rows in entries.items())


def report_findings(table: Table) -> list[Finding]:
    """Return everything that is wrong in the form of a table of reports."""
    found = list(check_table(table, RETURNS, {}))
    if not any(finding.line == 0 for finding in found):
        found += _between(table)
        found += _by_two(table)
    return sorted(found, key=lambda finding: finding.line)


def _between(table: Table) -> Iterator[Finding]:
    """Yield rows without a good or a partner, or with a partner that has no place there."""
    columns = (table.text(name) for name in ("workplace", "entry", "good", "partner"))
    for row, (workplace, entry, good, partner) in enumerate(zip(*columns, strict=True)):
        if entry not in ENTRIES:
            continue
        words = {"workplace": workplace, "entry": entry}
        if not good and entry not in _WITHOUT_GOOD:
            yield _wrong(table, row, "good", say("papers.report.no_good", **words))
        if not partner and entry in _BETWEEN:
            yield _wrong(table, row, "partner", say("papers.report.no_partner", **words))
        if partner and entry not in _BETWEEN:
            yield _wrong(table, row, "partner", say("papers.report.partner", **words))
        if partner and partner == workplace:
            text = say("reportfile.itself", workplace=workplace)
            yield _wrong(table, row, "partner", text)


def _by_two(table: Table) -> Iterator[Finding]:
    """Yield rows that another reporter states too; only counts and meters are read by several."""
    columns = [table.text(name) for name in RETURNS.key]
    authors: dict[tuple[str, ...], tuple[str, int]] = {}
    for row, (*key, author) in enumerate(zip(*columns, strict=True)):
        if key[2] in _BY_SEVERAL:
            continue
        first, line = authors.setdefault(tuple(key), (author, table.line(row)))
        if author != first:
            text = say("reportfile.two", first=first, line=line, second=author)
            yield _wrong(table, row, "filed_by", text)


def _wrong(table: Table, row: int, column: str, text: str) -> Finding:
    return Finding("error", table.file, table.line(row), column, text)
