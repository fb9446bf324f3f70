"""The first screen of a run: one sentence, one figure, three numbers; each regime at one size."""

from collections.abc import Sequence
from typing import Final

from sovplan.foundation.numbers import figure, percent
from sovplan.foundation.words import say
from sovplan.records.run import Course
from sovplan.report.parts import NOTHING, element, joined, paragraph, text, told
from sovplan.report.run_drawing import HATCH
from sovplan.report.run_goods import made_most
from sovplan.report.run_hero import hero
from sovplan.report.run_keys import regime_name
from sovplan.report.run_series import (
    LEVEL,
    Seen,
    base_words,
    in_words,
    known,
    living,
    mean,
    rounded,
    worst,
)
from sovplan.report.svg import Html
from sovplan.report.wording import year_name, years_words

_TWO: Final = 2


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
        element("p", lead(seen), "lead" if len(seen.courses) <= _TWO else "lead many"),
        element("h2", told("runbook.opening.short"), "vh"),
        element("div", first, "first"),
    ])  # fmt: skip


# ---- the sentence --------------------------------------------------------------------------------


def lead(seen: Seen) -> Html:
    """Return the sentence: the same facts of every regime, whatever they are, and who made most."""
    clauses = [_clause(seen, course) for course in seen.courses]
    most = most_words(seen)
    return Html(f"{'; '.join([*clauses, *([text(most)] if most else [])])}.")


def _clause(seen: Seen, course: Course) -> Html:
    name = text(seen.labels[course.name])
    facts = in_words([text(fact) for fact in facts_of(seen, course)])
    had = people_words(seen, course)
    fate = Html(say("runbook.lead.people", fate=element("b", text(had)))) if had else ""
    key = ("both" if fate else "facts") if facts else "fate" if fate else "nothing"
    return Html(say(f"runbook.lead.{key}", regime=name, facts=facts, fate=fate))


def facts_of(seen: Seen, course: Course) -> list[str]:
    """Return what a regime's plans and reports came to, as far as it is known."""
    found = []
    kept = mean(seen.of(course.name, "plan_kept"))
    if kept is not None:
        found.append(say("runbook.lead.kept", share=percent(rounded(kept))))
    said = mean(seen.of(course.name, "overstated"))
    if said is not None:
        key = "true" if not rounded(said) else "more" if said > 0 else "less"
        found.append(say(f"runbook.lead.{key}", share=percent(abs(rounded(said)))))
    return found


def people_words(seen: Seen, course: Course) -> str:
    """Return what people had in the last year and in the worst one; '' where it is not known."""
    series = living(seen)
    path = seen.of(course.name, series)
    least, values = worst(seen.years, path), known(path)
    if least is None or (series != LEVEL and len(values) < _TWO):
        return ""
    last = max(year for year, value in zip(seen.years, path, strict=True) if value is not None)
    spoken = {
        "share": percent(rounded(values[-1])),
        "last": year_name(last),
        "least": percent(rounded(least[1])),
        "year": year_name(least[0]),
        "first": year_name(seen.years[0]),
    }
    key = "only" if len(values) < _TWO else "worst_last" if least[0] == last else "worst"
    return say(f"runbook.lead.{'needs' if series == LEVEL else 'first'}_{key}", **spoken)


def most_words(seen: Seen) -> str:
    """Return of how many goods each regime made most in the last year; '' of one regime."""
    if len(seen.courses) < _TWO or not seen.made():
        return ""
    most = made_most(seen)
    counts = [
        say("runbook.lead.most_of", regime=seen.labels[name], count=len(goods))
        for name, goods in most.items()
    ]
    level = len(seen.made()) - sum(len(goods) for goods in most.values())
    if level:
        counts.append(say("runbook.lead.most_level", count=level))
    year = year_name(seen.years[-1])
    return say("runbook.lead.most", count=len(seen.made()), year=year, counts=", ".join(counts))


# ---- the numbers ---------------------------------------------------------------------------------


def statistics(seen: Seen) -> Html:
    """Return the three numbers, each regime beside the others, and why they have no band."""
    found = [_kept(seen), _overstated(seen), _worst(seen)]
    shown = joined(stat for stat in found if stat)
    missing = sum(not stat for stat in found)
    lacking = paragraph(say("runbook.stat.missing", count=missing) if missing else "", "source")
    if not shown:
        return element("div", lacking)
    why = paragraph(say("runbook.band.none", seed=seen.run.seed), "source")
    return element("div", joined([element("dl", shown, "stats"), why, lacking]))


def _kept(seen: Seen) -> Html:
    pairs = []
    for course in seen.courses:
        values = seen.of(course.name, "plan_kept")
        least, middle = worst(seen.years, values), mean(values)
        said = mean(seen.of(course.name, "plan_kept", "reported"))
        if least is None or middle is None:
            pairs.append(_no_number(seen, course))
            continue
        reported = "" if said is None else say(
            "runbook.stat.reported", share=percent(rounded(said)))  # fmt: skip
        low = say("runbook.stat.least", share=percent(rounded(least[1])), year=year_name(least[0]))
        pairs.append((course, percent(rounded(middle)), f"{low} {reported}".strip()))
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
        band = say("runbook.stat.most", share=percent(rounded(-share)), year=year_name(year))
        pairs.append((course, percent(rounded(middle)), band))
    return _stat(seen, "overstated", say("runbook.stat.overstated"), pairs)


def _worst(seen: Seen) -> Html:
    pairs, people = [], living(seen)
    for course in seen.courses:
        values = seen.of(course.name, people)
        least = worst(seen.years, values)
        if least is None:
            pairs.append(_no_number(seen, course))
            continue
        end = say("runbook.stat.end", year=year_name(least[0]), end=figure(100 * known(values)[-1]))
        pairs.append((course, figure(100 * least[1]), end))
    return _stat(seen, people, say("runbook.stat.people", base=base_words(seen)), pairs)


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
    pair = element("span", joined(cells), "pair" if len(cells) <= _TWO else "pair many")
    return element("div", joined([element("dt", text(name)), element("dd", pair)]), "stat")
