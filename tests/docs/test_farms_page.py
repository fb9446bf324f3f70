"""The page of the rules of the village is as the rules would write it now, and names them all."""

import re

from tools import farms_page

from sovplan.society.farms.figures import OF_HISTORY, UNITS
from sovplan.society.farms.village import RULES

PAGE = farms_page.PAGE.read_text("utf-8")


def test_the_page_is_fresh() -> None:
    assert farms_page.page() == PAGE, "run: .venv/bin/python -m tools.farms_page"


def test_every_rule_stands_in_the_schedule_and_among_the_submodels() -> None:
    for rule in RULES:
        assert f"{rule.number} `{rule.name}` writes" in PAGE
        assert re.search(rf"^### {rule.number} {rule.name.replace('_', ' ')}$", PAGE, re.M)
        assert rule.source in PAGE


def test_every_series_is_listed_and_those_of_history_are_marked() -> None:
    for series in UNITS:
        name = re.sub(r"/[a-z_]+", "/{}", series)
        marked = f"| `{name}` | {UNITS[series]} | history only |" in PAGE
        assert f"| `{name}` |" in PAGE
        assert marked == series.startswith(OF_HISTORY)
