"""Terms of production that the trial ran without: worked by hand, as properties, and in a run."""

import math
from collections.abc import Mapping
from functools import cache
from itertools import pairwise
from typing import TypeAlias

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.society.nation.cases import books as history
from tests.society.nation.test_rules import P, call, shares

from sovplan.foundation.engine.block import Piece
from sovplan.lab.layers import layer_rules
from sovplan.lab.own_figures import ACTING, CARRYING, DRIVING
from sovplan.regimes.countries import country_inputs
from sovplan.regimes.model import model_parameters
from sovplan.society.nation import apparatus, camps, defects, frontier, investment, labour, links
from sovplan.society.nation.measures import measures
from sovplan.society.nation.order import rules
from sovplan.society.nation.production import Vector
from sovplan.society.nation.year import Quarter, run_nation
from sovplan.society.persons import living
from sovplan.society.workplaces import making, planning, reporting

TERMS = CARRYING
people = st.floats(1.0, 150.0)

Broken: TypeAlias = tuple[Vector, Vector, float]
"""Which chains break, what is left of each branch, and how many broke."""


@cache
def run(regime: str = "as_it_was_whole", *off: str) -> tuple[Quarter, ...]:
    return run_nation(country_inputs(regime), model_parameters(), off)


def product(regime: str = "as_it_was_whole", *off: str) -> Mapping[int, float]:
    return measures(run(regime, *off), country_inputs(regime))["product"]


# ---- camps ---------------------------------------------------------------------------------------


def test_prisoners_and_their_guards_by_hand() -> None:
    guards, towns, made = call(camps.camp_hands, workers=20.0, prisoners=1.0, village=120.0,
                               town=40.0)  # fmt: skip
    free, bound, unfree = call(
        camps.free_hands, workers=20.0, camp_guards=guards, camp_townspeople=towns,
        camp_labour=made, camp_work=1.0,
    )  # fmt: skip

    assert (guards, towns) == pytest.approx((0.09, 0.25))
    assert made == pytest.approx(0.9 * 0.55)
    assert (free, bound, unfree) == pytest.approx((19.66, 0.34, 0.495))


@given(workers=st.floats(0.0, 40.0), held=st.floats(0.0, 60.0), village=people, town=people)
def test_nobody_guards_or_is_held_who_does_not_work(
    workers: float, held: float, village: float, town: float
) -> None:
    guards, towns, _ = call(
        camps.camp_hands, workers=workers, prisoners=held, village=village, town=town
    )

    assert min(guards, towns) >= 0.0
    assert guards + towns <= workers + 1e-12


@given(held=st.floats(0.0, 20.0), food=shares, taut=st.floats(0.8, 1.6), power=shares,
       force=shares)  # fmt: skip
def test_prisoners_add_up_and_are_never_fewer_than_none(
    held: float, food: float, taut: float, power: float, force: float
) -> None:
    now, taken, freed, dead = call(
        camps.prisoners, prisoners=held, village=100.0, town=30.0, town_food=food,
        repression=power, forced_labour=force, tautness=taut,
    )  # fmt: skip

    assert now == pytest.approx(held + taken - freed - dead)
    assert min(now, taken, freed, dead) >= 0.0


def test_who_is_held_already_cannot_be_taken() -> None:
    at = {"village": 100.0, "town": 30.0, "town_food": 1.0, "repression": 1.0,
          "forced_labour": 1.0, "tautness": 1.0}  # fmt: skip
    able = P["camp_able"] * 130.0

    _, taken, _, _ = call(camps.prisoners, prisoners=0.25 * able, **at)
    assert taken == pytest.approx(P["camp_inflow"] * 0.75 * able)
    assert call(camps.prisoners, prisoners=able, **at)[1] == 0.0


def test_prisoners_of_the_country_are_about_those_that_were_counted() -> None:
    # Camps and colonies on 1 January: 0.97 million in 1935, 1.93 in 1941 (Zemskov).
    held = {each.year: each.nation["prisoners"] for each in history() if each.quarter == 4}

    assert 0.5 < held[1934] < 1.5
    assert 1.0 < held[1940] < 2.5


