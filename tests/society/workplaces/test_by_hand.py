"""Rules of workplaces worked by hand from the equations: R06, R10, R11, R12, R01, R07."""

import math
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sovplan.society.workplaces import bonus, making, planning, reporting

MENU = {"menu_own": 0.2, "menu_over": 0.12, "menu_under": 0.3}

# ---- what is stated and drafted ------------------------------------------------------------------


def test_hidden_and_stated_capacity_by_hand() -> None:
    # 0.15 0.8 0.7 / 1.05 = 0.08; the scruple of 0.25 hides 2 0.75 0.08 = 0.12 of 100.
    habits = {"ratchet": 0.7, "plan_trust": 0.2, "slack_max": 0.15, "rho_disc": 0.35}
    assert planning.hidden_capacity.law(bonus_form=1.0, **habits) == pytest.approx(0.08)
    assert planning.hidden_capacity.law(bonus_form=2.0, **habits) == 0.0
    found = planning.stated_capacity.law(
        size=0.5, scruple=0.25, of_capacity=200.0, centre_hidden=0.08, hidden_most=0.9
    )
    assert found == pytest.approx((100.0, 88.0, 112.0))


def test_errors_of_a_draft_by_hand() -> None:
    assert planning.error_spread.law(distortion=0.4, err0=0.04, err_d=0.15) == pytest.approx(0.1)
    # Corrected 0.6 0.6 0.5 0.5 = 0.09.
    kept = planning.error_kept.law(
        distortion=0.4, factions=0.5, parties=0.2, press=0.5, crit=0.6, err_keep=0.7
    )
    assert kept == pytest.approx(0.7 * 0.91)
    found = planning.error.law(
        last_error=0.1, centre_error_spread=0.1, centre_error_kept=0.637, err_keep=0.7,
        error_1=0.9, error_2=0.6, error_3=0.5,
    )  # fmt: skip
    assert found == pytest.approx(0.0637 + 0.1 * math.sqrt(0.51))


def test_distortion_by_hand() -> None:
    # x = -1.8 + 2.5 0.8 + 1.5 0.4 - 2.5 0.1 = 0.55; 1 / (1 + e^-0.55) = 0.634136.
    found = planning.distortion.law(
        distortion=0.3, appointed_share=0.8, repression=0.4, participation=0.1, dist_base=-1.8,
        dist_a=2.5, dist_s=2.5, dist_speed=0.5, R_info=1.5,
    )  # fmt: skip
    assert found == pytest.approx(0.467068, abs=1e-6)


@pytest.mark.parametrize(("leaving", "scruple"), [(0.34, 0.9), (0.36, 0.3)])
def test_managers_leave_by_chance(leaving: float, scruple: float) -> None:
    found = planning.managers_change.law(
        scruple=0.3, error=0.05, rho_disc=0.35, leaving=leaving, character=0.9
    )
    assert found == (scruple, 0.05)


# ---- what is made --------------------------------------------------------------------------------

PLANT: Mapping[str, float] = {
    "size": 0.5, "gain": 1.1, "keen": 1.0, "capacity": 100.0, "need": 112.0, "centre_hidden": 0.08,
    "works_luck": 0.1, "works_least": 0.1, "asked_least": 0.1,
}  # fmt: skip


@pytest.mark.parametrize(
    ("luck", "delivery", "supply", "share"),
    [
        # Asked 112 / 108; short of 2 0.5 0.2 108 / 112 = 0.192857.
        ((0.6, 0.5, 0.4), 0.5, 0.8, 0.55 * 0.8071429),
        ((0.9, 0.6, 0.5), 0.5, 0.8, 0.55 * 0.8071429 * math.exp(0.1)),
        ((0.6, 0.5, 0.4), 0.5, 1.2, 0.55),
        ((0.6, 0.5, 0.4), 1.0, 0.0, 0.55 * 0.1),
    ],
)
def test_claims_by_hand(
    luck: tuple[float, float, float], delivery: float, supply: float, share: float
) -> None:
    lots = dict(zip(("luck_1", "luck_2", "luck_3"), luck, strict=True))
    found = making.claim.law(**PLANT, **lots, of_supply=supply, delivery=delivery)
    assert found / 2.0**40 == pytest.approx(share, rel=1e-6)  # type: ignore[operator]


