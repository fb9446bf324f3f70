"""Who was called a kulak and who was exiled, by year: a part of the chapter on the village."""

from collections.abc import Sequence
from typing import Final

from sovplan.foundation.numbers import figure
from sovplan.foundation.words import say
from sovplan.history.series import series
from sovplan.records.run import Kind
from sovplan.report.country_figures import printed_by
from sovplan.report.country_parts import headed
from sovplan.report.parts import (
    Caption,
    Cell,
    Column,
    figure_of,
    joined,
    paragraph,
    table,
)
from sovplan.report.run_series import Seen
from sovplan.report.svg import Html
from sovplan.report.wording import year_name

_COUNTED: Final[tuple[tuple[str, Kind], ...]] = (
    ("labelled", "reported"), ("labelled", "real"), ("exiled", "real"), ("camped", "real"),
)  # fmt: skip
_PRINTED: Final = (1930, 1931)
"""Years of which the exiled were printed."""
_PRINT: Final = ("exiled_families_1930_1931", "rural_disturbances")
_HEADS: Final = ("named", "true", "exiled", "camped", "riots", "counted")
_THOUSAND: Final = 1000.0


def labels(seen: Seen) -> Html:
    """Return every year in which households were labelled, beside what was printed."""
    known = [course.name for course in seen.courses if _sums(seen, course.name, seen.years)[0]]
    if not known or not set(_PRINTED) <= set(seen.years):
        return Html("")
    first = known[0]
    years = [year for year in seen.years if _sums(seen, first, [year])[0]]
    counted = dict(zip(seen.years, seen.past("riots"), strict=True))
    rows: list[list[Cell]] = [
        [year_name(year), *_sums(seen, first, [year]), seen.at(first, "riots", year), counted[year]]
        for year in years
    ]
    rows.append([say("country_village.labels.two"), *_sums(seen, first, _PRINTED), None, None])
    printed = series(_PRINT[0]).figures[0].value / _THOUSAND
    rows.append([say("country_village.labels.printed"), None, None, printed, None, None, None])
    rows += [
        [say("country_village.labels.all", regime=seen.labels[name]),
         *_sums(seen, name, seen.years), None, None]
        for name in known
    ]  # fmt: skip
    columns = [
        Column(say("country_village.labels.year"), number=False),
        *(Column(say(f"country_village.labels.{head}")) for head in _HEADS),
    ]
    listing = table(say("country_village.labels.caption"), columns, rows)
    source = " ".join([say("country_village.source"), printed_by(_PRINT)])
    second = say("country_village.labels.second", regime=seen.labels[first])
    caption = Caption(_finding(seen, first, years), second, source)
    head = headed("country_village.labels")
    note = paragraph(say("country_village.labels.note"), "note")
    return joined([head, figure_of(caption, listing), note])


def _finding(seen: Seen, regime: str, years: Sequence[int]) -> str:
    """Return how many in all, and apart those before the years that were printed and after them."""
    before = [year for year in years if year < _PRINTED[0]]
    after = [year for year in years if year > _PRINTED[-1]]
    said = say("country_village.labels.finding", regime=seen.labels[regime],
               first=year_name(years[0]), last=year_name(years[-1]),
               **_words(seen, regime, years))  # fmt: skip
    spans = (("before", before), ("within", _PRINTED), ("after", after))
    clauses = [
        say(f"country_village.labels.{key}", **_words(seen, regime, span))
        for key, span in spans
        if _sums(seen, regime, span)[0]
    ]
    return f"{said}: {'; '.join(clauses)}"


def _words(seen: Seen, regime: str, years: Sequence[int]) -> dict[str, str]:
    named, true, exiled, _ = _sums(seen, regime, years)
    wrong = 100.0 * (named - true) / named
    return {"named": figure(named), "exiled": figure(exiled), "wrong": figure(wrong)}


def _sums(seen: Seen, regime: str, years: Sequence[int]) -> tuple[float, ...]:
    """Return the labelled, entrepreneurs among them, exiled and arrested, thousands."""
    return tuple(
        sum((seen.at(regime, name, year, kind) or 0.0 for year in years), 0.0)
        for name, kind in _COUNTED
    )
