"""Returns from files: what is read, and what is refused, all findings at once."""

from pathlib import Path

import pytest
from tests.records.formats import FORMATS, Rows

from sovplan.foundation.errors import DataError
from sovplan.records.documents import Entry, Report
from sovplan.records.folder import Table
from sovplan.records.reportfile import RETURNS, read_reports, report_findings, reports_of
from sovplan.records.tables import read_table

HEAD: list[object] = [column.name for column in RETURNS.columns]
ROWS: Rows = [
    HEAD,
    [2027, "mill", "made", "flour", "", 20.5, "council of the mill"],
    [2027, "mill", "delivered", "flour", "bakery", 17, "council of the mill"],
    [2027, "bakery", "received", "flour", "mill", 16, "bakery"],
    [2027, "mill", "counted", "flour", "", 3, "inspectors"],
    [2027, "mill", "hours", "", "", 900, "council of the mill"],
]
REPORTS = (
    Report(
        "2027",
        "council of the mill",
        (
            Entry("mill", "made", 20.5, "flour"),
            Entry("mill", "delivered", 17.0, "flour", "bakery"),
            Entry("mill", "hours", 900.0),
        ),
    ),
    Report("2027", "bakery", (Entry("bakery", "received", 16.0, "flour", "mill"),)),
    Report("2027", "inspectors", (Entry("mill", "counted", 3.0, "flour"),)),
)


def table(*rows: tuple[object, ...]) -> Table:
    names = [str(name) for name in HEAD]
    return Table.of("returns.csv", [dict(zip(names, row, strict=True)) for row in rows])


@pytest.mark.parametrize("ending", FORMATS)
def test_every_format_gives_the_same_reports(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"october{ending}"
    path.write_bytes(FORMATS[ending](ROWS))

    assert read_reports(path) == REPORTS


def test_each_period_and_reporter_makes_one_report() -> None:
    rows = [
        ("2027-9", "mill", "made", "flour", "", 1, "mill"),
        ("2027-10", "mill", "made", "flour", "", 2, "mill"),
        ("2027-9", "mill", "sold", "flour", "", 1, "mill"),
    ]

    found = reports_of(table(*rows))
    sizes = [(report.period, len(report.entries)) for report in found]
    assert sizes == [("2027-9", 2), ("2027-10", 1)]


BAD: dict[str, tuple[tuple[object, ...], str, str]] = {
    "an unknown entry": (
        ("2027", "mill", "maed", "flour", "", 1, "mill"), "entry", 'Did you mean "made"?'
    ),
    "no good": (("2027", "mill", "made", "", "", 1, "mill"), "good", "names no good"),
    "no partner": (
        ("2027", "mill", "delivered", "flour", "", 1, "mill"), "partner", "names no partner"
    ),
    "a partner out of place": (
        ("2027", "mill", "made", "flour", "bakery", 1, "mill"), "partner", "has a partner"
    ),
    "its own partner": (
        ("2027", "mill", "delivered", "flour", "mill", 1, "mill"), "partner", "is its own partner"
    ),
    "a negative amount": (
        ("2027", "mill", "made", "flour", "", -1, "mill"), "amount", "-1 is below 0"
    ),
    "no amount": (("2027", "mill", "made", "flour", "", None, "mill"), "amount", "blank"),
    "no period": ((None, "mill", "made", "flour", "", 1, "mill"), "period", "blank"),
    "no workplace": (("2027", "", "made", "flour", "", 1, "mill"), "workplace", "blank"),
    "no reporter": (("2027", "mill", "made", "flour", "", 1, ""), "filed_by", "blank"),
}  # fmt: skip

GOOD: tuple[object, ...] = ("2027", "bakery", "made", "bread", "", 5, "bakery")


@pytest.mark.parametrize("case", BAD)
def test_a_bad_row_is_refused_with_its_place(case: str) -> None:
    row, column, words = BAD[case]
    found = report_findings(table(GOOD, row))

    assert [(finding.line, finding.column) for finding in found] == [(3, column)]
    assert words in found[0].text
    with pytest.raises(DataError, match=f'returns.csv, row 3, "{column}"'):
        reports_of(table(GOOD, row))


def test_all_findings_are_told_at_once_in_the_order_of_the_rows() -> None:
    rows = [row for row, _, _ in BAD.values()]
    found = report_findings(table(*rows))

    lines = [finding.line for finding in found]
    assert lines == sorted(lines)
    assert set(lines) == set(range(2, 2 + len(rows)))
    with pytest.raises(DataError, match=f"{len(found) - 1} more"):
        reports_of(table(*rows))


def test_a_row_twice_is_refused() -> None:
    (found,) = report_findings(table(GOOD, GOOD))

    assert found.line == 3
    assert "first in row 2" in found.text


def test_two_reporters_of_one_thing_are_refused_but_for_counts() -> None:
    made = [("2027", "mill", "made", "flour", "", 1, who) for who in ("mill", "office")]
    counted = [("2027", "mill", "counted", "flour", "", 1, who) for who in ("lot one", "lot two")]

    (found,) = report_findings(table(*made, *counted))
    assert (found.line, found.column) == (3, "filed_by")
    assert "office states what mill states in row 2" in found.text


def test_a_word_for_an_amount_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "returns.csv"
    path.write_text(f"{','.join(map(str, HEAD))}\n2027,mill,made,flour,,twenty,mill\n", "utf-8")

    with pytest.raises(DataError, match=r'row 2, "amount": "twenty" is not a number'):
        read_reports(path)


def test_a_column_that_is_missing_or_unknown_is_named(tmp_path: Path) -> None:
    path = tmp_path / "returns.csv"
    path.write_text("period,workplace,entry,good,partner,amout,filed_by\n", "utf-8")

    found = report_findings(read_table(path))
    assert [finding.column for finding in found] == ["amout", "amount"]
    assert 'Did you mean "amount"?' in found[0].text


def test_remarks_may_stand_beside_and_count_for_nothing() -> None:
    plain = table(GOOD)

    assert reports_of(plain.with_column("note", ("recounted",))) == reports_of(plain)
