"""With targets of output: what is reached as it is, and with nothing left over."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from tests.planning.small import Rows, drafted, folder, workshop

from sovplan.history.economies import folder_path, read_aims, read_economy
from sovplan.planning.leftovers import made_alone, waste_shares
from sovplan.planning.optimum import optimum
from sovplan.records.draft import Draft
from sovplan.records.returns import Returns


def steel(**tables: Rows) -> dict[str, Rows]:
    """Return steel: 110 are a target of output, and 40 go into tools that people must have."""
    return (
        workshop(
            goods=[
                {"good": "steel", "title": "Steel", "spoilage": 1},
                {"good": "tools", "spoilage": 1},
            ],
            techniques=[{"technique": "mill"}, {"technique": "forge", "capacity": 40, "wear": 0}],
            flows=[
                {"technique": "mill", "good": "steel", "role": "output", "amount": 1},
                {"technique": "forge", "good": "steel", "role": "input", "amount": 1},
                {"technique": "forge", "good": "tools", "role": "output", "amount": 1},
            ],
            labour=[{"technique": "mill", "skill": "work", "hours": 1}],
            needs=[
                {"year": 1, "good": "steel", "kind": "output", "target": 110, "base": 10},
                {"year": 1, "good": "tools", "floor": 40},
            ],
        )
        | tables
    )


def strict(draft: Draft) -> dict[str, object] | None:
    assert draft.facts is not None
    found = draft.facts.get("none_wasted")
    assert found is None or isinstance(found, dict)
    return found


def test_both_fulfilments_are_reported_worked_by_hand() -> None:
    draft = drafted(folder(steel()))

    # 100 can be made with 100 hours; with none left over the forge takes 40: 30 of 100 above 10.
    assert draft.objective == pytest.approx(0.9)
    found = strict(draft)
    assert found is not None
    assert found["answer"] == "optimal"
    assert found["objective"] == pytest.approx(30 / 100)
    assert found["phi"] == (pytest.approx(30 / 100), pytest.approx(30 / 100))
    said = " ".join(draft.explain()[-1].split())
    assert "reaches 90 %. With nothing left over of any good 30 % can be reached." in said


def test_a_joint_product_may_be_left_over() -> None:
    slag = [
        *steel()["flows"],
        {"technique": "forge", "good": "slag", "role": "output", "amount": 1},
    ]
    goods = [*steel()["goods"], {"good": "slag", "spoilage": 1}]
    draft = drafted(folder(steel(flows=slag, goods=goods)))

    # Tools and slag come together: of neither can less be made alone.
    assert made_alone(draft.economy) == ("steel",)
    found = strict(draft)
    assert found is not None
    assert found["objective"] == pytest.approx(30 / 100)
    assert "(joint products aside)" in draft.explain()[-1]


def test_where_nothing_less_can_be_left_over_the_draft_says_so() -> None:
    goods: Rows = [
        {"good": "steel", "stock": 50},
        {"good": "tools", "spoilage": 1},
    ]
    limits = {"at_most": {"steel": 1}}
    draft = drafted(folder(steel(goods=goods), stock_limits=limits))

    # 49 of the old stock cannot stay in store; only 40 can be used.
    found = strict(draft)
    assert found is not None
    assert found["answer"] == "infeasible"
    assert "With nothing left over of any good there is no plan." in draft.explain()[-1]


@pytest.mark.parametrize(
    ("needs", "aims"),
    [
        # Nothing is left over.
        (
            [
                {"year": 1, "good": "steel", "kind": "output", "target": 40},
                {"year": 1, "good": "tools", "floor": 40},
            ],
            {"cap": 1.0, "objective": "common"},
        ),
        # No target of output.
        ([{"year": 1, "good": "tools", "target": 40}], {}),
        # No fulfilment.
        ([{"year": 1, "good": "steel", "kind": "output", "target": 90}], {"objective": "labour"}),
    ],
)
def test_where_one_fulfilment_is_all_no_second_is_reckoned(
    needs: Rows, aims: dict[str, Any]
) -> None:
    draft = drafted(folder(steel(needs=needs)), **aims)

    assert draft.done
    assert strict(draft) is None


def test_without_thoroughness_no_second_is_reckoned() -> None:
    assert strict(drafted(folder(steel()), thorough=False)) is None


def test_the_basic_variant_with_nothing_left_over_is_that_of_its_own_aims() -> None:
    economy = read_economy("ussr-1928")
    aims = read_aims("basic-variant", economy, folder_path("ussr-1928"))
    draft = optimum(Returns(economy), aims)
    found = strict(draft)
    assert found is not None

    exact = replace(aims, no_waste=made_alone(economy))
    again = optimum(Returns(economy), exact, thorough=False)
    assert found["objective"] == pytest.approx(again.objective, rel=1e-9)
    assert again.plan is not None
    alone = np.isin(economy.goods.names, made_alone(economy))
    assert waste_shares(again.plan)[alone].max() < 1e-6
    assert again.objective < 0.4 * draft.objective


def test_the_years_of_common_have_a_range() -> None:
    needs = [
        *steel()["needs"],
        {"year": 2, "good": "steel", "kind": "output", "target": 50},
    ]
    draft = drafted(folder(steel(needs=needs)), years=2, objective="common", cap=1.0)

    found = strict(draft)
    assert found is not None
    # 30 of 100 above 10 in year 1, 40 of 50 in year 2.
    assert found["phi"] == (pytest.approx(30 / 100), pytest.approx(40 / 50))
    assert "30\N{NO-BREAK SPACE}% to 80" in draft.explain()[-1]
