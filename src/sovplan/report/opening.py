"""The first screen: one sentence, the state of the draft, one figure, three numbers."""

from collections.abc import Sequence
from typing import Final

from sovplan.foundation.numbers import figure, percent, residual_on_page
from sovplan.foundation.words import say
from sovplan.planning.explain import begun, between, held_words, share_words
from sovplan.planning.foremost import Told, gain_words, holding, saving, thing_and_years
from sovplan.planning.stress import Stress
from sovplan.records.draft import Draft, Unlimited
from sovplan.report import hands, sure, targets
from sovplan.report.measures import at_floor, hours_used, scarce_things, target_years
from sovplan.report.parts import (
    NOTHING,
    counted,
    element,
    joined,
    paragraph,
    tag,
    text,
    told,
)
from sovplan.report.svg import Html
from sovplan.report.wording import (
    aims_name,
    good_name,
    refused,
    year_at,
    years_words,
)

PROVEN: Final = 1e-6
"""Greatest gap and residual of a proof that is called one."""


def opening(draft: Draft, stress: Stress | None) -> Html:
    """Return the first screen of a draft, also of one that cannot be done."""
    heading = say(
        "report.opening.heading",
        title=draft.economy.title,
        aims=aims_name(draft),
        years=years_words(draft.years),
    )
    parts = [element("h1", text(heading), "vh"), lead(draft), states(draft)]
    if draft.done:
        first = joined([main_figure(draft, stress), statistics(draft, stress)])
        parts.append(element("h2", told("report.opening.short"), "vh"))
        parts.append(element("div", first, "first"))
    return joined(parts)


def main_figure(draft: Draft, stress: Stress | None) -> Html:
    """Return the figure that carries the sentence: targets, or hours where hours are the aim."""
    if draft.aims.objective == "labour" or not target_years(draft):
        return hands.hands_figure(draft)
    return targets.targets_figure(draft, stress)


def lead(draft: Draft) -> Html:
    """Return the sentences that tell the whole: what is reached, what holds it, what costs work."""
    pieces = [text(_reached(draft))]
    held = held_words(draft) if draft.done else ""
    if held:
        pieces += [Html(" "), element("b", text(held))]
        first = holding(draft)[0]
        if first.amount > 0:
            key = "brings" if first.tried else "brings_at_most"
            gain, share = gain_words(draft, first.amount), begun(share_words(first))
            pieces += [Html(" "), told(f"report.lead.{key}", share=share, gain=gain)]
    dear = saving(draft) if draft.done else ()
    if dear:
        pieces += [Html(" "), _work(draft, dear[0])]
    return element("p", joined(pieces), "lead")


def _work(draft: Draft, dearest: Told) -> Html:
    """Return what saves most work, bold where nothing is said to hold an objective."""
    said = say(
        f"report.lead.{'saves' if dearest.tried else 'saves_rate'}",
        thing=thing_and_years(draft, dearest.thing),
        share=share_words(dearest),
        saved=figure(dearest.amount),
        unit=draft.work_unit,
    )
    return element("b", text(said)) if not holding(draft) else text(said)


def _reached(draft: Draft) -> str:
    if draft.conflict is not None:
        return counted(f"report.lead.{refused(draft)}", len(draft.conflict.limits))
    if draft.unlimited is not None:
        return _endless(draft, draft.unlimited)
    if draft.plan is None:
        return say(f"report.status.{draft.status}")
    used, there = hours_used(draft.plan)
    known = [share for share in draft.fulfilment if share is not None] or [float("nan")]
    values = {
        "years": years_words(tuple(draft.years[t] for t in target_years(draft)) or draft.years),
        "hours": figure(used),
        "unit": draft.economy.hours_unit,
        "used": percent(used / there if there > 0 else float("nan")),
        "value": figure(draft.objective),
        "least": percent(min(known)),
        "most": percent(max(known)),
    }
    return say(f"report.lead.{_way(draft, known)}", **values)


def _endless(draft: Draft, found: Unlimited) -> str:
    economy = draft.economy
    names = [good_name(economy, economy.goods.names.index(good)) for good in found.goods[:3]]
    return say(
        "report.lead.unbounded",
        goods=", ".join(names) or say("planning.unbounded.targets"),
        years=years_words(found.years),
    )


def _way(draft: Draft, known: Sequence[float]) -> str:
    """Return which sentence tells what the plan reaches."""
    if draft.status == "feasible":
        return "feasible"
    if draft.aims.objective in {"weighted", "labour"}:
        return draft.aims.objective
    if percent(min(known)) != percent(max(known)):
        return "common"
    if min(known) >= 1:
        return "ray_all"
    return "ray_rise" if (draft.calendar.output_base > 0).any() else "ray_part"


