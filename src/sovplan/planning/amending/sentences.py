"""A sheet in words: what can be met, what it costs, who pays, what does not fit together."""

from collections.abc import Iterator, Sequence
from math import isnan
from typing import Final

from sovplan.foundation.numbers import figure, percent
from sovplan.foundation.words import say
from sovplan.planning.amending.amended import EDGE
from sovplan.records.amendments import Amendment, Clause
from sovplan.records.certainty import Proved
from sovplan.records.costing import (
    AnswerSheet,
    ClashSheet,
    Costing,
    Moved,
    PriceTag,
    ShareSheet,
    Sheet,
    Struck,
)
from sovplan.records.draft import Draft
from sovplan.records.economy import Economy

_NEAR_NOTHING: Final = 1e-5
"""Part of an amendment that is told as 0 %."""
_FEASIBLE: Final = 1e-7
"""Greatest residual of an answer that is proved."""
_CLOSE: Final = 1e-6
"""Greatest gap of one."""
_ROUNDING: Final = 1e-9
"""Relative size of a cost that is rounding."""
_NO_WORK: Final = 2e-7
"""Share of all hours that the difference of two solutions leaves as rounding."""


def clause_words(economy: Economy, clause: Clause, uncounted: Sequence[str] = ()) -> str:
    """Return what a clause asks for, in words; `uncounted` goods count for nothing in it."""
    goods = dict(zip(economy.goods.names, economy.goods.titles, strict=True))
    sense = say(f"amendments.sense.{'least' if clause.least is not None else 'most'}")
    key = "hours_by" if clause.kind == "hours" and clause.by is not None else clause.kind
    units = dict(zip(economy.goods.names, economy.goods.units, strict=True))
    words = say(
        f"amendments.clause.{key}",
        names=", ".join(goods.get(name, name) for name in clause.names),
        of=say(f"amendments.of.{clause.of or 'labour'}"),
        by=figure(clause.by or 0.0),
        sense=sense,
        amount=figure(clause.amount, 6),
        share=percent(clause.amount),
        unit=economy.hours_unit if clause.kind == "hours" else units.get(clause.names[0], ""),
        among=clause.among,
    )
    if uncounted:
        words = say("amendments.clause.uncounted", clause=words, goods=", ".join(uncounted))
    if clause.year is None:
        return say("amendments.clause.every", clause=words)
    return say("amendments.clause.year", clause=words, year=clause.year)


def up_to_words(amendment: Amendment, part: float) -> str:
    """Return the per cent that are possible of one clause by per cent; '' elsewhere."""
    if len(amendment.clauses) != 1 or amendment.clauses[0].by is None or part >= 1:
        return ""
    return percent(0.01 * amendment.clauses[0].by * part)


def sentences_of(draft: Draft, sheet: Sheet) -> Iterator[str]:
    """Yield what a sheet says."""
    for costing in sheet.costings:
        yield from costing_sentences(draft, sheet, costing)
    yield from joint_sentences(sheet)
    if sheet.shares is not None:
        yield from share_sentences(sheet.shares)


def costing_sentences(draft: Draft, sheet: Sheet, costing: Costing) -> Iterator[str]:
    """Yield what a sheet says of one amendment."""
    yield opening(costing)
    if costing.met_by_draft or costing.gave_up:
        return
    if costing.binds:
        yield say("amendments.said.binds", binds="; ".join(costing.binds))
    if costing.price is None:
        yield from certainty_sentences(sheet, costing)
        return
    if costing.theta < 1:
        yield say("amendments.said.of_part")
    struck = struck_of(costing)
    yield price_sentence(sheet, costing.price, stay=bool(struck))
    for key, some in (("target", struck), ("cut", cut_of(costing))):
        if some:
            targets = "; ".join(_struck_words(one, key) for one in some)
            yield say(f"amendments.said.{'struck' if key == 'target' else 'cut'}", targets=targets)
    if sheet.objective_name != "labour":
        works = [one.work.before for one in costing.answers if one.work is not None]
        yield hours_sentence(sheet, costing.price, max(works, default=0.0))
    yield margin_sentence(sheet, costing.price, costing.theta)
    yield from _answer_sentences(draft, costing)
    yield from certainty_sentences(sheet, costing)


