"""The plan book as a reader and a machine meet it: whole, closed, true to its draft."""

import re
from collections import Counter
from functools import cache
from itertools import pairwise

import numpy as np
import pytest
from tests.report import drafts
from tests.report.page import Node, read

from sovplan.foundation.numbers import figure, percent, residual_on_page
from sovplan.planning.explain import limit_words
from sovplan.planning.optimum import optimum
from sovplan.records.aims import Aims
from sovplan.records.canon import digest
from sovplan.records.draft import Draft
from sovplan.records.returns import Returns
from sovplan.report.frame import style_sheet
from sovplan.report.planbook import plan_book

NAMES = list(drafts.ALL)
DONE = [name for name in NAMES if name not in {"impossible", "exceeded", "endless"}]
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


@cache
def book(name: str) -> str:
    return plan_book(drafts.ALL[name](), command="sovplan draft --out a&b")


@cache
def whole(name: str) -> Node:
    return read(book(name))


def main(name: str) -> Node:
    return whole(name).one("main")


def draft(name: str) -> Draft:
    return drafts.ALL[name]()


def words(text: str) -> str:
    """Return a text with plain spaces, one between words."""
    return " ".join(text.split())


# ---- every book ---------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_the_book_asks_nothing_of_the_network(name: str) -> None:
    page = whole(name)

    nodes = list(page.walk())
    assert not [n for n in nodes if n.tag in {"link", "img", "iframe", "object", "base", "form"}]
    for node in nodes:
        for key in ("src", "href", "action", "srcset", "data"):
            assert node.attributes.get(key, "#").startswith("#"), node
        assert not [key for key in node.attributes if key.startswith("on")]
    places = re.findall(r"url\(([^)]*)\)|@import\s*([^;]*)", page.one("style").text)
    assert len(places) == 2
    assert all(url.startswith('"data:font/woff2;base64,') and not other for url, other in places)


@pytest.mark.parametrize("name", NAMES)
def test_the_script_of_the_book_is_the_one_of_all_pages(name: str) -> None:
    (script,) = whole(name).all("script")

    assert not script.attributes
    assert not re.search(r"fetch\(|XMLHttpRequest|import\(|https?:|eval\(", script.text)


@pytest.mark.parametrize("name", NAMES)
def test_headings_go_down_one_step_at_a_time(name: str) -> None:
    levels = [int(n.tag[1]) for n in whole(name).walk() if n.tag in HEADINGS]

    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(b <= a + 1 for a, b in pairwise(levels))


@pytest.mark.parametrize("name", NAMES)
def test_the_contents_lead_to_every_section_and_no_other(name: str) -> None:
    page = whole(name)

    links = [a.attributes["href"] for a in page.one("nav").all("a")]
    sections = page.one("main").all("section")
    assert links == [f"#{section.attributes['id']}" for section in sections]
    assert [words(a.text) for a in page.one("nav").all("a")] == [
        words(section.all("h2")[0].text) for section in sections
    ]
    for section in sections:
        assert len(words(section.text)) > len(words(section.all("h2")[0].text)), "empty section"


@pytest.mark.parametrize("name", NAMES)
def test_every_link_inside_the_book_has_its_place(name: str) -> None:
    page = whole(name)

    places = Counter(n.attributes["id"] for n in page.walk() if "id" in n.attributes)
    assert set(places.values()) == {1}
    assert {a.attributes["href"].removeprefix("#") for a in page.all("a")} <= set(places)


@pytest.mark.parametrize("name", NAMES)
def test_every_figure_has_a_finding_a_second_line_a_source_and_its_table(name: str) -> None:
    for drawn in main(name).all("figure"):
        caption = drawn.one("figcaption")
        assert words(caption.one("strong").text)
        assert words(caption.one("span").text)
        assert [words(p.text) for p in drawn.children if p.classes == {"source"}]
        tables = drawn.one("details").all("table")
        assert tables
        assert all(table.one("tbody").all("tr") for table in tables)


@pytest.mark.parametrize("name", NAMES)
def test_every_table_can_be_read_aloud(name: str) -> None:
    for table in main(name).all("table"):
        assert words(table.one("caption").text)
        heads = table.one("thead").all("th")
        assert all(th.attributes["scope"] == "col" and words(th.text) for th in heads)
        for row in table.one("tbody").all("tr"):
            assert len(row.children) == len(heads)
            assert row.children[0].tag == "th"
            assert row.children[0].attributes["scope"] == "row"


@pytest.mark.parametrize("name", NAMES)
def test_regions_that_a_reader_can_jump_to_have_names_of_their_own(name: str) -> None:
    regions = [n for n in main(name).walk() if n.attributes.get("role") == "region"]

    names = Counter(region.attributes["aria-label"] for region in regions)
    assert [label for label, count in names.items() if count > 1] == []


