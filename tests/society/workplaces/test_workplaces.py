"""Workplaces under the plan: what adds up, what luck and engines leave alone, what moves what."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.society.workplaces.case import country, lived, setting, told, under

from sovplan.foundation.engine.engine import Engine, Kind, digest
from sovplan.foundation.errors import IdentityBroken
from sovplan.history.nation import SECTORS
from sovplan.society.workplaces import making, planning, reporting
from sovplan.society.workplaces.figures import INDUSTRY, UNITS
from sovplan.society.workplaces.layer import (
    SWITCHES,
    Workplaces,
    check,
    composed,
    opening_distortion,
)
from sovplan.society.workplaces.start import ROWS, sizes
from sovplan.society.workplaces.tables import BRANCHES

YEARS = (1921, 1922, 1929, 1930)


def figures(works: Workplaces, year: int, **institutions: float) -> Mapping[tuple[str, str], float]:
    return told(works.live(year, under(country()[year], **institutions)))


# ---- what adds up --------------------------------------------------------------------------------


@settings(max_examples=12, deadline=None)
@given(
    output=st.lists(st.floats(0.01, 50.0), min_size=7, max_size=7),
    spare=st.floats(1.0, 3.0),
    tautness=st.floats(1.0, 1.5),
    seed=st.integers(0, 2**32),
)
def test_workplaces_make_together_what_the_country_made(
    output: list[float], spare: float, tautness: float, seed: int
) -> None:
    works = Workplaces(setting(seed))
    books = [
        replace(
            q, output=np.array(output), sectors={**q.sectors, "possible": spare * np.array(output)}
        )
        for q in under(country()[1930], tautness=tautness, services_possible=spare * output[6])
    ]
    list(works.live(1930, books))
    list(works.live(1931, books))
    mine = works.rows["workplace"]

    made = np.bincount(mine["branch"], mine["made"])
    wanted = [output[SECTORS.index(name)] * 1e9 for name in BRANCHES]
    np.testing.assert_allclose(made, wanted, rtol=1e-12)
    assert (mine["made"] > 0.0).all()


def test_a_rouble_in_a_milliard_that_is_lost_is_noticed() -> None:
    works = lived(1922)
    check(works.rows)
    works.rows["workplace"]["made"][0] *= 1.0 + 1e-3

    with pytest.raises(IdentityBroken, match="workplaces of heavy made"):
        check(works.rows)


def test_reports_are_what_was_made_with_what_was_added_and_kept_back() -> None:
    works = lived(1930)
    found, mine = figures(works, 1931), works.rows["workplace"]
    made = sum(found[f"works/output/{name}", "real"] for name in BRANCHES)
    said = sum(found[f"works/output/{name}", "reported"] for name in BRANCHES)
    added = (found["works/padded", "real"] - found["works/withheld", "real"]) / 100.0

    assert said == pytest.approx(made * (1.0 + added), rel=1e-12)
    assert np.array_equal(mine["reported"] - mine["record"], mine["finding"])
    assert (mine["finding"][mine["caught"] == 0] == 0.0).all()


def test_every_figure_has_a_unit_and_every_unit_a_figure() -> None:
    based = replace(setting(), in_1928=tuple(country()[1928]))
    found = Workplaces(based).live(1921, country()[1921])
    without = Workplaces(setting()).live(1921, country()[1921])

    assert {each.series for each in found} == set(UNITS)
    assert set(UNITS) - {each.series for each in without} == {f"works/index/{INDUSTRY}"}


@given(st.integers(1000, 200_000), st.floats(1.0, 2.2))
@settings(max_examples=20, deadline=None)
def test_rows_stand_for_all_workplaces_and_all_of_the_branch(number: int, spread: float) -> None:
    share, count = sizes(number, spread)

    assert count.sum() == number
    assert share.sum() == pytest.approx(1.0, rel=1e-12)
    assert (share / count)[0] == (share / count).max()
    assert (share[count > 1] < 2.1 / ROWS).all()


def test_the_largest_workplaces_have_a_row_each() -> None:
    rows = Workplaces(setting(workplaces=410.0)).rows["workplace"]

    assert 3000 < rows.size < 4500
    assert abs(int(rows["stands_for"].sum()) - 410_000) < len(BRANCHES)
    assert (rows["stands_for"] == 1).sum() > 300


# ---- engines and luck ----------------------------------------------------------------------------


def test_the_three_engines_give_the_same_bits(tmp_path: Path) -> None:
    found = {}
    kinds: tuple[Kind, ...] = ("plain", "arrays", "compiled")
    for kind in kinds:
        works = Workplaces(setting(workplaces=0.5))
        engine = Engine(composed(), kind, folder=tmp_path, small=0)
        object.__setattr__(works, "engine", engine)
        for year in YEARS:
            list(works.live(year, country()[year]))
        found[kind] = digest(works.rows)
        if kind == "compiled":
            assert len(engine.compiled) == len(composed().passes)

    assert found["plain"] == found["arrays"] == found["compiled"]


def test_a_seed_gives_the_same_years_and_another_gives_others() -> None:
    one, again, other = lived(1924), lived(1924), lived(1924, seed=2)

    assert digest(one.rows) == digest(again.rows)
    assert digest(one.rows) != digest(other.rows)


def test_regimes_share_their_luck() -> None:
    """A regime that differs in nothing that is read before 1929 has the same workplaces."""
    one, other = lived(1930), lived(1930, bonus_form=0.0)

    assert np.array_equal(one.rows["workplace"]["size"], other.rows["workplace"]["size"])
    assert np.array_equal(one.rows["workplace"]["scruple"], other.rows["workplace"]["scruple"])


# ---- what moves what -----------------------------------------------------------------------------


@pytest.mark.parametrize("switch", SWITCHES)
def test_each_switch_changes_what_workplaces_say_or_do(switch: str) -> None:
    # Bonuses move effort under as_it_was_whole only, and nobody sees one in 1931.
    last, moves = (1935, 1.0) if switch == "rules.keen" else (1930, 0.0)
    with_all, without = (
        figures(lived(last, off=off, bonus_moves=moves), last + 1, bonus_moves=moves)
        for off in ((), (switch,))
    )

    assert with_all != without


def test_nobody_who_reports_what_was_made_is_accused() -> None:
    works = lived(1930, off=["rules.false_reports"], open_books=1.0, audit=1.0, appointment=0.0)
    mine = works.rows["workplace"]

    assert not mine["untrue"].any()
    assert not mine["caught"].any()
    assert works.rows["centre"]["found"][0] > 0.6


def test_more_that_is_found_makes_reports_truer() -> None:
    shut, open_ = (
        figures(lived(1930, open_books=books, consumer_control=books), 1931, open_books=books,
                consumer_control=books)
        for books in (0.0, 1.0)
    )  # fmt: skip

    assert open_["works/padded", "real"] < 0.2 * shut["works/padded", "real"]
    assert open_["works/chance", "real"] > 80.0 > shut["works/chance", "real"]
    assert open_["works/quality/heavy", "real"] > shut["works/quality/heavy", "real"]


def test_a_ratchet_makes_workplaces_hide_and_a_menu_does_not() -> None:
    hidden = {
        (ratchet, form): figures(lived(1921, ratchet=ratchet, bonus_form=form), 1922,
                                 ratchet=ratchet, bonus_form=form)["works/slack", "real"]
        for ratchet, form in ((0.0, 0.0), (0.2, 0.0), (0.8, 0.0), (0.8, 2.0))
    }  # fmt: skip

    assert hidden[0.0, 0.0] == hidden[0.8, 2.0] == pytest.approx(0.0, abs=1e-9)
    assert 0.0 < hidden[0.2, 0.0] < hidden[0.8, 0.0] < 15.0


@given(st.floats(0.1, 3.0), st.floats(0.0, 1.0), st.floats(0.0, 1.0))
@example(0.996, 0.0, 0.0)
@settings(max_examples=50, deadline=None)
def test_reports_lie_between_what_was_made_and_the_target(
    share: float, scruple: float, found: float
) -> None:
    rest = {"bonus_form": 1.0, "penalty_shortfall": 1.0, "penalty_lie": 0.8, "plan_trust": 0.2,
            "ratchet": 0.7, "over_base": 0.005, "over_press": 0.35, "over_max": 0.3,
            "rho_disc": 0.35, "lie_bonus": 0.5}  # fmt: skip
    outcome = reporting.report.law(
        made=share * 100.0, target=100.0, scruple=scruple, centre_found=found, **rest
    )
    assert isinstance(outcome, tuple)
    low, high = sorted((share * 100.0, 100.0))
    assert low - 1e-9 <= outcome[0] <= high + 1e-9
    assert outcome[1] == (outcome[0] != share * 100.0)


def test_haste_and_quality_by_hand() -> None:
    # T/C = 1.35, the best of the fit: 1 + 0.565 x 0.35 - 0.8 x 0.35^2 = 1.09975.
    done = making.haste(135.0, 100.0, t_a=0.565, t_b=0.8, storm=0.05, taut_low=-0.5, taut_high=1.0)
    assert done == pytest.approx((1.35, 1.09975, 0.0175))
    assert making.quality(1.35, 0.0, 0.0, 0.0, q_taut=0.4, q_min=0.5) == pytest.approx(0.86)
    assert making.quality(1.35, 0.5, 0.5, 0.0, q_taut=0.4, q_min=0.5) == pytest.approx(0.965)
    assert making.quality(3.0, 0.0, 0.0, 0.0, q_taut=0.4, q_min=0.5) == 0.5


def test_targets_by_hand() -> None:
    decreed = {"target_rule": 1.0, "tautness": 1.3, "ratchet": 0.5, "error": 0.0}
    draft = planning.drafted_target(stated=90.0, record=100.0, target=80.0, **decreed)
    assert draft == pytest.approx(1.3 * 100.0 + 0.5 * 20.0)
    missed = planning.drafted_target(stated=90.0, record=100.0, target=120.0, **decreed)
    assert missed == pytest.approx(130.0)
    voted = {**decreed, "target_rule": 0.0, "tautness": 1.02}
    assert planning.drafted_target(90.0, 100.0, 80.0, **voted) == pytest.approx(91.8)
    assert planning.adopted_target(140.0, 90.0, 0.1, 0.0) == pytest.approx(90.0 + 0.9 * 50.0)
    assert planning.adopted_target(140.0, 90.0, 0.1, 0.5) == pytest.approx(90.0 + 0.45 * 50.0)
    assert planning.adopted_target(80.0, 90.0, 1.0, 1.0) == 80.0


def test_distortion_follows_the_forced_states() -> None:
    values = setting().parameters
    opened = opening_distortion(1921, values)

    # x of 1917 = -1.8 + 2.5 0.027 + 1.5 0.08 - 2.5 0.65 = -3.24; of 1921 = -1.63.
    assert 1 / (1 + np.exp(3.24)) < opened < 1 / (1 + np.exp(1.63))
    works = lived(1928)
    assert works.rows["centre"]["distortion"][0] == pytest.approx(0.74, abs=0.01)
    still = lived(1928, off=["rules.criticism"])
    assert still.rows["centre"]["distortion"][0] == opened


def test_where_nothing_is_corrected_errors_spread_as_drafts_do() -> None:
    works = lived(1932)
    centre, mine = works.rows["centre"], works.rows["workplace"]

    assert centre["error_kept"][0] == pytest.approx(0.7, abs=0.002)
    assert mine["error"].std() == pytest.approx(centre["error_spread"][0], rel=0.1)


def test_debate_corrects_errors_and_the_less_the_more_is_distorted() -> None:
    kept = {d: planning.error_kept(d, 1.0, 0.0, 0.9, crit=0.6, err_keep=0.7) for d in (0.0, 0.9)}

    assert kept[0.0] == pytest.approx(0.7 * (1.0 - 0.54))
    assert kept[0.9] == pytest.approx(0.7 * (1.0 - 0.054))


def test_norms_rise_by_what_is_made_above_the_target_and_never_fall() -> None:
    assert planning.norms.law(1.0, 110.0, 100.0, 0.5, 1.0) == pytest.approx(1.05)
    assert planning.norms.law(1.2, 90.0, 100.0, 0.5, 1.0) == 1.2
    assert planning.norms.law(1.0, 110.0, 100.0, 0.5, 0.0) == 1.0


def test_piecework_pays_by_the_norm() -> None:
    assert making.piece_pay.law(120.0, 100.0, 1.0, 0.5) == pytest.approx((1.2, 1.1))
    assert making.piece_pay.law(120.0, 100.0, 1.2, 0.5) == pytest.approx((1.0, 1.0))
    assert making.piece_pay.law(50.0, 100.0, 1.0, 0.0) == pytest.approx((0.5, 1.0))
