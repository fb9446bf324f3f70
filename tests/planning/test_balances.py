"""Gross output, labour contents, rounds by hand, and the method of balances."""

import csv
import gzip
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.sparse import csr_array
from tests.planning.small import folder, workshop

from sovplan.foundation.errors import DataError, NotProductive
from sovplan.foundation.residuals import primal_residual
from sovplan.history.economies import read_economy, read_economy_folder
from sovplan.planning.balances import balances, columns_of, need_of
from sovplan.planning.coefficients import (
    by_hand,
    gross_output,
    labour_contents,
    mix_of,
    spectral_radius,
    unproductive,
)
from sovplan.planning.limits import problem_of
from sovplan.planning.optimum import optimum
from sovplan.records.aims import Aims
from sovplan.records.assembly import economy_of
from sovplan.records.calendar import calendar_of
from sovplan.records.economy import Economy
from sovplan.records.folder import Folder, Table
from sovplan.records.identities import balance_error
from sovplan.records.returns import Returns

# Miller and Blair (2009), table 2.3: flows, final demand and gross output, in money of account.
FLOWS = np.array([[150.0, 500.0], [200.0, 100.0]])
FINAL = np.array([350.0, 1700.0])
OUTPUT = np.array([1000.0, 2000.0])
INPUTS = csr_array(FLOWS / OUTPUT)
SECTORS = ("sector 1", "sector 2")

N = 4
SMALL = arrays(float, (N, N), elements=st.just(0.0) | st.floats(1e-3, 0.24))
USES = arrays(float, N, elements=st.floats(0, 1e6))


def economy(rows: dict[str, list[dict[str, object]]], **settings: object) -> Economy:
    """Return an economy of the rows of its tables."""
    tables = {name: Table.of(name, listed) for name, listed in rows.items()}
    base = {"format": 1, "name": "test", "year": 1}
    return economy_of(Folder(base | settings, tables))


def coal_and_power(**changes: list[dict[str, object]]) -> dict[str, list[dict[str, object]]]:
    """Return an economy worked by hand: coal 0.5 power, power 0.2 coal, two makers of power.

    For 100 coal and 60 power:  c = 0.2 p + 100,  p = 0.5 c + 60  gives  c = 112 / 0.9 and
    p = 110 / 0.9.
    """
    rows: dict[str, list[dict[str, object]]] = {
        "goods.csv": [{"good": "coal"}, {"good": "power"}],
        "techniques.csv": [
            {"technique": "mine", "capacity": 200},
            {"technique": "old", "capacity": 90},
            {"technique": "new", "capacity": 30},
        ],
        "flows.csv": [
            {"technique": "mine", "good": "coal", "role": "output", "amount": 1},
            {"technique": "mine", "good": "power", "role": "input", "amount": 0.5},
            {"technique": "old", "good": "power", "role": "output", "amount": 1},
            {"technique": "old", "good": "coal", "role": "input", "amount": 0.2},
            {"technique": "new", "good": "power", "role": "output", "amount": 2},
            {"technique": "new", "good": "coal", "role": "input", "amount": 0.4},
        ],
        "labour.csv": [
            {"technique": "mine", "skill": "work", "hours": 2},
            {"technique": "old", "skill": "work", "hours": 1},
            {"technique": "new", "skill": "work", "hours": 1},
        ],
        "supply.csv": [{"year": 1, "kind": "labour", "name": "work", "amount": 1000}],
        "needs.csv": [
            {"year": 1, "good": "coal", "target": 100},
            {"year": 1, "good": "power", "target": 60},
        ],
    }
    return rows | {name.replace("_", ".", 1): table for name, table in changes.items()}


@pytest.mark.parametrize(
    ("final", "printed", "digits"),
    [
        pytest.param(FINAL, OUTPUT, 6, id="base year"),
        pytest.param([600.0, 1500.0], [1247.5, 1841.6], 1, id="new demand, after table 2.4"),
    ],
)
def test_gross_output_is_that_printed_by_miller_and_blair(
    final: list[float], printed: list[float], digits: int
) -> None:
    np.testing.assert_allclose(INPUTS.toarray(), [[0.15, 0.25], [0.20, 0.05]])

    output = gross_output(INPUTS, np.array(final), SECTORS)

    np.testing.assert_array_almost_equal(output, printed, digits)


def _matrix(path: Path, row: str, column: str, names: list[str]) -> np.ndarray:
    place = {name: index for index, name in enumerate(names)}
    found = np.zeros((len(names), len(names)))
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in csv.DictReader(file):
            if line[column] in place:  # households, exports and other final users have no product
                found[place[line[row]], place[line[column]]] = float(line["value"])
    return found


