"""Quantities that a book prints in two chapters: what differs, and the other value."""

from collections.abc import Mapping
from typing import Final

from sovplan.foundation.numbers import figure
from sovplan.foundation.words import say
from sovplan.report.parts import NOTHING, details, paragraph
from sovplan.report.run_series import Seen
from sovplan.report.svg import Html
from sovplan.report.wording import year_name

_PAIRS: Final[Mapping[str, tuple[str, str]]] = {
    "prisoners": ("persons/prisoners", "whole/prisoners"),
    "distortion": ("works/distortion", "whole/distortion"),
    "quality": ("works/quality/heavy", "whole/quality"),
}
"""Series of rows, and that of the country, by the name of their texts."""


def twice(seen: Seen, key: str) -> Html:
    """Return why rows and the country differ, with both values of the year they differ most.

    Parameters
    ----------
    key
        `prisoners`, `distortion` or `quality`.
    """
    regime = seen.courses[0].name
    both = {
        year: (rows, whole)
        for year in seen.years
        if (rows := seen.at(regime, _PAIRS[key][0], year)) is not None
        and (whole := seen.at(regime, _PAIRS[key][1], year)) is not None
    }
    if not both:
        return NOTHING
    most = max(both, key=lambda year: abs(both[year][0] - both[year][1]))
    last = max(both)
    words = {"regime": seen.labels[regime], "year": year_name(most), "last": year_name(last)}
    values = {
        "rows": both[most][0], "whole": both[most][1],
        "rows_last": both[last][0], "whole_last": both[last][1],
    }  # fmt: skip
    spoken = {name: figure(value) for name, value in values.items()}
    said = paragraph(say(f"country_twice.{key}", **words, **spoken))
    return details(say("report.behind.twice"), said, "behind")
