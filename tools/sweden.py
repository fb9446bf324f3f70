"""The published tables of Sweden as an economy in kind, for the page of methods.

The tables of the program Economic-Planning (Statistics Sweden, 2008-2016; re-saved in ../shared)
say what sectors make, use and work. Taken as they stand: one technique a sector without limit of
plants, the first year's recipes for all years, final use at home as targets, exports as a fixed use
that earns foreign money at price 1, imports at price 1, hours as they were worked, the opening
stock of the program, a twelfth of what is wanted. The tables are not shipped: the figures are of
Statistics Sweden, their arrangement of a program under the GPL.
"""

from pathlib import Path

import numpy as np

from sovplan.records.assembly import economy_of
from sovplan.records.economy import Economy
from sovplan.records.folder import Folder, Table

YEARS = 5


def sweden(shared: Path) -> Economy:
    """Return the economy from the folder of shared data."""
    with np.load(shared / "data/reference/economic-planning/sweden.npz") as file:
        held = {name.removesuffix("__same_every_period"): file[name] for name in file.files}
    supply, domestic = held["supply"][0], held["use_domestic"][0]
    abroad = held["use_import"]
    use = domestic + (abroad[0] if abroad.ndim == 3 else abroad)
    wanted = held["target_domestic"] + held["target_imports"]
    exports, hours = held["target_exports"], held["worked_hours"]
    goods = [f"product{place + 1}" for place in range(supply.shape[0])]
    sectors = [f"sector{place + 1}" for place in range(supply.shape[1])]
    flows = [
        {"technique": sectors[j], "good": goods[i], "role": role, "amount": float(matrix[i, j])}
        for role, matrix in (("output", supply), ("input", use))
        for i, j in zip(*np.nonzero(matrix > 0), strict=True)
    ]
    kept = {row["technique"] for row in flows if row["role"] == "output"}
    fixed = np.maximum(exports, 0.0)
    tables: dict[str, list[dict[str, object]]] = {
        "goods.csv": [
            {
                "good": name,
                "stock": max(float(wanted[0, i]), 0.0) / 12,
                "spoilage": 0,
                "import_price": 1,
            }
            for i, name in enumerate(goods)
        ],
        "techniques.csv": [{"technique": name} for name in sectors if name in kept],
        "flows.csv": [row for row in flows if row["technique"] in kept],
        "labour.csv": [
            {"technique": name, "skill": "work", "hours": float(hours[0, j])}
            for j, name in enumerate(sectors)
            if name in kept and hours[0, j] > 0
        ],
        "supply.csv": [
            row
            for t in range(YEARS)
            for row in (
                {"year": 1 + t, "kind": "labour", "name": "work", "amount": float(hours[t].sum())},
                {
                    "year": 1 + t,
                    "kind": "credit",
                    "name": "exports",
                    "amount": float(fixed[t].sum()),
                },
            )
        ],
        "needs.csv": [
            {
                "year": 1 + t,
                "good": name,
                "target": max(float(wanted[t, i]), 0.0),
                "public": float(fixed[t, i]),
            }
            for t in range(YEARS)
            for i, name in enumerate(goods)
        ],
    }
    found = {name: Table.of(name, rows) for name, rows in tables.items()}
    return economy_of(Folder({"format": 1, "name": "sweden", "year": 1}, found))
