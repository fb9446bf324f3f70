"""Supply-use tables: one technique for each industry, with joint products.

Activity of a technique is the industry's output in money of the year, so that its coefficients are
the columns of the use table and the rows of the make table divided by that output. Nothing is
assumed about by-products: they are made together, as they were.
"""

from collections.abc import Sequence

import numpy as np

from sovplan.foundation.words import say
from sovplan.history.readers.account import SupplyUse
from sovplan.history.readers.capital import Park, with_plants
from sovplan.history.readers.notes import Notes
from sovplan.history.readers.signs import nonnegative
from sovplan.history.readers.terms import Terms
from sovplan.history.readers.writing import folder_of, year_of
from sovplan.records.folder import Folder

_LEVEL = 1e-9
"""Supply and use that differ by less than this share are level."""


def from_supply_use(
    account: SupplyUse, terms: Terms, parks: Sequence[Park] = ()
) -> tuple[Folder, Notes]:
    """Return the economy of a supply-use table, and what was assumed and changed.

    Negative cells go to the other side: a negative input is an output, a negative output an input,
    a negative change of stocks an opening stock, a negative export an import, a negative import
    a fixed use, and any other negative final use a supply limited to its amount each year.
    A product that nobody makes is imported. World prices are 1 for imports and
    `terms.export_price` for exports, both capped at `terms.trade_cap` times the flow of the year;
    the credit of each year is the balance of trade at these prices, so that the year can be
    repeated.

    Parameters
    ----------
    account
        At basic prices; see `sovplan.history.readers.margins.basic_prices` for purchasers' prices.
    terms
        Roles of the final uses, growth, trade.
    parks
        Kinds of fixed capital, if known. With them investment is left to the plan after this
        year; without them it is a fixed use of every year and nothing limits capacity.

    Raises
    ------
    DataError
        A final use has no role, or an industry without output uses or employs something.
    """
    counted, moved = nonnegative(account, terms, plans_investment=bool(parks))
    folder, assumptions = folder_of(counted, terms), terms.assumptions()
    year = year_of(counted, terms.year)
    if parks:
        folder = with_plants(folder, year, parks, terms.utilisation)
        assumptions["utilisation"] = terms.utilisation
    settings = {
        **folder.settings,
        "assumptions": {name: each.as_table() for name, each in assumptions.items()},
    }
    notes = Notes(
        year=year,
        assumptions=assumptions,
        moved=moved,
        dropped=counted.dropped,
        import_only=counted.import_only(),
        residuals=_residuals(account),
        remarks=(*account.remarks, *_remarks(terms)),
    )
    return Folder(settings, folder.tables, folder.origin), notes


def _residuals(account: SupplyUse) -> dict[str, float]:
    """Return supply less use of each product of the table where the two are not level."""
    left = account.residual()
    size = np.abs(account.make).sum(axis=0) + np.abs(account.imports)
    return {
        account.products[row].code: float(left[row])
        for row in np.flatnonzero(np.abs(left) > _LEVEL * size)
    }


def _remarks(terms: Terms) -> tuple[str, ...]:
    price, cap = terms.export_price.value, terms.trade_cap.value
    return (
        say("readers.notes.trade", price=f"{price:g}", cap=f"{cap:g}"),
        say("readers.notes.stored"),
    )
