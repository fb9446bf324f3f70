"""The way through the book of the country: links lead somewhere, and nothing sought is missing."""

import re
from collections.abc import Iterator
from functools import cache
from html import unescape

import pytest
from tests.lab.rows import PERSONS, few_households
from tests.report.page import Node, read

from sovplan.foundation.words import say
from sovplan.history.series import series
from sovplan.lab.country import country_run, prepared_country
from sovplan.report.country_book import country_book
from sovplan.report.country_figures import _drawn, source, statuses
from sovplan.report.country_guide import _PLACES
from sovplan.report.country_parts import address
from sovplan.report.run_drawing import MINI, Axis, Stroke, paths

REGIMES = {
    "ussr-1921": ("as_it_was", "as_it_was_money"),
    "russia-1917": ("as_it_was", "tax_in_kind_1920"),
}
CODE_NAME = re.compile(r"\b[a-z]+_[a-z0-9_]+\b|\brules\.[a-z]")


@pytest.fixture(autouse=True, scope="module")
def _few_households() -> Iterator[None]:
    with few_households():
        yield


@cache
def book(scenario: str, *off: str) -> str:
    tasks = prepared_country(scenario, REGIMES[scenario], persons=PERSONS, off=list(off))
    return country_book(country_run(tasks), [task.regime for task in tasks])


def addresses(markup: str) -> list[str]:
    return re.findall(r' id="([^"]+)"', markup)


def section(scenario: str, key: str) -> Node:
    return next(s for s in read(book(scenario)).all("section") if s.attributes["id"] == key)


@pytest.mark.parametrize("scenario", REGIMES)
def test_every_link_inside_a_book_leads_to_one_place(scenario: str) -> None:
    there = addresses(book(scenario))
    links = re.findall(r'href="#([^"]+)"', book(scenario))

    assert sorted(there) == sorted(set(there))
    assert len(links) > 100
    assert set(links) <= set(there)


def test_the_guide_names_everything_sought_and_every_place_of_it() -> None:
    guide = section("russia-1917", "guide")
    links = {each.attributes["href"] for each in guide.all("a")}
    titles = [each.text for each in guide.one("ul", "guide").all("b")]

    assert titles == [say(f"country_guide.find.{key}") for key in _PLACES]
    assert links == {f"#{address(place)}" for places in _PLACES.values() for place in places}


def test_a_run_that_begins_later_says_where_the_collapse_is() -> None:
    assert say("country_guide.earlier") in section("ussr-1921", "guide").text
    assert say("country_guide.earlier") not in section("russia-1917", "guide").text


@pytest.mark.parametrize("scenario", REGIMES)
def test_every_chapter_begins_with_what_it_shows(scenario: str) -> None:
    for chapter in read(book(scenario)).all("section"):
        key = chapter.attributes["id"]
        if key != "guide":
            shown = say(f"country_guide.shows.{key}")
            assert [each.text for each in chapter.all("p", "shows")] == [shown]
            assert chapter.all("p")[0].text == shown


@pytest.mark.parametrize("scenario", REGIMES)
def test_every_figure_says_its_source_and_has_a_table(scenario: str) -> None:
    figures = re.findall(r"<figure>(.*?)</figure>", book(scenario), re.DOTALL)

    assert len(figures) > 50
    for figure in figures:
        assert re.search(r'<p class="source">[^<]+</p>', figure)
        assert "<table" in figure


@pytest.mark.parametrize("scenario", REGIMES)
def test_sentences_speak_of_regimes_and_rules_by_their_titles(scenario: str) -> None:
    bare = re.sub(r"(?s)<(style|script|code)\b.*?</\1>", " ", book(scenario))
    spoken = unescape(re.sub(r"<[^>]+>", " ", bare))

    assert CODE_NAME.findall(spoken) == []


@pytest.mark.parametrize("key", ["prices", "markets", "households"])
def test_lines_that_are_no_plan_and_no_report_do_not_look_like_them(key: str) -> None:
    chapter = book("ussr-1921").partition(f'<section id="{key}">')[2].partition("</section>")[0]

    assert "k-second" in chapter
    assert "k-plan" not in chapter
    assert "k-reported" not in chapter


def test_a_source_line_counts_how_its_printed_figures_are_known() -> None:
    figures = series("cement").figures
    recalled = sum(each.status == "recalled" for each in figures)

    assert 0 < recalled < len(figures)
    assert statuses(figures) == f"{len(figures) - recalled} checked and {recalled} recalled"
    assert f"known: {statuses(list(_drawn(['horses'])))}." in source(["horses"])


