"""Canonical papers that are not in order: each is refused, with the place and what was needed."""

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.foundation.keys import keys_in, spoken
from tests.records.papers import PAPERS, document, draft

from sovplan.foundation.errors import DataError
from sovplan.records.aims import Aims
from sovplan.records.calendar import calendar_of
from sovplan.records.canon import canonical_bytes, read_canonical

HALF_A_WHOLE = {"type": "int64", "shape": [1], "values": [None]}
MODULES = ("canon", "draftform", "forms", "wire")


def spoil(name: str, path: str, put: object = ...) -> object:
    """Return a paper's document with something changed or, without `put`, taken away."""
    spoiled: Any = document(PAPERS[name])
    *steps, last = [int(step) if step.isdigit() else step for step in path.split("/")]
    part = spoiled
    for step in steps:
        part = part[step]
    if put is ...:
        del part[last]
    else:
        part[last] = put
    return spoiled


REFUSED: dict[str, tuple[object, str, str]] = {
    "no list": ([1], "unfit", "$ is [1]; dict was needed"),
    "no version": (spoil("report", "version"), "missing", '$ has no "version"'),
    "other version": (
        spoil("report", "version", put=2),
        "version",
        "version 2; this program reads version 1",
    ),
    "more": (spoil("report", "signed", put=1), "unknown", '$ has "signed", which has no place'),
    "kind": (spoil("report", "paper", put="reports"), "kind", 'Did you mean "report"?'),
    "no kind": (spoil("report", "paper", put=5), "unfit", "$.paper is 5; str was needed"),
    "field": (spoil("report", "content/period"), "missing", 'report has no "period"'),
    "own form": (spoil("report", "content/period", put=""), "", "report: period is blank"),
    "entry": (
        spoil("report", "content/entries/0/entry", put="stolen"),
        "",
        '"stolen" is not an entry',
    ),
    "amount": (
        spoil("report", "content/entries/0/amount", put="two"),
        "unfit",
        "report.entries[0].amount is 'two'; number was needed",
    ),
    "tables": (spoil("folder", "content/tables", put=[]), "unfit", "folder.tables is"),
    "settings": (spoil("folder", "content/settings"), "missing", 'folder has no "settings"'),
    "column": (
        spoil("folder", "content/tables/goods.csv/0/head"),
        "missing",
        'folder.goods.csv[0] has no "head"',
    ),
    "ragged": (
        spoil("folder", "content/tables/goods.csv/0/cells", put=["bread"]),
        "ragged",
        "the columns of folder.goods.csv differ in length",
    ),
    "text": (
        spoil("folder", "content/tables/goods.csv/0/cells/0", put=5),
        "unfit",
        "folder.goods.csv.good[0] is 5",
    ),
    "economy": (
        spoil("economy", "content/tables/flows.csv/1/cells/0", put="braed"),
        "",
        'flows.csv, row 2, "good": "braed" is not a good',
    ),
    "objective": (
        spoil("aims", "content/objective", put="rays"),
        "unfit",
        "aims.objective is 'rays'; ray | common | weighted | labour was needed",
    ),
    "aims of a draft": (
        spoil("draft", "content/aims/needs/1/cells/0", put="braed"),
        "",
        '"braed" is not a good',
    ),
    "years": (spoil("draft", "content/aims/years", put=0), "", "--years is 0"),
    "length": (
        spoil("draft", "content/plan/output/steel", put=[1]),
        "years",
        "draft.plan.output.steel has 1 numbers; 3 were needed",
    ),
    "name": (
        spoil("draft", "content/plan/output/steel"),
        "missing",
        'draft.plan.output has no "steel"',
    ),
    "other name": (
        spoil("draft", "content/shadow/labour/nobody", put=[1, 2, 3]),
        "unknown",
        'draft.shadow.labour has "nobody"',
    ),
    "unit": (
        spoil("draft", "content/hours/unit", put="days"),
        "unfit",
        "draft.hours.unit is 'days'",
    ),
    "fact": (
        spoil("draft", "content/facts/waste_share/shape", put=[1]),
        "array",
        "waste_share is not an array of its own shape",
    ),
    "kind of fact": (
        spoil("draft", "content/facts/waste_share/type", put="object"),
        "array",
        "waste_share is not an array",
    ),
    "status": (spoil("draft", "content/status", put="best"), "unfit", "draft.status is 'best'"),
    "calendar": (spoil("draft", "content/calendar", put={}), "unknown", 'draft has "calendar"'),
    "head twice": (
        spoil("folder", "content/tables/goods.csv/1/head", put="good"),
        "twice",
        'the name "good" stands twice',
    ),
    "kind of column": (
        spoil("folder", "content/tables/goods.csv/0/kind", put="words"),
        "unfit",
        "folder.goods.csv[0].kind is 'words'; number | text was needed",
    ),
    "negative shape": (
        spoil("draft", "content/facts/waste_share/shape", put=[-3, -3]),
        "array",
        "waste_share is not an array",
    ),
    "half a whole": (
        spoil("draft", "content/facts/waste_share", put=HALF_A_WHOLE),
        "array",
        "waste_share is not an array",
    ),
}
"""Spoiled documents, the message on each ('' where it is of another room) and a part of it."""


@pytest.mark.parametrize("case", REFUSED)
def test_a_paper_that_is_not_in_order_is_refused(case: str) -> None:
    spoiled, key, hint = REFUSED[case]

    with pytest.raises(DataError) as refused:
        read_canonical(json.dumps(spoiled).encode())

    assert hint in str(refused.value)
    assert not key or spoken(f"papers.wire.{key}", str(refused.value))


def test_a_draft_on_another_calendar_has_no_canonical_form() -> None:
    made = draft()
    other = calendar_of(made.economy, Aims(years=2))

    with pytest.raises(DataError) as refused:
        canonical_bytes(replace(made, calendar=other))

    assert spoken("papers.wire.calendar", str(refused.value))
    assert "has other years than" in str(refused.value)


def test_every_message_on_the_canonical_form_has_been_reached() -> None:
    reached = {key for _, key, _ in REFUSED.values() if key} | {"calendar"}
    on_the_way_to_bytes = {"not_json", "file_not_json", "not_text", "not_plain"}  # tests of wire.py

    used = {key for module in MODULES for key in keys_in(f"records/{module}.py")}
    assert used == {f"papers.wire.{key}" for key in reached | on_the_way_to_bytes}


@given(st.binary(max_size=40))
def test_noise_is_refused(noise: bytes) -> None:
    with pytest.raises(DataError):
        read_canonical(noise)
