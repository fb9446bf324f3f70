"""The page of the rules of persons is as the rules would write it now, and names them all."""

import re

from tools import people_rules_page

from sovplan.society.people_rules.society import RULES

PAGE = people_rules_page.PAGE.read_text("utf-8")


def test_the_page_is_fresh() -> None:
    assert people_rules_page.text() == PAGE, "run: .venv/bin/python -m tools.people_rules_page"


def test_every_rule_stands_in_the_schedule_and_among_the_submodels() -> None:
    for rule in RULES:
        assert f"{rule.number} `{rule.name}` writes" in PAGE
        assert re.search(rf"^### {rule.number} {rule.name.replace('_', ' ')}$", PAGE, re.M)
        assert rule.source in PAGE


def test_every_switch_and_its_numbers_are_told() -> None:
    for rule in RULES:
        if rule.switch:
            assert f"- switch: `{rule.switch}`" in PAGE
        for name, value in rule.off.items():
            assert f"{name} = {value:g}" in PAGE
