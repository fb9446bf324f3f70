"""Who plans and inspects reads papers: by declaration, and when the truth is changed."""

import numpy as np
import pytest
from tests.society.workplaces.case import country, lived, made

from sovplan.foundation.engine.composer import place
from sovplan.foundation.engine.rule import Rule
from sovplan.society.workplaces import planning, reporting
from sovplan.society.workplaces.layer import RULES
from sovplan.society.workplaces.tables import PAPERS, TABLES, TRUTH, WORKPLACE

OFFICES = (
    planning.drafted_target, planning.adopted_target, planning.error, planning.error_kept,
    planning.error_spread, planning.distortion, reporting.checks, reporting.inspected,
)  # fmt: skip
"""Rules of planners, deputies and inspectors: R06 from the draft on, R11, R12."""


def read(rule: Rule) -> set[str]:
    table = next(each for each in TABLES if each.name == rule.table)
    return {place(table, name) for name in rule.reads}


@pytest.mark.parametrize("rule", OFFICES, ids=lambda rule: rule.name)
def test_offices_declare_nothing_that_is_so(rule: Rule) -> None:
    assert read(rule) & TRUTH == set()


def test_what_offices_read_of_workplaces_are_papers_and_their_own_errors() -> None:
    asked = {name for rule in OFFICES for name in read(rule) if name.startswith("workplace.")}

    assert asked - {"workplace.error", "workplace.last_error"} <= PAPERS
    assert {"workplace.stated", "workplace.record", "workplace.reported"} <= asked


def test_each_column_is_so_or_said_and_not_both() -> None:
    neither = {"branch", "stands_for", "size", "error", "last_error"}
    columns = {f"workplace.{name}" for name in WORKPLACE.names if name not in neither}

    assert PAPERS.isdisjoint(TRUTH)
    assert {name for name in PAPERS | TRUTH if name.startswith("workplace.")} == columns


def test_truth_becomes_paper_in_three_rules() -> None:
    filing = {
        rule.name
        for rule in RULES
        if read(rule) & TRUTH and {f"{rule.table}.{name}" for name in rule.writes} & PAPERS
    }

    assert filing == {"stated_capacity", "delivered", "report"}


@pytest.mark.parametrize("papers_held", [True, False])
def test_changing_the_truth_leaves_targets_alone_while_papers_are_held(papers_held: bool) -> None:
    so, other = lived(1931), lived(1931)
    list(so.live(1932, country()[1932]))
    list(other.live(1932, made(country()[1932], 0.8)))
    one, two = so.rows["workplace"], other.rows["workplace"]

    assert np.array_equal(one["target"], two["target"]), "of the year in which the truth differs"
    assert two["made"].sum() == pytest.approx(0.8 * one["made"].sum())

    if papers_held:
        for name in ("record", "target"):
            two[name][:] = one[name]
    for works in (so, other):
        list(works.live(1933, country()[1933]))
    assert np.array_equal(one["target"], two["target"]) == papers_held
