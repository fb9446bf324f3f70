"""The pages of the country are as the model would write them now."""

import csv
import re
from pathlib import Path
from types import ModuleType

import pytest
from tools import (
    bodies_page,
    codings_page,
    collapse_page,
    collectives_page,
    country_page,
    markets_page,
    mechanisms_page,
    model_parameters_page,
    odd_country_page,
    patterns_page,
    persons_page,
    production_page,
    switches_page,
    workplace_rules_page,
)
from tools.odd_page import CONCEPTS

from sovplan.society.nation.order import rules

PAGES = [
    bodies_page,
    codings_page,
    collapse_page,
    collectives_page,
    country_page,
    markets_page,
    mechanisms_page,
    model_parameters_page,
    odd_country_page,
    patterns_page,
    persons_page,
    production_page,
    switches_page,
    workplace_rules_page,
]


@pytest.mark.parametrize("program", PAGES, ids=lambda program: program.__name__)
def test_a_page_of_the_country_is_fresh(program: ModuleType) -> None:
    page: Path = program.PAGE

    assert page.read_text("utf-8") == program.page(), f"run: python -m {program.__name__}"


def test_every_mechanism_of_the_themes_is_listed(shared: Path) -> None:
    with (shared / "design" / "model_coverage.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    page = mechanisms_page.PAGE.read_text("utf-8")

    for row in rows:
        listed = row["mechanism"][0] in mechanisms_page.THEMES
        line = f"| {row['mechanism']} | {row['actor_in_seed']} | {row['represented_by']} |"
        assert (line in page) == listed, row["mechanism"]


def test_a_mechanism_counts_as_built_only_if_all_its_rules_are_whole() -> None:
    built = mechanisms_page.switches_by_number()

    assert mechanisms_page.state("R14", built) == "built"
    assert mechanisms_page.state("R14; R43", built) == "in part"
    assert mechanisms_page.state("R04", built) == "in part"
    for number in ("R03", "R07", "R08", "R09", "R22", "R25", "R29"):  # act in some regimes only
        assert mechanisms_page.state(number, built) == "built", number
    assert mechanisms_page.state("R18", built) == "in part"
    assert mechanisms_page.state("R14; i:army_form", built) == "in part"
    assert mechanisms_page.state("R14; c:growth against comparators", built) == "in part"
    assert mechanisms_page.state("R43", built) == "not here"
    assert mechanisms_page.state("text only", built) == "not here"


def test_what_stands_still_in_history_is_read_off_rules_and_regimes() -> None:
    still, page = mechanisms_page.still(), mechanisms_page.page()

    assert set(still["rules.hard_budget"]) == {"out_of_work"}
    assert still["rules.defects"] == {"input_need": ("defects",)}
    assert "rules.slaughter" not in still
    assert mechanisms_page.under(["defects"]) == ["as_it_was_whole", "plan_abolished_1935"]
    assert "| `rules.hard_budget` | `out_of_work` of 2 | `budget_counts` |" in page
    assert "`rules.quality`, `rules.defects`\\*" in page


def test_the_description_answers_the_seven_elements_and_the_eleven_concepts() -> None:
    page = odd_country_page.page()
    titles = re.findall(r"^## (\d)\. ", page, re.M)
    design = page.split("## 4. Design concepts")[1].split("\n## ")[0]

    assert titles == ["1", "2", "3", "4", "5", "6", "7"]
    assert tuple(re.findall(r"^### (.+)$", design, re.M)) == CONCEPTS
    for piece in rules():
        assert f"| {piece.number} | {piece.name} | {piece.step} |" in page
