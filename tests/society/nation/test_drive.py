"""Effort beyond hunger, hours, recovery, trust and ages: by hand, as properties, and in a run."""

import math
from collections.abc import Mapping
from functools import cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.society.nation.test_rules import P, call, shares
from tests.society.nation.test_whole import product, run

from sovplan.foundation.engine.block import Piece
from sovplan.regimes.countries import country_inputs
from sovplan.regimes.model import model_parameters
from sovplan.society.nation import ages, drive, investment, labour, people, unrest, village
from sovplan.society.nation.production import Vector
from sovplan.society.nation.year import run_nation
from sovplan.society.people_rules.founders import AGES
from sovplan.society.persons import living
from sovplan.society.workplaces import making

OFFICES: Mapping[str, float] = {"labour_law": 0.4, "police_power": 0.7}
AT: Mapping[str, float] = {"town_wage": 0.6 * 1.1 * P["wage_1913"], "wants": 1.1,
                           "hands_wanted": 12.0, "workers": 10.0, "repression": 0.5,
                           "effort_whole": 1.0, **OFFICES}  # fmt: skip
BONUS: Mapping[str, float] = {"bonus_moves": 1.0, "bonus_form": 1.0, "ratchet": 0.7}


# ---- effort --------------------------------------------------------------------------------------


@given(w=st.floats(0.1, 3.0), law=shares, police=shares, terror=shares, say=shares,
       food=st.floats(0.0, 1.2), day=st.floats(6.0, 11.0))  # fmt: skip
def test_effort_of_the_country_is_that_of_persons_but_for_its_bounds(
    w: float, law: float, police: float, terror: float, say: float, food: float, day: float
) -> None:
    offices = {"labour_law": law, "police_power": police}
    paid = {"town_wage": w * 1.1 * P["wage_1913"], "repression": terror}
    pay = call(drive.pay_and_law, **{**AT, **offices, **paid})
    voice = call(drive.say_and_hours, effort_whole=1.0, committee_power=say, hours=day)
    moved = call(labour.effort, town_food=food, pay_and_law=pay[0], say_and_hours=voice[0],
                 bonus_drive=0.0, piece_drive=0.0)  # fmt: skip
    person = call(
        living.incentive, class_living=w, nation_reported=1.0 - 0.7 * 0.2, town_food=food,
        committee_power=say, hours=day, repression=terror, **offices,
    )  # fmt: skip

    assert moved[0] == pytest.approx(min(max(person[0], 0.5), 1.2))


def test_pay_and_law_by_hand() -> None:
    # (0.25 - 0.4 0.08) ln 0.6 + 0.08 0.4 (1 - 0.7 0.2) - 0.06 0.5 0.7
    by_hand = 0.218 * -0.5108256 + 0.08 * 0.4 * 0.86 - 0.021

    assert call(drive.pay_and_law, **AT)[0] == pytest.approx(by_hand)
    assert call(drive.pay_and_law, **{**AT, "effort_whole": 0.0})[0] == 0.0


@pytest.mark.parametrize(("w", "held"), [(0.1, 0.25), (0.25, 0.25), (4.0, 4.0), (9.0, 4.0)])
def test_a_wage_beyond_four_times_the_fair_one_or_below_a_quarter_moves_no_more(
    w: float, held: float
) -> None:
    at = {**AT, "labour_law": 0.0, "repression": 0.0, "town_wage": w * 1.1 * P["wage_1913"]}

    assert call(drive.pay_and_law, **at)[0] == pytest.approx(P["e_real"] * math.log(held))


def test_a_shorter_day_is_less_labour_and_no_less_effort() -> None:
    short = {"hours": 7.0, "committee_power": 0.0}

    assert call(drive.hours_part, hours=7.0, hours_counted=1.0)[0] == pytest.approx(0.875)
    assert call(drive.hours_part, hours=7.0, hours_counted=0.0)[0] == 1.0
    assert call(drive.say_and_hours, effort_whole=1.0, **short)[0] == 0.0
    long = call(drive.say_and_hours, effort_whole=1.0, committee_power=0.0, hours=10.0)
    assert long[0] == pytest.approx(-0.06)


