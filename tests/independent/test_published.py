"""The independent formulation against figures that other programs found."""

import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from tests.independent.case import Case, read_case
from tests.independent.five_year_plan import five_year_plan_case
from tests.independent.problem import solve

# economies/ussr-1928/README.md, "The converted folder under plan-problem.md": greatest phi with
# all extensions; with nothing wasted, consumption at most max(N, f); with works under
# construction as the only extension. None: infeasible.
USSR = {
    "basic-variant": (0.978287, 0.514134, 1.149145),
    "optimal-variant": (0.678486, 0.234874, 0.800111),
    "command-1930": (0.430217, 0.229371, 0.462126),
    "consumption-first": (1.339393, 0.815171, 1.921190),
}
USSR_YEARLY = {
    "basic-variant": 0.580144,
    "optimal-variant": 0.206996,
    "command-1930": 0.139834,
    "consumption-first": None,
}
USSR_NEEDS_ALONE = 0.937029

# reference/5yearplan/*/expected.json: linear_programme, objective.
FIVE_YEAR_PLANS = {
    "demo": 8.797299129455231,
    "pascal4x2": 2.506378581818424,
    "gen_10x5": 7.234369675249798,
    "gen_20x5": 8.283115746551546,
    "gen_50x5": 8.386750030217163,
}

PRINTED = 0.5e-6  # six digits after the point


def ussr(shared: Path, aims: str | None = None) -> Case:
    folder = shared / "data/economies/ussr-1928"
    return read_case(folder, folder / f"aims-{aims}.toml" if aims else None)


def goods_not_to_be_wasted(shared: Path, aims: str) -> list[str]:
    """Return the list that stands as a comment in the file of aims."""
    text = (shared / f"data/economies/ussr-1928/aims-{aims}.toml").read_text(encoding="utf-8")
    line = next(line for line in text.splitlines() if line.startswith("# no_waste"))
    return list(tomllib.loads(line.removeprefix("# "))["no_waste"])


def without_extensions(case: Case) -> Case:
    kept = ("year", "first_year")
    tables = {name: case.tables[name] for name in case.tables if "under" not in name}
    return replace(case, settings={key: case.settings[key] for key in kept}, tables=tables)


@pytest.mark.parametrize("aims", USSR)
def test_ussr_1928_with_all_extensions(aims: str, shared: Path) -> None:
    answer = solve(ussr(shared, aims))

    assert answer.objective == pytest.approx(USSR[aims][0], abs=PRINTED)


@pytest.mark.parametrize("aims", USSR)
def test_ussr_1928_with_nothing_wasted(aims: str, shared: Path) -> None:
    case = ussr(shared, aims)
    kept = {"no_waste": goods_not_to_be_wasted(shared, aims)}

    answer = solve(replace(case, aims=case.aims | kept))

    assert answer.objective == pytest.approx(USSR[aims][1], abs=PRINTED)


@pytest.mark.parametrize("aims", USSR)
def test_ussr_1928_with_works_under_construction_only(aims: str, shared: Path) -> None:
    case = ussr(shared, aims)

    answer = solve(replace(without_extensions(case), tables=case.tables))

    assert answer.objective == pytest.approx(USSR[aims][2], abs=PRINTED)


@pytest.mark.parametrize("aims", USSR)
def test_ussr_1928_without_extensions_is_infeasible(aims: str, shared: Path) -> None:
    assert solve(without_extensions(ussr(shared, aims))).status == "infeasible"


@pytest.mark.parametrize("aims", USSR_YEARLY)
def test_ussr_1928_with_a_target_in_every_year(aims: str, shared: Path) -> None:
    answer = solve(ussr(shared, f"{aims}-yearly"))

    expected = USSR_YEARLY[aims]
    if expected is None:
        assert answer.status == "infeasible"
    else:
        assert answer.objective == pytest.approx(expected, abs=PRINTED)


def test_ussr_1928_with_its_own_needs(shared: Path) -> None:
    answer = solve(ussr(shared))

    assert answer.objective == pytest.approx(USSR_NEEDS_ALONE, abs=PRINTED)


@pytest.mark.parametrize("name", FIVE_YEAR_PLANS)
def test_five_year_plans_sum_up_to_the_published_fulfilment(name: str, shared: Path) -> None:
    answer = solve(five_year_plan_case(shared / "data/reference/5yearplan" / name))

    assert answer.objective == pytest.approx(FIVE_YEAR_PLANS[name], rel=1e-6)
