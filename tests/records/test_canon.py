from collections.abc import Callable
from dataclasses import replace
from datetime import date, time
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.records.papers import ECONOMY, PAPERS, REPORT, document, draft
from tests.records.small import differences, small

from sovplan.history.economies import embedded, read_economy_folder
from sovplan.records.assembly import economy_of
from sovplan.records.canon import Paper, canonical_bytes, digest, read_canonical
from sovplan.records.documents import (
    ENTRIES,
    Ballot,
    Ballots,
    Complaint,
    Decision,
    Entry,
    Report,
)
from sovplan.records.draft import Draft, Plan, Valuation
from sovplan.records.folder import Folder, Table

# ---- what is read is what was written -----------------------------------------------------------


@pytest.mark.parametrize("name", PAPERS)
def test_a_paper_reads_back_as_it_was_and_to_the_byte(name: str) -> None:
    paper = PAPERS[name]
    text = canonical_bytes(paper)

    again = read_canonical(text)

    assert type(again) is type(paper)
    assert differences(_unplaced(again), _unplaced(paper)) == []
    assert canonical_bytes(again) == text


def test_the_small_drafts_are_of_all_three_kinds() -> None:
    kinds = [draft(kind).status for kind in ("optimal", "infeasible", "unbounded")]

    assert kinds == ["optimal", "infeasible", "unbounded"]
    assert draft("infeasible").conflict is not None
    assert draft("unbounded").unlimited is not None


@pytest.mark.parametrize("name", [found.name for found in embedded()])
def test_an_embedded_economy_reads_back_to_the_byte(name: str) -> None:
    folder = read_economy_folder(name)
    economy = economy_of(folder)

    for paper in (folder, economy):
        text = canonical_bytes(paper)
        assert canonical_bytes(read_canonical(text)) == text
    again = read_canonical(canonical_bytes(economy))
    assert differences(again, economy) == []


def test_the_form_is_canonical_json_of_one_version() -> None:
    text = canonical_bytes(REPORT).decode()

    assert text == (
        '{"content":{"entries":[{"amount":2,"entry":"delivered","good":"steel","partner":"farm",'
        '"workplace":"mill"}],"filed_by":"mill","period":"1929-1"},"paper":"report","version":1}'
    )
    # sha256sum of that line without its end
    assert digest(REPORT) == (
        "sha256:e65880a2998167065a4e5b7f84aec22e6c6418b42446f7c82dcdcbd77a9b068c"
    )


def test_arrays_of_a_draft_are_labelled_with_their_names() -> None:
    made = draft()
    plan = document(made)["content"]["plan"]

    assert made.plan is not None
    assert plan["output"]["steel"] == made.plan.output[1].tolist()
    assert len(plan["capacity"]["rig"]) == len(made.years) + 1
    assert plan["migrants"] == made.plan.migrants.tolist()


def test_blank_numbers_are_null() -> None:
    head, *_ = [column for column in document(ECONOMY)["content"]["tables"]["goods.csv"]
                if column["head"] == "export_price"]  # fmt: skip

    assert head["cells"] == [1.5, None, None]


# ---- one content, one digest --------------------------------------------------------------------


def test_the_digest_does_not_see_where_or_how_an_economy_was_written() -> None:
    moved = replace(small(), origin="/elsewhere")
    settings = dict(reversed(list(moved.settings.items())))
    remarks = replace(moved, settings=settings).table("goods.csv")
    other = replace(moved, settings=settings).with_table(
        remarks.with_column("note", ("x", "y", "z"))
    )

    assert digest(economy_of(other)) == digest(ECONOMY)
    assert digest(other) != digest(small())
    assert digest(moved) == digest(small())


SEEN: dict[str, set[str]] = {
    "economy": {"name", "title", "year", "first_year"},
    "default aims": {"name", "objective", "tie_break", "terminal"},
    "aims": {"cap", "year_weights", "no_waste", "floor_multiples", "years"},
    "returns": {"filed_by"},
    "draft": {"method", "status", "objective", "fulfilment", "plan", "shadow", "hours",
              "labour_content", "bindings", "sentences"},
    "ballots": {"question", "cast", "filed_by"},
    "decision": {"question", "rule", "filed_by", "rounds"},
    "report": {"period", "filed_by", "entries"},
    "complaint": {"period", "filed_by", "workplace", "good", "amount", "text"},
    "findings": {"filed_by", "flags", "blind_spots", "expected_false_flags"},
    "late report": {"period", "filed_by", "entries"},
    "settlement": {"filed_by", "imputed", "doubts"},
}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "field"), [(n, f) for n, found in SEEN.items() for f in sorted(found)]
)
def test_a_change_of_a_field_is_seen_in_the_digest(name: str, field: str) -> None:
    paper = PAPERS[name]
    value = getattr(paper, field)
    changed = _changed(field, value)
    assert repr(changed) != repr(value)

    assert digest(replace(paper, **{field: changed})) != digest(paper)


@settings(max_examples=15)
@given(st.floats(allow_nan=False, allow_infinity=False), st.integers(0, 2), st.integers(0, 2))
def test_a_plan_reads_back_with_any_numbers(value: float, good: int, year: int) -> None:
    made = draft()
    assert made.plan is not None
    output = made.plan.output.copy()
    output[good, year] = value
    paper = replace(made, plan=replace(made.plan, output=output))

    again = read_canonical(canonical_bytes(paper))

    assert isinstance(again, Draft)
    assert again.plan is not None
    assert np.array_equal(again.plan.output, output)


