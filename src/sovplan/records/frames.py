"""A draft as a data frame or as a labelled data set, for notebooks.

Needs the optional packages pandas and xarray: ``pip install "sovplan[notebook]"``.
"""

from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from sovplan.foundation.errors import DataError, PlanningError
from sovplan.foundation.shapes import Matrix
from sovplan.foundation.words import say
from sovplan.records.blocks import Block, bindings_table, blocks_of
from sovplan.records.draft import Draft

if TYPE_CHECKING:
    import pandas as pd
    import xarray as xr

    Frame: TypeAlias = pd.DataFrame
    DataSet: TypeAlias = xr.Dataset
else:
    Frame = DataSet = object

FrameName = Literal["goods", "techniques", "plants", "labour", "resources", "trade", "bindings"]


def to_frame(draft: Draft, table: FrameName = "goods") -> Frame:
    """Return one table of a draft as a pandas data frame.

    Parameters
    ----------
    draft
        The draft.
    table
        Which table. All but `bindings` have a row for each name and year, and a column for each
        series in the unit of the plan; `bindings` has a row for each limit that binds.

    Raises
    ------
    DataError
        pandas is not installed.
    PlanningError
        The draft has no plan.
    """
    try:
        import pandas as pd
    except ImportError:
        raise DataError(say("papers.draft.no_package", name="pandas")) from None
    _refuse_without_plan(draft)
    if table == "bindings":
        binding = bindings_table(draft.bindings)
        return pd.DataFrame(dict(binding.columns))
    block = blocks_of(draft)[table]
    columns = {series: numbers.ravel() for series, numbers in _numbers(block).items()}
    years = list(draft.years)
    if not block.by:
        return pd.DataFrame(columns, index=pd.Index(years, name="year"))
    index = pd.MultiIndex.from_product([block.names, years], names=[block.by, "year"])
    return pd.DataFrame(columns, index=index)


def to_xarray(draft: Draft) -> DataSet:
    """Return all series of a draft as one xarray data set.

    Variables are called by block and series, ``goods_output``; their dimensions are the thing
    (good, technique, plant, skill, resource) and the year.

    Raises
    ------
    DataError
        xarray is not installed.
    PlanningError
        The draft has no plan.
    """
    try:
        import xarray
    except ImportError:
        raise DataError(say("papers.draft.no_package", name="xarray")) from None
    _refuse_without_plan(draft)
    variables: dict[str, Any] = {}
    names: dict[str, Any] = {"year": list(draft.years)}
    for title, block in blocks_of(draft).items():
        if block.by:
            names[block.by] = list(block.names)
        for series, numbers in _numbers(block).items():
            cells = numbers if block.by else numbers[0]
            axes = (block.by, "year") if block.by else ("year",)
            variables[f"{title}_{series}"] = (axes, cells)
    facts = {"economy": draft.economy.name, "method": draft.method, "status": draft.status}
    return xarray.Dataset(variables, coords=names, attrs=facts)


def _refuse_without_plan(draft: Draft) -> None:
    if not draft.done:
        raise PlanningError(say("papers.draft.no_plan", status=draft.status))


def _numbers(block: Block) -> dict[str, Matrix]:
    return {series: numbers for series, numbers in block.series.items() if numbers is not None}
