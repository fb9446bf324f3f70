"""Where the numbers come from, what was assumed, and what the draft cannot say."""

from collections.abc import Iterator, Mapping
from typing import Final

from sovplan.foundation.numbers import percent, plain
from sovplan.foundation.words import say
from sovplan.records.draft import Draft
from sovplan.report.parts import (
    NOTHING,
    Cell,
    Chapter,
    Column,
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
from sovplan.report.svg import Html
from sovplan.report.wording import aims_name, label_of, years_words

_OPEN: Final = 6
"""Rows of assumptions from which their table is closed at first."""


def chapter(draft: Draft) -> Chapter:
    """Return the section on sources, aims, assumptions and limits."""
    inner = joined([
        _origin(draft),
        element("h3", told("report.sources.aims")),
        facts(_aims(draft)),
        element("h3", told("report.sources.limits")),
        listed([text(limit) for limit in _limits(draft)]),
        _beside(draft),
        _assumptions(draft),
    ])  # fmt: skip
    return Chapter("sources", say("report.chapter.sources"), inner)


def _origin(draft: Draft) -> Html:
    economy, label = draft.economy, label_of(draft.economy)
    opening = NOTHING
    notes = str(economy.notes.get("notes", ""))
    if label or notes:
        said = joined([element("b", text(f"{label}: " if label else "")), text(notes)])
        opening = note("warn" if label else "", element("p", said))
    pairs = [
        (say("report.sources.title"), text(economy.title)),
        (say("report.sources.year"), text(str(economy.year))),
    ]
    pairs += [
        (say(f"report.sources.{key}"), text(str(economy.notes[key])))
        for key in ("sources", "licence")
        if economy.notes.get(key)
    ]
    size = say(
        "report.sources.size",
        goods=len(economy.goods),
        techniques=len(economy.techniques),
        plants=len(economy.plants),
        skills=len(economy.techniques.skills),
        resources=len(economy.techniques.resources),
    )
    pairs.append((say("report.sources.extent"), text(size)))
    return joined([opening, facts(pairs)])


def _aims(draft: Draft) -> Iterator[tuple[str, Html]]:
    aims = draft.aims
    yield say("report.aims.name"), text(aims_name(draft))
    yield say("report.aims.objective"), told(f"report.objective.{aims.objective}")
    yield say("report.aims.years"), text(years_words(draft.years))
    yield say("report.aims.terminal"), text(_terminal(draft))
    if aims.cap is not None:
        yield say("report.aims.cap"), text(percent(aims.cap))
    if aims.no_waste:
        yield say("report.aims.no_waste"), text(", ".join(aims.no_waste))
    for key, weighted in (("weights", aims.weights), ("labour_weights", aims.labour_weights)):
        if weighted:
            said = ", ".join(f"{name} {plain(float(value))}" for name, value in weighted.items())
            yield say(f"report.aims.{key}"), text(said)
    yield say("report.aims.method"), text(draft.method)


def _terminal(draft: Draft) -> str:
    terminal = draft.aims.terminal
    if terminal is None:
        return say("report.aims.terminal_none")
    if isinstance(terminal, Mapping):
        goods = ", ".join(f"{name} {percent(rate)}" for name, rate in terminal.items())
        return say("report.aims.terminal_goods", goods=goods)
    return say("report.aims.terminal_all", share=percent(terminal))


def _limits(draft: Draft) -> Iterator[str]:
    if draft.status == "optimal":
        yield say("report.limits.bound")
    yield say("report.limits.fixed")
    yield say("report.limits.people")
    if draft.hours is not None:
        yield say("report.limits.prices")


def _beside(draft: Draft) -> Html:
    """Return the limits that this economy has beside those of every economy."""
    present = draft.economy.extensions.present()
    if not present:
        return NOTHING
    heading = element("h3", told("report.sources.beside"))
    return joined([heading, listed([told(f"report.extension.{name}") for name in present])])


def _assumptions(draft: Draft) -> Html:
    given = draft.economy.notes.get("assumptions")
    if not isinstance(given, Mapping) or not given:
        return NOTHING
    heads = ("assumption", "low", "high", "provenance", "source", "note")
    columns = [Column(say(f"report.col.{head}"), number=head in {"low", "high"}) for head in heads]
    rows = [_assumption(str(name), said) for name, said in given.items()]
    listing = table(say("report.sources.assumptions"), columns, rows, kind="compact long")
    heading = element("h3", told("report.sources.assumed"))
    count = paragraph(counted("report.sources.assumed_text", len(rows)))
    if len(rows) > _OPEN:
        listing = details(say("report.sources.assumed_open"), listing)
    return joined([heading, count, listing])


def _assumption(name: str, said: object) -> list[Cell]:
    if not isinstance(said, Mapping):
        return [name, None, None, "", "", str(said)]
    numbers: list[Cell] = [
        float(said[side]) if isinstance(said.get(side), int | float) else None
        for side in ("low", "high")
    ]
    words = [str(said.get(key, "")) for key in ("provenance", "source", "note")]
    return [name, *numbers, *words]
