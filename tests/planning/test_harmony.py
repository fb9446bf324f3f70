"""Harmony: the published procedure to the digit, and the corrected one with its bound."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import minimize
from scipy.sparse import csr_array
from tests.planning.five_year import CASES, expected, five_year
from tests.planning.small import folder, workshop

from sovplan.planning.harmony.corrected import CLOSE, EVENNESS, harmony
from sovplan.planning.harmony.measure import harmony as measure
from sovplan.planning.harmony.measure import slope
from sovplan.planning.harmony.published import Complex, net_output, published
from sovplan.planning.harmony.translate import harmony_published
from sovplan.planning.optimum import optimum
from sovplan.records.aims import Aims
from sovplan.records.assembly import economy_of
from sovplan.records.identities import balance_error
from sovplan.records.returns import Returns

PUBLISHED = {
    "demo": -15.3005,
    "pascal4x2": 2.2907,
    "gen_10x5": 13.0426,
    "gen_20x5": 36.8348,
    "gen_50x5": 78.9087,
}


@pytest.mark.parametrize("name", CASES)
def test_the_published_procedure_ends_where_its_program_ends(
    name: str, shared: Path, tmp_path: Path
) -> None:
    draft = harmony_published(*five_year(shared, name, tmp_path))
    assert draft.facts is not None
    assert draft.facts["harmony"] == pytest.approx(PUBLISHED[name], abs=1e-4)
    total = expected(shared, name)["harmony"]["total_harmony"]
    assert draft.facts["harmony"] == pytest.approx(total, abs=1e-6)


def test_every_good_of_every_year_is_reached_as_the_program_printed(
    shared: Path, tmp_path: Path
) -> None:
    draft = harmony_published(*five_year(shared, "gen_10x5", tmp_path))
    assert draft.plan is not None
    years = expected(shared, "gen_10x5")["harmony"]["years"]
    printed = np.array([year["netoutput"] for year in years]).T
    np.testing.assert_allclose(draft.plan.consumption, printed, rtol=1e-6)


def excavators(shared: Path) -> Complex:
    rows = (shared / "data/reference/5yearplan/kantorovich-excavators/techniques.csv").read_text()
    listed = [row.split(",") for row in rows.split()[1:]]
    products = [*"ABC", "M1", "M2", "M3"]
    outputs, inputs = np.zeros((6, 9)), np.zeros((6, 9))
    for j, (_, product, machine, rate) in enumerate(listed):
        outputs[products.index(product), j] = float(rate)
        inputs[products.index(machine), j] = 1.0
    machines = np.arange(6) >= 3
    return Complex(
        csr_array(inputs),
        csr_array(outputs),
        outputs.argmax(axis=0),
        machines.astype(float),
        np.where(machines, 0.05, 64.0),
        machines,
        machines,
    )


def test_the_excavators_are_shared_out_as_the_program_shared_them(shared: Path) -> None:
    case = excavators(shared)
    printed = expected(shared, "kantorovich-excavators")["harmony_program"]
    activity = published(case)
    np.testing.assert_allclose(activity, printed["intensities_T0_to_T8"], atol=6e-5)
    made = net_output(case, activity)
    np.testing.assert_allclose(made[:3], [*printed["net_outputs"].values()], atol=6e-5)


@pytest.mark.parametrize("name", CASES)
def test_the_corrected_procedure_is_feasible_even_and_more_harmonious(
    name: str, shared: Path, tmp_path: Path
) -> None:
    returns, aims = five_year(shared, name, tmp_path)
    draft = harmony(returns, aims)
    assert draft.status == "feasible"
    assert draft.plan is not None
    assert draft.facts is not None
    assert draft.facts["primal"] <= 1e-9
    assert balance_error(draft.economy, draft.plan) <= 1e-9
    target = draft.calendar.target
    wanted = target > 0
    shares = draft.plan.consumption[wanted] / target[wanted]
    even = optimum(returns, replace(aims, objective="ray", year_weights=None), thorough=False)
    assert shares.min() > 0.9 * even.objective
    assert shares.min() >= EVENNESS * even.objective - 1e-9
    had, bound = draft.facts["harmony"], draft.facts["harmony_bound"]
    assert had == pytest.approx(float(measure(shares).sum()), abs=1e-9)
    assert had <= bound + 1e-9 <= had + CLOSE * wanted.sum() + 2e-9
    # Zero targets weigh nothing here; in the published total each has a harmony of its own.
    assert had > expected(shared, name)["harmony"]["total_harmony"]


def test_the_greatest_harmony_is_that_of_another_optimiser() -> None:
    # Two goods from 100 hours, 1 and 4 hours each: max H(a / 40) + H(b / 30), a + 4 b = 100.
    tables = workshop(
        goods=[{"good": "a", "spoilage": 1}, {"good": "b", "spoilage": 1}],
        techniques=[{"technique": "of a"}, {"technique": "of b"}],
        flows=[
            {"technique": f"of {name}", "good": name, "role": "output", "amount": 1}
            for name in "ab"
        ],
        labour=[
            {"technique": "of a", "skill": "work", "hours": 1},
            {"technique": "of b", "skill": "work", "hours": 4},
        ],
        needs=[
            {"year": 1, "good": "a", "target": 40},
            {"year": 1, "good": "b", "target": 30},
        ],
    )
    aims = Aims(years=1, terminal=None)
    draft = harmony(Returns(economy_of(folder(tables))), aims, evenness=0.0)

    def missed(b: np.ndarray) -> float:
        return -float(measure(np.array([(100 - 4 * b[0]) / 40, b[0] / 30])).sum())

    best = minimize(missed, [10.0], bounds=[(0, 25)])
    assert draft.facts is not None
    assert draft.facts["harmony"] == pytest.approx(-best.fun, abs=2 * CLOSE)
    assert draft.facts["harmony_bound"] >= -best.fun - 1e-9


@given(share=st.floats(0, 20), step=st.floats(-5, 5))
def test_harmony_is_concave_and_its_slope_is_its_slope(share: float, step: float) -> None:
    other = max(0.0, share + step)
    here = np.array([share])
    tangent = float(measure(here)[0] + slope(here)[0] * (other - share))
    assert float(measure(np.array([other]))[0]) <= tangent + 1e-9
    ahead = (measure(here + 1e-6) - measure(here - 1e-6)) / 2e-6
    assert float(ahead[0]) == pytest.approx(float(slope(here)[0]), abs=1e-5)


def test_a_target_that_cannot_be_kept_up_is_named() -> None:
    # Nobody makes the good that is wanted: no plan has any of it, and harmony leaves it at nothing.
    tables = workshop(
        goods=[{"good": "corn", "spoilage": 1}, {"good": "tea", "spoilage": 1}],
        needs=[
            {"year": 1, "good": "corn", "target": 80},
            {"year": 1, "good": "tea", "target": 5, "floor": 1},
        ],
    )
    draft = harmony(Returns(economy_of(folder(tables))), Aims(years=1, terminal=None))
    assert draft.status == "infeasible"
    assert any("tea" in sentence for sentence in draft.sentences)
