"""All that reports state, as columns: one row for each amount."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Final, final

import numpy as np

from sovplan.foundation.errors import DataError
from sovplan.foundation.shapes import Flags, Indices, Vector
from sovplan.foundation.words import say
from sovplan.records.documents import ENTRIES, Report

CODE: Final = {entry: place for place, entry in enumerate(ENTRIES)}
"""Place of each entry in `ENTRIES`."""

_BY_OTHERS: Final = (CODE["counted"], CODE["metered"])
"""Entries that several may state of the same thing, each by measuring again."""

_CALENDARS: Final = (
    (re.compile(r"(\d+)"), 1),
    (re.compile(r"(\d+)-?[Qq]([1-4])"), 4),
    (re.compile(r"(\d+)-(\d{1,2})"), 12),
)


@final
@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """S statements, ordered by entry, workplace, good, partner and period.

    Parameters
    ----------
    names, goods, periods
        Names of workplaces and partners; of goods and skills; periods in the order of time.
    before
        Index of the period just before each, -1 where it is not known.
    length
        Length of a period, years.
    entry, workplace, good, partner, period
        Codes of each statement; -1 for no partner.
    amount, spread
        What is stated in all rows that say it together, units; root of the sum of squares of those
        rows.
    keys
        Key of each statement, rising; see `key`.
    """

    names: tuple[str, ...]
    goods: tuple[str, ...]
    periods: tuple[str, ...]
    before: Indices
    length: float
    entry: Indices
    workplace: Indices
    good: Indices
    partner: Indices
    period: Indices
    amount: Vector
    spread: Vector
    keys: Indices

    def __len__(self) -> int:
        return len(self.entry)

    def key(
        self, entry: Indices, workplace: Indices, good: Indices, partner: Indices, period: Indices
    ) -> Indices:
        """Return one number for what is stated, whoever states it."""
        found = np.asarray(entry) * len(self.names) + workplace
        found = (found * len(self.goods) + good) * (len(self.names) + 1) + partner + 1
        return np.asarray(found * len(self.periods) + period)

    def find(
        self, entry: str, workplace: Indices, good: Indices, period: Indices, partner: int = -1
    ) -> Indices:
        """Return the statement of an entry for each place, good and period; -1 without one."""
        shape = np.broadcast(workplace, good, period)
        codes = np.full(shape.shape, CODE[entry]), np.full(shape.shape, partner)
        wanted = self.key(codes[0], workplace, good, codes[1], period)
        if not len(self):
            return np.full(shape.shape, -1)
        place = np.minimum(np.searchsorted(self.keys, wanted), len(self) - 1)
        return np.where((self.keys[place] == wanted) & (np.asarray(period) >= 0), place, -1)

    def of(self, *entries: str) -> Indices:
        """Return the statements of some entries."""
        return np.flatnonzero(np.isin(self.entry, [CODE[entry] for entry in entries]))


def sheet_of(reports: Sequence[Report], previous: Sequence[Report] = ()) -> Sheet:
    """Return what reports state, and what was left at the close of the periods before.

    Rows of one report that state the same thing add up. A count or a meter may be read by several;
    each reading stands for itself.

    Raises
    ------
    DataError
        Two reports state the same thing of one period.
    """
    filed = [*reports, *_closings(reports, previous)]
    entries = [entry for report in filed for entry in report.entries]
    names, (workplace, partner) = _codes(
        [entry.workplace for entry in entries], [entry.partner for entry in entries]
    )
    goods, (good,) = _codes([entry.good for entry in entries])
    periods = in_order(report.period for report in filed)
    place = {period: at for at, period in enumerate(periods)}
    counts = _whole([len(report.entries) for report in filed])
    of_report = np.repeat(np.arange(len(filed)), counts)
    before, length = _calendar(periods)
    whole = Sheet(
        names=names,
        goods=goods,
        periods=periods,
        before=before,
        length=length,
        entry=_mapped(CODE, [entry.entry for entry in entries]),
        workplace=workplace,
        good=good,
        partner=np.where(partner == _place("", names), -1, partner),
        period=_whole([place[report.period] for report in filed])[of_report],
        amount=np.fromiter((entry.amount for entry in entries), np.float64, len(entries)),
        spread=np.zeros(0),
        keys=_whole([]),
    )
    return _added_up(whole, of_report, [report.filed_by for report in filed])


def _closings(reports: Sequence[Report], previous: Sequence[Report]) -> Iterator[Report]:
    """Yield the reports of periods before, with nothing but what was left at their close."""
    now = {report.period for report in reports}
    for report in previous:
        if report.period not in now:
            rows = tuple(entry for entry in report.entries if entry.entry == "closing")
            yield replace(report, entries=rows)


def _place(name: str, names: Sequence[str]) -> int:
    """Return the place of a name, -1 if it is not there."""
    return names.index(name) if name in names else -1


def _codes(*columns: list[str]) -> tuple[tuple[str, ...], list[Indices]]:
    """Return the texts in the order in which they come, and their places among them."""
    code = {text: place for place, text in enumerate(dict.fromkeys(chain(*columns)))}
    return tuple(code), [_mapped(code, texts) for texts in columns]


def _mapped(code: Mapping[str, int], texts: Sequence[str]) -> Indices:
    return np.fromiter(map(code.__getitem__, texts), np.int64, len(texts))


def _whole(values: list[int]) -> Indices:
    return np.array(values, dtype=np.int64)


def _added_up(sheet: Sheet, report: Indices, filers: Sequence[str]) -> Sheet:
    """Return the sheet in order, rows of one report that state the same added up.

    What a workplace passes on to itself is left out.
    """
    codes = (sheet.entry, sheet.workplace, sheet.good, sheet.partner, sheet.period)
    keys = sheet.key(*codes)
    reading = np.where(np.isin(sheet.entry, _BY_OTHERS), report, -1)
    order = np.lexsort((reading, keys))
    order = order[sheet.workplace[order] != sheet.partner[order]]
    keys, reading, report = keys[order], reading[order], report[order]
    first: Flags = np.ones(len(order), dtype=bool)
    first[1:] = (keys[1:] != keys[:-1]) | (reading[1:] != reading[:-1])
    starts = np.flatnonzero(first)
    if not len(starts):
        none = _whole([])
        empty = replace(sheet, entry=none, workplace=none, good=none, partner=none, period=none)
        return replace(empty, amount=np.zeros(0))
    amount = sheet.amount[order]
    first_of = order[starts]
    found = replace(
        sheet,
        entry=sheet.entry[first_of],
        workplace=sheet.workplace[first_of],
        good=sheet.good[first_of],
        partner=sheet.partner[first_of],
        period=sheet.period[first_of],
        amount=np.add.reduceat(amount, starts),
        spread=np.sqrt(np.add.reduceat(amount**2, starts)),
        keys=keys[starts],
    )
    least, most = np.minimum.reduceat(report, starts), np.maximum.reduceat(report, starts)
    for row in np.flatnonzero(least != most)[:1]:
        words = {
            "workplace": sheet.names[found.workplace[row]],
            "entry": ENTRIES[found.entry[row]],
            "good": sheet.goods[found.good[row]],
            "period": sheet.periods[found.period[row]],
        }
        both = {"first": filers[least[row]], "second": filers[most[row]]}
        raise DataError(say("inspection.twice", **words, **both))
    return found


def in_order(periods: Iterable[str]) -> tuple[str, ...]:
    """Return names of periods, each once, in the order of time: numbers in them by size."""
    return tuple(sorted(set(periods), key=_natural))


def _natural(period: str) -> list[tuple[int, int, str]]:
    """Return a key that puts 2027-9 before 2027-10."""
    parts = re.split(r"(\d+)", period)
    return [(0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts if part]


def _calendar(periods: Sequence[str]) -> tuple[Indices, float]:
    """Return the period before each and the length of a period in years.

    Years, quarters and months are read as such; of other names each follows the one before it and
    may be as long as a year.
    """
    for pattern, parts in _CALENDARS:
        found = [pattern.fullmatch(period) for period in periods]
        if periods and all(match is not None for match in found):
            days = [
                int(match[1]) * parts + (int(match[2]) if parts > 1 else 0)
                for match in found
                if match is not None
            ]
            place = {day: at for at, day in enumerate(days)}
            return _whole([place.get(day - 1, -1) for day in days]), 1 / parts
    return np.arange(-1, len(periods) - 1), 1.0
