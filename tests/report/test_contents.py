"""What a plan book says is what its draft says."""

from collections import Counter

import numpy as np
import pytest
from tests.report.books import DONE, draft, main, section, whole, words

from sovplan.foundation.numbers import figure, percent, residual_on_page
from sovplan.planning.explain import held_words, limit_words
from sovplan.planning.foremost import gain_words, holding, saving, thing_and_years


def keys(name: str) -> set[str]:
    return {s.attributes["id"] for s in main(name).all("section")}


@pytest.mark.parametrize("name", DONE)
def test_the_first_screen_tells_the_numbers_of_the_draft(name: str) -> None:
    page, found = main(name), draft(name)
    assert found.plan is not None

    lead, stats = words(page.one("p", "lead").text), words(page.one("dl", "stats").text)
    known = [phi for phi in found.fulfilment if phi is not None]
    reached = figure(found.objective) if found.aims.objective == "labour" else percent(min(known))
    assert words(reached) in lead
    assert words(reached) in stats
    used, there = found.plan.labour_used.sum(), found.plan.labour_available.sum()
    assert words(percent(used / there)) in stats
    assert words(f"{figure(used)} {found.economy.hours_unit}") in stats


@pytest.mark.parametrize("name", ["basic variant", "federation", "village"])
def test_the_first_sentences_say_what_holds_the_plan_and_then_what_costs_work(name: str) -> None:
    found = draft(name)
    lead = main(name).one("p", "lead")

    first, dear = holding(found)[0], saving(found)[0]
    assert words(lead.one("b").text) == words(held_words(found))
    said = words(lead.text)
    assert f"would bring {words(gain_words(found, first.amount))}." in said
    assert f"saves {words(figure(dear.amount))} {found.economy.hours_unit}." in said
    assert words(thing_and_years(found, dear.thing)) in said
    assert said.index("would bring") < said.index("With as much reached")


def test_of_least_work_the_first_sentence_says_what_costs_work() -> None:
    found = draft("least labour")

    bold = words(main("least labour").one("p", "lead").one("b").text)
    dear = saving(found)[0]
    assert f"saves {words(figure(dear.amount))} hours" in bold


def test_both_fulfilments_stand_on_the_first_screen_and_with_the_waste() -> None:
    found = draft("basic variant")
    assert found.facts is not None

    strict = words(percent(found.facts["none_wasted"]["objective"]))
    assert f"{strict} with nothing left over" in words(
        main("basic variant").one("dl", "stats").text
    )
    assert f"With nothing left over of any good (joint products aside) {strict} can be reached" in (
        words(section("basic variant", "waste").text)
    )
    assert "nothing left over;" not in words(main("federation").one("dl", "stats").text)


@pytest.mark.parametrize("name", ["basic variant", "federation", "village"])
def test_a_proven_optimum_says_so_and_is_no_forecast(name: str) -> None:
    page, found = main(name), draft(name)
    assert found.certificate is not None

    tags = [words(tag.text) for tag in page.all("span", "tag")]
    assert tags[:2] == ["✓ feasible", "✓ proven best for its aims"]
    first = words(page.one("p", "crumb").text)
    assert f"relative gap {words(residual_on_page(found.certificate.gap))}" in first
    assert "an upper bound, not a forecast" in first


def test_least_work_is_a_lower_bound() -> None:
    assert "a lower bound of the work" in words(main("least labour").one("p", "crumb").text)


def test_a_plan_without_proof_does_not_claim_one() -> None:
    page = main("by balances")

    assert [words(tag.text) for tag in page.all("span", "tag")] == ["✓ feasible"]
    assert "not proven best" in words(page.one("p", "crumb").text)
    assert "upper bound" not in words(page.text)
    assert not keys("by balances") & {"costs"}


@pytest.mark.parametrize("name", DONE)
def test_every_sentence_of_the_draft_is_in_the_book(name: str) -> None:
    said = [words(item.text) for item in section(name, "needs").all("li")]

    assert said == [words(sentence) for sentence in draft(name).explain()]


@pytest.mark.parametrize("name", DONE)
def test_the_balances_of_the_book_are_those_of_the_plan(name: str) -> None:
    found = draft(name)
    plan, goods = found.plan, found.economy.goods
    assert plan is not None

    tables = [t for t in section(name, "balances").all("table") if "Material" in t.text]
    assert len(tables) == len(found.years)
    for year, table in enumerate(tables):
        heads = [words(th.text) for th in table.one("thead").all("th")]
        rows = {words(row.children[0].text): row.children for row in table.one("tbody").all("tr")}
        assert len(rows) == len(goods)
        for g, (title, unit) in enumerate(zip(goods.titles, goods.units, strict=True)):
            row = rows[words(f"{title} {unit}")]
            for head, amounts in (("made", plan.output), ("people", plan.consumption)):
                if head in heads:
                    shown = words(row[heads.index(head)].text)
                    assert shown in {words(figure(amounts[g, year])), "–"}
                    assert shown != "–" or amounts[g, year] <= 1e-6 * amounts[g].max(initial=1)


