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
from sovplan.records.frames import to_frame, to_xarray
from sovplan.records.returns import Returns
from sovplan.records.tables import read_folder, write_folder
from sovplan.report.notebook import draft_html
from sovplan.report.planbook import plan_book

__version__: Final = version("sovplan")

# A draft is a paper: it knows neither pages nor data frames. Here, where the house is put
# together, it is given what notebooks ask for: draft.to_frame(), draft.to_xarray(), its picture.
for _name, _face in {
    "to_frame": to_frame,
    "to_xarray": to_xarray,
    "_repr_html_": draft_html,
}.items():
    setattr(Draft, _name, _face)

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
    "plan_book",
    "read_aims",
    "read_economy",
    "read_folder",
    "to_frame",
    "to_xarray",
    "write_folder",
]
