"""sovplan plans an economy, and shows what politics does to the plan.

What stands here is loaded when it is first asked for: a process that only runs a society, or the
command line that starts one, does not wait for pages and solvers.
"""

from importlib import import_module
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, Final

from sovplan.foundation.errors import (
    DataError,
    NotProductive,
    OutOfStage,
    PlanningError,
    SolverFailed,
    SovplanError,
)
from sovplan.records.draft import Draft
from sovplan.records.frames import to_frame, to_xarray

if TYPE_CHECKING:
    from sovplan.history.economies import read_aims, read_economy
    from sovplan.planning.optimum import optimum
    from sovplan.records.aims import Aims
    from sovplan.records.assembly import economy_of
    from sovplan.records.economy import Economy
    from sovplan.records.folder import Folder, Table
    from sovplan.records.returns import Returns
    from sovplan.records.tables import read_folder, write_folder
    from sovplan.report.planbook import plan_book

__version__: Final = version("sovplan")

_HOMES: Final = {
    "Aims": "sovplan.records.aims",
    "Economy": "sovplan.records.economy",
    "Folder": "sovplan.records.folder",
    "Returns": "sovplan.records.returns",
    "Table": "sovplan.records.folder",
    "economy_of": "sovplan.records.assembly",
    "optimum": "sovplan.planning.optimum",
    "plan_book": "sovplan.report.planbook",
    "read_aims": "sovplan.history.economies",
    "read_economy": "sovplan.history.economies",
    "read_folder": "sovplan.records.tables",
    "write_folder": "sovplan.records.tables",
}
"""Module of each name that is loaded when it is first asked for."""


def __getattr__(name: str) -> Any:  # noqa: ANN401 - a class or a function
    if name not in _HOMES:
        message = f"module 'sovplan' has no attribute {name!r}"
        raise AttributeError(message)
    found = getattr(import_module(_HOMES[name]), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOMES})


def _in_short(draft: Draft) -> str:
    """Return a draft in short as HTML, for notebooks."""
    from sovplan.report.notebook import draft_html  # noqa: PLC0415 - pages load slowly

    return draft_html(draft)


# A draft is a paper: it knows neither pages nor data frames. Here, where the house is put
# together, it is given what notebooks ask for: draft.to_frame(), draft.to_xarray(), its picture.
for _name, _face in {
    "to_frame": to_frame,
    "to_xarray": to_xarray,
    "_repr_html_": _in_short,
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
