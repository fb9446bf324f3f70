"""What persons live on, worked by hand from the equations: R13, R15, R04, R17."""

import math
from collections.abc import Mapping

import pytest

from sovplan.society.classes import COLLECTIVE, EMPLOYEE, OTHER, SOLDIER, STUDENT, WORKER
from sovplan.society.persons import living
from sovplan.society.persons.tables import TOWN, VILLAGE

# ---- work ----------------------------------------------------------------------------------------


def test_premium_privilege_and_queue_by_hand() -> None:
    assert living.premium.law(first=1.0, priority=0.5, premium_first=0.2) == pytest.approx(0.1)
    # Power 0.8 0.5 0.9 = 0.36; the aim 0.02 + 0.1 0.36 0.8 0.75 = 0.0416; a quarter of the way.
    found = living.privilege.law(
        privilege=0.02, appointed_share=0.8, administrators=0.5, participation=0.1,
        inheritance=0.5, pay_cap=0.25, b_min=0.02, b_slope=0.1, b_speed=0.25,
        b_kept=0.6,
    )  # fmt: skip
    assert found == pytest.approx(0.0254)
    assert living.queues.law(queue_hours=0.2) == pytest.approx(10.4)


@pytest.mark.parametrize(("had", "wage"), [(2.0, 2.0), (10.0, 4.0), (0.1, 0.25)])
def test_effort_by_hand(had: float, wage: float) -> None:
    # Food -0.1607 0.1, pay 0.21 ln w, law 0.08 0.5 0.8, terror -0.06 0.3, say 0.02, a ninth hour.
    found = living.incentive.law(
        class_living=had, nation_reported=0.8, town_food=0.9, labour_law=0.5, committee_power=0.4,
        hours=9.0, repression=0.5, police_power=0.6, e_food=0.1607, e_real=0.25, e_fear=0.08,
        e_random=0.06, e_voice=0.05, fatigue=0.03, wage_low=0.25, wage_high=4.0, tired_from=8.0,
    )  # fmt: skip
    by_hand = 1.0 - 0.01607 + 0.21 * math.log(wage) + 0.032 - 0.018 + 0.02 - 0.03
    assert found == pytest.approx(by_hand)


@pytest.mark.parametrize(
    ("age", "place", "home", "works", "day"),
    [
        (30, TOWN, WORKER, 1, (2200, 10, 6550)),
        (30, TOWN, WORKER, 0, (0, 10, 8750)),
        (30, TOWN, OTHER, 0, (2200, 10, 6550)),
        (14, TOWN, OTHER, 0, (0, 0, 8760)),
        (65, TOWN, WORKER, 1, (0, 10, 8750)),
        (30, VILLAGE, COLLECTIVE, 0, (1500, 0, 7260)),
    ],
)
def test_the_year_of_a_person_by_hand(
    age: int, place: int, home: int, works: int, day: tuple[int, ...]
) -> None:
    found = living.day.law(
        age=age, place=place, home=home, stratum=home, works=works, nation_queue=10.4, hours=8.0,
        days_town=275.0, hours_farm=1500.0, work_from=15.0, work_to=65.0,
    )  # fmt: skip
    assert found == day


@pytest.mark.parametrize(
    ("home", "works", "points"),
    [
        # 2200 (1 + 0.5 0.1) = 2310 times e^(1.2 0.5 + 0.1), with the drift of 0.05 for workers.
        (WORKER, 1, int(2310 * math.exp(0.75))),
        (EMPLOYEE, 1, int(2310 * math.exp(0.7))),
        (OTHER, 0, int(0.8 * 2310 * math.exp(0.7))),
        (EMPLOYEE, 0, 0),
    ],
)
def test_points_by_hand(home: int, works: int, points: int) -> None:
    found = living.points.law(
        standing=0.5, home=home, stratum=home, works=works, place=TOWN, hours=2200, effort=1.1,
        trade_premium=0.1, wage_scale=1.2, piecework=0.5, union_drift=0.05, pay_other=0.8,
    )  # fmt: skip
    assert found == points


