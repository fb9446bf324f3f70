"""How a draft's names, units and years read in a sentence."""

import re
from typing import Final

from sovplan.foundation.units import Unit
from sovplan.foundation.words import say
from sovplan.planning.explain import title_of
from sovplan.planning.foremost import ASKED, thing_words
from sovplan.records.draft import Draft, Limit
from sovplan.records.economy import Economy
from sovplan.report.measures import Scarce
from sovplan.report.svg import short

_OWN: Final = re.compile(r"\bown construction\b", re.IGNORECASE)
_INVENTED: Final = re.compile(r"\b(invented|example|teaching)\b", re.IGNORECASE)
_CALENDAR: Final = 1000
"""Years below are counted from the start of a story, not of an era."""
_LONG: Final = 400
"""Room for a name in a sentence, px."""


def aims_name(draft: Draft) -> str:
    """Return what the aims are called: the name of a file without what all such files share."""
    return draft.aims.name.removeprefix("aims-").removesuffix(".toml")


def refused(draft: Draft) -> str:
    """Return how a plan is refused: by a contradiction, or by limits that it would exceed.

    Only the optimum proves that no plan at all is possible.
    """
    return "contradiction" if draft.method == "optimum" else "exceeded"


def good_name(economy: Economy, good: int) -> str:
    """Return the short name of a good."""
    return short(economy.goods.titles[good], _LONG)


def limit_name(draft: Draft, limit: Limit) -> str:
    """Return the short name of what a limit is of."""
    if limit.kind in {"trade", "credit", "drawing", "repayment"}:
        return say("report.foreign")
    return short(title_of(draft, limit), _LONG)


def scarce_name(draft: Draft, scarce: Scarce) -> str:
    """Return a scarce thing in a sentence: the kind of limit and what it is of."""
    return limit_of(draft, scarce.dearest.limit)


def limit_of(draft: Draft, limit: Limit) -> str:
    """Return a limit in a sentence without its year and amount."""
    return thing_words(draft, limit.kind, limit.name)


def relaxed(kind: str) -> str:
    """Return whether more or less of a limit saves work, in words."""
    return say("report.less" if kind in ASKED else "report.more")


def years_words(years: tuple[int, ...]) -> str:
    """Return years in words: one, a run, or a list.

    Examples
    --------
    >>> years_words((1929,)), years_words((1, 2, 3)), years_words((1929, 1931))
    ('1929', 'years 1 to 3', '1929, 1931')
    """
    if len(years) < 2:
        return year_name(years[0]) if years else say("report.years.all")
    listed = ", ".join(str(year) for year in years)
    if years == tuple(range(years[0], years[-1] + 1)):
        listed = say("report.years.run", first=years[0], last=years[-1])
    return listed if years[0] >= _CALENDAR else say("report.years.numbers", years=listed)


def year_name(year: int) -> str:
    """Return a year in a sentence; one that is only counted is called a year.

    Examples
    --------
    >>> year_name(1929), year_name(3)
    ('1929', 'year 3')
    """
    return str(year) if year >= _CALENDAR else say("report.years.number", year=year)


def year_at(draft: Draft, place: int) -> str:
    """Return a year of the plan in a sentence, by its index."""
    return year_name(draft.years[place])


def scaled_price(hours: float, good_unit: str, hours_unit: str) -> tuple[float, str, str]:
    """Return a price in hours without the thousands that both of its units share.

    Parameters
    ----------
    hours
        Price, in `hours_unit` for one `good_unit`.

    Returns
    -------
    tuple
        The price, the unit of hours, the unit of the good.

    Examples
    --------
    >>> scaled_price(955.0, "million tonnes", "million hours")
    (955.0, 'hours', 'tonnes')
    >>> scaled_price(0.5, "pieces", "thousand hours")
    (500.0, 'hours', 'pieces')
    >>> scaled_price(24.5, "thousand", "million hours")
    (24500.0, 'hours', '')
    >>> scaled_price(20.0, "million kronor", "hours"), scaled_price(1.0, "", "million hours")
    ((20.0, 'hours', 'million kronor'), (1.0, 'million hours', ''))
    >>> scaled_price(0.25, "", "thousand hours")
    (250.0, 'hours', '')
    """
    many, bare = _scale(good_unit)
    work, plain = _scale(hours_unit)
    if work < many or (not good_unit and hours >= 1):
        return hours, hours_unit, good_unit
    return hours * work / many, plain, bare


def _scale(unit: str) -> tuple[float, str]:
    first, _, rest = unit.partition(" ")
    if first.isdigit() and rest:
        return float(first), rest
    number = Unit.parse(first) if first else None
    if number is not None and number.dimension == "number" and number.size > 1:
        return float(number.size), rest
    return 1.0, unit


def label_of(economy: Economy) -> str:
    """Return what an economy says of itself that must stand on the first screen, or ''."""
    said = f"{economy.title}\n{economy.notes.get('notes', '')}"
    if _OWN.search(said):
        return say("report.origin.own")
    if _INVENTED.search(said):
        return say("report.origin.invented")
    return ""


def first_sentences(plain: str, count: int = 1) -> str:
    """Return the first sentences of a text.

    Examples
    --------
    >>> first_sentences("Our own. See README.md before use. More.", 2)
    'Our own. See README.md before use.'
    """
    return " ".join(re.split(r"(?<=[.!?])\s+", plain.strip())[:count])
