"""The village by households in the book of a run of the country: strata, farms, regions."""

from collections.abc import Sequence
from typing import Final

from sovplan.foundation.numbers import figure
from sovplan.foundation.words import say
from sovplan.history.series import series
from sovplan.records.run import Course
from sovplan.records.scenario import Country
from sovplan.report import country_labels, country_regions, country_strata
from sovplan.report.country_parts import behind, folded, headed
from sovplan.report.parts import Caption, Chapter, element, joined, paragraph, told
from sovplan.report.run_multiples import Item, clauses, multiples, of_all
from sovplan.report.run_series import Seen
from sovplan.report.svg import Html
from sovplan.report.wording import year_name

STRATA: Final = ("proletarian", "poor", "middle", "entrepreneur")
_CHOSEN: Final = 1927
"""Year of the printed strata that the model can miss."""
_UNEQUAL: Final = ("gini", "hires", "households", "divided")
_JOINED: Final = ("cooperative", "willing", "free_members", "forced_members")
_INSIDE: Final = ("plot_hours", "plot_income", "field_pay", "chair")
_FOLDED: Final = ("held", "unequal", "moves", "joined", "labels", "inside", "regions")
"""Figures that open on demand."""


def chapters(seen: Seen) -> list[Chapter]:
    """Return the section on the village by households; nothing for a run without it."""
    if not seen.has("gini"):
        return []
    last = seen.years[-1]
    inside = joined([
        _panels(seen, "inside", _INSIDE, last, leading="plot_income"),
        element("p", told("country_village.inside.note"), "note"),
    ])  # fmt: skip
    drawn = {
        "strata": _strata(seen),
        "held": country_strata.held(seen),
        "killed": country_strata.killed(seen),
        "unequal": _panels(seen, "unequal", _UNEQUAL, last),
        "moves": country_strata.moves(seen),
        "joined": joined([
            _panels(seen, "joined", _JOINED, last, leading="free_members"), _willing(seen),
        ]),
        "labels": country_labels.labels(seen),
        "inside": inside,
        "regions": country_regions.part(seen),
    }  # fmt: skip
    parts = [
        behind(say("country_village.meaning", rows=figure(_households(seen)))),
        *folded("country_village", drawn, _FOLDED),
    ]
    return [Chapter("households", say("country_village.title"), joined(parts))]


def _households(seen: Seen) -> int:
    """Return how many rows of households the run has."""
    scenario = seen.run.scenario
    assert isinstance(scenario, Country)
    return scenario.households


def _item(seen: Seen, name: str, title: str) -> Item:
    unit = seen.units[name]
    caption = say("country_village.caption", name=title, unit=unit)
    return Item(title, caption, of_all(seen, name), unit, seen.past(name))


def _clauses(seen: Seen, name: str, year: int) -> str:
    def said(course: Course) -> str:
        value = seen.at(course.name, name, year)
        if value is None:
            return ""
        regime = seen.labels[course.name]
        return say("country_village.strata.clause", value=figure(value), regime=regime)

    return clauses(seen, said)


def _strata(seen: Seen) -> Html:
    """Return strata by year beside what was printed, and what is contested."""
    there = [name for name in STRATA if seen.has(f"strata/{name}")]
    if not there:
        return Html("")
    items = [
        _item(seen, f"strata/{name}", say(f"country_village.stratum.{name}")) for name in there
    ]
    finding = say(
        "country_village.strata.finding",
        clauses=_clauses(seen, "strata/entrepreneur", _CHOSEN),
        printed=figure(series("farms_entrepreneur").values()[_CHOSEN]),
    )
    source = f"{say('country_village.source')} {say('country_village.printed')}"
    note = say("country_village.strata.note")
    caption = Caption(finding, say("country_village.second"), source, (note,))
    return joined([headed("country_village.strata"), multiples(seen, caption, items)])


def _panels(seen: Seen, key: str, names: Sequence[str], year: int, leading: str = "gini") -> Html:
    """Return panels of some series under a title; the finding tells one of them."""
    there = [name for name in names if seen.has(name)]
    items = [_item(seen, name, say(f"country_village.panel.{name}")) for name in there]
    said = _clauses(seen, leading, year)
    finding = say(f"country_village.{key}.finding", year=year_name(year), clauses=said)
    caption = Caption(finding, say("country_village.second"), say("country_village.source"))
    title = headed(f"country_village.{key}")
    return joined([title, multiples(seen, caption, items)])


def _willing(seen: Seen) -> Html:
    """Return how far the rule of joining is from what was counted."""
    counted = series("households_collectivised").values()
    year = _CHOSEN
    found = seen.at(seen.courses[0].name, "willing", year)
    if found is None:
        return Html("")
    words = say(
        "country_village.joined.note", willing=figure(found), year=year_name(year),
        printed=figure(counted[year]),
    )  # fmt: skip
    return paragraph(words, "note")