def test_work_of_prisoners_goes_where_they_are_put() -> None:
    at = {"workers": 12.0, "free_workers": 11.0, "in_work": 11.0, "hands_needed": 10.0,
          "sectors_labour_1928": np.array(country_inputs().sectors["labour_1928"]),
          "hours_part": 1.0}  # fmt: skip
    same = {name: np.ones(7) for name in ("sectors_capital", "sectors_capital_1928")}
    numbers = {name: P[name] for name in labour.hands.parameters}

    with_, wanted = labour.hands.law(**at, **same, **numbers, unfree_labour=0.5)
    without, more = labour.hands.law(**at, **same, **numbers, unfree_labour=0.0)
    gained = (with_ - without) * at["sectors_labour_1928"] / P["hands_scale"]

    assert gained == pytest.approx([0, 0, 0.25, 0, 0.25, 0, 0])
    assert more - wanted == pytest.approx(0.5)


# ---- technique -----------------------------------------------------------------------------------

TECHNIQUE = {"year": 1931.0, "quarter": 4.0, "technique": 1.0, "technique_got": 1.0,
             "technique_delay": 2.0, "skill": 0.8, "distortion": 0.5, "machines_imported": 0.6,
             "investment": 3.0}  # fmt: skip


def test_technique_from_abroad_by_hand() -> None:
    got, delay, gap, share = call(frontier.absorption, **TECHNIQUE)

    assert gap == pytest.approx(2.5 * 1.015**4)
    assert share == pytest.approx(0.2)
    assert got == pytest.approx(1.0 + 0.012 / 4.0 * math.log(gap) * 0.2 * 0.8)
    assert delay == pytest.approx(2.0 + 0.4 * 0.5 / 4.0)
    used = call(labour.technique, year=1931.0, technique_got=got, technique_delay=delay,
                technique_abroad=1.0)[0]  # fmt: skip
    assert used == pytest.approx(1.002 ** (3.0 - delay) * got)


def test_a_year_of_the_rule_is_the_equation_of_the_specification() -> None:
    got, delay = 1.0, 0.0
    for quarter in (1.0, 2.0, 3.0, 4.0):
        at = {**TECHNIQUE, "technique_got": got, "technique_delay": delay, "quarter": quarter}
        got, delay, gap, _ = call(frontier.absorption, **at)
    stated = P["tfp_dis"] * (1.0 - P["innov_loss"] * 0.5)
    stated += P["absorb"] * math.log(gap) * 0.2 * 0.8

    assert (1.0 + P["tfp_dis"]) ** (1.0 - delay) * got == pytest.approx(1.0 + stated, abs=2e-5)


@given(ahead=st.floats(2.6, 20.0), machines=st.floats(0.0, 9.0))
def test_who_leads_learns_nothing_from_abroad(ahead: float, machines: float) -> None:
    at = {**TECHNIQUE, "technique": ahead, "machines_imported": machines, "year": 1928.0}
    got, _, gap, share = call(frontier.absorption, **at)

    assert gap < 1.0
    assert got == 1.0
    assert 0.0 <= share <= 1.0


def test_nothing_is_learned_before_output_is_measured_by_technique() -> None:
    got, delay, *_ = call(frontier.absorption, **{**TECHNIQUE, "year": 1927.0})

    assert (got, delay) == (1.0, 2.0)


def test_new_plant_counts_more_where_it_is_reckoned() -> None:
    assert call(frontier.plant_worth, new_plant=0.0) == (1.0,)
    assert call(frontier.plant_worth, new_plant=1.0) == pytest.approx((1.04,))


# ---- quality and display -------------------------------------------------------------------------


@given(taut=st.floats(0.8, 1.6), audit=shares, named=shares, books=shares, users=shares,
       scope=st.floats(0.05, 1.0))  # fmt: skip
def test_the_quality_of_the_country_is_that_of_a_workplace_as_taut(
    taut: float, audit: float, named: float, books: float, users: float, scope: float
) -> None:
    offices = {"audit": audit, "appointment": named, "open_books": books,
               "consumer_control": users, "plan_scope": scope}  # fmt: skip
    state, workers, consumers, *_ = call(reporting.checks, **offices)
    plant = call(
        making.quality, taut=taut, centre_by_users=consumers, centre_by_workers=workers,
        centre_by_state=state,
    )  # fmt: skip

    assert call(defects.input_quality, tautness=taut, **offices) == pytest.approx(plant)


