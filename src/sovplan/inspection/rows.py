"""The rows that a set of reports gives: balances, links, counts, carries, norms and meters."""

from dataclasses import replace
from typing import Final

import numpy as np
from scipy.sparse import coo_array, csr_array

from sovplan.foundation.shapes import Flags, Indices, Vector
from sovplan.inspection.books import (
    LASTING,
    NOT_DELIVERED,
    NOT_RECEIVED,
    UNBOOKED,
    UNCARRIED,
    Batch,
    Books,
    Columns,
    Kind,
    batch,
    pseudo,
)
from sovplan.inspection.expected import FLOOR, HonestError
from sovplan.inspection.norms import Norms
from sovplan.inspection.sheet import CODE, Sheet
from sovplan.records.economy import Economy

_INFLOW: Final = ("opening", "made", "received")
_OUTFLOW: Final = ("used", "delivered", "sold", "closing")


def books_of(
    sheet: Sheet, norms: Norms, error: HonestError, economy: Economy | None = None
) -> Books:
    """Return the rows in which reports can contradict each other.

    Parameters
    ----------
    sheet
        What reports state.
    norms
        What workplaces should use.
    error
        Errors of honest papers.
    economy
        Says what spoils in store.
    """
    columns = _statements(sheet, error)
    columns, links = _links(sheet, columns)
    same = _repeated(sheet, len(columns))
    columns, balances = _balances(sheet, columns, economy)
    columns, carries = _carries(sheet, columns, same)
    columns, uses = _uses(sheet, columns, norms, error)
    same = np.concatenate([same, np.arange(len(same), len(columns))])
    batches = [balances, links, _counts(sheet, balances), carries, *uses]
    return _joined(sheet, columns, same, batches)


def _statements(sheet: Sheet, error: HonestError) -> Columns:
    variance = (error.entries[sheet.entry] * sheet.spread) ** 2
    codes = (sheet.entry, sheet.workplace, sheet.good, sheet.partner, sheet.period)
    return Columns(*codes, sheet.amount, variance)


def _repeated(sheet: Sheet, count: int) -> Indices:
    """Return, for each variable, the one it copies: an opening that repeats the close before it."""
    same = np.arange(count)
    opening = sheet.of("opening")
    closing = _close_before(sheet, opening)
    equal = np.isclose(sheet.amount[opening], sheet.amount[closing], rtol=1e-9, atol=0)
    copied = (closing >= 0) & equal
    same[opening[copied]] = closing[copied]
    return same


def _close_before(sheet: Sheet, opening: Indices) -> Indices:
    before = sheet.before[sheet.period[opening]] if len(opening) else opening
    return sheet.find("closing", sheet.workplace[opening], sheet.good[opening], before)


def _links(sheet: Sheet, columns: Columns) -> tuple[Columns, Batch]:
    """Return what suppliers delivered less what users received.

    Where one of the two says nothing, it is held to have stated 0 if it keeps such a book: it
    states another row of that good, or another row of that entry, in the same period.
    """
    out, into = sheet.of("delivered"), sheet.of("received")
    ends = (len(sheet.names), len(sheet.goods), len(sheet.periods))
    sent = _joint(ends, *(c[out] for c in (columns.workplace, columns.partner, *_what(columns))))
    got = _joint(ends, *(c[into] for c in (columns.partner, columns.workplace, *_what(columns))))
    pairs = np.union1d(sent, got)
    supplier, user, good, period = _apart(ends, pairs)
    delivered, received = _place(sent, out, pairs), _place(got, into, pairs)
    held = ((delivered >= 0) | _keeps(sheet, "delivered", supplier, good, period)) & (
        (received >= 0) | _keeps(sheet, "received", user, good, period)
    )
    heads = tuple(code[held] for code in (supplier, user, good, period))
    delivered, received = delivered[held], received[held]
    for entry, found, own, other in (
        (NOT_DELIVERED, delivered, heads[0], heads[1]),
        (NOT_RECEIVED, received, heads[1], heads[0]),
    ):
        silent = found < 0
        found[silent] = len(columns) + np.arange(silent.sum())
        codes = dict(zip(("workplace", "partner"), (own[silent], other[silent]), strict=True))
        what = {"good": heads[2][silent], "period": heads[3][silent]}
        columns = columns.and_also(pseudo(entry, **codes, **what))
    row, one = np.arange(len(delivered)), np.ones(len(delivered))
    terms = [(row, delivered, one), (row, received, -one)]
    return columns, batch(Kind.LINK, (heads[0], heads[1], heads[2], heads[3]), terms)