def certainty_sentences(sheet: Sheet, costing: Costing) -> Iterator[str]:
    """Yield how certain a cost is, where numbers were drawn."""
    found = costing.certainty
    if found is None:
        return
    share, low, high = (percent(part) for part in found.whole)
    key = "one" if found.draws == 1 else "many"
    yield say(f"amendments.sure.{key}", draws=found.draws, share=share, low=low, high=high)
    if found.planned < found.draws:
        yield say("amendments.sure.no_plan", count=found.draws - found.planned)
    if not found.aim:
        return
    unit = {"weighted": "value", "labour": "labour"}.get(sheet.objective_name, "points")
    least, middle, most = (loss_words(sheet, value) for value in found.aim)
    words = {"least": least, "middle": middle, "most": most}
    yield say("amendments.sure.cost", unit=say(f"amendments.page.{unit}"), **words)
    if sheet.objective_name != "labour":
        least, middle, most = (figure(value) for value in found.hours)
        words = {"least": least, "middle": middle, "most": most}
        yield say("amendments.sure.hours", unit=sheet.hours_unit, **words)


def opening(costing: Costing) -> str:
    """Return whether an amendment can be met."""
    if costing.gave_up:
        return say("amendments.said.gave_up", name=costing.amendment, why=costing.gave_up)
    words = {"name": costing.amendment, "part": percent(costing.theta)}
    if costing.met_by_draft:
        return say("amendments.said.met", name=costing.amendment)
    if costing.theta >= 1:
        return say("amendments.said.whole", name=costing.amendment)
    if costing.price is None:
        return say("amendments.said.nothing", name=costing.amendment)
    if costing.up_to:
        return say("amendments.said.up_to", up_to=costing.up_to, **words)
    return say("amendments.said.part", **words)


def aim_words(sheet: Sheet, value: float) -> str:
    """Return a value of the aim: a share of every target, a value, or hours."""
    return percent(value, 5) if sheet.objective_name in {"ray", "common"} else figure(value, 5)


def loss_words(sheet: Sheet, loss: float) -> str:
    """Return a change of the aim as a number: points, value or hours."""
    return figure(100 * loss if sheet.objective_name in {"ray", "common"} else loss)


def struck_of(costing: Costing) -> tuple[Struck, ...]:
    """Return the targets that an amendment strikes out; every answer gives the same of them."""
    found = next((answer.struck for answer in costing.answers if answer.struck), ())
    return tuple(one for one in found if not one.left)


def cut_of(costing: Costing) -> tuple[Struck, ...]:
    """Return the targets that an amendment cuts to what it asks for at most."""
    found = next((answer.struck for answer in costing.answers if answer.struck), ())
    return tuple(one for one in found if one.left)


def _struck_words(one: Struck, key: str) -> str:
    return say(
        f"amendments.struck.{key}",
        title=one.title,
        of=say(f"amendments.of.{one.of}"),
        target=figure(one.target),
        left=figure(one.left),
        unit=one.unit,
        before=percent(one.before / one.target),
        after=percent(one.after / one.target),
    )


def reached_words(sheet: Sheet, answer: AnswerSheet) -> str:
    """Return what an answer reaches of the aim, and beside it what was struck out of the aim."""
    aim = aim_words(sheet, answer.objective)
    struck = [one for one in answer.struck if not one.left]
    if not struck:
        return aim
    targets = "; ".join(_struck_words(one, "short") for one in struck)
    return say("amendments.struck.reached", aim=aim, targets=targets)


def years_words(line: Moved) -> str:
    """Return the years that a line counts, where these are not all years of the plan."""
    if not line.years:
        return ""
    return say("amendments.table.years", years=", ".join(map(str, line.years)))


def outputs_words(answer: AnswerSheet) -> str:
    """Return how many outputs that are targets change, where any does."""
    count = len(answer.outputs)
    return say("amendments.table.changed_outputs", count=count) if count else ""


def price_sentence(sheet: Sheet, price: PriceTag, *, stay: bool = False) -> str:
    """Return what an amendment costs of the aim; `stay` where some targets are struck out."""
    points = "points_stay" if stay else "points"
    unit = {"weighted": "value", "labour": "labour"}.get(sheet.objective_name, points)
    sign = -1.0 if sheet.objective_name == "labour" else 1.0
    before = aim_words(sheet, sheet.objective)
    if abs(price.aim) <= _ROUNDING * max(abs(sheet.objective), 1e-300):
        return say("amendments.said.free", before=before)
    return say(
        f"amendments.said.{'price' if price.aim > 0 else 'gain'}_{unit}",
        loss=loss_words(sheet, abs(price.aim)),
        before=before,
        after=aim_words(sheet, sheet.objective - sign * price.aim),
        unit=sheet.hours_unit,
    )


def hours_sentence(sheet: Sheet, price: PriceTag, worked: float = 0.0) -> str:
    """Return what an amendment takes of work, and of each head where these are known.

    `worked` are all hours of the draft: what is rounding beside them is no work.
    """
    if abs(price.hours) <= _NO_WORK * worked:
        return say("amendments.said.no_work", level=aim_words(sheet, price.level))
    key = "hours" if price.hours >= 0 else "saves"
    words = {
        "hours": figure(abs(price.hours)),
        "unit": sheet.hours_unit,
        "level": aim_words(sheet, price.level),
    }
    if isnan(price.minutes):
        return say(f"amendments.said.{key}", **words)
    key = "minutes" if price.hours >= 0 else "saves_minutes"
    return say(f"amendments.said.{key}", minutes=figure(abs(price.minutes)), **words)