def test_the_inverse_of_russia_2016_is_that_of_its_statistical_office(shared: Path) -> None:
    folder = shared / "data" / "tables" / "ru_rosstat_2016"
    with (folder / "primary.csv").open(encoding="utf-8") as file:
        output = {line["product"]: float(line["output"]) for line in csv.DictReader(file)}
    names = list(output)
    flows = _matrix(folder / "use_domestic.csv.gz", "product", "user", names)
    official = _matrix(
        folder / "official_total_requirements.csv.gz", "product", "per_1000_of", names
    )
    made = np.array(list(output.values()))
    inputs = csr_array(np.divide(flows, made, out=np.zeros_like(flows), where=made > 0))

    found = np.column_stack([gross_output(inputs, 1000.0 * unit, names) for unit in np.eye(98)])

    # Per mille, to the digits in which the README of the table gives the gaps.
    assert round(float(np.abs(found - official).max()), 2) <= 0.11
    assert round(float(np.abs(found - official).mean()), 4) <= 0.0016


@given(SMALL, USES)
def test_gross_output_covers_inputs_and_final_use(inputs: np.ndarray, final: np.ndarray) -> None:
    output = gross_output(csr_array(inputs), final, list("abcd"))

    np.testing.assert_allclose(inputs @ output + final, output, rtol=1e-12, atol=1e-6)
    assert (output >= final * (1 - 1e-12)).all(), "less is made than is used"


@given(SMALL, arrays(float, N, elements=st.floats(0, 100)))
def test_hours_paid_are_the_labour_content_of_final_use(
    inputs: np.ndarray, labour: np.ndarray
) -> None:
    names, final = list("abcd"), np.array([1.0, 2.0, 3.0, 4.0])
    content = labour_contents(csr_array(inputs), labour, names)
    output = gross_output(csr_array(inputs), final, names)

    np.testing.assert_allclose(content @ inputs + labour, content, rtol=1e-12, atol=1e-9)
    np.testing.assert_allclose(labour @ output, content @ final, rtol=1e-12, atol=1e-9)


@given(arrays(float, (N, N), elements=st.just(0.0) | st.floats(1e-3, 2.0)))
def test_the_spectral_radius_is_the_greatest_eigenvalue(inputs: np.ndarray) -> None:
    greatest = float(np.abs(np.linalg.eigvals(inputs)).max())

    # A dense eigenvalue of a defective matrix is known to the fourth root of rounding only.
    assert spectral_radius(csr_array(inputs)) == pytest.approx(greatest, abs=2e-4)


def test_goods_that_eat_one_another_are_named_and_those_that_need_them_are_not() -> None:
    # Coal takes 2 of power, power takes 0.6 of coal: 1.2 coal for each. Bread only needs power.
    inputs = csr_array(np.array([[0.0, 0.6, 0.0], [2.0, 0.0, 0.3], [0.0, 0.0, 0.1]]))

    assert unproductive(inputs).tolist() == [0, 1]
    with pytest.raises(NotProductive) as refused:
        gross_output(inputs, np.ones(3), ("coal", "power", "bread"))
    assert refused.value.goods == ("coal", "power")
    with pytest.raises(NotProductive):
        labour_contents(csr_array(np.eye(1)), np.ones(1), ("grain",))


def test_rounds_by_hand_are_the_first_terms_of_the_series() -> None:
    final, dense = np.array([10.0, 20.0]), INPUTS.toarray()
    output = gross_output(INPUTS, final, SECTORS)

    none, two, many = by_hand(INPUTS, final, output, (0, 2, 60))

    np.testing.assert_allclose(none.output, final)
    np.testing.assert_allclose(two.output, final + dense @ final + dense @ dense @ final)
    np.testing.assert_allclose(two.missing, (output - two.output) / output)
    assert none.worst > two.worst > many.worst
    assert many.worst < 1e-12


def test_techniques_share_a_good_by_opening_capacity_or_as_told() -> None:
    found = economy(coal_and_power())

    # 90 units of activity make 90, 30 make 60.
    np.testing.assert_allclose(mix_of(found).shares, [1.0, 0.6, 0.4])
    np.testing.assert_allclose(mix_of(found, {"new": 0.75}).shares, [1.0, 0.25, 0.75])
    np.testing.assert_allclose(mix_of(found).activities(np.array([10.0, 100.0])), [10, 60, 20])


