from dataclasses import fields, replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.records.small import small

from sovplan.planning.optimum import optimum
from sovplan.records.aims import Aims
from sovplan.records.assembly import economy_of
from sovplan.records.draft import Draft, Plan
from sovplan.records.economy import Economy
from sovplan.records.extensions import Extensions
from sovplan.records.identities import balance_error, balance_sides
from sovplan.records.returns import Returns

ECONOMY = economy_of(small())
FLOWS = ("imports", "investment", "consumption", "public", "moved", "exports", "stock", "waste")


@pytest.fixture(scope="module")
def draft() -> Draft:
    return optimum(Returns(ECONOMY), Aims(years=3))


def plan_of(draft: Draft) -> Plan:
    assert draft.plan is not None
    return draft.plan


def test_what_a_good_comes_from_is_what_it_goes_to(draft: Draft) -> None:
    plan = plan_of(draft)

    sources, uses = balance_sides(draft.economy, plan)

    np.testing.assert_allclose(sources, uses, rtol=1e-9, atol=1e-9)
    assert balance_error(draft.economy, plan) < 1e-9
    assert plan.output.sum() > 0


@pytest.mark.parametrize("flow", FLOWS)
def test_a_good_that_appears_or_vanishes_is_an_error_of_its_size(flow: str, draft: Draft) -> None:
    plan, economy = plan_of(draft), draft.economy
    spoiled = getattr(plan, flow).copy()
    largest = np.max(np.abs(balance_sides(economy, plan)[1]), axis=1)
    spoiled[0, -1] += 0.01 * largest[0]

    error = balance_error(economy, replace(plan, **{flow: spoiled}))

    assert error == pytest.approx(0.01 / (1.01 if flow != "imports" else 1), rel=0.02)


def test_activity_that_is_not_in_the_output_is_an_error(draft: Draft) -> None:
    plan = plan_of(draft)

    busier = replace(plan, activity=plan.activity * 1.001)

    assert balance_error(draft.economy, busier) > 1e-4


def test_waste_below_zero_is_an_error_although_the_sides_agree(draft: Draft) -> None:
    plan = plan_of(draft)
    waste, consumption = plan.waste.copy(), plan.consumption.copy()
    waste[0, 0] -= 1.0
    consumption[0, 0] += 1.0

    conjured = replace(plan, waste=waste, consumption=consumption)

    sources, uses = balance_sides(draft.economy, conjured)
    np.testing.assert_allclose(sources, uses, rtol=1e-9, atol=1e-9)
    assert balance_error(draft.economy, conjured) > 1e-3


def test_opening_stocks_spoil_before_they_are_used(draft: Draft) -> None:
    idle = _idle(draft.economy, 2)

    sources, _ = balance_sides(draft.economy, idle)

    # bread: 10 tonnes of which half spoils; steel: 4 tonnes that keep
    np.testing.assert_allclose(sources, [[5, 0], [4, 0], [0, 0]])


def test_what_is_lost_is_not_there_to_use(draft: Draft) -> None:
    economy = draft.economy
    working = replace(_idle(economy, 1), activity=np.array([[100.0], [0.0], [0.0]]))
    whole = replace(economy, extensions=Extensions())

    with_loss, _ = balance_sides(economy, working)
    without, _ = balance_sides(whole, working)

    # 1 % of bread is lost
    assert without[0, 0] - with_loss[0, 0] == pytest.approx(1.0)


def test_an_economy_without_goods_has_no_error(draft: Draft) -> None:
    idle = _idle(draft.economy, 1)
    still = replace(
        draft.economy,
        goods=replace(draft.economy.goods, stock=np.zeros(3)),
    )

    assert balance_error(still, idle) == 0


@given(st.integers(0, 2), st.integers(0, 2), st.floats(1e-6, 10))
def test_every_missing_tonne_is_seen(good: int, year: int, amount: float) -> None:
    idle = _idle(ECONOMY, 3)
    balanced = replace(idle, waste=balance_sides(ECONOMY, idle)[0])
    consumption = balanced.consumption.copy()
    consumption[good, year] = amount

    eaten = replace(balanced, consumption=consumption)

    size = np.max(balance_sides(ECONOMY, eaten)[1][good])
    assert balance_error(ECONOMY, balanced) == 0
    assert balance_error(ECONOMY, eaten) == pytest.approx(amount / size)


def _idle(economy: Economy, years: int) -> Plan:
    """Return the plan in which nothing is done."""
    techniques, plants = economy.techniques, economy.plants
    rows = {
        "activity": (len(techniques), years),
        "ordered": (len(plants), years),
        "capacity": (len(plants), years + 1),
        "labour_used": (len(techniques.skills), years),
        "labour_available": (len(techniques.skills), years),
        "resources_used": (len(techniques.resources), years),
        "resources_available": (len(techniques.resources), years),
        "migrants": (years,),
        "credit": (years,),
        "trade_balance": (years,),
    }
    shapes = {f.name: rows.get(f.name, (len(economy.goods), years)) for f in fields(Plan)}
    return Plan(**{name: np.zeros(shape) for name, shape in shapes.items()})
