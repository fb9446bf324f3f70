"""Every method on every embedded economy, in the same words; the smaller methods by themselves."""

import itertools
import re
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog
from scipy.sparse import csr_array
from tests.planning.small import folder, workshop
from tools.methods_figure import FIGURE, away, cells, figure
from tools.methods_page import CASES, MARKS, PAGE, cell, economy_and_aims, reason_of

from sovplan.foundation.errors import DataError, NotProductive, PlanningError
from sovplan.foundation.residuals import dual_bound
from sovplan.history.economies import folder_path, read_aims, read_economy
from sovplan.planning.assortment import assortment, bound_of
from sovplan.planning.catalogue import METHODS
from sovplan.planning.feldman import Departments, feldman, grown, simulated
from sovplan.planning.incremental import balance_of
from sovplan.planning.limits import problem_of
from sovplan.planning.market.draft import market
from sovplan.planning.market.groping import grope
from sovplan.planning.market.posted import posted
from sovplan.planning.optimum import optimum
from sovplan.planning.rounds.drawn import drawn
from sovplan.planning.rounds.procedure import rounds
from sovplan.planning.rounds.repair import balance
from sovplan.planning.techniques import best_techniques, techniques
from sovplan.planning.truncated import missed_by_hand
from sovplan.records.aims import Aims
from sovplan.records.assembly import economy_of
from sovplan.records.calendar import calendar_of
from sovplan.records.draftfile import json_document
from sovplan.records.identities import balance_error
from sovplan.records.returns import Returns

EMBEDDED = [case for case in CASES if case[0] != "sweden"]


def told() -> tuple[dict[tuple[str, str], str], dict[str, str]]:
    """Return the cells of the table of the page by method and economy, and its reasons."""
    table = PAGE.read_text("utf-8").split(MARKS[0])[1].split(MARKS[1])[0]
    head, _, *rows = [line for line in table.splitlines() if line.startswith("|")]
    economies = re.findall(r"([\w-]+), ", head)
    cells: dict[tuple[str, str], str] = {}
    for row in rows:
        name, *texts = [cell.strip() for cell in row.strip("|").split("|")]
        cells |= {(name, economy): text
                  for economy, text in zip(economies, texts, strict=True)}  # fmt: skip
    return cells, dict(re.findall(r"^\((\d+)\) (.*)\.$", table, re.MULTILINE))


def test_the_page_tells_of_every_method_on_every_economy() -> None:
    assert set(told()[0]) == set(itertools.product(METHODS, [name for name, _ in CASES]))


def test_the_figure_is_that_of_the_table() -> None:
    """Bars of the page's own numbers: a method at 79 % from the best has a bar of a fifth."""
    page = PAGE.read_text("utf-8")
    table = cells(page)
    assert FIGURE.read_text("utf-8") == figure(table)
    assert {(method, economy.split(", ")[0]): cell for economy, methods in table.items()
            for method, cell in methods.items()} == told()[0]  # fmt: skip
    assert away("20.5\N{NO-BREAK SPACE}% (79\N{NO-BREAK SPACE}%)") == pytest.approx(0.79)
    assert away("no (3)") is None


@pytest.mark.parametrize(("name", "aims"), EMBEDDED)
@pytest.mark.parametrize("method", [name for name in METHODS if name != "optimum"])
def test_every_method_gives_a_plan_or_refuses_in_one_sentence(
    method: str, name: str, aims: str
) -> None:
    economy, wanted = economy_and_aims(name, aims)
    cells, reasons = told()
    refused = ""
    try:
        draft = METHODS[method](Returns(economy), wanted)
    except PlanningError as error:
        refused, draft = reason_of(error, economy), None
    if draft is None:
        assert refused
        assert "\n" not in refused
        assert "needs" in refused or "knows" in refused
        number = cells[method, name].removeprefix("no (").removesuffix(")")
        assert reasons[number].casefold() == refused.casefold()
        return
    assert cells[method, name] == cell(draft, [])
    assert draft.method == method
    assert draft.sentences
    assert json_document(draft)
    assert (draft.plan is None) == (draft.conflict is not None)
    if draft.plan is not None:
        assert draft.status == "feasible"
        assert balance_error(economy, draft.plan) <= 1e-9
        assert draft.plan.waste.min() >= -1e-6 * draft.plan.output.max()
        assert draft.facts is not None
        assert draft.facts["proven"] >= draft.facts["distance"] - 1e-9
        assert draft.facts["distance"] >= -1e-6
        assert draft.facts["primal"] <= 1e-7
        assert "Distance from the best" in draft.sentences[1]


