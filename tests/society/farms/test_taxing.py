"""The tax in kind of households: who pays, and that it sums to the country's."""

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sovplan.regimes.countries import country_inputs
from sovplan.regimes.model import model_parameters
from sovplan.society.farms.taxing import tax_weight, taxed
from sovplan.society.farms.village import Village, handed_down
from sovplan.society.layers import Setting
from sovplan.society.nation.year import Quarter, run_nation

P = model_parameters()


@cache
def books() -> tuple[Quarter, ...]:
    return run_nation(country_inputs(), P)


def lived(off: frozenset[str] = frozenset()) -> dict[str, float]:
    whole = Village(Setting(country_inputs(), P, 1, off), 600)
    for year in range(1921, 1928):
        found = whole.live(year, books()[4 * (year - 1921) : 4 * (year - 1920)])
    return {each.series: each.value for each in found if each.kind == "real"}


def weight(harvest: float, log_wealth: float, progress: float, inside: float = 0.0) -> float:
    found = tax_weight.law(
        harvest=harvest, log_wealth=log_wealth, inside=inside, village_mean=0.0,
        tax_progress=progress,
    )  # fmt: skip
    assert isinstance(found, int)
    return found


def test_the_tax_of_a_household_by_hand() -> None:
    assert weight(2000.0, 0.5, 0.4) == 2000 * 1200
    assert weight(2000.0, 0.5, 0.4, inside=1.0) == 2000 * 1000
    assert taxed.law(tax_weight=2_400_000, village_tax_weight=4_800_000_000, village_tax=0.001) == (
        pytest.approx(500.0)
    )


@given(
    rich=st.floats(0.0, 3.0), poor=st.floats(-3.0, 0.0), progress=st.floats(0.0, 1.0),
    harvest=st.floats(1.0, 1e4),
)  # fmt: skip
def test_of_a_tonne_the_rich_never_pay_less_and_nobody_is_paid(
    rich: float, poor: float, progress: float, harvest: float
) -> None:
    assert weight(harvest, rich, progress) >= weight(harvest, poor, progress) >= 0


def test_without_progress_each_pays_by_harvest() -> None:
    flat, rising = lived(frozenset({"farms.tax_progress"})), lived()

    for stratum in ("poor", "middle", "entrepreneur"):
        assert flat[f"taxed/{stratum}"] == pytest.approx(flat[f"crop/{stratum}"], rel=1e-3)
    assert rising["taxed/entrepreneur"] > 1.1 * rising["crop/entrepreneur"]
    assert rising["taxed/poor"] < rising["crop/poor"]


def test_no_tax_in_kind_stands_beside_a_quota() -> None:
    years = {
        year: handed_down(books()[4 * (year - 1921) : 4 * (year - 1920)], 1.0)["tax"]
        for year in (1927, 1931)
    }

    harvest = books()[4 * (1927 - 1921) + 3].nation["harvest"]
    assert years[1927] == pytest.approx(0.02 * harvest)
    assert years[1931] == 0.0
