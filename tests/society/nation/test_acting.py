"""What acts back only under as_it_was_whole, and what is told beside: strikes, print, debts."""

import math
from collections.abc import Sequence
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sovplan.foundation.engine.block import Piece
from sovplan.regimes.countries import country_inputs
from sovplan.regimes.model import model_parameters
from sovplan.society.nation import (
    debts,
    grain,
    investment,
    levy,
    people,
    printed,
    strikes,
    village,
)
from sovplan.society.nation.accounts import breaks
from sovplan.society.nation.year import Quarter, Walk, opening, plan_of, run_nation

P = model_parameters()
WHOLE = "as_it_was_whole"
shares = st.floats(0.0, 1.0)
STRIKE = {"wants": 1.1, "real_wage": 0.6, "workers": 8.0, "wage_arrears": 0.2,
          "police_power": 0.4, "right_to_strike": 0.5, "union_power": 0.6}  # fmt: skip
CROP = {"year": 1934.0, "weather": 0.9, "sown": 130.0, "yield_rise": 0.005}
MEANS = {"machines_imported": 0.3, "debt_abroad": 500.0, "trade_balanced": 1.0, "debt": 0.0,
         "blockade": 0.0, "grain_exports": 2.0, "exports_other": 600.0, "trade_credit": 50.0,
         "world_grain_price": 50.0, "world_prices": 0.8}  # fmt: skip


def call(piece: Piece, **given_: float) -> tuple[float, ...]:
    numbers = {name: P[name] for name in piece.parameters}
    found = piece.law(**{**numbers, **given_})
    return found if isinstance(found, tuple) else (found,)


@cache
def run(regime: str, first: int = 1921) -> tuple[Quarter, ...]:
    return run_nation(country_inputs(regime, first), P)


def column(books: Sequence[Quarter], name: str) -> list[float]:
    return [each.nation[name] for each in books]


# ---- strikes and the answer ----------------------------------------------------------------------


def test_strikers_by_hand() -> None:
    rate, strikers = call(strikes.strikes, **STRIKE)

    assert rate == pytest.approx(15.0 * math.exp(2.0 * 0.5 + 1.5 * 0.2 - 3.0 * 0.4 + 0.5 * 0.6))
    assert strikers == pytest.approx(8.0 * rate)


@given(one=shares, two=shares)
def test_strikers_fall_with_the_police_and_rise_with_the_right(one: float, two: float) -> None:
    low, high = sorted((one, two))
    free, watched = (call(strikes.strikes, **{**STRIKE, "police_power": p})[0] for p in (low, high))
    bound, open_ = (
        call(strikes.strikes, **{**STRIKE, "right_to_strike": r})[0] for r in (low, high)
    )

    assert watched <= free
    assert open_ >= bound
    if high > low + 1e-9:
        assert watched < free
        assert open_ > bound


@given(wants=st.floats(0.5, 2.0), wage=st.floats(100.0, 1000.0), town=shares)
def test_wants_never_fall_below_the_wage_of_before_the_war(
    wants: float, wage: float, town: float
) -> None:
    found, real = call(
        strikes.wants, wants=max(1.0, wants), town_wage=wage, town=town, village=1.0 - town
    )

    assert real == pytest.approx(wage / P["wage_1913"])
    assert found >= 1.0
    assert found <= max(1.0, wants, real) + P["wants_town"] / 4.0 + 1e-12


@pytest.mark.parametrize(
    ("riots", "trust", "due"), [(61.0, 0.4, 1.0), (59.0, 0.4, 0.0), (61.0, 0.6, 0.0)]
)
def test_the_state_gives_way_where_unrest_is_great_and_the_army_doubtful(
    riots: float, trust: float, due: float
) -> None:
    told = call(strikes.answer, riots=100.0 * riots, village=100.0, trust=trust, riots_answered=0.0)
    done = call(strikes.answer, riots=100.0 * riots, village=100.0, trust=trust, riots_answered=1.0)

    assert told == (riots, due, 0.0)
    assert done == (riots, due, due)


