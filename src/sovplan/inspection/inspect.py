"""Reports in, findings out."""

from collections.abc import Mapping, Sequence
from typing import Final

from sovplan.foundation.errors import DataError
from sovplan.foundation.words import say
from sovplan.inspection.blind import blind_spots
from sovplan.inspection.bunching import Targets, bunching, chance, is_finding
from sovplan.inspection.bunching import flag_of as flag_of_branch
from sovplan.inspection.expected import honest_error_of
from sovplan.inspection.neighbourhoods import Neighbourhoods
from sovplan.inspection.norms import norms_of
from sovplan.inspection.questions import flag_of
from sovplan.inspection.rows import books_of
from sovplan.inspection.sheet import sheet_of
from sovplan.inspection.signatures import signatures_of
from sovplan.inspection.tests import global_test, identify, thresholds
from sovplan.records.documents import Findings, Flag, Report
from sovplan.records.economy import Economy

LEVEL: Final = 0.001
"""Chance of a false finding, for each workplace and period."""


def inspect(
    reports: Sequence[Report],
    *,
    economy: Economy | None = None,
    honest_error: Mapping[str, float] | None = None,
    previous: Sequence[Report] = (),
    targets: Targets | None = None,
    level: float = LEVEL,
    filed_by: str = "inspectors",
) -> Findings:
    """Hold reports against each other and return what honest error does not explain.

    Parameters
    ----------
    reports
        Papers of one period or more.
    economy
        Gives norms of materials and hours, spoilage, units, and honest errors.
    honest_error
        Relative standard deviations of honest papers, by entry or norm; goes before those of the
        economy, which go before the defaults.
    previous
        Papers of periods before; what they left at the close should be there at the opening.
    targets
        Output asked of (period, workplace, good), units: adds the test for reports that crowd at
        their target, by branch.
    level
        Chance of a false finding of each workplace in each period, and of each workplace over all
        periods together where there are several. `expected_false_flags` is the level times the
        number of these tests.
    filed_by
        Who inspects.

    Returns
    -------
    Findings
        The strongest finding first; each is a question to a workplace, never about a person.

    Raises
    ------
    DataError
        The level, an honest error or a target cannot be, or two reports state the same thing.

    Examples
    --------
    >>> from sovplan.records.documents import Entry, Report
    >>> mill = (
    ...     Entry("mill", "opening", 10.0, "flour"),
    ...     Entry("mill", "made", 100.0, "flour"),
    ...     Entry("mill", "delivered", 95.0, "flour", "bakery"),
    ...     Entry("mill", "closing", 15.0, "flour"),
    ... )
    >>> bakery = (Entry("bakery", "received", 60.0, "flour", "mill"),)
    >>> papers = Report("2027-10", "mill", mill), Report("2027-10", "bakery", bakery)
    >>> [(flag.workplace, flag.kind, round(flag.amount)) for flag in inspect(papers).flags]
    [('mill', 'deliveries_padded', 35)]
    """
    if not 0 < level < 1:
        raise DataError(say("inspection.level", found=level))
    sheet = sheet_of(reports, previous)
    error = honest_error_of(economy, honest_error)
    books = books_of(sheet, norms_of(sheet, economy), error, economy)
    signatures = signatures_of(books)
    least, families = thresholds(signatures, level)
    near = Neighbourhoods.around(books, signatures)
    goods = ((), ()) if economy is None else (economy.goods.names, economy.goods.units)
    units = dict(zip(*goods, strict=True))
    found = [flag_of(books, signatures, shown, units) for shown in identify(near, least)]
    branches, expected = _branches(reports, targets or {}, level)
    return Findings(
        filed_by=filed_by,
        of_all=global_test(books),
        flags=(*found, *branches),
        blind_spots=blind_spots(books, signatures),
        expected_false_flags=level * families + expected,
    )


def _branches(
    reports: Sequence[Report], targets: Targets, level: float
) -> tuple[list[Flag], float]:
    """Return the findings on branches, and the number to expect of honest ones."""
    found = bunching(reports, targets)
    periods = list(dict.fromkeys(period for period, _, _ in targets))
    period = periods[0] if len(periods) == 1 else ""
    if len(periods) > 1:
        period = say("inspection.periods", first=periods[0], last=periods[-1])
    flags = [flag_of_branch(one, period) for one in found if is_finding(one, level)]
    return flags, sum((chance(one, level) for one in found), start=0.0)