def _what(columns: Columns) -> tuple[Indices, Indices]:
    return columns.good, columns.period


def _joint(ends: tuple[int, int, int], *codes: Indices) -> Indices:
    """Return one number for workplace, other, good and period."""
    workplace, other, good, period = codes
    return np.asarray(((workplace * ends[0] + other) * ends[1] + good) * ends[2] + period)


def _apart(ends: tuple[int, int, int], joint: Indices) -> tuple[Indices, ...]:
    rest, period = np.divmod(joint, ends[2])
    rest, good = np.divmod(rest, ends[1])
    return (*np.divmod(rest, ends[0]), good, period)


def _place(codes: Indices, rows: Indices, wanted: Indices) -> Indices:
    """Return the row that has each wanted code, or -1."""
    if not len(codes):
        return np.full(len(wanted), -1)
    order = np.argsort(codes)
    at = np.minimum(np.searchsorted(codes[order], wanted), len(codes) - 1)
    return np.where(codes[order][at] == wanted, rows[order][at], -1)


def _keeps(sheet: Sheet, entry: str, workplace: Indices, good: Indices, period: Indices) -> Flags:
    times, kinds = len(sheet.periods), len(sheet.goods)
    book = sheet.of(entry)
    by_book = sheet.workplace[book] * times + sheet.period[book]
    own = ~np.isin(sheet.entry, (CODE["counted"], CODE["metered"], CODE["hours"]))
    by_good = ((sheet.workplace * kinds + sheet.good) * times + sheet.period)[own]
    return np.isin(workplace * times + period, by_book) | np.isin(
        (workplace * kinds + good) * times + period, by_good
    )


def _balances(sheet: Sheet, columns: Columns, economy: Economy | None) -> tuple[Columns, Batch]:
    """Return what came in less what went out, where a workplace states something of both.

    What spoils in store may be booked as used or not at all: half of the norm is expected, and all
    of it is the standard deviation.
    """
    codes = np.array([CODE[entry] for entry in (*_INFLOW, *_OUTFLOW)])
    sign = np.zeros(len(columns))
    sign[np.isin(columns.entry, [*codes[: len(_INFLOW)], NOT_RECEIVED])] = 1.0
    sign[np.isin(columns.entry, [*codes[len(_INFLOW) :], NOT_DELIVERED])] = -1.0
    kinds, times = len(sheet.goods), len(sheet.periods)
    place = (columns.workplace * kinds + columns.good) * times + columns.period
    stated = columns.entry >= 0
    both = np.intersect1d(place[stated & (sign > 0)], place[stated & (sign < 0)])
    term = np.flatnonzero((sign != 0) & np.isin(place, both))
    row = np.searchsorted(both, place[term])
    rest, period = np.divmod(both, times)
    workplace, good = np.divmod(rest, kinds)
    unbooked = np.arange(len(columns), len(columns) + len(both))
    terms = [(row, term, sign[term]), (np.arange(len(both)), unbooked, np.ones(len(both)))]
    lost = _spoilage(sheet, workplace, good, period, economy)
    columns = columns.and_also(pseudo(UNBOOKED, workplace=workplace, good=good, period=period))
    heads = (workplace, np.full(len(both), -1), good, period)
    return columns, batch(Kind.BALANCE, heads, terms, expected=lost / 2, variance=lost**2)


