"""Receding-horizon plans: the published windows, the limit really kept, and economies in kind."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from tests.planning.small import folder, workshop
from tests.planning.supply_use_periods import periods_of

from sovplan.foundation.errors import DataError, PlanningError
from sovplan.history.economies import folder_path, read_aims, read_economy
from sovplan.planning.optimum import optimum
from sovplan.planning.receding.draft import receding_plan
from sovplan.planning.receding.periods import Periods
from sovplan.planning.receding.windows import CHANGE, Course, receding
from sovplan.records.aims import Aims
from sovplan.records.assembly import economy_of
from sovplan.records.identities import balance_error
from sovplan.records.returns import Returns

# ../shared/data/reference/economic-planning/README.md: least hours and imports of the first window.
PUBLISHED = {"spain": 3_899_232.42, "sweden": 34_828_703.34}
WINDOWS = {"spain": (2, 1, 6), "sweden": (5, 3, 15)}


def check_course(periods: Periods, course: Course) -> None:
    """Every balance of every period that is carried out, reckoned forward."""
    left = periods.wanted[0] / 12
    for t, activity in enumerate(course.activity):
        made = periods.made[t] @ activity + course.imports[t] + periods.kept[t] * left
        left = made - periods.wanted[t] - periods.exports[t]
        np.testing.assert_allclose(course.left[t], left, atol=1e-6 * periods.wanted[t].max())
        assert left.min() > -1e-6 * periods.wanted[t].max()


@pytest.mark.parametrize("country", PUBLISHED)
def test_the_first_window_is_the_published_one(country: str, shared: Path) -> None:
    periods = periods_of(shared, country)
    course = receding(periods, *WINDOWS[country])
    first = course.windows[0].objective
    assert first == pytest.approx(PUBLISHED[country], rel=1e-6)
    file = shared / f"data/reference/economic-planning/{country}_expected.json"
    expected = json.loads(file.read_text("utf-8"))
    assert first == pytest.approx(expected["window0_objective_second_solver_highs"], rel=1e-9)
    # Which of several best surpluses is handed on is the solver's choice: later windows are near.
    found = [window.objective for window in course.windows]
    np.testing.assert_allclose(found, expected["window_objectives"], rtol=2e-3)
    check_course(periods, course)


@pytest.mark.parametrize("country", PUBLISHED)
def test_the_published_limit_on_changes_is_not_kept_between_windows(
    country: str, shared: Path
) -> None:
    course = receding(periods_of(shared, country), *WINDOWS[country])
    assert course.greatest_change > 2 * CHANGE


def test_the_limit_on_changes_is_kept_where_that_is_asked(shared: Path) -> None:
    periods, (horizon, revise, count) = periods_of(shared, "spain"), (2, 2, 4)
    free = receding(periods, horizon, revise, count)
    kept = receding(periods, horizon, revise, count, limit_kept=True)
    assert kept.greatest_change <= CHANGE + 1e-9
    assert free.greatest_change > CHANGE + 1e-9
    check_course(periods, kept)
    done = slice(0, count)
    emitted = np.einsum("pqk,pk->pq", periods.emissions[done], kept.activity)
    assert (emitted <= periods.emission_limit[done] * (1 + 1e-9)).all()
    earned = (periods.export_price[done] * periods.exports[done]).sum(axis=1)
    spent = (periods.import_price[done] * kept.imports).sum(axis=1)
    assert (np.cumsum(earned - spent)[revise - 1 :: revise] >= -1e-6 * earned.sum()).all()


def test_a_window_beyond_the_tables_and_one_without_a_plan_are_refused(shared: Path) -> None:
    periods = periods_of(shared, "spain")
    with pytest.raises(DataError, match="tables of 9 periods"):
        receding(periods, 3, 1, 7)
    with pytest.raises(DataError, match="as many periods"):
        receding(periods, 1, 2, 2)
    no_trade = replace(periods, exports=0 * periods.exports, supply=0 * periods.supply)
    with pytest.raises(PlanningError, match="begins with period 1"):
        receding(no_trade, 2, 1, 2)


@pytest.mark.parametrize(
    ("name", "aims", "sight"),
    [
        ("two-goods", "even", 3),
        ("two-goods", "least-labour", 3),
        ("brazil-2021", "least-labour", 3),
        ("federation-12", "homes-first", 3),
        ("ussr-1928", "basic-variant", 5),
    ],
)
def test_windows_of_few_years_make_a_plan_that_is_no_better_than_the_best(
    name: str, aims: str, sight: int
) -> None:
    economy = read_economy(name)
    draft = receding_plan(Returns(economy), read_aims(aims, economy, folder_path(name)))
    assert draft.status == "feasible"
    assert draft.plan is not None
    assert draft.facts is not None
    assert balance_error(economy, draft.plan) <= 1e-9
    assert draft.facts["sight"] == sight
    assert draft.facts["distance"] >= -1e-7
    assert draft.facts["primal"] <= 1e-7


def test_with_all_years_in_sight_least_hours_are_those_of_the_optimum() -> None:
    economy = read_economy("two-goods")
    aims = read_aims("least-labour", economy, folder_path("two-goods"))
    draft = receding_plan(Returns(economy), aims, sight=3, decided=3)
    best = optimum(Returns(economy), aims, thorough=False)
    assert draft.objective == pytest.approx(best.objective, rel=1e-7)


def test_less_sight_never_helps_and_sometimes_hurts() -> None:
    economy = read_economy("brazil-2021")
    aims = read_aims("least-labour", economy, folder_path("brazil-2021"))
    hours = [
        receding_plan(Returns(economy), aims, sight=sight).objective for sight in (3, aims.horizon)
    ]
    # Imports count beside hours, so that neither is the optimum; the shorter sight adds to it.
    assert hours[0] > hours[1] * 1.0003


def test_an_economy_without_a_plan_is_told_why() -> None:
    economy = read_economy("two-goods")
    draft = receding_plan(Returns(economy), Aims(objective="labour", years=3))
    assert draft.status == "infeasible"
    assert draft.conflict is not None


@pytest.mark.parametrize(("price", "imported"), [(1.0, 40.0), (3.0, 0.0)])
def test_imports_count_beside_hours(price: float, imported: float) -> None:
    # A unit of corn takes 2 hours at home; abroad it costs its price, and there is money enough.
    tables = workshop(
        goods=[{"good": "corn", "unit": "t", "spoilage": 1, "import_price": price}],
        supply=[
            {"year": 1, "kind": "labour", "name": "work", "amount": 100},
            {"year": 1, "kind": "credit", "name": "money", "amount": 1000},
        ],
        needs=[{"year": 1, "good": "corn", "target": 40}],
    )
    aims = Aims(objective="labour", years=1, terminal=None)
    draft = receding_plan(Returns(economy_of(folder(tables))), aims)
    assert draft.plan is not None
    assert draft.plan.imports[0, 0] == pytest.approx(imported, abs=1e-9)
