"""Where the numbers of a run come from, what it cannot say, and how to repeat it."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from sovplan.foundation.words import say
from sovplan.records.economy import Economy
from sovplan.records.institutions import IMPOSED
from sovplan.records.ranged import PROVENANCES
from sovplan.records.scenario import Scenario
from sovplan.regimes.regime import Regime
from sovplan.report import run_past
from sovplan.report.parts import (
    NOTHING,
    Cell,
    Chapter,
    Column,
    code,
    counted,
    details,
    element,
    facts,
    joined,
    listed,
    note,
    paragraph,
    table,
    text,
    told,
)
from sovplan.report.run_keys import regime_name
from sovplan.report.run_series import Seen, in_words
from sovplan.report.svg import Html
from sovplan.report.wording import label_of, years_words

_NUMBERS: Final = ("low", "high")


def chapter(seen: Seen, scenario: Scenario, regimes: Sequence[Regime]) -> Chapter:
    """Return the section on sources, assumptions and limits."""
    inner = joined([
        *[_economy(economy) for economy in economies(seen)],
        element("h3", told("runbook.sources.limits")),
        listed([text(limit) for limit in _limits(seen)]),
        element("h3", told("runbook.sources.regimes")),
        _summaries(seen),
        _institutions(seen, regimes),
        element("h3", told("runbook.sources.scenario")),
        _scenario(seen, scenario),
        run_past.section(seen),
    ])  # fmt: skip
    return Chapter("sources", say("runbook.chapter.sources"), inner)


def economies(seen: Seen) -> list[Economy]:
    """Return the economies that the first plans were drafted for, each name once."""
    found: dict[str, Economy] = {}
    for course in seen.courses:
        for year in sorted(course.adopted)[:1]:
            economy = course.adopted[year].economy
            found.setdefault(economy.name, economy)
    return list(found.values())


def _economy(economy: Economy) -> Html:
    label, notes = label_of(economy), str(economy.notes.get("notes", ""))
    opening = NOTHING
    if label or notes:
        said = joined([element("b", text(f"{label}: " if label else "")), text(notes)])
        opening = note("warn" if label else "", element("p", said))
    pairs = [(say("runbook.sources.economy"), text(f"{economy.title} ({economy.name})"))]
    pairs += [
        (say(f"runbook.sources.{key}"), text(str(economy.notes[key])))
        for key in ("sources", "licence")
        if economy.notes.get(key)
    ]
    return joined([opening, facts(pairs)])


def _limits(seen: Seen) -> Iterator[str]:
    yield say("runbook.limits.not_history")
    if seen.has_past:
        yield say("runbook.limits.guest")
    yield say("runbook.limits.seed", seed=seen.run.seed)
    voting = [
        seen.labels[course.name]
        for course in seen.courses
        if any(now.decision_rule != IMPOSED for now in course.institutions.values())
    ]
    if voting:
        yield say("runbook.limits.never", regimes=in_words(voting))
    yield say("runbook.limits.bound")
    yield say("runbook.limits.rules")


def _summaries(seen: Seen) -> Html:
    parts = []
    for place, course in enumerate(seen.courses):
        name = regime_name(place, seen.labels[course.name])
        said = element("p", text(" ".join(course.summary.split())))
        rest = course.title.removeprefix(f"{seen.labels[course.name]}:").strip()
        parts += [element("p", joined([name, text(f" {rest}")])), said]
    return joined(parts)


def _institutions(seen: Seen, regimes: Sequence[Regime]) -> Html:
    """Return how many values of institutions are measured, calibrated and assumed."""
    known = {regime.name: regime for regime in regimes}
    rows: list[list[Cell]] = []
    for course in seen.courses:
        if course.name in known:
            counts = provenances(known[course.name], seen.years)
            numbers: list[Cell] = [counts[kind] for kind in PROVENANCES]
            rows.append([seen.labels[course.name], *numbers])
    if not rows:
        return paragraph(say("runbook.sources.no_articles"))
    columns = [
        Column(say("runbook.col.regime"), number=False),
        *[Column(say(f"runbook.provenance.{kind}")) for kind in PROVENANCES],
    ]
    return table(say("runbook.sources.articles"), columns, rows)


def provenances(regime: Regime, years: Sequence[int]) -> Counter[str]:
    """Return how sure the articles are that are in force in any of some years."""
    found: dict[tuple[str, int], str] = {}
    for year in years:
        newest: dict[str, tuple[int, str]] = {}
        for article in regime.articles:
            since = newest.get(article.institution, (0, ""))[0]
            if since <= article.since <= year:
                newest[article.institution] = (article.since, article.provenance)
        found |= {(name, since): kind for name, (since, kind) in newest.items()}
    return Counter(found.values())


def _scenario(seen: Seen, scenario: Scenario) -> Html:
    pairs = [
        (say("runbook.sources.name"), text(f"{scenario.title} ({scenario.name})")),
        (say("runbook.sources.years"), text(years_words(seen.years))),
        (say("runbook.sources.groups"), text(_groups(seen))),
        (say("runbook.sources.workplaces"), text(say(
            "runbook.sources.each_technique", count=scenario.workplaces))),
    ]  # fmt: skip
    return joined([facts(pairs), _ranges(scenario.stated)])


def _groups(seen: Seen) -> str:
    return in_words([group.title for group in seen.run.scenario.groups])


def _ranges(ranges: Mapping[str, Mapping[str, object]]) -> Html:
    if not ranges:
        return paragraph(say("runbook.sources.no_ranges"))
    counts = Counter(status(said) for said in ranges.values())
    words = in_words([
        say("runbook.sources.status", count=count, status=name)
        for name, count in counts.most_common()
    ])  # fmt: skip
    heads = ("number", "low", "high", "status", "source")
    columns = [Column(say(f"runbook.col.{head}"), number=head in _NUMBERS) for head in heads]
    rows = [_range(name, said) for name, said in ranges.items()]
    listing = table(say("runbook.sources.ranges"), columns, rows, kind="compact long")
    head = paragraph(counted("runbook.sources.counts", len(rows), statuses=words))
    return joined([head, details(say("runbook.sources.open"), listing)])


def status(said: Mapping[str, object]) -> str:
    """Return how sure a number of a scenario is, as it is written there."""
    found = said.get("provenance", "")
    return str(found) or say("runbook.sources.not_said")


def _range(name: str, said: Mapping[str, object]) -> list[Cell]:
    numbers: list[Cell] = [
        float(value) if isinstance(value := said.get(side), int | float) else None
        for side in _NUMBERS
    ]
    return [name, *numbers, status(said), str(said.get("source", ""))]


# ---- for machines --------------------------------------------------------------------------------


def machines(seen: Seen, command: str, digests: Mapping[str, str]) -> Chapter:
    """Return the section by which the run can be repeated and checked."""
    run = seen.run
    pairs = [(say("runbook.machines.seed"), code(str(run.seed)))]
    if command:
        pairs.insert(0, (say("runbook.machines.command"), code(command)))
    pairs += [
        (say("runbook.machines.scenario"), code(run.scenario.name)),
        (
            say("runbook.machines.regimes"),
            code(" ".join(course.name for course in seen.courses)),
        ),
        (
            say("runbook.machines.points"),
            told(
                "runbook.machines.count",
                points=len(run.points),
                series=len({point.series for point in run.points}),
                events=len(run.events),
            ),
        ),
    ]
    pairs += [(name, code(content)) for name, content in digests.items()]
    inner = joined([paragraph(say("runbook.machines.meaning")), facts(pairs)])
    return Chapter("machines", say("runbook.chapter.machines"), inner)
