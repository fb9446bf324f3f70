import sys
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from tests.records.papers import ECONOMY, draft

from sovplan.foundation.errors import DataError, PlanningError
from sovplan.planning.optimum import optimum
from sovplan.records.aims import Aims
from sovplan.records.draftfile import json_document
from sovplan.records.frames import FrameName, to_frame, to_xarray
from sovplan.records.returns import Returns

HEADS: dict[FrameName, str] = {
    "goods": "good",
    "techniques": "technique",
    "plants": "plant",
    "labour": "skill",
    "resources": "resource",
}


@pytest.mark.parametrize("table", HEADS)
def test_a_frame_has_a_row_for_each_name_and_year_and_a_column_for_each_series(
    table: FrameName,
) -> None:
    found = json_document(draft())[table]

    frame = to_frame(draft(), table)

    assert list(frame.index.names) == [HEADS[table], "year"]
    assert list(frame.index) == [(name, year) for name in found for year in draft().years]
    for name, thing in found.items():
        assert list(frame.columns) == list(thing)
        for series, numbers in thing.items():
            np.testing.assert_array_equal(
                frame.loc[name, series].to_numpy(), np.array(numbers, dtype=float)
            )


def test_goods_are_the_table_if_none_is_named() -> None:
    pd.testing.assert_frame_equal(to_frame(draft()), to_frame(draft(), "goods"))


def test_trade_is_by_year_alone() -> None:
    frame = to_frame(draft(), "trade")

    assert list(frame.index) == list(draft().years)
    assert frame.index.name == "year"
    assert frame["balance"].tolist() == json_document(draft())["trade"]["balance"]


def test_what_binds_is_a_frame_of_limits() -> None:
    frame = to_frame(draft(), "bindings")

    assert list(frame["limit"]) == [binding.limit.kind for binding in draft().bindings]
    assert list(frame["saved"]) == [binding.saved for binding in draft().bindings]


def test_the_data_set_has_every_series_with_its_axes() -> None:
    plan = draft().plan
    assert plan is not None

    found = to_xarray(draft())

    assert dict(found.sizes) == {
        "good": 3, "year": 3, "technique": 3, "plant": 2, "skill": 2, "resource": 2,
    }  # fmt: skip
    assert found["goods_output"].dims == ("good", "year")
    assert found["trade_balance"].dims == ("year",)
    assert found["people_migrants"].dims == ("year",)
    assert float(found["goods_output"].sel(good="steel", year=2002)) == plan.output[1, 1]
    assert float(found["plants_capacity_next"].sel(plant="rig", year=2003)) == plan.capacity[0, 3]
    assert found.attrs == {"economy": "small", "method": "optimum", "status": "optimal"}


def test_series_that_a_draft_does_not_have_are_left_out() -> None:
    still = replace(ECONOMY, extensions=ECONOMY.extensions.without("migration"))
    made = optimum(Returns(still), Aims(years=1))

    assert "people_migrants" not in to_xarray(made)


@pytest.mark.parametrize("kind", ["infeasible", "unbounded"])
def test_without_a_plan_there_is_no_frame(kind: str) -> None:
    with pytest.raises(PlanningError, match=f"this draft is {kind} and has no plan"):
        to_frame(draft(kind))
    with pytest.raises(PlanningError, match="has no plan"):
        to_frame(draft(kind), "bindings")
    with pytest.raises(PlanningError, match="has no plan"):
        to_xarray(draft(kind))


def test_a_package_that_is_not_installed_is_named_with_what_to_type(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    monkeypatch.setitem(sys.modules, "xarray", None)

    with pytest.raises(DataError, match=r'pandas is needed .* pip install "sovplan\[notebook\]"'):
        to_frame(draft())
    with pytest.raises(DataError, match="xarray is needed"):
        to_xarray(draft())