def _spoilage(
    sheet: Sheet, workplace: Indices, good: Indices, period: Indices, economy: Economy | None
) -> Vector:
    """Return what the norm of its good lets spoil of an opening stock, units."""
    share = np.zeros(len(sheet.goods))
    if economy is not None:
        yearly = dict(zip(economy.goods.names, economy.goods.spoilage, strict=True))
        kept = 1.0 - np.array([yearly.get(name, 0.0) for name in sheet.goods])
        share = 1.0 - kept**sheet.length
    opening = sheet.find("opening", workplace, good, period)
    amount = np.where(opening >= 0, sheet.amount[opening], 0.0) if len(sheet) else np.zeros(0)
    return np.asarray(share[good] * amount)


def _counts(sheet: Sheet, balances: Batch) -> Batch:
    """Return what others counted less the close; without a close, in a balance, less nothing."""
    counted = sheet.of("counted")
    heads = sheet.workplace[counted], sheet.good[counted], sheet.period[counted]
    closing = sheet.find("closing", *heads)
    ends = (1, len(sheet.goods), len(sheet.periods))
    balanced = np.isin(
        _joint(ends, heads[0], np.zeros_like(heads[0]), *heads[1:]),
        _joint(ends, balances.workplace, np.zeros_like(balances.good), *_of(balances)),
    )
    kept = (closing >= 0) | balanced
    return _difference(sheet, Kind.COUNT, counted[kept], closing[kept])


def _of(rows: Batch) -> tuple[Indices, Indices]:
    return rows.good, rows.period


def _carries(sheet: Sheet, columns: Columns, same: Indices) -> tuple[Columns, Batch]:
    """Return openings less the close before, where the one does not repeat the other."""
    opening = sheet.of("opening")
    closing = _close_before(sheet, opening)
    kept = (closing >= 0) & (same[opening] == opening)
    found = _difference(sheet, Kind.CARRY, opening[kept], closing[kept])
    row = np.arange(len(found))
    between = replace(
        found,
        row=np.concatenate([found.row, row]),
        column=np.concatenate([found.column, len(columns) + row]),
        value=np.concatenate([found.value, np.ones(len(found))]),
    )
    heads = {"workplace": found.workplace, "good": found.good, "period": found.period}
    return columns.and_also(pseudo(UNCARRIED, **heads)), between


def _difference(sheet: Sheet, kind: Kind, first: Indices, second: Indices) -> Batch:
    """Return rows  first - second; a second of -1 is nothing."""
    row, there = np.arange(len(first)), second >= 0
    terms = [
        (row, first, np.ones(len(first))),
        (row[there], second[there], np.full(there.sum(), -1.0)),
    ]
    codes = (sheet.workplace[first], np.full(len(first), -1), sheet.good[first])
    return batch(kind, (*codes, sheet.period[first]), terms)


