"""Rules of 1917 to 1920: requisition from reports, flight from towns, losses, forced states."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.society.nation.test_rules import P, call

from sovplan.history.forced import coordination_steps, forced_states
from sovplan.regimes.countries import country_inputs
from sovplan.regimes.model import model_parameters
from sovplan.society.nation import food, grain, labour, levy, losses, order, unrest, village
from sovplan.society.nation.forced import FORCED_AFTER, force
from sovplan.society.nation.year import opening, run_nation

shares = st.floats(0.0, 1.0)


@given(harvest=st.floats(1.0, 90.0), rho=st.floats(0.0, 0.6), trust=shares)
def test_reports_hide_more_where_more_is_taken_and_never_pad(
    harvest: float, rho: float, trust: float
) -> None:
    told, hidden = call(levy.reported_harvest, harvest=harvest, trust=trust, requisition=rho)
    more, _ = call(levy.reported_harvest, harvest=harvest, trust=trust, requisition=rho + 0.1)

    assert told == pytest.approx(harvest * (1.0 - hidden))
    assert 0.0 <= hidden <= P["over_max"]
    assert more <= told <= harvest
    assert told < harvest or rho * (1.0 - trust) < 1e-12


def test_a_report_by_hand() -> None:
    told, hidden = call(levy.reported_harvest, harvest=50.0, trust=0.4, requisition=0.3)

    assert hidden == pytest.approx(0.35 * 0.85 * 0.3 * 0.6)
    assert told == pytest.approx(50.0 * (1.0 - 0.05355))


def test_a_levy_takes_part_of_what_is_told_above_the_norm() -> None:
    at = {"village": 100.0, "requisition": 0.3, "concession": 0.0}
    taken, rate = call(levy.levy, harvest_reported=50.0, **at)
    nothing = call(levy.levy, harvest_reported=20.0, **at)

    assert taken == pytest.approx(0.3 * (50.0 - 21.3))
    assert rate == 0.3
    assert nothing == (0.0, 0.0)


def test_a_levy_takes_the_place_of_tax_and_purchase() -> None:
    given_ = dict.fromkeys(grain.taking.reads, 1.0) | dict.fromkeys(grain.taking.institutions, 0.5)
    given_ |= {"quota_season": 0.45, "levy": 6.0, "levy_rate": 0.3, "taken_year": 2.0,
               "first_quarter": 0.0, "harvest": 60.0}  # fmt: skip

    assert call(grain.taking, **given_) == pytest.approx((2.7, 0.0, 4.7))


def test_less_is_sown_after_a_levy_than_after_a_tax_of_the_same_size() -> None:
    calm = {"sown": 90.0, "area_speed": 1.0, "area_wished": 94.0, "tax_in_kind": 1.0,
            "unsown": 0.0}  # fmt: skip
    taxed = call(village.sowing, **calm, levy_rate=0.0, tax_rate=0.13)[0]
    levied = call(village.sowing, **calm, levy_rate=0.31, tax_rate=0.0)[0]
    free = call(village.sowing, **calm, levy_rate=0.0, tax_rate=0.0)[0]

    assert levied < taxed < free
    assert free - levied == pytest.approx(P["k_S"] * 94.0 * P["psi"] * 0.31)


@given(town=st.floats(1.0, 60.0), fed=st.floats(0.0, 1.3), acts=st.sampled_from((0.0, 1.0)))
def test_hungry_towns_lose_people_to_the_village(town: float, fed: float, acts: float) -> None:
    rural, urban, back = call(
        losses.return_migration, village=100.0, town=town, town_food=fed, flight_open=acts
    )

    assert rural + urban == pytest.approx(100.0 + town)
    assert back == pytest.approx(acts * town * 0.025 * max(0.0, 1.0 - fed))
    assert urban == pytest.approx(town - back)


@given(war=st.floats(0.0, 2.0), ill=st.floats(0.0, 3.0), left=st.floats(0.0, 1.5))
def test_losses_are_shared_by_heads_and_none_is_lost_twice(
    war: float, ill: float, left: float
) -> None:
    rural, urban, lost_rural, lost_urban, died = call(
        losses.war_losses, village=120.0, town=24.0, war_deaths=war, epidemic_deaths=ill,
        emigration=left,
    )  # fmt: skip

    assert lost_rural + lost_urban == pytest.approx(war + ill + left)
    assert lost_rural == pytest.approx(5.0 * lost_urban)
    assert rural + lost_rural == pytest.approx(120.0)
    assert urban + lost_urban == pytest.approx(24.0)
    assert died == pytest.approx(war + ill)


def test_history_forces_coordination_only_where_it_has_a_value() -> None:
    grown = call(labour.coordination, coordination=0.6, food_ok=1.0, linked=0.0)[0]
    given_ = {"coordination": grown, "coordination_given": 0.4}
    free = {"coordination": grown, "coordination_given": 0.0}
    force(given_, "coordination")
    force(free, "coordination")

    assert given_["coordination"] == 0.4
    assert free["coordination"] == grown > 0.6


def test_no_rule_sees_that_a_state_is_forced() -> None:
    paths = {path for _, path in FORCED_AFTER.values()}
    names = {piece.name for piece in order.rules()}

    assert not paths & {name for piece in order.rules() for name in piece.reads}
    assert names >= set(FORCED_AFTER)


def test_the_books_hold_what_is_forced_and_a_rule_that_is_off_is_not_forced() -> None:
    inputs = country_inputs("as_it_was", 1917)
    early = run_nation(inputs, model_parameters())[:16]
    off = run_nation(inputs, model_parameters(), ["rules.coordination"])[:16]

    assert all(q.nation["coordination"] == q.nation["coordination_given"] > 0.0 for q in early)
    assert all(q.nation["coordination"] == 1.0 for q in off)


def test_bagmen_feed_towns_and_the_army_eats_apart() -> None:
    base = {"taken_year": 5.0, "town": 25.0, "town_hunger": 1.0, "grain_exports": 1.0}
    head = call(food.hunger_in_towns, **base, grain_sold=2.0, town_market=1.0, army_grain=0.5)[0]
    later = call(food.hunger_in_towns, **base, grain_sold=2.0, town_market=0.0, army_grain=0.0)[0]

    assert head == pytest.approx(220.0)
    assert later == pytest.approx(160.0)


def test_requisition_raises_disturbances_and_wears_down_trust() -> None:
    still = {"threat": 0.0, "village": 120.0, "trust": 0.5, "quota_share": 0.0, "emergency": 0.0}
    calm, pressed = (
        call(unrest.riots, **still, levy_rate=rate, police_power=0.5)[0] for rate in (0.0, 0.3)
    )
    kept, worn = (
        call(unrest.trust, trust=0.5, newly_forced=0.0, quota_share=0.0, emergency=0.0,
             levy_rate=rate, base_change=0.0)[0]
        for rate in (0.0, 0.3)
    )  # fmt: skip

    assert pressed / calm == pytest.approx(2.718281828 ** (P["riot_T"] * 0.3))
    assert worn == pytest.approx(kept - P["trust_force"] * 0.3 / 4.0)


# ---- the run -------------------------------------------------------------------------------------


def test_values_of_forced_years_are_the_means_of_their_quarters() -> None:
    steps = coordination_steps(range(1917, 1921))
    ends = {(year, quarter): value for year, quarter, value in steps}

    assert len(ends) == 17
    for year in range(1917, 1921):
        assert ends[year, 2] == pytest.approx(forced_states()["coordination"][year].value)
    assert ends[1916, 4] > ends[1917, 4] > ends[1920, 4] > 0.0


def test_the_run_begins_with_what_is_forced_and_goes_on_by_rule() -> None:
    inputs = country_inputs("as_it_was", 1917)
    books = run_nation(inputs, model_parameters())
    found = {(each.year, each.quarter): each.nation["coordination"] for each in books}

    assert len(books) == 96
    assert opening(inputs, model_parameters()).nation["coordination"] == pytest.approx(0.89)
    assert found[1918, 2] == pytest.approx(0.47)
    before = found[1920, 4]
    grown = before + P["k_O"] / 4.0 * before * (1.0 - before) * 0.35
    assert found[1921, 1] == pytest.approx(grown)


def test_capital_of_1917_is_that_of_its_own_column() -> None:
    state = opening(country_inputs("as_it_was", 1917), model_parameters())
    later = opening(country_inputs(), model_parameters())

    assert state.sectors["capital"] == pytest.approx(state.sectors["capital_1928"])
    assert later.sectors["capital"][2] == pytest.approx(0.9 * 4.8)
    assert "capital_1917" not in state.sectors


def test_from_1921_on_nothing_early_acts() -> None:
    for each in run_nation(country_inputs(), model_parameters()):
        names = ("returned", "levy", "levy_rate", "coordination_given", "army_grain", "town_market")
        assert all(each.nation[name] == 0.0 for name in names)
        assert each.nation.get("lost_by_war", 0.0) == 0.0