def test_facts_read_back_with_their_kinds() -> None:
    facts: dict[str, Any] = {
        "share": 0.5,
        "unknown": float("nan"),
        "endless": float("inf"),
        "count": 3,
        "said": "so",
        "names": ("a", "b"),
        "array": np.array([[1.0, np.nan], [np.inf, 2.0]]),
        "whole": np.array([1, 2]),
        "flags": np.array([True, False]),
        "empty": np.zeros((0, 5)),
        "inner": {"x": np.array([1.0])},
    }

    again = read_canonical(canonical_bytes(replace(draft(), facts=facts)))

    assert isinstance(again, Draft)
    assert differences(again.facts, facts) == []


def test_dates_and_endless_numbers_among_the_settings_become_texts() -> None:
    noted = {"day": date(1928, 10, 1), "hour": time(8), "most": float("inf"), "pair": (1, 2)}
    folder = replace(small(), settings={**small().settings, "population": noted})

    again = read_canonical(canonical_bytes(folder))

    assert isinstance(again, Folder)
    assert again.settings["population"] == {
        "day": "1928-10-01", "hour": "08:00:00", "most": "inf", "pair": [1, 2],
    }  # fmt: skip
    assert canonical_bytes(again) == canonical_bytes(folder)


def test_a_table_keeps_its_columns_in_order_and_their_kinds() -> None:
    columns: dict[str, Any] = {
        "zinc": ("a", ""),
        "amount": np.array([np.nan, np.nan]),
        "name": ("1", "2"),
    }
    folder = Folder({}, {"x.csv": Table("x.csv", columns, range(2, 4), "x.csv")}, "folder")

    again = read_canonical(canonical_bytes(folder))

    assert isinstance(again, Folder)
    assert list(again.tables["x.csv"].columns) == ["zinc", "amount", "name"]
    assert differences(again, folder) == []


# ---- property: papers of every kind -------------------------------------------------------------

TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=8).filter(str.strip)
AMOUNT = st.floats(0, 1e300)


@st.composite
def ballots(draw: st.DrawFn) -> tuple[Any, ...]:
    options = draw(st.lists(TEXT, min_size=1, max_size=5, unique=True))
    cast = draw(
        st.lists(
            st.tuples(st.lists(st.sampled_from(options), unique=True), st.integers(1, 2**53)),
            max_size=4,
        )
    )
    return options, cast, draw(TEXT), draw(TEXT)


@given(ballots())
def test_any_ballots_read_back(drawn: tuple[Any, ...]) -> None:
    options, cast, question, filed_by = drawn
    votes = tuple(Ballot(tuple((name,) for name in names), count) for names, count in cast)
    paper = Ballots(question, tuple(options), votes, filed_by)

    assert read_canonical(canonical_bytes(paper)) == paper


@given(st.lists(st.tuples(TEXT, st.sampled_from(ENTRIES), AMOUNT, TEXT, TEXT)), TEXT, TEXT)
def test_any_report_reads_back(
    rows: list[tuple[str, str, float, str, str]], period: str, filed_by: str
) -> None:
    entries = tuple(
        Entry(place, kind, amount, good, other if kind in {"delivered", "received"} else "")
        for place, kind, amount, good, other in rows
    )
    paper = Report(period, filed_by, entries)

    again = read_canonical(canonical_bytes(paper))

    assert again == paper
    assert canonical_bytes(again) == canonical_bytes(paper)


@given(st.lists(TEXT, min_size=1, unique=True), st.floats(allow_nan=False, allow_infinity=False))
def test_any_decision_reads_back(names: list[str], share: float) -> None:
    paper = Decision("q", "r", tuple(names), "body", rounds=(dict.fromkeys(names, share),))

    assert read_canonical(canonical_bytes(paper)) == paper


@given(TEXT, AMOUNT.filter(bool))
def test_any_complaint_reads_back(text: str, amount: float) -> None:
    paper = Complaint("1929", text, text, text, amount, text)

    assert read_canonical(canonical_bytes(paper)) == paper


# ---- help ---------------------------------------------------------------------------------------


def _unplaced(paper: Paper) -> Paper:
    """Leave out where a folder was read."""
    return replace(paper, origin="") if isinstance(paper, Folder) else paper


OTHER: dict[type, Callable[[Any], object]] = {
    bool: lambda value: not value,
    int: lambda value: value + 1,
    float: lambda value: value + 1,
    str: lambda value: f"{value}x",
    tuple: lambda value: value[:-1],
    np.ndarray: lambda value: value + 1,
    Plan: lambda value: replace(value, output=value.output + 1),
    Valuation: lambda value: replace(value, goods=value.goods + 1),
}
CHOICES = {"objective": "weighted", "status": "feasible"}


def _changed(name: str, value: Any) -> Any:  # noqa: ANN401 - any field
    """Return another value of the same kind; the same where none is known."""
    if name in CHOICES and isinstance(value, str):
        return CHOICES[name]
    other = OTHER.get(type(value))
    return value if other is None else other(value)
