"""The regions of the village: unrest beside what was counted, and food with its range."""

from dataclasses import replace
from typing import Final

from sovplan.foundation.numbers import figure
from sovplan.foundation.words import say
from sovplan.history.regions import regions
from sovplan.report.country_parts import headed
from sovplan.report.parts import (
    Caption,
    Cell,
    Column,
    element,
    figure_of,
    joined,
    panels,
    paragraph,
    table,
    told,
)
from sovplan.report.run_drawing import Axis, Stroke, paths, sized
from sovplan.report.run_series import Seen, in_words, known
from sovplan.report.svg import Html
from sovplan.report.wording import year_name

_UNREST: Final = 1930
_HUNGER: Final = 1932
_STRATA: Final = ("proletarian", "poor", "middle", "entrepreneur")
_NOTHING: Final = Html("")


def part(seen: Seen) -> Html:
    """Return what is to be said of regions."""
    return joined([
        headed("country_village.regions"),
        paragraph(say("country_village.regions.meaning")),
        unrest(seen),
        food(seen),
    ])  # fmt: skip


def unrest(seen: Seen) -> Html:
    """Return disturbances of 1930 by region under the first regime, beside those counted."""
    regime = seen.courses[0].name
    if _UNREST not in seen.years:
        return _NOTHING
    model = {
        each.name: seen.at(regime, f"region_riots/{each.name}", _UNREST) or 0.0
        for each in regions()
    }
    counted = {each.name: each.riots_1930 for each in regions()}
    whole, all_counted = sum(model.values()), sum(counted.values())
    if not whole:  # the rule of disturbances is off
        return _NOTHING
    rows: list[list[Cell]] = [
        [
            each.title,
            100.0 * model[each.name] / whole,
            100.0 * counted[each.name] / all_counted,
            seen.at(regime, f"region_collective/{each.name}", _UNREST),
        ]
        for each in regions()
    ]
    titles = {each.name: each.title for each in regions()}
    most, most_counted = (max(path, key=path.__getitem__) for path in (model, counted))
    caption = Caption(
        say("country_village.regions.riots_finding", most=titles[most],
            counted=titles[most_counted]),
        say("country_village.regions.riots_second"),
        say("country_village.regions.riots_source"),
    )  # fmt: skip
    columns = [
        Column(say("country_village.regions.region"), number=False),
        *(Column(say(f"country_village.regions.{head}")) for head in ("model", "counted")),
        Column(say("country_village.regions.inside")),
    ]
    return figure_of(caption, table(say("country_village.regions.riots_caption"), columns, rows))


def food(seen: Seen) -> Html:
    """Return grain a head by region with its range, of the run of history only."""
    found = [course for course in seen.courses
             if known(seen.of(course.name, "food/ukraine"))]  # fmt: skip
    if not found:
        return _NOTHING
    regime = found[0].name
    rows = {each.name: [seen.of(regime, f"{name}/{each.name}")
                        for name in ("food_low", "food", "food_high")]
            for each in regions()}  # fmt: skip
    top = max(max(known(path)) for three in rows.values() for path in three)
    size, grid = sized(len(rows))
    drawn = []
    for each in regions():
        low, lived, high = rows[each.name]
        label = say("country_village.regions.food_label", region=each.title,
                    value=figure(known(lived)[-1]), year=year_name(seen.years[-1]))  # fmt: skip
        strokes = [Stroke("second", low), Stroke("second", high), Stroke("real", lived)]
        unit = seen.units["food/ukraine"]
        axis = Axis(replace(size, unit=unit), top)
        drawn.append((each.title, paths(label, seen.years, strokes, axis)))
    caption = Caption(_food_finding(seen, regime), say("country_village.regions.food_second"),
                      say("country_village.regions.food_source"))  # fmt: skip
    listing = _food_table(seen, rows)
    return joined([
        figure_of(caption, panels(drawn, grid), listing),
        _hungry(seen, regime),
        element("p", told("country_village.regions.warning"), "note"),
    ])  # fmt: skip


def _food_finding(seen: Seen, regime: str) -> str:
    year = _HUNGER if _HUNGER in seen.years else seen.years[-1]
    lows = [seen.at(regime, f"food_low/{each.name}", year) or 0.0 for each in regions()]
    highs = [seen.at(regime, f"food_high/{each.name}", year) or 0.0 for each in regions()]
    return say("country_village.regions.food_finding", year=year, low=figure(min(lows)),
               high=figure(max(highs)))  # fmt: skip


def _food_table(seen: Seen, rows: dict[str, list[list[float | None]]]) -> Html:
    """Return three tables of all regions: one of three columns for each is wider than any page."""
    columns = [Column(say("runbook.col.year"), number=False),
               *(Column(each.title) for each in regions())]  # fmt: skip
    tables = []
    for place, end in enumerate(("low", "lived", "high")):
        body: list[list[Cell]] = [
            [str(year), *(rows[each.name][place][at] for each in regions())]
            for at, year in enumerate(seen.years)
        ]
        which = say(f"country_village.regions.{end}")
        caption = say("country_village.regions.food_caption", which=which)
        tables.append(table(caption, columns, body, kind="compact years"))
    return joined(tables)


def _hungry(seen: Seen, regime: str) -> Html:
    if _HUNGER not in seen.years:
        return _NOTHING
    said = []
    for stratum in _STRATA:
        value = seen.at(regime, f"hungry/{stratum}", _HUNGER)
        if value is not None:
            name = say(f"country_village.stratum.{stratum}").lower()
            said.append(say("country_village.regions.hungry_clause", stratum=name,
                            value=figure(value)))  # fmt: skip
    return paragraph(say("country_village.regions.hungry", clauses=in_words(said)))
