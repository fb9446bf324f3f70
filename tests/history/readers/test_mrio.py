"""Systems of pymrio: the one that the package brings, with invented numbers."""

import sys
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from sovplan.foundation.errors import DataError
from sovplan.history.readers.base_year import violations
from sovplan.history.readers.mrio import System, from_pymrio, read_pymrio, role_of_category
from sovplan.history.readers.terms import Terms
from sovplan.records.assembly import economy_of

TERMS = Terms(name="test", title="Test system", year=2010, unit="million dollars")


@pytest.fixture(scope="module")
def system() -> System:
    found: System = pytest.importorskip("pymrio").load_test()
    return found


def test_goods_and_branches_carry_their_region(system: System) -> None:
    folder, notes = from_pymrio(system, TERMS)

    economy = economy_of(folder)
    assert len(economy.goods.names) == len(economy.techniques.names) == 6 * 8
    assert economy.goods.names[0] == economy.techniques.names[0] == "food@reg1"
    assert economy.techniques.regions[0] == "reg1"
    assert economy.goods.titles[-1] == "other (reg6)"
    assert any(sentence.startswith("6 regions") for sentence in notes.sentences())


def test_the_year_of_the_system_is_a_feasible_plan(system: System) -> None:
    folder, notes = from_pymrio(
        system,
        TERMS,
        labour={"value_added": ("factor_inputs", "Value Added")},
        resources={"air": ("emissions", ("emission_type1", "air"))},
    )

    assert max(violations(folder, notes.year).values()) < 1e-12
    assert not notes.moved


def test_coefficients_are_those_that_pymrio_reckons(system: System) -> None:
    folder, _ = from_pymrio(system, TERMS, labour={"paid": ("factor_inputs", "Value Added")})

    reckoned = pytest.importorskip("pymrio").load_test().calc_all()
    techniques = economy_of(folder).techniques
    np.testing.assert_allclose(techniques.inputs.toarray(), reckoned.A.to_numpy(), rtol=1e-10)
    np.testing.assert_allclose(
        techniques.labour.toarray(), reckoned.factor_inputs.S.to_numpy(), rtol=1e-10
    )


def test_a_saved_system_is_read_again(system: System, tmp_path: Path) -> None:
    system.save_all(tmp_path / "saved")  # type: ignore[attr-defined]

    again, _ = from_pymrio(read_pymrio(tmp_path / "saved"), TERMS)

    before, _ = from_pymrio(system, TERMS)
    np.testing.assert_allclose(
        again.table("flows.csv").numbers("amount"), before.table("flows.csv").numbers("amount")
    )


def test_without_pymrio_the_message_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setitem(sys.modules, "pymrio", None)

    with pytest.raises(DataError, match=r'pip install "sovplan\[mrio\]"'):
        read_pymrio(tmp_path)


def test_a_folder_without_a_system_is_refused(tmp_path: Path) -> None:
    pytest.importorskip("pymrio")

    with pytest.raises(DataError, match="holds no system that pymrio can read"):
        read_pymrio(tmp_path)


@pytest.mark.parametrize(
    ("labour", "words"),
    [
        ({"hours": ("satellite", "Hours")}, 'no extension "satellite".*factor_inputs, emissions'),
        ({"hours": ("factor_inputs", "Hours")}, 'no row "Hours"; known: Value Added'),
    ],
)
def test_rows_that_are_not_there_are_named(
    system: System, labour: dict[str, tuple[str, object]], words: str
) -> None:
    with pytest.raises(DataError, match=words):
        from_pymrio(system, TERMS, labour=labour)


def test_a_system_without_its_flows_is_refused() -> None:
    empty = SimpleNamespace(Z=None, Y=None, get_extensions=list)

    with pytest.raises(DataError, match="the system has no Z"):
        from_pymrio(empty, TERMS)


@pytest.mark.parametrize(
    ("category", "role"),
    [
        ("Final consumption expenditure by government", "target"),
        ("Gross fixed capital formation", "investment"),
        ("Changes in inventories", "stocks"),
        ("Export", "exports"),
    ],
)
def test_categories_of_final_demand_are_read_by_their_words(category: str, role: str) -> None:
    assert role_of_category(category) == role


def test_a_category_with_none_of_the_words_is_refused() -> None:
    with pytest.raises(DataError, match='"Y5" has none of the known words'):
        role_of_category("Y5")