def test_goods_that_fail_are_needed_twice_and_no_product() -> None:
    made = np.array(country_inputs().sectors["output_1928"])
    matrix = np.array(country_inputs().coefficients)
    need, more = defects.input_need.law(input_quality=0.8, sectors_output_1928=made, defects=1.0)

    def booked(wanted: Vector) -> Broken:
        used, spoiled, net, *_ = investment.balance.law(
            sectors_output=made, sectors_need=wanted, coefficients=matrix, heavy_final_use=0.5
        )
        return used, spoiled, net

    used, spoiled, net = booked(need)
    sound, none, usual = booked(np.ones(7))

    assert more == pytest.approx(1.25)
    assert need == pytest.approx([1, 1, 1.25, 1.25, 1.25, 1.25, 1])
    assert used == pytest.approx(sound * need)
    assert none.sum() == 0.0
    # What is spoiled of goods is spoiled by users, and missing in the product.
    assert spoiled.sum() == pytest.approx((used - sound).sum())
    assert net == pytest.approx(usual - spoiled.sum())


@given(spent=st.floats(0.0, 20.0), b=shares)
def test_what_is_shown_is_not_built(spent: float, b: float) -> None:
    kept, shown = call(apparatus.display_waste, investment=spent, privilege=b, display=1.0)

    assert kept + shown == pytest.approx(spent)
    assert shown == pytest.approx(0.3 * b * spent)


def test_states_of_the_country_follow_the_equations_of_rows() -> None:
    forced = {"appointed_share": 0.9, "participation": 0.1, "repression": 0.5}
    offices = {"appointed_share": 0.9, "participation": 0.1, "administrators": 0.3,
               "inheritance": 0.4, "pay_cap": 0.2}  # fmt: skip
    pairs: tuple[tuple[Piece, Piece, dict[str, float]], ...] = (
        (apparatus.distortion, planning.distortion, {"distortion": 0.3, **forced}),
        (apparatus.privilege, living.privilege, {"privilege": 0.03, **offices}),
    )
    for nation, rows, at in pairs:
        assert call(nation, **at) == pytest.approx(call(rows, **at))


# ---- a plan that is abolished --------------------------------------------------------------------


def test_links_that_dissolve_by_hand() -> None:
    none = {"plan_links": 0.0, "market_links": 0.0}
    plan, market, both = call(links.dissolution, coordination=1.0, plan_abolished=1.0, **none)

    assert plan == pytest.approx(0.95)
    assert market == pytest.approx(0.31 + 0.17 / 4.0 * 0.31 * 0.69)
    assert both == pytest.approx(0.95 + 0.05 * market)
    assert call(links.dissolution, coordination=0.9, plan_abolished=0.0, **none) == (0, 0, 0)
    assert call(labour.coordination, coordination=1.0, food_ok=1.0, linked=both)[0] == both


@given(order=st.floats(0.05, 1.0))
def test_the_act_itself_loses_nothing(order: float) -> None:
    still = {"plan_dissolution": 0.0, "k_market": 0.0, "m_1991": P["m_1991"]}
    plan, _, both = call(
        links.dissolution, coordination=order, plan_links=0.0, market_links=0.0,
        plan_abolished=1.0, **still,
    )  # fmt: skip

    assert both == pytest.approx(order)
    assert 0.0 <= plan <= 1.0


def test_disorganisation_falls_as_section_8_5_has_it() -> None:
    # Output of 1992 to 1999 over that of 1991 in the trial, capital falling by 2 % a year.
    trial = [80 / 93, 71 / 93, 65 / 93, 61 / 93, 59 / 93, 58 / 93, 58 / 93, 59 / 93]
    plan = market = 0.0
    order, ends = 1.0, []
    for _ in range(32):
        plan, market, order = call(links.dissolution, coordination=order, plan_links=plan,
                                   market_links=market, plan_abolished=1.0)  # fmt: skip
        ends.append(order)
    found = [each * 0.98 ** (P["alpha"] * year) for year, each in enumerate(ends[3::4], 1)]

    # Quarters dissolve a little less than a whole year at once.
    assert found[:6] == pytest.approx(trial[:6], rel=0.05)
    assert min(range(8), key=found.__getitem__) in (5, 6)


def chains(**given_: float) -> Broken:
    numbers = {name: P[name] for name in links.chains.parameters}
    at = {"plan_links": 0.5, "market_links": 0.4, "linked": 0.7, "sectors_output_1928": np.ones(7)}
    broken, kept, count = links.chains.law(**numbers | at | given_)
    return broken, kept, count


