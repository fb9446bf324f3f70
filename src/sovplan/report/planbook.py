"""The plan book of a draft: one HTML file that a minister, a worker and a referee can each read."""

from collections.abc import Mapping

from sovplan.foundation.words import say
from sovplan.planning.stress import Stress
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
    sure,
    targets,
    waste,
)
from sovplan.report.frame import Page, whole
from sovplan.report.measures import target_years
from sovplan.report.opening import opening
from sovplan.report.parts import NOTHING, Chapter, code, element, joined, text, told
from sovplan.report.svg import Html
from sovplan.report.wording import aims_name, first_sentences, label_of, years_words


def plan_book(
    draft: Draft,
    *,
    stress: Stress | None = None,
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
        Digests to cite by name, beside those of the economy and the aims.

    Returns
    -------
    str
        UTF-8 text; the same draft gives the same text.
    """
    economy = draft.economy
    title = say(
        "report.frame.title",
        economy=economy.name,
        aims=aims_name(draft),
        years=years_words(draft.years),
    )
    page = Page(
        title,
        _where(draft),
        _warning(draft),
        opening(draft, stress),
        chapters(draft, stress, command, digests or {}),
        told("report.frame.foot"),
    )
    return whole(page)


def chapters(
    draft: Draft, stress: Stress | None, command: str, digests: Mapping[str, str]
) -> tuple[Chapter, ...]:
    """Return the sections of the book that have something to say, in order."""
    with_hands = draft.aims.objective != "labour" and bool(target_years(draft))
    found = [
        refusal.contradiction(draft),
        refusal.least_change(draft),
        refusal.without_limit(draft),
        refusal.asked(draft),
        needs.chapter(draft),
        binding.chapter(draft),
        costs.chapter(draft),
        targets.chapter(draft),
        sure.chapter(draft, stress),
        flows.chapter(draft),
        capital.chapter(draft),
        balances.chapter(draft, with_hands=with_hands),
        waste.chapter(draft),
        sources.chapter(draft),
        checking.chapter(draft, command, digests),
    ]
    return tuple(chapter for chapter in found if chapter is not None)


def _where(draft: Draft) -> Html:
    return joined([
        told("report.frame.book"),
        Html(" · "),
        code(draft.economy.name),
        text(f" · {aims_name(draft)} · {years_words(draft.years)}"),
    ])  # fmt: skip


def _warning(draft: Draft) -> Html:
    label = label_of(draft.economy)
    if not label:
        return NOTHING
    said = first_sentences(str(draft.economy.notes.get("notes", draft.economy.title)))
    return joined([element("b", text(f"{label}:")), text(f" {said}")])