def states(draft: Draft, *, alone: bool = False) -> Html:
    """Return the state of the draft as signs with words, and how sure it is.

    Parameters
    ----------
    draft
        Of any status.
    alone
        Whether it stands outside the book, so that nothing in the book can be pointed at.
    """
    if not draft.done:
        bad = tag("bad", say(f"report.state.{draft.status}"))
        return element("p", joined([bad, Html(" "), _aims(draft)]))
    found = [tag("ok", say("report.state.feasible"))]
    proof = draft.certificate
    quiet = say("report.state.unproven")
    if proof is not None and draft.status == "optimal":
        good = max(proof.gap, proof.primal, proof.dual) <= PROVEN
        found.append(
            tag("ok", say("report.state.best")) if good else tag("warn", say("report.state.loose"))
        )
        quiet = say("report.state.gap", gap=residual_on_page(proof.gap))
    bound = "lower" if draft.aims.objective == "labour" else "upper"
    said = say(f"report.state.{bound}") if draft.status == "optimal" else ""
    check = Html("" if alone else f' · <a href="#check">{told("report.state.check")}</a>')
    words = [text(quiet), check, text(f" · {said}" if said else "")]
    found.append(element("span", joined(words), "quiet"))
    return element("p", Html(" ".join(found)), "crumb")


def _aims(draft: Draft) -> Html:
    return told("report.state.aims", aims=aims_name(draft))


def statistics(draft: Draft, stress: Stress | None) -> Html:
    """Return the three numbers of the first screen, each with its band or why it has none."""
    stats = [_share_stat(draft, stress), _hours_stat(draft), _floor_stat(draft)]
    return element("dl", joined(stats), "stats")


def _stat(name: str, number: str, band: str) -> Html:
    inner = joined([element("span", text(number), "big"), element("span", text(band), "band")])
    return element("div", joined([element("dt", text(name)), element("dd", inner)]), "stat")


def _share_stat(draft: Draft, stress: Stress | None) -> Html:
    band = sure.band_words(stress)
    known = [share for share in draft.fulfilment if share is not None]
    if draft.aims.objective == "labour":
        key = "weighted_asked" if draft.aims.weighs_labour else "hours_asked"
        name = say(f"report.stat.{key}", unit=draft.economy.hours_unit)
        return _stat(name, figure(draft.objective), band)
    if draft.aims.objective == "weighted" or not known:
        return _stat(say("report.stat.value"), figure(draft.objective), band)
    key = "increase" if (draft.calendar.output_base > 0).any() else "share"
    number = percent(min(known))
    if percent(max(known)) != number:
        number = say("report.stat.range", least=percent(min(known)), most=percent(max(known)))
    return _stat(say(f"report.stat.{key}"), number, f"{_strict(draft)}{band}")


def _strict(draft: Draft) -> str:
    """Return what is reached with nothing left over, where that was asked, before the band."""
    found = (draft.facts or {}).get("none_wasted")
    if found is None:
        return ""
    if found["phi"] is None:
        return say("report.stat.strict_none")
    return say("report.stat.strict", share=between(*found["phi"]))


def _hours_stat(draft: Draft) -> Html:
    if draft.plan is None:
        return NOTHING
    used, there = hours_used(draft.plan)
    nearest = hands.nearest(draft)
    band = say("report.stat.exact", hours=figure(used), unit=draft.economy.hours_unit)
    if nearest is not None:
        band = say(
            "report.stat.nearest",
            hours=figure(used),
            unit=draft.economy.hours_unit,
            name=nearest.name,
            share=percent(nearest.share),
            year=nearest.year,
        )
    share = used / there if there > 0 else float("nan")
    return _stat(say("report.stat.hours"), percent(share), band)


def _floor_stat(draft: Draft) -> Html:
    last = len(draft.years) - 1
    held, asked = at_floor(draft, last)
    if asked:
        name = counted("report.stat.floor", asked, year=year_at(draft, last))
        return _stat(name, figure(held), say("report.stat.floor_note"))
    count = figure(len(scarce_things(draft)))
    return _stat(say("report.stat.binding"), count, say("report.stat.binding_note"))


def in_short(draft: Draft) -> Html:
    """Return sentence and state without the rest, for a notebook."""
    held = held_words(draft) if draft.done else ""
    return joined([paragraph(f"{_reached(draft)} {held}".strip()), states(draft, alone=True)])
