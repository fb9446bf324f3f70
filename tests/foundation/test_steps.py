"""Steps of our own from a mark: they find what the solver finds, and leave nothing behind."""

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array, eye_array, hstack, vstack
from tests.foundation.test_held import drawn

from sovplan.foundation.footing import Trail, trail_from
from sovplan.foundation.held import Held, Mark
from sovplan.foundation.programme import Programme, Solution
from sovplan.foundation.residuals import worst_residual
from sovplan.foundation.shapes import Vector
from sovplan.foundation.solver import solve
from sovplan.foundation.steps import Limits, walked


def marked(seed: int) -> tuple[Programme, Held, Mark]:
    programme = drawn(seed)
    held = Held(programme)
    held.solve()
    return programme, held, held.mark()


def change(held: Held, kind: int, seed: int) -> None:
    """Put one of four small changes into a held programme: some of them ask for the solver."""
    programme, chance = held.programme, np.random.default_rng(seed)
    count = len(programme.cost)
    if kind == 0:
        row = csr_array(programme.cost[None, :])
        least = 0.8 * solve(programme).objective
        held.with_rows(row, np.array([-np.inf]), np.array([least]))
    elif kind == 1:
        every = np.arange(len(programme.row_high))
        held.with_sides(every, programme.row_low, programme.row_high * chance.uniform(0.6, 1.2))
    elif kind == 2:
        held.with_bounds(np.arange(count), programme.low, programme.high * chance.uniform(0.5, 0.9))
    else:
        held.with_costs(np.arange(count), programme.cost * chance.uniform(0.2, 3.0, count))


@given(seed=st.integers(0, 10_000), kind=st.integers(0, 2))
@settings(max_examples=25, deadline=None)
def test_a_broken_bound_is_mended_without_the_solver(seed: int, kind: int) -> None:
    _, held, mark = marked(seed)
    held.back(mark)
    change(held, kind, seed)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Held, "_run", lambda _: pytest.fail("the solver was asked"))
        found = held.solve()

    other = solve(held.programme)
    assert found.objective == pytest.approx(other.objective, rel=1e-9)
    assert worst_residual(held.programme, found.columns, found.duals) <= 1e-9


@given(seed=st.integers(0, 10_000))
@settings(max_examples=10, deadline=None)
def test_answers_from_a_mark_are_the_same_in_any_order(seed: int) -> None:
    """Neither steps nor what went to the solver in between stay behind: digit for digit."""
    _, held, mark = marked(seed)
    found: dict[int, Solution] = {}
    for order in list(permutations(range(4)))[::5]:
        for kind in order:
            held.back(mark)
            change(held, kind, seed)
            again = held.solve()
            first = found.setdefault(kind, again)
            np.testing.assert_array_equal(again.columns, first.columns)
            np.testing.assert_array_equal(again.duals, first.duals)


def test_a_second_change_goes_on_from_the_first() -> None:
    """As a cost is first asked for near the draft and then for the whole amendment."""
    _, held, mark = marked(7)
    held.back(mark)
    change(held, 0, 7)
    held.solve()
    trail = held._trail
    assert trail is not None
    assert trail.steps
    last = np.array([len(held.programme.row_high) - 1])

    held.with_sides(last, np.array([-np.inf]), 0.5 * held.programme.row_high[last])
    found = held.solve()

    assert held._trail is trail
    assert found.objective == pytest.approx(solve(held.programme).objective, rel=1e-9)


def test_what_steps_get_wrong_is_found_out_and_solved() -> None:
    _, held, mark = marked(3)
    held.back(mark)
    change(held, 0, 3)
    right = solve(held.programme)

    def wrong(trail: Trail, limits: Limits) -> tuple[Vector, Vector]:
        found = walked(trail, limits)
        assert found is not None
        return 1.001 * found[0], 1.001 * found[1]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sovplan.foundation.held.walked", wrong)
        found = held.solve()

    assert found.objective == pytest.approx(right.objective, rel=1e-9)
    np.testing.assert_allclose(found.columns, right.columns, rtol=1e-8, atol=1e-9)


def dense(trail: Trail) -> np.ndarray:
    """Return B of a trail, column by column out of [A, I]."""
    rows = vstack([trail.footing.matrix, trail.further])
    whole = np.asarray(hstack([rows, eye_array(rows.shape[0])]).todense())
    return whole[:, trail.head]


@pytest.mark.parametrize("seed", range(5))
def test_factors_of_a_trail_are_those_of_its_basis(seed: int) -> None:
    _, held, mark = marked(seed)
    held.back(mark)
    for kind in (1, 0):
        change(held, kind, seed)
    held.solve()
    trail = held._trail
    assert trail is not None
    basis, chance = dense(trail), np.random.default_rng(seed)
    side = chance.standard_normal(len(basis))

    np.testing.assert_allclose(basis @ trail.forward(side), side, atol=1e-9)
    np.testing.assert_allclose(basis.T @ trail.backward(side), side, atol=1e-9)
    for number in trail.head.tolist():
        place = int(np.flatnonzero(trail.head == number)[0])
        np.testing.assert_array_equal(trail.column(number), basis[:, place])


def test_a_trail_starts_with_further_rows_basic() -> None:
    programme, held, mark = marked(2)
    footing = held._footed(mark)
    rows = csr_array(np.ones((2, len(programme.cost))))

    trail = trail_from(footing, rows)

    np.testing.assert_allclose(dense(trail) @ trail.forward(np.ones(14)), 1.0, atol=1e-9)
    assert trail.head[-2:].tolist() == [len(programme.cost) + 12, len(programme.cost) + 13]
