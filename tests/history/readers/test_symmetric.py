"""Symmetric tables, worked by hand."""

import numpy as np
import pytest

from sovplan.foundation.errors import DataError
from sovplan.history.readers.base_year import violations
from sovplan.history.readers.labels import labels
from sovplan.history.readers.symmetric import Symmetric, from_symmetric
from sovplan.history.readers.terms import Terms
from sovplan.records.assembly import economy_of

TERMS = Terms(name="two", title="Two sectors", year=2000, unit="pounds")
SECTORS = labels(("s1", "s2"), ("Sector 1", "Sector 2"))

# Inter-industry flows and output of table 2.3 of Miller and Blair (2009), as reproduced in the
# tests of pymrio; final demand is split into households and exports by us.
FLOWS = np.array([[150.0, 500.0], [200.0, 100.0]])
FINAL = {"households": np.array([300.0, 1000.0]), "exports": np.array([50.0, 700.0])}
OUTPUT = np.array([1000.0, 2000.0])


def test_coefficients_are_those_printed() -> None:
    folder, notes = from_symmetric(Symmetric(SECTORS, FLOWS, FINAL), TERMS)

    techniques = economy_of(folder).techniques
    np.testing.assert_allclose(techniques.inputs.toarray(), [[0.15, 0.25], [0.20, 0.05]])
    np.testing.assert_allclose(techniques.outputs.toarray(), np.eye(2))
    np.testing.assert_allclose(notes.year.activity, OUTPUT)
    assert violations(folder, notes.year)["goods"] < 1e-12


def test_imports_by_product_are_the_same_good_and_lower_output() -> None:
    table = Symmetric(SECTORS, FLOWS, FINAL, imports=np.array([100.0, 0.0]))

    folder, notes = from_symmetric(table, TERMS)

    assert folder.table("goods.csv").text("good") == ("s1", "s2")
    np.testing.assert_allclose(notes.year.activity, [900.0, 2000.0])
    np.testing.assert_allclose(notes.year.imported, [100.0, 0.0])
    assert max(violations(folder, notes.year).values()) < 1e-12


def test_imports_by_user_are_goods_of_their_own() -> None:
    table = Symmetric(
        SECTORS,
        FLOWS,
        FINAL,
        imported=np.array([[10.0, 40.0], [0.0, 0.0]]),
        imported_final={"households": np.array([5.0, 0.0])},
    )

    folder, notes = from_symmetric(table, TERMS)

    goods = folder.table("goods.csv")
    assert goods.text("good") == ("s1", "s2", "s1.imported")
    assert goods.text("title")[2] == "Sector 1, imported"
    assert notes.import_only == ("s1.imported",)
    assert notes.dropped == ("s2.imported",)
    np.testing.assert_allclose(notes.year.imported, [0.0, 0.0, 55.0])
    np.testing.assert_allclose(economy_of(folder).techniques.inputs.toarray()[2], [0.01, 0.02])
    assert max(violations(folder, notes.year).values()) < 1e-12


def test_hours_resources_and_rows_below_the_flows_are_read() -> None:
    table = Symmetric(
        SECTORS,
        FLOWS,
        FINAL,
        hours={"labour": np.array([300.0, 500.0])},
        resources={"water": np.array([0.0, 40.0])},
        primary={"value added": np.array([650.0, 1390.0])},
    )

    folder, notes = from_symmetric(table, TERMS)

    techniques = economy_of(folder).techniques
    np.testing.assert_allclose(techniques.labour.toarray(), [[0.3, 0.25]])
    np.testing.assert_allclose(techniques.resource_use.toarray(), [[0.0, 0.02]])
    np.testing.assert_allclose(table.column_gap(), [0.0, 10.0])
    assert any("differs from 0 by at most 10" in sentence for sentence in notes.sentences())


def test_output_as_published_is_kept_and_what_is_missing_is_stated() -> None:
    table = Symmetric(SECTORS, FLOWS, FINAL, output=np.array([1000.0, 1990.0]))

    _, notes = from_symmetric(table, TERMS)

    assert notes.residuals == {"s2": -10.0}
    np.testing.assert_allclose(notes.year.residual, [0.0, -10.0])


def test_imports_given_twice_are_refused() -> None:
    table = Symmetric(SECTORS, FLOWS, FINAL, imports=np.zeros(2), imported=np.zeros((2, 2)))

    with pytest.raises(DataError, match="give one of the two"):
        from_symmetric(table, TERMS)