PRINCIPAL = (
    "country_markets.closing", "country_markets.famine", "country_markets.purse",
    "country_markets.queue", "country_markets.shadow", "country_village.strata",
    "country_village.killed", "country.hunger", "country_works.branches", "country_works.haste",
    "country_works.papers", "country_people.pay", "country_people.living", "country_people.work",
    "country_people.school", "country_people.women",
)  # fmt: skip
"""Parts that a reader must see without opening anything."""
MOST = 3
"""Principal figures of a chapter."""


def folded(chapter: Node) -> list[Node]:
    return chapter.all("details", "more")


@pytest.mark.parametrize("scenario", REGIMES)
def test_a_chapter_shows_its_principal_figures_and_folds_the_others(scenario: str) -> None:
    for chapter in read(book(scenario)).all("section"):
        within = [figure for each in chapter.all("details") for figure in each.all("figure")]
        first = [figure for figure in chapter.all("figure") if figure not in within]
        assert len(first) <= MOST, chapter.attributes["id"]
        assert len(folded(chapter)) <= 1


@pytest.mark.parametrize("scenario", REGIMES)
def test_what_must_be_seen_is_not_folded(scenario: str) -> None:
    page = read(book(scenario))
    hidden = {h3.attributes.get("id") for each in folded(page) for h3 in each.all("h3")}
    there = {h3.attributes.get("id") for h3 in page.all("h3")}

    assert {address(key) for key in PRINCIPAL} <= there - hidden
    assert {"bodies-careers", "collectives-day", "works-apart"} <= hidden


@pytest.mark.parametrize("scenario", REGIMES)
def test_what_is_folded_is_named_where_it_opens(scenario: str) -> None:
    for each in folded(read(book(scenario))):
        titles = [h3.text for h3 in each.all("h3") if "id" in h3.attributes]
        if titles:
            said = say("country_guide.more", names=say("country_guide.comma").join(titles))
            assert each.all("summary")[0].text == said


def test_what_is_folded_is_printed_and_opened_by_links_into_it() -> None:
    page = book("ussr-1921")
    button = read(page).all("button")[-1]

    assert page.count('addEventListener("beforeprint"') == 1
    assert {"data-open-all", "hidden"} <= set(button.attributes), "there for the script only"
    assert button.text == say("country_guide.open_all")


def test_what_is_typed_stands_as_code_beside_its_rule() -> None:
    page = book("ussr-1921", "rules.grain_store", "rules.ratchet")

    assert "Turned off in this run: <code>rules.grain_store</code> (rule R" in page
    assert "<code>rules.ratchet</code>. What" in page


def test_numbers_at_the_ends_of_lines_are_told_apart_by_marks_and_not_by_colour_alone() -> None:
    def drawn(*strokes: Stroke) -> str:
        return str(paths("", [1, 2, 3], strokes, Axis(MINI, 3.0)))

    both = drawn(Stroke(0, [1.0, 2.0, 3.0]), Stroke(1, [1.0, 1.0, 1.0]))
    assert re.search(r'<g class="r-a"><circle class="dot"[^>]*></circle><text class="lbl', both)
    assert re.search(r'<g class="r-b"><rect class="dot"[^>]*></rect><text class="lbl', both)

    alone = drawn(Stroke(0, [1.0, 2.0, 3.0]))
    assert '<g class="r-a"><text class="lbl' in alone


def test_a_panel_that_is_nought_throughout_is_named_and_not_drawn() -> None:
    chapter = section("ussr-1921", "unrest")
    debts = next(f for f in chapter.all("figure") if "Bought abroad" in f.one("figcaption").text)
    drawn = [h3.text for h3 in debts.all("h3")]
    nought = say("country_unrest.measure.machines_unpaid")

    assert nought not in drawn
    assert nought[:1].lower() + nought[1:] in debts.one("p", "nought").text
    assert any(nought in table.one("caption").text for table in debts.all("table"))


def test_a_line_across_that_a_panel_does_not_reach_is_not_drawn() -> None:
    def lines(top: float) -> int:
        drawn = str(paths("", [1, 2], [Stroke(0, [1.0, top])], Axis(MINI, top, 100.0)))
        return drawn.count('class="zero"')

    assert lines(120.0) == lines(20.0) + 1


def test_print_stands_beside_the_run_of_its_own_year() -> None:
    words = section("ussr-1921", "labour").text
    said = re.search(
        r"Turnover of workers in 1940: [^;]+; [^;]+; in 1936: [^;]+; [^;]+; history: 87", words
    )

    assert said is not None
