"""The reference tables of the program Economic-Planning as periods."""

from pathlib import Path
from typing import Any

import numpy as np

from sovplan.planning.receding.periods import Periods


def periods_of(shared: Path, country: str) -> Periods:
    """Return the periods of a country."""
    with np.load(shared / f"data/reference/economic-planning/{country}.npz") as file:
        held = {name: file[name] for name in file.files}
    count = len(held["supply"])

    def by_period(name: str) -> Any:  # noqa: ANN401 - arrays of two and of three axes
        if name in held:
            return held[name]
        same = held[f"{name}__same_every_period"]
        return np.broadcast_to(same, (count, *same.shape)).copy()

    sectors = held["supply"].shape[2]
    nothing = np.zeros((count, 0, sectors)), np.zeros((count, 0))
    polluting = "pollutants_sector" in held
    return Periods(
        held["supply"],
        held["use_domestic"] + by_period("use_import"),
        np.diagonal(by_period("depreciation"), axis1=1, axis2=2).copy(),
        held["prices_import"],
        held["prices_export"],
        held["worked_hours"],
        held["target_domestic"] + held["target_imports"],
        held["target_exports"],
        held["pollutants_sector"] if polluting else nothing[0],
        held["pollutants_limit"] if polluting else nothing[1],
    )
