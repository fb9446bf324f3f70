"""The page of the regimes is as their files would write it now, and leaves nothing out."""

import re

import pytest
from tools import regimes_page

from sovplan.records.institutions import CLASSES, DRAFTERS, KINDS, USES
from sovplan.records.parameters import NAMES
from sovplan.regimes.catalogue import REGIMES
from sovplan.regimes.regime import read_regime

PAGE = regimes_page.PAGE.read_text("utf-8")


def section(title: str) -> str:
    found = re.search(rf"^## {re.escape(title)}$(.*?)(?=^## |\Z)", PAGE, re.M | re.S)
    assert found is not None, title
    return found[1]


def test_the_page_is_fresh() -> None:
    assert regimes_page.page() == PAGE, "run: .venv/bin/python -m tools.regimes_page"


def test_every_institution_and_every_name_it_can_take_is_explained() -> None:
    text = section("Institutions")

    assert re.findall(r"^\| `(\w+)` \| \w", text, re.M) == list(KINDS)
    assert {name for name in (*USES, *CLASSES, *DRAFTERS) if name not in text} == set()
    assert not re.search(r"`[A-Z]+`", text)


@pytest.mark.parametrize("name", REGIMES)
def test_every_article_has_its_row_with_source(name: str) -> None:
    regime, text = read_regime(name), section(name)

    rows = re.findall(r"^\| `(\w+)` \| (\d{4}) \|.*\| (\w+) \| [^|]+ \|$", text, re.M)
    assert sorted(rows) == sorted(
        (each.institution, str(each.since), each.provenance) for each in regime.articles
    )
    assert regime.title in text
    assert regime.summary in text


def test_every_parameter_has_its_row() -> None:
    rows = re.findall(r"^\| `(\w+)` \| R\d\d \|", section("Parameters"), re.M)

    assert rows == list(NAMES)


def test_the_example_of_a_file_names_every_field_of_an_article() -> None:
    example = section("The file")

    for field in ("since", "value", "low", "high", "provenance", "source", "note"):
        assert re.search(rf"^{field} = ", example, re.M), field
