"""Quantities reckoned forward from the decisions of a plan, worked by hand."""

from dataclasses import replace

import numpy as np
from tests.records.small import small

from sovplan.planning.limits import problem_of
from sovplan.planning.quantities import capacity_of, investment_of, plan_of
from sovplan.records.aims import Aims
from sovplan.records.assembly import economy_of
from sovplan.records.calendar import calendar_of
from sovplan.records.draft import Plan

ECONOMY = economy_of(small())
AIMS = Aims(years=3)
PROBLEM = problem_of(ECONOMY, AIMS, calendar_of(ECONOMY, AIMS))
BREAD, STEEL = 0, 1
RIG, FARM = 0, 1


def plan(**decided: list[list[float]] | list[float]) -> Plan:
    """Return the plan of three years in which nothing is done but what is given."""
    columns = np.zeros(len(PROBLEM.programme.cost))
    for name, amounts in decided.items():
        columns[PROBLEM.columns[name].places] = amounts
    return plan_of(PROBLEM, columns)


def test_capacity_wears_from_its_first_year_of_use() -> None:
    ordered = np.array([[8.0, 0.0, 0.0], [0.0, 10.0, 4.0]])

    capacity = capacity_of(ECONOMY, ordered)

    # Rig: 12 wear by 0.05; 1 under construction is ready in year 2, 8 of year 1 in year 3.
    kept = 0.95
    rig = [12, 12 * kept + 1, 12 * kept**2 + kept + 8, 12 * kept**3 + kept**2 + 8 * kept]
    np.testing.assert_allclose(capacity[RIG], rig, rtol=1e-12)
    # Farm: 100 wear by 0.1; 10 of year 2 are ready in year 3, 4 of year 3 after the last year.
    np.testing.assert_allclose(capacity[FARM], [100, 90, 81 + 10, 72.9 + 9 + 4], rtol=1e-12)


def test_an_order_takes_its_goods_evenly_over_the_years_of_building() -> None:
    ordered = np.array([[8.0, 0.0, 6.0], [0.0, 10.0, 0.0]])

    built = investment_of(ECONOMY.plants, ordered)

    # A rig takes 0.5 of steel a unit in two years, a farm 0.05 in one.
    np.testing.assert_allclose(built[STEEL], [2.0, 2.0 + 0.5, 1.5], rtol=1e-12)
    np.testing.assert_array_equal(built[BREAD], 0.0)


def test_those_who_have_moved_work_and_eat_in_every_later_year() -> None:
    found = plan(migrants=[0.5, 0.0, 0.25])

    moved = np.array([0.5, 0.5, 0.75])
    np.testing.assert_allclose(found.labour_available[0], 400 - 10 * moved, rtol=1e-12)
    np.testing.assert_allclose(found.labour_available[1], 120 + 12 * moved, rtol=1e-12)
    np.testing.assert_allclose(found.moved[BREAD], moved, rtol=1e-12)


def test_foreign_money_left_over_is_what_was_earned_and_drawn_less_what_was_paid() -> None:
    traded = plan(
        imports=[[1.0, 0.0, 2.0], [0.0, 0.0, 0.0], [0.0, 1.0, 0.0]],
        exports=[[0.0, 4.0, 0.0], [0.0, 0.0, 0.0], [0.0, 0.0, 0.0]],
        credit=[2.0, 0.0, 1.0],
    )

    # Other imports take 1.0 and other exports bring 0.5 a year; the fixed debt begins in year 2.
    left = [2.0 - 2.0 - 0.5, 6.0 - 3.0 - 0.5 - 0.5, 1.0 - 4.0 - 0.5 - 0.5]
    np.testing.assert_allclose(traded.trade_balance, left, rtol=1e-12)


def test_waste_is_what_no_use_takes() -> None:
    idle = plan()

    # 10 of bread, of which half spoils, less the public use of 1; then nothing is there but needs.
    np.testing.assert_allclose(idle.waste[BREAD], [4.0, -1.0, -1.0], rtol=1e-12)
    np.testing.assert_allclose(idle.waste[STEEL], [4.0, 0.0, 0.0], rtol=1e-12)


def test_losses_are_a_share_of_what_is_made() -> None:
    found = plan(activity=[[50.0, 60.0, 70.0], [0.0, 0.0, 0.0], [0.0, 0.0, 0.0]])

    np.testing.assert_allclose(found.lost[BREAD], [0.5, 0.6, 0.7], rtol=1e-12)
    np.testing.assert_allclose(found.used[BREAD], [10.0, 12.0, 14.0], rtol=1e-12)


def test_without_migration_the_hours_are_those_supplied() -> None:
    economy = replace(ECONOMY, extensions=ECONOMY.extensions.without("migration"))
    problem = problem_of(economy, AIMS, calendar_of(economy, AIMS))

    found = plan_of(problem, np.zeros(len(problem.programme.cost)))

    np.testing.assert_array_equal(found.labour_available, [[400] * 3, [120] * 3])
    np.testing.assert_array_equal(found.moved, 0.0)
