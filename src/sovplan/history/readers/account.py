"""The one form in which every table arrives: a supply-use account of one year at basic prices."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import final

import numpy as np

from sovplan.foundation.errors import DataError
from sovplan.foundation.shapes import Matrix, Vector
from sovplan.foundation.words import say
from sovplan.history.readers.labels import Label, check_codes


@final
@dataclass(frozen=True, slots=True, eq=False)
class SupplyUse:
    """A supply-use table of one year; all amounts in one unit of money.

    Parameters
    ----------
    products, industries
        Codes and titles of the G products and the J industries.
    use
        G x J, product used by industry.
    make
        J x G, product made by industry.
    final
        Final uses by name, G each.
    imports
        G.
    hours
        Hours worked in each industry by kind of labour, J each.
    resources
        Resources used by each industry, by name, J each.
    not_stored
        Codes of products that cannot be stored although changes of stocks are recorded, such as
        the trade margin on what was put into store.
    remarks
        What was done to the table before, for the notes.

    Raises
    ------
    DataError
        The shape of a part is not that of its products and industries, a number is not finite, or
        a code stands twice.
    """

    products: tuple[Label, ...]
    industries: tuple[Label, ...]
    use: Matrix
    make: Matrix
    final: Mapping[str, Vector]
    imports: Vector
    hours: Mapping[str, Vector] = field(default_factory=dict)
    resources: Mapping[str, Vector] = field(default_factory=dict)
    not_stored: frozenset[str] = frozenset()
    remarks: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        goods, branches = len(self.products), len(self.industries)
        _check("use", self.use, (goods, branches))
        _check("make", self.make, (branches, goods))
        _check("imports", self.imports, (goods,))
        for name, vector in self.final.items():
            _check(name, vector, (goods,))
        for name, vector in {**self.hours, **self.resources}.items():
            _check(name, vector, (branches,))
        check_codes(self.products)
        check_codes(self.industries)

    def output(self) -> Vector:
        """Return the output of each industry."""
        total: Vector = self.make.sum(axis=1)
        return total

    def uses(self) -> Vector:
        """Return all uses of each product."""
        total: Vector = sum(self.final.values(), self.use.sum(axis=1))
        return total

    def residual(self) -> Vector:
        """Return supply less use of each product, as the table has it."""
        left: Vector = self.make.sum(axis=0) + self.imports - self.uses()
        return left


def _check(name: str, part: Matrix | Vector, shape: tuple[int, ...]) -> None:
    if part.shape != shape:
        raise DataError(say("readers.account.shape", part=name, found=part.shape, needed=shape))
    if not np.isfinite(part).all():
        raise DataError(say("readers.account.not_finite", part=name))
