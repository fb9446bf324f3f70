"""Signatures: what a false report of each kind would do to the rows of the books.

A lie of size b adds F b to the statements and so A F b to the rows. Two lies with the same A F
cannot be told apart, and one with A F = 0 cannot be seen.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import Final, final

import numpy as np
from scipy.sparse import coo_array, csc_array, csr_array, hstack

from sovplan.foundation.chance import normal
from sovplan.foundation.shapes import ByColumn, Flags, Indices, Vector
from sovplan.inspection.books import NOT_DELIVERED, NOT_RECEIVED, UNBOOKED, UNCARRIED, Books
from sovplan.inspection.sheet import CODE, Sheet

STANDING: Final = -1
"""Period of a signature that goes on through all periods."""


class Lie(IntEnum):
    """What is misstated; of those that look alike the first gives its name to the finding."""

    PAPER = 0
    BALANCE = 1
    CARRY = 2
    RECEIVED = 3
    DELIVERED = 4
    OPENING = 5
    OUTPUT = 6
    SOLD = 7
    STOCK = 8
    INPUTS = 9


NO_LIES: Final = (Lie.PAPER, Lie.BALANCE, Lie.CARRY)
"""Kinds that are no false statement: something was not written down."""

OVER: Final = (
    "paper_missing",
    "loss",
    "stock_found",
    "receipts_padded",
    "deliveries_padded",
    "opening_padded",
    "output_padded",
    "sales_padded",
    "stock_padded",
    "inputs_hoarded",
)
"""Name of a finding of each kind when more is stated than is so."""

UNDER: Final = (
    "paper_missing",
    "surplus",
    "stock_lost",
    "receipts_hidden",
    "deliveries_hidden",
    "opening_hidden",
    "output_hidden",
    "sales_hidden",
    "stock_hidden",
    "inputs_hidden",
)
"""Name of a finding of each kind when less is stated than is so."""


@final
@dataclass(frozen=True, slots=True, eq=False)
class Signatures:
    """K kinds of false report, each of a workplace, a good and a period.

    Parameters
    ----------
    lie, workplace, good, partner, period
        What each is; `partner` is -1 for all partners, `period` is `STANDING` for all periods.
    rows
        A F: rows of the books x signatures, standard deviations of a row for one unit.
    size
        Root of the sum of squares of each column.
    alike
        The first signature of the same family that looks the same, or itself.
    family
        Signatures of one workplace and period share a family and its chance of a false finding.
    """

    lie: Indices
    workplace: Indices
    good: Indices
    partner: Indices
    period: Indices
    rows: ByColumn
    size: Vector
    alike: Indices
    family: Indices

    def __len__(self) -> int:
        return len(self.lie)

    @property
    def seen(self) -> Flags:
        """Signatures that do something to the rows."""
        return self.size > 0


@final
@dataclass(frozen=True, slots=True, eq=False)
class _Drawn:
    """Signatures of one period each: what they are, what is misstated, and by how much."""

    lie: Indices
    main: Indices
    partner: Indices
    base: Vector
    column: Indices
    of: Indices
    value: Vector


def signatures_of(books: Books) -> Signatures:
    """Return the signatures of all kinds of false report that these books could hold."""
    drawn = [*_drawn(books)]
    lie, main, partner, base = (
        np.concatenate([getattr(part, name) for part in drawn])
        for name in ("lie", "main", "partner", "base")
    )
    cells = books.columns
    heads = np.stack([lie, cells.workplace[main], cells.good[main], partner])
    standing, shares = _standing(heads, base, cells.period[main])
    single = csc_array(hstack([_rows(books, part) for part in drawn], format="csc"))
    rows = csc_array(hstack([single, csc_array(single @ shares)], format="csc"))
    heads = np.concatenate([heads, standing], axis=1)
    period = np.concatenate([cells.period[main], np.full(standing.shape[1], STANDING)])
    size = np.sqrt(np.asarray(rows.power(2).sum(axis=0)).ravel())
    family = np.asarray(heads[1] * (len(books.sheet.periods) + 1) + period + 1)
    return Signatures(
        lie=heads[0],
        workplace=heads[1],
        good=heads[2],
        partner=heads[3],
        period=period,
        rows=rows,
        size=size,
        alike=_alike(rows, size, family, heads[0]),
        family=family,
    )


def _drawn(books: Books) -> Iterator[_Drawn]:
    """Yield the signatures of each kind."""
    sheet, entry = books.sheet, books.columns.entry
    made, used = sheet.of("made"), sheet.of("used")
    yield _plain(books, Lie.OUTPUT, made)
    for kind, first in ((Lie.STOCK, made), (Lie.INPUTS, used)):
        yield _stocked(books, kind, first)
    sold = sheet.find("sold", *_where(sheet, made))
    both = sold >= 0
    yield _plain(books, Lie.SOLD, made[both], sold[both])
    yield from _passed_on(books)
    received = sheet.of("received")
    yield _shared(books, Lie.RECEIVED, received, received)
    for lie, nothing in ((Lie.BALANCE, UNBOOKED), (Lie.CARRY, UNCARRIED)):
        unbooked = _plain(books, lie, np.flatnonzero(entry == nothing))
        yield replace(unbooked, base=np.ones(len(unbooked.base)))
    opening = sheet.of("opening")
    yield _plain(books, Lie.OPENING, opening[books.same[opening] == opening])
    silent = np.flatnonzero(np.isin(entry, (NOT_RECEIVED, NOT_DELIVERED)))
    found = _plain(books, Lie.PAPER, silent)
    yield replace(found, partner=books.columns.partner[silent], value=-found.value)


def _where(sheet: Sheet, rows: Indices) -> tuple[Indices, Indices, Indices]:
    return sheet.workplace[rows], sheet.good[rows], sheet.period[rows]


def _plain(books: Books, lie: Lie, main: Indices, other: Indices | None = None) -> _Drawn:
    """Return signatures that add 1 to one statement, or to two."""
    each = np.arange(len(main))
    column, of = (
        (main, each) if other is None else (np.concatenate([main, other]), np.tile(each, 2))
    )
    return _Drawn(
        np.full(len(main), int(lie)),
        main,
        np.full(len(main), -1),
        books.columns.amount[main],
        *(column, of, np.ones(len(column))),
    )


def _stocked(books: Books, lie: Lie, main: Indices) -> _Drawn:
    """Return signatures of output booked into stock, or of use booked out of it.

    A stock that is not there is carried on to all later closes.
    """
    sheet = books.sheet
    workplace, good, period = _where(sheet, main)
    sign = 1.0 if lie is Lie.STOCK else -1.0
    closing = sheet.find("closing", workplace, good, period)
    if lie is Lie.STOCK:
        main, workplace, good = (code[closing >= 0] for code in (main, workplace, good))
        closing = closing[closing >= 0]
    each = np.arange(len(main))
    columns, of, values = [main], [each], [np.ones(len(main))]
    after = np.full(len(sheet.periods), -1)
    after[sheet.before[sheet.before >= 0]] = np.flatnonzero(sheet.before >= 0)
    while len(each := each[closing >= 0]):
        closing = closing[closing >= 0]
        columns, of = [*columns, closing], [*of, each]
        later = after[sheet.period[closing]]
        where = sheet.workplace[closing], sheet.good[closing], later
        opening, closing = sheet.find("opening", *where), sheet.find("closing", *where)
        own = (opening >= 0) & (books.same[opening] == opening)
        columns, of = [*columns, opening[own]], [*of, each[own]]
        values += [np.full(len(columns[-2]), sign), np.full(own.sum(), sign)]
    return replace(
        _plain(books, lie, main),
        column=np.concatenate(columns),
        of=np.concatenate(of),
        value=np.concatenate(values),
    )


def _passed_on(books: Books) -> Iterator[_Drawn]:
    """Yield signatures of output booked as delivered: to all partners alike, and to each."""
    sheet = books.sheet
    delivered = sheet.of("delivered")
    maker = sheet.find("made", *_where(sheet, delivered))
    yield _shared(books, Lie.DELIVERED, delivered, np.where(maker >= 0, maker, delivered))
    groups = _group(sheet, delivered)
    several = np.bincount(groups)[groups] > 1 if len(groups) else np.zeros(0, bool)
    chosen, maker = delivered[several], maker[several]
    known = np.flatnonzero(maker >= 0)
    yield replace(
        _plain(books, Lie.DELIVERED, chosen),
        partner=sheet.partner[chosen],
        column=np.concatenate([chosen, maker[known]]),
        of=np.concatenate([np.arange(len(chosen)), known]),
        value=np.ones(len(chosen) + len(known)),
    )


def _group(sheet: Sheet, rows: Indices) -> Indices:
    """Return a number for workplace, good and period."""
    workplace, good, period = _where(sheet, rows)
    joint = (workplace * len(sheet.goods) + good) * len(sheet.periods) + period
    return np.asarray(np.unique(joint, return_inverse=True)[1]).reshape(-1)


def _shared(books: Books, lie: Lie, rows: Indices, maker: Indices) -> _Drawn:
    """Return signatures spread over all partners as the amounts are, with the output if made."""
    sheet = books.sheet
    groups = _group(sheet, rows)
    count = int(groups.max()) + 1 if len(groups) else 0
    first = np.zeros(count, np.int64)
    first[groups[::-1]] = rows[::-1]
    total = np.bincount(groups, weights=sheet.amount[rows], minlength=count)
    number = np.bincount(groups, minlength=count)
    with_amount = total[groups] > 0
    share = 1.0 / number[groups]
    np.divide(sheet.amount[rows], total[groups], out=share, where=with_amount)
    main = np.full(count, -1)
    main[groups] = maker
    made = np.flatnonzero(sheet.entry[main] == CODE["made"]) if count else np.zeros(0, np.int64)
    return replace(
        _plain(books, lie, first),
        base=total.astype(np.float64),
        column=np.concatenate([rows, main[made]]),
        of=np.concatenate([groups, made]),
        value=np.concatenate([share, np.ones(len(made))]),
    )


def _standing(heads: Indices, base: Vector, period: Indices) -> tuple[Indices, ByColumn]:
    """Return the heads of signatures that go on through all periods, and the shares of periods.

    A lie that goes on is as large in each period as what it is told of.
    """
    goes_on = (heads[0] != int(Lie.PAPER)) & (base > 0)
    # One number says what four do: the signature of a kind, workplace, good and partner.
    ends = heads.max(axis=1, initial=0) + 2
    joint = np.ravel_multi_index(tuple(heads[:, goes_on] + [[0], [0], [0], [1]]), tuple(ends))
    _, first, place, count = np.unique(
        joint, return_index=True, return_inverse=True, return_counts=True
    )
    found = heads[:, np.flatnonzero(goes_on)[first]]
    place = np.asarray(place).reshape(-1)
    total = np.bincount(place, weights=base[goes_on], minlength=found.shape[1])
    kept = count > 1
    number = np.cumsum(kept) - 1
    single = np.flatnonzero(goes_on)[kept[place]]
    place = place[kept[place]]
    cells = (base[single] / total[place], (single, number[place]))
    shape = (len(period), int(kept.sum()))
    return found[:, kept], csc_array(coo_array(cells, shape=shape))


def _rows(books: Books, drawn: _Drawn) -> ByColumn:
    """Return A F of some signatures."""
    cells = (drawn.value, (books.same[drawn.column], drawn.of))
    misstated = csr_array(coo_array(cells, shape=(len(books.columns), len(drawn.lie))))
    found = csc_array(books.matrix @ misstated)
    if (drawn.lie == int(Lie.DELIVERED)).any():
        # Shares of deliveries add up to what was made but for rounding, and that shall be zero.
        size = csc_array(abs(books.matrix) @ abs(misstated))
        found = csc_array(found.multiply(abs(found) > 1e-9 * size))
    found.eliminate_zeros()
    return found


def _alike(rows: ByColumn, size: Vector, family: Indices, lie: Indices) -> Indices:
    """Return for each signature the first one of its family with a proportional column."""
    weights = [normal(0, "signatures", draw, rows.shape[0]) for draw in (0, 1)]
    seen = np.flatnonzero(size > 0)
    marks = np.stack([np.asarray(rows.T @ weight) for weight in weights])[:, seen] / size[seen]
    marks *= np.where(marks[0] < 0, -1.0, 1.0)
    order = np.lexsort((lie[seen], *np.round(marks, 8)[::-1], family[seen]))
    seen, marks = seen[order], marks[:, order]
    first = np.ones(len(seen), dtype=bool)
    first[1:] = (family[seen[1:]] != family[seen[:-1]]) | (
        np.abs(np.diff(marks, axis=1)) > 1e-7
    ).any(axis=0)
    alike = np.arange(len(family))
    alike[seen] = seen[np.flatnonzero(first)[np.cumsum(first) - 1]] if len(seen) else seen
    return alike
