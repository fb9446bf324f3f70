"""The pages that describe formats, economies, limits and packages leave nothing out."""

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

import pytest

from sovplan import Aims, Returns, optimum, read_aims, read_economy
from sovplan.foundation.errors import SovplanError
from sovplan.foundation.words import say
from sovplan.history.economies import embedded, folder_path, read_economy_folder
from sovplan.records import settings
from sovplan.records.aimsfile import KEYS
from sovplan.records.draftfile import contents_of, json_document
from sovplan.records.schema import ACTIVITY, REMARKS, SCHEMAS

ROOT = Path(__file__).resolve().parent.parent.parent
DOCS = ROOT / "docs"


def page(name: str) -> str:
    return (DOCS / name).read_text("utf-8")


def section(text: str, title: str) -> str:
    """Return a section of a page, with the sections inside it."""
    found = re.search(rf"^(#+) {re.escape(title)}$(.*?)(?=^#{{1,2}} |\Z)", text, re.M | re.S)
    assert found is not None, title
    return found[2]


def coded(text: str) -> set[str]:
    """Return all that stands between backquotes, and the words in it."""
    codes = re.findall(r"`([^`\n]+)`", text)
    return {*codes, *(word for code in codes for word in re.findall(r"[\w.@-]+", code))}


# ---- formats -------------------------------------------------------------------------------------


def test_every_table_and_column_of_an_economy_is_on_the_page_of_formats() -> None:
    named = coded(page("look-up/formats.md"))

    assert {*SCHEMAS} - named == set()
    for schema in (*SCHEMAS.values(), ACTIVITY):
        columns = {column.name for column in schema.columns}
        assert columns - named == set(), schema.name
    assert {column.name for column in REMARKS} - named == set()


def test_every_key_of_economy_toml_is_on_the_page_of_formats() -> None:
    text = page("look-up/formats.md")
    own, more = coded(section(text, "An economy")), coded(section(text, "Extensions"))

    plain = {*settings._TEXT, *settings._WHOLE, *settings._FREE, "gives_back"}
    assert plain - own == set()
    assert {*settings.EXTENSIONS} - more == set()
    for name, keys in settings.EXTENSIONS.items():
        assert {*keys} - {"*"} - more == set(), name


def test_every_key_of_aims_and_every_objective_is_on_the_page_of_formats() -> None:
    named = coded(section(page("look-up/formats.md"), "Aims"))

    assert {*KEYS, "multiple"} - named == set()
    assert {"ray", "common", "weighted", "labour"} - named == set()


@pytest.fixture(scope="module", params=["federation-12", "consumption-first-yearly"])
def document_and_files(request: pytest.FixtureRequest) -> tuple[dict[str, object], set[str]]:
    """Return the document and the files of a draft with a plan, and of one without."""
    name, aims = ("federation-12", Aims())
    economy = read_economy(name)
    if request.param != name:
        name = "ussr-1928"
        economy = read_economy(name)
        aims = read_aims(request.param, economy, folder_path(name))
    draft = optimum(Returns(economy), aims)
    files = contents_of(draft, folder=read_economy_folder(name), command="sovplan draft")
    return json.loads(json.dumps(json_document(draft))), set(files)


def keys_of(document: object) -> Iterator[str]:
    """Yield the keys of a document but for names of goods and the like, which stand for rows."""
    if isinstance(document, list):
        for each in document[:1]:
            yield from keys_of(each)
    if not isinstance(document, Mapping):
        return
    for key, value in document.items():
        yield key
        by_name = key in {"goods", "techniques", "plants", "labour", "resources", "terminal"}
        if by_name and isinstance(value, Mapping):
            for inner in list(value.values())[:1]:
                yield from keys_of(inner)
        else:
            yield from keys_of(value)


def test_every_key_of_the_document_is_on_the_page_of_formats(
    document_and_files: tuple[dict[str, object], set[str]],
) -> None:
    document, _ = document_and_files
    named = coded(section(page("look-up/formats.md"), "The document of a draft"))

    assert set(keys_of(document)) - {"relative", "to"} - named == set()


