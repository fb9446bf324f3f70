from math import exp, log

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from tests.society.sharing_cases import Sketch, cases, strata

from sovplan.foundation.shapes import Vector
from sovplan.society.pay import decile_gap, hourly_pay, steepness
from sovplan.society.strata import Strata

CLASSES = ["worker", "worker", "specialist", "official"]
GRADES = [0, 1, 3, 5]
HOURS = np.array([40.0, 30.0, 20.0, 10.0])
ENTERPRISE = strata(CLASSES, [1] * 4, [[]] * 4, GRADES)


def hourly(
    people: Strata = ENTERPRISE, hours: Vector = HOURS, ratio: float = 3.0, cap: float = 0.0
) -> Vector:
    return hourly_pay(people, hours, ratio, cap)


def test_quantiles_by_hand() -> None:
    """Middles of the four are at 0.2, 0.55, 0.8 and 0.95 of all hours."""
    grades = np.array(GRADES, dtype=float)

    assert decile_gap(grades, HOURS) == pytest.approx(3 + 2 * 0.1 / 0.15)
    assert decile_gap(grades[:1], HOURS[:1]) == 0.0
    assert decile_gap(grades[:0], HOURS[:0]) == 0.0


def test_steepness_by_hand() -> None:
    grades = np.array(GRADES, dtype=float)

    assert steepness(grades, HOURS, 3.0) == pytest.approx(log(3) / (13 / 3))
    assert steepness(grades, HOURS, 1.0) == 0.0
    assert steepness(grades * 0 + 2, HOURS, 3.0) == 0.0


@given(cases(), st.floats(1.0, 9.0))
def test_pay_has_the_decile_ratio_that_is_asked_for(sketch: Sketch, ratio: float) -> None:
    case = sketch.case()
    hours = case.earned.hours
    earns = (hours > 0) & ~case.strata.of_class("peasant")
    assume(len(set(case.strata.grades[earns])) > 1)
    pay = hourly_pay(case.strata, hours, ratio, 0.0)

    assert exp(decile_gap(np.log(pay[earns]), hours[earns])) == pytest.approx(ratio)


@given(cases(), st.floats(1.0, 9.0), st.floats(0.0, 1.0))
def test_grades_and_ceilings_share_out_one_fund(sketch: Sketch, ratio: float, cap: float) -> None:
    case = sketch.case()
    hours = case.earned.hours

    assert hourly_pay(case.strata, hours, ratio, cap) @ hours == pytest.approx(hours.sum())


def test_pay_rises_by_one_factor_from_grade_to_grade() -> None:
    rise = np.diff(np.log(hourly())) / np.diff(GRADES)

    np.testing.assert_allclose(rise, log(3) / (13 / 3))


def test_a_full_ceiling_pays_officials_like_workers_on_the_mean() -> None:
    pay = hourly(cap=1.0)

    workers = pay[:2] @ HOURS[:2] / HOURS[:2].sum()
    assert pay[3] == pytest.approx(workers)
    np.testing.assert_allclose(pay[:3] / pay[0], hourly()[:3] / hourly()[0])


def test_half_a_ceiling_goes_half_of_the_way() -> None:
    none, half, full = (hourly(cap=cap) for cap in (0.0, 0.5, 1.0))

    relative = [pay[3] / pay[0] for pay in (none, half, full)]
    assert relative[1] == pytest.approx((relative[0] + relative[2]) / 2)


def test_a_ceiling_raises_nobody() -> None:
    """The official here stands below the workers."""
    low = strata(["worker", "official"], [1, 1], [[], []], [4, 0])
    hours = np.array([3.0, 2.0])

    np.testing.assert_allclose(hourly(low, hours, cap=1.0), hourly(low, hours, cap=0.0))


@pytest.mark.parametrize(
    ("classes", "same"),
    [(["specialist", "official"], [1, 1]), (["official", "official"], None)],
    ids=["no workers: all but officials", "only officials: no ceiling"],
)
def test_where_nobody_works_as_a_worker(classes: list[str], same: list[float] | None) -> None:
    people = strata(classes, [1, 1], [[], []], [0, 4])
    hours = np.array([3.0, 2.0])
    expected = same if same is not None else hourly(people, hours)

    np.testing.assert_allclose(hourly(people, hours, cap=1.0), expected)


def test_a_village_does_not_widen_the_pay_of_towns() -> None:
    """The measured ratios are those of earners outside farming, so x goes by them alone."""
    with_village = strata(["peasant", *CLASSES], [1] * 5, [[]] * 5, [0, *GRADES])
    pay = hourly(with_village, np.array([900.0, *HOURS]))

    np.testing.assert_allclose(pay[1:] / pay[1], hourly() / hourly()[0])
    assert pay[0] == pytest.approx(pay[1])


def test_who_does_not_work_has_no_pay_and_changes_none() -> None:
    idle = strata([*CLASSES, "official"], [1] * 5, [[]] * 5, [*GRADES, 900])
    pay = hourly(idle, np.array([*HOURS, 0.0]))

    np.testing.assert_allclose(pay, [*hourly(), 0.0])


def test_the_widest_grades_overflow_nothing() -> None:
    wide = strata(["worker"] * 3, [1] * 3, [[]] * 3, [0, 0.001, 5000])
    pay = hourly(wide, np.array([90.0, 8.0, 2.0]))

    assert np.isfinite(pay).all()


def test_nobody_works() -> None:
    np.testing.assert_array_equal(hourly(hours=HOURS * 0, cap=1.0), np.zeros(4))
