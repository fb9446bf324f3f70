"""Tables beyond the package, against what was printed: Sweden, Spain, Russia, United States."""

from pathlib import Path

import numpy as np
import pytest

from sovplan.history.readers.account import SupplyUse
from sovplan.history.readers.base_year import violations
from sovplan.history.readers.layouts import (
    read_bea,
    read_ine,
    read_packed,
    read_rosstat,
    read_scb,
)
from sovplan.history.readers.margins import basic_prices
from sovplan.history.readers.notes import Notes
from sovplan.history.readers.supply_use import from_supply_use
from sovplan.history.readers.symmetric import from_symmetric
from sovplan.history.readers.terms import Terms
from sovplan.history.readers.us_2017 import from_us_2017
from sovplan.records.assembly import economy_of
from sovplan.records.checks import findings
from sovplan.records.folder import Folder


@pytest.fixture(scope="module")
def tables(shared: Path) -> Path:
    return shared / "data" / "tables"


@pytest.fixture(scope="module")
def sweden(tables: Path) -> SupplyUse:
    return read_scb(tables / "se_scb_2008_2015", 2015)


SWEDEN = Terms(name="sweden", title="Sweden", year=2015, unit="million kronor")


def test_sweden_balances_to_the_last_crown(sweden: SupplyUse) -> None:
    folder, notes = from_supply_use(sweden, SWEDEN)

    assert np.abs(sweden.residual()).max() == 0
    assert not notes.residuals
    assert max(violations(folder, notes.year).values()) < 1e-12
    economy = economy_of(folder)
    assert len(economy.goods.names) == len(economy.techniques.names) == 59


def test_swedish_hours_and_inputs_are_those_published(sweden: SupplyUse) -> None:
    folder, notes = from_supply_use(sweden, SWEDEN)

    techniques, activity = economy_of(folder).techniques, notes.year.activity
    # 7.74 milliard hours, in ten thousand hours
    hours = techniques.labour.toarray() @ activity
    assert round(hours[0] / 1e5, 2) == 7.74
    assert techniques.resources == ("co2",)
    np.testing.assert_allclose(techniques.inputs.toarray() * activity, sweden.use)


def test_spain_balances_at_basic_prices(tables: Path) -> None:
    read = read_ine(tables / "es_ine_2016_2019", 2016)
    terms = Terms(name="spain", title="Spain", year=2016, unit="million euros")

    account = basic_prices(read.account, read.margins)
    folder, notes = from_supply_use(account, terms)

    supply = account.make.sum(axis=0) + account.imports
    assert np.abs(account.residual()).max() < 1e-9 * supply.max()
    assert max(violations(folder, notes.year).values()) < 1e-9
    # taxes leave the uses, margins only change hands
    gone = read.account.uses().sum() - account.uses().sum()
    assert gone == pytest.approx(read.margins.taxes.sum())


@pytest.fixture(scope="module")
def russia(tables: Path) -> Folder:
    table = read_rosstat(tables / "ru_rosstat_2016")
    terms = Terms(name="russia", title="Russia", year=2016, unit="million roubles")
    return from_symmetric(table, terms)[0]


def test_russian_full_costs_are_those_of_the_statistical_office(
    tables: Path, russia: Folder
) -> None:
    printed = read_packed(tables / "ru_rosstat_2016" / "official_total_requirements.csv.gz")
    sectors = read_packed(tables / "ru_rosstat_2016" / "sectors.csv").text("code")
    place = {code: row for row, code in enumerate(sectors)}
    official = np.zeros((98, 98))
    row = [place[code] for code in printed.text("product")]
    column = [place[code] for code in printed.text("per_1000_of")]
    official[row, column] = printed.numbers("value")

    economy = economy_of(russia)
    home = slice(0, 98)
    assert economy.goods.titles[:98] == read_packed(
        tables / "ru_rosstat_2016" / "sectors.csv"
    ).text("name_ru")
    net = (economy.techniques.outputs - economy.techniques.inputs).toarray()[home]
    gap = np.abs(1000 * np.linalg.inv(net) - official)

    # 0.1144 and 0.00158 per 1,000: output of 4,423 million is rounded to a million, and one half
    # of it moves the coefficients of its column by as much
    assert round(gap.max(), 2) <= 0.11
    assert gap.mean() < 0.0016


