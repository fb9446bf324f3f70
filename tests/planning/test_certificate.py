"""The certificate: exact on real economies in any units, and not to be had with a wrong plan."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.sparse import csc_array
from tests.planning.rescale import in_other_units, table_in_other_units

from sovplan.foundation.programme import Programme
from sovplan.foundation.residuals import dual_bound, dual_residual, primal_residual
from sovplan.foundation.solver import solve
from sovplan.history.economies import (
    embedded,
    folder_path,
    read_aims,
    read_economy,
    read_economy_folder,
)
from sovplan.planning.certificate import certify
from sovplan.planning.limits import problem_of
from sovplan.planning.optimum import optimum
from sovplan.planning.quantities import plan_of
from sovplan.records.aims import Aims
from sovplan.records.assembly import economy_of
from sovplan.records.calendar import calendar_of
from sovplan.records.draft import Certificate, Draft
from sovplan.records.returns import Returns

EXACT = 1e-7
"""What the page asks of a certificate, in its own measure."""

CASES = [(found.name, aims) for found in embedded() for aims in (None, *found.aims)]


def worst(certificate: Certificate | None) -> float:
    assert certificate is not None
    return max(certificate.primal, certificate.dual, certificate.gap)


def drafted(name: str, aims: str | None) -> Draft:
    economy = read_economy(name)
    wanted = Aims() if aims is None else read_aims(aims, economy, folder_path(name))
    return optimum(Returns(economy), wanted, thorough=False)


@pytest.mark.parametrize(("name", "aims"), CASES)
def test_every_embedded_plan_is_proved(name: str, aims: str | None) -> None:
    draft = drafted(name, aims)

    if draft.status == "infeasible":
        assert (name, aims) == ("ussr-1928", "consumption-first-yearly")
        return
    assert draft.status == "optimal"
    assert worst(draft.certificate) <= EXACT
    assert draft.certificate is not None
    assert draft.certificate.balance <= 1e-9


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize(
    ("name", "aims"),
    [
        ("ussr-1928", "basic-variant"),
        ("ussr-1928", "optimal-variant-yearly"),
        ("ussr-1928", "command-1930"),
        ("ussr-1928", "consumption-first"),
        ("brazil-2021", None),
        ("federation-12", None),
    ],
)
def test_units_of_goods_do_not_matter(name: str, aims: str | None, seed: int) -> None:
    plain = drafted(name, aims)
    goods = plain.economy.goods.names
    powers = np.random.default_rng(seed).uniform(-6, 6, len(goods))
    factors = dict(zip(goods, 10.0**powers, strict=True))

    economy = economy_of(in_other_units(read_economy_folder(name), factors))
    wanted = Aims() if aims is None else read_aims(aims, read_economy(name), folder_path(name))
    if wanted.needs is not None:
        wanted = replace(wanted, needs=table_in_other_units(wanted.needs, factors))
    draft = optimum(Returns(economy), wanted, thorough=False)

    assert draft.objective == pytest.approx(plain.objective, rel=1e-9)
    assert worst(draft.certificate) <= EXACT
    assert draft.certificate is not None
    assert draft.certificate.balance <= 1e-9


def test_a_wrong_plan_or_wrong_prices_have_no_certificate() -> None:
    economy = read_economy("federation-12")
    aims = Aims()
    problem = problem_of(economy, aims, calendar_of(economy, aims))
    found = solve(problem.programme)
    plan = plan_of(problem, found.columns)
    right = certify(problem, found.columns, found.duals, plan)
    assert worst(right) <= EXACT

    busiest = int(np.argmax(found.columns[problem.columns["activity"].places].ravel()))
    place = problem.columns["activity"].places.ravel()[busiest]
    columns = found.columns.copy()
    columns[place] *= 1.001
    assert certify(problem, columns, found.duals, plan).primal > 1e-5

    dearest = int(np.argmax(np.abs(found.duals * problem.programme.row_high.clip(-1e6, 1e6))))
    duals = found.duals.copy()
    duals[dearest] *= 1.01
    wrong = certify(problem, found.columns, duals, plan)
    assert max(wrong.dual, wrong.gap) > 1e-5

    stolen = replace(plan, consumption=plan.consumption * 1.01)
    assert certify(problem, found.columns, found.duals, stolen).balance > 1e-4


def tiny(*, maximise: bool, low: float = 0.0, high: float = np.inf) -> Programme:
    """Return  a + b <= 8,  a - b >= -2,  b <= 4  with costs 3 and 1; nothing below `low`."""
    return Programme(
        np.array([3.0, 1.0]),
        csc_array(np.array([[1.0, 1.0], [1.0, -1.0]])),
        np.array([-np.inf, -2.0]),
        np.array([8.0, np.inf]),
        np.array([low, low]),
        np.array([high, 4.0]),
        maximise,
    )


@pytest.mark.parametrize(
    ("columns", "residual"),
    [
        ([4.0, 4.0], 0.0),
        ([6.0, 4.0], 2 / (6 + 8)),
        ([0.0, 4.0], 2 / (4 + 2)),
        ([4.0, 5.0], 1 / (5 + 4)),
        ([-1.0, 0.0], 1 / 1),
    ],
)
def test_each_side_and_bound_that_is_broken_is_a_residual(
    columns: list[float], residual: float
) -> None:
    assert primal_residual(tiny(maximise=True), np.array(columns)) == pytest.approx(residual)


@pytest.mark.parametrize(
    ("maximise", "duals", "residual"),
    [
        (True, [3.0, 0.0], 0.0),
        # In the maximum the price of a row >= may not be above 0, that of a row <= not below.
        (True, [3.0, 1.0], 1 / (3 + 1)),
        (True, [4.0, -1.0], 0.0),
        (True, [-1.0, 0.0], 1.0),
        # a has no upper bound: its cost may not exceed its prices.
        (True, [2.0, 0.0], 1 / (2 + 3)),
        # In the minimum the reverse.
        (False, [-1.0, 0.0], 0.0),
        (False, [1.0, 0.0], 1 / (1 + 1)),
        (False, [0.0, 1.0], 0.0),
        (False, [0.0, -1.0], 1 / (1 + 1)),
    ],
)
def test_a_price_on_an_open_side_or_a_column_without_bound_is_a_residual(
    *, maximise: bool, duals: list[float], residual: float
) -> None:
    assert dual_residual(tiny(maximise=maximise), np.array(duals)) == pytest.approx(residual)


def test_prices_bound_the_objective_by_sides_and_by_bounds() -> None:
    # 3 of a row of 8; b costs 1 - 3 and stands at 0.
    assert dual_bound(tiny(maximise=True), np.array([3.0, 0.0])) == pytest.approx(24.0)
    # b at its bound of 4 where it is worth more than its price.
    assert dual_bound(tiny(maximise=True, high=5.0), np.array([0.0, 0.0])) == pytest.approx(19.0)
    assert dual_bound(tiny(maximise=False, low=1.0), np.array([0.0, 0.0])) == pytest.approx(4.0)
