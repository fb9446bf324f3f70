"""The plan book of a run: one HTML file that a minister, a worker and a referee can each read."""

from collections.abc import Mapping, Sequence

from sovplan.foundation.words import say
from sovplan.records.run import PlanningRun
from sovplan.records.scenario import Scenario
from sovplan.regimes.regime import Regime
from sovplan.report import (
    run_bound,
    run_events,
    run_flows,
    run_found,
    run_goods,
    run_people,
    run_sources,
    run_supply,
    run_village,
    run_votes,
    run_who,
    run_whole,
)
from sovplan.report.frame import Page, whole
from sovplan.report.parts import NOTHING, Chapter, code, element, joined, text, told
from sovplan.report.run_opening import opening
from sovplan.report.run_series import Seen, in_words, seen
from sovplan.report.svg import Html
from sovplan.report.wording import first_sentences, label_of, years_words


def run_book(
    run: PlanningRun,
    *,
    command: str = "",
    digests: Mapping[str, str] | None = None,
    regimes: Sequence[Regime] = (),
) -> str:
    """Return the plan book of a run as the text of one HTML file that needs no network.

    Parameters
    ----------
    run
        A run of at least one regime and one year. Series that it does not have are left out, and
        the book says so.
    command
        What to type to get the same run.
    digests
        Digests to cite by name.
    regimes
        The files of the regimes, so that the book can count how sure their values are; without
        them it says that it cannot.

    Returns
    -------
    str
        UTF-8 text; the same run gives the same text.
    """
    shown = seen(run)
    title = say(
        "runbook.frame.title",
        scenario=run.scenario.name,
        regimes=in_words([shown.labels[course.name] for course in run.courses]),
        years=years_words(shown.years),
    )
    page = Page(
        title,
        _where(shown),
        _warning(shown),
        opening(shown),
        chapters(shown, run.scenario, command, digests or {}, regimes),
        told("runbook.frame.foot"),
    )
    return whole(page)


def chapters(
    shown: Seen,
    scenario: Scenario,
    command: str,
    digests: Mapping[str, str],
    regimes: Sequence[Regime],
) -> tuple[Chapter, ...]:
    """Return the sections of the book in order."""
    return (
        run_who.chapter(shown),
        run_votes.chapter(shown),
        run_goods.chapter(shown),
        run_whole.chapter(shown),
        run_bound.chapter(shown),
        run_found.chapter(shown),
        run_people.chapter(shown),
        run_supply.chapter(shown),
        *run_village.chapters(shown),
        run_flows.chapter(shown),
        run_events.chapter(shown),
        run_sources.chapter(shown, scenario, regimes),
        run_sources.machines(shown, command, digests),
    )


def _where(shown: Seen) -> Html:
    return joined([
        told("report.frame.book"),
        Html(" · "),
        code(shown.run.scenario.name),
        told("runbook.frame.where", years=years_words(shown.years), seed=shown.run.seed),
    ])  # fmt: skip


def _warning(shown: Seen) -> Html:
    for economy in run_sources.economies(shown):
        label = label_of(economy)
        if label:
            said = first_sentences(str(economy.notes.get("notes", economy.title)))
            return joined([element("b", text(f"{label}:")), text(f" {said}")])
    return NOTHING
