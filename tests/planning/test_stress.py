"""Stress: the share of draws in which floors hold, its interval, and what a reserve would do."""

import numpy as np
import pytest

from sovplan.foundation.errors import DataError, PlanningError
from sovplan.history.economies import read_economy_folder
from sovplan.planning.deviations import deviations
from sovplan.planning.draws import Luck
from sovplan.planning.optimum import optimum
from sovplan.planning.stress import AIM, stress, where_words, wilson
from sovplan.records.aims import Aims
from sovplan.records.assembly import economy_of
from sovplan.records.folder import Folder, Table
from sovplan.records.returns import Returns

AIMS = Aims(years=2)


def certain(folder: Folder) -> Folder:
    """Return the economy with every amount its own range: nothing can be drawn otherwise."""
    amounts = {
        "goods.csv": "stock",
        "techniques.csv": "capacity",
        "flows.csv": "amount",
        "labour.csv": "hours",
        "supply.csv": "amount",
    }
    for name, column in amounts.items():
        table = folder.table(name)
        for edge in ("low", "high"):
            table = table.with_column(edge, table.numbers(column))
        folder = folder.with_table(table)
    return folder


def test_the_interval_is_that_of_wilson() -> None:
    # Wilson's score interval for 9 of 10 and for 0 of 10, reckoned by hand from his formula.
    low, high = wilson(np.array([0.9, 0.0, 1.0]), 10)

    np.testing.assert_allclose(low, [0.5958, 0.0, 0.7225], atol=5e-4)
    np.testing.assert_allclose(high, [0.9821, 0.2775, 1.0], atol=5e-4)


def test_the_same_seed_gives_the_same_and_more_draws_change_none() -> None:
    folder = read_economy_folder("two-goods")
    returns = Returns(economy_of(folder))
    draft = optimum(returns, AIMS)

    few, again = (stress(returns, folder, draft, 12, seed=3) for _ in range(2))
    np.testing.assert_array_equal(few.consumption, again.consumption)
    np.testing.assert_array_equal(few.reserve, again.reserve)
    other = stress(returns, folder, draft, 12, seed=4)
    assert (other.consumption != few.consumption).any()


def test_a_reserve_is_the_shortfall_of_all_but_five_per_cent() -> None:
    folder = read_economy_folder("two-goods")
    returns = Returns(economy_of(folder))
    draft = optimum(returns, AIMS)
    found = stress(returns, folder, draft, 60)

    held = found.holds >= AIM
    has = draft.calendar.floor > 0
    assert (found.reserve[has & held] <= 1e-6 * draft.calendar.floor[has & held]).all()
    assert (found.reserve >= 0).all()
    assert (found.holds_low[has] <= found.holds[has]).all()
    assert (found.holds[has] <= found.holds_high[has]).all()
    assert found.low <= found.high


def test_where_nothing_can_err_the_plan_is_carried_out() -> None:
    folder = certain(read_economy_folder("two-goods"))
    returns = Returns(economy_of(folder))
    draft = optimum(returns, AIMS)
    found = stress(returns, folder, draft, 5)

    # Wear, spoilage and prices without a range still err by 5 %, the first year's plants do not.
    assert found.all_hold[0] == pytest.approx(1.0)
    assert found.fulfilment[0, 0] == pytest.approx(draft.objective, rel=1e-6)


def test_nothing_is_carried_out_without_plan_or_draws() -> None:
    folder = read_economy_folder("two-goods")
    returns = Returns(economy_of(folder))
    with pytest.raises(DataError, match="--stress"):
        stress(returns, folder, optimum(returns, AIMS), 0)
    floor = folder.table("needs.csv").with_column("floor", np.array([1e9, 0.0]))
    impossible = folder.with_table(floor)
    returns = Returns(economy_of(impossible))
    with pytest.raises(PlanningError, match="infeasible"):
        stress(returns, impossible, optimum(returns, AIMS), 5)


def test_more_draws_than_anybody_needs_are_refused_and_draws_are_counted() -> None:
    folder = read_economy_folder("two-goods")
    returns = Returns(economy_of(folder))
    draft = optimum(returns, AIMS, thorough=False)

    with pytest.raises(DataError, match="--stress is 10001; 10000 draws are the most"):
        stress(returns, folder, draft, 10_001)

    counted: list[int] = []
    once = stress(returns, folder, draft, 1, each=counted.append)
    assert counted == [1]
    assert once.sentences[0].startswith("Carried out once with ")
    assert stress(returns, folder, draft, 2).sentences[0].startswith("Carried out 2 times with ")


def test_a_band_without_width_is_one_share() -> None:
    where = [text.replace("\N{NO-BREAK SPACE}", " ") for text in (
        where_words(0.99101, 0.99102), where_words(0.98, 0.99)
    )]  # fmt: skip
    assert where == ["at 99.1 %", "between 98 % and 99 %"]
    folder = certain(read_economy_folder("two-goods"))
    returns = Returns(economy_of(folder))
    draft = optimum(returns, AIMS, thorough=False)

    (said,) = [s for s in stress(returns, folder, draft, 1).sentences if "nine draws of ten" in s]
    assert "lies at " in said


def test_the_reserve_is_the_least_that_covers_ninety_five_draws_of_a_hundred() -> None:
    tables = {
        "goods.csv": [{"good": "grain", "spoilage": 1}],
        "techniques.csv": [{"technique": "farm", "capacity": 100, "low": 60, "high": 130}],
        "flows.csv": [{"technique": "farm", "good": "grain", "role": "output", "amount": 1}],
        "needs.csv": [{"year": 1, "good": "grain", "target": 100, "floor": 100}],
    }
    folder = Folder(
        {"format": 1, "name": "village", "year": 1},
        {name: Table.of(name, rows) for name, rows in tables.items()},
    )
    found = economy_of(folder)
    draft = optimum(Returns(found), Aims(years=1, terminal=None))

    tried = stress(Returns(found), folder, draft, 110)

    capacity = deviations(found, folder, draft.calendar, Luck(1, tuple(range(110)))).capacity[0]
    missing = np.sort(np.maximum(100 - capacity, 0))
    assert tried.reserve.item() == pytest.approx(missing[104])
    assert tried.holds.item() == pytest.approx((capacity >= 100).mean())
    assert tried.reserve_share.item() == pytest.approx(missing[104] / 100)
    np.testing.assert_allclose(
        tried.consumption[:, 0, 0], np.quantile(np.minimum(capacity, 100) / 100, [0.05, 0.5, 0.95])
    )


def test_with_a_base_the_share_is_one_of_the_increase() -> None:
    tables = {
        "goods.csv": [{"good": "grain", "spoilage": 1}],
        "techniques.csv": [{"technique": "farm", "capacity": 100, "low": 60, "high": 130}],
        "flows.csv": [{"technique": "farm", "good": "grain", "role": "output", "amount": 1}],
        "needs.csv": [{"year": 1, "good": "grain", "kind": "output", "target": 120, "base": 80}],
    }
    folder = Folder(
        {"format": 1, "name": "village", "year": 1},
        {name: Table.of(name, rows) for name, rows in tables.items()},
    )
    found = economy_of(folder)
    draft = optimum(Returns(found), Aims(years=1, terminal=None))

    tried = stress(Returns(found), folder, draft, 40)

    # 100 of a way from 80 to 120 is a half; 60 would be half of it back.
    assert draft.objective == pytest.approx(0.5)
    assert -0.5 < tried.low < 0 < tried.high <= 0.5
    (band,) = [said for said in tried.sentences if "nine draws of ten" in said]
    assert "of an increase asked for" in band
    assert "below 0 % it is less than the base" in band
