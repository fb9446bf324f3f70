"""Every key of the document of amendments is described where it says what the document holds."""

import dataclasses
import re
from pathlib import Path

import pytest

from sovplan.records import certainty, costing

PAGE = Path(__file__).parents[2] / "docs" / "do" / "amend.md"
PAPERS = (
    costing.Sheet, costing.Costing, costing.PriceTag, costing.UnitPrice, costing.AnswerSheet,
    costing.Moved, costing.Rate, certainty.Proved, certainty.Certainty, costing.Refuted,
    costing.ClashSheet, costing.Variant, costing.ShareSheet, costing.BranchShare,
)  # fmt: skip


@pytest.mark.parametrize("paper", PAPERS)
def test_every_key_of_the_sheet_is_described(paper: type) -> None:
    section = PAGE.read_text("utf-8").partition("## What `sheet.json` holds")[2]
    described = set(re.findall(r"`([a-z_]+)`", section.partition("\n## ")[0]))

    assert {field.name for field in dataclasses.fields(paper)} <= described
