"""The plan book of a draft: one HTML file that a minister, a worker and a referee can each read."""

from collections.abc import Mapping

from sovplan.foundation.words import say
from sovplan.records.draft import Draft
from sovplan.report import (
    balances,
    binding,
    capital,
    checking,
    costs,
    flows,
    needs,
    refusal,
    sources,
    targets,
    waste,
)
from sovplan.report.frame import Chapter, Page, whole
from sovplan.report.measures import target_years
from sovplan.report.opening import opening
from sovplan.report.parts import NOTHING, code, element, joined, text, told
from sovplan.report.stress import Stressed
from sovplan.report.svg import Html
from sovplan.report.wording import first_sentences, label_of


def plan_book(
    draft: Draft,
    *,
    stress: object | None = None,
    command: str = "",
    digests: Mapping[str, str] | None = None,
) -> str:
    """Return the plan book of a draft as the text of one HTML file that needs no network.

    Parameters
    ----------
    draft
        A draft of any status; one that cannot be done gives a book that says why.
    stress
        What remains of the plan when its numbers err; without it numbers have no bands, and the
        book says so.
    command
        What to type to get the same draft.
    digests
        Digests to cite by name (of inputs, of the plan).

    Returns
    -------
    str
        UTF-8 text; the same draft gives the same text.
    """
    economy = draft.economy
    title = say(
        "report.frame.title",
        economy=economy.name,
        aims=draft.aims.name,
        first=draft.years[0],
        last=draft.years[-1],
    )
    page = Page(
        title,
        _where(draft),
        _warning(draft),
        opening(draft, stress if isinstance(stress, Stressed) else None),
        chapters(draft, command, digests or {}),
        told("report.frame.foot"),
    )
    return whole(page)


def chapters(draft: Draft, command: str, digests: Mapping[str, str]) -> tuple[Chapter, ...]:
    """Return the sections of the book that have something to say, in order."""
    with_hands = draft.aims.objective != "labour" and bool(target_years(draft))
    bodies = {
        "contradiction": refusal.contradiction(draft),
        "change": refusal.least_change(draft),
        "unlimited": refusal.without_limit(draft),
        "asked": NOTHING if draft.done else refusal.asked(draft),
        "needs": needs.chapter(draft) if draft.done else NOTHING,
        "binding": binding.chapter(draft),
        "costs": costs.chapter(draft),
        "targets": targets.chapter(draft),
        "flows": flows.chapter(draft),
        "capital": capital.chapter(draft),
        "balances": balances.chapter(draft, with_hands=with_hands),
        "waste": waste.chapter(draft),
        "sources": sources.chapter(draft),
        "check": checking.chapter(draft, command, digests),
    }
    return tuple(
        Chapter(key, say(f"report.chapter.{key}"), body) for key, body in bodies.items() if body
    )


def _where(draft: Draft) -> Html:
    years = say("report.years.run", first=draft.years[0], last=draft.years[-1])
    if len(draft.years) == 1:
        years = str(draft.years[0])
    return joined([
        told("report.frame.book"),
        Html(" · "),
        code(draft.economy.name),
        text(f" · {draft.aims.name} · {years}"),
    ])  # fmt: skip


def _warning(draft: Draft) -> Html:
    label = label_of(draft.economy)
    if not label:
        return NOTHING
    said = first_sentences(str(draft.economy.notes.get("notes", draft.economy.title)), 2)
    return joined([element("b", text(f"{label}:")), text(f" {said}")])
