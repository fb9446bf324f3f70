"""The page of amendments: what each asks, what it costs, who pays, and which fit together."""

from collections.abc import Iterator

from sovplan.foundation.numbers import figure, percent, residual_on_page
from sovplan.foundation.words import say
from sovplan.planning.amending.sentences import (
    aim_words,
    clash_sentence,
    costing_sentences,
    loss_words,
    opening,
    quoted,
    reached_words,
    share_sentences,
    struck_of,
)
from sovplan.records.costing import Costing, ShareSheet, Sheet
from sovplan.records.draft import Draft
from sovplan.report.amendments_answers import answers_of
from sovplan.report.frame import Page, whole
from sovplan.report.parts import (
    NOTHING,
    Cell,
    Chapter,
    Column,
    code,
    element,
    facts,
    joined,
    listed,
    paragraph,
    table,
    tag,
    text,
    told,
)
from sovplan.report.svg import Html
from sovplan.report.wording import aims_name, years_words


def amendments_page(draft: Draft, sheet: Sheet, *, command: str = "") -> str:
    """Return the page of a sheet as the text of one HTML file that needs no network.

    Parameters
    ----------
    draft
        The draft that was amended.
    sheet
        What was found.
    command
        What to type to get the same sheet.
    """
    years = years_words(sheet.years)
    title = say("amendments.page.title", economy=draft.economy.title, years=years)
    where = joined([
        told("amendments.page.where"),
        Html(" · "),
        code(draft.economy.name),
        text(f" · {aims_name(draft)} · {years}"),
    ])  # fmt: skip
    page = Page(
        title,
        where,
        NOTHING,
        _opening(title, sheet),
        tuple(_chapters(draft, sheet, command)),
        told("amendments.page.foot"),
    )
    return whole(page)


def _opening(title: str, sheet: Sheet) -> Html:
    met = sum(costing.theta >= 1 for costing in sheet.costings)
    count = len(sheet.costings)
    key = "shares" if not count else "one" if count == 1 else "all" if met == count else "some"
    lead = say(f"amendments.page.lead_{key}", count=count, met=met)
    if count == 1:
        lead = f"{lead} {opening(sheet.costings[0])}"
    elif count:
        sets = [clash for clash in sheet.clashes if len(clash.amendments) > 1]
        fit = "apart" if sets else "others" if sheet.clashes else "together"
        if sheet.joint_gave_up:
            fit = "not_told"
        lead = f"{lead} {say(f'amendments.page.{fit}')}"
    return joined([
        element("h1", text(title), "vh"),
        paragraph(lead, "lead"),
        paragraph(say("amendments.page.upper")),
        _overview(sheet),
    ])  # fmt: skip


def _overview(sheet: Sheet) -> Html:
    """Return one row for each amendment."""
    if not sheet.costings:
        return NOTHING
    heads = [
        Column(say("amendments.page.amendment"), number=False),
        Column(say("amendments.page.sponsors_col")),
        Column(say("amendments.page.part")),
        Column(say("amendments.page.cost")),
        Column(say("amendments.page.hours", unit=sheet.hours_unit)),
        Column(say("amendments.page.minutes")),
    ]
    rows: list[list[Cell]] = [_overview_row(sheet, costing) for costing in sheet.costings]
    unit = {"weighted": "value", "labour": "labour"}.get(sheet.objective_name, "points")
    remark = say("amendments.page.cost_remark", aim=say(f"amendments.page.{unit}"))
    if any(struck_of(costing) for costing in sheet.costings):
        remark = f"{remark} {say('amendments.page.stay_remark')}"
    return table(say("amendments.page.overview"), heads, rows, remark=remark)


def _overview_row(sheet: Sheet, costing: Costing) -> list[Cell]:
    price = costing.price
    part = None if costing.gave_up else percent(costing.theta)
    cells: list[Cell] = [costing.amendment, costing.sponsors, part]
    if price is None:
        return [*cells, None, None, None]
    return [*cells, loss_words(sheet, price.aim), figure(price.hours), figure(price.minutes)]


def _chapters(draft: Draft, sheet: Sheet, command: str) -> Iterator[Chapter]:
    for number, costing in enumerate(sheet.costings, 1):
        yield Chapter(f"amendment-{number}", costing.amendment, _costing(draft, sheet, costing))
    if sheet.clashes or sheet.variants:
        yield Chapter("joint", say("amendments.page.joint"), _joint(sheet))
    if sheet.shares is not None:
        yield Chapter("shares", say("amendments.page.shares"), _shares(sheet.shares))
    yield Chapter("check", say("amendments.page.check"), _check(command))


def _costing(draft: Draft, sheet: Sheet, costing: Costing) -> Html:
    state = tag("ok", say("amendments.page.possible"))
    if costing.gave_up:
        state = tag("bad", say("amendments.page.unknown"))
    elif costing.theta < 1:
        state = tag("bad", say("amendments.page.not_possible"))
    asked = listed(text(clause) for clause in costing.clauses)
    said = [paragraph(sentence) for sentence in costing_sentences(draft, sheet, costing)]
    return joined([
        element("p", joined([state, Html(" "), text(_backed(costing))])),
        element("h3", told("amendments.page.asked")),
        asked,
        *said,
        _refuted(costing),
        answers_of(sheet, costing),
        _certain(sheet, costing),
    ])  # fmt: skip


