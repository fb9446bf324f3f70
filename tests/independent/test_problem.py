"""The independent formulation on cases small enough to work out by hand."""

import pytest

from tests.independent.case import Case, Row
from tests.independent.problem import solve


def corn(
    *,
    technique: dict[str, object] | None = None,
    good: dict[str, object] | None = None,
    needs: list[Row] | None = None,
    **aims: object,
) -> Case:
    """One good made from itself: 1 a unit of activity, 0.2 of it sown again, 2 hours of 100."""
    return Case(
        settings={"year": 1},
        tables={
            "goods.csv": [{"good": "corn", **(good or {})}],
            "techniques.csv": [{"technique": "field", **(technique or {})}],
            "flows.csv": [
                {"technique": "field", "good": "corn", "role": "output", "amount": 1.0},
                {"technique": "field", "good": "corn", "role": "input", "amount": 0.2},
                {"technique": "field", "good": "corn", "role": "capital", "amount": 2.0},
            ],
            "labour.csv": [{"technique": "field", "skill": "hands", "hours": 2.0}],
            "supply.csv": [{"year": 1, "kind": "labour", "name": "hands", "amount": 100.0}],
            "needs.csv": needs or [{"year": 1, "good": "corn", "target": 20.0}],
        },
        aims={"years": 1, **aims},
    )


def optimum(case: Case) -> float:
    answer = solve(case)
    assert answer.objective is not None, answer.status
    return answer.objective


def test_labour_alone_limits_what_unlimited_fields_give() -> None:
    assert optimum(corn()) == pytest.approx(50 * 0.8 / 20)


@pytest.mark.parametrize("gestation", [1, 2])
def test_wear_is_made_good_at_the_end(gestation: int) -> None:
    # K0 = 10 gives 8; 1 of capacity wears, of 2 corn; a longer order is half paid, half counted.
    fields: dict[str, object] = {"capacity": 10.0, "wear": 0.1, "gestation": gestation}

    assert optimum(corn(technique=fields)) == pytest.approx((8 - 2) / 20)
    assert optimum(corn(technique=fields, terminal="none")) == pytest.approx(8 / 20)
    assert optimum(corn(technique=fields, terminal=0.1)) == pytest.approx((8 - 4) / 20)


def test_opening_stock_spoils_before_it_is_used_and_is_restored() -> None:
    # 40 from the fields and 10 x 0.7 from the store; 10 go back to the store.
    store: dict[str, object] = {"stock": 10.0, "spoilage": 0.3}

    assert optimum(corn(good=store)) == pytest.approx((40 + 7 - 10) / 20)
    assert optimum(corn(good=store, terminal="none")) == pytest.approx((40 + 7) / 20)


def test_weight_of_a_year_without_target_drops_out() -> None:
    needs: list[Row] = [
        {"year": 2, "good": "corn", "target": 20.0},
        {"year": 3, "good": "corn", "public": 8.0},
    ]

    # Years 1 and 3 have no target; what year 1 makes is stored for year 2.
    fulfilment = optimum(corn(needs=needs, years=3, objective="common"))

    assert fulfilment == pytest.approx((40 + 40) / 20 / 3)


def test_cap_holds_for_each_year() -> None:
    capped = corn(years=2, objective="common", cap=1.5, year_weights=[1.0, 3.0])

    assert optimum(capped) == pytest.approx(1.5 + 3 * 1.5)


def test_output_target_counts_gross_output_from_its_base() -> None:
    needs: list[Row] = [
        {"year": 1, "good": "corn", "target": 110.0, "base": 10.0, "kind": "output"}
    ]

    assert optimum(corn(needs=needs)) == pytest.approx((50 - 10) / (110 - 10))


def test_needs_are_sated_at_the_greater_of_target_and_floor() -> None:
    needs: list[Row] = [{"year": 1, "good": "corn", "target": 5.0, "floor": 7.0}]

    assert optimum(corn(needs=needs, objective="weighted", weights={"corn": 3.0})) == 21


def test_least_labour_meets_target_and_floor() -> None:
    needs: list[Row] = [{"year": 1, "good": "corn", "target": 5.0, "floor": 8.0}]
    case = corn(needs=needs, objective="labour", labour_weights={"hands": 0.5})

    assert optimum(case) == pytest.approx(8 / 0.8 * 2 * 0.5)


def test_a_floor_out_of_reach_is_infeasible() -> None:
    needs: list[Row] = [{"year": 1, "good": "corn", "target": 20.0, "floor": 41.0}]

    assert solve(corn(needs=needs)).status == "infeasible"


def test_goods_without_labour_are_had_without_limit() -> None:
    case = corn()
    case.tables["labour.csv"] = []

    assert solve(case).status == "unbounded"


def test_limitless_goods_do_not_hide_a_floor_out_of_reach() -> None:
    case = corn(needs=[{"year": 1, "good": "corn", "target": 1.0}])
    case.tables["labour.csv"] = []
    case.tables["goods.csv"].append({"good": "salt"})
    case.tables["needs.csv"].append({"year": 1, "good": "salt", "floor": 1.0})

    assert solve(case).status == "infeasible"


@pytest.mark.parametrize(
    ("needs", "objective"),
    [
        pytest.param([{"year": 2, "good": "corn", "target": 1.0}], "ray", id="no target"),
        pytest.param([{"year": 1, "good": "corn", "floor": 1.0}], "common", id="only a floor"),
        pytest.param(
            [{"year": 1, "good": "corn", "target": 1.0, "kind": "output"}], "weighted", id="output"
        ),
    ],
)
def test_bad_input_gets_no_answer(needs: list[Row], objective: str) -> None:
    with pytest.raises(ValueError, match="target"):
        solve(corn(needs=needs, objective=objective))


def test_labour_that_begins_after_the_first_year_is_bad_input() -> None:
    case = corn()
    case.tables["supply.csv"][0]["year"] = 2

    with pytest.raises(ValueError, match="begins after"):
        solve(case)


def test_an_unknown_misreading_is_refused() -> None:
    with pytest.raises(KeyError):
        solve(corn(), "no such misreading")


def test_short_and_long_form_of_the_same_plant_agree() -> None:
    fields: Row = {"capacity": 10.0, "wear": 0.1, "gestation": 1}
    short, long = corn(technique=fields), corn()
    long.tables["flows.csv"] = long.tables["flows.csv"][:2]
    long.tables["plants.csv"] = [{"plant": "land", **fields}]
    long.tables["building.csv"] = [{"plant": "land", "good": "corn", "amount": 2.0}]
    long.tables["loads.csv"] = [{"technique": "field", "plant": "land", "load": 1.0}]

    assert optimum(short) == pytest.approx(optimum(long), rel=1e-12)
