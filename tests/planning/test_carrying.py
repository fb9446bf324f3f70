"""Plans carried out under shortage: who gives way, and that nothing comes from nothing."""

from pathlib import Path

import numpy as np
import pytest
from tests.independent.case import write_case
from tests.independent.cases import random_case
from tests.planning.carried_out import (
    Rows,
    balance_gap,
    carried,
    drafted,
    economy,
    movers,
    village,
)

from sovplan.history.economies import read_economy, read_economy_folder
from sovplan.planning.carrying import Carried, carry_out
from sovplan.planning.deviations import Deviations, deviations
from sovplan.planning.draws import Luck
from sovplan.planning.optimum import optimum
from sovplan.records.aimsfile import aims_of
from sovplan.records.assembly import economy_of
from sovplan.records.draft import Draft
from sovplan.records.economy import Economy
from sovplan.records.returns import Returns
from sovplan.records.tables import read_folder, read_table, read_toml


def broken_means(economy: Economy, done: Carried, drawn: Deviations) -> float:
    """Return how far, relative, plants or hours are overloaded in the worst case."""
    worst = 0.0
    techniques, plants = economy.techniques, economy.plants
    for draw in range(drawn.draws):
        labour, load = techniques.labour.copy(), plants.load.copy()
        labour.data, load.data = drawn.labour[:, draw], drawn.load[:, draw]
        for there, used in (
            (done.capacity[:, :-1, draw], load @ done.activity[:, :, draw]),
            (drawn.hours[:, :, draw], labour @ done.activity[:, :, draw]),
        ):
            over = np.asarray(used) - there
            worst = max(
                worst, float((over / np.maximum(there.max(initial=1.0), 1e-9)).max(initial=0))
            )
    return worst


def check(draft: Draft, drawn: Deviations, done: Carried) -> None:
    """Fail if something comes from nothing, or if somebody does more than the plan."""
    plan = draft.plan
    assert plan is not None
    assert balance_gap(done, drawn) < 1e-9, "a balance does not close"
    assert broken_means(draft.economy, done, drawn) < 1e-9, "more was worked than there is"
    for name in Carried.__slots__:
        if name != "balance":
            assert (getattr(done, name) >= 0).all(), f"{name} is negative"
    tolerance = 1e-9 * draft.economy.turnover()[:, None, None]
    for name in ("imports", "exports", "consumption", "public"):
        assert (getattr(done, name) <= getattr(plan, name)[:, :, None] + tolerance).all(), name
    most = plan.activity.max(initial=0) * 1e-9
    assert (done.activity <= plan.activity[:, :, None] + most).all()


@pytest.mark.parametrize("name", ["two-goods", "federation-12", "ussr-1928"])
def test_where_all_is_as_declared_the_plan_is_carried_out_to_the_letter(name: str) -> None:
    found = read_economy(name)
    draft = optimum(Returns(found), thorough=False)
    assert draft.plan is not None

    done = carried(draft)

    size = found.turnover()[:, None]
    for series in ("output", "investment", "imports", "exports", "stock", "consumption", "waste"):
        gap = np.abs(getattr(done, series)[..., 0] - getattr(draft.plan, series))
        assert (gap <= 1e-9 * size).all(), series
    for series in ("activity", "capacity"):
        there = getattr(draft.plan, series)
        gap = np.abs(getattr(done, series)[..., 0] - there)
        assert (gap <= 1e-9 * there.max(axis=1, keepdims=True) + 1e-12).all(), series
    assert (done.balance[:, 0] >= -1e-9 * np.abs(draft.plan.imports).sum()).all()


@pytest.mark.parametrize("name", ["two-goods", "federation-12", "ussr-1928"])
def test_nothing_comes_from_nothing_when_numbers_err(name: str) -> None:
    folder = read_economy_folder(name)
    draft = optimum(Returns(economy_of(folder)), thorough=False)
    assert draft.plan is not None
    luck = Luck(3, tuple(range(4)))
    drawn = deviations(draft.economy, folder, draft.calendar, luck)

    check(draft, drawn, carry_out(draft.plan, draft.economy, draft.calendar, drawn))


@pytest.mark.parametrize("seed", range(24))
def test_nothing_comes_from_nothing_in_random_economies(seed: int, tmp_path: Path) -> None:
    path = write_case(random_case(seed), tmp_path)
    folder = read_folder(tmp_path)
    found, settings = economy_of(folder), read_toml(path)
    needs = read_table(tmp_path / settings["needs"], "needs.csv") if "needs" in settings else None
    draft = optimum(Returns(found), aims_of(settings, needs, found, name="aims.toml"))
    if draft.plan is None:
        assert draft.status in {"infeasible", "unbounded"}
        return
    drawn = deviations(found, folder, draft.calendar, Luck(seed, (0, 1)))

    check(draft, drawn, carry_out(draft.plan, found, draft.calendar, drawn))


def test_what_is_above_the_floor_gives_way_before_the_floor() -> None:
    draft = drafted(village())

    short = carried(draft, capacity=lambda declared: 0.7 * declared)
    very = carried(draft, capacity=lambda declared: 0.5 * declared)

    assert short.consumption.item() == pytest.approx(70)
    assert very.consumption.item() == pytest.approx(50)


