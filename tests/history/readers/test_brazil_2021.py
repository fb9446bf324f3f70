"""The embedded economy `brazil-2021`: its year, its assumptions, and their source."""

import importlib.util
import tomllib
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from sovplan.history.readers.base_year import planned_from, violations, year_of_tables
from sovplan.planning.optimum import optimum
from sovplan.records.aims import Aims
from sovplan.records.assembly import economy_of
from sovplan.records.checks import findings
from sovplan.records.folder import Folder
from sovplan.records.returns import Returns
from sovplan.records.tables import read_folder, read_table

YEAR = 2021


@pytest.fixture(scope="module")
def place(root: Path) -> Path:
    return root / "src" / "sovplan" / "history" / "data" / "economies" / "brazil-2021"


@pytest.fixture(scope="module")
def folder(place: Path) -> Folder:
    return read_folder(place)


def tool(root: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("brazil_2021", root / "tools" / "brazil_2021.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_year_2021_keeps_every_limit(place: Path, folder: Folder) -> None:
    year = year_of_tables(
        read_table(place / "activity_2021.csv"), read_table(place / "balance_2021.csv"), YEAR
    )

    assert max(violations(folder, year).values()) <= 1e-6
    size = year.made + year.imported + year.from_stock
    assert np.abs(year.residual / size).max() <= 1e-6


def test_the_year_2021_is_a_feasible_plan_by_arrays_alone(place: Path, folder: Folder) -> None:
    # the limits of the page of the problem, written out again on the arrays of the economy
    economy = economy_of(planned_from(folder, YEAR))
    activity = read_table(place / "activity_2021.csv").numbers("activity")
    balance = read_table(place / "balance_2021.csv")
    bought, sold = balance.numbers("imported"), balance.numbers("exported")
    target, floor, public = economy.needs.over([YEAR])[:, 0].T
    goods, techniques, plants = economy.goods, economy.techniques, economy.plants

    made, used = techniques.outputs @ activity, techniques.inputs @ activity
    eaten = np.maximum(target, floor)
    left = made + bought + (1 - goods.spoilage) * goods.stock - used - eaten - public - sold

    assert (left >= -1e-6 * made).all()
    assert (plants.load.toarray() @ activity <= plants.capacity * (1 + 1e-6)).all()
    assert (
        techniques.labour.toarray() @ activity <= economy.labour.over([YEAR])[:, 0, 0] * (1 + 1e-6)
    ).all()
    earned = np.nansum(goods.export_price * sold) - np.nansum(goods.import_price * bought)
    assert earned + economy.credit.over([YEAR])[0, 0, 0] >= -1e-6 * bought.sum()
    assert (bought <= goods.import_cap * (1 + 1e-6)).all()
    assert (sold <= goods.export_cap * (1 + 1e-6)).all()


def test_a_plan_of_2021_meets_the_needs_of_2021(folder: Folder) -> None:
    draft = optimum(Returns(economy_of(planned_from(folder, YEAR))), Aims(years=1, terminal=None))

    assert draft.status == "optimal"
    assert draft.objective is not None
    assert draft.objective >= 1 - 1e-6


def test_the_folder_has_no_finding(folder: Folder) -> None:
    assert [str(found) for found in findings(folder)] == []


def test_every_assumption_has_a_range_a_reason_and_a_source(folder: Folder) -> None:
    known = folder.settings["assumptions"]
    assert len(known) >= 20
    for name, given in known.items():
        assert list(given) == ["value", "low", "high", "unit", "why", "source"], name
        assert given["low"] <= given["value"] <= given["high"], name
        assert given["low"] < given["high"], name
        assert given["why"], name
        assert given["source"], name


@pytest.mark.parametrize("name", ["labour.csv", "plants.csv", "building.csv"])
def test_every_assumed_number_has_its_range_beside_it(folder: Folder, name: str) -> None:
    table = folder.table(name)
    amount = {"labour.csv": "hours", "plants.csv": "capacity", "building.csv": "amount"}[name]

    assert (table.numbers("low") < table.numbers(amount)).all()
    assert (table.numbers("high") > table.numbers(amount)).all()


def test_hours_capacity_and_growth_are_those_stated(place: Path, folder: Folder) -> None:
    activity = dict(rows(place / "activity_2021.csv", "technique", "activity"))
    hours = dict(zip(*columns(folder, "labour.csv", "technique", "hours"), strict=True))
    assert hours["agriculture"] * activity["agriculture"] == pytest.approx(13_143_122 * 1900 / 1e6)
    plants = dict(zip(*columns(folder, "plants.csv", "plant", "capacity"), strict=True))
    assert plants["mining.machines"] == pytest.approx(746_593 / 0.85)
    economy = economy_of(folder)
    needs = economy.needs.over(range(YEAR, YEAR + 6))[:, :, 0]
    np.testing.assert_allclose(needs[:, 5], needs[:, 0] * 1.02**5, rtol=1e-9)
    assert economy.first_year == 2022
    assert len(economy.goods.names) == len(economy.techniques.names) == 20


def test_the_readme_and_the_settings_name_source_and_licence(place: Path, folder: Folder) -> None:
    readme = (place / "README.md").read_text(encoding="utf-8")
    for text in (readme, str(folder.settings["sources"])):
        assert "IBGE" in text
        assert "iotbr 0.2.3" in text
    assert "IBGE" in str(folder.settings["licence"])


def test_the_aims_are_aims(place: Path) -> None:
    names = sorted(path.name for path in place.glob("aims-*.toml"))
    assert names == ["aims-least-labour.toml", "aims-steady-growth.toml"]
    assert tomllib.loads((place / names[1]).read_text())["terminal"] == 0.02


def test_the_tables_are_made_from_the_source_by_the_tool(
    root: Path, shared: Path, place: Path, tmp_path: Path
) -> None:
    tool(root).main(shared / "data" / "tables" / "br_ibge", tmp_path)

    made = sorted(path.name for path in tmp_path.iterdir())
    by_hand = {"README.md", "aims-least-labour.toml", "aims-steady-growth.toml"}
    assert made == sorted({path.name for path in place.iterdir()} - by_hand)
    for name in made:
        assert (tmp_path / name).read_bytes() == (place / name).read_bytes(), name


def test_flows_are_those_printed_less_margins_and_taxes(
    folder: Folder,
) -> None:
    # inputs of industry from agriculture, 523,322 at purchasers' prices, less the share of margins
    # (115,008 + 19,379) and taxes (21,974) in all uses of agriculture (1,263,550)
    flows = folder.table("flows.csv")
    keys = zip(flows.text("technique"), flows.text("good"), flows.text("role"), strict=True)
    amounts = dict(zip(keys, flows.numbers("amount").tolist(), strict=True))
    kept = 1 - (115_008 + 19_379 + 21_974) / 1_263_550

    used = amounts["manufactures", "agriculture", "input"] * 5_273_041
    assert used == pytest.approx(523_322 * kept, rel=1e-8)
    assert amounts["manufactures", "manufactures", "output"] == pytest.approx(5_189_699 / 5_273_041)
    assert ("lodging", "trade", "output") not in amounts


def rows(path: Path, key: str, value: str) -> Iterator[tuple[str, float]]:
    table = read_table(path)
    return zip(table.text(key), table.numbers(value).tolist(), strict=True)


def columns(folder: Folder, name: str, key: str, value: str) -> tuple[tuple[str, ...], list[float]]:
    return folder.table(name).text(key), folder.table(name).numbers(value).tolist()
