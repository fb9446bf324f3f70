"""Titles, bars and rows of the figures: each number is reckoned here once more from the draft."""

import re

import numpy as np
import pytest
from tests.report import drafts
from tests.report.books import draft, main, section, words
from tests.report.page import Node

from sovplan.foundation.numbers import figure, percent
from sovplan.planning.foremost import saving
from sovplan.records.draft import Draft, Plan
from sovplan.report.needs import fulfilment_figure
from sovplan.report.tracing import USES, traced

PLANS = ["basic variant", "federation", "village", "brazil"]


def plan_of(found: Draft) -> Plan:
    assert found.plan is not None
    return found.plan


def finding(name: str, key: str, number: int = 0) -> str:
    """Return the title of a figure of a section."""
    caption = section(name, key).all("figcaption")[number]
    return words(caption.one("strong").text)


def rows(table: Node) -> list[list[str]]:
    return [[words(cell.text) for cell in row.children] for row in table.one("tbody").all("tr")]


def told(*values: float) -> list[str]:
    return [words(figure(value)) for value in values]


# ---- what binds ---------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["village", "least labour"])
def test_every_limit_that_binds_has_its_row_and_its_prices(name: str) -> None:
    found = draft(name)

    shown = sorted(row[3:4] + row[5:] for row in rows(section(name, "binding").all("table")[-1]))
    asked = [
        told(b.limit.amount) + [words(figure(v)) if v else "–" for v in (b.price, b.hours, b.saved)]
        for b in found.bindings
    ]
    assert shown == sorted(asked)


def test_of_many_limits_those_that_hold_the_objective_and_save_most_are_shown() -> None:
    found = draft("basic variant")

    shown = rows(section("basic variant", "binding").all("table")[-1])
    assert len(found.bindings) > len(shown)
    priced = [b for b in found.bindings if b.price > 0]
    assert sorted(row[5] for row in shown if row[5] != "–") == sorted(
        words(figure(b.price)) for b in priced
    )
    most = sorted((b.saved for b in found.bindings if b.price <= 0), reverse=True)
    rest = len(shown) - len(priced)
    assert sorted(row[7] for row in shown if row[5] == "–") == sorted(
        words(figure(v)) if v else "–" for v in most[:rest]
    )


def bars(name: str, caption: str) -> list[Node]:
    """Return the rows of the table of bars that has a caption."""
    tables = section(name, "binding").all("table", "bars")
    (table,) = [t for t in tables if words(t.one("caption").text) == caption]
    return table.one("tbody").all("tr")


def lengths(found: list[Node]) -> list[float]:
    return [float(row.one("i").attributes["style"][len("width:") : -1]) for row in found]


@pytest.mark.parametrize("name", PLANS)
def test_bars_are_as_long_as_the_hours_they_stand_for(name: str) -> None:
    shown = bars(name, "What costs work")

    sums: dict[tuple[str, str], float] = {}
    for b in draft(name).bindings:
        sums[b.limit.kind, b.limit.name] = sums.get((b.limit.kind, b.limit.name), 0.0) + b.saved
    same_as_told(shown, sums, tried(draft(name), "freed"), ("tried", "a rate"))


def tried(found: Draft, what: str) -> dict[str, float]:
    assert found.facts is not None
    assert found.facts[what]
    return {key: known["amount"] for key, known in found.facts[what].items()}


def same_as_told(
    shown: list[Node],
    rates: dict[tuple[str, str], float],
    known: dict[str, float],
    how: tuple[str, str],
) -> None:
    """Bars are of what was tried, then of the greatest rates; each says which of the two it is."""
    first = sorted(known.values(), reverse=True)
    rest = sorted((v for (k, n), v in rates.items() if f"{k} {n}" not in known), reverse=True)
    amounts = [*first, *rest][: len(shown)]
    assert lengths(shown) == pytest.approx([100 * v / max(amounts) for v in amounts], abs=0.06)
    assert [words(row.one("td").text) for row in shown] == told(*amounts)
    ends = [words(row.one("span", "hint").text).rpartition("; ")[2] for row in shown]
    assert ends == [how[0]] * len(first) + [how[1]] * (len(amounts) - len(first))


@pytest.mark.parametrize("name", PLANS)
def test_bars_are_as_long_as_the_points_they_stand_for(name: str) -> None:
    shown = bars(name, "What holds the plan there")

    sums: dict[tuple[str, str], float] = {}
    for b in draft(name).bindings:
        if b.price > 0:
            key = (b.limit.kind, b.limit.name)
            sums[key] = sums.get(key, 0.0) + b.price * abs(b.limit.amount)
    known = {key: 100 * amount for key, amount in tried(draft(name), "gained").items()}
    same_as_told(shown, sums, known, ("tried", "at most"))