def test_the_balances_shown_close() -> None:
    """Sources less uses, by the numbers printed, to the digits printed."""
    for table in section("federation", "balances").all("table"):
        heads = [words(th.text) for th in table.one("thead").all("th")]
        if "made" not in heads:
            continue
        for row in table.one("tbody").all("tr"):
            amounts = dict(zip(heads, (number(cell.text) for cell in row.children), strict=True))
            into = sum(amounts.get(head, 0.0) for head in ("made", "imported", "from store"))
            out = sum(amounts[head] for head in heads[1:]) - into
            assert abs(into - out) <= 0.02 * max(into, out), words(row.text)


def number(text: str) -> float:
    plain = "".join(text.split()).replace("−", "-")
    try:
        return float(plain)
    except ValueError:
        return 0.0


@pytest.mark.parametrize("name", DONE)
def test_targets_of_the_book_are_those_of_the_calendar(name: str) -> None:
    found = draft(name)
    calendar, goods = found.calendar, found.economy.goods

    shown = Counter(
        (words(row.children[0].text), words(row.children[1].text), words(row.children[4].text))
        for row in section(name, "targets").one("figure").all("table")[0].one("tbody").all("tr")
    )
    asked = Counter(
        (
            words(f"{goods.titles[g]} {goods.units[g]}"),
            str(found.years[t]),
            words(figure(side[g, t])),
        )
        for side in (calendar.target, calendar.output_target)
        for g, t in zip(*np.nonzero(side > 0), strict=True)
    )
    assert shown == asked


@pytest.mark.parametrize(
    ("name", "label", "said"),
    [
        ("basic variant", "Own construction:", "not a published table"),
        ("federation", "Invented example:", "no such federation exists"),
        ("village", "Invented example:", "A village of 40 people"),
    ],
)
def test_what_is_no_real_economy_says_so_above_all(name: str, label: str, said: str) -> None:
    bar = whole(name).one("aside")

    assert words(bar.one("b").text) == label
    assert said in words(bar.text)


def test_an_economy_that_says_nothing_of_the_kind_has_no_bar() -> None:
    assert not whole("by balances").all("aside")


def test_sources_licence_and_assumptions_of_the_economy_are_told() -> None:
    found = draft("basic variant").economy.notes

    said = words(section("basic variant", "sources").text)
    assert words(str(found["sources"])) in said
    assert words(str(found["licence"])) in said
    assert "growth_limits.most.coal" in said
    assert "the slump of 1929-33 is not in them" in said


# ---- books of drafts without a plan -------------------------------------------------------------


def test_a_contradiction_is_told_limit_by_limit() -> None:
    found = draft("impossible")
    assert found.conflict is not None

    boxes = section("impossible", "contradiction").all("div", "box")
    said = words(" ".join(box.text for box in boxes))
    for limit in found.conflict.limits:
        assert words(limit_words(found, limit)) in said
    named = {(limit.kind, limit.name) for limit in found.conflict.limits}
    assert len(boxes) == len(named)
    lead = words(main("impossible").one("p", "lead").text)
    assert f"{len(found.conflict.limits)} limits contradict each other" in lead
    assert words(main("impossible").one("span", "tag").text) == "✗ cannot be done"


def test_the_least_change_is_a_table_from_and_to() -> None:
    found = draft("impossible")
    assert found.conflict is not None

    rows = section("impossible", "change").one("tbody").all("tr")
    shown = {tuple(words(cell.text) for cell in row.children) for row in rows}
    assert shown == {
        (
            words(limit_words(found, change.limit)),
            words(figure(change.limit.amount)),
            words(figure(change.to)),
            change.limit.unit,
            words(percent(change.relative)),
        )
        for change in found.conflict.changes
    }


@pytest.mark.parametrize("name", ["impossible", "exceeded", "endless"])
def test_a_draft_without_a_plan_has_no_section_of_a_plan(name: str) -> None:
    plans = {"needs", "binding", "costs", "targets", "flows", "capital", "balances", "waste"}

    assert not keys(name) & plans
    assert keys(name) >= {"asked", "sources", "check"}
    assert not main(name).all("figure")


def test_what_was_asked_for_is_shown_where_it_cannot_be_had() -> None:
    said = words(section("endless", "asked").text)

    assert "Bread loaves" in said
    assert "300" in said


def test_limits_exceeded_are_not_called_a_contradiction() -> None:
    found = draft("exceeded").conflict
    assert found is not None

    said = words(main("exceeded").text)
    assert "contradict" not in said
    assert f"it would exceed {len(found.limits)} limits" in said


def test_what_has_no_limit_is_named() -> None:
    said = words(section("endless", "unlimited").text)

    assert "Bread" in said
    assert "Mill" in said