def test_a_concession_lifts_pressure_opens_the_door_and_stops_requisition() -> None:
    at = {"collectivised": 0.5, "coll_pressure": 0.3, "coll_pressure_announced": 0.4,
          "exit_allowed": 0.0, "joined": 0.0, "left_freely": 0.0, "volunteers": 0.0}  # fmt: skip
    pressed, forced, threat = call(village.collectivisation, concession=0.0, **at)
    eased, none, calm = call(village.collectivisation, concession=1.0, **at)
    grain_ = {"harvest_reported": 50.0, "village": 100.0, "requisition": 0.3}

    assert pressed > 0.5
    assert forced > 0.0
    assert threat > 0.0
    assert (none, calm) == (0.0, 0.0)
    assert eased == pytest.approx(0.5 - P["exit_rate"] * (0.5 - P["coll_voluntary"]))
    assert call(levy.levy, concession=1.0, **grain_) == (0.0, 0.0)
    assert call(levy.levy, concession=0.0, **grain_)[0] > 0.0


def test_the_drive_halts_where_the_state_answers_what_the_model_reaches() -> None:
    given_ = country_inputs(WHOLE)
    told = run_nation(given_, {**P, "answer_from": 1.5}, ["rules.answer"])
    done = run_nation(given_, {**P, "answer_from": 1.5})

    assert max(column(told, "concession")) == 0.0
    assert max(column(done, "concession")) == 1.0
    assert column(done, "collectivised")[-1] < column(told, "collectivised")[-1]
    assert max(column(run(WHOLE), "concession")) == 0.0  # at 60 it never falls due


# ---- print, quotas, sowing, joining --------------------------------------------------------------


@given(told=st.floats(10.0, 120.0), weather=st.floats(0.5, 1.3))
def test_what_is_printed_is_what_came_to_the_barn_where_that_is_measured(
    told: float, weather: float
) -> None:
    at = {**CROP, "weather": weather, "harvest_reported": told}
    stalk, barn = call(printed.printed_harvest, harvest_measure=0.0, **at)
    same, field = call(printed.printed_harvest, harvest_measure=1.0, **at)

    assert barn == told
    assert same == stalk
    assert field == pytest.approx(max(told, stalk))


@pytest.mark.parametrize("regime", ["as_it_was", WHOLE])
def test_no_crop_on_the_stalk_is_less_than_the_harvest(regime: str) -> None:
    for each in run(regime):
        now = each.nation
        if each.quarter == 3:
            assert now["standing_crop"] >= now["harvest"] * (1.0 - 1e-12), each.year
            if not now["harvest_measure"]:
                assert now["harvest_printed"] == now["harvest"]


@given(true=st.floats(20.0, 100.0), told=st.floats(20.0, 130.0))
def test_planners_see_the_true_harvest_under_history_and_print_in_the_whole(
    true: float, told: float
) -> None:
    at = {"harvest": true, "harvest_printed": told}

    assert call(printed.seen_harvest, quota_by_report=0.0, **at) == (true,)
    assert call(printed.seen_harvest, quota_by_report=1.0, **at)[0] == pytest.approx(told)


def test_a_quota_by_hectare_sees_land_alone() -> None:
    at = {"year": 1940.0, "sown": 100.0, "quota_base": 1.0, "quota_by_area": 1.0, "yield_rise": 0.0}
    one, two = (call(printed.quota_harvest, harvest_known=e, **at)[0] for e in (60.0, 90.0))
    kept = call(printed.quota_harvest, harvest_known=60.0, **{**at, "quota_by_area": 0.0})[0]

    assert one == pytest.approx(P["grain_area"] * 100.0 * P["y0"])
    assert two == pytest.approx(one)
    assert kept == 60.0


def test_next_sowing_falls_after_emergency_measures() -> None:
    calm = run_nation(country_inputs(WHOLE).changed("emergency", lambda _, __: 0.0), P)
    seized = run(WHOLE)
    sown = [
        {each.year: each.nation.get("unsown", 0.0) for each in books} for books in (calm, seized)
    ]

    assert sown[1][1928] > sown[0][1928]
    assert call(
        printed.unsown, trust=0.1, trust_last=0.5, collectivised=0.2, sowing_by_trust=1.0
    ) == pytest.approx((P["sow_distrust"] * 0.8 * 0.4, 0.1))
    assert call(
        printed.unsown, trust=0.5, trust_last=0.1, collectivised=0.2, sowing_by_trust=1.0
    ) == (0.0, 0.5)