@pytest.mark.parametrize(
    ("shares", "message"),
    [
        ({"nwe": 0.5}, 'Did you mean "new"'),
        ({"new": -0.1}, "0 or more"),
        ({"new": 1.5}, "add up to 1"),
        ({"new": 0.5, "old": 0.4}, "add up to 0.9"),
    ],
)
def test_wrong_shares_are_refused(shares: dict[str, float], message: str) -> None:
    with pytest.raises(DataError, match=message):
        mix_of(economy(coal_and_power()), shares)


def test_a_limit_without_a_unit_leaves_no_gap() -> None:
    draft = balances(Returns(read_economy("two-goods")), fit=False)

    assert draft.status == "infeasible"
    assert any("against" in sentence for sentence in draft.explain())
    assert not any("  (" in sentence for sentence in draft.explain())


def test_joint_products_come_with_the_main_one() -> None:
    """Sheep give wool and, with each unit of it, half a unit of meat; a butcher makes the rest."""
    rows = workshop(
        goods=[{"good": "wool", "spoilage": 1}, {"good": "meat", "spoilage": 1}],
        techniques=[{"technique": "sheep"}, {"technique": "butcher"}],
        flows=[
            {"technique": "sheep", "good": "wool", "role": "output", "amount": 1},
            {"technique": "sheep", "good": "meat", "role": "output", "amount": 0.5},
            {"technique": "butcher", "good": "meat", "role": "output", "amount": 1},
            {"technique": "butcher", "good": "wool", "role": "input", "amount": 0.1},
        ],
        labour=[
            {"technique": "sheep", "skill": "work", "hours": 1},
            {"technique": "butcher", "skill": "work", "hours": 1},
        ],
        needs=[
            {"year": 1, "good": "wool", "target": 10},
            {"year": 1, "good": "meat", "target": 20},
        ],
    )
    draft = balances(Returns(economy_of(folder(rows))), Aims(years=1, terminal=None))
    assert draft.plan is not None
    # sheep = 10 + 0.1 butcher, butcher = 20 - 0.5 sheep.
    sheep = 12 / 1.05
    assert draft.plan.activity[:, 0] == pytest.approx([sheep, 20 - sheep / 2])
    assert abs(draft.plan.waste).max() < 1e-9


def test_where_so_much_comes_besides_none_is_made_for_itself() -> None:
    rows = workshop(
        goods=[{"good": "wool", "spoilage": 1}, {"good": "meat", "spoilage": 1}],
        techniques=[{"technique": "sheep"}, {"technique": "butcher"}],
        flows=[
            {"technique": "sheep", "good": "wool", "role": "output", "amount": 1},
            {"technique": "sheep", "good": "meat", "role": "output", "amount": 0.5},
            {"technique": "butcher", "good": "meat", "role": "output", "amount": 1},
        ],
        labour=[
            {"technique": "sheep", "skill": "work", "hours": 1},
            {"technique": "butcher", "skill": "work", "hours": 1},
        ],
        needs=[
            {"year": 1, "good": "wool", "target": 10},
            {"year": 1, "good": "meat", "target": 2},
        ],
    )
    draft = balances(Returns(economy_of(folder(rows))), Aims(years=1, terminal=None))
    assert draft.plan is not None
    assert draft.plan.activity[:, 0].tolist() == [10.0, 0.0]
    assert draft.plan.waste[:, 0] == pytest.approx([0.0, 3.0])


def test_targets_that_do_not_fit_are_met_by_an_even_share() -> None:
    returns, aims = Returns(read_economy("two-goods")), Aims()
    draft = balances(returns, aims)
    assert draft.plan is not None
    assert draft.objective < 1.0
    assert draft.facts is not None
    assert draft.facts["primal"] <= 1e-9
    share = draft.objective
    problem = problem_of(returns.declared, aims, calendar_of(returns.declared, aims))
    more = columns_of(problem, need_of(problem, mix_of(returns.declared), share + 1e-5))
    assert primal_residual(problem.programme, more) > 1e-7


def test_balances_meet_every_target_and_no_more() -> None:
    found = economy(coal_and_power())

    draft = balances(Returns(found), years=2)

    assert draft.status == "feasible"
    assert draft.plan is not None
    np.testing.assert_allclose(draft.plan.output[:, 1], [112 / 0.9, 110 / 0.9])
    np.testing.assert_allclose(draft.plan.consumption[:, 0], [100, 60])
    np.testing.assert_allclose(draft.plan.waste, 0, atol=1e-9)
    # v = v A + l: coal = 2 + 0.5 power, power = 0.2 coal + 0.6 * 1 + 0.4 * 0.5.
    assert draft.labour_content is not None
    np.testing.assert_allclose(draft.labour_content[:, 0], [2.4 / 0.9, 1.2 / 0.9])
    assert balance_error(found, draft.plan) < 1e-12
    assert draft.fulfilment == (1.0, 1.0)