def test_output_is_shared_by_claims() -> None:
    assert making.made.law(part=3, of_output=90.0, of_parts=9) == 30.0


def test_what_is_stolen_is_missed_by_users_where_it_is_reckoned() -> None:
    at = {"made": 100.0, "of_theft": 0.03, "distance_top": 0.5}

    # The mean plant, half of its branch made by larger ones, loses the share of the country.
    assert making.delivered.law(**at, below=0.5, theft_missed=1.0) == pytest.approx((3.0, 97.0))
    assert making.delivered.law(**at, below=0.0, theft_missed=1.0) == pytest.approx((2.4, 97.6))
    assert making.delivered.law(**at, below=1.0, theft_missed=0.0) == pytest.approx((3.6, 100.0))


def test_a_bonus_in_sight_makes_keen_and_one_out_of_reach_does_not() -> None:
    at = {"bonus_form": 1.0, "ratchet": 0.7, "bonus_slope": 2.0, "bonus_effort": 0.03,
          "bonus_reach": 0.2, "rho_disc": 0.35}  # fmt: skip

    assert making.keen.law(**at, taut=1.0, bonus_moves=1.0) == pytest.approx(1.02)
    assert making.keen.law(**at, taut=1.05, bonus_moves=1.0) == pytest.approx(1.015)
    assert making.keen.law(**at, taut=1.3, bonus_moves=1.0) == 1.0
    assert making.keen.law(**at, taut=1.0, bonus_moves=0.0) == 1.0


def test_checks_of_the_state_hold_quality_too() -> None:
    found = making.quality.law(
        taut=1.35, centre_by_users=0.0, centre_by_workers=0.0, centre_by_state=0.5, q_taut=0.4,
        q_min=0.5,
    )  # fmt: skip
    assert found == pytest.approx(1.0 - 0.4 * 0.35 * 0.5)


# ---- what is reported and found ------------------------------------------------------------------

HABITS: Mapping[str, float] = {
    "target": 100.0, "scruple": 0.4, "bonus_form": 1.0, "penalty_lie": 0.8, "plan_trust": 0.2,
    "ratchet": 0.7, "over_base": 0.005, "over_press": 0.35, "over_max": 0.3, "rho_disc": 0.35,
    "lie_bonus": 0.5,
}  # fmt: skip


@pytest.mark.parametrize(
    ("made", "found", "penalty", "report"),
    [
        # Gain 0.6 (1 + 0.6) / 2 = 0.48 > 0.5 0.8; padding 0.005 + 0.35 0.5 0.8 0.25 = 0.04.
        (80.0, 0.5, 0.6, (80.0 * 1.04, 1)),
        (80.0, 0.5, 0.0, (80.0, 0)),  # without the penalty 0.6 / 2 = 0.3 < 0.4: the truth pays
        # Above: m = 0.35 / 1.05, 0.6 / 3 = 0.2 > 0.1 0.8; kept back 0.8 / 3 / 6 of 120.
        (120.0, 0.1, 0.6, (120.0 * (1.0 - 0.8 / 18.0), 1)),
        (120.0, 0.3, 0.6, (120.0, 0)),
    ],
)
def test_reports_by_hand(
    made: float, found: float, penalty: float, report: tuple[float, int]
) -> None:
    said = reporting.report.law(
        **HABITS, made=made, centre_found=found, penalty_shortfall=penalty
    )  # fmt: skip
    assert said == pytest.approx(report)


def test_a_lie_is_worth_more_where_the_bonus_weighs_more() -> None:
    # 0.6 0.8 = 0.48 > 0.4 with a weight of 0.8; 0.3 with one half, as above.
    rest = {**HABITS, "lie_bonus": 0.8}
    said = reporting.report.law(**rest, made=80.0, centre_found=0.5, penalty_shortfall=0.0)
    assert said == pytest.approx((80.0 * 1.04, 1))