def test_a_quota_that_is_set_ahead_does_not_see_the_harvest_of_its_year() -> None:
    now, before, _ = call(
        grain.expected_harvest, expected_harvest=70.0, harvest_seen=50.0, harvest_floor=0.0
    )
    at = {"expected_harvest": now, "expected_before": before}

    assert (now, before) == (60.0, 70.0)
    assert call(printed.harvest_known, **at, quota_ahead=0.0) == (60.0,)
    assert call(printed.harvest_known, **at, quota_ahead=1.0) == (70.0,)
    # Who learns all at once goes by the harvest, ahead or not.
    numbers = {"expected_harvest": 70.0, "harvest_seen": 50.0, "harvest_floor": 0.0}
    assert grain.expected_harvest.law(**numbers, EH_adapt=1.0) == (50.0, 50.0, 0.0)


def test_quotas_of_the_years_without_a_floor_follow_what_was_expected_a_year_ago() -> None:
    books = {each.year: each.nation for each in run(WHOLE) if each.quarter == 3}

    for year in (1937, 1938, 1939):
        assert books[year]["harvest_known"] == books[year - 1]["expected_harvest"]


def test_hunger_lowers_the_births_of_the_year_after_it() -> None:
    assert call(people.birth_hunger, hunger=0.02, hunger_before=0.0, births_later=1.0) == (
        0.0, 0.02
    )  # fmt: skip
    assert call(people.birth_hunger, hunger=0.02, hunger_before=0.01, births_later=0.0)[0] == 0.02
    rates = {each.year: each.nation for each in run(WHOLE) if each.quarter == 4}
    fed = {year: now["birth_rate"] / now["birth_trend"] for year, now in rates.items()}
    assert rates[1932]["hunger"] == max(now["hunger"] for now in rates.values())
    assert fed[1933] < fed[1932]


def test_who_joins_of_his_own_will_is_not_forced() -> None:
    at = {"collectivised": 0.1, "coll_pressure": 0.0, "coll_pressure_announced": 0.0,
          "exit_allowed": 0.0, "concession": 0.0, "volunteers": 0.05}  # fmt: skip
    now, forced, _ = call(village.collectivisation, joined=0.05, left_freely=0.0, **at)

    assert now == pytest.approx(0.15)
    assert forced == 0.0


@pytest.mark.parametrize(
    ("gain", "free", "gave_way", "left"),
    [(-0.11, 1.0, 0.0, 0.03), (-0.11, 0.2, 0.0, 0.006), (-0.11, 0.0, 1.0, 0.03),
     (-0.09, 1.0, 1.0, 0.0), (-0.5, 0.0, 0.0, 0.0)],
)  # fmt: skip
def test_who_joined_freely_leaves_at_once_where_it_is_worse_and_allowed(
    gain: float, free: float, gave_way: float, left: float
) -> None:
    at = {"volunteers": 0.03, "joined": 0.001, "join_gain": gain, "exit_allowed": free}
    found = call(printed.leaving, **at, concession=gave_way, joining_counts=1.0)

    assert found == pytest.approx((left, 0.031 - left))
    assert call(printed.leaving, **at, concession=1.0, joining_counts=0.0)[0] == 0.0


def test_volunteers_leave_in_the_spring_of_1930() -> None:
    left = {(each.year, each.quarter): each.nation["left_freely"] for each in run(WHOLE)}

    assert {when for when, share in left.items() if share > 1e-3} == {(1930, 2)}


# ---- debts and goods -----------------------------------------------------------------------------


def test_machines_are_held_to_what_trade_pays_for_by_hand() -> None:
    rich = call(debts.paid_machines, **MEANS)
    poor = call(debts.paid_machines, **{**MEANS, "exports_other": 100.0, "debt_abroad": 0.0})

    assert rich == pytest.approx((0.3, 25.0, 0.0, 0.0))
    assert poor[0] == pytest.approx(0.8 * (100.0 + 80.0 + 50.0) / 1000.0)
    assert poor[3] == pytest.approx(0.3 - poor[0])


@given(debt=shares, blockade=shares, owed=st.floats(-500.0, 2000.0))
def test_old_debts_and_a_blockade_leave_fewer_machines(
    debt: float, blockade: float, owed: float
) -> None:
    free = call(debts.paid_machines, **{**MEANS, "debt_abroad": owed})
    held = call(
        debts.paid_machines, **{**MEANS, "debt_abroad": owed, "debt": debt, "blockade": blockade}
    )

    assert 0.0 <= held[0] <= free[0] <= 0.3
    assert held[2] == pytest.approx(P["debt_old"] * debt)
    assert call(debts.paid_machines, **{**MEANS, "trade_balanced": 0.0, "debt": debt})[0] == 0.3


