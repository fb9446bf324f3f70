"""The village beside an economy in kind: accounts, what crosses over, what planners see of it."""

import re
from pathlib import Path
from typing import Final

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from sovplan.cli.app import app
from sovplan.foundation.errors import DataError
from sovplan.lab.beside import Measure, peopled
from sovplan.lab.runs import Task, prepared, run_all, run_of
from sovplan.records.run import PlanningRun
from sovplan.regimes.countries import country_inputs
from sovplan.regimes.model import model_parameters
from sovplan.regimes.scenarios import read_scenario
from sovplan.society.nation.beside import FROM_OUTSIDE, STOCKS, Made, VillageBeside
from sovplan.society.nation.year import run_nation
from sovplan.society.opening import opened

FIRST: Final = 1929
AS_BEFORE: Final = Made(dict.fromkeys(FROM_OUTSIDE, 1.0), 1.0)
UNMOVED: Final = dict.fromkeys(STOCKS, 1.0)


@pytest.fixture(scope="module")
def tasks() -> list[Task]:
    return prepared("ussr-1928-village", years=2)


@pytest.fixture(scope="module")
def run(tasks: list[Task]) -> PlanningRun:
    return run_of(tasks, run_all(tasks))


def village(regime: str = "as_it_was", off: tuple[str, ...] = ()) -> VillageBeside:
    return VillageBeside(country_inputs(regime), model_parameters(), FIRST, off)


# ---- the village ---------------------------------------------------------------------------------


def test_it_begins_where_the_country_ends_the_year_before() -> None:
    country = run_nation(country_inputs(), model_parameters())
    last = next(each for each in country if (each.year, each.quarter) == (FIRST - 1, 4))
    assert village().people == (last.nation["village"], last.nation["town"])


def test_the_yield_is_that_of_the_rule_of_harvests() -> None:
    country = {(q.year, q.quarter): q.nation for q in run_nation(country_inputs("nep_kept"),
                                                                 model_parameters())}  # fmt: skip
    now, before = country[FIRST, 3], country[FIRST - 1, 3]
    expected = now["harvest"] / now["sown"] / (before["harvest"] / before["sown"])
    beside = village("nep_kept")
    found = beside.summer(FIRST, {**UNMOVED, "sown": now["sown"] / before["sown"]})
    # horses grow a little between 1 July and the harvest
    assert found == pytest.approx(expected, rel=5e-3)


@given(
    output=st.fixed_dictionaries({name: st.floats(0.3, 3.0) for name in FROM_OUTSIDE}),
    harvest=st.floats(0.3, 1.6),
    stocks=st.fixed_dictionaries({name: st.floats(0.3, 2.0) for name in STOCKS}),
)
@settings(max_examples=15, deadline=None)
def test_accounts_close_whatever_is_made(
    output: dict[str, float], harvest: float, stocks: dict[str, float]
) -> None:
    beside = village(off=("rules.famine",))
    for year in (FIRST, FIRST + 1):
        assert beside.summer(year, stocks) > 0.0
        quarters = beside.autumn(year, Made(output, harvest))  # raises where one does not close
        assert [each.quarter for each in quarters] == [1, 2, 3, 4]
        assert all(0.0 < share <= 1.0 for share in beside.survived().values())
        assert quarters[-1].nation["harvest"] == pytest.approx(harvest * beside._harvest, rel=1e-12)


def test_horses_that_are_few_for_the_land_lower_the_yield_and_tractors_help() -> None:
    wide = {**UNMOVED, "sown": 2.0}
    found = village().summer(FIRST, wide)
    assert found < village().summer(FIRST, UNMOVED)
    assert village().summer(FIRST, {**wide, "tractors": 20.0}) > found


def test_goods_that_are_made_reach_the_village() -> None:
    prices = {}
    for light in (0.5, 1.0):
        beside = village("nep_kept")
        made = Made({**AS_BEFORE.output, "light": light}, 1.0)
        for year in (FIRST, FIRST + 1):
            beside.summer(year, UNMOVED)
            quarters = beside.autumn(year, made)
        prices[light] = quarters[-1].nation["clearing_price"]
    assert prices[0.5] > prices[1.0]


# ---- what crosses over ---------------------------------------------------------------------------


def test_animals_that_died_are_gone_from_the_economy(tasks: list[Task]) -> None:
    task = tasks[1]
    institutions = task.regime.in_force(FIRST)
    world, _ = opened(task.economy, task.scenario, institutions, task.prices, 1)
    assert task.scenario.village is not None
    measure = Measure(task.scenario.village, task.economy, task.prices)
    after = measure.struck(world, {"herd": 0.8})
    before, now = world.economy.plants.capacity, after.economy.plants.capacity
    cattle = task.economy.plants.names.index("cattle")
    assert now[cattle] == 0.8 * before[cattle]
    assert (np.delete(now, cattle) == np.delete(before, cattle)).all()
    assert measure.stocks(after)["herd"] == pytest.approx(0.8)
    assert measure.stocks(world)["sown"] == 1.0