# --- the choice of techniques ---------------------------------------------------------------------


@st.composite
def choices(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Draw 3 goods with 2 techniques each: inputs, labour and products."""
    entries = st.floats(0.0, 0.3)
    inputs = np.array(draw(st.lists(entries, min_size=18, max_size=18))).reshape(3, 6)
    labour = np.array(draw(st.lists(st.floats(0.1, 5.0), min_size=6, max_size=6)))
    return inputs, labour, np.array([0, 0, 1, 1, 2, 2])


@given(case=choices(), basket=st.lists(st.floats(0.01, 5), min_size=3, max_size=3))
@settings(max_examples=60)
def test_no_other_choice_makes_any_good_with_less_work(
    case: tuple[np.ndarray, np.ndarray, np.ndarray], basket: list[float]
) -> None:
    inputs, labour, product = case
    found = best_techniques(csr_array(inputs), np.ones(6), product, labour)
    for picked in itertools.product((0, 1), (2, 3), (4, 5)):
        chosen = np.array(picked)
        content = np.linalg.solve(np.eye(3) - inputs[:, chosen].T, labour[chosen])
        assert (found.content <= content * (1 + 1e-9) + 1e-12).all()
    # The substitution theorem: whatever is wanted, the least work for it is its worth in contents.
    made = np.eye(3)[product].T
    best = linprog(labour, A_ub=-(made - inputs), b_ub=-np.array(basket))
    assert best.fun == pytest.approx(float(found.content @ np.array(basket)), rel=1e-7)


def test_goods_that_use_themselves_up_have_no_best_technique() -> None:
    with pytest.raises(NotProductive):
        best_techniques(csr_array([[1.1]]), np.ones(1), np.array([0]), np.ones(1))


def test_the_better_technique_is_used_alone() -> None:
    rows = workshop(
        techniques=[{"technique": "old"}, {"technique": "new"}],
        flows=[
            {"technique": name, "good": "corn", "role": "output", "amount": 1}
            for name in ("old", "new")
        ],
        labour=[
            {"technique": "old", "skill": "work", "hours": 2},
            {"technique": "new", "skill": "work", "hours": 1},
        ],
    )
    draft = techniques(Returns(economy_of(folder(rows))), Aims(years=1, terminal=None))
    assert draft.plan is not None
    assert draft.plan.activity[:, 0].tolist() == [0.0, 80.0]
    assert draft.facts is not None
    assert draft.facts["least_hours"].tolist() == [1.0]


# --- excavators -----------------------------------------------------------------------------------

RATES = np.array([[105.0, 56, 56], [107, 66, 83], [64, 38, 53]])


def test_the_excavators_dig_70_4933_of_each(shared: Path) -> None:
    file = shared / "data/reference/5yearplan/kantorovich-excavators/techniques.csv"
    listed = [row.split(",") for row in file.read_text("utf-8").split()[1:]]
    rates = np.array([float(row[3]) for row in listed]).reshape(3, 3).T
    assert (rates == RATES).all()
    found = assortment(rates, np.ones(3))
    assert found.sets == pytest.approx(70.4933, abs=5e-5)
    assert found.bound == pytest.approx(found.sets, rel=1e-12)
    known = [0.671365, 0, 0, 0.328635, 0.789238, 0, 0, 0.210762, 1.0]
    np.testing.assert_allclose(found.time.T.ravel(), known, atol=1e-6)
    assert ((rates * found.time).sum(axis=0) >= found.sets * (1 - 1e-12)).all()


@given(weights=st.lists(st.floats(0.01, 1), min_size=3, max_size=3))
def test_any_multipliers_bound_the_excavators(weights: list[float]) -> None:
    prices = np.array(weights) / sum(weights)
    assert bound_of(RATES, np.ones(3), prices) >= 70.4932


def test_a_part_that_nobody_makes_is_named() -> None:
    with pytest.raises(DataError, match="part 2"):
        assortment(np.array([[1.0, 0.0]]), np.ones(2))


# --- Feldman --------------------------------------------------------------------------------------


@given(
    part=st.floats(0, 1),
    first=st.floats(0.5, 5),
    second=st.floats(0.5, 5),
    year=st.floats(0.1, 20),
)
def test_the_closed_form_solves_its_equations(
    part: float, first: float, second: float, year: float
) -> None:
    start = Departments(10.0, 50.0, first, second)
    times = np.array([year - 1e-4, year, year + 1e-4])
    building, consumption = grown(start, part, times)
    by_year = (building[2] - building[0]) / 2e-4, (consumption[2] - consumption[0]) / 2e-4
    assert by_year[0] == pytest.approx(part / first * building[1], rel=1e-4, abs=1e-6)
    assert by_year[1] == pytest.approx((1 - part) / second * building[1], rel=1e-4, abs=1e-6)
    begun = grown(start, part, np.zeros(1))
    assert (begun[0][0], begun[1][0]) == (10.0, 50.0)


def test_year_by_year_comes_near_the_closed_form_with_long_lived_plants() -> None:
    start = Departments(10.0, 50.0, 100.0, 100.0)
    building, consumption = simulated(start, 0.5, 20)
    closed = grown(start, 0.5, np.arange(21.0))
    np.testing.assert_allclose(building, closed[0], rtol=1e-3)
    np.testing.assert_allclose(consumption, closed[1], rtol=1e-3)
    assert building[1] == pytest.approx(10.05)


def test_more_building_of_what_builds_means_less_now_and_more_later() -> None:
    start = Departments(10.0, 50.0, 3.0, 3.0)
    low, high = (simulated(start, part, 25)[1] for part in (0.2, 0.6))
    assert high[1] < low[1]
    assert high[25] > low[25]


def test_the_village_of_two_goods_does_best_at_the_part_that_the_search_finds() -> None:
    economy = read_economy("two-goods")
    returns, aims = Returns(economy), read_aims("even", economy, folder_path("two-goods"))
    best = feldman(returns, aims)
    assert best.facts is not None
    for part in np.linspace(0.0, 1.0, 11):
        other = feldman(returns, aims, part=float(part))
        assert other.plan is None or other.objective <= best.objective + 1e-6
    assert best.objective < optimum(returns, aims, thorough=False).objective


# --- balances that follow a change ----------------------------------------------------------------


def economy_in_blocks(goods: int, seed: int) -> csr_array[np.float64]:
    """Return recipes that mostly use goods close by, with a spectral radius near 0.5."""
    chance = np.random.default_rng(seed)
    column = np.repeat(np.arange(goods), 6)
    row = (column + chance.integers(1, 12, len(column))) % goods
    matrix = csr_array((chance.uniform(0, 0.16, len(column)), (row, column)), shape=(goods,) * 2)
    matrix.sum_duplicates()
    return matrix


@given(seed=st.integers(0, 1000), changed=st.integers(1, 5), size=st.floats(-0.5, 2.0))
@settings(max_examples=25)
def test_a_changed_balance_is_that_of_a_new_one(seed: int, changed: int, size: float) -> None:
    inputs = economy_in_blocks(60, seed)
    chance = np.random.default_rng(seed)
    wanted, names = chance.uniform(1, 10, 60), tuple(map(str, range(60)))
    change = np.zeros(60)
    change[chance.choice(60, changed, replace=False)] = size
    found = balance_of(inputs, wanted, names).changed(change)
    whole = np.linalg.solve(np.eye(60) - inputs.toarray(), wanted + change)
    np.testing.assert_allclose(found.output, whole, rtol=1e-7)


def test_the_cost_of_a_small_change_does_not_grow_with_the_economy() -> None:
    touched = []
    for goods in (2_000, 20_000):
        inputs = economy_in_blocks(goods, 1)
        change = np.zeros(goods)
        change[7] = 1.0
        known = balance_of(inputs, np.ones(goods), tuple(map(str, range(goods))))
        found = known.changed(change, close=1e-6)
        assert not found.everywhere
        touched.append(found.touched)
    assert touched[1] <= 1.2 * touched[0]
    assert touched[1] < 0.1 * inputs.nnz


def test_a_change_of_everything_sweeps_everything() -> None:
    inputs = economy_in_blocks(100, 1)
    known = balance_of(inputs, np.ones(100), tuple(map(str, range(100))))
    found = known.changed(np.full(100, 0.1))
    assert found.everywhere
    np.testing.assert_allclose(found.output, 1.1 * known.output, rtol=1e-8)


# --- rounds by hand -------------------------------------------------------------------------------


def test_rounds_by_hand_miss_what_the_series_still_lacks() -> None:
    # One good that needs half of itself: x = 2 f, and q rounds find 1 - 0.5^(q+1) of it.
    found = missed_by_hand(csr_array([[0.5]]), np.ones(1), ("corn",), (0, 1, 2, 3, 5))
    assert [one.worst for one in found] == pytest.approx([0.5, 0.25, 0.125, 0.0625, 2.0**-6])
    inputs = economy_in_blocks(80, 3)
    rows = missed_by_hand(inputs, np.ones(80), tuple(map(str, range(80))))
    for before, after in itertools.pairwise(rows):
        assert after.worst < before.worst
        assert after.middle <= after.worst
        assert 0 <= after.whole < before.whole


# --- markets --------------------------------------------------------------------------------------


def test_prices_that_move_with_excess_demand_come_to_those_of_the_best_plan() -> None:
    economy = read_economy("two-goods")
    aims = read_aims("even", economy, folder_path("two-goods"))
    problem = problem_of(economy, aims, calendar_of(economy, aims))
    best = optimum(Returns(economy), aims, thorough=False).objective
    found = grope(problem.programme, 20_000)
    assert found.residual <= 1e-5
    assert float(problem.programme.cost @ found.columns) == pytest.approx(best, rel=1e-3)
    assert dual_bound(problem.programme, found.prices) == pytest.approx(best, rel=1e-3)


def test_a_market_that_may_grope_longer_ends_nearer_to_the_best_plan() -> None:
    economy = read_economy("federation-12")
    aims = read_aims("homes-first", economy, folder_path("federation-12"))
    near = [market(Returns(economy), aims, turns=turns).facts for turns in (1_000, 6_000)]
    assert near[0] is not None
    assert near[1] is not None
    assert near[1]["distance"] < 0.5 * near[0]["distance"]
    assert near[1]["excess"] < near[0]["excess"]


def test_a_market_without_any_plan_says_so() -> None:
    rows = workshop(needs=[{"year": 1, "good": "corn", "target": 80, "floor": 60}])
    with pytest.raises(PlanningError, match="no plan near them"):
        market(Returns(economy_of(folder(rows))), Aims(years=1, terminal=None), turns=200)


def test_posted_prices_make_queues_where_they_are_too_low() -> None:
    course = rounds(drawn(1, each=4, makers=8))
    answers = course.answers
    right = balance(answers, course).asked[-1]
    assert posted(answers, right).queue.max() < 1e-6
    labour = answers.councils.of_kind("labour")
    low = posted(answers, np.where(labour, 0.9 * right, right))
    assert low.queue[labour].min() > 0.01
    # Works that lack hands make less: queues for goods whose own price was right.
    assert low.queue[answers.councils.of_kind("private")].max() > 0.0
    high = posted(answers, np.where(labour, 1.1 * right, right))
    assert high.unsold[labour].min() > 0.01
