"""The first screen of a run: one sentence, one figure, three numbers; each regime at one size."""

from collections.abc import Sequence
from typing import Final

from sovplan.foundation.numbers import figure, percent
from sovplan.foundation.words import say
from sovplan.records.run import Course
from sovplan.report.parts import NOTHING, element, joined, paragraph, text, told
from sovplan.report.run_drawing import HATCH, regime_name
from sovplan.report.run_hero import hero
from sovplan.report.run_series import PEOPLE, Seen, in_words, known, mean, worst
from sovplan.report.svg import Html
from sovplan.report.wording import year_name, years_words

LESS: Final = 0.9995
"""Share of the first year from which consumption is not said to have fallen: what rounds to it."""
TRUE: Final = 0.0005
"""Share of output below which report and truth are said to be the same."""


def opening(seen: Seen) -> Html:
    """Return the first screen of a run."""
    regimes = in_words([seen.labels[course.name] for course in seen.courses])
    title = say(
        "runbook.opening.heading",
        scenario=seen.run.scenario.title,
        regimes=regimes,
        years=years_words(seen.years),
    )
    first = joined([hero(seen), statistics(seen)])
    return joined([
        HATCH,
        element("h1", text(title), "vh"),
        element("p", lead(seen), "lead"),
        element("h2", told("runbook.opening.short"), "vh"),
        element("div", first, "first"),
    ])  # fmt: skip


# ---- the sentence --------------------------------------------------------------------------------


def lead(seen: Seen) -> Html:
    """Return the sentence: the same three facts of every regime, whatever they are."""
    clauses = []
    for course in seen.courses:
        facts = [text(fact) for fact in facts_of(seen, course)]
        fate = people_words(seen, course)
        if fate:
            bold = element("b", text(fate))
            facts.append(Html(say("runbook.lead.people", fate=bold)))
        said = in_words(facts) or told("runbook.lead.nothing")
        name = text(seen.labels[course.name])
        clauses.append(say("runbook.lead.whole", regime=name, facts=said))
    return Html(f"{'; '.join(clauses)}.")


def facts_of(seen: Seen, course: Course) -> list[str]:
    """Return what a regime's plans and reports came to, as far as it is known."""
    found = []
    kept = mean(seen.of(course.name, "plan_kept"))
    if kept is not None:
        found.append(say("runbook.lead.kept", share=percent(kept, 2)))
    said = mean(seen.of(course.name, "overstated"))
    if said is not None:
        key = "true" if abs(said) < TRUE else "more" if said > 0 else "less"
        found.append(say(f"runbook.lead.{key}", share=percent(abs(said), 2)))
    return found


def people_words(seen: Seen, course: Course) -> str:
    """Return how people's consumption went against the first year; '' where it is not known."""
    values = known(seen.of(course.name, PEOPLE))
    least = worst(seen.years, seen.of(course.name, PEOPLE))
    if least is None or len(values) < 2:
        return ""
    count = sum(value < LESS for value in values)
    return say(
        f"runbook.lead.{'fell' if count else 'never'}",
        first=year_name(seen.years[0]),
        count=count,
        years=len(values) - 1,
        least=percent(least[1]),
        year=year_name(least[0]),
    )


# ---- the numbers ---------------------------------------------------------------------------------


def statistics(seen: Seen) -> Html:
    """Return the three numbers, each regime beside the others, and why they have no band."""
    found = [_kept(seen), _overstated(seen), _worst(seen)]
    shown = joined(stat for stat in found if stat)
    missing = sum(not stat for stat in found)
    lacking = paragraph(say("runbook.stat.missing", count=missing) if missing else "", "source")
    return joined([element("dl", shown, "stats") if shown else NOTHING, lacking])


def _kept(seen: Seen) -> Html:
    pairs = []
    for course in seen.courses:
        values = seen.of(course.name, "plan_kept")
        least, middle = worst(seen.years, values), mean(values)
        said = mean(seen.of(course.name, "plan_kept", "reported"))
        if least is None or middle is None:
            pairs.append(_no_number(seen, course))
            continue
        reported = say("runbook.stat.reported", share=percent(said)) if said is not None else ""
        low = say("runbook.stat.least", share=percent(least[1]), year=year_name(least[0]))
        pairs.append((course, percent(middle), f"{low} {reported}".strip()))
    return _stat(seen, "plan_kept", say("runbook.stat.kept"), pairs)


def _overstated(seen: Seen) -> Html:
    pairs = []
    for course in seen.courses:
        values = seen.of(course.name, "overstated")
        middle = mean(values)
        if middle is None:
            pairs.append(_no_number(seen, course))
            continue
        most = worst(seen.years, [-v if v is not None else None for v in values])
        year, share = most if most is not None else (seen.years[0], 0.0)
        band = say("runbook.stat.most", share=percent(-share), year=year_name(year))
        pairs.append((course, percent(middle), band))
    return _stat(seen, "overstated", say("runbook.stat.overstated"), pairs)


def _worst(seen: Seen) -> Html:
    pairs = []
    for course in seen.courses:
        values = seen.of(course.name, PEOPLE)
        least = worst(seen.years, values)
        if least is None:
            pairs.append(_no_number(seen, course))
            continue
        end = say("runbook.stat.end", year=year_name(least[0]), end=figure(100 * known(values)[-1]))
        pairs.append((course, figure(100 * least[1]), end))
    return _stat(seen, PEOPLE, say("runbook.stat.people", first=year_name(seen.years[0])), pairs)


def _no_number(seen: Seen, course: Course) -> tuple[Course, str, str]:
    return course, "–", say("runbook.stat.unknown", regime=seen.labels[course.name])


def _stat(seen: Seen, series: str, name: str, pairs: Sequence[tuple[Course, str, str]]) -> Html:
    """Return a number of every regime, or nothing where no regime has the series."""
    if not seen.has(series):
        return NOTHING
    cells = []
    for place, (course, number, band) in enumerate(pairs):
        cells.append(element("span", joined([
            regime_name(place, seen.labels[course.name], wraps=True),
            element("span", text(number), "big"),
            element("span", text(band), "band"),
        ])))  # fmt: skip
    pair = element("span", joined(cells), "pair")
    why = element("span", told("runbook.band.none", seed=seen.run.seed), "band")
    inner = joined([element("dt", text(name)), element("dd", joined([pair, why]))])
    return element("div", inner, "stat")
