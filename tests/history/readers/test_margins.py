"""Margins and taxes, worked by hand."""

import numpy as np
import pytest

from sovplan.foundation.errors import DataError
from sovplan.history.readers.account import SupplyUse
from sovplan.history.readers.base_year import violations
from sovplan.history.readers.labels import labels
from sovplan.history.readers.margins import Margins, basic_prices, basic_share
from sovplan.history.readers.supply_use import from_supply_use
from sovplan.history.readers.terms import Terms

# Shoes for 100 at the factory cost 150 in the shop: 30 for the shop, 10 for the carrier, 10 of tax.
# Shops sell repairs for 20 beside, with 2 of tax; carriers carry nobody.
SHOES = SupplyUse(
    products=labels(("Shoes", "Trade", "Carriage")),
    industries=labels(("Shoemakers", "Shops", "Carriers")),
    use=np.array([[30.0, 0.0, 0.0], [0.0, 0.0, 0.0], [0.0, 0.0, 0.0]]),
    make=np.diag([100.0, 48.0, 10.0]),
    final={"households": np.array([105.0, 20.0, 0.0]), "inventories": np.array([15.0, 0.0, 0.0])},
    imports=np.zeros(3),
)
MARGINS = Margins(
    {"trade": np.array([30.0, -30.0, 0.0]), "transport": np.array([10.0, 0.0, -10.0])},
    np.array([10.0, 2.0, 0.0]),
)


def test_each_use_bears_its_share_of_margins_and_taxes() -> None:
    found = basic_prices(SHOES, MARGINS)

    np.testing.assert_allclose(found.use[:, 0], [20.0, 6.0, 2.0])
    np.testing.assert_allclose(found.final["households"], [70.0, 21.0 + 18.0, 7.0])
    np.testing.assert_allclose(found.final["inventories"], [10.0, 3.0, 1.0])
    np.testing.assert_allclose(found.residual(), 0.0, atol=1e-12)


def test_a_unit_at_purchasers_prices_adds_up_to_one_less_its_tax() -> None:
    share = basic_share(SHOES, MARGINS)

    np.testing.assert_allclose(share.sum(axis=0), [1 - 10 / 150, 1 - 2 / 20, 1.0])


def test_what_was_moved_is_stated_with_the_taxes_of_each_use() -> None:
    remarks = basic_prices(SHOES, MARGINS).remarks

    assert remarks[0].startswith("the trade margin (30)")
    assert remarks[0].endswith("is a use of trade")
    assert "12 in all, of which inputs 2, households 9, inventories 1" in remarks[2]


def test_margins_on_what_was_put_into_store_are_used_up_and_not_stored() -> None:
    terms = Terms(name="shoes", title="Shoes", year=2000, unit="pounds")

    folder, notes = from_supply_use(basic_prices(SHOES, MARGINS), terms)

    goods = folder.table("goods.csv")
    assert dict(zip(goods.text("good"), goods.numbers("spoilage").tolist(), strict=True)) == {
        "shoes": 0.0,
        "trade": 1.0,
        "carriage": 1.0,
    }
    assert max(violations(folder, notes.year).values()) < 1e-12


def test_a_margin_goes_to_several_suppliers_in_proportion_to_what_they_supply() -> None:
    margins = Margins({"trade": np.array([30.0, -20.0, -10.0])}, np.zeros(3))

    share = basic_share(SHOES, margins)

    np.testing.assert_allclose(share[:, 0], [0.8, 0.2 * 2 / 3, 0.2 / 3])


@pytest.mark.parametrize(
    ("margins", "words"),
    [
        (Margins(MARGINS.kinds, np.array([10.0, 2.0, 5.0])), "carriage bears margins or taxes"),
        (Margins({"trade": np.array([30.0, 0.0, 0.0])}, np.zeros(3)), "the trade margin has no"),
    ],
)
def test_margins_that_cannot_be_moved_are_refused(margins: Margins, words: str) -> None:
    with pytest.raises(DataError, match=words):
        basic_prices(SHOES, margins)
