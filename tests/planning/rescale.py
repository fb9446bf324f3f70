"""An economy in other units of its goods: the same plan, other numbers."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from sovplan.records.folder import Folder, Table

AMOUNTS = {
    "goods.csv": ("stock", "import_cap", "export_cap"),
    "flows.csv": ("amount",),
    "needs.csv": ("target", "floor", "public", "base"),
    "building.csv": ("amount",),
}
PRICES = {"goods.csv": ("import_price", "export_price")}


def in_other_units(folder: Folder, factors: Mapping[str, float]) -> Folder:
    """Return an economy whose goods are measured in units smaller by the factors."""
    tables = {name: table_in_other_units(table, factors) for name, table in folder.tables.items()}
    # Ranges of settings are for the eye, and would be in the old units.
    settings: dict[str, Any] = {**folder.settings, "assumptions": {}}
    if "least_investment" in settings:
        settings["least_investment"] = _times(settings["least_investment"], factors)
    if "migration" in settings:
        needs = _times(settings["migration"]["needs"], factors)
        settings["migration"] = {**settings["migration"], "needs": needs}
    return replace(folder, settings=settings, tables=tables)


def table_in_other_units(table: Table, factors: Mapping[str, float]) -> Table:
    if "good" not in table.columns:
        return table
    by_row = np.array([factors[good] for good in table.text("good")])
    # A range is one of the main amount, which is among these.
    ranges = ("low", "high") if table.name in AMOUNTS else ()
    for column in (*AMOUNTS.get(table.name, ()), *ranges):
        if column in table.columns:
            table = table.with_column(column, table.numbers(column) * by_row)
    for column in PRICES.get(table.name, ()):
        if column in table.columns:
            table = table.with_column(column, table.numbers(column) / by_row)
    return table


def _times(amounts: Mapping[str, float], factors: Mapping[str, float]) -> dict[str, float]:
    return {good: amount * factors[good] for good, amount in amounts.items()}
