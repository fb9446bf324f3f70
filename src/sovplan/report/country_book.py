"""The book of a run of the whole country: model, history and regimes side by side."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from sovplan.foundation.numbers import figure
from sovplan.foundation.words import say
from sovplan.history.nation import nation_inputs
from sovplan.history.past import Past, pasts, rivals
from sovplan.records.ranged import PROVENANCES
from sovplan.records.run import CountryRun, Course
from sovplan.records.scenario import Country
from sovplan.regimes.countries import CountryRegime, country_inputs
from sovplan.regimes.model import model_parameter_table
from sovplan.report import (
    country_bodies,
    country_collapse,
    country_collectives,
    country_markets,
    country_people,
    country_unrest,
    country_village,
    country_whole,
    run_events,
    run_sources,
)
from sovplan.report.country_figures import authors, group, measure_name
from sovplan.report.country_guide import guided
from sovplan.report.country_parts import headed
from sovplan.report.country_same import same_until
from sovplan.report.country_works import works_chapters
from sovplan.report.frame import Page, whole
from sovplan.report.parts import (
    Cell,
    Chapter,
    Column,
    Marked,
    code,
    details,
    element,
    joined,
    listed,
    paragraph,
    table,
    text,
    ticked,
    told,
)
from sovplan.report.run_drawing import HATCH
from sovplan.report.run_series import Seen, in_words, seen
from sovplan.report.svg import Html
from sovplan.report.wording import year_name, years_words
from sovplan.society.given import given_years, targets
from sovplan.society.nation.order import rules

_FIRST: Final = ("product", "consumption", "industry", "harvest")
_GROUPS: Final[Mapping[str, tuple[str, ...]]] = {
    "growth": ("product", "product_head", "industry", "investment"),
    "village": (
        "harvest",
        "taken",
        "delivered/4",
        "herd",
        "slaughtered",
        "horses",
        "collectivised",
    ),
    "people": ("consumption", "village_food", "towns", "moved", "people", "births"),
    "trade": ("private_trade", "riots"),
}
"""Measures of each figure."""
_HUNGER: Final = ("excess_deaths", "deaths", "taken", "village_food")
"""Deaths, and what there was to eat: each on an axis of its own."""
_TWO: Final = 2


def country_book(
    run: CountryRun,
    regimes: Sequence[CountryRegime],
    command: str = "",
    idle: Sequence[str] = (),
) -> str:
    """Return the book of a run of the country as the text of one HTML file that needs no network.

    Parameters
    ----------
    run
        A run of at least one regime.
    regimes
        The regimes, in the order of the run.
    command
        What to type to get the same run.
    idle
        Sentences on parameters that were set and reach nothing.
    """
    shown = put_in(country_collapse.based(seen(run)), regimes, run.scenario.off)
    names = in_words([shown.labels[course.name] for course in run.courses])
    page = Page(
        say("runbook.frame.title", scenario=run.scenario.name, regimes=names,
            years=years_words(shown.years)),
        _where(shown),
        joined([element("b", told("country.warning")), told("country.warned")]),
        _opening(shown, run, same_until(regimes, shown.years), idle),
        guided(_chapters(shown, run, regimes, command), early=country_collapse.early(shown)),
        told("runbook.frame.foot"),
    )  # fmt: skip
    return whole(page)


def put_in(shown: Seen, regimes: Sequence[CountryRegime], off: Collection[str]) -> Seen:
    """Return series of a run with what was given to it: years, and paths to which a series goes.

    Parameters
    ----------
    regimes
        The regimes, in the order of the run.
    off
        Switches that are turned off.
    """
    first = shown.years[0]
    given: dict[tuple[str, str], frozenset[int]] = {}
    beside: dict[tuple[str, str], Mapping[tuple[int, int], float]] = {}
    for course, regime in zip(shown.courses, regimes, strict=True):
        inputs = country_inputs(regime, first)
        for series, years in given_years(inputs, shown.years).items():
            given[course.name, series] = years
        for series, path in targets(inputs, shown.years, off).items():
            beside[course.name, series] = path
    return replace(shown, given=given, targets=beside)


def _chapters(
    shown: Seen, run: CountryRun, regimes: Sequence[CountryRegime], command: str
) -> list[Chapter]:
    return [
        _who(shown, regimes),
        *([country_collapse.chapter(shown, run)] if country_collapse.early(shown) else []),
        _chapter(shown, "growth"),
        _chapter(shown, "village"),
        *country_village.chapters(shown),
        *country_collectives.chapters(shown),
        country_markets.scissors_chapter(shown, run.scenario),
        country_markets.chapter(shown),
        _people(shown),
        *country_people.chapters(shown),
        *country_bodies.chapters(shown),
        _chapter(shown, "trade"),
        country_unrest.chapter(shown),
        *works_chapters(shown),
        *country_whole.chapters(shown),
        _events(shown),
        _sources(run.scenario),
        run_sources.machines(shown, command, {}),
    ]  # fmt: skip


def _where(shown: Seen) -> Html:
    return joined([
        told("country.book"),
        Html(" · "),
        code(shown.run.scenario.name),
        told("country.where", years=years_words(shown.years)),
    ])  # fmt: skip


# ---- the first screen ----------------------------------------------------------------------------


def _opening(shown: Seen, run: CountryRun, same: str, idle: Sequence[str]) -> Html:
    title = say("country.heading", scenario=shown.run.scenario.title)
    first = element("div", group(shown, "first", _FIRST), "first whole")
    return joined([
        HATCH,
        element("h1", text(title), "vh"),
        element("p", text(f"{lead(shown)} {same}".rstrip()),
                "lead" if len(shown.courses) <= _TWO else "lead many"),
        *(element("p", text(said)) for said in country_collapse.opening(shown, run)),
        *(element("p", ticked(said), "note") for said in (*changed(run.scenario), *idle)),
        element("h2", told("runbook.opening.short"), "vh"),
        first,
    ])  # fmt: skip


def lead(shown: Seen) -> str:
    """Return the sentence: the same two facts of every regime, and what history had."""
    year = shown.years[-1]
    said = []
    for course in shown.courses:
        numbers = [shown.at(course.name, name, year) for name in ("product", "consumption")]
        product, consumption = (figure(value or float("nan")) for value in numbers)
        said.append(say("country.lead", regime=shown.labels[course.name], product=product,
                        consumption=consumption))  # fmt: skip
    early = country_collapse.early(shown)
    key = "country.lead_year_early" if early else "country.lead_year"
    start = say(key, year=year_name(year))
    return f"{start} {'; '.join(said)}{_lead_past(shown)}."


def _lead_past(shown: Seen) -> str:
    """Return the product beside that of history in the last year that has one; "" if none has."""
    past = shown.run.values("", "product", "historical")
    years = sorted(set(past) & set(shown.years))
    if not years:
        return ""
    year, found = years[-1], []
    for course in shown.courses:
        value = figure(shown.run.values(course.name, "product", "real")[year])
        found.append(say("country.lead_then", value=value, regime=shown.labels[course.name]))
    return say(
        "country.lead_past", year=year_name(year), values=in_words(found), value=figure(past[year])
    )


def changed(scenario: Country) -> Iterator[str]:
    """Yield what of the rules and numbers of the package is not so in a run.

    Names that a user types stand between backticks.
    """
    if scenario.off:
        numbers = {piece.switch: piece.number for piece in rules() if piece.switch}
        said = [
            say("country.changed.rule", switch=each, number=numbers[each])
            if each in numbers
            else say("country.changed.switch", switch=each)
            for each in scenario.off
        ]
        yield say("country.changed.off", switches=in_words(said))
    about = {each.name: each for each in model_parameter_table()}
    for name, value in scenario.parameters.items():
        each = about[name]
        if value == each.value:
            continue  # That it changes nothing is said where idle numbers are.
        key = "within" if each.low <= value <= each.high else "outside"
        sizes = {"value": value, "usual": each.value, "low": each.low, "high": each.high}
        spoken = {at: figure(size) for at, size in sizes.items()}
        meaning = each.meaning
        yield say(f"country.changed.{key}", name=name, meaning=meaning, rule=each.rule, **spoken)


# ---- chapters ------------------------------------------------------------------------------------


def _chapter(shown: Seen, key: str) -> Chapter:
    body = group(shown, key, _GROUPS[key], meaning=say(f"country.{key}.meaning"))
    return Chapter(key, say(f"country.chapter.{key}"), body)


def _events(shown: Seen) -> Chapter:
    """Return the chapter on events, which is a long table: it opens on demand."""
    found = run_events.chapter(shown)
    return Chapter(found.key, found.title, details(say("country.events"), found.inner, "more"))


def _people(shown: Seen) -> Chapter:
    parts = [group(shown, "people", _GROUPS["people"], meaning=say("country.people.meaning"))]
    if shown.has("excess_deaths"):
        parts += [
            headed("country.hunger"),
            element("p", told("country.hunger.warning", **_at_edges("R28")), "note"),
            group(shown, "hunger", _HUNGER, peak=True),
        ]
    else:
        parts.append(paragraph(say("country.hunger.none")))
    return Chapter("people", say("country.chapter.people"), joined(parts))


def _who(shown: Seen, regimes: Sequence[CountryRegime]) -> Chapter:
    """Return what institutions were, by regime, and how sure their values are."""
    about = nation_inputs().about
    columns = [
        Column(say("country.col.institution"), number=False),
        *[Column(shown.labels[course.name], number=False) for course in shown.courses],
    ]
    paths = [regime.steps() for regime in regimes]
    rows: list[list[Cell]] = []
    for name, note in about.items():
        if note.kind != "institution":
            continue
        cells: list[Cell] = [
            Marked(joined([text(note.meaning), element("small", text(note.unit))]))
        ]
        cells += [_values(path[name], shown.years) for path in paths]
        rows.append(cells)
    listing = table(say("country.who.caption"), columns, rows, kind="compact long")
    sure = [
        _sure(course, regime, shown) for course, regime in zip(shown.courses, regimes, strict=True)
    ]
    body = joined([
        paragraph(say("country.who.meaning")),
        listed([*map(text, sure)]),
        element("p", told("country.who.forced"), "note"),
        details(say("country.who.open", count=len(rows)), listing),
    ])  # fmt: skip
    return Chapter("who", say("country.chapter.who"), body)


def _values(steps: Sequence[tuple[int, int, float]], years: Sequence[int]) -> str:
    """Return the values of an institution, each with the year from which it holds."""
    spoken = []
    begun = [year for year, quarter, _ in steps if year <= years[0] and not quarter]
    first = max(begun, default=years[0])
    for year, quarter, value in steps:
        if first <= year <= years[-1]:
            key = "country.who.quarter" if quarter else "country.who.year"
            spoken.append(say(key, year=year_name(year), quarter=quarter, value=figure(value)))
    return ", ".join(spoken)


def _sure(course: Course, regime: CountryRegime, shown: Seen) -> str:
    names = nation_inputs().institutions
    first = shown.years[0]
    counts: Counter[str] = Counter(
        article.provenance for name in names for article in regime.in_force(name, first)
    )
    said = in_words([f"{counts[kind]} {kind}" for kind in PROVENANCES if counts[kind]])
    summary = " ".join(course.summary.split())
    return say("country.who.sure", regime=shown.labels[course.name], summary=summary, counts=said)


def _at_edges(rule: str = "") -> dict[str, int]:
    """Return how many fitted parameters, of one rule or of all, lie at an end of their range."""
    fitted = [each for each in model_parameter_table()
              if each.provenance == "calibrated" and rule in {"", each.rule}]  # fmt: skip
    edge = sum(each.value in {each.low, each.high} for each in fitted)
    return {"edge": edge, "count": len(fitted)}


def _sources(country: Country) -> Chapter:
    counts: Counter[str] = Counter(each.provenance for each in model_parameter_table())
    said = in_words([f"{counts[kind]} {kind}" for kind in PROVENANCES])
    edge = _at_edges()["edge"]
    columns = [Column(say(f"country.col.{head}"), number=False)
               for head in ("measure", "printed", "status", "note")]  # fmt: skip
    listing = table(
        say("country.sources.caption"), columns, list(_past_rows()), kind="compact long"
    )
    body = joined([
        paragraph(country.summary),
        paragraph(say("country.sources.parameters", counts=said, total=sum(counts.values()))),
        headed("country.limits"),
        listed([told(f"country.limits.{name}", edge=edge) for name in _LIMITS]),
        headed("country.sources"),
        details(say("country.sources.open"), listing),
    ])  # fmt: skip
    return Chapter("sources", say("country.chapter.sources"), body)


_LIMITS: Final = ("fit", "food", "labour", "weather", "politics", "end", "upper")


def _past_rows() -> Iterator[list[Cell]]:
    for measure, found in pasts().items():
        for past in found:
            yield [measure_name(measure), "; ".join(authors(past)), _known(past), past.note]
        for past in rivals().get(measure, ()):
            note = say("country.rival", note=past.note)
            yield [measure_name(measure), "; ".join(authors(past)), _known(past), note]


def _known(past: Past) -> str:
    """Return how the figures of a row are known, and how many of each sort."""
    counts = Counter(
        each.status
        for part in past.parts
        for each in part.figures
        if past.first <= each.year <= past.last
    )
    return in_words([f"{count} {sort}" for sort, count in counts.most_common()])