def test_floors_that_need_the_same_hours_lose_alike() -> None:
    goods = ("bread", "cloth")
    rows: Rows = {
        "goods.csv": [{"good": good} for good in goods],
        "techniques.csv": [{"technique": good} for good in goods],
        "flows.csv": [
            {"technique": good, "good": good, "role": "output", "amount": 1} for good in goods
        ],
        "labour.csv": [{"technique": good, "skill": "work", "hours": 1} for good in goods],
        "supply.csv": [{"year": 1, "kind": "labour", "name": "work", "amount": 200}],
        "needs.csv": [{"year": 1, "good": good, "target": 100, "floor": 100} for good in goods],
    }
    done = carried(drafted(economy(rows)), hours=lambda declared: 0.8 * declared)

    # A fifth of the hours is missing: two steps of 5 and one of 10 per cent, for both.
    np.testing.assert_allclose(done.consumption[:, 0, 0], [80, 80])


def test_an_import_that_exports_no_longer_pay_for_is_cut_to_what_they_pay() -> None:
    found = village(
        goods_csv=[{"good": "grain", "export_price": 1}, {"good": "salt", "import_price": 2}],
        needs_csv=[
            {"year": 1, "good": "grain", "target": 50, "floor": 50},
            {"year": 1, "good": "salt", "target": 25, "floor": 25},
        ],
    )
    done = carried(drafted(found), export_price=lambda declared: 0.8 * declared)

    # 50 grain earn 40 in place of 50: 20 salt.
    np.testing.assert_allclose(done.imports[1], 20)
    np.testing.assert_allclose(done.consumption[:, 0, 0], [50, 20])
    assert done.balance.item() == pytest.approx(0, abs=1e-9)


def test_a_debt_that_cannot_be_paid_is_owed() -> None:
    found = village(
        goods_csv=[{"good": "grain", "export_price": 1}],
        supply_csv=[{"year": 1, "kind": "credit", "name": "loan", "amount": -40}],
        needs_csv=[{"year": 1, "good": "grain", "target": 60, "floor": 60}],
    )
    done = carried(drafted(found), capacity=lambda declared: 0.9 * declared)

    # 90 are made, people keep their 60, and 30 of the 40 are paid.
    assert done.consumption.item() == pytest.approx(60)
    assert done.balance.item() == pytest.approx(-10)


def test_work_that_was_not_done_is_missing_from_the_plant() -> None:
    found = village(
        goods_csv=[{"good": "grain"}, {"good": "tools"}],
        techniques_csv=[
            {"technique": "farm", "capacity": 100, "wear": 0.5, "gestation": 1},
            {"technique": "forge", "capacity": 50, "wear": 0, "gestation": 1},
        ],
        flows_csv=[
            {"technique": "farm", "good": "grain", "role": "output", "amount": 1},
            {"technique": "farm", "good": "tools", "role": "capital", "amount": 1},
            {"technique": "forge", "good": "tools", "role": "output", "amount": 1},
            {"technique": "forge", "good": "tools", "role": "capital", "amount": 1},
        ],
    )
    draft = drafted(found, years=2, terminal=0.0)
    assert draft.plan is not None
    assert draft.plan.ordered[0, 0] == pytest.approx(50)

    done = carried(draft, capacity=lambda declared: declared * np.array([[1.0], [0.8]]))

    assert done.built[0, 0, 0] == pytest.approx(0.8)
    assert done.capacity[0, 1, 0] == pytest.approx(0.5 * 100 + 0.8 * 50)


def test_more_than_planned_goes_to_store_where_it_keeps_and_to_waste_where_not() -> None:
    def better(declared: np.ndarray) -> np.ndarray:
        return 1.1 * declared

    keeps = carried(drafted(village(), years=2), outputs=better)
    rots = carried(drafted(village(goods_csv=[{"good": "grain", "spoilage": 1}])), outputs=better)

    np.testing.assert_allclose(keeps.stock[0, :, 0], [10, 20])
    np.testing.assert_allclose(keeps.consumption[0, :, 0], [100, 100])
    assert rots.stock.item() == 0
    assert rots.waste.item() == pytest.approx(10)


def test_credit_buys_what_it_buys_at_true_prices() -> None:
    found = village(
        goods_csv=[{"good": "grain"}, {"good": "salt", "import_price": 2}],
        supply_csv=[{"year": 1, "kind": "credit", "name": "loan", "amount": 40}],
        needs_csv=[{"year": 1, "good": "salt", "target": 20, "floor": 20}],
    )

    done = carried(drafted(found), import_price=lambda declared: 1.25 * declared)

    assert done.consumption[1].item() == pytest.approx(16)


def test_those_who_have_moved_work_where_they_are() -> None:
    draft = movers()
    assert draft.plan is not None
    people = draft.plan.migrants.item()
    assert people > 10

    done = carried(draft, labour=lambda declared: declared * np.array([[1.0], [1.2]]))

    # The towns have 10 hours and 2 for each who came; the villages have lost 1 for each.
    np.testing.assert_allclose(done.consumption[:, 0, 0], [100 - people, (10 + 2 * people) / 1.2])
