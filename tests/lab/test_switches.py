from dataclasses import fields

import pytest

from sovplan.lab.own_figures import ACTING, CARRYING, DRIVING
from sovplan.lab.switches import STATED, Case, effects, flipped, numbers_of
from sovplan.society.nation.order import switches

QUIET = {
    "rules.rationing", "rules.second_economy", "rules.strata", "rules.trust", "rules.revolts",
    "rules.town_money", "rules.village_money", "rules.trade",
}  # fmt: skip
"""Switches of rules that nothing else of the country reads under the institutions of history."""

EARLY = {"rules.hiding", "rules.requisition", "rules.war_losses", "rules.return_migration"}
"""Switches of rules that act before 1921 only: tests/lab/test_collapse.py turns them off."""

UNUSED = {
    *ACTING, *CARRYING, *DRIVING, "rules.hard_budget", "rules.forced_labour", "rules.dissolution",
    "rules.chains", "rules.answer", "rules.standing_crop", "rules.strikes", "rules.wants",
    "rules.quality", "rules.criticism", "rules.privilege",
}  # fmt: skip
"""Switches of terms that history does not reckon, or that nothing of these effects reads:
tests/society/nation/test_whole.py, test_acting.py and test_drive.py have them."""

BASE = effects()
"""The run with all rules."""

STATEMENTS: dict[str, dict[str, float]] = {
    "no killing": {"herd_1932": 57, "product_1932": 119},
    "no loss in": {"herd_1932": 56, "product_1932": 116, "famine": 1.7},
    "draught": {"harvest_1932": 67, "famine": 0.0},
    "farm effort": {"harvest_1932": 67, "famine": 0.0},
    "newcomers": {"product_1937": 173},
    "quotas": {"excess": 2.8, "product_1940": 195},
    "no removal": {"product_1940": 202, "industry_1940": 283},
    "no grain store": {"horses_1932": 16.5},
    "nothing withheld": {"autumn": 0.72},
    "no mark-up": {"scissors": 1.86},
}
"""What table 8.2 of the specification says, by the first words of the case."""


@pytest.mark.parametrize("start", STATEMENTS)
def test_a_statement_of_table_8_2_is_reproduced(start: str) -> None:
    case = next(each for each in STATED if each.name.startswith(start))
    now = effects(case.name)

    for name, stated in STATEMENTS[start].items():
        whole = float(stated).is_integer()
        near = 0.5 if whole else 0.05 if stated >= 1 else 0.005
        assert getattr(now, name) == pytest.approx(stated, rel=0.02, abs=near), name


def test_without_killing_beforehand_the_famine_is_a_quarter() -> None:
    now = effects(STATED[0].name)

    assert now.famine == pytest.approx(1.35, abs=0.05)


def test_without_a_store_of_grain_people_die_in_two_winters() -> None:
    now = effects("no grain store")

    assert now.excess - now.famine > 5.0
    assert BASE.excess - BASE.famine < 2.0


def test_lower_tautness_shows_nothing() -> None:
    case = next(each for each in STATED if each.name.startswith("tautness"))

    assert effects(case.name).product_1940 == pytest.approx(BASE.product_1940, rel=0.01)


def test_there_is_one_case_for_each_switch() -> None:
    assert tuple(case.off for case in flipped()) == switches()
    assert all(numbers_of(case.off) for case in flipped())


@pytest.mark.parametrize("case", flipped(), ids=lambda case: case.off)
def test_a_switch_changes_something_unless_nothing_reads_its_rule(case: Case) -> None:
    now = effects(case.name)
    same = all(getattr(now, each.name) == getattr(BASE, each.name) for each in fields(now))

    assert same == (case.off in QUIET | EARLY | UNUSED)