def margin_sentence(sheet: Sheet, price: PriceTag, part: float) -> str:
    """Return what prices alone say, how far they hold, and so whether they are enough."""
    # Within the range the loss is linear in the part: prices and solving again agree.
    enough = price.high >= part * (1.0 - EDGE)
    return say(
        f"amendments.said.margin_{'enough' if enough else 'short'}",
        least=loss_words(sheet, _told(sheet, price.at_least)),
        low=percent(price.low if price.low > _NEAR_NOTHING else 0.0),
        high=percent(price.high),
    )


def _told(sheet: Sheet, loss: float) -> float:
    """Return a loss, 0 where it is rounding beside the aim."""
    return 0.0 if abs(loss) <= _ROUNDING * abs(sheet.objective) else loss


def _answer_sentences(draft: Draft, costing: Costing) -> Iterator[str]:
    goods = draft.economy.goods
    for answer in costing.answers:
        if answer.proof is not None and not _proved(answer.proof):
            name = say(f"amendments.answer.{answer.kind}")
            yield say("amendments.said.not_proved", answer=name)
        if any(_reads_apart(one) for one in answer.beyond_use):
            yield _beyond_sentence(answer)
        if answer.done:
            for rate in answer.rates:
                place = goods.names.index(rate.payer)
                yield say(
                    "amendments.said.rate",
                    raised=rate.raised,
                    rate=figure(rate.rate),
                    unit=goods.units[place],
                    payer=goods.titles[place],
                )
        elif answer.kind == "payer" and not answer.gave_up:
            yield say("amendments.said.cannot_pay", part=percent(answer.possible))
        else:
            name = say(f"amendments.answer.{answer.kind}")
            yield say("amendments.said.no_answer", answer=name)


def _beyond_sentence(answer: AnswerSheet) -> str:
    """Return which goods an answer makes beyond use, where that is not as in the draft."""
    told = "; ".join(
        say(
            "amendments.said.beyond_good",
            title=one.title,
            unit=one.unit,
            before=figure(one.before),
            after=figure(one.after),
        )
        for one in answer.beyond_use
        if _reads_apart(one)
    )
    name = say(f"amendments.answer.{answer.kind}")
    return say("amendments.said.beyond_use", answer=name, goods=told)


def _proved(proof: Proved) -> bool:
    """Tell whether an answer is proved as closely as every answer should be."""
    worst = max(proof.primal, proof.dual, proof.balance)
    return worst <= _FEASIBLE and proof.gap <= _CLOSE


def _reads_apart(one: Moved) -> bool:
    """Tell whether an amount that has changed also reads so: 184 t for 184 t tells nobody."""
    return figure(one.before) != figure(one.after)


def joint_sentences(sheet: Sheet) -> Iterator[str]:
    """Yield which amendments fit together."""
    if len(sheet.costings) < 2:
        return
    for clash in sheet.clashes:
        if len(clash.amendments) > 1:
            yield clash_sentence(clash)
    if sheet.joint_gave_up:
        yield say("amendments.said.joint_gave_up", why=sheet.joint_gave_up)
        return
    if not sheet.clashes:
        yield say("amendments.said.none_clash", count=len(sheet.costings))
    if sheet.variants:
        shown = len(sheet.variants)
        yield say("amendments.said.variants", shown=shown, count=sheet.largest_sets)
    if not sheet.complete:
        yield say("amendments.said.incomplete", count=len(sheet.clashes))


def clash_sentence(clash: ClashSheet) -> str:
    """Return that amendments do not fit together, and what binds."""
    key = "clash_two" if len(clash.amendments) == 2 else "clash"
    names = quoted(clash.amendments)
    fewer = len(clash.amendments) - 1
    told = say(f"amendments.said.{key}", names=names, fewer=fewer, part=percent(clash.theta))
    if not clash.binds:
        return told
    return f"{told} {say('amendments.said.binds', binds='; '.join(clash.binds))}"


def quoted(names: Sequence[str]) -> str:
    """Return names in quotation marks."""
    return ", ".join(f"“{name}”" for name in names)


def share_sentences(found: ShareSheet) -> Iterator[str]:
    """Yield how near a plan comes to voted shares, and what binds."""
    draft = percent(found.distance_of_draft)
    if found.distance <= 1e-6:
        yield say("amendments.said.shares_met", draft=draft)
        return
    yield say("amendments.said.shares", distance=percent(found.distance), draft=draft)
    if found.binds:
        yield say("amendments.said.binds", binds="; ".join(found.binds))