def test_long_chains_break_by_hand() -> None:
    # (2^4 - 1) 0.05 = 0.75 holds, (2^5 - 1) 0.05 = 1.55 and (2^6 - 1) 0.05 = 3.15 break.
    broken, kept, count = chains()

    assert list(broken) == [0, 0, 0, 1, 1, 0, 0]
    assert count == 2.0
    assert kept[3] == pytest.approx((0.5 + 0.5 * 0.4 / 3.15) / 0.7)
    assert kept[4] == pytest.approx((0.5 + 0.5 * 0.4 / 1.55) / 0.7)
    assert chains(chain_c=0.0)[2] == 0.0
    # Under a plan no chain counts, though it is told which would break.
    held, whole, none = chains(linked=0.0, plan_links=0.0, market_links=0.0)
    assert held.sum() == 2.0
    assert whole.sum() == 7.0
    assert none == 0.0


@given(offer=st.floats(0.0, 1.0), plan=shares, market=shares)
def test_a_chain_leaves_the_less_the_longer_it_is(offer: float, plan: float, market: float) -> None:
    both = plan + (1.0 - plan) * market
    _, kept, _ = chains(chain_c=offer, plan_links=plan, market_links=market, linked=both)

    assert kept.min() >= 0.0
    assert kept.max() <= 1.0 + 1e-12
    # Machines 6, building 5, heavy goods 4, light goods 3: the longer the chain the less is left.
    assert kept[3] <= kept[4] <= kept[2] <= kept[5]


# ---- the whole country ---------------------------------------------------------------------------


def test_without_its_terms_the_whole_is_history_with_money() -> None:
    off = run("as_it_was_whole", *TERMS, *ACTING, *DRIVING, "rules.hard_budget", "rules.answer")
    money = run("as_it_was_money")

    assert [each.output.tolist() for each in off] == [each.output.tolist() for each in money]


@pytest.mark.parametrize(
    ("term", "up"),
    [("rules.camp_work", True), ("rules.embody", True), ("rules.display", False),
     ("rules.defects", False)],
)  # fmt: skip
def test_each_term_moves_product_as_it_should(term: str, up: bool) -> None:
    with_, without = product()[1937], product("as_it_was_whole", term)[1937]

    assert (with_ > without) == up


def test_history_reckons_none_of_them() -> None:
    for each in history():
        assert each.nation["unfree_labour"] == each.nation["investment_shown"] == 0.0
        assert each.nation["plant_worth"] == 1.0
        assert each.sectors["spoiled"].sum() == 0.0
        assert each.sectors["chain_kept"].sum() == 7.0


def test_a_country_without_a_plan_loses_order_and_long_chains_most() -> None:
    found = run("plan_abolished_1935")
    ends = [each for each in found if each.quarter == 4 and each.year >= 1935]
    kept = ends[-1].sectors["chain_kept"]

    assert all(b.nation["coordination"] < a.nation["coordination"] for a, b in pairwise(ends[:4]))
    assert kept[3] < kept[4] < kept[2] == kept[5] == 1.0
    assert product("plan_abolished_1935")[1940] < product()[1940]
    softer = product("plan_abolished_1935", "rules.chains")[1940]
    assert product("plan_abolished_1935")[1940] < softer


# ---- one switch, both copies ---------------------------------------------------------------------


def test_a_rule_that_is_off_is_off_for_the_country_too() -> None:
    all_off = run("as_it_was_whole", "rules.quality", "rules.criticism", "rules.privilege")
    whole = run()

    assert min(each.nation["input_quality"] for each in whole) < 0.95
    assert {each.nation["input_quality"] for each in all_off} == {1.0}
    assert len({each.nation["distortion"] for each in all_off}) == 1
    assert {each.nation["privilege"] for each in all_off[4:]} == {0.0}
    made = product("as_it_was_whole", "rules.quality")
    assert made[1932] > 1.1 * product()[1932]


def test_twins_of_rows_and_country_have_one_switch() -> None:
    of_rows = {piece.name: piece.switch for piece in layer_rules()}
    twins = (("distortion", "distortion"), ("privilege", "privilege"), ("quality", "input_quality"),
             ("turnover", "turnover"), ("unsettled", "unsettled"))  # fmt: skip
    country = {piece.name: piece.switch for piece in rules()}

    for row, nation in twins:
        assert of_rows[row] == country[nation] != ""
