"""Amendments drawn at random: every answer possible, every cost the true one."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, Phase, assume, given, reject, settings
from hypothesis import strategies as st
from tests.planning.amended import ground, raised
from tests.planning.amended_limits import worst_of

from sovplan.foundation.errors import DataError, SolverFailed
from sovplan.foundation.solver import solve
from sovplan.planning.amending.amended import amended, elastic
from sovplan.planning.amending.answers import best_overall, least_change, payer
from sovplan.planning.amending.demands import demands_of
from sovplan.planning.amending.ground import Ground
from sovplan.planning.amending.price import exact_price, work_price
from sovplan.planning.amending.sheet import costing_of
from sovplan.records.amendments import Amendment, Clause
from sovplan.records.identities import balance_error

CASES = (
    ("two-goods", None), ("two-goods", "least-labour"), ("federation-12", None),
    ("federation-12", "shorter-day"), ("federation-12", "homes-first"),
    ("brazil-2021", None), ("brazil-2021", "least-labour"),
)  # fmt: skip
PHASES = (Phase.explicit, Phase.reuse, Phase.generate)
"""Not shrunk: each example takes many solves."""
NOTHING = 1e-6
"""Part below which nothing of an amendment can be met."""


def clause_of(data: st.DataObject, found: Ground) -> Clause:
    """Draw a clause: a good by per cent or by amount, hours, or the share of a branch."""
    draw = data.draw
    economy, plan = found.problem.economy, found.plan
    kind = draw(st.sampled_from(("raise", "lower", "least", "most", "hours", "share")))
    good = draw(st.sampled_from(economy.goods.names))
    of = draw(st.sampled_from(("consumption", "consumption", "output", "imports", "exports")))
    year = draw(st.sampled_from((None, None, found.problem.calendar.years[0])))
    by = draw(st.sampled_from((0.1, 1.0, 5.0, 20.0, 100.0)))
    if kind == "raise":
        return Clause("raise", (good,), of, by=by, year=year)
    if kind == "lower":
        return Clause("lower", (good,), of, by=by, year=year)
    if kind == "hours":
        skill = draw(st.sampled_from(("all", *economy.techniques.skills)))
        return Clause("hours", (skill,), by=min(by, 20.0), year=year)
    side = draw(st.sampled_from(("least", "most")))
    if kind == "share":
        share = draw(st.sampled_from((0.0, 0.05, 0.2, 0.6)))
        whole = Clause("share", (good,), draw(st.sampled_from(("labour", "output"))), year=year)
        return replace(whole, least=share) if side == "least" else replace(whole, most=share)
    there = float(getattr(plan, of)[economy.goods.names.index(good)].mean())
    amount = there * draw(st.sampled_from((0.5, 0.9, 1.0, 1.1, 2.0)))
    whole = Clause("good", (good,), of, year=year)
    return replace(whole, least=amount) if kind == "least" else replace(whole, most=amount)


def amendment_of(data: st.DataObject, found: Ground) -> Amendment:
    draw = data.draw
    goods = found.problem.economy.goods.names
    asked = tuple(clause_of(data, found) for _ in range(draw(st.sampled_from((1, 1, 2, 3)))))
    named = draw(st.lists(st.sampled_from(goods), max_size=3, unique=True))
    pays = draw(st.integers(0, min(2, len(named))))
    return Amendment(
        "drawn", asked, paid_by=tuple(named[:pays]), protect=tuple(named[pays:]),
        public_pays=draw(st.booleans()),
    )  # fmt: skip


@pytest.mark.parametrize(("name", "aims"), CASES)
@settings(
    max_examples=8, deadline=None, phases=PHASES,
    suppress_health_check=[HealthCheck.differing_executors, HealthCheck.filter_too_much],
)  # fmt: skip
@given(data=st.data())
def test_every_answer_is_possible_and_every_cost_true(
    name: str, aims: str | None, data: st.DataObject
) -> None:
    found = ground(name, aims)
    amendment = amendment_of(data, found)
    try:
        demands = demands_of(found, [amendment])
    except DataError:
        # Per cent of what the draft has nothing of; the branch of a good nobody mainly makes.
        reject()
    part = elastic(found, demands).safe
    assume(part > NOTHING and demands.moves.any())
    if solve(amended(found.problem.programme, demands, part)).answer == "unbounded":
        with pytest.raises(SolverFailed, match="no aim left"):
            exact_price(found, demands, part)
        return
    exact = exact_price(found, demands, part)
    work = work_price(found, demands, part, exact.solution.objective)
    answers = [best_overall(found, exact, work), least_change(found, demands, part)]
    if amendment.paid_by:
        answers.append(payer(found, demands, part, amendment))

    for answer in answers:
        if answer is None:
            continue
        worst = worst_of(found, amendment, part, answer)
        assert max(worst.values()) <= 1e-7, (answer.kind, worst)
        assert balance_error(found.problem.economy, answer.plan) <= 1e-7, answer.kind
    anew = solve(amended(found.problem.programme, demands, part))
    true = found.sign * (found.objective - anew.objective)
    size = max(1.0, abs(found.objective))
    assert exact.cost == pytest.approx(true, abs=1e-7 * size)
    assert exact.marginal.at_least <= true + 1e-7 * size


@pytest.mark.parametrize(("name", "aims"), [CASES[0], CASES[2], CASES[3]])
@settings(
    max_examples=4, deadline=None, phases=PHASES,
    suppress_health_check=[HealthCheck.differing_executors, HealthCheck.filter_too_much],
)  # fmt: skip
@given(data=st.data())
def test_the_cost_that_is_told_is_that_of_the_best_answer(
    name: str, aims: str | None, data: st.DataObject
) -> None:
    """The paper tells one cost: what the draft reaches less what the best answer reaches."""
    found = ground(name, aims)
    amendment = amendment_of(data, found)
    try:
        costing = costing_of(found, amendment, [])
    except DataError:
        reject()
    assert not costing.gave_up or "no aim left" in costing.gave_up
    assume(costing.price is not None)
    assert costing.price is not None
    best = next(one for one in costing.answers if one.kind == "best_overall")
    size = max(1.0, abs(found.objective))

    reached = found.objective - found.sign * costing.price.aim

    assert best.objective == pytest.approx(reached, abs=1e-6 * size)
    for answer in costing.answers:
        if answer.done:
            assert found.sign * (best.objective - answer.objective) >= -1e-6 * size


def test_what_checks_answers_sees_a_broken_floor_and_a_broken_limit() -> None:
    """A check that takes its bounds from the answer itself would see nothing."""
    found = ground("two-goods")
    amendment = raised("tools", 1)
    answer = least_change(found, demands_of(found, [amendment]), 1.0)
    assert answer is not None
    places, plan = found.problem.columns["consumption"].places, answer.plan
    hungry, columns = 0.5 * found.problem.calendar.floor, answer.columns.copy()
    columns[places] = hungry

    worse = replace(answer, plan=replace(plan, consumption=hungry), columns=columns)

    worst = worst_of(found, amendment, 1.0, worse)
    assert min(worst[kind] for kind in ("rows", "bounds", "floors", "clauses")) > 1e-3
