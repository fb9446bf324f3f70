"""An economy of councils in columns: who works with what, who wants what.

Worker council i:    q = a e^c prod_j x_j^b_j,  effort costs it  s e^k
Consumer council h:  spends its income on goods in proportion to its exponents

Source: Hahnel (2021), ch. 9; Hahnel, Szczepanczyk and Weisdorf, the program pequod-cljs (2020).
"""

from dataclasses import dataclass, replace
from typing import Final, Literal, final

import numpy as np

from sovplan.foundation.errors import DataError
from sovplan.foundation.shapes import Flags, GoodsVector, Indices, Matrix, Sparse, Vector
from sovplan.foundation.words import say

Kind = Literal["private", "intermediate", "nature", "labour", "public"]
KINDS: Final[tuple[Kind, ...]] = ("private", "intermediate", "nature", "labour", "public")
"""Kinds of goods, in the order in which the program lists them."""
ENDOWMENT: Final = 1000.0
"""Units of each natural resource and each kind of labour in the published experiments."""


@final
@dataclass(frozen=True, slots=True, eq=False)
class Workers:
    """Worker councils, one row each.

    Parameters
    ----------
    product
        Index of the good that each makes.
    exponents
        b, councils x goods, 1: how output answers to each input.
    scale, effort, power, cost
        a, c, k and s of each council, 1.
    """

    product: Indices
    exponents: Sparse
    scale: Vector
    effort: Vector
    power: Vector
    cost: Vector

    def __len__(self) -> int:
        """Return the number of councils."""
        return len(self.product)

    @property
    def returns(self) -> Vector:
        """Sum of exponents with the best effort, c / k + sum_j b_j; a best proposal needs < 1."""
        return np.asarray(self.exponents.sum(axis=1)).ravel() + self.effort / self.power


@final
@dataclass(frozen=True, slots=True, eq=False)
class Consumers:
    """Consumer councils, one row each.

    Parameters
    ----------
    goods
        Index of the good of each column of `exponents`, private and public.
    exponents
        Councils x columns, 1; income is spent in proportion to them.
    income
        What each may spend, in money of account.
    """

    goods: Indices
    exponents: Matrix
    income: Vector

    def __len__(self) -> int:
        """Return the number of councils."""
        return len(self.income)

    def shares(self) -> Matrix:
        """Return the part of its income that each council spends on each column, 1."""
        return np.asarray(self.exponents / self.exponents.sum(axis=1, keepdims=True))


@final
@dataclass(frozen=True, slots=True, eq=False)
class Councils:
    """All councils, the goods they speak of and what nature and people give.

    Parameters
    ----------
    goods, kinds
        Name and kind of each good.
    endowment
        What there is of each good before anybody works, units.
    workers, consumers
        The councils.
    """

    goods: tuple[str, ...]
    kinds: tuple[Kind, ...]
    endowment: GoodsVector
    workers: Workers
    consumers: Consumers

    def of_kind(self, *kinds: Kind) -> Flags:
        """Return which goods are of some kinds."""
        return np.isin(np.array(self.kinds), kinds)


def check(councils: Councils) -> None:
    """Do nothing if every council can answer to every price.

    Raises
    ------
    DataError
        An exponent, an income or a scale is not above 0, or returns are exactly constant, so that
        some council has no single answer.
    """
    workers, consumers = councils.workers, councils.consumers
    columns = {
        "scale": workers.scale,
        "effort": workers.effort,
        "power": workers.power,
        "cost": workers.cost,
        "exponents of inputs": workers.exponents.data,
        "exponents of goods": consumers.exponents.ravel(),
        "income": consumers.income,
    }
    for name, values in columns.items():
        if not ((values > 0) & np.isfinite(values)).all():
            raise DataError(say("rounds.positive", column=name, value=float(values.min())))
    constant = np.flatnonzero(np.abs(workers.returns - 1.0) < 1e-12)
    if len(constant):
        raise DataError(say("rounds.constant", place=int(constant[0]) + 1))


def with_exponents(councils: Councils, inputs: Vector, wants: Matrix | None = None) -> Councils:
    """Return the councils with other exponents in the same places.

    Parameters
    ----------
    councils
        What is changed.
    inputs
        The stored entries of the exponents of workers, in their order.
    wants
        Exponents of consumers; as they are if None.
    """
    exponents = councils.workers.exponents.copy()
    exponents.data = inputs
    consumers = councils.consumers
    if wants is not None:
        consumers = replace(consumers, exponents=wants)
    return replace(
        councils, workers=replace(councils.workers, exponents=exponents), consumers=consumers
    )
