"""The page of the historical series is as its program would write it now, and complete."""

import re

import pytest
from tools import history_page

from sovplan.history.series import all_series, sources

PAGE = history_page.PAGE.read_text("utf-8")


def section(title: str) -> str:
    """Return a section of the page, with the sections inside it."""
    found = re.search(rf"^(#+) {re.escape(title)}$(.*?)(?=^#{{1,2}} |\Z)", PAGE, re.M | re.S)
    assert found is not None, title
    return found[2]


def test_the_page_is_fresh() -> None:
    assert history_page.page() == PAGE, "run: .venv/bin/python -m tools.history_page"


def test_every_series_and_source_has_one_row() -> None:
    listed = re.findall(r"^\| `(\w+)` \|", section("The series"), re.M)
    cited = re.findall(r"^\| `(\w+)` \|", section("Sources"), re.M)

    assert listed == [each.name for each in all_series()]
    assert cited == [*sources()]


def test_every_status_is_explained_with_its_count() -> None:
    counts = re.findall(r"^\| `\w+` \|.*\| (\d+) \|$", section("How sure a figure is"), re.M)

    assert sum(map(int, counts)) == sum(len(each.figures) for each in all_series())


@pytest.mark.parametrize("case", history_page.COMPARED, ids=lambda case: case[0])
def test_what_is_said_to_differ_does_differ(case: tuple[str, int, int, tuple[str, ...]]) -> None:
    title, year, _, names = case
    values = [each.values()[year] for each in all_series() if each.name in names]

    assert len(values) == len(names), title
    assert len(set(values)) > 1
