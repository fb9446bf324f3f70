"""The plan book in Chromium: axe finds nothing, nothing is fetched, nothing runs off the page.

Needs the packages of `make pages-tools` and Chromium; CHROMIUM names it if it is not
/usr/bin/chromium.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.report import drafts, runs

from sovplan.report.planbook import plan_book
from sovplan.report.runbook import run_book

CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))
if not CHROMIUM.is_file():
    pytest.skip("needs Chromium; it is not on this machine", allow_module_level=True)
sync_api = pytest.importorskip("playwright.sync_api", reason="needs `make pages-tools`")
axe = pytest.importorskip(
    "axe_playwright_python.sync_playwright", reason="needs `make pages-tools`"
)

BOOKS = ("basic variant", "impossible", "federation", "least labour", "endless", "run")
WIDTHS = (360, 820, 1440)
LOOKS = [(width, scheme) for width in WIDTHS for scheme in ("light", "dark")]
WHOLE = {(360, "light"), (1440, "dark")}
"""Looks in which every closed table is opened: thousands of cells take axe half a minute."""
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
OPEN_ALL = "document.querySelectorAll('details').forEach((d) => { d.open = true })"
CROWDED = """() => [...document.querySelectorAll('svg')].flatMap((svg) => {
    const labels = [...svg.querySelectorAll('text.lbl')].map((text) => [text, text.getBBox()]);
    return labels.flatMap(([a, one], i) => labels.slice(i + 1)
        .filter(([, two]) => one.x < two.x + two.width && two.x < one.x + one.width
            && Math.abs(one.y - two.y) < 12)
        .map(([b]) => a.textContent + ' over ' + b.textContent));
})"""
"""Labels of lines that lie on each other: type of 12.5 px needs 12 px from line to line."""
A4 = 794 - 2 * 53
"""Width of the print inside its margins at 96 px an inch: 210 mm less 14 mm on each side."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with sync_api.sync_playwright() as machine:
        found = machine.chromium.launch(executable_path=str(CHROMIUM), args=list(QUIET))
        yield found
        found.close()


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return the files of the books, written once."""
    folder = tmp_path_factory.mktemp("books")
    files = {}
    for name in BOOKS:
        files[name] = folder / f"{name.replace(' ', '-')}.html"
        files[name].write_text(book_of(name), "utf-8")
    return files


def book_of(name: str) -> str:
    """Return a plan book: of a draft, or of a run of three regimes, the most that have colours."""
    if name == "run":
        return run_book(runs.made(3, 6), command="sovplan run")
    return plan_book(drafts.ALL[name](), command="sovplan draft")


def opened(browser: Any, file: Path, width: int, scheme: str = "light") -> Any:  # noqa: ANN401
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, reduced_motion="reduce"
    )
    view = context.new_page()
    view.goto(file.as_uri())
    return view


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
@pytest.mark.parametrize("name", BOOKS)
def test_axe_finds_no_violation(
    browser: Any,  # noqa: ANN401 - read as untyped: the package is not always there
    books: dict[str, Path],
    name: str,
    width: int,
    scheme: str,
) -> None:
    view = opened(browser, books[name], width, scheme)
    if (width, scheme) in WHOLE:
        view.evaluate(OPEN_ALL)

    found = axe.Axe().run(view).response["violations"]
    view.context.close()
    assert [(v["id"], v["nodes"][0]["html"][:200]) for v in found] == []


@pytest.mark.parametrize("width", [320, *WIDTHS])
@pytest.mark.parametrize("name", BOOKS)
def test_nothing_scrolls_sideways(
    browser: Any,  # noqa: ANN401
    books: dict[str, Path],
    name: str,
    width: int,
) -> None:
    view = opened(browser, books[name], width)
    view.evaluate(OPEN_ALL)

    wide = view.evaluate("document.documentElement.scrollWidth")
    view.context.close()
    assert wide <= width


@pytest.mark.parametrize("name", BOOKS)
def test_the_print_fits_its_paper(
    browser: Any,  # noqa: ANN401
    books: dict[str, Path],
    name: str,
) -> None:
    view = opened(browser, books[name], A4)
    view.emulate_media(media="print")

    wide = view.evaluate("document.documentElement.scrollWidth")
    view.context.close()
    assert wide <= A4


@pytest.mark.parametrize("name", BOOKS)
def test_the_book_fetches_nothing_and_its_script_runs(
    browser: Any,  # noqa: ANN401
    books: dict[str, Path],
    name: str,
) -> None:
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    view = context.new_page()
    asked: list[str] = []
    faults: list[str] = []
    view.on("request", lambda request: asked.append(request.url))
    view.on("pageerror", lambda error: faults.append(str(error)))
    view.goto(books[name].as_uri())
    view.click("[data-theme-switch]")

    dark = view.evaluate("document.documentElement.dataset.theme")
    fonts = view.evaluate(
        "[...document.fonts].map((f) => [f.family.replaceAll('\"', ''), f.status])"
    )
    context.close()
    assert [url for url in asked if not url.startswith("data:")] == [books[name].as_uri()]
    assert faults == []
    assert dark == "dark"
    assert sorted(fonts) == [["Source Sans 3", "loaded"], ["Source Serif 4", "loaded"]]


def test_no_label_of_a_line_lies_on_another(
    browser: Any,  # noqa: ANN401
    books: dict[str, Path],
) -> None:
    view = opened(browser, books["run"], 1440)
    view.evaluate(OPEN_ALL)

    crowded = view.evaluate(CROWDED)
    view.context.close()
    assert crowded == []


def test_three_regimes_have_three_colours_in_either_light(
    browser: Any,  # noqa: ANN401
    books: dict[str, Path],
) -> None:
    for scheme in ("light", "dark"):
        view = opened(browser, books["run"], 1440, scheme)
        inks = view.evaluate(
            "['.r-a .ln', '.r-b .ln', '.r-c .ln', '.k-real .ln']"
            ".map((s) => getComputedStyle(document.querySelector('svg ' + s)).stroke)"
        )
        view.context.close()
        assert len(set(inks)) == 4
