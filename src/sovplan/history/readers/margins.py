"""From purchasers' prices to basic prices: margins go to trade and transport, taxes go out."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import final

import numpy as np

from sovplan.foundation.errors import DataError
from sovplan.foundation.numbers import figure
from sovplan.foundation.shapes import Matrix, Vector
from sovplan.foundation.words import say
from sovplan.history.readers.account import SupplyUse


@final
@dataclass(frozen=True, slots=True, eq=False)
class Margins:
    """What lies between basic and purchasers' prices of each product, G each.

    Parameters
    ----------
    kinds
        Margins by kind, such as trade and transport: above 0 for a product that bears the margin,
        below 0 for a product that is the margin; they add up to about 0.
    taxes
        Net taxes on products.
    """

    kinds: Mapping[str, Vector]
    taxes: Vector


def basic_prices(account: SupplyUse, margins: Margins) -> SupplyUse:
    """Return an account at basic prices from one whose uses are at purchasers' prices.

    Every use of a product bears the same share of its margins and taxes. Margins are given to the
    products that are margins, in proportion to what these supply; taxes are left out and stated.

    Raises
    ------
    DataError
        A product bears margins or taxes but is not used, or a margin has no product that is it.
    """
    share = basic_share(account, margins)
    before, after = account.uses(), share @ account.uses()
    names = [label.code for label in account.products]
    bearing = sorted({row for kind in margins.kinds.values() for row in np.flatnonzero(kind < 0)})
    final = {use: share @ vector for use, vector in account.final.items()}
    remarks = [
        say(
            "readers.margins.moved",
            kind=name,
            amount=figure(float(kind[kind > 0].sum())),
            goods=", ".join(names[row] for row in np.flatnonzero(kind < 0)),
        )
        for name, kind in margins.kinds.items()
    ]
    taxes = {use: float(account.final[use].sum() - vector.sum()) for use, vector in final.items()}
    stated = ", ".join(f"{use} {figure(amount)}" for use, amount in taxes.items())
    total, inputs = float(before.sum() - after.sum()), float(account.use.sum())
    remarks.append(
        say(
            "readers.margins.taxes",
            total=figure(total),
            inputs=figure(inputs - float((share @ account.use).sum())),
            uses=stated,
        )
    )
    return replace(
        account,
        use=share @ account.use,
        final=final,
        not_stored=account.not_stored | {names[row] for row in bearing},
        remarks=(*account.remarks, *remarks),
    )


def basic_share(account: SupplyUse, margins: Margins) -> Matrix:
    """Return what one unit of each product at purchasers' prices is made of at basic prices.

    G x G; a column holds the product itself and its margins, and adds up to 1 less its taxes.
    """
    used = account.uses()
    borne = sum((np.maximum(kind, 0.0) for kind in margins.kinds.values()), margins.taxes)
    names = [label.code for label in account.products]
    unused = np.abs(used) <= 1e-9 * np.abs(account.make).sum(axis=0)
    for row in np.flatnonzero(unused & (np.abs(borne) > 1e-9 * np.abs(used).max())):
        raise DataError(say("readers.margins.no_use", good=names[row]))
    per_unit = np.where(unused, 0.0, 1.0) / np.where(unused, 1.0, used)
    share = np.diag(1.0 - borne * per_unit)
    for name, kind in margins.kinds.items():
        suppliers = np.maximum(-kind, 0.0)
        if not suppliers.any():
            raise DataError(say("readers.margins.no_supplier", kind=name))
        share += np.outer(suppliers / suppliers.sum(), np.maximum(kind, 0.0) * per_unit)
    return share