def test_the_basic_variant_has_one_bar_that_holds_it() -> None:
    (cement,) = bars("basic variant", "What holds the plan there")

    assert words(cement.text).startswith("The growth limit of Cement")
    assert words(cement.one("td").text) == "1.2"
    assert "one unit (million tonnes) more would raise" in words(cement.text)
    assert "Only one thing holds it there" in finding("basic variant", "binding")


@pytest.mark.parametrize("name", PLANS)
def test_the_finding_gives_what_costs_most_work_its_share_of_all_work(name: str) -> None:
    found = draft(name)

    first = saving(found)[0]
    assert first.tried
    share = first.amount / plan_of(found).labour_used.sum()
    said = finding(name, "binding", 1)
    assert f"would save {words(percent(share))} of all work, with as much reached" in said


def test_of_least_work_nothing_is_said_to_hold_an_objective() -> None:
    assert len(section("least labour", "binding").all("figure")) == 1
    assert "What holds the plan there" not in section("least labour", "binding").text


def test_a_method_without_prices_does_not_say_that_nothing_is_scarce() -> None:
    assert "has no prices" in section("by balances", "binding").text


# ---- costs --------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["federation", "village"])
def test_costs_are_those_of_the_year_that_the_figure_names(name: str) -> None:
    found = draft(name)
    assert found.hours is not None
    assert found.labour_content is not None
    joint = (found.facts or {})["content_by_hours"]
    second = section(name, "costs").all("figcaption")[0].one("span").text
    named = re.search(r"in (?:year )?(\d+), the year", words(second))
    assert named is not None
    t = found.years.index(int(named[1]))

    shown = {row.children[0].inner[0]: row for row in costs(name)}
    assert len(shown) >= 2
    for g, title in enumerate(found.economy.goods.titles):
        row = shown.get(title.partition(" (")[0])
        if row is None:
            continue
        _, price, content, _ = (words(cell.text) for cell in row.children)
        assert price == words(figure(found.hours.goods[g, t]))
        own = "made jointly" if joint[g, t] else words(figure(found.labour_content[g, t]))
        assert content == own


def costs(name: str) -> list[Node]:
    return section(name, "costs").one("table", "stack").one("tbody").all("tr")


def test_goods_dearer_than_the_work_in_them_are_counted() -> None:
    found = draft("federation")
    assert found.hours is not None
    assert found.labour_content is not None
    second = section("federation", "costs").all("figcaption")[0].one("span").text
    t = found.years.index(int(re.findall(r"\d{4}", second)[0]))

    joint = (found.facts or {})["content_by_hours"][:, t]
    price, content = found.hours.goods[:, t], found.labour_content[:, t]
    own = ~joint & np.isfinite(content) & (content > 0) & (price > 0)
    dear = int((price[own] >= 1.25 * content[own]).sum())
    over = np.where(own, price / np.where(own, content, 1.0), 0.0)
    most = int(np.argmax(over))
    said = finding("federation", "costs")
    assert f"{dear} goods of {own.sum()} cost" in said
    assert found.economy.goods.titles[most].partition(" (")[0] in said


# ---- targets ------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", PLANS)
def test_paths_end_at_the_plan_and_at_what_was_asked(name: str) -> None:
    found = draft(name)
    plan, goods = plan_of(found), found.economy.goods
    output = bool((found.calendar.output_target > 0).any())
    amounts = plan.output if output else plan.consumption
    asked = found.calendar.output_target if output else found.calendar.target

    panels = section(name, "targets").all("div", "panel")
    short = {title.partition(" (")[0]: g for g, title in enumerate(goods.titles)}
    assert panels
    for panel in panels:
        g = short[words(panel.one("h3").text)]
        if max(amounts[g].max(), asked[g].max()) < 1e5:
            texts = [words(node.text) for node in panel.all("text")]
            assert told(amounts[g, -1])[0] in texts
            assert told(asked[g, -1])[0] in texts


def test_fulfilment_from_a_base_is_one_of_the_increase() -> None:
    yearly = drafts.drafted("ussr-1928", "basic-variant-yearly")

    said = words(fulfilment_figure(yearly))
    assert "of the increases asked for" in said
    assert "of its targets" not in said
    assert "of its targets" in words(fulfilment_figure(draft("federation")))


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("basic variant", "None of the 15 targets of 1933 is reached in full"),
        ("federation", "All 17 targets of 2031 are reached, each to 103 %"),
        ("village", "None of the 2 targets of year 5 is reached in full: each comes to 80 %"),
        ("by balances", "The target of year 2, Bread, is reached to 100 %"),
    ],
)
def test_the_first_figure_counts_the_targets_that_are_met(name: str, said: str) -> None:
    assert said in words(main(name).one("div", "first").one("strong").text)


def test_the_lead_of_least_work_tells_the_share_of_the_hours_there_are() -> None:
    plan = plan_of(draft("least labour"))

    share = plan.labour_used.sum() / plan.labour_available.sum()
    lead = words(main("least labour").one("p", "lead").text)
    assert f"{words(percent(share))} of what there is" in lead