def test_what_the_ratchet_leaves_of_a_bonus_by_hand() -> None:
    # 0.02 2 0.35 / 1.05 = 0.01333; half of it in sight at T/C = 1.1.
    assert call(drive.bonus_drive, **BONUS, tautness=1.0)[0] == pytest.approx(0.04 / 3.0)
    assert call(drive.bonus_drive, **BONUS, tautness=1.1)[0] == pytest.approx(0.02 / 3.0)
    assert call(drive.bonus_drive, **BONUS, tautness=1.3)[0] == 0.0
    team = {**BONUS, "bonus_form": 0.0}
    assert call(drive.bonus_drive, **team, tautness=1.0)[0] == 0.0


@given(taut=st.floats(0.5, 2.0), ratchet=shares, form=st.sampled_from([0.0, 1.0, 2.0]))
def test_a_plant_as_taut_as_the_country_is_moved_as_the_country_is(
    taut: float, ratchet: float, form: float
) -> None:
    at = {**BONUS, "ratchet": ratchet, "bonus_form": form}

    plant = call(making.keen, taut=taut, **at)[0]
    assert plant == pytest.approx(1.0 + call(drive.bonus_drive, tautness=taut, **at)[0])


@given(ratchet=shares, more=shares)
def test_the_ratchet_never_adds_to_effort(ratchet: float, more: float) -> None:
    high = max(ratchet, more)
    for piece, at in (
        (drive.bonus_drive, {**BONUS, "tautness": 1.0}),
        (drive.piece_drive, {"bonus_moves": 1.0, "piecework": 0.7}),
    ):
        low = call(piece, **{**at, "ratchet": min(ratchet, more)})[0]
        assert call(piece, **{**at, "ratchet": high})[0] <= low + 1e-15


def test_piecework_of_1928_adds_nothing_over_1928() -> None:
    assert call(drive.piece_drive, bonus_moves=1.0, piecework=0.6, ratchet=0.2)[0] == 0.0
    # 0.1 (0.7 0.7 / 1.4 - 0.6 0.7 / 0.9)
    later = call(drive.piece_drive, bonus_moves=1.0, piecework=0.7, ratchet=0.7)[0]
    assert later == pytest.approx(0.1 * (0.35 - 0.4666667))


# ---- hard budgets --------------------------------------------------------------------------------


def test_hard_budgets_leave_hands_without_work_by_hand() -> None:
    at = {"workers": 13.0, "hands_needed": 10.0}

    # Of 13 the 11.35 that are needed have work, and 0.3 of the others are kept.
    assert call(labour.hands_idle, **at, soft_budget=0.3)[0] == pytest.approx(1.155)
    assert call(labour.hands_idle, **at, soft_budget=1.0)[0] == 0.0
    assert call(labour.out_of_work, hands_idle=1.155, free_workers=12.0, budget_counts=1.0) == (
        pytest.approx((1.155, 10.845))
    )
    assert call(labour.out_of_work, hands_idle=1.155, free_workers=12.0, budget_counts=0.0) == (
        0.0, 12.0
    )  # fmt: skip


@given(idle=st.floats(0.0, 40.0), free=st.floats(0.0, 30.0), counts=shares)
def test_nobody_is_without_work_who_is_not_there(idle: float, free: float, counts: float) -> None:
    out, work = call(labour.out_of_work, hands_idle=idle, free_workers=free, budget_counts=counts)

    assert min(out, work) >= 0.0
    assert out + work == pytest.approx(free)


