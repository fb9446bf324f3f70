"""Symmetric input-output tables: one technique for each sector, which makes one product.

Activity is the sector's output in money of the year, own output 1 per unit of activity, inputs the
technical coefficients (Leontief). Where the table tells who uses which imports, an imported product
is a good of its own, used in the proportions of the table; where it only tells how much of each
product is imported, imports are the same good as what is made at home.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import final

import numpy as np

from sovplan.foundation.errors import DataError
from sovplan.foundation.numbers import figure
from sovplan.foundation.shapes import Matrix, Vector
from sovplan.foundation.words import say
from sovplan.history.readers.account import SupplyUse
from sovplan.history.readers.labels import Label
from sovplan.history.readers.notes import Notes
from sovplan.history.readers.supply_use import from_supply_use
from sovplan.history.readers.terms import Terms
from sovplan.records.folder import Folder

IMPORTED = "imported"
"""Ending of the code of an imported product that is a good of its own."""


@final
@dataclass(frozen=True, slots=True, eq=False)
class Symmetric:
    """A symmetric table of one year, product by product or industry by industry.

    Parameters
    ----------
    sectors
        Codes and titles of the N sectors.
    flows
        N x N, product of the row used by the sector of the column; of domestic origin where
        `imported` is given.
    final
        Final uses by name, N each, of the same origin as `flows`.
    imports
        Imports of each product, N, where they are not told apart by user.
    imported
        N x N, imported products by user, or None.
    imported_final
        Imported products by final use, N each.
    hours, resources
        Amounts used by each sector, by name, N each.
    primary
        Value added and other rows below the flows, by name, N each; a statement only.
    output
        Output of each sector as published, or None to take what is used less what is imported.
    """

    sectors: tuple[Label, ...]
    flows: Matrix
    final: Mapping[str, Vector]
    imports: Vector | None = None
    imported: Matrix | None = None
    imported_final: Mapping[str, Vector] = field(default_factory=dict)
    hours: Mapping[str, Vector] = field(default_factory=dict)
    resources: Mapping[str, Vector] = field(default_factory=dict)
    primary: Mapping[str, Vector] = field(default_factory=dict)
    output: Vector | None = None

    def account(self) -> SupplyUse:
        """Return the table as a supply-use account.

        Raises
        ------
        DataError
            Imports are given both by product and by user, or a shape does not fit.
        """
        if self.imports is not None and self.imported is not None:
            raise DataError(say("readers.symmetric.imports_twice"))
        return self._imports_apart() if self.imported is not None else self._one_good()

    def column_gap(self) -> Vector:
        """Return output less inputs less primary inputs of each sector."""
        inputs: Vector = sum(self.primary.values(), self.flows.sum(axis=0))
        if self.imported is not None:
            inputs = inputs + self.imported.sum(axis=0)
        gap: Vector = self._output() - inputs
        return gap

    def _output(self) -> Vector:
        if self.output is not None:
            return self.output
        used: Vector = sum(self.final.values(), self.flows.sum(axis=1))
        return used if self.imports is None else used - self.imports

    def _one_good(self) -> SupplyUse:
        none = np.zeros(len(self.sectors))
        return SupplyUse(
            self.sectors,
            self.sectors,
            self.flows,
            np.diag(self._output()),
            self.final,
            none if self.imports is None else self.imports,
            self.hours,
            self.resources,
            remarks=self._remarks(),
        )

    def _imports_apart(self) -> SupplyUse:
        count = len(self.sectors)
        imported = np.zeros((count, count)) if self.imported is None else self.imported
        abroad = tuple(
            Label(f"{sector.code}.{IMPORTED}", say("readers.symmetric.imported", of=sector.title))
            for sector in self.sectors
        )
        none = np.zeros(count)
        uses = dict.fromkeys([*self.final, *self.imported_final])
        final = {
            use: np.concatenate([self.final.get(use, none), self.imported_final.get(use, none)])
            for use in uses
        }
        bought = imported.sum(axis=1) + sum(self.imported_final.values(), none)
        return SupplyUse(
            (*self.sectors, *abroad),
            self.sectors,
            np.vstack([self.flows, imported]),
            np.hstack([np.diag(self._output()), np.zeros((count, count))]),
            final,
            np.concatenate([none, bought]),
            self.hours,
            self.resources,
            remarks=self._remarks(),
        )

    def _remarks(self) -> tuple[str, ...]:
        if not self.primary:
            return ()
        rows = ", ".join(f"{name} {figure(total.sum())}" for name, total in self.primary.items())
        gap = figure(np.abs(self.column_gap()).max())
        return (say("readers.symmetric.primary", rows=rows, gap=gap),)


def from_symmetric(table: Symmetric, terms: Terms) -> tuple[Folder, Notes]:
    """Return the economy of a symmetric table, and what was assumed and changed.

    Signs, trade and final uses are treated as by
    `sovplan.history.readers.supply_use.from_supply_use`.

    Raises
    ------
    DataError
        The parts of the table do not fit together, or a final use has no role.
    """
    return from_supply_use(table.account(), terms)
