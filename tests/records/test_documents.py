from dataclasses import replace
from typing import Any

import pytest
from tests.foundation.keys import keys_in, spoken
from tests.records.papers import (
    BALLOTS,
    COMPLAINT,
    DECISION,
    ENTRY,
    FINDINGS,
    FLAG,
    LATE,
    REPORT,
    SETTLEMENT,
)

from sovplan.foundation.errors import DataError
from sovplan.records.documents import (
    ENTRIES,
    Ballot,
    Ballots,
    Complaint,
    Decision,
    Entry,
    Findings,
    Flag,
    GlobalTest,
    LateReport,
    Report,
    Settlement,
)
from sovplan.records.paperform import name_of

Paper = Ballots | Decision | Entry | Report | LateReport | Complaint | Flag | Findings | Settlement

NAN, INF = float("nan"), float("inf")

WRONG: list[tuple[str, Paper, dict[str, Any], str]] = [
    ("blank", BALLOTS, {"question": " "}, "ballots: question is blank"),
    ("blank", BALLOTS, {"filed_by": ""}, "ballots: filed_by is blank"),
    ("blank", DECISION, {"rule": ""}, "decision: rule is blank"),
    ("blank", ENTRY, {"workplace": ""}, "entry of a report: workplace is blank"),
    ("blank", REPORT, {"period": ""}, "report: period is blank"),
    ("blank", REPORT, {"filed_by": ""}, "report: filed_by is blank"),
    ("blank", LATE, {"workplace": ""}, "late report: workplace is blank"),
    ("late_report.other", LATE, {"workplace": "farm"}, "a late report of farm has rows of mill"),
    ("blank", SETTLEMENT, {"filed_by": ""}, "settlement: filed_by is blank"),
    ("blank", COMPLAINT, {"text": ""}, "complaint: text is blank"),
    ("blank", FLAG, {"kind": ""}, "finding: kind is blank"),
    ("blank", FINDINGS, {"filed_by": ""}, "findings: filed_by is blank"),
    ("ballots.no_options", BALLOTS, {"options": ()}, '"Which plan?" has no options'),
    ("twice", BALLOTS, {"options": ("even", "even")}, 'options: "even"'),
    ("twice", BALLOTS, {"options": ("even", "")}, 'options: ""'),
    ("twice", BALLOTS, {"cast": (Ballot((("even",), ("even",))),)}, 'ranking: "even"'),
    ("ballots.unknown", BALLOTS, {"cast": (Ballot((("evn",),)),)}, 'Did you mean "even"?'),
    ("ballots.voters", BALLOTS, {"cast": (Ballot(()), Ballot((), 0))}, "ballot 2: voters is 0"),
    ("ballots.voters", BALLOTS, {"cast": (Ballot((), voters=True),)}, "ballot 1: voters is True"),
    ("twice", DECISION, {"winners": ("even", "even")}, 'winners: "even"'),
    ("twice", DECISION, {"tied": ("even", "even")}, 'tied: "even"'),
    ("decision.nobody", DECISION, {"winners": ()}, "no name is chosen"),
    ("number.number", DECISION, {"rounds": ({"even": NAN},)}, "rounds of even is nan"),
    ("report.entry", ENTRY, {"entry": "recieved"}, 'Did you mean "received"?'),
    ("report.no_good", ENTRY, {"good": ""}, "mill: an entry delivered names no good"),
    ("report.no_partner", ENTRY, {"partner": ""}, "mill: an entry delivered names no partner"),
    ("report.partner", ENTRY, {"entry": "made"}, "mill: an entry made has a partner"),
    ("number.amount", ENTRY, {"amount": -1.0}, "amount of mill is -1.0"),
    ("number.amount", ENTRY, {"amount": INF}, "amount of mill is inf"),
    ("number.amount", COMPLAINT, {"amount": NAN}, "amount of mill is nan"),
    ("complaint.nothing", COMPLAINT, {"amount": 0.0}, "an amount of 0"),
    ("number.number", FLAG, {"score": INF}, "score of mill is inf"),
    ("number.number", FLAG, {"low": NAN}, "low of mill is nan"),
    ("findings.interval", FLAG, {"low": 2.5}, "outside its own interval 2.5 to 3"),
    ("findings.interval", FLAG, {"high": 1.5}, "outside its own interval 1 to 1.5"),
    ("number.amount", FINDINGS, {"of_all": GlobalTest(-1.0, 8, 0.1)}, "statistic of inspection"),
    ("number.amount", FINDINGS, {"of_all": GlobalTest(1.0, -8, 0.1)}, "degrees of inspection"),
    ("number.share", FINDINGS, {"of_all": GlobalTest(1.0, 8, 1.1)}, "p of inspection is 1.1"),
    ("number.amount", FINDINGS, {"expected_false_flags": -0.1}, "expected_false_flags"),
]


@pytest.mark.parametrize(
    "paper", [BALLOTS, DECISION, ENTRY, REPORT, LATE, COMPLAINT, FLAG, FINDINGS, SETTLEMENT]
)
def test_a_paper_in_order_is_built_and_has_a_name(paper: Paper) -> None:
    assert replace(paper) == paper
    assert name_of(type(paper))


@pytest.mark.parametrize(("key", "paper", "changed", "hint"), WRONG)
def test_a_paper_that_contradicts_its_own_form_is_refused(
    key: str, paper: Paper, changed: dict[str, Any], hint: str
) -> None:
    with pytest.raises(DataError) as refused:
        replace(paper, **changed)

    assert spoken(f"papers.{key}", str(refused.value))
    assert hint in str(refused.value)


def test_every_message_on_papers_has_been_reached() -> None:
    reached = {f"papers.{key}" for key, *_ in WRONG}

    keys = keys_in("records/documents.py") | keys_in("records/paperform.py")
    assert {key for key in keys if ".name." not in key} == reached


def test_hours_and_metered_entries_may_name_no_good() -> None:
    for kind in ENTRIES:
        partner = "farm" if kind in {"delivered", "received"} else ""
        made = replace(ENTRY, entry=kind, partner=partner)
        assert made.entry == kind
        if kind in {"hours", "metered"}:
            assert replace(made, good="").good == ""


def test_the_entries_are_those_of_the_file_format() -> None:
    assert ENTRIES == (
        "opening", "made", "used", "delivered", "received", "sold", "closing", "counted",
        "metered", "hours",
    )  # fmt: skip


def test_a_tie_without_winner_is_a_decision() -> None:
    assert replace(DECISION, winners=(), tied=("even", "homes first")).tied == (
        "even",
        "homes first",
    )


def test_a_question_without_a_ballot_cast_is_a_paper() -> None:
    assert replace(BALLOTS, cast=()).cast == ()
