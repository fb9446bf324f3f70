"""The table of institutions that rows read, in two codings: as a file, a document, a line."""

from collections.abc import Mapping, Sequence
from typing import Final

from sovplan.foundation.numbers import NOTHING_KNOWN, figure
from sovplan.foundation.words import say
from sovplan.lab.codings import median_alpha
from sovplan.lab.codings_rows import CodedOfRows
from sovplan.records.folder import Table
from sovplan.records.tables import write_csv

FILE: Final = "codings_of_rows.csv"


def files(found: Sequence[CodedOfRows]) -> dict[str, bytes]:
    """Return the file of `--out` by name."""
    return {FILE: write_csv(Table.of(FILE, [_row(each) for each in found]))}


def document(found: Sequence[CodedOfRows]) -> dict[str, object]:
    """Return what `sovplan lab codings-of-rows --json` prints."""
    return {
        "institutions": [dict(_row(each)) for each in found],
        "median_alpha": median_alpha([each.agreement for each in found]),
    }


def told(each: CodedOfRows, most: int = 3) -> str:
    """Return what an institution moves, in words; a dash where nothing beyond luck."""
    said = [
        say(
            "lab_codings.from_to", series=series, year=year,
            first=figure(each.first[series, year]), second=figure(each.second[series, year]),
        )
        for series, year in each.moved(most)
    ]  # fmt: skip
    return "; ".join(said) or NOTHING_KNOWN


def _row(each: CodedOfRows) -> Mapping[str, object]:
    return {
        **each.agreement.row(each.about),
        "moved": told(each),
    }