def test_every_file_of_a_draft_is_on_the_page_of_formats(
    document_and_files: tuple[dict[str, object], set[str]],
) -> None:
    _, files = document_and_files
    named = coded(section(page("look-up/formats.md"), "The folder of a draft"))

    written = {"economy/" if name.startswith("economy/") else name for name in files}
    assert written - named == set()


# ---- economies, limits, errors -------------------------------------------------------------------


@pytest.mark.parametrize("economy", embedded(), ids=lambda economy: economy.name)
def test_every_embedded_economy_is_in_the_manual_with_its_title_and_aims(economy: object) -> None:
    name, title, aims = economy.name, economy.title, economy.aims  # type: ignore[attr-defined]
    text = section(page("look-up/economies.md"), name)

    assert title in " ".join(text.split())
    assert {*aims} - coded(text) == set()


def test_no_economy_is_in_the_manual_that_does_not_exist() -> None:
    titles = set(re.findall(r"^## (\S+)$", page("look-up/economies.md"), re.M))

    assert titles == {economy.name for economy in embedded()}


def limits() -> set[str]:
    words = ROOT / "src" / "sovplan" / "foundation" / "words" / "en" / "planning.toml"
    return set(tomllib.loads(words.read_text("utf-8"))["limit"])


def test_every_kind_of_limit_is_in_the_manual() -> None:
    text = section(page("look-up/messages.md"), "Names of limits")

    assert limits() - coded(text) == set()
    assert coded(text) & {"floor", "capacity"} <= limits()


def test_every_extension_has_its_formula() -> None:
    text = section(page("understand/plan-problem.md"), "Extensions")

    assert {*settings.EXTENSIONS, "under_construction.csv"} - coded(text) == set()


def test_every_error_is_in_the_manual() -> None:
    text = page("look-up/messages.md")

    def tree(error: type[Exception]) -> Iterator[str]:
        yield error.__name__
        for below in error.__subclasses__():
            yield from tree(below)

    assert [name for name in tree(SovplanError) if name not in text] == []


def test_the_version_of_the_format_is_that_of_the_program() -> None:
    assert f"| `format` | version of this format; {settings.FORMAT} |" in page("look-up/formats.md")


def test_the_page_of_economies_says_what_is_invented_or_constructed() -> None:
    text = page("look-up/economies.md")

    assert "(invented)" in section(text, "two-goods")
    assert "No such federation exists" in section(text, "federation-12")
    assert "our own construction, not a published table" in section(text, "ussr-1928")
    assert "are assumed" in section(text, "brazil-2021").replace("\n", " ")


# ---- packages ------------------------------------------------------------------------------------


def packages() -> set[str]:
    """Return all packages that the project asks for, by what it asks in its files."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = [name for names in project["optional-dependencies"].values() for name in names]
    files = [file.read_text("utf-8") for file in (ROOT / "requirements").glob("*.in")]
    lines = [line for text in files for line in text.splitlines() if not line.startswith("#")]
    asked = [*project["dependencies"], *extras, *lines]
    return {re.split(r"[\[<>=~! ]", name)[0] for name in asked if name}


def licence_of(package: str) -> str:
    known = metadata(package)
    kinds = [line for line in known.get_all("Classifier") or [] if line.startswith("License")]
    said = [*(known.get_all("License-Expression") or []), *(known.get_all("License") or [])]
    return " ".join([*said, *kinds])


def test_every_package_is_in_the_manual_with_its_licence() -> None:
    text = page("decisions/dependencies.md")
    rows = dict(re.findall(r"^\| `([\w-]+)` \| ([^|]+) \|", text, re.M))

    assert packages() - {*rows} == set()
    for package, licence in rows.items():
        if "none in the metadata" in licence:
            continue
        try:
            found = licence_of(package)
        except PackageNotFoundError:
            continue
        assert licence.split(" and ")[0].strip() in found, package


def test_the_words_of_the_manual_are_those_of_the_program() -> None:
    assert say("planning.method.optimum")
    assert "least change" in page("understand/plan-problem.md")