def test_chances_of_checks_by_hand() -> None:
    # Reach 2 300 / (1000 0.8) = 0.75; unseen 0.955 0.8 0.86 0.7 = 0.459928.
    found = reporting.checks.law(
        audit=0.8, appointment=0.5, open_books=0.5, consumer_control=0.4, plan_scope=0.8,
        p_state=0.15, p_workers=0.4, p_user=0.35, p_balance=0.6, kappa_c=2.0, planners=300.0,
        items_all=1000.0,
    )  # fmt: skip
    assert found == pytest.approx((0.045, 0.2, 0.14, 0.3, 0.540072))


@pytest.mark.parametrize(
    ("reported", "search", "found"),
    [
        # A lie of 5 in 100 is half a large one: unseen 0.9 0.8 0.95 0.7 = 0.4788.
        (105.0, 0.5, (0.5212, 1, 5.0, 100.0)),
        (105.0, 0.53, (0.5212, 0, 0.0, 105.0)),
        (95.0, 0.5, (0.5212, 1, -5.0, 100.0)),
    ],
)
def test_findings_by_hand(reported: float, search: float, found: tuple[float, ...]) -> None:
    said = reporting.inspected.law(
        reported=reported, received=100.0, centre_by_state=0.2, centre_by_workers=0.4,
        centre_by_users=0.1, centre_by_balances=0.6, lie_scale=0.1, search=search,
    )  # fmt: skip
    assert said == pytest.approx(found)


# ---- what managers get ---------------------------------------------------------------------------


def test_the_bonus_of_a_manager_by_hand() -> None:
    numbers = {"target": 100.0, "stated": 110.0, "bonus_slope": 2.0, "bonus_most": 1.0, **MENU}

    # Ten per cent above the target brings twenty per cent of a salary, on paper or not.
    assert bonus.bonus.law(record=110.0, bonus_form=1.0, **numbers) == pytest.approx(0.2)
    assert bonus.bonus_earned.law(made=105.0, bonus_form=1.0, **numbers) == pytest.approx(0.1)
    assert bonus.bonus.law(record=90.0, bonus_form=1.0, **numbers) == 0.0
    assert bonus.bonus.law(record=110.0, bonus_form=0.0, **numbers) == 0.0
    assert bonus.bonus.law(record=300.0, bonus_form=1.0, **numbers) == 1.0


@pytest.mark.parametrize(
    ("made", "part"),
    [(110.0, 0.22), (120.0, 0.22 + 0.012), (100.0, 0.22 - 0.03), (20.0, 0.22 - 0.27)],
)
def test_a_menu_by_hand(made: float, part: float) -> None:
    # Of each target's worth that is undertaken a fifth of a salary; 0.12 beyond it, 0.3 below it.
    numbers = {"target": 100.0, "stated": 110.0, "bonus_slope": 2.0, "bonus_most": 1.0, **MENU}

    assert bonus.bonus.law(record=made, bonus_form=2.0, **numbers) == pytest.approx(part)
    assert bonus.bonus_earned.law(made=made, bonus_form=2.0, **numbers) == pytest.approx(part)


@given(
    made=st.floats(1.0, 1e9), undertaken=st.floats(1.0, 1e9), own=st.floats(0.16, 0.25),
    over=st.floats(0.05, 0.15), under=st.floats(0.26, 0.5),
)  # fmt: skip
def test_a_menu_makes_what_is_expected_the_best_answer(
    made: float, undertaken: float, own: float, over: float, under: float
) -> None:
    def brings(stated: float) -> float:
        found = bonus.bonus.law(
            record=made, target=made, stated=stated, bonus_form=2.0, bonus_slope=2.0,
            bonus_most=1.0, menu_own=own, menu_over=over, menu_under=under,
        )  # fmt: skip
        assert isinstance(found, float)
        return found

    assert brings(made) == pytest.approx(own)
    assert brings(undertaken) <= brings(made) + 1e-12
