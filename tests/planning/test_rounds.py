"""Participatory rounds against the published runs, and the repair of what they end with."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sovplan.foundation.errors import DataError, PlanningError
from sovplan.history.readers.councils import read_councils
from sovplan.planning.rounds.answers import answers_of
from sovplan.planning.rounds.change import growth, increasing_returns, next_year
from sovplan.planning.rounds.councils import KINDS, Councils, with_exponents
from sovplan.planning.rounds.drawn import drawn
from sovplan.planning.rounds.prices import book, program
from sovplan.planning.rounds.procedure import Course, rounds
from sovplan.planning.rounds.repair import balance, distance, repaired, sentences

CASES = range(1, 6)
FOLDER = "data/reference/participatory-dep1ex"
SHARES = {"20%": 0.2, "10%": 0.1, "5%": 0.05, "3%": 0.03}


def case(shared: Path, number: int) -> tuple[Councils, dict[str, Any]]:
    name = f"dep1ex{number:02d}"
    expected = json.loads((shared / FOLDER / f"{name}_expected.json").read_text("utf-8"))
    return read_councils(shared / FOLDER / f"{name}.clj.gz"), expected


def held_against(course: Course, expected: dict[str, Any]) -> None:
    worst = np.array(expected["worst_imbalance_pct"])
    assert len(course) == len(worst)
    np.testing.assert_allclose(100 * course.worst, worst, rtol=0, atol=1e-9)
    for name, share in SHARES.items():
        assert course.first_below(share) == expected["first_round_below"][name]


@pytest.mark.parametrize("number", CASES)
def test_the_published_runs_come_out_round_by_round(number: int, shared: Path) -> None:
    councils, expected = case(shared, number)
    held_against(rounds(councils, until=0.03), expected["cold_start_year_one"])


@pytest.mark.parametrize("number", CASES)
def test_the_published_runs_with_increasing_returns_come_out(number: int, shared: Path) -> None:
    councils, expected = case(shared, number)
    found = expected["increasing_returns"]
    raised = increasing_returns(councils, np.array(found["councils"]) - 1)
    held_against(rounds(raised, until=0.03), found["cold_start_year_one"])


def test_each_council_proposes_what_the_program_printed(shared: Path) -> None:
    councils, expected = case(shared, 1)
    proposed = answers_of(councils).proposals(np.full(50, 700.0))
    printed = expected["councils_round_1"]
    np.testing.assert_allclose(proposed.output, printed["output"], rtol=1e-12)
    # The origin's effort is wrong for councils with 8 inputs; its README says so.
    right = np.diff(councils.workers.exponents.indptr) < 8
    effort = np.array(printed["effort"])
    np.testing.assert_allclose(proposed.effort[right], effort[right], rtol=1e-12)


def test_the_rule_of_the_book_ends_earlier_than_the_published_counts(shared: Path) -> None:
    # The package demplan reports 11, 11, 10, 11, 11 for the rule as printed, on the large files;
    # on these it is a different rule with different counts all the same.
    councils, expected = case(shared, 1)
    found = rounds(councils, rule=book)
    assert found.worst[1] != pytest.approx(
        expected["cold_start_year_one"]["worst_imbalance_pct"][1]
    )
    assert found.first_below(0.05) is not None


@given(seed=st.integers(0, 50), where=st.integers(0, 2**30))
@settings(max_examples=15)
def test_no_other_proposal_earns_a_worker_council_more(seed: int, where: int) -> None:
    councils = drawn(1, each=3, makers=2)
    workers = councils.workers
    prices = np.exp(np.random.default_rng(seed).normal(6, 0.5, len(councils.goods)))
    proposed = answers_of(councils).proposals(prices)
    i = where % len(workers)
    entries = slice(workers.exponents.indptr[i], workers.exponents.indptr[i + 1])
    b, p_in = workers.exponents.data[entries], prices[workers.exponents.indices[entries]]
    p, a, c = prices[workers.product[i]], workers.scale[i], workers.effort[i]
    k, s = workers.power[i], workers.cost[i]

    def profit(x: np.ndarray, e: float) -> float:
        return float(p * a * e**c * np.prod(x**b) - p_in @ x - s * e**k)

    x, e = proposed.inputs.data[entries], float(proposed.effort[i])
    best = profit(x, e)
    assert p * a * e**c * np.prod(x**b) == pytest.approx(p * proposed.output[i])
    shake = np.random.default_rng(where)
    for _ in range(20):
        step = np.exp(shake.normal(0, 0.2, len(x) + 1))
        assert profit(x * step[:-1], e * step[-1]) <= best + 1e-9 * abs(best)


def test_with_increasing_returns_the_published_answer_is_not_the_best() -> None:
    councils = increasing_returns(drawn(1, each=3, makers=2), np.arange(1), 0.3)
    assert councils.workers.returns[0] > 1.0
    proposed = answers_of(councils).proposals(np.full(len(councils.goods), 700.0))
    i, workers = 0, councils.workers
    entries = slice(*workers.exponents.indptr[i : i + 2])
    b, x = workers.exponents.data[entries], proposed.inputs.data[entries]
    e, rest = float(proposed.effort[i]), 700.0 * workers.scale[i]
    at = [
        rest * (t * e) ** workers.effort[i] * np.prod((t * x) ** b)
        - 700.0 * t * x.sum()
        - (t * e) ** workers.power[i]
        for t in (1.0, 10.0)
    ]
    assert at[1] > at[0]


def test_consumers_spend_their_income_and_public_goods_are_shared() -> None:
    councils = drawn(2, each=4, makers=3)
    prices = np.linspace(300, 900, len(councils.goods))
    answers = answers_of(councils)
    wishes = answers.wishes(prices)
    goods, many = councils.consumers.goods, len(councils.consumers)
    public = councils.of_kind("public")[goods]
    paid = prices[goods] / np.where(public, many, 1)
    np.testing.assert_allclose(wishes @ paid, councils.consumers.income)
    asked = np.where(public, wishes.mean(axis=0), wishes.sum(axis=0))
    np.testing.assert_allclose(asked * prices[goods], answers.spent[goods])


def test_year_two_starts_warm_and_needs_half_the_rounds() -> None:
    councils = drawn(3)
    first = rounds(councils, until=0.03)
    second = rounds(next_year(councils, 1), until=0.05, prices=first.prices, note=first.note)
    cold = rounds(next_year(councils, 1), until=0.05)
    # Hahnel (2021), tables 9.1 and 9.4: 11 to 13 rounds cold, 5 to 8 warm, growth 2.2 to 2.7 %,
    # for ten times as many councils and goods.
    assert 4 <= len(second) <= 8 < len(cold)
    assert 0.01 < growth(first, second) < 0.05


def test_the_generator_draws_what_it_says() -> None:
    councils = drawn(5, each=6, makers=20)
    exponents = councils.workers.exponents
    assert exponents.shape == (3 * 6 * 20, 30)
    by_kind = {str(kind): np.diff(exponents[:, councils.of_kind(kind)].indptr) for kind in KINDS}
    for kind, most in (("intermediate", 4), ("nature", 2), ("labour", 2)):
        assert set(by_kind[kind].tolist()) == set(range(1, most + 1))
    assert by_kind["private"].max() == by_kind["public"].max() == 0
    assert 0.75 <= exponents.sum(axis=1).min() <= exponents.sum(axis=1).max() <= 0.85


@given(seed=st.integers(0, 30), until=st.sampled_from([0.05, 0.1, 0.3]), warm=st.booleans())
@settings(max_examples=20)
def test_a_repaired_plan_fits_and_takes_no_more_than_was_asked(
    seed: int, until: float, warm: bool
) -> None:
    councils = drawn(seed, each=4, makers=8)
    prices: Any = 700.0
    if warm:
        prices = 700.0 * np.exp(np.random.default_rng(seed).normal(-0.7, 0.4, 20))
    course = rounds(councils, until=until, prices=prices)
    repair = repaired(course)
    wanted = repair.part * course.demand[-1]
    assert (wanted <= repair.supply * (1 + 1e-12)).all()
    np.testing.assert_allclose(repair.uses, wanted, rtol=1e-12)
    assert (repair.part <= 1.0).all()
    assert (repair.part > 0.0).all()
    proposed = course.answers.proposals(course.asked[-1])
    workers = councils.workers
    # Each council makes what its inputs and its effort make, by the production function itself.
    inputs = proposed.inputs.toarray() * repair.part
    logs = np.where(inputs > 0, np.log(np.where(inputs > 0, inputs, 1.0)), 0.0)
    made = workers.scale * proposed.effort**workers.effort
    made = made * np.exp((workers.exponents.toarray() * logs).sum(axis=1))
    np.testing.assert_allclose(made, repair.output, rtol=1e-9)
    # What is short is used up to the last unit: no greater parts would fit.
    short = repair.part < 1.0
    np.testing.assert_allclose(repair.uses[short], repair.supply[short], rtol=1e-9)
    assert 0.0 <= repair.cost < 1.0


def test_the_repair_names_its_cost_and_its_distance_from_balance() -> None:
    course = rounds(drawn(1))
    repair, best = repaired(course), balance(course.answers, course)
    assert best.worst[-1] < 1e-9
    away = distance(repair, course, best)
    # At a cold start every price ends too high: the plan fits and wastes, and people lose by that.
    assert repair.cost == 0.0
    assert 0.02 < away.min() <= away.max() < 0.2
    words = sentences(course, repair, best)
    assert len(words) == 3
    assert f"{100 * away.mean():.3f} %" in words[2]


def test_a_plan_that_balances_needs_no_repair() -> None:
    councils = drawn(1, each=4, makers=8)
    first = rounds(councils)
    best = balance(first.answers, first)
    repair = repaired(best)
    assert repair.part.min() > 1 - 1e-7
    assert distance(repair, best, best).max() == pytest.approx(0.0, abs=1e-7)


def test_no_balance_is_claimed_where_returns_increase() -> None:
    councils = increasing_returns(drawn(1, each=4, makers=8), np.arange(40))
    course = rounds(councils)
    with pytest.raises(PlanningError, match="increasing returns"):
        balance(course.answers, course)


def test_a_council_without_a_single_answer_is_refused() -> None:
    councils = drawn(1, each=3, makers=2)
    inputs = councils.workers.exponents.data.copy()
    inputs[0] = 0.0
    with pytest.raises(DataError, match="must be above 0"):
        rounds(with_exponents(councils, inputs))


def test_the_price_rule_moves_against_the_surplus() -> None:
    answers = answers_of(drawn(1, each=3, makers=2))
    prices = np.full(15, 700.0)
    totals = answers.totals(prices)
    moved, note = program(prices, totals, np.full(15, 0.25))
    assert ((moved < prices) == (totals.supply > totals.demand)).all()
    assert (note <= 0.25).all()


def test_a_file_of_councils_that_lacks_a_list_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "odd.clj"
    file.write_text("[{:income 5 :utility-exponents [1 2]}]")
    with pytest.raises(DataError, match=r"odd\.clj"):
        read_councils(file)
    with pytest.raises(DataError, match="no such file"):
        read_councils(tmp_path / "absent.clj")
