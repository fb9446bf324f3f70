"""The manual as a site: whole, linked, and needing nothing from elsewhere."""

import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
DOCS = ROOT / "docs"
LOADING = {
    "link": "href",
    "script": "src",
    "img": "src",
    "iframe": "src",
    "source": "src",
    "object": "data",
}
"""Tags that make a browser fetch something, and where they say what."""


class Page(HTMLParser):
    """What a page loads, where it links to, and which anchors it has."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.loads: list[str] = []
        self.links: list[str] = []
        self.anchors: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.anchors |= {given[name] for name in ("id", "name") if name in given}
        if tag == "a" and "href" in given:
            self.links.append(given["href"])
        elif tag in LOADING and LOADING[tag] in given and given.get("rel") != "canonical":
            self.loads.append(given[LOADING[tag]])


def outside(address: str) -> bool:
    return bool(re.match(r"(?:[a-z]+:)?//", address))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the site, built from the manual as `make docs` builds it."""
    folder = tmp_path_factory.mktemp("site")
    config = (ROOT / "zensical.toml").read_text("utf-8")
    (folder / "zensical.toml").write_text(config, "utf-8")
    shutil.copytree(DOCS, folder / "docs")
    builder = Path(sys.executable).parent / "zensical"
    done = subprocess.run(
        [builder, "build", "--clean", "--strict"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[:2000]
    return folder / "site"


def html(site: Path) -> Iterator[tuple[Path, Page]]:
    for file in sorted(site.rglob("*.html")):
        yield file, Page(file.read_text("utf-8"))


def test_every_page_is_built(site: Path) -> None:
    built = {file.relative_to(site).as_posix() for file, _ in html(site)}

    for source in DOCS.rglob("*.md"):
        name = source.relative_to(DOCS).with_suffix(".html").as_posix()
        assert name.replace("README.html", "index.html") in built


def test_no_page_loads_anything_from_elsewhere(site: Path) -> None:
    loads = {file.name: [each for each in page.loads if outside(each)] for file, page in html(site)}

    assert {name: found for name, found in loads.items() if found} == {}


def test_style_sheets_load_nothing_from_elsewhere(site: Path) -> None:
    sheets = [file.read_text("utf-8") for file in site.rglob("*.css")]

    assert sheets
    addresses = [re.findall(r"(?:url\(|@import )[\"']?(\S+?)[\"')]", text) for text in sheets]
    assert [each for found in addresses for each in found if outside(each)] == []


def test_no_page_asks_the_theme_for_a_script_that_it_would_fetch(site: Path) -> None:
    for file in site.rglob("*.html"):
        assert not re.search(
            r'class="(?:mermaid|arithmatex|glightbox)"', file.read_text("utf-8")
        ), file


def test_every_link_and_anchor_inside_the_site_exists(site: Path) -> None:
    pages = dict(html(site))
    broken = []
    for file, page in pages.items():
        for link in (*page.links, *page.loads):
            if outside(link) or link.startswith(("mailto:", "data:")) or file.name == "404.html":
                continue
            target, _, anchor = link.partition("#")
            place = (file.parent / target).resolve() if target else file
            place = place / "index.html" if place.is_dir() else place
            if not place.exists() or (
                anchor and place in pages and anchor not in pages[place].anchors
            ):
                broken.append(f"{file.name}: {link}")

    assert broken == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('<script src="https://example.org/a.js"></script>', ["https://example.org/a.js"]),
        ('<link rel="stylesheet" href="//example.org/a.css">', ["//example.org/a.css"]),
        ('<img src="images/a.png"><a href="https://example.org">b</a>', []),
    ],
)
def test_the_look_finds_what_is_loaded_from_elsewhere(text: str, found: list[str]) -> None:
    assert [each for each in Page(text).loads if outside(each)] == found


# ---- navigation ----------------------------------------------------------------------------------


def named(nav: object) -> Iterator[str]:
    """Yield the pages of the navigation, whatever sections they stand in."""
    if isinstance(nav, str):
        yield nav
    elif isinstance(nav, list):
        for each in nav:
            yield from named(each)
    elif isinstance(nav, dict):
        for each in nav.values():
            yield from named(each)


def test_every_page_of_the_navigation_exists_and_every_page_can_be_found() -> None:
    config = tomllib.loads((ROOT / "zensical.toml").read_text("utf-8"))
    listed = list(named(config["project"]["nav"]))
    decisions = (DOCS / "decisions" / "README.md").read_text("utf-8")
    records = set(re.findall(r"\]\(([\w-]+\.md)\)", decisions))

    there = {file.relative_to(DOCS).as_posix() for file in DOCS.rglob("*.md")}
    assert len(listed) == len(set(listed))
    assert {*listed} - there == set()
    assert there - {*listed} - {f"decisions/{name}" for name in records} == set()


# ---- README --------------------------------------------------------------------------------------


def test_the_two_commands_of_the_readme_are_in_the_makefile() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    makefile = (ROOT / "Makefile").read_text("utf-8")
    targets = set(re.findall(r"^([a-z][a-z-]*):", makefile, re.M))

    assert re.findall(r"^\$ make ([a-z-]+)$", readme, re.M) == ["run", "test"]
    assert {"run", "test", *re.findall(r"`make\s([a-z-]+)`", readme)} <= targets


def test_the_readme_says_what_a_plan_is_not() -> None:
    readme = " ".join((ROOT / "README.md").read_text("utf-8").split())

    assert "upper bound" in readme
    assert "not a forecast" in readme
    assert "own construction" in readme


def test_the_manual_names_no_place_of_a_machine() -> None:
    texts = {file: file.read_text("utf-8") for file in [ROOT / "README.md", *DOCS.rglob("*.md")]}
    found = re.compile(r"(?<![\w.`/])/(?:home|work|tmp|root|usr|Users)/|[A-Z]:\\\\")

    assert [file.name for file, text in texts.items() if found.search(text)] == []