@pytest.mark.parametrize("name", NAMES)
def test_every_drawing_says_what_it_shows(name: str) -> None:
    drawn = [n for n in main(name).all("svg") if n.attributes.get("aria-hidden") != "true"]

    for svg in drawn:
        assert svg.attributes["role"] == "img"
        assert words(svg.attributes["aria-label"])
        assert not re.search(r"\bnan\b", "".join(str(n.attributes) for n in svg.walk()))


@pytest.mark.parametrize("name", NAMES)
def test_what_stands_in_the_book_is_written_for_people(name: str) -> None:
    page = main(name)
    labels = [n.attributes["aria-label"] for n in page.walk() if "aria-label" in n.attributes]
    ours = [text for text in (*page.texts(), *labels) if not text.startswith("sha256:")]

    # Numbers of five digits stand in groups; what an economy says of its sources is its own.
    rough = re.compile(r"\bnan\b|\binf\b|\bNone\b(?! of)|\{\w*\}|(?<![\w,.:/])\d{5,}\b|\de-\d")
    found = [text for text in ours if rough.search(text)]
    notes = str(draft(name).economy.notes)
    assert [text for text in found if repr(text)[1:-1] not in notes] == []


@pytest.mark.parametrize("name", NAMES)
def test_every_class_in_the_book_is_in_its_style(name: str) -> None:
    styled = set(re.findall(r"\.([a-z][a-z0-9-]*)", style_sheet()))

    used = {kind for node in whole(name).walk() for kind in node.classes}
    assert used <= styled | {"body"}


@pytest.mark.parametrize("name", NAMES)
def test_the_same_draft_gives_the_same_book(name: str) -> None:
    assert plan_book(draft(name), command="sovplan draft --out a&b") == book(name)


@pytest.mark.parametrize("name", NAMES)
def test_the_book_is_small_enough_to_send(name: str) -> None:
    assert len(book(name).encode()) < 3_000_000


@pytest.mark.parametrize("name", NAMES)
def test_the_book_gives_what_it_takes_to_repeat_and_cite_the_draft(name: str) -> None:
    codes = [code.text for code in section(name, "check").all("code")]

    assert codes == [
        digest(draft(name).economy),
        digest(draft(name).aims),
        "sovplan draft --out a&b",
    ]


# ---- what a book says ---------------------------------------------------------------------------


def section(name: str, key: str) -> Node:
    """Return a section of a book."""
    (found,) = [s for s in main(name).all("section") if s.attributes["id"] == key]
    return found


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


@pytest.mark.parametrize("name", ["basic variant", "federation", "village", "least labour"])
def test_the_scarcest_thing_stands_in_the_sentence_with_its_hours(name: str) -> None:
    found = draft(name)

    sums: dict[tuple[str, str], float] = {}
    for binding in found.bindings:
        place = (binding.limit.kind, binding.limit.name)
        sums[place] = sums.get(place, 0.0) + binding.saved
    bold = words(main(name).one("p", "lead").one("b").text)
    assert words(f"{figure(max(sums.values()))} {found.economy.hours_unit}") in bold


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
    said = words(main("exceeded").text)

    assert "contradict" not in said
    assert "it would exceed 20 limits" in said


def test_what_has_no_limit_is_named() -> None:
    said = words(section("endless", "unlimited").text)

    assert "Bread" in said
    assert "Mill" in said


# ---- a large economy ----------------------------------------------------------------------------


@cache
def large() -> Draft:
    """Return the plan of a year for 400 goods, each made of three others."""
    goods = [f"good{i}" for i in range(400)]
    tables: drafts.Rows = {
        "goods.csv": [{"good": g, "title": f"{g}, of a long list", "unit": "t"} for g in goods],
        "techniques.csv": [
            {"technique": f"make {g}", "capacity": 90, "gestation": 1} for g in goods
        ],
        "flows.csv": [],
        "labour.csv": [{"technique": f"make {g}", "skill": "hands", "hours": 2} for g in goods],
        "supply.csv": [{"year": 1, "kind": "labour", "name": "hands", "amount": 1e6}],
        "needs.csv": [{"year": 1, "good": g, "target": 30, "floor": 5} for g in goods],
    }
    for i, good in enumerate(goods):
        tables["flows.csv"].append(
            {"technique": f"make {good}", "good": good, "role": "output", "amount": 1}
        )
        tables["flows.csv"] += [
            {
                "technique": f"make {good}",
                "good": goods[(i * 7 + j) % 400],
                "role": role,
                "amount": 0.2,
            }
            for j, role in ((1, "input"), (19, "input"), (83, "capital"))
        ]
    return optimum(Returns(drafts.built(tables)), Aims(years=1, terminal=None))


def test_a_large_economy_gives_a_book_of_the_largest_and_says_so() -> None:
    page = plan_book(large())

    main = read(page[page.index("<main") : page.index("<footer")])
    rows = {t.one("caption").text: len(t.one("tbody").all("tr")) for t in main.all("table")}
    assert len(page.encode()) < 3_000_000
    assert max(rows.values()) <= 400
    assert "largest of 400" in " ".join(main.text.split())
    assert all(len(drawing.children) < 200 for drawing in main.all("svg"))
