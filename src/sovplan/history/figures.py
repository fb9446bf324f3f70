"""Values of the historical series: what was printed, by whom, and how sure it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, final

STATUSES: Final = ("printed", "derived", "checked", "recalled", "tertiary")
"""How a figure came to us, surest first.

``printed``: a page or data set that was opened states it. ``derived``: computed from such figures;
the note says how. ``checked``: known from a work that was not opened, and an independent source
agrees; the note says which. ``recalled``: known from a work that was not opened; to be checked in
print before use in a publication. ``tertiary``: stated by a page that was opened, or computed from
it, but the page is an encyclopedia, a forum post or notes of a school.
"""

KINDS: Final = ("data set", "official", "scholarly", "secondary", "tertiary", "derived")
"""What a source is. ``tertiary``: an encyclopedia, a forum post, notes of a school, a page that
sums up a book; its figures have that status too."""


@final
@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a series.

    Parameters
    ----------
    series
        Name of the series.
    year
        Calendar year; of an economic or agricultural year, and of a period, the year in which it
        ends.
    value
        The figure in `unit`, as in the source.
    low, high
        Range that the source gives, in `unit`; None where it gives none. `low` alone: printed as
        "more than".
    unit, territory, basis
        What is counted, where, and how: definition, day of the count.
    source, page
        Key of the source, and place in it.
    status
        One of `STATUSES`.
    note
        Doubts, second sources, how it was computed.
    period
        '' for the calendar year, else the economic year (``1927/28``), the day or month
        (``1930-03-01``, ``1930-03``) or the years (``1929-1932``).
    """

    series: str
    year: int
    value: float
    low: float | None
    high: float | None
    unit: str
    territory: str
    basis: str
    source: str
    page: str
    status: str
    note: str
    period: str = ""


@final
@dataclass(frozen=True, slots=True)
class Series:
    """Figures of one thing by one definition, in the order of their years.

    Two sources that disagree are two series: `name` is the thing and its basis,
    ``steel_nmc``.
    """

    name: str
    title: str
    unit: str
    group: str
    note: str
    figures: tuple[Figure, ...]

    @property
    def years(self) -> tuple[int, int]:
        """The first and the last year."""
        return self.figures[0].year, self.figures[-1].year

    @property
    def sources(self) -> tuple[str, ...]:
        """Keys of the sources, in the order of the figures."""
        return tuple(dict.fromkeys(figure.source for figure in self.figures))

    def values(self) -> Mapping[int, float]:
        """Return one value a year; where a year has several dated figures, the last of them."""
        return {figure.year: figure.value for figure in self.figures}


@final
@dataclass(frozen=True, slots=True)
class Source:
    """A work or data set, and what of it was opened.

    Parameters
    ----------
    key
        The name by which figures cite it.
    author, year, title
        The reference; author and year are '' where unknown.
    kind
        One of `KINDS`.
    opened
        What was read of it.
    """

    key: str
    author: str
    year: str
    title: str
    kind: str
    opened: str


@final
@dataclass(frozen=True, slots=True)
class Match:
    """A series that can stand beside a run of an economy.

    Parameters
    ----------
    economy
        Name of the economy.
    kind
        "good": the series shows the output of the good `name`. "measure": it shows something of
        the whole economy.
    name
        The good or the measure.
    series, factor
        Name of the series; its values times `factor` are in the unit of the good.
    others
        Series of the same thing that disagree with it.
    note
        How far the definitions agree.
    """

    economy: str
    kind: str
    name: str
    series: str
    factor: float
    others: tuple[str, ...]
    note: str


@final
@dataclass(frozen=True, slots=True)
class Collection:
    """All series with their sources, as read from a folder."""

    series: Mapping[str, Series]
    sources: Mapping[str, Source]
    matches: tuple[Match, ...]