# ---- pay and cards -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("home", "works", "first", "class_ration", "card"),
    [
        (WORKER, 1, 1.0, 1.0, 100),
        (WORKER, 1, 0.0, 1.0, 80),
        (EMPLOYEE, 1, 0.0, 0.6, 60),
        (WORKER, 0, 1.0, 1.0, 40),
    ],
)
def test_cards_by_hand(home: int, works: int, first: float, class_ration: float, card: int) -> None:
    found = living.category.law(
        place=TOWN, home=home, stratum=home, works=works, trade_first=first,
        class_ration=class_ration, ration_later=0.8, ration_dependant=0.4,
    )  # fmt: skip
    assert found == (card, 1)


def test_money_meets_goods_by_hand() -> None:
    # S = 1000 - 0.05 0.4 2000 = 960; D = 960 / 0.8 / 0.95 = 1263.158, of it 60 for office.
    found = living.rate.law(
        points=1000, cards=200, privilege=0.05, town_goods=1000.0, all_goods=2000.0,
        closed_supply=0.4, ration=0.5, town_short=0.2, bonds=0.5, card_part=0.6, bond_part=0.12,
        keep=0.05,
    )  # fmt: skip
    assert found == pytest.approx((1.279955, 960.0, 1.44), abs=1e-6)


def test_office_pay_and_home_by_hand() -> None:
    office = {"heads": 4, "nation_privilege": 0.05, "all_goods": 2000.0, "closed_supply": 0.4}
    assert living.shops_of_office.law(office=1, **office) == pytest.approx((10.0, 15.0))
    assert living.shops_of_office.law(office=0, **office) == (0.0, 0.0)
    # 2500, of it 6 % lent, and three fifths of the rest go home.
    found = living.pay.law(points=1000, nation_rate=2.5, bonds=0.5, bond_part=0.12, family_part=0.6)
    assert found == pytest.approx((2500, 150, 1410), abs=0.0)
    assert living.keep.law(pool=100, heads=3) == 33


@pytest.mark.parametrize(
    ("changes", "found"), [(0.0, (0.0, 0.05)), (0.2, (0.1, 0.03)), (0.3, (0.15, 0.02))]
)
def test_norms_that_change_make_people_leave_and_keep_less_money(
    changes: float, found: tuple[float, float]
) -> None:
    # 0.5 sd leave, and 2 sd of the money kept goes into goods.
    said = living.unsettled.law(
        norm_changes=changes, keep_money=0.05, norm_leave=0.5, norm_goods=2.0
    )
    assert said == pytest.approx(found)
    # Of money that is kept no more than all goes into goods.
    all_of_it = living.unsettled.law(
        norm_changes=0.3, keep_money=0.05, norm_leave=0.5, norm_goods=5.0
    )
    assert all_of_it == pytest.approx((0.15, 0.0))


# ---- shops ---------------------------------------------------------------------------------------

MONEY: Mapping[str, int] = {"head": 2, "income": 1000, "bonds": 50, "shared": 300}


def test_purse_by_hand() -> None:
    # 1000 - 50 - 300 + 240 + 20 = 910, of it 95 % are brought; cards of 300.
    found = living.purse.law(
        **MONEY, card=100, class_keep=120, class_extra=10.7, nation_card_value=3.0, nation_keep=0.05
    )
    assert found == pytest.approx((240, 20, 300, 864), abs=0.0)
    assert living.served.law(supply=960.0, given=300, wanted=1200) == pytest.approx(660 / 900)


@pytest.mark.parametrize(
    ("head", "stratum", "served", "bought"),
    [
        (2, WORKER, 0.5, (582, 428, 662)),  # 300 + 282; closed shops give 40 a head
        (2, WORKER, 1.5, (864, 146, 1226)),  # more goods than money: 846 for 564
        (0, SOLDIER, 0.5, (582, 428, 700)),
        (0, STUDENT, 0.5, (582, 428, 400)),
        (0, WORKER, 0.5, (582, 428, 500)),
    ],
)
def test_purchases_by_hand(
    head: int, stratum: int, served: float, bought: tuple[int, int, int]
) -> None:
    found = living.purchase.law(
        **{**MONEY, "head": head}, stratum=stratum, given=300, wanted=864, family=240, perk=20,
        savings=100, class_closed=40.9, local_income=500.0, nation_served=served,
        mean_goods=1000.0, keep_soldier=0.7, keep_student=0.4, keep_prisoner=0.3,
    )  # fmt: skip
    assert found == bought