def test_no_plan_of_balances_takes_less_labour_than_the_optimum() -> None:
    found = Returns(economy(coal_and_power()))
    aims = Aims(objective="labour", years=1)

    assert balances(found, aims).objective >= optimum(found, aims).objective * (1 - 1e-9)


def test_what_the_balances_exceed_is_named_with_amounts() -> None:
    rows = coal_and_power()
    rows["supply.csv"] = [{"year": 1, "kind": "labour", "name": "work", "amount": 300}]
    rows["techniques.csv"][0] = {"technique": "mine", "capacity": 100}

    draft = balances(Returns(economy(rows)), years=1, fit=False)

    assert draft.status == "infeasible"
    assert draft.plan is None
    assert draft.conflict is not None
    changes = {change.limit.kind: change for change in draft.conflict.changes}
    assert set(changes) == {"capacity", "labour"}
    assert changes["capacity"].limit.name == "mine"
    assert changes["capacity"].to == pytest.approx(112 / 0.9)
    assert changes["capacity"].relative == pytest.approx(112 / 0.9 / 100 - 1)
    # 2 hours a coal; 0.6 and 0.2 units of activity for a power.
    assert changes["labour"].to == pytest.approx(2 * 112 / 0.9 + 0.8 * 110 / 0.9)
    assert any("mine" in sentence for sentence in draft.sentences)


def test_a_good_that_nobody_makes_or_sells_is_named() -> None:
    rows = coal_and_power()
    rows["goods.csv"].append({"good": "salt"})
    rows["flows.csv"].append({"technique": "mine", "good": "salt", "role": "input", "amount": 0.1})

    draft = balances(Returns(economy(rows)), years=1)

    assert draft.conflict is not None
    assert [(one.kind, one.name) for one in draft.conflict.limits] == [("balance", "salt")]


def test_a_target_of_output_raises_output_and_leaves_the_rest_over() -> None:
    rows = coal_and_power()
    rows["needs.csv"].append({"year": 1, "good": "coal", "target": 130, "kind": "output"})

    draft = balances(Returns(economy(rows)), years=1)

    assert draft.plan is not None
    # 130 coal take 65 power; power = 125 takes 25 coal; 100 are consumed, 5 left over.
    np.testing.assert_allclose(draft.plan.output[:, 0], [130, 125])
    np.testing.assert_allclose(draft.plan.waste[:, 0], [5, 0], atol=1e-9)


def test_plants_are_renewed_so_that_the_terminal_rule_holds() -> None:
    folder = read_economy_folder("two-goods")
    needs = folder.table("needs.csv").with_column("target", np.array([50.0, 5.0]))
    needs = needs.with_column("floor", np.array([0.0, 0.0]))
    found = economy_of(folder.with_table(needs))

    draft = balances(Returns(found), Aims(years=3, terminal=0.0))

    assert draft.status == "feasible"
    assert draft.plan is not None
    np.testing.assert_allclose(draft.plan.capacity[:, -1], found.plants.capacity)


def test_a_target_of_output_that_another_target_outgrows_does_not_hold_it_back() -> None:
    rows = coal_and_power()
    rows["needs.csv"] += [
        {"year": 1, "good": "coal", "target": 130, "kind": "output"},
        {"year": 1, "good": "power", "target": 123, "kind": "output"},
    ]

    draft = balances(Returns(economy(rows)), years=1)

    # Without targets power would be 122.2; 130 coal alone raise it to 125, above its own target.
    assert draft.plan is not None
    np.testing.assert_allclose(draft.plan.output[:, 0], [130, 125])


def test_what_stores_lose_is_made_anew() -> None:
    rows = coal_and_power()
    rows["goods.csv"] = [{"good": "coal", "stock": 20, "spoilage": 0.1}, {"good": "power"}]

    draft = balances(Returns(economy(rows)), years=2)

    # 2 coal a year are lost: c = 0.2 p + 102, p = 0.5 c + 60.
    assert draft.plan is not None
    np.testing.assert_allclose(draft.plan.stock[0], [20, 20])
    np.testing.assert_allclose(draft.plan.output[0], [114 / 0.9, 114 / 0.9])