def test_who_is_without_work_leaves_no_place_empty() -> None:
    given_ = {f"sectors_{name}": np.ones(7) for name in ("labour_1928", "capital", "capital_1928")}
    numbers = {name: P[name] for name in labour.hands.parameters}
    at = {"workers": 12.0, "free_workers": 11.0, "hands_needed": 7.0, "hours_part": 1.0}
    full, wanted = labour.hands.law(**at, **given_, **numbers, in_work=11.0, unfree_labour=0.4)
    idle, same = labour.hands.law(**at, **given_, **numbers, in_work=5.5, unfree_labour=0.4)

    assert wanted == same == pytest.approx(7.6)
    assert idle[0] == pytest.approx(0.5 * full[0])


def test_soft_budgets_make_more_of_the_hands_that_came() -> None:
    """Allen's claim in this model: NEP kept with its budgets hardened makes less."""
    inputs = country_inputs("nep_kept")
    hired = run_nation(inputs, P)
    hard = run_nation(inputs.changed("budget_counts", lambda _, __: 1.0), P)
    idle = {(q.year, q.quarter): q.nation["out_of_work"] for q in hard}

    assert all(each.nation["out_of_work"] == 0.0 for each in hired)
    assert idle[1935, 4] > 1.0
    assert hard[-1].output[2:6].sum() < hired[-1].output[2:6].sum()


# ---- village -------------------------------------------------------------------------------------


def test_plots_and_voted_rules_speed_recovery() -> None:
    more = call(village.recovery, recovery_helped=1.0, plot_allowed=1.0, farm_self_rule=1.0)[0]
    back = [
        call(village.farm_effort, farm_effort=0.8, newly_forced=0.0, recovery_more=each,
             farm_settled=1.0)[0]
        for each in (0.0, more)
    ]  # fmt: skip

    assert more == pytest.approx(0.06)
    assert back[1] - back[0] == pytest.approx(0.015)


def test_arms_take_no_more_machines_than_there_are_where_they_are_bound() -> None:
    at = {"product": 10.0, "machines_output": 1.0, "machines_used": 0.2, "defence": 0.25,
          "arms_priced": 1.0, "machines_repair": 0.3, "arms_machines": 0.5}  # fmt: skip

    # Wished 2.5; machines of 1.0 - 0.2 - 0.3 allow 1.0, and keep all that is left.
    assert call(investment.arms_made, **at, arms_bound=0.0) == pytest.approx((2.5, 0.0, 1.55))
    assert call(investment.arms_made, **at, arms_bound=1.0) == pytest.approx((1.0, 1.5, 0.8))
    few = {**at, "defence": 0.05}
    assert call(investment.arms_made, **few, arms_bound=1.0) == pytest.approx((0.5, 0.0, 0.55))


def test_turnover_above_one_a_year_costs_skill_where_it_is_reckoned() -> None:
    at = {"hands_wanted": 15.0, "workers": 10.0, "unsettled": 0.05, "turn0": 0.7, "turn_v": 1.5,
          "law_hold": 0.5, "hide_vacancy": 0.7, "learn_turnover": 0.1}  # fmt: skip

    # v = 0.5: (0.7 + 0.75 + 0.05)(1 - 0.5 law (1 - 0.35)).
    leave, lost = call(drive.turnover, **at, labour_law=0.0, turnover_counts=1.0)
    held, kept = call(drive.turnover, **at, labour_law=1.0, turnover_counts=1.0)
    assert (leave, held) == pytest.approx((1.5, 1.5 * 0.675))
    assert (lost, kept) == pytest.approx((0.05, 0.00125))
    assert call(drive.turnover, **at, labour_law=0.0, turnover_counts=0.0)[1] == 0.0
    assert call(drive.unsettled, norm_changes=0.2, norm_leave=0.5) == (0.1,)


@given(skill=st.floats(0.3, 1.0), lost=st.floats(0.0, 0.5), grown=st.floats(0.0, 0.5))
def test_what_turnover_takes_leaves_nobody_below_a_newcomer(
    skill: float, lost: float, grown: float
) -> None:
    at = {"town": 30.0 * (1.0 + grown), "work_share": 0.4, "workers": 12.0, "skill": skill}
    _, free = call(labour.skill, **at, learning_lost=0.0)
    _, found = call(labour.skill, **at, learning_lost=lost)

    assert found == pytest.approx(max(min(P["s_new"], free), free - lost / 4.0))
    assert found <= free


