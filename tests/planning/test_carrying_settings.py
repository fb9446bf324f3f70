"""Plans carried out where settings err: growth, losses, stores, trade, credit, people."""

import numpy as np
import pytest
from tests.planning.carried_out import balance_gap, carried, drafted, movers, village

from sovplan.planning.deviations import as_declared
from sovplan.records.draft import Draft


def grown(most: float = 0.5) -> Draft:
    """Return grain whose output may grow by half a year, from 40: 60, and 90 are wanted then."""
    limits = {"opening": "activity.csv", "most": {"grain": most}}
    found = village(
        needs_csv=[
            {"year": 1, "good": "grain", "target": 50},
            {"year": 2, "good": "grain", "target": 90},
        ],
        goods_csv=[{"good": "grain", "spoilage": 1}],
        labour_csv=[{"technique": "farm", "skill": "work", "hours": 1}],
        supply_csv=[{"year": 1, "kind": "labour", "name": "work", "amount": 100}],
        activity_csv=[{"technique": "farm", "activity": 40}],
        settings={"growth_limits": limits},
    )  # fmt: skip
    return drafted(found, years=2)


def test_growth_holds_back_the_plan_where_it_is_slower_than_declared() -> None:
    draft = grown()
    assert draft.plan is not None
    np.testing.assert_allclose(draft.plan.output[0], [60, 90], rtol=1e-6)

    done = carried(draft, growth=lambda declared: np.full_like(declared, 0.2))

    # 40 may become 48, and these 57.6.
    np.testing.assert_allclose(done.output[0, :, 0], [48, 57.6])
    faster = carried(draft, growth=lambda declared: np.full_like(declared, 0.9))
    np.testing.assert_allclose(faster.output[0, :, 0], [60, 90], rtol=1e-6)


def test_what_was_not_made_in_one_year_cannot_be_grown_from_in_the_next() -> None:
    def short(declared: np.ndarray) -> np.ndarray:
        return np.asarray(declared * np.array([[[0.3], [1.0]]]))

    done = carried(grown(), hours=short)

    # Hours for 30 in the first year, and half as much again in the second.
    np.testing.assert_allclose(done.output[0, :, 0], [30, 45])
    opening = carried(grown(), opening=lambda declared: 0.5 * declared)
    np.testing.assert_allclose(opening.output[0, :, 0], [30, 45])


def test_losses_greater_than_declared_are_missing() -> None:
    done = carried(drafted(village()), losses=lambda declared: np.full_like(declared, 0.3))

    assert done.consumption.item() == pytest.approx(70)
    assert done.lost.item() == pytest.approx(30)


def test_a_store_smaller_than_declared_takes_less() -> None:
    found = village(
        goods_csv=[{"good": "grain", "stock": 60}],
        techniques_csv=[{"technique": "farm", "capacity": 100, "gestation": 3}],
        needs_csv=[
            {"year": 1, "good": "grain", "target": 20},
            {"year": 2, "good": "grain", "target": 200},
        ],
        settings={"stock_limits": {"most_times_opening": 3}},
    )  # fmt: skip
    draft = drafted(found, years=2)
    assert draft.plan is not None
    kept = draft.plan.stock[0, 0]
    assert kept > 100

    done = carried(draft, stock_limit=lambda declared: np.full_like(declared, 90.0))

    assert done.stock[0, 0, 0] == pytest.approx(90)
    assert done.waste[0, 0, 0] > 0


def test_trade_outside_the_list_takes_its_money_first() -> None:
    found = village(
        goods_csv=[{"good": "grain"}, {"good": "salt", "import_price": 2}],
        supply_csv=[{"year": 1, "kind": "credit", "name": "loan", "amount": 40}],
        needs_csv=[{"year": 1, "good": "salt", "target": 20, "floor": 15}],
        settings={"trade": {"other_imports": 4, "other_exports": 4}},
    )

    done = carried(drafted(found), outside=lambda declared: declared + 6)

    assert done.consumption[1].item() == pytest.approx(17)


def test_credit_that_is_not_granted_is_missing_in_the_last_years() -> None:
    found = village(
        goods_csv=[{"good": "grain"}, {"good": "salt", "spoilage": 1, "import_price": 1}],
        supply_csv=[{"year": 1, "kind": "credit", "name": "loan", "amount": 0}],
        needs_csv=[{"year": 1, "good": "salt", "target": 20, "floor": 5}],
        settings={"credit": {"series": "loan", "yearly_most": 20, "yearly_least": 0, "total": 60}},
    )
    draft = drafted(found, years=3)
    assert draft.plan is not None
    np.testing.assert_allclose(draft.plan.credit, [20, 20, 20])

    total = carried(draft, loan=np.array([[20.0], [0.0], [45.0]]))
    yearly = carried(draft, loan=np.array([[12.0], [0.0], [60.0]]))

    np.testing.assert_allclose(total.consumption[1, :, 0], [20, 20, 5])
    np.testing.assert_allclose(yearly.consumption[1, :, 0], [12, 12, 12])


def test_people_move_as_far_as_they_may_and_need_what_they_need() -> None:
    draft = movers()
    assert draft.plan is not None
    people = draft.plan.migrants.item()

    fewer = carried(draft, moving=np.array([[people / 2], [1.0], [2.0]]))
    needy = carried(draft, needs_of_moved=np.array([[2.0], [0.0]]))

    assert fewer.consumption[1].item() == pytest.approx(10 + people)
    assert needy.moved[0].item() > 0
    assert balance_gap(needy, as_declared(draft.economy, draft.calendar)) < 1e-9