def _uses(
    sheet: Sheet, columns: Columns, norms: Norms, error: HonestError
) -> tuple[Columns, tuple[Batch, ...]]:
    """Return what was used less the norm of what was made, and meters against what they measure.

    A workplace's own norm differs from that of its economy by an error that lasts.
    """
    times = np.arange(len(sheet.periods))
    metered = sheet.of("metered")
    metered = metered[np.array([sheet.goods[good] != "" for good in sheet.good[metered]], bool)]
    made = sheet.find("made", norms.workplace[norms.of, None], norms.product[:, None], times)
    amount = np.where(made >= 0, sheet.amount[made], 0.0) if len(sheet) else np.zeros(made.shape)
    needed = np.zeros((len(norms), len(times)))
    np.add.at(needed, norms.of, norms.amount[:, None] * amount)
    mixed = np.zeros((len(norms), len(times)))
    np.add.at(mixed, norms.of, (norms.range[:, None] * amount) ** 2)
    where = norms.workplace[:, None], norms.good[:, None], times
    used = np.where(
        norms.hours[:, None] == 1, sheet.find("hours", *where), sheet.find("used", *where)
    )
    read = np.where(norms.hours[:, None] == 1, -1, sheet.find("metered", *where))
    seen = np.where(used >= 0, used, read)
    share = np.where((read >= 0).any(axis=1), error.norm_metered, error.norm)
    share = np.where(norms.hours == 1, error.norm_hours, share)
    lasting = pseudo(LASTING, workplace=norms.workplace, good=norms.good)
    norm, period = np.nonzero((seen >= 0) & (needed > 0))
    number = np.full(needed.shape, -1)
    number[norm, period] = np.arange(len(norm))
    part, at = np.nonzero((made >= 0) & (number[norms.of] >= 0))
    row = np.arange(len(norm))
    terms = [
        (row, seen[norm, period], np.ones(len(norm))),
        (number[norms.of[part], at], made[part, at], -norms.amount[part]),
        # A lasting error is a share of what is used, which a lie about output leaves as it is.
        (row, len(columns) + norm, -sheet.amount[seen[norm, period]]),
    ]
    heads = (norms.workplace[norm], np.full(len(norm), -1), norms.good[norm], period)
    found = batch(Kind.USE, heads, terms, variance=mixed[norm, period])
    kind = np.where(norms.hours[norm] == 1, int(Kind.HOURS), int(Kind.USE))
    meters = _meters(sheet, metered, seen[norm, period])
    columns = columns.and_also(replace(lasting, variance=share**2))
    return columns, (replace(found, kind=kind), meters)


def _meters(sheet: Sheet, metered: Indices, seen: Indices) -> Batch:
    """Return readings less what was used; where no use is stated, less what was made."""
    where = (sheet.workplace[metered], sheet.good[metered], sheet.period[metered])
    used, made = sheet.find("used", *where), sheet.find("made", *where)
    other = np.where(used >= 0, used, np.where(np.isin(metered, seen), -1, made))
    return _difference(sheet, Kind.METER, metered[other >= 0], other[other >= 0])


def _joined(sheet: Sheet, columns: Columns, same: Indices, batches: list[Batch]) -> Books:
    """Return the books: all rows in which something stands, each in its standard deviation."""
    starts = np.cumsum([0, *(len(part) for part in batches)])
    row = np.concatenate([part.row + at for part, at in zip(batches, starts[:-1], strict=True)])
    parts = {name: [getattr(part, name) for part in batches] for name in Batch.__slots__}
    whole = Batch(**{name: np.concatenate(part) for name, part in parts.items()} | {"row": row})
    column, value = same[whole.column], whole.value
    largest = np.zeros(len(whole))
    np.maximum.at(largest, row, np.abs(value * columns.amount[whole.column]))
    own = whole.variance + (FLOOR * largest) ** 2
    shape = (len(whole), len(columns))
    matrix = csr_array(coo_array((value, (row, column)), shape=shape))
    variance = matrix.power(2) @ columns.variance + own
    kept = np.flatnonzero(largest > 0)
    scale = np.sqrt(variance[kept])
    residual = (matrix @ columns.amount - whole.expected)[kept] / scale
    scaled = csr_array(matrix[kept].multiply(1 / scale[:, None]))
    return Books(
        *(sheet, columns, same, _chosen(whole, kept), scaled, scale, residual),
        variance=own[kept] / scale**2,
    )


def _chosen(rows: Batch, kept: Indices) -> Batch:
    """Return the heads of some rows; their terms stand in the matrix."""
    nothing = np.zeros(0, np.int64)
    return Batch(
        kind=rows.kind[kept],
        workplace=rows.workplace[kept],
        other=rows.other[kept],
        good=rows.good[kept],
        period=rows.period[kept],
        row=nothing,
        column=nothing,
        value=np.zeros(0),
        expected=rows.expected[kept],
        variance=rows.variance[kept],
    )
