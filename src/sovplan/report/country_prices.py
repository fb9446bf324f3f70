"""The scissors in the book of the country: the price of industrial over farm goods by quarter."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from sovplan.foundation.numbers import figure
from sovplan.foundation.words import say
from sovplan.history.nation import QUARTERS
from sovplan.history.series import series
from sovplan.records.scenario import Country
from sovplan.regimes.model import changed_parameters
from sovplan.report.parts import NOTHING, Caption, Cell, Column, element, figure_of, joined, table
from sovplan.report.run_drawing import Axis, Stroke, paths, sized
from sovplan.report.run_keys import kinds_key, regime_name
from sovplan.report.run_series import Seen, known
from sovplan.report.svg import Html
from sovplan.report.wording import year_name
from sovplan.society.given import TARGETS


def prices(seen: Seen, country: Country) -> Html:
    """Return the price of industrial over farm goods by quarter, charged and clearing.

    Beside the price charged, which is found, stands that of the state, which is given.
    """
    years = [year for year in seen.years if year <= _LAST]
    times = [4 * year + quarter - 1 for year in years for quarter in QUARTERS]
    feet = {4 * year: year_name(year) for year in years[::3]}
    rows = {
        course.name: [_path(seen, course.name, name, years) for name in ("price", "clearing")]
        for course in seen.courses
    }
    given = {course.name: _given(seen, course.name, times) for course in seen.courses}
    told = _told(times)
    every = [path for both in rows.values() for path in both]
    top = max(value for path in (*every, *given.values(), told) for value in known(path))
    size, grid = sized(len(rows))
    drawn = []
    for place, course in enumerate(seen.courses):
        (charged, clearing), set_ = rows[course.name], given[course.name]
        label = say("country.price.label", regime=seen.labels[course.name],
                    most=figure(max(known(charged))))  # fmt: skip
        strokes = [
            Stroke("second", clearing, say("country.price.clearing")),
            Stroke("real", charged, say("country.price.charged")),
            # Above the line that comes to it: where both are one, what is given is seen.
            Stroke("given", set_, say("country.price.state") if set_[-1] is not None else ""),
            Stroke("historical", told),
        ]
        axis = Axis(replace(size, unit=seen.units["price/1"], right=_RIGHT), top)
        panel = paths(label, times, strokes, axis, feet=feet)
        heading = element("h3", regime_name(place, seen.labels[course.name]))
        drawn.append(element("div", joined([heading, panel]), "panel"))
    first = rows[seen.courses[0].name][0]
    most = max(known(first))
    at = times[first.index(most)]
    caption = Caption(
        say("country.price.finding", regime=seen.labels[seen.courses[0].name], value=figure(most),
            quarter=at % 4 + 1, year=year_name(at // 4)),
        say("country.price.second", part=_part(country)),
        " ".join([say("country.source"), say("country.price.source")]),
    )  # fmt: skip
    listing = _price_table(seen, rows, given, times, told)
    legend = kinds_key(("given",)) if any(map(known, given.values())) else NOTHING
    return figure_of(caption, joined([legend, element("div", joined(drawn), grid)]), listing)


_LAST: Final = 1930
"""Last year of the figure of prices: later ones are set, and buy what there is."""
_RIGHT: Final = 96.0
"""Room for names at the end of lines."""
_MONTHS: Final = 3
_COLUMNS: Final = {
    "charged": "country.price.charged",
    "given": "country.price.given",
    "clearing": "country.price.clearing",
}


def _path(seen: Seen, regime: str, name: str, years: Sequence[int]) -> list[float | None]:
    return [seen.at(regime, f"{name}/{quarter}", year) for year in years for quarter in QUARTERS]


def _given(seen: Seen, regime: str, times: Sequence[int]) -> list[float | None]:
    """Return the price of the state in the quarters in which the price charged is brought to it."""
    path = seen.targets.get((regime, "price"), {})
    return [path.get((time // 4, time % 4 + 1)) for time in times]


def _part(country: Country) -> str:
    """Return how much of the way to the price of the state the price charged goes in a quarter."""
    parameters = changed_parameters(country.parameters, beyond=True)
    return figure(100.0 * parameters[TARGETS["price"].speed])


def _told(times: Sequence[int]) -> list[float | None]:
    """Return what was printed of the scissors, in the quarter of its month."""
    found: dict[int, float] = {}
    for name in ("scissors", "scissors_twelfth_congress"):
        for figure_ in series(name).figures:
            month = int(figure_.period.split("-")[1])
            found[4 * figure_.year + (month - 1) // _MONTHS] = figure_.value
    return [found.get(time) for time in times]


def _price_table(
    seen: Seen,
    rows: Mapping[str, list[list[float | None]]],
    given: Mapping[str, list[float | None]],
    times: Sequence[int],
    told: Sequence[float | None],
) -> Html:
    columns = [Column(say("runbook.col.year"), number=False)]
    values: list[Sequence[float | None]] = []
    for course in seen.courses:
        charged, clearing = rows[course.name]
        parts = {"charged": charged, "given": given[course.name], "clearing": clearing}
        for name, path in parts.items():
            if known(path):
                columns.append(Column(f"{seen.labels[course.name]}: {say(_COLUMNS[name])}"))
                values.append(path)
    columns.append(Column(say("runbook.key.historical")))
    body: list[list[Cell]] = [
        [f"{time // 4} {say('country.quarter', quarter=time % 4 + 1)}",
         *(path[at] for path in values), told[at]]
        for at, time in enumerate(times)
    ]  # fmt: skip
    return table(say("country.price.caption"), columns, body, kind="compact years")