# ---- where the work goes ------------------------------------------------------------------------


@pytest.mark.parametrize("name", PLANS)
def test_of_100_hours_the_shares_told_are_those_that_arrive(name: str) -> None:
    found = draft(name)
    everyone = range(len(found.economy.techniques))
    followed = traced(found, len(found.years) - 1, [everyone])
    assert followed is not None

    ends = 100 * followed.arrived.sum(axis=(0, 1)) / followed.worked.sum()
    said = finding(name, "flows")
    for use, words_of_it in (("people", "people’s consumption"), ("plants", "plants and works")):
        assert words(figure(ends[USES.index(use)], 2)) in said
        assert words_of_it in said
    makers, uses = section(name, "flows").all("figure")[0].all("table")
    for shown in (rows(makers), rows(uses)[-1:]):
        total = sum(float(cell) for row in shown for cell in row[1:] if "×" not in cell)
        assert total == pytest.approx(100, abs=0.5)


# ---- capital ------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", PLANS)
def test_plants_that_grow_are_counted_and_the_greatest_addition_is_named(name: str) -> None:
    found = draft(name)
    plan, plants = plan_of(found), found.economy.plants
    assert found.hours is not None

    price = np.maximum(found.hours.goods, 0).mean(axis=1)
    hours = np.asarray(plants.building.T @ price) * (plan.capacity[:, -1] - plan.capacity[:, 0])
    grown = int((plan.capacity[:, -1] > plan.capacity[:, 0] * (1 + 1e-6)).sum())
    said = finding(name, "capital")
    if grown == 0:
        assert said.startswith(f"None of the {len(plants)} plants is larger")
        return
    p = int(np.argmax(hours))
    ends = told(plan.capacity[p, 0], plan.capacity[p, -1])
    assert said.startswith(f"{grown} of {len(plants)} plants")
    assert plants.titles[p].partition(" (")[0][:30] in said
    assert said.endswith(f"from {ends[0]} to {ends[1]}")


@pytest.mark.parametrize("name", PLANS)
def test_capacity_and_building_by_year_are_those_of_the_plan(name: str) -> None:
    found = draft(name)
    plan, goods = plan_of(found), found.economy.goods

    capacity, building = (
        figure.all("table")[0] for figure in section(name, "capital").all("figure")
    )
    titles = [words(title) for title in found.economy.plants.titles]
    for row in rows(capacity):
        same = [p for p, title in enumerate(titles) if title == row[0]]
        assert row[1 : len(found.years) + 2] in [told(*plan.capacity[p]) for p in same]
    for row in rows(building):
        (g,) = [
            g for g in range(len(goods)) if row[0] == words(f"{goods.titles[g]} {goods.units[g]}")
        ]
        scale = 1e-9 * (plan.output[g].max() + plan.imports[g].max())
        assert row[1:] == told(*np.where(plan.investment[g] > scale, plan.investment[g], 0.0))


# ---- balances, trade, hands, waste --------------------------------------------------------------


@pytest.mark.parametrize("name", ["basic variant", "federation", "brazil", "traders"])
def test_foreign_money_comes_in_and_goes_out(name: str) -> None:
    (table,) = [t for t in section(name, "balances").all("table") if "earned by" in t.text]
    coming = {
        "earned by exports",
        "exports outside the list of goods",
        "credit (below zero: repaid)",
    }

    into, out = 0.0, 0.0
    for row in rows(table):
        money = sum(float("".join(cell.split()).replace("−", "-")) for cell in row[1:])
        into, out = (into + money, out) if row[0] in coming else (into, out + money)
    assert into == pytest.approx(out, rel=0.01)


@pytest.mark.parametrize("name", PLANS)
def test_hours_used_and_there_are_those_of_the_plan(name: str) -> None:
    found = draft(name)
    plan = plan_of(found)

    (table,) = [
        t
        for t in section(name, "balances").all("table")
        if t.one("caption").text.startswith("Hours")
    ]
    shown = rows(table)
    for k, skill in enumerate(found.economy.techniques.skills):
        used, there = (
            [row[2:] for row in shown if row[:2] == [skill, kind]] for kind in ("used", "there is")
        )
        assert used == [told(*plan.labour_used[k])]
        assert there == [told(*plan.labour_available[k])]


@pytest.mark.parametrize("name", PLANS)
def test_what_nothing_uses_is_counted_from_one_per_cent(name: str) -> None:
    plan = plan_of(draft(name))

    share = plan.waste.sum(axis=1) / np.maximum((plan.output + plan.imports).sum(axis=1), 1e-300)
    count = int((share > 0.01).sum())
    said = words(section(name, "waste").text)
    if not count:
        assert "left over" in said
        assert not section(name, "waste").all("figure")
        return
    assert f"{count} good" in finding(name, "waste")
    assert words(percent(share.max())) in finding(name, "waste")
    assert len(rows(section(name, "waste").all("table")[0])) == count
