"""The certificate: exact on real economies in any units, and not to be had with a wrong plan."""

from dataclasses import replace

import numpy as np
import pytest
from tests.planning.rescale import in_other_units, table_in_other_units

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
    return optimum(Returns(economy), wanted)


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
    draft = optimum(Returns(economy), wanted)

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