def test_links_that_keep_their_field_work_better_there_and_worse_in_common() -> None:
    numbers = {"farm_effort": 0.8, "link_half": 3.0, "link_gain": 0.2, "link_loss": 0.5}

    def effort(tenure: float, part: float, collectivised: float = 0.5) -> float:
        law = village.field_effort.law
        found = law(**numbers, link_tenure=tenure, link_part=part, collectivised=collectivised)
        assert isinstance(found, float)
        return found

    assert effort(0.0, 0.4) == 0.8
    assert effort(9.0, 0.4, collectivised=0.0) == 0.8
    # By hand, nine years of a half-life of three: g = 0.2 7/8; half of the farms are collective.
    assert effort(9.0, 1.0) == pytest.approx(0.8 * (1.0 + 0.5 * 0.175))
    assert effort(9.0, 0.4) == pytest.approx(0.8 * (1.0 + 0.5 * 0.175 * (0.4 - 0.6 * 0.5)))
    assert effort(9.0, 0.0) == pytest.approx(0.8 * (1.0 - 0.5 * 0.175 * 0.5))


def test_a_new_base_of_quotas_costs_trust_once() -> None:
    change, base = call(unrest.base_change, base_last=0.0, quota_base=1.0, base_distrust=1.0)
    again, _ = call(unrest.base_change, base_last=base, quota_base=1.0, base_distrust=1.0)
    still = {"trust": 0.5, "newly_forced": 0.0, "quota_share": 0.0, "levy_rate": 0.0,
             "emergency": 0.0}  # fmt: skip

    assert (change, again) == (1.0, 0.0)
    fall = [call(unrest.trust, **still, base_change=each)[0] for each in (again, change)]
    assert fall[0] - fall[1] == pytest.approx(0.1)


# ---- ages ----------------------------------------------------------------------------------------

USUAL = ages.deaths_by_age(*(P[name] for name in ages.DIE))
HEADS = st.lists(st.floats(0.0, 5.0), min_size=AGES, max_size=AGES)


def older(heads: Vector, **given_: float) -> tuple[Vector, float, float, float, float]:
    numbers = {"births_village": 3.0, "births_town": 1.0, "deaths_village": 2.0,
               "deaths_town": 1.0, "excess_deaths": 0.0, "lost_village": 0.0, "lost_town": 0.0,
               "war_deaths": 0.0}  # fmt: skip
    weights = {name: P[name] for name in ages.a_year_older.parameters}
    after, total, young, grown, old = ages.a_year_older.law(
        ages_people=heads, **weights, **{**numbers, **given_}
    )
    return after, total, young, grown, old


@given(heads=HEADS, dead=shares, excess=shares)
def test_who_dies_of_each_age_adds_up_and_nobody_dies_twice(
    heads: list[float], dead: float, excess: float
) -> None:
    there = np.array(heads) + 0.01
    total = 0.9 * dead * float(there.sum())
    hazard = USUAL * (1.0 + 9.0 * excess * ages.profile(*(P[name] for name in ages.HUNGER)))
    gone = ages.fallen(there, hazard, total)

    assert gone.sum() == pytest.approx(total)
    assert (gone >= 0.0).all()
    assert (gone <= there * (1.0 + 1e-9)).all()


def test_few_deaths_follow_the_hazard_and_hunger_takes_the_young() -> None:
    even = np.ones(AGES)
    calm = ages.fallen(even, USUAL, 0.01)
    assert calm / calm.sum() == pytest.approx(USUAL / USUAL.sum(), rel=5e-3)

    # Three times as many deaths: x = 2, profile 2 below five against 0.7 to fifteen.
    starved, *_ = older(even * 1.5, deaths_village=8.0, excess_deaths=6.0)
    raced = -np.log(starved[1:99] / 1.5) / USUAL[:98]
    assert raced[3] / raced[10] == pytest.approx((1.0 + 2.0 * 2.0) / (1.0 + 2.0 * 0.7))
    assert raced[60] / raced[30] == pytest.approx((1.0 + 2.0 * 1.8) / 3.0)


