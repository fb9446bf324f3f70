"""Answers of all kinds are proved, also where little is reached; what is not proved is said."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.planning.amended import ground, raised

from sovplan.foundation.errors import SolverFailed
from sovplan.planning.amending import sheet as sheets
from sovplan.planning.amending.answers import carried, paid
from sovplan.planning.amending.demands import Demands, demands_of
from sovplan.planning.amending.ground import Ground
from sovplan.planning.amending.price import exact_price, price_if_possible
from sovplan.planning.amending.sentences import costing_sentences
from sovplan.planning.amending.sheet import sheet_of
from sovplan.planning.certificate import gap_between, proven_bound
from sovplan.records.amendments import Amendment, Amendments, Clause
from sovplan.records.certainty import Proved
from sovplan.records.costing import Costing, Sheet


def costed(found: Ground, *clauses: Clause, paid_by: tuple[str, ...] = ()) -> Costing:
    """Return what a sheet says of one amendment."""
    amendment = Amendment("asked", clauses, paid_by=paid_by)
    return sheet_of(found, Amendments("test", (amendment,)))[0].costings[0]


def assert_proved(costing: Costing) -> None:
    for answer in costing.answers:
        if answer.done:
            assert answer.proof is not None
            assert max(answer.proof.primal, answer.proof.balance) <= 1e-7, answer.kind
            assert answer.proof.gap <= 1e-6, answer.kind


def test_a_good_bought_because_it_is_asked_for_and_sold_again_is_proved() -> None:
    """Foreign money, the good, and foreign money again: prices must not go round in a circle."""
    found = ground("federation-12")
    exact = exact_price(found, demands_of(found, [raised("meat", 5, "imports")]), 1.0)

    bound = proven_bound(exact.programme, exact.solution.duals)

    assert bound >= exact.solution.objective - 1e-12
    assert gap_between(exact.solution.objective, bound) <= 1e-9


@pytest.mark.parametrize(
    ("name", "clauses"),
    [
        # Hardly anything is reached of the aim: rounding is not measured by what is left of it.
        ("brazil-2021", [Clause("share", ("agriculture",), "output", least=0.6)]),
        ("brazil-2021", [Clause("share", ("construction",), "labour", least=0.6)]),
        # Nothing is made of what is forbidden, to the last digit.
        ("federation-12", [Clause("share", ("electricity",), "labour", most=0.0)]),
        ("federation-12", [Clause("share", ("shoes",), "output", most=0.0),
                           Clause("lower", ("leather",), "output", by=5.0, year=2030)]),
    ],
)  # fmt: skip
def test_what_is_asked_at_the_edge_is_proved(name: str, clauses: list[Clause]) -> None:
    assert_proved(costed(ground(name), *clauses))


WHY = "too hard"
GOODS = {
    "federation-12": ("shoes", "bread", "meat", "flour", "electricity", "care", "cloth", "salt"),
    "brazil-2021": ("agriculture", "manufactures", "construction", "professional", "support"),
}


BRANCHES = {
    "federation-12": ("shoes", "bread", "flour", "electricity", "care"),
    "brazil-2021": GOODS["brazil-2021"],
}
"""Goods that some technique mainly makes."""


def drawn(name: str, seed: int) -> Amendment:
    """Return an amendment of one to three clauses, with payers now and then."""
    luck = np.random.default_rng(seed)

    def one(*choices: Any) -> Any:  # noqa: ANN401
        return choices[int(luck.integers(len(choices)))]

    def clause() -> Clause:
        kind, good = one("raise", "lower", "raise", "share", "hours"), (one(*GOODS[name]),)
        if kind == "hours":
            return Clause(kind, ("all",), "", by=5.0)
        if kind == "share":
            sense = one(("labour", "least"), ("output", "most"))
            good = (one(*BRANCHES[name]),)
            return Clause(kind, good, sense[0], **{sense[1]: one(0.0, 0.05, 0.2, 0.6)})
        of = one("consumption", "output", "imports")
        return Clause(kind, good, of, by=one(0.1, 1.0, 5.0, 20.0, 100.0))

    clauses = tuple(clause() for _ in range(one(1, 1, 2, 3)))
    return Amendment("asked", clauses, paid_by=one((), (), (one(*GOODS[name]),), GOODS[name][:2]))


@pytest.mark.parametrize("name", sorted(GOODS))
@settings(max_examples=8, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_whatever_is_asked_answers_are_proved(name: str, seed: int) -> None:
    found, amendment = ground(name), drawn(name, seed)
    nothing = [
        clause for clause in amendment.clauses
        if clause.by is not None and clause.kind != "hours" and not _has(found, clause)
    ]  # fmt: skip
    if nothing:
        return  # refused: there is no per cent of nothing

    costing = sheet_of(found, Amendments("test", (amendment,)))[0].costings[0]

    assert not costing.gave_up
    assert_proved(costing)
    if costing.theta < 1:
        assert costing.refuted is not None


def _has(found: Ground, clause: Clause) -> bool:
    row = found.problem.economy.goods.names.index(clause.names[0])
    amounts = {
        "consumption": found.plan.consumption, "output": found.plan.output,
        "imports": found.plan.imports,
    }  # fmt: skip
    return bool((amounts[clause.of][row] > 1e-6).all())


def test_the_part_that_payers_can_carry_is_the_greatest_one() -> None:
    found = ground("brazil-2021")
    amendment = Amendment(
        "asked", (Clause("hours", ("labour",), "", by=30.0),), paid_by=("professional",),
        protect=("transport",),
    )  # fmt: skip
    demands = demands_of(found, [amendment])

    part = carried(found, demands, 1.0, amendment)

    assert 0.01 < part < 0.02
    assert paid(found, demands, 0.999 * part, amendment) is not None
    assert paid(found, demands, 1.001 * part, amendment) is None


# ---- where the solver gives up -------------------------------------------------------------------


def test_an_amendment_that_the_solver_gives_up_on_leaves_the_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found = ground("two-goods")
    amendments = Amendments("test", (raised("tools", 5), raised("grain", 1)))
    before, _ = sheet_of(found, amendments)

    def gives_up(*words: object) -> object:
        demands = words[1]
        assert isinstance(demands, Demands)
        if demands.places[0].amendment == "more grain":
            raise SolverFailed(WHY)
        return before_price(*words)  # type: ignore[arg-type]

    before_price = price_if_possible
    monkeypatch.setattr(sheets, "price_if_possible", gives_up)
    after, _ = sheet_of(found, amendments)

    prices = [one.costings[0].price for one in (before, after)]
    assert prices[0] is not None
    assert prices[1] is not None
    assert prices[1].aim == pytest.approx(prices[0].aim, rel=1e-12)
    assert [one.done for one in after.costings[0].answers] == [True, True]
    assert after.costings[1].gave_up == WHY
    assert after.costings[1].answers == ()
    assert any("nothing was found out: too hard" in one for one in after.sentences)
    assert after.clashes == ()


def test_an_answer_that_the_solver_gives_up_on_leaves_the_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found = ground("two-goods")

    def gives_up(*_: object) -> None:
        raise SolverFailed(WHY)

    monkeypatch.setattr(sheets, "payer", gives_up)
    costing = costed(found, Clause("raise", ("tools",), "consumption", by=5.0), paid_by=("grain",))

    assert [answer.done for answer in costing.answers] == [True, True, False]
    assert costing.answers[2].gave_up == WHY


def test_an_answer_that_is_not_proved_says_so() -> None:
    found = ground("two-goods")
    sheet, _ = sheet_of(found, Amendments("test", (raised("tools", 5),)))
    costing = sheet.costings[0]
    bad = replace(costing.answers[0], proof=Proved(1e-12, 1e-12, 1e-3, 1e-12))
    wrong = replace(costing, answers=(bad, *costing.answers[1:]))

    told = " ".join(costing_sentences(found.draft, sheet, wrong))

    assert "“least change” is not proved" in told
    assert "not proved" not in " ".join(costing_sentences(found.draft, sheet, costing))
    assert isinstance(sheet, Sheet)
