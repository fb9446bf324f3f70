"""The village by households and regions: engines, accounts, luck, switches."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.society.farms.cases import books, changed, history, lived, village

from sovplan.foundation.engine.compiled import CompiledPass
from sovplan.foundation.engine.engine import digest
from sovplan.foundation.engine.rows import Rows
from sovplan.foundation.errors import DataError, IdentityBroken
from sovplan.history.nation import FOLDER, nation_inputs
from sovplan.history.regions import FILE, REGIONS, read_regions, regions
from sovplan.regimes.countries import COUNTRY_REGIMES
from sovplan.society.collectives.figures import UNITS as FARM_UNITS
from sovplan.society.farms.accounts import check
from sovplan.society.farms.figures import UNITS, gini
from sovplan.society.farms.start import opened, quantiles, reweight
from sovplan.society.farms.tables import STRATA
from sovplan.society.farms.tally import tallied
from sovplan.society.farms.village import CUT_YEAR, SWITCHES, Village

OWN = (
    "land_lease", "private_hire", "tax_progress", "coop_credit", "machine_supply",
    "poor_committees", "farm_self_rule", "label_quota", "quota_base", "compensation",
    "plot_allowed",
)  # fmt: skip
"""Institutions that the village reads."""
ABOUT = nation_inputs().about

# ---- engines -------------------------------------------------------------------------------------


def test_plain_python_and_numpy_give_the_same_bits() -> None:
    arrays, plain = village(rows=120), village(rows=120, kind="plain")
    one, other = lived(arrays, 1926), lived(plain, 1926)

    assert digest(plain.tables) == digest(arrays.tables)
    assert one == other
    assert arrays.tables["household"].size > 120  # some divided


def test_a_compiled_pass_gives_the_same_bits(tmp_path: Path) -> None:
    """Strata, means and hire, with their sums and luck; all passes take minutes to compile."""
    # An engine of its own kind: villages of one kind share theirs.
    arrays, loops = village(rows=300), village(rows=300, kind="kept", folder=tmp_path)
    passes = loops.engine.composition.passes
    place = next(at for at, each in enumerate(passes) if each.table == "household")
    made = CompiledPass(loops.engine.composition, passes[place], tmp_path)
    made.compile({
        name: Rows(rows.table, 0, {n: c[:0].copy() for n, c in rows.columns.items()})
        for name, rows in loops.tables.items()
    })  # fmt: skip
    loops.engine.compiled[place] = made

    assert lived(arrays, 1924) == lived(loops, 1924)
    assert digest(loops.tables) == digest(arrays.tables)


# ---- accounts ------------------------------------------------------------------------------------


@pytest.mark.parametrize("regime", COUNTRY_REGIMES)
def test_accounts_close_and_nobody_eats_less_than_nothing(regime: str) -> None:
    whole = village(rows=100)
    for year in range(1921, 1937):
        whole.live(year, [each for each in books(regime) if each.year == year])
        assert (whole.tables["place"]["food"] > 0.0).all(), year
        assert (whole.tables["place"]["feed"] >= 0.0).all(), year
        share = whole.tables["area"]["collective"]
        assert ((share >= 0.0) & (share <= 1.0)).all(), year


@settings(max_examples=4, deadline=None)
@given(data=st.data(), seed=st.integers(0, 2**64 - 1))
def test_accounts_close_under_any_institutions(data: st.DataObject, seed: int) -> None:
    drawn = {name: data.draw(st.floats(ABOUT[name].low, ABOUT[name].high)) for name in OWN}

    lived(village(seed, 100), 1931, given=drawn)


@pytest.mark.parametrize(
    ("table", "column", "by", "said"),
    [
        ("area", "households", 1, "account of households by region is open by 1"),
        ("group", "households", -2, "account of households by stratum is open by -2"),
        ("household", "weight", 3, "account of households is open by 3"),
        ("household", "exiled", 10**6, "account of labelled households"),
        ("household", "inside", 0.5, "account of households in collective farms"),
        ("household", "harvest", 50.0, "account of harvest"),
        ("household", "food", 50.0, "account of food"),
        ("household", "herd", 1.0, "account of herd"),
        ("household", "horses", 1.0, "account of horses"),
        ("household", "killed", 1.0, "account of animals killed"),
        ("household", "sold", 50.0, "account of grain offered"),
        ("household", "held", 50.0, "account of grain withheld"),
        ("place", "left", 1e-4, "account of left of regions"),
        ("place", "deaths", 1e-4, "account of deaths of hunger of regions"),
        ("area", "riots", 1.0, "account of disturbances of regions"),
        ("area", "grain_share", 1e-4, "account of grain of a region"),
    ],
)
def test_an_account_that_does_not_close_is_named(
    table: str, column: str, by: float, said: str
) -> None:
    tables, before = of_1932()
    check(tables, tallied(tables["household"], before), 1932)
    was = tables[table][column][0]
    tables[table][column][0] += by

    try:
        with pytest.raises(IdentityBroken, match=said):
            check(tables, tallied(tables["household"], before), 1932)
    finally:
        tables[table][column][0] = was


@cache
def of_1932() -> tuple[Mapping[str, Rows], int]:
    """Return the village of 1932 and its rows before any divided in that year."""
    whole = village()
    lived(whole, 1932)
    rows = whole.tables["household"]
    return whole.tables, rows.size - int(rows["divides"].sum()) // 2


def test_the_village_is_that_of_the_country() -> None:
    whole = village()
    found = lived(whole, 1928)
    people = [each.nation["village"] for each in books() if each.quarter == 4]

    for year, heads in zip(range(1921, 1929), people, strict=False):
        assert found["households", year] == round(heads * 1e6 / 4.83) / 1e3
    assert 24_500 < found["households", 1927] < 25_500


# ---- start and weights ---------------------------------------------------------------------------


@given(
    weights=st.lists(st.integers(0, 5000), min_size=1, max_size=60).filter(any),
    total=st.integers(0, 10**8),
)
def test_weights_sum_to_the_number_exactly_and_keep_their_proportions(
    weights: list[int], total: int
) -> None:
    now = np.array(weights)
    reweight(now, total)

    assert now.sum() == total
    assert (now >= 0).all()
    exact = np.array(weights) * total / sum(weights)
    assert np.abs(now - exact).max() <= 1.0 + 1e-9 * total


def test_strata_of_the_year_of_the_cuts_are_those_that_were_printed() -> None:
    found = lived(village(rows=4000), CUT_YEAR)

    printed = (9.7, 25.9, 61.1, 3.3)
    shares = [found[f"strata/{name}", CUT_YEAR] for name in STRATA]
    assert shares == pytest.approx(printed, abs=0.05)
    assert ("strata/poor", CUT_YEAR - 1) not in found


def test_wealth_at_the_start_is_spread_as_the_country_has_it() -> None:
    rows = opened(1_000_000, 0.8, 4000, 1)["household"]
    logs, weight = rows["log_wealth"], rows["weight"]

    mean = np.average(logs, weights=weight)
    assert mean == pytest.approx(0.0, abs=0.01)
    assert np.sqrt(np.average((logs - mean) ** 2, weights=weight)) == pytest.approx(0.8, abs=0.01)
    assert weight.sum() == 1_000_000


def test_too_few_rows_are_refused() -> None:
    with pytest.raises(DataError, match="4 rows cannot show 1000000"):
        opened(1_000_000, 0.8, 4, 1)


def test_quantiles_count_weight() -> None:
    values = np.array([3.0, 1.0, 2.0])
    assert quantiles(values, np.array([1, 8, 1]), (0.5, 0.85, 1.0)) == [1.0, 2.0, 3.0]


@given(st.lists(st.floats(0.01, 100.0), min_size=2, max_size=30), st.floats(0.1, 10.0))
def test_gini_does_not_change_with_the_unit(values: list[float], factor: float) -> None:
    wealth, weight = np.array(values), np.ones(len(values))

    found = gini(np.log(wealth), weight)
    assert -1e-12 <= found < 1.0
    assert gini(np.log(wealth * factor), weight) == pytest.approx(found, abs=1e-9)
    apart = np.abs(wealth[:, None] - wealth).mean() / (2.0 * wealth.mean())
    assert found == pytest.approx(apart, abs=1e-9)


# ---- luck and switches ---------------------------------------------------------------------------


def test_one_seed_is_one_village_and_another_is_not() -> None:
    one, again, other = (lived(village(seed, 200), 1926) for seed in (1, 1, 2))

    assert one == again
    assert one["strata/poor", 1926] != other["strata/poor", 1926]
    assert one["strata/poor", 1926] == pytest.approx(other["strata/poor", 1926], abs=8.0)


HISTORY = history()
"""The village of history to 1934."""


def test_every_series_has_a_unit_and_every_unit_a_series() -> None:
    assert {name.removeprefix("reported ") for name, _ in HISTORY} == {*UNITS, *FARM_UNITS}


@pytest.mark.parametrize("switch", SWITCHES)
def test_each_switch_changes_something_and_closes_the_accounts(switch: str) -> None:
    assert lived(village(off=frozenset({switch})), 1934) != HISTORY


def test_rows_do_not_act_back_on_the_country() -> None:
    before = books()[-1]
    history()

    assert books()[-1] is before
    assert changed(books()[:1], {"weather": 1.0})[0].nation["weather"] == 1.0


# ---- regions -------------------------------------------------------------------------------------


def test_regions_share_all_people_and_all_grain() -> None:
    assert sum(each.village_share for each in regions()) == pytest.approx(1.0, abs=1e-12)
    assert sum(each.harvest_share for each in regions()) == pytest.approx(1.0, abs=1e-12)
    mean = sum(each.village_share * each.pressure for each in regions())
    assert mean == pytest.approx(1.0, abs=1e-12)
    assert sum(each.riots_1930 for each in regions()) == 13_754
    assert len(REGIONS) >= 8


def test_shares_that_do_not_sum_are_refused(tmp_path: Path) -> None:
    text = (FOLDER / FILE).read_text("utf-8")
    path = tmp_path / FILE
    path.write_text(text.replace("0.207,0.245", "0.207,0.345"), "utf-8")

    with pytest.raises(DataError, match="harvest_share must hold shares"):
        read_regions(path)


# ---- other sizes ---------------------------------------------------------------------------------


@pytest.mark.parametrize("rows", [500, 3100])
def test_accounts_close_at_other_sizes_and_sums_stay_those_of_the_country(rows: int) -> None:
    setting = replace(village().setting, households=rows)
    whole = Village(setting, kind="arrays")
    found = lived(whole, 1934)  # every year closes its accounts

    assert whole.tables["household"].size >= rows
    for (series, year), value in history().items():
        if series in {"households", "held", "killed"}:
            assert found[series, year] == pytest.approx(value, rel=1e-9), (series, year)
    assert {series for series, _ in found} == {series for series, _ in history()}
