"""The book of the country in Chromium: long, so it is looked at in fewer ways than others."""

from pathlib import Path
from typing import Any

import pytest
from tests.lab.rows import PERSONS, few_households

from sovplan.lab.country import country_run, prepared_country
from sovplan.report.country_book import country_book

looks = pytest.importorskip("tests.pages.test_axe", reason="needs Chromium and its tools")
browser = looks.browser
FURTHER = "document.querySelectorAll('details.more').forEach((each) => { each.open = true; })"
"""Opens further figures, but no table: thousands of cells take axe half a minute."""
CUT = """() => [...document.querySelectorAll('svg[role=img] text')]
    .filter((text) => text.getClientRects().length)
    .filter((text) => { const box = text.getBoundingClientRect();
        return box.right > innerWidth || box.left < 0; })
    .map((text) => text.textContent)"""
"""Labels of drawings that run off the window."""
LEAVING = """() => [...document.querySelectorAll('figure')].flatMap((drawn) => {
    const frame = drawn.getBoundingClientRect();
    return [...drawn.querySelectorAll('svg[role=img] text')]
        .filter((text) => text.getClientRects().length && !text.closest('.scroll'))
        .filter((text) => { const box = text.getBoundingClientRect();
            return box.right > frame.right + 0.5 || box.left < frame.left - 0.5; })
        .map((text) => text.textContent); })"""
"""Labels of drawings that leave their figure."""
FOLDED = "[...document.querySelectorAll('details.more')].map((each) => each.open)"
HEIGHT = "document.documentElement.scrollHeight"


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the file of a book of two regimes from 1917 on, which has all chapters."""
    with few_households():
        tasks = prepared_country("russia-1917", ["as_it_was", "nep_kept"], persons=PERSONS)
        found = country_run(tasks)
    file = tmp_path_factory.mktemp("country") / "report.html"
    page = country_book(found, [task.regime for task in tasks], "sovplan run russia-1917")
    file.write_text(page, "utf-8")
    return file


@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (1440, "light")])
def test_axe_finds_no_violation(
    browser: Any,  # noqa: ANN401 - read as untyped: the package is not always there
    book: Path,
    width: int,
    scheme: str,
) -> None:
    view = looks.opened(browser, book, width, scheme)
    view.evaluate(FURTHER)

    found = looks.axe.Axe().run(view).response["violations"]
    view.context.close()
    assert [(v["id"], v["nodes"][0]["html"][:200]) for v in found] == []


@pytest.mark.parametrize("width", [320, 820, looks.A4])
def test_nothing_scrolls_sideways(
    browser: Any,  # noqa: ANN401
    book: Path,
    width: int,
) -> None:
    view = looks.opened(browser, book, width)
    if width == looks.A4:
        # What printing opens is open; tables are printed closed.
        view.emulate_media(media="print")
        view.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    else:
        view.evaluate(looks.OPEN_ALL)

    wide = view.evaluate("document.documentElement.scrollWidth")
    view.context.close()
    assert wide <= width


def test_no_label_of_a_line_lies_on_another(
    browser: Any,  # noqa: ANN401
    book: Path,
) -> None:
    view = looks.opened(browser, book, 1440)
    view.evaluate(looks.OPEN_ALL)

    crowded = view.evaluate(looks.CROWDED)
    view.context.close()
    assert crowded == []


@pytest.mark.parametrize("width", [360, 1440])
def test_no_label_of_a_drawing_runs_off_the_window(
    browser: Any,  # noqa: ANN401
    book: Path,
    width: int,
) -> None:
    view = looks.opened(browser, book, width)
    view.evaluate(looks.OPEN_ALL)

    cut = view.evaluate(CUT)
    view.context.close()
    assert cut == []


@pytest.mark.parametrize("width", [390, 820, 1400])
def test_no_label_of_a_drawing_leaves_its_figure(
    browser: Any,  # noqa: ANN401
    book: Path,
    width: int,
) -> None:
    view = looks.opened(browser, book, width)
    view.evaluate(looks.OPEN_ALL)

    leaving = view.evaluate(LEAVING)
    view.context.close()
    assert leaving == []


def test_one_button_opens_all_that_is_folded_and_closes_it(
    browser: Any,  # noqa: ANN401
    book: Path,
) -> None:
    view = looks.opened(browser, book, 1440)
    button = view.locator("[data-open-all]")
    closed, names = view.evaluate(HEIGHT), [button.text_content()]

    button.click()
    opened = view.evaluate(FOLDED)
    tall = view.evaluate(HEIGHT)
    names.append(button.text_content())
    button.click()
    again = view.evaluate(FOLDED)
    view.context.close()
    assert len(opened) > 8
    assert all(opened)
    assert not any(again)
    assert names[0] != names[1]
    assert closed < 0.6 * tall


@pytest.mark.parametrize("script", [True, False])
def test_a_folded_figure_is_reached_by_its_link_and_without_a_script_by_its_name(
    browser: Any,  # noqa: ANN401
    book: Path,
    script: bool,
) -> None:
    context = browser.new_context(java_script_enabled=script, reduced_motion="reduce")
    view = context.new_page()
    view.goto(f"{book.as_uri()}#markets-abroad" if script else book.as_uri())
    if not script:
        assert not view.locator("[data-open-all]").is_visible()
        view.locator("section#markets > details.more > summary").click()

    seen = view.locator("#markets-abroad").is_visible()
    context.close()
    assert seen


def test_print_opens_what_is_folded_and_what_stands_behind_figures(
    browser: Any,  # noqa: ANN401
    book: Path,
) -> None:
    view = looks.opened(browser, book, looks.A4)
    view.emulate_media(media="print")
    view.evaluate("window.dispatchEvent(new Event('beforeprint'))")

    drawn = view.locator("#markets-abroad + figure svg[role=img]").first.is_visible()
    reasons = view.locator("details.behind[open]").count()
    view.context.close()
    assert drawn
    assert reasons > 20
