"""Rules as plain functions: limits, signs and equations worked by hand."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sovplan.foundation.engine.block import Piece
from sovplan.regimes.countries import country_inputs
from sovplan.regimes.model import model_parameters
from sovplan.society.nation import (
    animals,
    food,
    grain,
    investment,
    labour,
    market,
    people,
    printed,
    production,
    unrest,
    village,
)

P = model_parameters()
shares = st.floats(0.0, 1.0)


def call(piece: Piece, **given_: float) -> tuple[float, ...]:
    """Call a rule with the parameters of the package."""
    numbers = {name: P[name] for name in piece.parameters}
    found = piece.law(**{**numbers, **given_})
    return found if isinstance(found, tuple) else (found,)


@given(c=shares, press=shares, announced=shares, leave=shares, free=shares, new=shares)
def test_members_are_forced_by_pressure_alone_and_who_may_leave_does_not_join(
    c: float, press: float, announced: float, leave: float, free: float, new: float
) -> None:
    joined, before = new * (1.0 - c), free * c
    now, forced, threat = call(
        village.collectivisation, collectivised=c, coll_pressure=press,
        coll_pressure_announced=announced, exit_allowed=leave, joined=joined, left_freely=0.0,
        volunteers=before + joined, concession=0.0,
    )  # fmt: skip

    inside, pressed = c + joined, P["press_gain"] * press * (1.0 - c)
    assert before + joined - 1e-12 <= now <= min(1.0, inside + pressed) + 1e-12
    assert 0.0 <= forced <= pressed + 1e-12
    assert 0.0 <= threat <= 1.0 - c + 1e-12


@given(c=shares, free=shares, leave=shares)
def test_who_leaves_freely_has_left_all_members(c: float, free: float, leave: float) -> None:
    volunteers = free * c
    at = {"collectivised": c, "coll_pressure": 0.0, "coll_pressure_announced": 0.0,
          "joined": 0.0, "concession": 0.0, "exit_allowed": 0.0}  # fmt: skip
    left, stay = call(
        printed.leaving, volunteers=volunteers, joined=0.0, join_gain=-1.0, exit_allowed=leave,
        joining_counts=1.0, concession=0.0,
    )  # fmt: skip
    now, forced, _ = call(village.collectivisation, left_freely=left, volunteers=stay, **at)

    assert now == pytest.approx(c - leave * volunteers, abs=1e-12)
    assert forced == 0.0
    assert stay <= now + 1e-12


def test_the_retreat_of_1930_by_hand() -> None:
    now, _, _ = call(
        village.collectivisation, collectivised=0.5655, coll_pressure=0.0,
        coll_pressure_announced=0.0, exit_allowed=1.0, joined=0.0, left_freely=0.0,
        volunteers=0.008, concession=0.0,
    )  # fmt: skip

    assert now == pytest.approx(0.5655 - 0.6 * (0.5655 - 0.02))


@given(
    herd=st.floats(1.0, 120.0), kill=st.floats(0.0, 0.5), feed=shares, c=shares,
    drive=st.sampled_from([0.0, 1.0]), plots=st.sampled_from([0.0, 1.0]),
)  # fmt: skip
def test_animals_add_up_and_nothing_is_born_of_nothing(
    herd: float, kill: float, feed: float, c: float, drive: float, plots: float
) -> None:
    now, born, killed, died = call(
        animals.herd, herd=herd, kill_share=kill, feed_ratio=feed, collectivised=c,
        collective_farming=drive, plot_allowed=plots,
    )  # fmt: skip

    assert now == pytest.approx(herd + born - killed - died)
    assert now > 0.0
    assert min(killed, died) >= 0.0


def test_hunger_of_animals_begins_where_it_is_said() -> None:
    at = {"herd": 60.0, "kill_share": 0.0, "collectivised": 0.0, "collective_farming": 0.0,
          "plot_allowed": 0.0}  # fmt: skip

    assert call(animals.herd, feed_ratio=1.0 - P["death_from"], **at)[3] == 0.0
    assert call(animals.herd, feed_ratio=0.5 - P["death_from"], **at)[3] > 0.0


@given(net=st.floats(5.0, 80.0), goods=st.floats(0.1, 8.0))
def test_the_clearing_price_solves_its_equation(net: float, goods: float) -> None:
    (price,) = call(market.clearing, net_grain=net, village_goods=goods)

    offered = P["p_scale"] * net / P["net_1926"] / (1.0 + P["a_ret"] * price ** P["sigma"])
    assert price * goods == pytest.approx(offered, rel=1e-9)


def test_a_price_that_is_controlled_goes_to_the_state_price_and_a_free_one_to_what_clears() -> None:
    at = {"charged_price": 1.2, "clearing_price": 2.0, "mark_up": 1.5, "state_price": 1.1}

    free, felt_free = call(market.price, price_control=0.0, **at)
    fixed, felt = call(market.price, price_control=1.0, **at)

    assert math.log(free) == pytest.approx(
        math.log(1.2) + P["k_p"] * (math.log(3.0) - math.log(1.2))
    )
    assert 1.1 < fixed < 1.2
    assert felt_free == pytest.approx(free / P["price_1926"])
    # Goods that cannot be had weigh as if they were dear.
    assert felt > fixed / P["price_1926"]


@given(gap=st.floats(1.0, 3.0), g=st.floats(0.5, 1.2))
def test_more_is_withheld_the_wider_the_gap_and_never_without_price_control(
    gap: float, g: float
) -> None:
    at = {"charged_price": 1.0, "grain_price": g, "hold_season": 1.0}

    (held,) = call(grain.hold_share, scarcity_price=gap, price_control=1.0, **at)
    (wider,) = call(grain.hold_share, scarcity_price=gap * 1.1, price_control=1.0, **at)
    (free,) = call(grain.hold_share, scarcity_price=gap, price_control=0.0, **at)

    assert 0.0 <= held <= wider <= P["hold_most"]
    assert free == 0.0


def test_quotas_that_see_the_harvest_spread_no_hunger() -> None:
    at = {"grain_food": 22.0, "village": 120.0, "weather": 1.0, "taken_year": 25.0,
          "harvest": 60.0, "collectivised": 0.6}  # fmt: skip
    blind, seeing = (call(food.hunger, **at, quota_blind=each)[1] for each in (1.0, 0.0))
    (even,) = (call(food.hunger, **at, quota_blind=1.0, sd_q=0.0)[1],)

    assert blind > seeing == even
    learns = {"expected_harvest": 70.0, "harvest_seen": 50.0, "harvest_floor": 0.0}
    assert call(grain.expected_harvest, **learns, EH_adapt=0.5) == (60.0, 70.0, 1.0)
    assert call(grain.expected_harvest, **learns, EH_adapt=1.0) == (50.0, 50.0, 0.0)


def test_the_floor_of_the_gap_is_what_makes_grain_be_withheld_while_goods_are_dear() -> None:
    # Goods cost more than without control (p_scarce / p = 0.9), grain is held at 0.8.
    at = {"scarcity_price": 0.9, "charged_price": 1.0, "grain_price": 0.8, "hold_season": 1.0,
          "price_control": 1.0, "hold": 2.0, "hold_from": 0.1, "hold_most": 0.75}  # fmt: skip

    (held,) = call(grain.hold_share, **at)
    (stated,) = call(grain.hold_share, **at, hold_floor=0.0)
    assert held == pytest.approx(2.0 * (math.log(1.0 / 0.8) - 0.1))
    assert stated == pytest.approx(2.0 * (math.log(0.9 / 0.8) - 0.1))


def test_passports_bind_the_pull_of_towns_and_not_who_is_hired() -> None:
    at = {"village": 100.0, "town": 30.0, "town_living": 1.5, "village_living": 1.0,
          "workers": 10.0, "priority": 1.0, "migration_force": 1.0, "coll_force": 0.0,
          "towns_open": 1.0, "passport": 0.4}  # fmt: skip

    def moved(passports: float, wanted: float) -> float:
        return call(people.migration, **at, passports=passports, hands_wanted=wanted)[2]

    hired = moved(0.0, 12.0) - moved(0.0, 10.0)
    assert hired == pytest.approx(100.0 * P["mig_vac"] * 0.2 / 4.0)
    assert moved(1.0, 10.0) == pytest.approx(0.4 * moved(0.0, 10.0))
    assert moved(1.0, 12.0) == pytest.approx(moved(1.0, 10.0) + hired)


TAKING = {
    "offered": 3.0, "withheld": 2.0, "net_grain": 40.0, "harvest": 70.0, "seed": 11.0,
    "quota_harvest": 75.0, "taken_year": 5.0, "season": 0.4, "quota_season": 0.45,
    "spring": 0.0, "first_quarter": 0.0, "grain_price": 1.0, "price_control": 1.0,
    "tax_rate": 0.02, "emergency": 0.0, "quota_share": 0.0, "levy": 0.0, "levy_rate": 0.0,
}  # fmt: skip


def test_a_quota_does_not_see_the_harvest_until_it_cannot_be_met() -> None:
    good = call(grain.taking, **{**TAKING, "quota_share": 0.3})
    bad = call(grain.taking, **{**TAKING, "quota_share": 0.3, "harvest": 60.0})
    ruin = call(grain.taking, **{**TAKING, "quota_share": 0.3, "harvest": 30.0})

    assert good == bad
    assert good[0] == pytest.approx(0.3 * 75.0 * 0.45)
    assert ruin[0] == pytest.approx(P["cap_take"] * 19.0 * 0.45)


def test_a_tax_is_a_floor_and_a_seizure_comes_on_top() -> None:
    bought = call(grain.taking, **TAKING)[0]
    taxed = call(grain.taking, **{**TAKING, "tax_rate": 0.2})[0]
    seized = call(grain.taking, **{**TAKING, "emergency": 0.5})

    assert bought == pytest.approx(3.0 * P["z0"])
    assert taxed == pytest.approx(0.2 * 70.0 * 0.4)
    assert seized[1] == pytest.approx(0.5 * P["seize_held"] * 2.0)
    assert seized[0] == pytest.approx(bought + seized[1])
    assert seized[2] == pytest.approx(5.0 + seized[0])


@given(rest=st.floats(20.0, 90.0), store=st.floats(0.0, 8.0))
def test_animals_are_cut_before_people(rest: float, store: float) -> None:
    eaten, fed, ratio, after, stored, _, overdrawn = call(
        food.use_of_grain, harvest=rest + 10.0, seed=10.0, feed_need=16.0, taken_year=0.0,
        yearly_offer=0.0, village=120.0, grain_store=store, food_aid=0.0, quota_share=0.3,
        collective_farming=1.0,
    )  # fmt: skip

    assert eaten + fed + stored == pytest.approx(rest)
    assert overdrawn == 0.0
    assert after == pytest.approx(store + stored)
    assert after >= -1e-9
    assert fed / 16.0 <= eaten / (120.0 * P["food_norm"] / 1000.0) + 1e-9
    assert ratio <= 1.0


HUNGER = {"village": 120.0, "weather": 1.0, "taken_year": 10.0, "harvest": 70.0,
          "collectivised": 0.0, "quota_blind": 1.0}  # fmt: skip


def test_nobody_starves_on_plenty_and_all_do_on_nothing() -> None:
    plenty = call(food.hunger, grain_food=120.0 * 0.25, **HUNGER)
    nothing = call(food.hunger, grain_food=0.0, **HUNGER)

    assert plenty[0] == pytest.approx(250.0)
    assert plenty[1] == 0.0
    assert nothing[1] == min(1.0, P["m_f"])


@given(low=st.floats(0.05, 0.2), more=st.floats(0.001, 0.05))
def test_hunger_falls_with_food(low: float, more: float) -> None:
    worse = call(food.hunger, grain_food=120.0 * low, **HUNGER)[1]
    better = call(food.hunger, grain_food=120.0 * (low + more), **HUNGER)[1]

    assert better <= worse


def test_inflexible_quotas_widen_hunger_in_collective_farms_only() -> None:
    at = {**HUNGER, "taken_year": 30.0, "grain_food": 120.0 * 0.155}

    before = call(food.hunger, **at)[1]
    after = call(food.hunger, **{**at, "collectivised": 0.6})[1]

    assert after > before


def test_tautness_has_its_best_where_the_equation_says() -> None:
    best = 1.0 + P["t_a"] / (2.0 * P["t_b"])

    gains = [call(labour.taut_gain, tautness=best + step)[0] for step in (-0.05, 0.0, 0.05)]

    assert gains[1] == max(gains)
    assert call(labour.taut_gain, tautness=1.0) == (1.0,)


def test_materials_that_are_short_cut_the_lowest_first() -> None:
    matrix = np.array(country_inputs().coefficients)
    made = np.array(country_inputs().sectors["output_1928"])
    short = made.copy()
    short[production.HEAVY] *= 0.8

    def output(priority: float) -> production.Vector:
        numbers = {name: P[name] for name in production.bottlenecks.parameters}
        found, _ = production.bottlenecks.law(
            coordination=0.9, crops_made=made[0], animals_made=made[1], light_possible=made[5],
            services_possible=made[6], sectors_possible=short, coefficients=matrix,
            sectors_need=np.ones(7),
            priority=priority, **numbers,
        )  # fmt: skip
        return np.asarray(found)

    drive, market_ = output(1.0), output(0.0)

    assert drive[5] < made[5]
    assert drive[6] < made[6]
    assert market_[6] == made[6]
    assert market_[3] < drive[3]


def test_an_investment_share_beyond_what_can_be_built_does_nothing() -> None:
    at = {"product": 25.0, "machines_output": 2.3, "machines_used": 1.0, "building_output": 2.3,
          "building_used": 0.3, "machines_kept": 0.6, "machines_imported": 0.2,
          "arms_bound": 0.0}  # fmt: skip

    most = call(investment.investment, priority=1.0, investment_share=0.0, **at)[-1]
    voted = call(investment.investment, priority=0.0, investment_share=0.9, **at)[-1]
    modest = call(investment.investment, priority=0.0, investment_share=0.05, **at)[-1]

    assert voted == most
    assert modest == pytest.approx(0.05 * 25.0)


@given(pipeline=st.floats(0.0, 5.0), taut=st.floats(1.0, 1.5), drive=st.sampled_from([0.0, 1.0]))
def test_what_is_built_is_finished_sooner_or_later(
    pipeline: float, taut: float, drive: float
) -> None:
    capital, left, done, lost = call(
        investment.capital, capital=10.0, pipeline=pipeline, share_market=0.2, share_drive=0.3,
        nation_investment_kept=4.0, nation_plant_worth=1.1, priority=drive,
        heavy_share=drive, tautness=taut,
    )  # fmt: skip

    assert left + done == pytest.approx(pipeline + 4.0 * (0.3 if drive else 0.2) / 4.0)
    assert capital == pytest.approx(10.0 + 1.1 * done - lost)


def test_the_normal_number_of_disturbances_is_that_of_its_parameter() -> None:
    at = {"threat": 0.0, "village": 120.0, "quota_share": 0.0, "emergency": 0.0, "levy_rate": 0.0}
    calm = call(unrest.riots, trust=P["trust_normal"], police_power=P["police_normal"], **at)[0]

    assert 4.0 * calm == pytest.approx(120.0 * P["h_riot"])
    assert call(unrest.riots, trust=0.5, police_power=0.4, **{**at, "emergency": 0.3})[0] > calm


def test_stocks_are_seized_only_while_no_quota_is_ordered() -> None:
    """R22 takes a quota or seizes; R39 and R27 count as force what is taken."""
    at = {"threat": 0.1, "village": 120.0, "levy_rate": 0.0, "police_power": 0.4, "trust": 0.5}
    worn = {"trust": 0.5, "newly_forced": 0.1, "levy_rate": 0.0, "base_change": 0.0}
    for quota, same in ((0.2, True), (0.0, False)):
        both = [{**at, "quota_share": quota, "emergency": part} for part in (0.0, 0.5)]
        calm, seized = (call(unrest.riots, **each)[0] for each in both)
        assert (calm == seized) == same
        kept, less = (call(unrest.trust, **worn, quota_share=quota, emergency=part)[0]
                      for part in (0.0, 0.5))  # fmt: skip
        assert (kept == less) == same
        assert seized >= calm
        assert less <= kept


def test_without_shocks_the_village_does_not_widen() -> None:
    at = {"wealth_mean": 0.0, "wealth_spread": 0.8, "village_living": 1.0,
          "village_living_before": 1.0, "private_hire": 0.0}  # fmt: skip

    still = call(unrest.strata, ret_het=0.0, partition=0.0, **at)
    divided = call(unrest.strata, ret_het=0.0, **at)

    assert (still[0], still[2]) == (0.0, 1.0)
    assert still[1] == pytest.approx(0.8)
    assert divided[1] < 0.8


def test_a_household_that_divides_halves_wealth_as_often_as_it_is_rich() -> None:
    at = {"wealth_mean": 0.3, "wealth_spread": 0.8, "village_living": 1.2,
          "village_living_before": 1.0, "private_hire": 0.0}  # fmt: skip
    part, spread, _ = call(unrest.strata, ret_het=0.0, **at)

    # The mean of z+ of a normal z of spread 0.8 is 0.8 / sqrt(2 pi), and E[z z+] half of 0.64.
    rich = np.random.default_rng(5).normal(0.0, 0.8, 1_000_000)
    halved = P["partition"] * math.log(2.0) * np.maximum(rich, 0.0)
    gain = P["wealth_follow"] * math.log(1.2)
    assert part == pytest.approx(0.3 + gain - float(halved.mean()), abs=1e-4)
    assert spread**2 == pytest.approx(0.64 - 2.0 * float((rich * halved).mean()), abs=1e-3)