def _backed(costing: Costing) -> str:
    words = {"reason": costing.reason, "sponsors": costing.sponsors}
    if costing.reason:
        return say("amendments.page.reason", **words)
    return say("amendments.page.sponsors", sponsors=costing.sponsors)


def _refuted(costing: Costing) -> Html:
    proof = costing.refuted
    if proof is None:
        return NOTHING
    words = {"asked": figure(proof.asked), "had": figure(proof.had)}
    return paragraph(say("amendments.page.refuted", **words), "source")


def _certain(sheet: Sheet, costing: Costing) -> Html:
    """Return how certain a costing is: its proofs, and how far prices hold."""
    price, done = costing.price, [one for one in costing.answers if one.proof is not None]
    if price is None or not done:
        return NOTHING
    names = ("limits", "prices", "gap", "balances")
    heads = [
        Column(say("amendments.page.answer"), number=False),
        *(Column(say(f"amendments.page.{name}")) for name in names),
    ]
    rows: list[list[Cell]] = []
    for one in done:
        assert one.proof is not None
        values = (one.proof.primal, one.proof.dual, one.proof.gap, one.proof.balance)
        rows.append([say(f"amendments.answer.{one.kind}"), *map(residual_on_page, values)])
    held = say(
        "amendments.page.certain_price",
        low=percent(price.low if price.low > 1e-5 else 0.0),
        high=percent(price.high),
        least=loss_words(sheet, price.at_least),
    )
    return joined([
        element("h3", told("amendments.page.certain")),
        paragraph(held),
        _drawn(sheet, costing),
        table(say("amendments.page.proofs"), heads, rows),
    ])  # fmt: skip


def _drawn(sheet: Sheet, costing: Costing) -> Html:
    """Return what drawn numbers say of a cost; or how to ask for it."""
    found = costing.certainty
    if found is None:
        return paragraph(say("amendments.page.certain_numbers"))
    unit = {"weighted": "value", "labour": "labour"}.get(sheet.objective_name, "points")
    rows: list[list[Cell]] = [
        [say("amendments.page.part"), *(percent(value) for value in found.theta)]
    ]
    if found.aim:
        cost = (loss_words(sheet, value) for value in found.aim)
        rows.append([say(f"amendments.page.{unit}"), *cost])
    if found.hours and sheet.objective_name != "labour":
        hours = (figure(value) for value in found.hours)
        rows.append([say("amendments.page.hours", unit=sheet.hours_unit), *hours])
    heads = [
        Column(say("amendments.page.certain_what"), number=False),
        *(Column(say(f"amendments.page.certain_{name}")) for name in ("low", "middle", "high")),
    ]
    return joined([
        paragraph(say("amendments.page.certain_drawn", draws=found.draws, seed=found.seed)),
        table(say("amendments.page.certain_table"), heads, rows),
    ])  # fmt: skip


def _joint(sheet: Sheet) -> Html:
    sets = [clash for clash in sheet.clashes if len(clash.amendments) > 1]
    alone = [clash for clash in sheet.clashes if len(clash.amendments) == 1]
    parts = []
    if sets:
        parts.append(paragraph(say("amendments.page.clashes")))
        parts.append(listed(text(clash_sentence(clash)) for clash in sets))
    parts += [paragraph(say("amendments.said.alone", name=clash.amendments[0])) for clash in alone]
    if sheet.variants:
        parts.append(element("h3", told("amendments.page.variants")))
        parts.append(paragraph(say("amendments.page.variants_note")))
        parts.append(_variants(sheet))
    return joined(parts)


def _variants(sheet: Sheet) -> Html:
    heads = [
        Column(say("amendments.page.set"), number=False),
        Column(say("amendments.page.sponsors_col")),
        Column(say("amendments.page.reaches")),
    ]
    rows: list[list[Cell]] = [
        [
            quoted(variant.amendments),
            variant.sponsors,
            reached_words(sheet, variant.answer),
        ]
        for variant in sheet.variants
    ]
    rows.append([say("amendments.table.draft"), None, aim_words(sheet, sheet.objective)])
    return table(say("amendments.page.variants"), heads, rows, hidden=True)


def _shares(found: ShareSheet) -> Html:
    heads = [
        Column(say("amendments.page.branch_of"), number=False),
        *(Column(say(f"amendments.table.{name}")) for name in ("voted", "draft", "found")),
    ]
    rows: list[list[Cell]] = [
        [
            branch.branch or say("amendments.table.others"),
            percent(branch.voted),
            _span(branch.draft),
            _span(branch.found),
        ]
        for branch in found.branches
    ]
    said = [paragraph(sentence) for sentence in share_sentences(found)]
    remark = say("amendments.page.shares_remark")
    caption = say("amendments.page.shares")
    return joined([*said, table(caption, heads, rows, hidden=True, remark=remark)])


def _span(shares: tuple[float, ...]) -> str:
    low, high = percent(min(shares)), percent(max(shares))
    return low if low == high else say("amendments.table.span", low=low, high=high)


def _check(command: str) -> Html:
    parts = [paragraph(say("amendments.page.check_note"))]
    if command:
        parts.append(facts([(say("amendments.page.command"), code(command))]))
    return joined(parts)
