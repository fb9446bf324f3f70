"""The plan book as a machine and a screen reader meet it: whole, closed, named."""

import re
from collections import Counter
from itertools import pairwise

import pytest
from tests.report import drafts
from tests.report.books import COMMAND, NAMES, book, draft, main, section, whole, words
from tests.report.page import read

from sovplan.planning.optimum import optimum
from sovplan.records.aims import Aims
from sovplan.records.canon import digest
from sovplan.records.draft import Draft
from sovplan.records.returns import Returns
from sovplan.report.frame import style_sheet
from sovplan.report.planbook import plan_book

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


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
    for each in sections:
        assert len(words(each.text)) > len(words(each.all("h2")[0].text)), "empty section"


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
    assert plan_book(draft(name), command=COMMAND) == book(name)


@pytest.mark.parametrize("name", NAMES)
def test_the_book_is_small_enough_to_send(name: str) -> None:
    assert len(book(name).encode()) < 3_000_000


@pytest.mark.parametrize("name", NAMES)
def test_the_book_gives_what_it_takes_to_repeat_and_cite_the_draft(name: str) -> None:
    codes = [code.text for code in section(name, "check").all("code")]

    assert codes == [
        digest(draft(name).economy),
        digest(draft(name).aims),
        COMMAND,
    ]


# ---- a large economy ----------------------------------------------------------------------------


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
