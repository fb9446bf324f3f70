"""sovplan plans an economy, and shows what politics does to the plan."""

from importlib.metadata import version
from typing import Final

from sovplan.foundation.errors import (
    DataError,
    NotProductive,
    OutOfStage,
    PlanningError,
    SolverFailed,
    SovplanError,
)
from sovplan.history.economies import read_aims, read_economy
from sovplan.planning.optimum import optimum
from sovplan.records.aims import Aims
from sovplan.records.assembly import economy_of
from sovplan.records.draft import Draft
from sovplan.records.economy import Economy
from sovplan.records.folder import Folder, Table
from sovplan.records.returns import Returns
from sovplan.records.tables import read_folder, write_folder

__version__: Final = version("sovplan")

__all__ = [
    "Aims",
    "DataError",
    "Draft",
    "Economy",
    "Folder",
    "NotProductive",
    "OutOfStage",
    "PlanningError",
    "Returns",
    "SolverFailed",
    "SovplanError",
    "Table",
    "economy_of",
    "optimum",
    "read_aims",
    "read_economy",
    "read_folder",
    "write_folder",
]