def test_russian_imports_are_goods_of_their_own(russia: Folder) -> None:
    economy = economy_of(russia)

    apart = [name for name in economy.goods.names if name.endswith(".imported")]
    assert len(apart) == 91
    assert np.isfinite(economy.goods.import_price[98:]).all()


def test_russian_rows_and_columns_differ_by_rounding_only(tables: Path) -> None:
    table = read_rosstat(tables / "ru_rosstat_2016")

    _, notes = from_symmetric(
        table, Terms(name="russia", title="Russia", year=2016, unit="million roubles")
    )

    assert max(abs(left) for left in notes.residuals.values()) <= 10
    assert np.abs(table.column_gap()).max() <= 13


@pytest.fixture(scope="module")
def united_states(tables: Path) -> tuple[Folder, Notes]:
    return from_us_2017(tables / "us_bea_2017_detail", tables / "us_bea_capital_2017")


def test_the_american_year_is_feasible_up_to_the_rounding_of_the_table(
    united_states: tuple[Folder, Notes],
) -> None:
    folder, notes = united_states

    broken = violations(folder, notes.year)
    # 11 of 14,800 million dollars at most: the table itself does not close
    assert broken.pop("goods") < 1e-3
    assert max(broken.values()) < 1e-12
    assert max(abs(left) for left in notes.residuals.values()) <= 26
    assert np.abs(notes.year.residual).max() <= 26
    assert len(notes.moved) == 91
    assert notes.import_only == ("s00300",)


def test_american_goods_branches_and_flows_are_all_there(
    united_states: tuple[Folder, Notes],
) -> None:
    folder, _ = united_states

    assert [str(found) for found in findings(folder) if found.level == "error"] == []
    economy = economy_of(folder)
    techniques = economy.techniques
    own = [row for row, name in enumerate(techniques.names) if not name.startswith("f")]
    assert len(economy.goods.names) == 402
    assert len(own) == 402
    # 48,754 inputs, 8 of them below zero, and 3,233 makes
    assert techniques.inputs[:, own].nnz == 48_754 - 8
    assert techniques.outputs[:, own].nnz == 3_233 + 8


def test_american_capital_adds_up_to_the_source(
    tables: Path, united_states: tuple[Folder, Notes]
) -> None:
    folder, _ = united_states

    plants = economy_of(folder).plants
    source = read_packed(tables / "us_bea_capital_2017" / "by_industry_2017.csv")
    held = plants.building @ plants.capacity
    assert held.sum() == pytest.approx(source.numbers("net_stock_musd").sum(), rel=1e-6)
    worn = plants.building @ (plants.capacity * plants.wear)
    assert worn.sum() == pytest.approx(source.numbers("depreciation_musd").sum(), rel=1e-6)
    assert len(plants.names) == 387
    # two branches of one industry of the source share its capital by output, 38,216 to 57,882,
    # which the rows of the make table reach within 1
    farms = [plants.names.index(f"{code}.capital") for code in ("1111a0", "1111b0")]
    per_branch = plants.building.sum(axis=0)[farms] * plants.capacity[farms]
    assert per_branch[0] / per_branch[1] == pytest.approx(38_216 / 57_882, rel=1e-4)


def test_american_pay_is_told_apart_from_hours_by_the_stated_wage(
    tables: Path, united_states: tuple[Folder, Notes]
) -> None:
    folder, _ = united_states

    wage = folder.settings["assumptions"]["wage"]
    paid = read_bea(tables / "us_bea_2017_detail").hours["compensation"].sum()
    supply = folder.table("supply.csv")
    row = supply.text("kind").index("labour")
    assert supply.numbers("amount")[row] == pytest.approx(paid / wage["value"])
    assert wage["low"] < wage["value"] < wage["high"]
