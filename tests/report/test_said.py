"""What titles and leads of a plan book say holds for each thing that they name."""

import re
from dataclasses import replace

from tests.report.books import draft, section, words
from tests.report.page import read
from tests.report.test_findings import finding, plan_of

from sovplan.report import hands
from sovplan.report.planbook import plan_book


def test_a_book_names_no_bound_of_the_hours_that_one_per_cent_saves() -> None:
    rates = replace(draft("basic variant"), facts={"hours": 1.0})

    for page in (section("basic variant", "binding"), read(plan_book(rates, command=""))):
        told = words(page.text)
        assert not re.search(r"[Ss]aved? [^.;]*at most", told)
        assert "rate" in told
    lead = words(read(plan_book(rates, command="")).one("p", "lead").text)
    assert "By its rate near the optimum" in lead


def test_each_kind_of_labour_that_is_used_up_has_its_own_years() -> None:
    found = draft("federation")
    plan, skills = plan_of(found), found.economy.techniques.skills
    used = 0.5 * plan.labour_available
    used[0], used[1, 1:3] = plan.labour_available[0], plan.labour_available[1, 1:3]

    said = words(hands.hands_figure(replace(found, plan=replace(plan, labour_used=used))))

    years = found.years
    assert f"“{skills[0]}” in {years[0]} to {years[-1]}; “{skills[1]}” in {years[1]}" in said
    assert f"“{skills[1]}” in {years[1]} to {years[2]}." in said


def test_of_more_targets_than_are_drawn_the_title_counts_those_drawn() -> None:
    title = finding("basic variant", "targets")
    assert len(section("basic variant", "targets").all("div", "panel")) == 12
    assert re.match(r"\d+ of 12 drawn goods grow", title)

    assert "drawn" not in finding("village", "targets")
