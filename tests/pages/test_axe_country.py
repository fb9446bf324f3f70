"""The book of the country in Chromium: long, so it is looked at in fewer ways than others."""

from pathlib import Path
from typing import Any

import pytest
from tests.lab.rows import PERSONS, few_households

from sovplan.lab.country import country_run, prepared_country
from sovplan.report.country_book import country_book

looks = pytest.importorskip("tests.pages.test_axe", reason="needs Chromium and its tools")
browser = looks.browser


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
