"""The optimum: objectives, tie-break, years, warm starts, prices and contents worked by hand."""

from dataclasses import replace

import numpy as np
import pytest

from sovplan.foundation.errors import DataError, PlanningError
from sovplan.history.economies import folder_path, read_aims, read_economy
from sovplan.planning.optimum import optimum, solve_problem
from sovplan.planning.prices import one_sided
from sovplan.records.aims import Aims
from sovplan.records.assembly import economy_of
from sovplan.records.draft import Draft
from sovplan.records.economy import Economy
from sovplan.records.folder import Folder, Table
from sovplan.records.returns import Returns

Rows = list[dict[str, object]]


def farm(**changes: Rows) -> Economy:
    """Return grain from seed and work, by hand or by plough; more ploughs cost nothing."""
    tables: dict[str, Rows] = {
        "goods.csv": [{"good": "grain", "unit": "t", "stock": 0, "spoilage": 1}],
        "techniques.csv": [{"technique": "by_hand"}, {"technique": "by_plough", "capacity": 10}],
        "flows.csv": [
            {"technique": "by_hand", "good": "grain", "role": "output", "amount": 1},
            {"technique": "by_hand", "good": "grain", "role": "input", "amount": 0.2},
            {"technique": "by_plough", "good": "grain", "role": "output", "amount": 1},
            {"technique": "by_plough", "good": "grain", "role": "input", "amount": 0.2},
        ],
        "labour.csv": [
            {"technique": "by_hand", "skill": "peasant", "hours": 8},
            {"technique": "by_plough", "skill": "peasant", "hours": 4},
        ],
        "supply.csv": [{"year": 1, "kind": "labour", "name": "peasant", "amount": 200}],
        "needs.csv": [{"year": 1, "good": "grain", "target": 20}],
    }
    tables |= {f"{name}.csv": rows for name, rows in changes.items()}
    settings = {"format": 1, "name": "farm", "year": 1}
    return economy_of(
        Folder(settings, {name: Table.of(name, rows) for name, rows in tables.items()})
    )


def drafted(economy: Economy, **aims: object) -> Draft:
    wanted = replace(Aims(years=2, terminal=None), **aims)  # type: ignore[arg-type]
    return optimum(Returns(economy), wanted)


def test_the_harvest_worked_by_hand() -> None:
    # 10 by plough take 40 hours; the other 160 make 20 by hand: 30 gross, 24 net of seed.
    draft = drafted(farm())

    assert draft.objective == pytest.approx(24 / 20, rel=1e-12)
    np.testing.assert_allclose(np.array(draft.fulfilment, dtype=float), 1.2, rtol=1e-8)
    assert draft.plan is not None
    np.testing.assert_allclose(draft.plan.activity[:, 0], [20, 10], rtol=1e-7)


def test_one_more_tonne_costs_the_hours_of_the_dearer_technique() -> None:
    draft = drafted(farm(), years=1)

    # At the margin grain comes by hand: 8 hours for 0.8 tonnes net.
    assert draft.hours is not None
    np.testing.assert_allclose(draft.hours.goods[0], 10.0, rtol=1e-9)
    # One more place behind a plough saves 4 hours of 8 a unit of activity.
    np.testing.assert_allclose(draft.hours.capacity[0], 4.0, rtol=1e-9)
    # One more hour: 0.1 tonnes of a target of 20.
    assert draft.shadow is not None
    assert draft.shadow.labour.sum() == pytest.approx(0.1 / 20, rel=1e-9)


def test_what_binds_saves_a_hundredth_of_its_amount_at_its_price() -> None:
    draft = drafted(farm(), years=1)

    (plough,) = [found for found in draft.bindings if found.limit.kind == "capacity"]
    assert (plough.limit.name, plough.limit.amount) == ("by_plough", 10)
    assert plough.hours == pytest.approx(4.0, rel=1e-9)
    assert plough.saved == pytest.approx(0.01 * 10 * 4, rel=1e-9)
    # One more unit of activity by plough: half of the 8 hours by hand, at 0.1 tonnes an hour of 20.
    assert plough.price == pytest.approx(4 * 0.1 / 20, rel=1e-9)
    (hours,) = [found for found in draft.bindings if found.limit.kind == "labour"]
    assert (hours.limit.amount, hours.saved) == (200, 0)


def test_the_content_of_grain_is_the_mean_of_its_makers() -> None:
    draft = drafted(farm(), years=1)

    # v 30 = v 0.2 30 + 20 8 + 10 4  gives  v = 200 / 24.
    assert draft.labour_content is not None
    np.testing.assert_allclose(draft.labour_content[0], 200 / 24, rtol=1e-7)


def test_joint_products_carry_their_price_in_hours() -> None:
    flows: Rows = [
        {"technique": "by_hand", "good": "grain", "role": "output", "amount": 1},
        {"technique": "by_hand", "good": "straw", "role": "output", "amount": 2},
        {"technique": "by_plough", "good": "grain", "role": "output", "amount": 1},
    ]
    goods: Rows = [{"good": "grain", "spoilage": 1}, {"good": "straw", "spoilage": 1}]
    draft = drafted(farm(flows=flows, goods=goods), years=1)

    assert draft.facts is not None
    assert draft.facts["content_by_hours"].tolist() == [[True], [True]]
    assert draft.labour_content is not None
    assert draft.hours is not None
    np.testing.assert_array_equal(draft.labour_content, draft.hours.goods)


