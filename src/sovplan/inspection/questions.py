"""Findings in words: what the rows say, and what else may explain it, the honest first."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from scipy.special import ndtri

from sovplan.foundation.numbers import figure
from sovplan.foundation.shapes import Indices
from sovplan.foundation.words import say
from sovplan.inspection.books import Books, Kind
from sovplan.inspection.signatures import OVER, STANDING, UNDER, Signatures
from sovplan.inspection.tests import Shown
from sovplan.records.documents import Flag

_WIDTH: Final = -float(ndtri(0.025))
"""Half the width of a 95 % interval, standard deviations."""

_ROWS: Final = 4
"""Most rows that a finding names."""

_RIVALS: Final = 3
"""Most other kinds that a finding names."""

_HONEST: Final[dict[str, tuple[str, ...]]] = {
    "paper_missing": ("paper_late", "wrong_name"),
    "loss": ("spoilt", "own_use", "weighed"),
    "surplus": ("unbooked", "weighed"),
    "stock_found": ("counted_again", "unbooked"),
    "stock_lost": ("counted_again", "spoilt", "own_use"),
    "opening_padded": ("counted_again", "weighed"),
    "opening_hidden": ("counted_again", "weighed"),
    "receipts_padded": ("arrived_late", "booked_twice"),
    "receipts_hidden": ("under_way", "not_yet_booked"),
    "deliveries_padded": ("under_way", "receipt_late", "user_wrong"),
    "deliveries_hidden": ("arrived_late", "not_yet_booked", "user_wrong"),
    "output_padded": ("spoilt", "weighed", "better"),
    "output_hidden": ("unbooked", "weighed", "worse"),
    "sales_padded": ("better", "meter"),
    "sales_hidden": ("worse", "repairs", "meter"),
    "stock_padded": ("better", "moisture", "meter"),
    "stock_hidden": ("worse", "moisture", "meter"),
    "inputs_hoarded": ("repairs", "worse", "meter"),
    "inputs_hidden": ("better", "old_stock", "meter"),
}
"""Honest explanations of each kind of finding, the most likely first."""

_ROW_TEXTS: Final = {
    Kind.BALANCE: "balance",
    Kind.LINK: "link",
    Kind.COUNT: "count",
    Kind.CARRY: "carry",
    Kind.USE: "use",
    Kind.HOURS: "hours",
    Kind.METER: "meter",
}


def flag_of(books: Books, signatures: Signatures, shown: Shown, units: dict[str, str]) -> Flag:
    """Return a finding.

    Parameters
    ----------
    books, signatures
        What was tested.
    shown
        What shows.
    units
        Units of goods, for the words.
    """
    signature, amount = shown.signature, abs(shown.amount)
    kind = kind_of(signatures, signature, shown.z)
    half = _WIDTH * shown.deviation
    return Flag(
        workplace=books.sheet.names[signatures.workplace[signature]],
        period=_period(books, int(signatures.period[signature])),
        kind=kind,
        amount=amount,
        low=max(0.0, amount - half),
        high=amount + half,
        score=abs(shown.z),
        rows=_rows(books, signatures, signature, units),
        alternatives=(
            *(say(f"inspection.honest.{name}") for name in _HONEST[kind]),
            *_rivals(signatures, shown, kind),
        ),
    )


def kind_of(signatures: Signatures, signature: int, sign: float) -> str:
    """Return the name of a kind of finding."""
    return (OVER if sign > 0 else UNDER)[signatures.lie[signature]]


def _period(books: Books, period: int) -> str:
    if period != STANDING:
        return books.sheet.periods[period]
    # Of the periods before those inspected only the close is known, and no row is about them.
    ends = int(books.rows.period.min()), int(books.rows.period.max())
    first, last = (books.sheet.periods[end] for end in ends)
    return say("inspection.periods", first=first, last=last)


def _rivals(signatures: Signatures, shown: Shown, kind: str) -> Sequence[str]:
    kinds = (kind_of(signatures, rival, sign) for rival, sign in shown.rivals)
    others = [name for name in dict.fromkeys(kinds) if name != kind]
    return [say("inspection.or", kind=say(f"inspection.kind.{name}")) for name in others[:_RIVALS]]


def _rows(
    books: Books, signatures: Signatures, signature: int, units: dict[str, str]
) -> tuple[str, ...]:
    """Return in words the rows in which a signature shows most."""
    part = slice(*signatures.rows.indptr[signature : signature + 2])
    rows: Indices = signatures.rows.indices[part].astype(np.int64)
    share = np.abs(signatures.rows.data[part] * books.residual[rows])
    order = np.argsort(-share, kind="stable")[:_ROWS]
    return tuple(_row(books, int(row), units) for row in rows[order])


def _row(books: Books, row: int, units: dict[str, str]) -> str:
    heads, sheet = books.rows, books.sheet
    part = slice(*books.matrix.indptr[row : row + 2])
    terms = books.matrix.data[part] * books.columns.amount[books.matrix.indices[part]]
    terms *= books.scale[row]
    good = sheet.goods[heads.good[row]]
    name = _ROW_TEXTS[Kind(int(heads.kind[row]))]
    other = int(heads.other[row])
    return say(
        f"inspection.row.{name}",
        period=sheet.periods[heads.period[row]],
        workplace=sheet.names[heads.workplace[row]],
        other=sheet.names[other] if other >= 0 else "",
        good=good or say("inspection.all_skills"),
        first=f"{figure(terms[terms > 0].sum())} {units.get(good, '')}".rstrip(),
        second=figure(-terms[terms < 0].sum()),
    )
