"""Until when regimes of a run of the country are one and the same: said before their figures."""

from collections.abc import Sequence

from sovplan.foundation.words import say
from sovplan.regimes.countries import CountryRegime, first_difference
from sovplan.report.wording import year_name


def same_until(regimes: Sequence[CountryRegime], years: Sequence[int]) -> str:
    """Return until when regimes have the same institutions; "" where they differ from the start.

    Parameters
    ----------
    regimes
        Those of a run.
    years
        The years that are shown.
    """
    if len(regimes) == 1:
        return ""
    first = first_difference(regimes, years[0])
    if first is None:
        return say("country.same.ever")
    if first <= years[0]:
        return ""
    key = "all" if first > years[-1] else "until"
    return say(f"country.same.{key}", until=year_name(first - 1), first=year_name(first))
