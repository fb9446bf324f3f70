"""The first screen: one sentence, the state of the draft, one figure, three numbers."""

from typing import Final

from sovplan.foundation.numbers import figure, percent, residual_on_page
from sovplan.foundation.words import say
from sovplan.records.draft import Draft
from sovplan.report import hands, targets
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
from sovplan.report.stress import Stressed
from sovplan.report.svg import Html
from sovplan.report.wording import good_name, relaxed, scarce_name, years_words

PROVEN: Final = 1e-6
"""Greatest gap and residual of a proof that is called one."""


def opening(draft: Draft, stress: Stressed | None) -> Html:
    """Return the first screen of a draft, also of one that cannot be done."""
    heading = say(
        "report.opening.heading",
        title=draft.economy.title,
        aims=draft.aims.name,
        first=draft.years[0],
        last=draft.years[-1],
    )
    parts = [element("h1", text(heading), "vh"), lead(draft), states(draft)]
    if draft.done:
        first = joined([main_figure(draft), statistics(draft, stress)])
        parts.append(element("div", first, "first"))
    return joined(parts)


def main_figure(draft: Draft) -> Html:
    """Return the figure that carries the sentence: targets, or hours where hours are the aim."""
    if draft.aims.objective == "labour" or not target_years(draft):
        return hands.hands_figure(draft)
    return targets.targets_figure(draft)


def lead(draft: Draft) -> Html:
    """Return the sentence that tells the whole."""
    pieces = [text(_reached(draft))]
    scarce = scarce_things(draft)
    if scarce and scarce[0].saved > 0:
        held = say(
            "report.lead.scarce",
            name=scarce_name(draft, scarce[0]),
            relaxed=relaxed(scarce[0]),
            saved=figure(scarce[0].saved),
            unit=draft.economy.hours_unit,
        )
        pieces += [Html(" "), element("b", text(held))]
    return element("p", joined(pieces), "lead")


def _reached(draft: Draft) -> str:
    if draft.conflict is not None or draft.status == "infeasible":
        count = 0 if draft.conflict is None else len(draft.conflict.limits)
        return say("report.lead.infeasible", count=count)
    if draft.unlimited is not None:
        found = draft.unlimited
        named = [good_name(draft.economy, draft.economy.goods.names.index(g)) for g in found.goods]
        return say(
            "report.lead.unbounded",
            goods=", ".join(named[:3]) or say("planning.unbounded.targets"),
            years=years_words(found.years),
        )
    if draft.plan is None:
        return say("report.lead.none")
    used, there = hours_used(draft.plan)
    values = {
        "years": years_words(tuple(draft.years[t] for t in target_years(draft)) or draft.years),
        "hours": figure(used),
        "unit": draft.economy.hours_unit,
        "used": percent(used / there) if there > 0 else percent(float("nan")),
        "value": figure(draft.objective),
    }
    known = [share for share in draft.fulfilment if share is not None]
    if draft.aims.objective not in {"ray", "common"} or not known:
        return say(f"report.lead.{draft.aims.objective}", **values)
    values |= {"least": percent(min(known)), "most": percent(max(known))}
    if draft.aims.objective == "common" and percent(min(known)) != percent(max(known)):
        return say("report.lead.common", **values)
    return say(f"report.lead.ray_{_way(draft, min(known))}", **values)


def _way(draft: Draft, share: float) -> str:
    if share >= 1:
        return "all"
    return "rise" if (draft.calendar.output_base > 0).any() else "part"


def states(draft: Draft) -> Html:
    """Return the state of the draft as signs with words, and how sure it is."""
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
    check = Html(f' · <a href="#check">{told("report.state.check")}</a>')
    words = [text(quiet), check, text(f" · {said}" if said else ""), Html(" · "), _aims(draft)]
    found.append(element("span", joined(words), "quiet"))
    return element("p", Html(" ".join(found)), "crumb")


def _aims(draft: Draft) -> Html:
    return told("report.state.aims", aims=draft.aims.name)


def statistics(draft: Draft, stress: Stressed | None) -> Html:
    """Return the three numbers of the first screen, each with its band or why it has none."""
    stats = [_share_stat(draft, stress), _hours_stat(draft), _floor_stat(draft)]
    return element("dl", joined(stats), "stats")


def _stat(name: str, number: str, band: str) -> Html:
    inner = joined([element("span", text(number), "big"), element("span", text(band), "band")])
    return element("div", joined([element("dt", text(name)), element("dd", inner)]), "stat")


def _share_stat(draft: Draft, stress: Stressed | None) -> Html:
    none = say("report.stat.no_band") if stress is None else stress_band(stress)
    known = [share for share in draft.fulfilment if share is not None]
    if draft.aims.objective == "labour":
        name = say("report.stat.hours_asked", unit=draft.economy.hours_unit)
        return _stat(name, figure(draft.objective), none)
    if draft.aims.objective == "weighted" or not known:
        return _stat(say("report.stat.value"), figure(draft.objective), none)
    key = "increase" if (draft.calendar.output_base > 0).any() else "share"
    number = percent(min(known))
    if percent(max(known)) != number:
        number = say("report.stat.range", least=percent(min(known)), most=percent(max(known)))
    return _stat(say(f"report.stat.{key}"), number, none)


def stress_band(stress: Stressed) -> str:
    """Return the band of what a plan reaches under chance, in words."""
    return say(
        "report.stat.band", low=percent(stress.low), high=percent(stress.high), draws=stress.draws
    )


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
        name = counted("report.stat.floor", asked, year=draft.years[last])
        return _stat(name, figure(held), say("report.stat.floor_note"))
    count = figure(len(scarce_things(draft)))
    return _stat(say("report.stat.binding"), count, say("report.stat.binding_note"))


def alone(draft: Draft) -> Html:
    """Return sentence and state without the rest, for a notebook."""
    return joined([paragraph(_reached(draft)), states(draft)])
