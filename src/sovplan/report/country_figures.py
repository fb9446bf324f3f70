"""The figures of a run of the country: small panels by measure, and prices by quarter."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from sovplan.foundation.numbers import figure
from sovplan.foundation.words import say
from sovplan.history.figures import STATUSES, Figure
from sovplan.history.past import Past, pasts, rivals, spans
from sovplan.history.series import Source, series, sources
from sovplan.records.run import Course
from sovplan.report.country_parts import headed
from sovplan.report.parts import Caption, joined
from sovplan.report.run_multiples import Item, clauses, multiples, of_all
from sovplan.report.run_series import Seen, in_words, known
from sovplan.report.svg import Html
from sovplan.report.wording import year_name

_QUARTER: Final = {"delivered/4": "delivered_autumn"}
"""Names of measures of one quarter."""
_ROWS: Final = {
    "persons/": "country_people.measure.{}",
    "kolkhoz/": "country_collectives.measure.{}",
    "bodies/": "country_bodies.measure.{}",
    "whole/": "country_whole.measure.{}",
    "unrest/": "country_unrest.measure.{}",
}
"""Before the names of series of rows, and where their readable names stand."""


def measure_name(measure: str) -> str:
    """Return the readable name of a measure, of one quarter of it, or of a series of rows."""
    for prefix, key in _ROWS.items():
        if measure.startswith(prefix):
            return say(key.format(measure.removeprefix(prefix).replace("/", "_")))
    return say(f"country.measure.{_QUARTER.get(measure, measure).replace('/', '_')}")


def item(seen: Seen, measure: str) -> Item:
    """Return the panel of a measure, with what was printed."""
    unit = seen.units.get(measure, "")
    name = measure_name(measure)
    caption = say("country.caption", name=name, unit=unit)
    return Item(
        name, caption, of_all(seen, measure), unit, seen.past(measure), span(seen, measure),
        put_in(seen, measure), seen.one_for_all(measure),
    )  # fmt: skip


def put_in(seen: Seen, measure: str) -> list[list[bool]]:
    """Return which years of a measure were put in and not found, a row for each regime."""
    return [seen.put_in(course.name, measure) for course in seen.courses]


def span(seen: Seen, measure: str) -> list[tuple[float, float] | None]:
    """Return the lowest and highest estimate of each year of a run, where estimates differ."""
    ends = spans(measure)
    return [ends.get(year) for year in seen.years]


def group(
    seen: Seen, key: str, measures: Sequence[str], *, peak: bool = False, meaning: str = ""
) -> Html:
    """Return a figure of several measures, with the sources of what was printed.

    Parameters
    ----------
    key
        Name of the texts of the figure.
    measures
        Those that the run does not have are left out.
    peak
        Whether the caption tells the greatest value, not the last.
    meaning
        What stands behind the figure.
    """
    there = [name for name in measures if seen.has(name)]
    said = greatest(seen, there[0]) if peak else finding(seen, there[0])
    reasons = (meaning,) if meaning else ()
    caption = Caption(said, say(f"country.{key}.second"), source(there), reasons)
    return multiples(seen, caption, [item(seen, name) for name in there])


def finding(seen: Seen, measure: str) -> str:
    """Return what a measure came to in the last year, and beside the last figure of history."""
    year, unit = seen.years[-1], seen.units.get(measure, "")
    words = say(
        "country.finding", name=measure_name(measure), year=year_name(year),
        clauses=_came(seen, measure, year), unit=unit,
    )  # fmt: skip
    past = [(y, v) for y, v in zip(seen.years, seen.past(measure), strict=True) if v is not None]
    if not past:
        return words
    last, value = past[-1]
    if last == year:
        return f"{words}; {say('country.printed', value=figure(value))}"
    spoken = {"year": year_name(last), "value": figure(value)}
    return f"{words}; {say('country.printed_in', clauses=_came(seen, measure, last), **spoken)}"


def _came(seen: Seen, measure: str, year: int) -> str:
    """Return what a measure came to in a year under each regime."""
    alike = seen.at(seen.courses[0].name, measure, year)
    if alike is not None and year in seen.one_for_all(measure):
        return say("country.came_given", value=figure(alike))

    def said(course: Course) -> str:
        value = seen.at(course.name, measure, year)
        regime = seen.labels[course.name]
        return "" if value is None else say("country.came", regime=regime, value=figure(value))

    words = clauses(seen, said)
    put_in_all = all(year in seen.given.get((each.name, measure), ()) for each in seen.courses)
    return say("country.came_each", clauses=words) if words and put_in_all else words


def greatest(seen: Seen, measure: str) -> str:
    """Return the greatest value of a measure under the regimes that have it, and its year."""

    def said(course: Course) -> str:
        path = seen.of(course.name, measure)
        there = [(value, year) for value, year in zip(path, seen.years, strict=True)
                 if value is not None]  # fmt: skip
        if not there:
            return ""
        most, year = max(there)
        spoken = {"value": figure(most), "year": year_name(year)}
        return say("country.most", regime=seen.labels[course.name], **spoken)

    name = measure_name(measure)
    unit = seen.units.get(measure, "")
    if seen.one_for_all(measure) == frozenset(seen.years):
        first = seen.of(seen.courses[0].name, measure)
        most, year = max(zip(known(first), seen.years, strict=True))
        words = say("country.most_given", value=figure(most), year=year_name(year))
    else:
        words = clauses(seen, said)
    return say("country.greatest", name=name, clauses=words, unit=unit)


def source(measures: Sequence[str], run: str = "") -> str:
    """Return whose figures are drawn as historical.

    Parameters
    ----------
    measures
        What is drawn.
    run
        What is said of the run itself; without it, that no luck is drawn.
    """
    # What was computed from printed figures is nobody's print.
    found = dict.fromkeys(
        figure.source
        for name in measures
        for past in pasts().get(name, ())
        for one in past.parts
        for figure in one.figures
        if sources()[figure.source].kind != "derived"
    )
    said = [run or say("country.source")]
    if found:
        names = in_words(list(dict.fromkeys(author(sources()[key]) for key in found)))
        said.append(say("country.past", names=names))
        said.append(say("country.known", counts=statuses(_drawn(measures))))
    others = [past for name in measures for past in rivals().get(name, ())]
    if others:
        names = in_words(list(dict.fromkeys(name for past in others for name in authors(past))))
        said.append(say("country.rivals", names=names.removesuffix(".")))
    return " ".join(said)


def _drawn(measures: Sequence[str]) -> Iterator[Figure]:
    """Yield every printed figure of the years that are drawn."""
    for name in measures:
        for past in pasts().get(name, ()):
            for one in past.parts:
                yield from (each for each in one.figures if past.first <= each.year <= past.last)


def statuses(figures: Iterable[Figure]) -> str:
    """Return how many printed figures are known in which way, surest first."""
    counts = Counter(each.status for each in figures)
    return in_words([f"{counts[status]} {status}" for status in STATUSES if counts[status]])


def told_panels(
    seen: Seen, names: Sequence[str], key: str, run: str, *, peak: bool = False
) -> Html:
    """Return series as panels under a title, with what they mean.

    Parameters
    ----------
    names
        Series that the run has; the finding tells the first.
    key
        Name of the texts: title, meaning, and the second line of the caption.
    run
        What is said of the run itself.
    peak
        Whether the caption tells the greatest value, not the last.
    """
    said = greatest(seen, names[0]) if peak else finding(seen, names[0])
    caption = Caption(said, say(f"{key}.second"), source(names, run), (say(f"{key}.meaning"),))
    drawn = multiples(seen, caption, [item(seen, name) for name in names])
    return joined([headed(key), drawn])


def authors(past: Past) -> list[str]:
    """Return who printed the figures, each once."""
    keys = dict.fromkeys(figure.source for one in past.parts for figure in one.figures)
    found = [sources()[key] for key in keys]
    return [author(one) for one in found]


def printed_by(names: Sequence[str]) -> str:
    """Return whose the figures of some printed series are, and how they are known."""
    figures = [each for name in names for each in series(name).figures]
    keys = dict.fromkeys(each.source for each in figures)
    said = say("country.past", names=in_words([author(sources()[key]) for key in keys]))
    return f"{said} {say('country.known', counts=statuses(figures))}"


def author(source: Source) -> str:
    """Return author and year, or that it is an encyclopedia, a forum or notes of a school."""
    name = source.author or source.title
    if source.kind == "tertiary":
        return say("country.tertiary", name=name)
    return say("country.author", name=name, year=source.year) if source.year else name
