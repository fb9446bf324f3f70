"""Workplaces with one mechanism taken out, and debate under command taken apart."""

from dataclasses import fields

import pytest

from sovplan.lab.works_switches import (
    DEBATE,
    DEBATES,
    RANGED,
    WorksEffects,
    works_effects,
    works_ends,
    works_numbers_of,
)
from sovplan.regimes.countries import country_inputs
from sovplan.regimes.model import model_parameter_table, model_parameters
from sovplan.society.nation.order import rules, switches
from sovplan.society.nation.year import run_nation
from sovplan.society.workplaces.layer import SWITCHES

BASE = works_effects()


def test_switches_of_workplaces_are_their_own() -> None:
    # Quality and distortion are one rule each (R07, R12), for plants and for the country.
    assert set(SWITCHES) & set(switches()) == {"rules.quality", "rules.criticism"}
    assert all(works_numbers_of(switch) for switch in SWITCHES)


@pytest.mark.parametrize(
    ("switch", "name", "sign"),
    [
        ("rules.ratchet", "slack", -1),
        ("rules.debate", "errors", 1),
        ("rules.feasibility", "taut", 1),
        ("rules.criticism", "errors", -1),
        ("rules.haste", "late", -1),
        ("rules.quality", "quality", 1),
        ("rules.inspection", "padded", 1),
        ("rules.false_reports", "padded", -1),
    ],
)
def test_a_switch_moves_what_its_rule_is_about(switch: str, name: str, sign: int) -> None:
    assert sign * (getattr(works_effects(switch), name) - getattr(BASE, name)) > 0.0


def test_debate_lowers_plan_error_and_distortion_bounds_by_how_much() -> None:
    spoken, all_three, clear = (
        works_effects(DEBATES[place].name) for place in (0, 2, len(DEBATES) - 2)
    )

    assert 0.85 * BASE.errors < spoken.errors < BASE.errors
    assert all_three.spread < spoken.spread < BASE.spread
    assert all_three.padded < BASE.padded
    assert clear.errors < 0.5 * all_three.errors
    assert spoken.distortion == BASE.distortion


def test_debate_lowers_plan_error_over_the_whole_range_of_correction() -> None:
    least, most = (works_effects(DEBATES[place].name) for place in (3, 4))

    assert most.errors < least.errors < BASE.errors


def test_numbers_that_are_moved_are_read_by_workplaces_alone() -> None:
    """The quarters are run once for all of them.

    Two are read by harvests that are hidden from requisition too: it ends before 1921. Five more
    make figures of the quarters that history does not reckon.
    """
    read = {name for piece in rules() for name in piece.parameters}

    idle = {"q_taut", "p_user", "dist_a", "R_info", "rho_disc"}
    assert set(RANGED) & read <= {"over_max", "over_press"} | idle
    high = {each.name: each.high for each in model_parameter_table() if each.name in idle}
    usual, moved = (
        run_nation(country_inputs(), {**model_parameters(), **changed}) for changed in ({}, high)
    )
    assert [each.output.tolist() for each in usual] == [each.output.tolist() for each in moved]
    levies = country_inputs().values["requisition"].items()
    assert {value for (year, _), value in levies if year >= 1921} == {0.0}
    assert {case.off for case in works_ends()} == {""}
    assert len(works_ends()) == 2 * len(RANGED)


def test_debate_is_that_of_the_regime() -> None:
    debate, history = country_inputs("command_with_debate"), country_inputs()
    differ = {n for n in history.institutions if debate.values[n] != history.values[n]}

    assert differ == set(DEBATE)
    assert {name: debate.at(1931, 2)[name] for name in DEBATE} == dict(DEBATE)
    assert debate.at(1928, 4)["press"] == history.at(1928, 4)["press"]


def test_effects_are_numbers_that_can_be_shown() -> None:
    assert {each.name for each in fields(WorksEffects)} >= {"errors", "spread", "padded"}
    assert 0.0 < BASE.quality < 1.0 < BASE.taut