@pytest.mark.parametrize("regime", ["as_it_was", "trade_open", WHOLE])
@pytest.mark.parametrize("first", [1917, 1921])
def test_debt_is_what_was_bought_and_not_sold(regime: str, first: int) -> None:
    books = run(regime, first)
    bought = sum(
        (now["imports_gold"] + now["interest_paid"] - now["exports_gold"]) / 4.0
        for now in (each.nation for each in books)
    )

    assert books[-1].nation["debt_abroad"] == pytest.approx(bought)


def test_old_debts_that_are_served_leave_the_drive_without_machines() -> None:
    served = country_inputs(WHOLE).changed("debt", lambda _, __: 1.0)
    books = run_nation(served, P)

    assert max(column(books, "machines_unpaid")) > 0.2
    assert column(books, "machines_imported")[-1] < column(run(WHOLE), "machines_imported")[-1]
    assert books[-1].nation["interest_paid"] > 0.0


def test_a_debt_that_does_not_close_is_named() -> None:
    given_ = country_inputs()
    walk = Walk(given_, opening(given_, P), plan_of(P))
    before = dict(walk.state.nation), dict(walk.state.sectors)
    walk.quarter(1921, 1)
    walk.state.nation["debt_abroad"] += 1.0
    after = walk.state.nation, walk.state.sectors

    named = {name for name, _ in breaks(before, after, walk.state.coefficients, 1)}
    assert named == {"debt abroad"}


@given(imported=st.floats(0.0, 0.4), smuggled=st.floats(0.0, 0.1))
def test_goods_from_abroad_displace_those_of_industry(imported: float, smuggled: float) -> None:
    share, lost = call(
        debts.displacing, import_share=imported, smuggled_share=smuggled, imports_displace=1.0
    )

    assert share == pytest.approx(imported + smuggled)
    assert lost == pytest.approx(P["import_displaces"] * share)


def test_stolen_goods_are_missed_and_booked() -> None:
    base = {"light_output": 8.0, "light_used": 2.0, "arms": 0.0, "traded_share": 0.0}
    towns_of = {"town": 28.0, "town_need": 4.0, "town_demand": 3.0, "priority": 0.0,
                "town_money": 1.0}  # fmt: skip
    assert call(debts.missed, theft_share=0.05, theft_missed=1.0) == (0.05,)
    assert call(debts.missed, theft_share=0.05, theft_missed=0.0) == (0.0,)
    _, goods, _, _, stolen = call(investment.goods, missed_share=0.05, **base)
    got = call(investment.goods_shared, goods=goods, **towns_of)

    assert stolen == pytest.approx(0.05 * 6.0)
    assert goods == pytest.approx(0.95 * 6.0)
    assert sum(got) == pytest.approx(goods)


@given(hunger=st.sampled_from([0.0, 0.001, 0.02]), later=st.sampled_from([0.0, 1.0]))
def test_towns_are_left_after_1920_where_they_starved(hunger: float, later: float) -> None:
    found = call(debts.flight_open, town_flight=0.0, hunger_town=hunger, flight_later=later)
    early = call(debts.flight_open, town_flight=1.0, hunger_town=hunger, flight_later=later)

    assert found == (later * (hunger > 0.0),)
    assert early == (1.0,)


# ---- history stays as it was ---------------------------------------------------------------------


def test_under_history_nothing_of_it_acts() -> None:
    idle = {"concession": 0.0, "joined": 0.0, "unsown": 0.0, "missed_share": 0.0,
            "light_displaced": 0.0, "machines_unpaid": 0.0, "interest_paid": 0.0}  # fmt: skip
    for each in run("as_it_was", 1917):
        now = each.nation
        assert {name: now.get(name, 0.0) for name in idle} == idle, (each.year, each.quarter)
        assert now["flight_open"] == now["town_flight"]
        if each.quarter == 3:
            assert now["harvest_seen"] == now["harvest"]
            assert now["quota_harvest"] == now["expected_harvest"]


def test_a_quota_of_the_whole_reads_print() -> None:
    taken = {
        name: sum(column(run(name), "taken")[4 * (1934 - 1921) :]) for name in ("as_it_was", WHOLE)
    }

    assert taken[WHOLE] > taken["as_it_was"]
    assert "harvest_seen" in grain.expected_harvest.reads
