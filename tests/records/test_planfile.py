import json
from dataclasses import fields, replace

import numpy as np
import pytest
from tests.records.papers import AIMS, ECONOMY, RETURNS, draft

from sovplan.foundation.errors import DataError
from sovplan.planning.optimum import optimum
from sovplan.records.aims import Aims
from sovplan.records.canon import canonical_bytes
from sovplan.records.draft import Plan, Valuation
from sovplan.records.draftfile import document_bytes
from sovplan.records.planfile import draft_of


@pytest.mark.parametrize("aims", [AIMS, Aims(years=2), Aims(objective="labour", years=2)])
def test_a_draft_is_read_back_as_it_was_written(aims: Aims) -> None:
    drawn = optimum(RETURNS, aims)

    read = draft_of(json.loads(document_bytes(drawn)), ECONOMY, aims, "plan")

    assert drawn.plan is not None
    assert read.plan is not None
    for field in fields(Plan):
        one, other = getattr(read.plan, field.name), getattr(drawn.plan, field.name)
        assert np.array_equal(one, other), field.name
    assert read.sentences == drawn.sentences
    assert read.fulfilment == drawn.fulfilment
    assert read.certificate == drawn.certificate
    assert read.bindings == drawn.bindings
    assert canonical_bytes(read)


def test_its_valuations_are_read_back() -> None:
    drawn = draft()

    read = draft_of(json.loads(document_bytes(drawn)), ECONOMY, AIMS, "plan")

    assert drawn.shadow is not None
    assert read.shadow is not None
    for field in fields(Valuation):
        one, other = getattr(read.shadow, field.name), getattr(drawn.shadow, field.name)
        if field.name == "terminal":
            built = np.diff(ECONOMY.plants.building.tocsr().indptr) > 0
            one, other = one[built], other[built]
        assert np.array_equal(one, other), field.name


@pytest.mark.parametrize("kind", ["infeasible", "unbounded"])
def test_a_draft_without_a_plan_is_read_without_one(kind: str) -> None:
    drawn = draft(kind)

    read = draft_of(json.loads(document_bytes(drawn)), drawn.economy, drawn.aims, "plan")

    assert read.status == kind
    assert read.plan is None
    assert read.shadow is None
    assert read.sentences == drawn.sentences


def test_a_document_of_another_economy_or_other_years_is_refused() -> None:
    document = json.loads(document_bytes(draft()))

    with pytest.raises(DataError, match="not of one plan"):
        draft_of(document, replace(ECONOMY, name="other"), AIMS, "plan")
    with pytest.raises(DataError, match="not of one plan"):
        draft_of(document, ECONOMY, replace(AIMS, years=2, year_weights=(1.0, 1.0)), "plan")


def test_a_document_with_a_gap_is_refused() -> None:
    document = json.loads(document_bytes(draft()))
    document["techniques"]["mill"]["activity"][0] = None

    with pytest.raises(DataError, match="activity"):
        draft_of(document, ECONOMY, AIMS, "plan")
