"""One paper of each kind, all in order."""

from functools import cache
from typing import Any

from tests.records.small import Spoiled, small

from sovplan.planning.optimum import optimum
from sovplan.records.aims import Aims
from sovplan.records.assembly import economy_of
from sovplan.records.canon import Paper, canonical_bytes
from sovplan.records.documents import (
    Ballot,
    Ballots,
    BlindSpot,
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
from sovplan.records.draft import Draft
from sovplan.records.folder import Table
from sovplan.records.returns import Returns
from sovplan.records.wire import parsed

BALLOTS = Ballots(
    question="Which plan?",
    options=("even", "homes first"),
    cast=(Ballot((("even",), ("homes first",)), 3), Ballot((("even", "homes first"),))),
    filed_by="congress",
)

DECISION = Decision(
    question="Which plan?",
    rule="schulze",
    winners=("even",),
    filed_by="congress",
    rounds=({"even": 3.0, "homes first": 1.0},),
)

ENTRY = Entry(
    workplace="mill",
    entry="delivered",
    amount=2.0,
    good="steel",
    partner="farm",
)

REPORT = Report(period="1929-1", filed_by="mill", entries=(ENTRY,))

COMPLAINT = Complaint(
    period="1929-1",
    filed_by="co-operative",
    workplace="mill",
    good="steel",
    amount=0.5,
    text="brittle",
)

FLAG = Flag(
    workplace="mill",
    period="1929-1",
    kind="padding",
    amount=2.0,
    low=1.0,
    high=3.0,
    score=4.5,
    rows=("4", "7"),
    alternatives=("a broken meter",),
)

FINDINGS = Findings(
    filed_by="inspection",
    of_all=GlobalTest(12.5, 8, 0.13),
    flags=(FLAG,),
    blind_spots=(BlindSpot("farm", ("stock",)),),
    expected_false_flags=0.05,
)

LATE = LateReport(period="1929-1", filed_by="herders", workplace="mill", entries=(ENTRY,))

SETTLEMENT = Settlement(filed_by="renewal", imputed=(REPORT,), doubts=("nobody looked",))

ECONOMY = economy_of(small())
RETURNS = Returns(ECONOMY)
AIMS = Aims(
    name="aims-full",
    objective="common",
    years=3,
    terminal={"steel": 0.0},
    cap=2.0,
    year_weights=(1.0, 2.0, 3.0),
    no_waste=("oil",),
    labour_weights={"field": 2.0},
    floor_multiples=(1.0, 0.5),
    needs=Table.of("needs.csv", [{"year": 2001, "good": "bread", "target": 50, "note": "less"}]),
)


@cache
def draft(kind: str = "optimal") -> Draft:
    """Return a draft of the small economy: optimal, infeasible or unbounded."""
    if kind == "optimal":
        return optimum(RETURNS, AIMS)
    if kind == "infeasible":
        hungry = Table.of("needs.csv", [{"year": 2001, "good": "bread", "target": 1, "floor": 1e4}])
        return optimum(RETURNS, Aims(years=2, needs=hungry))
    manna = Spoiled()
    manna.add("techniques.csv", technique="manna")
    manna.add("flows.csv", technique="manna", good="bread", role="output", amount=1)
    manna.tables["needs.csv"] = [{"year": 2001, "good": "bread", "target": 1}]
    return optimum(Returns(economy_of(manna.folder())), Aims(years=2))


PAPERS: dict[str, Paper] = {
    "economy": ECONOMY,
    "folder": small(),
    "aims": AIMS,
    "default aims": Aims(),
    "returns": RETURNS,
    "draft": draft("optimal"),
    "infeasible draft": draft("infeasible"),
    "unbounded draft": draft("unbounded"),
    "ballots": BALLOTS,
    "decision": DECISION,
    "report": REPORT,
    "complaint": COMPLAINT,
    "findings": FINDINGS,
    "late report": LATE,
    "settlement": SETTLEMENT,
}


def document(paper: Paper) -> Any:  # noqa: ANN401 - JSON
    """Return the canonical form of a paper as JSON values, to be spoiled."""
    return parsed(canonical_bytes(paper))