def test_the_tie_break_takes_the_plough() -> None:
    needs: Rows = [{"year": 1, "good": "grain", "target": 4}]
    capped = {"objective": "common", "cap": 1.0}
    draft = drafted(farm(needs=needs), **capped)

    # 5 gross in each year are enough; by plough they take 20 hours a year.
    assert draft.plan is not None
    assert draft.plan.labour_used.sum() == pytest.approx(40, rel=1e-6)
    np.testing.assert_allclose(draft.plan.activity[0], 0, atol=1e-6)


def test_a_year_without_target_has_no_fulfilment_and_its_weight_drops_out() -> None:
    needs: Rows = [
        {"year": 1, "good": "grain", "target": 20},
        {"year": 2, "good": "grain", "floor": 1},
    ]
    draft = drafted(farm(needs=needs), objective="common", year_weights=(0.5, 0.5))

    assert draft.fulfilment[1] is None
    assert draft.objective == pytest.approx(0.5 * 1.2, rel=1e-9)


def test_common_warns_of_a_neglected_year() -> None:
    stored: Rows = [{"good": "grain", "spoilage": 0}]
    draft = drafted(farm(goods=stored), objective="common", year_weights=(0.1, 1.0))

    assert draft.fulfilment[0] == pytest.approx(0.0, abs=1e-8)
    assert any("not care" in sentence for sentence in draft.explain())


def test_least_labour_counts_floors_and_targets() -> None:
    needs: Rows = [{"year": 1, "good": "grain", "target": 4, "floor": 8}]
    draft = drafted(farm(needs=needs), objective="labour")

    # 8 net are 10 gross, all by plough: 40 hours in each of two years.
    assert draft.objective == pytest.approx(80, rel=1e-12)


def test_weighted_needs_are_satiable() -> None:
    needs: Rows = [{"year": 1, "good": "grain", "target": 4}]
    draft = drafted(farm(needs=needs), objective="weighted", weights={"grain": 3.0})

    assert draft.objective == pytest.approx(2 * 3 * 4, rel=1e-12)


@pytest.mark.parametrize(
    ("needs", "aims", "word"),
    [
        ([{"year": 1, "good": "grain", "floor": 1}], {}, "target"),
        (
            [{"year": 1, "good": "grain", "target": 2, "kind": "output"}],
            {"objective": "weighted"},
            "output",
        ),
        (
            [{"year": 1, "good": "grain", "target": 2}],
            {"objective": "common", "year_weights": (1.0,)},
            "year_weights",
        ),
        ([{"year": 1, "good": "grain", "target": 2}], {"years": 0}, "--years"),
    ],
)
def test_aims_that_cannot_be_pursued_are_refused(
    needs: Rows, aims: dict[str, object], word: str
) -> None:
    with pytest.raises(DataError, match=word):
        drafted(farm(needs=needs), **aims)


def test_a_draft_starts_from_an_earlier_one() -> None:
    economy, folder = read_economy("ussr-1928"), folder_path("ussr-1928")
    aims = read_aims("basic-variant", economy, folder)
    earlier, end = solve_problem(Returns(economy), aims)
    assert aims.needs is not None
    targets = aims.needs.numbers("target") * 1.01
    changed = replace(aims, needs=aims.needs.with_column("target", targets))

    cold, _ = solve_problem(Returns(economy), changed)
    warm, _ = solve_problem(Returns(economy), changed, start=end)

    assert warm.objective == pytest.approx(cold.objective, rel=1e-9)
    assert warm.objective < earlier.objective
    assert warm.certificate is not None
    assert warm.certificate.gap <= 1e-7


def test_both_prices_of_a_good_enclose_the_printed_one() -> None:
    economy = read_economy("federation-12")
    draft = optimum(Returns(economy))
    assert draft.hours is not None

    for good in ("bread", "milk"):
        place = economy.goods.names.index(good)
        price = one_sided(Returns(economy), Aims(), good)
        assert (price.less <= price.more + 1e-6).all()
        assert (price.less <= draft.hours.goods[place] + 1e-5).all()
        assert (draft.hours.goods[place] <= price.more + 1e-5).all()


def test_a_price_needs_a_plan_and_a_known_good() -> None:
    with pytest.raises(DataError, match="grain"):
        one_sided(Returns(farm()), Aims(years=1, terminal=None), "grian")
    impossible = farm(needs=[{"year": 1, "good": "grain", "target": 2, "floor": 100}])
    with pytest.raises(PlanningError, match="no plan"):
        one_sided(Returns(impossible), Aims(years=1, terminal=None), "grain")


def test_the_cost_of_one_more_unit_is_said_in_hours() -> None:
    draft = drafted(farm(), years=1)

    # 10 hours, as reckoned above.
    (sentence,) = [words for words in draft.explain() if words.startswith("One more unit in 1")]
    assert sentence == "One more unit in 1 costs: grain 10 hours (counted in t)."