def test_a_year_older_by_hand() -> None:
    heads = np.ones(AGES)
    after, total, young, grown, old = older(
        heads, deaths_village=0.0, deaths_town=0.0, lost_village=2.0, war_deaths=1.6
    )  # fmt: skip

    assert after[0] == 4.0
    assert total == pytest.approx(100.0 + 4.0 - 2.0)
    assert young + grown + old == pytest.approx(1.0)
    # The last year holds all that are older; 0.4 are lost at all ages, 1.6 from 18 to 49.
    assert after[99] == pytest.approx(2.0 * after[98])
    assert after[1] == pytest.approx(1.0 - 0.4 / 98.4)
    assert after[30] == pytest.approx(0.95 * after[1])


def test_rates_are_those_of_1926_where_ages_are_not_reckoned() -> None:
    heads = np.ones(AGES)
    numbers = {name: P[name] for name in ages.age_rates.parameters}

    assert ages.age_rates.law(ages_people=heads, ages_counted=0.0, **numbers) == (1.0, 1.0)
    die, bear = USUAL, ages.births_by_age(*(P[name] for name in ages.BEAR))
    found = ages.age_rates.law(ages_people=heads, ages_counted=1.0, **numbers)
    assert found == pytest.approx((die.mean() / 0.02667, bear.mean() / 0.04677))


def test_ages_move_births_and_deaths() -> None:
    at = {"birth_hunger": 0.0, "death_trend": 1.0, "birth_trend": 1.0}
    usual = call(people.vital_rates, **at, age_deaths=1.0, age_births=1.0)
    moved = call(people.vital_rates, **at, age_deaths=0.9, age_births=1.1)

    assert moved == pytest.approx((0.9 * usual[0], 1.1 * usual[1]))


def test_persons_by_age_are_all_persons_in_every_year() -> None:
    for regime in ("as_it_was", "as_it_was_whole"):
        for each in run(regime):
            nation = each.nation
            assert each.ages["people"].min() >= 0.0
            if each.quarter == 4:
                total = nation["village"] + nation["town"]
                assert each.ages["people"].sum() == pytest.approx(total, rel=1e-12)


def test_war_and_famine_leave_few_of_their_years() -> None:
    books = run_nation(country_inputs("as_it_was", 1917), model_parameters())
    heads = books[-1].ages["people"]

    # At the end of 1940 those born in 1917-1921 are 19 to 23 years old, in 1931-32 8 and 9.
    assert heads[19:24].mean() < heads[14:19].mean()
    assert heads[8:10].mean() < min(heads[6:8].mean(), heads[10:12].mean())


# ---- the whole country ---------------------------------------------------------------------------


@cache
def terms() -> Mapping[str, float]:
    return {name: product("as_it_was_whole", name)[1937] for name in (
        "rules.hours", "rules.incentives", "rules.bonus_effort", "rules.recovery")}  # fmt: skip


@pytest.mark.parametrize(
    ("term", "up"),
    [("rules.hours", False), ("rules.incentives", False), ("rules.bonus_effort", False),
     ("rules.recovery", True)],
)  # fmt: skip
def test_each_term_moves_product_as_it_should(term: str, up: bool) -> None:
    assert (product()[1937] > terms()[term]) == up


@pytest.mark.parametrize("piece", [drive.hours_part, drive.pay_and_law, drive.say_and_hours,
                                   drive.bonus_drive, drive.piece_drive, village.recovery,
                                   unrest.base_change])  # fmt: skip
def test_history_reckons_none_of_them(piece: Piece) -> None:
    name = piece.writes[0]
    still = 1.0 if name == "hours_part" else 0.0

    assert {each.nation[name] for each in run("as_it_was")} <= {still, -0.0}