def test_people_follow_village_and_towns(tasks: list[Task]) -> None:
    task = tasks[0]
    institutions = task.regime.in_force(FIRST)
    _, society = opened(task.economy, task.scenario, institutions, task.prices, 1)
    after = peopled(society, (120.0, 30.0), (119.0, 33.0))
    rate = after.strata.people / society.strata.people
    rural = society.strata.of_class("peasant")
    assert rate[rural] == pytest.approx(119.0 / 120.0)
    assert rate[~rural] == pytest.approx(1.1)


def test_planners_of_the_first_year_know_nothing_of_it(run: PlanningRun) -> None:
    plain = run_all(prepared("ussr-1928", ["command_1929"], years=1))[0].course
    told = next(course for course in run.courses if course.name == "command_1929")
    one, other = plain.adopted[FIRST].plan, told.adopted[FIRST].plan
    assert one is not None
    assert other is not None
    assert (one.activity == other.activity).all()


def test_the_figures_of_the_village_are_kept(run: PlanningRun) -> None:
    for regime in ("renewed_councils", "command_1929"):
        yields = run.values(regime, "village/yield", "real")
        assert sorted(yields) == [1929, 1930]
    herd = {name: run.values(name, "village/survived/herd", "real")[1930]
            for name in ("renewed_councils", "command_1929")}  # fmt: skip
    assert herd["command_1929"] < 90.0 < herd["renewed_councils"]
    assert not run.values("", "weather", "real")  # each regime has yields of its own


def test_a_run_is_repeated_from_its_scenario(tmp_path: Path) -> None:
    asked = ["run", "ussr-1928-village", "--years", "1", "--regime", "command_1929", "--out"]
    assert CliRunner().invoke(app, [*asked, str(tmp_path / "one")]).exit_code == 0
    written = str(tmp_path / "one" / "scenario.toml")
    assert CliRunner().invoke(app, ["run", written, "--out", str(tmp_path / "two")]).exit_code == 0
    for name in ("series.parquet", "scenario.toml"):
        first, second = ((tmp_path / at / name).read_bytes() for at in ("one", "two"))
        assert first == second
    page = (tmp_path / "one" / "report.html").read_text("utf-8")
    assert "Least grain a head to eat in the village" in page


# ---- bad input -----------------------------------------------------------------------------------

VILLAGE: Final = """
[village]
grain = "GRAIN"
sown = ["grain_peasant"]
[village.regimes]
command_1929 = "as_it_was"
[village.made]
heavy = ["coal"]
machines = ["equipment"]
building = ["construction"]
light = ["cloth"]
services = ["trade"]
[village.stocks]
herd = "cattle"
tractors = "tractors"
"""


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("GRAIN", "grane"), "village.grain names grane, which ussr-1928 does not have; nearest"),
        (('["coal"]', '["cole"]'), "village.made.heavy names cole"),
        (('"cattle"', '"catle"'), "village.stocks.herd names catle"),
        (('["grain_peasant"]', '["grain"]'), "village.sown names grain"),
        (('herd = "cattle"\n', ""), "[village.stocks] must name each of herd, tractors"),
        (("command_1929 =", "renewed_councils ="), "does not say which regime of the country"),
        (('sown = ["grain_peasant"]', "sown = 3"), "village.sown"),
        (('["cloth"]', '"cloth"'), "village.made must be a table of lists"),
        (("grain = ", "grains = "), "village.grains"),
    ],
)
def test_a_village_that_does_not_fit_is_told(
    tmp_path: Path, change: tuple[str, str], message: str
) -> None:
    path = tmp_path / "mine.toml"
    text = VILLAGE.replace(*change).replace("GRAIN", "grain")
    path.write_text(f'base = "ussr-1928"\nregimes = ["command_1929"]\n{text}', "utf-8")
    with pytest.raises(DataError, match=re.escape(message)):
        prepared(str(path))


def test_a_scenario_may_rest_on_another(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text('base = "ussr-1928"\nname = "mine"\nyears = 3\n', "utf-8")
    mine, base = read_scenario(path), read_scenario("ussr-1928")
    assert (mine.name, mine.years, mine.groups) == ("mine", 3, base.groups)
    path.write_text('base = "ussr-1982"\n', "utf-8")
    with pytest.raises(DataError, match="ussr-1928"):
        read_scenario(path)
